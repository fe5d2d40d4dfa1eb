//! Boards list what lies in tables, and what a program has made.

use super::dict::Dict;
use super::handle::Handle;
use super::kind::Type;
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// No names.
pub const NAMES: &[&str] = &[];

/// Nothing more.
#[inline(always)]
pub fn note(_: &Vm, _: &'static Type, _: &dyn Fn(Word) -> Outcome<()>) -> Outcome<()> {
    Ok(())
}

/// All may be seen.
#[inline(always)]
pub fn forget(_: &Vm, _: Handle<Dict>) -> Outcome<()> {
    Ok(())
}
