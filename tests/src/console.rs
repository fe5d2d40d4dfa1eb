//! A program that talks over its standard input and output, with a deadline on every answer.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// The started program. It ends with this value.
pub struct Console {
    child: Child,
    output: Receiver<Vec<u8>>,
    /// What the program said and no `expect` has consumed.
    unread: Vec<u8>,
}

impl Console {
    /// Starts a program; what it says on standard error goes to the test's own.
    pub fn start(command: &mut Command) -> Console {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut stdout = child.stdout.take().expect("the output was asked for");
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = stdout.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Console { child, output, unread: Vec::new() }
    }

    /// Types some text.
    #[track_caller]
    pub fn send(&mut self, text: &str) {
        let input = self.child.stdin.as_mut().expect("the input was asked for");
        input.write_all(text.as_bytes()).and_then(|()| input.flush()).expect("the program takes input");
    }

    /// Waits for some text and returns what came before it; panics with all that came when it does not come in time.
    #[track_caller]
    pub fn expect(&mut self, text: &str, patience: Duration) -> String {
        self.wait(text, patience).unwrap_or_else(|reason| panic!("{reason}"))
    }

    /// As `expect`, for callers that can say more about what went wrong.
    ///
    /// # Errors
    /// A sentence with all that came instead.
    pub fn wait(&mut self, text: &str, patience: Duration) -> Result<String, String> {
        let deadline = Instant::now() + patience;
        loop {
            if let Some(at) = self.unread.windows(text.len()).position(|window| window == text.as_bytes()) {
                let before = self.unread[..at].to_vec();
                self.unread.drain(..at + text.len());
                return Ok(String::from_utf8_lossy(&before).into_owned());
            }
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.unread.extend(bytes),
                Err(reason) => return Err(format!("no {text:?} ({reason}) after {:?}", String::from_utf8_lossy(&self.unread))),
            }
        }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
