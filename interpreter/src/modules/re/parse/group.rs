//! What stands in parentheses: groups, what looks ahead and back, conditions and flags.

use super::{Parser, Shape, Width};
use crate::modules::re::program::{HEADER, MANY, flag, look, op};
use crate::object::str::unicode;
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised};

impl<'v> Parser<'v> {
    /// Behind `(`.
    pub(super) fn group(&mut self, start: usize) -> Outcome<(Width, Shape)> {
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
            return Err(crate::modules::re::failure::raise(self.vm, &message, self.pattern, self.text, None));
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
                other => return Err(self.no_flag(start, other, negative)),
            };
            self.at += 1;
            *(if negative { &mut off } else { &mut on }) |= flag;
        }
    }

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
    fn no_flag(&self, start: usize, found: Option<u8>, negative: bool) -> Raised {
        let open = self.at == start + 2;
        match found {
            None if open => self.error("unexpected end of pattern", self.at),
            Some(b'P' | b'<') if open && self.at + 1 == self.pattern.len() => self.error("unexpected end of pattern", self.at + 1),
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
            _ => self.error("missing :", self.at),
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
