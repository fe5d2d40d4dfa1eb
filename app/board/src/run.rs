//! Programs that run on the board.

use tokio::sync::oneshot;

use crate::board::Board;
use crate::error::Result;
use crate::model::Outcome;

/// A program that was started on the board. Dropping it does not stop the program.
pub struct Run {
    pub(crate) board: Board,
    pub(crate) ending: oneshot::Receiver<Outcome>,
}

impl Run {
    /// Stops it, and returns when the board is at its prompt.
    pub async fn interrupt(&self) -> Result<()> {
        self.board.stop().await
    }

    /// Waits for its end.
    pub async fn outcome(self) -> Outcome {
        self.ending.await.unwrap_or(Outcome::Lost { reason: "the board was let go".into() })
    }
}
