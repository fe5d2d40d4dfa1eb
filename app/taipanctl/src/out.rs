//! Standard output, by which all results go. It may be a pipe that somebody closed, or a file on a full disk: the first failure is kept
//! and what comes later is dropped, so that what is done to a board is done to its end; then `main` says what failed.

use std::io::{self, Write};
use std::sync::OnceLock;

use tokio::sync::Notify;

static FAILURE: OnceLock<io::Error> = OnceLock::new();
static FAILED: Notify = Notify::const_new();

/// Prints a line.
pub fn line(text: &str) {
    put(format!("{text}\n").as_bytes());
}

/// Prints bytes as they are.
pub fn put(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    note(out.write_all(bytes).and_then(|()| out.flush()));
}

/// Says something to a person beside the results. Whether somebody listens there is not asked: a pipe of it may be closed.
pub fn aside(text: &str) {
    let _ = writeln!(io::stderr(), "taipanctl: {text}");
}

/// Keeps a failure of somebody else who printed.
pub fn note(printed: io::Result<()>) {
    if let Err(error) = printed
        && FAILURE.set(error).is_ok()
    {
        FAILED.notify_one();
    }
}

/// Why nothing more can be printed, if that is so.
pub fn failure() -> Option<&'static io::Error> {
    FAILURE.get()
}

/// Waits until nothing more can be printed: the end of what goes on for as long as somebody reads it.
pub async fn broken() {
    if failure().is_none() {
        FAILED.notified().await;
    }
}
