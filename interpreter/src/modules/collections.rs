//! `collections`.

use crate::object::word::Word;
use crate::object::{deque::DEQUE, dict::ORDERED_DICT, namedtuple};

table! { pub ROWS, NAMES, DOCS:
    const deque = Word::of_static(&DEQUE);
    /// namedtuple(name, fields, *, defaults=None): a type of tuples whose items have names.
    def namedtuple(2, keywords) = namedtuple::namedtuple;
    const OrderedDict = Word::of_static(&ORDERED_DICT);
}
