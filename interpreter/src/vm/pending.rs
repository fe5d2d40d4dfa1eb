//! What waits for the program's attention: Ctrl-C and scheduled callbacks, looked at from back-edges and calls.

use super::{Outcome, Root, Vm};
use crate::object::exception;
use crate::object::handle::Handle;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use core::sync::atomic::Ordering;

/// Callbacks that may wait at a time.
const QUEUE: usize = 8;

impl Vm {
    /// Called when `pending` is seen set.
    #[cold]
    #[inline(never)]
    pub(super) fn attend(&self) -> Outcome<()> {
        self.pending.store(false, Ordering::Relaxed);
        if self.port.interrupted() {
            let exception = exception::new(self, &exception::KEYBOARD_INTERRUPT, &[])?;
            return Err(self.raise_word(exception));
        }
        while let Some((callback, argument)) = self.next_scheduled() {
            self.call(callback, &[argument])?;
        }
        Ok(())
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
