//! Who has a port on Linux, and how one program of ours asks another to let it go.
//!
//! Whoever holds a port listens on an abstract socket of the port's name, which the system takes away with the program. Calling it asks
//! for the port; the call ends when the port is free. Only programs of the same account are heard. Of programs that are none of ours
//! the system tells which it is that has the port open.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::{SocketAddr, UnixListener as StdListener, UnixStream as StdStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use nix::fcntl::OFlag;
use tokio::io::AsyncReadExt;
use tokio::net::{UnixListener, UnixStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::phrase::Reason;

/// How long a program of ours may take to let a port go.
const PATIENCE: Duration = Duration::from_secs(4);

/// The right to a port, as far as programs of ours go.
pub struct Claim {
    listener: UnixListener,
}

/// A claim that ends the session when another program asks for the port. Dropped, it tells that one that the port is free.
pub struct Watch {
    task: JoinHandle<()>,
    asked: Arc<OnceLock<(Reason, UnixStream)>>,
}

impl Claim {
    /// Claims a port that was opened; nothing if that cannot be, which only means that nobody can ask for it.
    pub fn on(port: &str) -> Option<Claim> {
        let listener = StdListener::bind_addr(&name(port)?).ok()?;
        listener.set_nonblocking(true).ok()?;
        UnixListener::from_std(listener).ok().map(|listener| Claim { listener })
    }

    /// Cancels `end` when another program of this account asks for the port.
    pub fn watch(self, end: CancellationToken) -> Watch {
        let asked = Arc::new(OnceLock::new());
        let told = asked.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = self.listener.accept().await {
                let Ok(who) = stream.peer_cred() else { continue };
                let pid = who.pid().unwrap_or(0) as u32;
                if owner("self") == Some(who.uid()) {
                    let _ = told.set((Reason::TakenBy { program: program(pid), pid }, stream)); // only the first is asked for
                    return end.cancel();
                }
            }
        });
        Watch { task, asked }
    }
}

impl Watch {
    /// Who asked for the port, if somebody did.
    pub fn asked(&self) -> Option<Reason> {
        self.asked.get().map(|(reason, _)| reason.clone())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The program that has a port open: its name and its number. This one does not count, nor does the one at the other end of a
/// pseudo-terminal.
pub fn holder(port: &str) -> Option<(String, u32)> {
    let port = fs::canonicalize(port).ok()?;
    let own = std::process::id();
    let pids = fs::read_dir("/proc").ok()?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| *pid != own).find(|pid| has_open(*pid, &port)).map(|pid| (program(pid), pid))
}

/// Asks the program of ours that holds a port to let it go, and waits until it has; whether it did.
pub async fn ask(port: &str) -> bool {
    let asked = async {
        let stream = StdStream::connect_addr(&name(port)?).ok()?;
        stream.set_nonblocking(true).ok()?;
        UnixStream::from_std(stream).ok()?.read(&mut [0]).await.ok() // it ends when the port is free
    };
    matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Some(0)))
}

/// Whether a program of ours holds the port, and can be asked for it.
pub fn is_ours(port: &str) -> bool {
    let names = fs::read_to_string("/proc/net/unix").unwrap_or_default();
    names.lines().any(|line| line.ends_with(&format!(" @{}", text(port))))
}

fn has_open(pid: u32, port: &Path) -> bool {
    let process = PathBuf::from(format!("/proc/{pid}"));
    let entries = fs::read_dir(process.join("fd")).into_iter().flatten().flatten();
    let files: Vec<(OsString, PathBuf)> =
        entries.filter_map(|entry| Some((entry.file_name(), fs::read_link(entry.path()).ok()?))).collect();
    files.iter().any(|(descriptor, file)| file == port && opens(&process, descriptor))
        && !(port.starts_with("/dev/pts") && files.iter().any(|(_, file)| file.ends_with("ptmx")))
}

/// Whether a descriptor opens its file. One of `O_PATH` only names it, by which udev gives a new device its owner (open(2); proc(5),
/// "/proc/pid/fdinfo").
fn opens(process: &Path, descriptor: &OsStr) -> bool {
    let said = fs::read_to_string(process.join("fdinfo").join(descriptor)).unwrap_or_default();
    let flags = said.lines().find_map(|line| line.strip_prefix("flags:"));
    let flags = flags.and_then(|octal| i32::from_str_radix(octal.trim(), 8).ok()).unwrap_or(0);
    !OFlag::from_bits_retain(flags).contains(OFlag::O_PATH)
}

fn program(pid: u32) -> String {
    fs::read_to_string(format!("/proc/{pid}/comm")).map_or_else(|_| "another program".into(), |name| name.trim().to_owned())
}

fn owner(pid: &str) -> Option<u32> {
    fs::metadata(format!("/proc/{pid}")).ok().map(|process| process.uid())
}

fn name(port: &str) -> Option<SocketAddr> {
    SocketAddr::from_abstract_name(text(port)).ok()
}

fn text(port: &str) -> String {
    format!("taipan{}", fs::canonicalize(port).unwrap_or_else(|_| port.into()).display())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{File, OpenOptions};
    use std::os::unix::fs::OpenOptionsExt;
    use std::process::{Command, Stdio};

    /// Who has a file while a program has this descriptor of it.
    fn while_given(descriptor: File, path: &Path) -> Option<(String, u32)> {
        let mut program = Command::new("cat").stdin(Stdio::piped()).stdout(descriptor).spawn().expect("cat");
        let found = holder(path.to_str().expect("UTF-8"));
        assert!(found.as_ref().is_none_or(|(name, pid)| name == "cat" && *pid == program.id()));
        drop(program.stdin.take());
        program.wait().expect("it ends");
        found
    }

    #[test]
    fn a_descriptor_that_only_names_a_port_does_not_hold_it() {
        let path = std::env::temp_dir().join(format!("taipan-port-{}", std::process::id()));
        File::create(&path).expect("a file");
        let open = |flags: OFlag| OpenOptions::new().write(true).custom_flags(flags.bits()).open(&path).expect("it opens");
        assert!(while_given(open(OFlag::empty()), &path).is_some());
        assert_eq!(while_given(open(OFlag::O_PATH), &path), None);
        fs::remove_file(&path).expect("it is there");
    }
}
