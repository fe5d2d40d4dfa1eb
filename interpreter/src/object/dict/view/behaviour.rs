//! What views do: the keys and the items take part in set operations.

use super::{DictView, KEYS, VALUES, this};
use crate::object::dict::Dict;
use crate::object::handle::{Args, Handle};
use crate::object::iterator;
use crate::object::kind::{Binary, Slots, Unary};
use crate::object::print::{Printer, Style};
use crate::object::sequence;
use crate::object::set::{self, Set};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// isdisjoint(iterable): whether nothing is in both.
    def isdisjoint(2) = isdisjoint;
}

pub static SLOTS: Slots = Slots {
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    iter: Some(iter),
    attribute: crate::object::dict::proxy::OF_VIEW,
    ..Slots::NONE
};

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (dict, part) = this(vm, word)?;
    out.text(
        vm,
        if part == KEYS {
            "dict_keys(["
        } else if part == VALUES {
            "dict_values(["
        } else {
            "dict_items(["
        },
    )?;
    let (mut position, mut first) = (0, true);
    while let Some(found) = dict.map.next_entry(position) {
        if !first {
            out.text(vm, ", ")?;
        }
        let word = super::part(vm, part, dict.map.entry(found))?;
        out.word(vm, word, Style::Repr)?;
        (position, first) = (found + 1, false);
    }
    out.text(vm, "])")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let (dict, part) = this(vm, word)?;
    if part == VALUES && operator == Unary::Hash {
        return Ok(Word::int((dict.word().address() >> 4) as isize & Word::INT_MAX));
    }
    sequence::unary(vm, operator, word, dict.map.len())
}

fn iter(vm: &Vm, word: Word) -> Outcome {
    let (dict, part) = this(vm, word)?;
    let types = [&iterator::KEY_ITERATOR, &iterator::VALUE_ITERATOR, &iterator::ITEM_ITERATOR];
    iterator::new(vm, types[part.int_value() as usize], dict.word(), iterator::dict_state(&dict.map), 0)
}

fn contains(vm: &Vm, dict: Handle<Dict>, part: Word, wanted: Word) -> Outcome<bool> {
    if part == KEYS {
        return Ok(dict.map.position(vm, wanted)?.is_some());
    }
    if part == VALUES {
        for (_, value) in dict.map.iter() {
            if sequence::same(vm, value, wanted)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let Some(pair) = vm.as_native::<Tuple>(wanted) else { return Ok(false) };
    let [key, value] = pair.tail() else { return Ok(false) };
    dict.map.get(vm, key.get())?.map_or(Ok(false), |found| sequence::same(vm, found, value.get()))
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (dict, part) = this(vm, lhs)?;
    if operator == Binary::Contains {
        return Ok(Word::bool(contains(vm, dict, part, rhs)?));
    }
    if part == VALUES {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    let (plain, reverse) = match operator {
        Binary::ReverseAnd => (Binary::And, true),
        Binary::ReverseOr => (Binary::Or, true),
        Binary::ReverseXor => (Binary::Xor, true),
        Binary::ReverseSub => (Binary::Sub, true),
        _ => (operator, false),
    };
    let is_set = vm.as_native::<Set>(rhs).is_some() || Handle::<DictView>::from(rhs).is_some_and(|view| view.part != VALUES);
    let combines = matches!(plain, Binary::And | Binary::Or | Binary::Xor | Binary::Sub);
    if !is_set && !combines {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    if !is_set && vm.type_of(rhs).slots.iter.is_none() {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    if crate::WHOLE && plain == Binary::And {
        // What is in both is in the other: that may be much less than the dict.
        let (both, other) = (set::new(vm, &set::SET)?, set::of(vm, &set::SET, rhs)?);
        for (word, _) in other.map.iter() {
            if contains(vm, dict, part, word)? {
                both.map.insert(vm, word, Word::NONE)?;
            }
        }
        return Ok(both.word());
    }
    let (this, other) = (set::of(vm, &set::SET, lhs)?, set::of(vm, &set::SET, rhs)?);
    let (left, right) = if reverse { (other, this) } else { (this, other) };
    set::operate(vm, plain, left, right)
}

fn isdisjoint(vm: &Vm, args: Args) -> Outcome {
    let (dict, part) = this(vm, args.at(0))?;
    let mut disjoint = true;
    vm.for_each(args.at(1), &mut |word| {
        disjoint &= !contains(vm, dict, part, word)?;
        Ok(())
    })?;
    Ok(Word::bool(disjoint))
}
