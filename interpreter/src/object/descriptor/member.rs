//! What a class has under the name of a slot (`__slots__`): it hides what bases have there, and binds to the instance's own attribute.
//! Instances look into their slots first, so that it is asked only when a slot is empty, for special methods, and by those who ask
//! the class.

use crate::object::class::as_class;
use crate::object::handle::{Args, Handle, as_type, type_word};
use crate::object::instance;
use crate::object::kind::{Access, Slots, Type};
use crate::object::name::Name;
use crate::object::print::{Builder, Printer, Style};
use crate::object::resource::{Resource, resource_type};
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

/// State: the class, and the slot's name.
const OWNER: usize = 0;
const NAME: usize = 1;

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
    vm.new_resource(&MEMBER, &[type_word(owner), Word::name(name)])
}

/// Whether it is what some class has for a slot.
pub fn is_one(value: Word) -> bool {
    as_member(value).is_some()
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

fn as_member(value: Word) -> Option<Handle<Resource>> {
    Handle::<Resource>::from(value).filter(|resource| core::ptr::eq(resource.ty(), &MEMBER))
}

fn parts(vm: &Vm, member: Word) -> Outcome<(Word, Name)> {
    let state = as_member(member).map(|member| (member.state[OWNER].get(), member.state[NAME].get().as_name()));
    match state {
        Some((owner, Some(name))) => Ok((owner, name)),
        _ => Err(vm.type_error("a member is wanted")),
    }
}

/// The slot's name, if the object has the slot.
fn slot_of(vm: &Vm, member: Word, object: Word) -> Outcome<Name> {
    let (owner, name) = parts(vm, member)?;
    let ty = as_type(owner).expect("a class");
    if vm.is_instance(object, ty) {
        return Ok(name);
    }
    let parts = [
        Part::Text("descriptor '"),
        Part::Name(name),
        Part::Text("' for '"),
        Part::Name(ty.name),
        Part::Text("' objects doesn't apply to a '"),
        Part::TypeOf(object),
        Part::Text("' object"),
    ];
    Err(vm.raise(&crate::object::exception::TYPE_ERROR, &parts))
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (owner, name) = parts(vm, word)?;
    out.text(vm, "<member '")?;
    out.text(vm, vm.name_text(name))?;
    out.text(vm, "' of '")?;
    out.text(vm, vm.name_text(as_type(owner).expect("a class").name))?;
    out.text(vm, "' objects>")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let (Access::Load, (owner, own)) = (access, parts(vm, word)?) else { return Ok(Word::UNSET) };
    match name {
        n if n == name!(__name__) => Ok(Word::name(own)),
        n if n == name!(__objclass__) => Ok(owner),
        n if n == name!(__doc__) => Ok(Word::NONE),
        n if n == name!(__qualname__) => {
            let path = vm.attribute(owner, name!(__qualname__))?;
            let mut text = Builder::new();
            for part in [vm.text_of(path), ".", vm.name_text(own)] {
                text.push(vm, part.as_bytes())?;
            }
            text.finish_str(vm)
        }
        _ => Ok(Word::UNSET),
    }
}
