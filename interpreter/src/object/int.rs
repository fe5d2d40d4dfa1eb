//! `int`: small ints in the word, big ones in the heap.

use super::bigint;
use super::class::TYPE;
use super::float::Real;
use super::handle::Handle;
use super::kind::{Binary, Header, Kind, Slots, Type, Unary};
use super::print::{Printer, Style};
use super::word::Word;
use crate::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { print: Some(print), unary: Some(unary), binary: Some(binary), ..Slots::NONE };

/// `int`.
pub static INT: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("int"), kind: Kind::Int, traced: 0, base: None, rows: &[] };

impl Vm {
    /// An `int`.
    ///
    /// # Errors
    /// `MemoryError`, for a value that is not a small int.
    #[inline]
    pub fn new_int(&self, value: i64) -> Outcome {
        match isize::try_from(value) {
            Ok(small) if Word::fits(small) => Ok(Word::int(small)),
            _ => bigint::from_u128(self, value < 0, value.unsigned_abs() as u128),
        }
    }

    /// An `int`.
    ///
    /// # Errors
    /// As `new_int`.
    #[inline]
    pub fn new_uint(&self, value: u64) -> Outcome {
        match isize::try_from(value) {
            Ok(small) if Word::fits(small) => Ok(Word::int(small)),
            _ => bigint::from_u128(self, false, value as u128),
        }
    }
}

/// The value of an `int` or `bool` that is a small int.
#[inline(always)]
pub fn small(word: Word) -> Option<isize> {
    if word.is_int() {
        return Some(word.int_value());
    }
    if word.is_bool() { Some((word == Word::TRUE) as isize) } else { None }
}

/// Whether `word` is an `int` or a `bool`.
pub fn is_int(word: Word) -> bool {
    word.is_int() || word.is_bool() || Handle::<bigint::Int>::from(word).is_some()
}

pub(super) fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    match small(word) {
        Some(value) => out.int(vm, value),
        None => super::number::print_big(vm, word, out),
    }
}

pub(super) fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let Some(value) = small(word) else { return bigint::unary(vm, operator, word) };
    match operator {
        Unary::Pos | Unary::Int | Unary::Index => Ok(Word::int(value)),
        Unary::Neg => vm.new_int(-(value as i64)),
        Unary::Invert => Ok(Word::int(!value)),
        Unary::Abs => vm.new_uint(value.unsigned_abs() as u64),
        Unary::Bool => Ok(Word::bool(value != 0)),
        Unary::Not => Ok(Word::bool(value == 0)),
        Unary::Hash => Ok(Word::int(value)),
        Unary::Float => vm.new_float(value as Real),
        Unary::Len | Unary::Sizeof => Ok(Word::NOT_IMPLEMENTED),
    }
}

pub(super) fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    if let (Some(a), Some(b)) = (small(lhs), small(rhs)) {
        return small_binary(vm, operator, a, b);
    }
    if Handle::<super::float::Float>::from(rhs).is_some() {
        return super::float::binary(vm, operator, lhs, rhs);
    }
    if is_int(lhs) && is_int(rhs) { bigint::binary(vm, operator, lhs, rhs) } else { Ok(Word::NOT_IMPLEMENTED) }
}

fn small_binary(vm: &Vm, operator: Binary, a: isize, b: isize) -> Outcome {
    let big = || bigint::binary(vm, operator, Word::int(a), Word::int(b));
    match operator {
        Binary::Add => vm.new_int(a as i64 + b as i64),
        Binary::Sub => vm.new_int(a as i64 - b as i64),
        Binary::Mul => a.checked_mul(b).map_or_else(big, |product| vm.new_int(product as i64)),
        Binary::TrueDiv => super::float::binary(vm, operator, Word::int(a), Word::int(b)),
        Binary::FloorDiv | Binary::Mod | Binary::DivMod if b == 0 => Err(bigint::zero_division(vm)),
        // The one quotient that is no small int, INT_MIN / −1, still is an isize.
        Binary::FloorDiv => vm.new_int(floor_divide(a, b).0 as i64),
        Binary::Mod => Ok(Word::int(floor_divide(a, b).1)),
        Binary::DivMod => {
            let (quotient, remainder) = floor_divide(a, b);
            vm.new_tuple(&[vm.new_int(quotient as i64)?, Word::int(remainder)])
        }
        Binary::And => Ok(Word::int(a & b)),
        Binary::Or => Ok(Word::int(a | b)),
        Binary::Xor => Ok(Word::int(a ^ b)),
        Binary::ShiftRight if b >= 0 => Ok(Word::int(a >> b.min(isize::BITS as isize - 1))),
        Binary::ShiftLeft if b >= 0 && (b as usize) < isize::BITS as usize && ((a << b) >> b) == a => vm.new_int((a << b) as i64),
        Binary::Less => Ok(Word::bool(a < b)),
        Binary::LessEqual => Ok(Word::bool(a <= b)),
        Binary::Greater => Ok(Word::bool(a > b)),
        Binary::GreaterEqual => Ok(Word::bool(a >= b)),
        Binary::Equal => Ok(Word::bool(a == b)),
        Binary::NotEqual => Ok(Word::bool(a != b)),
        Binary::Pow | Binary::ShiftLeft | Binary::ShiftRight => big(),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Quotient rounded down and remainder with the divisor's sign, of numbers whose quotient does not overflow.
#[inline(always)]
fn floor_divide(a: isize, b: isize) -> (isize, isize) {
    let (quotient, remainder) = (a / b, a % b);
    if remainder != 0 && (remainder < 0) != (b < 0) { (quotient - 1, remainder + b) } else { (quotient, remainder) }
}
