//! Views of boards have one dimension.

use super::{MemoryView, this};
use crate::object::handle::Args;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// No names.
pub const KEYWORDS: &[&str] = &[];
/// There is none.
pub type Shape = ();
/// That.
pub const PLAIN: Shape = ();
/// It takes no memory.
pub const WORDS: u8 = 0;

/// `len`.
#[inline(always)]
pub fn length(view: &MemoryView) -> usize {
    view.count.get()
}

/// Two views with as many items are.
#[inline(always)]
pub fn are_alike(_: &Vm, _: &MemoryView, _: &MemoryView) -> Outcome<bool> {
    Ok(true)
}

/// `ndim`.
#[inline(always)]
pub fn dimensions(_: &MemoryView) -> usize {
    1
}

/// `shape`.
#[inline(always)]
pub fn shape(vm: &Vm, view: &MemoryView) -> Outcome {
    vm.new_tuple(&[Word::int(view.count.get() as isize)])
}

/// `strides`.
#[inline(always)]
pub fn strides(vm: &Vm, view: &MemoryView) -> Outcome {
    vm.new_tuple(&[Word::int(view.step * view.size as isize)])
}

/// A key is what it is.
#[inline(always)]
pub fn linear(_: &Vm, _: &MemoryView, key: Word) -> Outcome {
    Ok(key)
}

/// `tolist`.
#[inline(always)]
pub fn tolist(vm: &Vm, args: Args) -> Outcome {
    this(vm, args.at(0))?;
    Ok(vm.list_of(args.at(0))?.word())
}
