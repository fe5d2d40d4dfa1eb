//! Where loaders are: on this computer's USB, or inside this program, for a virtual board.
//!
//! The virtual one is a chip in memory behind the loader's own protocol. It takes about as long as a real chip in a hurry, and its cable can be
//! pulled in the middle, so that an update and its recovery can be tried without a board.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dfu::host::Wire;
use dfu::protocol::Request;
use dfu::simulated::Chip;

use super::error::{Error, Result};
use super::image::Image;
use super::loader::{self, Loader, Usb};
use super::update::{End, Progress, leave, update};

/// Hears of each step; breaks to give up.
pub type Watch<'a> = dyn FnMut(Progress) -> ControlFlow<()> + 'a;

/// Something that loaders are plugged into. All of it blocks.
pub trait Bay: Send + Sync + 'static {
    /// Those that wait now.
    fn loaders(&self) -> Result<Vec<Loader>>;

    /// Brings an image onto one of them.
    fn bring(&self, loader: &Loader, image: &Image, watch: &mut Watch<'_>) -> Result<End>;

    /// Lets one of them start the program that it has.
    fn leave(&self, loader: &Loader) -> Result<End>;

    /// Takes the board into its loader from here; false if the board itself has to be asked.
    fn take(&self) -> bool;
}

/// This computer's USB.
pub struct RealBay;

impl Bay for RealBay {
    fn loaders(&self) -> Result<Vec<Loader>> {
        loader::loaders()
    }

    fn bring(&self, loader: &Loader, image: &Image, watch: &mut Watch<'_>) -> Result<End> {
        let layout = loader.layout.as_deref().ok_or_else(|| Error::Permission { device: loader.name() })?;
        update(Usb::open(loader)?, layout, loader.transfer_size, image, watch)
    }

    fn leave(&self, loader: &Loader) -> Result<End> {
        leave(Usb::open(loader)?, loader.layout.as_deref().unwrap_or_default())
    }

    fn take(&self) -> bool {
        false
    }
}

/// A pyboard's flash (RM0090 §3.4).
const LAYOUT: &str = "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg";
const BLOCK: u16 = 2048;
const PAGE: usize = 512;
/// How many times faster than a real chip it is.
const HURRY: u32 = 24;

/// A chip in memory.
pub struct VirtualBay {
    chip: Mutex<Chip>,
    in_loader: AtomicBool,
    pulled: AtomicBool,
}

impl VirtualBay {
    /// A blank chip, not in its loader.
    pub fn new() -> VirtualBay {
        let chip = Chip::new(LAYOUT, BLOCK.into(), PAGE, |page| page.len() == PAGE).into();
        VirtualBay { chip, in_loader: false.into(), pulled: false.into() }
    }

    /// Pulls the cable out in the middle of whatever it does; the next update finds it plugged in again, still in its loader.
    pub fn pull(&self) {
        self.pulled.store(true, Ordering::Relaxed);
    }

    /// What is in its flash.
    pub fn at(&self, address: u32, length: usize) -> Vec<u8> {
        self.chip.lock().expect("nobody panics with it").at(address, length)
    }
}

impl Default for VirtualBay {
    fn default() -> VirtualBay {
        VirtualBay::new()
    }
}

impl Bay for VirtualBay {
    fn loaders(&self) -> Result<Vec<Loader>> {
        let waits = self.in_loader.load(Ordering::Relaxed);
        Ok(waits.then(|| Loader::virtual_one(LAYOUT, BLOCK)).into_iter().collect())
    }

    fn bring(&self, loader: &Loader, image: &Image, watch: &mut Watch<'_>) -> Result<End> {
        let layout = loader.layout.as_deref().unwrap_or_default();
        let chip = self.chip.lock().expect("nobody panics with it");
        // Plugged in again by whoever begins; others look at the loaders at any moment, and may not plug it in.
        self.pulled.store(false, Ordering::Relaxed);
        let end = chip.power(|cable| {
            let paced = Paced { wire: cable, pulled: &self.pulled };
            update(paced, layout, loader.transfer_size, image, watch)
        })?;
        self.in_loader.store(false, Ordering::Relaxed);
        Ok(end)
    }

    fn leave(&self, loader: &Loader) -> Result<End> {
        let chip = self.chip.lock().expect("nobody panics with it");
        let end = chip.power(|cable| leave(cable, loader.layout.as_deref().unwrap_or_default()))?;
        self.in_loader.store(false, Ordering::Relaxed);
        Ok(end)
    }

    fn take(&self) -> bool {
        self.in_loader.store(true, Ordering::Relaxed);
        true
    }
}

/// A wire that takes its time and can be pulled.
struct Paced<'p, W> {
    wire: W,
    pulled: &'p AtomicBool,
}

impl<W: Wire<Error = String>> Paced<'_, W> {
    fn plugged(&self) -> std::result::Result<(), String> {
        if self.pulled.load(Ordering::Relaxed) { Err("the cable was pulled out".into()) } else { Ok(()) }
    }
}

impl<W: Wire<Error = String>> Wire for Paced<'_, W> {
    type Error = String;

    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> std::result::Result<(), String> {
        self.plugged()?;
        self.wire.send(request, value, data)
    }

    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> std::result::Result<usize, String> {
        self.plugged()?;
        self.wire.receive(request, value, into)
    }

    fn wait(&mut self, milliseconds: u32) {
        self.wire.wait(milliseconds);
        std::thread::park_timeout(Duration::from_millis(milliseconds.into()) / HURRY);
    }
}
