//! `bool`: two immediates that count as 0 and 1.

use super::class::TYPE;
use super::int::{self, INT};
use super::kind::{Binary, Header, Kind, Rows, Slots, Type};
use super::numeric::ATTRIBUTE;
use super::print::{Printer, Style};
use super::word::Word;
use crate::object::handle::Args;
use crate::vm::{Outcome, Vm};

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(int::unary),
    binary: Some(binary),
    attribute: ATTRIBUTE,
    ..Slots::NONE
};

/// `bool`.
pub static BOOL: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("bool"),
    kind: Kind::Plain,
    traced: 0,
    base: Some(&INT),
    rows: Rows::NONE,
};

fn make(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 0, 1)?;
    match args.get(0) {
        Some(word) => Ok(Word::bool(vm.truth(word)?)),
        None => Ok(Word::FALSE),
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.text(vm, if word == Word::TRUE { "True" } else { "False" })
}

/// As ints, but `&`, `|` and `^` of two bools are bools.
fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (a, b) = (lhs == Word::TRUE, rhs == Word::TRUE);
    match operator {
        Binary::And if rhs.is_bool() => Ok(Word::bool(a & b)),
        Binary::Or if rhs.is_bool() => Ok(Word::bool(a | b)),
        Binary::Xor if rhs.is_bool() => Ok(Word::bool(a ^ b)),
        _ => int::binary(vm, operator, lhs, rhs),
    }
}
