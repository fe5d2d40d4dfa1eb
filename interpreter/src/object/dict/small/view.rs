//! What views do in the smallest interpreter: they are walked through.

use super::this;
use crate::object::iterator;
use crate::object::kind::{Slots, Unary};
use crate::object::sequence;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
}

pub static SLOTS: Slots = Slots { unary: Some(unary), iter: Some(iter), ..Slots::NONE };

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let (dict, _) = this(vm, word)?;
    sequence::unary(vm, operator, word, dict.map.len())
}

fn iter(vm: &Vm, word: Word) -> Outcome {
    let (dict, part) = this(vm, word)?;
    let types = [&iterator::KEY_ITERATOR, &iterator::VALUE_ITERATOR, &iterator::ITEM_ITERATOR];
    iterator::new(vm, types[part.int_value() as usize], dict.word(), Word::int(dict.map.len() as isize), 0)
}
