//! Special methods of builtin types, as attributes: `super().__getitem__(k)`, `list.__len__(x)`, `x.__iter__`.
//!
//! Operators never come here: they ask the slots. A type has such an attribute when it has the slot behind it.

use super::handle::Args;
use super::kind::{Binary, Kind, Type, Unary, find_row};
use super::name::Name;
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// What an operand on the right of `divmod` is asked by, on hosts.
pub const REVERSED_DIVMOD: Option<Name> = if crate::WHOLE { Some(name!(__rdivmod__)) } else { None };

table! { pub ROWS, NAMES, DOCS:
    /// x.__getitem__(key)
    def __getitem__(2) = |vm, args| vm.item(args.at(0), args.at(1));
    /// x.__setitem__(key, value)
    def __setitem__(3) = |vm, args| vm.set_item(args.at(0), args.at(1), args.at(2)).map(|()| Word::NONE);
    /// x.__delitem__(key)
    def __delitem__(2) = |vm, args| vm.delete_item(args.at(0), args.at(1)).map(|()| Word::NONE);
    /// x.__iter__()
    def __iter__(1) = |vm, args| vm.iter(args.at(0));
    /// x.__next__()
    def __next__(1) = next;
    /// x.__len__()
    def __len__(1) = |vm, args| vm.unary(Unary::Len, args.at(0));
    /// x.__contains__(item)
    def __contains__(2) = |vm, args| vm.contains(args.at(0), args.at(1)).map(Word::bool);
    /// x.__call__(…)
    def __call__(1.., keywords) = |vm, args| vm.call_args(args.at(0), args.skip(1));
    /// x.__eq__(y)
    def __eq__(2) = |vm, args| vm.equal(args.at(0), args.at(1)).map(Word::bool);
    /// x.__ne__(y)
    def __ne__(2) = |vm, args| vm.equal(args.at(0), args.at(1)).map(|equal| Word::bool(!equal));
    /// x.__lt__(y)
    def __lt__(2) = |vm, args| vm.binary(Binary::Less, args.at(0), args.at(1));
    /// x.__add__(y)
    def __add__(2) = |vm, args| vm.binary(Binary::Add, args.at(0), args.at(1));
    /// x.__mul__(y)
    def __mul__(2) = |vm, args| vm.binary(Binary::Mul, args.at(0), args.at(1));
    /// x.__hash__()
    def __hash__(1) = |vm, args| match of_type(vm, args, name!(__hash__)) {
        Some(answer) => answer,
        None => vm.unary(Unary::Hash, args.at(0)),
    };
    /// x.__repr__()
    def __repr__(1) = |vm, args| vm.repr(args.at(0));
    /// x.__str__()
    def __str__(1) = |vm, args| vm.str(args.at(0));
}

/// What a method of `type` answers about a class, on hosts: by identity. A metaclass's own method that asks its base for this one
/// must not be asked again.
pub(super) fn of_type(vm: &Vm, args: Args, name: Name) -> Option<Outcome> {
    if !crate::WHOLE || super::handle::as_type(args.at(0)).is_none() {
        return None;
    }
    find_row(PLAIN_ROWS, name).map(|plain| vm.call_args(plain, args))
}

fn next(vm: &Vm, args: Args) -> Outcome {
    match vm.next(args.at(0))?.set() {
        Some(item) => Ok(item),
        None => Err(super::exception::raise_stop(vm)),
    }
}

/// The special method `name` of a builtin type.
pub fn find(ty: &'static Type, name: Name) -> Option<Word> {
    if crate::WHOLE && name == name!(__hash__) && has_no_hash(ty) {
        return Some(Word::NONE);
    }
    super::operators::find(ty, name).or_else(|| of_slots(ty, name).filter(|_| !crate::WHOLE || !lacks(ty, name)))
}

/// Whether a builtin type has not what its record of behaviours would let one expect.
fn lacks(ty: &Type, name: Name) -> bool {
    [name!(__add__), name!(__mul__)].contains(&name) && ty.kind != Kind::Instance
        || [name!(__setitem__), name!(__delitem__)].contains(&name) && super::operators::is_constant(ty.kind)
}

/// Whether objects of a builtin type say that they have no hash.
pub(super) fn has_no_hash(ty: &Type) -> bool {
    matches!(ty.kind, Kind::List | Kind::Dict | Kind::Set | Kind::ByteArray | Kind::Deque | Kind::Array)
        && !super::set::is_frozen(ty)
}

/// The same, of those in the table above.
pub(super) fn of_slots(ty: &Type, name: Name) -> Option<Word> {
    let slots = ty.slots;
    let has = match name {
        n if [name!(__getitem__), name!(__setitem__), name!(__delitem__)].contains(&n) => slots.item.is_some(),
        n if n == name!(__iter__) => slots.iter.is_some(),
        n if n == name!(__next__) => slots.next.is_some(),
        n if n == name!(__call__) => slots.call.is_some(),
        n if [name!(__len__), name!(__contains__)].contains(&n) => {
            slots.iter.is_some() && (slots.item.is_some() || ty.kind == Kind::Set)
        }
        n if [name!(__lt__), name!(__add__), name!(__mul__)].contains(&n) => slots.binary.is_some(),
        _ => true,
    };
    if has { find_row(ROWS, name) } else { None }
}

table! { pub PLAIN_ROWS, PLAIN_NAMES, PLAIN_DOCS:
    /// object.__repr__(x)
    def __repr__(1) = plain_repr;
    /// object.__str__(x)
    def __str__(1) = |vm, args| vm.repr(args.at(0));
    /// object.__eq__(x, y)
    def __eq__(2) = |_, args| Ok(if args.at(0) == args.at(1) { Word::TRUE } else { Word::NOT_IMPLEMENTED });
    /// object.__ne__(x, y)
    def __ne__(2) = |_, args| Ok(if args.at(0) == args.at(1) { Word::FALSE } else { Word::NOT_IMPLEMENTED });
    /// object.__hash__(x)
    def __hash__(1) = |_, args| Ok(Word::int((args.at(0).address() >> 2) as isize & 0x3fff_ffff));
    /// object.__lt__(x, y)
    #[cfg(feature = "full")]
    def __lt__(2) = |_, _| Ok(Word::NOT_IMPLEMENTED);
    /// object.__le__(x, y)
    #[cfg(feature = "full")]
    def __le__(2) = |_, _| Ok(Word::NOT_IMPLEMENTED);
    /// object.__gt__(x, y)
    #[cfg(feature = "full")]
    def __gt__(2) = |_, _| Ok(Word::NOT_IMPLEMENTED);
    /// object.__ge__(x, y)
    #[cfg(feature = "full")]
    def __ge__(2) = |_, _| Ok(Word::NOT_IMPLEMENTED);
    /// object.__getstate__(x): what `copy` and `pickle` keep of an object.
    #[cfg(feature = "full")]
    def __getstate__(1) = |vm, args| {
        let module = vm.import_frozen(vm.intern("copyreg")?)?;
        vm.call_method(module, vm.intern("_plain_state")?, &[args.at(0)])
    };
    /// cls.__subclasshook__(subclass)
    #[cfg(feature = "full")]
    class def __subclasshook__(2) = |_, _| Ok(Word::NOT_IMPLEMENTED);
}

/// What an object of a type has of `object`, beside its type's special methods: hosts only.
#[inline(always)]
pub fn find_of_object(name: Name) -> Option<Word> {
    if crate::WHOLE { find_row(PLAIN_ROWS, name) } else { None }
}

fn plain_repr(vm: &Vm, args: Args) -> Outcome {
    let object = args.at(0);
    if crate::WHOLE && super::handle::as_type(object).is_some() {
        // `super().__repr__()` in a metaclass.
        return vm.written(|out| super::class::print_type(vm, object, out, super::print::Style::Repr));
    }
    vm.written(|out| vm.print_plainly(object, out))
}

/// `super().__repr__` and its kin where the base is `object`: must not come back to the class's own method.
pub fn find_plain(name: Name) -> Option<Word> {
    find_row(PLAIN_ROWS, name)
}
