//! Loaders that are plugged in, and the wire to one: `rusb` finds them, `dfu-libusb` carries the transfers.
//!
//! A loader is told by its DFU interface, never by its USB numbers: every ROM loader of ST has the same. What it is, its memory says.

use super::error::{Error, Result};
use crate::phrase::Reason;
use dfu::host::Wire;
use dfu::layout::Layout;
use dfu::protocol::{Functional, Request};
use dfu_core::DfuIo;
use dfu_libusb::DfuLibusb;
use rusb::{Context, Device, DeviceHandle, UsbContext};
use std::time::Duration;

/// Application class, DFU, in the loader (DFU §4.2.3).
const DFU_MODE: (u8, u8, u8) = (0xFE, 0x01, 0x02);
const TO_DEVICE: u8 = 0x21;
const FROM_DEVICE: u8 = 0xA1;

/// A device that waits for firmware.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loader {
    /// USB's number of the vendor.
    pub vendor: u16,
    /// USB's number of the product.
    pub product: u16,
    /// Its serial number, if it may be read.
    pub serial: Option<String>,
    /// Bus and address: where it is plugged in.
    pub place: (u8, u8),
    /// The text that describes its memory; nothing if it may not be opened.
    pub layout: Option<String>,
    /// The most bytes of a block.
    pub transfer_size: u16,
    interface: u8,
    alternate: u8,
}

impl Loader {
    /// A loader inside this program.
    pub(super) fn virtual_one(layout: &str, transfer_size: u16) -> Loader {
        Loader {
            vendor: 0x0483,
            product: 0xDF11,
            serial: Some("virtual".into()),
            place: (0, 0),
            layout: Some(layout.into()),
            transfer_size,
            interface: 0,
            alternate: 0,
        }
    }

    /// As a person would name it.
    pub fn name(&self) -> String {
        let serial = self.serial.as_ref().map(|serial| format!(" {serial}")).unwrap_or_default();
        format!("{:04x}:{:04x}{serial}", self.vendor, self.product)
    }
}

/// All loaders that are plugged in.
pub fn loaders() -> Result<Vec<Loader>> {
    let context = context()?;
    let devices = context.devices().map_err(|error| lost(&error))?;
    Ok(devices.iter().filter_map(|device| describe(&device)).collect())
}

/// The loader to use: the one with that serial number, or the only one.
pub fn choose(loaders: Vec<Loader>, serial: Option<&str>) -> Result<Loader> {
    let (mut fitting, others): (Vec<_>, Vec<_>) =
        loaders.into_iter().partition(|loader| serial.is_none() || loader.serial.as_deref() == serial);
    match fitting.len() {
        // One that may not be opened does not say who it is.
        0 => Err(others
            .iter()
            .find(|loader| loader.layout.is_none() && loader.serial.is_none())
            .map_or(Error::NoLoader, |loader| Error::Permission { device: loader.name() })),
        1 => Ok(fitting.remove(0)),
        count => {
            let list = fitting.iter().map(Loader::name).collect::<Vec<_>>().join(", ");
            Err(Error::SeveralLoaders { count, list })
        }
    }
}

/// A device's first DFU interface, if it is in its loader.
fn describe(device: &Device<Context>) -> Option<Loader> {
    let numbers = device.device_descriptor().ok()?;
    let configuration = device.active_config_descriptor().or_else(|_| device.config_descriptor(0)).ok()?;
    let interfaces = configuration.interfaces().flat_map(|interface| interface.descriptors().collect::<Vec<_>>());
    let mut memories: Vec<_> = interfaces
        .filter(|it| (it.class_code(), it.sub_class_code(), it.protocol_code()) == DFU_MODE)
        .map(|it| Memory {
            interface: it.interface_number(),
            alternate: it.setting_number(),
            name: it.description_string_index(),
            extra: it.extra().to_vec(),
        })
        .collect();
    let first = memories.first()?.interface;
    memories.retain(|memory| memory.interface == first);
    let functional = functional_of(&memories).or_else(|| functional(configuration.extra()))?;
    let handle = device.open().ok();
    let text = |index: Option<u8>| handle.as_ref()?.read_string_descriptor_ascii(index?).ok();
    let layouts: Vec<_> = memories.iter().map(|memory| text(memory.name).unwrap_or_default()).collect();
    let flash = flash_among(&layouts);
    Some(Loader {
        vendor: numbers.vendor_id(),
        product: numbers.product_id(),
        serial: text(numbers.serial_number_string_index()),
        place: (device.bus_number(), device.address()),
        // One that may be opened and describes nothing is told of as such.
        layout: handle.is_some().then(|| layouts[flash].clone()),
        transfer_size: functional.transfer_size,
        interface: memories[flash].interface,
        alternate: memories[flash].alternate,
    })
}

/// One of the memories that a loader has: an alternate setting of its interface.
struct Memory {
    interface: u8,
    alternate: u8,
    /// The number of the text that describes it.
    name: Option<u8>,
    /// The descriptors behind its own.
    extra: Vec<u8>,
}

/// The functional descriptor of an interface. It stands behind all of its settings, so behind the last one (DFU §4.2.4), as in ST's loaders.
fn functional_of(memories: &[Memory]) -> Option<Functional> {
    memories.iter().find_map(|memory| functional(&memory.extra))
}

/// Where the flash of an STM32 is.
const FLASH: std::ops::Range<u32> = 0x0800_0000..0x0900_0000;

/// Which of these memories takes firmware: the first that has flash to be written, else the first.
fn flash_among(layouts: &[String]) -> usize {
    let takes = |layout: &String| {
        let layout = Layout::parse(layout);
        layout.is_ok_and(|layout| layout.sectors().any(|it| it.writable && it.erasable && FLASH.contains(&it.address)))
    };
    layouts.iter().position(takes).unwrap_or(0)
}

/// The functional descriptor among others.
fn functional(mut bytes: &[u8]) -> Option<Functional> {
    while let Some(length) = bytes.first().copied().filter(|length| *length >= 2) {
        let (descriptor, rest) = bytes.split_at_checked(length.into())?;
        if let Some(found) = Functional::from_bytes(descriptor) {
            return Some(found);
        }
        bytes = rest;
    }
    None
}

/// The wire to a loader.
pub struct Usb {
    transfers: DfuLibusb<Context>,
}

impl Usb {
    /// Opens a loader that is still where it was found.
    pub fn open(loader: &Loader) -> Result<Usb> {
        let context = context()?;
        let devices = context.devices().map_err(|error| lost(&error))?;
        let device = devices.iter().find(|device| (device.bus_number(), device.address()) == loader.place);
        let device = device.ok_or(Error::NoLoader)?;
        let handle: DeviceHandle<Context> = device.open().map_err(|error| match error {
            rusb::Error::Access => Error::Permission { device: loader.name() },
            error => lost(&error),
        })?;
        // Linux lends interfaces to drivers; there is none for this class, but a leftover must not be in the way.
        let _ = handle.set_auto_detach_kernel_driver(true);
        let transfers = DfuLibusb::from_usb_device(device, handle, loader.interface, loader.alternate);
        Ok(Usb { transfers: transfers.map_err(|error| lost(&error))?.into_inner() })
    }
}

impl Wire for Usb {
    type Error = String;

    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> std::result::Result<(), String> {
        let written = self.transfers.write_control(TO_DEVICE, request as u8, value, data).map_err(|error| error.to_string())?;
        if written == data.len() { Ok(()) } else { Err(format!("{written} of {} bytes arrived", data.len())) }
    }

    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> std::result::Result<usize, String> {
        self.transfers.read_control(FROM_DEVICE, request as u8, value, into).map_err(|error| error.to_string())
    }

    fn wait(&mut self, milliseconds: u32) {
        // Whoever wakes this thread early does no harm: the device says once more that it is busy.
        std::thread::park_timeout(Duration::from_millis(milliseconds.into()));
    }
}

fn context() -> Result<Context> {
    Context::new().map_err(|error| lost(&error))
}

fn lost(error: &impl ToString) -> Error {
    Error::Lost { doing: "looking for it", reason: Reason::said(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loader(serial: &str) -> Loader {
        Loader {
            vendor: 0x0483,
            product: 0xDF11,
            serial: Some(serial.into()),
            place: (1, 2),
            layout: Some("@Flash /0x08000000/1*1Kg".into()),
            transfer_size: 2048,
            interface: 0,
            alternate: 0,
        }
    }

    #[test]
    fn one_loader_is_taken_and_several_must_be_told_apart() {
        assert_eq!(choose(vec![], None), Err(Error::NoLoader));
        assert_eq!(choose(vec![loader("a")], None), Ok(loader("a")));
        assert_eq!(choose(vec![loader("a"), loader("b")], Some("b")), Ok(loader("b")));
        assert_eq!(choose(vec![loader("a")], Some("c")), Err(Error::NoLoader));
        let several = Error::SeveralLoaders { count: 2, list: "0483:df11 a, 0483:df11 b".into() };
        assert_eq!(choose(vec![loader("a"), loader("b")], None), Err(several));
        let locked = Loader { serial: None, layout: None, ..loader("a") };
        let device = "0483:df11".to_owned();
        assert_eq!(choose(vec![locked, loader("b")], Some("a")), Err(Error::Permission { device }), "it may be the one");
    }

    /// As ST's loaders in ROM describe themselves (AN2606, AN3156): four memories, one functional descriptor behind the last.
    #[test]
    fn of_several_memories_the_flash_is_taken() {
        let memory = |alternate, extra: &[u8]| Memory { interface: 0, alternate, name: Some(4 + alternate), extra: extra.into() };
        let last = memory(3, &[9, 0x21, 0x0B, 0xFF, 0, 0, 8, 0x1A, 1]);
        let memories = [memory(0, &[]), memory(1, &[]), memory(2, &[]), last];
        assert_eq!(functional_of(&memories).map(|found| found.transfer_size), Some(2048));
        assert_eq!(functional_of(&memories[..3]), None);
        let flash = "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg";
        let [options, once, features] = [
            "@Option Bytes  /0x1FFFC000/01*016 e",
            "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
            "@Device Feature/0xFFFF0000/01*004 e",
        ];
        let own = "@Internal Flash  /0x08004000/03*016Ka,01*064Ka,05*128Kg,02*128Ka";
        for (layouts, taken) in [
            (&[flash, options, once, features][..], 0),
            (&[options, once, features, flash], 3),
            (&["", "none", own], 2),
            (&["@External Flash /0x90000000/512*4Kg", flash], 1),
            (&["none", options], 0),
        ] {
            let layouts: Vec<String> = layouts.iter().map(|layout| (*layout).into()).collect();
            assert_eq!(flash_among(&layouts), taken, "{layouts:?}");
        }
    }

    #[test]
    fn the_functional_descriptor_is_found_among_others_and_damage_is_no_harm() {
        let bytes = [3, 9, 9, 9, 0x21, 0x0B, 0xFF, 0, 0, 8, 0x1A, 1];
        assert_eq!(functional(&bytes).map(|found| found.transfer_size), Some(2048));
        assert_eq!(functional(&bytes[..8]), None);
        assert_eq!(functional(&[0, 0, 0]), None);
    }
}
