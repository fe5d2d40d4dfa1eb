//! What Windows asks a device, so that its generic driver (WinUSB) takes the update interface and no person has to install one.
//!
//! Format: *Microsoft OS 2.0 Descriptors Specification*. A capability of the device names a vendor request; the answer to it names the driver.

use usb_device::class_prelude::*;
use usb_device::control::{Recipient, RequestType};
use usb_device::descriptor::capability_type::PLATFORM;

/// The capability's UUID, as it crosses the wire.
const PLATFORM_ID: [u8; 16] = [0xDF, 0x60, 0xDD, 0xD8, 0x89, 0x45, 0xC7, 0x4C, 0x9C, 0xD2, 0x65, 0x9D, 0x9E, 0x64, 0x8A, 0x9F];
/// The first Windows that knows these descriptors: 8.1.
const FROM_VERSION: [u8; 4] = [0, 0, 3, 6];
/// The vendor request that Windows is told to ask; any number would do.
const REQUEST: u8 = 0x20;
/// Its index when it asks for the descriptors.
const DESCRIPTORS: u16 = 7;

/// Name and value of the property under which programs find the interface.
const NAME: &str = "DeviceInterfaceGUIDs";
const GUID: &str = "{8FE6D4D7-49DD-41E7-9486-49AFC6BFE475}";

// Bytes of the parts; text is UTF-16 with its end, a list of texts ends twice.
const HEADER: usize = 10;
const SUBSET: usize = 8;
const DRIVER: usize = 20;
const NAME_BYTES: usize = 2 * (NAME.len() + 1);
const VALUE_BYTES: usize = 2 * (GUID.len() + 2);
const PROPERTY: usize = 10 + NAME_BYTES + VALUE_BYTES;
/// Strings of a registry, several.
const STRINGS: u16 = 7;

/// To what the driver is to be bound.
#[derive(Clone, Copy)]
pub enum Scope {
    /// The whole device, which has one interface.
    Device,
    /// One interface of several.
    Interface(InterfaceNumber),
}

/// The answers.
pub struct Windows(pub Scope);

impl Windows {
    fn size(&self) -> usize {
        let subsets = if matches!(self.0, Scope::Interface(_)) { 2 * SUBSET } else { 0 };
        HEADER + subsets + DRIVER + PROPERTY
    }

    /// All descriptors; answers how many bytes they have.
    fn write(&self, into: &mut [u8]) -> usize {
        let size = self.size();
        let mut page = Page { into, at: 0 };
        page.words(&[HEADER as u16, 0]);
        page.bytes(&FROM_VERSION);
        page.words(&[size as u16]);
        if let Scope::Interface(number) = self.0 {
            page.words(&[SUBSET as u16, 1, 0, (size - HEADER) as u16]);
            page.words(&[SUBSET as u16, 2, u16::from(u8::from(number)), (size - HEADER - SUBSET) as u16]);
        }
        page.words(&[DRIVER as u16, 3]);
        page.bytes(b"WINUSB\0\0\0\0\0\0\0\0\0\0");
        page.words(&[PROPERTY as u16, 4, STRINGS, NAME_BYTES as u16]);
        page.text(NAME);
        page.words(&[0, VALUE_BYTES as u16]);
        page.text(GUID);
        page.words(&[0, 0]);
        page.at
    }
}

/// Descriptors being written.
struct Page<'a> {
    into: &'a mut [u8],
    at: usize,
}

impl Page<'_> {
    fn bytes(&mut self, bytes: &[u8]) {
        self.into[self.at..][..bytes.len()].copy_from_slice(bytes);
        self.at += bytes.len();
    }

    fn words(&mut self, words: &[u16]) {
        words.iter().for_each(|word| self.bytes(&word.to_le_bytes()));
    }

    fn text(&mut self, text: &str) {
        text.encode_utf16().for_each(|unit| self.words(&[unit]));
    }
}

impl<B: UsbBus> UsbClass<B> for Windows {
    fn get_bos_descriptors(&self, writer: &mut BosWriter) -> usb_device::Result<()> {
        let mut capability = [0; 25];
        let mut page = Page { into: &mut capability, at: 0 };
        page.bytes(&[0]);
        page.bytes(&PLATFORM_ID);
        page.bytes(&FROM_VERSION);
        page.words(&[self.size() as u16]);
        page.bytes(&[REQUEST, 0]);
        writer.capability(PLATFORM, &capability)
    }

    fn control_in(&mut self, transfer: ControlIn<B>) {
        let request = transfer.request();
        let asks = request.request_type == RequestType::Vendor && request.recipient == Recipient::Device;
        if asks && request.request == REQUEST && request.index == DESCRIPTORS {
            // What cannot be answered the computer sees as a stall.
            let _ = transfer.accept(|into| Ok(self.write(into)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_fill_what_their_lengths_say() {
        let mut bytes = [0; 256];
        let windows = Windows(Scope::Device);
        let size = windows.write(&mut bytes);
        assert_eq!((size, usize::from(bytes[8])), (windows.size(), windows.size()), "the header counts everything");
        let parts = [10, 30].map(|at| u16::from_le_bytes([bytes[at], bytes[at + 1]]) as usize);
        assert_eq!(parts, [DRIVER, PROPERTY]);
        assert_eq!(30 + PROPERTY, size);
        assert_eq!(&bytes[14..20], b"WINUSB");
        assert_eq!(bytes[size - 4..size], [0; 4], "the list of texts has its end");
    }
}
