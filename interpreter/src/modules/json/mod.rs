//! `json`: values to text (`encode`) and back (`decode`).
//!
//! Non-ASCII text is written as it is, as MicroPython does; `ensure_ascii=True` escapes it as CPython does by default.

mod decode;
mod encode;

use crate::object::exception::VALUE_ERROR;
use crate::object::handle::type_word;

table! { pub ROWS, NAMES, DOCS:
    /// dump(object, stream, *, separators=None, indent=None, sort_keys=False, default=None, ensure_ascii=False): writes an object as JSON.
    def dump(2, keywords) = encode::dump;
    /// dumps(object, *, separators=None, indent=None, sort_keys=False, default=None, ensure_ascii=False): an object as JSON text.
    def dumps(1, keywords) = encode::dumps;
    /// load(stream, *, object_hook=None, object_pairs_hook=None, parse_int=None, parse_float=None): reads one JSON text.
    def load(1, keywords) = decode::load;
    /// loads(text, *, object_hook=None, object_pairs_hook=None, parse_int=None, parse_float=None): the value of a JSON text.
    def loads(1, keywords) = decode::loads;
    /// What a text that is no JSON raises: `ValueError`.
    const JSONDecodeError = type_word(&VALUE_ERROR);
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
