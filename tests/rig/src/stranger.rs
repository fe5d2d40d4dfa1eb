//! A board with another maker's loader (`usbd-dfu`), on a cable of its own: what we bring to it must arrive there.

use crate::usbip::Cable;
use anyhow::{Context, Result};
use dfu::layout::Layout;
use std::cell::Cell;
use std::rc::Rc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use usb::simulated::Wire;
use usb::usb_device::bus::UsbBusAllocator;
use usb::usb_device::prelude::{StringDescriptors, UsbDeviceBuilder, UsbVidPid};
use usbd_dfu::{DFUClass, DFUManifestationError, DFUMemError, DFUMemIO};

/// Which loader it is.
pub const SERIAL: &str = "STRANGER";
/// Where its flash begins.
pub const FLASH: u32 = 0x0800_0000;
const LAYOUT: &str = "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg";
const SIZE: usize = 1 << 20;
/// How long it waits for firmware, and how long its last answer has to leave.
const PATIENCE: Duration = Duration::from_secs(90);
const FAREWELL: Duration = Duration::from_millis(50);

/// Plugs it in. It ends, unplugged, with what is in its flash once it was told that the firmware is there.
pub fn plug() -> JoinHandle<Result<Vec<u8>>> {
    std::thread::spawn(|| {
        let wire = Wire::new(|_| {});
        let bus = UsbBusAllocator::new(wire.clone());
        let ended = Rc::new(Cell::new(None));
        let memory = Memory { flash: vec![0xFF; SIZE], block: Vec::new(), ended: ended.clone() };
        let mut loader = DFUClass::new(&bus, memory);
        let texts = StringDescriptors::default().manufacturer("Somebody").product("STM32  BOOTLOADER").serial_number(SERIAL);
        let builder = UsbDeviceBuilder::new(&bus, UsbVidPid(0x0483, 0xDF11)).strings(&[texts]).expect("its texts are short");
        let mut device = builder.max_packet_size_0(64).expect("a size that USB knows").build();
        let cable = Cable::plug(&wire, None)?;
        let deadline = Instant::now() + PATIENCE;
        while ended.get().is_none_or(|end: Instant| end.elapsed() < FAREWELL) {
            wire.wait(Duration::from_millis(2), true);
            device.poll(&mut [&mut loader]);
            (Instant::now() < deadline).then_some(()).context("nobody brought it firmware")?;
        }
        drop(cable);
        Ok(loader.release().flash)
    })
}

/// Its memory: flash, which takes no byte twice without being erased.
struct Memory {
    flash: Vec<u8>,
    block: Vec<u8>,
    /// When it was told that all is there.
    ended: Rc<Cell<Option<Instant>>>,
}

/// Where these bytes are in flash.
fn place(address: u32, length: usize) -> Result<std::ops::Range<usize>, DFUMemError> {
    let start = address.checked_sub(FLASH).ok_or(DFUMemError::Address)? as usize;
    (start + length <= SIZE).then_some(start..start + length).ok_or(DFUMemError::Address)
}

impl DFUMemIO for Memory {
    const INITIAL_ADDRESS_POINTER: u32 = FLASH;
    const MEM_INFO_STRING: &'static str = LAYOUT;
    const PROGRAM_TIME_MS: u32 = 1;
    const ERASE_TIME_MS: u32 = 5;
    const FULL_ERASE_TIME_MS: u32 = 20;
    const MANIFESTATION_TOLERANT: bool = false;

    fn store_write_buffer(&mut self, block: &[u8]) -> Result<(), ()> {
        self.block = block.to_vec();
        Ok(())
    }

    fn read(&mut self, address: u32, length: usize) -> Result<&[u8], DFUMemError> {
        Ok(&self.flash[place(address, length)?])
    }

    fn program(&mut self, address: u32, length: usize) -> Result<(), DFUMemError> {
        let cells = &mut self.flash[place(address, length)?];
        if cells.iter().any(|cell| *cell != 0xFF) {
            return Err(DFUMemError::CheckErased);
        }
        cells.copy_from_slice(&self.block[..length]);
        Ok(())
    }

    fn erase(&mut self, address: u32) -> Result<(), DFUMemError> {
        let layout = Layout::parse(LAYOUT).expect("it is one");
        let sector = layout.sector_at(address).ok_or(DFUMemError::Address)?;
        self.flash[place(sector.address, sector.size as usize)?].fill(0xFF);
        Ok(())
    }

    fn erase_all(&mut self) -> Result<(), DFUMemError> {
        self.flash.fill(0xFF);
        Ok(())
    }

    fn manifestation(&mut self) -> Result<(), DFUManifestationError> {
        self.ended.set(Some(Instant::now()));
        Ok(())
    }
}
