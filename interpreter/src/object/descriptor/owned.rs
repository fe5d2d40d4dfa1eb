//! What stands in a type under the name of an attribute of its objects: whose it is, and its name. A slot (`member`) and a computed
//! attribute (`computed`) differ in what they do with an object; whom they fit, and what they say of themselves, is here.

use crate::object::exception::TYPE_ERROR;
use crate::object::handle::{Handle, as_type, type_word};
use crate::object::kind::{Access, Type};
use crate::object::name::Name;
use crate::object::print::{Builder, Printer};
use crate::object::resource::Resource;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

/// State: the owner, and the attribute's name.
const OWNER: usize = 0;
const NAME: usize = 1;

/// Whose attribute it is, and which.
pub struct Owned {
    owner: &'static Type,
    name: Name,
}

/// An object of type `kind` for the attribute `name` of objects of `owner`.
///
/// # Errors
/// `MemoryError`.
pub fn new(vm: &Vm, kind: &'static Type, owner: &'static Type, name: Name) -> Outcome {
    vm.new_resource(kind, &[type_word(owner), Word::name(name)])
}

impl Owned {
    /// What an object of type `kind` is about; `None` for any other.
    pub fn of(kind: &'static Type, word: Word) -> Option<Owned> {
        let resource = Handle::<Resource>::from(word).filter(|resource| core::ptr::eq(resource.ty(), kind))?;
        Some(Owned { owner: as_type(resource.state[OWNER].get())?, name: resource.state[NAME].get().as_name()? })
    }

    /// The attribute's name, if objects of this type have it.
    ///
    /// # Errors
    /// `TypeError` for an object that has not.
    pub fn name_for(&self, vm: &Vm, object: Word) -> Outcome<Name> {
        if vm.is_instance(object, self.owner) {
            return Ok(self.name);
        }
        let parts = [
            Part::Text("descriptor '"),
            Part::Name(self.name),
            Part::Text("' for '"),
            Part::Name(self.owner.name),
            Part::Text("' objects doesn't apply to a '"),
            Part::TypeOf(object),
            Part::Text("' object"),
        ];
        Err(vm.raise(&TYPE_ERROR, &parts))
    }

    /// Its `repr`, which begins with `what`.
    pub fn print(&self, vm: &Vm, what: &str, out: &mut Printer) -> Outcome<()> {
        let parts = ["<", what, " '", vm.name_text(self.name), "' of '", vm.name_text(self.owner.name), "' objects>"];
        parts.iter().try_for_each(|part| out.text(vm, part))
    }

    /// What it says of itself.
    pub fn attribute(&self, vm: &Vm, name: Name, access: Access) -> Outcome {
        let Access::Load = access else { return Ok(Word::UNSET) };
        match name {
            n if n == name!(__name__) => Ok(Word::name(self.name)),
            n if n == name!(__objclass__) => Ok(type_word(self.owner)),
            n if n == name!(__doc__) => Ok(Word::NONE),
            n if n == name!(__qualname__) => {
                let path = vm.attribute(type_word(self.owner), name!(__qualname__))?;
                let mut text = Builder::new();
                for part in [vm.text_of(path), ".", vm.name_text(self.name)] {
                    text.push(vm, part.as_bytes())?;
                }
                text.finish_str(vm)
            }
            _ => Ok(Word::UNSET),
        }
    }
}
