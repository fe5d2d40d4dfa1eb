//! Slices as objects: made by a call, printed, compared, asked for their parts.

use super::*;
use crate::object::kind::{Access, Binary, Unary};
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::sequence;

/// What a slice can do.
pub const SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    attribute: Some(attribute),
    ..Slots::NONE
};

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 1, 3)?;
    match args.len() {
        1 => vm.new_slice(Word::NONE, args.at(0), Word::NONE),
        _ => vm.new_slice(args.at(0), args.at(1), args.get(2).unwrap_or(Word::NONE)),
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let slice: Handle<Slice> = vm.receiver(word)?;
    for (text, part) in ["slice(", ", ", ", "].into_iter().zip(slice.parts()) {
        out.text(vm, text)?;
        out.word(vm, part, Style::Repr)?;
    }
    out.text(vm, ")")
}

/// As CPython since 3.12, a slice has a hash.
fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    match operator {
        Unary::Hash => {
            let slice: Handle<Slice> = vm.receiver(word)?;
            let parts = slice.parts().into_iter();
            let hash = parts.map(|part| vm.hash(part)).try_fold(0_u32, |hash, part| Ok(hash.rotate_left(7) ^ part?))?;
            Ok(Word::int(hash as isize & Word::INT_MAX))
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (Some(a), Some(b)) = (Handle::<Slice>::from(lhs), Handle::<Slice>::from(rhs)) else { return Ok(Word::NOT_IMPLEMENTED) };
    if sequence::holds(operator, core::cmp::Ordering::Equal).is_none() {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    let part = |slice: &Slice, i: usize| slice.parts().get(i).copied();
    sequence::compare(vm, operator, &|i| Ok(part(&a, i)), &|i| Ok(part(&b, i)))
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let slice: Handle<Slice> = vm.receiver(word)?;
    match access {
        Access::Load if name == name!(start) => Ok(slice.start.get()),
        Access::Load if name == name!(stop) => Ok(slice.stop.get()),
        Access::Load if name == name!(step) => Ok(slice.step.get()),
        _ => Ok(Word::UNSET),
    }
}
