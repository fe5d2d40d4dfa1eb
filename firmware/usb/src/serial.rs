//! The serial line (CDC ACM) that a prompt talks on.
//!
//! Nothing is dropped in either direction while somebody listens. To the board the bus itself is the flow control: a packet that is not taken
//! is refused with NAK, and the computer keeps it. From the board, bytes wait in a small ring; what does not fit stays the caller's. Where
//! nobody has opened the line (DTR is down), nobody waits for what is printed.

use usb_device::class_prelude::*;
use usbd_serial::CdcAcmClass;

/// Bytes of a packet: the most of a full-speed bulk endpoint (USB 2.0 §5.8.3).
pub const PACKET: usize = 64;
/// Bytes that may wait to be sent.
const WAITING: usize = 256;

/// A serial line over USB.
pub struct Serial<'a, B: UsbBus> {
    port: CdcAcmClass<'a, B>,
    waiting: Ring,
    /// The last packet was full: the computer takes it for the beginning of something until a shorter one comes (USB 2.0 §5.8.3).
    unfinished: bool,
}

impl<'a, B: UsbBus> Serial<'a, B> {
    /// A line with endpoints of its own.
    pub fn new(bus: &'a UsbBusAllocator<B>) -> Serial<'a, B> {
        Serial { port: CdcAcmClass::new(bus, PACKET as u16), waiting: Ring::new(), unfinished: false }
    }

    /// Whether a program has opened the line.
    pub fn is_open(&self) -> bool {
        self.port.dtr()
    }

    /// Takes the packet that has come, and answers how many bytes it had. Whoever has no room for a whole one does not call this: the computer
    /// then waits.
    pub fn receive(&mut self, packet: &mut [u8; PACKET]) -> usize {
        self.port.read_packet(packet).unwrap_or(0)
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
        if (bytes.is_empty() && !self.unfinished) || self.port.write_packet(bytes).is_err() {
            return;
        }
        self.unfinished = bytes.len() == PACKET;
        self.waiting.skip(bytes.len());
    }
}

impl<B: UsbBus> UsbClass<B> for Serial<'_, B> {
    fn get_configuration_descriptors(&self, writer: &mut DescriptorWriter) -> usb_device::Result<()> {
        self.port.get_configuration_descriptors(writer)
    }

    fn get_string(&self, index: StringIndex, language: usb_device::LangID) -> Option<&str> {
        self.port.get_string(index, language)
    }

    fn reset(&mut self) {
        self.port.reset();
        self.waiting.clear();
        self.unfinished = false;
    }

    fn poll(&mut self) {
        self.pump();
    }

    fn control_in(&mut self, transfer: ControlIn<B>) {
        self.port.control_in(transfer);
    }

    fn control_out(&mut self, transfer: ControlOut<B>) {
        let was_open = self.is_open();
        self.port.control_out(transfer);
        if was_open && !self.is_open() {
            // What was meant for one program is not the next one's.
            self.waiting.clear();
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
