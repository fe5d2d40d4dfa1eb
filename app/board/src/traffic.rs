//! The traffic log: the last bytes that went over the line, with the time and the direction of each.
//!
//! It is always on and costs a copy: what went wrong is only known afterwards. Old bytes make room for new ones.

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use tokio::time::Instant;

/// Bytes that are kept.
const KEPT: usize = 1 << 20;
/// What one entry costs besides its bytes.
const ENTRY: usize = 64;
/// Bytes on one line of text.
const WIDTH: usize = 16;

/// Which way bytes went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the board.
    Out,
    /// From the board.
    In,
}

/// The log of one board. Clones are the same log.
#[derive(Clone)]
pub struct Traffic {
    start: Instant,
    entries: Arc<Mutex<Entries>>,
}

#[derive(Default)]
struct Entries {
    list: VecDeque<(Instant, Way, Bytes)>,
    size: usize,
    dropped: u64,
}

impl Traffic {
    /// An empty log; its times are counted from now.
    pub fn new() -> Traffic {
        Traffic { start: Instant::now(), entries: Arc::default() }
    }

    /// Adds bytes.
    pub fn note(&self, way: Way, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let mut entries = self.entries.lock().expect("nobody panics with it");
        entries.list.push_back((Instant::now(), way, Bytes::copy_from_slice(bytes)));
        entries.size += bytes.len() + ENTRY;
        while entries.size > KEPT {
            let Some((.., old)) = entries.list.pop_front() else { break };
            entries.size -= old.len() + ENTRY;
            entries.dropped += old.len() as u64;
        }
    }

    /// All of it as text: seconds since the start, `>` to the board or `<` from it, the bytes, and those that are ASCII.
    pub fn text(&self) -> String {
        let entries = self.entries.lock().expect("nobody panics with it");
        let mut text = String::from("# seconds, > to the board or < from it, bytes\n");
        if entries.dropped > 0 {
            writeln!(text, "# {} older bytes are no longer here", entries.dropped).expect("a string takes all");
        }
        for (time, way, bytes) in &entries.list {
            for line in bytes.chunks(WIDTH) {
                let seconds = time.saturating_duration_since(self.start).as_secs_f64();
                let arrow = if *way == Way::Out { '>' } else { '<' };
                let digits: String = line.iter().map(|byte| format!("{byte:02x} ")).collect();
                let shown: String =
                    line.iter().map(|&byte| if (b' '..=b'~').contains(&byte) { byte as char } else { '.' }).collect();
                writeln!(text, "{seconds:12.6} {arrow} {digits:48} {shown}").expect("a string takes all");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn both_ways_are_told_with_their_times() {
        let traffic = Traffic::new();
        traffic.note(Way::Out, b"\x01");
        tokio::time::advance(std::time::Duration::from_millis(1500)).await;
        traffic.note(Way::In, b"raw REPL; CTRL-B to exit\r\n>");
        let lines: Vec<String> = traffic.text().lines().map(str::to_string).collect();
        assert_eq!(lines[1], format!("    0.000000 > {:48} .", "01"));
        assert_eq!(lines[2], "    1.500000 < 72 61 77 20 52 45 50 4c 3b 20 43 54 52 4c 2d 42  raw REPL; CTRL-B");
        assert_eq!(lines.len(), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn the_oldest_bytes_make_room() {
        let traffic = Traffic::new();
        for _ in 0..3000 {
            traffic.note(Way::In, &[b'x'; 1000]);
        }
        let text = traffic.text();
        assert!(text.contains("older bytes are no longer here"));
        assert!(traffic.entries.lock().expect("nobody panics with it").size <= KEPT);
    }
}
