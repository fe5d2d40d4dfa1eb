//! Ctrl-C where it must leave a board in order: what is under way is given up, and the board is let go as it should be before the program ends.

use crate::Failed;
use tokio_util::sync::CancellationToken;

/// From now on Ctrl-C is noticed here, even while nobody waits for it.
pub fn noticed() -> CancellationToken {
    let given_up = CancellationToken::new();
    let noticed = given_up.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            noticed.cancel();
        }
    });
    given_up
}

/// Does it to its end, or until Ctrl-C.
pub async fn or_given_up<T>(work: impl Future<Output = Result<T, Failed>>) -> Result<T, Failed> {
    let given_up = noticed();
    tokio::select! {
        done = work => done,
        () = given_up.cancelled() => Err(Failed::GivenUp),
    }
}
