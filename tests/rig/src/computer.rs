//! The computer that the board is plugged into: its devices, and the programs that people run on it.

use anyhow::{Context, Result, bail, ensure};
use board::flash::{Loader, loader};
use board::{Guess, Port};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
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
        (has_medium && Path::new(&device).exists()).then_some(device)
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

/// The numbers of the devices on the USB: each plugging in has a new one (Linux, Documentation/ABI/testing/sysfs-bus-usb).
pub fn plugged_in() -> Vec<String> {
    let folders = std::fs::read_dir("/sys/bus/usb/devices").into_iter().flatten().flatten();
    let devices = folders.filter(|entry| !entry.file_name().to_string_lossy().starts_with("usb"));
    devices.filter_map(|entry| std::fs::read_to_string(entry.path().join("devnum")).ok()).collect()
}

/// A mouse or keyboard, as programs hear it (Linux, Documentation/input/event-codes.rst).
pub struct Input {
    path: PathBuf,
    events: Receiver<(u16, u16, i32)>,
}

/// Bytes of an event: a time, the kind, the code, the value.
const EVENT: usize = 24;

impl Input {
    /// Waits for the board's.
    pub fn find() -> Result<Input> {
        let is_ours = |entry: &std::fs::DirEntry| {
            let name = std::fs::read_to_string(entry.path().join("device/name")).unwrap_or_default();
            entry.file_name().to_string_lossy().starts_with("event") && name.contains("Pyboard")
        };
        let path = wait_for("the board's input device", || {
            let entry = std::fs::read_dir("/sys/class/input").ok()?.flatten().find(is_ours)?;
            let path = Path::new("/dev/input").join(entry.file_name());
            path.exists().then_some(path)
        })?;
        let mut file = std::fs::File::open(&path).with_context(|| format!("{} cannot be opened", path.display()))?;
        let (tell, events) = channel();
        std::thread::spawn(move || {
            let mut event = [0; EVENT];
            while file.read_exact(&mut event).is_ok() {
                let number = |at: usize| u16::from_le_bytes([event[at], event[at + 1]]);
                let value = i32::from_le_bytes([event[20], event[21], event[22], event[23]]);
                if tell.send((number(16), number(18), value)).is_err() {
                    return;
                }
            }
        });
        Ok(Input { path, events })
    }

    /// Waits until all of this was heard.
    pub fn expect(&self, events: &[(u16, u16, i32)]) -> Result<()> {
        let (mut missing, mut heard) = (events.to_vec(), Vec::new());
        while !missing.is_empty() {
            let event = self.events.recv_timeout(APPEARS).with_context(|| format!("{missing:?} is missing behind {heard:?}"))?;
            missing.retain(|wanted| *wanted != event);
            heard.push(event);
        }
        Ok(())
    }

    /// Sets a light.
    pub fn set(&self, kind: u16, code: u16, value: i32) -> Result<()> {
        let mut event = [0; EVENT];
        event[16..18].copy_from_slice(&kind.to_le_bytes());
        event[18..20].copy_from_slice(&code.to_le_bytes());
        event[20..].copy_from_slice(&value.to_le_bytes());
        Ok(std::fs::OpenOptions::new().write(true).open(&self.path)?.write_all(&event)?)
    }

    /// Waits until it is gone.
    pub fn is_gone(&self) -> Result<()> {
        wait_for("the end of the input device", || (self.events.try_recv() == Err(TryRecvError::Disconnected)).then_some(()))
    }
}
