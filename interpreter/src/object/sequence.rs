//! What all sequences share: comparing and searching item by item, whatever comparing does to them.

use super::exception;
use super::kind::{Binary, Unary};
use super::print::{Printer, Style};
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cmp::Ordering;

/// Items by position; `None` behind the end. An item that must be made first may fail to. Asked anew at each step, since comparing may run Python.
pub type Items<'a> = &'a dyn Fn(usize) -> Outcome<Option<Word>>;

/// Whether `operator`, a comparison, holds for an `ordering`; `None` for other operators.
pub fn holds(operator: Binary, ordering: Ordering) -> Option<bool> {
    Some(match operator {
        Binary::Less => ordering.is_lt(),
        Binary::LessEqual => ordering.is_le(),
        Binary::Greater => ordering.is_gt(),
        Binary::GreaterEqual => ordering.is_ge(),
        Binary::Equal => ordering.is_eq(),
        Binary::NotEqual => ordering.is_ne(),
        _ => return None,
    })
}

/// Compares two sequences: the first items that differ decide, then the lengths.
///
/// # Errors
/// What comparing items raises.
pub fn compare(vm: &Vm, operator: Binary, a: Items, b: Items) -> Outcome {
    vm.check_stack()?;
    for position in 0.. {
        match (a(position)?, b(position)?) {
            (Some(x), Some(y)) => {
                if same(vm, x, y)? {
                    continue;
                }
                return match operator {
                    Binary::Equal => Ok(Word::FALSE),
                    Binary::NotEqual => Ok(Word::TRUE),
                    _ => vm.binary(operator, x, y),
                };
            }
            (x, y) => return Ok(holds(operator, x.is_some().cmp(&y.is_some())).map_or(Word::NOT_IMPLEMENTED, Word::bool)),
        }
    }
    unreachable!("a sequence ends")
}

/// Whether two items are one object or equal.
#[inline]
pub fn same(vm: &Vm, a: Word, b: Word) -> Outcome<bool> {
    if a == b { Ok(true) } else { vm.equal(a, b) }
}

/// The first position from `start` to `stop` of an item equal to `wanted`.
///
/// # Errors
/// What comparing raises.
pub fn find(vm: &Vm, items: Items, wanted: Word, start: usize, stop: usize) -> Outcome<Option<usize>> {
    for position in start..stop {
        match items(position)? {
            Some(item) if same(vm, item, wanted)? => return Ok(Some(position)),
            Some(_) => {}
            None => break,
        }
    }
    Ok(None)
}

/// How many items equal `wanted`.
///
/// # Errors
/// What comparing raises.
pub fn count(vm: &Vm, items: Items, wanted: Word) -> Outcome {
    let (mut count, mut position) = (0, 0);
    while let Some(item) = items(position)? {
        count += same(vm, item, wanted)? as isize;
        position += 1;
    }
    Ok(Word::int(count))
}

/// `index` of what was found.
///
/// # Errors
/// `ValueError` when nothing was: on hosts it says `absent`.
#[inline]
pub fn found(vm: &Vm, position: Option<usize>, absent: &[Part]) -> Outcome {
    let absent = if crate::WHOLE { absent } else { &[Part::Text("object not in sequence")] };
    position.map(|position| Word::int(position as isize)).ok_or_else(|| vm.raise(&exception::VALUE_ERROR, absent))
}

/// Writes items between brackets. A list that contains itself ends in the stack check of `Vm::print`.
pub fn print(vm: &Vm, out: &mut Printer, open: &str, items: Items, close: &str) -> Outcome<()> {
    out.text(vm, open)?;
    let mut position = 0;
    while let Some(item) = items(position)? {
        if position > 0 {
            out.text(vm, ", ")?;
        }
        out.word(vm, item, Style::Repr)?;
        position += 1;
    }
    out.text(vm, close)
}

/// Unary operators of a mutable container of `len` items: its length and truth. It has no hash.
pub fn unary(vm: &Vm, operator: Unary, word: Word, len: usize) -> Outcome {
    match operator {
        Unary::Len => Ok(Word::int(len as isize)),
        Unary::Bool => Ok(Word::bool(len > 0)),
        // About: the header and a word for each item.
        Unary::Sizeof => Ok(Word::int(((4 + len) * size_of::<Word>()) as isize)),
        Unary::Hash => {
            let what = crate::worded("unhashable type: '", "unsupported type for __hash__: '");
            Err(vm.raise(&exception::TYPE_ERROR, &[Part::Text(what), Part::TypeOf(word), Part::Text("'")]))
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}
