//! A firmware in QEMU, and talk with its prompt.

use crate::console::Console;
use std::process::Command;
use std::time::Duration;

/// Far more than an emulated chip needs, even on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The named firmware in QEMU, by the command that a person would use.
pub fn emulated(name: &str, options: &[&str]) -> Console {
    let xtask = std::env::var_os("XTASK").expect("run this test by `cargo xtask test firmware`");
    Console::start(Command::new(xtask).args(["qemu", name, "--no-build"]).args(options))
}

/// What the board prints for a line at its prompt, until the prompt comes again.
#[track_caller]
pub fn ask(board: &mut Console, line: &str) -> String {
    board.send(&format!("{line}\r"));
    board.expect(&format!("{line}\r\n"), PATIENCE);
    board.expect(">>> ", PATIENCE)
}

/// What a program prints, and what it complains about, by the raw prompt, from which the board returns to the friendly one.
#[track_caller]
pub fn run(board: &mut Console, source: &str) -> (String, String) {
    board.send("\x01");
    board.expect("exit\r\n>", PATIENCE);
    board.send(&format!("{source}\x04"));
    board.expect("OK", PATIENCE);
    let printed = board.expect("\x04", PATIENCE);
    let error = board.expect("\x04>", PATIENCE);
    board.send("\x02");
    board.expect(">>> ", PATIENCE);
    (printed, error)
}
