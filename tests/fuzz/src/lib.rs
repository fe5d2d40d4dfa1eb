//! Bytes that nobody wrote, against everything that reads bytes: source, patterns, documents, formats.
//!
//! A target is a row: a name, and what is done with the bytes in an interpreter with a small heap. A run must end, with an
//! answer or an exception that its program expects, and leave a heap that verifies; how long it may take is counted in polls,
//! not in seconds.
//!
//! An interpreter is made ready once: a target's program is compiled and has imported what it needs. Each input finds it as
//! it was then: an interpreter is its heap and its `Vm`, both plain memory that nothing outside points into while nothing runs,
//! so a copy of both, laid back at the same addresses, is the same interpreter, whatever the input before left or broke.
//! `cargo xtask fuzz TARGET` invents inputs; `tests/corpus.rs` replays those worth keeping.
#![expect(unsafe_code, reason = "lays an interpreter's memory back as it was before an input")]

use interpreter::compile::compile;
use interpreter::object::exception::MEMORY_ERROR;
use interpreter::object::print::{Printer, Sink};
use interpreter::object::word::Word;
use interpreter::port::Port;
use interpreter::source::Mode;
use interpreter::vm::import::Text;
use interpreter::vm::{Memory, Outcome, Vm};
use std::cell::Cell;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes of the heap: small, so that inputs meet its end.
const HEAP: usize = 32 << 10;
/// Words of the stack of Python values.
const STACK: usize = 4 << 10;
/// Machine stack that a run may use.
const MACHINE_STACK: usize = 128 << 10;
/// Polls that making ready and showing an error may take.
const PATIENCE: u32 = 20_000;

/// Something that reads bytes.
pub struct Target {
    /// What it is called on the command line; also the folder of its corpus.
    pub name: &'static str,
    /// Bytes of the longest input that the engine invents: longer ones would meet the same code once more.
    pub longest: usize,
    /// Back-edges and calls that a run may take, and turns of the engine of `re`, 4096 steps each.
    polls: u32,
    /// What is done with the bytes.
    work: Work,
}

enum Work {
    /// They are compiled as a program; what comes out must pass the verifier.
    Compile,
    /// They are run as a program.
    Run,
    /// They are loaded as saved code, which runs if it passes.
    Load,
    /// The function `check` of this program is called with them. It may raise `MemoryError`; what else an input may bring about,
    /// it catches.
    Program(&'static str),
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "source", longest: 1024, polls: 1000, work: Work::Compile },
    Target { name: "program", longest: 1024, polls: 5000, work: Work::Run },
    Target { name: "saved", longest: 2048, polls: 5000, work: Work::Load },
    Target { name: "re", longest: 256, polls: 80, work: Work::Program(include_str!("re.py")) },
    Target { name: "json", longest: 1024, polls: 1000, work: Work::Program(include_str!("json.py")) },
    Target { name: "struct", longest: 128, polls: 1000, work: Work::Program(include_str!("struct.py")) },
    Target { name: "deflate", longest: 512, polls: 1000, work: Work::Program(include_str!("deflate.py")) },
    Target { name: "format", longest: 128, polls: 1000, work: Work::Program(include_str!("format.py")) },
];

/// What a run throws when its time is over: no error of anybody.
struct Over;

static PENDING: AtomicBool = AtomicBool::new(false);

thread_local! {
    static LEFT: Cell<u32> = const { Cell::new(0) };
}

/// A port to nowhere, that counts polls.
struct Nowhere;

impl Port for Nowhere {
    fn write(&self, _: &[u8]) {}
    fn read(&self) -> Option<u8> {
        None
    }
    fn is_closed(&self) -> bool {
        true
    }
    fn has_input(&self) -> bool {
        true
    }
    fn pending(&self) -> &'static AtomicBool {
        &PENDING
    }
    fn interrupted(&self) -> bool {
        let left = LEFT.get().checked_sub(1).unwrap_or_else(|| resume_unwind(Box::new(Over)));
        LEFT.set(left);
        PENDING.store(true, Ordering::Relaxed);
        false
    }
    fn machine(&self) -> &'static str {
        "fuzz"
    }
    fn now(&self) -> u64 {
        0
    }
    fn idle(&self, _deadline: Option<u64>) {
        resume_unwind(Box::new(Over));
    }
    fn entropy(&self) -> u64 {
        4
    }
    fn platform(&self) -> &'static str {
        "fuzz"
    }
}

/// An interpreter made ready for the inputs of one target. It is never given back: there is one for each target in a process.
pub struct Ready {
    target: &'static Target,
    vm: NonNull<Vm>,
    heap: NonNull<MaybeUninit<u8>>,
    /// `heap` and `vm` as every input finds them.
    first_heap: Box<[MaybeUninit<u8>]>,
    first_vm: Box<MaybeUninit<Vm>>,
}

impl Ready {
    /// Makes an interpreter, and does in it what need not be done again for each input.
    pub fn new(target: &'static Target) -> Ready {
        const { assert!(!std::mem::needs_drop::<Vm>(), "a copy of a `Vm` is laid over another one") };
        let heap = NonNull::from(Box::leak(vec![MaybeUninit::new(0); HEAP].into_boxed_slice())).cast();
        let stack = Box::leak(vec![MaybeUninit::new(0); STACK].into_boxed_slice());
        // SAFETY: the region was leaked; nobody but the `Vm` uses it while a run lasts.
        let region = unsafe { std::slice::from_raw_parts_mut(heap.as_ptr(), HEAP) };
        let vm =
            Vm::new(&Nowhere, Memory { heap: region, stack, machine_stack: MACHINE_STACK }).expect("the heap is large enough");
        LEFT.set(PATIENCE);
        vm.enter(|vm| {
            prepare(vm, &target.work).expect("a target's own program runs");
            vm.collect_explicitly();
        });
        PENDING.store(true, Ordering::Relaxed);
        let vm = NonNull::from(Box::leak(Box::new(vm)));
        let mut first_vm = Box::new(MaybeUninit::<Vm>::uninit());
        let mut first_heap = vec![MaybeUninit::uninit(); HEAP].into_boxed_slice();
        // SAFETY: both are as long as what is copied, and nothing runs.
        unsafe {
            first_vm.as_mut_ptr().copy_from_nonoverlapping(vm.as_ptr(), 1);
            first_heap.as_mut_ptr().copy_from_nonoverlapping(heap.as_ptr(), HEAP);
        }
        Ready { target, vm, heap, first_heap, first_vm }
    }

    /// Does with `data` what the target says. Panics when that breaks the interpreter.
    pub fn run(&mut self, data: &[u8]) {
        // SAFETY: no reference into either is alive between two runs, and no value on the stack of values is in use. A `Vm` owns
        // nothing that a copy could free twice.
        let vm = unsafe {
            self.heap.as_ptr().copy_from_nonoverlapping(self.first_heap.as_ptr(), HEAP);
            self.vm.as_ptr().copy_from_nonoverlapping(self.first_vm.as_ptr(), 1);
            self.vm.as_ref()
        };
        LEFT.set(self.target.polls);
        PENDING.store(true, Ordering::Relaxed);
        let body = || {
            vm.enter(|vm| {
                work(vm, &self.target.work, data);
                vm.collect_explicitly();
                vm.heap.verify(true);
            })
        };
        if let Err(reason) = catch_unwind(AssertUnwindSafe(body))
            && !reason.is::<Over>()
        {
            resume_unwind(reason);
        }
    }
}

fn prepare(vm: &Vm, work: &Work) -> Outcome<()> {
    let globals = vm.main_globals()?;
    let file = vm.intern("fuzz.py")?;
    if let Work::Program(text) = work {
        vm.execute(&mut Text::new(text.as_bytes()), file, Mode::File, globals)?;
    }
    Ok(())
}

fn work(vm: &Vm, work: &Work, data: &[u8]) {
    let done = match work {
        Work::Compile => compiled(vm, data),
        Work::Run => run(vm, data),
        Work::Load => loaded(vm, data),
        Work::Program(_) => checked(vm, data),
    };
    let Err(raised) = done else { return };
    let exception = vm.take_raised(raised);
    if let Work::Program(_) = work {
        let expected = vm.is_instance(exception, &MEMORY_ERROR);
        assert!(expected, "the program of this target does not expect what was raised: {}", shown(vm, exception));
    }
}

fn compiled(vm: &Vm, data: &[u8]) -> Outcome<()> {
    let prototype = compile(vm, &mut Text::new(data), vm.intern("fuzz.py")?, Mode::File)?;
    let verdict = interpreter::code::verify::verify(vm, prototype)?;
    assert_eq!(verdict, Ok(()), "the compiler writes bytecode that verifies");
    Ok(())
}

fn run(vm: &Vm, data: &[u8]) -> Outcome<()> {
    vm.execute(&mut Text::new(data), vm.intern("fuzz.py")?, Mode::File, vm.main_globals()?).map(drop)
}

fn loaded(vm: &Vm, data: &[u8]) -> Outcome<()> {
    let code = interpreter::code::saved::load_module(vm, &mut Text::new(data))?;
    vm.run_module(code, vm.main_globals()?).map(drop)
}

fn checked(vm: &Vm, data: &[u8]) -> Outcome<()> {
    let check = vm.main_globals()?.map.get(vm, Word::name(vm.intern("check")?))?.expect("a target's program defines `check`");
    vm.call(check, &[vm.new_bytes(data)?]).map(drop)
}

/// Text that somebody shall read.
struct Report(Vec<u8>);

impl Sink for Report {
    fn write(&mut self, _: &Vm, bytes: &[u8]) -> Outcome<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

/// The traceback of an exception, as far as memory and polls allow.
fn shown(vm: &Vm, exception: Word) -> String {
    let mut report = Report(Vec::new());
    LEFT.set(PATIENCE);
    if let Err(raised) = vm.print_exception(exception, &mut Printer::new(&mut report)) {
        vm.take_raised(raised);
    }
    String::from_utf8_lossy(&report.0).into_owned()
}
