//! How saved code is laid out where that is as it is in memory: only its names have other numbers. Without the feature `full`, in place of
//! `code/saved/layout.rs`.

use super::read::{Read, Reader, name_of};
use super::tag;
use super::write::{Writer, operands};
use crate::code::instruction::Instruction;
use crate::code::opcode::Operand;
use crate::code::prototype::{Head, PROTOTYPE, Prototype, PrototypeHandle};
use crate::object::name::Name;
use crate::vm::Outcome;
use core::cell::Cell;

/// Bytes of a number in code that a board loads; there is no other.
pub(super) const LONG: Option<usize> = None;

impl Writer<'_> {
    /// Writes the head, the lengths of code, handlers and lines, and those with the parameters.
    pub(super) fn laid_out(&mut self, code: &Prototype) -> Outcome<()> {
        self.bytes(&[tag::CODE])?;
        self.head(code)?;
        let head = &code.head;
        for length in [head.code, head.handlers, head.lines] {
            self.number(length as usize)?;
        }
        let mut written = 0;
        for (at, name) in operands(code) {
            self.bytes(&code.bytes()[written..at])?;
            self.short_name(name)?;
            written = at + 2;
        }
        let end = head.code as usize + head.handlers as usize + head.lines as usize;
        self.bytes(&code.bytes()[written..end])?;
        self.parameters(code, 2)
    }

    /// A name's number in the two bytes that it has in the code.
    fn short_name(&mut self, name: Name) -> Outcome<()> {
        match u16::try_from(self.number_of(name)?) {
            Ok(number) => self.bytes(&number.to_le_bytes()),
            Err(_) => Err(self.vm.value_error("code too large to be saved")),
        }
    }
}

impl Reader<'_> {
    /// Code as it lies in a host's memory.
    pub(super) fn own_code(&mut self) -> Read<PrototypeHandle> {
        Err("code for boards".into())
    }

    /// The prototype of what was read: code, handlers, lines and parameters.
    pub(super) fn laid_out(&self, head: Head, bytes: &[u8], _: usize) -> Read<PrototypeHandle> {
        let own = head.code as usize + head.handlers as usize + head.lines as usize;
        let (code_length, is_known) = (head.code as usize, Cell::new(true));
        let mut names = Names { code: &bytes[..code_length], next: 0, place: usize::MAX };
        let number = |at: usize| {
            let number = u16::from_le_bytes([bytes[at], bytes[at + 1]]) as usize;
            name_of(self.names, number).unwrap_or_else(|| {
                is_known.set(false);
                name!("")
            })
        };
        let code = self.vm.new_tailed(&PROTOTYPE, bytes.len(), head, |index| {
            let place = if index < own { names.place_at(index) } else { Some(own + (index - own) / 2 * 2) };
            match place {
                Some(place) => number(place).0.to_le_bytes()[index - place],
                None => bytes[index],
            }
        })?;
        if is_known.get() { Ok(code) } else { Err("number of a name".into()) }
    }
}

/// Finds the names in code, whose bytes are asked for in order.
struct Names<'c> {
    code: &'c [u8],
    /// Where the next instruction begins.
    next: usize,
    /// Where the current instruction's name is.
    place: usize,
}

impl Names<'_> {
    /// Where the name begins that the byte at `index` is part of. Code that is none has no names: the verifier refuses it.
    fn place_at(&mut self, index: usize) -> Option<usize> {
        if index == self.next && index < self.code.len() {
            let instruction = Instruction::read(self.code, index);
            self.next = instruction.map_or(usize::MAX, |instruction| instruction.end);
            let has_name = instruction.is_some_and(|instruction| instruction.opcode.operand() == Operand::Name);
            self.place = if has_name { index + 1 } else { usize::MAX };
        }
        Some(self.place).filter(|&place| place <= index && index < place + 2)
    }
}
