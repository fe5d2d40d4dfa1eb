//! `cargo xtask qemu NAME`: a firmware on an emulated board, its serial line on this terminal.

use crate::firmware::{self, Firmware};
use crate::house::House;
use crate::setup::{self, Part};
use anyhow::{Context, Result};
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Builds (unless told not to) and becomes QEMU, so that whoever started this program holds QEMU itself.
pub fn qemu(house: &House, firmware: &Firmware, no_build: bool) -> Result<()> {
    setup::ensure(house, &[Part::Qemu])?;
    if !no_build {
        firmware::build(house, firmware)?;
    }
    Err(command(house, firmware).exec()).context("qemu-system-arm could not be started")
}

/// QEMU with the firmware loaded. Its own escape key is moved from Ctrl-A, which the raw REPL needs, to Ctrl-].
pub fn command(house: &House, firmware: &Firmware) -> Command {
    let mut qemu = house.command("qemu-system-arm");
    qemu.args(["-machine", firmware.machine, "-display", "none", "-echr", "0x1d"]);
    for _ in 0..firmware.serial {
        qemu.args(["-serial", "null"]);
    }
    qemu.args(["-serial", "mon:stdio", "-kernel"]).arg(firmware::elf_path(house, firmware));
    qemu
}
