//! The pyboard v1.x: a prompt, files and hardware on an STM32F405. The same image runs on the board and in QEMU.
//!
//! A port owns `main` and binds the world. Here that is `memory.rs` (how RAM is divided), `interrupts.rs` (what they leave for
//! the main program), `serial.rs` and `can.rs` (lines and buses), `port.rs` (what the interpreter asks of the outside), `hardware.rs`
//! (what the classes of `machine` ask) over the `pins.rs` of the board, `disk.rs` and `semihosting.rs` (where files are kept), `wall.rs`
//! (the time of day), `usb.rs` (the board on USB), `fault.rs` (what is said when it breaks).
#![no_std]
#![no_main]

mod can;
mod card;
mod clocks;
mod disk;
mod fault;
mod hardware;
mod interrupts;
mod memory;
mod modules;
mod peripherals;
mod pins;
mod port;
mod sectors;
mod semihosting;
mod serial;
mod usb;
mod wall;

use copy as _;
use cortex_m_rt::entry;
use interpreter::repl::{Session, session};
use interpreter::vm::{Outcome, Vm};
use machine::Start;
use port::Console;

#[entry]
fn main() -> ! {
    static mut CONSOLE: Option<Console> = None;
    static mut HARDWARE: Option<hardware::Pyboard> = None;
    // A loader of our own in sector 0 has taken the request before.
    if stm32f4::take_loader_request() {
        stm32f4::enter_rom();
    }
    let console = CONSOLE.insert(Console::start(HARDWARE));
    if let Err(errno) = disk::find() {
        fault::unusable(errno);
    }
    let start = console.choose();
    let mut state = Session { safe_mode: start == Start::Safe, ..Session::default() };
    let mut anew = start == Start::Anew;
    loop {
        // Each turn is a soft reset: a fresh interpreter that knows only which prompt was in use.
        memory::with_vm(console, |vm| {
            said(vm, "the file system cannot be used\n", vm.enter(|vm| prepare(vm, anew)));
            said(vm, "the memory card cannot be used\n", vm.enter(machine::mount_card));
            session(vm, &mut state);
            said(vm, "the file system could not be closed\n", vm.enter(disk::detach));
        });
        (anew, state.safe_mode) = (false, false);
        console.soft_reset();
    }
}

/// Says what went wrong, if something did.
fn said(vm: &Vm, failure: &str, result: Outcome<()>) {
    if let Err(raised) = result {
        vm.take_raised(raised);
        vm.write_text(failure.as_bytes());
    }
}

/// The file system and `sys.path`, as the scripts of pyboards know them.
fn prepare(vm: &Vm, anew: bool) -> Outcome<()> {
    machine::set_path(vm)?;
    disk::attach(vm, anew)
}

/// There is nobody to hand a broken invariant to. What is not looked at here is not in the image.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    fault::broken()
}
