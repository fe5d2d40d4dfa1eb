//! What properties and `super` are beyond binding: their attributes, items, `repr`, and what lies behind a builtin base.

use super::*;
use crate::object::class::is_class;
use crate::object::handle::type_word;
use crate::object::print::{Printer, Style};
use crate::object::special;
use crate::vm::Raised;
use crate::vm::raise::Part;

/// Further slots of `property`.
pub const PROPERTY: Slots = Slots { attribute: Some(property_attribute), ..Slots::NONE };
/// Further slots of `super`.
pub const SUPER: Slots = Slots { print: Some(print_super), item: Some(super_item), ..Slots::NONE };
/// What `super` has of its own.
pub const SUPER_ROWS: &Rows = if crate::WHOLE { binding::ROWS } else { Rows::NONE };

/// The text about a new property.
pub fn doc_of(args: Args) -> Word {
    args.either(3, name!(doc)).unwrap_or(Word::NONE)
}

/// The error of a property without a function, by its name in the class of `object`.
#[cold]
pub fn lacks(vm: &Vm, property: Word, object: Word, what: &str) -> Raised {
    if !crate::WHOLE {
        return vm.raise_text(&exception::ATTRIBUTE_ERROR, "unreadable attribute");
    }
    let ty = vm.type_of(object);
    let classes = ancestors(ty).filter_map(class::as_class);
    let name = classes
        .into_iter()
        .find_map(|class| class.get().map.iter().find(|(_, value)| vm.native(*value) == property).map(|(name, _)| name));
    let owner = class::own(vm, ty, name!(__qualname__)).unwrap_or(Word::name(ty.name));
    let parts = [Text("property "), Part::Repr(name.unwrap_or(Word::NONE)), Text(" of '"), Part::Str(owner), Text(what)];
    match name {
        Some(_) => vm.raise(&exception::ATTRIBUTE_ERROR, &parts),
        None => vm.raise(&exception::ATTRIBUTE_ERROR, &[Text("property of '"), Part::Str(owner), Text(what)]),
    }
}

fn property_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let property = Handle::<Property>::from(word).expect("a property");
    let names = [name!(fget), name!(fset), name!(fdel)];
    match (names.iter().position(|accessor| *accessor == name), access) {
        (Some(index), Access::Load) => Ok(property.accessors[index]),
        (None, Access::Load) if name == name!(__doc__) && property.doc.get() != Word::NONE => Ok(property.doc.get()),
        (None, Access::Load) => binding::property_attribute(vm, &property.accessors, name),
        (None, Access::Store(value)) if name == name!(__doc__) => {
            property.doc.set(value);
            Ok(Word::NONE)
        }
        (Some(_), _) => Err(vm.raise_text(&exception::ATTRIBUTE_ERROR, "readonly attribute")),
        _ => Ok(Word::UNSET),
    }
}

fn print_super(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.text(vm, "<super: ")?;
    let this = Handle::<Super>::from(word).expect("a super");
    out.word(vm, this.after, Style::Repr)?;
    if crate::WHOLE && this.object == Word::NONE {
        return out.text(vm, ", NULL>");
    }
    if crate::WHOLE {
        let ty = self_class(vm, this);
        out.text(vm, ", <")?;
        out.text(vm, vm.name_text(ty.name))?;
        out.text(vm, " object>")?;
        return out.text(vm, ">");
    }
    out.text(vm, ">")
}

/// `super(class)`, which waits for an object.
pub fn make_unbound(vm: &Vm, args: Args) -> Outcome {
    match args.len() {
        1 if crate::WHOLE => super::new_super(vm, args.at(0), Word::NONE),
        count if crate::WHOLE && count > 2 => Err(vm.type_error("super() expected at most 2 arguments")),
        _ => Err(vm.raise_text(&exception::RUNTIME_ERROR, "super(): no arguments")),
    }
}

/// The class whose order of lookup it goes along.
fn self_class(vm: &Vm, this: Handle<Super>) -> &'static Type {
    let own = vm.type_of(this.object);
    let after = as_type(this.after).expect("checked by `class_behind`");
    if vm.is_subclass(own, after) { own } else { as_type(this.object).unwrap_or(own) }
}

/// What a `super` knows of itself; all that one has which waits for an object.
#[cold]
pub fn own_of_super(vm: &Vm, this: Handle<Super>, name: Name) -> Found {
    let is_bound = this.object != Word::NONE;
    Found::plain(match vm.name_text(name) {
        "__thisclass__" => this.after,
        "__self__" => this.object,
        "__self_class__" if is_bound => type_word(self_class(vm, this)),
        "__self_class__" => Word::NONE,
        "__class__" => type_word(&super::SUPER),
        _ if is_bound => return Found::NOTHING,
        _ => {
            let found = class::lookup(vm, &super::SUPER, name).map(|(value, _)| value);
            return match found.or_else(|| special::find_of_object(name)) {
                Some(value) => Found { value, first: this.word() },
                None => Found::NOTHING,
            };
        }
    })
}

/// What a `super` that was found as a class attribute stands for: bound to the object, if it waited for one.
pub fn bound_super(vm: &Vm, value: Word, object: Word) -> Outcome {
    match Handle::<Super>::from(value) {
        Some(this) if this.object == Word::NONE => super::new_super(vm, this.after, object),
        _ => Ok(value),
    }
}

/// What a builtin base has besides rows: computed attributes and special methods.
pub fn beyond(vm: &Vm, object: Word, ty: &'static Type, name: Name) -> Outcome<Found> {
    let (builtin, native) = (class::native_type(ty), vm.native(object));
    if name == name!(__class__) {
        return Ok(Found::plain(type_word(&super::SUPER)));
    }
    if is_class(ty)
        && let Some(attribute) = builtin.slots.attribute
    {
        let value = attribute(vm.here(), native, name, Access::Load)?;
        if value != Word::UNSET {
            return Ok(Found::plain(value));
        }
    }
    match special::find(builtin, name) {
        // These look for `__missing__` and `__repr__` of the class.
        Some(value) if native != object && [name!(__getitem__), name!(__str__)].contains(&name) => {
            Ok(Found { value, first: object })
        }
        Some(value) if native != object => Ok(Found { value, first: native }),
        Some(value) if ty.kind == Kind::Exception => Ok(Found { value, first: object }),
        Some(_) => Ok(special::find_plain(name).map_or(Found::NOTHING, |value| Found { value, first: object })),
        None => Ok(special::find_of_object(name).map_or(Found::NOTHING, |value| Found { value, first: object })),
    }
}

fn super_item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    match access {
        Access::Load => vm.call_method(word, name!(__getitem__), &[key]),
        Access::Store(value) => vm.call_method(word, name!(__setitem__), &[key, value]).map(|_| Word::NONE),
        Access::Delete => vm.call_method(word, name!(__delitem__), &[key]).map(|_| Word::NONE),
    }
}
