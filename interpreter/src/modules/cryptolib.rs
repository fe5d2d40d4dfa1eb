//! `cryptolib`: AES, by the crate of RustCrypto, in the modes ECB, CBC and CTR.
//!
//! An object keeps the key as it was given and expands it at each call: 32 bytes instead of 500.

use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Slots, Type};
use crate::object::print::RawBytes;
use crate::object::resource::resource_type;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};

table! { pub ROWS, NAMES, DOCS:
    /// aes(key, mode[, IV]): a cipher. The key has 16 or 32 bytes, IV (the counter of CTR) 16.
    const aes = type_word(&AES);
    /// Each block by itself.
    const MODE_ECB = Word::int(ECB);
    /// Each block mixed with the one before.
    const MODE_CBC = Word::int(CBC);
    /// The data mixed with an encrypted counter.
    const MODE_CTR = Word::int(CTR);
}

/// What ciphers have.
pub mod methods {
    table! { pub ROWS, NAMES, DOCS:
        /// encrypt(data[, into]): the data encrypted.
        def encrypt(2..=3) = |vm, args| super::process(vm, args, true);
        /// decrypt(data[, into]): the data decrypted.
        def decrypt(2..=3) = |vm, args| super::process(vm, args, false);
    }
}

/// Further names.
pub const MORE: &[&str] = &["aes"];

const ECB: isize = 1;
const CBC: isize = 2;
const CTR: isize = 6;

const BLOCK: usize = 16;
/// State bytes: the vector or counter, the encrypted counter, how much of that is used.
const STATE: usize = 2 * BLOCK + 1;

static SLOTS: Slots = Slots { make: Some(make), ..Slots::NONE };

/// `aes`. State: the key, the mode, the bytes of `STATE`, whether it encrypts (`None` until it is known).
static AES: Type = resource_type(name!(aes), &SLOTS, methods::ROWS);

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 2, 3)?;
    let mode = vm.index(args.at(1))?;
    if ![ECB, CBC, CTR].contains(&mode) {
        return Err(vm.value_error("mode"));
    }
    let key = vm.new_bytes(vm.bytes_of(args.at(0))?)?;
    if ![16, 32].contains(&vm.bytes_of(key)?.len()) {
        return Err(vm.value_error("key"));
    }
    let state = vm.new_raw_bytes(STATE)?;
    match args.get(2).filter(|word| *word != Word::NONE) {
        Some(vector) => {
            let vector = vm.buffer(vector, false)?.bytes;
            if vector.len() != BLOCK {
                return Err(vm.value_error("IV"));
            }
            state.tail().iter().zip(vector).for_each(|(to, from)| to.set(from.get()));
        }
        None if mode == ECB => {}
        None => return Err(vm.value_error("IV")),
    }
    state.tail()[STATE - 1].set(BLOCK as u8);
    vm.new_resource(&AES, &[key, Word::int(mode), state.word(), Word::NONE])
}

/// A key that is ready for use.
enum Cipher {
    Short(aes::Aes128),
    Long(aes::Aes256),
}

impl Cipher {
    fn new(key: &[u8]) -> Option<Cipher> {
        match key.len() {
            16 => aes::Aes128::new_from_slice(key).ok().map(Cipher::Short),
            _ => aes::Aes256::new_from_slice(key).ok().map(Cipher::Long),
        }
    }

    fn encrypt(&self, block: [u8; BLOCK]) -> [u8; BLOCK] {
        let mut block = Array::from(block);
        match self {
            Cipher::Short(cipher) => cipher.encrypt_block(&mut block),
            Cipher::Long(cipher) => cipher.encrypt_block(&mut block),
        }
        block.into()
    }

    fn decrypt(&self, block: [u8; BLOCK]) -> [u8; BLOCK] {
        let mut block = Array::from(block);
        match self {
            Cipher::Short(cipher) => cipher.decrypt_block(&mut block),
            Cipher::Long(cipher) => cipher.decrypt_block(&mut block),
        }
        block.into()
    }
}

fn process(vm: &Vm, args: Args, encrypts: bool) -> Outcome {
    let aes = vm.resource(args.at(0), &AES).ok_or_else(|| vm.type_error("a cipher is needed"))?;
    let direction = &aes.state[3];
    if direction.get() == Word::bool(!encrypts) {
        return Err(vm.value_error("can't encrypt & decrypt"));
    }
    let mode = aes.state[1].get().int_value();
    let length = vm.buffer(args.at(1), false)?.bytes.len();
    if mode != CTR && !length.is_multiple_of(BLOCK) {
        return Err(vm.value_error("blksize % 16"));
    }
    let made = match args.get(2) {
        None => Some(vm.new_raw_bytes(length)?),
        Some(_) => None,
    };
    let out = match (&made, args.get(2)) {
        (Some(made), _) => made.get().tail(),
        (None, into) => vm.buffer(into.unwrap_or(Word::NONE), true)?.bytes,
    };
    if out.len() < length {
        return Err(vm.value_error("output too small"));
    }
    let data = vm.buffer(args.at(1), false)?.bytes;
    let state: Handle<RawBytes> = Handle::from(aes.state[2].get()).expect("a cipher has state");
    let cipher = Cipher::new(vm.bytes_of(aes.state[0].get())?).expect("the key's length was checked");
    direction.set(Word::bool(encrypts));
    for (from, to) in data.chunks(BLOCK).zip(out.chunks(BLOCK)) {
        match mode {
            CTR => from.iter().zip(to).for_each(|(from, to)| to.set(from.get() ^ key_stream(&cipher, state))),
            _ => {
                let block = core::array::from_fn(|index| from[index].get());
                let result = one_block(&cipher, state, block, mode == CBC, encrypts);
                to.iter().zip(result).for_each(|(cell, byte)| cell.set(byte));
            }
        }
    }
    match (made, args.get(2)) {
        (Some(made), _) => vm.new_bytes_from_cells(made.get().tail()),
        (None, into) => Ok(into.unwrap_or(Word::NONE)),
    }
}

/// A block of ECB or, mixed with the vector in the state, of CBC.
fn one_block(cipher: &Cipher, state: Handle<RawBytes>, block: [u8; BLOCK], chained: bool, encrypts: bool) -> [u8; BLOCK] {
    let vector = &state.get().tail()[..BLOCK];
    let mixed = |block: [u8; BLOCK]| core::array::from_fn(|index| block[index] ^ vector[index].get());
    let (result, next) = match (chained, encrypts) {
        (false, true) => return cipher.encrypt(block),
        (false, false) => return cipher.decrypt(block),
        (true, true) => {
            let result = cipher.encrypt(mixed(block));
            (result, result)
        }
        (true, false) => (mixed(cipher.decrypt(block)), block),
    };
    vector.iter().zip(next).for_each(|(cell, byte)| cell.set(byte));
    result
}

/// The next byte to mix the data of CTR with.
fn key_stream(cipher: &Cipher, state: Handle<RawBytes>) -> u8 {
    let cells = state.get().tail();
    let used = &cells[STATE - 1];
    if usize::from(used.get()) == BLOCK {
        let counter: [u8; BLOCK] = core::array::from_fn(|index| cells[index].get());
        cells[BLOCK..].iter().zip(cipher.encrypt(counter)).for_each(|(cell, byte)| cell.set(byte));
        let next = u128::from_be_bytes(counter).wrapping_add(1).to_be_bytes();
        cells.iter().zip(next).for_each(|(cell, byte)| cell.set(byte));
        used.set(0);
    }
    let byte = cells[BLOCK + usize::from(used.get())].get();
    used.set(used.get() + 1);
    byte
}
