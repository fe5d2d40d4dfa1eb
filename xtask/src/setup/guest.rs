//! A Linux whose kernel has USB, for the rig: this computer's may have none, and a container's never is one's own.
//!
//! Debian's stock kernel, unpacked (never installed) into a prefix of our own, with the few programs that this system may lack. The guest sees the
//! files of this system, read only, with the prefix laid over them: so the clone's programs run there as they are.

use super::debian::{self, entries, file_name};
use crate::house::House;
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the guest has and this system may lack.
const PROGRAMS: &[&str] = &["busybox-static", "dfu-util", "udev", "libkmod2", "libacl1", "libblkid1", "libcap2", "libselinux1"];

/// The rules by which devices get their names and their rights: all that a board needs, and what an emulated processor has time for.
const RULES: &[&str] = &["50-udev-default.rules", "60-serial.rules"];

/// Change it with what is done below, and prefixes made by older recipes are made anew.
const RECIPE: &str = "2";

/// The guest.
pub struct Guest {
    /// What is laid over this system's files.
    pub prefix: PathBuf,
    /// The kernel.
    pub kernel: PathBuf,
    /// The folder of its modules.
    pub modules: PathBuf,
}

/// Finds the guest, or makes it.
pub fn guest(house: &House) -> Result<Guest> {
    ensure!(cfg!(all(target_os = "linux", target_arch = "x86_64")), "the USB rig runs on Linux for x86-64 only");
    let prefix = house.cache().join("guest");
    if !fs::read_to_string(prefix.join("made-by")).is_ok_and(|made| made == RECIPE) {
        eprintln!("Making a Linux with USB from Debian's packages, in {} (about 75 MB to fetch)", prefix.display());
        make(&prefix).context("no kernel for the USB rig: it needs a system whose apt offers linux-image-amd64 (Debian)")?;
    }
    let kernel = find(&prefix.join("boot"), "vmlinuz-")?;
    let modules = find(&prefix.join("usr/lib/modules"), "")?.join("kernel");
    Ok(Guest { prefix, kernel, modules })
}

fn find(folder: &Path, start: &str) -> Result<PathBuf> {
    let found = entries(folder)?.into_iter().find(|entry| file_name(entry).starts_with(start));
    found.with_context(|| format!("{} has no {start}…: remove that folder, then try again", folder.display()))
}

/// Makes the prefix in a folder beside it and renames that at the end: a half-made one is never used.
fn make(prefix: &Path) -> Result<()> {
    let work = prefix.with_extension(format!("{}.tmp", std::process::id()));
    let made = work.join("prefix");
    let result = (|| {
        let (debs, fetch) = (work.join("debs"), || debian::dependency("linux-image-amd64", "linux-image-"));
        // A machine may have come with package lists that name what the mirror no longer has.
        shell::during("Fetching Debian's kernel", || {
            debian::refresh()?;
            let kernel = fetch()?;
            debian::download(&debs, &[&[kernel.as_str()], PROGRAMS].concat())
        })?;
        shell::during("Unpacking it", || unpack(&debs, &made))?;
        fs::write(made.join("made-by"), RECIPE)?;
        if prefix.exists() {
            fs::remove_dir_all(prefix)?;
        }
        Ok(fs::rename(&made, prefix)?)
    })();
    if work.exists() {
        fs::remove_dir_all(&work).with_context(|| format!("{} cannot be removed", work.display()))?;
    }
    result
}

/// Unpacks the packages. Where they still use the old folders at the top (`/lib`, `/bin`), what is there goes below `/usr`, where it is on every
/// system today: a folder of the prefix would hide the link of that name.
fn unpack(debs: &Path, root: &Path) -> Result<()> {
    fs::create_dir_all(root)?;
    for deb in entries(debs)? {
        shell::capture(Command::new("dpkg").arg("-x").arg(&deb).arg(root))?;
    }
    for folder in ["bin", "sbin", "lib"] {
        let (old, new) = (root.join(folder), root.join("usr").join(folder));
        if old.is_dir() {
            fs::create_dir_all(&new)?;
            shell::capture(Command::new("cp").args(["-a", "--remove-destination"]).arg(old.join(".")).arg(&new))?;
            fs::remove_dir_all(&old)?;
        }
    }
    for rule in entries(&root.join("usr/lib/udev/rules.d"))? {
        if !RULES.contains(&file_name(&rule).as_str()) {
            fs::remove_file(&rule)?;
        }
    }
    Ok(())
}
