//! `type`, `object`, and the classes that programs make.

use super::exception;
use super::handle::{Args, as_type, type_word};
use super::kind::{ALL, Header, Kind, Slots, Type, find_row};
use super::name::Name;
use super::word::Word;
use crate::vm::attribute::{Found, bind_row};
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { ..Slots::NONE };

static TYPE_SLOTS: Slots = Slots { call: Some(call_type), ..Slots::NONE };

/// `T(...)`.
fn call_type(vm: &Vm, callee: Word, args: Args) -> Outcome {
    let ty = as_type(callee).expect("the word of a type");
    match ancestors(ty).find_map(|ancestor| ancestor.slots.make) {
        Some(make) => make(vm, ty, args),
        None => {
            Err(vm.raise(&exception::TYPE_ERROR, &[Part::Text("can't create '"), Part::Name(ty.name), Part::Text("' instances")]))
        }
    }
}

/// `type`.
pub static TYPE: Type = Type {
    header: Header::of(&TYPE),
    slots: &TYPE_SLOTS,
    name: name!("type"),
    kind: Kind::Type,
    traced: 0,
    base: None,
    rows: &[],
};

/// `object`.
pub static OBJECT: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("object"),
    kind: Kind::Object,
    traced: ALL,
    base: None,
    rows: &[],
};

/// Whether `ty` is a class made by a program.
#[inline(always)]
pub fn is_class(ty: &Type) -> bool {
    ty.header.0.get().kind == Kind::Class
}

/// `ty` and all that it derives from, in the order of lookup; `object` is the last.
pub fn ancestors(ty: &'static Type) -> impl Iterator<Item = &'static Type> {
    let mut next = Some(ty);
    core::iter::from_fn(move || {
        let here = next?;
        next = match here.base {
            None if core::ptr::eq(here, &OBJECT) => None,
            None => Some(&OBJECT),
            base => base,
        };
        Some(here)
    })
}

/// What the type or one of its ancestors has under `name`, unbound.
pub fn lookup(ty: &'static Type, name: Name) -> Option<Word> {
    ancestors(ty).find_map(|ancestor| find_row(ancestor.rows, name))
}

/// The builtin object inside an instance of a class that derives from a builtin type.
#[inline]
pub fn native(_word: Word) -> Option<Word> {
    None
}

/// The type that a program sees for `ty`.
pub fn visible(ty: &'static Type) -> &'static Type {
    ty
}

/// Looks `name` up on an instance of a class.
pub(crate) fn find_on_instance(_vm: &Vm, object: Word, ty: &'static Type, name: Name) -> Outcome<Found> {
    Ok(lookup(ty, name).map_or(Found::NOTHING, |value| bind_row(value, object, ty)))
}

/// Looks `name` up on a type or class itself.
pub(crate) fn find_on_type(vm: &Vm, object: Word, name: Name) -> Outcome<Found> {
    let ty = super::handle::as_type(object).expect("the word of a type");
    if let Some(value) = lookup(ty, name) {
        let bound = bind_row(value, Word::UNSET, ty);
        return Ok(bound);
    }
    Ok(match name {
        n if n == name!(__name__) => Found::plain(Word::name(ty.name)),
        n if n == name!(__class__) => Found::plain(type_word(vm.type_of(object))),
        _ => Found::NOTHING,
    })
}
