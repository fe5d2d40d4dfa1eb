//! Generators and coroutines that nobody will go on with. Hosts only.
//!
//! In CPython one that nobody refers to any more is closed, so that its `finally` and `with` do what they have to; a coroutine that never
//! began is told of. Here the collector finds out. Those of which something is to be done are known by a list, whose words it must not
//! follow: it holds their addresses as small ints. First come those that were found and wait to be closed: these it does follow.

use super::{Outcome, Root, Vm, boundary};
use crate::code::prototype::flag;
use crate::heap::{BLOCK, Marker};
use crate::object::async_generator;
use crate::object::generator::{Generator, State as Stage, detail::COROUTINE};
use crate::object::handle::Handle;
use crate::object::kind::Header;
use crate::object::list::List;
use crate::object::word::Word;
use core::cell::Cell;
use core::ptr::NonNull;
use core::sync::atomic::Ordering;

/// How often a coroutine that is thrown away right after it was made has a collection happen at once, so that the warning names its line.
const HASTE: u8 = 100;

/// What is known of those that are in the list.
pub(super) struct State {
    /// How many of them wait to be closed.
    due: Cell<usize>,
    hastened: Cell<u8>,
    /// Of how many frames a new coroutine notes that they made it: `sys.set_coroutine_origin_tracking_depth`.
    pub(super) origin: Cell<usize>,
}

impl State {
    pub(super) const fn new() -> State {
        State { due: Cell::new(0), hastened: Cell::new(0), origin: Cell::new(0) }
    }
}

fn object(entry: Word) -> Word {
    let address = entry.int_value() as usize * BLOCK;
    NonNull::new(core::ptr::with_exposed_provenance_mut::<Header>(address)).map_or(Word::NONE, Word::of_object)
}

/// Whether something is to be done of a generator that nobody refers to.
fn is_unfinished(object: Word) -> bool {
    let (generator, finalizer) = match async_generator::body_of(object) {
        Some((body, finalizer)) => (body, finalizer),
        None => (Handle::from(object).expect("generators are noted"), Word::UNSET),
    };
    let generator: Handle<Generator> = generator;
    let prototype = generator.get().head.function.get().prototype.get();
    match generator.state() {
        Stage::Waiting { offset: 0, .. } => prototype.head.flags & flag::COROUTINE != 0,
        Stage::Waiting { offset, .. } | Stage::Pending { offset, .. } => {
            finalizer.set().is_some() || prototype.handler(offset - 1).is_some()
        }
        Stage::Running | Stage::Finished => false,
    }
}

impl Vm {
    fn noted_generators(&self) -> Option<Handle<List>> {
        Handle::from(self.root(Root::Generators))
    }

    /// Notes a new generator, if there may be something to do once nobody refers to it.
    ///
    /// # Errors
    /// `MemoryError`.
    pub(crate) fn note_generator(&self, object: Word, handlers: usize, flags: u8) -> Outcome<()> {
        if handlers == 0 && flags & (flag::COROUTINE | flag::ASYNC_GENERATOR) == 0 {
            return Ok(());
        }
        if self.root(Root::Generators) == Word::UNSET {
            self.set_root(Root::Generators, self.new_list(&[])?);
        }
        let noted = self.noted_generators().expect("made just now");
        noted.get().push(self, Word::int((object.address() / BLOCK) as isize))
    }

    /// Has coroutines note so many frames that made them from now on; answers how many until now.
    pub(crate) fn set_origin_depth(&self, frames: Option<usize>) -> usize {
        let before = self.forsaken.origin.get();
        self.forsaken.origin.set(frames.unwrap_or(before));
        before
    }

    /// Which frames make a coroutine with these flags, the innermost first: `UNSET` if that is not asked for.
    ///
    /// # Errors
    /// `MemoryError`.
    #[inline(always)]
    pub(crate) fn coroutine_origin(&self, flags: u8) -> Outcome {
        match self.forsaken.origin.get() {
            most @ 1.. if flags & flag::COROUTINE != 0 => self.places_above(most),
            _ => Ok(Word::UNSET),
        }
    }

    /// Called when all that is reachable is marked: finds those that are not, and keeps them until they are closed.
    pub(super) fn find_forsaken(&self, marker: &mut Marker) {
        let Some(noted) = self.noted_generators() else { return };
        let items = &noted.get().items;
        let first = self.forsaken.due.get();
        (0..first).for_each(|index| marker.word(object(items.get(index))));
        marker.finish();
        let (before, mut due, mut kept) = (noted.len(), first, first);
        for index in first..before {
            let entry = items.get(index);
            let is_forsaken = !marker.is_marked(object(entry));
            if is_forsaken && !is_unfinished(object(entry)) {
                continue;
            }
            items.set(kept, entry);
            if is_forsaken {
                items.set(kept, items.get(due));
                items.set(due, entry);
                due += 1;
            }
            kept += 1;
        }
        for _ in kept..before {
            noted.pop();
        }
        // All were found before the first is marked: they may refer to each other.
        (first..due).for_each(|index| marker.word(object(items.get(index))));
        marker.finish();
        self.forsaken.due.set(due);
        if due > 0 {
            self.pending.store(true, Ordering::Relaxed);
        }
    }

    /// At the end of a program nobody goes on with any of them.
    pub(super) fn forsake_all(&self) {
        if let Some(noted) = self.noted_generators() {
            self.forsaken.due.set(noted.len());
        }
    }

    /// Closes those that were found, the oldest first.
    pub(super) fn attend_forsaken(&self) {
        while let Some(noted) = self.noted_generators().filter(|_| self.forsaken.due.get() > 0) {
            let items = &noted.get().items;
            let generator = object(items.get(0));
            items.shift(1, 0, noted.len() - 1);
            noted.pop();
            self.forsaken.due.set(self.forsaken.due.get() - 1);
            if is_unfinished(generator)
                && let Err(raised) = self.end_forsaken(generator)
            {
                let exception = self.take_raised(raised);
                self.tell_unraisable(exception, generator);
            }
        }
    }

    fn end_forsaken(&self, object: Word) -> Outcome<()> {
        if let Some((body, finalizer)) = async_generator::body_of(object) {
            return match finalizer.set() {
                Some(finalizer) => self.call(finalizer, &[object]).map(|_| ()),
                None => super::generator::close(self, body).map(|_| ()),
            };
        }
        let generator = Handle::<Generator>::from(object).expect("generators are noted");
        if let Stage::Waiting { offset: 0, .. } = generator.state() {
            generator.set_state(Stage::Finished);
            return self.call_frozen("warnings", "_warn_unawaited_coroutine", &[object]).map(|_| ());
        }
        super::generator::close(self, generator).map(|_| ())
    }

    /// Calls a function of a frozen module.
    fn call_frozen(&self, module: &str, function: &str, arguments: &[Word]) -> Outcome {
        let module = self.import_frozen(self.intern(module)?)?;
        self.call(self.attribute(module, self.intern(function)?)?, arguments)
    }

    /// Tells `sys.unraisablehook` of an exception that no program is waiting for. One from there is forgotten.
    pub(super) fn tell_unraisable(&self, exception: Word, object: Word) {
        if let Err(raised) = self.call_frozen("_sys", "_tell_unraisable", &[exception, object]) {
            self.take_raised(raised);
        }
    }

    /// The loop throws `word` away: if that is a coroutine which never began and nobody has it, that is told at once.
    #[cold]
    #[inline(never)]
    pub(super) fn discard_coroutine(&self, word: Word) {
        let fresh = |generator: Handle<Generator>| matches!(generator.state(), Stage::Waiting { offset: 0, .. });
        let hastened = self.forsaken.hastened.get();
        if hastened < HASTE && self.is_collection_enabled() && Handle::<Generator>::from(word).is_some_and(fresh) {
            self.forsaken.hastened.set(hastened + 1);
            boundary::collect_for_loop(self);
        }
    }
}

/// Whether it is a coroutine.
#[inline(always)]
pub(super) fn is_coroutine(word: Word) -> bool {
    word.is_object() && Handle::<Generator>::from(word).is_some_and(|generator| core::ptr::eq(generator.ty(), &COROUTINE))
}
