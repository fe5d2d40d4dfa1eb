//! A board behind a TCP port.

use std::time::Duration;

use tokio::net::TcpStream;

use super::{Flow, Opened};
use crate::error::{Error, Result};

const CONNECT: Duration = Duration::from_secs(5);

/// Connects to `host:port`.
pub async fn open(address: &str) -> Result<Opened> {
    let failed = |reason: String| Error::Open { target: address.to_string(), reason };
    let stream = match tokio::time::timeout(CONNECT, TcpStream::connect(address)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(failed(error.to_string())),
        Err(_) => return Err(failed(format!("nobody answered within {} s", CONNECT.as_secs()))),
    };
    stream.set_nodelay(true).map_err(|error| failed(error.to_string()))?; // keystrokes and 1-byte ACKs must not wait
    Ok(Opened { stream: Box::new(stream), flow: Flow::Controlled, process: None })
}
