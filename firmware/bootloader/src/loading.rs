//! Takes an image over USB: all that the loader does until one is there, but for the bus and the clock.
//!
//! Work that stops the processor is done when the bus has been quiet for some milliseconds: its answer has left then. A host that never leaves the
//! bus alone sees it done after a while all the same.

use crate::keeper::Keeper;
use crate::map::IMAGES;
use dfu::device::{Device, Memory, Outcome, PATIENCE, QUIET};
use dfu::label::{PAGE, Room, Seal};
use usb::board::Identity;
use usb::loader::{BLOCK, Loader};
use usb::usb_device::bus::{UsbBus, UsbBusAllocator};

/// What an image must fit.
pub const ROOM: Room = Room { chip: "STM32F405", flash: IMAGES, ram: 0x2000_0000..0x2002_0000 };
/// The numbers of ST's own loader: hosts look for those.
const VENDOR: u16 = 0x0483;
const PRODUCT: u16 = 0xDF11;
/// Milliseconds that the last answer gets before the image starts.
const FAREWELL: u32 = 20;

/// Memory for a block that comes, and for the first page, which is held back.
pub struct Buffers {
    block: [u8; BLOCK],
    held: [u8; PAGE],
}

impl Buffers {
    /// Nothing yet.
    pub const EMPTY: Buffers = Buffers { block: [0; BLOCK], held: [0; PAGE] };
}

/// A loader that waits for an image.
pub struct Loading<'a, B: UsbBus, M, S> {
    loader: Loader<'a, B, Keeper<M, S>>,
    /// When something last happened on the bus; since the end, when that was.
    last: u32,
    /// Since when there is work to do.
    since: Option<u32>,
    ended: bool,
}

impl<'a, B: UsbBus, M: Memory, S: Seal> Loading<'a, B, M, S> {
    /// Appears on the bus as the board of this serial number.
    pub fn new(bus: &'a UsbBusAllocator<B>, serial: &'a str, keeper: Keeper<M, S>, buffers: &'a mut Buffers) -> Self {
        let identity = Identity { vendor: VENDOR, product: PRODUCT, maker: "Taipan", name: "Pyboard loader", serial };
        let device = Device::new(keeper, IMAGES.start, &mut buffers.block, &mut buffers.held);
        Loading { loader: Loader::new(bus, identity, device), last: 0, since: None, ended: false }
    }

    /// Does what is to be done at this millisecond; whether an image is there, and its answer has left: then the chip starts over.
    pub fn turn(&mut self, now: u32) -> bool {
        if self.loader.poll() && !self.ended {
            self.last = now;
        }
        let quiet = now.wrapping_sub(self.last);
        if self.ended || !self.loader.has_work() {
            self.since = None;
        } else if quiet >= QUIET || now.wrapping_sub(*self.since.get_or_insert(now)) >= PATIENCE {
            self.since = None;
            self.ended = self.loader.work() == Outcome::Start;
            self.last = now;
        }
        self.ended && quiet >= FAREWELL
    }
}
