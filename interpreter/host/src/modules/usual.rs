//! What those modules share that do the usual case and leave every other one to Python: the attributes that instances have in
//! slots, and handing a call over to the method whose name begins with `_slow`.

use interpreter::object::class::{as_class, lookup_special};
use interpreter::object::handle::{Args, Handle, Instance};
use interpreter::object::kind::Type;
use interpreter::object::name::Name;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use std::cell::Cell;

/// Where an instance has an attribute, if that is in one of its slots.
pub fn attribute(word: Word, name: Name) -> Option<&'static Cell<Word>> {
    let instance = Handle::<Instance>::from(word)?;
    instance.get().slot(as_class(instance.ty())?.slot_of(name)?)
}

/// Hands a call over to the method of this name, which `ty` has.
///
/// # Errors
/// `TypeError` that says what is `wanted` if it has none; what the method raises.
#[cold]
#[inline(never)]
pub fn hand_over(vm: &Vm, ty: Option<&'static Type>, args: Args, name: Name, wanted: &str) -> Outcome {
    match ty.and_then(|ty| lookup_special(vm, ty, name)) {
        Some(method) => vm.call_args(method, args),
        None => Err(vm.type_error(wanted)),
    }
}
