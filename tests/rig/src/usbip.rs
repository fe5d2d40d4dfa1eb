//! USB/IP: how Linux's virtual host controller (`vhci-hcd`) hands its transfers to a program, over a socket.
//!
//! ```text
//! kernel ── CMD_SUBMIT, CMD_UNLINK ──▶  Wire (the bus in memory)
//!        ◀── RET_SUBMIT, RET_UNLINK ──
//! ```
//! A message is a head of 48 bytes in network order, then data (Linux, Documentation/usb/usbip_protocol.rst). The protocol carries neither bus resets
//! nor addresses: the kernel's first question to a device that it has reset, its description in 64 bytes, is taken for the reset.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use usb::simulated::{Finished, Transfer, Wire};

/// Where a device is attached: a port, a socket's number, a device's number, its speed.
const ATTACH: &str = "/sys/devices/platform/vhci_hcd.0/attach";
const FULL_SPEED: u32 = 2;
/// Ports of the controller. The kernel frees the one of an unplugged device after a third of a second, so the next cable goes into the next.
const PORTS: usize = 8;
static NEXT_PORT: AtomicUsize = AtomicUsize::new(0);
const PATIENCE: Duration = Duration::from_secs(5);

const HEAD: usize = 48;
const SUBMIT: u32 = 1;
const UNLINK: u32 = 2;
const SUBMITTED: u32 = 3;
const UNLINKED: u32 = 4;
/// A bulk transfer whose end is told by a packet that is not full (`URB_ZERO_PACKET`).
const ENDS_SHORT: u32 = 0x40;
/// A request that stalled; a transfer that was taken back (`EPIPE`, `ECONNRESET`).
const STALLED: i32 = -32;
const TAKEN_BACK: i32 = -104;

/// A cable between a board and this computer; dropped, it is pulled.
pub struct Cable {
    socket: UnixStream,
    reader: Option<JoinHandle<()>>,
}

impl Cable {
    /// Plugs a board in. After `cut` transfers the cable is pulled.
    pub fn plug(wire: &Wire, cut: Option<usize>) -> std::io::Result<Cable> {
        let (near, far) = UnixStream::pair()?;
        let answers = Arc::new(Mutex::new(near.try_clone()?));
        let told = answers.clone();
        wire.plug(move |finished| answer(&told, &finished));
        attach(&far)?;
        let (socket, bus) = (near.try_clone()?, wire.clone());
        let reader = std::thread::spawn(move || {
            // Its end is the cable's: the kernel let the device go, or the board was unplugged.
            let _ = carry(&socket, &bus, &answers, cut);
            // Who asks the board hears no later than the kernel.
            bus.unplug();
            let _ = socket.shutdown(Shutdown::Both);
        });
        Ok(Cable { socket: near, reader: Some(reader) })
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        // It is closed already where the kernel has let go.
        let _ = self.socket.shutdown(Shutdown::Both);
        // Its last act is to say that the cable is out: that must not come when the next one is in.
        let _ = self.reader.take().map(JoinHandle::join);
    }
}

/// Gives the kernel its end of the socket.
fn attach(far: &UnixStream) -> std::io::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    let port = NEXT_PORT.fetch_add(1, Ordering::Relaxed) % PORTS;
    loop {
        match std::fs::write(ATTACH, format!("{port} {} 65538 {FULL_SPEED}", far.as_raw_fd())) {
            Err(_) if Instant::now() < deadline => std::thread::park_timeout(Duration::from_millis(10)),
            done => return done,
        }
    }
}

/// Carries the kernel's messages to the bus until one of them is gone.
fn carry(mut socket: &UnixStream, wire: &Wire, answers: &Mutex<UnixStream>, cut: Option<usize>) -> std::io::Result<()> {
    let mut head = [0; HEAD];
    for count in 0.. {
        socket.read_exact(&mut head)?;
        if cut == Some(count) {
            return Ok(());
        }
        let word = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (kind, id, from_board) = (word(0), word(4), word(12) == 1);
        match kind {
            SUBMIT => {
                let length = word(24) as usize;
                let mut data = vec![0; if from_board { 0 } else { length }];
                socket.read_exact(&mut data)?;
                let setup = std::array::from_fn(|at| head[40 + at]);
                let (endpoint, ends_short) = (word(16) as usize, word(20) & ENDS_SHORT != 0);
                if endpoint == 0 && setup == [0x80, 6, 0, 1, 0, 0, 64, 0] {
                    wire.reset_bus();
                }
                wire.submit(Transfer { id, endpoint, wanted: from_board.then_some(length), data, setup, ends_short });
            }
            UNLINK => {
                let status = if wire.cancel(word(20)) { TAKEN_BACK } else { 0 };
                send(answers, [UNLINKED, id, 0, 0, 0, status.cast_unsigned(), 0, 0, 0, 0], &[]);
            }
            _ => return Ok(()),
        }
    }
    Ok(())
}

/// Tells the kernel how a transfer ended.
fn answer(answers: &Mutex<UnixStream>, finished: &Finished) {
    let (status, data, count) = match &finished.done {
        Ok((data, sent)) => (0, data.as_slice(), data.len().max(*sent)),
        Err(_) => (STALLED.cast_unsigned(), &[][..], 0),
    };
    send(answers, [SUBMITTED, finished.id, 0, 0, 0, status, count as u32, 0, 0, 0], data);
}

fn send(answers: &Mutex<UnixStream>, words: [u32; 10], data: &[u8]) {
    let mut message = Vec::with_capacity(HEAD + data.len());
    words.iter().for_each(|word| message.extend_from_slice(&word.to_be_bytes()));
    message.extend_from_slice(&[0; 8]);
    message.extend_from_slice(data);
    // A kernel that has let go wants no answer.
    let _ = answers.lock().unwrap_or_else(PoisonError::into_inner).write_all(&message);
}
