//! Golden files: source above the line, bytecode below; `TAIPAN_BLESS=1` writes what is below. Everything is verified.

use crate::code::prototype::PrototypeHandle;
use crate::code::{disassemble::disassemble, verify::verify};
use crate::object::print::{Printer, Sink, Style};
use crate::source::{Mode, Source};
use crate::vm::{Outcome, Vm};
use std::format;
use std::path::{Path, PathBuf};
use std::string::String;
use std::vec::Vec;

const RULE: &str = "\n--------\n";

struct Text(Vec<u8>);

impl Sink for Text {
    fn write(&mut self, _vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

/// Source that arrives a few bytes at a time.
struct Drip<'a>(&'a [u8]);

impl Source for Drip<'_> {
    fn read(&mut self, _vm: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let count = self.0.len().min(buffer.len()).min(7);
        let (now, later) = self.0.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

fn compile(vm: &Vm, source: &str) -> Outcome<PrototypeHandle> {
    let file = vm.intern("t.py")?;
    super::compile(vm, &mut Drip(source.as_bytes()), file, Mode::File)
}

/// The bytecode as text, or the error.
fn text(source: &str) -> String {
    crate::testing::vm(4 << 20).enter(|vm| show(vm, source))
}

fn show(vm: &Vm, source: &str) -> String {
    let mut out = Text(Vec::new());
    let result = compile(vm, source).and_then(|prototype| {
        let verdict = verify(vm, prototype)?;
        disassemble(vm, prototype, &mut Printer::new(&mut out))?;
        Ok(verdict)
    });
    match result {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => panic!("{source}\n{}\n{fault:?}", String::from_utf8_lossy(&out.0)),
        Err(raised) => {
            let exception = vm.take_raised(raised);
            let mut printer = Printer::new(&mut out);
            let name = vm.name_text(vm.type_of(exception).name);
            let print = printer.text(vm, name).and_then(|()| printer.text(vm, ": "));
            print.and_then(|()| printer.word(vm, exception, Style::Str)).expect("an error prints");
            printer.text(vm, "\n").expect("text is taken");
        }
    }
    String::from_utf8(out.0).expect("bytecode prints as text")
}

fn files(directory: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).expect("the directory is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|found| found == ending));
    files.sort();
    files
}

#[test]
fn bytecode_is_as_written() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode");
    let mut wrong = Vec::new();
    for file in files(&directory, "txt") {
        let golden = std::fs::read_to_string(&file).expect("a golden file");
        let (source, expected) = golden.split_once(RULE).unwrap_or((golden.trim_end(), ""));
        let found = text(source);
        if std::env::var_os("TAIPAN_BLESS").is_some() {
            std::fs::write(&file, format!("{source}{RULE}{found}")).expect("the golden file can be written");
        } else if found != expected {
            wrong.push(format!("{}:\n{found}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "TAIPAN_BLESS=1 writes these:\n{}", wrong.join("\n"));
}

#[test]
fn compiling_twice_gives_the_same() {
    let source = "def f(a, *b, c=1, **d):\n    return [lambda: (a, x) for x in b if x > c]\n";
    assert_eq!(text(source), text(source));
}

/// Sources nested so deeply that recursion must stop somewhere, each with what is repeated and what stands inside.
const NESTED: &[(&str, &str, &str)] = &[
    ("[", "x", "]"),
    ("-", "x", ""),
    ("not ", "x", ""),
    ("lambda: ", "x", ""),
    ("f(", "x", ")"),
    ("x[", "x", "]"),
    ("[i for i in ", "x", "]"),
    ("x if y else ", "z", ""),
    ("{1: ", "x", "}"),
    ("f(*", "x", ")"),
    ("(x := ", "y", ")"),
    ("[x for x in y if ", "x", "]"),
];

fn outcome(vm: &Vm, source: &str) -> String {
    match compile(vm, source) {
        Ok(_) => String::from("compiled"),
        Err(raised) => {
            let exception = vm.take_raised(raised);
            String::from(vm.name_text(vm.type_of(exception).name))
        }
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let on_small_stack = || {
        for &(open, inside, close) in NESTED {
            for (depth, expected) in [(10, "compiled"), (3000, "Error")] {
                let source = [open.repeat(depth), inside.into(), close.repeat(depth), "\n".into()].concat();
                let found = crate::testing::small_stack_vm(4 << 20).enter(|vm| outcome(vm, &source));
                assert!(found.contains(expected), "{depth} times {open}: {found}");
            }
        }
        for block in ["if x", "def f()", "class A", "with x", "for x in y", "try"] {
            let lines = (0..60).map(|depth| format!("{}{block}:\n", " ".repeat(depth)));
            let source: String = lines.chain([format!("{}pass\n", " ".repeat(60))]).collect();
            let found = crate::testing::small_stack_vm(4 << 20).enter(|vm| outcome(vm, &source));
            assert!(found == "compiled" || found.contains("Error"), "{block}: {found}");
        }
    };
    std::thread::Builder::new().stack_size(96 * 1024).spawn(on_small_stack).expect("a thread").join().expect("no overflow");
}

/// A function of 40 lines, as a program for a small chip has.
fn forty_lines() -> String {
    let body =
        "    for i in range(n):\n        x = table[i & 7] * (y + 1)\n        if x > 100 and not y:\n            y -= x // 3\n";
    format!("def f(n, table, y=0):\n{}    return x\n", body.repeat(9) + "    while y:\n        y = y - 1\n")
}

#[test]
fn a_function_of_forty_lines_compiles_in_little_memory() {
    let source = forty_lines();
    assert_eq!(source.lines().count(), 40);
    // Words here are twice as large as a chip's; most of what a compilation takes is words.
    let found = crate::testing::vm(10 * 1024).enter(|vm| outcome(vm, &source));
    assert_eq!(found, "compiled");
}

#[test]
fn memory_that_runs_out_is_an_error() {
    let source = forty_lines();
    let outcomes: Vec<String> =
        (3..12).map(|kilobytes| crate::testing::vm(kilobytes * 1024).enter(|vm| outcome(vm, &source))).collect();
    assert!(outcomes.iter().all(|found| found == "compiled" || found == "MemoryError"), "{outcomes:?}");
    assert!(outcomes.iter().any(|found| found == "MemoryError"), "{outcomes:?}");
}

/// The sources of all golden files.
#[cfg(feature = "faults")]
fn golden_sources() -> Vec<String> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode");
    let read = |file: &PathBuf| std::fs::read_to_string(file).expect("a golden file");
    let files = files(&directory, "txt");
    files.iter().map(read).map(|golden| golden.split_once(RULE).map_or("", |halves| halves.0).into()).collect()
}

#[cfg(feature = "faults")]
#[test]
fn collecting_at_every_allocation_changes_nothing() {
    for source in golden_sources() {
        let compile = |always| {
            let vm = crate::testing::vm(64 * 1024);
            vm.heap.faults.collect_always(always);
            vm.enter(|vm| show(vm, &source))
        };
        assert_eq!(compile(false), compile(true), "{source}");
    }
}

#[cfg(feature = "faults")]
#[test]
fn every_failing_allocation_is_a_memory_error() {
    for source in golden_sources() {
        for nth in 1.. {
            let vm = crate::testing::vm(64 * 1024);
            vm.heap.faults.fail_at(nth);
            let found = vm.enter(|vm| outcome(vm, &source));
            vm.heap.verify(false);
            if vm.heap.faults.is_pending() {
                break;
            }
            assert!(found == "compiled" || found == "MemoryError", "{nth}: {found}\n{source}");
        }
    }
}

/// What does not compile, and what is said about it: the reference's words.
const ERRORS: &[(&str, &str)] = &[
    ("f() = 1", "can't assign to expression"),
    ("*a", "*x must be assignment target"),
    ("*a, *b = c", "multiple *x in assignment"),
    ("del f()", "can't delete expression"),
    ("(a, b) += 1", "can't assign to expression"),
    ("break", "'break'/'continue' outside loop"),
    ("return", "'return' outside function"),
    ("class A:\n yield", "'yield' outside function"),
    ("await x", "'await' outside function"),
    ("def f():\n async for x in y: pass", "async for/with outside async function"),
    ("try: pass\nexcept: pass\nexcept A: pass", "default 'except' must be last"),
    ("def f(a, a): pass", "argument name reused"),
    ("def f(a=1, b): pass", "non-default argument follows default argument"),
    ("f(a=1, b)", "positional arg after keyword arg"),
    ("f(**a, b)", "positional arg after **"),
    ("f(**a, *b)", "* arg after **"),
    ("f(1=2)", "LHS of keyword arg must be an id"),
    ("nonlocal x", "can't declare nonlocal in outer code"),
    ("def f():\n nonlocal x", "no binding for nonlocal found"),
    ("def f():\n x = 1\n global x", "identifier redefined as global"),
    ("def f(x):\n def g(x):\n  nonlocal x", "identifier redefined as nonlocal"),
    ("[i := 1 for i in x]", "identifier redefined as global"),
    ("def f():\n from a import *", "import * not at module level"),
    ("@micropython.native\nclass C: pass", "invalid micropython decorator"),
    ("X = const(a)", "not a constant"),
    ("f(a=1, a=2)", "keyword argument repeated"),
];

#[test]
fn errors_are_worded_as_in_the_reference() {
    for (source, message) in ERRORS {
        assert_eq!(text(&format!("{source}\n")), format!("SyntaxError: {message}\n"), "{source}");
    }
}
