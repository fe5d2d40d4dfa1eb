//! What stands before a line: `sys.ps1` and `sys.ps2`, which a program may set.

use crate::modules;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::Vm;

/// Before the first line of a statement.
pub(super) fn first(vm: &Vm) -> &str {
    text(vm, name!(ps1), ">>> ")
}

/// Before its further lines.
pub(super) fn further(vm: &Vm) -> &str {
    text(vm, name!(ps2), "... ")
}

fn text<'a>(vm: &'a Vm, name: Name, default: &'a str) -> &'a str {
    match vm.find_attribute(Word::of_static(&modules::SYS), name) {
        Ok(found) if found != Word::UNSET => vm.as_text(found).unwrap_or(default),
        Ok(_) => default,
        Err(raised) => {
            vm.take_raised(raised);
            default
        }
    }
}
