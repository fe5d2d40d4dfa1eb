//! From a pattern to its program: recursive descent that writes code as it reads.
//!
//! A quantifier comes after what it repeats, so code is moved up to make room before it; jumps are relative and lie within
//! what is moved. Errors are `ValueError`s in CPython's words.
//!
//! Boards have what MicroPython's patterns have, and counted repetitions, places in words, flags and names of groups. What looks ahead or
//! back, refers to a group or keeps what it matched is for hosts (`WHOLE`): 3.4 kB.

mod character;
mod group;

use super::program::{BITS, GATE, HEADER, MANY, at, flag, item, look, mode, op};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};

/// How many characters some code matches.
#[derive(Clone, Copy)]
struct Width {
    min: u32,
    max: u32,
}

impl Width {
    const NONE: Width = Width { min: 0, max: 0 };
    const ONE: Width = Width { min: 1, max: 1 };

    fn then(self, next: Width) -> Width {
        Width { min: self.min.saturating_add(next.min).min(MANY), max: self.max.saturating_add(next.max).min(MANY) }
    }

    fn or(self, other: Width) -> Width {
        Width { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    fn times(self, min: u32, max: u32) -> Width {
        Width { min: self.min.saturating_mul(min).min(MANY), max: self.max.saturating_mul(max).min(MANY) }
    }
}

/// What an atom is, for the quantifier behind it.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    /// One instruction that matches one character.
    Single,
    /// Anything else.
    Compound,
    /// A place: nothing to repeat.
    Place,
    /// Nothing was written: a comment, flags.
    Nothing,
}

/// A compiled pattern's parts.
pub(super) struct Parsed {
    /// The program.
    pub(super) code: Word,
    /// Group numbers by name.
    pub(super) names: Word,
    /// All flags that hold for the whole.
    pub(super) flags: u16,
}

/// Compiles `pattern`, which is text or bytes.
pub(super) fn parse(vm: &Vm, pattern: &[u8], text: bool, flags: u16) -> Outcome<Parsed> {
    if pattern.len() > 1 << 20 {
        return Err(vm.value_error("pattern too large"));
    }
    if crate::WHOLE {
        let message = match () {
            () if text && flags & flag::LOCALE != 0 => "cannot use LOCALE flag with a str pattern",
            () if !text && flags & flag::UNICODE != 0 => "cannot use UNICODE flag with a bytes pattern",
            () if flags & flag::ASCII != 0 && flags & flag::UNICODE != 0 => "ASCII and UNICODE flags are incompatible",
            () if flags & flag::ASCII != 0 && flags & flag::LOCALE != 0 => "ASCII and LOCALE flags are incompatible",
            () => "",
        };
        if !message.is_empty() {
            return Err(vm.value_error(message));
        }
    }
    let unicode = if text && flags & flag::ASCII == 0 { flag::UNICODE } else { 0 };
    let flags = flags | unicode;
    let names = vm.new_dict()?;
    let mut parser =
        Parser { vm, pattern, text, at: 0, flags, whole: flags, code: Builder::new(), closed: Builder::new(), extra: 0, names, depth: 0, last: (0, 0), places: 0 };
    parser.code.push(vm, &[0; HEADER])?;
    parser.alternatives()?;
    if parser.at < pattern.len() {
        return Err(parser.error("unbalanced parenthesis", parser.at));
    }
    parser.code.push(vm, &[op::MATCH])?;
    if crate::WHOLE {
        parser.known(parser.last.0, parser.last.1)?;
        if parser.whole & flag::MULTILINE != 0 {
            parser.places = flag::PLACES;
        }
    }
    parser.set16(0, parser.groups() as u16);
    parser.set16(2, parser.extra);
    parser.set16(4, parser.whole | parser.places);
    let code = super::gate::filled(vm, parser.code.finish_bytes(vm)?, text)?;
    Ok(Parsed { code, names: names.word(), flags: parser.whole })
}

struct Parser<'v> {
    vm: &'v Vm,
    pattern: &'v [u8],
    text: bool,
    at: usize,
    /// Flags in force here.
    flags: u16,
    /// Flags of the whole pattern.
    whole: u16,
    code: Builder,
    /// For each group, whether it has ended.
    closed: Builder,
    /// Slots besides those of groups.
    extra: u16,
    names: Handle<Dict>,
    /// How many groups are open, with and without a number.
    depth: u16,
    /// The highest group that a condition asks for, which may come later, and where it does.
    last: (usize, usize),
    /// `PLACES`, or nothing.
    places: u16,
}

impl<'v> Parser<'v> {
    #[cold]
    fn error(&self, message: &str, at: usize) -> Raised {
        self.failure(&[Part::Text(message)], at)
    }

    #[cold]
    fn failure(&self, message: &[Part], at: usize) -> Raised {
        let before = &self.pattern[..at.min(self.pattern.len())];
        let position = if self.text { before.iter().filter(|byte| **byte & 0xc0 != 0x80).count() } else { before.len() };
        super::failure::raise(self.vm, message, self.pattern, self.text, Some(position))
    }

    fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    fn groups(&self) -> usize {
        self.closed.len()
    }

    // Reading.

    fn peek(&self) -> Option<u8> {
        self.pattern.get(self.at).copied()
    }

    fn accept(&mut self, text: &[u8]) -> bool {
        let found = self.pattern[self.at..].starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// The next character: of text a code point, of bytes a byte.
    fn next(&mut self) -> Option<u32> {
        let rest = &self.pattern[self.at..];
        let (code, width) = super::machine::decode(rest, 0, self.text)?;
        self.at += width;
        Some(code)
    }

    /// The text up to `end`, which is passed over.
    fn until(&mut self, end: u8) -> Outcome<&'v [u8]> {
        let start = self.at;
        match self.pattern[start..].iter().position(|byte| *byte == end) {
            Some(0) => Err(self.error("missing group name", start)),
            None if crate::WHOLE && start == self.pattern.len() => Err(self.error("missing group name", start)),
            Some(length) => {
                self.at += length + 1;
                Ok(&self.pattern[start..start + length])
            }
            None if !crate::WHOLE => Err(self.error("unterminated name", start)),
            None => {
                let end = char::from(end);
                let mut text = [0; 4];
                Err(self.failure(&[Part::Text("missing "), Part::Text(end.encode_utf8(&mut text)), Part::Text(", unterminated name")], start))
            }
        }
    }

    /// Between spaces and comments of verbose patterns.
    fn skip_blank(&mut self) {
        while crate::WHOLE && self.has(flag::VERBOSE) {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c) => self.at += 1,
                Some(b'#') => {
                    let rest = &self.pattern[self.at..];
                    self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    // Writing.

    fn here(&self) -> usize {
        self.code.len()
    }

    fn emit(&mut self, bytes: &[u8]) -> Outcome<()> {
        if self.here() > 1 << 22 {
            return Err(self.vm.value_error("pattern too large"));
        }
        self.code.push(self.vm, bytes)
    }

    fn set16(&mut self, at: usize, value: u16) {
        self.code.cells()[at..].iter().zip(value.to_le_bytes()).for_each(|(cell, byte)| cell.set(byte));
    }

    fn set24(&mut self, at: usize, value: u32) {
        self.code.cells()[at..].iter().zip(&value.to_le_bytes()[..3]).for_each(|(cell, byte)| cell.set(*byte));
    }

    /// Lets the jump whose operand is at `at` go to `to`.
    fn aim(&mut self, at: usize, to: usize) {
        self.set24(at, (to as isize - (at + 3) as isize) as u32);
    }

    /// Puts `bytes` before the code that begins at `at`.
    fn insert(&mut self, at: usize, bytes: &[u8]) -> Outcome<()> {
        let old = self.here();
        self.emit(bytes)?;
        let cells = self.code.cells();
        for index in (at..old).rev() {
            cells[index + bytes.len()].set(cells[index].get());
        }
        cells[at..].iter().zip(bytes).for_each(|(cell, byte)| cell.set(*byte));
        Ok(())
    }

    /// As `insert`, with room for the gates of the instruction, `gates` bytes.
    fn insert_gated(&mut self, at: usize, bytes: &[u8], gates: usize) -> Outcome<()> {
        if crate::WHOLE {
            self.insert(at, &[0; 2 * GATE][..gates])?;
        }
        self.insert(at, bytes)
    }

    fn new_extra(&mut self, count: u16) -> Outcome<[u8; 2]> {
        let slot = self.extra;
        self.extra = slot.checked_add(count).ok_or_else(|| self.vm.value_error("pattern too large"))?;
        Ok(slot.to_le_bytes())
    }

    // The grammar.

    fn alternatives(&mut self) -> Outcome<Width> {
        self.vm.check_stack()?;
        let outer = self.flags;
        let mut start = self.here();
        let mut width = self.sequence()?;
        // Jumps to the end, each keeping the place of the one before until the end is known.
        let mut jumps = 0;
        while self.accept(b"|") {
            self.insert_gated(start, &[op::SPLIT, 0, 0, 0], 2 * GATE)?;
            self.emit(&[op::JUMP, 0, 0, 0])?;
            let jump = self.here() - 3;
            self.set24(jump, jumps as u32);
            jumps = jump;
            self.aim(start + 1, self.here());
            start = self.here();
            width = width.or(self.sequence()?);
        }
        let end = self.here();
        while jumps != 0 {
            let operand: [u8; 3] = core::array::from_fn(|index| self.code.cells()[jumps + index].get());
            self.aim(jumps, end);
            jumps = u32::from_le_bytes([operand[0], operand[1], operand[2], 0]) as usize;
        }
        self.flags = outer;
        Ok(width)
    }

    fn sequence(&mut self) -> Outcome<Width> {
        let mut width = Width::NONE;
        loop {
            self.skip_blank();
            if matches!(self.peek(), None | Some(b'|' | b')')) {
                return Ok(width);
            }
            let (start, from) = (self.here(), self.at);
            let (atom, shape) = self.atom()?;
            if shape == Shape::Nothing {
                continue;
            }
            self.skip_blank();
            width = width.then(self.quantified(start, from, atom, shape)?);
        }
    }

    fn quantified(&mut self, start: usize, from: usize, atom: Width, shape: Shape) -> Outcome<Width> {
        let place = self.at;
        let Some((min, max)) = self.bounds()? else { return Ok(atom) };
        if shape == Shape::Place {
            return Err(self.error("nothing to repeat", from));
        }
        let mode = match self.peek() {
            Some(b'?') => mode::LAZY,
            Some(b'+') if crate::WHOLE => mode::POSSESSIVE,
            _ => mode::GREEDY,
        };
        self.at += usize::from(mode != mode::GREEDY);
        self.skip_blank();
        let again = self.at;
        if self.bounds()?.is_some() {
            return Err(self.error("multiple repeat", again));
        }
        if min > max {
            return Err(self.error("min repeat greater than max repeat", place + 1));
        }
        if shape == Shape::Single {
            self.repeat(start, min, max, mode)?;
        } else {
            self.repeat_compound(start, min, max, mode)?;
        }
        Ok(atom.times(min, max))
    }

    /// The bounds of a quantifier, if there is one here.
    fn bounds(&mut self) -> Outcome<Option<(u32, u32)>> {
        let bounds = match self.peek() {
            Some(b'*') => (0, MANY),
            Some(b'+') => (1, MANY),
            Some(b'?') => (0, 1),
            Some(b'{') => return self.braces(),
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(bounds))
    }

    /// `{m}`, `{m,}`, `{,n}`, `{m,n}`; anything else is text.
    fn braces(&mut self) -> Outcome<Option<(u32, u32)>> {
        let start = self.at;
        self.at += 1;
        let min = self.digits()?;
        let comma = self.accept(b",");
        let max = if comma { self.digits()? } else { min };
        if (min.is_none() && !comma) || !self.accept(b"}") {
            self.at = start;
            return Ok(None);
        }
        Ok(Some((min.unwrap_or(0), max.unwrap_or(MANY))))
    }

    fn digits(&mut self) -> Outcome<Option<u32>> {
        let start = self.at;
        let mut value = 0_u32;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = value.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
            self.at += 1;
        }
        if value >= MANY {
            return Err(self.vm.raise_text(&crate::object::exception::OVERFLOW_ERROR, "the repetition number is too large"));
        }
        Ok((self.at > start).then_some(value))
    }

    fn repeat(&mut self, start: usize, min: u32, max: u32, mode: u8) -> Outcome<()> {
        let (min, max) = (min.to_le_bytes(), max.to_le_bytes());
        self.insert_gated(start, &[op::REPEAT, min[0], min[1], min[2], max[0], max[1], max[2], mode], GATE)
    }

    fn repeat_compound(&mut self, start: usize, min: u32, max: u32, mode: u8) -> Outcome<()> {
        if (min, max) == (0, 1) {
            let split = if mode == mode::LAZY { op::SPLIT_LAZY } else { op::SPLIT };
            self.insert_gated(start, &[split, 0, 0, 0], 2 * GATE)?;
            self.aim(start + 1, self.here());
        } else {
            let slot = self.new_extra(2)?;
            let (min, max) = (min.to_le_bytes(), max.to_le_bytes());
            let lazy = if mode == mode::LAZY { mode } else { mode::GREEDY };
            let begin = [op::BEGIN, slot[0], slot[1]];
            let head = [op::LOOP, slot[0], slot[1], min[0], min[1], min[2], max[0], max[1], max[2], lazy, 0, 0, 0];
            let step = [op::STEP, slot[0], slot[1]];
            self.insert(start, &step)?;
            self.insert_gated(start, &head, 2 * GATE)?;
            self.insert(start, &begin)?;
            self.emit(&[op::JUMP, 0, 0, 0])?;
            self.aim(self.here() - 3, start + 3);
            self.aim(start + 13, self.here());
        }
        if crate::WHOLE && mode == mode::POSSESSIVE { self.enclose(start, look::ATOMIC, MANY) } else { Ok(()) }
    }

    /// Makes the code from `start` on a match aside.
    fn enclose(&mut self, start: usize, kind: u8, back: u32) -> Outcome<()> {
        let (slot, back) = (self.new_extra(1)?, back.to_le_bytes());
        self.insert(start, &[op::LOOK, slot[0], slot[1], kind, back[0], back[1], back[2], 0, 0, 0])?;
        self.emit(&[op::LOOKED, slot[0], slot[1], kind])?;
        self.aim(start + 7, self.here());
        Ok(())
    }

    fn atom(&mut self) -> Outcome<(Width, Shape)> {
        let start = self.at;
        let code = self.next().expect("the caller looked");
        let multiline = self.has(flag::MULTILINE);
        match u8::try_from(code).unwrap_or(0) {
            b'.' => {
                let any = if self.has(flag::DOTALL) { op::ALL } else { op::ANY };
                self.emit(&[any])?;
                Ok((Width::ONE, Shape::Single))
            }
            b'^' => self.place(if multiline { at::LINE_START } else { at::START }),
            b'$' => self.place(if multiline { at::LINE_END } else { at::END }),
            b'[' => self.set(start),
            b'(' => self.group(start),
            b'\\' => self.escape(start),
            b'*' | b'+' | b'?' => Err(self.error("nothing to repeat", start)),
            b'{' => {
                self.at = start;
                if self.bounds()?.is_some() {
                    return Err(self.error("nothing to repeat", start));
                }
                self.at = start + 1;
                self.character(code)
            }
            _ => self.character(code),
        }
    }

    fn place(&mut self, what: u8) -> Outcome<(Width, Shape)> {
        if what >= at::WORD {
            self.places = flag::PLACES;
        }
        self.emit(&[op::AT, what])?;
        Ok((Width::NONE, Shape::Place))
    }

    fn character(&mut self, code: u32) -> Outcome<(Width, Shape)> {
        let lower = super::machine::fold(code, self.text);
        let cased = self.has(flag::IGNORECASE) && (lower != code || super::machine::raise_case(code, self.text) != code);
        // Case is ASCII's where classes are.
        let cased = cased && (!crate::WHOLE || code < 0x80 || !self.has(flag::ASCII));
        let bytes = if cased { lower } else { code }.to_le_bytes();
        self.emit(&[if cased { op::FOLDED } else { op::CHAR }, bytes[0], bytes[1], bytes[2]])?;
        Ok((Width::ONE, Shape::Single))
    }

    fn class_item(&self) -> u8 {
        if self.has(flag::UNICODE) { item::CLASS } else { item::ASCII_CLASS }
    }

    fn class(&mut self, letter: u8) -> Outcome<(Width, Shape)> {
        self.emit(&[op::SET, 0, 2, 0, 0])?;
        self.emit(&[0; BITS])?;
        self.emit(&[self.class_item(), letter])?;
        Ok((Width::ONE, Shape::Single))
    }
}
