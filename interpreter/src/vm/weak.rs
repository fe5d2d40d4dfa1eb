//! Weak references: what the collector does about objects that are about to be freed.
//!
//! References are resources whose type says that the collector does not look at the referent and at the list of all references.
//! Between marking and sweeping `clear_weak` walks that list: a reference whose object was not marked forgets it, and its
//! callback is chained up, to run when the program attends to what is pending. Nothing is allocated meanwhile.

use super::{Outcome, Root, Vm};
use crate::heap::Marker;
use crate::object::dict::Dict;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{Rows, Slots, Type};
#[cfg(feature = "full")]
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::print::{Console, Printer};
use crate::object::resource::{Resource, resource_type};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use core::cell::Cell;
use core::sync::atomic::Ordering;

/// State of a reference that the collector sees: the callback (`NONE` when there is none, or not any more).
pub const CALLBACK: usize = 0;
/// The next finalizer, or the next reference whose callback is due. Of a plain reference whose object lives: the hash, as a small int,
/// once somebody has asked for it.
pub const LINK: usize = 1;
/// What the collector does not see: the object. When it is gone: its hash if that is known, for whoever has the reference in a dict;
/// otherwise `UNSET`.
pub const REFERENT: usize = 2;
/// The next reference of all.
const NEXT: usize = 3;

/// Of a finalizer's callback, a tuple, what stands behind the function and its arguments: whether it runs when the program ends.
pub const AT_EXIT: usize = 3;

/// State of the table: the first reference whose callback is due, the first finalizer or watcher over an object that has
/// `__del__`; unseen: the first plain reference.
const DUE: usize = 0;
const FINALIZERS: usize = 1;
const ALL: usize = 2;
/// How many hold the callbacks back: a small int, or `NONE`.
const HELD: usize = 3;

static TABLE: Type = weak_type(name!(weakref), &Slots::NONE, Rows::NONE);
/// Watches over an object whose class has `__del__`. When the object is orphaned it lives on once more, as the callback here.
static DELETER: Type = weak_type(name!(__del__), &Slots::NONE, Rows::NONE);

/// Names that are used here.
pub(crate) const NAMES: &[&str] = &["__del__", "finalize"];

/// A type of references: of its state the collector sees the first two words.
pub const fn weak_type(name: Name, slots: &'static Slots, rows: &'static Rows) -> Type {
    Type { traced: 2, ..resource_type(name, slots, rows) }
}

fn resource(word: Word) -> Option<Handle<Resource>> {
    word.set().and_then(Handle::from)
}

impl Vm {
    /// A new reference of a type made by `weak_type`; a finalizer lives as long as its object does.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_weak(&self, ty: &'static Type, referent: Word, callback: Word, finalizer: bool) -> Outcome {
        let (head, link) = if finalizer { (FINALIZERS, LINK) } else { (ALL, NEXT) };
        self.new_watcher(ty, referent, callback, head, link)
    }

    /// A plain reference to the object, one without a callback if there is such.
    pub fn reference_to(&self, object: Word) -> Option<Word> {
        let table = resource(self.root(Root::Weak))?;
        let (mut found, mut next) = (None, table.state[ALL].get());
        while let Some(reference) = resource(next) {
            let state = &reference.get().state;
            next = state[NEXT].get();
            if state[REFERENT].get() == object {
                found = Some(reference.word());
                if state[CALLBACK].get() == Word::NONE {
                    break;
                }
            }
        }
        found
    }

    /// All plain references to the object, the first one first.
    ///
    /// # Errors
    /// `MemoryError`.
    #[cfg(feature = "full")]
    pub fn references_to(&self, object: Word) -> Outcome {
        let list = self.new_list(&[])?;
        let Some(table) = resource(self.root(Root::Weak)) else { return Ok(list) };
        let mut next = table.state[ALL].get();
        while let Some(reference) = resource(next) {
            if reference.state[REFERENT].get() == object {
                Handle::<List>::from(list).expect("a list").get().push(self, reference.word())?;
            }
            next = reference.state[NEXT].get();
        }
        Ok(list)
    }

    /// Has `__del__` called once nothing else refers to the object.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn watch_deletion(&self, object: Word) -> Outcome<()> {
        self.new_watcher(&DELETER, object, Word::NONE, FINALIZERS, LINK).map(|_| ())
    }

    fn new_watcher(&self, ty: &'static Type, referent: Word, callback: Word, head: usize, link: usize) -> Outcome {
        let table = match resource(self.root(Root::Weak)) {
            Some(table) => table,
            None => {
                let table = self.new_resource(&TABLE, &[Word::NONE; 4])?;
                self.set_root(Root::Weak, table);
                Handle::from(table).expect("a resource")
            }
        };
        let reference = self.new_resource(ty, &[callback, Word::NONE, referent, Word::NONE])?;
        resource(reference).expect("a resource").state[link].set(table.state[head].get());
        table.state[head].set(reference);
        Ok(reference)
    }

    /// Called when all that is reachable is marked.
    pub(super) fn clear_weak(&self, marker: &mut Marker) {
        let Some(table) = resource(self.root(Root::Weak)) else { return };
        marker.finish();
        let mut last = None;
        self.revive(table, marker, &mut last);
        // The newest first, as in MicroPython; finalizers before plain references.
        for (head, link) in [(FINALIZERS, LINK), (ALL, NEXT)] {
            let (mut place, mut next) = (&table.get().state[head], table.state[head].get());
            while let Some(reference) = resource(next) {
                let state = &reference.get().state;
                next = state[link].get();
                let alive = marker.is_marked(reference.word());
                let orphaned = !marker.is_marked(state[REFERENT].get());
                let watches = watches_deletion(reference.get());
                let done = head == FINALIZERS && state[CALLBACK].get() == Word::NONE && !watches;
                if alive && !orphaned && !done {
                    place = &state[link];
                    continue;
                }
                place.set(next);
                if alive && orphaned && !done {
                    let hash = state[LINK].get();
                    state[REFERENT].set(if hash.as_int().is_some() { hash } else { Word::UNSET });
                    if state[CALLBACK].get() != Word::NONE {
                        append(table, reference, &mut last);
                    }
                }
            }
        }
        if table.state[DUE].get() != Word::NONE {
            self.pending.store(true, Ordering::Relaxed);
        }
    }

    /// Takes the finalizers and watchers for which `chosen` speaks out of the table: a chain by `NEXT`, the oldest first.
    fn take(&self, table: Handle<Resource>, chosen: &dyn Fn(&Resource) -> bool) -> Word {
        let mut taken = Word::NONE;
        let (mut place, mut next) = (&table.get().state[FINALIZERS], table.state[FINALIZERS].get());
        while let Some(watcher) = resource(next) {
            let state = &watcher.get().state;
            next = state[LINK].get();
            if !chosen(watcher.get()) {
                place = &state[LINK];
                continue;
            }
            place.set(next);
            state[NEXT].set(taken);
            taken = watcher.word();
        }
        taken
    }

    /// Objects with `__del__` that nothing refers to: each lives on until that was called, and is not watched any more. All are
    /// found before the first is marked, for they may refer to each other.
    fn revive(&self, table: Handle<Resource>, marker: &mut Marker, last: &mut Option<Handle<Resource>>) {
        let mut dying = self.take(table, &|it| watches_deletion(it) && !marker.is_marked(it.state[REFERENT].get()));
        while let Some(watcher) = resource(dying) {
            dying = watcher.state[NEXT].get();
            let object = watcher.state[REFERENT].get();
            watcher.state[CALLBACK].set(object);
            append(table, watcher, last);
            marker.word(object);
            marker.finish();
        }
    }

    /// At the end of a program: finalizers that have not run, the newest first, and `__del__` of everything that still has one.
    pub fn finalize_all(&self) {
        self.forsake_all();
        self.attend_forsaken();
        let Some(table) = resource(self.root(Root::Weak)) else { return };
        let (mut watchers, mut last) = (self.take(table, &watches_deletion), None);
        while let Some(watcher) = resource(watchers) {
            watchers = watcher.state[NEXT].get();
            watcher.state[CALLBACK].set(watcher.state[REFERENT].get());
            append(table, watcher, &mut last);
        }
        let runs = |finalizer: &Resource| {
            Handle::<Tuple>::from(finalizer.state[CALLBACK].get()).is_some_and(|parts| parts.at(AT_EXIT) == Some(Word::TRUE))
        };
        let mut finalizers = self.take(table, &runs);
        while let Some(finalizer) = resource(finalizers) {
            finalizers = finalizer.state[NEXT].get();
            finalizer.state[LINK].set(table.state[DUE].replace(finalizer.word()));
        }
        self.attend_weak();
    }

    /// Runs the callbacks that are due. What they raise is shown and forgotten.
    pub fn attend_weak(&self) {
        let table = resource(self.root(Root::Weak));
        if table.is_some_and(|table| held(table) > 0) {
            return;
        }
        self.attend_forsaken();
        let Some(table) = table else { return };
        while let Some(reference) = resource(table.state[DUE].get()) {
            table.state[DUE].set(reference.state[LINK].replace(Word::NONE));
            let watches = watches_deletion(reference.get());
            let subject = reference.state[CALLBACK].get();
            if let Err(raised) = self.weak_callback(reference) {
                let exception = self.take_raised(raised);
                if crate::WHOLE {
                    self.tell_unraisable(exception, subject);
                    continue;
                }
                let mut console = Console;
                let mut out = Printer::new(&mut console);
                let whose = if watches { "__del__" } else { "weakref callback" };
                let shown = out
                    .text(self, "Unhandled exception in ")
                    .and_then(|()| out.text(self, whose))
                    .and_then(|()| out.text(self, ":\n"));
                if let Err(raised) = shown.and_then(|()| self.print_exception(exception, &mut out)) {
                    self.take_raised(raised);
                }
            }
        }
    }

    /// Runs `action` with all callbacks held back: they might need what it is using.
    pub fn hold_weak<T>(&self, action: impl FnOnce() -> T) -> T {
        let hold = |by: isize| {
            if let Some(table) = resource(self.root(Root::Weak)) {
                table.state[HELD].set(Word::int((held(table) + by).max(0)));
            }
        };
        hold(1);
        let result = action();
        hold(-1);
        if resource(self.root(Root::Weak)).is_some_and(|table| table.state[DUE].get() != Word::NONE) {
            self.pending.store(true, Ordering::Relaxed);
        }
        result
    }

    fn weak_callback(&self, reference: Handle<Resource>) -> Outcome {
        let callback = reference.state[CALLBACK].get();
        if watches_deletion(reference.get()) {
            return self.call_method(callback, name!(__del__), &[]);
        }
        match Handle::<Tuple>::from(callback) {
            None => self.call(callback, &[reference.word()]),
            Some(parts) => {
                reference.state[CALLBACK].set(Word::NONE);
                self.call_parts(parts)
            }
        }
    }

    /// Calls what a tuple of a function, a tuple of arguments and a dict of keyword arguments says.
    ///
    /// # Errors
    /// What the call raises.
    pub fn call_parts(&self, parts: Handle<Tuple>) -> Outcome {
        let part = |index: usize| parts.at(index).unwrap_or(Word::NONE);
        let (Some(arguments), Some(keywords)) = (Handle::<Tuple>::from(part(1)), Handle::<Dict>::from(part(2))) else {
            return self.call(part(0), &[]);
        };
        let pairs = keywords.map.iter().flat_map(|(name, value)| [name, value]);
        let words = arguments.get().tail().iter().map(Cell::get).chain(pairs);
        self.with_pushed(words, |pushed| self.call_args(part(0), Args::with_keywords(pushed, arguments.len())))
    }
}

fn watches_deletion(finalizer: &Resource) -> bool {
    core::ptr::eq(finalizer.header.0.get(), &DELETER)
}

fn held(table: Handle<Resource>) -> isize {
    table.state[HELD].get().as_int().unwrap_or(0)
}

/// Puts a reference at the end of those whose callback is due.
fn append(table: Handle<Resource>, reference: Handle<Resource>, last: &mut Option<Handle<Resource>>) {
    let mut end = *last;
    let mut next = end.map_or(table.state[DUE].get(), |end| end.state[LINK].get());
    while let Some(other) = resource(next) {
        (end, next) = (Some(other), other.state[LINK].get());
    }
    reference.state[LINK].set(Word::NONE);
    match end {
        Some(end) => end.state[LINK].set(reference.word()),
        None => table.state[DUE].set(reference.word()),
    }
    *last = Some(reference);
}
