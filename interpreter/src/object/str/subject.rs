//! What `str`, `bytes` and `bytearray` have in common: bytes to search and cut, and how to make another of the same type.

use super::text::Text;
use crate::object::bytearray;
use crate::object::handle::{Args, Handle};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Which of the three a method was called on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// `str`.
    Str,
    /// `bytes`.
    Bytes,
    /// `bytearray`.
    ByteArray,
}

/// What a method was called on.
#[derive(Clone, Copy)]
pub struct Subject<'v> {
    /// Which type.
    pub flavour: Flavour,
    /// Its bytes; of a `bytearray`, a copy, which Python cannot change under the method.
    pub bytes: &'v [u8],
    /// Whether a character is a byte.
    pub narrow: bool,
    /// The same as text; empty if it is none.
    text: &'v str,
    /// The object.
    pub word: Word,
}

impl<'v> Subject<'v> {
    /// The first argument of a method.
    ///
    /// # Errors
    /// `TypeError` for any other type.
    pub fn new(vm: &'v Vm, args: Args) -> Outcome<Subject<'v>> {
        let word = args.at(0);
        if let Some(Text { text, ascii }) = vm.as_measured(word) {
            return Ok(Subject { flavour: Flavour::Str, bytes: text.as_bytes(), narrow: ascii, text, word });
        }
        let native = vm.native(word);
        let flavour = match Handle::<bytearray::ByteArray>::from(native) {
            Some(_) => Flavour::ByteArray,
            None if Handle::<crate::object::bytes::Bytes>::from(native).is_some() => Flavour::Bytes,
            None => return Err(vm.type_error("argument has wrong type")),
        };
        Ok(Subject { flavour, bytes: vm.bytes_of(native)?, narrow: true, text: "", word })
    }

    /// Whether this is text.
    pub fn is_text(&self) -> bool {
        self.flavour == Flavour::Str
    }

    /// The subject as text, for character tables; bytes are seen as ASCII with the rest unknown.
    pub fn text(&self) -> Option<&'v str> {
        if self.is_text() { Some(self.text) } else { None }
    }

    /// The last `count` bytes of the subject as text; they begin with a character.
    pub fn last(&self, count: usize) -> &'v str {
        &self.text[self.text.len() - count..]
    }

    /// The first `count` bytes of the subject as text; they end with a character.
    pub fn first(&self, count: usize) -> &'v str {
        &self.text[..count]
    }

    /// The whole subject: itself if it never changes, otherwise a copy.
    pub fn whole(&self, vm: &Vm) -> Outcome {
        let ty = vm.type_of(self.word);
        let exact = core::ptr::eq(ty, &super::STR) || core::ptr::eq(ty, &crate::object::bytes::BYTES);
        if exact { Ok(self.word) } else { self.make(vm, self.bytes) }
    }

    /// A part of the subject: itself if the part is all of it.
    pub fn part(&self, vm: &Vm, bytes: &[u8]) -> Outcome {
        if bytes.len() == self.bytes.len() { self.whole(vm) } else { self.make(vm, bytes) }
    }

    /// An object of the same type with these bytes, which are UTF-8 if it is text.
    pub fn make(&self, vm: &Vm, bytes: &[u8]) -> Outcome {
        match self.flavour {
            Flavour::Str if self.narrow && bytes.is_ascii() => vm.new_ascii(bytes),
            Flavour::Str => match core::str::from_utf8(bytes) {
                Ok(text) => vm.new_str(text),
                Err(_) => Err(vm.raise(&crate::object::exception::UNICODE_ERROR, &[])),
            },
            Flavour::Bytes => vm.new_bytes(bytes),
            Flavour::ByteArray => vm.new_bytearray(bytes),
        }
    }

    /// An object of the same type with what was built.
    pub fn finish(&self, vm: &Vm, builder: crate::object::print::Builder) -> Outcome {
        match self.flavour {
            Flavour::Str => builder.finish_str(vm),
            Flavour::Bytes => builder.finish_bytes(vm),
            Flavour::ByteArray => bytearray::from_cells(vm, builder.cells()),
        }
    }

    /// The bytes of an argument, which must be text for text and bytes-like for bytes.
    ///
    /// # Errors
    /// `TypeError`.
    pub fn operand(&self, vm: &'v Vm, word: Word) -> Outcome<&'v [u8]> {
        if self.is_text() { vm.expect_text(word).map(str::as_bytes) } else { not_text(vm, word)?.bytes_of(word) }
    }

    /// As `operand`; for bytes a number from 0 to 255 is one byte.
    ///
    /// # Errors
    /// `TypeError`; `ValueError` for a larger number.
    pub fn needle(&self, vm: &'v Vm, word: Word) -> Outcome<&'v [u8]> {
        if self.is_text() || !word.is_int() {
            return self.operand(vm, word);
        }
        let byte = vm.byte(word)?;
        let object = vm.new_bytes(&[byte])?;
        vm.bytes_of(object)
    }

    /// The byte positions of `start` and `stop` arguments; nothing if they are out of reach.
    ///
    /// # Errors
    /// `TypeError`.
    pub fn region(&self, vm: &Vm, args: Args, first: usize) -> Outcome<Option<(usize, usize)>> {
        if args.len() <= first {
            return Ok(Some((0, self.bytes.len())));
        }
        let len = self.len(vm);
        let (start, stop) = vm.range_arguments(args, first, len)?;
        Ok(if start > len || start > stop { None } else { Some((self.offset(vm, start), self.offset(vm, stop))) })
    }

    fn measured(&self) -> Text<'v> {
        Text { text: self.text, ascii: false }
    }

    /// Number of characters.
    pub fn len(&self, vm: &Vm) -> usize {
        if self.narrow { self.bytes.len() } else { self.measured().len(vm) }
    }

    /// The byte where character `index` begins.
    fn offset(&self, vm: &Vm, index: usize) -> usize {
        if self.narrow { index.min(self.bytes.len()) } else { self.measured().offset(vm, index) }
    }

    /// The number of the character at byte `offset`.
    pub fn number(&self, vm: &Vm, offset: usize) -> usize {
        if self.narrow { offset } else { self.measured().number(vm, offset) }
    }

    /// How long the character at the head of `bytes` is, in bytes.
    pub fn width(&self, bytes: &[u8]) -> usize {
        match bytes.first() {
            Some(0xf0..) if !self.narrow => 4,
            Some(0xe0..) if !self.narrow => 3,
            Some(0xc0..) if !self.narrow => 2,
            Some(_) => 1,
            None => 0,
        }
    }
}

/// Refuses text where bytes are wanted.
fn not_text(vm: &Vm, word: Word) -> Outcome<&Vm> {
    match vm.as_measured(word) {
        Some(_) => Err(vm.type_error("a bytes-like object is required")),
        None => Ok(vm),
    }
}
