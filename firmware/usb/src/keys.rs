//! Input that the board makes: a mouse, a keyboard, or what else a report's description says (HID 1.11).
//!
//! A report is one packet: it waits until the computer asks, which it does every few milliseconds. Of what the computer sends (the lights of a
//! keyboard) the last one waits until the board takes it: a packet left at its endpoint would keep those of other endpoints from coming.

use crate::asks;
use usb_device::class_prelude::*;
use usb_device::control::RequestType;

/// The class (HID §4.1).
const CLASS: u8 = 0x03;
/// Types of descriptors (HID §7.1).
const HID: u8 = 0x21;
const REPORT: u8 = 0x22;
/// The most bytes of a report (USB 2.0 §5.7.3).
pub const LONGEST: usize = 64;
/// Version 1.11, no country.
const VERSION: [u8; 3] = [0x11, 0x01, 0];

/// What the input is.
#[derive(Clone, Copy)]
pub struct Kind<'a> {
    /// 1 where a computer without a system understands it, too (HID §4.2).
    pub subclass: u8,
    /// 1 for a keyboard, 2 for a mouse (HID §4.3).
    pub protocol: u8,
    /// The most bytes of a report.
    pub longest: u8,
    /// How often the computer asks, in milliseconds.
    pub interval: u8,
    /// What stands where in a report (HID §6.2.2).
    pub report: &'a [u8],
}

/// An interface for input.
pub struct Keys<'a, B: UsbBus> {
    interface: InterfaceNumber,
    kind: Kind<'a>,
    from_board: EndpointIn<'a, B>,
    to_board: EndpointOut<'a, B>,
    /// Whether a report has not left yet.
    sending: bool,
    /// The report that has come, and how long it is.
    came: [u8; LONGEST],
    length: Option<usize>,
    /// The last answer to "how long may a report stay away that says nothing new" (HID §7.2.4).
    idle: u8,
}

impl<'a, B: UsbBus> Keys<'a, B> {
    /// An interface with endpoints of its own.
    pub fn new(bus: &'a UsbBusAllocator<B>, kind: Kind<'a>) -> Keys<'a, B> {
        let (longest, interval) = (kind.longest.into(), kind.interval);
        let (from_board, to_board) = (bus.interrupt(longest, interval), bus.interrupt(longest, interval));
        let (sending, came, length) = (false, [0; LONGEST], None);
        Keys { interface: bus.interface(), kind, from_board, to_board, sending, came, length, idle: 0 }
    }

    /// Whether the report before has left.
    pub fn is_free(&self) -> bool {
        !self.sending
    }

    /// Sends a report; false while the one before it has not left.
    pub fn send(&mut self, report: &[u8]) -> bool {
        let sent = !self.sending && self.from_board.write(report).is_ok();
        self.sending |= sent;
        sent
    }

    /// Whether the computer has sent a report that was not taken yet.
    pub fn has_report(&self) -> bool {
        self.length.is_some()
    }

    /// Takes it; how many bytes it has, 0 if there is none.
    pub fn receive(&mut self, into: &mut [u8; LONGEST]) -> usize {
        *into = self.came;
        self.length.take().unwrap_or(0)
    }

    /// The descriptor that names the report's, without its length and type.
    fn head(&self) -> [u8; 7] {
        let [low, high] = (self.kind.report.len() as u16).to_le_bytes();
        [VERSION[0], VERSION[1], VERSION[2], 1, REPORT, low, high]
    }
}

// Requests of the class (HID §7.2).
const GET_REPORT: u8 = 0x01;
const GET_IDLE: u8 = 0x02;
const SET_REPORT: u8 = 0x09;
const SET_IDLE: u8 = 0x0A;

impl<B: UsbBus> UsbClass<B> for Keys<'_, B> {
    fn get_configuration_descriptors(&self, writer: &mut DescriptorWriter) -> usb_device::Result<()> {
        writer.interface(self.interface, CLASS, self.kind.subclass, self.kind.protocol)?;
        writer.write(HID, &self.head())?;
        writer.endpoint(&self.from_board)?;
        writer.endpoint(&self.to_board)
    }

    fn reset(&mut self) {
        (self.sending, self.length) = (false, None);
    }

    fn endpoint_in_complete(&mut self, address: EndpointAddress) {
        self.sending &= address != self.from_board.address();
    }

    fn endpoint_out(&mut self, address: EndpointAddress) {
        if address == self.to_board.address() {
            self.length = self.to_board.read(&mut self.came).ok();
        }
    }

    fn control_in(&mut self, transfer: ControlIn<B>) {
        let request = transfer.request();
        // A transfer that cannot be answered is the bus's to report.
        let _ = if asks(request, self.interface, RequestType::Standard) && request.request == control::Request::GET_DESCRIPTOR {
            match (request.value >> 8) as u8 {
                REPORT => transfer.accept_with(self.kind.report),
                HID => {
                    let mut whole = [9, HID, 0, 0, 0, 0, 0, 0, 0];
                    whole[2..].copy_from_slice(&self.head());
                    transfer.accept_with(&whole)
                }
                _ => return,
            }
        } else if asks(request, self.interface, RequestType::Class) {
            match request.request {
                GET_REPORT => transfer.accept(|into| {
                    let empty = into.get_mut(..self.kind.longest.into()).ok_or(UsbError::BufferOverflow)?;
                    empty.fill(0);
                    Ok(empty.len())
                }),
                GET_IDLE => transfer.accept_with(&[self.idle]),
                _ => transfer.reject(),
            }
        } else {
            return;
        };
    }

    fn control_out(&mut self, transfer: ControlOut<B>) {
        let request = transfer.request();
        if !asks(request, self.interface, RequestType::Class) {
            return;
        }
        let _ = match request.request {
            SET_IDLE => {
                self.idle = (request.value >> 8) as u8;
                transfer.accept()
            }
            SET_REPORT => transfer.accept(),
            _ => transfer.reject(),
        };
    }
}
