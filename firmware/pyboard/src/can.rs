//! The board's buses of CAN, as the class asks for them: Y3 and Y4, Y5 and Y6.

use crate::clocks;
use crate::interrupts::{self, CALLBACK_PRIORITY};
use core::sync::atomic::{AtomicU8, AtomicU16, Ordering::Relaxed};
use machine::event::Source;
use machine::{CanFilter, CanMessage, CanSettings, Cans, Sent};
use stm32f4::Chip;
use stm32f4::can::{self, Filter, Message, Settings, Unit};
use stm32f4::gpio::{Mode, Pin, Pull};
use stm32f4::nvic::{self, Interrupt};

/// The buses.
pub struct Buses;

const UNITS: [Unit; 2] = [Unit::One, Unit::Two];
/// In and out of each bus, and what the pins are to it (datasheet, table 9).
const PINS: [[Pin; 2]; 2] = [[Pin::named("B8"), Pin::named("B9")], [Pin::named("B12"), Pin::named("B13")]];
const FUNCTION: Mode = Mode::Alternate(9);

// Of a message's identifier (RM0090 §32.9.3).
const EXTENDED: u32 = 1 << 2;
const REMOTE: u32 = 1 << 1;

/// What the last event of each bus's queues was about.
static REASONS: [[AtomicU8; 2]; 2] = [const { [const { AtomicU8::new(0) }; 2] }; 2];
/// How often each bus warned, was passive, was off; and what it is.
static ERRORS: [[AtomicU16; 3]; 2] = [const { [const { AtomicU16::new(0) }; 3] }; 2];
static STATES: [AtomicU8; 2] = [const { AtomicU8::new(0) }; 2];
/// Of each bus: what happened to its queues, how many messages were lost, and whether it tells of worse states, and has one to tell of.
static FAULTS: [AtomicU8; 2] = [const { AtomicU8::new(0) }; 2];
static LOST: [AtomicU16; 2] = [const { AtomicU16::new(0) }; 2];
static WORSE: [AtomicU8; 2] = [const { AtomicU8::new(0) }; 2];
const TELLS: u8 = 1;
const IS_WORSE: u8 = 2;

fn unit(bus: u8) -> Unit {
    UNITS[usize::from(bus) - 1]
}

/// Whether an interrupt is of a bus, which has seen to it then.
pub fn interrupt(interrupt: Interrupt) -> bool {
    let place = |unit: &Unit| unit.interrupts().into_iter().chain([unit.sent_interrupt()]).position(|it| it == interrupt);
    let Some((index, which)) = UNITS.iter().enumerate().find_map(|(index, unit)| Some((index, place(unit)?))) else {
        return false;
    };
    let told = Source::can_told(index as u8 + 1);
    match which {
        3 => {
            UNITS[index].tell_sent(&Chip, false);
            interrupts::raise(told);
        }
        2 if count_errors(index) && WORSE[index].load(Relaxed) & TELLS != 0 => {
            WORSE[index].store(TELLS | IS_WORSE, Relaxed);
            interrupts::raise(told);
        }
        2 => {}
        queue => {
            while let Some(reason) = UNITS[index].why(&Chip, queue as u32) {
                REASONS[index][queue].store(reason, Relaxed);
                FAULTS[index].store(FAULTS[index].load(Relaxed) | reason, Relaxed);
                LOST[index].store(LOST[index].load(Relaxed).wrapping_add(u16::from(reason == 2)), Relaxed);
                interrupts::raise(Source::can_queue(index as u8 + 1, queue as u8));
            }
        }
    }
    true
}

/// Counts what the bus was not before; whether it is worse.
fn count_errors(index: usize) -> bool {
    let now = (UNITS[index].errors(&Chip) & 0b111) as u8;
    let before = STATES[index].swap(now, Relaxed);
    let is_new = |bit: usize| now & !before & 1 << bit != 0;
    for count in (0..3).filter(|bit| is_new(*bit)).map(|bit| &ERRORS[index][bit]) {
        count.store(count.load(Relaxed).wrapping_add(1), Relaxed);
    }
    UNITS[index].clear_errors(&Chip);
    now > before
}

/// What was counted begins anew.
fn forget(index: usize) {
    STATES[index].store(0, Relaxed);
    FAULTS[index].store(0, Relaxed);
    ERRORS[index].iter().chain([&LOST[index]]).for_each(|count| count.store(0, Relaxed));
}

/// Switches them off.
pub fn soft_reset() {
    UNITS.iter().filter(|unit| unit.is_started(&Chip)).for_each(|unit| unit.stop(&Chip));
}

impl Cans for Buses {
    fn exists(&self, bus: u8) -> bool {
        matches!(bus, 1 | 2)
    }

    fn clock(&self) -> u32 {
        clocks::now().apb1
    }

    fn start(&self, bus: u8, settings: CanSettings) -> bool {
        let index = usize::from(bus) - 1;
        forget(index);
        PINS[index].iter().for_each(|pin| pin.configure(&Chip, FUNCTION, Pull::Up));
        let CanSettings { loops, silent, auto_restart, prescaler, jump, segments, banks } = settings;
        let settings = Settings {
            loops,
            silent,
            auto_restart,
            prescaler: prescaler.into(),
            jump: jump.into(),
            segments: segments.map(u32::from),
            banks: banks.into(),
        };
        let started = unit(bus).start(&Chip, settings);
        unit(bus).interrupts().into_iter().for_each(|interrupt| nvic::enable(&Chip, interrupt, CALLBACK_PRIORITY));
        started
    }

    fn stop(&self, bus: u8) {
        unit(bus).stop(&Chip);
    }

    fn restart(&self, bus: u8, forgets: bool) {
        unit(bus).restart(&Chip);
        if forgets {
            forget(usize::from(bus) - 1);
        }
    }

    fn tell(&self, bus: u8, sent: bool, state: bool) {
        WORSE[usize::from(bus) - 1].store(if state { TELLS } else { 0 }, Relaxed);
        nvic::enable(&Chip, unit(bus).sent_interrupt(), CALLBACK_PRIORITY);
        unit(bus).tell_sent(&Chip, sent);
    }

    fn take_sent(&self, bus: u8) -> Option<(u8, bool)> {
        unit(bus).take_sent(&Chip).map(|(mailbox, well)| (mailbox as u8, well))
    }

    fn take_worse(&self, bus: u8) -> bool {
        let worse = &WORSE[usize::from(bus) - 1];
        worse.swap(worse.load(Relaxed) & TELLS, Relaxed) & IS_WORSE != 0
    }

    fn take_faults(&self, bus: u8) -> u8 {
        FAULTS[usize::from(bus) - 1].swap(0, Relaxed)
    }

    fn lost(&self, bus: u8) -> u16 {
        LOST[usize::from(bus) - 1].load(Relaxed)
    }

    fn state(&self, bus: u8) -> u8 {
        match unit(bus).errors(&Chip) & 0b111 {
            0 => 1,
            1 => 2,
            2 | 3 => 3,
            _ => 4,
        }
    }

    fn counters(&self, bus: u8) -> [u16; 8] {
        let (unit, errors) = (unit(bus), unit(bus).errors(&Chip));
        let [warned, passive, off] = [0, 1, 2].map(|at: usize| ERRORS[usize::from(bus) - 1][at].load(Relaxed));
        let [first, second] = [0, 1].map(|queue| unit.waiting(&Chip, queue) as u16);
        let (sent, received) = (errors >> 16 & 0xFF, errors >> 24);
        [sent as u16, received as u16, warned, passive, off, unit.sending(&Chip) as u16, first, second]
    }

    fn set_filter(&self, bank: u8, filter: Option<CanFilter>) {
        let filter = filter.map(|CanFilter { list, wide, second, words }| Filter { list, wide, second, words });
        can::set_filter(&Chip, bank.into(), filter);
    }

    fn share_banks(&self, banks: u8) {
        can::share_banks(&Chip, banks.into());
    }

    fn waiting(&self, bus: u8, queue: u8) -> u8 {
        unit(bus).waiting(&Chip, queue.into()) as u8
    }

    fn receive(&self, bus: u8, queue: u8) -> Option<CanMessage> {
        let Message { identifier, length, data } = unit(bus).receive(&Chip, queue.into())?;
        let extended = identifier & EXTENDED != 0;
        let [low, high] = data.map(u32::to_le_bytes);
        let mut bytes = [0; 8];
        bytes[..4].copy_from_slice(&low);
        bytes[4..].copy_from_slice(&high);
        Some(CanMessage {
            id: if extended { identifier >> 3 } else { identifier >> 21 },
            extended,
            remote: identifier & REMOTE != 0,
            filter: (length >> 8) as u8,
            length: (length & 0xF) as u8,
            data: bytes,
        })
    }

    fn send(&self, bus: u8, message: &CanMessage, mailboxes: u8) -> Option<u8> {
        let kind = if message.remote { REMOTE } else { 0 };
        let identifier = if message.extended { message.id << 3 | EXTENDED } else { message.id << 21 };
        let [a, b, c, d, e, f, g, h] = message.data;
        let data = [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])];
        let message = Message { identifier: identifier | kind, length: message.length.into(), data };
        unit(bus).send(&Chip, &message, mailboxes.into()).map(|mailbox| mailbox as u8)
    }

    fn sent(&self, bus: u8, mailbox: u8) -> Sent {
        match unit(bus).sent(&Chip, mailbox.into()) {
            can::Sent::Pending => Sent::Pending,
            can::Sent::Done => Sent::Done,
            can::Sent::Failed => Sent::Failed,
        }
    }

    fn give_up(&self, bus: u8, mailbox: u8) {
        unit(bus).give_up(&Chip, mailbox.into());
    }

    fn listen(&self, bus: u8, queue: u8, first: bool, full: bool) {
        unit(bus).listen(&Chip, queue.into(), first, full);
    }

    fn reason(&self, bus: u8, queue: u8) -> u8 {
        REASONS[usize::from(bus) - 1][usize::from(queue)].load(Relaxed)
    }
}
