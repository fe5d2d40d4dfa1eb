//! A board from boot to soft reset: `boot.py`, `main.py`, the prompt.

use super::{Left, Prompt, Ran, friendly, guarded, raw, report, write};
use crate::object::exception;
use crate::object::word::Word;
use crate::vfs::mount;
use crate::vm::Vm;

/// What outlives a soft reset.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Session {
    /// Which prompt comes after the boot: a tool that resets a board stays in the raw one.
    pub prompt: Prompt,
    /// Whether `boot.py` and `main.py` are left out.
    pub safe_mode: bool,
    /// The code of the `SystemExit` that ended the session before, or 0: a program's exit code.
    pub exit_code: u8,
}

/// Why a session ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// The port makes a fresh `Vm` and begins again.
    SoftReset,
    /// Console input has ended for good.
    Closed,
}

/// Boots and serves the console until a soft reset. The port has mounted its file systems and set `sys.path`.
pub fn session(vm: &Vm, state: &mut Session) -> Exit {
    vm.enter(|vm| {
        vm.port.set_interrupt(None);
        if !state.safe_mode {
            let stopped = run_file(vm, "boot.py");
            // After boot.py asked to stop, and under a tool's control, main.py does not run.
            if !stopped && state.prompt == Prompt::Friendly && run_file(vm, "main.py") {
                write(vm, "MPY: soft reboot\r\n");
                return Exit::SoftReset;
            }
        }
        loop {
            let left = match state.prompt {
                Prompt::Friendly => friendly(vm),
                Prompt::Raw => raw::raw(vm),
            };
            match left {
                Left::Closed => return Exit::Closed,
                Left::Reset(code) => {
                    state.exit_code = code;
                    write(vm, "MPY: soft reboot\r\n");
                    return Exit::SoftReset;
                }
                Left::Switch => {
                    state.prompt = if state.prompt == Prompt::Raw { Prompt::Friendly } else { Prompt::Raw };
                }
            }
        }
    })
}

/// Runs a file if there is one; tells whether it raised `SystemExit`.
fn run_file(vm: &Vm, path: &str) -> bool {
    let exists = vm.new_str(path).and_then(|path| {
        let (file_system, path) = mount::resolve(vm, path)?;
        vm.call_method(file_system, name!(stat), &[path])
    });
    if let Err(raised) = exists {
        let exception = vm.take_raised(raised);
        // A missing file is the usual case; anything else is said.
        return !vm.is_instance(exception, &exception::OS_ERROR) && report(vm, exception).is_some();
    }
    match guarded(vm, || vm.execute_file(path).map(|_| Word::NONE)) {
        Ran::Done => false,
        Ran::Raised(exception) => report(vm, exception).is_some(),
    }
}
