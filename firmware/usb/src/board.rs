//! What a running board shows to a computer: a serial line, the way to its loader, and what else it wears: a disk, a keyboard, or nothing.

use crate::detach::Detach;
use crate::serial::{PACKET, Serial};
use crate::windows::{Scope, Windows};
use usb_device::bus::{UsbBus, UsbBusAllocator};
use usb_device::class::UsbClass;
use usb_device::device::{StringDescriptors, UsbDevice, UsbDeviceBuilder, UsbDeviceState, UsbVidPid};

/// How a computer is to know the board.
#[derive(Clone, Copy)]
pub struct Identity<'a> {
    /// USB's number of the vendor.
    pub vendor: u16,
    /// USB's number of the product.
    pub product: u16,
    /// Who made it.
    pub maker: &'a str,
    /// What it is.
    pub name: &'a str,
    /// Which one it is.
    pub serial: &'a str,
}

impl<'a> Identity<'a> {
    /// The device of a description, before its classes are named.
    pub(crate) fn builder<B: UsbBus>(&self, bus: &'a UsbBusAllocator<B>) -> UsbDeviceBuilder<'a, B> {
        let texts = StringDescriptors::default().manufacturer(self.maker).product(self.name).serial_number(self.serial);
        let builder = UsbDeviceBuilder::new(bus, UsbVidPid(self.vendor, self.product));
        let builder = builder.strings(&[texts]).expect("there is one language");
        builder.max_packet_size_0(PACKET as u8).expect("a packet has a size that USB knows")
    }
}

/// A running board.
pub struct Board<'a, B: UsbBus, E = Nothing> {
    device: UsbDevice<'a, B>,
    /// The serial line.
    pub serial: Serial<'a, B>,
    /// What else it wears.
    pub extra: E,
    detach: Detach,
    windows: Windows,
}

/// What a board wears that has a serial line alone.
pub struct Nothing;

impl<B: UsbBus> UsbClass<B> for Nothing {}

impl<'a, B: UsbBus> Board<'a, B> {
    /// Appears on the bus.
    pub fn new(bus: &'a UsbBusAllocator<B>, identity: Identity<'a>) -> Board<'a, B> {
        Board::wearing(bus, identity, |_| Nothing)
    }
}

impl<'a, B: UsbBus, E: UsbClass<B>> Board<'a, B, E> {
    /// Appears on the bus with one thing more.
    pub fn wearing(bus: &'a UsbBusAllocator<B>, identity: Identity<'a>, extra: impl FnOnce(&'a UsbBusAllocator<B>) -> E) -> Self {
        let serial = Serial::new(bus);
        let detach = Detach::new(bus);
        let windows = Windows(Scope::Interface(detach.interface()));
        let extra = extra(bus);
        let device = identity.builder(bus).composite_with_iads().build();
        Board { device, serial, extra, detach, windows }
    }

    /// Does what the bus asks for; to be called whenever something happened there. Tells whether something did.
    pub fn poll(&mut self) -> bool {
        self.device.poll(&mut [&mut self.serial, &mut self.detach, &mut self.windows, &mut self.extra])
    }

    /// Whether a computer has taken the board in use.
    pub fn is_connected(&self) -> bool {
        self.device.state() == UsbDeviceState::Configured
    }

    /// Whether the computer has asked for the loader since the last call.
    pub fn take_detach(&mut self) -> bool {
        self.detach.take_request()
    }
}
