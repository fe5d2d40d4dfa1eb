//! The board on USB: the prompt's line, and the way to the loader.
//!
//! The bus's interrupt does all the work; the main program adds what is printed, with interrupts held back, and waits while the bus takes no more.
//! A packet for which there is no room stays where it is, and the computer waits: the interrupt is switched off then, since the core would raise it
//! again and again, and the tick looks after the bus until somebody has read.
#![expect(unsafe_code, reason = "one device, shared between the main program and an interrupt by holding that back")]

use crate::interrupts;
use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, AtomicU8, Ordering::Relaxed};
use stm32f4::clock::Clocks;
use stm32f4::nvic::{self, Priority};
use stm32f4::otg::{self, INTERRUPT, MEMORY, UsbBus};
use stm32f4::{Chip, reset, signature};
use usb::board::{Board, Identity};
use usb::serial::PACKET;
use usb::usb_device::bus::UsbBusAllocator;

/// MicroPython's numbers of a board with a serial line alone.
const VENDOR: u16 = 0xF055;
const PRODUCT: u16 = 0x9802;
/// Milliseconds that the answer to "leave for your loader" has to get out.
const FAREWELL: u8 = 20;

/// What the device needs for as long as it lives.
pub struct Room {
    memory: [u32; MEMORY],
    serial: [u8; signature::SERIAL],
    bus: Option<UsbBusAllocator<UsbBus>>,
}

impl Room {
    /// Nothing yet.
    pub const EMPTY: Room = Room { memory: [0; MEMORY], serial: [0; signature::SERIAL], bus: None };
}

/// The device, once it is there.
struct Shared(UnsafeCell<Option<Board<'static, UsbBus>>>);

// SAFETY: only `with` touches the contents, with interrupts held back, and the bodies that it is given do not come back to it.
unsafe impl Sync for Shared {}

static DEVICE: Shared = Shared(UnsafeCell::new(None));
/// Whether a packet waits for room, and the interrupt is off.
static BLOCKED: AtomicBool = AtomicBool::new(false);
/// Milliseconds until the board leaves for its loader; 0 where nobody has asked.
static LEAVES_IN: AtomicU8 = AtomicU8::new(0);

/// Does something with the device while nobody else does.
fn with<R>(body: impl FnOnce(&mut Board<'static, UsbBus>) -> R) -> Option<R> {
    let came = stm32f4::hold_interrupts();
    // SAFETY: interrupts are held back and there is one processor, so this is the only reference; see `Shared`.
    let device = unsafe { &mut *DEVICE.0.get() };
    let result = device.as_mut().map(body);
    if came {
        stm32f4::let_interrupts(true);
    }
    result
}

/// Appears on the bus, if there is one, and a clock that is exact enough for it: USB wants 0.25 %, which only a crystal has.
pub fn start(room: &'static mut Room, clocks: &Clocks, priority: Priority) {
    if !clocks.crystal || !otg::start(&Chip) {
        return;
    }
    room.serial = signature::serial(&signature::identity(&Chip));
    let serial = core::str::from_utf8(&room.serial).expect("digits are text");
    let bus = room.bus.insert(otg::bus(clocks.system, &mut room.memory));
    let board = Board::new(bus, Identity { vendor: VENDOR, product: PRODUCT, maker: "Taipan", name: "Pyboard", serial });
    // SAFETY: the interrupt is not on yet, so `with` has no other caller, and `DEVICE` no reference.
    unsafe { *DEVICE.0.get() = Some(board) };
    nvic::enable(&Chip, INTERRUPT, priority);
}

/// Something has happened on the bus.
pub fn interrupt() {
    with(|board| {
        board.poll();
        receive(board);
        if board.take_detach() {
            LEAVES_IN.store(FAREWELL, Relaxed);
        }
    });
}

/// Takes what has come, as far as there is room.
fn receive(board: &mut Board<'static, UsbBus>) {
    let mut packet = [0; PACKET];
    loop {
        if interrupts::room() < PACKET {
            BLOCKED.store(true, Relaxed);
            nvic::disable(&Chip, INTERRUPT);
            return;
        }
        match board.serial.receive(&mut packet) {
            0 => return,
            count => packet[..count].iter().for_each(|byte| interrupts::arrived(*byte)),
        }
    }
}

/// There is room again for what comes.
pub fn make_room() {
    if BLOCKED.load(Relaxed) && interrupts::room() >= PACKET {
        BLOCKED.store(false, Relaxed);
        interrupt();
        if !BLOCKED.load(Relaxed) {
            nvic::allow(&Chip, INTERRUPT);
        }
    }
}

/// A millisecond has passed.
pub fn tick() {
    if BLOCKED.load(Relaxed) {
        with(|board| board.poll());
    }
    match LEAVES_IN.load(Relaxed) {
        0 => {}
        1 => leave(),
        left => LEAVES_IN.store(left - 1, Relaxed),
    }
}

/// Starts the loader.
fn leave() -> ! {
    stm32f4::ask_for_loader();
    reset::reset(&Chip)
}

/// Whether a program of the computer has the line open.
pub fn is_open() -> bool {
    with(|board| board.is_connected() && board.serial.is_open()) == Some(true)
}

/// Sends all of this. Waits for a computer that does not read, but for one that has closed the line, and not past an interrupted program.
pub fn send(mut bytes: &[u8]) {
    while !bytes.is_empty() {
        let sent = with(|board| board.serial.send(bytes)).unwrap_or(bytes.len());
        bytes = &bytes[sent..];
        if sent == 0 {
            if !is_open() || interrupts::PENDING.load(Relaxed) {
                return;
            }
            stm32f4::wait_for_interrupt();
        }
    }
}
