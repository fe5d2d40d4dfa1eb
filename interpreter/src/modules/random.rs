//! `random`: numbers that look like chance.
//!
//! The generator is Ilya Levin's Yasmarang, and numbers are made of it as MicroPython makes them, so a seed gives the same numbers
//! here as there. It is seeded by the port's entropy at first use. Not for secrets.

use crate::object::bigint;
use crate::object::exception::INDEX_ERROR;
use crate::object::real::{Bits, Math, Real, consts};
use crate::object::handle::{Args, Handle};
use crate::object::int;
use crate::object::kind::{Binary, Unary};
use crate::object::print::RawBytes;
use crate::object::word::Word;
use crate::vm::{Outcome, Root, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// seed(n=None): begins the series that n stands for; another one each time without.
    def seed(0..=1) = |vm, args| { seed(vm, args.get(0).filter(|word| *word != Word::NONE))?; Ok(Word::NONE) };
    /// getrandbits(n): an int of n random bits.
    def getrandbits(1) = |vm, args| {
        let count = vm.index(args.at(0))?;
        if count < 0 { Err(vm.value_error("number of bits must be non-negative")) } else { bits(vm, count as usize) }
    };
    /// randrange(stop) or randrange(start, stop[, step]): an int of that range.
    def randrange(1..=3) = randrange;
    /// randint(a, b): an int from a to b, both included.
    def randint(2) = |vm, args| {
        let (low, high) = (index(vm, args.at(0))?, index(vm, args.at(1))?);
        let end = vm.binary(Binary::Add, high, Word::int(1))?;
        between(vm, low, end, Word::int(1))
    };
    /// choice(sequence): one of its items.
    def choice(1) = |vm, args| {
        let length = vm.length(args.at(0))?;
        if length == 0 {
            return Err(vm.raise_text(&INDEX_ERROR, "Cannot choose from an empty sequence"));
        }
        let index = below(vm, Word::int(length as isize))?;
        vm.item(args.at(0), index)
    };
    /// choices(population, weights=None, *, cum_weights=None, k=1): a list of k items, each of them chosen anew.
    #[cfg(feature = "full")]
    def choices(1..=2, keywords) = choices;
    /// shuffle(list): puts its items into random order.
    def shuffle(1) = |vm, args| { let length = vm.length(args.at(0))?; shuffle(vm, args.at(0), length, length)?; Ok(Word::NONE) };
    /// sample(population, k): a list of k different items.
    #[cfg(feature = "full")]
    def sample(2) = sample;
    /// random(): a float from 0 up to 1, which is never reached.
    def random(0) = |vm, _| vm.new_float(real(vm)?);
    /// uniform(a, b): a float between a and b.
    def uniform(2) = |vm, args| {
        let (a, b) = (vm.float_value(args.at(0))?, vm.float_value(args.at(1))?);
        vm.new_float(a + (b - a) * real(vm)?)
    };
    /// gauss(mu=0.0, sigma=1.0): a float of the normal distribution.
    #[cfg(feature = "full")]
    def gauss(0..=2) = normal;
    /// normalvariate(mu=0.0, sigma=1.0): a float of the normal distribution.
    #[cfg(feature = "full")]
    def normalvariate(0..=2) = normal;
    /// expovariate(lambd): a float of the exponential distribution.
    #[cfg(feature = "full")]
    def expovariate(1) = |vm, args| vm.new_float(-Math::log(1.0 - real(vm)?) / vm.float_value(args.at(0))?);
}

/// Names of keyword arguments.
pub const KEYWORDS: &[&str] = &["weights", "cum_weights", "k"];

/// The state: pad, n, d of 32 bits each, dat of 8.
const STATE: usize = 13;

fn state(vm: &Vm) -> Outcome<Handle<RawBytes>> {
    match Handle::from(vm.root(Root::Random)) {
        Some(state) => Ok(state),
        None => seed(vm, None),
    }
}

fn seed(vm: &Vm, seed: Option<Word>) -> Outcome<Handle<RawBytes>> {
    let number = match seed {
        None => vm.port.entropy() as u32,
        Some(word) => match bigint::Big::of(vm.native(word), &bigint::Room::default()) {
            Some(big) => big.low_bits() as u32,
            None => vm.hash(word)?,
        },
    };
    let state = match Handle::from(vm.root(Root::Random)) {
        Some(state) => state,
        None => {
            let state = vm.new_raw_bytes(STATE)?;
            vm.set_root(Root::Random, state.word());
            state
        }
    };
    put(state, [number, 69, 233], 0);
    Ok(state)
}

fn put(state: Handle<RawBytes>, words: [u32; 3], last: u8) {
    let bytes = words.iter().flat_map(|word| word.to_le_bytes()).chain([last]);
    state.get().tail().iter().zip(bytes).for_each(|(cell, byte)| cell.set(byte));
}

/// 32 bits.
fn next(vm: &Vm) -> Outcome<u32> {
    let state = state(vm)?;
    let cells = state.get().tail();
    let word = |at: usize| u32::from_le_bytes(core::array::from_fn(|index| cells[at + index].get()));
    let (mut pad, mut n, mut d, mut last) = (word(0), word(4), word(8), cells[12].get());
    pad = pad.wrapping_add(u32::from(last)).wrapping_add(d.wrapping_mul(n)).rotate_left(3);
    n = pad | 2;
    d ^= pad.rotate_right(1);
    last ^= (pad ^ d >> 8 ^ 1) as u8;
    put(state, [pad, n, d], last);
    Ok(pad ^ d << 5 ^ pad >> 18 ^ u32::from(last) << 1)
}

/// So many bits, as an int.
fn bits(vm: &Vm, count: usize) -> Outcome {
    match count {
        0 => Ok(Word::int(0)),
        1..=32 => vm.new_uint(u64::from(next(vm)? & u32::MAX >> (32 - count))),
        _ => {
            let bytes = vm.new_raw_bytes(count.div_ceil(8))?;
            for part in bytes.get().tail().chunks(4) {
                let value = next(vm)?.to_le_bytes();
                part.iter().zip(value).for_each(|(cell, byte)| cell.set(byte));
            }
            if let (Some(top), 1..) = (bytes.get().tail().last(), count % 8) {
                top.set(top.get() & ((1 << (count % 8)) - 1) as u8);
            }
            bigint::from_bytes(vm, bytes.get().tail(), true, false)
        }
    }
}

/// From 0 up to `limit`, a positive int, which is never reached.
fn below(vm: &Vm, limit: Word) -> Outcome {
    if let Some(limit) = int::small(limit).and_then(|limit| u32::try_from(limit).ok()) {
        let mask = u32::MAX.checked_shr(limit.leading_zeros()).unwrap_or(0).max(1);
        loop {
            let value = next(vm)? & mask;
            if value < limit {
                return vm.new_uint(u64::from(value));
            }
        }
    }
    let room = bigint::Room::default();
    let big = bigint::Big::of(limit, &room).expect("an int");
    let count = crate::object::magnitude::bit_length(big.digits);
    loop {
        let value = bits(vm, count)?;
        let less = vm.binary(Binary::Less, value, limit)?;
        if vm.truth(less)? {
            return Ok(value);
        }
        vm.poll()?;
    }
}

/// A float whose mantissa is random bits.
fn real(vm: &Vm) -> Outcome<Real> {
    const ONE: Bits = (1.0 as Real).to_bits();
    let high = u64::from(next(vm)?);
    let fraction = (high << 32 | u64::from(next(vm)?)) as Bits & ((1 << (Real::MANTISSA_DIGITS - 1)) - 1);
    Ok(Real::from_bits(ONE | fraction) - 1.0)
}

fn index(vm: &Vm, word: Word) -> Outcome {
    vm.unary(Unary::Index, word)
}

fn randrange(vm: &Vm, args: Args) -> Outcome {
    let first = index(vm, args.at(0))?;
    match args.get(1) {
        None => between(vm, Word::int(0), first, Word::int(1)),
        Some(stop) => between(vm, first, index(vm, stop)?, args.get(2).map_or(Ok(Word::int(1)), |step| index(vm, step))?),
    }
}

fn between(vm: &Vm, start: Word, stop: Word, step: Word) -> Outcome {
    let sign = vm.binary(Binary::Less, step, Word::int(0))?;
    let zero = vm.equal(step, Word::int(0))?;
    if zero {
        return Err(vm.value_error("zero step for randrange()"));
    }
    // The number of steps, rounded up.
    let width = vm.binary(Binary::Sub, stop, start)?;
    let nearly = vm.binary(Binary::Sub, step, Word::int(if vm.truth(sign)? { -1 } else { 1 }))?;
    let above = vm.binary(Binary::Add, width, nearly)?;
    let count = vm.binary(Binary::FloorDiv, above, step)?;
    let some = vm.binary(Binary::Greater, count, Word::int(0))?;
    if !vm.truth(some)? {
        return Err(vm.value_error("empty range for randrange()"));
    }
    let distance = vm.binary(Binary::Mul, step, below(vm, count)?)?;
    vm.binary(Binary::Add, start, distance)
}

/// Puts random ones of `length` items at the end, `count` of them.
fn shuffle(vm: &Vm, items: Word, length: usize, count: usize) -> Outcome<()> {
    for last in (length.saturating_sub(count).max(1)..length).rev() {
        let (a, b) = (below(vm, Word::int(last as isize + 1))?, Word::int(last as isize));
        let (first, second) = (vm.item(items, a)?, vm.item(items, b)?);
        vm.set_item(items, a, second)?;
        vm.set_item(items, b, first)?;
    }
    Ok(())
}

fn sample(vm: &Vm, args: Args) -> Outcome {
    let (items, count) = (vm.list_of(args.at(0))?, vm.index(args.at(1))?);
    let length = items.len();
    let Some(count) = usize::try_from(count).ok().filter(|count| *count <= length) else {
        return Err(vm.value_error("Sample larger than population or is negative"));
    };
    shuffle(vm, items.word(), length, count)?;
    let chosen = vm.new_list_with_capacity(count)?;
    (length - count..length).try_for_each(|index| chosen.push(vm, items.at(index).expect("within the list")))?;
    Ok(chosen.word())
}

fn choices(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(weights), name!(cum_weights), name!(k)])?;
    let items = vm.list_of(args.at(0))?;
    let count = vm.index_or(args.keyword(name!(k)), 1)?.max(0) as usize;
    let plain = args.either(1, name!(weights)).filter(|word| *word != Word::NONE);
    let weights = plain.or_else(|| args.given(name!(cum_weights))).map(|weights| vm.list_of(weights)).transpose()?;
    if items.is_empty() {
        return Err(vm.raise_text(&INDEX_ERROR, "list index out of range"));
    }
    if weights.is_some_and(|weights| weights.len() != items.len()) {
        return Err(vm.value_error("The number of weights does not match the population"));
    }
    let chosen = vm.new_list_with_capacity(count)?;
    for _ in 0..count {
        let index = match weights {
            None => below(vm, Word::int(items.len() as isize))?.int_value() as usize,
            Some(weights) => weighted(vm, &|index| weights.at(index), plain.is_none())?,
        };
        chosen.push(vm, items.at(index).expect("within the list"))?;
    }
    Ok(chosen.word())
}

/// An index, chosen by weights, which may be summed up already.
fn weighted(vm: &Vm, weight: &dyn Fn(usize) -> Option<Word>, summed: bool) -> Outcome<usize> {
    let (mut total, mut count) = (0.0, 0);
    while let Some(word) = weight(count) {
        let value = vm.float_value(word)?;
        total = if summed { value } else { total + value };
        count += 1;
    }
    if total <= 0.0 || !total.is_finite() {
        return Err(vm.value_error("Total of weights must be greater than zero"));
    }
    let (place, mut sum) = (real(vm)? * total, 0.0);
    for index in 0..count {
        let value = vm.float_value(weight(index).unwrap_or(Word::int(0)))?;
        sum = if summed { value } else { sum + value };
        if place < sum {
            return Ok(index);
        }
    }
    Ok(count - 1)
}

fn normal(vm: &Vm, args: Args) -> Outcome {
    let value = |index: usize, default: Real| args.get(index).map_or(Ok(default), |word| vm.float_value(word));
    let (middle, width) = (value(0, 0.0)?, value(1, 1.0)?);
    let radius = Math::sqrt(-2.0 * Math::log(1.0 - real(vm)?));
    vm.new_float(middle + width * radius * Math::cos(consts::TAU * real(vm)?))
}

