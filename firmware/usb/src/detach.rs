//! A running program's offer to leave for its loader (DFU §4.1: the runtime interface).
//!
//! The program detaches by itself, so the computer need not reset the bus in time: it sends one request, and the board comes back as a loader.

use dfu::protocol::{Functional, Report, Request, State, Status};
use usb_device::class_prelude::*;
use usb_device::control::{Recipient, RequestType};

/// Application class, DFU, running program (DFU §4.1.2).
const RUNTIME: (u8, u8, u8) = (0xFE, 0x01, 0x01);
/// Type of the functional descriptor (DFU §4.1.3).
pub(crate) const FUNCTIONAL: u8 = 0x21;

/// The interface.
pub struct Detach {
    interface: InterfaceNumber,
    asked: bool,
}

impl Detach {
    /// An interface without endpoints.
    pub fn new<B: UsbBus>(bus: &UsbBusAllocator<B>) -> Detach {
        Detach { interface: bus.interface(), asked: false }
    }

    /// Its number.
    pub fn interface(&self) -> InterfaceNumber {
        self.interface
    }

    /// Whether the computer has asked for the loader since the last call.
    pub fn take_request(&mut self) -> bool {
        core::mem::take(&mut self.asked)
    }

    fn report(&self) -> Report {
        let state = if self.asked { State::AppDetach } else { State::AppIdle };
        Report { status: Status::Ok, poll_timeout: 0, state }
    }
}

/// The DFU request of a control transfer, if it is one for this interface.
pub(crate) fn request(request: &control::Request, interface: InterfaceNumber) -> Option<Option<Request>> {
    let ours = request.request_type == RequestType::Class
        && request.recipient == Recipient::Interface
        && request.index == u16::from(u8::from(interface));
    ours.then(|| Request::from_byte(request.request))
}

impl<B: UsbBus> UsbClass<B> for Detach {
    fn get_configuration_descriptors(&self, writer: &mut DescriptorWriter) -> usb_device::Result<()> {
        let (class, subclass, protocol) = RUNTIME;
        writer.interface(self.interface, class, subclass, protocol)?;
        let functional = Functional { attributes: 0x0B, detach_timeout: 0, transfer_size: 256, version: Functional::DFUSE };
        writer.write(FUNCTIONAL, &functional.to_bytes()[2..])
    }

    fn control_in(&mut self, transfer: ControlIn<B>) {
        // A transfer that cannot be answered is the bus's to report: the computer sees a stall or a reset.
        let _ = match request(transfer.request(), self.interface) {
            None => return,
            Some(Some(Request::GetStatus)) => transfer.accept_with(&self.report().to_bytes()),
            Some(Some(Request::GetState)) => transfer.accept_with(&[self.report().state as u8]),
            Some(_) => transfer.reject(),
        };
    }

    fn control_out(&mut self, transfer: ControlOut<B>) {
        let _ = match request(transfer.request(), self.interface) {
            None => return,
            Some(Some(Request::Detach)) => {
                self.asked = true;
                transfer.accept()
            }
            Some(_) => transfer.reject(),
        };
    }
}
