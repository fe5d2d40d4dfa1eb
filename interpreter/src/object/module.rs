//! Modules: builtin ones are static tables, imported ones a dict.

use super::class::TYPE;
use super::kind::{ALL, Header, Kind, Slots, Type};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `module`.
pub static MODULE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("module"),
    kind: Kind::Module,
    traced: ALL,
    base: None,
    rows: &[],
};

/// `module`.
pub static BUILTIN_MODULE: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("module"),
    kind: Kind::BuiltinModule,
    traced: 0,
    base: None,
    rows: &[],
};
