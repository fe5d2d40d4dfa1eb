//! Systems where a port that is in use is all that can be known of it.

use tokio_util::sync::CancellationToken;

use crate::phrase::Reason;

/// The right to a port; here it cannot be asked for.
pub struct Claim;

/// Nobody asks.
pub struct Watch;

impl Claim {
    /// None.
    pub fn on(_: &str) -> Option<Claim> {
        None
    }

    /// Nothing to watch.
    pub fn watch(self, _: CancellationToken) -> Watch {
        Watch
    }
}

impl Watch {
    /// Nobody.
    pub fn asked(&self) -> Option<Reason> {
        None
    }
}

/// Not known.
pub fn holder(_: &str) -> Option<(String, u32)> {
    None
}

/// Nobody hears it.
pub async fn ask(_: &str) -> bool {
    false
}

/// Not known.
pub fn is_ours(_: &str) -> bool {
    false
}
