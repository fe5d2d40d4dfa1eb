//! `machine.I2CTarget`: a bus of two wires that somebody else addresses, as a memory or as whatever a program makes of it.
//!
//! The bus raises an event, and waits: whoever gives the clock has it held until the bus is asked what has happened. That is done by `serve`,
//! in the interrupt, or between two instructions where there are none. A memory is written and read by it alone; a hard handler is called in the
//! midst of that, a soft one later, by an event of its own.

use crate::event::{self, Source};
use crate::fields::{Field, Fields};
use crate::hardware::{I2cEvent, I2cTargets, absent, hardware};
use crate::i2c::bus_argument;
use crate::irq::{self, Events};
use interpreter::object::exception;
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Access, Header, Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{ErrorConsole, Printer, Style};
use interpreter::object::resource::{Constant, Resource, constant_type, resource_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots =
    Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), attribute: Some(attribute), ..Slots::NONE };
/// `I2CTarget`. State: [0] the fields below in a tuple, [1] the memory, or `NONE`, [2] the program's handler, or `NONE`, [3] what `irq` answers.
pub static I2C_TARGET: Type = resource_type(name!(I2CTarget), &SLOTS, ROWS);

static SERVE_SLOTS: Slots = Slots { call: Some(|vm, _, args| served(vm, args.at(0))), ..Slots::NONE };
static SERVE_TYPE: Type = constant_type(name!(I2CTarget), &SERVE_SLOTS);
/// What the bus's event calls.
static SERVE: Constant = Constant { header: Header::of(&SERVE_TYPE) };
static TELL_SLOTS: Slots = Slots { call: Some(|vm, _, args| call_handler(vm, args.at(0))), ..Slots::NONE };
static TELL_TYPE: Type = constant_type(name!(I2CTarget), &TELL_SLOTS);
/// What calls the handler: `serve`, or the event of soft ones.
static TELL: Constant = Constant { header: Header::of(&TELL_TYPE) };

/// Names of keyword arguments.
pub const MORE: &[&str] = &["mem", "mem_addrsize", "memaddr"];

table! { pub ROWS, NAMES, DOCS:
    /// deinit(): answers no more.
    def deinit(1) = |vm, args| { let target = receiver(vm, args.at(0))?; stop(vm, target)?; Ok(Word::NONE) };
    /// readinto(buffer): the byte that the controller wrote; answers how many there were.
    def readinto(2) = read;
    /// write(bytes): the byte that the controller reads next; answers how many were taken.
    def write(2) = write;
    /// irq(handler=None, trigger=IRQ_END_READ | IRQ_END_WRITE, hard=False): calls handler(target) when that happens.
    def irq(1..=4, keywords) = irq;
    /// The controller has addressed it, to read.
    const IRQ_ADDR_MATCH_READ = Word::int(CALLED_READ);
    /// The controller has addressed it, to write.
    const IRQ_ADDR_MATCH_WRITE = Word::int(CALLED_WRITE);
    /// The controller waits for a byte.
    const IRQ_READ_REQ = Word::int(READ_REQUEST);
    /// A byte has come.
    const IRQ_WRITE_REQ = Word::int(WRITE_REQUEST);
    /// The controller has read all.
    const IRQ_END_READ = Word::int(END_READ);
    /// The controller has written all.
    const IRQ_END_WRITE = Word::int(END_WRITE);
}

const CALLED_READ: isize = 1;
const CALLED_WRITE: isize = 1 << 1;
const READ_REQUEST: isize = 1 << 2;
const WRITE_REQUEST: isize = 1 << 3;
const END_READ: isize = 1 << 4;
const END_WRITE: isize = 1 << 5;
/// Those for which the controller waits.
const AT_ONCE: isize = CALLED_READ | CALLED_WRITE | READ_REQUEST | WRITE_REQUEST;
const TRIGGERS: isize = AT_ONCE | END_READ | END_WRITE;

/// Events of the bus that a soft or hard handler wants to know of.
pub static EVENTS: Events = Events {
    flags: |vm, word| Ok(Word::int(receiver(vm, word)?.number(FLAGS))),
    trigger: |vm, word, bits| {
        let target = receiver(vm, word)?;
        let before = target.number(TRIGGER);
        if let Some(bits) = bits {
            target.set(TRIGGER, irq::bits(vm, bits, TRIGGERS)?);
        }
        Ok(Word::int(before))
    },
    call: |vm, word| vm.call(receiver(vm, word)?.0.state[2].get(), &[word]),
};

/// Fields, by their place in the tuple: small ints all.
const BUS: Field = Field(0);
const ADDRESS: Field = Field(1);
/// What the transfer is at: see below.
const STATE: Field = Field(2);
/// Bytes of a place in memory, and how many of them are still to come.
const WIDTH: Field = Field(3);
const LEFT: Field = Field(4);
/// The place in memory, and the one that was chosen last.
const PLACE: Field = Field(5);
const CHOSEN: Field = Field(6);
const TRIGGER: Field = Field(7);
/// What the last event was about, and what a soft handler has not heard of yet.
const FLAGS: Field = Field(8);
const DUE: Field = Field(9);
const IS_HARD: Field = Field(10);
/// The byte that came, and the one that goes next: -1 for none.
const CAME: Field = Field(11);
const NEXT: Field = Field(12);
/// Whether the handler has not returned.
const FAILED: Field = Field(13);
const FIELDS: usize = 14;

const OFF: isize = 0;
const IDLE: isize = 1;
const CALLED_TO_READ: isize = 2;
const CALLED_TO_WRITE: isize = 3;
/// A place in memory is being chosen.
const CHOOSING: isize = 4;
const READING: isize = 5;
const WRITING: isize = 6;

/// A bus's object.
#[derive(Clone, Copy)]
struct Target(Handle<Resource>);

impl Fields for Target {
    fn fields(self) -> Word {
        self.0.state[0].get()
    }
}

impl Target {
    fn bus(self) -> u8 {
        self.number(BUS) as u8
    }
    /// A number, which is `other` from now on.
    fn replace(self, field: Field, other: isize) -> isize {
        let number = self.number(field);
        self.set(field, other);
        number
    }
    /// The memory, if it has one that is not empty.
    fn memory(self, vm: &Vm) -> Option<&[core::cell::Cell<u8>]> {
        let memory = self.0.state[1].get();
        if memory == Word::NONE {
            None
        } else {
            vm.buffer(memory, true).ok().map(|buffer| buffer.bytes).filter(|bytes| !bytes.is_empty())
        }
    }
    /// The place of the next byte, and one further from now on.
    fn advance(self, length: usize) -> usize {
        let place = self.number(PLACE) as usize % length;
        self.set(PLACE, ((place + 1) % length) as isize);
        place
    }
}

fn targets(vm: &Vm) -> Outcome<&'static dyn I2cTargets> {
    hardware(vm)?.i2c_targets().ok_or_else(|| absent(vm))
}

fn receiver(vm: &Vm, word: Word) -> Outcome<Target> {
    vm.resource(word, &I2C_TARGET).map(Target).ok_or_else(|| vm.type_error("an I2CTarget is needed"))
}

fn make(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(id), name!(addr), name!(addrsize), name!(mem), name!(mem_addrsize)])?;
    let (Some(_), Some(address)) = (args.either(0, name!(id)), args.either(1, name!(addr))) else {
        return Err(vm.type_error("I2CTarget(id, addr) takes at least two arguments"));
    };
    let (targets, bus) = (targets(vm)?, bus_argument(vm, args)?.int_value() as u8);
    let (address, width) = (vm.index(address)?, vm.index_or(args.keyword(name!(mem_addrsize)), 8)?);
    let memory = args.keyword(name!(mem)).unwrap_or(Word::NONE);
    if !targets.exists(bus) {
        return Err(vm.value_error("there is no such bus"));
    }
    if !(0..0x80).contains(&address) || vm.index_or(args.keyword(name!(addrsize)), 7)? != 7 {
        return Err(vm.value_error("an address has 7 bits"));
    }
    if !matches!(width, 0 | 8 | 16 | 24 | 32) {
        return Err(vm.value_error("mem_addrsize is 0, 8, 16, 24 or 32"));
    }
    if memory != Word::NONE && vm.buffer(memory, true)?.bytes.is_empty() {
        return Err(vm.value_error("a memory has a byte at least"));
    }
    let mut fields = [Word::int(0); FIELDS];
    for (field, number) in [(BUS, bus.into()), (ADDRESS, address), (STATE, IDLE), (WIDTH, width / 8), (CAME, -1), (NEXT, -1)] {
        fields[field.0] = Word::int(number);
    }
    let fields = vm.new_tuple(&fields)?;
    // One object for each bus, which its event keeps.
    let source = Source::i2c(bus);
    let word = match event::argument(vm, source) {
        Some(word) => word,
        None => vm.new_resource(&I2C_TARGET, &[fields])?,
    };
    let state = &receiver(vm, word)?.0.state;
    let asked = if state[3].get() == Word::NONE { irq::new(vm, word)? } else { state[3].get() };
    targets.listen(bus, false);
    for (cell, value) in state.iter().zip([fields, memory, Word::NONE, asked]) {
        cell.set(value);
    }
    event::set_handler(vm, source, Word::of_static(&SERVE), word, true)?;
    event::set_handler(vm, Source::i2c_told(bus), Word::of_static(&TELL), word, false)?;
    targets.follow(bus, address as u8, false);
    targets.listen(bus, true);
    targets.tell(bus);
    Ok(word)
}

fn stop(vm: &Vm, target: Target) -> Outcome<()> {
    if target.replace(STATE, OFF) == OFF {
        return Ok(());
    }
    targets(vm)?.stop(target.bus());
    target.0.state[1].set(Word::NONE);
    target.0.state[2].set(Word::NONE);
    event::set_handler(vm, Source::i2c(target.bus()), Word::NONE, Word::NONE, false)?;
    event::set_handler(vm, Source::i2c_told(target.bus()), Word::NONE, Word::NONE, false)
}

fn read(vm: &Vm, args: Args) -> Outcome {
    let target = receiver(vm, args.at(0))?;
    let Some(first) = vm.buffer(args.at(1), true)?.bytes.first() else { return Ok(Word::int(0)) };
    let came = target.replace(CAME, -1);
    if came >= 0 {
        first.set(came as u8);
    }
    Ok(Word::int(isize::from(came >= 0)))
}

fn write(vm: &Vm, args: Args) -> Outcome {
    let target = receiver(vm, args.at(0))?;
    let first = vm.buffer(args.at(1), false)?.bytes.first().filter(|_| target.number(NEXT) < 0);
    if let Some(byte) = first {
        target.set(NEXT, byte.get().into());
    }
    Ok(Word::int(isize::from(first.is_some())))
}

fn irq(vm: &Vm, args: Args) -> Outcome {
    let target = receiver(vm, args.at(0))?;
    if let Some((handler, trigger, hard)) = irq::arguments(vm, args, END_READ | END_WRITE, TRIGGERS)? {
        if trigger & AT_ONCE != 0 && !hard {
            return Err(vm.value_error("the controller waits for that: it needs hard=True"));
        }
        target.0.state[2].set(Word::NONE);
        let fields = [(TRIGGER, trigger), (FLAGS, 0), (DUE, 0), (IS_HARD, isize::from(hard)), (FAILED, 0)];
        target.set_all(&fields);
        target.0.state[2].set(handler);
    }
    Ok(target.0.state[3].get())
}

/// Asks the bus what has happened, and does what follows.
fn served(vm: &Vm, word: Word) -> Outcome {
    let (target, targets) = (receiver(vm, word)?, targets(vm)?);
    let bus = target.bus();
    let mut result = Ok(());
    while result.is_ok() && target.number(STATE) != OFF {
        result = match targets.happened(bus) {
            I2cEvent::Quiet | I2cEvent::Room => break,
            I2cEvent::Addressed { reads } => {
                addressed(vm, target, reads).and_then(|()| if reads { give(vm, target) } else { Ok(()) })
            }
            I2cEvent::Wanted => give(vm, target),
            I2cEvent::Arrived(byte) => take(vm, target, byte),
            I2cEvent::Refused | I2cEvent::Stopped | I2cEvent::Lost => end(vm, target),
        };
    }
    if target.number(STATE) != OFF {
        targets.tell(bus);
    }
    result.map(|()| Word::NONE)
}

/// Tells the handler of an event, if it wants to know; whether it was called at once.
fn tell(vm: &Vm, target: Target, flag: isize) -> Outcome<bool> {
    let handler = &target.0.state[2];
    if target.number(TRIGGER) & flag == 0 || handler.get() == Word::NONE {
        return Ok(false);
    }
    if target.number(IS_HARD) == 0 {
        target.set(DUE, target.number(DUE) | flag);
        event::note(Source::i2c_told(target.bus()));
        return Ok(false);
    }
    target.set(FLAGS, flag);
    call_now(vm, target.0.word())?;
    if target.number(FAILED) != 0 {
        handler.set(Word::NONE);
    }
    Ok(true)
}

/// Calls a hard handler: what it raises does not end the program, `SystemExit` neither. That somebody stops the program meanwhile does, which
/// only a computer notices here.
fn call_now(vm: &Vm, word: Word) -> Outcome<()> {
    let Err(raised) = vm.call(Word::of_static(&TELL), &[word]) else { return Ok(()) };
    let exception = vm.take_raised(raised);
    if vm.is_instance(exception, &exception::KEYBOARD_INTERRUPT) {
        return Err(vm.raise_word(exception));
    }
    if let Err(raised) = vm.print_exception(exception, &mut Printer::new(&mut ErrorConsole)) {
        vm.take_raised(raised);
    }
    Ok(())
}

fn call_handler(vm: &Vm, word: Word) -> Outcome {
    let target = receiver(vm, word)?;
    let handler = target.0.state[2].get();
    if target.number(IS_HARD) == 0 {
        let due = target.replace(DUE, 0);
        target.set(FLAGS, due);
    }
    if handler != Word::NONE {
        target.set(FAILED, 1);
        vm.call(handler, &[word])?;
        target.set(FAILED, 0);
    }
    Ok(Word::NONE)
}

fn addressed(vm: &Vm, target: Target, reads: bool) -> Outcome<()> {
    end(vm, target)?;
    let (state, flag) = if reads { (CALLED_TO_READ, CALLED_READ) } else { (CALLED_TO_WRITE, CALLED_WRITE) };
    target.set(STATE, state);
    tell(vm, target, flag).map(|_| ())
}

/// Whatever the transfer was is over.
fn end(vm: &Vm, target: Target) -> Outcome<()> {
    let flag = match target.replace(STATE, IDLE) {
        READING => END_READ,
        CALLED_TO_WRITE | WRITING => END_WRITE,
        _ => return Ok(()),
    };
    tell(vm, target, flag).map(|_| ())
}

/// The other side waits for a byte.
fn give(vm: &Vm, target: Target) -> Outcome<()> {
    let told = tell(vm, target, READ_REQUEST).map(|_| ());
    if target.number(STATE) == OFF {
        return told;
    }
    let state = target.replace(STATE, READING);
    let byte = match target.memory(vm) {
        None => target.replace(NEXT, -1).max(0) as u8,
        Some(bytes) => {
            if state == CHOOSING {
                // Not all of the place has come.
                target.set(CHOSEN, target.number(PLACE));
            }
            bytes[target.advance(bytes.len())].get()
        }
    };
    targets(vm)?.offer(target.bus(), byte);
    told
}

/// A byte has come: of a place in memory, or of what it is to hold.
fn take(vm: &Vm, target: Target, byte: u8) -> Outcome<()> {
    target.set(CAME, byte.into());
    let told = tell(vm, target, WRITE_REQUEST).map(|_| ());
    let is_taken = target.replace(CAME, -1) < 0;
    let Some(bytes) = target.memory(vm) else {
        if target.number(STATE) != OFF {
            target.set(STATE, WRITING);
        }
        return told;
    };
    if is_taken {
        return told;
    }
    if target.number(STATE) == CALLED_TO_WRITE {
        target.set_all(&[(STATE, CHOOSING), (PLACE, 0), (LEFT, target.number(WIDTH))]);
    }
    let left = target.number(LEFT);
    if target.number(STATE) == CHOOSING && left > 0 {
        // A place beyond the memory's end is counted from its beginning again; so may be the part of it that has come.
        let place = (target.number(PLACE) as u64 * 256 + u64::from(byte)) % bytes.len() as u64;
        target.set(PLACE, place as isize);
        target.set(LEFT, left - 1);
        if left == 1 {
            target.set(CHOSEN, place as isize);
        }
    } else {
        target.set(STATE, WRITING);
        bytes[target.advance(bytes.len())].set(byte);
    }
    told
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    match access {
        Access::Load if name == name!(memaddr) => Ok(Word::int(receiver(vm, word)?.number(CHOSEN))),
        _ => Ok(Word::UNSET),
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let target = receiver(vm, word)?;
    out.counted(vm, "I2CTarget(", target.bus().into())?;
    out.text(vm, ", addr=")?;
    out.int(vm, target.number(ADDRESS))?;
    out.text(vm, ")")
}
