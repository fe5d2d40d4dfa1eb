//! `machine.WDT`, which is `pyb.WDT` too: the board starts anew unless the program says often enough that it is alive.

use crate::hardware::hardware;
use interpreter::object::handle::Args;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), ..Slots::NONE };

/// `WDT`: there is one, and it cannot be stopped.
pub static WDT: Type = resource_type(name!(WDT), &SLOTS, ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &["id", "timeout"];

table! { pub ROWS, NAMES, DOCS:
    /// feed(): the program is alive.
    def feed(1) = |vm, _| { hardware(vm)?.feed(); Ok(Word::NONE) };
}

fn make(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(id), name!(timeout)])?;
    let option = |index, name, default| vm.index_or(args.either(index, name), default);
    if option(0, name!(id), 0)? != 0 {
        return Err(vm.value_error("there is one watchdog, of id 0"));
    }
    let timeout = u32::try_from(option(1, name!(timeout), 5000)?).unwrap_or(0);
    hardware(vm)?.watchdog(timeout).map_err(|errno| match errno {
        Errno::EINVAL => vm.value_error("the watchdog counts from 1 to 32768 milliseconds"),
        errno => vm.os_error(errno.0),
    })?;
    vm.new_resource(&WDT, &[])
}
