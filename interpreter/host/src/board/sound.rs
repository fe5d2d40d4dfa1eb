//! The board's bus of sound: what is played goes onto a new tape, and whoever listens hears that. Time is the computer's; where the program is late,
//! the bus waits for it.

use super::line;
use crate::time::Alarm;
use machine::event::{self, Source};
use machine::{I2sBuses, I2sSettings};
use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The one bus that a pyboard brings out.
const BUS: u8 = 2;
/// Bytes that the tape keeps.
const TAPE: usize = 1 << 20;

struct Running {
    settings: I2sSettings,
    /// When it began, and the halves that were taken since.
    began: u64,
    taken: u64,
    /// How long a half takes.
    half: Duration,
}

#[derive(Default)]
struct State {
    running: Option<Running>,
    /// Frames of two words of 32 bits, as they go over the bus.
    tape: VecDeque<u8>,
}

/// The bus, and what tells the program of every half.
#[derive(Default)]
pub struct Sound(Arc<Mutex<State>>, Alarm);

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Microseconds that a number of halves take.
fn duration(settings: I2sSettings, bytes: usize, halves: u64) -> u64 {
    let frames = bytes as u64 / if settings.wide { 8 } else { 4 };
    halves * frames * 1_000_000 / u64::from(settings.rate)
}

/// Tells the program of a half, and says when the next one is due.
fn tell(state: &Mutex<State>) -> Option<Instant> {
    let half = lock(state).running.as_ref()?.half;
    event::note(Source::i2s(BUS));
    line::ask_for_attention();
    Some(Instant::now() + half)
}

impl Sound {
    /// Switches it off, with an empty tape.
    pub fn reset(&self) {
        self.stop(BUS);
        lock(&self.0).tape.clear();
    }
}

impl I2sBuses for Sound {
    fn pins(&self, bus: u8) -> Option<[&'static [&'static str]; 3]> {
        (bus == BUS).then_some([&["B13", "B10"], &["B12", "B9"], &["B15", "C3"]])
    }

    fn start(&self, _: u8, settings: I2sSettings, _: [usize; 3], memory: &[Cell<u8>]) -> bool {
        let mut state = lock(&self.0);
        if !settings.receives {
            state.tape.clear();
        }
        let half = Duration::from_micros(duration(settings, memory.len() / 2, 1).max(100));
        state.running = Some(Running { settings, began: line::now(), taken: 0, half });
        drop(state);
        let shared = Arc::clone(&self.0);
        self.1.set(Some(Instant::now()), move || tell(&shared));
        true
    }

    fn stop(&self, _: u8) {
        lock(&self.0).running = None;
    }

    fn take_half(&self, _: u8, memory: &[Cell<u8>]) -> Option<bool> {
        let mut state = lock(&self.0);
        let State { running, tape, .. } = &mut *state;
        let running = running.as_mut()?;
        let half = memory.len() / 2;
        if line::now() < running.began + duration(running.settings, half, running.taken + 1) {
            return None;
        }
        let second = running.taken % 2 == 1;
        running.taken += 1;
        let half = &memory[if second { half } else { 0 }..][..half];
        if running.settings.receives {
            half.iter().for_each(|byte| byte.set(tape.pop_front().unwrap_or(0)));
        } else {
            let word = if running.settings.wide { 4 } else { 2 };
            // A shorter sample is the upper part of a word.
            half.chunks_exact(word).for_each(|sample| tape.extend(sample.iter().map(Cell::get).chain([0; 4]).take(4)));
            let more = tape.len().saturating_sub(TAPE);
            tape.drain(..more);
        }
        Some(second)
    }
}
