//! For unit tests: an interpreter in memory, whose console is a string.

use crate::heap::cleared;
use crate::port::Port;
use crate::vm::{Memory, Vm};
use core::cell::{Cell, RefCell};
use core::mem::MaybeUninit;
use core::sync::atomic::AtomicBool;
use std::boxed::Box;
use std::string::String;
use std::vec::Vec;

std::thread_local! {
    static PENDING: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static NOW: Cell<u64> = const { Cell::new(0) };
}

/// A port that keeps what is written; each test thread has its own.
struct Capture;

impl Port for Capture {
    fn write(&self, bytes: &[u8]) {
        OUTPUT.with(|output| output.borrow_mut().extend_from_slice(bytes));
    }
    fn read(&self) -> Option<u8> {
        None
    }
    fn is_closed(&self) -> bool {
        true
    }
    fn has_input(&self) -> bool {
        false
    }
    fn pending(&self) -> &'static AtomicBool {
        // One for each thread, since tests run side by side.
        PENDING.with(|pending| *pending)
    }
    fn machine(&self) -> &'static str {
        "test"
    }
    fn now(&self) -> u64 {
        NOW.get()
    }
    /// Time passes only here: a wait is over at once, one without an end after a millisecond.
    fn idle(&self, deadline: Option<u64>) {
        NOW.set(deadline.unwrap_or(NOW.get() + 1000).max(NOW.get()));
    }
    fn entropy(&self) -> u64 {
        4
    }
    fn platform(&self) -> &'static str {
        "test"
    }
}

/// What was written to the console by this thread since the last call.
pub fn output() -> String {
    let bytes = OUTPUT.with(|output| core::mem::take(&mut *output.borrow_mut()));
    String::from_utf8(bytes).expect("tests print text")
}

/// An interpreter with a heap of `bytes`. Use it inside `vm.enter(|vm| …)`.
pub fn vm(bytes: usize) -> Vm {
    vm_with(bytes, 512 * 1024)
}

fn vm_with(bytes: usize, machine_stack: usize) -> Vm {
    // What need not be zero is not.
    let heap = Box::leak(std::vec![MaybeUninit::new(0xa5u8); bytes].into_boxed_slice());
    heap[..cleared(bytes)].fill(MaybeUninit::new(0));
    let stack = Box::leak(std::vec![MaybeUninit::new(0usize); 16 * 1024].into_boxed_slice());
    Vm::new(&Capture, Memory { heap, stack, machine_stack }).expect("a heap of some kilobytes")
}

/// As `vm`, with 64 kB of machine stack. For a thread that has hardly more.
pub fn small_stack_vm(bytes: usize) -> Vm {
    vm_with(bytes, 64 * 1024)
}

/// Runs `body` in an interpreter with a heap of 256 kB.
pub fn with<R>(body: impl FnOnce(&Vm) -> R) -> R {
    vm(256 * 1024).enter(body)
}

/// `repr` of `word` as text; panics with the exception's type if printing raises.
pub fn repr(vm: &Vm, word: crate::object::word::Word) -> String {
    use crate::object::print::Style;
    struct Text(Vec<u8>);
    impl crate::object::print::Sink for Text {
        fn write(&mut self, _vm: &Vm, bytes: &[u8]) -> crate::Outcome<()> {
            self.0.extend_from_slice(bytes);
            Ok(())
        }
    }
    let mut text = Text(Vec::new());
    if let Err(raised) = vm.print(word, &mut crate::object::print::Printer::new(&mut text), Style::Repr) {
        let exception = vm.take_raised(raised);
        panic!("repr raises {}", vm.name_text(vm.type_of(exception).name));
    }
    String::from_utf8(text.0).expect("repr is text")
}

/// Source text in memory.
struct Text<'a>(&'a [u8]);

impl crate::source::Source for Text<'_> {
    fn read(&mut self, _vm: &Vm, buffer: &mut [u8]) -> crate::Outcome<usize> {
        let count = buffer.len().min(self.0.len());
        let (now, later) = self.0.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

/// Runs a program; an exception that it does not catch is printed behind its output.
pub fn run_in(vm: &Vm, source: &str) -> String {
    let outcome = execute(vm, source);
    if let Err(raised) = outcome {
        let exception = vm.take_raised(raised);
        let mut console = crate::object::print::Console;
        let mut out = crate::object::print::Printer::new(&mut console);
        if vm.print_exception(exception, &mut out).is_err() {
            return output() + "<exception without text>\n";
        }
    }
    output()
}

/// Compiles and runs `source` in fresh globals.
pub fn execute(vm: &Vm, source: &str) -> crate::Outcome {
    let globals = vm.new_dict()?;
    let name = crate::object::word::Word::name;
    globals.map.insert(vm, name(name!(__name__)), name(name!(__main__)))?;
    let file = vm.intern("test.py")?;
    let prototype = crate::compile::compile(vm, &mut Text(source.as_bytes()), file, crate::source::Mode::File)?;
    vm.run_module(prototype, globals)
}

/// Runs a program in an interpreter of its own and returns what it printed.
pub fn run(source: &str) -> String {
    vm(1024 * 1024).enter(|vm| run_in(vm, source))
}
