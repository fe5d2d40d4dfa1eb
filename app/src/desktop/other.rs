//! Where the system's own engine knows how to draw and lets a page read the clipboard, there is nothing to do.

use tokio::sync::oneshot::Sender;

/// Does nothing.
pub fn choose_engine() {}

/// There is no such thing between programs here.
pub fn interrupt(_child: Option<u32>) -> bool {
    false
}

/// The page can read it.
pub fn clipboard(answer: Sender<Option<String>>) {
    drop(answer.send(None));
}
