//! Making classes: what a `class` statement and `type(name, bases, dict)` do.

use super::*;
use crate::object::cell::CellObject;
use crate::object::descriptor::ClassMethod;
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::list::List;
use crate::object::print::Builder;
use crate::object::{descriptor, generic};
use crate::vm::Raised;

mod meta;

/// `type(name, bases, dict)`, and a metaclass's call.
pub(super) fn make_type(vm: &Vm, meta: &'static Type, args: Args) -> Outcome {
    if args.len() != 3 {
        return Err(vm.type_error("type takes 1 or 3 arguments"));
    }
    let (Some(text), Some(bases), Some(namespace)) =
        (vm.as_text(args.at(0)), Handle::<Tuple>::from(args.at(1)), Handle::<Dict>::from(vm.native(args.at(2))))
    else {
        return Err(vm.type_error("type takes a str, a tuple and a dict"));
    };
    let name = vm.intern(text)?;
    detail::check_name(vm, type_word(meta), detail::place_of(name!(__name__)), args.at(0))?;
    let meta = match as_type(meta::winner(vm, type_word(meta), bases)?) {
        Some(winner) if vm.is_subclass(winner, &TYPE) => {
            // A base's metaclass makes its classes itself.
            let derived = !core::ptr::eq(winner, visible(meta));
            if derived && lookup(vm, winner, name!(__new__)).is_some_and(|(_, owner)| is_class(owner)) {
                let new = vm.attribute(type_word(winner), name!(__new__))?;
                return vm.call_with_first(new, type_word(winner), args);
            }
            winner
        }
        _ => meta,
    };
    let class = new_class(vm, meta, name, bases, namespace)?;
    tell_members(vm, Handle::from(class).expect("a class"))?;
    init_subclass(vm, class, args)?;
    Ok(class)
}

/// What the bases say about a class: the builtin type inside its instances, and flags that it inherits.
pub(super) fn inherited(vm: &Vm, bases: &[Cell<Word>]) -> Outcome<(Option<&'static Type>, u16)> {
    let (mut native, mut flags): (Option<&'static Type>, u16) = (None, 0);
    for base in bases {
        let Some(base) = as_type(base.get()) else { return Err(vm.type_error("bases must be types")) };
        match as_class(base) {
            Some(class) => flags |= class.flags.get() & flag::INHERITED,
            None if base.slots.make.is_none()
                || matches!(base.kind, Kind::BoundMethod | Kind::Plain)
                || core::ptr::eq(base, &crate::object::bool::BOOL) =>
            {
                let parts = [Part::Text("type '"), Part::Name(base.name), Part::Text("' isn't an acceptable base type")];
                return Err(vm.raise(&exception::TYPE_ERROR, &parts));
            }
            None => {}
        }
        let builtin = native_type(base);
        match native {
            _ if core::ptr::eq(builtin, &OBJECT) => {}
            Some(other) if vm.is_subclass(other, builtin) => {}
            // All exceptions are laid out alike.
            Some(other) if other.kind == Kind::Exception && builtin.kind == Kind::Exception => {}
            Some(other) if !vm.is_subclass(builtin, other) => {
                return Err(vm.type_error("multiple bases have instance lay-out conflict"));
            }
            _ => native = Some(builtin),
        }
    }
    Ok((native, flags))
}

/// Makes a class, without telling anybody.
fn new_class(vm: &Vm, meta: &'static Type, name: Name, bases: Handle<Tuple>, namespace: Handle<Dict>) -> Outcome {
    let meta = if meta.kind == Kind::Class { meta } else { &CLASS };
    let bases =
        if bases.get().tail().is_empty() { Handle::from(vm.new_tuple(&[type_word(&OBJECT)])?).expect("a tuple") } else { bases };
    let (native, flags) = inherited(vm, bases.get().tail())?;
    let kind = match native {
        Some(ty) if ty.kind == Kind::Exception => Kind::Exception,
        Some(ty) if ty.kind == Kind::Type => Kind::Class,
        _ => Kind::Instance,
    };
    let native = native.filter(|_| kind == Kind::Instance);
    let class = blank(vm, meta, kind, name, bases, native, flags)?;
    class.mro.set(linearise(vm, class.word(), bases)?);
    if is_mixture(as_type(class.word()).expect("a class")) {
        class.flags.set(class.flags.get() | flag::MIXED);
    }
    fill(vm, class, namespace)?;
    if native.is_some() {
        vm.resize_words(&class.get().keys, 2)?;
        class.key_count.set(1);
    }
    meta::apply_slots(vm, class)?;
    publish(vm, class, bases)
}

/// Whether a class of a program comes behind a builtin type in the order of lookup.
pub(super) fn is_mixture(ty: &'static Type) -> bool {
    ancestors(ty).skip_while(|ancestor| is_class(ancestor)).any(is_class)
}

/// Puts what the body has made into the class.
fn fill(vm: &Vm, class: Handle<Class>, namespace: Handle<Dict>) -> Outcome<()> {
    class.map.reserve(vm, namespace.map.len())?;
    let mut position = 0;
    while position < namespace.map.end() {
        position += 1;
        let Some((key, value)) = namespace.map.entry(position - 1) else { continue };
        let Some(name) = key_name(vm, key)? else { continue };
        if name == name!(__classcell__) {
            if let Some(cell) = Handle::<CellObject>::from(value) {
                cell.value.set(class.word());
            }
            continue;
        }
        if crate::WHOLE && name == name!(__qualname__) && vm.as_text(vm.native(value)).is_none() {
            let parts = [Part::Text("type __qualname__ must be a str, not "), Part::TypeOf(value)];
            return Err(vm.raise(&exception::TYPE_ERROR, &parts));
        }
        class.map.insert(vm, Word::name(name), implicit(vm, name, value)?)?;
        if makes_special(vm, name, value) {
            class.flags.set(class.flags.get() | flag::SPECIAL);
        }
    }
    meta::complete(vm, class)
}

fn key_name(vm: &Vm, key: Word) -> Outcome<Option<Name>> {
    match vm.as_text(key) {
        Some(text) => Ok(Some(vm.intern(text)?)),
        None => Ok(None),
    }
}

/// Methods that are class or static methods without saying so.
fn implicit(vm: &Vm, name: Name, value: Word) -> Outcome {
    if Handle::<Function>::from(value).is_none() {
        return Ok(value);
    }
    match name {
        n if n == name!(__new__) => descriptor::new_static_method(vm, value),
        n if n == name!(__init_subclass__) || n == name!(__class_getitem__) => descriptor::new_class_method(vm, value),
        _ => Ok(value),
    }
}

/// `__set_name__` of what the class holds.
fn tell_members(vm: &Vm, class: Handle<Class>) -> Outcome<()> {
    // As they are now: what is told may change the class.
    let members = vm.new_dict()?;
    members.map.copy_from(vm, &class.get().map)?;
    let mut position = 0;
    while position < members.map.end() {
        if let Some((name, value)) = members.map.entry(position)
            && let Some(ty) = object_type(value)
            && is_class(ty)
            && let Some(method) = lookup_special(vm, ty, name!(__set_name__))
        {
            vm.call(method, &[value, class.word(), name])?;
        }
        position += 1;
    }
    Ok(())
}

/// The order of lookup: C3, as CPython.
pub(super) fn linearise(vm: &Vm, class: Word, bases: Handle<Tuple>) -> Outcome {
    let bases = bases.get().tail();
    let result = Handle::<List>::from(vm.new_list(&[class])?).expect("a list");
    // Sequence `bases.len()` is the bases themselves. How far each has been consumed is kept in a list.
    let taken = Handle::<List>::from(vm.new_list(&[])?).expect("a list");
    (0..=bases.len()).try_for_each(|_| taken.get().push(vm, Word::int(0)))?;
    let at = |sequence: usize, index: usize| -> Option<&'static Type> {
        match bases.get(sequence) {
            Some(base) => ancestors(as_type(base.get())?).nth(index),
            None => as_type(bases.get(index)?.get()),
        }
    };
    loop {
        let mut open = false;
        let mut chosen = None;
        for sequence in 0..=bases.len() {
            let Some(candidate) = at(sequence, taken.items.get(sequence).int_value() as usize) else { continue };
            open = true;
            let in_tail = |other: usize| {
                let from = taken.items.get(other).int_value() as usize + 1;
                (from..).map_while(|index| at(other, index)).any(|ty| core::ptr::eq(ty, candidate))
            };
            if !(0..=bases.len()).any(in_tail) {
                chosen = Some(candidate);
                break;
            }
        }
        let Some(chosen) = chosen else {
            if open {
                let heads = |sequence: usize| at(sequence, taken.items.get(sequence).int_value() as usize);
                return Err(no_order(vm, &mut (0..=bases.len()).filter_map(heads)));
            }
            break;
        };
        result.get().push(vm, type_word(chosen))?;
        for sequence in 0..=bases.len() {
            let index = taken.items.get(sequence);
            if at(sequence, index.int_value() as usize).is_some_and(|ty| core::ptr::eq(ty, chosen)) {
                taken.items.set(sequence, Word::int(index.int_value() + 1));
            }
        }
    }
    Ok(vm.tuple_of(result.word())?.word())
}

/// Of these classes each has to come before another one.
#[cold]
fn no_order(vm: &Vm, classes: &mut dyn Iterator<Item = &'static Type>) -> Raised {
    let text = "Cannot create a consistent method resolution order (MRO) for bases";
    if !crate::WHOLE {
        return vm.type_error(text);
    }
    let made = vm.new_dict().and_then(|named| {
        let mut message = Builder::new();
        message.push(vm, text.as_bytes())?;
        for class in classes {
            if named.map.insert(vm, type_word(class), Word::NONE)? {
                message.push(vm, if named.map.len() == 1 { b" " } else { b", " })?;
                message.push(vm, vm.name_text(class.name).as_bytes())?;
            }
        }
        message.finish_str(vm)
    });
    made.map_or_else(|raised| raised, |message| vm.type_error(vm.text_of(message)))
}

/// `__build_class__`, which a `class` statement calls.
pub static BUILD_CLASS: NativeFunction =
    NativeFunction::new(name!(__build_class__), Arity::from(2), true, Binding::Static, build_class);

/// `__build_class__(body, name, *bases, metaclass=…, **keywords)`.
pub fn build_class(vm: &Vm, args: Args) -> Outcome {
    let given = vm.new_tuple_from_cells(&args.positional()[2..])?;
    let bases = generic::resolve_bases(vm, given)?;
    let bases_given = Handle::<Tuple>::from(bases).expect("a tuple");
    let wanted = match (args.keyword(name!(metaclass)), bases_given.at(0)) {
        (Some(wanted), _) => wanted,
        // What makes the class need be no type: then its own class makes what derives from it.
        (None, Some(first)) if crate::WHOLE && as_type(first).is_none() => vm.type_word_of(first),
        (None, _) => type_word(&TYPE),
    };
    let meta = meta::winner(vm, wanted, bases_given)?;
    let first = [args.at(1), bases, Word::UNSET];
    let keywords =
        || args.keywords().filter(|pair| pair.0 != Word::name(name!(metaclass))).flat_map(|(name, value)| [name, value]);
    let namespace = match meta::prepare(vm, meta)?.set() {
        Some(prepare) => {
            let words = first[..2].iter().copied().chain(keywords());
            vm.with_pushed(words, |pushed| vm.call_args(prepare, Args::with_keywords(pushed, 2)))?
        }
        None => vm.new_dict()?.word(),
    };
    let cell = vm.call(args.at(0), &[namespace])?;
    if Handle::<CellObject>::from(cell).is_some() {
        vm.set_item(namespace, Word::name(name!(__classcell__)), cell)?;
    }
    if given != bases {
        vm.set_item(namespace, Word::name(name!(__orig_bases__)), given)?;
    }
    if meta != type_word(&TYPE) {
        let makes_classes = as_type(meta).is_some_and(|meta| vm.is_subclass(meta, &TYPE));
        crate::object::annotation::for_metaclass(vm, namespace, makes_classes)?;
    }
    let words = [first[0], bases, namespace].into_iter().chain(keywords());
    vm.with_pushed(words, |pushed| {
        let all = Args::with_keywords(pushed, 3);
        if meta == type_word(&TYPE) { make_type(vm, &CLASS, all) } else { vm.call_args(meta, all) }
    })
}

/// Tells the bases of a new class: `__init_subclass__`, with the keywords of the statement.
fn init_subclass(vm: &Vm, class: Word, args: Args) -> Outcome<()> {
    let Some(ty) = as_type(class) else { return Ok(()) };
    let above = ancestors(ty).skip(1).filter(|ancestor| is_class(ancestor));
    let hook = name!(__init_subclass__);
    let Some(method) = above.filter_map(|ancestor| own(vm, ancestor, hook)).next() else {
        return match args.keyword_count() {
            0 => Ok(()),
            _ => Err(vm.raise(
                &exception::TYPE_ERROR,
                &[Part::Name(ty.name), Part::Text(".__init_subclass__() takes no keyword arguments")],
            )),
        };
    };
    let function = Handle::<ClassMethod>::from(method).map_or(method, |method| method.function);
    let words = core::iter::once(class).chain(args.keywords().flat_map(|(name, value)| [name, value]));
    vm.with_pushed(words, |pushed| vm.call_args(function, Args::with_keywords(pushed, 1)))?;
    Ok(())
}
