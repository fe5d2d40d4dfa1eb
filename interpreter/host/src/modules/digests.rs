//! `_digests`: what SHA-3 (FIPS 202) and BLAKE2 (RFC 7693) do with each block, and keys made of passwords (RFC 8018, RFC 7914).
//! `hashlib` is Python over it, which keeps the states of hashes as bytes.

use interpreter::object::exception::{MEMORY_ERROR, OVERFLOW_ERROR};
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Raised, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// absorb(state, data, rate): the state after the blocks of data, each of which has `rate` bytes. Without data it is permuted once.
    def absorb(3) = absorb;
    /// blake2b(state, data, count, last): the state after the blocks of data, before which were `count` bytes. Of the last block the count
    /// is given as it is behind it, and last is 1, or 2 if it is the last node's.
    def blake2b(4) = |vm, args| blake2(vm, args, 64, |state, block, count, last| {
        let (mut words, mut message) = ([0; 8], [0; 16]);
        state.as_chunks::<8>().0.iter().zip(&mut words).for_each(|(bytes, word)| *word = u64::from_le_bytes(*bytes));
        block.as_chunks::<8>().0.iter().zip(&mut message).for_each(|(bytes, word)| *word = u64::from_le_bytes(*bytes));
        compress_b(&mut words, &message, [count as u64, (count >> 64) as u64], last);
        state.as_chunks_mut::<8>().0.iter_mut().zip(words).for_each(|(bytes, word)| *bytes = word.to_le_bytes());
    });
    /// blake2s(state, data, count, last): the same with words of 32 bits.
    def blake2s(4) = |vm, args| blake2(vm, args, 32, |state, block, count, last| {
        let (mut words, mut message) = ([0; 8], [0; 16]);
        state.as_chunks::<4>().0.iter().zip(&mut words).for_each(|(bytes, word)| *word = u32::from_le_bytes(*bytes));
        block.as_chunks::<4>().0.iter().zip(&mut message).for_each(|(bytes, word)| *word = u32::from_le_bytes(*bytes));
        compress_s(&mut words, &message, [count as u32, (count >> 32) as u32], last);
        state.as_chunks_mut::<4>().0.iter_mut().zip(words).for_each(|(bytes, word)| *bytes = word.to_le_bytes());
    });
    /// pbkdf2(name, password, salt, iterations, size): a key of that many bytes, or None of a hash that is not known here.
    def pbkdf2(5) = pbkdf2;
    /// scrypt(password, salt, log_n, r, p, size): a key of that many bytes.
    def scrypt(6) = scrypt;
}

fn pbkdf2(vm: &Vm, args: Args) -> Outcome {
    let derive: fn(&[u8], &[u8], u32, &mut [u8]) = match vm.expect_text(args.at(0))? {
        "md5" => pbkdf2::pbkdf2_hmac::<md5::Md5>,
        "sha1" => pbkdf2::pbkdf2_hmac::<sha1::Sha1>,
        "sha224" => pbkdf2::pbkdf2_hmac::<sha2::Sha224>,
        "sha256" => pbkdf2::pbkdf2_hmac::<sha2::Sha256>,
        "sha384" => pbkdf2::pbkdf2_hmac::<sha2::Sha384>,
        "sha512" => pbkdf2::pbkdf2_hmac::<sha2::Sha512>,
        _ => return Ok(Word::NONE),
    };
    let (password, salt, iterations) = (vm.bytes_of(args.at(1))?, vm.bytes_of(args.at(2))?, number(vm, args.at(3))?);
    let mut key = empty(vm, args.at(4))?;
    derive(password, salt, iterations, &mut key);
    vm.new_bytes(&key)
}

fn scrypt(vm: &Vm, args: Args) -> Outcome {
    let (password, salt, log_n) = (vm.bytes_of(args.at(0))?, vm.bytes_of(args.at(1))?, number(vm, args.at(2))?);
    let params = scrypt::Params::new(log_n as u8, number(vm, args.at(3))?, number(vm, args.at(4))?);
    let mut key = empty(vm, args.at(5))?;
    match params.map(|params| scrypt::scrypt(password, salt, &params, &mut key)) {
        Ok(Ok(())) => vm.new_bytes(&key),
        _ => Err(vm.value_error("Invalid parameter combination for n, r, p.")),
    }
}

fn number(vm: &Vm, word: Word) -> Outcome<u32> {
    vm.index(word)?.try_into().map_err(|_| vm.raise_text(&OVERFLOW_ERROR, "the number is too large"))
}

/// Room for a key.
fn empty(vm: &Vm, size: Word) -> Outcome<Vec<u8>> {
    let (size, mut key) = (number(vm, size)? as usize, Vec::new());
    key.try_reserve_exact(size).map_err(|_| vm.raise_text(&MEMORY_ERROR, "a key of such a size does not fit"))?;
    key.resize(size, 0);
    Ok(key)
}

#[cold]
fn wrong(vm: &Vm) -> Raised {
    vm.value_error("a state and whole blocks are wanted")
}

fn absorb(vm: &Vm, args: Args) -> Outcome {
    let (state, data, rate) = (vm.bytes_of(args.at(0))?, vm.bytes_of(args.at(1))?, vm.index(args.at(2))? as usize);
    if state.len() != 200 || !(8..=200).contains(&rate) || !rate.is_multiple_of(8) || !data.len().is_multiple_of(rate) {
        return Err(wrong(vm));
    }
    let mut lanes = [0; 25];
    state.as_chunks::<8>().0.iter().zip(&mut lanes).for_each(|(bytes, lane)| *lane = u64::from_le_bytes(*bytes));
    if data.is_empty() {
        keccak::f1600(&mut lanes);
    }
    for block in data.chunks_exact(rate) {
        block.as_chunks::<8>().0.iter().zip(&mut lanes).for_each(|(bytes, lane)| *lane ^= u64::from_le_bytes(*bytes));
        keccak::f1600(&mut lanes);
    }
    vm.new_bytes(lanes.map(u64::to_le_bytes).as_flattened())
}

/// Takes the blocks of data in, which have twice as many bytes as the state.
fn blake2(vm: &Vm, args: Args, size: usize, compress: fn(&mut [u8], &[u8], u128, isize)) -> Outcome {
    let (state, data) = (vm.bytes_of(args.at(0))?, vm.bytes_of(args.at(1))?);
    let (mut count, last) = (vm.index(args.at(2))? as u128, vm.index(args.at(3))?);
    if state.len() != size || !data.len().is_multiple_of(2 * size) {
        return Err(wrong(vm));
    }
    let mut state = state.to_vec();
    for block in data.chunks_exact(2 * size) {
        count += if last == 0 { block.len() as u128 } else { 0 };
        compress(&mut state, block, count, last);
    }
    vm.new_bytes(&state)
}

/// In which order a round takes the words of a block.
const ORDERS: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The cells that a round mixes: columns, then diagonals.
const CELLS: [[usize; 4]; 8] =
    [[0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15], [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14]];

/// The compression of one width of words, with its start, rounds and turns.
macro_rules! compression {
    ($name:ident $word:ident $start:ident $rounds:literal [$first:literal, $second:literal, $third:literal, $fourth:literal]) => {
        fn $name(state: &mut [$word; 8], message: &[$word; 16], count: [$word; 2], last: isize) {
            let mut v = [0; 16];
            v[..8].copy_from_slice(state);
            v[8..].copy_from_slice(&$start);
            v[12] ^= count[0];
            v[13] ^= count[1];
            v[14] ^= if last > 0 { $word::MAX } else { 0 };
            v[15] ^= if last > 1 { $word::MAX } else { 0 };
            for round in 0..$rounds {
                let order = &ORDERS[round % 10];
                for (pair, [a, b, c, d]) in CELLS.into_iter().enumerate() {
                    v[a] = v[a].wrapping_add(v[b]).wrapping_add(message[order[2 * pair]]);
                    v[d] = (v[d] ^ v[a]).rotate_right($first);
                    v[c] = v[c].wrapping_add(v[d]);
                    v[b] = (v[b] ^ v[c]).rotate_right($second);
                    v[a] = v[a].wrapping_add(v[b]).wrapping_add(message[order[2 * pair + 1]]);
                    v[d] = (v[d] ^ v[a]).rotate_right($third);
                    v[c] = v[c].wrapping_add(v[d]);
                    v[b] = (v[b] ^ v[c]).rotate_right($fourth);
                }
            }
            for (index, word) in state.iter_mut().enumerate() {
                *word ^= v[index] ^ v[index + 8];
            }
        }
    };
}

/// The fractions of the square roots of the first primes, as SHA-512 begins.
const START_B: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];
/// The upper halves of those.
const START_S: [u32; 8] = {
    let mut start = [0; 8];
    let mut index = 0;
    while index < 8 {
        start[index] = (START_B[index] >> 32) as u32;
        index += 1;
    }
    start
};

compression!(compress_b u64 START_B 12 [32, 24, 16, 63]);
compression!(compress_s u32 START_S 10 [16, 12, 8, 7]);
