//! The board's pins, which `machine::boards` knows by name, as the chip's drivers know them.

use machine::boards::PYBOARD;
use stm32f4::gpio::Pin;

/// The pins, by the numbers of `PYBOARD`.
pub const PINS: [Pin; PYBOARD.len()] = {
    let mut pins = [Pin::named("A0"); PYBOARD.len()];
    let mut at = 0;
    while at < pins.len() {
        pins[at] = Pin::named(PYBOARD[at].chip);
        at += 1;
    }
    pins
};

/// The number of the pin that the chip or the board calls so.
const fn numbered(chip: &str) -> usize {
    let mut at = 0;
    while !is_same(PYBOARD[at].chip.as_bytes(), chip.as_bytes()) {
        at += 1;
    }
    at
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    match (a, b) {
        ([], []) => true,
        ([first, rest @ ..], [other, others @ ..]) => *first == *other && is_same(rest, others),
        _ => false,
    }
}

/// The switch, which pulls low.
pub const SWITCH: usize = numbered("B3");
/// The LEDs, lit when high, by number from 0.
pub const LEDS: [Pin; 4] = [Pin::named("A13"), Pin::named("A14"), Pin::named("A15"), Pin::named("B4")];
