//! The pyboard v1.x: a prompt, files and hardware on an STM32F405. The same image runs on the board and in QEMU.
//!
//! A port owns `main` and binds the world. Here that is `memory.rs` (how RAM is divided), `interrupts.rs` (what they leave for
//! the main program), `serial.rs` and `can.rs` (lines and buses), `port.rs` (what the interpreter asks of the outside), `hardware.rs` (what the classes of `machine` ask)
//! over the `pins.rs` of the board, `disk.rs` and `semihosting.rs` (where files are kept), `usb.rs` (the board
//! on USB), `fault.rs` (what is said when it breaks).
#![no_std]
#![no_main]

mod can;
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

use core::cell::Cell;
use cortex_m_rt::entry;
use disk::Files;
use interpreter::object::handle::Args;
use interpreter::repl::{Session, session};
use interpreter::vfs::{Errno, FileSystem, mount};
use interpreter::vm::{Outcome, Root, Vm};
use port::Console;
use storage::littlefs::{Littlefs, Options};

#[entry]
fn main() -> ! {
    static mut FILES: Option<Files> = None;
    static mut BUFFERS: [Cell<u8>; Options::FLASH.buffers()] = [const { Cell::new(0) }; Options::FLASH.buffers()];
    static mut CONSOLE: Option<Console> = None;
    static mut HARDWARE: Option<hardware::Pyboard> = None;
    static mut USB: usb::Room = usb::Room::EMPTY;
    // A loader of our own in sector 0 has taken the request before.
    if stm32f4::take_loader_request() {
        stm32f4::enter_rom();
    }
    let console = CONSOLE.insert(Console::start(HARDWARE, USB));
    let disk = disk::find().unwrap_or_else(|errno| fault::unusable(errno));
    let files: &'static Files = FILES.insert(Files::new(Littlefs::new(Options::FLASH, BUFFERS), disk));
    let mut state = Session::default();
    loop {
        // Each turn is a soft reset: a fresh interpreter that knows only which prompt was in use.
        let loaded = disk::load(files);
        memory::with_vm(console, |vm| {
            let mounted = vm.enter(|vm| prepare(vm, loaded.map(|()| files)));
            if let Err(raised) = mounted {
                vm.take_raised(raised);
                vm.write_text(b"the file system cannot be used\n");
            }
            session(vm, &mut state)
        });
        // What the program left open is lost, as on every board; what it closed is on the disk.
        if files.at(0).unmount().is_err() {
            console.say("the file system could not be closed\r\n");
        }
        console.soft_reset();
    }
}

/// The file system and `sys.path`, as the scripts of pyboards know them.
fn prepare(vm: &Vm, files: Result<&'static Files, Errno>) -> Outcome<()> {
    let path = ["", ".frozen", "/flash", "/flash/lib"].map(|entry| vm.new_str(entry));
    let [first, frozen, flash, lib] = path;
    vm.set_root(Root::Path, vm.new_list(&[first?, frozen?, flash?, lib?])?);
    let files = files.map_err(|errno| vm.os_error(errno.0))?;
    mount::mount_driver(vm, files, "/flash")?;
    let directory = Cell::new(vm.new_str("/flash")?);
    mount::change_directory(vm, Args::of(core::slice::from_ref(&directory))).map(drop)
}

/// There is nobody to hand a broken invariant to. What is not looked at here is not in the image.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    fault::broken()
}
