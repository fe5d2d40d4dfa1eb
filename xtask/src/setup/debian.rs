//! System packages, by Debian's tools.
//!
//! Other systems are not kept out: without `dpkg` the needed libraries are only named, and the build says what is missing.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How long apt waits, in seconds, while somebody else installs: the system's own updates do so at any time.
const OTHERS: &str = "DPkg::Lock::Timeout=600";

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
    let options = ["-o", OTHERS, "install", "-y", "--no-install-recommends"];
    let attempt = || shell::run(as_root("apt-get")?.args(options).args(&missing));
    if attempt().is_err() {
        // The lists may be older than what the mirror still keeps.
        refresh()?;
        attempt().with_context(|| format!("install these Debian packages by hand, then try again: {}", missing.join(" ")))?;
    }
    Ok(())
}

/// Fetches apt's package lists where there are none yet, as on a fresh container.
fn refresh_if_empty() -> Result<()> {
    let lists = fs::read_dir("/var/lib/apt/lists").into_iter().flatten().flatten();
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

/// Fetches packages into a folder without installing them.
pub fn download(folder: &Path, packages: &[&str]) -> Result<()> {
    fs::create_dir_all(folder)?;
    // Root's downloads go through a user that may not be allowed into this folder; `download` checks signatures regardless.
    let mut apt = Command::new("apt-get");
    shell::capture(apt.current_dir(folder).args(["-qq", "-o", "APT::Sandbox::User=root", "download"]).args(packages)).map(drop)
}

/// The package that `package` depends on whose name begins with `prefix`.
pub fn dependency(package: &str, prefix: &str) -> Result<String> {
    let text = shell::capture(Command::new("apt-cache").args(["depends", package]))?;
    let names = text.lines().filter_map(|line| line.trim_start().strip_prefix("Depends: "));
    let found = names.map(str::trim).find(|name| name.starts_with(prefix));
    found.map(str::to_owned).with_context(|| format!("apt knows no {prefix}… that {package} depends on"))
}

/// What lies in a folder, sorted.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let listing = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut paths = listing.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The last part of a path.
pub fn file_name(path: &Path) -> String {
    path.file_name().expect("an entry of a folder has a name").to_string_lossy().into_owned()
}
