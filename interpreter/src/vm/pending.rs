//! What waits for the program's attention: Ctrl-C and scheduled callbacks, looked at from back-edges and calls.

use super::{Outcome, Raised, Root, Vm};
use crate::object::exception;
use crate::object::handle::Handle;
use crate::object::print::{ErrorConsole, Printer};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use core::sync::atomic::Ordering;

/// Callbacks that may wait at a time.
const QUEUE: usize = 8;

/// In `Vm::schedule`: callbacks run now, and no others meanwhile.
const RUNNING: u8 = 1;
/// In `Vm::schedule`: a KeyboardInterrupt is due.
const INTERRUPT: u8 = 2;
/// In `Vm::schedule`: callbacks ran since somebody asked whether any did.
const RAN: u8 = 4;

impl Vm {
    /// Called when `pending` is seen set.
    #[cold]
    #[inline(never)]
    pub(super) fn attend(&self) -> Outcome<()> {
        self.pending.store(false, Ordering::Relaxed);
        self.note_tracing();
        self.yield_thread();
        if !self.threads.is_main() {
            self.leave_to_main();
            return Ok(());
        }
        if self.port.interrupted() {
            return Err(self.raise_interrupt());
        }
        if self.schedule.get() & RUNNING != 0 {
            return Ok(());
        }
        if self.schedule.replace(RUNNING) & INTERRUPT != 0 {
            self.schedule.set(0);
            return Err(self.raise_interrupt());
        }
        let result = self.run_callbacks();
        self.end_scheduled();
        result
    }

    fn run_callbacks(&self) -> Outcome<()> {
        self.attend_weak();
        self.attend_port()?;
        // Not without end: one that schedules itself again must not keep the program from going on.
        for _ in 0..QUEUE {
            let Some((callback, argument)) = self.uninterrupted(|| self.next_scheduled()) else { break };
            self.call_aside(callback, argument)?;
        }
        Ok(())
    }

    /// Calls `callback(argument)` beside the program: what it raises is printed, not the program's fault. Tells whether it raised nothing.
    ///
    /// # Errors
    /// What it raises that is no `Exception`: `KeyboardInterrupt`, `SystemExit`.
    pub fn call_aside(&self, callback: Word, argument: Word) -> Outcome<bool> {
        match self.call(callback, &[argument]) {
            Ok(_) => Ok(true),
            Err(raised) => self.print_aside(raised).map(|()| false),
        }
    }

    /// Prints what a callback raised.
    ///
    /// # Errors
    /// What is no `Exception`: `KeyboardInterrupt`, `SystemExit`.
    pub fn print_aside(&self, raised: Raised) -> Outcome<()> {
        let exception = self.take_raised(raised);
        if !self.is_instance(exception, &exception::EXCEPTION) {
            return Err(self.raise_word(exception));
        }
        let mut console = ErrorConsole;
        if let Err(raised) = self.print_exception(exception, &mut Printer::new(&mut console)) {
            self.take_raised(raised);
        }
        Ok(())
    }

    /// Ctrl-C and callbacks are the main thread's business: they wait for its turn.
    fn leave_to_main(&self) {
        if self.port.interrupted() {
            self.schedule_interrupt();
        }
        self.note_waiting();
    }

    /// Callbacks may run again; what one of them scheduled in vain is due.
    fn end_scheduled(&self) {
        self.schedule.set(self.schedule.get() & !RUNNING | RAN);
        self.note_waiting();
    }

    fn note_waiting(&self) {
        let waiting = Handle::<Tuple>::from(self.root(Root::Scheduled)).and_then(|queue| queue.get().tail()[0].get().set());
        if self.schedule.get() & INTERRUPT != 0 || waiting.is_some() {
            self.pending.store(true, Ordering::Relaxed);
        }
    }

    /// Whether callbacks ran since this was asked last: what a loop has looked at before may be different now.
    pub(crate) fn take_callbacks_ran(&self) -> bool {
        let state = self.schedule.get();
        self.schedule.set(state & !RAN);
        state & RAN != 0
    }

    fn raise_interrupt(&self) -> Raised {
        match exception::new(self, &exception::KEYBOARD_INTERRUPT, &[]) {
            Ok(exception) => self.raise_word(exception),
            Err(raised) => raised,
        }
    }

    /// Raises KeyboardInterrupt soon in the main program, not in a scheduled callback: `schedule(kbd_intr, None)`.
    pub fn schedule_interrupt(&self) {
        self.schedule.set(self.schedule.get() | INTERRUPT);
        self.pending.store(true, Ordering::Relaxed);
    }

    /// Asks for `callback(argument)` soon, from the main program. `false` when too many wait already.
    ///
    /// # Errors
    /// `MemoryError`, the first time.
    pub fn schedule(&self, callback: Word, argument: Word) -> Outcome<bool> {
        let queue = match Handle::<Tuple>::from(self.root(Root::Scheduled)) {
            Some(queue) => queue,
            None => {
                let queue = self.new_tuple(&[Word::UNSET; 2 * QUEUE])?;
                self.set_root(Root::Scheduled, queue);
                Handle::from(queue).expect("a tuple")
            }
        };
        let Some(pair) = queue.get().tail().chunks_exact(2).find(|pair| pair[0].get() == Word::UNSET) else { return Ok(false) };
        pair[1].set(argument);
        pair[0].set(callback);
        self.pending.store(true, Ordering::Relaxed);
        Ok(true)
    }

    fn next_scheduled(&self) -> Option<(Word, Word)> {
        let queue = Handle::<Tuple>::from(self.root(Root::Scheduled))?.get().tail();
        let first = (queue[0].get().set()?, queue[1].get());
        for index in 0..queue.len() {
            queue[index].set(queue.get(index + 2).map_or(Word::UNSET, |word| word.get()));
        }
        Some(first)
    }
}
