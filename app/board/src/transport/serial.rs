//! A board on a serial port.

use std::time::Duration;

use tokio::time::Instant;
use tokio_serial::{ErrorKind, SerialPort, SerialPortBuilderExt, SerialStream};

use super::claim::{self, Claim};
use super::{Flow, Opened};
use crate::discover;
use crate::error::{Error, Result};
use crate::model::Guess;
use crate::phrase::Reason;

/// After a board was plugged in the system needs a moment until this account may use it (udev applies its rules).
const PATIENCE: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(200);

/// Opens a port; one that may not be used yet is tried again for a while before anything is said.
pub async fn open_patiently(port: &str, baud: u32) -> Result<Opened> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match open(port, baud) {
            Err(Error::Permission { .. }) if Instant::now() < deadline => tokio::time::sleep(LOOK).await,
            opened => return opened,
        }
    }
}

/// Opens a port that no other program has: 8 bits, no parity, one stop bit. Two programs at one port would take bytes from each other.
pub fn open(port: &str, baud: u32) -> Result<Opened> {
    if let Some((program, pid)) = claim::holder(port) {
        return Err(Error::Held { target: port.to_string(), program, pid, ours: claim::is_ours(port) });
    }
    let stream = tokio_serial::new(port, baud).open_native_async().map_err(|error| refused(port, error))?;
    let guess = discover::ports().into_iter().find(|found| found.name == port).map_or(Guess::Unknown, |found| found.guess);
    let stream = raise_lines(stream, guess).map_err(|error| refused(port, error))?;
    let flow = if guess == Guess::Board { Flow::Controlled } else { Flow::Bare };
    Ok(Opened { stream: Box::new(stream), flow, process: None, claim: Claim::on(port) })
}

/// A USB board talks only to a port whose DTR is raised. Behind a bridge, DTR and RTS are often wired to reset and boot
/// mode (ESP boards): both stay as the system left them, because a change of one alone resets the board.
fn raise_lines(mut stream: SerialStream, guess: Guess) -> tokio_serial::Result<SerialStream> {
    if guess == Guess::Board {
        stream.write_data_terminal_ready(true)?;
    }
    Ok(stream)
}

fn refused(port: &str, error: tokio_serial::Error) -> Error {
    match error.kind() {
        ErrorKind::Io(std::io::ErrorKind::PermissionDenied) => Error::Permission { target: port.to_string() },
        ErrorKind::NoDevice | ErrorKind::Io(std::io::ErrorKind::NotFound) => {
            Error::Open { target: port.to_string(), reason: absence(port) }
        }
        _ => Error::Open { target: port.to_string(), reason: Reason::said(&error.description) },
    }
}

/// Why a port cannot be had that the system calls none: another account may have it.
fn absence(port: &str) -> Reason {
    if std::path::Path::new(port).exists() { Reason::InUse } else { Reason::NoPort }
}
