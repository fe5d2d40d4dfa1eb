//! Functions: native ones, Python's, and methods bound to an object.

use super::class::TYPE;
use super::kind::{ALL, Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `function`.
pub static NATIVE_FUNCTION: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("function"),
    kind: Kind::NativeFunction,
    traced: 0,
    base: None,
    rows: &[],
};

/// `function`.
pub static FUNCTION: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("function"),
    kind: Kind::Function,
    traced: ALL,
    base: None,
    rows: &[],
};

/// `bound_method`.
pub static BOUND_METHOD: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("bound_method"),
    kind: Kind::BoundMethod,
    traced: ALL,
    base: None,
    rows: &[],
};
