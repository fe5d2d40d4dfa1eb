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
    crate::testing::vm(4 << 20).enter(|vm| {
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
    })
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
