//! `locals()` in a function, and what else looks at the locals of its caller.
//!
//! Functions keep their variables on the stack, without names. Where a function calls something that is called `locals`,
//! `vars`, `dir`, `eval` or `exec`, the compiler calls the helper here instead, and tells it the names: nothing else pays.

use super::cell::CellObject;
use super::handle::{Args, Handle};
use super::kind::NativeFunction;
use super::tuple::Tuple;
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// `(function, names, …)`: calls the function with the rest. Of the builtins named above it is known what they look at:
/// `names` is a tuple of names, each followed by twice its slot, plus one if a cell lies there.
pub fn with_locals(vm: &Vm, args: Args) -> Outcome {
    let (callee, rest) = (args.at(0), args.skip(2));
    let builtin = Handle::<NativeFunction>::from(callee).map(|function| function.name);
    match builtin {
        Some(name) if name == name!(locals) || name == name!(vars) => locals(vm, args.at(1)),
        Some(name) if name == name!(dir) => {
            let list = vm.list_of(locals(vm, args.at(1))?)?;
            vm.call_method(list.word(), name!(sort), &[])?;
            Ok(list.word())
        }
        Some(name) if name == name!(eval) || name == name!(exec) => {
            let locals = locals(vm, args.at(1))?;
            vm.call(callee, &[rest.at(0), Word::NONE, locals])
        }
        _ => vm.call_args(callee, rest),
    }
}

/// A new dict of the running function's locals.
fn locals(vm: &Vm, names: Word) -> Outcome {
    let dict = vm.new_dict()?;
    let names = Handle::<Tuple>::from(names).map_or(&[][..], |names| names.get().tail());
    for pair in names.chunks_exact(2) {
        let place = pair[1].get().int_value() as usize;
        let mut value = vm.local(place / 2);
        if place % 2 == 1 {
            value = Handle::<CellObject>::from(value).map_or(Word::UNSET, |cell| cell.value.get());
        }
        if value != Word::UNSET {
            dict.map.insert(vm, pair[0].get(), value)?;
        }
    }
    Ok(dict.word())
}
