//! The machines of zlib: what `zlib` in Python asks of the library.

use super::{Machine, add, with};
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use std::sync::Mutex;
use zlib_rs::{Deflate, DeflateConfig, DeflateError, DeflateFlush, Inflate, InflateError, InflateFlush, Status, Strategy};

/// `Z_FINISH`.
pub const FINISH: isize = 4;
/// `Z_NEED_DICT`, an error that is none if the dictionary comes.
const NEED_DICTIONARY: isize = 2;

/// Header bits that zlib's `inflateInit2` takes: none, zlib's, gzip's, either.
fn fits(bits: isize, is_packing: bool) -> bool {
    match bits {
        -15..=-9 | 9..=15 | 25..=31 => true,
        8 => true,
        -8 | 0 | 16 | 24 | 32 | 40..=47 => !is_packing,
        _ => false,
    }
}

pub fn deflater(vm: &Vm, args: Args) -> Outcome {
    let [level, bits, memory, strategy] = [0, 1, 2, 3].map(|at| vm.index(args.at(at)));
    let (level, bits, memory) = (level?, bits?, memory?);
    let strategy = i32::try_from(strategy?).ok().and_then(|number| Strategy::try_from(number).ok());
    let Some(strategy) = strategy.filter(|_| (-1..=9).contains(&level) && (1..=9).contains(&memory) && fits(bits, true)) else {
        return Err(vm.value_error("Invalid initialization option"));
    };
    let config = DeflateConfig {
        level: level as i32,
        window_bits: bits as i32,
        mem_level: memory as i32,
        strategy,
        ..DeflateConfig::default()
    };
    let spare = spare(|machine| matches!(machine, Machine::Deflater(_, known) if *known == config));
    Ok(add(spare.unwrap_or_else(|| Machine::Deflater(Deflate::new_with_config(config), config))))
}

pub fn inflater(vm: &Vm, args: Args) -> Outcome {
    let bits = vm.index(args.at(0))?;
    if !fits(bits, false) {
        return Err(vm.value_error("Invalid initialization option"));
    }
    let spare = spare(|machine| matches!(machine, Machine::Inflater(_, known) if *known == bits));
    Ok(add(spare.unwrap_or_else(|| Machine::Inflater(Inflate::new(bits >= 0, bits.unsigned_abs() as u8), bits))))
}

/// Machines that nobody needs, ready for the next one who asks for such: a new one clears its memory, which takes longer than to pack a page.
static SPARE: Mutex<Vec<Machine>> = Mutex::new(Vec::new());
/// How many of those are kept.
const KEPT: usize = 4;

fn spare(fits: impl Fn(&Machine) -> bool) -> Option<Machine> {
    let mut spare = SPARE.lock().expect("nothing panics while it has the machines");
    let place = spare.iter().position(fits)?;
    Some(spare.swap_remove(place))
}

/// Keeps a machine that is not needed any more, as if it were new.
pub fn put_away(machine: Machine) {
    let fresh = match machine {
        Machine::Deflater(mut packer, config) => {
            packer.reset();
            Machine::Deflater(packer, config)
        }
        // The library begins others anew with the widest window alone.
        Machine::Inflater(mut unpacker, bits) if bits.abs() == 15 => {
            unpacker.reset(bits > 0);
            Machine::Inflater(unpacker, bits)
        }
        _ => return,
    };
    let mut spare = SPARE.lock().expect("nothing panics while it has the machines");
    if spare.len() >= KEPT {
        spare.remove(0);
    }
    spare.push(fresh);
}

pub fn dictionary(vm: &Vm, args: Args) -> Outcome {
    let data = vm.bytes_of(args.at(1))?.to_vec();
    let is_right = with(vm, args.at(0), |machine| match machine {
        Machine::Deflater(packer, _) => packer.set_dictionary(&data).is_ok(),
        Machine::Inflater(unpacker, _) => unpacker.set_dictionary(&data).is_ok(),
        _ => false,
    })?;
    Ok(Word::bool(is_right))
}

pub fn message(vm: &Vm, args: Args) -> Outcome {
    let message = with(vm, args.at(0), |machine| match machine {
        Machine::Deflater(packer, _) => packer.error_message(),
        Machine::Inflater(unpacker, _) => unpacker.error_message(),
        _ => None,
    })?;
    message.map_or(Ok(Word::NONE), |text| vm.new_str(text))
}

pub fn adler32(vm: &Vm, args: Args) -> Outcome {
    let start = vm.index(args.at(1))? as u32;
    let sum = zlib_rs::adler32::adler32(start, vm.bytes_of(args.at(0))?);
    Ok(Word::int(sum as isize))
}

/// One turn of a packer: how much it made and took, and whether the stream has ended.
pub fn deflate(packer: &mut Deflate, data: &[u8], room: &mut [u8], flush: isize) -> (usize, usize, Result<bool, isize>) {
    let before = (packer.total_out(), packer.total_in());
    let flush = match flush {
        1 => DeflateFlush::PartialFlush,
        2 => DeflateFlush::SyncFlush,
        3 => DeflateFlush::FullFlush,
        FINISH => DeflateFlush::Finish,
        5 => DeflateFlush::Block,
        _ => DeflateFlush::NoFlush,
    };
    let done = packer.compress(data, room, flush).map(|status| status == Status::StreamEnd).map_err(|error| match error {
        DeflateError::StreamError => -2,
        DeflateError::DataError => -3,
        DeflateError::MemError => -4,
    });
    ((packer.total_out() - before.0) as usize, (packer.total_in() - before.1) as usize, done)
}

/// One turn of an unpacker.
pub fn inflate(unpacker: &mut Inflate, data: &[u8], room: &mut [u8]) -> (usize, usize, Result<bool, isize>) {
    let before = (unpacker.total_out(), unpacker.total_in());
    let outcome = unpacker.decompress(data, room, InflateFlush::SyncFlush);
    let done = outcome.map(|status| status == Status::StreamEnd).map_err(|error| match error {
        InflateError::NeedDict { .. } => NEED_DICTIONARY,
        InflateError::StreamError => -2,
        InflateError::DataError => -3,
        InflateError::MemError => -4,
    });
    ((unpacker.total_out() - before.0) as usize, (unpacker.total_in() - before.1) as usize, done)
}
