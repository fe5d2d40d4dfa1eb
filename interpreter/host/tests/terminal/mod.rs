//! The program at the other end of a terminal, with a deadline on every answer.

use nix::pty::openpty;
use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// Far more than an answer takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A terminal with the program in it. The program ends with this value.
pub struct Terminal {
    child: Child,
    keyboard: File,
    screen: Receiver<Vec<u8>>,
    unread: String,
}

impl Terminal {
    /// Starts `taipan` with these arguments.
    pub fn open(arguments: &[&str]) -> Terminal {
        let pty = openpty(None, None).expect("a pseudo-terminal");
        let end = || pty.slave.try_clone().expect("a file descriptor");
        // `setsid --ctty` makes it the program's own terminal, so that Ctrl-C is a signal as in a window.
        let mut command = Command::new("setsid");
        command.args(["--ctty", env!("CARGO_BIN_EXE_taipan")]).args(arguments).env("TERM", "xterm");
        let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().expect("setsid is in util-linux");
        let keyboard = File::from(pty.master);
        let mut reader = keyboard.try_clone().expect("a file descriptor");
        let (sender, screen) = mpsc::channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut chunk) {
                if sender.send(chunk[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Terminal { child, keyboard, screen, unread: String::new() }
    }

    /// Presses keys.
    #[track_caller]
    pub fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the terminal takes keys");
    }

    /// Waits for some text and answers what came before it.
    #[track_caller]
    pub fn expect(&mut self, text: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.unread.find(text) {
                let before = self.unread[..at].to_owned();
                self.unread.drain(..at + text.len());
                return before;
            }
            match self.screen.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.unread.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => panic!("no {text:?} but {:?}", self.unread),
            }
        }
    }

    /// Presses keys and answers what comes before the next prompt, without what the keys themselves showed (their line).
    #[track_caller]
    pub fn ask(&mut self, keys: &str) -> String {
        self.press(keys);
        self.expect("\r\n");
        self.expect(">>> ")
    }

    /// Waits until the program has ended by itself.
    #[track_caller]
    pub fn ended(mut self) -> ExitStatus {
        // The screen goes dark when the program's end of the terminal is closed.
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                return status;
            }
            assert!(Instant::now() < deadline, "the program goes on");
            let _ = self.screen.recv_timeout(Duration::from_millis(10));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
