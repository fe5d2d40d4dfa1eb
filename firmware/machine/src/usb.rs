//! `pyb.usb_mode`, `pyb.USB_VCP` and `pyb.USB_HID`: what the board is to a computer.
//!
//! USB itself is no object: `usb_mode` says what the board shows, and the objects reach the parts of that. The serial line is the prompt's
//! as well, so a program and the prompt read the same bytes. The disk needs no class: it is the board's own blocks (`Flash`), and the port serves
//! it. As in MicroPython, a mode outlives a soft reset. Unlike there, another mode takes effect at once, without `usb_mode(None)` before it.

use crate::event::{self, Source};
use crate::flash::FLASH;
use crate::hardware::{Usb, UsbMode, UsbSettings, absent, hardware};
use core::cell::Cell;
use interpreter::object::bytearray::BYTEARRAY;
use interpreter::object::bytes::BYTES;
use interpreter::object::handle::{Args, Handle, StaticBytes, StaticTuple, type_word};
use interpreter::object::kind::{Header, Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::tuple::TUPLE;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vfs::stream::{self, Operations, Stream, derived_type, poll};
use interpreter::vm::{Outcome, Vm};

static VCP_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_vcp(vm, args)), print: Some(print), ..stream::SHARED };
/// `USB_VCP`. State: [0] 0, [1] `NONE` (it is never closed), [2] what `init` was told of flow.
pub static USB_VCP: Type = derived_type(name!(USB_VCP), &VCP_SLOTS, ROWS);

static HID_SLOTS: Slots = Slots { make: Some(|vm, _, args| make_hid(vm, args)), ..stream::SHARED };
/// `USB_HID`: as a stream it can be polled, and no more.
pub static USB_HID: Type = derived_type(name!(USB_HID), &HID_SLOTS, hid_rows::ROWS);

/// Names of keyword arguments, and of modes.
pub const MORE: &[&str] = &[
    "id",
    "flow",
    "timeout",
    "handler",
    "trigger",
    "hard",
    "mode",
    "port",
    "vid",
    "pid",
    "msc",
    "hid",
    "high_speed",
    "VCP",
    "MSC",
    "VCP+MSC",
    "VCP+HID",
];

table! { pub ROWS, NAMES, DOCS:
    /// init(*, flow=-1): USB_VCP.CTS makes `write` take no more than fits at once; by RTS nothing changes, since USB loses nothing.
    def init(1, keywords) = |vm, args| {
        vm.only_keywords(args, &[name!(flow)])?;
        match vm.index_or(args.keyword(name!(flow)), -1)? {
            -1 => {}
            flow => vcp(vm, args.at(0))?.state[2].set(Word::int(flow & (RTS | CTS))),
        }
        Ok(Word::NONE)
    };
    /// setinterrupt(chr): the character that stops a running program; -1 for none.
    def setinterrupt(2) = |vm, args| {
        let character = vm.index(args.at(1))?;
        vm.port.set_interrupt(u8::try_from(character).ok());
        Ok(Word::NONE)
    };
    /// isconnected(): whether a program of the computer has opened the line.
    def isconnected(1) = |vm, _| Ok(Word::bool(usb(vm)?.is_open()));
    /// any(): whether characters wait to be read.
    def any(1) = |vm, _| Ok(Word::bool(usb(vm)?.waiting() > 0));
    /// send(data, *, timeout=5000): sends bytes, or a number as one; how many went out before nobody read for so many ms.
    def send(2, keywords) = send;
    /// recv(data, *, timeout=5000): fills a buffer and answers how much came, or receives so many bytes; each may take that long, in ms.
    def recv(2, keywords) = receive;
    /// irq(handler=None, trigger=IRQ_RX, hard=False): calls handler(vcp) when something has come; None ends that.
    def irq(1..=4, keywords) = irq;
    /// In flow=: the board says when it can take no more.
    const RTS = Word::int(RTS);
    /// In flow=: a write takes no more than there is room for.
    const CTS = Word::int(CTS);
    /// When something has come.
    const IRQ_RX = Word::int(IRQ_RX);
}

/// Methods of `USB_HID`.
pub mod hid_rows {
    use super::{hid_receive, report};
    use interpreter::table;
    table! { pub ROWS, NAMES, DOCS:
        /// send(report): sends a report, bytes or a list of numbers; its length, or 0 while the one before has not left.
        def send(2) = |vm, args| report(vm, args.at(1));
        /// recv(data, *, timeout=5000): the report that the computer has sent, into a buffer or as so many bytes at the most.
        def recv(2, keywords) = hid_receive;
    }
}

const RTS: isize = 1;
const CTS: isize = 2;
const IRQ_RX: isize = 1;
/// Milliseconds that a write waits for a computer that does not read, as in MicroPython.
const PATIENCE: u64 = 500;
/// Milliseconds that `send` and `recv` wait unless they are told.
const TIMEOUT: isize = 5000;

/// What a board is to a computer that says nothing else.
const VENDOR: isize = 0xF055;

/// The modes: their names, old ones too, and which product such a board is.
static MODES: [(Name, &str, UsbMode, u16); 4] = [
    (name!("VCP+MSC"), "CDC+MSC", UsbMode::SerialDisk, 0x9800),
    (name!("VCP+HID"), "CDC+HID", UsbMode::SerialInput, 0x9801),
    (name!(VCP), "CDC", UsbMode::Serial, 0x9802),
    (name!(MSC), "MSC", UsbMode::Disk, 0x9803),
];

/// What a board shows that no program has told otherwise.
pub const DEFAULT: UsbSettings<'static> =
    UsbSettings { mode: UsbMode::SerialDisk, vendor: VENDOR as u16, product: 0x9800, input: [0; 4], report: &[] };

/// Three buttons, two axes and a wheel, in four bytes (HID 1.11, appendix E.10).
static MOUSE_REPORT: StaticBytes<52> = StaticBytes::new(
    &BYTES,
    [
        0x05, 0x01, 0x09, 0x02, 0xA1, 0x01, 0x09, 0x01, 0xA1, 0x00, // a mouse, whose pointer has
        0x05, 0x09, 0x19, 0x01, 0x29, 0x03, 0x15, 0x00, 0x25, 0x01, 0x95, 0x03, 0x75, 0x01, 0x81,
        0x02, // three buttons, a bit each
        0x95, 0x01, 0x75, 0x05, 0x81, 0x01, // five bits that mean nothing
        0x05, 0x01, 0x09, 0x30, 0x09, 0x31, 0x09, 0x38, 0x15, 0x81, 0x25, 0x7F, 0x75, 0x08, 0x95, 0x03, 0x81,
        0x06, // x, y, wheel
        0xC0, 0xC0,
    ],
);
/// Keys that are held, six at the most, and lights (HID 1.11, appendix E.6).
static KEYBOARD_REPORT: StaticBytes<63> = StaticBytes::new(
    &BYTES,
    [
        0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, // a keyboard
        0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95, 0x08, 0x81,
        0x02, // shift and its like
        0x95, 0x01, 0x75, 0x08, 0x81, 0x01, // a byte that means nothing
        0x95, 0x05, 0x75, 0x01, 0x05, 0x08, 0x19, 0x01, 0x29, 0x05, 0x91, 0x02, 0x95, 0x01, 0x75, 0x03, 0x91,
        0x01, // five lights
        0x95, 0x06, 0x75, 0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81, 0x00, // six keys
        0xC0,
    ],
);

const fn input(protocol: isize, longest: isize, report: Word) -> StaticTuple<5> {
    StaticTuple::new(&TUPLE, [Word::int(1), Word::int(protocol), Word::int(longest), Word::int(8), report])
}

/// `hid_mouse`: subclass, protocol, the most bytes of a report, how often it is asked for in ms, what stands where in it.
pub static MOUSE: StaticTuple<5> = input(2, 4, Word::of_static(&MOUSE_REPORT));
/// `hid_keyboard`: the same.
pub static KEYBOARD: StaticTuple<5> = input(1, 8, Word::of_static(&KEYBOARD_REPORT));

static OPERATIONS: Operations = Operations {
    read: |vm, _, buffer| {
        let usb = usb(vm)?;
        let came = buffer.iter_mut().map_while(|byte| usb.read().map(|came| *byte = came)).count();
        if came == 0 && !buffer.is_empty() { Err(vm.os_error(Errno::EAGAIN.0)) } else { Ok(came) }
    },
    write: |vm, stream, bytes| {
        if stream.state[2].get().int_value() & CTS != 0 {
            let sent = usb(vm)?.write(bytes);
            return if sent == 0 && !bytes.is_empty() { Err(vm.os_error(Errno::EAGAIN.0)) } else { Ok(sent) };
        }
        // What nobody reads is lost, as everything that is printed.
        if usb(vm)?.is_open() {
            transmit(vm, bytes, PATIENCE)?;
        }
        Ok(bytes.len())
    },
    seekable: false,
    seek: stream::not_seekable,
    flush: |_, _| Ok(()),
    close: |_, _| Ok(()),
    poll: |vm, _, wanted| {
        let usb = usb(vm)?;
        Ok(wanted & poll::ready(usb.waiting() > 0, usb.has_room()))
    },
    descriptor: stream::no_descriptor,
};

static HID_OPERATIONS: Operations = Operations {
    // It is written by `send` and read by `recv`.
    read: |vm, _, _| Err(vm.os_error(Errno::EINVAL.0)),
    write: |vm, _, _| Err(vm.os_error(Errno::EINVAL.0)),
    seekable: false,
    seek: stream::not_seekable,
    flush: |_, _| Ok(()),
    close: |_, _| Ok(()),
    poll: |vm, _, wanted| {
        let usb = usb(vm)?;
        Ok(wanted & poll::ready(usb.has_report(), usb.takes_report()))
    },
    descriptor: stream::no_descriptor,
};

pub(crate) fn usb(vm: &Vm) -> Outcome<&'static dyn Usb> {
    hardware(vm)?.usb().ok_or_else(|| absent(vm))
}

fn vcp(vm: &Vm, word: Word) -> Outcome<Handle<Stream>> {
    let stream = stream::stream(vm, word)?;
    if core::ptr::eq(stream.header.0.get(), &USB_VCP) { Ok(stream) } else { Err(vm.type_error("a USB_VCP is needed")) }
}

fn new_stream(vm: &Vm, ty: &'static Type, operations: &'static Operations) -> Outcome {
    let state = [Word::int(0), Word::NONE, Word::int(0)].map(Cell::new);
    Ok(vm.new_object(Stream { header: Header::of(ty), operations, state, text: false })?.word())
}

/// The line's object; there is one.
fn make_vcp(vm: &Vm, args: Args) -> Outcome {
    usb(vm)?;
    vm.only_keywords(args, &[name!(id)])?;
    if vm.index_or(args.either(0, name!(id)), 0)? != 0 {
        return Err(vm.value_error("there is USB_VCP(0)"));
    }
    if let Some(object) = event::argument(vm, Source::USB) {
        return Ok(object);
    }
    let object = new_stream(vm, &USB_VCP, &OPERATIONS)?;
    event::set_handler(vm, Source::USB, Word::TRUE, object, false)?;
    Ok(object)
}

fn make_hid(vm: &Vm, args: Args) -> Outcome {
    usb(vm)?;
    vm.expect_count(args, 0, 0)?;
    new_stream(vm, &USB_HID, &HID_OPERATIONS)
}

/// Waits so many milliseconds for something.
fn wait(vm: &Vm, milliseconds: u64, done: &dyn Fn() -> bool) -> Outcome<bool> {
    let deadline = vm.port.now() + milliseconds * 1000;
    while !done() {
        if vm.port.now() >= deadline {
            return Ok(false);
        }
        vm.poll()?;
        vm.idle(Some(deadline));
    }
    Ok(true)
}

/// Sends bytes, each as soon as there is room, but not later than in so many milliseconds; how many went.
fn transmit(vm: &Vm, bytes: &[u8], milliseconds: u64) -> Outcome<usize> {
    let (usb, mut sent) = (usb(vm)?, 0);
    while sent < bytes.len() {
        match usb.write(&bytes[sent..]) {
            0 if !wait(vm, milliseconds, &|| usb.has_room())? => break,
            count => sent += count,
        }
    }
    Ok(sent)
}

fn timeout(vm: &Vm, args: Args) -> Outcome<u64> {
    vm.only_keywords(args, &[name!(timeout)])?;
    Ok(vm.index_or(args.keyword(name!(timeout)), TIMEOUT)?.max(0) as u64)
}

fn send(vm: &Vm, args: Args) -> Outcome {
    let timeout = timeout(vm, args)?;
    if let Some(byte) = args.at(1).as_int() {
        return Ok(Word::int(transmit(vm, &[byte as u8], timeout)? as isize));
    }
    let (mut at, mut piece) = (0, [0; 64]);
    loop {
        // Waiting may have run Python: the buffer is looked up again.
        let bytes = vm.buffer(args.at(1), false)?.bytes.get(at..).unwrap_or_default();
        let count = bytes.len().min(piece.len());
        piece.iter_mut().zip(bytes).for_each(|(to, from)| *to = from.get());
        let sent = transmit(vm, &piece[..count], timeout)?;
        at += sent;
        if sent < piece.len() {
            return Ok(Word::int(at as isize));
        }
    }
}

/// What `recv` is to fill: the buffer that was given, or so many bytes.
fn target(vm: &Vm, args: Args) -> Outcome {
    match args.at(1).as_int() {
        Some(_) => vm.call(type_word(&BYTEARRAY), &[args.at(1)]),
        None => Ok(args.at(1)),
    }
}

/// What `recv` answers that has filled so much of its target.
fn received(vm: &Vm, args: Args, target: Word, count: usize) -> Outcome {
    if target == args.at(1) {
        return Ok(Word::int(count as isize));
    }
    let bytes = vm.buffer(target, false)?.bytes;
    vm.new_bytes_from_cells(&bytes[..count.min(bytes.len())])
}

fn receive(vm: &Vm, args: Args) -> Outcome {
    let (timeout, usb, target) = (timeout(vm, args)?, usb(vm)?, target(vm, args)?);
    let mut count = 0;
    while count < vm.buffer(target, true)?.bytes.len() && wait(vm, timeout, &|| usb.waiting() > 0)? {
        // Waiting may have run Python: the buffer is looked up again, and another reader may have been faster.
        if let Some(cell) = vm.buffer(target, true)?.bytes.get(count)
            && let Some(byte) = usb.read()
        {
            cell.set(byte);
            count += 1;
        }
    }
    received(vm, args, target, count)
}

fn irq(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(handler), name!(trigger), name!(hard)])?;
    let object = vcp(vm, args.at(0))?.word();
    if args.len() == 1 && args.keyword_count() == 0 {
        return Ok(Word::NONE);
    }
    let option = |index, name| args.either(index, name);
    let trigger = option(2, name!(trigger)).map_or(Ok(IRQ_RX), |word| vm.index(word))?;
    if !matches!(trigger, 0 | IRQ_RX) {
        return Err(vm.value_error("the trigger is USB_VCP.IRQ_RX"));
    }
    if option(3, name!(hard)).map_or(Ok(false), |word| vm.truth(word))? {
        return Err(vm.value_error("a handler of USB is no hard one"));
    }
    let handler = option(1, name!(handler)).filter(|handler| trigger != 0 && *handler != Word::NONE);
    usb(vm)?.listen(false);
    event::set_handler(vm, Source::USB, handler.unwrap_or(Word::TRUE), object, false)?;
    usb(vm)?.listen(handler.is_some());
    Ok(Word::NONE)
}

/// Sends a report: bytes, or numbers in a list or tuple.
///
/// # Errors
/// `TypeError`, and `ValueError` for one that is too long.
pub fn report(vm: &Vm, word: Word) -> Outcome {
    let mut bytes = [0; 64];
    let mut count = 0;
    let mut put = |byte: u8| {
        let place = bytes.get_mut(count).ok_or_else(|| vm.value_error("a report has 64 bytes at the most"))?;
        (*place, count) = (byte, count + 1);
        Ok(())
    };
    match vm.buffer(word, false) {
        Ok(buffer) => buffer.bytes.iter().try_for_each(|cell| put(cell.get()))?,
        Err(raised) => {
            vm.take_raised(raised);
            vm.for_each(word, &mut |item| put(vm.index(item)? as u8))?;
        }
    }
    Ok(Word::int(if usb(vm)?.report(&bytes[..count]) { count as isize } else { 0 }))
}

fn hid_receive(vm: &Vm, args: Args) -> Outcome {
    let (timeout, usb, target) = (timeout(vm, args)?, usb(vm)?, target(vm, args)?);
    let mut bytes = [0; 64];
    let came = if wait(vm, timeout, &|| usb.has_report())? { usb.take_report(&mut bytes) } else { 0 };
    let cells = vm.buffer(target, true)?.bytes;
    let count = came.min(cells.len());
    cells.iter().zip(&bytes[..count]).for_each(|(cell, byte)| cell.set(*byte));
    received(vm, args, target, count)
}

/// `have_cdc()`: `USB_VCP().isconnected()`, by its old name.
///
/// # Errors
/// None: where there is no USB, nobody is connected.
pub fn have_cdc(vm: &Vm, _: Args) -> Outcome {
    Ok(Word::bool(hardware(vm)?.usb().is_some_and(Usb::is_open)))
}

/// `usb_mode([mode], *, port=-1, vid=0xf055, pid=-1, msc=(), hid=hid_mouse, high_speed=False)`.
///
/// # Errors
/// `ValueError` for a mode, a disk or a report that the board cannot have; `OSError(ENODEV)` where it has no USB.
pub fn usb_mode(vm: &Vm, args: Args) -> Outcome {
    let names = [name!(mode), name!(port), name!(vid), name!(pid), name!(msc), name!(hid), name!(high_speed)];
    vm.only_keywords(args, &names)?;
    let usb = usb(vm)?;
    let Some(wanted) = args.either(0, name!(mode)) else {
        let shown = MODES.iter().find(|row| Some(row.2) == usb.mode());
        return Ok(shown.map_or(Word::NONE, |row| Word::name(row.0)));
    };
    if wanted == Word::NONE {
        usb.stop();
        return Ok(Word::NONE);
    }
    let text = vm.as_text(wanted).ok_or_else(|| vm.type_error("a mode is a str or None"))?;
    let Some((_, _, mode, product)) = MODES.iter().find(|row| text == vm.name_text(row.0) || text == row.1).copied() else {
        return Err(vm.value_error("the modes are 'VCP', 'MSC', 'VCP+MSC', 'VCP+HID' and None"));
    };
    let number = |name, default| vm.index_or(args.keyword(name), default);
    let vendor = number(name!(vid), VENDOR)? as u16;
    let product = match number(name!(pid), -1)? {
        -1 => product,
        product => product as u16,
    };
    if let Some(units) = args.keyword(name!(msc)) {
        let mut count = 0;
        vm.for_each(units, &mut |unit| {
            count += 1;
            let is_flash = core::ptr::eq(vm.type_of(unit), &FLASH) || unit == type_word(&FLASH);
            if is_flash && count == 1 { Ok(()) } else { Err(vm.value_error("the disk is one pyb.Flash()")) }
        })?;
    }
    let (mut input, mut bytes) = ([0; 4], [0; UsbSettings::LONGEST]);
    let mut length = 0;
    if mode == UsbMode::SerialInput {
        let given = args.keyword(name!(hid)).unwrap_or(Word::of_static(&MOUSE));
        for (index, number) in input.iter_mut().enumerate() {
            *number = vm.index(vm.item(given, Word::int(index as isize))?)? as u8;
        }
        let report = vm.item(given, Word::int(4))?;
        let cells = vm.buffer(report, false)?.bytes;
        length = cells.len();
        if length > bytes.len() || !(1..=64).contains(&input[2]) {
            return Err(vm.value_error("a report has 1 to 64 bytes, and its description 128 at the most"));
        }
        bytes.iter_mut().zip(cells).for_each(|(to, from)| *to = from.get());
    }
    usb.start(&UsbSettings { mode, vendor, product, input, report: &bytes[..length] });
    Ok(Word::NONE)
}

fn print(vm: &Vm, _: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    out.text(vm, "USB_VCP(0)")
}
