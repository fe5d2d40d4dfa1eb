//! `pyb.Switch`: the user switch.

use crate::hardware::hardware;
use interpreter::object::kind::{Slots, Type};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;

static SLOTS: Slots = Slots {
    make: Some(|vm, _, _| vm.new_resource(&SWITCH, &[])),
    call: Some(|vm, _, _| Ok(Word::bool(hardware(vm)?.switch()))),
    ..Slots::NONE
};

/// `Switch`.
pub static SWITCH: Type = resource_type(name!(Switch), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// value(): whether the switch is pressed.
    def value(1) = |vm, _| Ok(Word::bool(hardware(vm)?.switch()));
}
