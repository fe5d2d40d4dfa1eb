//! Runs a program to its end, within a deadline.

use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// What a program left behind.
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it complained about.
    pub stderr: Vec<u8>,
}

/// Runs a program that reads nothing; `None` when it had to be ended because it took longer than `patience`.
pub fn run(command: &mut Command, patience: Duration) -> Option<Ended> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{:?} cannot be started: {error}", command.get_program()));
    let stdout = collect(child.stdout.take().expect("the output was asked for"));
    let stderr = collect(child.stderr.take().expect("the output was asked for"));
    let Ok(stdout) = stdout.recv_timeout(patience) else {
        child.kill().expect("a child can be ended");
        child.wait().expect("an ended child can be waited for");
        return None;
    };
    let stderr = stderr.recv_timeout(patience).unwrap_or_default();
    Some(Ended { status: child.wait().expect("a child can be waited for"), stdout, stderr })
}

/// Reads to the end beside the caller, so that neither pipe can fill up while the other is read.
fn collect(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // An unreadable pipe is a closed one; and after a deadline nobody listens any more.
        let _ = pipe.read_to_end(&mut bytes);
        let _ = sender.send(bytes);
    });
    receiver
}
