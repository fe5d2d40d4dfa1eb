//! The smallest interpreter's classes: a table of attributes, where `__getattr__` and properties are all that is special.

use super::*;

/// Methods that take part in every access of an attribute.
pub const HOOKS: &[Name] = &[name!(__getattr__)];

/// No instance is a descriptor.
pub fn takes_stores(_vm: &Vm, _ty: &'static Type) -> bool {
    false
}

/// No instance is a descriptor.
#[inline(always)]
pub fn gives(_: &Vm, _: Word) -> bool {
    true
}

/// No instance is a descriptor.
pub fn get(_vm: &Vm, value: Word, _object: Word, _ty: &'static Type) -> Outcome {
    Ok(value)
}

/// What a class method is made of is a function.
#[inline(always)]
pub fn bind_class_method(_: &Vm, method: Handle<ClassMethod>, ty: &'static Type) -> Outcome<Found> {
    Ok(Found { value: method.function, first: type_word(ty) })
}

/// A builtin type has its rows.
#[inline(always)]
pub fn own_of_builtin(_: &Vm, _: &'static Type, _: Name) -> Option<Word> {
    None
}

/// No type has fields with the names of its methods.
#[inline(always)]
pub fn is_hidden_by_field(_: &'static Type, _: &'static Type, _: Name) -> bool {
    false
}

/// What a builtin type can do is what it has rows for.
#[inline(always)]
pub fn is_mixed(_: &'static Type) -> bool {
    false
}

/// As `lookup`: no class is mixed.
#[inline(always)]
pub fn lookup_mixed(_: &Vm, _: &'static Type, _: Name) -> Option<(Word, &'static Type)> {
    None
}

/// No class comes behind a builtin type that has special methods.
#[inline(always)]
pub fn hides(_: &'static Type, _: Name) -> bool {
    false
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

/// A class keeps each attribute under its name.
#[inline(always)]
pub(super) fn place_of(name: Name) -> Name {
    name
}

/// What a class is called, its attributes alone say.
#[inline(always)]
pub(super) fn check_name(_: &Vm, _: Word, _: Name, _: Word) -> Outcome<()> {
    Ok(())
}

/// Builtin types are shown without a module.
#[inline(always)]
pub(super) fn print_home(_: &Vm, _: &'static Type, _: &mut Printer) -> Outcome<()> {
    Ok(())
}
