//! What a builtin type has under the name of an attribute that its objects compute: `int.real`, `BaseException.args`. Objects
//! compute theirs without it, so that none is made until somebody asks the type.

use super::owned::{self, Owned};
use crate::object::handle::Args;
use crate::object::kind::{Access, Slots, Type};
use crate::object::listed;
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::resource_type;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Names that are used here.
pub const MORE: &[&str] = &["getset_descriptor"];

table! { pub ROWS, NAMES, DOCS:
    /// attribute.__get__(object, owner=None): its value of an object; of None, the attribute.
    def __get__(2..=3) = |vm, args| match args.at(1) {
        none if none == Word::NONE => Ok(args.at(0)),
        object => { let name = name_of(vm, args, object)?; vm.attribute(object, name) }
    };
    /// attribute.__set__(object, value): sets it.
    def __set__(3) = |vm, args| { let name = name_of(vm, args, args.at(1))?; vm.set_attribute(args.at(1), name, args.at(2)).map(|_| Word::NONE) };
    /// attribute.__delete__(object): deletes it.
    def __delete__(2) = |vm, args| { let name = name_of(vm, args, args.at(1))?; vm.delete_attribute(args.at(1), name).map(|_| Word::NONE) };
}

static SLOTS: Slots = Slots { print: Some(print), attribute: Some(attribute), ..Slots::NONE };
static COMPUTED: Type = resource_type(name!(getset_descriptor), &SLOTS, ROWS);

/// What a type has for the attribute `name` that objects of it compute, or `UNSET`.
///
/// # Errors
/// `MemoryError`.
pub fn of(vm: &Vm, ty: &'static Type, name: Name) -> Outcome {
    match listed::computed_by(ty, vm.name_text(name)) {
        Some(owner) => owned::new(vm, &COMPUTED, owner, name),
        None => Ok(Word::UNSET),
    }
}

fn parts(vm: &Vm, word: Word) -> Outcome<Owned> {
    Owned::of(&COMPUTED, word).ok_or_else(|| vm.type_error("an attribute is wanted"))
}

/// The attribute's name, if objects of this type have it.
fn name_of(vm: &Vm, args: Args, object: Word) -> Outcome<Name> {
    parts(vm, args.at(0))?.name_for(vm, object)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    parts(vm, word)?.print(vm, "attribute", out)
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    parts(vm, word)?.attribute(vm, name, access)
}
