//! `_contexts`: the values of variables of a context. `contextvars` is Python over it.
//!
//! A variable's `_state` is a tuple of the dict that has the context of each thread. A context keeps its values in the
//! dict `_values`. What is not usual is left to the method in Python whose name begins with `_slow`.

use super::usual::{attribute, hand_over};
use interpreter::object::class::lookup_special;
use interpreter::object::dict::Dict;
use interpreter::object::handle::{Args, Handle, object_type};
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// get(self, default): `ContextVar.get`, the value in the context of this thread.
    method def get(1..=2) = |vm, args| {
        let found = state(vm, args.at(0)).and_then(|state| values(vm, state)).map(|values| values.map.get(vm, args.at(0)));
        match found.transpose()?.flatten() {
            Some(value) => Ok(value),
            None => slowly(vm, args),
        }
    };
}

/// Names beside those of the table: attributes of variables and contexts.
pub const MORE: &[&str] = &["_contexts", "_slow_get", "_state", "_values"];

fn state(vm: &Vm, variable: Word) -> Option<Handle<Tuple>> {
    Handle::from(lookup_special(vm, object_type(variable)?, name!(_state))?)
}

/// What the context of this thread has.
fn values(vm: &Vm, state: Handle<Tuple>) -> Option<Handle<Dict>> {
    let contexts: Handle<Dict> = Handle::from(state.at(0)?)?;
    let context = contexts.map.get(vm, Word::int(vm.thread_number() as isize)).ok()??;
    Handle::from(attribute(context, name!(_values))?.get())
}

fn slowly(vm: &Vm, args: Args) -> Outcome {
    hand_over(vm, object_type(args.at(0)), args, name!(_slow_get), "a ContextVar is wanted")
}
