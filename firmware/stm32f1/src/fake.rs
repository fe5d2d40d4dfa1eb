//! A register file for tests: keeps what is written, and says in which order.

extern crate std;

use crate::register::{Bus, Register};
use std::cell::RefCell;
use std::vec::Vec;

/// Registers that read as what was written last, or as zero; some are stuck at a value whatever is written.
#[derive(Default)]
pub struct Fake {
    writes: RefCell<Vec<(Register, u32)>>,
    stuck: Vec<(Register, u32)>,
}

impl Fake {
    /// A register file in which `register` always reads as `value`.
    pub fn stuck(mut self, register: Register, value: u32) -> Fake {
        self.stuck.push((register, value));
        self
    }

    /// All values written to a register, in order.
    pub fn written(&self, register: Register) -> Vec<u32> {
        self.writes.borrow().iter().filter(|(at, _)| *at == register).map(|(_, value)| *value).collect()
    }
}

impl Bus for Fake {
    fn read(&self, register: Register) -> u32 {
        let stuck = self.stuck.iter().find(|(at, _)| *at == register);
        let writes = self.writes.borrow();
        let last = || writes.iter().rev().find(|(at, _)| *at == register);
        stuck.or_else(last).map_or(0, |(_, value)| *value)
    }

    fn write(&self, register: Register, value: u32) {
        self.writes.borrow_mut().push((register, value));
    }
}
