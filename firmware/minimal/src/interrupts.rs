//! What interrupts leave for the main program: bytes that arrived, milliseconds that passed.
//!
//! Both sides share nothing but atomic loads and stores, each written by one side only. When the ring is full the arrival
//! interrupt is switched off until there is room again, so a sender that can wait (QEMU can) loses nothing.
#![expect(
    unsafe_code,
    reason = "cortex-m-rt wants the handler of all interrupts marked: it may come between any two instructions"
)]

use crate::memory;
use core::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering::Relaxed};
use cortex_m_rt::exception;
use interpreter::object::word::Word;
use interpreter::vm::interrupt::Callback;
use interpreter::vm::{Root, Vm};
use stm32f1::usart::{self, Usart};
use stm32f1::{Chip, systick};

/// The byte that stops a running program; none while it is `NOTHING`.
static STOP: AtomicU32 = AtomicU32::new(NOTHING);
const NOTHING: u32 = u32::MAX;

/// The interpreter's flag: something wants the program's attention.
pub static PENDING: AtomicBool = AtomicBool::new(false);

/// Bytes that may have arrived and not been read. A power of two, so that positions may wrap.
pub const ROOM: u16 = 64;
static RING: [AtomicU8; ROOM as usize] = [const { AtomicU8::new(0) }; ROOM as usize];
static ARRIVED: AtomicU32 = AtomicU32::new(0);
static READ: AtomicU32 = AtomicU32::new(0);
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Whether a tick calls what the interpreter's root of the port holds.
static CALLS: AtomicBool = AtomicBool::new(false);

/// Milliseconds since the start, and how often their count has wrapped.
static MILLISECONDS: AtomicU32 = AtomicU32::new(0);
static WRAPS: AtomicU32 = AtomicU32::new(0);

/// The next byte that arrived.
pub fn read() -> Option<u8> {
    let at = READ.load(Relaxed);
    if at == ARRIVED.load(Relaxed) {
        return None;
    }
    let byte = RING[at as usize % RING.len()].load(Relaxed);
    READ.store(at.wrapping_add(1), Relaxed);
    Usart::running(Chip).interrupt_on_data(true);
    Some(byte)
}

/// Whether a byte waits to be read.
pub fn has_input() -> bool {
    READ.load(Relaxed) != ARRIVED.load(Relaxed)
}

/// Which byte stops a running program from now on, or at once if it waits to be read.
pub fn stop_at(byte: Option<u8>) {
    let stop = byte.map_or(NOTHING, u32::from);
    STOP.store(stop, Relaxed);
    // Those that arrive from here on are the arrival interrupt's business.
    let (first, end) = (READ.load(Relaxed), ARRIVED.load(Relaxed));
    let count = end.wrapping_sub(first);
    let is_stop = |back: &u32| u32::from(RING[end.wrapping_sub(*back) as usize % RING.len()].load(Relaxed)) == stop;
    if let Some(back) = (1..=count).find(is_stop) {
        READ.store(end.wrapping_sub(back).wrapping_add(1), Relaxed);
        Usart::running(Chip).interrupt_on_data(true);
        STOPPED.store(true, Relaxed);
        PENDING.store(true, Relaxed);
    }
}

/// Whether the stop byte has arrived since the last call.
pub fn stopped() -> bool {
    let stopped = STOPPED.load(Relaxed);
    STOPPED.store(false, Relaxed);
    stopped
}

/// Milliseconds since the start, and the processor cycles since the last of them.
pub fn time() -> (u64, u32) {
    // A tick between the readings would pair the old millisecond with new cycles: read until none came between.
    loop {
        let before = (WRAPS.load(Relaxed), MILLISECONDS.load(Relaxed));
        let cycles = systick::elapsed(&Chip);
        if before == (WRAPS.load(Relaxed), MILLISECONDS.load(Relaxed)) {
            return ((u64::from(before.0) << 32) | u64::from(before.1), cycles);
        }
    }
}

#[exception]
fn SysTick() {
    let next = MILLISECONDS.load(Relaxed).wrapping_add(1);
    MILLISECONDS.store(next, Relaxed);
    if next == 0 {
        WRAPS.store(WRAPS.load(Relaxed) + 1, Relaxed);
    }
    if CALLS.load(Relaxed) {
        let milliseconds = Word::int((next & 0x1fff_ffff) as isize);
        let call = |vm: &Vm, region: &mut _, stack| vm.hard_callback(vm.root(Root::Port), milliseconds, region, stack);
        let again = memory::in_interrupt(call);
        if again == Some(Callback::Failed) {
            CALLS.store(false, Relaxed);
        }
    }
}

/// Whether ticks call Python from now on.
pub fn call_on_tick(on: bool) {
    CALLS.store(on, Relaxed);
}

/// Every interrupt but the tick comes here, and only the serial line's is switched on.
#[exception]
unsafe fn DefaultHandler(number: i16) {
    if number == usart::INTERRUPT as i16 {
        take_byte(&Usart::running(Chip));
    }
}

/// A broken invariant is an undefined instruction (`xtask/src/setup/thumb.rs`), and so a fault like any other.
#[exception(trampoline = false)]
unsafe fn HardFault() -> ! {
    crate::broken()
}

/// Moves what has arrived into the ring.
fn take_byte(usart: &Usart<Chip>) {
    let at = ARRIVED.load(Relaxed);
    if at.wrapping_sub(READ.load(Relaxed)) as usize == RING.len() {
        usart.interrupt_on_data(false);
    } else if let Some(byte) = usart.receive() {
        if u32::from(byte) == STOP.load(Relaxed) {
            STOPPED.store(true, Relaxed);
            PENDING.store(true, Relaxed);
            return;
        }
        RING[at as usize % RING.len()].store(byte, Relaxed);
        ARRIVED.store(at.wrapping_add(1), Relaxed);
    }
}
