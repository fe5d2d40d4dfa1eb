//! Threads: machine threads that take turns with one `Vm`, one of them at a time, who holds the port's lock.
//!
//! What a thread has of its own (its two stacks, the exception under way) lies in the `Vm`'s cells while its turn lasts. It gives
//! its turn up at poll points and around waits alone, never inside a native function that holds handles: `release` writes
//! those cells into a `Parked` on its own machine stack, below the registers it spilled, and hangs that into a list, where the collector
//! finds the stacks of everyone who waits. Whoever has the turn finds nothing of the others.

#[cfg(feature = "full")]
use super::frame::Record;
use super::{Outcome, Root, Vm, stack};
use crate::heap::{Marker, roots};
use crate::object::dict::Dict;
use crate::object::exception;
use crate::object::handle::Args;
use crate::object::handle::Handle;
use crate::object::print::{ErrorConsole, Printer, Style};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::port::Threads as Port;
use core::cell::Cell;
use core::mem::MaybeUninit;
#[cfg(feature = "full")]
use core::ops::Range;
use core::ptr::NonNull;

/// Longest wait, in microseconds, before Ctrl-C and callbacks are looked at again.
const NAP: u64 = 20_000;

/// Who runs, and who waits.
pub(super) struct Threads {
    /// Threads that run or are about to, beside the main one.
    others: Cell<usize>,
    /// Number of the thread whose turn it is; the main one's is 0.
    current: Cell<usize>,
    /// Number of the last thread that was started.
    last: Cell<usize>,
    /// Bytes of machine stack for the next thread; 0 is the port's choice.
    stack_size: Cell<usize>,
    /// Everyone who waits for a turn.
    parked: Cell<Option<NonNull<Parked>>>,
}

/// A thread between two turns; lies on its own machine stack.
struct Parked {
    state: State,
    number: usize,
    /// Where its machine stack, with the registers it spilled, begins.
    low: usize,
    next: Cell<Option<NonNull<Parked>>>,
}

/// What of the `Vm` is a thread's own.
struct State {
    stack: stack::Saved,
    raised: Word,
    handled: Word,
    stop_value: Word,
    heap_locked: u16,
    outside: usize,
    tracing: [Word; 2],
}

impl Threads {
    pub(super) const fn new() -> Threads {
        Threads {
            others: Cell::new(0),
            current: Cell::new(0),
            last: Cell::new(0),
            stack_size: Cell::new(0),
            parked: Cell::new(None),
        }
    }

    /// Whether the main thread runs: the one that callbacks and Ctrl-C are for.
    pub(super) fn is_main(&self) -> bool {
        self.current.get() == 0
    }

    /// Marks what those who wait refer to.
    pub(super) fn mark(&self, marker: &mut Marker) {
        let mut next = self.parked.get();
        while let Some(at) = next {
            // SAFETY: who is in the list is inside `release`, where its `Parked` lives.
            let parked = unsafe { at.as_ref() };
            let own = [parked.state.raised, parked.state.handled, parked.state.stop_value];
            for word in own.into_iter().chain(parked.state.tracing) {
                marker.word(word);
            }
            // SAFETY: these stacks are as their thread left them, and nobody writes to them before it is its turn.
            unsafe { parked.state.stack.mark(marker, parked.low) };
            next = parked.next.get();
        }
    }

    fn insert(&self, parked: &Parked) {
        parked.next.set(self.parked.replace(Some(NonNull::from_ref(parked))));
    }

    fn remove(&self, parked: &Parked) {
        let mut link = &self.parked;
        while let Some(at) = link.get() {
            if at == NonNull::from_ref(parked) {
                link.set(parked.next.get());
                return;
            }
            // SAFETY: as in `mark`.
            link = unsafe { &at.as_ref().next };
        }
    }
}

/// The number of the running thread.
pub(super) fn thread_number(vm: &Vm) -> usize {
    vm.thread_number()
}

impl Vm {
    /// The number of the running thread, as `_thread.get_ident` gives it.
    pub fn thread_number(&self) -> usize {
        self.threads.current.get() + 1
    }

    /// Threads that run, or are about to, beside the main one.
    pub(crate) fn other_threads(&self) -> usize {
        self.threads.others.get()
    }

    /// Bytes of machine stack for threads started from now on (0: as the port likes); answers what it was.
    pub fn set_thread_stack(&self, bytes: usize) -> usize {
        self.threads.stack_size.replace(bytes)
    }

    /// Starts `function(*arguments, **keywords)` in a thread of its own; answers its number. `keywords` is a dict or None.
    ///
    /// # Errors
    /// `OSError` if there can be no thread; `MemoryError`.
    pub fn start_thread(&self, function: Word, arguments: Handle<Tuple>, keywords: Word) -> Outcome<usize> {
        let entry = self.new_tuple(&[function, arguments.word(), keywords])?;
        if self.root(Root::Threads) == Word::UNSET {
            self.set_root(Root::Threads, self.new_dict()?.word());
        }
        let entries = Handle::<Dict>::from(self.root(Root::Threads)).expect("a dict was put there");
        let number = self.threads.last.get() + 1;
        let key = Word::int(number as isize);
        entries.map.insert(self, key, entry)?;
        let started = self.port.threads().is_some_and(|threads| threads.start(self, number, self.threads.stack_size.get()));
        if !started {
            entries.map.remove(self, key)?;
            return Err(self.os_error(crate::vfs::Errno::EAGAIN.0));
        }
        self.threads.last.set(number);
        self.threads.others.set(self.threads.others.get() + 1);
        Ok(number + 1)
    }

    /// What a thread that `port::Threads::start` made does when it is its first turn. `region` is its stack of values and
    /// records; it may use `machine_stack` bytes below here.
    pub fn run_thread(&self, number: usize, region: &mut [MaybeUninit<usize>], machine_stack: usize) {
        self.stack.begin(region, roots::stack_pointer(), machine_stack);
        self.restore(&State {
            stack: self.stack.save(),
            raised: Word::UNSET,
            handled: Word::UNSET,
            stop_value: Word::NONE,
            heap_locked: 0,
            outside: 0,
            tracing: [Word::UNSET; 2],
        });
        self.threads.current.set(number);
        if let Err(raised) = self.call_thread_function(Word::int(number as isize)) {
            // An error of printing an error has nowhere to go.
            self.take_raised(raised);
        }
        self.threads.others.set(self.threads.others.get() - 1);
    }

    fn call_thread_function(&self, key: Word) -> Outcome<()> {
        let entries = Handle::<Dict>::from(self.root(Root::Threads)).expect("who starts a thread makes the dict");
        let Some(entry) = entries.map.remove(self, key)?.and_then(Handle::<Tuple>::from) else { return Ok(()) };
        let [function, arguments, keywords] = [0, 1, 2].map(|index| entry.tail()[index].get());
        let arguments = Handle::<Tuple>::from(arguments).expect("start_thread puts a tuple there");
        let keywords = self.keyword_pairs(keywords)?;
        let words = [arguments, keywords].into_iter().flat_map(|tuple| tuple.get().tail().iter().map(Cell::get));
        let result = self.with_pushed(words, |pushed| self.call_args(function, Args::with_keywords(pushed, arguments.len())));
        let Err(raised) = result else { return Ok(()) };
        let exception = self.take_raised(raised);
        if self.is_instance(exception, &exception::SYSTEM_EXIT) {
            return Ok(());
        }
        let mut sink = ErrorConsole;
        let mut out = Printer::new(&mut sink);
        out.text(self, "Unhandled exception in thread started by ")?;
        out.word(self, function, Style::Repr)?;
        out.text(self, "\n")?;
        self.print_exception(exception, &mut out)
    }

    /// The entries of a dict (or None) as a tuple of names and values in turn.
    fn keyword_pairs(&self, keywords: Word) -> Outcome<Handle<Tuple>> {
        let list = self.new_list(&[])?;
        let list = Handle::<crate::object::list::List>::from(list).expect("a list");
        if let Some(dict) = Handle::<Dict>::from(keywords) {
            let mut position = 0;
            while position < dict.map.end() {
                if let Some((key, value)) = dict.map.entry(position) {
                    list.get().push(self, Word::name(self.intern(self.expect_text(key)?)?))?;
                    list.get().push(self, value)?;
                }
                position += 1;
            }
        }
        self.tuple_of(list.word())
    }

    /// Lets other threads have their turn if one waits for it. Only where no Rust code above relies on the heap's state.
    pub(crate) fn yield_thread(&self) {
        if self.threads.others.get() > 0 && self.port.threads().is_some_and(Port::is_wanted) {
            self.release(|| ());
        }
    }

    /// Waits as `Port::idle` does, while other threads have their turns.
    pub fn idle(&self, deadline: Option<u64>) {
        self.release(|| self.port.idle(deadline));
    }

    /// Waits until another thread says `note_change`, for some milliseconds at most.
    pub(crate) fn wait_for_change(&self, deadline: Option<u64>) {
        let Some(threads) = self.port.threads() else { return self.idle(deadline) };
        let (seen, now) = (threads.changes(), self.port.now());
        let left = deadline.map_or(NAP, |deadline| deadline.saturating_sub(now).min(NAP));
        self.release(|| threads.wait(seen, left));
    }

    /// Wakes those who `wait_for_change`.
    pub(crate) fn note_change(&self) {
        if let Some(threads) = self.port.threads() {
            threads.note_change();
        }
    }

    /// Runs `body`, which does nothing with Python, while other threads have their turns.
    fn release<R>(&self, body: impl FnOnce() -> R) -> R {
        let Some(threads) = self.port.threads().filter(|_| self.threads.others.get() > 0) else { return body() };
        roots::with_registers(|low| {
            let parked = Parked { state: self.state(), number: self.threads.current.get(), low, next: Cell::new(None) };
            self.threads.insert(&parked);
            threads.unlock();
            let result = body();
            threads.lock();
            self.threads.remove(&parked);
            self.restore(&parked.state);
            self.threads.current.set(parked.number);
            result
        })
    }

    /// The first answer of `look` to the records of a thread: of the one that runs, of each that waits.
    #[cfg(feature = "full")]
    pub(super) fn stacks<R>(&self, look: &mut dyn FnMut(&Range<*mut Record>) -> Option<R>) -> Option<R> {
        self.each_thread(&mut |_, records, _| look(records))
    }

    /// The first answer of `look` to a thread's number, its records and the exception that it handles.
    #[cfg(feature = "full")]
    pub(super) fn each_thread<R>(&self, look: &mut dyn FnMut(usize, &Range<*mut Record>, Word) -> Option<R>) -> Option<R> {
        let mut found = look(self.thread_number(), &self.stack.save().records(), self.handled.get());
        let mut next = self.threads.parked.get();
        while let Some(at) = next.filter(|_| found.is_none()) {
            // SAFETY: as in `Threads::mark`.
            let parked = unsafe { at.as_ref() };
            next = parked.next.get();
            found = look(parked.number + 1, &parked.state.stack.records(), parked.state.handled);
        }
        found
    }

    fn state(&self) -> State {
        State {
            stack: self.stack.save(),
            raised: self.raised.get(),
            handled: self.handled.get(),
            stop_value: self.stop_value.get(),
            heap_locked: self.heap_locked.get(),
            outside: self.boundary.save(),
            tracing: self.tracing_state(),
        }
    }

    fn restore(&self, state: &State) {
        self.stack.restore(&state.stack);
        self.raised.set(state.raised);
        self.handled.set(state.handled);
        self.stop_value.set(state.stop_value);
        self.heap_locked.set(state.heap_locked);
        self.boundary.restore(state.outside);
        self.set_tracing_state(state.tracing);
    }
}
