//! Tracing, which smaller interpreters have not.

use super::{Outcome, Vm, dispatch};
use crate::object::function::Function;
use crate::object::handle::Handle;
use crate::object::word::Word;

/// Whether there is tracing at all.
pub(super) const TRACES: bool = false;

/// Nothing.
pub(super) struct State;

impl State {
    pub(super) const fn new() -> State {
        State
    }
}

/// Traces nothing.
pub(super) struct Tracer;

impl Tracer {
    #[inline(always)]
    pub(super) const fn none() -> Tracer {
        Tracer
    }

    #[inline(always)]
    pub(super) fn is_of(&self, _: &Vm) -> bool {
        false
    }

    #[inline(always)]
    pub(super) fn is_lent(&self, _: &Vm) -> bool {
        false
    }

    #[inline(always)]
    pub(super) fn is_at_line(&mut self, _: &Vm, _: Handle<Function>, _: usize) -> bool {
        false
    }

    #[inline(always)]
    pub(super) fn tell_line(&mut self, _: &Vm) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn tell_return(&mut self, _: &Vm, _: Word) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn tell_exception(&mut self, _: &Vm) {}

    #[inline(always)]
    pub(super) fn tell_end(&mut self, _: &Vm, _: Word) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn tell_unwound(&mut self, _: &Vm) {}
}

/// Runs the topmost frame.
///
/// # Safety
/// As for `dispatch::run`.
#[inline(always)]
pub(super) unsafe fn run(vm: &Vm, sp: *mut Word, raise: bool) -> Outcome {
    // SAFETY: the caller's promise.
    unsafe { dispatch::run_loop::<false>(vm, sp, raise, &mut Tracer) }
}

/// What becomes of a frame that a loop has lent: none is.
#[allow(dead_code, reason = "the loop is written for interpreters that trace")]
pub(super) enum Lent {
    Not,
    Returns,
    Yielded(Word),
}

/// Never called.
///
/// # Safety
/// None is needed.
#[inline(always)]
pub(super) unsafe fn go_on(_: &Vm, _: *mut Word, _: bool) -> Outcome<Lent> {
    Ok(Lent::Not)
}

#[inline(always)]
pub(super) fn is_raised_on(_: Handle<Function>, _: usize) -> bool {
    true
}

impl Vm {
    #[cfg(feature = "threads")]
    #[inline(always)]
    pub(super) fn tracing_state(&self) -> [Word; 2] {
        [Word::UNSET; 2]
    }

    #[cfg(feature = "threads")]
    #[inline(always)]
    pub(super) fn set_tracing_state(&self, _: [Word; 2]) {}

    /// Never.
    #[inline(always)]
    pub(crate) fn traces(&self) -> bool {
        false
    }

    /// The exception that is handled.
    #[inline(always)]
    pub(crate) fn handled_now(&self) -> Word {
        self.handled.get()
    }

    /// There are no frame objects.
    #[inline(always)]
    pub(super) fn frame_with_tracer(&self, _: *mut super::frame::Record) -> Option<Word> {
        None
    }

    /// There are no frame objects.
    #[inline(always)]
    pub(super) fn end_shown(&self, _: Option<Word>) {}

    #[inline(always)]
    pub(super) fn note_tracing(&self) {}
}
