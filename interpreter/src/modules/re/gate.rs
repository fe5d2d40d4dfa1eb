//! What a byte must be where a part of a program begins, noted once for every place where the machine has a choice.
//!
//! With that, a search passes over what no match begins with, an alternative is not tried whose first character is another one,
//! and a repetition goes back only to where what follows it can begin; where nothing it matched can be that, it does not go
//! back at all. What is noted is never too little: what is not worth finding out is open.
//!
//! Of text the bytes are those that a character begins with, so one beyond ASCII is only known to be possible, and a place
//! that a gate lets pass is one where a character begins.

use super::machine::in_class;
use super::program::{GATE, HEADER, LOOP, SET, WHOLE_GATE, has_bit, item, length, look, mode, op, operand24, target};
use crate::object::bytes::Bytes;
use crate::object::handle::Handle;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Kinds of gates.
pub(super) mod kind {
    /// A byte whose bit is set.
    pub(in super::super) const SET: u8 = 0;
    /// Anything, the end as well.
    pub(in super::super) const OPEN: u8 = 1;
    /// One byte alone.
    pub(in super::super) const ONE: u8 = 2;
}

/// How many instructions are looked at for one gate.
const FUEL: u32 = 64;

/// Which bytes something may begin with; `open` if it may be empty, or is not known.
#[derive(Clone, Copy)]
struct First {
    open: bool,
    bits: [u8; 32],
}

impl First {
    const NONE: First = First { open: false, bits: [0; 32] };
    const OPEN: First = First { open: true, bits: [0xff; 32] };

    fn add(&mut self, byte: u32) {
        self.bits[byte as usize >> 3] |= 1 << (byte & 7);
    }

    fn has(&self, byte: u32) -> bool {
        has_bit(&self.bits, byte as u8)
    }

    fn include(&mut self, other: &First) {
        self.open |= other.open;
        self.bits.iter_mut().zip(other.bits).for_each(|(bits, more)| *bits |= more);
    }

    /// Whether a byte may be both.
    fn meets(&self, other: &First) -> bool {
        self.open || other.open || self.bits.iter().zip(other.bits).any(|(a, b)| a & b != 0)
    }

    fn write(&self, to: &[Cell<u8>]) {
        let one = self.bits.iter().map(|bits| bits.count_ones()).sum::<u32>() == 1;
        let byte = (0..=255).find(|byte| self.has(*byte)).unwrap_or(0);
        let kind = if self.open { kind::OPEN } else if one { kind::ONE } else { kind::SET };
        to.iter().zip([kind, byte as u8].iter().chain(&self.bits)).for_each(|(cell, byte)| cell.set(*byte));
    }
}

/// A copy of a program with all that the parser left open filled in.
///
/// # Errors
/// `MemoryError`.
pub(super) fn filled(vm: &Vm, program: Word, text: bool) -> Outcome {
    let program: Handle<Bytes> = Handle::from(program).expect("a program is bytes");
    let code = program.get().bytes();
    let mut out = Builder::with_capacity(vm, code.len())?;
    out.push(vm, code)?;
    let (cells, finder) = (out.cells(), Finder { code, text });
    let gate = |at: usize, of: usize| finder.first(of).write(&cells[at..at + GATE]);
    gate(WHOLE_GATE, HEADER);
    let mut pc = HEADER;
    while pc < code.len() {
        let next = pc + length(code, pc);
        match code[pc] {
            op::SET => {
                let bits = finder.members(pc).bits;
                cells[pc + 5..].iter().zip(bits).for_each(|(cell, bits)| cell.set(bits));
            }
            op::SPLIT | op::SPLIT_LAZY => {
                gate(pc + 4, next);
                gate(pc + 4 + GATE, target(code, pc + 1));
            }
            op::LOOP => {
                gate(pc + 13, next);
                gate(pc + 13 + GATE, target(code, pc + 10));
            }
            op::REPEAT => {
                let behind = finder.first(next + length(code, next));
                behind.write(&cells[pc + 8..pc + 8 + GATE]);
                if code[pc + 7] == mode::GREEDY && !behind.meets(&finder.members(next)) {
                    cells[pc + 7].set(mode::POSSESSIVE);
                }
            }
            _ => {}
        }
        pc = next;
    }
    out.finish_bytes(vm)
}

struct Finder<'c> {
    code: &'c [u8],
    text: bool,
}

impl Finder<'_> {
    /// What the code at `pc` may begin with.
    fn first(&self, pc: usize) -> First {
        let (mut found, mut fuel) = (First::NONE, FUEL);
        self.collect(pc, &mut found, &mut fuel);
        if found.open { First::OPEN } else { found }
    }

    fn collect(&self, mut pc: usize, found: &mut First, fuel: &mut u32) {
        let code = self.code;
        loop {
            if *fuel == 0 {
                found.open = true;
            }
            if found.open {
                return;
            }
            *fuel -= 1;
            let next = pc + length(code, pc);
            pc = match code[pc] {
                op::CHAR | op::FOLDED | op::ANY | op::ALL | op::SET => return found.include(&self.members(pc)),
                op::SPLIT | op::SPLIT_LAZY => {
                    self.collect(next, found, fuel);
                    target(code, pc + 1)
                }
                // The first turn of a loop that takes at least one.
                op::BEGIN if operand24(code, next + 3) > 0 => next + LOOP,
                op::LOOP => {
                    self.collect(next, found, fuel);
                    target(code, pc + 10)
                }
                op::REPEAT => {
                    found.include(&self.members(next));
                    if operand24(code, pc + 1) > 0 {
                        return;
                    }
                    next + length(code, next)
                }
                op::JUMP => target(code, pc + 1),
                op::SAVE | op::AT | op::BEGIN | op::STEP => next,
                // What is looked for lies elsewhere. What is kept once it matched is chosen without regard to what follows.
                op::LOOK if code[pc + 3] != look::ATOMIC => target(code, pc + 7),
                op::LOOK => next,
                _ => {
                    found.open = true;
                    return;
                }
            };
        }
    }

    /// The bytes that a character may begin with which the instruction at `pc` matches.
    fn members(&self, pc: usize) -> First {
        let code = self.code;
        let mut found = First::NONE;
        match code[pc] {
            op::CHAR => self.character(operand24(code, pc + 1), &mut found),
            op::FOLDED => {
                self.character(operand24(code, pc + 1), &mut found);
                self.either_case(&mut found);
            }
            op::SET => return self.set(pc),
            other => {
                found.bits = [0xff; 32];
                if other == op::ANY {
                    found.bits[1] &= !(1 << 2);
                }
                self.without_middles(&mut found);
            }
        }
        found
    }

    fn character(&self, code: u32, found: &mut First) {
        let mut bytes = [0; 4];
        let byte = match char::from_u32(code) {
            Some(character) if self.text => character.encode_utf8(&mut bytes).as_bytes()[0],
            _ => code as u8,
        };
        found.add(u32::from(byte));
    }

    fn set(&self, pc: usize) -> First {
        let code = self.code;
        let (style, mut found, mut beyond) = (code[pc + 1], First::NONE, false);
        let limit = if self.text { 0x80 } else { 0x100 };
        let mut items = &code[pc + SET..pc + length(code, pc)];
        while let Some((&kind, rest)) = items.split_first() {
            if kind == item::RANGE {
                let (low, high) = (operand24(rest, 0), operand24(rest, 3));
                (low..=high.min(limit - 1)).for_each(|code| found.add(code));
                beyond |= high >= limit;
                items = &rest[6..];
            } else {
                let ascii = kind == item::ASCII_CLASS;
                (0..limit).filter(|code| in_class(rest[0], *code, ascii)).for_each(|code| found.add(code));
                beyond |= !ascii || rest[0].is_ascii_uppercase();
                items = &rest[1..];
            }
        }
        if style & 2 != 0 {
            self.either_case(&mut found);
        }
        if style & 1 != 0 {
            found.bits.iter_mut().for_each(|bits| *bits = !*bits);
            beyond = true;
        }
        if self.text {
            let high = if beyond || style & 2 != 0 { 0xff } else { 0 };
            found.bits[16..].fill(high);
            self.without_middles(&mut found);
        }
        found
    }

    /// Adds the other case of all letters. Some that are not ASCII's have a case that is.
    fn either_case(&self, found: &mut First) {
        for letter in b'a'..=b'z' {
            let (low, high) = (u32::from(letter), u32::from(letter.to_ascii_uppercase()));
            if found.has(low) || found.has(high) {
                found.add(low);
                found.add(high);
            }
        }
        if self.text {
            found.bits[24..].fill(0xff);
        }
    }

    /// Leaves out the bytes of text that no character begins with.
    fn without_middles(&self, found: &mut First) {
        if self.text {
            found.bits[16..24].fill(0);
        }
    }
}
