//! Where the state of the only interpreter lies: in static data. A `Vm` is then nothing, and the compiler takes it from the arguments of
//! every function that is called by name (14 kB of a pyboard's image).

use super::State;
use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::Deref;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// The interpreter, while there is one. It stays in its thread: what it stands for is shared by cells.
pub struct Vm(PhantomData<*const State>);

/// Where the state lies while there is a `Vm`.
struct Place(UnsafeCell<MaybeUninit<State>>);

// SAFETY: only a `Vm` leads here; there is one at a time (`TAKEN`), and it cannot be shared between threads.
unsafe impl Sync for Place {}

static PLACE: Place = Place(UnsafeCell::new(MaybeUninit::uninit()));
static TAKEN: AtomicBool = AtomicBool::new(false);

impl Vm {
    /// The interpreter with that state, unless there is one already.
    #[inline(always)]
    pub(super) fn place(state: State) -> Option<Vm> {
        // Not `swap`: the smallest processors have none. Who interrupts a program makes no interpreter.
        if TAKEN.load(Relaxed) {
            return None;
        }
        TAKEN.store(true, Relaxed);
        // SAFETY: `TAKEN` was clear: no `Vm` is there that could lead to the old state.
        unsafe { (*PLACE.0.get()).write(state) };
        Some(Vm(PhantomData))
    }

    /// The interpreter itself, for what it hands to a function that is chosen at run time: such a function takes it as an argument, but
    /// who calls it need not have kept it.
    #[inline(always)]
    pub fn here(&self) -> &Vm {
        // SAFETY: a `Vm` has no size, so any address that is not null is one; that there is one `self` shows.
        unsafe { NonNull::dangling().as_ref() }
    }
}

impl Drop for Vm {
    fn drop(&mut self) {
        TAKEN.store(false, Relaxed);
    }
}

impl Deref for Vm {
    type Target = State;
    #[inline(always)]
    fn deref(&self) -> &State {
        // SAFETY: a `Vm` is made when the state has been written, which is not written again before it is dropped.
        unsafe { (*PLACE.0.get()).assume_init_ref() }
    }
}
