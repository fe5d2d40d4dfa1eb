//! What a builtin type has under the name of an attribute that its objects compute: `int.real`, `BaseException.args`. Objects
//! compute theirs without it, so that none is made until somebody asks the type.

use crate::object::handle::{Args, Handle, as_type, type_word};
use crate::object::kind::{Access, Slots, Type};
use crate::object::listed;
use crate::object::name::Name;
use crate::object::print::{Builder, Printer, Style};
use crate::object::resource::{Resource, resource_type};
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

/// State: the type, and the attribute's name.
const OWNER: usize = 0;
const NAME: usize = 1;

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
        Some(owner) => vm.new_resource(&COMPUTED, &[type_word(owner), Word::name(name)]),
        None => Ok(Word::UNSET),
    }
}

fn parts(vm: &Vm, word: Word) -> Outcome<(Word, Name)> {
    let computed = Handle::<Resource>::from(word).filter(|resource| core::ptr::eq(resource.ty(), &COMPUTED));
    let state = computed.map(|computed| (computed.state[OWNER].get(), computed.state[NAME].get().as_name()));
    match state {
        Some((owner, Some(name))) => Ok((owner, name)),
        _ => Err(vm.type_error("an attribute is wanted")),
    }
}

/// The attribute's name, if objects of this type have it.
fn name_of(vm: &Vm, args: Args, object: Word) -> Outcome<Name> {
    let (owner, name) = parts(vm, args.at(0))?;
    let ty = as_type(owner).expect("a type");
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
    out.text(vm, "<attribute '")?;
    out.text(vm, vm.name_text(name))?;
    out.text(vm, "' of '")?;
    out.text(vm, vm.name_text(as_type(owner).expect("a type").name))?;
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
