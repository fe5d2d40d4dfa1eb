//! `machine.CAN`: messages on a bus of many, over the buses that `pyb.CAN` talks on.
//!
//! Handlers are called for what comes, for what has been sent or given up, and for errors; why, `irq().flags()` asks the bus itself. What is sent
//! keeps its place until its end has been asked for, where a handler wants to know that: the number of the place tells messages apart.

use crate::can::{BANKS, cans, compared, list_of, named_bus};
use crate::event::{self, Source};
use crate::fields::{Field, Fields};
use crate::hardware::{CanFilter, CanMessage, CanSettings, Sent};
use crate::irq::{self, Events};
use interpreter::object::bytearray::BYTEARRAY;
use interpreter::object::exception::OVERFLOW_ERROR;
use interpreter::object::handle::{Args, Handle, type_word};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::memoryview::{MEMORYVIEW, MemoryView};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..Slots::NONE };
/// `CAN`. State: [0] the fields below in a tuple, [1] what `irq` answers, [2] its handler, or `NONE`.
pub static CAN: Type = resource_type(name!(CAN), &SLOTS, ROWS);

/// Names of keyword arguments.
pub const MORE: &[&str] = &["bitrate", "mode", "sample_point", "sjw", "tseg1", "tseg2", "flags", "data", "id"];

table! { pub ROWS, NAMES, DOCS:
    /// init(bitrate, mode=CAN.MODE_NORMAL, sample_point=75, sjw=1, tseg1=None, tseg2=None): starts it.
    def init(1..=7, keywords) = |vm, args| { init(vm, receiver(vm, args.at(0))?, args.skip(1))?; Ok(Word::NONE) };
    /// deinit(): switches it off.
    def deinit(1) = stop;
    /// irq(handler=None, trigger=0, hard=False): calls handler(can) when a message comes, has gone, or the state is worse.
    def irq(1..=4, keywords) = irq;
    /// send(id, data, flags=0): puts a message where it is sent; answers the number of its place, or None while there is none.
    def send(3..=4, keywords) = send;
    /// cancel_send(place): gives the message up; whether it had not gone.
    def cancel_send(2) = cancel;
    /// recv(list=None): a message: [id, memoryview of the data, flags, errors]; None if none waits.
    def recv(1..=2) = receive;
    /// set_filters(filters): which messages come: None for all, or (id, mask, flags) of each.
    def set_filters(2) = set_filters;
    /// state(): STATE_STOPPED, STATE_ACTIVE, STATE_WARNING, STATE_PASSIVE or STATE_BUS_OFF.
    def state(1) = |vm, args| {
        let can = receiver(vm, args.at(0))?;
        Ok(Word::int(if can.number(MODE) > 0 { cans(vm)?.state(can.bus()).into() } else { 0 }))
    };
    /// get_counters(list=None): errors sent and received, how often it warned, was passive and off, messages to be sent and to be received, and how
    /// often one was lost.
    def get_counters(1..=2) = counters;
    /// get_timings(list=None): the true bitrate, sjw, tseg1, tseg2, None, None.
    def get_timings(1..=2) = timings;
    /// restart(): leaves STATE_BUS_OFF; what waits to be sent is given up.
    def restart(1) = restart;
    /// On the bus.
    const MODE_NORMAL = Word::int(0);
    /// Hears, and says nothing: the controller has no sleep in which it hears.
    const MODE_SLEEP = Word::int(1);
    /// Hears what it sends, as the bus does.
    const MODE_LOOPBACK = Word::int(2);
    /// Hears the bus and says nothing.
    const MODE_SILENT = Word::int(3);
    /// Hears itself alone.
    const MODE_SILENT_LOOPBACK = Word::int(4);
    /// It is off.
    const STATE_STOPPED = Word::int(0);
    /// All is well.
    const STATE_ACTIVE = Word::int(1);
    /// 96 errors or more.
    const STATE_WARNING = Word::int(2);
    /// 128 errors or more.
    const STATE_PASSIVE = Word::int(3);
    /// More than 255: it takes no part.
    const STATE_BUS_OFF = Word::int(4);
    /// Asks for a message.
    const FLAG_RTR = Word::int(REMOTE);
    /// The identifier has 29 bits.
    const FLAG_EXT_ID = Word::int(EXTENDED);
    /// Messages with the same identifier may go in any order.
    const FLAG_UNORDERED = Word::int(UNORDERED);
    /// There was no room for another one.
    const RECV_ERR_FULL = Word::int(1);
    /// One was lost.
    const RECV_ERR_OVERRUN = Word::int(2);
    /// A message has come.
    const IRQ_RX = Word::int(ON_RECEIVED);
    /// One has gone, or was given up.
    const IRQ_TX = Word::int(ON_SENT);
    /// The state is worse than before.
    const IRQ_STATE = Word::int(ON_STATE);
    /// With IRQ_TX: it was given up.
    const IRQ_TX_FAILED = Word::int(FAILED);
    /// The bits of flags() at which the place's number begins.
    const IRQ_TX_IDX_SHIFT = Word::int(PLACE_SHIFT);
    /// The bits of that number.
    const IRQ_TX_IDX_MASK = Word::int(0xFF);
    /// How many messages can wait to be sent.
    const TX_QUEUE_LEN = Word::int(PLACES as isize);
    /// How many filters there are.
    const FILTERS_MAX = Word::int(FILTERS as isize);
}

const MODES: [Name; 5] =
    [name!(MODE_NORMAL), name!(MODE_SLEEP), name!(MODE_LOOPBACK), name!(MODE_SILENT), name!(MODE_SILENT_LOOPBACK)];
const REMOTE: isize = 1;
const EXTENDED: isize = 1 << 1;
const UNORDERED: isize = 1 << 4;
const ON_SENT: isize = 1;
const ON_RECEIVED: isize = 1 << 1;
const FAILED: isize = 1 << 2;
const ON_STATE: isize = 1 << 3;
const PLACE_SHIFT: isize = 16;
const PLACES: usize = 3;
/// Half of the banks of filters are each bus's.
const FILTERS: u8 = BANKS as u8 / 2;

/// Events of a bus, as handlers know them.
pub static EVENTS: Events = Events {
    flags,
    trigger: |vm, word, bits| {
        let can = running(vm, word)?;
        let before = can.number(TRIGGER);
        if let Some(bits) = bits {
            can.set(TRIGGER, irq::bits(vm, bits, ON_SENT | ON_RECEIVED | ON_STATE)?);
            can.listen(vm)?;
        }
        Ok(Word::int(before))
    },
    call: |vm, word| vm.call(receiver(vm, word)?.0.state[2].get(), &[word]),
};

/// Fields, by their place in the tuple: small ints all.
const BUS: Field = Field(0);
const TRIGGER: Field = Field(1);
/// One more than the mode, 0 while it is off.
const MODE: Field = Field(2);
const JUMP: Field = Field(3);
const BEFORE: Field = Field(4);
const BEHIND: Field = Field(5);
const PRESCALER: Field = Field(6);
/// The identifiers of what is being sent, by place: -1 for none.
const SENDING: usize = 7;
const FIELDS: usize = SENDING + PLACES;

/// A bus's object.
#[derive(Clone, Copy)]
struct Can(Handle<Resource>);

impl Fields for Can {
    fn fields(self) -> Word {
        self.0.state[0].get()
    }
}

impl Can {
    fn bus(self) -> u8 {
        self.number(BUS) as u8
    }
    /// The bus and the handler are told what to tell.
    fn listen(self, vm: &Vm) -> Outcome<()> {
        let (cans, bus, trigger) = (cans(vm)?, self.bus(), self.number(TRIGGER));
        (0..2).for_each(|queue| cans.listen(bus, queue, trigger & ON_RECEIVED != 0, true));
        cans.tell(bus, trigger & ON_SENT != 0, trigger & ON_STATE != 0);
        Ok(())
    }
    /// Calls the handler for what the bus raises.
    fn handle(self, vm: &Vm, hard: bool) -> Outcome<()> {
        let handler = self.0.state[2].get();
        for (source, wanted) in self.sources().into_iter().zip([ON_RECEIVED, ON_RECEIVED, ON_SENT | ON_STATE]) {
            let handler = if self.number(TRIGGER) & wanted == 0 { Word::NONE } else { handler };
            event::set_handler(vm, source, handler, self.0.word(), hard)?;
        }
        Ok(())
    }
    fn sources(self) -> [Source; 3] {
        let bus = self.bus();
        [Source::can_queue(bus, 0), Source::can_queue(bus, 1), Source::can_told(bus)]
    }
    /// Gives up what waits to be sent; nobody is told.
    fn give_up(self, vm: &Vm) -> Outcome<()> {
        let (cans, bus) = (cans(vm)?, self.bus());
        cans.tell(bus, false, false);
        for place in 0..PLACES {
            cans.give_up(bus, place as u8);
            self.set(Field(SENDING + place), -1);
        }
        while cans.take_sent(bus).is_some() {}
        Ok(())
    }
}

fn receiver(vm: &Vm, word: Word) -> Outcome<Can> {
    vm.resource(word, &CAN).map(Can).ok_or_else(|| vm.type_error("a CAN is needed"))
}

fn running(vm: &Vm, word: Word) -> Outcome<Can> {
    let can = receiver(vm, word)?;
    if can.number(MODE) > 0 { Ok(can) } else { Err(vm.os_error(Errno::EINVAL.0)) }
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0) else { return Err(vm.type_error("CAN(id, bitrate) takes at least two arguments")) };
    let bus = named_bus(vm, id)?;
    // One object for each bus, which its event keeps.
    let word = match event::argument(vm, Source::can(bus)).filter(|word| vm.resource(*word, &CAN).is_some()) {
        Some(word) => word,
        None => {
            let mut fields = [Word::int(0); FIELDS];
            fields[BUS.0] = Word::int(bus.into());
            let word = vm.new_resource(&CAN, &[vm.new_tuple(&fields)?])?;
            event::set_handler(vm, Source::can(bus), Word::TRUE, word, false)?;
            word
        }
    };
    init(vm, receiver(vm, word)?, args.skip(1))?;
    Ok(word)
}

/// What `init` takes, each with what it is by itself, and its least and most; 0 is no segment.
const OPTIONS: [(Name, isize, isize, isize); 6] = [
    (name!(bitrate), 0, 1, 1 << 24),
    (name!(mode), 0, 0, 4),
    (name!(sample_point), 75, 1, 99),
    (name!(sjw), 1, 1, 4),
    (name!(tseg1), 0, 0, 16),
    (name!(tseg2), 0, 0, 8),
];

fn init(vm: &Vm, can: Can, args: Args) -> Outcome<()> {
    vm.only_keywords(args, &OPTIONS.map(|(name, ..)| name))?;
    let cans = cans(vm)?;
    if args.either(0, name!(bitrate)).is_none() {
        return Err(vm.type_error("a bitrate is needed"));
    }
    let mut numbers = [0; OPTIONS.len()];
    for (index, (name, default, least, most)) in OPTIONS.into_iter().enumerate() {
        numbers[index] = vm.index_or(args.either(index, name).filter(|word| *word != Word::NONE), default)?;
        if !(least..=most).contains(&numbers[index]) {
            return Err(vm.value_error(vm.name_text(name)));
        }
    }
    let [rate, mode, sample, jump, before, behind] = numbers;
    if (before == 0) != (behind == 0) {
        return Err(vm.value_error("tseg1 and tseg2 are given together"));
    }
    let found = timing(cans.clock(), rate as u32, sample as u32, [before as u32, behind as u32]);
    let Some([prescaler, before, behind]) = found else { return Err(vm.value_error("no timing gives that bitrate")) };
    let settings = CanSettings {
        loops: matches!(mode, 2 | 4),
        silent: matches!(mode, 1 | 3 | 4),
        auto_restart: false,
        prescaler: prescaler as u16,
        jump: jump as u8,
        segments: [before as u8, behind as u8],
        banks: FILTERS,
    };
    // What waits to be sent was for the bus as it was.
    if can.number(MODE) > 0 {
        can.give_up(vm)?;
    }
    can.set(MODE, 0);
    if !cans.start(can.bus(), settings) {
        return Err(vm.os_error(Errno::ETIMEDOUT.0));
    }
    (0..PLACES).for_each(|place| can.set(Field(SENDING + place), -1));
    let fields =
        [(MODE, mode + 1), (JUMP, jump), (BEFORE, before as isize), (BEHIND, behind as isize), (PRESCALER, prescaler as isize)];
    can.set_all(&fields);
    can.listen(vm)
}

/// Prescaler and segments that come nearest to so many bits a second, then to where a bit is looked at, in hundredths; or with the segments
/// that are given. Of those that are as near, the shortest quanta.
fn timing(clock: u32, rate: u32, sample: u32, given: [u32; 2]) -> Option<[u32; 3]> {
    let (mut best, mut found) = ([rate, u32::MAX], None);
    for prescaler in (1..=1024).rev() {
        let scaled = clock / prescaler;
        let quanta = if given[0] == 0 { (scaled + rate / 2) / rate } else { 1 + given[0] + given[1] };
        if !(3..=25).contains(&quanta) || rate.abs_diff(scaled / quanta) > best[0] {
            continue;
        }
        let (first, last) = if given[0] == 0 { (1, 16) } else { (given[0], given[0]) };
        for before in first..=last {
            let Some(behind) = (quanta - 1).checked_sub(before).filter(|behind| (1..=8).contains(behind)) else { continue };
            let errors = [rate.abs_diff(scaled / quanta), (10_000 * (1 + before) / quanta).abs_diff(sample * 100)];
            if errors <= best {
                (best, found) = (errors, Some([prescaler, before, behind]));
            }
        }
    }
    found.filter(|_| best[0] < rate)
}

fn stop(vm: &Vm, args: Args) -> Outcome {
    let can = receiver(vm, args.at(0))?;
    if can.number(MODE) > 0 {
        can.set(TRIGGER, 0);
        can.listen(vm)?;
        can.give_up(vm)?;
        cans(vm)?.stop(can.bus());
        can.set(MODE, 0);
    }
    can.0.state[1].set(Word::NONE);
    can.0.state[2].set(Word::NONE);
    can.handle(vm, false)?;
    Ok(Word::NONE)
}

fn restart(vm: &Vm, args: Args) -> Outcome {
    let can = running(vm, args.at(0))?;
    can.give_up(vm)?;
    cans(vm)?.restart(can.bus(), true);
    can.listen(vm)?;
    Ok(Word::NONE)
}

fn irq(vm: &Vm, args: Args) -> Outcome {
    let can = running(vm, args.at(0))?;
    if can.0.state[1].get() == Word::NONE {
        can.0.state[1].set(irq::new(vm, can.0.word())?);
    }
    if let Some((handler, trigger, hard)) = irq::arguments(vm, args, 0, ON_SENT | ON_RECEIVED | ON_STATE)? {
        can.set(TRIGGER, 0);
        can.listen(vm)?;
        can.0.state[2].set(handler);
        can.set(TRIGGER, trigger);
        can.handle(vm, hard)?;
        can.listen(vm)?;
    }
    Ok(can.0.state[1].get())
}

/// What the handler is called for: asked of the bus, until nothing is left.
fn flags(vm: &Vm, word: Word) -> Outcome {
    let can = running(vm, word)?;
    let (cans, bus, trigger) = (cans(vm)?, can.bus(), can.number(TRIGGER));
    let mut flags = 0;
    if trigger & ON_STATE != 0 && cans.take_worse(bus) {
        flags |= ON_STATE;
    }
    if trigger & ON_RECEIVED != 0 && (0..2).any(|queue| cans.waiting(bus, queue) > 0) {
        flags |= ON_RECEIVED;
    }
    if trigger & ON_SENT != 0 {
        if let Some((place, went)) = cans.take_sent(bus) {
            can.set(Field(SENDING + usize::from(place)), -1);
            flags |= ON_SENT | isize::from(place) << PLACE_SHIFT | if went { 0 } else { FAILED };
        }
        cans.tell(bus, true, trigger & ON_STATE != 0);
    }
    Ok(Word::int(flags))
}

/// An identifier that fits.
fn identifier(vm: &Vm, word: Word, flags: isize) -> Outcome<u32> {
    let most = if flags & EXTENDED != 0 { 1 << 29 } else { 1 << 11 };
    u32::try_from(vm.index(word)?).ok().filter(|id| *id < most).ok_or_else(|| vm.value_error("invalid id"))
}

fn send(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(flags)])?;
    let (can, cans) = (running(vm, args.at(0))?, cans(vm)?);
    let flags = vm.index_or(args.either(3, name!(flags)), 0)?;
    let bytes = vm.buffer(args.at(2), false)?.bytes;
    if bytes.len() > 8 {
        return Err(vm.raise_text(&OVERFLOW_ERROR, "data too long"));
    }
    let id = identifier(vm, args.at(1), flags)?;
    let mut free = None;
    for place in 0..PLACES {
        let sending = can.field(Field(SENDING + place));
        // Without a handler for that, what has gone is forgotten here.
        if can.number(TRIGGER) & ON_SENT == 0 && cans.sent(can.bus(), place as u8) != Sent::Pending {
            sending.set(Word::int(-1));
        }
        match sending.get().int_value() {
            -1 => free = free.or(Some(place)),
            // The controller does not say which of them goes first.
            same if same == id as isize && flags & UNORDERED == 0 => return Ok(Word::NONE),
            _ => {}
        }
    }
    let mut message = CanMessage {
        id,
        extended: flags & EXTENDED != 0,
        remote: flags & REMOTE != 0,
        length: bytes.len() as u8,
        ..CanMessage::default()
    };
    message.data.iter_mut().zip(bytes).for_each(|(to, from)| *to = from.get());
    let sent = free.and_then(|place| cans.send(can.bus(), &message, 1 << place));
    Ok(sent.map_or(Word::NONE, |place| {
        can.set(Field(SENDING + usize::from(place)), id as isize);
        Word::int(place.into())
    }))
}

fn cancel(vm: &Vm, args: Args) -> Outcome {
    let (can, cans) = (running(vm, args.at(0))?, cans(vm)?);
    let place = usize::try_from(vm.index(args.at(1))?).ok().filter(|place| *place < PLACES);
    let Some(place) = place else {
        return Err(vm.raise_text(&interpreter::object::exception::INDEX_ERROR, "there is no such place"));
    };
    let waits = can.number(Field(SENDING + place)) >= 0 && cans.sent(can.bus(), place as u8) == Sent::Pending;
    if waits {
        cans.give_up(can.bus(), place as u8);
    }
    Ok(Word::bool(waits))
}

fn receive(vm: &Vm, args: Args) -> Outcome {
    let (can, cans) = (running(vm, args.at(0))?, cans(vm)?);
    let given = args.get(1).filter(|word| *word != Word::NONE);
    let list = given.map(|given| list_of(vm, Some(given), 4)).transpose()?;
    let found = (0..2).find_map(|queue| Some((queue, cans.receive(can.bus(), queue)?)));
    let Some((queue, message)) = found else { return Ok(Word::NONE) };
    cans.listen(can.bus(), queue, can.number(TRIGGER) & ON_RECEIVED != 0, true);
    let list = match list {
        Some(list) => list,
        None => {
            let list = list_of(vm, None, 4)?;
            let bytes = vm.call(type_word(&BYTEARRAY), &[Word::int(8)])?;
            list.items.set(1, vm.call(type_word(&MEMORYVIEW), &[bytes])?);
            list
        }
    };
    let (length, word) = (usize::from(message.length.min(8)), list.at(1).unwrap_or(Word::NONE));
    let view = Handle::<MemoryView>::from(word).ok_or_else(|| vm.type_error("the second entry is a memoryview"))?;
    view.resize(vm, length)?;
    let data = if message.remote { [0; 8] } else { message.data };
    vm.buffer(word, true)?.bytes.iter().zip(data).for_each(|(cell, byte)| cell.set(byte));
    let flag = |is: bool, bit: isize| if is { bit } else { 0 };
    let flags = flag(message.remote, REMOTE) | flag(message.extended, EXTENDED);
    let entries = [(0, message.id as isize), (2, flags), (3, cans.take_faults(can.bus()).into())];
    entries.into_iter().for_each(|(at, number)| list.items.set(at, Word::int(number)));
    Ok(list.word())
}

fn set_filters(vm: &Vm, args: Args) -> Outcome {
    let (can, cans) = (running(vm, args.at(0))?, cans(vm)?);
    let first = if can.bus() == 1 { 0 } else { FILTERS };
    (0..FILTERS).for_each(|bank| cans.set_filter(first + bank, None));
    // In turn for the two queues: which of them a message is in nobody sees.
    let set = |bank: u8, id: u32, mask: u32, extended: bool| {
        // Whether the identifier is a long one counts always, whether it asks never.
        let kind = compared(0, false, true, true, false);
        let words = [compared(id, false, extended, true, false), compared(mask, false, extended, true, false) | kind];
        cans.set_filter(first + bank, Some(CanFilter { list: false, wide: true, second: bank % 2 == 1, words }));
    };
    if args.at(1) == Word::NONE {
        set(0, 0, 0, false);
        set(1, 0, 0, true);
        return Ok(Word::NONE);
    }
    let iterator = vm.iter(args.at(1))?;
    for bank in 0.. {
        let filter = vm.next(iterator)?;
        if filter == Word::UNSET {
            break;
        }
        if bank >= FILTERS {
            return Err(vm.value_error("too many filters"));
        }
        if vm.length(filter)? != 3 {
            return Err(vm.value_error("a filter is (id, mask, flags)"));
        }
        let at = |index: isize| vm.item(filter, Word::int(index));
        let flags = vm.index(at(2)?)?;
        if flags & !EXTENDED != 0 {
            return Err(vm.value_error("a filter's flags are 0 or FLAG_EXT_ID"));
        }
        set(bank, identifier(vm, at(0)?, flags)?, identifier(vm, at(1)?, flags)?, flags != 0);
    }
    Ok(Word::NONE)
}

/// Numbers in the list that is given, or in a new one.
fn numbers(vm: &Vm, given: Option<Word>, numbers: &[Word]) -> Outcome {
    let list = list_of(vm, given, numbers.len())?;
    numbers.iter().enumerate().for_each(|(at, number)| list.items.set(at, *number));
    Ok(list.word())
}

fn counters(vm: &Vm, args: Args) -> Outcome {
    let can = running(vm, args.at(0))?;
    let [sent, received, warned, passive, off, sending, first, second] = cans(vm)?.counters(can.bus());
    let lost = cans(vm)?.lost(can.bus());
    let all = [sent, received, warned, passive, off, sending, first + second, lost].map(|number| Word::int(number as isize));
    numbers(vm, args.get(1), &all)
}

fn true_rate(vm: &Vm, can: Can) -> Outcome<isize> {
    let cycles = can.number(PRESCALER) * (1 + can.number(BEFORE) + can.number(BEHIND));
    Ok(cans(vm)?.clock() as isize / cycles.max(1))
}

fn timings(vm: &Vm, args: Args) -> Outcome {
    let can = receiver(vm, args.at(0))?;
    let [jump, before, behind] = [JUMP, BEFORE, BEHIND].map(|field| Word::int(can.number(field)));
    numbers(vm, args.get(1), &[Word::int(true_rate(vm, can)?), jump, before, behind, Word::NONE, Word::NONE])
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let can = receiver(vm, word)?;
    out.counted(vm, "CAN(", can.bus().into())?;
    if let Some(mode) = MODES.get((can.number(MODE) - 1) as usize) {
        out.counted(vm, ", bitrate=", true_rate(vm, can)?)?;
        out.text(vm, ", mode=CAN.")?;
        out.text(vm, vm.name_text(*mode))?;
        for (text, field) in [(", sjw=", JUMP), (", tseg1=", BEFORE), (", tseg2=", BEHIND)] {
            out.counted(vm, text, can.number(field))?;
        }
        out.counted(vm, ", f_clock=", cans(vm)?.clock() as isize)?;
    }
    out.text(vm, ")")
}
