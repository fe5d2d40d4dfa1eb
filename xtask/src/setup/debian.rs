//! System packages, by Debian's tools.
//!
//! Other systems are not kept out: without `dpkg` the needed libraries are only named, and the build says what is missing.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Installs those of `packages` that are not installed.
pub fn install(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    if !shell::succeeds(Command::new("dpkg").arg("--version")) {
        eprintln!("This system has no dpkg: make sure that it has what Debian calls {}.", packages.join(", "));
        return Ok(());
    }
    let missing: Vec<_> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("Installing Debian packages: {}", missing.join(" "));
    refresh_if_empty()?;
    let attempt = || shell::run(as_root("apt-get")?.args(["install", "-y", "--no-install-recommends"]).args(&missing));
    if attempt().is_err() {
        // The lists may be older than what the mirror still keeps.
        refresh()?;
        attempt().with_context(|| format!("install these Debian packages by hand, then try again: {}", missing.join(" ")))?;
    }
    Ok(())
}

/// Fetches apt's package lists where there are none yet, as on a fresh container.
fn refresh_if_empty() -> Result<()> {
    let lists = std::fs::read_dir("/var/lib/apt/lists").into_iter().flatten().flatten();
    let filled = lists.into_iter().any(|entry| entry.file_name().to_string_lossy().contains("_Packages"));
    if filled { Ok(()) } else { refresh() }
}

/// Fetches apt's package lists anew.
pub fn refresh() -> Result<()> {
    shell::during("Fetching Debian's package lists", || shell::capture(as_root("apt-get")?.args(["-qq", "update"])).map(drop))
}

fn is_installed(package: &str) -> bool {
    let status = shell::capture(Command::new("dpkg").args(["-s", package]));
    status.is_ok_and(|text| text.lines().any(|line| line == "Status: install ok installed"))
}

/// The program as root: directly, or by sudo.
fn as_root(program: &str) -> Result<Command> {
    let mut command = if shell::capture(Command::new("id").arg("-u"))? == "0" {
        Command::new(program)
    } else if shell::succeeds(Command::new("sudo").arg("--version")) {
        let mut sudo = Command::new("sudo");
        sudo.args(["DEBIAN_FRONTEND=noninteractive", program]);
        sudo
    } else {
        bail!("installing system packages needs root or sudo");
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}
