//! The board's pins: what its edge, its LEDs and its switch are called, and which pins of the chip they are.

use stm32f4::gpio::Pin;

macro_rules! pins {
    ($($name:literal $chip:literal;)*) => {
        /// Names, by number.
        pub const NAMES: &[&str] = &[$($name),*];
        /// The chip's pins, by the same numbers.
        pub const PINS: &[Pin] = &[$(Pin::named($chip)),*];
    };
}

pins! {
    "X1" "A0"; "X2" "A1"; "X3" "A2"; "X4" "A3"; "X5" "A4"; "X6" "A5"; "X7" "A6"; "X8" "A7";
    "X9" "B6"; "X10" "B7"; "X11" "C4"; "X12" "C5"; "X17" "B3"; "X18" "C13"; "X19" "C0"; "X20" "C1"; "X21" "C2"; "X22" "C3";
    "Y1" "C6"; "Y2" "C7"; "Y3" "B8"; "Y4" "B9"; "Y5" "B12"; "Y6" "B13"; "Y7" "B14"; "Y8" "B15";
    "Y9" "B10"; "Y10" "B11"; "Y11" "B0"; "Y12" "B1";
    "SW" "B3";
    "LED_RED" "A13"; "LED_GREEN" "A14"; "LED_YELLOW" "A15"; "LED_BLUE" "B4";
}

/// The switch, which pulls low.
pub const SWITCH: Pin = Pin::named("B3");
/// The LEDs, lit when high, by number from 0.
pub const LEDS: [Pin; 4] = [Pin::named("A13"), Pin::named("A14"), Pin::named("A15"), Pin::named("B4")];
