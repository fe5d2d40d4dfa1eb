//! `platform`: what this runs on, as far as the port says.

use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// platform(terse=False): one line about all of it.
    def platform(0..=2, keywords) = |vm, _| {
        let mut text = Builder::new();
        for part in ["Taipan-", VERSION, "-", vm.port.platform(), "-", vm.port.machine()] {
            text.push(vm, part.as_bytes())?;
        }
        text.finish_str(vm)
    };
    /// python_compiler(): what compiled the interpreter.
    def python_compiler(0) = |vm, _| vm.new_str("rustc");
    /// python_implementation(): which Python this is.
    def python_implementation(0) = |vm, _| vm.new_str("MicroPython");
    /// python_version(): the version of Python's language.
    def python_version(0) = |vm, _| vm.new_str("3.11.0");
    /// libc_ver(): the C library and its version; there is none.
    def libc_ver(0..=1) = |vm, _| vm.new_tuple(&[Word::name(name!("")), Word::name(name!(""))]);
    /// system(): the name of the system.
    def system(0) = system;
    /// machine(): the kind of machine.
    def machine(0) = |vm, _| vm.new_str(vm.port.machine());
    /// node(): the machine's name in a network; unknown.
    def node(0) = |_, _| Ok(Word::name(name!("")));
    /// release(): the version of the interpreter.
    def release(0) = |vm, _| vm.new_str(VERSION);
    /// processor(): the same as machine().
    def processor(0) = |vm, _| vm.new_str(vm.port.machine());
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// `sys.platform` with a capital: `Linux`.
fn system(vm: &Vm, _: crate::object::handle::Args) -> Outcome {
    let name = vm.port.platform();
    let mut text = Builder::new();
    for (index, byte) in name.bytes().enumerate() {
        text.push(vm, &[if index == 0 { byte.to_ascii_uppercase() } else { byte }])?;
    }
    text.finish_str(vm)
}
