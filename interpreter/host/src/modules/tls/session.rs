//! A connection's encryption, as a machine without a wire: bytes in, bytes out.
//!
//! What comes from the wire is `feed`, what has to go there lies in `outgoing`. Who owns the wire (`socket`) moves the bytes, and
//! holds no lock while it does: a stream written in Python may come back here.

use rustls::{Connection, Error};
use std::io::{ErrorKind, Read, Write};
use std::sync::{Mutex, MutexGuard};

/// A connection.
pub struct Session {
    connection: Connection,
    /// What has to go to the wire.
    outgoing: Vec<u8>,
    /// The wire has ended.
    ended: bool,
    /// An error broke it.
    broken: bool,
    /// Whether the peer's certificate, if there is one, was looked at.
    pub verified: bool,
    /// What an operation that could not go on waits for, if that is the other direction than its own; bits of `poll`.
    pub waits: usize,
}

/// What reading gave.
pub enum Plain {
    /// So many bytes; 0 at the end.
    Bytes(usize),
    /// Nothing yet.
    Nothing,
}

impl Session {
    /// A new connection.
    pub fn new(connection: Connection, verified: bool) -> Session {
        Session { connection, outgoing: Vec::new(), ended: false, broken: false, verified, waits: 0 }
    }

    /// Whether the handshake goes on.
    pub fn is_greeting(&self) -> bool {
        self.connection.is_handshaking()
    }

    /// Whether an error broke it.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// An error of the wire breaks it.
    pub fn break_off(&mut self) {
        self.broken = true;
    }

    /// Takes bytes from the wire; none is its end.
    pub fn feed(&mut self, mut bytes: &[u8]) -> Result<(), Error> {
        self.ended |= bytes.is_empty();
        loop {
            let read = self.connection.read_tls(&mut bytes);
            if let Err(error) = self.connection.process_new_packets() {
                self.broken = true;
                self.gather();
                return Err(error);
            }
            if bytes.is_empty() || read.is_err() {
                return Ok(());
            }
        }
    }

    /// What has to go to the wire now.
    pub fn outgoing(&mut self) -> &[u8] {
        self.gather();
        &self.outgoing
    }

    /// So much of it went there.
    pub fn went(&mut self, count: usize) {
        self.outgoing.drain(..count.min(self.outgoing.len()));
    }

    fn gather(&mut self) {
        while self.connection.wants_write() && self.connection.write_tls(&mut self.outgoing).is_ok() {}
    }

    /// Whether reading would give something at once.
    pub fn is_readable(&mut self) -> bool {
        let nothing = matches!(self.connection.reader().read(&mut []), Err(error) if error.kind() == ErrorKind::WouldBlock);
        let waiting = self.connection.process_new_packets().is_ok_and(|state| state.plaintext_bytes_to_read() > 0);
        waiting || self.ended || !nothing && !self.connection.wants_read()
    }

    /// Reads what was sent.
    pub fn read(&mut self, buffer: &mut [u8]) -> Plain {
        match self.connection.reader().read(buffer) {
            Ok(count) => Plain::Bytes(count),
            Err(error) if error.kind() == ErrorKind::WouldBlock && !self.ended => Plain::Nothing,
            // The wire ended without a farewell: an end all the same, as in the reference.
            Err(_) => Plain::Bytes(0),
        }
    }

    /// Takes bytes to send; how many.
    pub fn write(&mut self, bytes: &[u8]) -> usize {
        self.connection.writer().write(bytes).unwrap_or(0)
    }

    /// Says farewell.
    pub fn end(&mut self) {
        if !self.broken {
            self.connection.send_close_notify();
        }
    }

    /// The peer's certificate.
    pub fn peer(&self) -> Option<Vec<u8>> {
        Some(self.connection.peer_certificates()?.first()?.to_vec())
    }

    /// What is spoken over the connection, if that was agreed on.
    pub fn protocol(&self) -> Option<Vec<u8>> {
        self.connection.alpn_protocol().map(<[u8]>::to_vec)
    }

    /// The cipher, and the protocol's version.
    pub fn agreement(&self) -> Option<(String, &'static str)> {
        let suite = self.connection.negotiated_cipher_suite()?;
        let version = match self.connection.protocol_version()? {
            rustls::ProtocolVersion::TLSv1_3 => "TLSv1.3",
            _ => "TLSv1.2",
        };
        Some((super::context::cipher_name(suite), version))
    }
}

/// The sessions by number: objects in Python's heap cannot own anything of Rust's.
static SESSIONS: Mutex<Vec<Option<Session>>> = Mutex::new(Vec::new());

fn sessions() -> MutexGuard<'static, Vec<Option<Session>>> {
    SESSIONS.lock().expect("nothing panics while it has the table")
}

/// Takes a session; answers its number.
pub fn add(session: Session) -> usize {
    let mut sessions = sessions();
    let free = sessions.iter().position(Option::is_none).unwrap_or(sessions.len());
    if free == sessions.len() {
        sessions.push(None);
    }
    sessions[free] = Some(session);
    free
}

/// Does something with a session, if it is open. It must not run Python.
pub fn with<R>(number: usize, body: impl FnOnce(&mut Session) -> R) -> Option<R> {
    sessions().get_mut(number)?.as_mut().map(body)
}

/// Forgets a session.
pub fn remove(number: usize) {
    let session = sessions().get_mut(number).and_then(Option::take);
    drop(session);
}
