//! Boards print what nobody caught as it is, without hints.

use crate::object::name::Name;
use crate::object::print::Printer;
use crate::object::word::Word;
use crate::source::Mode;
use crate::vm::{Outcome, Vm};
use core::marker::PhantomData;

/// What is printed besides an exception's own text: nothing.
#[derive(Clone, Copy)]
pub struct Hints<'a>(PhantomData<&'a [u8]>);

impl<'a> Hints<'a> {
    /// The plain text.
    pub const NONE: Hints<'static> = Hints(PhantomData);

    /// No hints for what ran at the prompt.
    pub fn at_prompt(_vm: &'a Vm, _typed: Word, _mode: Mode) -> Hints<'a> {
        Hints(PhantomData)
    }

    /// No line of source.
    pub fn print_source(self, _vm: &Vm, _exception: Word, _out: &mut Printer) -> Outcome<()> {
        Ok(())
    }

    /// The type's name.
    pub fn print_type(self, vm: &Vm, exception: Word, out: &mut Printer) -> Outcome<()> {
        out.text(vm, vm.name_text(super::detail::shown(vm, exception).name))
    }

    /// No name.
    pub fn print_suggestion(self, _vm: &Vm, _exception: Word, _out: &mut Printer) -> Outcome<()> {
        Ok(())
    }
}

/// No places.
#[inline(always)]
pub fn of_source(_vm: &Vm, _exception: Word, _name: Name) -> Option<Word> {
    None
}

/// Its own text is all there is.
#[inline(always)]
pub fn message(_vm: &Vm, _exception: Word) -> Option<Word> {
    None
}

/// Nothing is written.
#[inline(always)]
pub fn print_with_place(_vm: &Vm, _exception: Word, _out: &mut Printer) -> Outcome<bool> {
    Ok(false)
}
