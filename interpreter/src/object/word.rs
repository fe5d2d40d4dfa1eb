//! The word: every Python value in one machine word.
//!
//! ```text
//!   …xxxxxxx1   small int, 31 or 63 bits, two's complement
//!   …xxxxx010   interned name, which is also the `str` of that text
//!   …xxxxx110   immediate: None, False, True, Ellipsis, NotImplemented, and the internal Unset
//!   …xxxxxx00   address of a 4-aligned object, in the heap or in static data
//! ```
//! The word is a `NonNull<()>` and not an integer, so that a `static` table can hold addresses, provenance survives, and
//! `Option<Word>` and `Result<Word, Raised>` are one word each. Nothing above this file knows a tag bit.
#![expect(unsafe_code, reason = "builds tagged pointers; each constructor proves its word is not null")]

use super::kind::{Header, Type};
use super::name::Name;
use crate::code::width::Number;
use core::ptr::{NonNull, without_provenance_mut};

/// A Python value, or `Word::UNSET`, which no Python program ever sees.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
#[repr(transparent)]
pub struct Word(NonNull<()>);

// SAFETY: a word in a `static` is a number or the address of another immutable static; words in a heap are reached only
// through the `Vm` that owns it, which is neither `Send` nor `Sync`.
unsafe impl Sync for Word {}
// SAFETY: as above.
unsafe impl Send for Word {}

/// What a word is, for code that needs all cases.
#[derive(Clone, Copy)]
pub enum View {
    /// A small int.
    Int(isize),
    /// An interned string.
    Name(Name),
    /// `None` and its kin; compare with the constants of `Word`.
    Immediate,
    /// An object with a header, in the heap or static.
    Object(NonNull<Header>),
}

const fn tagged(bits: usize) -> Word {
    // SAFETY: every caller passes bits with bit 0 or bit 1 set, so the pointer is not null.
    Word(unsafe { NonNull::new_unchecked(without_provenance_mut(bits)) })
}

const fn immediate(number: usize) -> Word {
    tagged((number << 3) | 0b110)
}

impl Word {
    /// `None`.
    pub const NONE: Word = immediate(0);
    /// `False`.
    pub const FALSE: Word = immediate(1);
    /// `True`.
    pub const TRUE: Word = immediate(2);
    /// `...`.
    pub const ELLIPSIS: Word = immediate(3);
    /// `NotImplemented`: a binary slot's "ask the other operand".
    pub const NOT_IMPLEMENTED: Word = immediate(4);
    /// Nothing: an unassigned local, a hole in a map, the end of an iteration. Never handed to a Python program.
    pub const UNSET: Word = immediate(5);

    /// The largest small int: 2^30 − 1 or 2^62 − 1.
    pub const INT_MAX: isize = isize::MAX >> 1;
    /// The smallest small int: −2^30 or −2^62.
    pub const INT_MIN: isize = isize::MIN >> 1;

    /// A small int; `value` must fit (`fits`), wider ones are made by `object::int`.
    #[inline(always)]
    pub const fn int(value: isize) -> Word {
        debug_assert!(Word::fits(value));
        tagged(((value << 1) | 1) as usize)
    }

    /// Whether `value` is a small int.
    #[inline(always)]
    pub const fn fits(value: isize) -> bool {
        value >= Word::INT_MIN && value <= Word::INT_MAX
    }

    /// The interned string `name`.
    #[inline(always)]
    pub const fn name(name: Name) -> Word {
        tagged(((name.0 as usize) << 3) | 0b010)
    }

    /// `True` or `False`.
    #[inline(always)]
    pub const fn bool(value: bool) -> Word {
        if value { Word::TRUE } else { Word::FALSE }
    }

    /// The word of an object that lives in static data.
    pub const fn of_static<T: super::handle::Object>(object: &'static T) -> Word {
        Word(NonNull::from_ref(object).cast())
    }

    /// The word of an object, by the address of its header.
    #[inline(always)]
    pub const fn of_object(object: NonNull<Header>) -> Word {
        Word(object.cast())
    }

    /// The word of a headerless block of words that an object owns (heap only; see `heap`).
    #[inline(always)]
    pub(crate) const fn of_block(block: NonNull<Word>) -> Word {
        Word(block.cast())
    }

    /// The address that this word is, whatever it is.
    #[inline(always)]
    pub fn address(self) -> usize {
        self.0.as_ptr().addr()
    }

    /// The pointer behind an object's word.
    #[inline(always)]
    pub(crate) const fn pointer(self) -> NonNull<()> {
        self.0
    }

    /// Whether this is a small int.
    #[inline(always)]
    pub fn is_int(self) -> bool {
        self.address() & 1 != 0
    }

    /// The small int's value.
    #[inline(always)]
    pub fn as_int(self) -> Option<isize> {
        if self.is_int() { Some((self.address() as isize) >> 1) } else { None }
    }

    /// Whether both are small ints: one test on the fast path of arithmetic.
    #[inline(always)]
    pub fn both_ints(self, other: Word) -> bool {
        self.address() & other.address() & 1 != 0
    }

    /// The value of a word that `is_int`; any other word gives a meaningless number.
    #[inline(always)]
    pub fn int_value(self) -> isize {
        (self.address() as isize) >> 1
    }

    /// The interned name.
    #[inline(always)]
    pub fn as_name(self) -> Option<Name> {
        if self.address() & 7 == 0b010 { Some(Name((self.address() >> 3) as Number)) } else { None }
    }

    /// Whether this is `True` or `False`.
    #[inline(always)]
    pub fn is_bool(self) -> bool {
        self == Word::TRUE || self == Word::FALSE
    }

    /// Whether this is the address of an object.
    #[inline(always)]
    pub fn is_object(self) -> bool {
        self.address() & 3 == 0
    }

    /// The object's header.
    #[inline(always)]
    pub fn as_object(self) -> Option<NonNull<Header>> {
        if self.is_object() { Some(self.0.cast()) } else { None }
    }

    /// This word, or nothing if it is `UNSET`.
    #[inline(always)]
    pub fn set(self) -> Option<Word> {
        if self == Word::UNSET { None } else { Some(self) }
    }

    /// All the cases.
    pub fn view(self) -> View {
        if self.is_int() {
            View::Int(self.int_value())
        } else if let Some(name) = self.as_name() {
            View::Name(name)
        } else if let Some(object) = self.as_object() {
            View::Object(object)
        } else {
            View::Immediate
        }
    }
}

/// The first word of every object: the address of its type, tagged as an immediate no other word can equal.
///
/// The tag is what lets the collector tell an object from a headerless block of words, whatever that block holds.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub struct TypeTag(NonNull<()>);

// SAFETY: as for `Word`.
unsafe impl Sync for TypeTag {}
// SAFETY: as for `Word`.
unsafe impl Send for TypeTag {}

const TAG: usize = 0b110;
/// Immediates below this are values; a tagged type address is always above.
const FIRST_ADDRESS: usize = 0x100;

impl TypeTag {
    /// The tag of a type (types are 8-aligned).
    pub const fn of(ty: &Type) -> TypeTag {
        // SAFETY: an address plus 6 stays within the 8-aligned type, which is larger than 6 bytes, and is not null.
        TypeTag(unsafe { NonNull::from_ref(ty).cast::<()>().byte_add(TAG) })
    }

    /// The type.
    #[inline(always)]
    pub fn get(self) -> &'static Type {
        // SAFETY: made by `of` alone. The type is static, or a class in the heap that its instances' headers keep alive.
        unsafe { self.0.byte_sub(TAG).cast::<Type>().as_ref() }
    }

    /// Reads a block's first word as a type tag, if it is one.
    #[inline(always)]
    pub(crate) fn from_first_word(bits: usize) -> Option<usize> {
        if bits & 7 == TAG && bits >= FIRST_ADDRESS { Some(bits - TAG) } else { None }
    }
}
