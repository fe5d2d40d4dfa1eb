//! Ways to a board: each opens a stream of bytes both ways, and nothing above knows which one it was.
//!
//! A transport is any tokio stream; deadlines are the business of [`crate::line`]. What differs between the ways, and matters
//! above, is told once, in [`Opened`].

#[cfg_attr(target_os = "linux", path = "claim/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "claim/other.rs")]
pub mod claim;
pub mod memory;
pub mod process;
pub mod serial;
pub mod tcp;

use tokio::io::{AsyncRead, AsyncWrite};

use crate::error::Result;
use crate::model::Target;

/// A line to a board: bytes both ways.
pub trait Transport: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Transport for T {}

/// How much a line may carry before the board has said that it took it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The line itself waits for a slow board (USB, TCP): two chunks may be under way.
    Controlled,
    /// Bytes that the board is too slow for are lost (a UART): one chunk at a time.
    Bare,
}

/// An open line, and what is to be known of it.
pub struct Opened {
    /// The bytes.
    pub stream: Box<dyn Transport>,
    /// May bytes be lost when the board is slow?
    pub flow: Flow,
    /// The process of a virtual board, to see and touch its hardware; it ends when this is dropped.
    pub process: Option<process::Process>,
    /// By what another program can ask for the port.
    pub claim: Option<claim::Claim>,
}

/// Opens the line to a board.
pub async fn open(target: &Target) -> Result<Opened> {
    match target {
        Target::Serial { port, baud } => serial::open_patiently(port, *baud).await,
        Target::Tcp { address } => tcp::open(address).await,
        Target::Virtual { program, image } => process::open(program, image).await,
    }
}
