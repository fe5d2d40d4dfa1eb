//! A cable in virtual time: how fast it is, and what it does to the bytes on it.
//!
//! Two pumps, one each way, stand between the board and whoever talks to it. A pump takes what comes, waits as long as the
//! wire would take, and passes it on; at the byte that a fault names, it misbehaves.

use std::sync::Arc;
use std::time::Duration;

use board::transport::{Flow, Opened, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until};

/// How a wire carries bytes.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    /// Bytes a second, each way.
    pub bytes: u64,
    /// What each byte takes besides.
    pub latency: Duration,
}

impl Speed {
    /// USB serial, full speed: 600 kB/s, a millisecond each way.
    pub const USB: Speed = Speed { bytes: 600_000, latency: Duration::from_millis(1) };
    /// A UART at 115,200 baud: ten bits a byte.
    pub const UART: Speed = Speed { bytes: 11_520, latency: Duration::from_micros(100) };
}

/// Which way bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From this computer to the board.
    ToBoard,
    /// From the board to this computer.
    FromBoard,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The byte does not arrive.
    Drop,
    /// It arrives twice.
    Duplicate,
    /// It arrives changed.
    Flip,
    /// The way is still for so many milliseconds.
    Pause(u64),
    /// Nothing passes this way any more.
    Hang,
    /// The cable is pulled out.
    Unplug,
}

/// One fault: at the n-th byte of a way.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    /// The way.
    pub way: Way,
    /// The byte, counted from 0.
    pub at: u64,
    /// What happens there.
    pub kind: Kind,
}

/// Lays a wire between a board and whoever will hold the other end.
pub fn lay(board: Opened, flow: Flow, speed: Speed, faults: &[Fault], piece: usize) -> Opened {
    let (near, far) = tokio::io::duplex(1 << 12);
    let (from_board, to_board) = tokio::io::split(board.stream);
    let (from_desk, to_desk) = tokio::io::split(Box::new(far) as Box<dyn Transport>);
    let out = Arc::new(Notify::new());
    let of = |way| faults.iter().copied().filter(|fault| fault.way == way).collect::<Vec<_>>();
    tokio::spawn(pump(from_desk, to_board, speed, of(Way::ToBoard), piece, out.clone()));
    tokio::spawn(pump(from_board, to_desk, speed, of(Way::FromBoard), piece, out));
    Opened { stream: Box::new(near), flow, process: None, claim: None }
}

/// The step of tokio's clock.
const TICK: Duration = Duration::from_millis(1);

type Half = Box<dyn Transport>;

/// Moves bytes one way until one end is closed or the cable is out.
async fn pump(from: ReadHalf<Half>, to: WriteHalf<Half>, speed: Speed, faults: Vec<Fault>, piece: usize, out: Arc<Notify>) {
    // What is on the wire, each piece with the moment when it arrives: one that has left does not hold up the next.
    let (wire, arrivals) = mpsc::channel(64);
    let moved = async { tokio::join!(depart(from, wire, speed, faults, piece, &out), arrive(to, arrivals)) };
    tokio::select! {
        _ = moved => {}
        _ = out.notified() => {}
    }
    out.notify_waiters();
    out.notify_one();
}

async fn depart(
    mut from: ReadHalf<Half>,
    wire: mpsc::Sender<(Instant, Vec<u8>)>,
    speed: Speed,
    faults: Vec<Fault>,
    piece: usize,
    out: &Notify,
) {
    let mut buffer = vec![0; piece];
    let (mut at, mut free) = (0, Instant::now());
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        let mut bytes = Vec::with_capacity(count + 1);
        for &byte in &buffer[..count] {
            match faults.iter().find(|fault| fault.at == at).map(|fault| fault.kind) {
                None => bytes.push(byte),
                Some(Kind::Drop) => {}
                Some(Kind::Duplicate) => bytes.extend([byte, byte]),
                Some(Kind::Flip) => bytes.push(byte ^ 0x10),
                Some(Kind::Pause(millis)) => {
                    free = free.max(Instant::now()) + Duration::from_millis(millis);
                    bytes.push(byte);
                }
                Some(Kind::Hang) => std::future::pending().await,
                Some(Kind::Unplug) => {
                    out.notify_waiters();
                    return;
                }
            }
            at += 1;
        }
        let taken = Duration::from_nanos(bytes.len() as u64 * 1_000_000_000 / speed.bytes);
        // The clock ticks in milliseconds: what waited for a tick did not wait for the line.
        let now = Instant::now();
        free = if now > free + TICK { now + taken } else { free + taken };
        if wire.send((free + speed.latency, bytes)).await.is_err() {
            return;
        }
        // The sender sees the line busy while its bytes leave.
        sleep_until(free).await;
    }
}

async fn arrive(mut to: WriteHalf<Half>, mut arrivals: mpsc::Receiver<(Instant, Vec<u8>)>) {
    while let Some((when, bytes)) = arrivals.recv().await {
        sleep_until(when).await;
        if to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}
