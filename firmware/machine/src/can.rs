//! `pyb.CAN`: messages on a bus of many.
//!
//! A program is told of messages by what it gives to `rxcallback`: an event calls a native object, which calls that with the bus and
//! the reason. Filters are made in the layout in which this kind of controller compares them (RM0090 §32.7.4).

use crate::event::{self, Source};
use crate::hardware::{CanFilter, CanMessage, CanSettings, Cans, Sent, absent, hardware};
use crate::placed::placed;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Rows, Slots, Type};
use interpreter::object::list::List;
use interpreter::object::memoryview::MemoryView;
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `CAN`. State: [0] its number from 1, [1] its mode plus 1, 0 while it is off, [2] banks of the first controller, [3] whether it restarts.
pub static CAN: Type = resource_type(name!(CAN), &SLOTS, ROWS);

static HEARD_SLOTS: Slots = Slots { call: Some(|vm, word, _| heard(vm, word)), ..Slots::NONE };
/// What an event calls. State: [0] the program's function, [1] the bus, [2] the queue.
static HEARD: Type = resource_type(name!(CAN), &HEARD_SLOTS, Rows::NONE);

/// Names of keyword arguments.
pub const MORE: &[&str] = &[
    "mode",
    "prescaler",
    "sjw",
    "bs1",
    "bs2",
    "auto_restart",
    "baudrate",
    "sample_point",
    "num_filter_banks",
    "rtr",
    "extframe",
    "timeout",
    "list",
    "data",
    "id",
];

table! { pub ROWS, NAMES, DOCS:
    /// init(mode, prescaler=100, *, sjw=1, bs1=6, bs2=8, auto_restart=False, baudrate=0, sample_point=75, num_filter_banks=14): starts it.
    def init(1..=3, keywords) = |vm, args| { init(vm, args.at(0), args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): switches it off.
    def deinit(1) = stop;
    /// restart(): leaves the state BUS_OFF.
    def restart(1) = |vm, args| { let can = running(vm, args.at(0))?; cans(vm)?.restart(can, false); Ok(Word::NONE) };
    /// state(): STOPPED, ERROR_ACTIVE, ERROR_WARNING, ERROR_PASSIVE or BUS_OFF.
    def state(1) = |vm, args| {
        let can = receiver(vm, args.at(0))?;
        let is_on = can.state[1].get() != Word::int(0);
        Ok(Word::int(if is_on { cans(vm)?.state(number(can)).into() } else { 0 }))
    };
    /// info([list]): errors sent and received, how often it warned, was passive and off, and messages to be sent and in each queue.
    def info(1..=2) = info;
    /// setfilter(bank, mode, fifo, params, *, rtr, extframe=False): what a bank of filters lets into a queue.
    def setfilter(1..=5, keywords) = |vm, args| {
        let names = [name!(bank), name!(mode), name!(fifo), name!(params)];
        placed(vm, args, &names, 4, set_filter)
    };
    /// clearfilter(bank, extframe=False): closes a bank.
    def clearfilter(2..=3, keywords) = |vm, args| {
        let (can, bank) = (receiver(vm, args.at(0))?, vm.index(args.at(1))?);
        cans(vm)?.set_filter(bank_of(vm, can, bank)?, None);
        Ok(Word::NONE)
    };
    /// any(fifo): whether a message waits in a queue.
    def any(2) = |vm, args| {
        let (can, queue) = (running(vm, args.at(0))?, queue(vm, args.at(1))?);
        Ok(Word::bool(cans(vm)?.waiting(can, queue) > 0))
    };
    /// recv(fifo, list=None, *, timeout=5000): a message: [id, extended, remote, filter, data]; into the list that is given, with a
    /// memoryview for the data, it takes no memory.
    def recv(1..=3, keywords) = |vm, args| placed(vm, args, &[name!(fifo), name!(list)], 1, receive);
    /// send(data, id, *, timeout=0, rtr=False, extframe=False): sends a message, and waits for its end unless the timeout is 0.
    def send(1..=3, keywords) = |vm, args| placed(vm, args, &[name!(data), name!(id)], 2, send);
    /// rxcallback(fifo, function): calls function(can, reason): 0, a message came into the empty queue; 1, it is full; 2, one was lost.
    def rxcallback(3) = callback;
    /// initfilterbanks(count): how many banks of filters are CAN(1)'s; the others are CAN(2)'s.
    static def initfilterbanks(1) = |vm, args| {
        let banks = vm.index(args.at(0))?.clamp(0, BANKS) as u8;
        cans(vm)?.share_banks(banks);
        Ok(Word::NONE)
    };
    /// On the bus.
    const NORMAL = Word::int(0);
    /// Hears what it sends, as the bus does.
    const LOOPBACK = Word::int(LOOPS);
    /// Hears the bus and says nothing.
    const SILENT = Word::int(SILENT);
    /// Hears itself alone.
    const SILENT_LOOPBACK = Word::int(LOOPS | SILENT);
    /// Two pairs of identifier and mask of 16 bits.
    const MASK16 = Word::int(0);
    /// Four identifiers of 16 bits.
    const LIST16 = Word::int(LIST);
    /// An identifier and a mask of 32 bits.
    const MASK32 = Word::int(WIDE);
    /// Two identifiers of 32 bits.
    const LIST32 = Word::int(WIDE | LIST);
    /// It is off.
    const STOPPED = Word::int(0);
    /// All is well.
    const ERROR_ACTIVE = Word::int(1);
    /// 96 errors or more.
    const ERROR_WARNING = Word::int(2);
    /// 128 errors or more.
    const ERROR_PASSIVE = Word::int(3);
    /// More than 255: it takes no part.
    const BUS_OFF = Word::int(4);
}

const LOOPS: isize = 1;
const SILENT: isize = 2;
const MODE_NAMES: [Name; 4] = [name!(NORMAL), name!(LOOPBACK), name!(SILENT), name!(SILENT_LOOPBACK)];
const LIST: isize = 1;
const WIDE: isize = 2;
/// Banks of filters of both.
pub const BANKS: isize = 28;

/// The board's buses.
///
/// # Errors
/// `OSError(ENODEV)`.
pub fn cans(vm: &Vm) -> Outcome<&'static dyn Cans> {
    hardware(vm)?.cans().ok_or_else(|| absent(vm))
}

fn receiver(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    vm.resource(word, &CAN).ok_or_else(|| vm.type_error("a CAN is needed"))
}

fn number(can: Handle<Resource>) -> u8 {
    can.state[0].get().int_value() as u8
}

/// The number of a bus that was started.
fn running(vm: &Vm, word: Word) -> Outcome<u8> {
    let can = receiver(vm, word)?;
    if can.state[1].get() == Word::int(0) { Err(vm.os_error(Errno::EINVAL.0)) } else { Ok(number(can)) }
}

fn queue(vm: &Vm, word: Word) -> Outcome<u8> {
    match vm.index(word)? {
        queue @ 0..2 => Ok(queue as u8),
        _ => Err(vm.type_error("a fifo is 0 or 1")),
    }
}

fn flag(vm: &Vm, args: Args, index: usize, name: Name) -> Outcome<bool> {
    args.either(index, name).map_or(Ok(false), |word| vm.truth(word))
}

/// The number of a bus, by what the board calls it as well.
///
/// # Errors
/// `ValueError` for one that there is not.
pub fn named_bus(vm: &Vm, id: Word) -> Outcome<u8> {
    let found = match vm.as_text(id) {
        Some("YA") => 1,
        Some("YB") => 2,
        Some(_) => 0,
        None => u8::try_from(vm.index(id)?).unwrap_or(0),
    };
    if cans(vm)?.exists(found) { Ok(found) } else { Err(vm.value_error("there are CAN(1) and CAN(2)")) }
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("CAN(bus) takes at least one argument")) };
    let found = named_bus(vm, id)?;
    // One object for each bus, which its event keeps.
    let word = match event::argument(vm, Source::can(found)).filter(|word| vm.resource(*word, &CAN).is_some()) {
        Some(word) => word,
        None => {
            let word = vm.new_resource(&CAN, &[Word::int(found.into()), Word::int(0), Word::int(14), Word::FALSE])?;
            event::set_handler(vm, Source::can(found), Word::TRUE, word, false)?;
            word
        }
    };
    if args.len() > 1 || args.keyword_count() > 0 {
        init(vm, word, args.skip(1))?;
    }
    Ok(word)
}

fn init(vm: &Vm, word: Word, args: Args) -> Outcome<()> {
    let names = [
        name!(mode),
        name!(prescaler),
        name!(sjw),
        name!(bs1),
        name!(bs2),
        name!(auto_restart),
        name!(baudrate),
        name!(sample_point),
        name!(num_filter_banks),
    ];
    vm.only_keywords(args, &names)?;
    let (can, cans) = (receiver(vm, word)?, cans(vm)?);
    let number_of = |index: usize, name, default: u32, most: u32| -> Outcome<u32> {
        let word = args.either(index, name);
        let value = vm.index_or(word, default as isize)?;
        let value = u32::try_from(value).ok().filter(|value| *value <= most);
        value.ok_or_else(|| vm.value_error("the controller cannot be set up so"))
    };
    let least_1 = |value: u32| if value > 0 { Ok(value) } else { Err(vm.value_error("the controller cannot be set up so")) };
    let by_name = usize::MAX;
    if args.is_empty() && args.keyword(name!(mode)).is_none() {
        return Err(vm.type_error("a mode is needed: CAN.NORMAL, LOOPBACK, SILENT or SILENT_LOOPBACK"));
    }
    let mode = number_of(0, name!(mode), 0, 3)?;
    let baud = number_of(by_name, name!(baudrate), 0, u32::MAX)?;
    let (prescaler, before, behind) = match baud {
        0 => {
            let segment = |name, default, most| least_1(number_of(by_name, name, default, most)?);
            (least_1(number_of(1, name!(prescaler), 100, 1024)?)?, segment(name!(bs1), 6, 16)?, segment(name!(bs2), 8, 8)?)
        }
        baud => timing(vm, cans.clock(), baud, number_of(by_name, name!(sample_point), 75, 99)?)?,
    };
    let settings = CanSettings {
        loops: mode & LOOPS as u32 != 0,
        silent: mode & SILENT as u32 != 0,
        auto_restart: flag(vm, args, by_name, name!(auto_restart))?,
        prescaler: prescaler as u16,
        jump: least_1(number_of(by_name, name!(sjw), 1, 4)?)? as u8,
        segments: [before as u8, behind as u8],
        banks: number_of(by_name, name!(num_filter_banks), 14, BANKS as u32)? as u8,
    };
    forget_callbacks(vm, can)?;
    cans.tell(number(can), false, false);
    if !cans.start(number(can), settings) {
        // A bus that is driven low for ever, or no controller at all.
        return Err(vm.os_error(Errno::ETIMEDOUT.0));
    }
    can.state[1].set(Word::int(mode as isize + 1));
    can.state[2].set(Word::int(settings.banks.into()));
    can.state[3].set(Word::bool(settings.auto_restart));
    Ok(())
}

/// Prescaler and segments for so many bits a second, to a thousandth, that are looked at at so many hundredths, to one.
fn timing(vm: &Vm, clock: u32, baud: u32, sample: u32) -> Outcome<(u32, u32, u32)> {
    for quanta in 3..=25_u32 {
        let before = ((sample * quanta + 50) / 100).clamp(2, 17) - 1;
        let Some(behind) = (quanta - 1).checked_sub(before).filter(|behind| (1..=8).contains(behind)) else { continue };
        let prescaler = (u64::from(clock) + u64::from(baud) * u64::from(quanta) / 2) / (u64::from(baud) * u64::from(quanta));
        let cycles = prescaler * u64::from(quanta) * u64::from(baud);
        let is_near = ((1 + before) * 100).abs_diff(sample * quanta) <= quanta;
        if (1..=1024).contains(&prescaler) && cycles.abs_diff(clock.into()) * 1000 <= u64::from(clock) && is_near {
            return Ok((prescaler as u32, before, behind));
        }
    }
    Err(vm.value_error("no timing gives that baudrate and sample_point"))
}

fn forget_callbacks(vm: &Vm, can: Handle<Resource>) -> Outcome<()> {
    let is_on = can.state[1].get() != Word::int(0);
    for queue in 0..2 {
        if is_on {
            cans(vm)?.listen(number(can), queue, false, false);
        }
        event::set_handler(vm, Source::can_queue(number(can), queue), Word::NONE, Word::NONE, false)?;
    }
    Ok(())
}

fn stop(vm: &Vm, args: Args) -> Outcome {
    let can = receiver(vm, args.at(0))?;
    forget_callbacks(vm, can)?;
    if can.state[1].get() != Word::int(0) {
        cans(vm)?.stop(number(can));
        can.state[1].set(Word::int(0));
    }
    Ok(Word::NONE)
}

/// The list that is given, of so many entries at least, or a new one.
///
/// # Errors
/// `TypeError` for what is no list, `ValueError` for a shorter one.
pub fn list_of(vm: &Vm, word: Option<Word>, length: usize) -> Outcome<Handle<List>> {
    let Some(word) = word.filter(|word| *word != Word::NONE) else {
        let list = vm.new_list_with_capacity(length)?;
        (0..length).try_for_each(|_| list.push(vm, Word::NONE))?;
        return Ok(list);
    };
    let list = Handle::<List>::from(word).ok_or_else(|| vm.type_error("a list is needed"))?;
    if list.len() < length { Err(vm.value_error("the list is too short")) } else { Ok(list) }
}

fn info(vm: &Vm, args: Args) -> Outcome {
    let numbers = cans(vm)?.counters(running(vm, args.at(0))?);
    let list = list_of(vm, args.get(1), numbers.len())?;
    numbers.iter().enumerate().for_each(|(at, number)| list.items.set(at, Word::int(*number as isize)));
    Ok(list.word())
}

/// The bank of both controllers' that a bank of one of them is.
fn bank_of(vm: &Vm, can: Handle<Resource>, bank: isize) -> Outcome<u8> {
    let first = if number(can) == 1 { 0 } else { can.state[2].get().int_value() };
    let found = Some(bank + first).filter(|found| bank >= 0 && *found < BANKS);
    found.map(|bank| bank as u8).ok_or_else(|| vm.value_error("there is no such bank of filters"))
}

/// An identifier as a filter compares it, in 32 bits or 16; a mask is about the kind of a message as well.
pub fn compared(identifier: u32, remote: bool, extended: bool, wide: bool, mask: bool) -> u32 {
    let kind = match (wide, mask) {
        (true, true) => 0b110,
        (true, false) => u32::from(extended) << 2 | u32::from(remote) << 1,
        (false, true) => 0b11000,
        (false, false) => u32::from(remote) << 4 | u32::from(extended) << 3,
    };
    let identifier = match (wide, extended) {
        (true, true) => identifier << 3,
        (true, false) => identifier << 21,
        (false, true) => (identifier >> 13 & 0xFFE0) | (identifier >> 15 & 0b111),
        (false, false) => (identifier & 0x7FF) << 5,
    };
    identifier | kind
}

fn set_filter(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(rtr), name!(extframe)])?;
    let can = receiver(vm, args.at(0))?;
    let bank = bank_of(vm, can, vm.index(args.at(1))?)?;
    let mode = vm.index(args.at(2))?;
    if !(0..4).contains(&mode) {
        return Err(vm.value_error("a filter's mode is CAN.MASK16, LIST16, MASK32 or LIST32"));
    }
    let (list, wide) = (mode & LIST != 0, mode & WIDE != 0);
    let (queue, extended) = (queue(vm, args.at(3))?, flag(vm, args, usize::MAX, name!(extframe))?);
    let count = if wide { 2 } else { 4 };
    // An identifier and its mask have one flag together.
    let flags = if list { count } else { count / 2 };
    let remote = args.given(name!(rtr));
    let has = |word: Word, length: usize| Ok(vm.length(word)? == length);
    if !has(args.at(4), count)? || !remote.map_or(Ok(true), |remote| has(remote, flags))? {
        return Err(vm.value_error("a filter has 4 params of 16 bits or 2 of 32, and a rtr for each identifier"));
    }
    let at = |word, index: usize| vm.item(word, Word::int(index as isize));
    let mut params = [0; 4];
    for (index, param) in params[..count].iter_mut().enumerate() {
        let identifier = vm.index(at(args.at(4), index)?)? as u32;
        let is_mask = !list && index % 2 == 1;
        let flag = if list { index } else { index / 2 };
        let is_remote = remote.map_or(Ok(false), |remote| vm.truth(at(remote, flag)?))?;
        *param = compared(identifier, is_remote, extended, wide, is_mask);
    }
    let words = if wide { [params[0], params[1]] } else { [params[0] | params[1] << 16, params[2] | params[3] << 16] };
    cans(vm)?.set_filter(bank, Some(CanFilter { list, wide, second: queue == 1, words }));
    Ok(Word::NONE)
}

fn receive(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(timeout), name!(list)])?;
    let (can, queue, cans) = (running(vm, args.at(0))?, queue(vm, args.at(1))?, cans(vm)?);
    let timeout = vm.index_or(args.keyword(name!(timeout)), 5000)?;
    let deadline = vm.port.now() + timeout.max(0) as u64 * 1000;
    let message = loop {
        let is_over = vm.port.now() >= deadline;
        if let Some(message) = cans.receive(can, queue) {
            break message;
        }
        if is_over {
            return Err(vm.os_error(Errno::ETIMEDOUT.0));
        }
        vm.poll()?;
        vm.idle(Some(deadline));
    };
    if event::handler(vm, Source::can_queue(can, queue)).is_some() {
        cans.listen(can, queue, cans.waiting(can, queue) == 0, true);
    }
    let given = args.either(2, name!(list)).filter(|word| *word != Word::NONE);
    let list = list_of(vm, given, 5)?;
    let data = &message.data[..usize::from(message.length.min(8))];
    if given.is_some() {
        let view = list.at(4).and_then(Handle::<MemoryView>::from);
        view.ok_or_else(|| vm.type_error("the fifth entry is a memoryview"))?.resize(vm, data.len())?;
        let bytes = vm.buffer(list.at(4).unwrap_or(Word::NONE), true)?.bytes;
        bytes.iter().zip(data).for_each(|(cell, byte)| cell.set(*byte));
    } else {
        list.items.set(4, vm.new_bytes(data)?);
    }
    let CanMessage { id, extended, remote, filter, .. } = message;
    let entries = [Word::int(id as isize), Word::bool(extended), Word::bool(remote), Word::int(filter.into())];
    entries.into_iter().enumerate().for_each(|(at, word)| list.items.set(at, word));
    Ok(list.word())
}

fn send(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(timeout), name!(rtr), name!(extframe)])?;
    let (can, cans) = (running(vm, args.at(0))?, cans(vm)?);
    let (remote, extended) = (flag(vm, args, usize::MAX, name!(rtr))?, flag(vm, args, usize::MAX, name!(extframe))?);
    let timeout = vm.index_or(args.keyword(name!(timeout)), 0)?;
    let id = vm.index(args.at(2))? as u32 & if extended { 0x1FFF_FFFF } else { 0x7FF };
    let mut message = CanMessage { id, extended, remote, ..CanMessage::default() };
    let mut fill = |bytes: &mut dyn ExactSizeIterator<Item = u8>| {
        message.length = bytes.len() as u8;
        message.data.iter_mut().zip(&mut *bytes).for_each(|(to, from)| *to = from);
        bytes.len() == 0
    };
    let fits = match (vm.as_text(args.at(1)), args.at(1).as_int()) {
        (Some(text), _) => fill(&mut text.bytes()),
        (None, Some(byte)) => fill(&mut core::iter::once(byte as u8)),
        (None, None) => fill(&mut vm.buffer(args.at(1), false)?.bytes.iter().map(core::cell::Cell::get)),
    };
    if !fits {
        return Err(vm.value_error("a message has 8 bytes at the most"));
    }
    let Some(mailbox) = cans.send(can, &message, 0b111) else { return Err(vm.os_error(Errno::EBUSY.0)) };
    if timeout <= 0 {
        return Ok(Word::NONE);
    }
    let deadline = vm.port.now() + timeout as u64 * 1000;
    loop {
        // The time first: what was sent in time is not late because the question was.
        let is_over = vm.port.now() >= deadline;
        match cans.sent(can, mailbox) {
            Sent::Done => {
                // Whoever hears it hears it now.
                vm.poll()?;
                return Ok(Word::NONE);
            }
            Sent::Failed => return Err(vm.os_error(Errno::EIO.0)),
            Sent::Pending => {}
        }
        if is_over {
            cans.give_up(can, mailbox);
            return Err(vm.os_error(Errno::ETIMEDOUT.0));
        }
        vm.poll()?;
    }
}

fn callback(vm: &Vm, args: Args) -> Outcome {
    let (can, queue, function) = (running(vm, args.at(0))?, queue(vm, args.at(1))?, args.at(2));
    let source = Source::can_queue(can, queue);
    if function == Word::NONE {
        cans(vm)?.listen(can, queue, false, false);
        event::set_handler(vm, source, Word::NONE, Word::NONE, false)?;
        return Ok(Word::NONE);
    }
    match event::handler(vm, source).and_then(|(heard, _)| vm.resource(heard, &HEARD)) {
        // Another function for the same events: those that came are not told of again.
        Some(heard) => heard.state[0].set(function),
        None => {
            let heard = vm.new_resource(&HEARD, &[function, args.at(0), args.at(1)])?;
            event::set_handler(vm, source, heard, Word::TRUE, true)?;
            cans(vm)?.listen(can, queue, true, true);
        }
    }
    Ok(Word::NONE)
}

fn heard(vm: &Vm, word: Word) -> Outcome {
    let heard = Handle::<Resource>::from(word).expect("a resource was called");
    let [function, bus, queue] = [0, 1, 2].map(|at: usize| heard.state[at].get());
    let reason = cans(vm)?.reason(number(receiver(vm, bus)?), queue.int_value() as u8);
    vm.call(function, &[bus, Word::int(reason.into())])
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let can = receiver(vm, word)?;
    out.counted(vm, "CAN(", number(can).into())?;
    if let Some(name) = MODE_NAMES.get((can.state[1].get().int_value() - 1) as usize) {
        out.text(vm, ", CAN.")?;
        out.text(vm, vm.name_text(*name))?;
        out.text(vm, ", auto_restart=")?;
        out.text(vm, if can.state[3].get() == Word::TRUE { "True" } else { "False" })?;
    }
    out.text(vm, ")")
}
