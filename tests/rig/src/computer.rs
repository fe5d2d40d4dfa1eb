//! The computer that the board is plugged into: its devices, and the programs that people run on it.

use anyhow::{Context, Result, bail, ensure};
use board::flash::{Loader, loader};
use board::{Guess, Port};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a device may take to appear: the kernel, then udev, on an emulated processor.
const APPEARS: Duration = Duration::from_secs(20);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// Starts what makes devices known to programs, as any Linux does.
pub fn start() -> Result<()> {
    // The board's program is behind a TCP line, which must not swallow what the USB line is to hold back.
    for buffer in ["tcp_rmem", "tcp_wmem"] {
        std::fs::write(format!("/proc/sys/net/ipv4/{buffer}"), "4096 16384 16384").context("the size of TCP's buffers")?;
    }
    run("/usr/lib/systemd/systemd-udevd", &["--daemon"])?;
    run("udevadm", &["trigger", "--action=add", "--subsystem-match=usb"])?;
    run("udevadm", &["settle", "--timeout=20"]).map(drop)
}

/// A program of this clone.
pub fn own(name: &str) -> Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name(name))
}

/// Runs a program to its end and answers what it printed; fails with that if it fails.
pub fn run(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Result<String> {
    let (done, said) = attempt(program, arguments)?;
    ensure!(done, "{arguments:?} failed:\n{said}");
    Ok(said)
}

/// Runs a program to its end; whether it succeeded, and what it printed.
pub fn attempt(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Result<(bool, String)> {
    let program = program.as_ref();
    let mut command = Command::new(program);
    let output = command.args(arguments).stdin(Stdio::null()).output().with_context(|| format!("{program:?} does not start"))?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

/// Waits until there is what `look` finds.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> Result<T> {
    let deadline = Instant::now() + APPEARS;
    loop {
        if let Some(found) = look() {
            return Ok(found);
        }
        if Instant::now() >= deadline {
            bail!("{what} did not appear within {} s", APPEARS.as_secs());
        }
        std::thread::park_timeout(LOOK);
    }
}

/// The running board's port, as the app finds it.
pub fn find_port() -> Option<Port> {
    // A look at all that might be a port takes a while on an emulated processor.
    let mut names = std::fs::read_dir("/dev").ok()?.flatten().map(|entry| entry.file_name());
    names.find(|name| name.to_string_lossy().starts_with("ttyACM"))?;
    board::discover::ports().into_iter().find(|port| port.guess == Guess::Board)
}

/// Waits for that port.
pub fn port() -> Result<Port> {
    wait_for("the board's serial port", find_port)
}

/// Waits for the board's removable disk, and answers the name of its device.
pub fn disk() -> Result<String> {
    wait_for("the board's disk", || {
        let mut names =
            std::fs::read_dir("/sys/block").ok()?.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let name = names.find(|name| name.starts_with("sd"))?;
        let has_medium = std::fs::read_to_string(format!("/sys/block/{name}/size")).ok()?.trim() != "0";
        let device = format!("/dev/{name}");
        (has_medium && std::path::Path::new(&device).exists()).then_some(device)
    })
}

/// The board in its loader, as the app finds it.
fn find_loader() -> Option<Loader> {
    loader::loaders().ok()?.into_iter().find(|loader| loader.layout.is_some())
}

/// Waits for that loader.
pub fn waiting_loader() -> Result<Loader> {
    wait_for("the loader", find_loader)
}

/// What a board shows.
pub enum Shown {
    /// A program that runs.
    Program,
    /// A loader that waits.
    Loader,
}

/// Waits until the board shows something.
pub fn shown() -> Result<Shown> {
    let look = || find_port().map(|_| Shown::Program).or_else(|| find_loader().map(|_| Shown::Loader));
    wait_for("the board", look)
}

/// Waits until the board that was unplugged is no longer seen.
pub fn gone() -> Result<()> {
    wait_for("the absence of the board", || (find_port().is_none() && find_loader().is_none()).then_some(()))
}
