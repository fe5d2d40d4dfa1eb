//! The firmware starts on the emulated board and answers on its serial line.

use std::process::Command;
use std::time::Duration;
use tests::console::Console;

/// Far more than an emulated chip needs, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The named firmware in QEMU, by the command that a person would use.
fn board(name: &str) -> Console {
    let xtask = std::env::var_os("XTASK").expect("run this test by `cargo xtask test firmware`");
    Console::start(Command::new(xtask).args(["qemu", name, "--no-build"]))
}

#[test]
fn minimal_greets_and_echoes() {
    let mut board = board("minimal");
    board.expect("Taipan minimal on STM32F100\r\n", PATIENCE);
    board.send("hello\x01\x03\r");
    board.expect("hello\x01\x03\r", PATIENCE);
}
