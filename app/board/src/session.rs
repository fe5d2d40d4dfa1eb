//! The session: one task that owns the line.

use bytes::Bytes;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::board::Status;
use crate::error::{Error, Result};
use crate::files::{Answer, Job};
use crate::model::*;
use crate::transport::Opened;

/// What the handle asks of the session.
#[allow(dead_code)]
pub(crate) enum Command {
    Type(Bytes),
    Run { name: String, source: String, start: Start, ended: oneshot::Sender<Outcome>, reply: oneshot::Sender<Result<()>> },
    Stop { reply: oneshot::Sender<Result<()>> },
    SoftReset { reply: oneshot::Sender<Result<()>> },
    File { job: Job, cancel: CancellationToken, reply: oneshot::Sender<Result<Answer>> },
    Touch { touch: Touch, reply: oneshot::Sender<Result<()>> },
}

/// How the session tells the world.
#[derive(Clone)]
pub(crate) struct Voice {
    pub events: broadcast::Sender<Event>,
    pub state: watch::Sender<Status>,
}

impl Voice {
    /// Tells a new state of the connection, once.
    pub fn connection(&self, connection: Connection) {
        let new = self.state.send_if_modified(|status| {
            let new = status.connection != connection;
            if matches!(connection, Connection::Disconnected | Connection::Connecting { .. }) {
                status.identity = None;
            }
            status.connection = connection.clone();
            new
        });
        if new {
            self.event(Event::Connection(connection));
        }
    }

    /// Tells an event; nobody listening is no error.
    pub fn event(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

pub(crate) async fn run(
    _opened: Opened,
    _inbox: mpsc::UnboundedReceiver<Command>,
    _voice: Voice,
    _end: CancellationToken,
    greeted: oneshot::Sender<Result<()>>,
) {
    let _ = greeted.send(Err(Error::Unsupported { what: "the session".into() }));
}
