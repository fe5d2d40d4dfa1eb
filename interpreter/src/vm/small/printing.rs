//! On a board a container that contains itself is printed until the stack ends.

use super::{Outcome, Vm};
use crate::object::print::{Printer, Style};
use crate::object::word::Word;

/// Prints.
#[inline(always)]
pub(super) fn print(
    vm: &Vm,
    word: Word,
    out: &mut Printer,
    style: Style,
    print: fn(&Vm, Word, &mut Printer, Style) -> Outcome<()>,
) -> Outcome<()> {
    print(vm.here(), word, out, style)
}
