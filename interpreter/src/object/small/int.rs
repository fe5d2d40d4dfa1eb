//! `int` of the smallest interpreter: those that fit a word. What does not fit raises `OverflowError`.

use super::class::TYPE;
use super::exception::{OVERFLOW_ERROR, TYPE_ERROR, ZERO_DIVISION_ERROR};
use super::handle::Args;
use super::kind::{Binary, Header, Kind, Slots, Type, Unary};
use super::number;
use super::print::{Printer, Style};
use super::word::Word;
use crate::vm::raise::Part::{Text, TypeOf};
use crate::vm::{Outcome, Raised, Vm};

static SLOTS: Slots = Slots { make: Some(make), print: Some(print), unary: Some(unary), binary: Some(binary), ..Slots::NONE };

table! { pub ROWS, NAMES, DOCS:
}

/// `int`.
pub static INT: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("int"), kind: Kind::Int, traced: 0, base: None, rows: ROWS };

/// `OverflowError`.
#[cold]
#[inline(never)]
pub fn overflow(vm: &Vm) -> Raised {
    vm.raise_text(&OVERFLOW_ERROR, "small int overflow")
}

#[cold]
#[inline(never)]
fn zero_division(vm: &Vm) -> Raised {
    vm.raise_text(&ZERO_DIVISION_ERROR, "divide by zero")
}

impl Vm {
    /// An `int`.
    ///
    /// # Errors
    /// `OverflowError` if it fits no word.
    pub fn new_int(&self, value: i64) -> Outcome {
        match isize::try_from(value) {
            Ok(small) if Word::fits(small) => Ok(Word::int(small)),
            _ => Err(overflow(self)),
        }
    }

    /// An `int`.
    ///
    /// # Errors
    /// As `new_int`.
    pub fn new_uint(&self, value: u64) -> Outcome {
        self.new_int(i64::try_from(value).unwrap_or(i64::MAX))
    }

    /// The `int` that `word` is or (by `__index__`) stands for.
    ///
    /// # Errors
    /// `TypeError` if it is none.
    pub fn to_int(&self, word: Word) -> Outcome {
        if word.is_int() {
            return Ok(word);
        }
        match self.ask(Unary::Index, word)? {
            it if it == Word::NOT_IMPLEMENTED => {
                Err(self.raise(&TYPE_ERROR, &[Text("can't convert "), TypeOf(word), Text(" to int")]))
            }
            value => Ok(value),
        }
    }
}

/// The value of an `int` or `bool`.
pub fn small(word: Word) -> Option<isize> {
    if word.is_int() {
        return Some(word.int_value());
    }
    if word.is_bool() { Some((word == Word::TRUE) as isize) } else { None }
}

/// Whether `word` is an `int` or a `bool`.
pub fn is_int(word: Word) -> bool {
    small(word).is_some()
}

fn make(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    number::refuse_keywords(vm, args)?;
    let Some(word) = args.get(0).map(|word| vm.native(word)) else { return Ok(Word::int(0)) };
    if vm.as_text(word).is_some() {
        let radix = vm.index_or(args.get(1), 10)?;
        return number::parse_int(vm, vm.text_of(word), u32::try_from(radix).unwrap_or(1));
    }
    match vm.ask(Unary::Int, word)? {
        it if it == Word::NOT_IMPLEMENTED => vm.to_int(word),
        value => Ok(value),
    }
}

pub(super) fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.int(vm, small(word).unwrap_or(0))
}

/// Operators of one int.
pub fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let value = small(word).unwrap_or(0);
    match operator {
        Unary::Pos | Unary::Int | Unary::Index | Unary::Hash => Ok(Word::int(value)),
        Unary::Neg => vm.new_int(-value as i64),
        Unary::Invert => Ok(Word::int(!value)),
        Unary::Abs => vm.new_int(value.abs() as i64),
        Unary::Bool => Ok(Word::bool(value != 0)),
        Unary::Not => Ok(Word::bool(value == 0)),
        Unary::Float | Unary::Len | Unary::Sizeof => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Operators of ints; `NOT_IMPLEMENTED` unless the other operand is one too.
pub fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (Some(a), Some(b)) = (small(lhs), small(rhs)) else { return Ok(Word::NOT_IMPLEMENTED) };
    let result = match operator {
        Binary::Add => a + b,
        Binary::Sub => a - b,
        Binary::Mul => a.checked_mul(b).ok_or_else(|| overflow(vm))?,
        Binary::FloorDiv | Binary::Mod | Binary::DivMod | Binary::TrueDiv if b == 0 => return Err(zero_division(vm)),
        Binary::FloorDiv => floor_divide(a, b).0,
        Binary::Mod => floor_divide(a, b).1,
        Binary::DivMod => {
            let (quotient, remainder) = floor_divide(a, b);
            return vm.new_tuple(&[vm.new_int(quotient as i64)?, Word::int(remainder)]);
        }
        Binary::And => a & b,
        Binary::Or => a | b,
        Binary::Xor => a ^ b,
        Binary::ShiftLeft | Binary::ShiftRight | Binary::Pow if b < 0 => return Err(vm.value_error("negative shift count")),
        Binary::ShiftRight => a >> b.min(isize::BITS as isize - 1),
        Binary::ShiftLeft if a == 0 => 0,
        Binary::ShiftLeft if b < isize::BITS as isize && ((a << b) >> b) == a => a << b,
        Binary::ShiftLeft => return Err(overflow(vm)),
        Binary::Pow => a.checked_pow(b as u32).ok_or_else(|| overflow(vm))?,
        Binary::Less => return Ok(Word::bool(a < b)),
        Binary::LessEqual => return Ok(Word::bool(a <= b)),
        Binary::Greater => return Ok(Word::bool(a > b)),
        Binary::GreaterEqual => return Ok(Word::bool(a >= b)),
        Binary::Equal => return Ok(Word::bool(a == b)),
        Binary::NotEqual => return Ok(Word::bool(a != b)),
        _ => return Ok(Word::NOT_IMPLEMENTED),
    };
    vm.new_int(result as i64)
}

/// Quotient rounded down and remainder with the divisor's sign.
fn floor_divide(a: isize, b: isize) -> (isize, isize) {
    let (quotient, remainder) = (a / b, a % b);
    if remainder != 0 && (remainder < 0) != (b < 0) { (quotient - 1, remainder + b) } else { (quotient, remainder) }
}

/// Ints are printed like all objects.
#[inline(always)]
pub fn text(_: &Vm, _: Word) -> Option<Outcome> {
    None
}

/// The last digit of a number, and the others.
#[inline(always)]
pub fn last_digit(value: usize, radix: usize) -> (usize, usize) {
    (value % radix, value / radix)
}

/// The hash of an int: itself.
#[inline(always)]
pub fn fold(value: i64) -> u32 {
    value as u32
}
