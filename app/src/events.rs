//! What flows to the page without being asked for.
//!
//! Events travel as JSON. Terminal bytes travel raw and in batches: as JSON arrays they would be four times as many. A program
//! may print faster than a page can draw, so the page tells what it has drawn ([`Outlet::drawn`]), at most [`IN_FLIGHT`] bytes
//! are under way, and what does not fit into [`KEPT`] bytes of backlog is left out, oldest first: the window never freezes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::Serialize;
use tauri::ipc::{Channel, InvokeResponseBody};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until, timeout_at};
use ts_rs::TS;

/// Bytes that the page has been given and has not drawn.
const IN_FLIGHT: usize = 128 * 1024;
/// Bytes that wait for the page; more than a terminal keeps for scrolling back.
const KEPT: usize = 256 * 1024;
/// Output is collected for so long: a frame of a screen.
const BATCH: Duration = Duration::from_millis(8);
/// So long the end of a program may wait until the page has drawn what it printed.
const PATIENCE: Duration = Duration::from_secs(3);
/// Stands for what was left out, at the beginning of a batch; the page puts words of its language there.
const LEFT_OUT: &str = "\u{1b}]taipan;left-out\u{7}";

/// What happens to the program that runs on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum HereEvent {
    /// It began.
    Started,
    /// It ended: its exit code, or none if it was stopped.
    Ended {
        /// As the system tells it.
        code: Option<i32>,
    },
}

/// The way of terminal bytes to the page.
#[derive(Clone)]
pub struct Outlet {
    bytes: mpsc::UnboundedSender<Vec<u8>>,
    counts: Arc<Counts>,
}

/// Bytes on their way.
#[derive(Default)]
struct Counts {
    /// Those that the page has, and has not drawn.
    in_flight: AtomicUsize,
    /// All that were written and are not on screen.
    undrawn: AtomicUsize,
}

fn less(count: &AtomicUsize, by: usize) {
    let left = |now: usize| Some(now.saturating_sub(by));
    count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).expect("the closure always answers");
}

impl Outlet {
    /// Opens it; a task carries the bytes until the last clone is dropped.
    pub fn open(page: Channel<InvokeResponseBody>) -> Outlet {
        let (bytes, inbox) = mpsc::unbounded_channel();
        let counts = Arc::new(Counts::default());
        tauri::async_runtime::spawn(carry(inbox, page, counts.clone()));
        Outlet { bytes, counts }
    }

    /// Gives `bytes` to the page, after those before them.
    pub fn write(&self, bytes: Vec<u8>) {
        self.counts.undrawn.fetch_add(bytes.len(), Ordering::Relaxed);
        drop(self.bytes.send(bytes)); // a page that was closed reads no more
    }

    /// The page has drawn `count` bytes.
    pub fn drawn(&self, count: usize) {
        less(&self.counts.in_flight, count);
        less(&self.counts.undrawn, count);
    }

    /// Waits until all is drawn that was written: what is told by another way would come before it. Not for ever, since a page may be
    /// asleep.
    pub async fn settled(&self) {
        let deadline = Instant::now() + PATIENCE;
        while self.counts.undrawn.load(Ordering::Relaxed) > 0 && Instant::now() < deadline {
            sleep_until(Instant::now() + BATCH).await;
        }
    }
}

async fn carry(mut inbox: mpsc::UnboundedReceiver<Vec<u8>>, page: Channel<InvokeResponseBody>, counts: Arc<Counts>) {
    let mut waiting = Vec::new();
    while let Some(first) = inbox.recv().await {
        waiting.extend(first);
        while !waiting.is_empty() {
            let deadline = Instant::now() + BATCH;
            while let Ok(Some(more)) = timeout_at(deadline, inbox.recv()).await {
                waiting.extend(more);
                less(&counts.undrawn, leave_out(&mut waiting));
            }
            sleep_until(deadline).await; // has passed, unless the channel is closed
            if counts.in_flight.load(Ordering::Relaxed) < IN_FLIGHT {
                let part: Vec<u8> = waiting.drain(..waiting.len().min(IN_FLIGHT)).collect();
                counts.in_flight.fetch_add(part.len(), Ordering::Relaxed);
                if page.send(InvokeResponseBody::Raw(part)).is_err() {
                    return;
                }
            }
        }
    }
}

/// Keeps the newest half of a backlog that has grown too long, from the beginning of a line; answers by how much it is shorter.
fn leave_out(waiting: &mut Vec<u8>) -> usize {
    let before = waiting.len();
    if before <= KEPT {
        return 0;
    }
    let middle = waiting.len() - KEPT / 2;
    let line = waiting[middle..].iter().position(|&byte| byte == b'\n').map_or(middle, |at| middle + at + 1);
    waiting.splice(..line, LEFT_OUT.bytes());
    before - waiting.len()
}

/// Passes on what happens to the board until the board is dropped.
pub async fn pump(mut events: board::Events, page: Channel<board::Event>, terminal: Outlet) {
    while let Some(event) = events.next().await {
        match event {
            board::Event::Terminal { bytes } => terminal.write(bytes),
            other => drop(page.send(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backlog_keeps_its_newest_lines() {
        let mut waiting: Vec<u8> = (0..100_000).flat_map(|number| format!("{number}\n").into_bytes()).collect();
        let before = waiting.len();
        assert_eq!(leave_out(&mut waiting), before - waiting.len());
        assert!(waiting.len() < KEPT && waiting.starts_with(LEFT_OUT.as_bytes()) && waiting.ends_with(b"\n99999\n"));
        let after: Vec<u8> = waiting[LEFT_OUT.len()..].iter().copied().take_while(|&byte| byte != b'\n').collect();
        assert_eq!(after.len(), 5, "the first line that is kept is whole");
    }

    #[test]
    fn a_small_backlog_stays_as_it_is() {
        let mut waiting = b"one\ntwo".to_vec();
        assert_eq!(leave_out(&mut waiting), 0);
        assert_eq!(waiting, b"one\ntwo");
    }

    #[tokio::test]
    async fn what_ends_waits_for_what_was_printed() {
        let (sender, mut drawing) = mpsc::unbounded_channel();
        let page = Channel::new(move |body| {
            if let InvokeResponseBody::Raw(bytes) = body {
                let _ = sender.send(bytes.len()); // the test may be over
            }
            Ok(())
        });
        let outlet = Outlet::open(page);
        outlet.settled().await;
        let printed = IN_FLIGHT + IN_FLIGHT / 2;
        outlet.write(vec![b'x'; printed]);
        let mut drawn = 0;
        let draw = async {
            while let Some(count) = drawing.recv().await {
                drawn += count;
                outlet.drawn(count);
            }
        };
        tokio::select! {
            biased;
            () = outlet.settled() => {}
            () = draw => unreachable!("the outlet is open"),
        }
        assert_eq!(drawn, printed);
    }

    #[test]
    fn the_window_has_these_types() {
        use crate::commands::computer::{HereEntry, HereProperties};
        use crate::commands::firmware::{FilePart, FirmwareFile, Unfit, Waiting};
        use crate::encoding::{Encoding, TextFile};
        use crate::search::{Match, Query, SearchEvent};
        let config = ts_rs::Config::default();
        let types = [
            HereEvent::decl(&config),
            HereEntry::decl(&config),
            HereProperties::decl(&config),
            Waiting::decl(&config),
            FirmwareFile::decl(&config),
            FilePart::decl(&config),
            Unfit::decl(&config),
            Query::decl(&config),
            Match::decl(&config),
            SearchEvent::decl(&config),
            Encoding::decl(&config),
            TextFile::decl(&config),
        ];
        let text = format!(
            "// Generated from app/src by `TAIPAN_BLESS=1 cargo test -p app`: change that, not this file.
import type {{ EntryKind, FirmwareError }} from \"./board\";
/** Stands for output that was left out, at the beginning of what comes. */
export const LEFT_OUT = {};
{}",
            serde_json::to_string(LEFT_OUT).expect("it is text"),
            types
                .map(|declaration| format!(
                    "
export {declaration}
"
                ))
                .concat(),
        );
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/backend/generated/window.ts");
        if std::env::var_os("TAIPAN_BLESS").is_some() {
            std::fs::write(path, &text).expect("the window's tree is beside this one");
        }
        assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), text);
    }
}
