//! What a class has under the name of a slot (`__slots__`): it hides what bases have there, and binds to the instance's own attribute.
//! Instances look into their slots first, so that it is asked only when a slot is empty, for special methods, and by those who ask
//! the class.

use super::owned::{self, Owned};
use crate::object::class::as_class;
use crate::object::handle::Args;
use crate::object::instance;
use crate::object::kind::{Access, Slots, Type};
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::resource_type;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Names that are used here.
pub const MORE: &[&str] = &["member_descriptor", "__objclass__"];

table! { pub ROWS, NAMES, DOCS:
    /// member.__get__(instance, owner=None): what the slot of an instance holds; of None, the member.
    def __get__(2..=3) = |vm, args| match args.at(1) {
        none if none == Word::NONE => Ok(args.at(0)),
        object => get(vm, args.at(0), object),
    };
    /// member.__set__(instance, value): fills the slot of an instance.
    def __set__(3) = |vm, args| change(vm, args, Access::Store(args.at(2)));
    /// member.__delete__(instance): empties the slot of an instance.
    def __delete__(2) = |vm, args| change(vm, args, Access::Delete);
}

static SLOTS: Slots = Slots { print: Some(print), attribute: Some(attribute), ..Slots::NONE };
static MEMBER: Type = resource_type(name!(member_descriptor), &SLOTS, ROWS);

/// What a class has for its slot `name`.
pub fn new(vm: &Vm, owner: &'static Type, name: Name) -> Outcome {
    owned::new(vm, &MEMBER, owner, name)
}

/// Whether it is what some class has for a slot.
pub fn is_one(value: Word) -> bool {
    Owned::of(&MEMBER, value).is_some()
}

/// How many of the first attributes that instances of a class have are slots.
pub fn count(vm: &Vm, ty: &'static Type) -> usize {
    let Some(class) = as_class(ty) else { return 0 };
    let first = usize::from(class.native.is_some());
    let is_slot = |index: &usize| {
        let name = class.key(*index).as_name();
        name.and_then(|name| crate::object::class::lookup(vm, ty, name)).is_some_and(|(value, _)| is_one(value))
    };
    (first..class.key_count()).take_while(is_slot).count()
}

/// What the slot of an instance holds.
///
/// # Errors
/// `AttributeError` if that is nothing, `TypeError` for what is no instance of the class.
pub fn get(vm: &Vm, member: Word, object: Word) -> Outcome {
    let name = slot_of(vm, member, object)?;
    instance::own_of(vm, object, name).set().ok_or_else(|| vm.no_attribute(object, name))
}

fn change(vm: &Vm, args: Args, access: Access) -> Outcome {
    let (object, name) = (args.at(1), slot_of(vm, args.at(0), args.at(1))?);
    let changed = instance::change_own(vm, object, name, access)?;
    changed.set().ok_or_else(|| vm.no_attribute(object, name))
}

fn parts(vm: &Vm, member: Word) -> Outcome<Owned> {
    Owned::of(&MEMBER, member).ok_or_else(|| vm.type_error("a member is wanted"))
}

/// The slot's name, if the object has the slot.
fn slot_of(vm: &Vm, member: Word, object: Word) -> Outcome<Name> {
    parts(vm, member)?.name_for(vm, object)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    parts(vm, word)?.print(vm, "member", out)
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    parts(vm, word)?.attribute(vm, name, access)
}
