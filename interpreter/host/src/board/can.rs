//! The board's buses of CAN, with nobody else on them: a bus that hears itself has its messages back after their time, filtered as the
//! chip filters (RM0090 §32.7.4); on the others nobody acknowledges, so nothing is ever sent.

use super::line;
use crate::time::Alarm;
use machine::event::{self, Source};
use machine::{CanFilter, CanMessage, CanSettings, Cans, Sent};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The clock that quanta are made of.
const CLOCK: u32 = 42_000_000;
const BANKS: usize = 28;
const MAILBOXES: usize = 3;
/// Messages that a queue holds.
const QUEUE: usize = 3;
/// Bits of a message without data: its head, its check, its end, and what is between two.
const BITS: u64 = 47;

/// What a bank is that nobody has set: two pairs of identifier and mask.
const CLOSED: CanFilter = CanFilter { list: false, wide: false, second: false, words: [0; 2] };

#[derive(Clone, Copy, Default)]
enum Mailbox {
    #[default]
    Empty,
    Pending(CanMessage, u64),
    Done,
    Failed,
}

#[derive(Default)]
struct Queue {
    messages: VecDeque<CanMessage>,
    first: bool,
    full: bool,
    reasons: VecDeque<u8>,
    reason: u8,
}

#[derive(Default)]
struct Bus {
    settings: Option<CanSettings>,
    mailboxes: [Mailbox; MAILBOXES],
    queues: [Queue; 2],
    /// When the last message has been sent.
    free: u64,
    /// Whether the program wants to know that one has gone.
    tells: bool,
    /// What happened to the queues, and how many messages were lost.
    faults: u8,
    lost: u16,
}

struct State {
    buses: [Bus; 2],
    filters: [(CanFilter, bool); BANKS],
    banks: usize,
}

/// Both of them, and what brings messages to whoever waits for them without asking.
#[derive(Default)]
pub struct Buses(Arc<Mutex<State>>, Alarm);

impl Buses {
    /// The state of now.
    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = lock(&self.0);
        (0..2).for_each(|index| state.deliver(index));
        state
    }

    /// Switches both off, as a reset of the board does.
    pub fn reset(&self) {
        *lock(&self.0) = State::default();
    }
}

impl Default for State {
    fn default() -> State {
        State { buses: Default::default(), filters: [(CLOSED, false); BANKS], banks: 14 }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Delivers what is due; when the next message is.
    fn arrive(&mut self) -> Option<Instant> {
        (0..2).for_each(|index| self.deliver(index));
        self.next()
    }

    /// When the first of the messages is due that come back.
    fn next(&self) -> Option<Instant> {
        let loops = self.buses.iter().filter(|bus| bus.settings.is_some_and(|settings| settings.loops));
        let due = |mailbox: &Mailbox| if let Mailbox::Pending(_, due) = mailbox { Some(*due) } else { None };
        let first = loops.flat_map(|bus| bus.mailboxes.iter().filter_map(due)).min()?;
        Some(Instant::now() + Duration::from_micros(first.saturating_sub(line::now())))
    }

    /// Brings the messages whose time is over to where filters let them in.
    fn deliver(&mut self, index: usize) {
        // As they went, one after the other.
        let due = |mailbox: &Mailbox| if let Mailbox::Pending(_, due) = mailbox { *due } else { u64::MAX };
        let mut order = [0, 1, 2];
        order.sort_by_key(|mailbox: &usize| due(&self.buses[index].mailboxes[*mailbox]));
        for mailbox in order {
            let Mailbox::Pending(message, due) = self.buses[index].mailboxes[mailbox] else { continue };
            let loops = self.buses[index].settings.is_some_and(|settings| settings.loops);
            if loops && line::now() >= due {
                self.buses[index].end(mailbox, true, index);
                if let Some((queue, filter)) = self.filtered(index, &message) {
                    let bus = &mut self.buses[index];
                    let reason = bus.queues[queue].arrive(CanMessage { filter, ..message }, index, queue);
                    bus.faults |= reason;
                    bus.lost += u16::from(reason == 2);
                }
            }
        }
    }

    /// The queue that a message belongs in, and the number of the filter that says so: filters of a queue are counted, open or not.
    fn filtered(&self, index: usize, message: &CanMessage) -> Option<(usize, u8)> {
        let banks = if index == 0 { 0..self.banks } else { self.banks..BANKS };
        let mut counts = [0_u8; 2];
        for (filter, is_open) in &self.filters[banks] {
            let queue = usize::from(filter.second);
            let found = if *is_open { matches(filter, message) } else { None };
            if let Some(at) = found {
                return Some((queue, counts[queue] + at));
            }
            counts[queue] += match (filter.wide, filter.list) {
                (true, false) => 1,
                (false, true) => 4,
                _ => 2,
            };
        }
        None
    }
}

impl Bus {
    /// A message has gone, or was given up.
    fn end(&mut self, mailbox: usize, well: bool, index: usize) {
        self.mailboxes[mailbox] = if well { Mailbox::Done } else { Mailbox::Failed };
        self.note(index);
    }

    /// Says so, once.
    fn note(&mut self, index: usize) {
        let ended = self.mailboxes.iter().any(|mailbox| matches!(mailbox, Mailbox::Done | Mailbox::Failed));
        if ended && std::mem::take(&mut self.tells) {
            event::note(Source::can_told(index as u8 + 1));
            line::ask_for_attention();
        }
    }
}

impl Queue {
    /// A message has come; where there is no room it takes the place of the last (RM0090 §32.7.3). What that is to be told as: 0, 1 or 2.
    fn arrive(&mut self, message: CanMessage, index: usize, queue: usize) -> u8 {
        if self.messages.len() == QUEUE {
            self.messages.pop_back();
            self.messages.push_back(message);
            self.tell(2, index, queue);
            return 2;
        }
        self.messages.push_back(message);
        let is_full = self.messages.len() == QUEUE;
        match self.messages.len() {
            1 => self.tell(0, index, queue),
            QUEUE => self.tell(1, index, queue),
            _ => {}
        }
        u8::from(is_full)
    }

    fn tell(&mut self, reason: u8, index: usize, queue: usize) {
        let wanted = if reason == 0 { std::mem::take(&mut self.first) } else { self.full };
        if wanted {
            self.reasons.push_back(reason);
            event::note(Source::can_queue(index as u8 + 1, queue as u8));
            line::ask_for_attention();
        }
    }
}

/// Which of a bank's filters lets a message in.
fn matches(filter: &CanFilter, message: &CanMessage) -> Option<u8> {
    let CanMessage { id, extended, remote, .. } = *message;
    let long = if extended { id << 3 | 0b100 } else { id << 21 } | u32::from(remote) << 1;
    let short = if extended { (id >> 13 & 0xFFE0) | (id >> 15 & 0b111) | 0b1000 } else { id << 5 } | u32::from(remote) << 4;
    let halves: Vec<u32> = filter.words.iter().flat_map(|word| [word & 0xFFFF, word >> 16]).collect();
    let (entries, value) = if filter.wide { (filter.words.to_vec(), long) } else { (halves, short) };
    let found = match filter.list {
        true => entries.iter().position(|entry| *entry == value),
        false => entries.chunks(2).position(|pair| (pair[0] ^ value) & pair[1] == 0),
    };
    found.map(|at| at as u8)
}

fn index(bus: u8) -> usize {
    usize::from(bus) - 1
}

impl Cans for Buses {
    fn exists(&self, bus: u8) -> bool {
        matches!(bus, 1 | 2)
    }

    fn clock(&self) -> u32 {
        CLOCK
    }

    fn start(&self, bus: u8, settings: CanSettings) -> bool {
        let mut state = self.state();
        state.banks = settings.banks.into();
        state.buses[index(bus)] = Bus { settings: Some(settings), ..Bus::default() };
        true
    }

    fn stop(&self, bus: u8) {
        self.state().buses[index(bus)] = Bus::default();
    }

    fn restart(&self, bus: u8, forgets: bool) {
        if forgets {
            let bus = &mut self.state().buses[index(bus)];
            (bus.faults, bus.lost) = (0, 0);
        }
    }

    fn tell(&self, bus: u8, sent: bool, _: bool) {
        let mut state = self.state();
        let place = &mut state.buses[index(bus)];
        place.tells = sent;
        place.note(index(bus));
    }

    fn take_sent(&self, bus: u8) -> Option<(u8, bool)> {
        let mailboxes = &mut self.state().buses[index(bus)].mailboxes;
        let place = mailboxes.iter().position(|mailbox| matches!(mailbox, Mailbox::Done | Mailbox::Failed))?;
        let went = matches!(std::mem::take(&mut mailboxes[place]), Mailbox::Done);
        Some((place as u8, went))
    }

    /// Errors need somebody else.
    fn take_worse(&self, _: u8) -> bool {
        false
    }

    fn take_faults(&self, bus: u8) -> u8 {
        std::mem::take(&mut self.state().buses[index(bus)].faults)
    }

    fn lost(&self, bus: u8) -> u16 {
        self.state().buses[index(bus)].lost
    }

    /// Errors need somebody else.
    fn state(&self, _: u8) -> u8 {
        1
    }

    fn counters(&self, bus: u8) -> [u16; 8] {
        let state = self.state();
        let Bus { mailboxes, queues, .. } = &state.buses[index(bus)];
        let pending = mailboxes.iter().filter(|mailbox| matches!(mailbox, Mailbox::Pending(..))).count();
        let [first, second] = [0, 1].map(|queue: usize| queues[queue].messages.len() as u16);
        [0, 0, 0, 0, 0, pending as u16, first, second]
    }

    fn set_filter(&self, bank: u8, filter: Option<CanFilter>) {
        let place = &mut self.state().filters[usize::from(bank)];
        *place = (filter.unwrap_or(place.0), filter.is_some());
    }

    fn share_banks(&self, banks: u8) {
        self.state().banks = banks.into();
    }

    fn waiting(&self, bus: u8, queue: u8) -> u8 {
        self.state().buses[index(bus)].queues[usize::from(queue)].messages.len() as u8
    }

    fn receive(&self, bus: u8, queue: u8) -> Option<CanMessage> {
        self.state().buses[index(bus)].queues[usize::from(queue)].messages.pop_front()
    }

    fn send(&self, bus: u8, message: &CanMessage, mailboxes: u8) -> Option<u8> {
        let mut state = self.state();
        let bus = &mut state.buses[index(bus)];
        let settings = bus.settings?;
        let is_free = |place: &usize| mailboxes & 1 << place != 0 && !matches!(bus.mailboxes[*place], Mailbox::Pending(..));
        let free = (0..MAILBOXES).find(is_free)?;
        let data = if message.remote { [0; 8] } else { message.data };
        let bits = BITS + if message.extended { 20 } else { 0 } + 8 * u64::from(if message.remote { 0 } else { message.length });
        let quanta = 1 + u64::from(settings.segments[0]) + u64::from(settings.segments[1]);
        let microseconds = bits * quanta * u64::from(settings.prescaler) * 1_000_000 / u64::from(CLOCK);
        bus.free = bus.free.max(line::now()) + microseconds.max(1);
        bus.mailboxes[free] = Mailbox::Pending(CanMessage { data, ..*message }, bus.free);
        if settings.loops {
            let shared = Arc::clone(&self.0);
            self.1.set(state.next(), move || lock(&shared).arrive());
        }
        Some(free as u8)
    }

    fn sent(&self, bus: u8, mailbox: u8) -> Sent {
        match self.state().buses[index(bus)].mailboxes[usize::from(mailbox)] {
            Mailbox::Pending(..) => Sent::Pending,
            Mailbox::Failed => Sent::Failed,
            Mailbox::Empty | Mailbox::Done => Sent::Done,
        }
    }

    fn give_up(&self, bus: u8, mailbox: u8) {
        let mut state = self.state();
        let place = &mut state.buses[index(bus)];
        if matches!(place.mailboxes[usize::from(mailbox)], Mailbox::Pending(..)) {
            place.end(mailbox.into(), false, index(bus));
        }
    }

    fn listen(&self, bus: u8, queue: u8, first: bool, full: bool) {
        let mut state = self.state();
        let place = &mut state.buses[index(bus)].queues[usize::from(queue)];
        (place.first, place.full) = (first, full);
        // Whoever begins to listen hears of what has come.
        if !place.messages.is_empty() && first {
            place.tell(0, index(bus), queue.into());
        }
    }

    fn reason(&self, bus: u8, queue: u8) -> u8 {
        let mut state = self.state();
        let place = &mut state.buses[index(bus)].queues[usize::from(queue)];
        if let Some(reason) = place.reasons.pop_front() {
            place.reason = reason;
        }
        if !place.reasons.is_empty() {
            event::note(Source::can_queue(bus, queue));
            line::ask_for_attention();
        }
        place.reason
    }
}
