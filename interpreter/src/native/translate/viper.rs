//! What only viper has: pointers, casts, results that are numbers.

use super::{Entry, Kind, Place, Translator};
use crate::code::instruction::Instruction;
use crate::native::assembler::{Assembler, Condition, Operation, Register};
use crate::native::helpers;
use crate::vm::Outcome;
use crate::vm::raise::Part::{Name as NamePart, Text};
use Register::{A, B};

impl Translator<'_> {
    /// The address of an item of a pointer, in A, and how wide it is. The pointer is `n` below the top, the index on top.
    pub(super) fn item_address(&mut self) -> u8 {
        let width = self.top(2).kind.width().unwrap_or(0);
        self.free(2);
        self.fetch(self.depth - 1, B);
        if width > 0 {
            self.machine.operate_by(Operation::Shl, B, B, i32::from(width));
        }
        // B is as it was if the pointer is held in A.
        self.fetch(self.depth - 2, A);
        self.machine.operate(Operation::Add, A, A, B);
        width
    }

    /// That the pointer is one to numbers.
    pub(super) fn check_pointer(&self, what: &str) -> Outcome<()> {
        let pointer = self.top(2).kind;
        match pointer.width() {
            Some(_) => Ok(()),
            None => Err(self.error(&[Text("can't "), Text(what), Text(" '"), NamePart(pointer.name()), Text("'")])),
        }
    }

    pub(super) fn check_index(&self, what: &str) -> Outcome<()> {
        let index = self.top(1).kind;
        match index.is_number() {
            true => Ok(()),
            false => Err(self.error(&[Text("can't "), Text(what), Text(" with '"), NamePart(index.name()), Text("' index")])),
        }
    }

    pub(super) fn load_item(&mut self) -> Outcome<()> {
        self.check_pointer("load from")?;
        self.check_index("load")?;
        let width = self.item_address();
        self.machine.read(width);
        self.depth -= 2;
        self.push(Entry { place: Place::Held, kind: Kind::Int, number: 0 });
        Ok(())
    }

    pub(super) fn store_item(&mut self) -> Outcome<()> {
        self.check_pointer("store to")?;
        let kind = self.top(3).kind;
        if !kind.is_number() && kind != Kind::Bool {
            return Err(self.error(&[Text("can't store '"), NamePart(kind.name()), Text("'")]));
        }
        self.check_index("store")?;
        // The value comes last, into B.
        let width = self.item_address();
        self.fetch(self.depth - 3, B);
        self.machine.write(width);
        self.depth -= 3;
        Ok(())
    }

    pub(super) fn is_cast(&self, operand: usize) -> bool {
        let arguments = (operand >> 8) + 2 * (operand & 0xff);
        self.top(arguments + 1).place == Place::Cast
    }

    /// `int(x)` and its like.
    pub(super) fn cast(&mut self) -> Outcome<()> {
        let code = self.prototype.code();
        let is_one = Instruction::read(code, self.offset).is_some_and(|call| call.number == 0x100);
        if !is_one || self.top(1).place == Place::Cast {
            return Err(self.missing("casting"));
        }
        let (to, from) = (Kind::from_number(self.top(2).number as usize), self.top(1).kind);
        self.settle(0);
        let index = self.depth - 2;
        self.fetch(self.depth - 1, A);
        if to == Kind::Bool && !from.is_object() {
            self.machine.compare_with(A, 0);
            self.machine.set(Condition::Unequal);
        }
        self.machine.store(self.slot(index), A);
        self.depth = index;
        self.push(Entry::slot(from));
        if to == Kind::Object {
            return if from.is_object() { Ok(()) } else { self.make_plain_object(index) };
        }
        if from.is_object() {
            self.convert(helpers::to_number, to as u8, self.slot(index));
        }
        self.set_entry(index, Entry::slot(to));
        Ok(())
    }

    /// `object(x)` of a number, an address too.
    pub(super) fn make_plain_object(&mut self, index: usize) -> Outcome<()> {
        self.convert(helpers::to_object, self.entry(index).kind as u8, self.slot(index));
        self.set_entry(index, Entry::slot(Kind::Object));
        Ok(())
    }

    /// `return x`
    pub(super) fn give_back(&mut self, instruction: Instruction) -> Outcome<()> {
        let kinds = self.function.kinds.expect("viper has kinds");
        let wanted = Kind::from_number(kinds.number(self.prototype.parameter_count(), 1));
        let kind = self.top(1).kind;
        if self.top(1).place == Place::Cast {
            return Err(self.missing("conversion to object"));
        }
        let index = self.depth - 1;
        self.settle(0);
        if kind == Kind::Nothing && !wanted.is_object() {
            self.machine.constant(A, 0);
            self.machine.store(self.slot(index), A);
            self.set_entry(index, Entry::slot(wanted));
        } else if kind.is_object() != wanted.is_object() && kind != Kind::Boxed || !kind.is_object() && kind != wanted {
            let parts = [NamePart(wanted.name()), Text("' but got '"), NamePart(kind.name()), Text("'")];
            return Err(self.error(&[Text("return expected '"), parts[0], parts[1], parts[2], parts[3]]));
        }
        if !self.entry(index).kind.is_object() {
            self.make_plain_object(index)?;
        }
        self.cold(instruction)
    }
}
