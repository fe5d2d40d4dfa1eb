//! What a board shows that waits for firmware: the DFU interface of `dfu`'s loader (DFU §4.2).
//!
//! Requests are answered as they come. The work that they announce (erasing, programming) is the owner's to do between them, since only it
//! knows when the answer has left: a processor that erases its own flash stands still.

use crate::board::Identity;
use crate::detach::{FUNCTIONAL, request};
use crate::windows::{Scope, Windows};
use dfu::device::{Device, Memory, Outcome};
use dfu::protocol::{Functional, Request, State};
use usb_device::class_prelude::*;
use usb_device::device::UsbDevice;

/// Application class, DFU, in the loader (DFU §4.2.3).
const DFU_MODE: (u8, u8, u8) = (0xFE, 0x01, 0x02);
/// Downloads, uploads, detaches by itself; it does not stay on the bus when an image starts.
const ATTRIBUTES: u8 = 0b1011;
/// Bytes of the largest block: what a control transfer may have here.
pub const BLOCK: usize = 256;

/// A board in its loader.
pub struct Loader<'a, B: UsbBus, M> {
    device: UsbDevice<'a, B>,
    interface: Interface<'a, M>,
    windows: Windows,
}

impl<'a, B: UsbBus, M: Memory> Loader<'a, B, M> {
    /// Appears on the bus.
    pub fn new(bus: &'a UsbBusAllocator<B>, identity: Identity<'a>, loader: Device<'a, M>) -> Loader<'a, B, M> {
        let interface = Interface { number: bus.interface(), layout: bus.string(), loader };
        Loader { device: identity.builder(bus).build(), interface, windows: Windows(Scope::Device) }
    }

    /// Does what the bus asks for; tells whether something happened there.
    pub fn poll(&mut self) -> bool {
        self.device.poll(&mut [&mut self.interface, &mut self.windows])
    }

    /// Whether an answer has announced work: let it leave, then call `work`.
    pub fn has_work(&self) -> bool {
        matches!(self.interface.loader.state(), State::DownloadBusy | State::Manifest)
    }

    /// Does that work.
    pub fn work(&mut self) -> Outcome {
        self.interface.loader.work()
    }

    /// The memory that is written.
    pub fn memory(&self) -> &M {
        self.interface.loader.memory()
    }
}

/// The DFU interface.
struct Interface<'a, M> {
    number: InterfaceNumber,
    layout: StringIndex,
    loader: Device<'a, M>,
}

impl<B: UsbBus, M: Memory> UsbClass<B> for Interface<'_, M> {
    fn get_configuration_descriptors(&self, writer: &mut DescriptorWriter) -> usb_device::Result<()> {
        let (class, subclass, protocol) = DFU_MODE;
        writer.interface_alt(self.number, 0, class, subclass, protocol, Some(self.layout))?;
        let functional =
            Functional { attributes: ATTRIBUTES, detach_timeout: 255, transfer_size: BLOCK as u16, version: Functional::DFUSE };
        writer.write(FUNCTIONAL, &functional.to_bytes()[2..])
    }

    fn reset(&mut self) {
        self.loader.reset();
    }

    /// A program that begins chooses the interface's only setting, and finds a loader at rest, whatever the one before it has left half done:
    /// `dfu-util` knows no way out of a state in which another's block is written.
    fn set_alt_setting(&mut self, interface: InterfaceNumber, alternative: u8) -> bool {
        let chosen = interface == self.number && alternative == 0;
        if chosen {
            self.loader.choose();
        }
        chosen
    }

    fn get_string(&self, index: StringIndex, _language: usb_device::LangID) -> Option<&str> {
        (index == self.layout).then(|| self.loader.memory().layout())
    }

    fn control_in(&mut self, transfer: ControlIn<B>) {
        let Some(request) = request(transfer.request(), self.number) else { return };
        let (block, length) = (transfer.request().value, usize::from(transfer.request().length));
        let loader = &mut self.loader;
        // A transfer that cannot be answered is the bus's to report: the computer sees a stall or a reset.
        let _ = match request {
            Some(Request::GetStatus) => transfer.accept_with(&loader.report().to_bytes()),
            Some(Request::GetState) => transfer.accept_with(&[loader.state() as u8]),
            Some(Request::Upload) => {
                let mut bytes = [0; BLOCK];
                match loader.upload(block, &mut bytes[..length.min(BLOCK)]) {
                    Ok(count) => transfer.accept_with(&bytes[..count]),
                    Err(_) => transfer.reject(),
                }
            }
            _ => transfer.reject(),
        };
    }

    fn control_out(&mut self, transfer: ControlOut<B>) {
        let Some(request) = request(transfer.request(), self.number) else { return };
        let block = transfer.request().value;
        let done = match request {
            Some(Request::Download) => self.loader.download(block, transfer.data()),
            Some(Request::ClearStatus) => self.loader.clear(),
            Some(Request::Abort) => self.loader.abort(),
            // It is detached already.
            Some(Request::Detach) => Ok(()),
            _ => Err(dfu::device::Stall),
        };
        let _ = if done.is_ok() { transfer.accept() } else { transfer.reject() };
    }
}
