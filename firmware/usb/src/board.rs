//! What a running board shows to a computer: the way to its loader, and what it wears: a serial line, a disk, a keyboard.

use crate::detach::Detach;
use crate::disk::Disk;
use crate::keys::{Keys, Kind};
use crate::own::{ENDPOINTS, Endpoint, Own};
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

/// What a running board wears: one of these, or the serial line with one more. A chip has no endpoints for all of them.
#[derive(Clone, Copy)]
pub struct Wear<'a> {
    /// A serial line.
    pub serial: bool,
    /// A removable disk, and whether the computer may write it.
    pub disk: Option<bool>,
    /// A mouse, a keyboard, or the like.
    pub keys: Option<Kind<'a>>,
    /// What the board's program describes itself, with these endpoints; then there is no way to the loader.
    pub own: Option<[Endpoint; ENDPOINTS]>,
}

impl Wear<'_> {
    /// A serial line alone.
    pub const SERIAL: Wear<'static> = Wear { serial: true, disk: None, keys: None, own: None };
}

/// A running board.
pub struct Board<'a, B: UsbBus> {
    device: UsbDevice<'a, B>,
    /// The serial line.
    pub serial: Option<Serial<'a, B>>,
    /// The removable disk.
    pub disk: Option<Disk<'a, B>>,
    /// The mouse, keyboard or the like.
    pub keys: Option<Keys<'a, B>>,
    own: Option<Own<'a>>,
    detach: Detach,
    windows: Windows,
}

/// In the place of what a board does not wear.
struct Nothing;

impl<B: UsbBus> UsbClass<B> for Nothing {}

impl<'a, B: UsbBus> Board<'a, B> {
    /// Appears on the bus.
    pub fn new(bus: &'a UsbBusAllocator<B>, identity: Identity<'a>, wear: Wear<'a>) -> Board<'a, B> {
        let serial = wear.serial.then(|| Serial::new(bus));
        let detach = Detach::new(bus);
        let windows = Windows(Scope::Interface(detach.interface()));
        let disk = wear.disk.map(|may_write| Disk::new(bus, may_write));
        let keys = wear.keys.map(|kind| Keys::new(bus, kind));
        let texts = [identity.maker, identity.name, identity.serial];
        let own = wear.own.map(|endpoints| Own::new(bus, texts, wear.serial, &endpoints));
        let device = identity.builder(bus).composite_with_iads().build();
        Board { device, serial, disk, keys, own, detach, windows }
    }

    /// Does what the bus asks for; to be called whenever something happened there. Tells whether something did.
    pub fn poll(&mut self) -> bool {
        if let Some(own) = &mut self.own {
            return own.poll(self.device.bus(), &mut self.serial);
        }
        let [mut no_serial, mut no_disk, mut no_keys] = [Nothing, Nothing, Nothing];
        let serial = worn(&mut self.serial, &mut no_serial);
        let (disk, keys) = (worn(&mut self.disk, &mut no_disk), worn(&mut self.keys, &mut no_keys));
        self.device.poll(&mut [serial, &mut self.detach, &mut self.windows, disk, keys])
    }

    /// Whether a computer has taken the board in use.
    pub fn is_connected(&self) -> bool {
        self.own.as_ref().map_or(self.device.state() == UsbDeviceState::Configured, Own::is_configured)
    }

    /// What the program describes itself, and the bus that it is on.
    pub fn own(&mut self) -> Option<(&mut Own<'a>, &B, &mut Option<Serial<'a, B>>)> {
        Some((self.own.as_mut()?, self.device.bus(), &mut self.serial))
    }

    /// Whether a program of the computer has opened the serial line.
    pub fn is_open(&self) -> bool {
        self.is_connected() && self.serial.as_ref().is_some_and(Serial::is_open)
    }

    /// Whether the computer has asked for the loader since the last call.
    pub fn take_detach(&mut self) -> bool {
        self.detach.take_request()
    }
}

/// A class that the board wears, or nothing.
fn worn<'s, B: UsbBus>(class: &'s mut Option<impl UsbClass<B>>, nothing: &'s mut Nothing) -> &'s mut dyn UsbClass<B> {
    match class {
        Some(class) => class,
        None => nothing,
    }
}
