//! The machine that matches: backtracking, with its stack in Python's heap.
//!
//! Every change of a slot is noted on the stack, so going back undoes it. An entry is three words: what it is and where the
//! program goes on, and two numbers.

use super::gate::kind;
use super::program::{
    GATE, HEADER, LOOP, MANY, REPEAT, SET, SPLIT, WHOLE_GATE, at, flag, has_bit, item, length, look, mode, op, operand16, operand24, target,
};
use crate::object::handle::Words;
use crate::object::str::{find as find_bytes, unicode};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm, quick};
use core::cell::Cell;

/// Where a match must lie.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Anywhere: the first place counts.
    None,
    /// At the beginning.
    Start,
    /// From the beginning to the end.
    Both,
}

/// What is matched against.
#[derive(Clone, Copy)]
pub(super) struct Input<'v> {
    pub(super) bytes: &'v [u8],
    /// Whether a character is a code point.
    pub(super) text: bool,
    /// Where the subject is taken to end.
    pub(super) end: usize,
}

/// The kinds of stack entries.
mod entry {
    /// (position, –): another way.
    pub(super) const CHOICE: usize = 0;
    /// (slot, old value).
    pub(super) const RESTORE: usize = 1;
    /// (position, –): the beginning of a look.
    pub(super) const BARRIER: usize = 2;
    /// (position, least position): a repetition that can do with one less. The program's place is the `REPEAT`.
    pub(super) const GREEDY: usize = 3;
    /// (position, how many more): a repetition that can do one more.
    pub(super) const LAZY: usize = 4;
}

const WIDTH: usize = 3;

/// How many steps pass between two looks for Ctrl-C.
const PATIENCE: u32 = 4096;

/// How many slots, and how many numbers of the stack, lie in the machine itself. Most matches need no more, and so no memory.
const SLOTS: usize = if crate::WHOLE { 32 } else { 0 };
const STACK: usize = if crate::WHOLE { 24 * WIDTH } else { 0 };

/// Numbers, the first `N` of which need no memory.
struct Numbers<const N: usize> {
    own: [Cell<isize>; N],
    /// All of them, once there are more.
    words: Words,
}

impl<const N: usize> Numbers<N> {
    const EMPTY: Numbers<N> = Numbers { own: [const { Cell::new(0) }; N], words: Words::EMPTY };

    #[inline(always)]
    fn capacity(&self) -> usize {
        self.words.capacity().max(N)
    }

    #[inline(always)]
    fn get(&self, index: usize) -> isize {
        if N > 0 && self.words.capacity() == 0 { self.own[index].get() } else { self.words.get(index).int_value() }
    }

    #[inline(always)]
    fn set(&self, index: usize, number: isize) {
        if N > 0 && self.words.capacity() == 0 { self.own[index].set(number) } else { self.words.set(index, Word::int(number)) }
    }

    /// Makes room for `count`; with 0, gives the memory back.
    fn resize(&self, vm: &Vm, count: usize) -> Outcome<()> {
        let moves = self.words.capacity() == 0;
        if count <= N && moves {
            return Ok(());
        }
        vm.resize_words(&self.words, count)?;
        if moves {
            self.own.iter().enumerate().for_each(|(index, number)| self.words.set(index, Word::int(number.get())));
        }
        Ok(())
    }
}

/// One subject and one program.
pub(super) struct Machine<'v> {
    vm: &'v Vm,
    code: &'v [u8],
    input: Input<'v>,
    /// Bounds of groups (group 0 included), then the slots of loops and looks. −1: nothing.
    slots: Numbers<SLOTS>,
    stack: Numbers<STACK>,
    height: usize,
    steps: u32,
    /// Slots of groups.
    captures: usize,
    whole: bool,
    /// Where an empty match does not count.
    refused: Option<usize>,
}

/// The character at `at` and how many bytes it takes.
pub(super) fn decode(bytes: &[u8], at: usize, text: bool) -> Option<(u32, usize)> {
    let first = u32::from(*bytes.get(at)?);
    if !text || first < 0x80 {
        return Some((first, 1));
    }
    let (width, bits) = match first {
        0xf0.. => (4, first & 7),
        0xe0.. => (3, first & 15),
        _ => (2, first & 31),
    };
    let rest = bytes.get(at + 1..at + width)?;
    Some((rest.iter().fold(bits, |code, byte| code << 6 | u32::from(byte & 63)), width))
}

/// The lower case of a character, if that is one character. On hosts of its upper case, so that the two small sigmas are one.
pub(super) fn fold(code: u32, text: bool) -> u32 {
    let code = if crate::WHOLE && code >= 0x80 { raise_case(code, text) } else { code };
    change_case(code, text, u8::to_ascii_lowercase, unicode::lower)
}

/// The upper case of a character, if that is one character.
pub(super) fn raise_case(code: u32, text: bool) -> u32 {
    change_case(code, text, u8::to_ascii_uppercase, unicode::upper)
}

fn change_case(code: u32, text: bool, ascii: fn(&u8) -> u8, full: fn(char, &mut dyn FnMut(char))) -> u32 {
    if code < 0x80 {
        return u32::from(ascii(&(code as u8)));
    }
    let Some(character) = char::from_u32(code).filter(|_| text) else { return code };
    let (mut count, mut other) = (0, character);
    full(character, &mut |character| {
        count += 1;
        other = character;
    });
    if count == 1 { other as u32 } else { code }
}

/// Whether a character belongs to the class of `letter` (`d`, `w`, `s`; capitals mean all others).
pub(super) fn in_class(letter: u8, code: u32, ascii: bool) -> bool {
    let small = u8::try_from(code).ok().filter(u8::is_ascii);
    let character = char::from_u32(code).filter(|_| !ascii);
    let found = match letter.to_ascii_lowercase() {
        b'd' => small.map_or_else(|| character.is_some_and(unicode::is_decimal), |byte| byte.is_ascii_digit()),
        b'w' => {
            let other = || character.is_some_and(|character| unicode::is_alphabetic(character) || unicode::is_numeric(character));
            small.map_or_else(other, |byte| byte.is_ascii_alphanumeric() || byte == b'_')
        }
        _ => match small {
            Some(byte) => matches!(byte, b' ' | 9..=13) || !ascii && matches!(byte, 0x1c..=0x1f),
            None => character.is_some_and(unicode::is_space),
        },
    };
    found != letter.is_ascii_uppercase()
}

impl<'v> Machine<'v> {
    /// A machine for a program; `refused` is where an empty match does not count.
    pub(super) fn new(vm: &'v Vm, code: &'v [u8], input: Input<'v>, anchor: Anchor) -> Outcome<Machine<'v>> {
        let captures = 2 * (operand16(code, 0) + 1);
        let machine = Machine {
            vm: vm.here(),
            code,
            input,
            slots: Numbers::EMPTY,
            stack: Numbers::EMPTY,
            height: 0,
            steps: 0,
            captures,
            whole: anchor == Anchor::Both,
            refused: None,
        };
        let count = captures + operand16(code, 2);
        machine.slots.resize(vm, count)?;
        (0..count).for_each(|slot| machine.slots.set(slot, -1));
        Ok(machine)
    }

    /// Gives the memory back at once.
    pub(super) fn end(&self) -> Outcome<()> {
        self.stack.resize(self.vm, 0)?;
        self.slots.resize(self.vm, 0)
    }

    /// Number of slots that are bounds of groups.
    pub(super) fn captures(&self) -> usize {
        self.captures
    }

    /// A bound of a group after a match; −1 without.
    pub(super) fn bound(&self, slot: usize) -> isize {
        self.slot(slot)
    }

    /// Looks for a match from `from` on. An empty match at `refused` does not count.
    pub(super) fn find(&mut self, from: usize, refused: Option<usize>, anchor: Anchor) -> Outcome<bool> {
        self.refused = refused;
        if from > self.input.end {
            return Ok(false);
        }
        let mut start = from;
        loop {
            if anchor == Anchor::None {
                let Some(found) = self.candidate(start) else { return Ok(false) };
                start = found;
            }
            (0..self.captures).for_each(|slot| self.slots.set(slot, -1));
            if let Some(end) = self.run(start)? {
                self.slots.set(0, start as isize);
                self.slots.set(1, end as isize);
                return Ok(true);
            }
            if anchor != Anchor::None || start >= self.input.end {
                return Ok(false);
            }
            start += self.character(start).map_or(1, |(_, width)| width);
        }
    }

    /// The first place from `start` on where a match may begin.
    fn candidate(&self, start: usize) -> Option<usize> {
        let mut pc = HEADER;
        while self.code[pc] == op::SAVE {
            pc += 3;
        }
        let rest = &self.input.bytes[start..self.input.end];
        if crate::WHOLE {
            if start > 0 && self.code[pc..].starts_with(&[op::AT, at::START]) {
                return None;
            }
            if self.code[WHOLE_GATE] == kind::ONE {
                let mut prefix = [0; 16];
                let length = self.prefix(pc, &mut prefix);
                let found = match length {
                    0 | 1 => quick::position(rest, self.code[WHOLE_GATE + 1])?,
                    _ => find_bytes(rest, &prefix[..length])?,
                };
                return Some(start + found);
            }
            return self.next_open(WHOLE_GATE, start);
        }
        if self.code[pc] != op::CHAR {
            return Some(start);
        }
        let code = operand24(self.code, pc + 1);
        let Some(byte) = u8::try_from(code).ok().filter(|byte| byte.is_ascii() || !self.input.text) else { return Some(start) };
        rest.iter().position(|other| *other == byte).map(|found| start + found)
    }

    /// The bytes that every match begins with, as far as they are single characters of one byte.
    fn prefix(&self, mut pc: usize, into: &mut [u8; 16]) -> usize {
        for (count, place) in into.iter_mut().enumerate() {
            if self.code[pc] != op::CHAR {
                return count;
            }
            match u8::try_from(operand24(self.code, pc + 1)) {
                Ok(byte) if byte.is_ascii() || !self.input.text => *place = byte,
                _ => return count,
            }
            pc += 4;
        }
        into.len()
    }

    /// Whether a gate lets pass what is at `at`.
    #[inline(always)]
    fn passes(&self, gate: usize, at: usize) -> bool {
        !crate::WHOLE
            || self.code[gate] == kind::OPEN
            || at < self.input.end && has_bit(&self.code[gate + 2..gate + GATE], self.input.bytes[at])
    }

    /// The first place from `at` on that a gate lets pass.
    fn next_open(&self, gate: usize, at: usize) -> Option<usize> {
        if self.code[gate] == kind::OPEN {
            return Some(at);
        }
        let bits = &self.code[gate + 2..gate + GATE];
        let found = self.input.bytes[at..self.input.end].iter().position(|byte| has_bit(bits, *byte));
        found.map(|found| at + found)
    }

    /// The last place from `least` to `at` that a gate lets pass.
    fn last_open(&self, gate: usize, at: usize, least: usize) -> Option<usize> {
        let code = self.code;
        if code[gate] == kind::OPEN {
            return Some(at);
        }
        let within = &self.input.bytes[least..self.input.end.min(at + 1)];
        let found = if code[gate] == kind::ONE {
            within.iter().rposition(|byte| *byte == code[gate + 1])
        } else {
            let bits = &code[gate + 2..gate + GATE];
            within.iter().rposition(|byte| has_bit(bits, *byte))
        };
        found.map(|found| least + found)
    }

    fn slot(&self, slot: usize) -> isize {
        self.slots.get(slot)
    }

    /// The slot of a loop or look whose operand is at `at`.
    fn extra(&self, at: usize) -> usize {
        self.captures + operand16(self.code, at)
    }

    fn character(&self, at: usize) -> Option<(u32, usize)> {
        if at < self.input.end { decode(self.input.bytes, at, self.input.text) } else { None }
    }

    /// The position one character before `at`, which is not 0.
    fn before(&self, at: usize) -> usize {
        let mut at = at - 1;
        while self.input.text && self.input.bytes[at] & 0xc0 == 0x80 {
            at -= 1;
        }
        at
    }

    fn push(&mut self, kind: usize, pc: usize, a: usize, b: isize) -> Outcome<()> {
        let base = self.height * WIDTH;
        if base + WIDTH > self.stack.capacity() {
            self.stack.resize(self.vm, (2 * self.stack.capacity()).max(16 * WIDTH))?;
        }
        self.stack.set(base, (pc << 3 | kind) as isize);
        self.stack.set(base + 1, a as isize);
        self.stack.set(base + 2, b);
        self.height += 1;
        Ok(())
    }

    fn entry(&self, index: usize) -> (usize, usize, usize, isize) {
        let number = |field: usize| self.stack.get(index * WIDTH + field);
        let head = number(0) as usize;
        (head & 7, head >> 3, number(1) as usize, number(2))
    }

    fn set(&mut self, slot: usize, value: isize) -> Outcome<()> {
        // Without a choice before it nothing is gone back to.
        if self.height > 0 {
            self.push(entry::RESTORE, 0, slot, self.slot(slot))?;
        }
        self.slots.set(slot, value);
        Ok(())
    }

    /// Runs from `start`; the end of the match, or nothing.
    fn run(&mut self, start: usize) -> Outcome<Option<usize>> {
        let (mut pc, mut at) = (HEADER, start);
        self.height = 0;
        loop {
            self.steps += 1;
            if self.steps.is_multiple_of(PATIENCE) {
                self.vm.poll()?;
            }
            if self.code[pc] == op::MATCH {
                let refused = self.refused == Some(at) && at == start;
                if !refused && (!self.whole || at == self.input.end) {
                    return Ok(Some(at));
                }
            }
            match self.step(pc, at)?.map_or_else(|| self.back(), |next| Ok(Some(next)))? {
                Some(next) => (pc, at) = next,
                None => return Ok(None),
            }
        }
    }

    /// Executes one instruction: where it goes on, or nothing when it fails.
    fn step(&mut self, pc: usize, at: usize) -> Outcome<Option<(usize, usize)>> {
        let code = self.code;
        Ok(match code[pc] {
            op::CHAR | op::FOLDED | op::ANY | op::ALL | op::SET => {
                self.single(pc, at).map(|width| (pc + length(code, pc), at + width))
            }
            op::SPLIT => {
                let (here, there) = ((pc + SPLIT, pc + 4), (target(code, pc + 1), pc + 4 + GATE));
                Some((self.fork(here, there, at)?, at))
            }
            op::SPLIT_LAZY => {
                let (here, there) = ((pc + SPLIT, pc + 4), (target(code, pc + 1), pc + 4 + GATE));
                Some((self.fork(there, here, at)?, at))
            }
            op::JUMP => Some((target(code, pc + 1), at)),
            op::SAVE => {
                self.set(operand16(code, pc + 1), at as isize)?;
                Some((pc + 3, at))
            }
            op::AT => self.is_at(code[pc + 1], at).then_some((pc + 2, at)),
            op::SAME if crate::WHOLE => self.same(pc, at).map(|at| (pc + 4, at)),
            op::REPEAT => self.repeat(pc, at)?,
            op::BEGIN => {
                let slot = self.extra(pc + 1);
                self.set(slot, 0)?;
                self.set(slot + 1, -1)?;
                Some((pc + 3, at))
            }
            op::LOOP => Some((self.decide(pc, at)?, at)),
            op::STEP => {
                let slot = self.extra(pc + 1);
                self.set(slot, self.slot(slot) + 1)?;
                self.set(slot + 1, at as isize)?;
                Some((pc + 3, at))
            }
            op::LOOK if crate::WHOLE => self.look(pc, at)?,
            op::LOOKED if crate::WHOLE => self.looked(pc, at),
            op::IF if crate::WHOLE => {
                let matched = self.slot(2 * operand16(code, pc + 1) + 1) >= 0;
                Some((if matched { pc + 6 } else { target(code, pc + 3) }, at))
            }
            _ => None,
        })
    }

    /// Of two ways, each with its gate, the one to go now; the other one is noted if it may lead anywhere.
    fn fork(&mut self, first: (usize, usize), second: (usize, usize), at: usize) -> Outcome<usize> {
        if !self.passes(first.1, at) {
            return Ok(second.0);
        }
        if self.passes(second.1, at) {
            self.push(entry::CHOICE, second.0, at, 0)?;
        }
        Ok(first.0)
    }

    /// Goes back to the last choice.
    fn back(&mut self) -> Outcome<Option<(usize, usize)>> {
        while self.height > 0 {
            self.height -= 1;
            let (kind, pc, a, b) = self.entry(self.height);
            let next = match kind {
                entry::CHOICE => Some((pc, a)),
                entry::RESTORE => {
                    self.slots.set(a, b);
                    None
                }
                entry::GREEDY if a > b as usize => self.fewer(pc, self.before(a), b as usize)?,
                entry::LAZY => self.one_more(pc, a, b)?,
                _ => None,
            };
            if next.is_some() {
                return Ok(next);
            }
        }
        Ok(None)
    }

    /// Goes on behind a repetition at `at`, or before that, but not before `least`; what is left is noted.
    fn fewer(&mut self, pc: usize, at: usize, least: usize) -> Outcome<Option<(usize, usize)>> {
        let (code, atom) = (self.code, pc + REPEAT);
        let next = atom + length(code, atom);
        let found = if crate::WHOLE { self.last_open(pc + 8, at, least) } else { Some(self.back_off(next, at, least)) };
        let Some(at) = found else { return Ok(None) };
        if at > least {
            self.push(entry::GREEDY, pc, at, least as isize)?;
        }
        Ok(Some((next, at)))
    }

    /// As many less as it takes to come to the character that must follow.
    fn back_off(&self, next: usize, mut at: usize, least: usize) -> usize {
        if self.code[next] == op::CHAR {
            while at > least && self.single(next, at).is_none() {
                at = self.before(at);
            }
        }
        at
    }

    /// One turn more of a lazy repetition, or as many as it takes to come to what may follow.
    fn one_more(&mut self, pc: usize, mut at: usize, mut left: isize) -> Outcome<Option<(usize, usize)>> {
        let atom = pc + REPEAT;
        while left > 0 {
            let Some(width) = self.single(atom, at) else { break };
            at += width;
            left -= isize::from(left as u32 != MANY);
            if self.passes(pc + 8, at) {
                self.push(entry::LAZY, pc, at, left)?;
                return Ok(Some((atom + length(self.code, atom), at)));
            }
        }
        Ok(None)
    }

    /// The end of up to `max` characters from `at` on that the instruction at `atom` matches.
    fn many(&self, atom: usize, mut at: usize, max: u32) -> usize {
        let Input { bytes, text, end } = self.input;
        if crate::WHOLE && max == MANY {
            let rest = &bytes[at..end];
            match self.code[atom] {
                op::ANY => return quick::position(rest, b'\n').map_or(end, |found| at + found),
                op::ALL => return end,
                op::SET => {
                    let bits = &self.code[atom + 5..atom + SET];
                    loop {
                        // Of text a bit says no more than that a character beyond ASCII is possible.
                        let others = bytes[at..end].iter().position(|byte| !has_bit(bits, *byte) || text && *byte >= 0x80);
                        at = others.map_or(end, |found| at + found);
                        if at == end || !text || bytes[at] < 0x80 {
                            return at;
                        }
                        let Some(width) = self.single(atom, at) else { return at };
                        at += width;
                    }
                }
                _ => {}
            }
        }
        let mut count = 0;
        while count < max {
            let Some(width) = self.single(atom, at) else { break };
            at += width;
            count += u32::from(max != MANY);
        }
        at
    }

    /// The width of the character at `at`, if the instruction matches it.
    #[inline]
    fn single(&self, pc: usize, at: usize) -> Option<usize> {
        let (character, width) = self.character(at)?;
        // Whether the character has another case.
        let text = self.input.text && !(crate::WHOLE && character >= 0x80 && self.is_ascii());
        let found = match self.code[pc] {
            op::CHAR => character == operand24(self.code, pc + 1),
            op::FOLDED => {
                let wanted = operand24(self.code, pc + 1);
                fold(character, text) == wanted || fold(raise_case(character, text), text) == wanted
            }
            op::ANY => character != 10,
            op::ALL => true,
            _ => {
                let style = self.code[pc + 1];
                if crate::WHOLE {
                    let possible = has_bit(&self.code[pc + 5..pc + SET], self.input.bytes[at]);
                    if !possible || !self.input.text || character < 0x80 {
                        return possible.then_some(width);
                    }
                }
                let items = &self.code[pc + SET..pc + length(self.code, pc)];
                let cased = style & 2 != 0;
                let within = in_set(items, character)
                    || cased && (in_set(items, fold(character, text)) || in_set(items, raise_case(character, text)));
                within != (style & 1 != 0)
            }
        };
        found.then_some(width)
    }

    /// Whether case is ASCII's alone.
    fn is_ascii(&self) -> bool {
        flags(self.code) & flag::ASCII != 0
    }

    fn is_at(&self, what: u8, at: usize) -> bool {
        let Input { bytes, end, .. } = self.input;
        match what {
            at::START => at == 0,
            at::LINE_START => at == 0 || bytes[at - 1] == b'\n',
            at::END => at == end || at + 1 == end && bytes[at] == b'\n',
            at::LINE_END => at == end || bytes[at] == b'\n',
            at::VERY_END => at == end,
            // An empty text has no places between or at words.
            _ if end == 0 => false,
            _ => {
                let ascii = what & at::ASCII != 0;
                let is_word = |character: Option<(u32, usize)>| character.is_some_and(|(code, _)| in_class(b'w', code, ascii));
                let before = at > 0 && is_word(self.character(self.before(at)));
                let differs = before != is_word(self.character(at));
                differs == (what & !at::ASCII == at::WORD)
            }
        }
    }

    /// The end of what a group matched, found again at `at`.
    fn same(&self, pc: usize, at: usize) -> Option<usize> {
        let group = operand16(self.code, pc + 2);
        let (start, end) = (self.slot(2 * group), self.slot(2 * group + 1));
        if start < 0 || end < start {
            return None;
        }
        let wanted = &self.input.bytes[start as usize..end as usize];
        if self.code[pc + 1] == 0 {
            return self.input.bytes[at..self.input.end].starts_with(wanted).then_some(at + wanted.len());
        }
        let (text, mut from, mut at) = (self.input.text, 0, at);
        while let Some((character, width)) = decode(wanted, from, text) {
            let (other, step) = self.character(at)?;
            if fold(character, text) != fold(other, text) {
                return None;
            }
            from += width;
            at += step;
        }
        Some(at)
    }

    fn repeat(&mut self, pc: usize, at: usize) -> Outcome<Option<(usize, usize)>> {
        let (min, max) = (operand24(self.code, pc + 1), operand24(self.code, pc + 4));
        let (style, atom) = (self.code[pc + 7], pc + REPEAT);
        let next = atom + length(self.code, atom);
        let (mut count, mut at) = (0, at);
        while count < min {
            let Some(width) = self.single(atom, at) else { return Ok(None) };
            at += width;
            count += 1;
        }
        let (least, left) = (at, if max == MANY { MANY } else { max - min });
        if style == mode::LAZY {
            if !self.passes(pc + 8, at) {
                return self.one_more(pc, at, left as isize);
            }
            self.push(entry::LAZY, pc, at, left as isize)?;
            return Ok(Some((next, at)));
        }
        at = self.many(atom, at, left);
        if style == mode::GREEDY && at > least { self.fewer(pc, at, least) } else { Ok(Some((next, at))) }
    }

    /// Whether a loop goes round once more.
    fn decide(&mut self, pc: usize, at: usize) -> Outcome<usize> {
        let slot = self.extra(pc + 1);
        let (min, max) = (operand24(self.code, pc + 3), operand24(self.code, pc + 6));
        let (count, last) = (self.slot(slot) as usize, self.slot(slot + 1));
        let (body, exit) = ((pc + LOOP, pc + 13), (target(self.code, pc + 10), pc + 13 + GATE));
        if count < min as usize {
            return Ok(body.0);
        }
        // A turn that matched nothing would go on for ever.
        if max != MANY && count >= max as usize || last == at as isize {
            return Ok(exit.0);
        }
        let (first, second) = if self.code[pc + 9] == mode::LAZY { (exit, body) } else { (body, exit) };
        self.fork(first, second, at)
    }

    fn look(&mut self, pc: usize, at: usize) -> Outcome<Option<(usize, usize)>> {
        let kind = self.code[pc + 3];
        let skip = target(self.code, pc + 7);
        let back = operand24(self.code, pc + 4);
        let steps = if back == MANY { 0 } else { back };
        // A character is at least a byte.
        let mut from = Some(at).filter(|at| *at >= steps as usize);
        if from.is_some() {
            for _ in 0..steps {
                from = from.filter(|from| *from > 0).map(|from| self.before(from));
            }
        }
        let Some(from) = from else { return Ok((kind == look::NEGATIVE).then_some((skip, at))) };
        let slot = self.extra(pc + 1);
        self.slots.set(slot, self.height as isize);
        self.push(if kind == look::NEGATIVE { entry::CHOICE } else { entry::BARRIER }, skip, at, 0)?;
        Ok(Some((pc + 10, from)))
    }

    /// What was looked for is there: forgets the ways back within.
    fn looked(&mut self, pc: usize, at: usize) -> Option<(usize, usize)> {
        let bottom = self.slot(self.extra(pc + 1)) as usize;
        let kind = self.code[pc + 3];
        if kind == look::NEGATIVE {
            while self.height > bottom {
                self.height -= 1;
                let (kind, _, slot, old) = self.entry(self.height);
                if kind == entry::RESTORE {
                    self.slots.set(slot, old);
                }
            }
            return None;
        }
        let (_, _, origin, _) = self.entry(bottom);
        let mut kept = bottom;
        for index in bottom..self.height {
            if self.entry(index).0 == entry::RESTORE {
                (0..WIDTH).for_each(|field| self.stack.set(kept * WIDTH + field, self.stack.get(index * WIDTH + field)));
                kept += 1;
            }
        }
        self.height = kept;
        Some((pc + 4, if kind == look::ATOMIC { at } else { origin }))
    }
}

fn in_set(mut items: &[u8], character: u32) -> bool {
    while let Some((&kind, rest)) = items.split_first() {
        let (found, length) = match kind {
            item::RANGE => ((operand24(rest, 0)..=operand24(rest, 3)).contains(&character), 6),
            _ => (in_class(rest[0], character, kind == item::ASCII_CLASS), 1),
        };
        if found {
            return true;
        }
        items = &rest[length..];
    }
    false
}

/// Whether a program's flags say that its subject is text or bytes: patterns of text have `UNICODE` or `ASCII`.
pub(super) fn flags(code: &[u8]) -> u16 {
    let flags = operand16(code, 4) as u16;
    debug_assert!(flags & flag::LOCALE == 0 || flags & flag::UNICODE == 0);
    flags
}
