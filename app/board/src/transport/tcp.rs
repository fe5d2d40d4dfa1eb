//! A board behind a TCP port.

use std::io::ErrorKind;
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
        Ok(Err(error)) => return Err(failed(refusal(address, &error))),
        Err(_) => return Err(failed(Reason::NoAnswer { seconds: CONNECT.as_secs() as u32 })),
    };
    stream.set_nodelay(true).map_err(|error| failed(Reason::from(&error)))?; // keystrokes and 1-byte ACKs must not wait
    Ok(Opened { stream: Box::new(stream), flow: Flow::Controlled, process: None, claim: None })
}

/// Why nobody was reached: the system's words for a name that nobody has are long.
fn refusal(address: &str, error: &std::io::Error) -> Reason {
    match address.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => match error.kind() {
            ErrorKind::ConnectionRefused | ErrorKind::TimedOut | ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
                Reason::from(error)
            }
            _ if error.raw_os_error().is_none() => Reason::NoHost { host: host.into() }, // its name was not found
            _ => Reason::from(error),
        },
        _ => Reason::NoAddress,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_nobody_was_reached_is_said_by_what_is_wrong_with_the_address() {
        let unknown = std::io::Error::other("failed to lookup address information");
        assert_eq!(refusal("board.local:23", &unknown), Reason::NoHost { host: "board.local".into() });
        for address in ["board.local", ":23", "board.local:", "board.local:telnet", "[::1]"] {
            assert_eq!(refusal(address, &unknown), Reason::NoAddress, "{address}");
        }
        assert_eq!(refusal("[::1]:23", &ErrorKind::ConnectionRefused.into()), Reason::NobodyListens);
    }
}
