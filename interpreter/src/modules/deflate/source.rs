//! What is deflated in the program itself, as a source: frozen modules take two thirds of the flash so.

use super::inflate::{Fault, Inflate};
use super::invalid;
use crate::object::handle::Handle;
use crate::object::print::RawBytes;
use crate::source::Source;
use crate::vm::{Outcome, Vm};

/// The text or code that a raw deflate stream holds.
pub struct Inflated<'a> {
    inflate: Inflate,
    input: &'a [u8],
    window: Handle<RawBytes>,
}

impl<'a> Inflated<'a> {
    /// What `input` holds, whose copies lie at most `window` bytes back.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new(vm: &Vm, input: &'a [u8], window: usize) -> Outcome<Inflated<'a>> {
        Ok(Inflated { inflate: Inflate::new(), input, window: vm.new_raw_bytes(window)? })
    }
}

impl Source for Inflated<'_> {
    fn read(&mut self, vm: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let Inflated { inflate, input, window } = self;
        let mut next = || {
            let (first, rest) = input.split_first().ok_or_else(|| invalid(vm))?;
            *input = rest;
            Ok(*first)
        };
        for count in 0..buffer.len() {
            match inflate.next(window.get().tail(), &mut next) {
                Ok(Some(byte)) => buffer[count] = byte,
                Ok(None) => return Ok(count),
                Err(Fault::Input(raised)) => return Err(raised),
                Err(Fault::Invalid) => return Err(invalid(vm)),
            }
        }
        Ok(buffer.len())
    }
}
