//! Characters: what a backslash means, and sets.

use super::{Parser, Shape, Width};
use crate::modules::re::program::{BITS, MANY, at, flag, item, op};
use crate::object::str::surrogate;
use crate::object::str::utf8;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised};

impl Parser<'_> {
    /// Behind a backslash, outside of a set.
    pub(super) fn escape(&mut self, start: usize) -> Outcome<(Width, Shape)> {
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
    pub(super) fn known(&self, group: usize, place: usize) -> Outcome<()> {
        if group <= self.groups() {
            return Ok(());
        }
        Err(self.failure(&[Part::Text("invalid group reference "), Part::Int(group as isize)], place))
    }

    pub(super) fn same(&mut self, group: usize, place: usize) -> Outcome<(Width, Shape)> {
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
        match crate::modules::re::failure::character_named(self.vm, name) {
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
    pub(super) fn set(&mut self, start: usize) -> Outcome<(Width, Shape)> {
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
}
