//! `pyb`: the pyboard's own module.

use crate::hardware::hardware;
use crate::led::LED;
use crate::pin::PIN;
use crate::switch::SWITCH;
use interpreter::object::handle::type_word;
use interpreter::object::word::Word;
use interpreter::table;

table! { pub ROWS, NAMES, DOCS:
    /// LED(number): an LED, from 1.
    const LED = type_word(&LED);
    /// Pin(id, mode, pull, *, value): a pin, by name or number.
    const Pin = type_word(&PIN);
    /// Switch(): the user switch.
    const Switch = type_word(&SWITCH);
    /// delay(ms): waits.
    def delay(1) = |vm, args| { let ms = vm.index(args.at(0))?; vm.wait((ms as i64).saturating_mul(1000)) };
    /// udelay(us): waits.
    def udelay(1) = |vm, args| { let us = vm.index(args.at(0))?; vm.wait(us as i64) };
    /// millis(): milliseconds since the start.
    def millis(0) = |vm, _| vm.new_int((vm.port.now() / 1000) as i64 & 0x3fff_ffff);
    /// micros(): microseconds since the start.
    def micros(0) = |vm, _| vm.new_int(vm.port.now() as i64 & 0x3fff_ffff);
    /// rng(): a random number of 30 bits.
    def rng(0) = |vm, _| Ok(Word::int((vm.port.entropy() & 0x3fff_ffff) as isize & Word::INT_MAX));
    /// unique_id(): 12 bytes that no other board has.
    def unique_id(0) = |vm, _| { let id = hardware(vm)?.unique_id(); vm.new_bytes(&id) };
}
