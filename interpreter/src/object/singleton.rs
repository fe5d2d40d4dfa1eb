//! `None`, `...` and `NotImplemented`.

use super::class::TYPE;
use super::exception::TYPE_ERROR;
use super::handle::Args;
use super::kind::{Header, Kind, Rows, Slots, Type};
use super::print::{Printer, Style};
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { print: Some(print), make: if crate::WHOLE { Some(make) } else { None }, ..Slots::NONE };

/// `type(None)()`: the one there is. Hosts only.
fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    if args.len() + args.keyword_count() > 0 {
        return Err(vm.raise(&TYPE_ERROR, &[Part::Name(ty.name), Part::Text(" takes no arguments")]));
    }
    Ok(match ty {
        ty if core::ptr::eq(ty, &NONE_TYPE) => Word::NONE,
        ty if core::ptr::eq(ty, &ELLIPSIS_TYPE) => Word::ELLIPSIS,
        _ => Word::NOT_IMPLEMENTED,
    })
}

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
