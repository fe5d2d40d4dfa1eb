//! Boards have no operating system: an error tells its number.

use super::*;

/// As it was raised.
#[inline(always)]
pub fn tell(_: &Vm, raised: Raised, _: &[Word], _: impl FnOnce(u16) -> Outcome<Option<&'static str>>) -> Raised {
    raised
}

/// There are none.
#[inline(always)]
pub fn print(_: &Vm, _: Word, _: &[Cell<Word>], _: &mut Printer) -> Outcome<bool> {
    Ok(false)
}

/// All arguments stay arguments.
#[inline(always)]
pub fn set_paths(_: &Vm, _: Word, _: Args) -> Outcome<()> {
    Ok(())
}
