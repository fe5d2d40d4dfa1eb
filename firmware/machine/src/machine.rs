//! `machine`: the board and its pins.

use crate::hardware::hardware;
use crate::pin::PIN;
use interpreter::object::exception;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// Pin(id, mode, pull, *, value): a pin, by name or number.
    const Pin = type_word(&PIN);
    /// reset(): starts the board anew, as its reset button does.
    def reset(0) = |vm, _| { hardware(vm)?.reset(); soft_reset(vm) };
    /// soft_reset(): starts the interpreter anew.
    def soft_reset(0) = |vm, _| soft_reset(vm);
    /// unique_id(): 12 bytes that no other board has.
    def unique_id(0) = |vm, _| { let id = hardware(vm)?.unique_id(); vm.new_bytes(&id) };
    /// freq(): the processor's clock in Hz.
    def freq(0) = |vm, _| { let hertz = hardware(vm)?.frequency(); vm.new_int(hertz.into()) };
    /// idle(): sleeps until something happens.
    def idle(0) = idle;
}

fn soft_reset(vm: &Vm) -> Outcome {
    Err(vm.raise(&exception::SYSTEM_EXIT, &[]))
}

fn idle(vm: &Vm, _: Args) -> Outcome {
    vm.port.idle(Some(vm.port.now() + 1000));
    Ok(Word::NONE)
}
