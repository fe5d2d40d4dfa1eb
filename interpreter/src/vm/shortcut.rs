//! What the loop answers at once on every target: operators of small ints, and the items of lists. `quick` has what costs more flash.

use super::{Outcome, Vm, quick};
use crate::object::handle::Handle;
use crate::object::list::List;
use crate::object::word::Word;

/// Whether a comparison holds, in the order of `Compare`, of two small ints or floats; `None` for others, and for `in`.
#[inline(always)]
pub(super) fn compare(how: u8, a: Word, b: Word) -> Option<bool> {
    if !a.both_ints(b) {
        return quick::compare(how, a, b);
    }
    let (x, y) = (a.int_value(), b.int_value());
    Some(match how {
        0 => x < y,
        1 => x > y,
        2 => x <= y,
        3 => x >= y,
        4 | 8 => x == y,
        5 | 9 => x != y,
        _ => return None,
    })
}

/// Operators on two small ints where the result is one too, but + - and *.
#[inline(always)]
pub(super) fn operate_ints(operator: u8, x: isize, y: isize) -> Option<isize> {
    match operator {
        5 if y > 0 => Some(x.div_euclid(y)),
        6 if y > 0 => Some(x.rem_euclid(y)),
        8 if (0..isize::BITS as isize / 2).contains(&y) => {
            let shifted = x << y;
            if shifted >> y == x && Word::fits(shifted) { Some(shifted) } else { None }
        }
        9 if y >= 0 => Some(x >> y.min(isize::BITS as isize - 1)),
        10 => Some(x & y),
        11 => Some(x | y),
        12 => Some(x ^ y),
        _ => None,
    }
}

/// The place of item `key` in a list; `None` for anything else, and where it has none.
#[inline(always)]
fn place(object: Word, key: Word) -> Option<(Handle<List>, usize)> {
    let (index, list) = (key.as_int()?, Handle::<List>::from(object)?);
    let length = list.len.get();
    let index = if index < 0 { index.wrapping_add(length as isize) } else { index } as usize;
    if index < length { Some((list, index)) } else { None }
}

/// `object[key]`: items of lists at once.
///
/// # Errors
/// As `Vm::item`.
#[inline(always)]
pub(super) fn item(vm: &Vm, object: Word, key: Word) -> Outcome {
    match place(object, key) {
        Some((list, index)) => Ok(list.items.get(index)),
        None => vm.item(object, key),
    }
}

/// `object[key] = value`, likewise.
///
/// # Errors
/// As `Vm::set_item`.
#[inline(always)]
pub(super) fn set_item(vm: &Vm, object: Word, key: Word, value: Word) -> Outcome<()> {
    match place(object, key) {
        Some((list, index)) => {
            list.items.set(index, value);
            Ok(())
        }
        None => vm.set_item(object, key, value),
    }
}
