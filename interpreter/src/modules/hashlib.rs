//! `hashlib`: SHA-2, SHA-1 and MD5, by the crates of RustCrypto. Boards may have SHA-256 alone (the feature `sha256`).
//!
//! On boards, as in MicroPython, a hash ends with its digest, and `copy()` before that goes on; on hosts it goes on itself, as in CPython.

use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Access, Header, Kind, Slots, Type};
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cell::RefCell;
use core::mem::ManuallyDrop;
use sha2::Digest;

table! { pub ROWS, NAMES, DOCS:
    /// new(name[, data]): a hash of the algorithm of that name.
    def new(1..=2) = new;
    /// sha224([data]): a SHA-224 hash.
    const sha224 = type_word(&SHA224);
    /// sha256([data]): a SHA-256 hash.
    const sha256 = type_word(&SHA256);
    /// sha384([data]): a SHA-384 hash.
    #[cfg(feature = "hashes")]
    const sha384 = type_word(&SHA384);
    /// sha512([data]): a SHA-512 hash.
    #[cfg(feature = "hashes")]
    const sha512 = type_word(&SHA512);
    /// sha1([data]): a SHA-1 hash, for what still asks for it.
    #[cfg(feature = "hashes")]
    const sha1 = type_word(&SHA1);
    /// md5([data]): an MD5 hash, for what still asks for it.
    #[cfg(feature = "hashes")]
    const md5 = type_word(&MD5);
}

/// Names of attributes.
pub const MORE: &[&str] = &["digest_size", "block_size"];

/// What all hashes have.
pub mod methods {
    table! { pub ROWS, NAMES, DOCS:
        /// update(data): goes on with more data.
        def update(2) = |vm, args| super::update(vm, super::hash(vm, args.at(0))?, args.at(1));
        /// digest(): the hash of all data.
        def digest(1) = |vm, args| super::digest(vm, args.at(0), |vm, out, byte| out.push(vm, &[byte]))?.finish_bytes(vm);
        /// hexdigest(): the same in hexadecimal digits.
        def hexdigest(1) = |vm, args| super::digest(vm, args.at(0), crate::modules::binascii::push_hex)?.finish_str(vm);
        /// copy(): another hash of the same data.
        def copy(1) = super::copy;
    }
}

/// A hash object.
#[repr(C)]
pub struct Hash {
    header: Header,
    /// The collector frees objects without running destructors; the crates' own do nothing.
    state: RefCell<ManuallyDrop<State>>,
}

/// `Variant(crate's type) TYPE SLOTS "name", bytes of the digest, bytes of a block;` for each algorithm.
macro_rules! algorithms {
    ($($(#[$meta:meta])* $variant:ident($hasher:ty) $ty:ident $slots:ident $name:ident, $digest:literal, $block:literal;)*) => {
        /// The running state of an algorithm.
        #[derive(Clone)]
        enum State {
            $($(#[$meta])* $variant($hasher),)*
            /// The digest was asked for.
            Final,
        }

        impl State {
            /// Goes on with more data; whether that could be.
            fn update(&mut self, bytes: &[u8]) -> bool {
                match self {
                    $($(#[$meta])* State::$variant(state) => state.update(bytes),)*
                    State::Final => return false,
                }
                true
            }

            /// Hands the digest over, if there is one.
            fn end(self, write: &mut dyn FnMut(&[u8]) -> Outcome<()>) -> Option<Outcome<()>> {
                match self {
                    $($(#[$meta])* State::$variant(state) => Some(write(&state.finalize())),)*
                    State::Final => None,
                }
            }
        }

        $($(#[$meta])*
        static $slots: Slots = Slots {
            make: Some(|vm, _, args| make(vm, &$ty, State::$variant(Digest::new()), args)),
            attribute: Some(attribute),
            ..Slots::NONE
        };
        $(#[$meta])*
        static $ty: Type = hash_type(name!($name), &$slots);)*

        /// Types, with the sizes of their digests and blocks.
        static ALL: &[(&Type, u8, u8)] = &[$($(#[$meta])* (&$ty, $digest, $block)),*];
    };
}

algorithms! {
    Sha224(sha2::Sha224) SHA224 SHA224_SLOTS sha224, 28, 64;
    Sha256(sha2::Sha256) SHA256 SHA256_SLOTS sha256, 32, 64;
    #[cfg(feature = "hashes")]
    Sha384(sha2::Sha384) SHA384 SHA384_SLOTS sha384, 48, 128;
    #[cfg(feature = "hashes")]
    Sha512(sha2::Sha512) SHA512 SHA512_SLOTS sha512, 64, 128;
    #[cfg(feature = "hashes")]
    Sha1(sha1::Sha1) SHA1 SHA1_SLOTS sha1, 20, 64;
    #[cfg(feature = "hashes")]
    Md5(md5::Md5) MD5 MD5_SLOTS md5, 16, 64;
}

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

fn new(vm: &Vm, args: Args) -> Outcome {
    let name = vm.expect_text(args.at(0))?;
    match ALL.iter().find(|row| vm.name_text(row.0.name) == name) {
        Some((ty, ..)) => vm.call_args(type_word(ty), args.skip(1)),
        None => {
            let parts = [Part::Text("unsupported hash type "), Part::Text(name)];
            Err(vm.raise(&crate::object::exception::VALUE_ERROR, &parts))
        }
    }
}

fn attribute(_: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let ty = Handle::<Hash>::from(word).map(Handle::ty);
    let row = ALL.iter().find(|row| ty.is_some_and(|ty| core::ptr::eq(ty, row.0)));
    let (Some((ty, digest, block)), Access::Load) = (row, access) else { return Ok(Word::UNSET) };
    Ok(match name {
        _ if name == name!(name) => Word::name(ty.name),
        _ if name == name!(digest_size) => Word::int(*digest as isize),
        _ if name == name!(block_size) => Word::int(*block as isize),
        _ => Word::UNSET,
    })
}

fn hash(vm: &Vm, word: Word) -> Outcome<Handle<Hash>> {
    Handle::from(vm.native(word)).ok_or_else(|| vm.type_error("a hash is needed"))
}

fn update(vm: &Vm, hash: Handle<Hash>, data: Word) -> Outcome {
    let data = vm.buffer(data, false)?;
    let mut chunk = [0; 256];
    // Even no data cannot be added to a final hash.
    for part in data.bytes.chunks(chunk.len()).chain([&[][..]]) {
        chunk.iter_mut().zip(part).for_each(|(to, from)| *to = from.get());
        if !hash.state.borrow_mut().update(&chunk[..part.len()]) {
            return Err(vm.value_error("hash is final"));
        }
    }
    Ok(Word::NONE)
}

fn digest(vm: &Vm, word: Word, push: fn(&Vm, &mut Builder, u8) -> Outcome<()>) -> Outcome<Builder> {
    let hash = hash(vm, word)?;
    let mut out = Builder::with_capacity(vm, 128)?;
    let state = if crate::WHOLE { hash.state.borrow().clone() } else { hash.state.replace(ManuallyDrop::new(State::Final)) };
    let state = ManuallyDrop::into_inner(state);
    let ended = state.end(&mut |bytes| bytes.iter().try_for_each(|&byte| push(vm, &mut out, byte)));
    ended.unwrap_or_else(|| Err(vm.value_error("hash is final")))?;
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
    fn a_hash_takes_data_in_parts_and_ends_with_its_digest() {
        let source = "import hashlib\nh = hashlib.sha256()\nh.update(b'x' * 1000)\nother = h.copy()\n\
            h.update(bytearray(b'y'))\nprint(other.digest() == hashlib.sha256(b'x' * 1000).digest())\n\
            print(h.digest() == hashlib.sha256(b'x' * 1000 + b'y').digest())\ntry: h.update(b'')\nexcept ValueError as e: print(e)\n";
        assert_eq!(run(source), if crate::WHOLE { "True\nTrue\n" } else { "True\nTrue\nhash is final\n" });
    }
}
