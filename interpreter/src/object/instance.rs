//! Instances of classes: attributes in slots that the class has named, and special methods behind every operator.
//!
//! All classes share one record of slots, `SLOTS`. Each of them looks the special method up among the classes of the program;
//! where there is none, the builtin type that the class derives from answers for the native object inside.
//!
//! Three kinds of memory serve as instances: `Instance` itself; an `Exception`, whose attributes are in its `extra`; and a
//! `Class`, the instance of a metaclass.

use super::class::{self, Class, OBJECT, as_class, is_class, lookup, lookup_special, native_type};
use super::descriptor::member;
use super::dict::Dict;
use super::exception::{self, Exception};
use super::function;
use super::handle::{Args, Handle, Instance, as_type, type_word};
use super::indexed;
use super::iterator;
use super::kind::{Access, Binary, Buffer, Kind, Slots, Type, Unary};
use super::list::List;
use super::name::Name;
use super::print::{Printer, Style};
use super::set;
use super::word::Word;
use crate::vm::attribute::Found;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "standard"), path = "small/instance.rs")]
pub(super) mod detail;

/// The behaviours of every class.
pub static SLOTS: Slots = Slots {
    call: Some(call),
    make: Some(instantiate),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    attribute: Some(attribute),
    item: Some(item),
    iter: Some(iter),
    next: Some(next),
    buffer: Some(buffer),
};

table! { pub ROWS, NAMES, DOCS:
    /// __init__(…): what a class inherits when none of its own bases has one.
    def __init__(1.., keywords) = init_row;
    /// __new__(cls, …): a new instance.
    static def __new__(1.., keywords) = new_row;
    /// __setattr__(name, value): sets an attribute, passing hooks by.
    #[cfg(feature = "standard")]
    def __setattr__(3) = |vm, args| detail::change_row(vm, args, Access::Store(args.at(2)));
    /// __delattr__(name): removes an attribute, passing hooks by.
    #[cfg(feature = "standard")]
    def __delattr__(2) = |vm, args| detail::change_row(vm, args, Access::Delete);
    /// __getattribute__(name): an attribute, passing `__getattr__` by.
    #[cfg(feature = "standard")]
    def __getattribute__(2) = detail::getattribute_row;
    /// __init_subclass__(…): does nothing.
    #[cfg(feature = "standard")]
    class def __init_subclass__(1.., keywords) = |vm, args| match args.keyword_count() {
        0 => Ok(Word::NONE),
        _ if crate::WHOLE => {
            let own = as_type(args.at(0)).map_or(name!(object), |ty| ty.name);
            let parts = [Part::Name(own), Part::Text(".__init_subclass__() takes no keyword arguments")];
            Err(vm.raise(&exception::TYPE_ERROR, &parts))
        }
        _ => Err(vm.type_error("__init_subclass__() takes no keyword arguments")),
    };
    /// __reduce_ex__(protocol): what makes the object again, for `copy` and `pickle`.
    #[cfg(feature = "full")]
    def __reduce_ex__(2) = |vm, args| {
        let module = vm.import_frozen(vm.intern("copyreg")?)?;
        vm.call_method(module, name!(__reduce_ex__), &[args.at(0), args.at(1)])
    };
    /// __reduce__(): the same for the first protocol.
    #[cfg(feature = "full")]
    def __reduce__(1) = |vm, args| {
        let module = vm.import_frozen(vm.intern("copyreg")?)?;
        vm.call_method(module, name!(__reduce__), &[args.at(0)])
    };
}

/// Fewest slots of an instance.
const FEWEST_SLOTS: usize = 2;

/// The class of an instance.
#[inline]
fn class_of(vm: &Vm, object: Word) -> Handle<Class> {
    as_class(vm.type_of(object)).expect("an instance of a class")
}

/// The builtin object inside an instance whose type is `ty`.
pub(super) fn native(word: Word, ty: &'static Type) -> Option<Word> {
    as_class(ty)?.native?;
    Handle::<Instance>::from(word)?.get().slot(0)?.get().set()
}

/// Sets the builtin object inside.
fn set_native(word: Word, value: Word) {
    if let Some(slot) = Handle::<Instance>::from(word).and_then(|instance| instance.get().slot(0)) {
        slot.set(value);
    }
}

pub(super) fn new_instance(vm: &Vm, ty: &'static Type, class: Handle<Class>) -> Outcome<Handle<Instance>> {
    vm.new_instance(ty, class.key_count().max(FEWEST_SLOTS))
}

/// The `__init__` of a class whose instances are made plainly, `UNSET` without one; `NONE` for other classes.
pub(super) fn simple_init(vm: &Vm, class: Handle<Class>) -> Word {
    let ty = as_type(class.word()).expect("a class");
    if ty.kind != Kind::Instance
        || class.native.is_some()
        || detail::has_deleter(class)
        || !core::ptr::eq(vm.type_of(class.word()), &class::CLASS)
    {
        return Word::NONE;
    }
    if lookup_special(vm, ty, name!(__new__)).is_some() {
        return Word::NONE;
    }
    match lookup_special(vm, ty, name!(__init__)) {
        None => Word::UNSET,
        Some(init) if Handle::<function::Function>::from(init).is_some() => init,
        Some(_) => Word::NONE,
    }
}

/// `C(...)`, in general. Also the `make` slot of classes.
pub(super) fn instantiate(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    vm.check_stack()?;
    let own_new = lookup_special(vm, ty, name!(__new__));
    let object = match own_new {
        Some(new) => {
            let new = Handle::<super::descriptor::StaticMethod>::from(new).map_or(new, |method| method.function);
            vm.call_with_first(new, type_word(ty), args)?
        }
        None => make(vm, ty, args)?,
    };
    if !vm.is_instance(object, ty) {
        return Ok(object);
    }
    // What was made may be of a class that derives from this one.
    let ty = vm.type_of(object);
    let Some(init) = lookup_special(vm, ty, name!(__init__)) else {
        // A `__new__` of its own left this to the `__init__` that it inherits.
        if crate::WHOLE && own_new.is_some() && class::native(object).is_some_and(|native| is_filled_later(vm.type_of(native))) {
            let native = vm.native(object);
            refill(vm, native, if vm.type_of(native).kind == Kind::Dict { args } else { Args::of(args.positional()) })?;
        }
        return Ok(object);
    };
    let found = class::bind_to_instance(vm, init, ty, object, ty)?;
    let result = match found.first.set() {
        Some(first) => vm.call_with_first(found.value, first, args)?,
        None => vm.call_args(found.value, args)?,
    };
    if result != Word::NONE {
        return Err(vm.type_error("__init__() should return None"));
    }
    Ok(object)
}

/// The instance itself, before `__init__`. A class with an `__init__` of its own hands no arguments to its builtin base yet.
pub(super) fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    let class = as_class(ty).expect("a class");
    let has_init = lookup_special(vm, ty, name!(__init__)).is_some();
    match ty.kind {
        Kind::Exception => {
            let positional = vm.new_tuple_from_cells(args.positional())?;
            let exception = exception::new_with(vm, ty, positional)?;
            if !has_init {
                exception::detail::set_fields(vm, exception, args)?;
            }
            Ok(exception)
        }
        Kind::Class => native_type(ty).slots.make.expect("type has a maker")(vm.here(), ty, args),
        _ => {
            let instance = new_instance(vm, ty, class)?;
            if let Some(base) = class.native {
                let make = base.slots.make.ok_or_else(|| vm.cannot_create(base.name))?;
                let args = match has_init {
                    true if is_mutable(base) => Args::NONE,
                    // Keywords are its `__init__`'s.
                    true if crate::WHOLE => Args::of(args.positional()),
                    _ => args,
                };
                let inside = match make(vm.here(), base, args) {
                    Ok(inside) => inside,
                    Err(_) if has_init && is_mutable(base) => {
                        // It wants arguments: `super().__init__` or `__new__` will bring them.
                        vm.forget_raised();
                        Word::UNSET
                    }
                    Err(raised) => return Err(raised),
                };
                set_native(instance.word(), inside);
            } else if !has_init && args.len() + args.keyword_count() > 0 && lookup_special(vm, ty, name!(__new__)).is_none() {
                return Err(vm.takes_no_arguments(instance.word(), args.len() + args.keyword_count()));
            }
            detail::made(vm, instance, class)?;
            Ok(instance.word())
        }
    }
}

/// Whether a builtin type's objects are mutable: they get their contents by `__init__`.
pub(super) fn is_mutable(ty: &Type) -> bool {
    let by_new = crate::WHOLE && (ty.kind == Kind::Array || super::set::is_frozen(ty));
    !by_new && !matches!(ty.kind, Kind::Tuple | Kind::Int | Kind::Float | Kind::Complex | Kind::Str | Kind::Bytes)
}

/// `object.__init__`: fills what the builtin base holds, when a class comes here by `super`.
fn init_row(vm: &Vm, args: Args) -> Outcome {
    let object = args.at(0);
    let ty = vm.type_of(object);
    let Some(class) = as_class(ty) else {
        if crate::WHOLE {
            refill(vm, object, args.skip(1))?;
        }
        return Ok(Word::NONE);
    };
    if Handle::<Exception>::from(object).is_some() {
        exception::initialise(vm, object, args.skip(1))?;
    } else if let Some(base) = class.native {
        if detail::fill_again(vm, object, args)? {
            return Ok(Word::NONE);
        }
        // What is in a dict stays there.
        if let Some(dict) = Handle::<Dict>::from(vm.native(object)).filter(|_| crate::WHOLE) {
            refill(vm, dict.word(), args.skip(1))?;
            return Ok(Word::NONE);
        }
        if !is_mutable(base) {
            return Ok(Word::NONE);
        }
        let make = base.slots.make.ok_or_else(|| vm.cannot_create(base.name))?;
        set_native(object, make(vm.here(), base, args.skip(1))?);
    } else {
        detail::check_init(vm, ty, args)?;
    }
    Ok(Word::NONE)
}

/// `list.__init__(a, iterable)` and its kin: a mutable container gets its contents anew.
fn refill(vm: &Vm, object: Word, args: Args) -> Outcome<()> {
    let kind = vm.type_of(object).kind;
    if matches!(kind, Kind::List | Kind::Set) {
        vm.expect_count(args, 0, 1)?;
    }
    if let Some(list) = Handle::<List>::from(object) {
        list.clear(vm);
        args.get(0).map_or(Ok(()), |iterable| list.extend(vm, iterable))?;
    } else if let Some(set) = Handle::<set::Set>::from(object).filter(|set| core::ptr::eq(set.ty(), &set::SET)) {
        let new: Handle<set::Set> = vm.receiver(vm.call_args(type_word(&set::SET), args)?)?;
        set.map.take_from(vm, &new.map);
    } else if let Some(dict) = Handle::<Dict>::from(object) {
        if args.len() > 1 {
            return Err(vm.type_error("dict expected at most 1 argument"));
        }
        super::dict::update(vm, dict, args)?;
    }
    Ok(())
}

/// `object.__new__`, and that of every builtin type.
fn new_row(vm: &Vm, args: Args) -> Outcome {
    let Some(ty) = as_type(args.at(0)) else { return Err(vm.type_error("argument to __new__ must be a type")) };
    let Some(class) = as_class(ty) else {
        return match ty.slots.make {
            Some(make) if core::ptr::eq(ty, &OBJECT) => make(vm.here(), ty, args.skip(1)),
            _ => Err(vm.raise(
                &exception::TYPE_ERROR,
                &[Part::Text("object.__new__("), Part::Name(ty.name), Part::Text(") is not safe, use its own __new__")],
            )),
        };
    };
    if ty.kind != Kind::Instance {
        return make(vm, ty, args.skip(1));
    }
    let instance = new_instance(vm, ty, class)?;
    if let Some(base) = class.native {
        let make = base.slots.make.ok_or_else(|| vm.cannot_create(base.name))?;
        let args = if crate::WHOLE && is_filled_later(base) { Args::NONE } else { args.skip(1) };
        set_native(instance.word(), make(vm.here(), base, args)?);
    } else {
        detail::check_new(vm, ty, args)?;
    }
    detail::made(vm, instance, class)?;
    Ok(instance.word())
}

/// Whether `__new__` of a builtin type makes an empty container whatever its arguments, since `__init__` fills it.
pub(super) fn is_filled_later(ty: &Type) -> bool {
    matches!(ty.kind, Kind::List | Kind::Dict) || core::ptr::eq(ty, &set::SET)
}

// Attributes.

/// The instance's own attribute, `UNSET` if it has none.
#[inline]
fn own(vm: &Vm, object: Word, class: Handle<Class>, name: Name) -> Word {
    let dict = match Handle::<Instance>::from(object) {
        Some(instance) => {
            if let Some(slot) = class.slot_of(name).and_then(|index| instance.get().slot(index)) {
                return slot.get();
            }
            instance.overflow()
        }
        None => exception::extra(object),
    };
    dict.and_then(|dict| vm.name_in(dict, name).or_else(|| detail::text_in(vm, dict, name))).unwrap_or(Word::UNSET)
}

/// The same, of an object of any type.
#[cfg(feature = "full")]
pub(super) fn own_of(vm: &Vm, object: Word, name: Name) -> Word {
    as_class(vm.type_of(object)).map_or(Word::UNSET, |class| own(vm, object, class, name))
}

/// Sets or removes the instance's own attribute. `UNSET`: there was none to remove.
pub(super) fn change_own(vm: &Vm, object: Word, name: Name, access: Access) -> Outcome {
    let Some(instance) = Handle::<Instance>::from(object) else {
        if Handle::<Class>::from(object).is_some() {
            return class::TYPE.slots.attribute.expect("type has attributes")(vm.here(), object, name, access);
        }
        return exception::change_extra(vm, object, name, access);
    };
    let class = class_of(vm, object);
    if let Some(done) = detail::change(vm, instance, class, name, access)? {
        return Ok(done);
    }
    let value = match access {
        Access::Store(_) if class.is_closed() && class.slot_of(name).is_none() => return Ok(Word::UNSET),
        Access::Store(value) => value,
        _ => {
            if let Some(slot) = class.slot_of(name).and_then(|index| instance.get().slot(index)) {
                return Ok(slot.replace(Word::UNSET).set().map_or(Word::UNSET, |_| Word::NONE));
            }
            let Some(dict) = instance.overflow() else { return Ok(Word::UNSET) };
            return Ok(dict.map.remove(vm, Word::name(name))?.map_or(Word::UNSET, |_| Word::NONE));
        }
    };
    let index = class::add_key(vm, class, name)?;
    if let Some(slot) = index.and_then(|index| instance.get().slot(index)) {
        slot.set(value);
        return Ok(Word::NONE);
    }
    let dict = match instance.overflow() {
        Some(dict) => dict,
        None => overflow(vm, instance, class)?,
    };
    dict.map.insert(vm, Word::name(name), value)?;
    Ok(Word::NONE)
}

/// Makes the dict of an instance that has become too small; the attribute of the last slot moves there.
fn overflow(vm: &Vm, instance: Handle<Instance>, class: Handle<Class>) -> Outcome<Handle<Dict>> {
    let dict = vm.new_dict()?;
    let last = instance.inline() - 1;
    let value = instance.get().slot(last).expect("below inline()").get();
    if value != Word::UNSET {
        dict.map.insert(vm, class.key(last), value)?;
    }
    instance.set_overflow(dict);
    Ok(dict)
}

/// Looks `name` up on an instance of a class.
pub(crate) fn find(vm: &Vm, object: Word, ty: &'static Type, name: Name) -> Outcome<Found> {
    let class = as_class(ty).expect("a class");
    if class.is_special() {
        return detail::find_specially(vm, object, ty, name);
    }
    find_plainly(vm, object, ty, name)
}

/// The lookup without `__getattr__`.
fn find_plainly(vm: &Vm, object: Word, ty: &'static Type, name: Name) -> Outcome<Found> {
    let class = as_class(ty).expect("a class");
    let mut in_class = None;
    if class.is_special() {
        in_class = lookup(vm, ty, name);
        if let Some((value, owner)) = in_class
            && class::is_data_descriptor(vm, value)
            && class::gives(vm, value)
        {
            return class::bind_to_instance(vm, value, owner, object, ty);
        }
    }
    let value = own(vm, object, class, name);
    if value != Word::UNSET {
        return Ok(Found::plain(value));
    }
    if let Some((value, owner)) = in_class.or_else(|| lookup(vm, ty, name))
        && !class::is_hidden_by_field(ty, owner, name)
        // A class keeps it among its attributes, but it is the class's own.
        && !(crate::WHOLE && name == name!(__qualname__))
    {
        if member::is_one(value) && class.slot_of(name).is_some() {
            // Its slot is empty.
            return Ok(Found::NOTHING);
        }
        return class::bind_to_instance(vm, value, owner, object, ty);
    }
    let native = vm.native(object);
    if let Some(attribute) = native_type(ty).slots.attribute {
        let value = attribute(vm.here(), native, name, Access::Load)?;
        if value != Word::UNSET {
            return Ok(Found::plain(value));
        }
    }
    match name {
        n if n == name!(__class__) => Ok(Found::plain(vm.type_word_of(object))),
        _ => detail::find_further(vm, object, class, name),
    }
}

/// A dict of an instance's own attributes: a copy.
pub(super) fn dict_of(vm: &Vm, object: Word) -> Outcome<Handle<Dict>> {
    let dict = vm.new_dict()?;
    let class = class_of(vm, object);
    let rest = match Handle::<Instance>::from(object) {
        Some(instance) => {
            for index in detail::kept(vm, class)..instance.inline().min(class.key_count()) {
                let (key, value) = (class.key(index), instance.get().slot(index).map_or(Word::UNSET, Cell::get));
                if key != Word::UNSET && value != Word::UNSET {
                    dict.map.insert(vm, key, value)?;
                }
            }
            instance.overflow()
        }
        None => exception::extra(object),
    };
    if let Some(rest) = rest {
        for (key, value) in rest.map.iter() {
            dict.map.insert(vm, key, value)?;
        }
    }
    Ok(dict)
}

/// Stores and deletes.
fn attribute(vm: &Vm, object: Word, name: Name, access: Access) -> Outcome {
    if let Access::Load = access {
        let found = find(vm, object, vm.type_of(object), name)?;
        return if found.value == Word::UNSET { Ok(Word::UNSET) } else { vm.bound(found) };
    }
    if class_of(vm, object).is_special()
        && let Some(done) = detail::change_specially(vm, object, name, access)?
    {
        return Ok(done);
    }
    change_own(vm, object, name, access)
}

// Operators.

/// Calls the special method `name` of an instance, if its class has one.
fn call_special(vm: &Vm, object: Word, name: Name, arguments: &[Word]) -> Outcome<Option<Word>> {
    let ty = vm.type_of(object);
    let Some(method) = lookup_special(vm, ty, name) else { return Ok(None) };
    if method == Word::NONE {
        return Ok(Some(Word::NOT_IMPLEMENTED));
    }
    vm.check_stack()?;
    let found = class::bind_to_instance(vm, method, ty, object, ty)?;
    let Some(first) = found.first.set() else { return vm.call(found.value, arguments).map(Some) };
    let words = core::iter::once(first).chain(arguments.iter().copied());
    vm.with_pushed(words, |pushed| vm.call_args(found.value, Args::of(pushed))).map(Some)
}

fn call(vm: &Vm, object: Word, args: Args) -> Outcome {
    let ty = vm.type_of(object);
    if let Some(method) = lookup_special(vm, ty, name!(__call__)) {
        vm.check_stack()?;
        let found = class::bind_to_instance(vm, method, ty, object, ty)?;
        return match found.first.set() {
            Some(first) => vm.call_with_first(found.value, first, args),
            None => vm.call_args(found.value, args),
        };
    }
    match native_type(ty).slots.call {
        Some(call) => call(vm.here(), vm.native(object), args),
        None => Err(vm.not_callable(object)),
    }
}

fn print(vm: &Vm, object: Word, out: &mut Printer, style: Style) -> Outcome<()> {
    let mut printed = None;
    if style == Style::Str {
        printed = call_special(vm, object, name!(__str__), &[])?;
    }
    let ty = vm.type_of(object);
    let is_str = printed.is_some();
    if printed.is_none() && !(style == Style::Str && is_native_str(vm, object)) {
        printed = call_special(vm, object, name!(__repr__), &[])?;
    }
    match printed {
        Some(none) if crate::WHOLE && none == Word::NOT_IMPLEMENTED => Err(vm.not_callable(Word::NONE)),
        Some(text) => match vm.as_text(vm.native(text)) {
            Some(text) => out.text(vm, text),
            None => Err(no_text(vm, is_str, text)),
        },
        None => match native_type(ty).slots.print {
            // A type that `namedtuple` made shows the name of the class.
            Some(print) if native_type(ty).header.0.get().kind == Kind::NamedTuple => print(vm, object, out, style),
            Some(print) => match vm.native(object) {
                native if native == object => print(vm, native, out, style),
                native if detail::print_as(vm, native, ty, out)? => Ok(()),
                native => vm.print(native, out, style),
            },
            None => print_plainly(vm, object, ty, out),
        },
    }
}

/// What `__str__` or `__repr__` answered is no text.
#[cold]
pub(super) fn no_text(vm: &Vm, is_str: bool, answer: Word) -> Raised {
    if !crate::WHOLE {
        return vm.wrong_type("__str__ returned non-string, but ", answer);
    }
    let method = if is_str { "__str__" } else { "__repr__" };
    let parts = [Part::Text(method), Part::Text(" returned non-string (type "), Part::TypeOf(answer), Part::Text(")")];
    vm.raise(&exception::TYPE_ERROR, &parts)
}

/// `str` of a string inside is that string, whatever `__repr__` says.
fn is_native_str(vm: &Vm, object: Word) -> bool {
    let ty = native_type(vm.type_of(object));
    core::ptr::eq(ty, &super::str::STR) || ty.kind == Kind::Exception
}

fn print_plainly(vm: &Vm, object: Word, ty: &'static Type, out: &mut Printer) -> Outcome<()> {
    out.text(vm, "<")?;
    class::print_where(vm, ty, out)?;
    out.text(vm, " object at 0x")?;
    out.hex(vm, object.address())?;
    out.text(vm, ">")
}

fn unary(vm: &Vm, operator: Unary, object: Word) -> Outcome {
    if let Some(answer) = call_special(vm, object, operator.method(), &[])? {
        return check_unary(vm, operator, answer);
    }
    let ty = vm.type_of(object);
    if operator == Unary::Hash
        && let Some(hash) = identity_hash(vm, object, ty)?
    {
        return Ok(hash);
    }
    match native_type(ty).slots.unary {
        // A container is true by its length, and its class says which that is. Who asked asks for that next.
        Some(unary) if crate::WHOLE && operator == Unary::Bool && lookup_special(vm, ty, name!(__len__)).is_some() => {
            let length = unary(vm, Unary::Len, vm.native(object))?;
            if length == Word::NOT_IMPLEMENTED { unary(vm, operator, vm.native(object)) } else { Ok(Word::NOT_IMPLEMENTED) }
        }
        Some(unary) => unary(vm, operator, vm.native(object)),
        None => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// What special methods must answer.
fn check_unary(vm: &Vm, operator: Unary, answer: Word) -> Outcome {
    match operator {
        // The method is None.
        Unary::Len | Unary::Bool if crate::WHOLE && answer == Word::NOT_IMPLEMENTED => Err(vm.not_callable(Word::NONE)),
        Unary::Bool if crate::WHOLE && !answer.is_bool() => {
            Err(vm.raise(&exception::TYPE_ERROR, &[Part::Text("__bool__ should return bool, returned "), Part::TypeOf(answer)]))
        }
        Unary::Bool if !answer.is_bool() && !answer.is_int() => Err(vm.type_error("__bool__ should return bool")),
        Unary::Len if crate::WHOLE && !vm.is_instance(answer, &super::int::INT) && !answer.is_bool() => {
            Err(vm.no_integer(answer))
        }
        Unary::Len if crate::WHOLE && vm.native(answer).as_int().is_none() => Ok(Word::int(vm.index(answer)?)),
        Unary::Len if vm.native(answer).as_int().is_none_or(|length| length < 0) => {
            Err(vm.value_error("__len__() should return >= 0"))
        }
        _ if answer == Word::NOT_IMPLEMENTED => Ok(answer),
        Unary::Hash | Unary::Int | Unary::Index if !answer.is_bool() && !vm.is_instance(answer, &super::int::INT) => {
            Err(no_int(vm, operator, answer))
        }
        Unary::Hash => Ok(Word::int(vm.hash(answer)? as isize & Word::INT_MAX)),
        _ => Ok(answer),
    }
}

#[cold]
fn no_int(vm: &Vm, operator: Unary, answer: Word) -> Raised {
    if !crate::WHOLE {
        return vm.type_error("special method should return int");
    }
    if operator == Unary::Hash {
        return vm.type_error("__hash__ method should return an integer");
    }
    let method = operator.method();
    let parts = [Part::Name(method), Part::Text(" returned non-int (type "), Part::TypeOf(answer), Part::Text(")")];
    vm.raise(&exception::TYPE_ERROR, &parts)
}

/// The hash of an instance without `__hash__`: by identity, unless it compares by value.
fn identity_hash(vm: &Vm, object: Word, ty: &'static Type) -> Outcome<Option<Word>> {
    // On hosts a class whose body compares by value has a `__hash__` that is None; one that gets `__eq__` later keeps its hash.
    if !crate::WHOLE && lookup_special(vm, ty, name!(__eq__)).is_some() {
        return Ok(Some(Word::NOT_IMPLEMENTED));
    }
    let builtin = native_type(ty);
    if super::special::has_no_hash(builtin) {
        return Ok(Some(Word::NOT_IMPLEMENTED));
    }
    if core::ptr::eq(builtin, &OBJECT) || matches!(ty.kind, Kind::Exception | Kind::Class) {
        return Ok(Some(Word::int((object.address() >> 2) as isize & 0x3fff_ffff)));
    }
    Ok(Some(Word::int(vm.hash(vm.native(object))? as isize & Word::INT_MAX)))
}

fn binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    match call_special(vm, a, operator.method(), &[b])? {
        Some(answer) if crate::WHOLE && operator == Binary::Contains && answer == Word::NOT_IMPLEMENTED => {
            Err(vm.raise(&exception::TYPE_ERROR, &[Part::Text("'"), Part::TypeOf(a), Part::Text("' object is not a container")]))
        }
        Some(answer) if operator == Binary::Contains => Ok(Word::bool(vm.truth(answer)?)),
        Some(answer) => Ok(answer),
        None if operator == Binary::NotEqual => not_equal(vm, a, b),
        None => {
            let native = vm.native(a);
            match native_type(vm.type_of(a)).slots.binary {
                Some(binary) if native != a || vm.type_of(a).kind == Kind::Class => {
                    // A format asks a mapping itself for what it lacks, and a container asks the object itself whether it is one of its own.
                    let is_text = matches!(vm.type_of(native).kind, Kind::Str | Kind::Bytes | Kind::ByteArray);
                    let itself = if operator == Binary::Contains { !is_text } else { is_text && operator.plain() == Binary::Mod };
                    let answer = binary(vm, operator, native, if itself { b } else { vm.native(b) })?;
                    // What was changed in place is still the instance.
                    let changed = answer == native && operator != operator.plain() && is_mutable(vm.type_of(native));
                    Ok(if changed { a } else { answer })
                }
                _ => Ok(Word::NOT_IMPLEMENTED),
            }
        }
    }
}

/// `a != b` without `__ne__`: not `a == b`.
fn not_equal(vm: &Vm, a: Word, b: Word) -> Outcome {
    match binary(vm, Binary::Equal, a, b)? {
        it if it == Word::NOT_IMPLEMENTED => Ok(it),
        equal => Ok(Word::bool(!vm.truth(equal)?)),
    }
}

fn item(vm: &Vm, object: Word, key: Word, access: Access) -> Outcome {
    let answer = match access {
        Access::Load => call_special(vm, object, name!(__getitem__), &[key])?,
        Access::Store(value) => call_special(vm, object, name!(__setitem__), &[key, value])?.map(|_| Word::NONE),
        Access::Delete => call_special(vm, object, name!(__delitem__), &[key])?.map(|_| Word::NONE),
    };
    if let Some(answer) = answer {
        return Ok(answer);
    }
    let ty = vm.type_of(object);
    let Some(item) = native_type(ty).slots.item else { return Ok(Word::UNSET) };
    or_missing(vm, object, key, access, item(vm, vm.native(object), key, access))
}

/// `dict.__getitem__(object, key)` and its kin.
pub(super) fn native_item(vm: &Vm, object: Word, key: Word) -> Outcome {
    or_missing(vm, object, key, Access::Load, vm.item(vm.native(object), key))
}

/// What a class with `__missing__` has for a key that its dict has not.
fn or_missing(vm: &Vm, object: Word, key: Word, access: Access, outcome: Outcome) -> Outcome {
    let ty = vm.type_of(object);
    match (outcome, access) {
        (Err(raised), Access::Load) if vm.is_instance(vm.peek_raised(raised), &exception::KEY_ERROR) => {
            let Some(missing) = lookup_special(vm, ty, name!(__missing__)) else { return Err(raised) };
            vm.take_raised(raised);
            vm.call(missing, &[object, key])
        }
        (outcome, _) => outcome,
    }
}

fn iter(vm: &Vm, object: Word) -> Outcome {
    if let Some(iterator) = call_special(vm, object, name!(__iter__), &[])? {
        return match crate::WHOLE {
            true if iterator == Word::NOT_IMPLEMENTED => Err(vm.not_iterable(object)),
            true => iterator::checked(vm, iterator),
            false => Ok(iterator),
        };
    }
    let ty = vm.type_of(object);
    match native_type(ty).slots.iter {
        Some(iter) => {
            let native = vm.native(object);
            let iterator = iter(vm, native)?;
            // An iterator is its own.
            Ok(if crate::WHOLE && iterator == native { object } else { iterator })
        }
        None if lookup_special(vm, ty, name!(__getitem__)).is_some() => {
            // One of those that can be pickled and have a length.
            if crate::WHOLE { iterator::over_items(vm, object) } else { indexed::iterate_items(vm, object) }
        }
        None => Err(vm.not_iterable(object)),
    }
}

fn next(vm: &Vm, object: Word) -> Outcome {
    match call_special(vm, object, name!(__next__), &[]) {
        Ok(Some(item)) => Ok(item),
        Ok(None) => match native_type(vm.type_of(object)).slots.next {
            Some(next) => next(vm, vm.native(object)),
            None => Err(vm.wrong_type("object isn't an iterator: ", object)),
        },
        Err(raised) => Err(raised),
    }
}

fn buffer(vm: &Vm, object: Word, writable: bool) -> Option<Buffer<'_>> {
    let native = vm.native(object);
    if native == object {
        return None;
    }
    vm.type_of(native).slots.buffer.and_then(|buffer| buffer(vm.here(), native, writable))
}
