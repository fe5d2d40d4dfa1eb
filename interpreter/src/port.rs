//! All that the interpreter asks of the machine it runs on.

#[cfg(feature = "full")]
use crate::compile::diagnosis::Diagnosis;
use crate::modules::BuiltinModule;
use crate::modules::frozen::Frozen;
use crate::object::name::Pool;
use crate::object::word::Word;
#[cfg(feature = "full")]
use crate::source::Mode;
use crate::vfs::Errno;
use crate::vm::Outcome;
use core::sync::atomic::AtomicBool;

/// The beginning of the year 2000, in seconds since 1970.
pub const YEAR_2000: u64 = 946_684_800;

/// The outside. One `dyn` pointer in the `Vm`; every method takes `&self`, since interrupts and the main program share it.
pub trait Port {
    /// Writes to the console (standard output); blocks until all is accepted. A port may hold it back until the next `read`,
    /// `idle`, `write_error` or `flush`.
    fn write(&self, bytes: &[u8]);

    /// Sends what `write` was given and the port still holds back.
    #[cfg(feature = "standard")]
    fn flush(&self) {}

    /// Writes to the error stream; the console where there is only one.
    fn write_error(&self, bytes: &[u8]) {
        self.write(bytes);
    }

    /// The next byte of console input, if one has arrived. At the end of a closed input: `None`, and `is_closed`.
    fn read(&self) -> Option<u8>;

    /// Whether console input has ended for good.
    fn is_closed(&self) -> bool {
        false
    }

    /// Microseconds since some start, never going back.
    fn now(&self) -> u64;

    /// Nanoseconds since 1970 (UTC); a board without a clock counts from its start.
    fn clock(&self) -> u64 {
        self.now() * 1000
    }

    /// From when programs count time, in seconds since 1970: 0 on computers, [`YEAR_2000`] on boards that the reference has, too.
    fn epoch(&self) -> u64 {
        0
    }

    /// Every wait goes through here: returns at once or sleeps, at most until `now() >= deadline`, until something happened.
    fn idle(&self, deadline: Option<u64>);

    /// The flag that anything outside (an interrupt, another thread) sets when it wants the program's attention; it lives in
    /// static memory, since it is set at any moment. `Vm::pending` is this flag.
    fn pending(&self) -> &'static AtomicBool;

    /// Whether Ctrl-C (or a signal) arrived since the last call. Polled when `Vm::pending` is set.
    fn interrupted(&self) -> bool {
        false
    }

    /// Called between two instructions of the main program after `pending` was set: soft callbacks of the port's events
    /// (`Vm::call_aside`).
    ///
    /// # Errors
    /// What ends the program.
    #[cfg(feature = "standard")]
    fn attend(&self, _vm: &crate::Vm) -> crate::Outcome<()> {
        Ok(())
    }

    /// The character of this name (`\N{…}`), if this port has their table.
    #[cfg(feature = "full")]
    fn character_named(&self, _name: &str) -> Option<char> {
        None
    }

    /// Says what is wrong with a source that did not compile, if this port knows better than the parser; `read` gives its text.
    #[cfg(feature = "full")]
    fn diagnose(&self, _read: &mut dyn FnMut(&mut [u8]) -> usize, _mode: Mode, _say: &mut dyn FnMut(&Diagnosis)) {}

    /// `base ** exponent` of floats, as this computer's library has it.
    #[cfg(feature = "full")]
    fn power(&self, base: f64, exponent: f64) -> f64 {
        crate::object::real::power(base, exponent)
    }

    /// Some bits nobody can guess, as good as the machine has.
    fn entropy(&self) -> u64;

    /// Modules that this port contributes.
    fn modules(&self) -> &'static [&'static BuiltinModule] {
        &[]
    }

    /// Modules written in Python that this port contributes, in the order of their paths (`frozen::ordered`).
    fn frozen(&self) -> &'static [Frozen] {
        &[]
    }

    /// Names that this port's modules declare: pools whose numbers do not overlap.
    fn pools(&self) -> &'static [&'static Pool] {
        &[]
    }

    /// Whether `read` would answer a byte now.
    fn has_input(&self) -> bool;

    /// Bytes of a window of raw-paste. Two are granted at first, and one more whenever one was read: as many as two hold may lie
    /// unread.
    fn paste_window(&self) -> u16 {
        128
    }

    /// Which input byte interrupts the program (3 is Ctrl-C at first); `None` hands all bytes to the program.
    /// One that waits in the input already interrupts at once: it was typed after the line that started the program. What
    /// was typed before it is dropped.
    fn set_interrupt(&self, _byte: Option<u8>) {}

    /// A program that the prompt started has ended, whatever state it left the machine in.
    fn program_ended(&self) {}

    /// Whether the program is to end whatever it would catch: a watchdog has bitten. On hosts alone; a chip ends it by itself.
    fn is_ending(&self) -> bool {
        false
    }

    /// Whether the console is a terminal line that wants "\r\n" at line ends.
    fn is_terminal_line(&self) -> bool {
        false
    }

    /// The address behind the machine stack, where its memory may end: the collector, which looks a little above the frame that
    /// called it, does not read there.
    fn machine_stack_end(&self) -> usize {
        usize::MAX
    }

    /// What `os.uname().machine` answers: the board.
    fn machine(&self) -> &'static str;

    /// Puts machine code where it can be run, until the process ends, and answers its address (0 where nothing is ever run); `None`
    /// if there is no such memory.
    /// A machine that runs its heap is not asked.
    #[cfg(feature = "native")]
    fn place_code(&self, _code: &[core::cell::Cell<u8>]) -> Option<usize> {
        None
    }

    /// Threads, if this machine has them.
    #[cfg(feature = "threads")]
    fn threads(&self) -> Option<&dyn Threads> {
        None
    }

    /// What keeps the code of modules, if anything does.
    #[cfg(feature = "full")]
    fn keeper(&self) -> Option<&dyn Keeper> {
        None
    }

    /// Which of `wanted` (bits of `vfs::stream::poll`) hold for the port's own descriptor of this number, for `select`.
    ///
    /// # Errors
    /// `EINVAL` where there are no descriptors, or none of this number.
    fn poll_descriptor(&self, _number: usize, _wanted: usize) -> Result<usize, Errno> {
        Err(Errno::EINVAL)
    }

    /// The object of the file system that lies on a block device, which `vfs.mount` was given instead of one.
    ///
    /// # Errors
    /// `OSError(ENODEV)` where none is found, or the port knows none.
    fn file_system_on(&self, vm: &crate::Vm, _device: Word) -> Outcome {
        Err(vm.os_error(Errno::ENODEV.0))
    }

    /// What the port's own modules ask of it, by type: a `machine::Board`, for one.
    fn context(&self) -> Option<&dyn core::any::Any> {
        None
    }

    /// `sys.platform`.
    fn platform(&self) -> &'static str;

    /// `sys.implementation._build`: which of a platform's builds this is.
    fn build(&self) -> &'static str {
        "standard"
    }
}

/// A module's source, of which code may be kept.
#[cfg(feature = "full")]
pub struct Kept<'a> {
    /// Its absolute path, or the one below `.frozen`.
    pub path: &'a str,
    /// Its text, if it is part of the program.
    pub text: Option<&'a str>,
    /// What `sys.pycache_prefix` says.
    pub prefix: Option<&'a str>,
    /// How far the compiler optimises.
    pub optimisation: u8,
}

/// What tells a source from what it will be when it is changed.
#[cfg(feature = "full")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark(pub [u8; 12]);

/// What keeps the code of modules from one program to the next, as CPython's `__pycache__` does.
#[cfg(feature = "full")]
pub trait Keeper {
    /// Shows the bytes that were kept of a source, if they are of the source as it is now. Answers the source's mark; `None` where code of
    /// it is not to be kept.
    fn find(&self, source: &Kept, show: &mut dyn FnMut(&[u8])) -> Option<Mark>;

    /// Keeps the bytes of a source that had this mark before it was compiled. Nobody hears of what cannot be kept.
    fn keep(&self, source: &Kept, mark: Mark, bytes: &[u8]);
}

/// A port to nothing, for who compiles and runs nothing.
pub struct Nowhere;

impl Port for Nowhere {
    fn write(&self, _: &[u8]) {}
    fn read(&self) -> Option<u8> {
        None
    }
    fn is_closed(&self) -> bool {
        true
    }
    fn has_input(&self) -> bool {
        false
    }
    fn now(&self) -> u64 {
        0
    }
    fn idle(&self, _: Option<u64>) {}
    fn pending(&self) -> &'static AtomicBool {
        static PENDING: AtomicBool = AtomicBool::new(false);
        &PENDING
    }
    fn entropy(&self) -> u64 {
        0
    }
    fn machine(&self) -> &'static str {
        "compiler"
    }
    fn platform(&self) -> &'static str {
        "compiler"
    }
    // Nothing runs: machine code is made and forgotten.
    #[cfg(feature = "native")]
    fn place_code(&self, _: &[core::cell::Cell<u8>]) -> Option<usize> {
        Some(0)
    }
}

/// Threads of the machine, and THE lock: who holds it runs Python. The main thread takes it before anything else.
#[cfg(feature = "threads")]
pub trait Threads {
    /// Starts a thread that takes the lock, calls `vm.run_thread(number, …)` and gives the lock back. `machine_stack`
    /// is the number of bytes that it may use; 0 leaves that to the port. `false`: there can be no more threads.
    fn start(&self, vm: &crate::Vm, number: usize, machine_stack: usize) -> bool;

    /// Takes the lock, in the order in which threads asked for it. Who waits for long sets `Port::pending`.
    fn lock(&self);

    /// Gives the lock to whoever waits longest.
    fn unlock(&self);

    /// Whether a thread waits for the lock.
    fn is_wanted(&self) -> bool;

    /// How often `note_change` was called.
    fn changes(&self) -> usize;

    /// Wakes those who `wait`.
    fn note_change(&self);

    /// Waits, without the lock, until `changes` is not `seen` any more, or so many microseconds.
    fn wait(&self, seen: usize, microseconds: u64);
}
