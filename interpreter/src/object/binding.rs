//! `__get__` and its kin as methods of functions and descriptors: what an attribute access does, called by name; and the
//! attributes that wrappers of functions show.

use super::class;
use super::descriptor::{ClassMethod, Property, StaticMethod};
use super::handle::{Args, Handle, as_type};
use super::kind::{Access, Binding, NativeFunction, Type};
use super::name::Name;
use super::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// x.__get__(instance, owner=None): what an access through the instance, or the class, gives.
    def __get__(2..=3) = get;
}

/// Names of attributes.
pub const MORE: &[&str] = &["__wrapped__", "__isabstractmethod__", "doc"];

/// The attributes of `staticmethod` and `classmethod`.
pub const WRAPPER_ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = Some(wrapper_attribute);
/// What makes modules.
pub const MAKE_MODULE: Option<fn(&Vm, &'static Type, Args) -> Outcome> = Some(make_module);

/// `x.__get__(instance, owner=None)`.
pub fn get(vm: &Vm, args: Args) -> Outcome {
    let (descriptor, instance) = (vm.native(args.at(0)), args.at(1));
    let owner = args.get(2).and_then(as_type);
    let found = if instance == Word::NONE {
        if Handle::<Property>::from(descriptor).is_some() {
            return Ok(descriptor);
        }
        let Some(owner) = owner else { return Err(vm.type_error("__get__(None, None) is invalid")) };
        class::bind_to_class(vm, descriptor, owner)?
    } else {
        if let Some(native) = Handle::<NativeFunction>::from(descriptor) {
            return match native.binding() {
                Binding::Method | Binding::Attribute => super::function::bind(vm, descriptor, instance),
                _ => Ok(descriptor),
            };
        }
        let ty = owner.unwrap_or_else(|| vm.type_of(instance));
        class::bind_to_instance(vm, descriptor, ty, instance, ty)?
    };
    vm.bound(found)
}

/// `x.__set__(instance, value)`, `x.__delete__(instance)`, of properties.
pub fn change(vm: &Vm, args: Args, access: Access) -> Outcome {
    let property = vm.receiver::<Property>(args.at(0))?.word();
    match super::descriptor::change_property(vm, property, args.at(1), access)?.set() {
        Some(_) => Ok(Word::NONE),
        None => Err(vm.raise_text(&super::exception::ATTRIBUTE_ERROR, "property of this object has no setter or deleter")),
    }
}

/// Their function, and what it shows.
fn wrapper_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let function = match Handle::<StaticMethod>::from(word) {
        Some(method) => method.function,
        None => Handle::<ClassMethod>::from(word).expect("one of the two").function,
    };
    match access {
        Access::Load if name == name!(__func__) || name == name!(__wrapped__) => Ok(function),
        Access::Load if name == name!(__class__) || name == name!(__get__) => Ok(Word::UNSET),
        Access::Load => vm.find_attribute(function, name),
        Access::Store(value) => vm.set_attribute(function, name, value).map(|()| Word::NONE),
        Access::Delete => Ok(Word::UNSET),
    }
}

/// What a property says of its functions.
pub fn property_attribute(vm: &Vm, accessors: &[Word; 3], name: Name) -> Outcome {
    if name == name!(__doc__) || name == name!(__name__) {
        return match accessors[0] {
            none if none == Word::NONE => Ok(Word::NONE),
            getter => vm.find_attribute(getter, name),
        };
    }
    if name != name!(__isabstractmethod__) {
        return Ok(Word::UNSET);
    }
    for function in accessors.iter().filter(|function| **function != Word::NONE) {
        if let Some(answer) = vm.find_attribute(*function, name)?.set()
            && vm.truth(answer)?
        {
            return Ok(Word::TRUE);
        }
    }
    Ok(Word::FALSE)
}

/// `type(x.method)(function, instance)`.
pub fn make_method(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 2, 2)?;
    if args.at(1) == Word::NONE {
        return Err(vm.type_error("instance must not be None"));
    }
    super::function::bind(vm, args.at(0), args.at(1))
}

/// `type(module)(name, doc=None)`.
fn make_module(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    let module = super::module::new(vm, name!(__main__))?;
    // A class that derives from this may bring the name later, by `super().__init__`.
    if args.len() + args.keyword_count() > 0 {
        name_module(vm, module, args)?;
    }
    Ok(module.word())
}

/// `ModuleType.__init__(name, doc=None)`.
pub fn name_module(vm: &Vm, module: Handle<super::module::Module>, args: Args) -> Outcome<()> {
    let Some(name) = args.either(0, name!(name)) else {
        return Err(vm.type_error("module() missing required argument 'name' (pos 1)"));
    };
    let names = module.globals();
    names.map.insert(vm, Word::name(name!(__name__)), Word::name(vm.intern(vm.expect_text(name)?)?))?;
    let doc = args.either(1, name!(doc)).unwrap_or(Word::NONE);
    names.map.insert(vm, Word::name(name!(__doc__)), doc)?;
    Ok(())
}
