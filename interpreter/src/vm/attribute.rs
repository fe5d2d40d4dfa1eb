//! Attributes: where a name is found on an object, and how what is found binds to it.

use super::origin::{self, Hindrance};
use super::raise::Part::{self, Name as NamePart, Str, Text, TypeOf};
use super::{Outcome, Raised, Vm};
use crate::object::handle::{Handle, as_type, type_word};
use crate::object::kind::{Access, Binding, Kind, NativeFunction, Type};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::object::{class, descriptor, exception, function, instance, special};

/// What a lookup found: the value, and what comes first when it is called; `UNSET` when nothing does.
///
/// A method found on its instance is `(function, instance)`: a call passes both, and only a plain attribute access makes a
/// bound method of them. Nothing found is `(UNSET, UNSET)`.
#[derive(Clone, Copy)]
pub struct Found {
    /// The value.
    pub value: Word,
    /// The first argument of a call.
    pub first: Word,
}

impl Found {
    /// Nothing.
    pub const NOTHING: Found = Found { value: Word::UNSET, first: Word::UNSET };

    /// A value that binds to nothing.
    pub const fn plain(value: Word) -> Found {
        Found { value, first: Word::UNSET }
    }
}

/// Binds a row of a builtin type's table to `object`, or to the type alone.
pub(crate) fn bind_row(value: Word, object: Word, ty: &'static Type) -> Found {
    let first = match Handle::<NativeFunction>::from(value) {
        None => Word::UNSET,
        Some(function) => match function.binding() {
            Binding::Method | Binding::Attribute => object,
            Binding::Static => Word::UNSET,
            Binding::Class => type_word(ty),
        },
    };
    Found { value, first }
}

impl Vm {
    /// Looks `name` up on `object`, without binding.
    ///
    /// # Errors
    /// What computed attributes raise; a missing attribute is no error.
    pub(crate) fn find(&self, object: Word, name: Name) -> Outcome<Found> {
        let ty = self.type_of(object);
        if matches!(ty.kind, Kind::Type | Kind::Class | Kind::NamedTuple) {
            return class::find_on_type(self, object, name);
        }
        if class::is_class(ty) {
            return instance::find(self, object, ty, name);
        }
        if let Some(attribute) = ty.slots.attribute.filter(|_| ty.kind != Kind::Super) {
            let value = attribute(self.here(), object, name, Access::Load)?;
            if value != Word::UNSET {
                return Ok(Found::plain(value));
            }
        }
        if ty.kind == Kind::Super {
            return descriptor::find_on_super(self, object, name);
        }
        if let Some((value, _)) = class::lookup(self, ty, name) {
            return Ok(bind_row(value, object, ty));
        }
        if name == name!(__class__) {
            return Ok(Found::plain(self.type_word_of(object)));
        }
        if super::origin::is_doc(name) {
            return Ok(Found::plain(Word::NONE));
        }
        let value = special::find(ty, name).or_else(|| special::find_of_object(name));
        Ok(value.map_or(Found::NOTHING, |value| match value == Word::NONE {
            true => Found::plain(value),
            false => bind_row(value, object, ty),
        }))
    }

    /// What a call of `object.name` needs: the callable, and its first argument or `UNSET`.
    ///
    /// # Errors
    /// `AttributeError`.
    pub fn load_method(&self, object: Word, name: Name) -> Outcome<Found> {
        let found = self.find(object, name)?;
        if found.value == Word::UNSET { Err(self.no_attribute(object, name)) } else { Ok(found) }
    }

    /// `object.name`.
    ///
    /// # Errors
    /// `AttributeError`.
    pub fn attribute(&self, object: Word, name: Name) -> Outcome {
        let found = self.load_method(object, name)?;
        self.bound(found)
    }

    /// A bound method of what was found, if it has something to bind to.
    pub(crate) fn bound(&self, found: Found) -> Outcome {
        match found.first {
            it if it == Word::UNSET => Ok(found.value),
            first => function::bind(self, found.value, first),
        }
    }

    /// `object.name`, or `UNSET` if there is none.
    ///
    /// # Errors
    /// What computed attributes raise, but `AttributeError`.
    pub fn find_attribute(&self, object: Word, name: Name) -> Outcome {
        match self.find(object, name).and_then(|found| self.bound(found)) {
            Err(raised) if self.is_instance(self.peek_raised(raised), &exception::ATTRIBUTE_ERROR) => {
                self.take_raised(raised);
                Ok(Word::UNSET)
            }
            outcome => outcome,
        }
    }

    /// Calls `object.name(…)` if `object` has such an attribute; `UNSET` if not.
    ///
    /// # Errors
    /// What the call raises.
    pub fn call_method_if(&self, object: Word, name: Name, arguments: &[Word]) -> Outcome {
        match self.find_attribute(object, name)? {
            it if it == Word::UNSET => Ok(Word::UNSET),
            method => self.call(method, arguments),
        }
    }

    fn change_attribute(&self, object: Word, name: Name, access: Access) -> Outcome<()> {
        self.check_stack()?;
        let done = match self.type_of(object).slots.attribute {
            Some(attribute) => attribute(self.here(), object, name, access)?,
            None => Word::UNSET,
        };
        if done != Word::UNSET {
            return Ok(());
        }
        if crate::WHOLE && name == name!(__class__) {
            return Err(self.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
        }
        if crate::WHOLE
            && let Some(ty) = as_type(object).filter(|ty| !class::is_class(ty))
        {
            let ending = Text("' attribute of immutable type '");
            let parts = [Text("cannot set '"), NamePart(name), ending, NamePart(ty.name), Text("'")];
            return Err(self.raise(&exception::TYPE_ERROR, &parts));
        }
        Err(self.no_attribute(object, name))
    }

    /// `object.name = value`.
    ///
    /// # Errors
    /// `AttributeError` if the object's attributes cannot be set.
    pub fn set_attribute(&self, object: Word, name: Name, value: Word) -> Outcome<()> {
        self.change_attribute(object, name, Access::Store(value))
    }

    /// `del object.name`.
    ///
    /// # Errors
    /// `AttributeError`.
    pub fn delete_attribute(&self, object: Word, name: Name) -> Outcome<()> {
        self.change_attribute(object, name, Access::Delete)
    }

    /// The same of a module that is called `own`.
    fn no_attribute_of_module(&self, module: Word, own: Word, name: Part) -> Raised {
        let file = self.find_attribute(module, name!(__file__));
        let (hindrance, file) = match file.and_then(|file| Ok((origin::hindrance(self, own, file)?, file))) {
            Ok(found) => found,
            Err(raised) => return raised,
        };
        let begin = if let Hindrance::Circle = hindrance { "partially initialized module '" } else { "module '" };
        let [a, b, c, d, e] = hindrance.advice(own);
        let from = match (&hindrance, file.set().filter(|file| self.as_text(*file).is_some())) {
            (Hindrance::Circle, Some(file)) => [Text("' from '"), Str(file)],
            _ => [Text(""); 2],
        };
        let parts = [Text(begin), Str(own), from[0], from[1], Text("' has no attribute '"), name, Text("'"), a, b, c, d, e];
        self.raise(&exception::ATTRIBUTE_ERROR, &parts)
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn no_attribute(&self, object: Word, name: Name) -> Raised {
        let ending = Text("' has no attribute '");
        let ty = &exception::ATTRIBUTE_ERROR;
        let fields = [(name!(name), Word::name(name)), (name!(obj), object)];
        let (name, quote) = (NamePart(name), Text("'"));
        let raised = match as_type(object) {
            Some(class) => self.raise(ty, &[Text("type object '"), NamePart(class.name), ending, name, quote]),
            None if crate::WHOLE && matches!(self.type_of(object).kind, Kind::Module | Kind::BuiltinModule) => {
                let own = match self.find_attribute(object, name!(__name__)) {
                    Ok(own) => own,
                    Err(raised) => return raised,
                };
                let own = if self.as_text(own).is_some() { own } else { Word::name(name!(module)) };
                self.no_attribute_of_module(object, own, name)
            }
            None => self.raise(ty, &[Text("'"), TypeOf(object), Text("' object has no attribute '"), name, quote]),
        };
        exception::detail::annotate(self, self.peek_raised(raised), &fields);
        raised
    }
}
