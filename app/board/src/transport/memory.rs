//! A line that is a pair of buffers, for tests: one end for the board link, the other for whatever plays the board.

use tokio::io::DuplexStream;

use super::{Flow, Opened};

/// Both ends of a line that holds at most `room` bytes each way.
pub fn pair(room: usize) -> (Opened, DuplexStream) {
    let (near, far) = tokio::io::duplex(room);
    (Opened { stream: Box::new(near), flow: Flow::Controlled, process: None, claim: None }, far)
}
