//! What properties and `super` are beyond binding: their attributes, items, `repr`, and what lies behind a builtin base.

use super::*;
use crate::object::class::is_class;
use crate::object::handle::type_word;
use crate::object::print::{Printer, Style};
use crate::object::special;

/// Further slots of `property`.
pub const PROPERTY: Slots = Slots { attribute: Some(property_attribute), ..Slots::NONE };
/// Further slots of `super`.
pub const SUPER: Slots = Slots { print: Some(print_super), item: Some(super_item), ..Slots::NONE };

/// The text about a new property.
pub fn doc_of(args: Args) -> Word {
    args.either(3, name!(doc)).unwrap_or(Word::NONE)
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
        _ => Ok(Word::UNSET),
    }
}

fn print_super(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.text(vm, "<super: ")?;
    let this = Handle::<Super>::from(word).expect("a super");
    out.word(vm, this.after, Style::Repr)?;
    if crate::WHOLE {
        let ty = as_type(this.object).unwrap_or(vm.type_of(this.object));
        out.text(vm, ", <")?;
        out.text(vm, vm.name_text(ty.name))?;
        out.text(vm, " object>")?;
        return out.text(vm, ">");
    }
    out.text(vm, ">")
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
