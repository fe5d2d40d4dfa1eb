//! What interrupts leave for the main program: bytes that arrived, milliseconds that passed.
//!
//! Both sides share nothing but atomic loads and stores, each written by one side only. When the ring is full the arrival
//! interrupt is switched off until there is room again, so a sender that can wait (QEMU can) loses nothing.
#![expect(unsafe_code, reason = "the vector table is a list of functions at a fixed place")]

use crate::port::MACHINE;
use crate::{can, memory, peripherals, serial, usb};
use core::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering::Relaxed};
use cortex_m_rt::exception;
use dfu::label::Label;
use machine::event::{self, Source};
use stm32f4::nvic::{self, Interrupt, Priority};
use stm32f4::timer::Timer;
use stm32f4::{Chip, exti, rtc, systick};

/// The tick comes into everything: time never stands still.
const TICK_PRIORITY: Priority = Priority(0);
/// Bytes come next, since a line does not wait: those of serial lines, and of USB.
pub const LINE_PRIORITY: Priority = Priority(1);
/// What may call Python: such interrupts do not interrupt each other.
pub const CALLBACK_PRIORITY: Priority = Priority(8);

unsafe extern "C" {
    fn DefaultHandler();
}

/// The end of the table of vectors, and what the image says of itself.
#[repr(C)]
struct Page {
    /// Every interrupt of the chip has one handler, which looks at the number.
    handlers: [unsafe extern "C" fn(); nvic::COUNT],
    label: Label,
}

#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
static __INTERRUPTS: Page = Page { handlers: [DefaultHandler; nvic::COUNT], label: Label::new("STM32F405", MACHINE, VERSION) };
/// As the greeting of the prompt has it.
const VERSION: &str = concat!("Taipan v", env!("CARGO_PKG_VERSION"));

/// The byte that stops a running program; none while it is `NOTHING`.
static STOP: AtomicU32 = AtomicU32::new(NOTHING);
const NOTHING: u32 = u32::MAX;

/// The interpreter's flag: something wants the program's attention.
pub static PENDING: AtomicBool = AtomicBool::new(false);

/// Bytes that have arrived and were not read. A power of two, so that positions may wrap; what they are at the start does not matter.
#[unsafe(link_section = ".uninit.ring")]
static RING: [AtomicU8; 512] = [const { AtomicU8::new(0) }; 512];
static ARRIVED: AtomicU32 = AtomicU32::new(0);
static READ: AtomicU32 = AtomicU32::new(0);
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Milliseconds since the start, and how often their count has wrapped.
static MILLISECONDS: AtomicU32 = AtomicU32::new(0);
static WRAPS: AtomicU32 = AtomicU32::new(0);

/// The millisecond at which the program wants attention, its low half; whether it does.
static ALARM: AtomicU32 = AtomicU32::new(0);
static ALARM_SET: AtomicBool = AtomicBool::new(false);

/// Lets the tick of one millisecond and the console's bytes come.
pub fn start(system: stm32f4::clock::Hertz) {
    nvic::tick_priority(&Chip, TICK_PRIORITY);
    systick::start(&Chip, system / 1000);
    serial::listen();
    nvic::later_priority(&Chip, CALLBACK_PRIORITY);
    exti::INTERRUPTS.iter().for_each(|interrupt| nvic::enable(&Chip, *interrupt, CALLBACK_PRIORITY));
}

/// Keeps the tick where the processor's clock changes. The millisecond that it is in counts as a whole one: time does not go back.
pub fn follow(system: stm32f4::clock::Hertz) {
    tick();
    systick::start(&Chip, system / 1000);
}

/// Lines that the program raised and an emulator did not.
static RAISED: AtomicU32 = AtomicU32::new(0);

/// Raises a line of pins as if its pin had changed.
pub fn trigger(line: u8) {
    if exti::trigger(&Chip, line) {
        RAISED.fetch_or(1 << line, Relaxed);
        nvic::raise(&Chip, exti::interrupt(line));
    }
}

/// Whether a line was raised; it is not any more.
fn take_line(line: u8) -> bool {
    let bit = 1 << line;
    exti::take(&Chip, line) || RAISED.fetch_and(!bit, Relaxed) & bit != 0
}

/// Sets the pending flag at a millisecond, once; `None` forgets that.
pub fn set_alarm(at: Option<u64>) {
    ALARM_SET.store(false, Relaxed);
    if let Some(at) = at {
        ALARM.store(at as u32, Relaxed);
        ALARM_SET.store(true, Relaxed);
    }
}

/// The next byte that arrived.
pub fn read() -> Option<u8> {
    let at = READ.load(Relaxed);
    if at == ARRIVED.load(Relaxed) {
        return None;
    }
    let byte = RING[at as usize % RING.len()].load(Relaxed);
    READ.store(at.wrapping_add(1), Relaxed);
    serial::listen();
    usb::make_room();
    Some(byte)
}

/// How many bytes wait to be read.
pub fn waiting() -> usize {
    ARRIVED.load(Relaxed).wrapping_sub(READ.load(Relaxed)) as usize
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
        serial::listen();
        usb::make_room();
        STOPPED.store(true, Relaxed);
        PENDING.store(true, Relaxed);
    }
}

/// Whether the stop byte has arrived, and nobody has asked since.
pub fn is_stopped() -> bool {
    STOPPED.load(Relaxed)
}

/// Whether the stop byte has arrived since the last call.
pub fn stopped() -> bool {
    STOPPED.swap(false, Relaxed)
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
    tick();
}

/// A millisecond has passed.
fn tick() {
    let next = MILLISECONDS.load(Relaxed).wrapping_add(1);
    MILLISECONDS.store(next, Relaxed);
    if next == 0 {
        WRAPS.store(WRAPS.load(Relaxed) + 1, Relaxed);
    }
    if ALARM_SET.load(Relaxed) && next.wrapping_sub(ALARM.load(Relaxed)).cast_signed() >= 0 {
        ALARM_SET.store(false, Relaxed);
        event::note(Source::ALARM);
        PENDING.store(true, Relaxed);
    }
    if event::is_late() {
        nvic::raise_later(&Chip);
    }
    usb::tick();
}

/// Callbacks that could not be called when they should.
#[exception]
fn PendSV() {
    while let Some(source) = event::take_late() {
        raise(source);
        if event::is_late() {
            // Not yet: the tick asks again.
            break;
        }
    }
}

/// An event: its callback now, or soon.
pub fn raise(source: Source) {
    memory::in_interrupt(|interrupted| event::raise(source, interrupted));
    PENDING.store(true, Relaxed);
}

/// An event that an interrupt saw which may come into callbacks.
pub fn defer(source: Source) {
    event::defer(source);
    PENDING.store(true, Relaxed);
    nvic::raise_later(&Chip);
}

/// Every interrupt but the tick comes here.
#[exception]
unsafe fn DefaultHandler(number: i16) {
    let Ok(number) = u8::try_from(number) else {
        // One of the processor's own that nobody switched on.
        return;
    };
    match Interrupt(number) {
        stm32f4::otg::INTERRUPT => usb::interrupt(),
        rtc::INTERRUPT => {
            let raised = take_line(22);
            if rtc::take_wake(&Chip) || raised {
                raise(Source::WAKE);
            }
        }
        it if exti::INTERRUPTS.contains(&it) => {
            exti::lines(it).filter(|line| take_line(*line)).for_each(|line| raise(Source::line(line)));
        }
        other => match serial::of_interrupt(other) {
            Some(line) => serial::interrupt(line),
            None if can::interrupt(other) || peripherals::i2c_interrupt(other) || peripherals::i2s_interrupt(other) => {}
            None => raise_timers(other),
        },
    }
}

/// The timers whose period ended, or whose channels met; an interrupt that is nobody's comes no more.
fn raise_timers(interrupt: Interrupt) {
    let timers = (1..=14).filter_map(|number| Some((number, Timer::numbered(number)?)));
    let mut is_timers = false;
    for (number, timer) in timers.filter(|(_, it)| it.interrupt() == interrupt || it.channel_interrupt() == interrupt) {
        is_timers = true;
        let happened = timer.take(&Chip);
        if happened & 1 != 0 {
            raise(Source::timer(number));
        }
        (0..timer.channels())
            .filter(|channel| happened & 2 << channel != 0)
            .for_each(|channel| raise(Source::channel(number, channel)));
    }
    if !is_timers {
        nvic::disable(&Chip, interrupt);
    }
}

/// Moves what has arrived on the prompt's line into the ring; `false` says that there is no room.
pub fn take(receive: &mut dyn FnMut() -> Option<u16>) -> bool {
    if room() == 0 {
        return false;
    }
    if let Some(character) = receive() {
        arrived(character as u8);
    }
    true
}

/// How many bytes may arrive before somebody must read.
pub fn room() -> usize {
    RING.len() - waiting()
}

/// A byte has arrived, for which there is room. Both lines' interrupts have one priority: neither comes into the other.
pub fn arrived(byte: u8) {
    if u32::from(byte) == STOP.load(Relaxed) {
        STOPPED.store(true, Relaxed);
        PENDING.store(true, Relaxed);
        return;
    }
    let at = ARRIVED.load(Relaxed);
    RING[at as usize % RING.len()].store(byte, Relaxed);
    ARRIVED.store(at.wrapping_add(1), Relaxed);
}
