//! Streams of boards tell nothing about themselves.

use super::stream::Stream;
use crate::object::handle::Args;
use crate::object::kind::{Access, Type};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// No names.
pub const NAMES: &[&str] = &[];
/// No attributes.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = None;
/// It cannot be made.
pub const MAKE: Option<fn(&Vm, &'static Type, Args) -> Outcome> = None;

/// All files are opened natively.
#[inline(always)]
pub fn special_open(_: &Vm, _: Args) -> Outcome {
    Ok(Word::UNSET)
}

/// Every line is on its way at once.
#[inline(always)]
pub fn by_lines(_: Args) -> bool {
    false
}

/// No stream counts what others do not.
#[inline(always)]
pub fn tell(_: &Vm, _: &Stream) -> Option<Outcome> {
    None
}

/// Nor does it seek otherwise.
#[inline(always)]
pub fn seek(_: &Vm, _: &Stream, _: Args) -> Option<Outcome> {
    None
}

/// What a stream in memory begins with.
#[inline(always)]
pub fn initial(_: &Vm, args: Args, _: bool) -> Outcome<Option<Word>> {
    Ok(args.get(0))
}

/// Nobody replaces the console.
#[inline(always)]
pub fn replaced_output(_: &Vm) -> Outcome {
    Ok(Word::UNSET)
}

/// Nor is anybody asked but the console.
#[inline(always)]
pub fn ask_replaced(_: &Vm, _: Word) -> Outcome {
    Ok(Word::UNSET)
}
