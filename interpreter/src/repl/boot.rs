//! What a board runs before its prompt: `boot.py`, then `main.py` or what `boot.py` named in its place.

use super::session::{Exit, Session};
use super::{Prompt, Ran, guarded, report, write};
use crate::vm::{Root, Vm};

/// Runs the files that there are; answers how the session ended, if one of them ended it.
pub(super) fn boot(vm: &Vm, state: &Session) -> Option<Exit> {
    if state.safe_mode {
        return None;
    }
    let stopped = run_file(vm, "boot.py");
    // After boot.py asked to stop, and under a tool's control, main.py does not run.
    let main = vm.root(Root::MainFile).set().and_then(|path| vm.as_text(path)).unwrap_or("main.py");
    if !stopped && state.prompt == Prompt::Friendly && run_file(vm, main) {
        write(vm, "MPY: soft reboot\r\n");
        return Some(Exit::SoftReset);
    }
    None
}

/// Runs a file if there is one; tells whether it raised `SystemExit`.
fn run_file(vm: &Vm, path: &str) -> bool {
    match guarded(vm, || vm.execute_file_if_any(path)) {
        Ran::Done => false,
        Ran::Raised(exception) => report(vm, exception).is_some(),
    }
}
