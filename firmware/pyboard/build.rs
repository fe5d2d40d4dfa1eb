//! Tells the linker where this chip has its memory (`memory.x`, which cortex-m-rt's script reads), and compiles the modules
//! that are written in Python: the interpreter that the image will have is run here, on the computer that builds it.

use interpreter::code::saved;
use interpreter::compile::compile;
use interpreter::modules::deflate::source::PIECE;
use interpreter::modules::frozen::{self, Contents};
use interpreter::object::print::Sink;
use interpreter::port::Nowhere;
use interpreter::source::Mode;
use interpreter::vm::import::Text;
use interpreter::vm::{Memory, Outcome, Vm};
use std::fmt::Write;
use std::mem::MaybeUninit;
use std::path::PathBuf;

fn main() {
    let folder = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    println!("cargo:rustc-link-search={folder}");
    println!("cargo:rustc-link-arg-bins=-Tlink.x");
    println!("cargo:rerun-if-changed=memory.x");
    println!("cargo:rerun-if-changed=device.x");
    println!("cargo:rerun-if-changed=build.rs");
    freeze(&PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")));
}

/// Writes the code of each module, deflated, into `folder`, and the list of them, which `modules.rs` includes.
fn freeze(folder: &std::path::Path) {
    let mut list = String::from("{\n    const LIST: &[Frozen] = &[\n");
    let mut files: Vec<_> = frozen::ALL.iter().chain(machine::FROZEN).collect();
    files.sort_by_key(|file| file.path);
    for (number, file) in files.into_iter().enumerate() {
        let Contents::Source(text) = file.contents else { continue };
        let path = folder.join(format!("{number}.mpy"));
        let (name, code) = (file.path, compiled(file.path, text));
        let mut deflated = Vec::new();
        for piece in code.chunks(PIECE) {
            // It searches for the smallest form, which other compressors miss by three in a hundred.
            zopfli::compress(zopfli::Options::default(), zopfli::Format::Deflate, piece, &mut deflated)
                .expect("a Vec takes any bytes");
        }
        std::fs::write(&path, deflated).expect("cargo's folder can be written");
        writeln!(list, "    Frozen {{ path: {name:?}, contents: Contents::Saved(include_bytes!({path:?})) }},")
            .expect("a String takes any text");
    }
    std::fs::write(folder.join("frozen.rs"), list + "    ];\n    frozen::ordered(LIST)\n}\n")
        .expect("cargo's folder can be written");
}

/// The saved code of a module. Each is compiled by an interpreter of its own, which knows no other's names.
fn compiled(path: &str, source: &str) -> Vec<u8> {
    // An interpreter has its memory for good: here until the last file is written.
    let heap = vec![MaybeUninit::new(0_u8); 2 << 20].leak();
    let stack = vec![MaybeUninit::new(0_usize); 16 << 10].leak();
    let memory = Memory { heap, stack, machine_stack: 1 << 20 };
    let vm = Vm::new(&Nowhere, memory).expect("megabytes are enough for an interpreter");
    let mut bytes = Bytes(Vec::new());
    let result = vm.enter(|vm| {
        let name = vm.intern(path)?;
        let code = compile(vm, &mut Text::new(source.as_bytes()), name, Mode::File)?;
        saved::save(vm, code.word(), &mut bytes)
    });
    assert!(result.is_ok(), "{path} cannot be compiled");
    bytes.0
}

/// Bytes that grow.
struct Bytes(Vec<u8>);

impl Sink for Bytes {
    fn write(&mut self, _: &Vm, bytes: &[u8]) -> Outcome<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}
