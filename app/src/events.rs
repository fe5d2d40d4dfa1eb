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
const LEFT_OUT: &[u8] = b"\r\n\x1b[2m[output left out: it came faster than it could be shown]\x1b[0m\r\n";

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
    in_flight: Arc<AtomicUsize>,
}

impl Outlet {
    /// Opens it; a task carries the bytes until the last clone is dropped.
    pub fn open(page: Channel<InvokeResponseBody>) -> Outlet {
        let (bytes, inbox) = mpsc::unbounded_channel();
        let in_flight = Arc::new(AtomicUsize::new(0));
        tauri::async_runtime::spawn(carry(inbox, page, in_flight.clone()));
        Outlet { bytes, in_flight }
    }

    /// Gives `bytes` to the page, after those before them.
    pub fn write(&self, bytes: Vec<u8>) {
        drop(self.bytes.send(bytes)); // a page that was closed reads no more
    }

    /// The page has drawn `count` bytes.
    pub fn drawn(&self, count: usize) {
        let left = |now: usize| Some(now.saturating_sub(count));
        self.in_flight.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).expect("the closure always answers");
    }
}

async fn carry(mut inbox: mpsc::UnboundedReceiver<Vec<u8>>, page: Channel<InvokeResponseBody>, in_flight: Arc<AtomicUsize>) {
    let mut waiting = Vec::new();
    while let Some(first) = inbox.recv().await {
        waiting.extend(first);
        while !waiting.is_empty() {
            let deadline = Instant::now() + BATCH;
            while let Ok(Some(more)) = timeout_at(deadline, inbox.recv()).await {
                waiting.extend(more);
                leave_out(&mut waiting);
            }
            sleep_until(deadline).await; // has passed, unless the channel is closed
            if in_flight.load(Ordering::Relaxed) < IN_FLIGHT {
                let part: Vec<u8> = waiting.drain(..waiting.len().min(IN_FLIGHT)).collect();
                in_flight.fetch_add(part.len(), Ordering::Relaxed);
                if page.send(InvokeResponseBody::Raw(part)).is_err() {
                    return;
                }
            }
        }
    }
}

/// Keeps the newest half of a backlog that has grown too long, from the beginning of a line.
fn leave_out(waiting: &mut Vec<u8>) {
    if waiting.len() <= KEPT {
        return;
    }
    let middle = waiting.len() - KEPT / 2;
    let line = waiting[middle..].iter().position(|&byte| byte == b'\n').map_or(middle, |at| middle + at + 1);
    waiting.splice(..line, LEFT_OUT.iter().copied());
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
        leave_out(&mut waiting);
        assert!(waiting.len() < KEPT && waiting.starts_with(LEFT_OUT) && waiting.ends_with(b"\n99999\n"));
        let after: Vec<u8> = waiting[LEFT_OUT.len()..].iter().copied().take_while(|&byte| byte != b'\n').collect();
        assert_eq!(after.len(), 5, "the first line that is kept is whole");
    }

    #[test]
    fn a_small_backlog_stays_as_it_is() {
        let mut waiting = b"one\ntwo".to_vec();
        leave_out(&mut waiting);
        assert_eq!(waiting, b"one\ntwo");
    }

    #[test]
    fn the_window_has_these_types() {
        use crate::commands::computer::{HereEntry, HereProperties};
        use crate::commands::firmware::{FilePart, FirmwareFile, Unfit, Waiting};
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
        ];
        let text = format!(
            "// Generated from app/src by `TAIPAN_BLESS=1 cargo test -p app`: change that, not this file.
import type {{ EntryKind, FirmwareError }} from \"./board\";
{}",
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
