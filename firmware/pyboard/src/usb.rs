//! The board on USB: the prompt's line, the disk, a mouse or a keyboard, and the way to the loader.
//!
//! The bus's interrupt does the work of line and keys; the main program adds what is printed, with interrupts held back, and waits while the bus
//! takes no more. The disk's blocks take time, so the main program serves it between two instructions of Python ([`serve`]), and the interrupt does
//! not come in meanwhile. A packet for which there is no room, or which waits for the main program, stays where it is, and the computer waits: the
//! interrupt is switched off then, since the core would raise it again and again, and the tick looks after the bus.
//!
//! Two write on the disk, one at a time (`storage::shared`): the computer while no file is open to be written; the program, when the computer is done.
#![expect(unsafe_code, reason = "one device, shared between the main program and an interrupt by holding that back")]

use crate::disk::{self, SHARED};
use crate::interrupts;
use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering::Relaxed};
use interpreter::vfs::BlockDevice;
use machine::event::{self, Source};
use machine::{USB_DEFAULT, UsbEndpoint, UsbEvent, UsbMode, UsbSettings};
use stm32f4::clock::Clocks;
use stm32f4::nvic;
use stm32f4::otg::{self, INTERRUPT, MEMORY, UsbBus};
use stm32f4::{Chip, reset, signature};
use storage::shared::Use;
use usb::board::{Board, Identity, Wear};
use usb::keys::{Keys, Kind};
use usb::own::{self, Endpoint, Event, Own};
use usb::serial::{PACKET, Serial};
use usb::usb_device::bus::UsbBusAllocator;

/// Milliseconds that the answer to "leave for your loader" has to get out.
const FAREWELL: u8 = 20;

/// What the device needs for as long as it lives.
struct Room {
    memory: [u32; MEMORY],
    serial: [u8; signature::SERIAL],
    shown: Option<UsbSettings<'static>>,
    report: [u8; UsbSettings::LONGEST],
    bus: Option<UsbBusAllocator<UsbBus>>,
}

const EMPTY: Room =
    Room { memory: [0; MEMORY], serial: [0; signature::SERIAL], shown: None, report: [0; UsbSettings::LONGEST], bus: None };

type Device = Board<'static, UsbBus>;

/// What the main program shares with interrupts.
struct Shared<T>(UnsafeCell<T>);

// SAFETY: the contents of `DEVICE` are touched by `with`, with interrupts held back, and by `alone`, which keeps `with` and itself out; those of
// `ROOM` within `alone`, or a field at a time by value.
unsafe impl<T> Sync for Shared<T> {}

// Neither is in the memory that a start fills: there is no device until `start` says so, and no room without a bus.
#[unsafe(link_section = ".uninit.usb")]
static ROOM: Shared<MaybeUninit<Room>> = Shared(UnsafeCell::new(MaybeUninit::uninit()));
#[unsafe(link_section = ".uninit.usb")]
static DEVICE: Shared<MaybeUninit<Option<Device>>> = Shared(UnsafeCell::new(MaybeUninit::uninit()));
/// Hz of the processor; 0 where there is no USB, and `ROOM` is not filled.
static SYSTEM: AtomicU32 = AtomicU32::new(0);
/// Whether `alone` has the device, or `start` has not come yet.
static TAKEN: AtomicBool = AtomicBool::new(true);
/// Whether a packet of the line waits for room; whether one of the disk waits for the main program. The interrupt is off then.
static BLOCKED: AtomicBool = AtomicBool::new(false);
static WAITING: AtomicBool = AtomicBool::new(false);
/// Whether what comes on the line raises an event.
static LISTENS: AtomicBool = AtomicBool::new(false);
/// Whether the program described the device, or took it away then; it ends with the program.
static DESCRIBED: AtomicBool = AtomicBool::new(false);
/// Milliseconds until the board leaves for its loader; 0 where nobody has asked.
static LEAVES_IN: AtomicU8 = AtomicU8::new(0);

/// Does something with the device, if there is one, in a moment in which nobody else does.
fn with<R>(body: impl FnOnce(&mut Device) -> R) -> Option<R> {
    let came = stm32f4::hold_interrupts();
    let result = if TAKEN.load(Relaxed) {
        None
    } else {
        // SAFETY: interrupts are held back and there is one processor, so this is the only reference; see `Shared`. `start` wrote it
        // before `TAKEN` was clear.
        unsafe { (*DEVICE.0.get()).assume_init_mut() }.as_mut().map(body)
    };
    if came {
        stm32f4::let_interrupts(true);
    }
    result
}

/// Does something that takes longer. Other interrupts come meanwhile and find no device; the device's own stays off.
fn alone<R>(body: impl FnOnce(&mut Option<Device>) -> R) -> Option<R> {
    if TAKEN.swap(true, Relaxed) {
        return None;
    }
    nvic::disable(&Chip, INTERRUPT);
    // SAFETY: `TAKEN` was clear, and is set: neither `with` nor another `alone` has a reference, or takes one before it is clear again.
    // `start` wrote the device before it was clear.
    let result = body(unsafe { (*DEVICE.0.get()).assume_init_mut() });
    TAKEN.store(false, Relaxed);
    allow();
    Some(result)
}

/// Lets the interrupt come again, if nothing waits that would raise it for ever.
fn allow() {
    if ![&TAKEN, &BLOCKED, &WAITING].iter().any(|reason| reason.load(Relaxed)) {
        nvic::enable(&Chip, INTERRUPT, interrupts::LINE_PRIORITY);
    }
}

/// Appears on the bus, if there is one, and a clock that is exact enough for it: USB wants 0.25 %, which only a crystal has.
pub fn start(clocks: &Clocks) {
    // SAFETY: `TAKEN` is set, so nobody has a reference.
    unsafe { (*DEVICE.0.get()).write(None) };
    TAKEN.store(false, Relaxed);
    if !clocks.crystal || !otg::start(&Chip) {
        return;
    }
    alone(|device| {
        // SAFETY: within `alone`; there is no device yet that refers to it.
        let room = unsafe { (*ROOM.0.get()).write(EMPTY) };
        room.serial = signature::serial(&signature::identity(&Chip));
        SYSTEM.store(clocks.system, Relaxed);
        show(device, &USB_DEFAULT);
    });
}

/// Vanishes.
fn hide(device: &mut Option<Device>) {
    let was_there = device.take().is_some();
    // SAFETY: within `alone`, and the device that referred to it is gone. Who asks has the port, so `start` has filled it.
    let room = unsafe { (*ROOM.0.get()).assume_init_mut() };
    room.shown = None;
    BLOCKED.store(false, Relaxed);
    WAITING.store(false, Relaxed);
    SHARED.leave();
    if was_there {
        otg::disconnect(&Chip, SYSTEM.load(Relaxed));
    }
}

/// Appears as this.
fn show(device: &mut Option<Device>, settings: &UsbSettings) {
    let room = hidden_room(device);
    let UsbSettings { mode, vendor, product, input: [subclass, protocol, longest, interval], report } = *settings;
    room.report[..report.len()].copy_from_slice(report);
    let report = &room.report[..report.len()];
    room.shown = Some(UsbSettings { report, ..*settings });
    let wear = Wear {
        serial: mode != UsbMode::Disk,
        disk: matches!(mode, UsbMode::Disk | UsbMode::SerialDisk).then_some(true),
        keys: (mode == UsbMode::SerialInput).then_some(Kind { subclass, protocol, longest, interval, report }),
        own: None,
    };
    let (memory, serial) = (&mut room.memory, &room.serial);
    *device = Some(wearing(room.bus.insert(otg::bus(SYSTEM.load(Relaxed), memory)), serial, (vendor, product), wear));
}

/// Vanishes; the room is free for what appears next.
fn hidden_room(device: &mut Option<Device>) -> &'static mut Room {
    hide(device);
    // SAFETY: within `alone`, and `hide` has taken away what referred to it; filled, as there.
    unsafe { (*ROOM.0.get()).assume_init_mut() }
}

fn wearing(
    bus: &'static UsbBusAllocator<UsbBus>,
    serial: &'static [u8],
    (vendor, product): (u16, u16),
    wear: Wear<'static>,
) -> Device {
    let serial = core::str::from_utf8(serial).expect("digits are text");
    Board::new(bus, Identity { vendor, product, maker: "Taipan", name: "Pyboard", serial }, wear)
}

/// Something has happened on the bus.
pub fn interrupt() {
    with(look);
}

/// Does what the bus asks for.
fn look(board: &mut Device) {
    board.poll();
    receive(board);
    let (news, waits) = board.own().map_or((false, false), |(own, ..)| (own.has_news(), own.waits()));
    if news {
        event::note(Source::DEVICE);
        interrupts::PENDING.store(true, Relaxed);
    }
    if waits || board.disk.as_mut().is_some_and(|disk| disk.take_news()) {
        WAITING.store(true, Relaxed);
        interrupts::PENDING.store(true, Relaxed);
        nvic::disable(&Chip, INTERRUPT);
    }
    if board.take_detach() {
        LEAVES_IN.store(FAREWELL, Relaxed);
    }
}

/// Takes what has come, as far as there is room.
fn receive(board: &mut Device) {
    let Some(serial) = &mut board.serial else { return };
    let mut packet = [0; PACKET];
    loop {
        if interrupts::room() < PACKET {
            BLOCKED.store(true, Relaxed);
            nvic::disable(&Chip, INTERRUPT);
            return;
        }
        match serial.receive(&mut packet) {
            0 => return,
            count => packet[..count].iter().for_each(|byte| interrupts::arrived(*byte)),
        }
        if LISTENS.load(Relaxed) {
            event::note(Source::USB);
            interrupts::PENDING.store(true, Relaxed);
        }
    }
}

/// There is room again for what comes.
pub fn make_room() {
    if BLOCKED.load(Relaxed) && interrupts::room() >= PACKET {
        BLOCKED.store(false, Relaxed);
        interrupt();
        allow();
    }
}

/// Serves the disk, as far as something waits there; between two instructions of Python, when no file system is at work.
pub fn serve() {
    if WAITING.load(Relaxed) || SHARED.is_written() {
        alone(|device| {
            if let Some(board) = device {
                while serve_once(board) {}
            }
        });
    }
}

/// Serves what has come; whether there is more.
fn serve_once(board: &mut Device) -> bool {
    let Some(disk) = &mut board.disk else { return false };
    match SHARED.take_use() {
        Use::Held => drop(disk.hold()),
        Use::Wrote => disk.release(),
        Use::Idle => disk.let_go(),
    }
    disk.serve(&mut disk::Whole, interrupts::time().0 as u32);
    SHARED.tell(disk.is_written(), disk.take_written());
    WAITING.store(false, Relaxed);
    look(board);
    WAITING.load(Relaxed)
}

/// The program starts anew: a disk that was ejected is there again, and nobody listens.
pub fn soft_reset() {
    LISTENS.store(false, Relaxed);
    SHARED.release(false);
    if DESCRIBED.swap(false, Relaxed) {
        alone(|device| show(device, &USB_DEFAULT));
    }
    with(|board| board.disk.as_mut().map(|disk| disk.insert()));
}

/// A millisecond for a computer that writes.
pub fn wait_for_computer() {
    serve();
    stm32f4::wait_for_interrupt();
}

/// A millisecond has passed.
pub fn tick() {
    if BLOCKED.load(Relaxed) || WAITING.load(Relaxed) {
        with(look);
    }
    if WAITING.load(Relaxed) || SHARED.is_written() {
        // The computer may be done, or the program was busy when it was told.
        interrupts::PENDING.store(true, Relaxed);
    }
    match LEAVES_IN.load(Relaxed) {
        0 => {}
        1 => leave(),
        left => LEAVES_IN.store(left - 1, Relaxed),
    }
}

/// Starts the loader.
fn leave() -> ! {
    stm32f4::ask_for_loader();
    reset::reset(&Chip)
}

/// Whether a program of the computer has the line open.
pub fn is_open() -> bool {
    with(|board| board.is_open()) == Some(true)
}

/// Takes bytes to be sent, as many as there is room for.
fn write(bytes: &[u8]) -> usize {
    let line = |board: &mut Device| if board.is_open() { board.serial.as_mut().map(|it| it.send(bytes)) } else { None };
    with(line).flatten().unwrap_or(0)
}

/// Sends all of this. Waits for a computer that does not read, but for one that has closed the line, and not past an interrupted program.
pub fn send(mut bytes: &[u8]) {
    while !bytes.is_empty() {
        let sent = write(bytes);
        bytes = &bytes[sent..];
        if sent == 0 {
            if !is_open() || interrupts::is_stopped() {
                return;
            }
            stm32f4::wait_for_interrupt();
        }
    }
}

/// USB, as the classes ask for it.
pub struct Port;

/// USB, if the board has it.
pub fn port() -> Option<&'static Port> {
    (SYSTEM.load(Relaxed) != 0).then_some(&Port)
}

fn shown() -> Option<UsbSettings<'static>> {
    // SAFETY: a field, by value, within `alone`: nobody changes it just now. Who asks has the port, so `start` has filled it.
    alone(|_| unsafe { (*ROOM.0.get()).assume_init_ref() }.shown).flatten()
}

fn keys<R>(body: impl FnOnce(&mut Keys<'static, UsbBus>) -> R) -> Option<R> {
    with(|board| if board.is_connected() { board.keys.as_mut().map(body) } else { None }).flatten()
}

fn described<R>(body: impl FnOnce(&mut Own, &UsbBus, &mut Option<Serial<'static, UsbBus>>) -> R) -> Option<R> {
    with(|board| board.own().map(|(own, bus, serial)| body(own, bus, serial))).flatten()
}

impl machine::Usb for Port {
    fn mode(&self) -> Option<UsbMode> {
        shown().map(|settings| settings.mode)
    }

    fn start(&self, settings: &UsbSettings) {
        if shown() != Some(*settings) {
            alone(|device| show(device, settings));
        }
    }

    fn stop(&self) {
        alone(hide);
    }

    fn is_open(&self) -> bool {
        is_open()
    }

    fn waiting(&self) -> usize {
        interrupts::waiting()
    }

    fn read(&self) -> Option<u8> {
        interrupts::read()
    }

    fn has_room(&self) -> bool {
        with(|board| board.is_open() && board.serial.as_ref().is_some_and(Serial::has_room)) == Some(true)
    }

    fn write(&self, bytes: &[u8]) -> usize {
        write(bytes)
    }

    fn listen(&self, on: bool) {
        LISTENS.store(on, Relaxed);
    }

    fn takes_report(&self) -> bool {
        keys(|keys| keys.is_free()) == Some(true)
    }

    fn report(&self, bytes: &[u8]) -> bool {
        keys(|keys| keys.send(bytes)) == Some(true)
    }

    fn has_report(&self) -> bool {
        keys(|keys| keys.has_report()) == Some(true)
    }

    fn take_report(&self, into: &mut [u8; 64]) -> usize {
        keys(|keys| keys.receive(into)).unwrap_or(0)
    }

    fn appear(&self, serial: bool, endpoints: &[UsbEndpoint]) {
        let mut rows = [Endpoint::default(); own::ENDPOINTS];
        for (row, UsbEndpoint { address, kind, longest, interval }) in rows.iter_mut().zip(endpoints.iter().copied()) {
            *row = Endpoint { address, kind, longest, interval };
        }
        DESCRIBED.store(true, Relaxed);
        alone(|device| {
            let room = hidden_room(device);
            let bus = room.bus.insert(otg::bus(SYSTEM.load(Relaxed), &mut room.memory));
            // Vendor and product stand in the program's description.
            *device = Some(wearing(bus, &room.serial, (0, 0), Wear { serial, disk: None, keys: None, own: Some(rows) }));
        });
    }

    fn event(&self) -> Option<UsbEvent> {
        described(|own, _, _| own.event()).flatten().map(|event| match event {
            Event::Reset => UsbEvent::Reset,
            Event::Configured => UsbEvent::Configured,
            Event::Asked(request) => UsbEvent::Asked(request),
            Event::Left(endpoint) => UsbEvent::Left(endpoint),
        })
    }

    fn put(&self, endpoint: u8, bytes: &[u8]) -> bool {
        described(|own, bus, _| own.put(bus, endpoint, bytes)) == Some(true)
    }

    fn take(&self, endpoint: u8, into: &mut [u8; PACKET]) -> Option<usize> {
        let taken = described(|own, bus, _| own.take(bus, endpoint, into)).flatten();
        if taken.is_some() && WAITING.swap(false, Relaxed) {
            // What came behind it is there now.
            interrupt();
            allow();
        }
        taken
    }

    fn stall(&self, endpoint: u8, stalled: Option<bool>) -> bool {
        described(|own, bus, _| own.stall(bus, endpoint, stalled)) == Some(true)
    }

    fn by_default(&self) {
        described(|own, bus, serial| own.by_default(bus, serial));
    }

    fn wake(&self) -> bool {
        let may = described(|own, _, _| own.may_wake()) == Some(true);
        if may {
            otg::wake(&Chip, SYSTEM.load(Relaxed));
        }
        may
    }
}
