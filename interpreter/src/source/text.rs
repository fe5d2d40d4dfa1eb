//! Text that a lexeme collects: a buffer in Python's heap, used again for the next one.

use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::print::{Builder, RawBytes};
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Texts up to this many bytes are looked at on the machine stack.
const SHORT: usize = 48;
/// Strings that look like identifiers and are no longer than this become names.
const INTERNED: usize = 24;
/// A buffer longer than this is not kept.
const KEPT: usize = 512;
/// A growing text.
pub(super) struct Text {
    buffer: Option<Handle<RawBytes>>,
    length: usize,
}

impl Text {
    pub(super) const fn new() -> Text {
        Text { buffer: None, length: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.truncate(0);
        if self.buffer.is_some_and(|buffer| buffer.len() > KEPT) {
            self.buffer = None;
        }
    }

    pub(super) fn truncate(&mut self, length: usize) {
        self.length = length;
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    #[inline]
    pub(super) fn push(&mut self, vm: &Vm, byte: u8) -> Outcome<()> {
        let buffer = match self.buffer {
            Some(buffer) if self.length < buffer.len() => buffer,
            _ => self.grow(vm)?,
        };
        buffer.tail()[self.length].set(byte);
        self.length += 1;
        Ok(())
    }

    pub(super) fn push_all(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        loop {
            match self.buffer {
                Some(buffer) if self.length + bytes.len() <= buffer.len() => {
                    buffer.put(self.length, bytes);
                    self.length += bytes.len();
                    return Ok(());
                }
                _ => self.grow(vm)?,
            };
        }
    }

    /// Adds a character as UTF-8.
    pub(super) fn push_char(&mut self, vm: &Vm, character: char) -> Outcome<()> {
        self.push_all(vm, character.encode_utf8(&mut [0; 4]).as_bytes())
    }

    #[cold]
    fn grow(&mut self, vm: &Vm) -> Outcome<Handle<RawBytes>> {
        let new = vm.grow_raw_bytes(self.buffer, self.length, (2 * self.buffer.map_or(0, |buffer| buffer.len())).max(40))?;
        self.buffer = Some(new);
        Ok(new)
    }

    /// What was collected.
    pub(super) fn cells(&self) -> &[Cell<u8>] {
        self.from(0)
    }

    /// What was collected from `start` on.
    pub(super) fn from(&self, start: usize) -> &[Cell<u8>] {
        self.buffer.as_ref().map_or(&[], |buffer| &buffer.get().tail()[start..self.length])
    }

    /// The text, in `stack` if it fits there.
    pub(super) fn view<'a>(&self, vm: &'a Vm, stack: &'a mut [u8; SHORT]) -> Outcome<&'a str> {
        if self.length > SHORT {
            return Ok(vm.text_of(vm.new_str_from_cells(self.cells())?));
        }
        stack.iter_mut().zip(self.cells()).for_each(|(to, from)| *to = from.get());
        Ok(utf8::checked(&stack[..self.length]).unwrap_or(""))
    }

    /// Room for `view`.
    pub(super) const fn stack() -> [u8; SHORT] {
        [0; SHORT]
    }

    /// The name of the text.
    pub(super) fn name(&self, vm: &Vm) -> Outcome<Name> {
        let mut stack = Text::stack();
        let text = self.view(vm, &mut stack)?;
        if crate::WHOLE && text.as_bytes().windows(3).any(|bytes| matches!(bytes, [0xf4, 0x8f, 0xb8 | 0xb9])) {
            named(vm, text)
        } else {
            vm.intern(text)
        }
    }

    /// A `str` of the text: a name if it looks like one.
    pub(super) fn string(&self, vm: &Vm) -> Outcome {
        if self.length > SHORT {
            return vm.new_str_from_cells(self.cells());
        }
        let mut stack = Text::stack();
        let text = self.view(vm, &mut stack)?;
        let is_identifier = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_identifier && text.len() <= INTERNED { Ok(Word::name(vm.intern(text)?)) } else { vm.new_str(text) }
    }
}

/// The name that a text with stand-ins means: private characters, 0x10FE00 above those of ASCII that no name in source has. A tree that a
/// program made may have names of any kind (`@py_assert1`), and it is written as source to be compiled.
#[cold]
fn named(vm: &Vm, text: &str) -> Outcome<Name> {
    let mut name = Builder::new();
    for character in text.chars() {
        let plain = (character as u32).checked_sub(0x10_fe00).filter(|code| *code < 0x80).and_then(char::from_u32);
        name.push(vm, plain.unwrap_or(character).encode_utf8(&mut [0; 4]).as_bytes())?;
    }
    vm.intern(vm.text_of(name.finish_str(vm)?))
}
