//! A board from boot to soft reset: what it runs first (`boot`), then the prompt.

use super::boot::boot;
use super::{Left, Prompt, Ran, friendly, guarded, raw, report, write};
use crate::modules::sys;
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
        if let Some(exit) = boot(vm, state) {
            return exit;
        }
        let exit = prompt(vm, state);
        if let Ran::Raised(exception) = guarded(vm, || sys::run_at_exit(vm)) {
            report(vm, exception);
        }
        if exit == Exit::SoftReset {
            write(vm, "MPY: soft reboot\r\n");
        }
        exit
    })
}

/// Serves the console, without a boot before it, until a soft reset.
pub fn prompt(vm: &Vm, state: &mut Session) -> Exit {
    loop {
        let left = match state.prompt {
            Prompt::Friendly => friendly(vm),
            Prompt::Raw => raw::raw(vm),
        };
        match left {
            Left::Closed => return Exit::Closed,
            Left::Reset(code) => {
                state.exit_code = code;
                return Exit::SoftReset;
            }
            Left::Switch => {
                state.prompt = if state.prompt == Prompt::Raw { Prompt::Friendly } else { Prompt::Raw };
            }
        }
    }
}
