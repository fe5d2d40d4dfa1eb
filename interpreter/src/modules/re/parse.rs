//! From a pattern to its program: recursive descent that writes code as it reads.
//!
//! A quantifier comes after what it repeats, so code is moved up to make room before it; jumps are relative and lie within
//! what is moved. Errors are `ValueError`s in CPython's words.
//!
//! Boards have what MicroPython's patterns have, and counted repetitions, places in words, flags and names of groups. What looks ahead or
//! back, refers to a group or keeps what it matched is for hosts (`WHOLE`): 3.4 kB.

use super::program::{BITS, GATE, HEADER, MANY, at, flag, item, look, mode, op};
use crate::object::str::surrogate;
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::print::Builder;
use crate::object::str::unicode;
use crate::object::str::utf8;
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

    /// Behind a backslash, outside of a set.
    fn escape(&mut self, start: usize) -> Outcome<(Width, Shape)> {
        let Some(letter) = self.peek() else { return Err(self.error("bad escape (end of pattern)", start)) };
        let ascii = if self.has(flag::UNICODE) { 0 } else { at::ASCII };
        match letter {
            b'd' | b'D' | b'w' | b'W' | b's' | b'S' => {
                self.at += 1;
                self.class(letter)
            }
            b'A' | b'Z' | b'b' | b'B' => {
                self.at += 1;
                self.place(match letter {
                    b'A' => at::START,
                    b'Z' => at::VERY_END,
                    b'b' => at::WORD + ascii,
                    _ => at::NOT_WORD + ascii,
                })
            }
            b'1'..=b'9' if crate::WHOLE => self.number(start),
            _ => {
                let code = self.escaped(start)?;
                self.character(code)
            }
        }
    }

    /// `\1` is a group, `\123` (three octal digits) a character.
    fn number(&mut self, start: usize) -> Outcome<(Width, Shape)> {
        let digits = &self.pattern[self.at..];
        let octal = |byte: &u8| matches!(byte, b'0'..=b'7');
        if digits.len() >= 3 && digits[..3].iter().all(octal) {
            let code = digits[..3].iter().fold(0, |code, digit| code * 8 + u32::from(digit - b'0'));
            if code > 0o377 {
                return Err(self.octal(start, 3));
            }
            self.at += 3;
            return self.character(code);
        }
        let mut group = usize::from(digits[0] - b'0');
        self.at += 1;
        if let Some(digit @ b'0'..=b'9') = self.peek() {
            group = group * 10 + usize::from(digit - b'0');
            self.at += 1;
        }
        self.same(group, start + 1)
    }

    #[cold]
    fn octal(&self, start: usize, digits: usize) -> Raised {
        let text = utf8::checked(&self.pattern[start..=start + digits]).unwrap_or("");
        self.failure(&[Part::Text("octal escape value "), Part::Text(text), Part::Text(" outside of range 0-0o377")], start)
    }

    /// Whether there is such a group, when all have been read.
    fn known(&self, group: usize, place: usize) -> Outcome<()> {
        if group <= self.groups() {
            return Ok(());
        }
        Err(self.failure(&[Part::Text("invalid group reference "), Part::Int(group as isize)], place))
    }

    fn same(&mut self, group: usize, place: usize) -> Outcome<(Width, Shape)> {
        if group == 0 || group > self.groups() {
            return Err(self.failure(&[Part::Text("invalid group reference "), Part::Int(group as isize)], place));
        }
        if self.closed.cells()[group - 1].get() == 0 {
            return Err(self.error("cannot refer to an open group", place - 1));
        }
        let [low, high] = (group as u16).to_le_bytes();
        self.emit(&[op::SAME, if self.has(flag::IGNORECASE) { 2 } else { 0 }, low, high])?;
        Ok((Width { min: 0, max: MANY }, Shape::Compound))
    }

    /// The character behind a backslash, inside or outside of a set.
    fn escaped(&mut self, start: usize) -> Outcome<u32> {
        let Some(code) = self.next() else { return Err(self.error("bad escape (end of pattern)", start)) };
        Ok(match u8::try_from(code).unwrap_or(0) {
            b'n' => 10,
            b'r' => 13,
            b't' => 9,
            b'a' => 7,
            b'f' => 12,
            b'v' => 11,
            b'x' => self.hex(2, start)?,
            b'N' if crate::WHOLE && self.text => self.named_character(start)?,
            b'u' if crate::WHOLE && self.text => self.hex(4, start)?,
            b'U' if crate::WHOLE && self.text => self.hex(8, start)?,
            b'0'..=b'7' if crate::WHOLE => {
                let mut code = code - u32::from(b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                if code > 0o377 {
                    return Err(self.octal(start, 3));
                }
                code
            }
            letter if letter.is_ascii_alphanumeric() => {
                let letter = char::from(letter);
                return Err(self.failure(&[Part::Text("bad escape \\"), Part::Text(letter.encode_utf8(&mut [0; 4]))], start));
            }
            _ => code,
        })
    }

    /// `{name}` behind `\N`: the character that Unicode gave the name.
    fn named_character(&mut self, start: usize) -> Outcome<u32> {
        if !self.accept(b"{") {
            return Err(self.error("missing {", self.at));
        }
        let place = self.at;
        let rest = &self.pattern[place..];
        let Some(length) = rest.iter().position(|byte| *byte == b'}').filter(|length| *length > 0) else {
            let empty = rest.is_empty() || rest[0] == b'}';
            return Err(self.error(if empty { "missing character name" } else { "missing }, unterminated name" }, place));
        };
        let name = utf8::checked(&rest[..length]).unwrap_or("");
        self.at += length + 1;
        match super::failure::character_named(self.vm, name) {
            Some(character) => Ok(u32::from(character)),
            None => {
                let name = self.vm.new_str(name)?;
                Err(self.failure(&[Part::Text("undefined character name "), Part::Repr(name)], start))
            }
        }
    }

    fn hex(&mut self, count: usize, start: usize) -> Outcome<u32> {
        let rest = &self.pattern[self.at..];
        let valid = rest.iter().take(count).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let digits = utf8::checked(&rest[..valid]).unwrap_or("");
        match u32::from_str_radix(digits, 16) {
            Ok(code) if valid == count && code <= 0x10_ffff => {
                self.at += count;
                Ok(surrogate::stand_in(code))
            }
            _ if !crate::WHOLE => Err(self.error("incomplete escape", start)),
            _ => {
                let what = if valid == count { "bad escape " } else { "incomplete escape " };
                let text = utf8::checked(&self.pattern[start..self.at + valid]).unwrap_or("");
                Err(self.failure(&[Part::Text(what), Part::Text(text)], start))
            }
        }
    }

    /// Behind `[`.
    fn set(&mut self, start: usize) -> Outcome<(Width, Shape)> {
        let negated = self.accept(b"^");
        let style = u8::from(negated) | if self.has(flag::IGNORECASE) { 2 } else { 0 };
        self.emit(&[op::SET, style, 0, 0, 0])?;
        self.emit(&[0; BITS])?;
        let (items, first) = (self.here(), self.at);
        loop {
            let unterminated = |parser: &Self| parser.error("unterminated character set", start);
            if self.at > first && self.accept(b"]") {
                break;
            }
            let place = self.at;
            let Some(low) = self.member(start)? else {
                // A class begins no range.
                if crate::WHOLE && self.peek() == Some(b'-') && !matches!(self.pattern.get(self.at + 1), None | Some(b']')) {
                    self.at += 1;
                    self.member(start)?;
                    let range = utf8::checked(&self.pattern[place..self.at]).unwrap_or("");
                    return Err(self.failure(&[Part::Text("bad character range "), Part::Text(range)], place));
                }
                continue;
            };
            if self.peek() != Some(b'-') || self.pattern.get(self.at + 1) == Some(&b']') {
                self.range(low, low)?;
                continue;
            }
            self.at += 1;
            if self.at == self.pattern.len() {
                return Err(unterminated(self));
            }
            match self.member(start)? {
                Some(high) if high >= low => self.range(low, high)?,
                _ if crate::WHOLE => {
                    let range = utf8::checked(&self.pattern[place..self.at]).unwrap_or("");
                    return Err(self.failure(&[Part::Text("bad character range "), Part::Text(range)], place));
                }
                _ => return Err(self.error("bad character range", place)),
            }
        }
        let length = self.here() - items;
        self.set24(items - BITS - 3, length as u32);
        Ok((Width::ONE, Shape::Single))
    }

    fn range(&mut self, low: u32, high: u32) -> Outcome<()> {
        let (low, high) = (low.to_le_bytes(), high.to_le_bytes());
        self.emit(&[item::RANGE, low[0], low[1], low[2], high[0], high[1], high[2]])
    }

    /// A member of a set: a character, or a class, which is written at once.
    fn member(&mut self, start: usize) -> Outcome<Option<u32>> {
        let place = self.at;
        let Some(code) = self.next() else { return Err(self.error("unterminated character set", start)) };
        if code != u32::from(b'\\') {
            return Ok(Some(code));
        }
        match self.peek() {
            None => Err(self.error("unterminated character set", start)),
            Some(letter @ (b'd' | b'D' | b'w' | b'W' | b's' | b'S')) => {
                self.at += 1;
                let class = self.class_item();
                self.emit(&[class, letter])?;
                Ok(None)
            }
            Some(b'b') => {
                self.at += 1;
                Ok(Some(8))
            }
            Some(_) => self.escaped(place).map(Some),
        }
    }

    /// Behind `(`.
    fn group(&mut self, start: usize) -> Outcome<(Width, Shape)> {
        if !self.accept(b"?") {
            return self.capture(start, None);
        }
        let code = self.here();
        if self.accept(b":") {
            let width = self.enclosed(start)?;
            return Ok((width, Shape::Compound));
        }
        if self.accept(b"P<") {
            let name = self.name(b'>')?;
            return self.capture(start, Some(name));
        }
        if crate::WHOLE && let Some(done) = self.extension(start, code)? {
            return Ok(done);
        }
        self.inline_flags(start)
    }

    /// Behind `(?`, where it is none of the simple kinds.
    fn extension(&mut self, start: usize, code: usize) -> Outcome<Option<(Width, Shape)>> {
        if self.accept(b"P=") {
            let place = self.at;
            let name = self.name(b')')?;
            let group = self.group_named(name, place)?;
            return self.same(group, place).map(Some);
        }
        if self.accept(b"#") {
            return match self.pattern[self.at..].iter().position(|byte| *byte == b')') {
                Some(length) => {
                    self.at += length + 1;
                    Ok(Some((Width::NONE, Shape::Nothing)))
                }
                None => Err(self.error("missing ), unterminated comment", start)),
            };
        }
        if self.accept(b">") {
            let width = self.enclosed(start)?;
            self.enclose(code, look::ATOMIC, MANY)?;
            return Ok(Some((width, Shape::Compound)));
        }
        for (text, kind, behind) in
            [("=", look::POSITIVE, false), ("!", look::NEGATIVE, false), ("<=", look::POSITIVE, true), ("<!", look::NEGATIVE, true)]
        {
            if self.accept(text.as_bytes()) {
                return self.look(start, kind, behind).map(Some);
            }
        }
        if self.accept(b"(") {
            return self.conditional(start).map(Some);
        }
        Ok(None)
    }

    fn look(&mut self, start: usize, kind: u8, behind: bool) -> Outcome<(Width, Shape)> {
        let code = self.here();
        self.places = flag::PLACES;
        let width = self.enclosed(start)?;
        if behind && (width.min != width.max || width.max == MANY) {
            let message = [Part::Text("look-behind requires fixed-width pattern")];
            return Err(super::failure::raise(self.vm, &message, self.pattern, self.text, None));
        }
        self.enclose(code, kind, if behind { width.min } else { MANY })?;
        Ok((Width::NONE, Shape::Compound))
    }

    /// Alternatives up to the `)`.
    fn enclosed(&mut self, start: usize) -> Outcome<Width> {
        self.depth = self.depth.saturating_add(1);
        let width = self.alternatives()?;
        self.depth -= 1;
        if self.accept(b")") { Ok(width) } else { Err(self.error("missing ), unterminated subpattern", start)) }
    }

    fn capture(&mut self, start: usize, name: Option<&'v [u8]>) -> Outcome<(Width, Shape)> {
        let group = self.groups() + 1;
        if group > 0x7ff0 {
            return Err(self.vm.value_error("too many groups"));
        }
        self.closed.push(self.vm, &[0])?;
        if let Some(name) = name {
            let name = self.vm.new_str(utf8::checked(name).expect("a checked name"))?;
            let before = if crate::WHOLE { self.names.map.get(self.vm, name)?.and_then(Word::as_int) } else { None };
            if let Some(before) = before {
                let parts = [
                    Part::Text("redefinition of group name "),
                    Part::Repr(name),
                    Part::Text(" as group "),
                    Part::Int(group as isize),
                    Part::Text("; was group "),
                    Part::Int(before),
                ];
                let message = self.vm.message(&parts)?;
                return Err(self.failure(&[Part::Str(message)], start + 4));
            }
            if !self.names.map.insert(self.vm, name, Word::int(group as isize))? {
                return Err(self.failure(&[Part::Text("redefinition of group name "), Part::Repr(name)], start));
            }
        }
        let [low, high] = (2 * group as u16).to_le_bytes();
        self.emit(&[op::SAVE, low, high])?;
        let width = self.enclosed(start)?;
        let [low, high] = (2 * group as u16 + 1).to_le_bytes();
        self.emit(&[op::SAVE, low, high])?;
        self.closed.cells()[group - 1].set(1);
        Ok((width, Shape::Compound))
    }

    fn name(&mut self, end: u8) -> Outcome<&'v [u8]> {
        let place = self.at;
        let name = self.until(end)?;
        let valid = utf8::checked(name).is_some_and(|name| {
            if !crate::WHOLE {
                return true;
            }
            let letter = |character: char| character == '_' || unicode::is_alphabetic(character);
            name.starts_with(letter) && name.chars().all(|character| letter(character) || unicode::is_decimal(character))
        });
        if !valid {
            let name = utf8::checked(name).unwrap_or("?");
            return Err(self.failure(&[Part::Text("bad character in group name '"), Part::Text(name), Part::Text("'")], place));
        }
        Ok(name)
    }

    fn group_named(&self, name: &[u8], place: usize) -> Outcome<usize> {
        let word = self.vm.new_str(utf8::checked(name).expect("a checked name"))?;
        let group = self.names.map.get(self.vm, word)?.and_then(Word::as_int);
        group.map(|group| group as usize).ok_or_else(|| self.failure(&[Part::Text("unknown group name "), Part::Repr(word)], place))
    }

    /// Behind `(?(`.
    fn conditional(&mut self, start: usize) -> Outcome<(Width, Shape)> {
        let place = self.at;
        let group = match self.digits()? {
            Some(number) if self.accept(b")") => number as usize,
            _ => {
                self.at = place;
                let name = self.name(b')')?;
                self.group_named(name, place)?
            }
        };
        if group == 0 {
            return Err(self.error("bad group number", place));
        }
        if group > 0x7ff0 {
            return self.known(group, place).map(|()| (Width::NONE, Shape::Nothing));
        }
        if group > self.last.0 {
            self.last = (group, place);
        }
        let [low, high] = (group as u16).to_le_bytes();
        self.emit(&[op::IF, low, high, 0, 0, 0])?;
        let otherwise = self.here() - 3;
        let yes = self.sequence()?;
        let mut no = Width::NONE;
        if self.accept(b"|") {
            self.emit(&[op::JUMP, 0, 0, 0])?;
            let end = self.here() - 3;
            self.aim(otherwise, self.here());
            no = self.sequence()?;
            self.aim(end, self.here());
        } else {
            self.aim(otherwise, self.here());
        }
        if self.peek() == Some(b'|') {
            return Err(self.error("conditional backref with more than two branches", self.at));
        }
        if !self.accept(b")") {
            return Err(self.error("missing ), unterminated subpattern", start));
        }
        Ok((yes.or(no), Shape::Compound))
    }

    /// `(?i)` for all, `(?i:…)` and `(?-i:…)` for a part.
    fn inline_flags(&mut self, start: usize) -> Outcome<(Width, Shape)> {
        let (mut on, mut off, mut negative) = (0, 0, false);
        loop {
            let flag = match self.peek() {
                Some(b'i') => flag::IGNORECASE,
                Some(b'm') => flag::MULTILINE,
                Some(b's') => flag::DOTALL,
                Some(b'x') if crate::WHOLE => flag::VERBOSE,
                Some(b'a') if crate::WHOLE => flag::ASCII,
                Some(b'u') if crate::WHOLE && self.text => flag::UNICODE,
                Some(b'L') if crate::WHOLE && !self.text => flag::LOCALE,
                Some(b'-') if crate::WHOLE && !negative => {
                    negative = true;
                    self.at += 1;
                    continue;
                }
                Some(b')') if !negative && on != 0 => {
                    if self.depth != 0 || self.here() != HEADER {
                        return Err(self.error("global flags not at the start of the expression", start));
                    }
                    self.at += 1;
                    self.whole = combined(self.whole, on, 0);
                    self.flags = self.whole;
                    return Ok((Width::NONE, Shape::Nothing));
                }
                Some(b':') if crate::WHOLE && on | off != 0 => {
                    self.compatible(on, off)?;
                    self.at += 1;
                    let outer = self.flags;
                    self.flags = combined(outer, on, off);
                    let width = self.enclosed(start);
                    self.flags = outer;
                    return Ok((width?, Shape::Compound));
                }
                None if !crate::WHOLE => return Err(self.error("unexpected end of pattern", self.at)),
                Some(_) if !crate::WHOLE => return Err(self.error("unknown extension", start + 1)),
                other => return Err(self.no_flag(start, other, on | off, negative)),
            };
            self.at += 1;
            *(if negative { &mut off } else { &mut on }) |= flag;
        }
    }
}

impl Parser<'_> {
    /// Whether flags of a part can be set and unset together.
    fn compatible(&self, on: u16, off: u16) -> Outcome<()> {
        let kinds = flag::ASCII | flag::LOCALE | flag::UNICODE;
        let message = match () {
            () if off & kinds != 0 => "bad inline flags: cannot turn off flags 'a', 'u' and 'L'",
            () if (on & kinds).count_ones() > 1 => "bad inline flags: flags 'a', 'u' and 'L' are incompatible",
            () if on & off != 0 => "bad inline flags: flag turned on and off",
            () => return Ok(()),
        };
        Err(self.error(message, self.at))
    }

    /// What stands where a flag was expected, or nothing does.
    #[cold]
    fn no_flag(&self, start: usize, found: Option<u8>, known: u16, negative: bool) -> Raised {
        let open = self.at == start + 2;
        match found {
            None if open => self.error("unexpected end of pattern", self.at),
            Some(first @ (b'P' | b'<')) if open && self.at + 1 == self.pattern.len() => {
                debug_assert!(first != 0, "the pattern ends behind it");
                self.error("unexpected end of pattern", self.at + 1)
            }
            Some(first) if open => {
                let rest = utf8::checked(&self.pattern[self.at..]).unwrap_or("?");
                let length = rest.chars().take(if matches!(first, b'P' | b'<') { 2 } else { 1 }).map(char::len_utf8).sum();
                self.failure(&[Part::Text("unknown extension ?"), Part::Text(&rest[..length])], start + 1)
            }
            Some(b'u') if self.text => self.error("unknown flag", self.at),
            Some(b'u') => self.error("bad inline flags: cannot use 'u' flag with a bytes pattern", self.at + 1),
            Some(b'L') if self.text => self.error("bad inline flags: cannot use 'L' flag with a str pattern", self.at + 1),
            Some(letter) if letter.is_ascii_alphabetic() => self.error("unknown flag", self.at),
            _ if !negative => self.error("missing -, : or )", self.at),
            _ if self.pattern[self.at - 1] == b'-' => self.error("missing flag", self.at),
            _ => {
                debug_assert!(known != 0, "flags stand before");
                self.error("missing :", self.at)
            }
        }
    }
}

/// `flags` with some more, and without others; ASCII and Unicode exclude each other.
fn combined(flags: u16, on: u16, off: u16) -> u16 {
    let flags = (flags | on) & !off;
    if on & flag::ASCII != 0 {
        flags & !flag::UNICODE
    } else if on & flag::UNICODE != 0 {
        flags & !flag::ASCII
    } else {
        flags
    }
}
