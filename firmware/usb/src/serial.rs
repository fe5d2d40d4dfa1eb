//! The serial line (CDC ACM) that a prompt talks on.
//!
//! Nothing is dropped in either direction while somebody listens. To the board the bus itself is the flow control: a packet that is not taken
//! is refused with NAK, and the computer keeps it. From the board, bytes wait in a small ring; what does not fit stays the caller's. Where
//! nobody has opened the line (DTR is down), nobody waits for what is printed.

use crate::asks;
use usb_device::class_prelude::*;
use usb_device::control::RequestType;

/// Bytes of a packet: the most of a full-speed bulk endpoint (USB 2.0 §5.8.3).
pub const PACKET: usize = 64;
/// Bytes that may wait to be sent.
const WAITING: usize = 256;

/// How a modem would be set up: 9600 baud, 8 bits (PSTN 1.2 §6.3.11). A line over USB is as fast as USB is.
const CODING: [u8; 7] = [0x80, 0x25, 0, 0, 0, 0, 8];

// Requests of the class (CDC 1.2 §6.2.1, PSTN 1.2 §6.3).
const SEND_COMMAND: u8 = 0x00;
const SET_CODING: u8 = 0x20;
const GET_CODING: u8 = 0x21;
const SET_STATE: u8 = 0x22;

/// A serial line over USB.
pub struct Serial<'a, B: UsbBus> {
    control: InterfaceNumber,
    data: InterfaceNumber,
    /// Where a modem would tell of itself: it says nothing.
    notice: EndpointIn<'a, B>,
    to_board: EndpointOut<'a, B>,
    from_board: EndpointIn<'a, B>,
    coding: [u8; 7],
    is_open: bool,
    waiting: Ring,
    /// The last packet was full: the computer takes it for the beginning of something until a shorter one comes (USB 2.0 §5.8.3).
    unfinished: bool,
}

impl<'a, B: UsbBus> Serial<'a, B> {
    /// A line with endpoints of its own.
    pub fn new(bus: &'a UsbBusAllocator<B>) -> Serial<'a, B> {
        let (control, notice, data) = (bus.interface(), bus.interrupt(8, 255), bus.interface());
        let (to_board, from_board) = (bus.bulk(PACKET as u16), bus.bulk(PACKET as u16));
        let (coding, is_open, waiting, unfinished) = (CODING, false, Ring::new(), false);
        Serial { control, data, notice, to_board, from_board, coding, is_open, waiting, unfinished }
    }

    /// Whether a program has opened the line.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Takes the packet that has come, and answers how many bytes it had. Whoever has no room for a whole one does not call this: the computer
    /// then waits.
    pub fn receive(&mut self, packet: &mut [u8; PACKET]) -> usize {
        self.to_board.read(packet).unwrap_or(0)
    }

    /// Takes bytes to be sent, from the front, and answers how many; 0 while those before them have not left.
    pub fn send(&mut self, bytes: &[u8]) -> usize {
        let count = self.waiting.fill(bytes);
        self.pump();
        count
    }

    /// Whether there is room for more.
    pub fn has_room(&self) -> bool {
        self.waiting.count < WAITING
    }

    /// Whether everything has left.
    pub fn is_sent(&self) -> bool {
        self.waiting.is_empty() && !self.unfinished
    }

    /// Gives the bus the next packet, if it has taken the last one.
    fn pump(&mut self) {
        let mut packet = [0; PACKET];
        let bytes = self.waiting.peek(&mut packet);
        if (bytes.is_empty() && !self.unfinished) || self.from_board.write(bytes).is_err() {
            return;
        }
        self.unfinished = bytes.len() == PACKET;
        self.waiting.skip(bytes.len());
    }
}

impl<B: UsbBus> Serial<'_, B> {
    /// What a request of the class is answered, if it is one that wants to know something.
    pub(crate) fn answer(&self, request: u8) -> Option<[u8; 7]> {
        (request == GET_CODING).then_some(self.coding)
    }

    /// Does what a request of the class says; whether it can.
    pub(crate) fn obey(&mut self, request: u8, value: u16, data: &[u8]) -> bool {
        match (request, data.first_chunk()) {
            // Nobody sends one, but a line has to take them.
            (SEND_COMMAND, _) => true,
            (SET_CODING, Some(coding)) => {
                self.coding = *coding;
                true
            }
            (SET_STATE, _) => {
                self.is_open = value & 1 != 0;
                if !self.is_open {
                    // What was meant for one program is not the next one's.
                    self.waiting.clear();
                }
                true
            }
            _ => false,
        }
    }
}

/// Classes and subclasses of the two interfaces (CDC 1.2 §4).
const MODEM: (u8, u8) = (0x02, 0x02);
const DATA: u8 = 0x0A;
/// Type of the functional descriptors, and which they are (CDC 1.2 §5.2.3).
const FUNCTIONAL: u8 = 0x24;
const HEADER: [u8; 3] = [0x00, 0x10, 0x01];
const CALLS: u8 = 0x01;
const ABSTRACT: [u8; 2] = [0x02, 0];
const UNION: u8 = 0x06;

impl<B: UsbBus> UsbClass<B> for Serial<'_, B> {
    fn get_configuration_descriptors(&self, writer: &mut DescriptorWriter) -> usb_device::Result<()> {
        let (control, data) = (self.control.into(), self.data.into());
        writer.iad(self.control, 2, MODEM.0, MODEM.1, 0, None)?;
        writer.interface(self.control, MODEM.0, MODEM.1, 0)?;
        writer.write(FUNCTIONAL, &HEADER)?;
        writer.write(FUNCTIONAL, &ABSTRACT)?;
        writer.write(FUNCTIONAL, &[UNION, control, data])?;
        writer.write(FUNCTIONAL, &[CALLS, 0, data])?;
        writer.endpoint(&self.notice)?;
        writer.interface(self.data, DATA, 0, 0)?;
        writer.endpoint(&self.from_board)?;
        writer.endpoint(&self.to_board)
    }

    fn reset(&mut self) {
        (self.coding, self.is_open, self.unfinished) = (CODING, false, false);
        self.waiting.clear();
    }

    fn poll(&mut self) {
        self.pump();
    }

    fn control_in(&mut self, transfer: ControlIn<B>) {
        let request = transfer.request();
        if asks(request, self.control, RequestType::Class) {
            // A transfer that cannot be answered is the bus's to report.
            let _ = match self.answer(request.request) {
                Some(answer) => transfer.accept_with(&answer),
                None => transfer.reject(),
            };
        }
    }

    fn control_out(&mut self, transfer: ControlOut<B>) {
        let request = *transfer.request();
        if asks(&request, self.control, RequestType::Class) {
            let _ = match self.obey(request.request, request.value, transfer.data()) {
                true => transfer.accept(),
                false => transfer.reject(),
            };
        }
    }
}

/// Bytes in the order in which they came.
struct Ring {
    bytes: [u8; WAITING],
    first: usize,
    count: usize,
}

impl Ring {
    const fn new() -> Ring {
        Ring { bytes: [0; WAITING], first: 0, count: 0 }
    }

    fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn clear(&mut self) {
        self.count = 0;
    }

    /// Takes as many as fit.
    fn fill(&mut self, bytes: &[u8]) -> usize {
        let taken = bytes.len().min(WAITING - self.count);
        for (offset, byte) in bytes[..taken].iter().enumerate() {
            self.bytes[(self.first + self.count + offset) % WAITING] = *byte;
        }
        self.count += taken;
        taken
    }

    /// Copies the first bytes, as many as there are and fit.
    fn peek<'p>(&self, packet: &'p mut [u8; PACKET]) -> &'p [u8] {
        let count = self.count.min(PACKET);
        for (offset, byte) in packet[..count].iter_mut().enumerate() {
            *byte = self.bytes[(self.first + offset) % WAITING];
        }
        &packet[..count]
    }

    fn skip(&mut self, count: usize) {
        self.first = (self.first + count) % WAITING;
        self.count -= count;
    }
}
