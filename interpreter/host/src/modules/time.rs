//! `time` on a computer: its clocks know the time zone, so what they show is Python's (`frozen/_time`).

use super::overridden;
use interpreter::modules::core_rows;
use interpreter::object::name::Name;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS: }

/// What Python has instead of the native rows.
pub fn attribute(vm: &Vm, name: Name) -> Outcome {
    overridden(vm, name!(time), core_rows(name!(time)), name, &["localtime", "gmtime", "mktime"])
}
