//! Memory by its address: the room where `uctypes` does what it promises.
//!
//! An address is the program's claim that something lies there: a register of the chip, or the bytes of an object that the
//! program keeps alive. Nothing here can check that; nothing else in the interpreter makes a reference of a number. Bytes are
//! cells, so Python's other views of them may change them; numbers are read and written whole where they are aligned, as
//! registers want it.
#![expect(unsafe_code, reason = "reads and writes the addresses that a program gives")]

use crate::vm::Vm;
use core::cell::Cell;
use core::ptr::{NonNull, with_exposed_provenance_mut};

/// Whether anything can lie at `address`: not at 0, nor on a computer of 64 bits in the first 4 GB, which systems leave empty.
/// There the registers of chips are, and a program that was written for one must not end whoever runs it.
pub fn is_there(address: usize) -> bool {
    address != 0 && (usize::BITS == u32::BITS || address > u32::MAX as usize)
}

/// `length` bytes at `address`; none where nothing is.
pub(super) fn bytes(_: &Vm, address: usize, length: usize) -> &[Cell<u8>] {
    // Also what is empty has an address, which a program may ask for.
    let length = if is_there(address) { length.min(isize::MAX as usize).min(address.wrapping_neg()) } else { 0 };
    match NonNull::new(with_exposed_provenance_mut::<Cell<u8>>(address)) {
        // SAFETY: the program vouches for this memory (module header); a length that goes round the address space is cut.
        Some(start) => unsafe { core::slice::from_raw_parts(start.as_ptr(), length) },
        None => &[],
    }
}

/// The address of bytes, which may be made a reference again.
pub(super) fn address(bytes: &[Cell<u8>]) -> usize {
    bytes.as_ptr().expose_provenance()
}

/// Reads `size` (1, 2, 4, 8) bytes at `address` as a number of the machine's byte order; 0 where nothing is.
pub fn read(vm: &Vm, address: usize, size: usize) -> u64 {
    if !is_there(address) {
        return 0;
    }
    // SAFETY: the program vouches for this memory (module header); the address is aligned and not null.
    unsafe {
        match size {
            2 if address.is_multiple_of(2) => u64::from(with_exposed_provenance_mut::<u16>(address).read_volatile()),
            4 if address.is_multiple_of(4) => u64::from(with_exposed_provenance_mut::<u32>(address).read_volatile()),
            8 if address.is_multiple_of(8) => with_exposed_provenance_mut::<u64>(address).read_volatile(),
            _ => {
                let mut number = [0; 8];
                let place = if cfg!(target_endian = "little") { 0 } else { 8 - size };
                number[place..].iter_mut().zip(bytes(vm, address, size)).for_each(|(to, from)| *to = from.get());
                u64::from_ne_bytes(number)
            }
        }
    }
}

/// Writes the low `size` (1, 2, 4, 8) bytes of a number at `address` in the machine's byte order.
pub fn write(vm: &Vm, address: usize, size: usize, value: u64) {
    if !is_there(address) {
        return;
    }
    // SAFETY: as in `read`.
    unsafe {
        match size {
            2 if address.is_multiple_of(2) => with_exposed_provenance_mut::<u16>(address).write_volatile(value as u16),
            4 if address.is_multiple_of(4) => with_exposed_provenance_mut::<u32>(address).write_volatile(value as u32),
            8 if address.is_multiple_of(8) => with_exposed_provenance_mut::<u64>(address).write_volatile(value),
            _ => {
                let number = value.to_ne_bytes();
                let place = if cfg!(target_endian = "little") { 0 } else { 8 - size };
                bytes(vm, address, size).iter().zip(&number[place..]).for_each(|(to, from)| to.set(*from));
            }
        }
    }
}

