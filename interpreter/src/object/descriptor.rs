//! What a class holds that is more than a value: `property`, `staticmethod`, `classmethod`; and `super`.

use super::binding;
use super::cell::CellObject;
use super::class::{self, TYPE, ancestors};
use super::exception;
use super::handle::{Args, Handle, as_type};
use super::kind::{ALL, Access, Header, Kind, Rows, Slots, Type};
use super::name::Name;
use super::word::Word;
use crate::vm::attribute::Found;
use crate::vm::raise::Part::{Name as NamePart, Text};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

#[cfg(feature = "full")]
pub mod computed;
#[cfg_attr(not(feature = "standard"), path = "small/descriptor.rs")]
mod detail;
#[cfg_attr(not(feature = "full"), path = "small/member.rs")]
pub mod member;
#[cfg(feature = "full")]
mod owned;

pub(super) use detail::{bound_super, lacks};

/// `$static $slots "name" Kind $rows` for each type here.
macro_rules! types {
    ($($(#[$doc:meta])* $ty:ident $name:ident $kind:ident $slots:expr, $rows:expr;)*) => {
        $($(#[$doc])* pub static $ty: Type = Type {
            header: Header::of(&TYPE), slots: { static SLOTS: Slots = $slots; &SLOTS }, name: name!($name), kind: Kind::$kind,
            traced: ALL, base: None, rows: $rows,
        };)*
    };
}

types! {
    /// `property`.
    PROPERTY property Property Slots { make: Some(make_property), ..detail::PROPERTY }, PROPERTY_ROWS;
    /// `staticmethod`.
    STATIC_METHOD staticmethod StaticMethod Slots {
        make: Some(make_static), call: Some(call_static), attribute: binding::WRAPPER_ATTRIBUTE, ..Slots::NONE
    }, binding::ROWS;
    /// `classmethod`.
    CLASS_METHOD classmethod ClassMethod Slots {
        make: Some(make_class_method), attribute: binding::WRAPPER_ATTRIBUTE, ..Slots::NONE
    }, binding::ROWS;
    /// `super`.
    SUPER super Super Slots { make: Some(make_super), attribute: Some(super_attribute), ..detail::SUPER }, detail::SUPER_ROWS;
}

table! { pub PROPERTY_ROWS, NAMES, DOCS:
    /// getter(function): a property that reads by it.
    #[cfg(feature = "standard")]
    def getter(2) = |vm, args| with_accessor(vm, args, 0);
    /// setter(function): a property that also stores by it.
    def setter(2) = |vm, args| with_accessor(vm, args, 1);
    /// deleter(function): a property that also deletes by it.
    #[cfg(feature = "standard")]
    def deleter(2) = |vm, args| with_accessor(vm, args, 2);
    /// x.__get__(instance, owner=None): what reading it gives.
    #[cfg(feature = "standard")]
    def __get__(2..=3) = binding::get;
    /// x.__set__(instance, value)
    #[cfg(feature = "standard")]
    def __set__(3) = |vm, args| binding::change(vm, args, Access::Store(args.at(2)));
    /// x.__delete__(instance)
    #[cfg(feature = "standard")]
    def __delete__(2) = |vm, args| binding::change(vm, args, Access::Delete);
}

/// A property: its three functions, `NONE` where there is none.
#[repr(C)]
pub struct Property {
    header: Header,
    accessors: [Word; 3],
    /// A text about it; `NONE` if the getter has that.
    doc: Cell<Word>,
}

/// A function that binds to nothing.
#[repr(C)]
pub struct StaticMethod {
    header: Header,
    /// The function.
    pub function: Word,
}

/// A function that binds to the class.
#[repr(C)]
pub struct ClassMethod {
    header: Header,
    /// The function.
    pub function: Word,
}

/// The rest of the order of lookup, behind a class.
#[repr(C)]
pub struct Super {
    header: Header,
    /// The class behind which lookups begin.
    after: Word,
    /// The instance, or class, that methods bind to.
    object: Word,
}

fn make_property(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    let names = [name!(fget), name!(fset), name!(fdel)];
    let mut accessors = [Word::NONE; 3];
    for (index, accessor) in accessors.iter_mut().enumerate() {
        *accessor = args.get(index).or_else(|| args.keyword(names[index])).unwrap_or(Word::NONE);
    }
    new_property(vm, accessors, detail::doc_of(args))
}

fn new_property(vm: &Vm, accessors: [Word; 3], doc: Word) -> Outcome {
    Ok(vm.new_object(Property { header: Header::of(&PROPERTY), accessors, doc: Cell::new(doc) })?.word())
}

/// A property that reads by `getter`, with a text about it.
pub(super) fn new_reader(vm: &Vm, getter: Word, doc: Word) -> Outcome {
    new_property(vm, [getter, Word::NONE, Word::NONE], doc)
}

fn with_accessor(vm: &Vm, args: Args, index: usize) -> Outcome {
    let Some(property) = Handle::<Property>::from(vm.native(args.at(0))) else {
        return Err(vm.type_error("a property is wanted"));
    };
    let mut accessors = property.accessors;
    accessors[index] = args.at(1);
    if crate::WHOLE && class::is_class(vm.type_of(args.at(0))) {
        let [getter, setter, deleter] = accessors;
        return vm.call(vm.type_word_of(args.at(0)), &[getter, setter, deleter, property.doc.get()]);
    }
    new_property(vm, accessors, property.doc.get())
}

/// Reads a property of `object`.
///
/// # Errors
/// `AttributeError` if it is not readable, what the getter raises.
pub(super) fn get_property(vm: &Vm, property: Word, object: Word) -> Outcome {
    vm.check_stack()?;
    match Handle::<Property>::from(property).expect("a property").accessors[0] {
        none if none == Word::NONE => Err(detail::lacks(vm, property, object, "' object has no getter")),
        getter => vm.call(getter, &[object]),
    }
}

/// Stores to or deletes a property of `object`. `UNSET` if it does not allow that.
pub(super) fn change_property(vm: &Vm, property: Word, object: Word, access: Access) -> Outcome {
    let property = Handle::<Property>::from(property).expect("a property");
    let (accessor, arguments) = match access {
        Access::Store(value) => (property.accessors[1], [object, value]),
        _ => (property.accessors[2], [object, Word::UNSET]),
    };
    if accessor == Word::NONE {
        return Ok(Word::UNSET);
    }
    let count = if let Access::Store(_) = access { 2 } else { 1 };
    vm.call(accessor, &arguments[..count])?;
    Ok(Word::NONE)
}

fn only(vm: &Vm, args: Args) -> Outcome {
    if args.len() == 1 { Ok(args.at(0)) } else { Err(vm.type_error("function takes 1 positional arguments")) }
}

fn make_static(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    new_static_method(vm, only(vm, args)?)
}

/// `staticmethod(function)`.
pub(super) fn new_static_method(vm: &Vm, function: Word) -> Outcome {
    Ok(vm.new_object(StaticMethod { header: Header::of(&STATIC_METHOD), function })?.word())
}

fn call_static(vm: &Vm, word: Word, args: Args) -> Outcome {
    vm.call_args(Handle::<StaticMethod>::from(word).expect("a staticmethod").function, args)
}

fn make_class_method(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    new_class_method(vm, only(vm, args)?)
}

/// `classmethod(function)`.
pub(super) fn new_class_method(vm: &Vm, function: Word) -> Outcome {
    Ok(vm.new_object(ClassMethod { header: Header::of(&CLASS_METHOD), function })?.word())
}

/// `super(type, object)`; the compiler brings both for `super()`: the class in its cell.
fn make_super(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    if args.len() != 2 {
        return detail::make_unbound(vm, args);
    }
    new_super(vm, args.at(0), args.at(1))
}

/// `super(class, object)`; the class may lie in its cell.
fn new_super(vm: &Vm, class: Word, object: Word) -> Outcome {
    // Without an object it waits for one.
    let is_bound = !crate::WHOLE || object != Word::NONE || as_type(class).is_none();
    let after = if is_bound { class_behind(vm, class, object)? } else { class };
    Ok(vm.new_object(Super { header: Header::of(&SUPER), after, object })?.word())
}

/// The class that `super()` got, itself or in its cell.
///
/// # Errors
/// `TypeError` if the object is none of its instances, nor a class derived from it.
fn class_behind(vm: &Vm, class: Word, object: Word) -> Outcome {
    let after = Handle::<CellObject>::from(class).map_or(class, |cell| cell.value.get());
    let Some(class) = as_type(after) else {
        return Err(vm.type_error(crate::worded("super() argument 1 must be a type", "super() needs a type")));
    };
    let fits = vm.is_instance(object, class) || as_type(object).is_some_and(|ty| vm.is_subclass(ty, class));
    if !fits {
        return Err(vm.type_error("super(type, obj): obj must be an instance or subtype of type"));
    }
    Ok(after)
}

/// Looks `name` up behind the class, bound to the object.
pub(crate) fn find_on_super(vm: &Vm, word: Word, name: Name) -> Outcome<Found> {
    let this = Handle::<Super>::from(word).expect("a super");
    if crate::WHOLE && this.object == Word::NONE {
        return Ok(detail::own_of_super(vm, this, name));
    }
    let found = find_behind(vm, this.after, this.object, name)?;
    if crate::WHOLE && found.value == Word::UNSET {
        return Ok(detail::own_of_super(vm, this, name));
    }
    Ok(found)
}

/// `super(class, object).name`; the class may lie in its cell.
///
/// # Errors
/// As those two.
#[cfg(feature = "standard")]
pub(crate) fn find_behind_class(vm: &Vm, class: Word, object: Word, name: Name) -> Outcome<Found> {
    find_behind(vm, class_behind(vm, class, object)?, object, name)
}

/// Looks `name` up behind a class that `class_behind` answered, bound to the object.
fn find_behind(vm: &Vm, after: Word, object: Word, name: Name) -> Outcome<Found> {
    let after = as_type(after).expect("checked by `class_behind`");
    let own = vm.type_of(object);
    let is_instance = vm.is_subclass(own, after);
    let ty = if is_instance { own } else { as_type(object).expect("checked by `class_behind`") };
    let behind = ancestors(ty).skip_while(|ancestor| !core::ptr::eq(*ancestor, after)).skip(1);
    let mut hidden = false;
    for ancestor in behind {
        let Some(value) = class::own(vm, ancestor, name).filter(|_| !hidden || !class::is_class(ancestor)) else {
            hidden |= class::hides(ancestor, name);
            continue;
        };
        if is_instance {
            return class::bind_to_instance(vm, value, ancestor, object, ty);
        }
        return class::bind_to_class(vm, value, ty);
    }
    if is_instance {
        return detail::beyond(vm, object, ty, name);
    }
    Ok(Found::NOTHING)
}

fn super_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    if let Access::Load = access {
        let found = find_on_super(vm, word, name)?;
        return if found.value == Word::UNSET { Ok(Word::UNSET) } else { vm.bound(found) };
    }
    Err(vm.raise(&exception::ATTRIBUTE_ERROR, &[Text("'super' object has no attribute '"), NamePart(name), Text("'")]))
}
