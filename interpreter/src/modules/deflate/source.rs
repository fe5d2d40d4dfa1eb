//! What is deflated in the program itself, as a source: frozen modules take three quarters of the flash so.
//!
//! Each kilobyte is a stream of its own: a window as long as a module found no place in the heap of a board that had worked for a while.

use super::inflate::{Fault, Inflate};
use super::invalid;
use crate::object::handle::Handle;
use crate::object::print::RawBytes;
use crate::source::Source;
use crate::vm::{Outcome, Vm};

/// Bytes that each stream holds, the last one fewer; so none needs a larger window.
pub const PIECE: usize = 1024;

/// The text or code that raw deflate streams hold, one after the other.
pub struct Inflated<'a> {
    inflate: Inflate,
    input: &'a [u8],
    window: Handle<RawBytes>,
}

impl<'a> Inflated<'a> {
    /// What `input` holds.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new(vm: &Vm, input: &'a [u8]) -> Outcome<Inflated<'a>> {
        Ok(Inflated { inflate: Inflate::new(), input, window: vm.new_raw_bytes(PIECE)? })
    }
}

impl Source for Inflated<'_> {
    fn read(&mut self, vm: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let Inflated { inflate, input, window } = self;
        let mut count = 0;
        while count < buffer.len() {
            let mut next = || {
                let (first, rest) = input.split_first().ok_or_else(|| invalid(vm))?;
                *input = rest;
                Ok(*first)
            };
            match inflate.next(window.get().tail(), &mut next) {
                Ok(Some(byte)) => {
                    buffer[count] = byte;
                    count += 1;
                }
                Ok(None) if input.is_empty() => return Ok(count),
                Ok(None) => *inflate = Inflate::new(),
                Err(Fault::Input(raised)) => return Err(raised),
                Err(Fault::Invalid) => return Err(invalid(vm)),
            }
        }
        Ok(buffer.len())
    }
}
