//! Threads of programs, and the lock by which they take turns.
#![expect(unsafe_code, reason = "hands the interpreter to a thread, which uses it in its turns alone")]

use crate::port::PENDING;
use interpreter::port;
use interpreter::vm::Vm;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// How long a thread waits for its turn before it asks the running one to hurry.
const PATIENCE: Duration = Duration::from_millis(5);
/// Bytes of machine stack, unless the program says otherwise, and the least that it may say.
const MACHINE_STACK: usize = 1 << 20;
const LEAST: usize = 64 << 10;
/// What a thread has besides: for the frames around Python's.
const RESERVE: usize = 256 << 10;
/// Words of a thread's stack of Python values.
const STACK: usize = 1 << 16;

/// Tickets beyond so many share a `Condvar`.
const CALLS: usize = 32;

/// The process's threads.
pub static THREADS: Threads = Threads {
    turns: Mutex::new(Turns { next: 0, served: 0 }),
    calls: [const { Condvar::new() }; CALLS],
    changes: Mutex::new(0),
    change: Condvar::new(),
    started: AtomicBool::new(false),
};

/// The lock, as a queue of numbered tickets, so that nobody is passed over.
pub struct Threads {
    turns: Mutex<Turns>,
    /// Where the holder of a ticket waits: of all threads that wait, two are woken at the end of a turn.
    calls: [Condvar; CALLS],
    changes: Mutex<usize>,
    change: Condvar,
    /// Whether there ever was another one.
    started: AtomicBool,
}

struct Turns {
    /// The ticket of who asks next.
    next: u64,
    /// The ticket whose turn it is.
    served: u64,
}

/// An interpreter on its way to another thread.
struct Lent(*const Vm);

// SAFETY: the thread uses it only while it holds the lock, and the main thread, which never gives the lock back when the
// program has ended, keeps the interpreter alive until then.
unsafe impl Send for Lent {}

/// Gives the lock back; after a panic the interpreter is in no state to go on.
struct EndOfThread;

impl Drop for EndOfThread {
    fn drop(&mut self) {
        if std::thread::panicking() {
            std::process::abort();
        }
        port::Threads::unlock(&THREADS);
    }
}

impl Threads {
    /// Whether a program has started any.
    pub fn were_started(&self) -> bool {
        self.started.load(Ordering::SeqCst)
    }

    fn turns(&self) -> MutexGuard<'_, Turns> {
        self.turns.lock().expect("no thread panics while it looks at the tickets")
    }

    fn call(&self, ticket: u64) -> &Condvar {
        &self.calls[ticket as usize % CALLS]
    }

    /// Copies the process by `fork`, while no thread holds a lock of these: in the copy only this one is left, and nobody waits.
    pub fn fork<T>(&self, fork: impl FnOnce() -> T, is_copy: impl FnOnce(&T) -> bool) -> T {
        let mut turns = self.turns();
        let changes = self.changes();
        let forked = fork();
        if is_copy(&forked) {
            turns.next = turns.served + 1;
        }
        drop((changes, turns));
        forked
    }

    fn changes(&self) -> MutexGuard<'_, usize> {
        self.changes.lock().expect("no thread panics while it counts changes")
    }
}

impl port::Threads for Threads {
    fn start(&self, vm: &Vm, number: usize, machine_stack: usize) -> bool {
        let machine_stack = if machine_stack == 0 { MACHINE_STACK } else { machine_stack.max(LEAST) };
        self.started.store(true, Ordering::SeqCst);
        let lent = Lent(vm);
        let body = move || {
            let lent = lent;
            let mut region = vec![MaybeUninit::uninit(); STACK];
            THREADS.lock();
            let end = EndOfThread;
            // SAFETY: as said at `Lent`; it is this thread's turn now.
            unsafe { (*lent.0).run_thread(number, &mut region, machine_stack) };
            drop(end);
        };
        std::thread::Builder::new().stack_size(machine_stack + RESERVE).spawn(body).is_ok()
    }

    fn lock(&self) {
        let mut turns = self.turns();
        let ticket = turns.next;
        turns.next += 1;
        while turns.served != ticket {
            // The first of the queue asks for its turn; the others wait for the first.
            if turns.served + 1 == ticket {
                let (now, waited) = self.call(ticket).wait_timeout(turns, PATIENCE).expect("as in `turns`");
                turns = now;
                if waited.timed_out() {
                    PENDING.store(true, Ordering::SeqCst);
                }
            } else {
                turns = self.call(ticket).wait(turns).expect("as in `turns`");
            }
        }
    }

    fn unlock(&self) {
        let served = {
            let mut turns = self.turns();
            turns.served += 1;
            turns.served
        };
        // Whose turn it is, and who comes after, and so begins to ask.
        self.call(served).notify_all();
        self.call(served + 1).notify_all();
    }

    fn is_wanted(&self) -> bool {
        let turns = self.turns();
        turns.next > turns.served + 1
    }

    fn changes(&self) -> usize {
        *self.changes()
    }

    fn note_change(&self) {
        *self.changes() += 1;
        self.change.notify_all();
    }

    fn wait(&self, seen: usize, microseconds: u64) {
        let timeout = Duration::from_micros(microseconds);
        let waited = self.change.wait_timeout_while(self.changes(), timeout, |changes| *changes == seen);
        drop(waited.expect("as in `changes`"));
    }
}
