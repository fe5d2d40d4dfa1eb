//! `__getattr__` and properties are the only hooks; `__dict__` is not to be had, and an instance keeps its class.

use super::*;
use crate::object::descriptor::{Property, change_property};

/// Refuses nothing: no name is special.
pub fn change(_: &Vm, _: Handle<Instance>, _: Handle<Class>, _: Name, _: Access) -> Outcome<Option<Word>> {
    Ok(None)
}

/// A container is written as its builtin type is.
#[inline(always)]
pub fn print_as(_: &Vm, _: Word, _: &'static Type, _: &mut Printer) -> Outcome<bool> {
    Ok(false)
}

/// How many of the first places of instances are no attributes: what a builtin base holds.
#[inline(always)]
pub fn kept(_: &Vm, class: Handle<Class>) -> usize {
    usize::from(class.native.is_some())
}

/// `__del__` is a method as any other.
#[inline(always)]
pub fn has_deleter(_class: Handle<Class>) -> bool {
    false
}

/// Nothing more to do.
#[inline(always)]
pub fn made(_vm: &Vm, _instance: Handle<Instance>, _class: Handle<Class>) -> Outcome<()> {
    Ok(())
}

/// Nothing is filled twice but what is made again.
#[inline(always)]
pub fn fill_again(_: &Vm, _: Word, _: Args) -> Outcome<bool> {
    Ok(false)
}

/// Nothing.
pub fn find_further(_: &Vm, _: Word, _: Handle<Class>, _: Name) -> Outcome<Found> {
    Ok(Found::NOTHING)
}

/// The lookup with `__getattr__`.
pub fn find_specially(vm: &Vm, object: Word, ty: &'static Type, name: Name) -> Outcome<Found> {
    vm.check_stack()?;
    let found = find_plainly(vm, object, ty, name)?;
    if found.value != Word::UNSET {
        return Ok(found);
    }
    match lookup_special(vm, ty, name!(__getattr__)) {
        Some(hook) => Ok(Found::plain(vm.call(hook, &[object, Word::name(name)])?)),
        None => Ok(Found::NOTHING),
    }
}

/// No program has put anything there.
#[inline(always)]
pub fn text_in(_: &Vm, _: Handle<super::Dict>, _: Name) -> Option<Word> {
    None
}

/// Properties that take a store or delete.
pub fn change_specially(vm: &Vm, object: Word, name: Name, access: Access) -> Outcome<Option<Word>> {
    match lookup(vm, vm.type_of(object), name) {
        Some((property, _)) if Handle::<Property>::from(property).is_some() => {
            change_property(vm, property, object, access).map(Some)
        }
        _ => Ok(None),
    }
}

/// `object.__init__` takes anything.
#[inline(always)]
pub fn check_init(_: &Vm, _: &'static Type, _: Args) -> Outcome<()> {
    Ok(())
}

/// So does `object.__new__`.
#[inline(always)]
pub fn check_new(_: &Vm, _: &'static Type, _: Args) -> Outcome<()> {
    Ok(())
}
