//! `machine.I2S`: sound, as a stream.
//!
//! The hardware goes round in a small piece of memory, and is done with its halves in turn. `turn` then moves samples between that half and a ring,
//! in the interrupt, whatever the program does: both lie in Python's heap and stay where they are. The program fills or empties the ring; where it
//! has a handler (`irq`), its buffer is moved by an event that comes with each half. The ring holds samples as programs have them.

use crate::event::{self, Source};
use crate::fields::{self, Field, Fields};
use crate::hardware::{I2sBuses, I2sSettings, absent, hardware};
use crate::pin;
use core::cell::Cell;
use core::sync::atomic::{Ordering::SeqCst, compiler_fence};
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Header, Slots, Type};
use interpreter::object::print::{Printer, RawBytes, Style};
use interpreter::object::resource::{Constant, constant_type};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vfs::stream::{self, Operations, Stream, derived_type, poll};
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(print), ..stream::SHARED };
/// `I2S`. State: [0] -1 (it is never closed), [1] the fields below in a tuple, [2] the ring's memory, or `NONE`.
pub static I2S: Type = derived_type(name!(I2S), &SLOTS, ROWS);

static SERVE_SLOTS: Slots = Slots { call: Some(|vm, _, args| served(vm, args.at(0))), ..Slots::NONE };
static SERVE_TYPE: Type = constant_type(name!(I2S), &SERVE_SLOTS);
/// What the bus's event calls.
static SERVE: Constant = Constant { header: Header::of(&SERVE_TYPE) };

/// Names of keyword arguments.
pub const MORE: &[&str] = &["sck", "ws", "sd", "mode", "bits", "format", "rate", "ibuf", "buf", "shift"];

table! { pub ROWS, NAMES, DOCS:
    /// init(*, sck, ws, sd, mode, bits, format, rate, ibuf): starts it anew.
    def init(1, keywords) = |vm, args| { let it = receiver(vm, args.at(0))?; init(vm, it, args)?; Ok(Word::NONE) };
    /// deinit(): switches it off.
    def deinit(1) = |vm, args| { let it = receiver(vm, args.at(0))?; stop(vm, it)?; Ok(Word::NONE) };
    /// readinto(buffer): fills a buffer with samples; answers how many bytes. With a handler it does so later.
    def readinto(2) = |vm, args| transfer(vm, args, RX);
    /// write(buffer): plays samples; answers how many bytes. With a handler it does so later.
    def write(2) = |vm, args| transfer(vm, args, TX);
    /// irq(handler): readinto and write return at once, and handler(i2s) is called when they are done; None ends that.
    def irq(2) = irq;
    /// shift(*, buf, bits, shift): moves the bits of all samples of a buffer up (or down): twice as loud each.
    static def shift(0, keywords) = shift;
    /// In mode=: it listens.
    const RX = Word::int(RX);
    /// In mode=: it plays.
    const TX = Word::int(TX);
    /// In format=: a left and a right sample in turn.
    const STEREO = Word::int(1);
    /// In format=: one sample for both, or of the left alone.
    const MONO = Word::int(0);
}

const RX: isize = 0x300;
const TX: isize = 0x200;
/// Bytes that the hardware goes round in.
const MEMORY: usize = 256;
const HALF: usize = MEMORY / 2;

/// Fields, by their place in the tuple: small ints, but for the last two.
const BUS: Field = Field(0);
/// The pins.
const PINS: usize = 1;
/// `RX` or `TX`, 0 while it is off.
const MODE: Field = Field(4);
const BITS: Field = Field(5);
const FORMAT: Field = Field(6);
const RATE: Field = Field(7);
const IBUF: Field = Field(8);
/// Where is taken out, and put in: the same place is an empty ring.
const GET: Field = Field(9);
const PUT: Field = Field(10);
/// What waits: 0, the program; 1, its handler; 2, whoever polls.
const WAITS: Field = Field(11);
/// Bytes of the buffer that are done.
const DONE: Field = Field(12);
/// The hardware's memory, and the buffer that is under way, or `NONE`.
const ROUND: Field = Field(13);
const BUFFER: Field = Field(14);
const FIELDS: usize = 15;

const BY_HANDLER: isize = 1;
const BY_POLLING: isize = 2;

/// A bus's object.
#[derive(Clone, Copy)]
struct I2s(Handle<Stream>);

impl Fields for I2s {
    fn fields(self) -> Word {
        self.0.state[1].get()
    }
}

impl I2s {
    fn bus(self) -> u8 {
        self.number(BUS) as u8
    }
    /// Bytes of a sample, and of a frame.
    fn widths(self) -> (usize, usize) {
        let sample = self.number(BITS) as usize / 8;
        (sample, sample << self.number(FORMAT))
    }
    fn ring(self) -> &'static [Cell<u8>] {
        Handle::<RawBytes>::from(self.0.state[2].get()).map_or(&[], |ring| ring.get().tail())
    }
    fn filled(self) -> usize {
        let places = self.number(IBUF).max(1);
        ((self.number(PUT) + places - self.number(GET)) % places) as usize
    }
    fn room(self) -> usize {
        (self.number(IBUF) as usize).saturating_sub(self.filled() + 1)
    }
    /// Takes bytes out of the ring, or puts some in, as many as the other side has: the caller knows that there are so many, or so much room.
    fn move_all(self, place: Field, other: &[Cell<u8>], out: bool) {
        let (ring, mut at) = (self.ring(), self.number(place) as usize);
        for byte in other {
            let Some(cell) = ring.get(at) else { return };
            let (to, from) = if out { (byte, cell) } else { (cell, byte) };
            to.set(from.get());
            at = if at + 1 == ring.len() { 0 } else { at + 1 };
        }
        // The other side may use the places once they are told.
        compiler_fence(SeqCst);
        self.set(place, at as isize);
    }
    /// Moves whole frames between a buffer of the program's and the ring, as many as there are or fit; how many bytes.
    fn pass(self, bytes: &[Cell<u8>]) -> usize {
        let frame = self.widths().1;
        let (out, place) = if self.number(MODE) == RX { (true, GET) } else { (false, PUT) };
        let most = if out { self.filled() } else { self.room() }.min(bytes.len());
        let count = most - most % frame;
        self.move_all(place, &bytes[..count], out);
        count
    }
}

/// A frame of the hardware's, and of the program's: in words of 32 bits the upper half comes first.
fn place(at: usize, wide: bool) -> usize {
    if wide { at ^ 2 } else { at }
}

/// A half of the memory is done: takes samples out of it, or puts some in, silence where there are none. Whether the program has a buffer under way;
/// `None` where the bus is nobody's.
///
/// Called by the interrupt: it touches cells alone.
pub fn turn(vm: &Vm, bus: u8) -> Option<bool> {
    let it = event::argument(vm, Source::i2s(bus)).and_then(Handle::from).map(I2s)?;
    let memory = Handle::<RawBytes>::from(it.field(ROUND).get())?;
    let buses = buses(vm).ok()?;
    let memory = &memory.get().tail()[..MEMORY];
    let receives = it.number(MODE) == RX;
    while let Some(second) = buses.take_half(bus, memory) {
        let half = &memory[if second { HALF } else { 0 }..][..HALF];
        if receives { it.heard(half) } else { it.play(half) }
    }
    Some(it.field(BUFFER).get() != Word::NONE)
}

impl I2s {
    /// Frames come as two words of 32 bits. What has no room is lost.
    fn heard(self, half: &[Cell<u8>]) {
        let (sample, frame) = self.widths();
        let samples = frame / sample;
        if self.room() < half.len() / 8 * frame {
            return;
        }
        let bytes: [Cell<u8>; 8] = Default::default();
        for frame_of in half.chunks_exact(8) {
            for at in 0..frame {
                let (which, at_of) = (at / sample, at % sample);
                // The upper two bytes of a sample of 16 bits.
                let from = if sample == 2 { at_of } else { place(at_of, true) };
                bytes[at].set(frame_of[4 * which + from].get());
            }
            self.move_all(PUT, &bytes[..samples * sample], false);
        }
    }

    /// Frames go as two words of as many bits as samples have.
    fn play(self, half: &[Cell<u8>]) {
        let (sample, frame) = self.widths();
        let bytes: [Cell<u8>; 8] = Default::default();
        for frame_of in half.chunks_exact(2 * sample) {
            let there = self.filled() >= frame;
            if there {
                self.move_all(GET, &bytes[..frame], true);
            }
            for (at, cell) in frame_of.iter().enumerate() {
                // One sample is both where there is one.
                let from = place(at, sample == 4) % frame;
                cell.set(if there { bytes[from].get() } else { 0 });
            }
        }
    }
}

fn buses(vm: &Vm) -> Outcome<&'static dyn I2sBuses> {
    hardware(vm)?.i2s().ok_or_else(|| absent(vm))
}

fn receiver(vm: &Vm, word: Word) -> Outcome<I2s> {
    let stream = stream::stream(vm, word)?;
    if core::ptr::eq(stream.header.0.get(), &I2S) { Ok(I2s(stream)) } else { Err(vm.type_error("an I2S is needed")) }
}

fn make(vm: &Vm, args: Args) -> Outcome {
    let Some(id) = args.get(0).filter(|_| args.len() == 1) else {
        return Err(vm.type_error("I2S(id, *, …) takes one argument by place"));
    };
    let buses = buses(vm)?;
    let bus = u8::try_from(vm.index(id)?).ok().filter(|bus| buses.pins(*bus).is_some());
    let Some(bus) = bus else { return Err(vm.value_error("invalid id")) };
    // One object for each bus, which its event keeps.
    let it = match event::argument(vm, Source::i2s(bus)).and_then(Handle::from).map(I2s) {
        Some(it) => it,
        None => {
            let mut fields = [Word::int(0); FIELDS];
            (fields[BUS.0], fields[ROUND.0], fields[BUFFER.0]) = (Word::int(bus.into()), Word::NONE, Word::NONE);
            let state = [Word::int(-1), vm.new_tuple(&fields)?, Word::NONE].map(Cell::new);
            let stream = vm.new_object(Stream { header: Header::of(&I2S), operations: &OPERATIONS, state, text: false })?;
            event::set_handler(vm, Source::i2s(bus), Word::of_static(&SERVE), stream.word(), true)?;
            I2s(stream)
        }
    };
    init(vm, it, args)?;
    Ok(it.0.word())
}

fn init(vm: &Vm, it: I2s, args: Args) -> Outcome<()> {
    let names = [name!(sck), name!(ws), name!(sd), name!(mode), name!(bits), name!(format), name!(rate), name!(ibuf)];
    vm.only_keywords(args, &names)?;
    let given = |at: usize| {
        args.keyword(names[at]).ok_or_else(|| vm.type_error("sck, ws, sd, mode, bits, format, rate and ibuf are needed"))
    };
    let (buses, bus) = (buses(vm)?, it.bus());
    stop(vm, it)?;
    let mut pins = [0; 3];
    for (at, pin) in pins.iter_mut().enumerate() {
        *pin = pin::find(vm, given(at)?)?;
        let name = hardware(vm)?.pins()[*pin].chip;
        if !buses.pins(bus).is_some_and(|pins| pins[at].contains(&name)) {
            return Err(vm.value_error(["invalid SCK pin", "invalid WS pin", "invalid SD pin"][at]));
        }
    }
    let number = |at: usize, allowed: [isize; 2], what: &str| {
        let number = vm.index(given(at)?)?;
        if allowed.contains(&number) { Ok(number) } else { Err(vm.value_error(what)) }
    };
    let mode = number(3, [RX, TX], "invalid mode")?;
    let bits = number(4, [16, 32], "invalid bits")?;
    let format = number(5, [0, 1], "invalid format")?;
    let (rate, ibuf) = (vm.index(given(6)?)?, vm.index(given(7)?)?);
    let Some(wanted) = u32::try_from(rate).ok().filter(|rate| *rate > 0) else { return Err(vm.value_error("invalid rate")) };
    // Room for the frames of a half, which come at once.
    if !(1..=1 << 24).contains(&ibuf) {
        return Err(vm.value_error("invalid ibuf"));
    }
    let (ring, memory) = (vm.new_raw_bytes(ibuf as usize)?, vm.new_raw_bytes(MEMORY)?);
    memory.get().tail().iter().for_each(|byte| byte.set(0));
    it.0.state[2].set(ring.word());
    it.field(ROUND).set(memory.word());
    let fields = [(BITS, bits), (FORMAT, format), (RATE, rate), (IBUF, ibuf), (GET, 0), (PUT, 0), (WAITS, 0), (MODE, mode)];
    it.set_all(&fields);
    pins.iter().enumerate().for_each(|(at, pin)| it.set(Field(PINS + at), *pin as isize));
    // What comes always has 32 bits, as most microphones send it.
    let settings = I2sSettings { receives: mode == RX, wide: mode == RX || bits == 32, rate: wanted };
    if !buses.start(bus, settings, pins, &memory.get().tail()[..MEMORY]) {
        stop(vm, it)?;
        return Err(vm.os_error(Errno::EIO.0));
    }
    Ok(())
}

fn stop(vm: &Vm, it: I2s) -> Outcome<()> {
    if it.number(MODE) != 0 {
        buses(vm)?.stop(it.bus());
        it.set(MODE, 0);
        it.field(ROUND).set(Word::NONE);
        it.field(BUFFER).set(Word::NONE);
        it.0.state[2].set(Word::NONE);
        event::set_handler(vm, Source::i2s_told(it.bus()), Word::NONE, Word::NONE, false)?;
    }
    Ok(())
}

fn irq(vm: &Vm, args: Args) -> Outcome {
    let it = receiver(vm, args.at(0))?;
    let nobody = args.at(1) == Word::NONE;
    it.field(BUFFER).set(Word::NONE);
    it.set(WAITS, if nobody { 0 } else { BY_HANDLER });
    event::set_handler(vm, Source::i2s_told(it.bus()), args.at(1), it.0.word(), false)?;
    Ok(Word::NONE)
}

/// The object, if it is on and does this; the number of bytes must be whole frames.
fn ready(vm: &Vm, it: I2s, mode: isize, bytes: usize) -> Outcome<()> {
    let errno = match it.number(MODE) {
        0 => Errno::EINVAL,
        now if now != mode => Errno::EPERM,
        _ if !bytes.is_multiple_of(it.widths().1) => Errno::EINVAL,
        _ => return Ok(()),
    };
    Err(vm.os_error(errno.0))
}

fn transfer(vm: &Vm, args: Args, mode: isize) -> Outcome {
    let it = receiver(vm, args.at(0))?;
    let length = vm.buffer(args.at(1), mode == RX)?.bytes.len();
    ready(vm, it, mode, length)?;
    if it.number(WAITS) == BY_HANDLER {
        it.set(DONE, 0);
        it.field(BUFFER).set(if length > 0 { args.at(1) } else { Word::NONE });
        return Ok(Word::int(length as isize));
    }
    let mut count = 0;
    while count < length {
        // Waiting may have run Python: the buffer is looked up again.
        let bytes = vm.buffer(args.at(1), mode == RX)?.bytes;
        count += it.pass(bytes.get(count..length).unwrap_or(&[]));
        if count == length || it.number(WAITS) == BY_POLLING {
            break;
        }
        vm.poll()?;
        ready(vm, it, mode, 0)?;
        vm.idle(Some(vm.port.now() + 1000));
    }
    Ok(Word::int(count as isize))
}

/// Goes on with the buffer that is under way; the handler is told when it is done.
fn served(vm: &Vm, word: Word) -> Outcome {
    let it = receiver(vm, word)?;
    // Where nothing interrupts, the hardware waits for this.
    let _ = turn(vm, it.bus());
    let buffer = it.field(BUFFER).get();
    if buffer == Word::NONE {
        return Ok(Word::NONE);
    }
    let bytes = vm.buffer(buffer, it.number(MODE) == RX)?.bytes;
    let done = it.number(DONE) as usize;
    let done = done + it.pass(bytes.get(done..).unwrap_or(&[]));
    it.set(DONE, done as isize);
    if done >= bytes.len() {
        it.field(BUFFER).set(Word::NONE);
        event::note(Source::i2s_told(it.bus()));
    }
    Ok(Word::NONE)
}

static OPERATIONS: Operations = Operations {
    // Programs read and write by the methods above, which know the buffer itself.
    read: |vm, _, _| Err(vm.os_error(Errno::EOPNOTSUPP.0)),
    write: |vm, _, _| Err(vm.os_error(Errno::EOPNOTSUPP.0)),
    seekable: false,
    seek: stream::not_seekable,
    flush: |_, _| Ok(()),
    close: |_, _| Ok(()),
    poll: |vm, stream, wanted| {
        let bus = fields::number(stream.state[1].get(), BUS) as u8;
        let Some(it) = event::argument(vm, Source::i2s(bus)).and_then(Handle::from).map(I2s) else { return Ok(0) };
        // Whoever polls does not want to wait.
        it.set(WAITS, BY_POLLING);
        let frame = it.widths().1;
        let (reads, mode) = (it.number(MODE) == RX, it.number(MODE));
        if mode == 0 {
            return Err(vm.os_error(Errno::EINVAL.0));
        }
        Ok(wanted & poll::ready(reads && it.filled() >= frame, !reads && it.room() >= frame))
    },
    descriptor: stream::no_descriptor,
};

fn shift(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(buf), name!(bits), name!(shift)])?;
    let given = |name| args.keyword(name).ok_or_else(|| vm.type_error("buf, bits and shift are needed"));
    let (by, bits) = (vm.index(given(name!(shift))?)?.clamp(-31, 31), vm.index(given(name!(bits))?)?);
    if !matches!(bits, 16 | 32) {
        return Err(vm.value_error("invalid bits"));
    }
    for sample in vm.buffer(given(name!(buf))?, true)?.bytes.chunks_exact(bits as usize / 8) {
        // In the upper bits of a word, which keeps the sign.
        let mut word = [0; 4];
        let at = 4 - sample.len();
        word[at..].iter_mut().zip(sample).for_each(|(byte, cell)| *byte = cell.get());
        let value = i32::from_le_bytes(word);
        let moved = if by >= 0 { value << by } else { value >> -by };
        sample.iter().zip(&moved.to_le_bytes()[at..]).for_each(|(cell, byte)| cell.set(*byte));
    }
    Ok(Word::NONE)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let it = receiver(vm, word)?;
    out.counted(vm, "I2S(id=", it.bus().into())?;
    for (at, text) in [",\nsck=", ",\nws=", ",\nsd="].into_iter().enumerate() {
        out.text(vm, text)?;
        out.text(vm, hardware(vm)?.pins()[it.number(Field(PINS + at)) as usize].chip)?;
    }
    for (text, field) in [(",\nmode=", MODE), (",\nbits=", BITS), (", format=", FORMAT), (",\nrate=", RATE), (", ibuf=", IBUF)] {
        out.counted(vm, text, it.number(field))?;
    }
    out.text(vm, ")")
}
