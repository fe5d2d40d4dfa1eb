//! `cargo xtask qemu NAME`: a firmware on an emulated board, its serial line on this terminal.

use crate::firmware::{self, Firmware};
use crate::house::House;
use crate::setup::{self, Part};
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the emulated board has.
#[derive(clap::Args, Default)]
pub struct Board {
    /// Keeps the board's files in this file of the computer (by semihosting) instead of its RAM
    #[arg(long, value_name = "FILE")]
    pub image: Option<PathBuf>,
    /// Where its serial line goes, in QEMU's words (`pty`, `tcp:127.0.0.1:2323,server,nowait`), instead of this terminal
    #[arg(long, value_name = "WHERE")]
    pub line: Option<String>,
    /// Where the serial line behind it goes (a pyboard's UART 2), in QEMU's words; else nowhere
    #[arg(long, value_name = "WHERE")]
    pub second: Option<String>,
    /// What lies in flash behind a loader: an image (`NAME-image.bin`)
    #[arg(long, value_name = "FILE")]
    pub behind: Option<PathBuf>,
    /// Time passes with the instructions (8 ns each, and at once while the board sleeps), not by the computer's clock: what depends on
    /// time is the same on a busy computer
    #[arg(long)]
    pub steady: bool,
}

/// Where a loader expects an image.
const IMAGES: u32 = 0x0802_0000;

/// Builds (unless told not to) and becomes QEMU, so that whoever started this program holds QEMU itself.
pub fn qemu(house: &House, firmware: &Firmware, no_build: bool, board: &Board) -> Result<()> {
    setup::ensure(house, &[Part::Qemu])?;
    if !no_build {
        firmware::build(house, firmware)?;
    }
    Err(command(house, firmware, board).exec()).context("qemu-system-arm could not be started")
}

/// QEMU with the firmware loaded. Its own escape key is moved from Ctrl-A, which the raw REPL needs, to Ctrl-].
pub fn command(house: &House, firmware: &Firmware, board: &Board) -> Command {
    let mut qemu = house.command("qemu-system-arm");
    qemu.args(["-machine", firmware.machine, "-display", "none", "-echr", "0x1d"]);
    if let Some(image) = &board.image {
        qemu.arg("-semihosting-config").arg(format!("enable=on,target=native,arg={},arg={}", firmware.name, named(image)));
    }
    if let Some(image) = &board.behind {
        qemu.arg("-device").arg(format!("loader,file={},addr={IMAGES:#x}", named(image)));
    }
    if board.steady {
        qemu.args(["-icount", "shift=3,sleep=off"]);
    }
    for _ in 0..firmware.serial {
        qemu.args(["-serial", "null"]);
    }
    qemu.args(["-serial", board.line.as_deref().unwrap_or("mon:stdio")]);
    qemu.args(["-serial", board.second.as_deref().unwrap_or("null")]);
    qemu.arg("-kernel").arg(firmware::elf_path(house, firmware));
    qemu
}

/// A file in QEMU's words. It starts in the clone, wherever this program was started. A comma is its own; two are one.
fn named(file: &Path) -> String {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned()).display().to_string().replace(',', ",,")
}
