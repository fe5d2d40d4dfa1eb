//! `None`, `...` and `NotImplemented`.

use super::class::TYPE;
use super::kind::{Header, Kind, Rows, Slots, Type};
use super::print::{Printer, Style};
use super::word::Word;
use crate::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { print: Some(print), ..Slots::NONE };

fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.text(
        vm,
        match word {
            it if it == Word::NONE => "None",
            it if it == Word::ELLIPSIS => "Ellipsis",
            _ => "NotImplemented",
        },
    )
}

/// `NoneType`.
pub static NONE_TYPE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("NoneType"),
    kind: Kind::Plain,
    traced: 0,
    base: None,
    rows: Rows::NONE,
};

/// `ellipsis`.
pub static ELLIPSIS_TYPE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("ellipsis"),
    kind: Kind::Plain,
    traced: 0,
    base: None,
    rows: Rows::NONE,
};

/// `NotImplementedType`.
pub static NOT_IMPLEMENTED_TYPE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("NotImplementedType"),
    kind: Kind::Plain,
    traced: 0,
    base: None,
    rows: Rows::NONE,
};
