//! `json`: values to text (`encode`) and back (`decode`).
//!
//! Non-ASCII text is written as it is, as MicroPython does; `ensure_ascii=True` escapes it as CPython does by default.

mod decode;
mod encode;

use super::frozen;
use crate::object::exception::{RECURSION_ERROR, VALUE_ERROR};
use crate::object::handle::{Args, type_word};
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// dump(object, stream, *, separators=None, indent=None, sort_keys=False, default=None, ensure_ascii=False): writes an object as JSON.
    def dump(2, keywords) = |vm, args| by_class(vm, args, "_dump", encode::dump);
    /// dumps(object, *, separators=None, indent=None, sort_keys=False, default=None, ensure_ascii=False): an object as JSON text.
    def dumps(1, keywords) = |vm, args| by_class(vm, args, "_dumps", encode::dumps);
    /// load(stream, *, object_hook=None, object_pairs_hook=None, parse_int=None, parse_float=None): reads one JSON text.
    def load(1, keywords) = |vm, args| by_class(vm, args, "_load", decode::load);
    /// loads(text, *, object_hook=None, object_pairs_hook=None, parse_int=None, parse_float=None): the value of a JSON text.
    def loads(1, keywords) = |vm, args| by_class(vm, args, "_loads", decode::loads);
    /// What a text that is no JSON raises: `ValueError`.
    const JSONDecodeError = type_word(&VALUE_ERROR);
}

/// On hosts `cls=…` names a coder of the program's own, which is asked in Python (`_json`).
#[inline(always)]
fn by_class(vm: &Vm, args: Args, name: &str, native: fn(&Vm, Args) -> Outcome) -> Outcome {
    if !crate::WHOLE || !args.keywords().any(|(name, _)| vm.as_text(name) == Some("cls")) {
        return match native(vm, args) {
            Err(raised) if crate::WHOLE && vm.is_instance(vm.peek_raised(raised), &RECURSION_ERROR) => Err(blamed(vm, args, raised)),
            outcome => outcome,
        };
    }
    vm.call_args(frozen::continued(vm, name!(json), vm.intern(name)?)?, args)
}

/// What is nested too deeply may be so because it lies within itself: that is another error, which Python finds out (`_json`).
#[cold]
fn blamed(vm: &Vm, args: Args, raised: Raised) -> Raised {
    let exception = vm.take_raised(raised);
    let ask = || {
        match frozen::continued(vm, name!(json), vm.intern("_blamed")?)?.set() {
            Some(find) => vm.call_args(find, args),
            None => Ok(Word::NONE),
        }
    };
    match ask() {
        Ok(_) => vm.raise_word(exception),
        Err(raised) => raised,
    }
}

/// Names of keyword arguments.
pub const KEYWORDS: &[&str] = &[
    "separators",
    "indent",
    "sort_keys",
    "ensure_ascii",
    "allow_nan",
    "check_circular",
    "skipkeys",
    "object_hook",
    "object_pairs_hook",
    "parse_int",
    "parse_float",
];
