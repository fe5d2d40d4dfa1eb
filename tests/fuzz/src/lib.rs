//! Bytes that nobody wrote, against everything that reads bytes: source, patterns, documents, formats.
//!
//! A target is a row: a name, and what is done with the bytes in a fresh interpreter with a small heap. A run must end, with
//! an answer or an exception, and leave a heap that verifies; how long it may take is counted in polls, not in seconds.
//! `cargo xtask fuzz TARGET` invents inputs; `tests/corpus.rs` replays those worth keeping.
#![expect(unsafe_code, reason = "lends one region of memory to one interpreter after the other")]

use interpreter::compile::compile;
use interpreter::port::Port;
use interpreter::source::Mode;
use interpreter::vm::import::Text;
use interpreter::vm::{Memory, Outcome, Vm};
use std::cell::Cell;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes of the heap: small, so that inputs meet its end.
const HEAP: usize = 32 << 10;
/// Words of the stack of Python values.
const STACK: usize = 4 << 10;
/// Machine stack that a run may use.
const MACHINE_STACK: usize = 128 << 10;
/// Back-edges and calls that a run may take.
const POLLS: u32 = 20_000;
/// As many as the programs of this crate need. An expression of `re` that goes back and forth polls only now and then: without
/// end it would be the engine that says when time is over.
const FEW_POLLS: u32 = 1_000;

/// Something that reads bytes.
pub struct Target {
    /// What it is called on the command line; also the folder of its corpus.
    pub name: &'static str,
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
    /// This program runs, which finds them as `data`.
    Program(&'static str),
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "source", work: Work::Compile },
    Target { name: "program", work: Work::Run },
    Target { name: "saved", work: Work::Load },
    Target { name: "re", work: Work::Program(include_str!("re.py")) },
    Target { name: "json", work: Work::Program(include_str!("json.py")) },
    Target { name: "struct", work: Work::Program(include_str!("struct.py")) },
    Target { name: "deflate", work: Work::Program(include_str!("deflate.py")) },
    Target { name: "format", work: Work::Program(include_str!("format.py")) },
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

/// Memory that one run after the other is lent.
pub struct Arena {
    heap: Vec<MaybeUninit<u8>>,
    stack: Vec<MaybeUninit<usize>>,
}

impl Arena {
    /// Memory for one run at a time.
    pub fn new() -> Arena {
        Arena { heap: vec![MaybeUninit::new(0); HEAP], stack: vec![MaybeUninit::new(0); STACK] }
    }
}

/// Does with `data` what the target says. Panics when that breaks the interpreter.
pub fn run(target: &Target, arena: &mut Arena, data: &[u8]) {
    arena.heap.fill(MaybeUninit::new(0));
    // SAFETY: the `Vm` ends in this function, before the regions are lent again, and `arena` outlives it.
    let memory = unsafe {
        Memory {
            heap: std::slice::from_raw_parts_mut(arena.heap.as_mut_ptr(), HEAP),
            stack: std::slice::from_raw_parts_mut(arena.stack.as_mut_ptr(), STACK),
            machine_stack: MACHINE_STACK,
        }
    };
    LEFT.set(if let Work::Program(_) = target.work { FEW_POLLS } else { POLLS });
    let vm = Vm::new(&Nowhere, memory).expect("the heap is large enough");
    PENDING.store(true, Ordering::Relaxed);
    let body = || {
        vm.enter(|vm| {
            if let Err(raised) = work(vm, &target.work, data) {
                vm.take_raised(raised);
            }
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

fn work(vm: &Vm, work: &Work, data: &[u8]) -> Outcome<()> {
    let file = vm.intern("fuzz.py")?;
    let globals = vm.main_globals()?;
    let source = match work {
        Work::Compile => {
            let prototype = compile(vm, &mut Text(data), file, Mode::File)?;
            let verdict = interpreter::code::verify::verify(vm, prototype)?;
            assert_eq!(verdict, Ok(()), "the compiler writes bytecode that verifies");
            return Ok(());
        }
        Work::Load => {
            let code = interpreter::code::saved::load_module(vm, &mut Text(data))?;
            return vm.run_module(code, globals).map(drop);
        }
        Work::Run => data,
        Work::Program(text) => {
            let name = interpreter::object::word::Word::name(vm.intern("data")?);
            globals.map.insert(vm, name, vm.new_bytes(data)?)?;
            text.as_bytes()
        }
    };
    vm.execute(&mut Text(source), file, Mode::File, globals).map(drop)
}
