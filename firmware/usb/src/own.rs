//! A device that the board's program describes itself (`machine.USBDevice`), beside the serial line or alone.
//!
//! A program answers between two of its instructions, which may take a while; `usb-device` wants each answer at once. So it only prepares the bus
//! here, and this room does its work: what every device does alike is answered by itself, the description and whatever is asked of the
//! program's interfaces is handed out ([`Event::Asked`]), and the computer waits. Packets cross one by one, on endpoint 0 as on the others: who
//! hands them on knows how long a transfer is, and where its bytes lie.
//!
//! ```text
//! computer   request ──▶ Asked ──▶ program: put(0x80, …), Left(0x80), … take(0) = the end      it wanted data
//!                                           take(0) … put(0x80, empty), Left(0x80) = the end    it brought some, or none
//!                                           refuse, or by_default
//! ```

use crate::serial::{PACKET, Serial};
use usb_device::bus::{PollResult, UsbBus, UsbBusAllocator};
use usb_device::class::UsbClass;
use usb_device::endpoint::{EndpointAddress, EndpointType, In, Out};

/// The most endpoints of a program's.
pub const ENDPOINTS: usize = 6;

/// An endpoint, as its descriptor has it (USB 2.0 §9.6.6).
#[derive(Clone, Copy, Default)]
pub struct Endpoint {
    /// Its number, and 0x80 where it is one from the board; 0 for none.
    pub address: u8,
    /// 2 for bulk, else interrupt.
    pub kind: u8,
    /// The most bytes of a packet.
    pub longest: u8,
    /// How often the computer asks, in milliseconds.
    pub interval: u8,
}

/// What the program has to know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// The computer began anew: all transfers are over.
    Reset,
    /// It has taken the device in use.
    Configured,
    /// A request of the computer's waits for an answer.
    Asked([u8; 8]),
    /// The packet has left that was put to this endpoint.
    Left(u8),
}

/// Where a control transfer is that is answered here, or who answers it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Idle,
    /// The program.
    Program,
    /// An answer leaves; an empty packet of the computer's ends it.
    Answer,
    /// Data comes for the serial line.
    Data,
    /// An empty packet leaves; it ends the request.
    End,
}

// Requests that every device knows (USB 2.0 §9.4).
const GET_STATUS: u8 = 0;
const CLEAR_FEATURE: u8 = 1;
const SET_FEATURE: u8 = 3;
const SET_ADDRESS: u8 = 5;
const GET_DESCRIPTOR: u8 = 6;
const GET_CONFIGURATION: u8 = 8;
const SET_CONFIGURATION: u8 = 9;
const GET_INTERFACE: u8 = 10;
const SET_INTERFACE: u8 = 11;
/// Types of descriptors; the one that a program may leave to the board.
const DEVICE: u8 = 1;
const TEXT: u8 = 3;
/// The language of the texts: English.
const LANGUAGE: [u8; 4] = [4, TEXT, 0x09, 0x04];

const FROM_BOARD: u8 = 0x80;

fn from_board(number: u8) -> EndpointAddress {
    EndpointAddress::from(number | FROM_BOARD)
}

/// Such a device.
pub struct Own<'a> {
    /// Maker, name and serial number, where the program has no others.
    texts: [&'a str; 3],
    /// The first interface that is the program's.
    first: u8,
    /// Endpoints of the program, a bit each: from the board, to it.
    from_board: u16,
    to_board: u16,
    stage: Stage,
    request: [u8; 8],
    address: u8,
    configured: bool,
    may_wake: bool,
    suspended: bool,
    // What the program has not heard yet.
    was_reset: bool,
    was_configured: bool,
    asked: bool,
    left: u16,
    /// A packet waits for the program.
    waits: bool,
}

impl<'a> Own<'a> {
    /// Takes the endpoints. What the bus cannot give stays away.
    pub(crate) fn new<B: UsbBus>(
        bus: &UsbBusAllocator<B>,
        texts: [&'a str; 3],
        serial: bool,
        endpoints: &[Endpoint; ENDPOINTS],
    ) -> Own<'a> {
        let (mut from_board, mut to_board) = (0, 0);
        for endpoint in endpoints.iter().filter(|endpoint| endpoint.address != 0) {
            let Endpoint { address, kind, longest, interval } = *endpoint;
            let kind = if kind == 2 { EndpointType::Bulk } else { EndpointType::Interrupt };
            let place = Some(EndpointAddress::from(address));
            let bit = 1 << (address & 0x0F);
            if address & FROM_BOARD != 0 {
                from_board |= bus.alloc::<In>(place, kind, longest.into(), interval).map_or(0, |_| bit);
            } else {
                to_board |= bus.alloc::<Out>(place, kind, longest.into(), interval).map_or(0, |_| bit);
            }
        }
        Own {
            texts,
            first: if serial { 2 } else { 0 },
            from_board,
            to_board,
            stage: Stage::Idle,
            request: [0; 8],
            address: 0,
            configured: false,
            may_wake: false,
            suspended: false,
            was_reset: false,
            was_configured: false,
            asked: false,
            left: 0,
            waits: false,
        }
    }

    pub(crate) fn is_configured(&self) -> bool {
        self.configured
    }

    /// Whether the program has something to do.
    pub fn has_news(&self) -> bool {
        self.was_reset || self.was_configured || self.asked || self.left != 0 || self.waits
    }

    /// Whether a packet waits that the program has not taken.
    pub fn waits(&self) -> bool {
        self.waits
    }

    /// What the program has to know next. Packets that have left come first: they may end the request before the one that waits.
    pub fn event(&mut self) -> Option<Event> {
        if core::mem::take(&mut self.was_reset) {
            return Some(Event::Reset);
        }
        if self.left != 0 {
            let number = self.left.trailing_zeros() as u8;
            self.left &= self.left - 1;
            return Some(Event::Left(number | FROM_BOARD));
        }
        if core::mem::take(&mut self.was_configured) {
            return Some(Event::Configured);
        }
        core::mem::take(&mut self.asked).then_some(Event::Asked(self.request))
    }

    /// Sends a packet of the program's; false while the one before has not left, or where it is not wanted any more.
    pub fn put<B: UsbBus>(&mut self, bus: &B, endpoint: u8, bytes: &[u8]) -> bool {
        let wanted = if endpoint & 0x0F == 0 { self.stage == Stage::Program && !self.asked } else { self.configured };
        wanted && bus.write(from_board(endpoint), bytes).is_ok()
    }

    /// Takes a packet for the program; how many bytes it has.
    pub fn take<B: UsbBus>(&mut self, bus: &B, endpoint: u8, into: &mut [u8; PACKET]) -> Option<usize> {
        if endpoint == 0 && (self.stage != Stage::Program || self.asked) {
            return None;
        }
        let taken = bus.read(EndpointAddress::from(endpoint), into).ok();
        self.waits &= taken.is_none();
        taken
    }

    /// Sets whether an endpoint refuses, and answers whether it did. Endpoint 0 refuses the request that waits.
    pub fn stall<B: UsbBus>(&mut self, bus: &B, endpoint: u8, stalled: Option<bool>) -> bool {
        let address = EndpointAddress::from(endpoint);
        let before = bus.is_stalled(address);
        match stalled {
            Some(_) if endpoint & 0x0F == 0 => self.refuse(bus),
            Some(stalled) => bus.set_stalled(address, stalled),
            None => {}
        }
        before
    }

    /// Whether the computer sleeps and may be woken; the signal itself is the bus's.
    pub fn may_wake(&self) -> bool {
        self.suspended && self.may_wake
    }

    /// Answers the request that was handed out as every device does.
    pub fn by_default<B: UsbBus>(&mut self, bus: &B, serial: &mut Option<Serial<'_, B>>) {
        if self.stage == Stage::Program && !self.asked {
            self.begin(bus, serial);
        }
    }

    fn refuse<B: UsbBus>(&mut self, bus: &B) {
        self.stage = Stage::Idle;
        bus.set_stalled(EndpointAddress::from(0), true);
        bus.set_stalled(from_board(0), true);
    }

    /// Does what the bus asks for. Tells whether something happened.
    pub(crate) fn poll<B: UsbBus>(&mut self, bus: &B, serial: &mut Option<Serial<'_, B>>) -> bool {
        let event = bus.poll();
        if self.suspended && !matches!(event, PollResult::None | PollResult::Suspend) {
            self.suspended = false;
            bus.resume();
        }
        match event {
            PollResult::None | PollResult::Resume => return false,
            PollResult::Suspend => {
                self.suspended = true;
                bus.suspend();
            }
            PollResult::Reset => {
                bus.reset();
                (self.stage, self.address, self.configured, self.may_wake) = (Stage::Idle, 0, false, false);
                (self.was_configured, self.asked, self.left, self.waits) = (false, false, 0, false);
                self.was_reset = true;
                serial.iter_mut().for_each(UsbClass::<B>::reset);
            }
            PollResult::Data { ep_out, ep_in_complete, ep_setup } => {
                // In the order in which they were on the bus: what has left may be the end of the request before.
                if ep_in_complete & 1 != 0 {
                    self.left_control(bus);
                }
                if ep_setup & 1 != 0 {
                    self.request_came(bus, serial);
                } else if ep_out & 1 != 0 {
                    self.data_came(bus, serial);
                }
                self.left |= ep_in_complete & self.from_board;
                let control = if self.stage == Stage::Program { 1 } else { 0 };
                self.waits = ep_out & (self.to_board | control) != 0;
                serial.iter_mut().for_each(UsbClass::<B>::poll);
            }
        }
        true
    }

    fn left_control<B: UsbBus>(&mut self, bus: &B) {
        match self.stage {
            Stage::Program => self.left |= 1,
            Stage::End => {
                self.stage = Stage::Idle;
                if self.address != 0 {
                    bus.set_device_address(core::mem::take(&mut self.address));
                }
            }
            _ => {}
        }
    }

    fn request_came<B: UsbBus>(&mut self, bus: &B, serial: &mut Option<Serial<'_, B>>) {
        if bus.read(EndpointAddress::from(0), &mut self.request) != Ok(self.request.len()) {
            return;
        }
        bus.set_stalled(EndpointAddress::from(0), false);
        (self.stage, self.asked) = (Stage::Program, self.is_the_programs());
        if !self.asked {
            self.begin(bus, serial);
        }
    }

    /// Whether a request is for the program: the description of the device, what is asked of its interfaces, and by a class.
    fn is_the_programs(&self) -> bool {
        let [kind, request, _, descriptor, index, ..] = self.request;
        match kind & !FROM_BOARD {
            0x00 => request == GET_DESCRIPTOR && (DEVICE..=TEXT).contains(&descriptor),
            0x01 | 0x21 | 0x41 => index >= self.first,
            0x20 | 0x22 | 0x42 => true,
            _ => false,
        }
    }

    /// Answers a request that is not the program's.
    fn begin<B: UsbBus>(&mut self, bus: &B, serial: &mut Option<Serial<'_, B>>) {
        let [kind, request, low, _, index, _, wanted, more] = self.request;
        let length = usize::from(u16::from_le_bytes([wanted, more]));
        if kind & FROM_BOARD != 0 {
            let mut answer = [0; PACKET];
            let Some(count) = self.answer(bus, serial.as_ref(), &mut answer) else { return self.refuse(bus) };
            self.stage = Stage::Answer;
            // What cannot be sent the computer asks for again.
            let _ = bus.write(from_board(0), &answer[..count.min(length)]);
            return;
        }
        if length != 0 {
            match kind == 0x21 && self.is_for_line() && length <= PACKET {
                true => self.stage = Stage::Data,
                false => self.refuse(bus),
            }
            return;
        }
        let done = match (kind, request, low) {
            (0x00, CLEAR_FEATURE | SET_FEATURE, 1) => {
                self.may_wake = request == SET_FEATURE;
                true
            }
            (0x02, CLEAR_FEATURE | SET_FEATURE, 0) => {
                bus.set_stalled(EndpointAddress::from(index & 0x8F), request == SET_FEATURE);
                true
            }
            (0x00, SET_ADDRESS, 1..=127) => {
                match B::QUIRK_SET_ADDRESS_BEFORE_STATUS {
                    true => bus.set_device_address(low),
                    false => self.address = low,
                }
                true
            }
            (0x00, SET_CONFIGURATION, 0 | 1) => {
                self.was_configured |= low == 1 && !self.configured;
                self.configured = low == 1;
                true
            }
            (0x01, SET_INTERFACE, 0) => true,
            (0x21, ..) => self.is_for_line() && self.tell(serial, &[]),
            _ => false,
        };
        self.end(bus, done);
    }

    /// Whether a request to an interface is to that of the serial line.
    fn is_for_line(&self) -> bool {
        self.request[4] == 0 && self.first != 0
    }

    /// A request of the serial line, with what it brought; whether the line can do it.
    fn tell<B: UsbBus>(&self, serial: &mut Option<Serial<'_, B>>, data: &[u8]) -> bool {
        let [_, request, low, high, ..] = self.request;
        serial.as_mut().is_some_and(|serial| serial.obey(request, u16::from_le_bytes([low, high]), data))
    }

    /// A packet has come that is no request.
    fn data_came<B: UsbBus>(&mut self, bus: &B, serial: &mut Option<Serial<'_, B>>) {
        if self.stage == Stage::Program {
            return;
        }
        let mut packet = [0; PACKET];
        let Ok(count) = bus.read(EndpointAddress::from(0), &mut packet) else { return };
        if self.stage == Stage::Data {
            let done = self.tell(serial, &packet[..count]);
            self.end(bus, done);
        } else {
            // The computer has what it wanted.
            self.stage = Stage::Idle;
        }
    }

    /// Ends a request from which the computer wants no data.
    fn end<B: UsbBus>(&mut self, bus: &B, done: bool) {
        self.stage = Stage::End;
        if !done || bus.write(from_board(0), &[]).is_err() {
            self.refuse(bus);
        }
    }

    /// The answer to a request that wants to know something; how many bytes it has.
    fn answer<B: UsbBus>(&self, bus: &B, serial: Option<&Serial<'_, B>>, into: &mut [u8; PACKET]) -> Option<usize> {
        let [kind, request, low, high, index, ..] = self.request;
        match (kind, request) {
            (0x80, GET_STATUS) => into[0] = u8::from(self.may_wake) << 1,
            (0x81, GET_STATUS) => {}
            (0x82, GET_STATUS) => into[0] = bus.is_stalled(EndpointAddress::from(index & 0x8F)).into(),
            (0x80, GET_CONFIGURATION) => {
                into[0] = self.configured.into();
                return Some(1);
            }
            (0x81, GET_INTERFACE) => return Some(1),
            (0x80, GET_DESCRIPTOR) if high == TEXT => return self.text(low, into),
            (0xA1, _) if self.is_for_line() => {
                let answer = serial?.answer(request)?;
                into[..answer.len()].copy_from_slice(&answer);
                return Some(answer.len());
            }
            _ => return None,
        }
        Some(2)
    }

    /// The board's own text of this number.
    fn text(&self, number: u8, into: &mut [u8; PACKET]) -> Option<usize> {
        if number == 0 {
            into[..4].copy_from_slice(&LANGUAGE);
            return Some(LANGUAGE.len());
        }
        let text = self.texts.get(usize::from(number) - 1)?;
        let units = into[2..].chunks_exact_mut(2).zip(text.encode_utf16());
        let count = units.map(|(place, unit)| place.copy_from_slice(&unit.to_le_bytes())).count();
        let length = 2 + 2 * count;
        into[..2].copy_from_slice(&[length as u8, TEXT]);
        Some(length)
    }
}
