//! Conditions, comparisons and operators: small ints and numbers here, everything else by the loop.

use super::{Entry, Kind, Place, Translator};
use crate::code::instruction::Instruction;
use crate::code::opcode::Opcode;
use crate::native::assembler::{Assembler, Condition, Operation, Register};
use crate::native::helpers;
use crate::object::word::Word;
use crate::vm::Outcome;
use crate::vm::raise::Part::{Name as NamePart, Text};
use Register::{A, B, C};

impl Translator<'_> {
    /// That the topmost value has a truth that is known here.
    pub(super) fn check_truth(&self) -> Outcome<()> {
        let kind = self.top(1).kind;
        match kind.is_object() || kind.is_number() || kind == Kind::Bool {
            true => Ok(()),
            false => Err(self.error(&[Text("can't implicitly convert '"), NamePart(kind.name()), Text("' to 'bool'")])),
        }
    }

    pub(super) fn jump_by_truth(&mut self, instruction: Instruction) -> Outcome<()> {
        let wanted = instruction.opcode == Opcode::JumpIfTrue;
        let target = instruction.targets().next().unwrap_or(0);
        self.check_truth()?;
        self.settle(1);
        self.fetch(self.depth - 1, A);
        let kind = self.top(1).kind;
        if !kind.is_object() {
            self.depth -= 1;
            self.machine.compare_with(A, 0);
            return self.jump_if(if wanted { Condition::Unequal } else { Condition::Equal }, target);
        }
        let (yes, no) = if wanted { (Word::TRUE, Word::FALSE) } else { (Word::FALSE, Word::TRUE) };
        self.machine.compare_with(A, yes.address() as i32);
        let taken = self.machine.branch(Condition::Equal);
        self.machine.compare_with(A, no.address() as i32);
        let on = self.machine.branch(Condition::Equal);
        self.leave_with(1);
        self.bind(taken);
        self.depth -= 1;
        self.jump_to(target)?;
        self.bind(on);
        Ok(())
    }

    /// Whether two values are words: `true`; numbers of the same kind: `false`.
    ///
    /// # Errors
    /// `ViperTypeError` if they are neither.
    pub(super) fn are_words(&self) -> Outcome<bool> {
        let (a, b) = (self.top(2).kind, self.top(1).kind);
        match (a.is_object(), b.is_object()) {
            (true, true) => Ok(true),
            _ if a.is_number() && b.is_number() => Ok(false),
            _ => {
                let parts = [NamePart(a.name()), Text("' and '"), NamePart(b.name()), Text("'")];
                Err(self.error(&[Text("can't do binary op between '"), parts[0], parts[1], parts[2], parts[3]]))
            }
        }
    }

    /// Goes on where the values in A and B are small ints, and leaves this instruction to the loop where they are not.
    /// Answers where to branch to for the latter.
    pub(super) fn need_ints(&mut self) -> usize {
        self.machine.operate(Operation::And, C, A, B);
        self.machine.test_tag(C);
        let on = self.machine.branch(Condition::Unequal);
        let cold = self.machine.code().len();
        self.leave_with(2);
        self.bind(on);
        cold
    }

    /// The condition of a comparison of the two topmost values, which are in A and B then; `None` if that is for the loop.
    pub(super) fn comparison(&mut self, how: usize) -> Outcome<Option<Condition>> {
        let words = self.are_words()?;
        let signed = [
            Condition::Less,
            Condition::Greater,
            Condition::LessEqual,
            Condition::GreaterEqual,
            Condition::Equal,
            Condition::Unequal,
        ];
        if !words {
            let unsigned = [Condition::Below, Condition::Above, Condition::BelowEqual, Condition::AboveEqual];
            let (a, b) = (self.top(2).kind == Kind::Uint, self.top(1).kind == Kind::Uint);
            if how > 5 {
                return Err(self.error(&[Text("binary op  not implemented")]));
            }
            if a != b {
                return Err(self.error(&[Text("comparison of int and uint")]));
            }
            self.fetch_two();
            self.machine.compare(A, B);
            return Ok(Some(if a && how < 4 { unsigned[how] } else { signed[how] }));
        }
        if how < 6 {
            self.fetch_two();
            self.need_ints();
            self.machine.compare(A, B);
            return Ok(Some(signed[how]));
        }
        let is_none = |entry: Entry| entry.place == Place::Constant && self.constant_word(entry.number as usize) == Word::NONE;
        if how >= 8 && (is_none(self.top(1)) || is_none(self.top(2))) {
            self.fetch_two();
            self.machine.compare(A, B);
            return Ok(Some(signed[how - 4]));
        }
        Ok(None)
    }

    pub(super) fn compare(&mut self, instruction: Instruction) -> Outcome<()> {
        let words = self.top(1).kind.is_object();
        let Some(condition) = self.comparison(instruction.number as usize)? else { return self.cold(instruction) };
        self.machine.set(condition);
        let mut kind = Kind::Bool;
        if words {
            self.tag_truth();
            kind = Kind::Object;
        }
        self.depth -= 2;
        self.push(Entry { place: Place::Held, kind, number: 0 });
        Ok(())
    }

    /// Makes `False` or `True` of the 0 or 1 in A.
    pub(super) fn tag_truth(&mut self) {
        let step = (Word::TRUE.address() - Word::FALSE.address()).trailing_zeros() as i32;
        self.machine.operate_by(Operation::Shl, A, A, step);
        self.machine.operate_by(Operation::Add, A, A, Word::FALSE.address() as i32);
    }

    pub(super) fn compare_jump(&mut self, instruction: Instruction) -> Outcome<()> {
        self.settle(2);
        let (how, wanted) = (instruction.number as usize & 15, instruction.number & 0x80 != 0);
        let Some(condition) = self.comparison(how)? else { return self.cold(instruction) };
        self.depth -= 2;
        let target = instruction.targets().next().unwrap_or(0);
        self.jump_if(if wanted { condition } else { condition.inverted() }, target)
    }

    pub(super) fn binary(&mut self, instruction: Instruction) -> Outcome<()> {
        let operator = instruction.number as usize;
        let words = self.are_words()?;
        let operation = match operator {
            0 => Some(Operation::Add),
            1 => Some(Operation::Sub),
            2 => Some(Operation::Mul),
            8 => Some(Operation::Shl),
            9 => Some(Operation::Sar),
            10 => Some(Operation::And),
            11 => Some(Operation::Or),
            12 => Some(Operation::Xor),
            _ => None,
        };
        if words {
            return match operation {
                Some(operation) => self.binary_words(instruction, operation),
                None => self.cold(instruction),
            };
        }
        let kind = match self.top(2).kind {
            Kind::One => Kind::Int,
            kind => kind,
        };
        let is_unsigned = kind == Kind::Uint || self.top(1).kind == Kind::Uint;
        match operation {
            Some(operation) => {
                self.fetch_two();
                let is_logical = operation == Operation::Sar && kind == Kind::Uint;
                self.machine.operate(if is_logical { Operation::Shr } else { operation }, A, A, B);
                self.depth -= 2;
                self.push(Entry { place: Place::Held, kind, number: 0 });
                Ok(())
            }
            None if matches!(operator, 5 | 6) => {
                if is_unsigned {
                    return Err(self.error(&[Text("div/mod not implemented for uint")]));
                }
                self.settle(0);
                self.convert(helpers::divide, operator as u8 - 5, self.slot(self.depth - 2));
                self.depth -= 2;
                self.push(Entry::slot(kind));
                Ok(())
            }
            None => {
                let name = match operator {
                    3 => name!(__matmul__),
                    4 => name!(__truediv__),
                    _ => name!(__pow__),
                };
                Err(self.error(&[Text("binary op "), NamePart(name), Text(" not implemented")]))
            }
        }
    }

    /// An operator on words: small ints here.
    pub(super) fn binary_words(&mut self, instruction: Instruction, operation: Operation) -> Outcome<()> {
        let count = match self.top(1) {
            Entry { place: Place::Constant, number, .. } => self.constant_word(number as usize).as_int(),
            _ => None,
        };
        let count = count.filter(|count| (0..isize::BITS as isize / 2).contains(count)).map(|count| count as i32);
        if matches!(operation, Operation::Shl | Operation::Sar) && count.is_none() {
            return self.cold(instruction);
        }
        self.fetch_two();
        let cold = self.need_ints();
        match operation {
            Operation::Add => {
                self.machine.operate_by(Operation::Sub, C, A, 1);
                self.machine.operate(Operation::Add, C, C, B);
                self.overflow(Condition::Overflow, cold);
            }
            Operation::Sub => {
                self.machine.operate(Operation::Sub, C, A, B);
                self.overflow(Condition::Overflow, cold);
                self.machine.operate_by(Operation::Add, C, C, 1);
            }
            Operation::Mul => {
                let condition = self.machine.multiply_tagged();
                self.overflow(condition, cold);
                self.machine.operate_by(Operation::Add, C, C, 1);
            }
            Operation::And | Operation::Or => self.machine.operate(operation, C, A, B),
            Operation::Xor => {
                self.machine.operate(operation, C, A, B);
                self.machine.operate_by(Operation::Add, C, C, 1);
            }
            Operation::Shl => {
                let count = count.unwrap_or(0);
                // B is the count, which the loop would want: it is a constant.
                self.machine.operate_by(Operation::Sub, C, A, 1);
                if count > 0 {
                    self.machine.operate_by(Operation::Shl, C, C, count);
                    self.machine.operate_by(Operation::Sar, B, C, count);
                    self.machine.operate_by(Operation::Add, B, B, 1);
                    self.machine.compare(A, B);
                    let on = self.machine.branch(Condition::Equal);
                    self.fetch(self.depth - 1, B);
                    self.leave_with(2);
                    self.bind(on);
                }
                self.machine.operate_by(Operation::Add, C, C, 1);
            }
            _ => {
                match count.unwrap_or(0) {
                    0 => self.machine.copy(C, A),
                    count => {
                        // One bit more goes, and the tag comes.
                        self.machine.operate_by(Operation::Sar, C, A, count + 1);
                        self.machine.operate_by(Operation::Shl, C, C, 1);
                        self.machine.operate_by(Operation::Add, C, C, 1);
                    }
                }
            }
        }
        self.machine.copy(A, C);
        self.depth -= 2;
        self.push(Entry { place: Place::Held, kind: Kind::Object, number: 0 });
        Ok(())
    }

    pub(super) fn overflow(&mut self, condition: Condition, cold: usize) {
        let branch = self.machine.branch(condition);
        self.machine.direct(branch, cold);
    }

    /// Pos, neg, invert, not.
    pub(super) fn unary(&mut self, instruction: Instruction) -> Outcome<()> {
        let (operator, kind) = (instruction.number, self.top(1).kind);
        if kind.is_object() {
            return match operator {
                1 | 2 => self.unary_word(operator),
                _ => self.cold(instruction),
            };
        }
        if operator == 3 && kind.is_number() {
            return Err(self.error(&[Text("'not' not implemented")]));
        }
        if !(kind.is_number() || operator == 3 && kind == Kind::Bool) {
            return Err(self.error(&[Text("can't do unary op of '"), NamePart(kind.name()), Text("'")]));
        }
        self.free(1);
        self.fetch(self.depth - 1, A);
        match operator {
            1 => self.machine.negate(A, A),
            2 => {
                self.machine.constant(B, usize::MAX);
                self.machine.operate(Operation::Xor, A, A, B);
            }
            3 => self.machine.operate_by(Operation::Xor, A, A, 1),
            _ => {}
        }
        let kind = if kind == Kind::One { Kind::Int } else { kind };
        self.depth -= 1;
        self.push(Entry { place: Place::Held, kind, number: 0 });
        Ok(())
    }

    /// `-x` and `~x` of a small int.
    pub(super) fn unary_word(&mut self, operator: u32) -> Outcome<()> {
        self.free(1);
        self.fetch(self.depth - 1, A);
        self.machine.test_tag(A);
        let on = self.machine.branch(Condition::Unequal);
        let cold = self.machine.code().len();
        self.leave_with(1);
        self.bind(on);
        if operator == 1 {
            self.machine.constant(B, 2);
            self.machine.operate(Operation::Sub, C, B, A);
            self.overflow(Condition::Overflow, cold);
            self.machine.copy(A, C);
        } else {
            self.machine.constant(B, !1);
            self.machine.operate(Operation::Xor, A, A, B);
        }
        self.depth -= 1;
        self.push(Entry { place: Place::Held, kind: Kind::Object, number: 0 });
        Ok(())
    }
}
