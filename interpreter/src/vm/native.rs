//! Machine code and the loop: `dispatch` hands over at the opcode `Native`, and takes over where that code left.

use super::frame::Record;
use super::{Vm, cache};
use crate::code::prototype::flag;
use crate::heap::Marker;
use crate::native;
use crate::object::function::Function;
use crate::object::handle::Handle;
use crate::object::word::Word;

/// Bytes of the inline caches of so much bytecode.
pub(crate) fn cache_bytes(code: usize) -> usize {
    cache::bytes(code)
}

impl Vm {
    /// Goes on in the machine code of the frame's function; `ip` is behind the opcode `Native`. Answers where the loop goes on; an
    /// exception may be under way.
    ///
    /// # Safety
    /// The function runs in the frame at `fp` and `sp`, at `ip`, and `sp` is published.
    #[inline(never)]
    pub(super) unsafe fn run_machine_code(
        &self,
        function: Handle<Function>,
        ip: *const u8,
        fp: *mut Word,
        sp: *mut Word,
    ) -> (*const u8, *mut Word) {
        let prototype = function.get().prototype.get();
        let code = prototype.code().as_ptr();
        // SAFETY: the caller's promise; the answer lies within the code and the frame.
        unsafe {
            let offset = ip.offset_from_unsigned(code) - 1;
            match native::run(self, prototype, offset, fp, sp) {
                Ok((offset, depth)) => {
                    // What raised is found by the byte before.
                    let ip = code.add(offset + self.has_raised() as usize);
                    (ip, fp.add(prototype.head.locals as usize + depth))
                }
                Err(_) => (ip, sp),
            }
        }
    }

    /// Whether an exception is under way.
    #[inline(always)]
    pub(super) fn has_raised(&self) -> bool {
        self.raised.get() != Word::UNSET
    }

    /// Publishes the top of the stack for a helper of machine code.
    pub(crate) fn publish_top(&self, top: *mut Word) {
        self.publish(top);
    }
}

/// Marks what the frames of viper functions hold: addresses within objects keep those alive.
///
/// # Safety
/// The records from `records` to `limit` are those of frames that run, on a stack that is in use up to `top`.
pub(super) unsafe fn mark_frames(marker: &mut Marker, records: usize, limit: usize, top: usize) {
    let mut record = core::ptr::with_exposed_provenance::<Record>(records);
    while record.addr() < limit {
        // SAFETY: the caller's promise.
        let Record { fp, function, .. } = unsafe { *record };
        let head = &function.get().prototype.get().head;
        if head.flags & flag::NUMBERS != 0 {
            let end = fp.wrapping_add(head.locals as usize + head.stack as usize).addr().min(top);
            // SAFETY: the frame's words, which are initialised below the top.
            unsafe { marker.range(fp.expose_provenance(), end) };
        }
        record = record.wrapping_add(1);
    }
}
