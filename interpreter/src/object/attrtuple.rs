//! Tuples with names for their items whose types are static: `sys.implementation`, `os.uname()`.
//!
//! An instance lies exactly as a tuple does; its type's own `print` and `attribute` slots know the names and hand them to the
//! functions here. Types made at run time are `namedtuple`'s.

use super::class::TYPE;
use super::exception;
use super::handle::Handle;
use super::iterator;
use super::kind::{ALL, Access, Header, Kind, Rows, Slots, Type};
use super::name::Name;
use super::print::{Printer, Style};
use super::tuple::{self, TUPLE, Tuple, TupleHead};
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// What such types share; each adds `print` and `attribute`.
pub const SHARED: Slots = Slots {
    unary: Some(tuple::unary),
    binary: Some(tuple::binary),
    item: Some(tuple::item),
    iter: Some(iterator::over_tuple),
    ..Slots::NONE
};

/// A type of tuples with named items.
pub const fn attrtuple_type(name: Name, slots: &'static Slots) -> Type {
    Type { header: Header::of(&TYPE), slots, name, kind: Kind::Tuple, traced: ALL, base: Some(&TUPLE), rows: Rows::NONE }
}

/// `(name='micropython', …)`.
///
/// # Errors
/// What the sink or an item raises.
pub fn print(vm: &Vm, word: Word, out: &mut Printer, names: &[Name]) -> Outcome<()> {
    let items: Handle<Tuple> = vm.receiver(word)?;
    for (index, (name, item)) in names.iter().zip(items.tail()).enumerate() {
        out.text(vm, if index > 0 { ", " } else { "(" })?;
        out.text(vm, vm.name_text(*name))?;
        out.text(vm, "=")?;
        out.word(vm, item.get(), Style::Repr)?;
    }
    out.text(vm, ")")
}

/// The item of a name, which cannot be set.
///
/// # Errors
/// `AttributeError` for a store to one of the names.
pub fn attribute(vm: &Vm, word: Word, name: Name, access: Access, names: &[Name]) -> Outcome {
    match (names.iter().position(|each| *each == name), access) {
        (Some(index), Access::Load) => Ok(vm.receiver::<Tuple>(word)?.tail()[index].get()),
        (Some(_), _) => Err(vm.raise_text(&exception::ATTRIBUTE_ERROR, "can't set attribute")),
        (None, _) => Ok(Word::UNSET),
    }
}

impl Vm {
    /// An instance of a type made by `attrtuple_type`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn new_attrtuple(&self, ty: &'static Type, items: &[Word]) -> Outcome {
        Ok(self.new_celled(ty, items.len(), TupleHead, |index| items[index])?.word())
    }
}
