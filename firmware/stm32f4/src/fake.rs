//! A register file for tests: keeps what is written, and in which order.

extern crate std;

use crate::register::{Bus, Register};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::vec::Vec;

/// Registers that read as what was written last, or as zero; some are stuck at a value whatever is written, and some answer a
/// list of values, one at each reading.
#[derive(Default)]
pub struct Fake {
    writes: RefCell<Vec<(Register, u32)>>,
    stuck: Vec<(Register, u32)>,
    answers: RefCell<Vec<(Register, VecDeque<u32>)>>,
}

impl Fake {
    /// A register file in which `register` always reads as `value`.
    pub fn stuck(mut self, register: Register, value: u32) -> Fake {
        self.stuck.push((register, value));
        self
    }

    /// A register file in which `register` reads as each of `values` in turn, and as the last of them from then on.
    pub fn answering(self, register: Register, values: &[u32]) -> Fake {
        self.answers.borrow_mut().push((register, values.iter().copied().collect()));
        self
    }

    /// All values written to a register, in order.
    pub fn written(&self, register: Register) -> Vec<u32> {
        self.writes.borrow().iter().filter(|(at, _)| *at == register).map(|(_, value)| *value).collect()
    }

    /// Everything that was written, in order.
    pub fn writes(&self) -> Vec<(Register, u32)> {
        self.writes.borrow().clone()
    }
}

impl Bus for Fake {
    fn read(&self, register: Register) -> u32 {
        if let Some((_, values)) = self.answers.borrow_mut().iter_mut().find(|(at, _)| *at == register) {
            let last = values.len() == 1;
            return if last { values[0] } else { values.pop_front().expect("a list of answers is not empty") };
        }
        let stuck = self.stuck.iter().find(|(at, _)| *at == register);
        let writes = self.writes.borrow();
        let last = || writes.iter().rev().find(|(at, _)| *at == register);
        stuck.or_else(last).map_or(0, |(_, value)| *value)
    }

    fn write(&self, register: Register, value: u32) {
        self.writes.borrow_mut().push((register, value));
    }
}
