//! The smallest interpreter's classes: a table of attributes, where `__getattr__` and properties are all that is special.

use super::*;

/// Methods that take part in every access of an attribute.
pub const HOOKS: &[Name] = &[name!(__getattr__)];

/// No instance is a descriptor.
pub fn takes_stores(_vm: &Vm, _ty: &'static Type) -> bool {
    false
}

/// No instance is a descriptor.
pub fn get(_vm: &Vm, value: Word, _object: Word, _ty: &'static Type) -> Outcome {
    Ok(value)
}

/// A builtin type has its rows.
#[inline(always)]
pub fn own_of_builtin(_: &Vm, _: &'static Type, _: Name) -> Option<Word> {
    None
}

/// Nothing is set on builtin types.
#[inline(always)]
pub fn change_builtin(_: &Vm, _: Word, _: Name, _: Access) -> Outcome {
    Ok(Word::UNSET)
}

/// A native function as a class's attribute does not bind.
#[inline(always)]
pub fn bind_taken(_: &Vm, value: Word, _: Word, _: &'static Type) -> Found {
    Found::plain(value)
}

/// Looks `name` up on a type or class itself.
pub(crate) fn find_on_type(vm: &Vm, object: Word, name: Name) -> Outcome<Found> {
    let ty = as_type(object).expect("the word of a type");
    match lookup(vm, ty, name) {
        Some((value, _)) => bind_to_class(vm, value, ty),
        None if name == name!(__name__) => Ok(Found::plain(Word::name(ty.name))),
        None => Ok(Found::NOTHING),
    }
}
