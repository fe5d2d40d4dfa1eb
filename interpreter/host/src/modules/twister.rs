//! `_twister`: the Mersenne Twister (MT19937), so that a seed gives the numbers that it gives in CPython. `random` is Python over it.
//!
//! The state is a `bytearray` of the program: 624 words and the number of the next one, in the machine's byte order.

use interpreter::object::class::as_class;
use interpreter::object::handle::{Args, Handle, Instance};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use std::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// start(state, key): begins the sequence that a key of bytes stands for, whose length is a multiple of four.
    def start(2) = start;
    /// bits(state, count): an int of so many random bits.
    def bits(2) = bits;
    /// random(self): `Random.random`: a float from 0 up to 1, which is never reached, by the state that is `_state`.
    method def random(1) = |vm, args| {
        let state = State::of(vm, state(vm, args.at(0))?)?;
        let (high, low) = (state.word() >> 5, state.word() >> 6);
        vm.new_float((high as f64 * 67_108_864.0 + low as f64) / 9_007_199_254_740_992.0)
    };
    /// getrandbits(self, k): `Random.getrandbits`: an int of so many random bits.
    method def getrandbits(2) = |vm, args| {
        let (state, count) = (Cell::new(state(vm, args.at(0))?), Cell::new(args.at(1)));
        bits(vm, Args::of(&[state, count]))
    };
}

/// Names beside those of the table.
pub const MORE: &[&str] = &["_state"];

/// The state of a generator.
fn state(vm: &Vm, generator: Word) -> Outcome {
    let slot = || {
        let instance = Handle::<Instance>::from(generator)?;
        instance.get().slot(as_class(instance.ty())?.slot_of(name!(_state))?)?.get().set()
    };
    slot().map_or_else(|| vm.attribute(generator, name!(_state)), Ok)
}

const COUNT: usize = 624;
const MIDDLE: usize = 397;

/// A program's bytes as the generator's words.
struct State<'v>(&'v [Cell<u8>]);

impl State<'_> {
    fn of(vm: &Vm, word: Word) -> Outcome<State<'_>> {
        let bytes = vm.buffer(word, true)?.bytes;
        if bytes.len() != 4 * (COUNT + 1) {
            return Err(vm.value_error("a state has 2,500 bytes"));
        }
        Ok(State(bytes))
    }

    fn get(&self, index: usize) -> u32 {
        let bytes = &self.0[4 * index..4 * index + 4];
        u32::from_ne_bytes([bytes[0].get(), bytes[1].get(), bytes[2].get(), bytes[3].get()])
    }

    fn set(&self, index: usize, value: u32) {
        self.0[4 * index..4 * index + 4].iter().zip(value.to_ne_bytes()).for_each(|(to, from)| to.set(from));
    }

    fn turn(&self) {
        for index in 0..COUNT {
            let mixed = self.get(index) & 0x8000_0000 | self.get((index + 1) % COUNT) & 0x7fff_ffff;
            let odd = if mixed & 1 == 1 { 0x9908_b0df } else { 0 };
            self.set(index, self.get((index + MIDDLE) % COUNT) ^ mixed >> 1 ^ odd);
        }
        self.set(COUNT, 0);
    }

    fn word(&self) -> u32 {
        if self.get(COUNT) as usize >= COUNT {
            self.turn();
        }
        let at = self.get(COUNT);
        self.set(COUNT, at + 1);
        let mut value = self.get(at as usize);
        value ^= value >> 11;
        value ^= value << 7 & 0x9d2c_5680;
        value ^= value << 15 & 0xefc6_0000;
        value ^ value >> 18
    }

    /// Begins with a number; `start` goes on from there with a key.
    fn seed(&self, number: u32) {
        let mut last = number;
        self.set(0, last);
        for index in 1..COUNT {
            last = (last ^ last >> 30).wrapping_mul(1_812_433_253).wrapping_add(index as u32);
            self.set(index, last);
        }
    }

    /// Mixes a word with the one before it.
    fn mix(&self, at: usize, factor: u32) -> u32 {
        let before = self.get(at - 1);
        self.get(at) ^ (before ^ before >> 30).wrapping_mul(factor)
    }
}

fn start(vm: &Vm, args: Args) -> Outcome {
    let key = vm.bytes_of(args.at(1))?;
    let key: Vec<u32> = key.chunks_exact(4).map(|part| u32::from_le_bytes([part[0], part[1], part[2], part[3]])).collect();
    if key.is_empty() {
        return Err(vm.value_error("a key has four bytes at least"));
    }
    let state = State::of(vm, args.at(0))?;
    state.seed(19_650_218);
    let mut at = 1;
    // The last word is the first one's predecessor.
    let step = |at: &mut usize| {
        *at += 1;
        if *at == COUNT {
            state.set(0, state.get(COUNT - 1));
            *at = 1;
        }
    };
    for number in 0..COUNT.max(key.len()) {
        let index = number % key.len();
        state.set(at, state.mix(at, 1_664_525).wrapping_add(key[index]).wrapping_add(index as u32));
        step(&mut at);
    }
    for _ in 1..COUNT {
        state.set(at, state.mix(at, 1_566_083_941).wrapping_sub(at as u32));
        step(&mut at);
    }
    state.set(0, 0x8000_0000);
    state.set(COUNT, COUNT as u32);
    Ok(Word::NONE)
}

fn bits(vm: &Vm, args: Args) -> Outcome {
    let count = vm.index(args.at(1))?;
    let count = usize::try_from(count).map_err(|_| vm.value_error("number of bits must be non-negative"))?;
    let state = State::of(vm, args.at(0))?;
    if count == 0 {
        return Ok(Word::int(0));
    }
    let words = count.div_ceil(32);
    let mut bytes = Vec::with_capacity(4 * words);
    for index in 0..words {
        let left = count - 32 * index;
        let word = if left < 32 { state.word() >> (32 - left) } else { state.word() };
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    let cells = Cell::from_mut(bytes.as_mut_slice()).as_slice_of_cells();
    interpreter::object::bigint::from_bytes(vm, cells, true, false)
}
