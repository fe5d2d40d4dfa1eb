//! What machine code calls: the conversions between words and numbers, and division, which is not one instruction everywhere.
//!
//! Each takes the interpreter, the frame, and an operand that names a slot of the frame and the top of its stack, which is
//! published; it changes the slot in place and answers whether it raised.

use super::kind::Kind;
use crate::object::bigint::{Big, Room, zero_division};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// A helper.
pub type Helper = unsafe extern "C" fn(&Vm, *mut Word, u32) -> usize;

/// The address of a helper, for machine code.
pub fn address(helper: Helper) -> usize {
    (helper as *const ()).expose_provenance()
}

const SLOT_BITS: u32 = 14;
/// One more than the largest slot that an operand names.
pub const SLOTS: usize = 1 << SLOT_BITS;

/// The operand for a slot and the top of the stack.
pub fn operand(kind: u8, slot: usize, top: usize) -> u32 {
    u32::from(kind) << (2 * SLOT_BITS) | (top as u32) << SLOT_BITS | slot as u32
}

/// Does `work` on the slot.
///
/// # Safety
/// The operand was made by `operand` for the frame that begins at `fp` and runs.
unsafe fn change(vm: &Vm, fp: *mut Word, operand: u32, work: impl FnOnce(u8, *mut Word) -> Outcome<()>) -> usize {
    let part = |shift: u32| (operand >> shift) as usize & (SLOTS - 1);
    // SAFETY: the caller's promise: both lie within the frame.
    let (slot, top) = unsafe { (fp.add(part(0)), fp.add(part(SLOT_BITS))) };
    vm.publish_top(top);
    work((operand >> (2 * SLOT_BITS)) as u8, slot).is_err() as usize
}

/// Makes a Python value of a number.
///
/// # Safety
/// As for `change`.
pub unsafe extern "C" fn to_object(vm: &Vm, fp: *mut Word, operand: u32) -> usize {
    // SAFETY: the caller's promise; a number lies where a word will.
    unsafe {
        change(vm, fp, operand, |kind, slot| {
            let number = slot.cast::<usize>().read();
            slot.write(match Kind::from_number(kind as usize) {
                Kind::Bool => Word::bool(number != 0),
                Kind::Int | Kind::One => vm.new_int(number as isize as i64)?,
                _ => vm.new_uint(number as u64)?,
            });
            Ok(())
        })
    }
}

/// Makes a number of a Python value.
///
/// # Safety
/// As for `change`.
pub unsafe extern "C" fn to_number(vm: &Vm, fp: *mut Word, operand: u32) -> usize {
    // SAFETY: as above.
    unsafe {
        change(vm, fp, operand, |kind, slot| {
            let word = slot.read();
            let number = match Kind::from_number(kind as usize) {
                Kind::Bool => vm.truth(word)? as usize,
                Kind::Int | Kind::Uint => low_bits(vm, word)?,
                // An argument of assembly may be any object.
                Kind::Unknown if is_opaque(vm, word) => word.address(),
                _ => address_of(vm, word)?,
            };
            slot.cast::<usize>().write(number);
            Ok(())
        })
    }
}

fn low_bits(vm: &Vm, word: Word) -> Outcome<usize> {
    match Big::of(vm.native(word), &Room::default()) {
        Some(big) => Ok(big.low_bits() as usize),
        None => Ok(Big::of(vm.to_int(word)?, &Room::default()).map_or(0, Big::low_bits) as usize),
    }
}

/// Whether a value is neither a number nor has bytes.
fn is_opaque(vm: &Vm, word: Word) -> bool {
    let native = vm.native(word);
    native != Word::NONE && Big::of(native, &Room::default()).is_none() && vm.type_of(native).slots.buffer.is_none()
}

/// An address: where an object's bytes lie, or the number that it is.
fn address_of(vm: &Vm, word: Word) -> Outcome<usize> {
    match Big::of(vm.native(word), &Room::default()) {
        Some(big) => Ok(big.low_bits() as usize),
        None if word == Word::NONE => Ok(0),
        None => Ok(vm.buffer(word, false)?.bytes.as_ptr().expose_provenance()),
    }
}

/// Divides the number in a slot by that in the next one, towards minus infinity; kind 1: what is left.
///
/// # Safety
/// As for `change`.
pub unsafe extern "C" fn divide(vm: &Vm, fp: *mut Word, operand: u32) -> usize {
    // SAFETY: as above; two numbers lie there.
    unsafe {
        change(vm, fp, operand, |kind, slot| {
            let slot = slot.cast::<isize>();
            let (x, y) = (slot.read(), slot.add(1).read());
            if y == 0 {
                return Err(zero_division(vm));
            }
            let (quotient, rest) = (x.wrapping_div(y), x.wrapping_rem(y));
            let below = rest != 0 && (rest < 0) != (y < 0);
            slot.write(match kind {
                0 => quotient - below as isize,
                _ => rest + if below { y } else { 0 },
            });
            Ok(())
        })
    }
}
