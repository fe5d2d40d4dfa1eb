//! An update from the first check to the new firmware's start.

use super::error::{Error, Result, refusal};
use super::image::Image;
use crate::phrase::Reason;
use dfu::host::{self, Failure, Host, Phase, Plan, Unfit, Wire};
use dfu::layout::Layout;
use std::ops::ControlFlow;

pub use dfu::host::End;

/// What is being done, in words for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Comparing what is on the board with the image.
    Compare,
    /// Erasing what will change.
    Erase,
    /// Writing.
    Write,
    /// Reading back.
    Verify,
    /// Starting the new firmware.
    Start,
}

/// How far it is; bytes of the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The step.
    pub step: Step,
    /// Bytes done.
    pub done: u64,
    /// Bytes to do.
    pub total: u64,
}

/// Where the flash of every STM32 begins (RM0090 §2.4).
const FLASH: u32 = 0x0800_0000;
/// Where RAM may be: the code and the SRAM regions (ARMv7-M Architecture Reference Manual, B3.1).
const RAM: std::ops::Range<u32> = 0x1000_0000..0x4000_0000;

/// Bytes of a block, whatever a device says: a packet of USB, and what Linux lets through in a control transfer.
const SMALLEST: usize = 64;
const LARGEST: usize = 4096;

/// Brings an image onto the device at the other end of a wire and starts it.
///
/// `layout` is the device's description of its memory, `transfer_size` its largest block. `watch` is told of every step, and breaks to
/// give up. An update that ended early is simply repeated: what is on the board already is not written again.
pub fn update<W: Wire>(
    wire: W,
    layout: &str,
    transfer_size: u16,
    image: &Image,
    watch: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<End>
where
    W::Error: ToString,
{
    let memory = Layout::parse(layout).map_err(|_| Error::Layout { text: layout.into() })?;
    let vectors = vectors(&memory);
    let elements = image.elements_at(vectors);
    check_vectors(image, vectors)?;
    let plan = Plan::new(memory, &elements, vectors).map_err(|unfit| other_chip(image, describe(&unfit)))?;
    let mut buffer = vec![0; usize::from(transfer_size).clamp(SMALLEST, LARGEST)];
    let mut told =
        |progress: host::Progress| watch(Progress { step: step(progress.phase), done: progress.done, total: progress.total });
    let is_its_own = buffer.len() == usize::from(transfer_size);
    let host = Host::new(wire, &mut buffer, &mut told);
    let mut host = if is_its_own { host } else { host.with_addresses() };
    host.update(&plan).map_err(failed)
}

/// Leaves the loader of a device with this layout as it is: the program that it has starts again.
pub fn leave<W: Wire>(wire: W, layout: &str) -> Result<End>
where
    W::Error: ToString,
{
    let memory = Layout::parse(layout).map_err(|_| Error::Layout { text: layout.into() })?;
    let (mut buffer, mut watch) = ([0; 64], |_: host::Progress| ControlFlow::Continue(()));
    Host::new(wire, &mut buffer, &mut watch).start(vectors(&memory)).map_err(failed)
}

/// What went wrong, as a person is told.
fn failed<E: ToString>(failure: Failure<E>) -> Error {
    match failure {
        Failure::Wire(error) => Error::Lost { doing: "the update", reason: Reason::said(&error) },
        Failure::Device { phase, status } => Error::Refused { doing: doing(phase), why: refusal(status) },
        Failure::Protocol { phase } => Error::Confused { doing: doing(phase) },
        Failure::Stuck { phase } => Error::Stuck { doing: doing(phase) },
        Failure::Mismatch { address } => Error::Mismatch { address },
        Failure::Cancelled => Error::Cancelled,
    }
}

/// Whether an image can go onto a device with this layout; nothing is written.
pub fn check(image: &Image, layout: &str) -> Result<()> {
    let memory = Layout::parse(layout).map_err(|_| Error::Layout { text: layout.into() })?;
    let vectors = vectors(&memory);
    check_vectors(image, vectors)?;
    Plan::new(memory, &image.elements_at(vectors), vectors).map(drop).map_err(|unfit| other_chip(image, describe(&unfit)))
}

/// Where the vector page is: where a loader lets images begin. That of a ROM is the start of flash, and a loader in flash does not let itself be written.
fn vectors(memory: &Layout) -> u32 {
    memory.sectors().find(|sector| sector.writable).map_or(FLASH, |sector| sector.address)
}

/// An image that replaces the vector page must look like a program for a Cortex-M: a stack in RAM, a start inside itself, in Thumb.
fn check_vectors(image: &Image, vectors: u32) -> Result<()> {
    if !image.parts.iter().any(|part| part.address == vectors) {
        return Ok(());
    }
    let [stack, start] = image.vectors(vectors).ok_or_else(|| other_chip(image, Reason::NoProgram))?;
    let inside = |address: u32| image.parts.iter().any(|part| contains(part, address));
    if !RAM.contains(&stack) || start & 1 == 0 || !inside(start & !1) {
        return Err(other_chip(image, Reason::NoProgram));
    }
    Ok(())
}

fn contains(part: &super::image::Part, address: u32) -> bool {
    address.checked_sub(part.address).is_some_and(|offset| (offset as usize) < part.data.len())
}

fn other_chip(image: &Image, why: Reason) -> Error {
    Error::OtherChip { name: image.name.clone(), why }
}

fn describe(unfit: &Unfit) -> Reason {
    match *unfit {
        Unfit::Outside { address } => Reason::NoFlash { address: shown(address) },
        Unfit::Protected { address } => Reason::Protected { address: shown(address) },
        Unfit::Empty => Reason::Empty,
        Unfit::Straddles { address } => Reason::Straddles { address: shown(address) },
        Unfit::Startless { address } => Reason::Startless { address: shown(address) },
        Unfit::Twice { address } => Reason::TwoContents { address: shown(address) },
        Unfit::TooManySectors => Reason::TooManySectors,
    }
}

/// An address as people write it.
pub(super) fn shown(address: u32) -> String {
    format!("{address:#010x}")
}

fn step(phase: Phase) -> Step {
    match phase {
        Phase::Survey => Step::Compare,
        Phase::Erase => Step::Erase,
        Phase::Write => Step::Write,
        Phase::Verify => Step::Verify,
        Phase::Leave => Step::Start,
    }
}

fn doing(phase: Phase) -> &'static str {
    match step(phase) {
        Step::Compare => "its flash was compared",
        Step::Erase => "its flash was erased",
        Step::Write => "its flash was written",
        Step::Verify => "its flash was read back",
        Step::Start => "the new firmware was started",
    }
}
