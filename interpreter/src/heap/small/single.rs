//! One block is taken like any run.

use super::blocks::Heap;
use core::ptr::NonNull;

impl Heap {
    /// No quicker way than `allocate`.
    #[inline(always)]
    pub fn take_block(&self) -> Option<NonNull<u8>> {
        None
    }
}
