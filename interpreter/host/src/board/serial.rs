//! The board's serial lines: each with a wire from its output to its input, so that what a program sends comes back.

use super::line;
use machine::event::{self, Source};
use machine::hardware::serial;
use machine::{SerialLines, SerialSettings};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU8, Ordering::SeqCst};
use std::sync::{Mutex, PoisonError};

/// Lines that a pyboard brings out.
const NUMBERS: [u8; 5] = [1, 2, 3, 4, 6];
/// The clocks that baud rates are made of (RM0090 §30.3.4): that of lines 1 and 6, and that of the others.
const CLOCKS: [u32; 2] = [84_000_000, 42_000_000];

#[derive(Default)]
struct Line {
    settings: Option<SerialSettings>,
    wire: VecDeque<u16>,
    /// Bits of `serial` that the program wants to know of, that happened since its last event, and that its last event was about.
    wanted: u8,
    happened: u8,
    told: u8,
    /// Characters went since the program asked last whether all are sent.
    sends: bool,
}

/// All of them.
#[derive(Default)]
pub struct Lines {
    lines: Mutex<[Line; 6]>,
    prompt: AtomicU8,
}

impl Lines {
    fn on<R>(&self, number: u8, action: impl FnOnce(&mut Line) -> R) -> R {
        action(&mut self.lines.lock().unwrap_or_else(PoisonError::into_inner)[usize::from(number) - 1])
    }

    /// Switches all of them off.
    pub fn reset(&self) {
        NUMBERS.iter().for_each(|number| self.stop(*number));
        self.prompt.store(0, SeqCst);
    }
}

fn tell(number: u8, line: &mut Line, bits: u8) {
    line.happened |= bits;
    if line.happened & line.wanted & bits != 0 {
        line.told = std::mem::take(&mut line.happened);
        event::note(Source::serial(number));
        line::ask_for_attention();
    }
}

impl SerialLines for Lines {
    fn exists(&self, number: u8) -> bool {
        NUMBERS.contains(&number)
    }

    fn start(&self, number: u8, settings: SerialSettings) -> Option<u32> {
        let clock = CLOCKS[usize::from(!matches!(number, 1 | 6))];
        let divider = (clock + settings.baud / 2) / settings.baud;
        let has_flow = matches!(number, 2 | 3);
        if !(16..=0xFFFF).contains(&divider) || ((settings.rts || settings.cts) && !has_flow) {
            return None;
        }
        self.on(number, |line| *line = Line { settings: Some(settings), ..Line::default() });
        Some(clock / divider)
    }

    fn stop(&self, number: u8) {
        self.on(number, |line| *line = Line::default());
    }

    fn has_room(&self, _: u8) -> bool {
        true
    }

    fn send(&self, number: u8, character: u16) {
        self.on(number, |line| {
            let bits = line.settings.map_or(8, |settings| settings.bits);
            line.wire.push_back(character & ((1 << bits) - 1));
            line.sends = true;
            tell(number, line, serial::ARRIVED);
        });
    }

    /// Whoever asks has sent what is to be sent: the line is quiet then.
    fn is_done(&self, number: u8) -> bool {
        self.on(number, |line| {
            if line.happened & serial::ARRIVED != 0 {
                tell(number, line, serial::IDLE);
            }
            if std::mem::take(&mut line.sends) && line.wanted & serial::SENT != 0 {
                tell(number, line, serial::SENT);
            }
        });
        true
    }

    /// A break is a character of zeros to who receives it.
    fn send_break(&self, number: u8) {
        self.send(number, 0);
    }

    fn waiting(&self, number: u8) -> usize {
        self.on(number, |line| line.wire.len())
    }

    fn receive(&self, number: u8) -> Option<u16> {
        self.on(number, |line| line.wire.pop_front())
    }

    fn listen(&self, number: u8, _ring: bool, events: u8) {
        self.on(number, |line| line.wanted = events);
    }

    fn make_room(&self, _: u8) {}

    fn happened(&self, number: u8) -> u8 {
        self.on(number, |line| line.told)
    }

    /// The prompt has a line of its own. That a program moved it is remembered, and no more.
    fn prompt(&self) -> Option<u8> {
        Some(self.prompt.load(SeqCst)).filter(|number| *number != 0)
    }

    fn set_prompt(&self, line: Option<u8>) {
        self.prompt.store(line.unwrap_or(0), SeqCst);
    }
}
