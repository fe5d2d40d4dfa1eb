//! The stack of Python values, and the bounds of the machine stack.
//!
//! ```text
//!   base                     top →                     ← records   limit
//!   [args, locals, values …][free …………………………………………………][ip, fp, …]
//! ```
//! One region per thread of execution, and one for a hard interrupt's callback: values grow up, frame records grow down, and they meet in a `RuntimeError`.
//! `top` is published before anything that may allocate or run Python: the collector scans exactly [base, top) and the
//! records.

use crate::object::word::Word;
use core::cell::Cell;
use core::mem::MaybeUninit;
use core::ptr::NonNull;

/// Both stacks of a `Vm`.
pub(super) struct Stack {
    pub(super) base: Cell<NonNull<Cell<Word>>>,
    pub(super) limit: Cell<NonNull<Cell<Word>>>,
    /// First free slot.
    pub(super) top: Cell<NonNull<Cell<Word>>>,
    /// Lowest record in use.
    pub(super) records: Cell<NonNull<Cell<Word>>>,
    /// Highest address of the machine stack that may hold a Python value; 0 outside `Vm::enter`.
    pub(super) machine_base: Cell<usize>,
    machine_limit: Cell<usize>,
    machine_size: usize,
}

impl Stack {
    pub(super) fn new(region: &'static mut [MaybeUninit<usize>], machine_size: usize) -> Stack {
        let range = region.as_mut_ptr_range();
        // SAFETY: the bounds of a slice are not null.
        let (base, limit) = unsafe { (NonNull::new_unchecked(range.start.cast()), NonNull::new_unchecked(range.end.cast())) };
        Stack {
            base: Cell::new(base),
            limit: Cell::new(limit),
            top: Cell::new(base),
            records: Cell::new(limit),
            machine_base: Cell::new(0),
            machine_limit: Cell::new(0),
            machine_size,
        }
    }

    /// Notes the bounds of a machine stack in use down to `here`, of which nothing lies at `end` or above.
    pub(super) fn enter(&self, here: usize, end: usize) -> (usize, usize) {
        let outer = (self.machine_base.get(), self.machine_limit.get());
        if outer.0 < here {
            // A little above, so that the caller's own locals are within.
            self.machine_base.set(end.min(here + 64 * size_of::<usize>()));
            self.machine_limit.set(here.saturating_sub(self.machine_size));
        }
        outer
    }

    /// Runs `body` on a region of its own for values and records, and with `machine_size` bytes of the machine stack below
    /// `here`, whatever the state of the stacks in use; nothing of them is touched.
    pub(super) fn aside<R>(
        &self,
        region: &mut [MaybeUninit<usize>],
        here: usize,
        machine_size: usize,
        body: impl FnOnce() -> R,
    ) -> R {
        let range = region.as_mut_ptr_range();
        // SAFETY: the bounds of a slice are not null.
        let (base, limit) = unsafe { (NonNull::new_unchecked(range.start.cast()), NonNull::new_unchecked(range.end.cast())) };
        let values = (self.base.replace(base), self.top.replace(base));
        let records = (self.limit.replace(limit), self.records.replace(limit));
        let machine = self.machine_limit.replace(here.saturating_sub(machine_size));
        let result = body();
        self.base.set(values.0);
        self.top.set(values.1);
        self.limit.set(records.0);
        self.records.set(records.1);
        self.machine_limit.set(machine);
        result
    }

    /// Goes over to a new thread's region and machine stack, whose state `save` gave to nobody yet.
    #[cfg(feature = "threads")]
    pub(super) fn begin(&self, region: &mut [MaybeUninit<usize>], here: usize, machine_size: usize) {
        let range = region.as_mut_ptr_range();
        // SAFETY: the bounds of a slice are not null.
        let (base, limit) = unsafe { (NonNull::new_unchecked(range.start.cast()), NonNull::new_unchecked(range.end.cast())) };
        self.base.set(base);
        self.top.set(base);
        self.limit.set(limit);
        self.records.set(limit);
        self.machine_base.set(here + 64 * size_of::<usize>());
        self.machine_limit.set(here.saturating_sub(machine_size));
    }

    /// The bounds of a thread whose turn ends.
    #[cfg(feature = "threads")]
    pub(super) fn save(&self) -> Saved {
        Saved {
            base: self.base.get(),
            top: self.top.get(),
            records: self.records.get(),
            limit: self.limit.get(),
            machine_base: self.machine_base.get(),
            machine_limit: self.machine_limit.get(),
        }
    }

    /// It is the turn of the thread with these bounds.
    #[cfg(feature = "threads")]
    pub(super) fn restore(&self, saved: &Saved) {
        self.base.set(saved.base);
        self.top.set(saved.top);
        self.records.set(saved.records);
        self.limit.set(saved.limit);
        self.machine_base.set(saved.machine_base);
        self.machine_limit.set(saved.machine_limit);
    }

    pub(super) fn leave(&self, outer: (usize, usize)) {
        self.machine_base.set(outer.0);
        self.machine_limit.set(outer.1);
    }

    pub(super) fn machine_size(&self) -> usize {
        self.machine_size
    }

    #[inline(always)]
    pub(super) fn has_machine_stack(&self, here: usize) -> bool {
        here > self.machine_limit.get()
    }
}

/// Both stacks of a thread between two turns.
#[cfg(feature = "threads")]
pub(super) struct Saved {
    base: NonNull<Cell<Word>>,
    top: NonNull<Cell<Word>>,
    records: NonNull<Cell<Word>>,
    limit: NonNull<Cell<Word>>,
    machine_base: usize,
    machine_limit: usize,
}

#[cfg(feature = "threads")]
impl Saved {
    /// Its records, the innermost first.
    #[cfg(feature = "full")]
    pub(super) fn records(&self) -> core::ops::Range<*mut super::frame::Record> {
        self.records.as_ptr().cast()..self.limit.as_ptr().cast()
    }

    /// Marks what lies on the stacks; `low` is where the machine stack begins.
    ///
    /// # Safety
    /// The thread waits: its stacks are readable and as it left them, and `low` lies in its machine stack.
    pub(super) unsafe fn mark(&self, marker: &mut crate::heap::Marker, low: usize) {
        let range = |from: NonNull<Cell<Word>>, to: NonNull<Cell<Word>>| [from, to].map(|at| at.as_ptr().expose_provenance());
        let machine = [low, self.machine_base & !(size_of::<usize>() - 1)];
        // SAFETY: the caller's promise, as in `Vm::mark_roots`.
        unsafe {
            let [from, to] = range(self.base, self.top);
            marker.words(from, to);
            for [from, to] in [range(self.records, self.limit), machine] {
                marker.range(from, to);
            }
            let [records, limit] = range(self.records, self.limit);
            super::native::mark_frames(marker, records, limit, range(self.base, self.top)[1]);
        }
    }
}
