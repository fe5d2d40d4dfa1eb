//! `loads` and `load`: the value of a text, by one function for each kind of value.
//!
//! Errors say what was expected and where, in CPython's words. Boards let a control character within a string through, as
//! MicroPython does.

use crate::modules::frozen;
use crate::object::dict::Dict;
use crate::object::exception::{UNICODE_ERROR, VALUE_ERROR};
use crate::object::handle::{Args, Handle};
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::object::{float, number};
use crate::vfs::any;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};

pub(super) fn load(vm: &Vm, args: Args) -> Outcome {
    let text = match vm.find_attribute(args.at(0), name!(read))?.set() {
        Some(method) => vm.call(method, &[])?,
        None => whole(vm, args.at(0))?,
    };
    read(vm, text, args)
}

/// Everything in a stream written in Python that has `readinto` alone, a byte at a time as the reference asks for it.
fn whole(vm: &Vm, stream: Word) -> Outcome {
    let mut builder = Builder::new();
    let mut byte = [0];
    while any::read(vm, stream, &mut byte)? > 0 {
        builder.push(vm, &byte)?;
    }
    builder.finish_bytes(vm)
}

pub(super) fn loads(vm: &Vm, args: Args) -> Outcome {
    read(vm, args.at(0), args)
}

fn read(vm: &Vm, source: Word, args: Args) -> Outcome {
    let (strict, parse_constant) = further(vm, args)?;
    let bytes = vm.bytes_of(source)?;
    let text = match core::str::from_utf8(bytes) {
        Ok(text) if !crate::WHOLE || vm.as_text(source).is_some() || !text.contains('\0') => text,
        Err(_) if !crate::WHOLE => return Err(vm.raise(&UNICODE_ERROR, &[])),
        _ => {
            // Of another encoding, which Python finds out.
            let decoded = match frozen::continued(vm, name!(json), vm.intern("_text")?)?.set() {
                Some(decode) => vm.call(decode, &[source])?,
                None => Word::NONE,
            };
            return if vm.as_text(decoded).is_some() { read(vm, decoded, args) } else { Err(vm.raise(&UNICODE_ERROR, &[])) };
        }
    };
    let mut reader = Reader {
        vm: vm.here(),
        source,
        text,
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        object_hook: args.given(name!(object_hook)),
        pairs_hook: args.given(name!(object_pairs_hook)),
        parse_int: args.given(name!(parse_int)),
        parse_float: args.given(name!(parse_float)),
        parse_constant,
        strict,
    };
    let value = reader.value()?;
    reader.skip_space();
    if reader.at < text.len() { Err(reader.error("Extra data", reader.at)) } else { Ok(value) }
}

struct Reader<'v> {
    vm: &'v Vm,
    source: Word,
    text: &'v str,
    at: usize,
    object_hook: Option<Word>,
    pairs_hook: Option<Word>,
    parse_int: Option<Word>,
    parse_float: Option<Word>,
    parse_constant: Option<Word>,
    /// Whether a control character within a string is an error.
    strict: bool,
}

/// What the keyword arguments that only hosts know say, `strict` and `parse_constant`; all others are checked.
fn further(vm: &Vm, args: Args) -> Outcome<(bool, Option<Word>)> {
    const KNOWN: &[Name] = &[name!(object_hook), name!(object_pairs_hook), name!(parse_int), name!(parse_float)];
    let (mut strict, mut constant, mut known) = (crate::WHOLE, None, 0);
    for (name, value) in args.keywords() {
        match vm.as_text(name) {
            Some("strict") if crate::WHOLE => strict = vm.truth(value)?,
            Some("parse_constant") if crate::WHOLE => constant = Some(value).filter(|value| *value != Word::NONE),
            _ if name.as_name().is_some_and(|name| KNOWN.contains(&name)) => {}
            _ => continue,
        }
        known += 1;
    }
    if known != args.keyword_count() {
        vm.only_keywords(args, KNOWN)?;
    }
    Ok((strict, constant))
}

impl<'v> Reader<'v> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// Passes over spaces and then over `byte`, if that is there.
    fn accept(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == byte;
        self.at += usize::from(found);
        found
    }

    #[cold]
    fn error(&self, message: &str, at: usize) -> Raised {
        // A text that ends within a character cannot be: `at` lies at a boundary, or behind a byte that is none.
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        let characters = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as isize;
        if crate::WHOLE
            && let Some(error) = self.detailed(message, characters(before))
        {
            return error;
        }
        let line = before.iter().filter(|byte| **byte == b'\n').count() as isize + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        let parts = [
            Part::Text(message),
            Part::Text(": line "),
            Part::Int(line),
            Part::Text(" column "),
            Part::Int(characters(&before[start..]) + 1),
            Part::Text(" (char "),
            Part::Int(characters(before)),
            Part::Text(")"),
        ];
        self.vm.raise(&VALUE_ERROR, &parts)
    }

    /// The error of hosts, which knows its parts and is written in Python; `None` where that is not there.
    fn detailed(&self, message: &str, at: isize) -> Option<Raised> {
        let made = || {
            let module = self.vm.import_frozen(self.vm.intern("_json")?)?;
            let make = self.vm.attribute(module, self.vm.intern("_error")?)?;
            self.vm.call(make, &[self.vm.new_str(message)?, self.source, Word::int(at)])
        };
        match made() {
            Ok(error) => Some(self.vm.raise_word(error)),
            Err(raised) => {
                self.vm.take_raised(raised);
                None
            }
        }
    }

    fn value(&mut self) -> Outcome {
        self.vm.check_stack()?;
        self.skip_space();
        match self.peek() {
            b'"' => self.string(),
            b'{' => self.object(),
            b'[' => self.array(),
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Outcome {
        for (word, value) in [("null", Word::NONE), ("true", Word::TRUE), ("false", Word::FALSE)] {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        for (word, value) in [("NaN", float::Real::NAN), ("Infinity", float::Real::INFINITY)] {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return self.constant(word, value);
            }
        }
        Err(self.error("Expecting value", self.at))
    }

    /// A number that is none of JSON's, or what the program makes of it.
    fn constant(&self, word: &str, value: float::Real) -> Outcome {
        match self.parse_constant {
            Some(parse) if crate::WHOLE => self.vm.call(parse, &[self.vm.new_str(word)?]),
            _ => self.vm.new_float(value),
        }
    }

    fn array(&mut self) -> Outcome {
        let list = self.vm.new_list_with_capacity(0)?;
        self.at += 1;
        if self.accept(b']') {
            return Ok(list.word());
        }
        loop {
            let value = self.value()?;
            list.push(self.vm, value)?;
            if self.accept(b']') {
                return Ok(list.word());
            }
            if !self.accept(b',') {
                return Err(self.error("Expecting ',' delimiter", self.at));
            }
        }
    }

    fn object(&mut self) -> Outcome {
        let dict = self.vm.new_dict()?;
        let pairs = match self.pairs_hook {
            Some(_) => Some(self.vm.new_list_with_capacity(0)?),
            None => None,
        };
        self.at += 1;
        if !self.accept(b'}') {
            loop {
                let (key, value) = self.entry()?;
                match pairs {
                    Some(list) => list.push(self.vm, self.vm.new_tuple(&[key, value])?)?,
                    None => dict.map.insert(self.vm, key, value).map(|_| ())?,
                }
                if self.accept(b'}') {
                    break;
                }
                if !self.accept(b',') {
                    return Err(self.error("Expecting ',' delimiter", self.at));
                }
            }
        }
        match (self.pairs_hook, pairs) {
            (Some(hook), Some(list)) => self.vm.call(hook, &[list.word()]),
            _ => self.hooked(dict),
        }
    }

    fn hooked(&self, dict: Handle<Dict>) -> Outcome {
        self.object_hook.map_or(Ok(dict.word()), |hook| self.vm.call(hook, &[dict.word()]))
    }

    fn entry(&mut self) -> Outcome<(Word, Word)> {
        self.skip_space();
        if self.peek() != b'"' {
            return Err(self.error("Expecting property name enclosed in double quotes", self.at));
        }
        let key = self.string()?;
        if !self.accept(b':') {
            return Err(self.error("Expecting ':' delimiter", self.at));
        }
        Ok((key, self.value()?))
    }

    /// The text of a number, by the grammar of JSON.
    fn number(&mut self) -> Outcome {
        let start = self.at;
        if self.peek() == b'-' {
            self.at += 1;
            if self.text[self.at..].starts_with("Infinity") {
                self.at += "Infinity".len();
                return self.constant("-Infinity", float::Real::NEG_INFINITY);
            }
        }
        if self.peek() == b'0' {
            self.at += 1;
        } else if self.digits() == 0 {
            return Err(self.error("Expecting value", start));
        }
        let end = self.at;
        if self.peek() == b'.' {
            self.at += 1;
            if self.digits() == 0 {
                self.at = end;
            }
        }
        self.exponent();
        let text = &self.text[start..self.at];
        let whole = self.at == end;
        match if whole { self.parse_int } else { self.parse_float } {
            Some(parse) => self.vm.call(parse, &[self.vm.new_str(text)?]),
            None if whole => number::parse_int(self.vm, text, 10),
            None => number::parse_float(self.vm, text),
        }
    }

    fn exponent(&mut self) {
        let before = self.at;
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            if self.digits() == 0 {
                self.at = before;
            }
        }
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        self.at - start
    }

    fn string(&mut self) -> Outcome {
        let open = self.at;
        self.at += 1;
        let mut builder = Builder::new();
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let Some(length) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
                return Err(self.error("Unterminated string starting at", open));
            };
            if self.strict
                && let Some(control) = rest[..length].iter().position(|byte| *byte < 0x20)
            {
                return Err(self.error("Invalid control character at", self.at + control));
            }
            let plain = &self.text[self.at..self.at + length];
            self.at += length + 1;
            if rest[length] == b'"' {
                if builder.len() == 0 {
                    return self.vm.new_str(plain);
                }
                builder.push(self.vm, plain.as_bytes())?;
                return builder.finish_str(self.vm);
            }
            builder.push(self.vm, plain.as_bytes())?;
            let character = self.escape(open)?;
            builder.push(self.vm, character.encode_utf8(&mut [0; 4]).as_bytes())?;
        }
    }

    /// The character behind a backslash.
    fn escape(&mut self, open: usize) -> Outcome<char> {
        let code = self.peek();
        if self.at == self.text.len() {
            return Err(self.error("Unterminated string starting at", open));
        }
        self.at += 1;
        Ok(match code {
            b'"' | b'\\' | b'/' => code as char,
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(self.error("Invalid \\escape", self.at - 2)),
        })
    }

    /// `XXXX` behind `\u`, or two of them for a character beyond 16 bits. Half of such a pair alone is no text here.
    fn code_point(&mut self) -> Outcome<char> {
        let start = self.at - 1;
        let first = self.unit()?;
        let code = match first {
            0xd800..0xdc00 if self.text[self.at..].starts_with("\\u") => {
                self.at += 2;
                match self.unit()? {
                    second @ 0xdc00..0xe000 => 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                    _ => first,
                }
            }
            _ => first,
        };
        crate::object::str::surrogate::character(code).ok_or_else(|| self.error("Unpaired surrogate", start))
    }

    fn unit(&mut self) -> Outcome<u32> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4).and_then(utf8::checked);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at += 4;
                Ok(unit)
            }
            None => Err(self.error("Invalid \\uXXXX escape", self.at - 1)),
        }
    }
}
