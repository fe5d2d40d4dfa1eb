//! `cargo xtask usb`: the rig, in a guest with a real USB stack.
//!
//! ```text
//! this system  ── kernel, first files ──▶  QEMU ──▶ guest: the same files, read only, by 9p ──▶ rig ──▶ vhci-hcd, cdc-acm, udev, libusb
//! ```
//! QEMU emulates the processor (TCG): that needs no rights and works everywhere. What the guest prints is shown; whether the scenes passed, it
//! says by QEMU's own exit code, so a guest that died in between has failed.

use crate::house::House;
use crate::setup::{self, Guest, Part};
use crate::shell;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Kernel modules that the guest needs: the way to this system's files, USB without a wire, and what is plugged in.
const MODULES: &[&str] = &[
    "virtio_pci",
    "9pnet_virtio",
    "9p",
    "overlay",
    "vhci-hcd",
    "cdc-acm",
    "usb-storage",
    "sd_mod",
    "vfat",
    "nls_cp437",
    "nls_ascii",
    "usbhid",
    "hid-generic",
    "evdev",
];
/// The guest's first program.
const INIT: &str = include_str!("usb/init.sh");
/// When something hangs: all scenes, and each time that the cable is pulled.
const PATIENCE: Duration = Duration::from_secs(600);
const EACH: Duration = Duration::from_secs(12);
/// What `isa-debug-exit` makes of the byte that the guest's first program writes: 1 for success, 0 for none.
const PASSED: i32 = 0b11;

/// Sets up, then plays the scenes.
pub fn usb(house: &House, unplugs: u32, scenes: &[String]) -> Result<()> {
    setup::ensure(house, &[Part::Build, Part::Guest, Part::Clients, Part::Volumes])?;
    play(house, unplugs, scenes)
}

/// Builds what takes part, and plays the scenes of these names, or all; those that unplug do it so often in all.
pub fn play(house: &House, unplugs: u32, scenes: &[String]) -> Result<()> {
    shell::run(house.cargo_with_all("build").args(["--bin", "rig", "--bin", "taipan", "--bin", "taipanctl"]))?;
    let guest = setup::guest(house)?;
    let folder = house.target.join("usb");
    fs::create_dir_all(&folder)?;
    let first_files = folder.join("first.cpio");
    fs::write(&first_files, archive(&guest)?)?;
    let mut qemu =
        command(house, &guest, &first_files, unplugs, scenes).spawn().context("qemu-system-x86_64 could not be started")?;
    let patience = PATIENCE + EACH * unplugs;
    let deadline = Instant::now() + patience;
    loop {
        match qemu.try_wait()? {
            Some(status) if status.code() == Some(PASSED) => return Ok(()),
            Some(status) => bail!("the scenes did not pass, or the guest died (QEMU {status})"),
            None if Instant::now() >= deadline => break,
            None => std::thread::park_timeout(Duration::from_millis(50)),
        }
    }
    qemu.kill()?;
    qemu.wait()?;
    bail!("the guest did not end within {} s", patience.as_secs())
}

fn command(house: &House, guest: &Guest, first_files: &Path, unplugs: u32, scenes: &[String]) -> Command {
    let rig = std::path::absolute(house.target.join("debug/rig")).expect("the clone has a path");
    // What the kernel does not know it hands to the first program as its environment.
    let words = [
        "console=ttyS0 quiet loglevel=1 panic=-1".into(),
        format!("RIG={}", rig.display()),
        format!("PYTHON={}", setup::clients_python(house).display()),
        format!("UNPLUGS={unplugs}"),
        format!("SCENES={}", scenes.join(",")),
    ];
    let mut qemu = house.command("qemu-system-x86_64");
    qemu.args(["-accel", "tcg", "-smp", "1", "-m", "768", "-no-reboot"]);
    qemu.args(["-nodefaults", "-display", "none", "-serial", "stdio"]);
    qemu.args(["-device", "isa-debug-exit,iobase=0xf4,iosize=1", "-device", "virtio-rng-pci"]);
    for (name, folder) in [("system", Path::new("/")), ("prefix", &guest.prefix)] {
        let share = format!("local,path={},mount_tag={name},security_model=none,readonly=on,multidevs=remap", folder.display());
        qemu.arg("-virtfs").arg(share);
    }
    qemu.arg("-kernel").arg(&guest.kernel).arg("-initrd").arg(first_files);
    qemu.arg("-append").arg(words.join(" ")).stdin(std::process::Stdio::null());
    qemu
}

/// The files that the guest starts with, as the kernel reads them (a `newc` archive): busybox, the first program, the modules in their order.
fn archive(guest: &Guest) -> Result<Vec<u8>> {
    let mut archive = Archive::default();
    for folder in ["bin", "dev", "proc", "sys", "modules", "system", "prefix", "over", "root"] {
        archive.add(folder, 0o040_755, &[]);
    }
    archive.add("bin/busybox", 0o100_755, &fs::read(guest.prefix.join("usr/bin/busybox"))?);
    archive.add("init", 0o100_755, INIT.as_bytes());
    for (number, module) in modules(guest)?.iter().enumerate() {
        archive.add(&format!("modules/{number:02}.ko"), 0o100_644, &fs::read(module)?);
    }
    archive.add("TRAILER!!!", 0, &[]);
    Ok(archive.0)
}

#[derive(Default)]
struct Archive(Vec<u8>);

impl Archive {
    fn add(&mut self, name: &str, mode: u32, content: &[u8]) {
        let length = name.len() as u32 + 1;
        let fields = [0, mode, 0, 0, 1, 0, content.len() as u32, 0, 0, 0, 0, length, 0];
        self.0.extend_from_slice(b"070701");
        fields.iter().for_each(|field| self.0.extend_from_slice(format!("{field:08x}").as_bytes()));
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(0);
        self.align();
        self.0.extend_from_slice(content);
        self.align();
    }

    fn align(&mut self) {
        self.0.resize(self.0.len().next_multiple_of(4), 0);
    }
}

/// The modules and all that they need, each behind what it needs.
fn modules(guest: &Guest) -> Result<Vec<PathBuf>> {
    let mut files = BTreeMap::new();
    collect(&guest.modules, &mut files)?;
    let mut order = Vec::new();
    for module in MODULES {
        place(&plain(module), &files, &mut order)?;
    }
    Ok(order)
}

/// A module's name: files are spelt with either sign.
fn plain(name: &str) -> String {
    name.replace('-', "_")
}

fn collect(folder: &Path, files: &mut BTreeMap<String, PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if let Some(name) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".ko")) {
            files.insert(plain(name), path);
        }
    }
    Ok(())
}

fn place(name: &str, files: &BTreeMap<String, PathBuf>, order: &mut Vec<PathBuf>) -> Result<()> {
    let Some(file) = files.get(name) else {
        // It is part of the kernel itself.
        ensure!(!MODULES.iter().any(|module| plain(module) == name), "the kernel has no module {name}");
        return Ok(());
    };
    if order.contains(file) {
        return Ok(());
    }
    for needed in needs(&fs::read(file)?) {
        place(&needed, files, order)?;
    }
    order.push(file.clone());
    Ok(())
}

/// What a module says that it needs (its section `.modinfo`).
fn needs(module: &[u8]) -> Vec<String> {
    const KEY: &[u8] = b"\0depends=";
    let Some(at) = module.windows(KEY.len()).position(|window| window == KEY) else { return Vec::new() };
    let text = module[at + KEY.len()..].split(|byte| *byte == 0).next().unwrap_or_default();
    String::from_utf8_lossy(text).split(',').filter(|name| !name.is_empty()).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_names_what_it_needs() {
        assert_eq!(needs(b"\x7fELF\0license=GPL\0depends=usb-common,usbcore\0name=x\0"), ["usb_common", "usbcore"]);
        assert_eq!(needs(b"\0depends=\0"), [""; 0]);
    }

    #[test]
    fn an_archive_is_aligned() {
        let mut archive = Archive::default();
        archive.add("init", 0o100_755, b"hello");
        assert_eq!(archive.0.len(), (110_usize + 5).next_multiple_of(4) + 8);
        assert!(archive.0.starts_with(b"070701000000000000"));
    }
}
