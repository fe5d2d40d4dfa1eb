//! `list[int]` and `int | None`: types with arguments, and unions. They are what annotations are made of; `isinstance` knows
//! unions.

use super::class::{OBJECT, native_type};
use super::handle::{Args, Handle, as_type, type_word};
use super::kind::{Access, Binary, Kind, Rows, Slots, Type, Unary};
use super::name::Name;
use super::print::{Printer, Style};
use super::resource::resource_type;
use super::singleton::NONE_TYPE;
use super::tuple::Tuple;
use super::word::Word;
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

/// Names of attributes.
pub const NAMES: &[&str] = &[
    "GenericAlias",
    "UnionType",
    "__origin__",
    "__args__",
    "__parameters__",
    "__mro_entries__",
    "__class_getitem__",
    "__type_params__",
    "__unpacked__",
    "__typing_unpacked_tuple_args__",
];

static ALIAS_SLOTS: Slots = Slots {
    make: Some(|vm, _, args| {
        vm.expect_count(args, 2, 2)?;
        let given = args.at(1);
        let all = if Handle::<Tuple>::from(given).is_some() { given } else { vm.new_tuple(&[given])? };
        vm.new_resource(&ALIAS, &[args.at(0), all])
    }),
    call: Some(call_alias),
    print: Some(print_alias),
    attribute: Some(alias_attribute),
    binary: Some(binary),
    unary: Some(unary),
    iter: Some(unpacked),
    item: if crate::WHOLE { Some(substituted) } else { None },
    ..Slots::NONE
};
/// What is made remembers of what it was made, if its class is a program's.
fn call_alias(vm: &Vm, alias: Word, args: Args) -> Outcome {
    let made = vm.call_args(parts(vm, alias, &ALIAS).0, args)?;
    if crate::WHOLE && super::class::is_class(vm.type_of(made)) {
        match vm.set_attribute(made, vm.intern("__orig_class__")?, alias) {
            Err(raised) if refuses(vm, raised) => {
                vm.take_raised(raised);
            }
            outcome => outcome?,
        }
    }
    Ok(made)
}

/// Whether an error says that an object takes no such attribute.
fn refuses(vm: &Vm, raised: Raised) -> bool {
    let error = vm.peek_raised(raised);
    vm.is_instance(error, &super::exception::ATTRIBUTE_ERROR) || vm.is_instance(error, &super::exception::TYPE_ERROR)
}

/// `list[int]`. State: the type, a tuple of its arguments; of one that is unpacked (`*tuple[int, ...]`, hosts only) a third word.
static ALIAS: Type = resource_type(name!(GenericAlias), &ALIAS_SLOTS, Rows::NONE);

static UNION_SLOTS: Slots = Slots {
    print: Some(print_union),
    attribute: Some(union_attribute),
    binary: Some(binary),
    unary: Some(unary),
    item: if crate::WHOLE { Some(substituted) } else { None },
    ..Slots::NONE
};
/// `int | None`. State: none, a tuple of the types.
static UNION: Type = resource_type(name!(UnionType), &UNION_SLOTS, Rows::NONE);

/// The first word of state and the arguments of an object of type `ty`.
fn parts(vm: &Vm, word: Word, ty: &'static Type) -> (Word, &'static [Cell<Word>]) {
    let state = &vm.resource(word, ty).expect("by its type").get().state;
    (state[0].get(), Handle::<Tuple>::from(state[1].get()).map_or(&[], |args| args.get().tail()))
}

/// `class[key]` of a builtin container or a class that derives from one; `UNSET` for other types.
pub fn subscript(vm: &Vm, class: Word, key: Word) -> Outcome {
    let Some(ty) = as_type(class) else { return Ok(Word::UNSET) };
    let builtin = native_type(ty);
    let is_container =
        matches!(builtin.kind, Kind::List | Kind::Tuple | Kind::Dict | Kind::Set | Kind::Deque | Kind::Type | Kind::MemoryView);
    let is_generic = || super::class::lookup(vm, ty, name!(__type_params__)).is_some();
    let is_container = is_container || crate::WHOLE && is_generic_resource(builtin);
    if (!is_container || core::ptr::eq(builtin, &OBJECT)) && !is_generic() {
        return Ok(Word::UNSET);
    }
    let args = if Handle::<Tuple>::from(key).is_some() { key } else { vm.new_tuple(&[key])? };
    vm.new_resource(&ALIAS, &[class, args])
}

/// Whether these are patterns, matches, weak references or proxies, which annotations show with the type of the text or of what is referred to.
#[cfg(feature = "full")]
fn is_generic_resource(ty: &'static Type) -> bool {
    use crate::modules::{re, weakref};
    [&re::pattern::PATTERN, &re::matched::MATCH, &weakref::REFERENCE, &super::dict::proxy::PROXY]
        .into_iter()
        .any(|known| core::ptr::eq(known, ty))
}

/// No: nothing evaluates annotations.
#[cfg(not(feature = "full"))]
fn is_generic_resource(_: &'static Type) -> bool {
    false
}

/// The type behind an alias, for `class C(list[int])`.
pub fn origin(vm: &Vm, word: Word) -> Option<Word> {
    vm.resource(word, &ALIAS).map(|alias| alias.state[0].get())
}

/// `isinstance(x, list[int])` has no answer: what an object holds is not looked at. Hosts only.
///
/// # Errors
/// `TypeError` if `word` is such a type.
pub fn refuse_alias(vm: &Vm, word: Word, hook: Name) -> Outcome<()> {
    if !crate::WHOLE || origin(vm, word).is_none() {
        return Ok(());
    }
    Err(vm.type_error(match hook {
        hook if hook == name!(__instancecheck__) => "isinstance() argument 2 cannot be a parameterized generic",
        _ => "issubclass() argument 2 cannot be a parameterized generic",
    }))
}

/// The tuple of a union's types.
pub fn members(vm: &Vm, word: Word) -> Option<Word> {
    vm.resource(word, &UNION).map(|union| union.state[1].get())
}

/// `a | b`, of two things that may stand in a union; `NOT_IMPLEMENTED` for others.
pub fn union(vm: &Vm, a: Word, b: Word) -> Outcome {
    let mut types = [Word::UNSET; 32];
    let mut count = 0;
    for side in [a, b] {
        let known = members(vm, side);
        if known.is_none() && side != Word::NONE && as_type(side).is_none() && origin(vm, side).is_none() {
            return Ok(Word::NOT_IMPLEMENTED);
        }
        let one = [Cell::new(if side == Word::NONE { type_word(&NONE_TYPE) } else { side })];
        let all = known.and_then(Handle::<Tuple>::from).map_or(&one[..], |tuple| tuple.get().tail());
        for ty in all {
            let ty = ty.get();
            let mut is_new = true;
            for known in &types[..count] {
                is_new &= !vm.equal(*known, ty)?;
            }
            if !is_new {
                continue;
            }
            if count == types.len() {
                return Err(vm.type_error("too many types in a union"));
            }
            types[count] = ty;
            count += 1;
        }
    }
    if let [only] = types[..count] {
        return Ok(only);
    }
    let args = vm.new_tuple(&types[..count])?;
    vm.new_resource(&UNION, &[Word::NONE, args])
}

fn binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    let kind = if members(vm, a).is_some() { &UNION } else { &ALIAS };
    match operator {
        Binary::Or => union(vm, a, b),
        Binary::ReverseOr => union(vm, b, a),
        Binary::Equal if vm.resource(b, kind).is_some() => {
            let ((first, args), (other, others)) = (parts(vm, a, kind), parts(vm, b, kind));
            if first != other || args.len() != others.len() || is_unpacked(vm, a) != is_unpacked(vm, b) {
                return Ok(Word::FALSE);
            }
            let in_order = core::ptr::eq(kind, &ALIAS);
            for (index, ty) in args.iter().enumerate() {
                let mut found = false;
                for (at, candidate) in others.iter().enumerate() {
                    found |= (!in_order || at == index) && vm.equal(ty.get(), candidate.get())?;
                }
                if !found {
                    return Ok(Word::FALSE);
                }
            }
            Ok(Word::TRUE)
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let Unary::Hash = operator else { return Ok(Word::NOT_IMPLEMENTED) };
    let kind = if members(vm, word).is_some() { &UNION } else { &ALIAS };
    // In any order, as a union's equality.
    let mut hash = 17;
    for ty in parts(vm, word, kind).1 {
        hash ^= vm.hash(ty.get())?;
    }
    Ok(Word::int((hash >> 2) as isize))
}

/// `list[T][int]`: what stands for the type variables, as `typing` does it.
fn substituted(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    match access {
        Access::Load => {
            let typing = vm.import_frozen(vm.intern("typing")?)?;
            vm.call_method(typing, vm.intern("_substituted")?, &[word, key])
        }
        _ => Ok(Word::UNSET),
    }
}

/// `*tuple[int, ...]` in an annotation or a subscript: the alias as one that is unpacked, once.
fn unpacked(vm: &Vm, word: Word) -> Outcome {
    let once = match crate::WHOLE {
        true => {
            let state = &vm.resource(word, &ALIAS).expect("by its type").get().state;
            vm.new_resource(&ALIAS, &[state[0].get(), state[1].get(), Word::TRUE])?
        }
        false => word,
    };
    let once = vm.new_tuple(&[once])?;
    vm.iter(once)
}

fn is_unpacked(vm: &Vm, word: Word) -> bool {
    crate::WHOLE && vm.resource(word, &ALIAS).is_some_and(|alias| alias.state[2].get() == Word::TRUE)
}

fn alias_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let alias = vm.resource(word, &ALIAS).expect("by its type");
    match name {
        n if n == name!(__origin__) => Ok(alias.state[0].get()),
        n if n == name!(__args__) => Ok(alias.state[1].get()),
        n if n == name!(__parameters__) => parameters(vm, alias.state[1].get()),
        n if crate::WHOLE && n == name!(__unpacked__) => Ok(Word::bool(is_unpacked(vm, word))),
        n if crate::WHOLE && n == name!(__typing_unpacked_tuple_args__) => {
            let is_tuple = alias.state[0].get() == type_word(&super::tuple::TUPLE);
            Ok(if is_tuple && is_unpacked(vm, word) { alias.state[1].get() } else { Word::NONE })
        }
        n if n == name!(__class__) || n == name!(__mro_entries__) => Ok(Word::UNSET),
        _ => vm.find_attribute(alias.state[0].get(), name),
    }
}

/// The type variables among arguments, a tuple. `typing` finds them; nobody asks it about what can have none.
fn parameters(vm: &Vm, args: Word) -> Outcome {
    if !crate::WHOLE || !may_vary(vm, args) {
        return vm.new_tuple(&[]);
    }
    let typing = vm.import_frozen(vm.intern("typing")?)?;
    vm.call_method(typing, vm.intern("_parameters")?, &[args])
}

/// Whether a type variable may be among these arguments: an object of a program's class, at any depth.
fn may_vary(vm: &Vm, args: Word) -> bool {
    let all = Handle::<Tuple>::from(args).map_or(&[][..], |args| args.get().tail());
    all.iter().map(Cell::get).any(|arg| match vm.resource(arg, &ALIAS).or_else(|| vm.resource(arg, &UNION)) {
        Some(inner) => may_vary(vm, inner.state[1].get()),
        None => matches!(vm.type_of(arg).kind, Kind::Instance | Kind::List),
    })
}

fn union_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    match name {
        n if n == name!(__args__) => Ok(members(vm, word).expect("by its type")),
        n if n == name!(__parameters__) => parameters(vm, members(vm, word).expect("by its type")),
        _ => Ok(Word::UNSET),
    }
}

/// Writes a type as an annotation shows it.
fn print_type(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<()> {
    match as_type(word) {
        _ if word == Word::ELLIPSIS => out.text(vm, "..."),
        Some(ty) if core::ptr::eq(ty, &NONE_TYPE) => out.text(vm, "None"),
        Some(ty) => super::class::print_path(vm, ty, out),
        None => out.word(vm, word, Style::Repr),
    }
}

fn print_alias(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    let (origin, args) = parts(vm, word, &ALIAS);
    out.text(vm, if is_unpacked(vm, word) { "*" } else { "" })?;
    print_type(vm, origin, out)?;
    out.text(vm, "[")?;
    if args.is_empty() {
        out.text(vm, "()")?;
    }
    for (index, arg) in args.iter().enumerate() {
        out.text(vm, if index > 0 { ", " } else { "" })?;
        print_type(vm, arg.get(), out)?;
    }
    out.text(vm, "]")
}

fn print_union(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    for (index, ty) in parts(vm, word, &UNION).1.iter().enumerate() {
        out.text(vm, if index > 0 { " | " } else { "" })?;
        print_type(vm, ty.get(), out)?;
    }
    Ok(())
}

/// What a base of a class stands for: an alias for its type, an object with `__mro_entries__` for what that answers.
pub fn resolve_bases(vm: &Vm, bases: Word) -> Outcome {
    let items = Handle::<Tuple>::from(bases).expect("bases are a tuple").get().tail();
    if items.iter().all(|base| as_type(base.get()).is_some()) {
        return Ok(bases);
    }
    let list = Handle::<super::list::List>::from(vm.new_list(&[])?).expect("a list");
    let mut are_same = true;
    for base in items {
        if let Some(origin) = origin(vm, base.get()) {
            list.get().push(vm, origin)?;
            are_same = false;
            continue;
        }
        let entries = if as_type(base.get()).is_some() {
            Word::UNSET
        } else {
            vm.call_method_if(base.get(), name!(__mro_entries__), &[bases])?
        };
        match entries.set() {
            Some(entries) => {
                list.get().extend(vm, entries)?;
                are_same = false;
            }
            None => list.get().push(vm, base.get())?,
        }
    }
    if are_same { Ok(bases) } else { Ok(vm.tuple_of(list.word())?.word()) }
}

/// What a metaclass's `hook` (`__instancecheck__`, `__subclasscheck__`) says of what is asked; `None` without one.
pub fn ask(vm: &Vm, types: Word, hook: Name, asked: Word) -> Outcome<Option<bool>> {
    match super::class::lookup_special(vm, vm.type_of(types), hook) {
        Some(method) => vm.truth(vm.call(method, &[types, asked])?).map(Some),
        None => Ok(None),
    }
}
