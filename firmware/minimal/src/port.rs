//! What the interpreter asks of the outside, answered by a serial line and a tick of one millisecond.
//!
//! Two interrupts feed atomics that the main program reads: a byte arrived (into a ring), a millisecond passed. When the ring is full
//! the arrival interrupt is switched off until there is room again, so a sender that can wait (QEMU can) loses nothing.

use core::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering::Relaxed};
use cortex_m_rt::exception;
use interpreter::port::Port;
use stm32f1::usart::{self, Usart};
use stm32f1::{Chip, clock, reset, systick};

/// Bits a second.
const BAUD: u32 = 115_200;

/// Ctrl-C, which stops a running program.
const STOP: u8 = 3;

/// Bytes that have arrived and were not read. A power of two, so that positions may wrap.
static RING: [AtomicU8; 64] = [const { AtomicU8::new(0) }; 64];
static ARRIVED: AtomicU32 = AtomicU32::new(0);
static READ: AtomicU32 = AtomicU32::new(0);

/// Milliseconds since the start, and how often they have wrapped.
static MILLISECONDS: AtomicU32 = AtomicU32::new(0);
static WRAPS: AtomicU32 = AtomicU32::new(0);

/// Ctrl-C has arrived.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// The serial line to the user, and the clock.
pub struct Line {
    usart: Usart<Chip>,
    cycles_per_microsecond: u32,
}

impl Line {
    /// Starts the chip's clocks, the line and the tick.
    pub fn start() -> Line {
        let clock = clock::start(&Chip);
        let usart = Usart::start(Chip, clock, BAUD);
        usart.interrupt_on_data(true);
        systick::start(&Chip, clock / 1000);
        Line { usart, cycles_per_microsecond: clock / 1_000_000 }
    }

    /// Says why the program cannot go on, and starts the chip over.
    pub fn fail(reason: &str) -> ! {
        let usart = Usart::running(Chip);
        reason.bytes().for_each(|byte| usart.send(byte));
        reset::reset(&Chip)
    }
}

impl Port for Line {
    fn write(&self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.usart.send(*byte));
    }

    fn read(&self) -> Option<u8> {
        let at = READ.load(Relaxed);
        if at == ARRIVED.load(Relaxed) {
            return None;
        }
        let byte = RING[at as usize % RING.len()].load(Relaxed);
        READ.store(at.wrapping_add(1), Relaxed);
        self.usart.interrupt_on_data(true);
        Some(byte)
    }

    fn now(&self) -> u64 {
        // A tick between the readings would pair the old millisecond with the new remainder: read until none came between.
        loop {
            let (wraps, milliseconds) = (WRAPS.load(Relaxed), MILLISECONDS.load(Relaxed));
            let elapsed = systick::elapsed(&Chip);
            if (wraps, milliseconds) == (WRAPS.load(Relaxed), MILLISECONDS.load(Relaxed)) {
                let milliseconds = (u64::from(wraps) << 32) | u64::from(milliseconds);
                return milliseconds * 1000 + u64::from(elapsed / self.cycles_per_microsecond);
            }
        }
    }

    fn idle(&self, deadline: Option<u64>) {
        if deadline.is_none_or(|deadline| self.now() < deadline) {
            // The tick wakes it, if nothing else does: a byte that came just before is seen a millisecond later at worst.
            stm32f1::wait_for_interrupt();
        }
    }

    fn interrupted(&self) -> bool {
        let stopped = STOPPED.load(Relaxed);
        STOPPED.store(false, Relaxed);
        stopped
    }

    fn entropy(&self) -> u64 {
        // This chip has no source of random numbers; the moment of asking, spread over all bits, is the best there is.
        self.now().wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    }

    fn platform(&self) -> &'static str {
        "stm32"
    }
}

#[exception]
fn SysTick() {
    let next = MILLISECONDS.load(Relaxed).wrapping_add(1);
    MILLISECONDS.store(next, Relaxed);
    if next == 0 {
        WRAPS.store(WRAPS.load(Relaxed) + 1, Relaxed);
    }
}

/// Every interrupt but the tick comes here, and only the serial line's is switched on.
#[exception]
unsafe fn DefaultHandler(number: i16) {
    if number == usart::INTERRUPT as i16 {
        take_bytes(&Usart::running(Chip));
    }
}

/// Moves what has arrived into the ring.
fn take_bytes(usart: &Usart<Chip>) {
    let at = ARRIVED.load(Relaxed);
    if at.wrapping_sub(READ.load(Relaxed)) as usize == RING.len() {
        usart.interrupt_on_data(false);
    } else if let Some(byte) = usart.receive() {
        if byte == STOP {
            STOPPED.store(true, Relaxed);
        }
        RING[at as usize % RING.len()].store(byte, Relaxed);
        ARRIVED.store(at.wrapping_add(1), Relaxed);
    }
}
