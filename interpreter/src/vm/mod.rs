//! The virtual machine: the state of one interpreter, shared as `&Vm` with cells.
//!
//! Reading order: this file (state, errors), `memory` (objects are made here), `names`, `stack`, `raise`; then what runs:
//! `frame`, `dispatch`, `call`, `generator`, `exception`, `operator`, `attribute`, `import`.
#![expect(unsafe_code, reason = "owns the heap and the stacks that safe code sees through handles")]

pub mod attribute;
#[cfg_attr(not(feature = "full"), path = "small/boundary.rs")]
mod boundary;
mod cache;
mod call;
mod console;
#[cfg_attr(not(feature = "threads"), path = "small/context.rs")]
mod context;
mod dispatch;
#[cfg_attr(not(feature = "standard"), path = "small/events.rs")]
mod events;
mod exception;
#[cfg_attr(not(feature = "full"), path = "small/forsaken.rs")]
mod forsaken;
mod frame;
#[cfg(feature = "full")]
pub(crate) mod frame_object;
pub(crate) mod generator;
#[cfg_attr(not(feature = "standard"), path = "small/import.rs")]
pub mod import;
#[cfg_attr(not(feature = "standard"), path = "small/import_hook.rs")]
mod import_hook;
#[cfg_attr(not(feature = "threads"), path = "small/import_lock.rs")]
mod import_lock;
mod instruction;
pub mod interrupt;
#[cfg_attr(not(feature = "full"), path = "small/kept.rs")]
pub mod kept;
mod loaded;
pub mod memory;
#[cfg_attr(not(feature = "full"), path = "small/mismatch.rs")]
mod mismatch;
mod names;
#[cfg_attr(not(feature = "native"), path = "small/native.rs")]
mod native;
pub mod operator;
#[cfg_attr(not(feature = "full"), path = "small/origin.rs")]
pub(crate) mod origin;
mod pending;
#[cfg_attr(feature = "single", path = "small/place.rs")]
mod place;
#[cfg_attr(not(feature = "full"), path = "small/printing.rs")]
mod printing;
#[cfg_attr(not(feature = "standard"), path = "small/quick.rs")]
pub(crate) mod quick;
pub mod raise;
#[cfg_attr(not(feature = "standard"), path = "small/reserve.rs")]
mod reserve;
#[cfg_attr(not(feature = "board"), path = "small/room.rs")]
mod room;
mod shortcut;
#[cfg_attr(not(feature = "standard"), path = "small/slice.rs")]
mod slice;
mod stack;
#[cfg_attr(not(feature = "standard"), path = "small/super_call.rs")]
mod super_call;
#[cfg_attr(not(feature = "board"), path = "small/terminal.rs")]
pub mod terminal;
#[cfg(test)]
mod tests;
#[cfg_attr(not(feature = "full"), path = "small/trace.rs")]
pub(crate) mod trace;
#[cfg_attr(not(feature = "standard"), path = "small/walk.rs")]
pub(crate) mod walk;
#[cfg_attr(not(feature = "board"), path = "small/weak.rs")]
pub mod weak;

#[cfg(feature = "native")]
pub(crate) use native::cache_bytes;
pub use place::Vm;

use crate::heap::Heap;
use crate::object::word::Word;
use crate::port::Port;
use core::cell::Cell;
use core::mem::MaybeUninit;
use core::sync::atomic::AtomicBool;

/// A Python exception is under way; the object waits in the `Vm`. Zero-sized, so an `Outcome` is one machine word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Raised(());

/// The result of whatever may raise.
pub type Outcome<T = Word> = Result<T, Raised>;

/// Memory and limits of a `Vm`.
pub struct Memory {
    /// The heap's region, zeroed as far as `heap::cleared` says.
    pub heap: &'static mut [MaybeUninit<u8>],
    /// The stack of Python values and frame records, in words.
    pub stack: &'static mut [MaybeUninit<usize>],
    /// How many bytes of the machine stack native code may use below `Vm::enter`.
    pub machine_stack: usize,
}

/// Objects that are alive whatever happens.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Root {
    /// Dict of imported modules, `sys.modules`.
    Modules,
    /// Globals of `__main__`.
    Main,
    /// `sys.path`.
    Path,
    /// `sys.argv`.
    Argv,
    /// Names set by a program in `builtins`, or `UNSET`.
    Builtins,
    /// Mount table of the vfs.
    Mounts,
    /// Current directory, a str.
    Directory,
    /// Scheduled callbacks (`micropython.schedule`).
    Scheduled,
    /// Memory put aside for exceptions, or `UNSET`.
    Emergency,
    /// The `_` of the prompt, and other places for a port or module: take the next free one and name it here.
    Repl,
    /// Lines typed at the prompt, a list.
    History,
    /// The slice that is lent to instructions, or `UNSET`.
    #[cfg(feature = "standard")]
    Slice,
    /// State of the generator of random numbers, or `UNSET`.
    #[cfg(feature = "standard")]
    Random,
    /// Table of weak references, or `UNSET`.
    #[cfg(feature = "board")]
    Weak,
    /// Where generators lie that have something to do once nobody refers to them, or `UNSET`.
    #[cfg(feature = "full")]
    Generators,
    /// The modules that threads are importing, and which threads wait for one: a dict, or `UNSET`.
    #[cfg(feature = "threads")]
    Importing,
    /// The patterns of `re` that are kept: a dict, or `UNSET`.
    #[cfg(feature = "full")]
    Patterns,
    /// The function that `sys.settrace` set, or `UNSET`.
    #[cfg(feature = "full")]
    Trace,
    /// The objects of frames that run, a list.
    #[cfg(feature = "full")]
    ShownFrames,
    /// What programs set on streams: a dict, or `UNSET`.
    #[cfg(feature = "full")]
    Streams,
    /// The containers that are being printed, a list, or `UNSET`.
    #[cfg(feature = "full")]
    Printing,
    /// The second terminal, `os.dupterm`, or `UNSET`.
    #[cfg(feature = "board")]
    Terminal,
    /// Attributes set on builtin modules: dict of module to dict, or `UNSET`.
    ModuleAttributes,
    /// The file that runs in the place of `main.py`, a str, or `UNSET`.
    #[cfg(feature = "standard")]
    MainFile,
    /// The function that `sys.atexit` set, or `UNSET`.
    #[cfg(feature = "standard")]
    AtExit,
    /// What threads that were started shall run: dict of number to (function, args, kwargs), or `UNSET`.
    #[cfg(feature = "threads")]
    Threads,
    /// Objects that a port keeps alive (a list), or `UNSET`.
    Port,
}

const ROOTS: usize = Root::Port as usize + 1;

/// What an interpreter knows: `vm.port` is `port` here.
pub struct State {
    /// The outside.
    pub port: &'static dyn Port,
    /// The heap.
    pub heap: Heap,
    /// Set by anything (an interrupt too) that wants the program's attention; polled at back-edges and calls.
    pub pending: &'static AtomicBool,
    /// What a generator returned, read after `next` answered `UNSET`.
    pub stop_value: Cell<Word>,
    /// The exception under way, behind a `Raised`; `UNSET` otherwise.
    raised: Cell<Word>,
    /// The exception being handled, for a bare `raise` and `sys.exc_info`; `UNSET` outside handlers.
    pub handled: Cell<Word>,
    roots: [Cell<Word>; ROOTS],
    names: names::Names,
    stack: stack::Stack,
    boundary: boundary::Boundary,
    threads: context::Threads,
    /// Collections happen only while this is 0; allocation fails while `heap_lock` is above 0.
    collect_disabled: Cell<u16>,
    heap_locked: Cell<u16>,
    /// An exception is being made: it may use memory put aside for exceptions.
    reserve_open: Cell<bool>,
    /// Frames that begin are traced.
    tracing: trace::State,
    /// Generators that nobody will go on with.
    forsaken: forsaken::State,
    /// The heap is being collected, or a block replaced: a hard interrupt may run no Python now.
    busy: Cell<bool>,
    /// Which scheduled callbacks run or wait; see `pending`.
    schedule: Cell<u8>,
    /// `micropython.opt_level`: 3 and above drops line numbers, 1 and above asserts.
    pub optimisation: Cell<u8>,
    /// Functions whose decorators say nothing become machine code.
    #[cfg(feature = "native")]
    pub native: Cell<bool>,
    /// A host's policy: collect after so many bytes were allocated; `usize::MAX` on a chip.
    policy: Cell<usize>,
    /// The last version given to a class; see `object::class`.
    class_version: Cell<u32>,
    /// Where characters lie in the text that was asked last.
    pub(crate) places: crate::object::str::place::Memory,
    /// Changes whenever what was found in `builtins` may not be what a name means any more; see `vm::cache`.
    builtins_version: Cell<u32>,
    /// What instructions found of late.
    recent: cache::Recent,
}

impl Vm {
    /// A new interpreter, or `None` when `memory.heap` is smaller than one group of blocks.
    ///
    /// Nothing is constructed: builtins and names are static data.
    #[inline(never)]
    pub fn new(port: &'static dyn Port, memory: Memory) -> Option<Vm> {
        Vm::place(State {
            port,
            heap: Heap::new(memory.heap)?,
            pending: port.pending(),
            stop_value: Cell::new(Word::NONE),
            raised: Cell::new(Word::UNSET),
            handled: Cell::new(Word::UNSET),
            roots: [const { Cell::new(Word::UNSET) }; ROOTS],
            names: names::Names::new(),
            stack: stack::Stack::new(memory.stack, memory.machine_stack),
            boundary: boundary::Boundary::new(),
            threads: context::Threads::new(),
            collect_disabled: Cell::new(0),
            heap_locked: Cell::new(0),
            reserve_open: Cell::new(false),
            tracing: trace::State::new(),
            forsaken: forsaken::State::new(),
            busy: Cell::new(false),
            schedule: Cell::new(0),
            optimisation: Cell::new(0),
            #[cfg(feature = "native")]
            native: Cell::new(false),
            policy: Cell::new(usize::MAX),
            class_version: Cell::new(0),
            places: crate::object::str::place::Memory::EMPTY,
            builtins_version: Cell::new(1),
            recent: cache::Recent::new(),
        })
    }

    /// Runs `body` with the machine stack's bounds noted. Every use of the `Vm` that can run Python or allocate happens
    /// inside; nested calls are harmless.
    pub fn enter<R>(&self, body: impl FnOnce(&Vm) -> R) -> R {
        let outer = self.stack.enter(crate::heap::roots::stack_pointer(), self.port.machine_stack_end());
        let result = body(self);
        self.stack.leave(outer);
        result
    }

    /// A version that no class ever had; 0 when they are used up, and nothing is cached any more.
    pub(crate) fn new_class_version(&self) -> u32 {
        let version = self.class_version.get().checked_add(1);
        version.inspect(|version| self.class_version.set(*version)).unwrap_or(0)
    }

    /// What was found in `builtins` is looked for again. Not needed when names are added to a module's globals: how many positions
    /// they take says that (`vm::cache`), unless those begin anew.
    pub(crate) fn forget_builtins(&self) {
        if cache::CACHES {
            self.builtins_version.set(self.builtins_version.get().wrapping_add(1));
        }
    }

    /// Reads a root.
    pub fn root(&self, root: Root) -> Word {
        self.roots[root as usize].get()
    }

    /// Sets a root.
    pub fn set_root(&self, root: Root, word: Word) {
        self.roots[root as usize].set(word);
    }

    /// Bytes of the machine stack in use, below `enter`.
    pub fn machine_stack_used(&self) -> usize {
        self.stack.machine_base.get().saturating_sub(crate::heap::roots::stack_pointer())
    }

    /// Bytes of the machine stack that may be in use below `enter`.
    pub fn machine_stack_size(&self) -> usize {
        self.stack.machine_size()
    }

    /// Fails with a `RuntimeError` when the machine stack is nearly used up. Called wherever Rust recurses on data.
    #[inline]
    pub fn check_stack(&self) -> Outcome<()> {
        if self.stack.has_machine_stack(crate::heap::roots::stack_pointer()) { Ok(()) } else { Err(self.raise_recursion()) }
    }
}
