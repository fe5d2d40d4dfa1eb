//! A board that follows a script: it expects these bytes, says those, and fails the test at the first deviation.
//!
//! Tests with it run on tokio's paused clock, so a board that stays silent for a minute takes no time.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::task::JoinHandle;

pub const BANNER: &[u8] = b"\r\nraw REPL; CTRL-B to exit\r\n>";
pub const FRIENDLY: &[u8] =
    b"\r\nMicroPython v1.28.0 on 2026-01-05; Scripted with paper\r\nType \"help()\" for more information.\r\n>>> ";

/// One end of the line, played by the test.
pub struct Player {
    line: DuplexStream,
}

impl Player {
    /// Starts to play on this end of a line.
    pub fn start<F>(line: DuplexStream, play: impl FnOnce(Player) -> F) -> JoinHandle<()>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        tokio::spawn(play(Player { line }))
    }

    /// The next bytes must be these.
    #[track_caller]
    pub fn expect(&mut self, wanted: &[u8]) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let mut found = vec![0; wanted.len()];
            let mut filled = 0;
            while filled < found.len() {
                let count = self.line.read(&mut found[filled..]).await.expect("a line in memory does not fail");
                filled += count;
                if count == 0 || found[..filled] != wanted[..filled] {
                    break;
                }
            }
            let (found, wanted) = (String::from_utf8_lossy(&found[..filled]), String::from_utf8_lossy(wanted));
            assert!(found == wanted, "{caller}: expected {wanted:?}, got {found:?}");
        }
    }

    /// Says this.
    pub async fn say(&mut self, bytes: &[u8]) {
        self.line.write_all(bytes).await.expect("the other end listens");
    }

    /// Nothing more may come for so long.
    #[track_caller]
    pub fn silence(&mut self, length: Duration) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let mut byte = [0];
            let heard = tokio::time::timeout(length, self.line.read(&mut byte)).await;
            assert!(heard.is_err(), "{caller}: expected silence, got {byte:?}");
        }
    }

    /// Is greeted, and shows the friendly prompt.
    pub async fn greeting(&mut self) {
        self.expect(b"\x02").await;
        self.say(FRIENDLY).await;
    }

    /// Goes from the friendly prompt to the raw one.
    pub async fn enter(&mut self) {
        self.expect(b"\x01").await;
        self.say(BANNER).await;
    }

    /// Goes back.
    pub async fn leave(&mut self) {
        self.expect(b"\x02").await;
        self.say(FRIENDLY).await;
    }

    /// Takes a program by raw-paste, with a window that holds it whole. Returns its source.
    pub async fn take_program(&mut self) -> String {
        self.expect(b"\x05A\x01").await;
        self.say(b"R\x01\xFF\x7F").await;
        let mut source = Vec::new();
        loop {
            match self.line.read_u8().await.expect("the other end talks") {
                4 => break,
                byte => source.push(byte),
            }
        }
        self.say(b"\x04").await;
        String::from_utf8(source).expect("source is UTF-8")
    }

    /// Takes a program that has these words in it, and plays its end: what it prints, and the error it raises.
    #[track_caller]
    pub fn program(&mut self, words: &str, prints: &str, raises: &str) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            let source = self.take_program().await;
            assert!(source.contains(words), "{caller}: no {words:?} in {source}");
            self.say(format!("{prints}\x04{raises}\x04>").as_bytes()).await;
        }
    }

    /// The script is over, and the line stays open: without this the board is unplugged at its end.
    pub fn stay(self) {
        std::mem::forget(self.line);
    }

    /// Takes bytes without looking at them.
    pub async fn swallow(&mut self, count: usize) {
        let mut bytes = vec![0; count];
        self.line.read_exact(&mut bytes).await.expect("the other end talks");
    }
}
