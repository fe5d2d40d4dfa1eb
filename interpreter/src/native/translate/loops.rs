//! Loops over ranges: their state is three slots of words, or in viper of numbers.

use super::{Entry, Kind, Place, Translator};
use crate::code::instruction::Instruction;
use crate::native::assembler::{Assembler, Condition, Operation, Register};
use crate::object::handle::type_word;
use crate::object::range::RANGE;
use crate::vm::Outcome;
use Register::{A, B, C};

impl Translator<'_> {
    /// `range a1…an → value bound step` of numbers; of words, as ever.
    pub(super) fn for_range(&mut self, instruction: Instruction) -> Outcome<()> {
        let count = instruction.number as usize;
        let base = self.depth - count - 1;
        let callee = self.entry(base);
        let is_range = callee.place == Place::Constant && self.constant_word(callee.number as usize) == type_word(&RANGE);
        if !is_range || !(base + 1..self.depth).all(|index| self.entry(index).kind.is_number()) {
            return self.cold(instruction);
        }
        self.settle(0);
        for n in 0..count {
            self.fetch(base + 1 + n, [A, B, C][n]);
        }
        match count {
            1 => {
                self.machine.copy(B, A);
                self.machine.constant(A, 0);
                self.machine.constant(C, 1);
            }
            2 => self.machine.constant(C, 1),
            _ => {}
        }
        self.depth = base;
        for (n, register) in [A, B, C].into_iter().enumerate() {
            self.machine.store(self.slot(base + n), register);
            let is_one = n == 2 && count < 3;
            self.push(Entry::slot(if is_one { Kind::One } else { Kind::Int }));
        }
        Ok(())
    }

    /// The next number of a range: its state is words, or in viper numbers. Other loops are for the loop.
    pub(super) fn for_next(&mut self, instruction: Instruction) -> Outcome<()> {
        let base = self.depth - 3;
        self.settle(0);
        let words = self.entry(base).kind.is_object();
        let steps_by_one = self.entry(base + 2).kind == Kind::One;
        let target = instruction.targets().next().unwrap_or(0);
        self.meet(target, base, None)?;
        self.machine.load(A, self.slot(base));
        self.machine.load(B, self.slot(base + 1));
        let mut cold = 0;
        if words {
            self.machine.operate(Operation::And, C, A, B);
            self.machine.test_tag(C);
            let on = self.machine.branch(Condition::Unequal);
            cold = self.machine.code().len();
            self.leave(self.offset, self.depth);
            self.bind(on);
        }
        if steps_by_one {
            self.machine.compare(A, B);
            let on = self.machine.branch(Condition::Less);
            self.end_loop(target, base)?;
            self.bind(on);
            self.machine.operate_by(Operation::Add, C, A, if words { 2 } else { 1 });
        } else {
            self.machine.load(C, self.slot(base + 2));
            self.machine.compare_with(C, 0);
            let down = self.machine.branch(Condition::Less);
            self.machine.compare(A, B);
            let up = self.machine.branch(Condition::Less);
            let end = self.machine.code().len();
            self.end_loop(target, base)?;
            self.bind(down);
            self.machine.compare(A, B);
            let branch = self.machine.branch(Condition::LessEqual);
            self.machine.direct(branch, end);
            self.bind(up);
            if words {
                self.machine.operate_by(Operation::Sub, C, C, 1);
            }
            self.machine.operate(Operation::Add, C, C, A);
        }
        if words {
            // Beyond the largest small int: the loop does this last one.
            self.overflow(Condition::Overflow, cold);
        }
        self.machine.store(self.slot(base), C);
        let kind = if words { Kind::Object } else { Kind::Int };
        self.push(Entry { place: Place::Held, kind, number: 0 });
        Ok(())
    }

    pub(super) fn end_loop(&mut self, target: usize, base: usize) -> Outcome<()> {
        let depth = core::mem::replace(&mut self.depth, base);
        self.jump_to(target)?;
        self.depth = depth;
        Ok(())
    }
}
