//! The smallest port: a prompt on a serial line, on an STM32F100 with 8 kB of RAM. Start here to bring Taipan to a new
//! chip.
//!
//! A port owns `main` and binds the world. Here that is `memory.rs` (how RAM is divided), `interrupts.rs` (what they leave for
//! the main program, and Python that runs in them), `board.rs` (a module of its own), `port.rs` (what the interpreter asks of
//! the outside) and this file.
#![no_std]
#![no_main]

mod board;
mod interrupts;
mod memory;
mod port;
mod vectors;

use copy as _;
use cortex_m_rt::entry;
use interpreter::repl::{Session, session};
use port::Line;

#[entry]
fn main() -> ! {
    static mut LINE: Option<Line> = None;
    let line = LINE.insert(Line::start());
    let mut state = Session::default();
    loop {
        // Each turn is a soft reset: a fresh interpreter that knows only which prompt was in use.
        memory::with_vm(line, |vm| session(vm, &mut state));
    }
}

/// There is nobody to hand a broken invariant to: say so on the line and start over.
fn broken() -> ! {
    // The message itself would bring 11 kB of formatting code with it.
    Line::fail("\r\npanic: restarting\r\n")
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    broken()
}
