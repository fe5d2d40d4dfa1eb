//! `machine.USBDevice`: the board on USB as the program describes it, with MicroPython's methods; its library's keyboards, mice, serial
//! lines and MIDI (`usb.device`) run on it.
//!
//! The port hands out what happens (`UsbEvent`) and carries packets; here requests become calls of the program's functions, and transfers become
//! packets, between two instructions of the program alone. Of a transfer the object keeps the buffer, so that it lives, and how far it is.
//! The object is the argument of the source `DEVICE`, which keeps it alive until the interpreter starts anew; then the device is gone.

use crate::event::{self, Source};
use crate::hardware::{UsbEndpoint, UsbEvent, absent};
use crate::usb::usb;
use core::cell::Cell;
use core::sync::atomic::Ordering::Relaxed;
use interpreter::object::exception;
use interpreter::object::handle::{Args, Handle, type_word};
use interpreter::object::kind::{Access, Header, Slots, Type};
use interpreter::object::memoryview::MEMORYVIEW;
use interpreter::object::name::Name;
use interpreter::object::resource::{Constant, Resource, constant_type, resource_type};
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), attribute: Some(attribute), ..Slots::NONE };
/// `USBDevice`. State: [0] what `config` was given, in a tuple, or `NONE`, [1] the builtin part, [2] the transfers, [3] its phase.
pub static USB_DEVICE: Type = resource_type(name!(USBDevice), &SLOTS, ROWS);

static BUILTIN_SLOTS: Slots = Slots { attribute: Some(builtin_attribute), ..Slots::NONE };
static BUILTIN_TYPE: Type = constant_type(name!(builtin_driver), &BUILTIN_SLOTS);
/// What the board adds by itself: nothing, or its serial line.
static NOTHING: Constant = Constant { header: Header::of(&BUILTIN_TYPE) };
static SERIAL: Constant = Constant { header: Header::of(&BUILTIN_TYPE) };

/// Names of keyword arguments and of attributes.
pub const MORE: &[&str] = &[
    "desc_dev",
    "desc_cfg",
    "desc_strs",
    "open_itf_cb",
    "reset_cb",
    "control_xfer_cb",
    "xfer_cb",
    "builtin_driver",
    "itf_max",
    "ep_max",
    "str_max",
];

table! { pub ROWS, NAMES, DOCS:
    /// config(desc_dev, desc_cfg, desc_strs=None, open_itf_cb=None, reset_cb=None, control_xfer_cb=None, xfer_cb=None): what the device
    /// is, and what is called for it.
    def config(1..=8, keywords) = config;
    /// active([value]): whether the device is there; shows it to the computer, or takes it away.
    def active(1..=2) = active;
    /// submit_xfer(ep, buffer): begins a transfer, from the buffer or into it; xfer_cb(ep, result, count) is its end. False while no
    /// computer has taken the device in use.
    def submit_xfer(3) = submit;
    /// stall(ep[, stall]): whether an endpoint refuses transfers; sets that.
    def stall(2..=3) = |vm, args| {
        active_device(vm, args.at(0))?;
        let endpoint = endpoint(vm, args.at(1))?;
        let wanted = args.get(2).map(|word| vm.truth(word)).transpose()?;
        Ok(Word::bool(usb(vm)?.stall(endpoint, wanted)))
    };
    /// remote_wakeup(): wakes a computer that sleeps; whether it may be woken.
    def remote_wakeup(1) = |vm, _| Ok(Word::bool(usb(vm)?.wake()));
    /// For builtin_driver: the program's device alone.
    const BUILTIN_NONE = Word::of_static(&NOTHING);
    /// For builtin_driver: what the board adds unless it is told otherwise.
    const BUILTIN_DEFAULT = Word::of_static(&SERIAL);
    /// For builtin_driver: the board's serial line besides.
    const BUILTIN_CDC = Word::of_static(&SERIAL);
    /// The transfer came to its end.
    const XFER_SUCCESS = Word::int(0);
    /// It did not.
    const XFER_FAILED = Word::int(1);
    /// The endpoint refused it.
    const XFER_STALLED = Word::int(2);
}

/// What a device is: vendor, product, version, and the texts 1, 2, 3 for maker, name and number.
const DEVICE: [u8; 18] = [18, 1, 0x00, 0x02, 0, 0, 0, 64, 0x55, 0xF0, 0x02, 0x98, 0x00, 0x02, 1, 2, 3, 1];
/// The configuration of the board's serial line alone, as its driver works: two interfaces, endpoints 1 and 2.
pub const BUILTIN: [u8; 75] = [
    9, 2, 75, 0, 2, 1, 0, 0x80, 125, // a configuration of two interfaces, 250 mA
    8, 11, 0, 2, 2, 2, 0, 0, 9, 4, 0, 0, 1, 2, 2, 0, 0, // which belong together; the one of the modem
    5, 36, 0, 0x10, 0x01, 4, 36, 2, 0, 5, 36, 6, 0, 1, 5, 36, 1, 0, 1, 7, 5, 0x81, 3, 8, 0,
    255, // has functions and an endpoint
    9, 4, 1, 0, 2, 10, 0, 0, 0, 7, 5, 0x82, 2, 64, 0, 0, 7, 5, 0x01, 2, 64, 0, 0, // that of the data has two
];
/// Interfaces and endpoints of the serial line; texts of the board, and the languages.
const LINE: (u8, u8) = (2, 3);
const TEXTS: isize = 4;

// Types of descriptors (USB 2.0 §9.4, table 9-5, and the ECN of associations).
const CONFIGURATION: u8 = 2;
const TEXT: u8 = 3;
const INTERFACE: u8 = 4;
const ENDPOINT: u8 = 5;
const ASSOCIATION: u8 = 11;
const GET_DESCRIPTOR: u8 = 6;

/// Arguments of `config`, by their places in the tuple.
#[derive(Clone, Copy)]
enum Given {
    Device,
    Configuration,
    Texts,
    Open,
    Reset,
    Control,
    Transfer,
}
const GIVEN: usize = 7;

// Phases.
const AWAY: Word = Word::int(0);
const SHOWN: Word = Word::int(1);
const IN_USE: Word = Word::int(2);

/// The highest endpoint: a pyboard's controller has no more (RM0090 §34.3).
const ENDPOINTS: usize = 3;
const FROM_BOARD: u8 = 0x80;
/// The most bytes of a packet, of endpoint 0 always.
const PACKET: usize = 64;

/// Words of a transfer in the tuple of all: first the control transfer's, then two for each endpoint, to the board and from it.
const BUFFER: usize = 0;
const DONE: usize = 1;
const TOTAL: usize = 2;
const LONGEST: usize = 3;
const WORDS: usize = 4;
/// Behind them: where the control transfer is, how much the computer wants or brings, and the request, if it is the program's.
const STAGE: usize = WORDS * (1 + 2 * ENDPOINTS);
const WANTED: usize = STAGE + 1;
const REQUEST: usize = STAGE + 2;

// Where the control transfer is.
const IDLE: Word = Word::int(0);
/// A packet leaves, and more are to follow; the last one has been sent; the computer sends; an empty packet leaves as the end.
const SENDING: Word = Word::int(1);
const SENT: Word = Word::int(2);
const TAKING: Word = Word::int(3);
const ENDING: Word = Word::int(4);
// What the program's function for requests is told (MicroPython's numbers).
const SETUP: isize = 1;
const DATA: isize = 2;
const ACKNOWLEDGED: isize = 3;

/// Events that are handled before the program goes on.
const AT_ONCE: usize = 64;

fn make(vm: &Vm, args: Args) -> Outcome {
    usb(vm)?;
    vm.only_keywords(args, &[])?;
    if let Some(object) = event::argument(vm, Source::DEVICE) {
        return Ok(object);
    }
    let moves = vm.new_tuple(&[Word::NONE; REQUEST + 1])?;
    let object = vm.new_resource(&USB_DEVICE, &[Word::NONE, Word::of_static(&NOTHING), moves, AWAY])?;
    forget(device(vm, object)?);
    event::set_handler(vm, Source::DEVICE, Word::TRUE, object, false)?;
    Ok(object)
}

fn device(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    vm.resource(word, &USB_DEVICE).ok_or_else(|| vm.type_error("a USBDevice is needed"))
}

fn active_device(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    device(vm, word).and_then(|this| if this.state[3].get() == AWAY { Err(vm.os_error(Errno::EINVAL.0)) } else { Ok(this) })
}

/// A word of the transfers.
fn cell(this: Handle<Resource>, index: usize) -> &'static Cell<Word> {
    &Handle::<Tuple>::from(this.state[2].get()).expect("`make` made it").get().tail()[index]
}

fn number(this: Handle<Resource>, index: usize) -> usize {
    cell(this, index).get().int_value() as usize
}

fn set_number(this: Handle<Resource>, index: usize, number: usize) {
    cell(this, index).set(Word::int(number as isize));
}

/// Forgets the transfers, and which endpoints there are.
fn forget(this: Handle<Resource>) {
    (0..STAGE).for_each(|index| cell(this, index).set(if index % WORDS == BUFFER { Word::NONE } else { Word::int(0) }));
    cell(this, STAGE).set(IDLE);
    set_number(this, LONGEST, PACKET);
}

/// What `config` was given for this.
fn given(this: Handle<Resource>, which: Given) -> Word {
    Handle::<Tuple>::from(this.state[0].get()).and_then(|tuple| tuple.at(which as usize)).unwrap_or(Word::NONE)
}

fn has_line(this: Handle<Resource>) -> bool {
    this.state[1].get() == Word::of_static(&SERIAL)
}

/// The address of an endpoint, not of endpoint 0.
fn endpoint(vm: &Vm, word: Word) -> Outcome<u8> {
    let address = vm.index(word)?;
    let is_one = (1..=ENDPOINTS as isize).contains(&(address & !isize::from(FROM_BOARD)));
    if is_one { Ok(address as u8) } else { Err(vm.value_error("ep")) }
}

/// Where the words of an endpoint's transfer begin.
fn place(endpoint: u8) -> usize {
    match usize::from(endpoint & !FROM_BOARD) {
        0 => 0,
        number => WORDS * (2 * number - usize::from(endpoint & FROM_BOARD == 0)),
    }
}

fn config(vm: &Vm, args: Args) -> Outcome {
    let names = [
        name!(desc_dev),
        name!(desc_cfg),
        name!(desc_strs),
        name!(open_itf_cb),
        name!(reset_cb),
        name!(control_xfer_cb),
        name!(xfer_cb),
    ];
    vm.only_keywords(args, &names)?;
    let this = device(vm, args.at(0))?;
    let mut words = [Word::NONE; GIVEN];
    for (index, word) in words.iter_mut().enumerate() {
        *word = args.either(index + 1, names[index]).unwrap_or(Word::NONE);
    }
    for which in [Given::Device, Given::Configuration] {
        vm.buffer(words[which as usize], false)?;
    }
    this.state[0].set(vm.new_tuple(&words)?);
    Ok(Word::NONE)
}

fn active(vm: &Vm, args: Args) -> Outcome {
    let this = device(vm, args.at(0))?;
    let was = this.state[3].get() != AWAY;
    let wanted = args.get(1).map_or(Ok(was), |word| vm.truth(word))?;
    if wanted && !was {
        if this.state[0].get() == Word::NONE && !has_line(this) {
            return Err(vm.os_error(Errno::EINVAL.0));
        }
        show(vm, this)?;
        this.state[3].set(SHOWN);
    } else if was && !wanted {
        usb(vm)?.stop();
        this.state[3].set(AWAY);
    }
    Ok(Word::bool(was))
}

/// Shows the device, with the endpoints that its description has.
fn show(vm: &Vm, this: Handle<Resource>) -> Outcome<()> {
    forget(this);
    let (mut endpoints, mut count, mut at) = ([UsbEndpoint::default(); 2 * ENDPOINTS], 0, 0);
    while let Some([length, kind, address, attributes, low, high, interval, _]) = descriptor(vm, this, at)? {
        at += usize::from(length);
        let number = address & !FROM_BOARD;
        if kind != ENDPOINT || (has_line(this) && number < LINE.1) {
            continue;
        }
        let longest = usize::from(u16::from_le_bytes([low, high]));
        let is_one = (1..=ENDPOINTS).contains(&number.into()) && attributes & 3 >= 2 && (1..=PACKET).contains(&longest);
        if !is_one {
            return Err(absent(vm));
        }
        // Another setting of an interface may have the same one again.
        let words = place(address);
        if number_is_free(this, words) {
            endpoints[count] = UsbEndpoint { address, kind: attributes & 3, longest: longest as u8, interval };
            count += 1;
            set_number(this, words + LONGEST, longest);
        }
    }
    usb(vm)?.appear(has_line(this), &endpoints[..count]);
    Ok(())
}

fn number_is_free(this: Handle<Resource>, words: usize) -> bool {
    number(this, words + LONGEST) == 0
}

/// The beginning of the descriptor at a place of the configuration; `None` behind the last one.
fn descriptor(vm: &Vm, this: Handle<Resource>, at: usize) -> Outcome<Option<[u8; 8]>> {
    let configuration = given(this, Given::Configuration);
    if configuration == Word::NONE {
        return Ok(None);
    }
    let rest = vm.buffer(configuration, false)?.bytes.get(at..).unwrap_or(&[]);
    let mut start = [0; 8];
    start.iter_mut().zip(rest).for_each(|(to, from)| *to = from.get());
    Ok((start[0] >= 2 && usize::from(start[0]) <= rest.len()).then_some(start))
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Some(this) = vm.resource(word, &USB_DEVICE).filter(|_| name == name!(builtin_driver)) else { return Ok(Word::UNSET) };
    match access {
        Access::Load => Ok(this.state[1].get()),
        Access::Store(_) if this.state[3].get() != AWAY => Err(vm.os_error(Errno::EINVAL.0)),
        Access::Store(builtin) if [Word::of_static(&NOTHING), Word::of_static(&SERIAL)].contains(&builtin) => {
            this.state[1].set(builtin);
            Ok(Word::NONE)
        }
        _ => Err(vm.value_error("builtin_driver is one of USBDevice.BUILTIN_NONE, BUILTIN_DEFAULT, BUILTIN_CDC")),
    }
}

fn builtin_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let is_line = word == Word::of_static(&SERIAL);
    match name {
        _ if !matches!(access, Access::Load) => Ok(Word::UNSET),
        it if it == name!(itf_max) => Ok(Word::int(if is_line { LINE.0.into() } else { 0 })),
        it if it == name!(ep_max) => Ok(Word::int(if is_line { LINE.1.into() } else { 0 })),
        it if it == name!(str_max) => Ok(Word::int(if is_line { TEXTS } else { 1 })),
        it if it == name!(desc_dev) => vm.new_bytes(&DEVICE),
        it if it == name!(desc_cfg) => vm.new_bytes(if is_line { &BUILTIN } else { &[] }),
        _ => Ok(Word::UNSET),
    }
}

fn submit(vm: &Vm, args: Args) -> Outcome {
    let (this, buffer) = (active_device(vm, args.at(0))?, args.at(2));
    let endpoint = endpoint(vm, args.at(1))?;
    let total = vm.buffer(buffer, endpoint & FROM_BOARD == 0)?.bytes.len();
    let words = place(endpoint);
    if this.state[3].get() != IN_USE || number_is_free(this, words) {
        return Ok(Word::FALSE);
    }
    if cell(this, words + BUFFER).get() != Word::NONE {
        return Err(vm.os_error(Errno::EBUSY.0));
    }
    begin(this, words, buffer, total);
    if endpoint & FROM_BOARD == 0 {
        // It may have come already.
        event::note(Source::DEVICE);
        vm.port.pending().store(true, Relaxed);
    } else if !send(vm, this, endpoint)? {
        cell(this, words + BUFFER).set(Word::NONE);
        return Ok(Word::FALSE);
    }
    Ok(Word::TRUE)
}

fn begin(this: Handle<Resource>, words: usize, buffer: Word, total: usize) {
    cell(this, words + BUFFER).set(buffer);
    set_number(this, words + DONE, 0);
    set_number(this, words + TOTAL, total);
}

/// Sends the next packet of a transfer.
fn send(vm: &Vm, this: Handle<Resource>, endpoint: u8) -> Outcome<bool> {
    let words = place(endpoint);
    let (done, total) = (number(this, words + DONE), number(this, words + TOTAL));
    let bytes = vm.buffer(cell(this, words + BUFFER).get(), false)?.bytes;
    let rest = bytes.get(done..total.min(bytes.len())).unwrap_or(&[]);
    let (mut packet, count) = ([0; PACKET], rest.len().min(number(this, words + LONGEST)));
    packet.iter_mut().zip(&rest[..count]).for_each(|(to, from)| *to = from.get());
    let sent = usb(vm)?.put(endpoint, &packet[..count]);
    set_number(this, words + DONE, done + if sent { count } else { 0 });
    Ok(sent)
}

/// Takes the packet that has come for a transfer; whether there was one, and whether it was the last.
fn take(vm: &Vm, this: Handle<Resource>, endpoint: u8) -> Outcome<Option<bool>> {
    let words = place(endpoint);
    let (buffer, done, total) = (cell(this, words + BUFFER).get(), number(this, words + DONE), number(this, words + TOTAL));
    if buffer == Word::NONE {
        return Ok(None);
    }
    let mut packet = [0; PACKET];
    let Some(count) = usb(vm)?.take(endpoint, &mut packet) else { return Ok(None) };
    let cells = vm.buffer(buffer, true)?.bytes;
    let room = cells.get(done..total.min(cells.len())).unwrap_or(&[]);
    room.iter().zip(&packet[..count]).for_each(|(to, from)| to.set(*from));
    let done = (done + count).min(total);
    set_number(this, words + DONE, done);
    Ok(Some(done == total || count < number(this, words + LONGEST)))
}

/// Calls one of the program's functions; what it raises is printed, and `FALSE` is its answer.
fn call(vm: &Vm, this: Handle<Resource>, which: Given, arguments: &[Word]) -> Outcome {
    let function = given(this, which);
    if function == Word::NONE {
        return Ok(Word::FALSE);
    }
    vm.call(function, arguments).or_else(|raised| vm.print_aside(raised).map(|()| Word::FALSE))
}

/// Does what has happened to the device. The port's `attend` comes here.
///
/// # Errors
/// What is no `Exception`.
pub fn run_due(vm: &Vm) -> Outcome<()> {
    let Some(this) = event::argument(vm, Source::DEVICE).and_then(|object| vm.resource(object, &USB_DEVICE)) else {
        return Ok(());
    };
    for _ in 0..AT_ONCE {
        match step(vm, this) {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(raised) => vm.print_aside(raised)?,
        }
    }
    // The computer does not stop: the program goes on first.
    event::note(Source::DEVICE);
    vm.port.pending().store(true, Relaxed);
    Ok(())
}

/// One thing that has happened; whether there was one.
fn step(vm: &Vm, this: Handle<Resource>) -> Outcome<bool> {
    let event = usb(vm)?.event();
    if this.state[3].get() == AWAY {
        return Ok(event.is_some());
    }
    match event {
        None => return take_all(vm, this),
        Some(UsbEvent::Reset) => {
            (1..=ENDPOINTS as u8).flat_map(|number| [number, number | FROM_BOARD]).for_each(|endpoint| {
                cell(this, place(endpoint) + BUFFER).set(Word::NONE);
            });
            cell(this, STAGE).set(IDLE);
            this.state[3].set(SHOWN);
            call(vm, this, Given::Reset, &[])?;
        }
        Some(UsbEvent::Configured) => {
            this.state[3].set(IN_USE);
            open(vm, this)?;
        }
        Some(UsbEvent::Asked(request)) => asked(vm, this, request)?,
        Some(UsbEvent::Left(FROM_BOARD)) => match cell(this, STAGE).get() {
            it if it == SENDING => answer_on(vm, this)?,
            it if it == ENDING => end(vm, this)?,
            _ => {}
        },
        Some(UsbEvent::Left(endpoint)) => {
            let words = place(endpoint);
            if cell(this, words + BUFFER).get() == Word::NONE {
            } else if number(this, words + DONE) < number(this, words + TOTAL) {
                send(vm, this, endpoint)?;
            } else {
                complete(vm, this, endpoint)?;
            }
        }
    }
    Ok(true)
}

/// A transfer has come to its end.
fn complete(vm: &Vm, this: Handle<Resource>, endpoint: u8) -> Outcome<()> {
    let words = place(endpoint);
    cell(this, words + BUFFER).set(Word::NONE);
    let count = cell(this, words + DONE).get();
    call(vm, this, Given::Transfer, &[Word::int(endpoint.into()), Word::int(0), count]).map(drop)
}

/// Takes what has come; whether something had.
fn take_all(vm: &Vm, this: Handle<Resource>) -> Outcome<bool> {
    let stage = cell(this, STAGE).get();
    if stage == SENDING || stage == SENT {
        // An empty packet: the computer has what it wanted.
        if usb(vm)?.take(0, &mut [0; PACKET]).is_some() {
            told(vm, this, DATA)?;
            end(vm, this)?;
            return Ok(true);
        }
    } else if stage == TAKING
        && let Some(is_last) = take(vm, this, 0)?
    {
        if is_last {
            let goes_on = told(vm, this, DATA)?;
            finish(vm, this, goes_on)?;
        }
        return Ok(true);
    }
    for endpoint in 1..=ENDPOINTS as u8 {
        if let Some(is_last) = take(vm, this, endpoint)? {
            if is_last {
                complete(vm, this, endpoint)?;
            }
            return Ok(true);
        }
    }
    Ok(false)
}

/// Shows the program its interfaces, those that belong together at once.
fn open(vm: &Vm, this: Handle<Resource>) -> Outcome<()> {
    let (first, mut at, mut together) = (if has_line(this) { LINE.0 } else { 0 }, 0, 1);
    while let Some([length, kind, interface, other, ..]) = descriptor(vm, this, at)? {
        let mut end = at + usize::from(length);
        if kind == ASSOCIATION {
            together = other;
        } else if kind == INTERFACE {
            let mut left = core::mem::replace(&mut together, 1);
            if interface >= first {
                while let Some([length, kind, _, setting, ..]) = descriptor(vm, this, end)? {
                    left -= u8::from(kind == INTERFACE && setting == 0 && left > 0);
                    if left == 0 || kind == ASSOCIATION {
                        break;
                    }
                    end += usize::from(length);
                }
                let view = vm.call(type_word(&MEMORYVIEW), &[given(this, Given::Configuration)])?;
                let span = vm.new_slice(Word::int(at as isize), Word::int(end as isize), Word::NONE)?;
                let part = vm.item(view, span)?;
                call(vm, this, Given::Open, &[part])?;
            }
        }
        at = end;
    }
    Ok(())
}

/// The computer asks for something: what the device is, or what the program alone can answer.
fn asked(vm: &Vm, this: Handle<Resource>, request: [u8; 8]) -> Outcome<()> {
    let [kind, what, index, descriptor, ..] = request;
    cell(this, STAGE).set(IDLE);
    cell(this, REQUEST).set(Word::NONE);
    let answer = match (kind, what) {
        (FROM_BOARD, GET_DESCRIPTOR) => described(vm, this, descriptor, index),
        _ => {
            cell(this, REQUEST).set(vm.new_bytes(&request)?);
            tell(vm, this, SETUP)
        }
    };
    let answer = answer.or_else(|raised| vm.print_aside(raised).map(|()| Word::FALSE))?;
    let length = usize::from(u16::from_le_bytes([request[6], request[7]]));
    set_number(this, WANTED, length);
    let (from_board, is_data) = (kind & FROM_BOARD != 0, ![Word::NONE, Word::FALSE, Word::TRUE].contains(&answer));
    if is_data {
        let total = vm.buffer(answer, !from_board)?.bytes.len().min(length);
        begin(this, 0, answer, total);
        if from_board {
            return answer_on(vm, this);
        }
        if total < length {
            return finish(vm, this, false);
        }
        if total > 0 {
            cell(this, STAGE).set(TAKING);
            return Ok(());
        }
    } else if answer == Word::TRUE && from_board && length > 0 {
        cell(this, STAGE).set(SENT);
        usb(vm)?.put(FROM_BOARD, &[]);
        return Ok(());
    } else if answer != Word::TRUE {
        usb(vm)?.by_default();
        return Ok(());
    }
    finish(vm, this, true)
}

/// Ends a request that brought something, or refuses it.
fn finish(vm: &Vm, this: Handle<Resource>, goes_on: bool) -> Outcome<()> {
    let usb = usb(vm)?;
    if goes_on && usb.put(FROM_BOARD, &[]) {
        cell(this, STAGE).set(ENDING);
    } else {
        cell(this, STAGE).set(IDLE);
        usb.stall(0, Some(true));
    }
    Ok(())
}

/// Sends the next packet of an answer. The last one is not full, or has all that was asked for.
fn answer_on(vm: &Vm, this: Handle<Resource>) -> Outcome<()> {
    let before = number(this, DONE);
    send(vm, this, FROM_BOARD)?;
    let done = number(this, DONE);
    let is_last = done - before < PACKET || done == number(this, WANTED);
    cell(this, STAGE).set(if is_last { SENT } else { SENDING });
    Ok(())
}

/// A request has come to its end.
fn end(vm: &Vm, this: Handle<Resource>) -> Outcome<()> {
    cell(this, STAGE).set(IDLE);
    told(vm, this, ACKNOWLEDGED)?;
    cell(this, BUFFER).set(Word::NONE);
    Ok(())
}

/// Tells the program how far its request is; its answer.
fn tell(vm: &Vm, this: Handle<Resource>, stage: isize) -> Outcome {
    let view = vm.call(type_word(&MEMORYVIEW), &[cell(this, REQUEST).get()])?;
    call(vm, this, Given::Control, &[Word::int(stage), view])
}

/// The same, where the request is the program's; whether it is to go on.
fn told(vm: &Vm, this: Handle<Resource>, stage: isize) -> Outcome<bool> {
    if cell(this, REQUEST).get() == Word::NONE {
        return Ok(true);
    }
    tell(vm, this, stage).and_then(|answer| vm.truth(answer))
}

/// A descriptor of the program's, or `NONE` for the board's own.
fn described(vm: &Vm, this: Handle<Resource>, kind: u8, index: u8) -> Outcome {
    let own =
        |which, other: &[u8]| Some(given(this, which)).filter(|it| *it != Word::NONE).map_or_else(|| vm.new_bytes(other), Ok);
    match kind {
        TEXT => text(vm, given(this, Given::Texts), index),
        CONFIGURATION => own(Given::Configuration, &BUILTIN),
        _ => own(Given::Device, &DEVICE),
    }
}

/// The descriptor of one of the program's texts, or `NONE`. Text 0 is the languages, a descriptor already.
fn text(vm: &Vm, texts: Word, index: u8) -> Outcome {
    if texts == Word::NONE {
        return Ok(Word::NONE);
    }
    let text = match vm.item(texts, Word::int(index.into())) {
        Ok(text) => text,
        Err(raised) => {
            let exception = vm.take_raised(raised);
            let is_missing = vm.is_instance(exception, &exception::LOOKUP_ERROR);
            return if is_missing { Ok(Word::NONE) } else { Err(vm.raise_word(exception)) };
        }
    };
    if text == Word::NONE || index == 0 {
        return Ok(text);
    }
    let mut units = [0; 254];
    let cells = vm.buffer(text, false)?.bytes;
    let places = units[2..].chunks_exact_mut(2).zip(cells);
    let count = places.map(|(place, cell)| place[0] = cell.get()).count();
    let length = 2 + 2 * count;
    units[..2].copy_from_slice(&[length as u8, TEXT]);
    vm.new_bytes(&units[..length])
}
