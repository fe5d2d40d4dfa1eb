//! The quickest way to one block, which most objects take: the first free one of the plane word where the last one was found.

use super::blocks::{BLOCK, Heap, WIDTH};
use core::ptr::NonNull;

impl Heap {
    /// Takes one block, zeroed, if there is one in the hint's plane word and no collection is due. Everything else is
    /// `allocate`'s business.
    #[inline(always)]
    pub fn take_block(&self) -> Option<NonNull<u8>> {
        let index = self.hints[0].get() as usize;
        if index >= self.words() || self.is_collection_due() {
            return None;
        }
        let [heads, others] = self.plane(index);
        let free = !(heads.get() | others.get());
        if free == 0 {
            return None;
        }
        heads.set(heads.get() | free & free.wrapping_neg());
        if index >= self.high.get() {
            self.high.set(index + 1);
        }
        self.taken.set(self.taken.get() + 1);
        let address = self.address_of(index * WIDTH + free.trailing_zeros() as usize);
        // SAFETY: the block was free, is ours now, and lies in the region.
        unsafe { address.write_bytes(0, BLOCK) };
        Some(address)
    }
}
