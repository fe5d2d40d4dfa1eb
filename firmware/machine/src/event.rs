//! What happens outside, and the Python that is called for it.
//!
//! A source (a pin's line, a timer) has a handler: a callable and its argument, in a tuple that the port's root keeps alive. A
//! *hard* one is called in the interrupt itself, with the heap locked; if the program cannot be interrupted just then, the port
//! calls `retry` a moment later. A *soft* one is called between two instructions of the program, when it attends to what is pending:
//! several events of one source that came meanwhile are one call.
//!
//! Interrupts touch the flags of this file and read the tuple; everything else is the program's business.

use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use interpreter::object::handle::Handle;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::vm::interrupt::Callback;
use interpreter::vm::{Outcome, Root, Vm};

/// Where an event comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Source(u8);

impl Source {
    /// A line of pins, 0 to 22: sixteen for pins, and those of the chip's own parts.
    pub const fn line(number: u8) -> Source {
        assert!(number < 23);
        Source(number)
    }

    /// A timer, 1 to 14.
    pub const fn timer(number: u8) -> Source {
        assert!(number >= 1 && number <= 14);
        Source(22 + number)
    }

    /// The wake-up timer of the clock on the wall: a line without a pin.
    pub const WAKE: Source = Source(22);

    /// The alarm of timers that have no hardware.
    pub const ALARM: Source = Source(37);

    /// A serial line, 1 to 6.
    pub const fn serial(number: u8) -> Source {
        assert!(number >= 1 && number <= 6);
        Source(37 + number)
    }

    /// A channel, from 0, of a timer.
    pub const fn channel(timer: u8, channel: u8) -> Source {
        assert!(timer >= 1 && timer <= 14 && channel < 4);
        Source(FIRST_CHANNEL + CHANNELS[timer as usize - 1] + channel)
    }

    /// A converter of numbers into voltages, 1 or 2: it raises nothing, but has what it converts as its argument.
    pub const fn dac(number: u8) -> Source {
        assert!(number >= 1 && number <= 2);
        Source(75 + number)
    }

    /// What maps names to pins: it raises nothing, but has the program's function (0) or dict (1) as its argument.
    pub const fn mapping(which: u8) -> Source {
        assert!(which < 2);
        Source(78 + which)
    }

    /// A bus of CAN, 1 or 2: it raises nothing, but has the bus's object as its argument.
    pub const fn can(number: u8) -> Source {
        assert!(number >= 1 && number <= 2);
        Source(79 + number)
    }

    /// One of a bus's two queues, from 0.
    pub const fn can_queue(number: u8, queue: u8) -> Source {
        assert!(number >= 1 && number <= 2 && queue < 2);
        Source(80 + 2 * number + queue)
    }

    /// The serial line on USB.
    pub const USB: Source = Source(86);

    /// A bus of two wires, 1 or 2, that somebody else addresses.
    pub const fn i2c(number: u8) -> Source {
        assert!(number >= 1 && number <= 2);
        Source(86 + number)
    }

    /// What its object has to tell between two instructions.
    pub const fn i2c_told(number: u8) -> Source {
        assert!(number >= 1 && number <= 2);
        Source(88 + number)
    }

    /// What a bus of CAN has to tell besides: a message has gone, or its state is worse.
    pub const fn can_told(number: u8) -> Source {
        assert!(number >= 1 && number <= 2);
        Source(90 + number)
    }

    /// A bus of sound, 1 or 2.
    pub const fn i2s(number: u8) -> Source {
        assert!(number >= 1 && number <= 2);
        Source(92 + number)
    }

    /// What its object has to tell: a program's buffer is done.
    pub const fn i2s_told(number: u8) -> Source {
        assert!(number >= 1 && number <= 2);
        Source(94 + number)
    }

    /// The device that the program describes: its object is the argument, and what is called is `usb_device`'s.
    pub const DEVICE: Source = Source(97);

    const fn bit(self) -> (usize, u32) {
        (self.0 as usize / 32, 1 << (self.0 % 32))
    }
}

/// The source of the first timer's first channel, and where those of each timer begin: 4, 2 or 1 for each (6 and 7 have none).
const FIRST_CHANNEL: u8 = 44;
const CHANNELS: [u8; 14] = [0, 4, 8, 12, 16, 0, 0, 20, 24, 26, 27, 28, 30, 31];

/// Number of sources.
const COUNT: usize = 98;
const WORDS: usize = COUNT.div_ceil(32);

/// A bit for each source.
struct Flags([AtomicU32; WORDS]);

impl Flags {
    const fn new() -> Flags {
        Flags([const { AtomicU32::new(0) }; WORDS])
    }
    fn set(&self, source: Source) {
        self.0[source.bit().0].fetch_or(source.bit().1, Relaxed);
    }
    fn clear(&self, source: Source) {
        self.0[source.bit().0].fetch_and(!source.bit().1, Relaxed);
    }
    fn has(&self, source: Source) -> bool {
        self.0[source.bit().0].load(Relaxed) & source.bit().1 != 0
    }
    /// A source whose flag is set, and is not any more.
    fn take(&self) -> Option<Source> {
        let source = (0..COUNT as u8).map(Source).find(|source| self.has(*source))?;
        self.clear(source);
        Some(source)
    }
    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| word.load(Relaxed) == 0)
    }
}

/// Sources whose handler is called in the interrupt.
static HARD: Flags = Flags::new();
/// Sources whose soft handler is to be called.
static DUE: Flags = Flags::new();
/// Sources whose hard handler could not be called when it should.
static LATE: Flags = Flags::new();

/// Forgets everything: there is a new interpreter.
pub fn reset() {
    for flags in [&HARD, &DUE, &LATE] {
        flags.0.iter().for_each(|word| word.store(0, Relaxed));
    }
}

/// Words of the tuple: a pair for each source.
fn pairs(vm: &Vm) -> Option<Handle<Tuple>> {
    vm.root(Root::Port).set().and_then(Handle::from)
}

/// What is called for a source, and with what.
pub fn handler(vm: &Vm, source: Source) -> Option<(Word, Word)> {
    let pair = pairs(vm)?.get().tail().get(2 * source.0 as usize..)?;
    let callable = pair[0].get();
    (callable != Word::NONE).then(|| (callable, pair[1].get()))
}

/// Calls `callable(argument)` for a source from now on; `NONE` calls nothing.
///
/// # Errors
/// `MemoryError`, the first time.
pub fn set_handler(vm: &Vm, source: Source, callable: Word, argument: Word, hard: bool) -> Outcome<()> {
    // Nothing may come between the two words.
    HARD.clear(source);
    DUE.clear(source);
    LATE.clear(source);
    let tuple = match pairs(vm) {
        Some(tuple) => tuple,
        None if callable == Word::NONE => return Ok(()),
        None => {
            let tuple = vm.new_tuple(&[Word::NONE; 2 * COUNT])?;
            vm.set_root(Root::Port, tuple);
            Handle::from(tuple).expect("a tuple")
        }
    };
    let pair = &tuple.get().tail()[2 * source.0 as usize..];
    pair[0].set(callable);
    pair[1].set(argument);
    if hard && callable != Word::NONE {
        HARD.set(source);
    }
    Ok(())
}

/// What a source's handler is given, also where there is none: a class keeps its object there, with `TRUE` as the handler.
pub fn argument(vm: &Vm, source: Source) -> Option<Word> {
    let pair = pairs(vm)?.get().tail().get(2 * source.0 as usize..)?;
    Some(pair[1].get()).filter(|argument| *argument != Word::NONE)
}

/// Whether a source's handler is a hard one.
pub fn is_hard(source: Source) -> bool {
    HARD.has(source)
}

/// An event of a source whose handler can only be soft: another thread saw it. The caller sets the pending flag.
pub fn note(source: Source) {
    DUE.set(source);
}

/// An event, seen by an interrupt that may come into callbacks: the port retries at once, and calls hard handlers then.
pub fn defer(source: Source) {
    if is_hard(source) { &LATE } else { &DUE }.set(source);
}

/// An event, seen by an interrupt. `interrupted` is the interpreter, the region for the callback's values and the bytes of the machine
/// stack that it may use; nothing where there is none now. The caller sets the pending flag.
pub fn raise(source: Source, interrupted: Option<(&Vm, &mut [MaybeUninit<usize>], usize)>) {
    if !HARD.has(source) {
        DUE.set(source);
        return;
    }
    let Some((vm, region, machine_stack)) = interrupted else {
        LATE.set(source);
        return;
    };
    let Some((callable, argument)) = handler(vm, source) else { return };
    match vm.hard_callback(callable, argument, region, machine_stack) {
        Callback::Done => {}
        Callback::Later => LATE.set(source),
        Callback::Failed => silence(vm, source),
    }
}

/// A hard handler raised, and that was said: it is a soft one from now on, of nothing.
fn silence(vm: &Vm, source: Source) {
    HARD.clear(source);
    if let Some(tuple) = pairs(vm) {
        tuple.get().tail()[2 * source.0 as usize].set(Word::NONE);
    }
}

/// Whether hard handlers wait for `retry`.
pub fn is_late() -> bool {
    !LATE.is_empty()
}

/// A source whose hard handler is late, to be raised again.
pub fn take_late() -> Option<Source> {
    LATE.take()
}

/// Calls the soft handlers that are due. The port's `attend` comes here.
///
/// # Errors
/// What handlers raise that is no `Exception`; others are printed.
pub fn run_due(vm: &Vm) -> Outcome<()> {
    // Not without end: a handler that causes its own event must not keep the program from going on.
    for _ in 0..COUNT {
        let Some(source) = DUE.take() else { break };
        if source == Source::ALARM {
            crate::timer::run_due(vm)?;
        } else if source == Source::DEVICE {
            crate::usb_device::run_due(vm)?;
        } else if let Some((callable, argument)) = handler(vm, source) {
            // Where nothing interrupts a program hard handlers are called here as well.
            let is_hard = HARD.has(source);
            if !vm.call_aside(callable, argument)? && interpreter::WHOLE && is_hard {
                silence(vm, source);
            }
        }
    }
    Ok(())
}
