//! The operators of builtin types as methods that a program calls by name: `(1).__add__(2)`, `int.__radd__`, `x.__bool__()`.
//!
//! Each asks the slot of the object's own type, without trying the other operand, and answers `NotImplemented` for what the
//! type cannot do, as in CPython. `special` has those that the smallest interpreter has, too.

use super::handle::Args;
use super::kind::{Arity, Binary, Binding, Kind, NativeFunction, Type, Unary, find_row};
use super::name::Name;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

/// Asks the first operand's type alone.
fn ask(vm: &Vm, operator: Binary, args: Args) -> Outcome {
    let (a, b) = (vm.native(args.at(0)), vm.native(args.at(1)));
    if crate::WHOLE && outranks(vm, b, a) {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    match vm.type_of(a).slots.binary {
        Some(binary) => binary(vm.here(), operator, a, b),
        None => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// `b operator a`, asked of `b`'s type: `NotImplemented` unless it knows `a`'s.
fn ask_reversed(vm: &Vm, operator: Binary, args: Args) -> Outcome {
    let (a, b) = (vm.native(args.at(0)), vm.native(args.at(1)));
    match vm.type_of(b).slots.binary {
        _ if crate::WHOLE && outranks(vm, b, a) => Ok(Word::NOT_IMPLEMENTED),
        Some(binary) if core::ptr::eq(vm.type_of(a), vm.type_of(b)) || is_number(vm, a) && is_number(vm, b) => {
            binary(vm.here(), operator, b, a)
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Whether `a` is a number, and `b` one of a kind that `a`'s type does not know.
fn outranks(vm: &Vm, b: Word, a: Word) -> bool {
    (1..rank(vm, b)).contains(&rank(vm, a))
}

/// Which numbers a number's type knows: those of no higher rank. 0 for what is none.
fn rank(vm: &Vm, word: Word) -> u8 {
    match vm.type_of(word).kind {
        Kind::Int => 1,
        Kind::Float => 2,
        Kind::Complex => 3,
        _ if word.is_bool() => 1,
        _ => 0,
    }
}

fn is_number(vm: &Vm, word: Word) -> bool {
    word.is_bool() || matches!(vm.type_of(word).kind, Kind::Int | Kind::Float | Kind::Complex)
}

table! { pub ROWS, NAMES, DOCS:
    def __getitem__(2) = |vm, args| super::instance::native_item(vm, args.at(0), args.at(1));
    def __setitem__(3) = |vm, args| vm.set_item(vm.native(args.at(0)), args.at(1), args.at(2)).map(|()| Word::NONE);
    def __delitem__(2) = |vm, args| vm.delete_item(vm.native(args.at(0)), args.at(1)).map(|()| Word::NONE);
    def __iter__(1) = |vm, args| vm.iter(vm.native(args.at(0)));
    def __len__(1) = |vm, args| vm.unary(Unary::Len, vm.native(args.at(0)));
    def __contains__(2) = |vm, args| vm.contains(vm.native(args.at(0)), args.at(1)).map(Word::bool);
    def __hash__(1) = |vm, args| match super::special::of_type(vm, args, name!(__hash__)) {
        Some(answer) => answer,
        None => vm.unary(Unary::Hash, vm.native(args.at(0))),
    };
    def __repr__(1) = own_repr;
    def __str__(1) = |vm, args| match vm.native(args.at(0)) {
        text if vm.as_text(text).is_some() => Ok(text),
        // As `object.__str__`: whatever `__repr__` a derived class has.
        _ => vm.repr(args.at(0)),
    };
    def __add__(2) = |vm, args| ask(vm, Binary::Add, args);
    def __sub__(2) = |vm, args| ask(vm, Binary::Sub, args);
    def __mul__(2) = |vm, args| ask(vm, Binary::Mul, args);
    def __truediv__(2) = |vm, args| ask(vm, Binary::TrueDiv, args);
    def __floordiv__(2) = |vm, args| ask(vm, Binary::FloorDiv, args);
    def __mod__(2) = |vm, args| ask(vm, Binary::Mod, args);
    def __divmod__(2) = |vm, args| ask(vm, Binary::DivMod, args);
    def __pow__(2..=3) = power;
    def __lshift__(2) = |vm, args| ask(vm, Binary::ShiftLeft, args);
    def __rshift__(2) = |vm, args| ask(vm, Binary::ShiftRight, args);
    def __and__(2) = |vm, args| ask(vm, Binary::And, args);
    def __or__(2) = |vm, args| ask(vm, Binary::Or, args);
    def __xor__(2) = |vm, args| ask(vm, Binary::Xor, args);
    def __radd__(2) = |vm, args| ask_reversed(vm, Binary::Add, args);
    def __rsub__(2) = |vm, args| ask_reversed(vm, Binary::Sub, args);
    def __rmul__(2) = |vm, args| ask(vm, Binary::Mul, args);
    def __rtruediv__(2) = |vm, args| ask_reversed(vm, Binary::TrueDiv, args);
    def __rfloordiv__(2) = |vm, args| ask_reversed(vm, Binary::FloorDiv, args);
    def __rmod__(2) = |vm, args| ask_reversed(vm, Binary::Mod, args);
    def __rdivmod__(2) = |vm, args| ask_reversed(vm, Binary::DivMod, args);
    def __rpow__(2) = |vm, args| ask_reversed(vm, Binary::Pow, args);
    def __rlshift__(2) = |vm, args| ask_reversed(vm, Binary::ShiftLeft, args);
    def __rrshift__(2) = |vm, args| ask_reversed(vm, Binary::ShiftRight, args);
    def __rand__(2) = |vm, args| ask_reversed(vm, Binary::And, args);
    def __ror__(2) = |vm, args| ask_reversed(vm, Binary::Or, args);
    def __rxor__(2) = |vm, args| ask_reversed(vm, Binary::Xor, args);
    def __iadd__(2) = |vm, args| ask(vm, Binary::InPlaceAdd, args);
    def __imul__(2) = |vm, args| ask(vm, Binary::InPlaceMul, args);
    def __ior__(2) = |vm, args| ask(vm, Binary::InPlaceOr, args);
    def __iand__(2) = |vm, args| ask(vm, Binary::InPlaceAnd, args);
    def __isub__(2) = |vm, args| ask(vm, Binary::InPlaceSub, args);
    def __ixor__(2) = |vm, args| ask(vm, Binary::InPlaceXor, args);
    def __eq__(2) = |vm, args| match super::special::of_type(vm, args, name!(__eq__)) {
        Some(answer) => answer,
        None => compare(vm, Binary::Equal, args),
    };
    def __ne__(2) = |vm, args| match super::special::of_type(vm, args, name!(__ne__)) {
        Some(answer) => answer,
        None => not_equal(vm, args),
    };
    def __lt__(2) = |vm, args| ask(vm, Binary::Less, args);
    def __le__(2) = |vm, args| ask(vm, Binary::LessEqual, args);
    def __gt__(2) = |vm, args| ask(vm, Binary::Greater, args);
    def __ge__(2) = |vm, args| ask(vm, Binary::GreaterEqual, args);
    def __neg__(1) = |vm, args| vm.unary(Unary::Neg, vm.native(args.at(0)));
    def __pos__(1) = |vm, args| vm.unary(Unary::Pos, vm.native(args.at(0)));
    def __invert__(1) = |vm, args| vm.unary(Unary::Invert, vm.native(args.at(0)));
    def __abs__(1) = |vm, args| vm.unary(Unary::Abs, vm.native(args.at(0)));
    def __bool__(1) = |vm, args| vm.truth(vm.native(args.at(0))).map(Word::bool);
    def __int__(1) = |vm, args| vm.unary(Unary::Int, vm.native(args.at(0)));
    def __index__(1) = |vm, args| vm.unary(Unary::Index, vm.native(args.at(0)));
    def __float__(1) = |vm, args| vm.unary(Unary::Float, vm.native(args.at(0)));
    #[cfg(feature = "full")]
    def __trunc__(1) = |vm, args| vm.unary(Unary::Int, vm.native(args.at(0)));
    #[cfg(feature = "full")]
    def __floor__(1) = |vm, args| super::numeric::rounded(vm, args, name!(floor));
    #[cfg(feature = "full")]
    def __ceil__(1) = |vm, args| super::numeric::rounded(vm, args, name!(ceil));
    #[cfg(feature = "full")]
    def __round__(1..=2) = super::numeric::round;
    #[cfg(feature = "full")]
    def __complex__(1) = |vm, args| vm.call(Word::of_static(&super::complex::COMPLEX), &[vm.native(args.at(0))]);
    #[cfg(feature = "full")]
    def __bytes__(1) = |vm, args| Ok(vm.native(args.at(0)));
    #[cfg(feature = "full")]
    def __getnewargs__(1) = |vm, args| match vm.native(args.at(0)) {
        number if vm.type_of(number).kind == Kind::Complex => {
            vm.new_tuple(&[vm.attribute(number, name!(real))?, vm.attribute(number, name!(imag))?])
        }
        value => vm.new_tuple(&[value]),
    };
    #[cfg(feature = "full")]
    class def __class_getitem__(2) = |vm, args| super::generic::subscript(vm, args.at(0), args.at(1));
    def __sizeof__(1) = |vm, args| match vm.ask(Unary::Sizeof, args.at(0))? {
        // As many words as an instance of two attributes takes.
        it if crate::WHOLE && it == Word::NOT_IMPLEMENTED => Ok(Word::int(4 * size_of::<Word>() as isize)),
        it if it == Word::NOT_IMPLEMENTED => vm.unary(Unary::Sizeof, args.at(0)),
        size => Ok(size),
    };
    def __format__(2) = format;
    def __dir__(1) = super::introspection::dir_of;
    def __reversed__(1) = |vm, args| vm.call(Word::of_static(&super::iterator::REVERSED), &[vm.native(args.at(0))]);
}

/// `object.__format__`: as `str`; builtin types know more.
fn format(vm: &Vm, args: Args) -> Outcome {
    let (object, spec) = (vm.native(args.at(0)), vm.expect_text(args.at(1))?);
    if !super::class::is_class(vm.type_of(object)) {
        return vm.format(object, spec);
    }
    match spec {
        "" => vm.str(object),
        _ if crate::WHOLE => {
            let parts = [Part::Text("unsupported format string passed to "), Part::TypeOf(args.at(0)), Part::Text(".__format__")];
            Err(vm.raise(&super::exception::TYPE_ERROR, &parts))
        }
        _ => Err(vm.type_error("unsupported format string passed to object.__format__")),
    }
}

fn power(vm: &Vm, args: Args) -> Outcome {
    match args.get(2) {
        Some(modulus) if modulus != Word::NONE => super::bigint::power_modulo(vm, args.at(0), args.at(1), modulus),
        _ => ask(vm, Binary::Pow, args),
    }
}

/// Equal objects are equal whatever their type says.
fn compare(vm: &Vm, operator: Binary, args: Args) -> Outcome {
    let answer = ask(vm, operator, args)?;
    Ok(if answer == Word::NOT_IMPLEMENTED && args.at(0) == args.at(1) { Word::TRUE } else { answer })
}

fn not_equal(vm: &Vm, args: Args) -> Outcome {
    let answer = compare(vm, Binary::Equal, args)?;
    if answer == Word::NOT_IMPLEMENTED { Ok(answer) } else { Ok(Word::bool(!vm.truth(answer)?)) }
}

/// The special methods that only numbers have.
const NUMERIC: &[Name] = &[
    name!(__sub__),
    name!(__truediv__),
    name!(__floordiv__),
    name!(__divmod__),
    name!(__pow__),
    name!(__radd__),
    name!(__rsub__),
    name!(__rtruediv__),
    name!(__rfloordiv__),
    name!(__rdivmod__),
    name!(__rpow__),
    name!(__neg__),
    name!(__pos__),
    name!(__abs__),
    name!(__bool__),
    name!(__int__),
    name!(__float__),
];
/// Whether the items of such sequences are what they are.
pub(super) fn is_constant(kind: Kind) -> bool {
    matches!(kind, Kind::Str | Kind::Bytes | Kind::Tuple | Kind::NamedTuple | Kind::Range | Kind::LongRange)
}

/// What there is for real numbers alone.
const COMPLEX_HAS_NOT: &[Name] =
    &[name!(__floordiv__), name!(__rfloordiv__), name!(__divmod__), name!(__rdivmod__), name!(__mod__), name!(__rmod__)];

/// Whether objects of a kind have `%` for formatting.
fn takes_apart(kind: Kind) -> bool {
    matches!(kind, Kind::Str | Kind::Bytes | Kind::ByteArray)
}

/// Those that only whole numbers have.
const WHOLE: &[Name] =
    &[name!(__lshift__), name!(__rshift__), name!(__rlshift__), name!(__rrshift__), name!(__invert__), name!(__index__)];
/// Those of ints and sets.
const BITS: &[Name] = &[name!(__and__), name!(__or__), name!(__xor__), name!(__rand__), name!(__ror__), name!(__rxor__)];
/// Those of what can be changed in place.
const IN_PLACE: &[Name] = &[name!(__iadd__), name!(__imul__), name!(__ior__), name!(__iand__), name!(__isub__), name!(__ixor__)];

/// Those of real numbers, of complex ones, of bytes, and of what is made again of its value.
type Further = (&'static [Name], &'static [Name], &'static [Name], &'static [Name]);
#[cfg(feature = "full")]
const FURTHER: Further = (
    &[name!(__trunc__), name!(__floor__), name!(__ceil__), name!(__round__)],
    &[name!(__complex__)],
    &[name!(__bytes__)],
    &[name!(__getnewargs__)],
);
/// None, where the table above has none of these.
#[cfg(not(feature = "full"))]
const FURTHER: Further = (&[], &[], &[], &[]);

/// Those that `special` has, too: here they are asked of what a class's instance holds inside, and of nothing that the class
/// overrides.
const INSIDE: &[Name] = &[
    name!(__getitem__),
    name!(__setitem__),
    name!(__delitem__),
    name!(__iter__),
    name!(__len__),
    name!(__contains__),
    name!(__hash__),
    name!(__repr__),
    name!(__str__),
];

/// Whether a builtin type has the special method: a program finds out what an object can do by `hasattr`.
fn has(ty: &Type, name: Name) -> bool {
    let kind = ty.kind;
    let whole = kind == Kind::Int || core::ptr::eq(ty, &super::bool::BOOL);
    let number = whole || matches!(kind, Kind::Float | Kind::Complex);
    let set = kind == Kind::Set;
    let sequence = matches!(
        kind,
        Kind::List | Kind::Tuple | Kind::NamedTuple | Kind::Str | Kind::Bytes | Kind::ByteArray | Kind::Array | Kind::Deque
    );
    match name {
        n if crate::WHOLE && [name!(__setitem__), name!(__delitem__)].contains(&n) && is_constant(kind) => false,
        n if INSIDE.contains(&n) => {
            !matches!(kind, Kind::Exception | Kind::Object | Kind::Type) && super::special::of_slots(ty, n).is_some()
        }
        n if [name!(__int__), name!(__float__)].contains(&n) => number && kind != Kind::Complex,
        n if crate::WHOLE && n == name!(__bool__) => {
            number || matches!(kind, Kind::Range | Kind::LongRange) || core::ptr::eq(ty, &super::singleton::NONE_TYPE)
        }
        n if crate::WHOLE && n == name!(__class_getitem__) => {
            matches!(kind, Kind::List | Kind::Tuple | Kind::Dict | Kind::Set | Kind::Deque)
        }
        n if crate::WHOLE && COMPLEX_HAS_NOT.contains(&n) => {
            let formats = [name!(__mod__), name!(__rmod__)].contains(&n);
            number && kind != Kind::Complex || formats && takes_apart(kind)
        }
        n if NUMERIC.contains(&n) => number || set && (n == name!(__sub__) || crate::WHOLE && n == name!(__rsub__)),
        n if WHOLE.contains(&n) => whole,
        n if BITS.contains(&n) => whole || set || kind == Kind::Dict && (n == name!(__or__) || n == name!(__ror__)),
        n if n == name!(__iadd__) || n == name!(__imul__) => {
            matches!(kind, Kind::List | Kind::ByteArray | Kind::Deque | Kind::Array)
        }
        n if IN_PLACE.contains(&n) => {
            kind == Kind::Set && !core::ptr::eq(ty, &super::set::FROZEN_SET) || kind == Kind::Dict && n == name!(__ior__)
        }
        n if [name!(__add__), name!(__mul__), name!(__rmul__)].contains(&n) => number || sequence,
        n if n == name!(__mod__) || n == name!(__rmod__) => number || matches!(kind, Kind::Str | Kind::Bytes | Kind::ByteArray),
        n if FURTHER.0.contains(&n) => number && kind != Kind::Complex,
        n if FURTHER.1.contains(&n) => kind == Kind::Complex,
        n if FURTHER.2.contains(&n) => kind == Kind::Bytes,
        n if FURTHER.3.contains(&n) => number || matches!(kind, Kind::Str | Kind::Bytes | Kind::Tuple),
        n if n == name!(__reversed__) => {
            matches!(kind, Kind::List | Kind::Dict | Kind::Range | Kind::LongRange | Kind::Deque | Kind::DictView)
        }
        n if [name!(__lt__), name!(__le__), name!(__gt__), name!(__ge__)].contains(&n) => ty.slots.binary.is_some(),
        _ => true,
    }
}

/// As the builtin type shows it, whatever a derived class has.
fn own_repr(vm: &Vm, args: Args) -> Outcome {
    vm.repr(vm.native(args.at(0)))
}

/// `__repr__` once for each of these types: some programs tell by it how an object is to be shown.
static REPRS: [(&Type, NativeFunction); 18] = {
    const REPR: NativeFunction = NativeFunction::new(name!(__repr__), Arity::new(1, 1), false, Binding::Method, own_repr);
    [
        (&super::array::ARRAY, REPR),
        (&super::bool::BOOL, REPR),
        (&super::bytearray::BYTEARRAY, REPR),
        (&super::bytes::BYTES, REPR),
        (&super::complex::COMPLEX, REPR),
        (&super::deque::DEQUE, REPR),
        (&super::dict::DICT, REPR),
        (&super::dict::ORDERED_DICT, REPR),
        (&super::float::FLOAT, REPR),
        (&super::int::INT, REPR),
        (&super::list::LIST, REPR),
        (&super::memoryview::MEMORYVIEW, REPR),
        (&super::range::RANGE, REPR),
        (&super::set::FROZEN_SET, REPR),
        (&super::set::SET, REPR),
        (&super::slice::SLICE, REPR),
        (&super::str::STR, REPR),
        (&super::tuple::TUPLE, REPR),
    ]
};

/// The special method `name` of a builtin type.
pub fn find(ty: &'static Type, name: Name) -> Option<Word> {
    if crate::WHOLE && name == name!(__repr__) {
        let builtin = super::class::native_type(ty);
        if let Some((_, own)) = REPRS.iter().find(|(other, _)| core::ptr::eq(*other, builtin)) {
            return Some(Word::of_static(own));
        }
    }
    let row = find_row(ROWS, name)?;
    has(ty, name).then_some(row)
}
