//! `mappingproxy`: a mapping to look at, which nobody changes through it. What a class shows as its `__dict__` is one, and programs make them as
//! `types.MappingProxyType`. Every question is passed on to the mapping, of whatever class it is.

use crate::object::handle::Args;
use crate::object::kind::{Access, Binary, Kind, Slots, Type, Unary};
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::resource_type;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// get(key, default=None): the value of key, or the default.
    def get(2..=3) = |vm, args| vm.call_method(seen(vm, args.at(0)), name!(get), &rest(&args)[..args.len() - 1]);
    /// keys(): a view of the keys.
    def keys(1) = |vm, args| vm.call_method(seen(vm, args.at(0)), name!(keys), &[]);
    /// values(): a view of the values.
    def values(1) = |vm, args| vm.call_method(seen(vm, args.at(0)), name!(values), &[]);
    /// items(): a view of the entries.
    def items(1) = |vm, args| vm.call_method(seen(vm, args.at(0)), name!(items), &[]);
    /// copy(): a copy of the mapping, which may be changed.
    def copy(1) = |vm, args| vm.call_method(seen(vm, args.at(0)), name!(copy), &[]);
    /// __reversed__(): an iterator over the keys, the last one first.
    def __reversed__(1) = |vm, args| vm.call_method(seen(vm, args.at(0)), name!(__reversed__), &[]);
}

/// Name of the type.
pub const MORE: &[&str] = &["mappingproxy"];

static SLOTS: Slots = Slots {
    make: Some(|vm, _, args| {
        vm.expect_count(args, 1, 1)?;
        let given = args.at(0);
        let ty = vm.type_of(given);
        if matches!(ty.kind, Kind::List | Kind::Tuple | Kind::Str | Kind::Bytes)
            || vm.find_attribute(given, name!(__getitem__))?.set().is_none()
        {
            return Err(vm.raise(
                &crate::object::exception::TYPE_ERROR,
                &[Part::Text("mappingproxy() argument must be a mapping, not "), Part::Name(ty.name)],
            ));
        }
        new(vm, given)
    }),
    print: Some(print),
    unary: Some(|vm, operator, word| match operator {
        Unary::Bool | Unary::Len | Unary::Hash => vm.unary(operator, seen(vm, word)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }),
    binary: Some(|vm, operator, lhs, rhs| {
        let other = seen(vm, rhs);
        match operator {
            Binary::Contains | Binary::Equal | Binary::Or => vm.binary(operator, seen(vm, lhs), other),
            Binary::ReverseOr => vm.binary(Binary::Or, other, seen(vm, lhs)),
            _ => Ok(Word::NOT_IMPLEMENTED),
        }
    }),
    item: Some(|vm, word, key, access| match access {
        Access::Load => vm.item(seen(vm, word), key),
        _ => Ok(Word::UNSET),
    }),
    iter: Some(|vm, word| vm.iter(seen(vm, word))),
    ..Slots::NONE
};

/// `mappingproxy`. State: the mapping.
pub static PROXY: Type = resource_type(name!("mappingproxy"), &SLOTS, ROWS);

/// A proxy of a mapping.
///
/// # Errors
/// `MemoryError`.
pub fn new(vm: &Vm, mapping: Word) -> Outcome {
    vm.new_resource(&PROXY, &[mapping])
}

/// What a proxy shows; any other object itself.
pub fn seen(vm: &Vm, object: Word) -> Word {
    vm.resource(object, &PROXY).map_or(object, |proxy| proxy.state[0].get())
}

/// `mapping` of a view of a dict.
pub const OF_VIEW: Option<fn(&Vm, Word, Name, Access) -> Outcome> = Some(|vm, word, name, access| match access {
    Access::Load if name == name!(mapping) => new(vm, vm.receiver::<super::DictView>(word)?.dict),
    _ => Ok(Word::UNSET),
});

/// The two arguments behind the receiver, of which the second may be missing.
fn rest(args: &Args) -> [Word; 2] {
    [args.at(1), args.get(2).unwrap_or(Word::NONE)]
}

fn print(vm: &Vm, word: Word, out: &mut Printer, style: Style) -> Outcome<()> {
    if let Style::Str = style {
        return out.word(vm, seen(vm, word), style);
    }
    out.text(vm, "mappingproxy(")?;
    out.word(vm, seen(vm, word), style)?;
    out.text(vm, ")")
}
