//! `_packing`: bzip2, LZMA and zlib, over their libraries. `bz2`, `lzma` and `zlib` are Python over it.
//!
//! A machine takes bytes and gives bytes, as much as it has of both. It goes by its number, since objects in Python's heap cannot
//! own anything of Rust's.

mod squeezing;

use bzip2::{Action as BzAction, Compress, Compression, Decompress, Status as BzStatus};
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use liblzma::stream::{Action, Check, Error, Filters, LzmaOptions, MatchFinder, Mode, Status, Stream};
use std::sync::{Mutex, MutexGuard};
use zlib_rs::{Deflate, DeflateConfig, Inflate};

table! { pub ROWS, NAMES, DOCS:
    /// bzip2_packer(level): a machine that packs.
    def bzip2_packer(1) = |vm, args| {
        let level = u32::try_from(vm.index(args.at(0))?).unwrap_or(9);
        Ok(add(Machine::Bzip2Packer(Compress::new(Compression::new(level), 0))))
    };
    /// bzip2_unpacker(): a machine that unpacks one stream.
    def bzip2_unpacker(0) = |_, _| Ok(add(Machine::Bzip2Unpacker(Decompress::new(false))));
    /// lzma_packer(container, check, filters): a machine that packs; filters as `_filters` makes them.
    def lzma_packer(3) = |vm, args| {
        let filters = filters(vm, args.at(2))?;
        let made = match vm.index(args.at(0))? {
            XZ => Stream::new_stream_encoder(&filters.chain, check(vm.index(args.at(1))?)),
            ALONE => match &filters.options {
                Some(options) => Stream::new_lzma_encoder(options),
                None => Err(Error::Options),
            },
            _ => Stream::new_raw_encoder(&filters.chain),
        };
        lzma_machine(vm, made)
    };
    /// lzma_unpacker(container, memory, filters): a machine that unpacks one stream.
    def lzma_unpacker(3) = |vm, args| {
        let limit = u64::try_from(vm.index(args.at(1))?).ok().filter(|limit| *limit > 0).unwrap_or(u64::MAX);
        lzma_machine(vm, match vm.index(args.at(0))? {
            AUTO => Stream::new_auto_decoder(limit, 0),
            XZ => Stream::new_stream_decoder(limit, 0),
            ALONE => Stream::new_lzma_decoder(limit),
            _ => Stream::new_raw_decoder(&filters(vm, args.at(2))?.chain),
        })
    };
    /// deflater(level, bits, memory, strategy): a machine that packs as zlib; the bits say which header there is.
    def deflater(4) = squeezing::deflater;
    /// inflater(bits): a machine that unpacks one stream of zlib's.
    def inflater(1) = squeezing::inflater;
    /// dictionary(machine, data): what zlib's both sides know beforehand; whether it is the right one.
    def dictionary(2) = squeezing::dictionary;
    /// message(machine): what zlib says is wrong with the bytes, or None.
    def message(1) = squeezing::message;
    /// adler32(data, value): zlib's checksum.
    def adler32(2) = squeezing::adler32;
    /// step(machine, data, most, flush): gives data to a machine. (what it made, at most so many bytes if that is not negative; how
    /// many bytes it took; whether the stream has ended; an error's number or 0). To flush is to end, 1 or 0; of zlib's, one of its numbers.
    def step(4) = step;
    /// supports(check): whether LZMA knows this check.
    def supports(1) = |vm, args| Ok(Word::bool(matches!(vm.index(args.at(0))?, 0 | 1 | 4 | 10)));
    /// forget(machine): it is not needed any more.
    def forget(1) = |vm, args| {
        let number = vm.index(args.at(0))? as usize;
        let machine = machines().get_mut(number).and_then(Option::take);
        if let Some(machine) = machine {
            squeezing::put_away(machine);
        }
        Ok(Word::NONE)
    };
}

const AUTO: isize = 0;
const XZ: isize = 1;
const ALONE: isize = 2;

/// Numbers of errors, which `bz2` and `lzma` word.
mod failure {
    pub const NONE: isize = 0;
    pub const DATA: isize = 1;
    pub const FORMAT: isize = 2;
    pub const OPTIONS: isize = 3;
    pub const MEMORY_LIMIT: isize = 4;
    pub const MEMORY: isize = 5;
    pub const CHECK: isize = 6;
    pub const INTERNAL: isize = 7;
}

enum Machine {
    Bzip2Packer(Compress),
    Bzip2Unpacker(Decompress),
    Lzma(Stream),
    Deflater(Deflate, DeflateConfig),
    Inflater(Inflate, isize),
}

/// What a step came to.
struct Step {
    made: Vec<u8>,
    taken: usize,
    ended: bool,
    failure: isize,
}

static MACHINES: Mutex<Vec<Option<Machine>>> = Mutex::new(Vec::new());

fn machines() -> MutexGuard<'static, Vec<Option<Machine>>> {
    MACHINES.lock().expect("nothing panics while it has the table")
}

fn add(machine: Machine) -> Word {
    let mut machines = machines();
    let free = machines.iter().position(Option::is_none).unwrap_or(machines.len());
    if free == machines.len() {
        machines.push(None);
    }
    machines[free] = Some(machine);
    Word::int(free as isize)
}

/// Does something with a machine. It must not run Python.
fn with<R>(vm: &Vm, number: Word, body: impl FnOnce(&mut Machine) -> R) -> Outcome<R> {
    let number = vm.index(number)? as usize;
    let done = machines().get_mut(number).and_then(Option::as_mut).map(body);
    done.ok_or_else(|| vm.value_error("no such machine"))
}

fn lzma_machine(vm: &Vm, made: Result<Stream, Error>) -> Outcome {
    match made {
        Ok(stream) => Ok(add(Machine::Lzma(stream))),
        Err(_) => Err(vm.value_error("Invalid or unsupported options")),
    }
}

fn check(number: isize) -> Check {
    match number {
        0 => Check::None,
        1 => Check::Crc32,
        10 => Check::Sha256,
        _ => Check::Crc64,
    }
}

/// A chain of filters, and the options of its LZMA, which the old container wants alone.
struct Chain {
    chain: Filters,
    options: Option<LzmaOptions>,
}

/// Filters from a list of ints: for each its id (0 for LZMA1), how many numbers follow, those. LZMA's are preset, dictionary, lc, lp, pb, mode,
/// nice length, match finder, depth, -1 where the preset decides; of delta the distance; of the others where code begins.
fn filters(vm: &Vm, list: Word) -> Outcome<Chain> {
    let mut numbers = Vec::new();
    vm.for_each(list, &mut |item| {
        numbers.push(vm.index(item)?);
        Ok(())
    })?;
    let wrong = || vm.value_error("Invalid or unsupported options");
    let mut chain = Chain { chain: Filters::new(), options: None };
    let mut rest = numbers.as_slice();
    while let [id, count, tail @ ..] = rest {
        let (own, after) = tail.split_at_checked(*count as usize).ok_or_else(wrong)?;
        rest = after;
        let made = &mut chain.chain;
        match *id {
            LZMA1 | LZMA2 => {
                let options = lzma_options(own).ok_or_else(wrong)?;
                if *id == LZMA1 {
                    made.lzma1(&options)
                } else {
                    made.lzma2(&options)
                };
                chain.options = Some(options);
                continue;
            }
            DELTA => made.delta_properties(&[own.first().map_or(0, |distance| distance - 1) as u8]).map_err(|_| wrong())?,
            4 => made.x86(),
            5 => made.powerpc(),
            6 => made.ia64(),
            7 => made.arm(),
            8 => made.arm_thumb(),
            9 => made.sparc(),
            _ => return Err(wrong()),
        };
    }
    Ok(chain)
}

const DELTA: isize = 3;
const LZMA2: isize = 0x21;
const LZMA1: isize = 0;

fn lzma_options(numbers: &[isize]) -> Option<LzmaOptions> {
    let [preset, dictionary, lc, lp, pb, mode, nice, finder, depth] = *numbers else { return None };
    let given = |number: isize| u32::try_from(number).ok();
    let mut options = LzmaOptions::new_preset(given(preset)?).ok()?;
    given(dictionary).map(|value| options.dict_size(value));
    given(lc).map(|value| options.literal_context_bits(value));
    given(lp).map(|value| options.literal_position_bits(value));
    given(pb).map(|value| options.position_bits(value));
    given(mode).map(|value| options.mode(if value == 1 { Mode::Fast } else { Mode::Normal }));
    given(nice).map(|value| options.nice_len(value));
    given(depth).map(|value| options.depth(value));
    let finder = match finder {
        3 => Some(MatchFinder::HashChain3),
        4 => Some(MatchFinder::HashChain4),
        0x12 => Some(MatchFinder::BinaryTree2),
        0x13 => Some(MatchFinder::BinaryTree3),
        0x14 => Some(MatchFinder::BinaryTree4),
        _ => None,
    };
    finder.map(|value| options.match_finder(value));
    Some(options)
}

fn step(vm: &Vm, args: Args) -> Outcome {
    let data = vm.bytes_of(args.at(1))?.to_vec();
    let most = usize::try_from(vm.index(args.at(2))?).unwrap_or(usize::MAX);
    let flush = vm.index(args.at(3))?;
    let step = with(vm, args.at(0), |machine| run(machine, &data, most, flush))?;
    let made = vm.new_bytes(&step.made)?;
    vm.new_tuple(&[made, Word::int(step.taken as isize), Word::bool(step.ended), Word::int(step.failure)])
}

/// Bytes of room that a machine is given at a time.
const ROOM: usize = 32 * 1024;

fn run(machine: &mut Machine, data: &[u8], most: usize, flush: isize) -> Step {
    let ends = match machine {
        Machine::Deflater(..) | Machine::Inflater(..) => flush == squeezing::FINISH,
        _ => flush != 0,
    };
    let mut step = Step { made: Vec::new(), taken: 0, ended: false, failure: failure::NONE };
    loop {
        // A little data makes mostly little: what is not used of the room was cleared for nothing.
        let likely = if step.made.is_empty() { (data.len() * 4).clamp(1024, ROOM) } else { ROOM };
        let room = likely.min(most - step.made.len());
        let before = (step.made.len(), step.taken);
        let mut part = vec![0; room];
        let (made, taken, outcome) = turn(machine, &data[step.taken..], &mut part, flush);
        step.made.extend_from_slice(&part[..made]);
        step.taken += taken;
        match outcome {
            Ok(ended) => step.ended = ended,
            Err(failure) => step.failure = failure,
        }
        let is_full = step.made.len() == most;
        let is_idle = (step.made.len(), step.taken) == before;
        // A machine whose room is full may have more to give, though it took all.
        if step.ended || step.failure != failure::NONE || is_full || is_idle || !ends && step.taken == data.len() && made < room {
            return step;
        }
    }
}

/// One turn of a machine: how much it made and took, and whether the stream has ended.
fn turn(machine: &mut Machine, data: &[u8], room: &mut [u8], flush: isize) -> (usize, usize, Result<bool, isize>) {
    let ends = flush != 0;
    match machine {
        Machine::Deflater(packer, _) => squeezing::deflate(packer, data, room, flush),
        Machine::Inflater(unpacker, _) => squeezing::inflate(unpacker, data, room),
        Machine::Bzip2Packer(packer) => {
            let before = (packer.total_out(), packer.total_in());
            let outcome = packer.compress(data, room, if ends { BzAction::Finish } else { BzAction::Run });
            let done = outcome.map(|status| status == BzStatus::StreamEnd).map_err(bzip2_failure);
            ((packer.total_out() - before.0) as usize, (packer.total_in() - before.1) as usize, done)
        }
        Machine::Bzip2Unpacker(unpacker) => {
            let before = (unpacker.total_out(), unpacker.total_in());
            let outcome = unpacker.decompress(data, room);
            let done = outcome.map(|status| status == BzStatus::StreamEnd).map_err(bzip2_failure);
            ((unpacker.total_out() - before.0) as usize, (unpacker.total_in() - before.1) as usize, done)
        }
        Machine::Lzma(stream) => {
            let before = (stream.total_out(), stream.total_in());
            let outcome = stream.process(data, room, if ends { Action::Finish } else { Action::Run });
            let done = outcome.map(|status| status == Status::StreamEnd).map_err(lzma_failure);
            ((stream.total_out() - before.0) as usize, (stream.total_in() - before.1) as usize, done)
        }
    }
}

fn bzip2_failure(error: bzip2::Error) -> isize {
    match error {
        bzip2::Error::DataMagic => failure::FORMAT,
        bzip2::Error::Data => failure::DATA,
        _ => failure::INTERNAL,
    }
}

fn lzma_failure(error: Error) -> isize {
    match error {
        Error::MemLimit => failure::MEMORY_LIMIT,
        Error::Data => failure::DATA,
        Error::Format => failure::FORMAT,
        Error::Options => failure::OPTIONS,
        Error::Mem => failure::MEMORY,
        Error::UnsupportedCheck => failure::CHECK,
        Error::Program | Error::NoCheck => failure::INTERNAL,
    }
}
