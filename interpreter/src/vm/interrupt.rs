//! Python in a hard interrupt: a callback that runs at once, between any two machine instructions of the main program.
//!
//! The main program's state is never complete then: the top of its stack is in a register, a list may be growing, an exception
//! may be on its way. So the callback touches none of it. It has a region of its own for values and records; the heap is
//! locked, so nothing is allocated, freed or collected under the allocator's hands; what the `Vm` holds for a moment
//! (exceptions, a generator's result) is put back as it was. While the collector runs no callback does: it could move an
//! object from a place that is not marked yet to one that is. Nor while a list or dict moves to a new block (`uninterrupted`).
//!
//! What is left is what every language leaves to the programmer: callback and main program may see each other's half of a
//! change to one object. Storing to a global or an attribute that exists, and to items of a list or bytearray, is whole.

use super::{Outcome, Vm};
use crate::heap::roots;
use crate::object::print::{Console, Printer};
use crate::object::word::Word;
use core::mem::MaybeUninit;
use core::sync::atomic::{Ordering, compiler_fence};

/// What became of a hard callback.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Callback {
    /// It ran to its end.
    Done,
    /// The main program cannot be interrupted now: call again soon.
    Later,
    /// It raised, which was printed: do not call it again.
    Failed,
}

impl Vm {
    /// Calls `callable(argument)` in the midst of whatever the main program does. `region` is the callback's own stack; 32 words
    /// are enough for one that calls nothing. It may use `machine_stack` bytes of that of the machine, below here.
    pub fn hard_callback(
        &self,
        callable: Word,
        argument: Word,
        region: &mut [MaybeUninit<usize>],
        machine_stack: usize,
    ) -> Callback {
        if self.busy.get() {
            return Callback::Later;
        }
        compiler_fence(Ordering::SeqCst);
        // What waits for the main program's attention goes on waiting.
        let pending = self.pending.load(Ordering::Relaxed);
        self.pending.store(false, Ordering::Relaxed);
        let lock = self.heap_locked.replace(1);
        let reserve = self.reserve_open.replace(false);
        let saved = [&self.raised, &self.handled, &self.stop_value].map(|cell| cell.replace(Word::UNSET));
        let result = self.stack.aside(region, roots::stack_pointer(), machine_stack, || match self.call(callable, &[argument]) {
            Ok(_) => Callback::Done,
            Err(raised) => {
                let exception = self.take_raised(raised);
                self.report_callback(exception);
                Callback::Failed
            }
        });
        for (cell, word) in [&self.raised, &self.handled, &self.stop_value].into_iter().zip(saved) {
            cell.set(word);
        }
        self.heap_locked.set(lock);
        self.reserve_open.set(reserve);
        if pending {
            self.pending.store(true, Ordering::Relaxed);
        }
        compiler_fence(Ordering::SeqCst);
        result
    }

    /// Runs `body` without hard callbacks: while an object's parts do not fit together.
    pub(crate) fn uninterrupted<R>(&self, body: impl FnOnce() -> R) -> R {
        let busy = self.busy.replace(true);
        compiler_fence(Ordering::SeqCst);
        let result = body();
        compiler_fence(Ordering::SeqCst);
        self.busy.set(busy);
        result
    }

    fn report_callback(&self, exception: Word) {
        self.write_text(b"Uncaught exception in a hard interrupt\n");
        let mut console = Console;
        let printed: Outcome<()> = self.print_exception(exception, &mut Printer::new(&mut console));
        if let Err(raised) = printed {
            self.take_raised(raised);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::exception::VALUE_ERROR;
    use crate::source::Mode;
    use crate::vm::import::Text;

    const SOURCE: &[u8] = b"n = 0\ndef tick(ms):\n    global n\n    n += 1\ndef bad(ms):\n    [ms]\n";

    #[test]
    fn a_callback_disturbs_nothing() {
        crate::testing::with(|vm| {
            let mut region = [MaybeUninit::new(0_usize); 64];
            let globals = vm.main_globals().expect("memory");
            vm.execute(&mut Text::new(SOURCE), name!("<stdin>"), Mode::File, globals).expect("runs");
            let get = |name: &str| {
                let name = Word::name(vm.intern(name).expect("memory"));
                globals.map.get(vm, name).expect("hashes").expect("is there")
            };
            let (tick, bad) = (get("tick"), get("bad"));
            let under_way = vm.raise_text(&VALUE_ERROR, "under way");
            for round in 0..100 {
                assert_eq!(vm.hard_callback(tick, Word::int(round), &mut region, 1 << 14), Callback::Done);
            }
            let busy = vm.uninterrupted(|| vm.hard_callback(tick, Word::int(0), &mut region, 1 << 14));
            assert_eq!(busy, Callback::Later);
            assert!(get("n") == Word::int(100));
            assert_eq!(vm.hard_callback(bad, Word::int(0), &mut region, 1 << 14), Callback::Failed);
            assert!(crate::testing::output().contains("MemoryError"), "the heap is locked in an interrupt");
            assert!(vm.is_instance(vm.take_raised(under_way), &VALUE_ERROR), "what was under way still is");
            assert_eq!(vm.heap_lock_depth(), 0);
        });
    }

    #[test]
    fn a_callback_that_recurses_fails_alone() {
        crate::testing::with(|vm| {
            let mut region = [MaybeUninit::new(0_usize); 64];
            let globals = vm.main_globals().expect("memory");
            vm.execute(&mut Text::new(b"def f(x):\n    f(x)\n"), name!("<stdin>"), Mode::File, globals).expect("runs");
            let f = globals.map.get(vm, Word::name(vm.intern("f").expect("memory"))).expect("hashes").expect("is there");
            assert_eq!(vm.hard_callback(f, Word::int(0), &mut region, 1 << 14), Callback::Failed);
            assert!(crate::testing::output().contains("Uncaught exception in a hard interrupt"));
        });
    }
}
