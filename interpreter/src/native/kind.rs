//! What a value is while viper code is translated: a word, or a number of the machine.

use crate::object::name::Name;

/// Names that are used here.
pub const NAMES: &[&str] = &["uint", "ptr", "ptr8", "ptr16", "ptr32", "None"];

/// A kind of value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// A Python value.
    Object,
    /// 0 or 1.
    Bool,
    /// A signed machine word.
    Int,
    /// An unsigned machine word.
    Uint,
    /// An address.
    Ptr,
    /// The address of bytes.
    Ptr8,
    /// The address of 16-bit numbers.
    Ptr16,
    /// The address of 32-bit numbers.
    Ptr32,
    /// `None`, a Python value.
    Nothing,
    /// A Python value that was made of a number, or met one where two ways meet.
    Boxed,
    /// The 1 that a range counts by.
    One,
    /// A local that nothing was stored to yet.
    Unknown,
}

use Kind::*;

/// Kinds that a program can name.
const NAMED: &[Kind] = &[Object, Bool, Int, Uint, Ptr, Ptr8, Ptr16, Ptr32];

impl Kind {
    /// The kind of this number.
    pub fn from_number(number: usize) -> Kind {
        const ALL: [Kind; 12] = [Object, Bool, Int, Uint, Ptr, Ptr8, Ptr16, Ptr32, Nothing, Boxed, One, Unknown];
        ALL[number]
    }

    /// What a program calls it.
    pub fn name(self) -> Name {
        match self {
            Object | Boxed | Unknown => name!(object),
            Bool => name!(bool),
            Int | One => name!(int),
            Uint => name!(uint),
            Ptr => name!(ptr),
            Ptr8 => name!(ptr8),
            Ptr16 => name!(ptr16),
            Ptr32 => name!(ptr32),
            Nothing => name!(None),
        }
    }

    /// The kind that a program calls so.
    pub fn named(name: Name) -> Option<Kind> {
        NAMED.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether it is a word.
    pub fn is_object(self) -> bool {
        matches!(self, Object | Nothing | Boxed)
    }

    /// Whether it is a number to count with.
    pub fn is_number(self) -> bool {
        matches!(self, Int | Uint | One)
    }

    /// What a pointer of this kind points to: the logarithm of its bytes.
    pub fn width(self) -> Option<u8> {
        match self {
            Ptr8 => Some(0),
            Ptr16 => Some(1),
            Ptr32 => Some(2),
            _ => None,
        }
    }
}
