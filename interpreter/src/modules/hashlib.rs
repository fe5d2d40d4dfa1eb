//! `hashlib`: SHA-256, SHA-1 and MD5, by the crates of RustCrypto.
//!
//! As in CPython, `digest` may be asked at any time and the hash goes on; MicroPython ends it there.

use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Header, Kind, Slots, Type};
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::RefCell;
use core::mem::ManuallyDrop;
use sha2::Digest;

table! { pub ROWS, NAMES, DOCS:
    /// sha256([data]): a SHA-256 hash.
    const sha256 = type_word(&SHA256);
    /// sha1([data]): a SHA-1 hash, for what still asks for it.
    const sha1 = type_word(&SHA1);
    /// md5([data]): an MD5 hash, for what still asks for it.
    const md5 = type_word(&MD5);
}

/// What all hashes have.
pub mod methods {
    table! { pub ROWS, NAMES, DOCS:
        /// update(data): goes on with more data.
        def update(2) = |vm, args| super::update(vm, super::hash(vm, args.at(0))?, args.at(1));
        /// digest(): the hash of all data so far.
        def digest(1) = |vm, args| super::digest(vm, args.at(0), |vm, out, byte| out.push(vm, &[byte]))?.finish_bytes(vm);
        /// hexdigest(): the same in hexadecimal digits.
        def hexdigest(1) = |vm, args| super::digest(vm, args.at(0), crate::modules::binascii::push_hex)?.finish_str(vm);
        /// copy(): another hash of the same data.
        def copy(1) = super::copy;
    }
}

/// The running state of an algorithm.
#[derive(Clone)]
enum State {
    Sha256(sha2::Sha256),
    Sha1(sha1::Sha1),
    Md5(md5::Md5),
}

/// A hash object.
#[repr(C)]
pub struct Hash {
    header: Header,
    /// The collector frees objects without running destructors; the crates' own do nothing.
    state: RefCell<ManuallyDrop<State>>,
}

static SHA256_SLOTS: Slots =
    Slots { make: Some(|vm, _, args| make(vm, &SHA256, State::Sha256(Digest::new()), args)), ..Slots::NONE };
static SHA1_SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, &SHA1, State::Sha1(Digest::new()), args)), ..Slots::NONE };
static MD5_SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, &MD5, State::Md5(Digest::new()), args)), ..Slots::NONE };

static SHA256: Type = hash_type(name!(sha256), &SHA256_SLOTS);
static SHA1: Type = hash_type(name!(sha1), &SHA1_SLOTS);
static MD5: Type = hash_type(name!(md5), &MD5_SLOTS);

const fn hash_type(name: Name, slots: &'static Slots) -> Type {
    let header = Header::of(&crate::object::class::TYPE);
    Type { header, slots, name, kind: Kind::Hash, traced: 0, base: None, rows: methods::ROWS }
}

fn make(vm: &Vm, ty: &'static Type, state: State, args: Args) -> Outcome {
    if args.len() > 1 {
        return Err(vm.type_error("function expected at most 1 arguments"));
    }
    let hash = vm.new_object(Hash { header: Header::of(ty), state: RefCell::new(ManuallyDrop::new(state)) })?;
    if let Some(data) = args.get(0) {
        update(vm, hash, data)?;
    }
    Ok(hash.word())
}

fn hash(vm: &Vm, word: Word) -> Outcome<Handle<Hash>> {
    Handle::from(vm.native(word)).ok_or_else(|| vm.type_error("a hash is needed"))
}

fn update(vm: &Vm, hash: Handle<Hash>, data: Word) -> Outcome {
    let data = vm.buffer(data, false)?;
    let mut chunk = [0; 256];
    for part in data.bytes.chunks(chunk.len()) {
        chunk.iter_mut().zip(part).for_each(|(to, from)| *to = from.get());
        let bytes = &chunk[..part.len()];
        match &mut **hash.state.borrow_mut() {
            State::Sha256(state) => state.update(bytes),
            State::Sha1(state) => state.update(bytes),
            State::Md5(state) => state.update(bytes),
        }
    }
    Ok(Word::NONE)
}

fn digest(vm: &Vm, word: Word, push: fn(&Vm, &mut Builder, u8) -> Outcome<()>) -> Outcome<Builder> {
    let state = ManuallyDrop::into_inner(hash(vm, word)?.state.borrow().clone());
    let mut out = Builder::new();
    let mut write = |bytes: &[u8]| bytes.iter().try_for_each(|&byte| push(vm, &mut out, byte));
    match state {
        State::Sha256(state) => write(&state.finalize()),
        State::Sha1(state) => write(&state.finalize()),
        State::Md5(state) => write(&state.finalize()),
    }?;
    Ok(out)
}

fn copy(vm: &Vm, args: Args) -> Outcome {
    let hash = hash(vm, args.at(0))?;
    let state = RefCell::new(hash.state.borrow().clone());
    Ok(vm.new_object(Hash { header: Header::of(hash.ty()), state })?.word())
}

#[cfg(test)]
mod tests {
    use crate::testing::run;

    #[test]
    fn hashes_are_those_of_the_standards() {
        let source = "import hashlib\n\
            for make in (hashlib.sha256, hashlib.sha1, hashlib.md5):\n  print(make(b'abc').hexdigest())\n";
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n\
            a9993e364706816aba3e25717850c26c9cd0d89d\n900150983cd24fb0d6963f7d28e17f72\n";
        assert_eq!(run(source), expected);
    }

    #[test]
    fn a_hash_takes_data_in_parts_and_goes_on_after_a_digest() {
        let source = "import hashlib\nh = hashlib.sha256()\nh.update(b'x' * 1000)\nfirst = h.digest()\nother = h.copy()\n\
            h.update(bytearray(b'y'))\nprint(len(first), first == hashlib.sha256(b'x' * 1000).digest())\n\
            print(h.digest() == hashlib.sha256(b'x' * 1000 + b'y').digest(), other.digest() == first)\n";
        assert_eq!(run(source), "32 True\nTrue True\n");
    }
}
