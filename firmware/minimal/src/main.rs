//! The smallest port: a serial line on a chip with 8 kB of RAM. Start here to bring Taipan to a new chip.
//!
//! A port owns `main` and binds the world; this one is `interrupts.rs` (what they leave
//! for the main program), `port.rs` (what the interpreter asks of the outside) and this file.
#![no_std]
#![no_main]

mod interrupts;
mod port;

use cortex_m_rt::entry;
use interpreter::port::Port;
use port::Line;

#[entry]
fn main() -> ! {
    let line = Line::start();
    line.write(b"Taipan minimal on STM32F100\r\n");
    loop {
        match line.read() {
            Some(byte) => line.write(&[byte]),
            None => line.idle(None),
        }
    }
}

/// There is nobody to hand a broken invariant to: say so on the line and start over.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    // The message itself would bring 11 kB of formatting code with it.
    Line::fail("\r\npanic: restarting\r\n")
}
