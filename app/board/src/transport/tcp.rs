//! A board behind a TCP port.

use std::time::Duration;

use tokio::net::TcpStream;

use super::{Flow, Opened};
use crate::error::{Error, Result};
use crate::phrase::Reason;

const CONNECT: Duration = Duration::from_secs(5);

/// Connects to `host:port`.
pub async fn open(address: &str) -> Result<Opened> {
    let failed = |reason: Reason| Error::Open { target: address.to_string(), reason };
    let stream = match tokio::time::timeout(CONNECT, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(failed(Reason::from(&error))),
        Err(_) => return Err(failed(Reason::NoAnswer { seconds: CONNECT.as_secs() as u32 })),
    };
    stream.set_nodelay(true).map_err(|error| failed(Reason::from(&error)))?; // keystrokes and 1-byte ACKs must not wait
    Ok(Opened { stream: Box::new(stream), flow: Flow::Controlled, process: None, claim: None })
}
