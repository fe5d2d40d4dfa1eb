//! There is no machine code: its opcode is passed by, and every slot of a frame is a word.

use super::Vm;
use crate::heap::Marker;
use crate::object::function::Function;
use crate::object::handle::Handle;
use crate::object::word::Word;

impl Vm {
    /// Goes on behind the opcode.
    ///
    /// # Safety
    /// None is needed.
    #[inline(always)]
    pub(super) unsafe fn run_machine_code(
        &self,
        _: Handle<Function>,
        ip: *const u8,
        _: *mut Word,
        sp: *mut Word,
    ) -> (*const u8, *mut Word) {
        (ip, sp)
    }

    /// Nothing raised.
    #[inline(always)]
    pub(super) fn has_raised(&self) -> bool {
        false
    }
}

/// Nothing more to mark.
///
/// # Safety
/// None is needed.
#[inline(always)]
pub(super) unsafe fn mark_frames(_: &mut Marker, _: usize, _: usize, _: usize) {}
