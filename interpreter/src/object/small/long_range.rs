//! Without long ranges: bounds are machine integers.

use super::*;

/// Nothing is one.
pub fn is_long(_: Word) -> bool {
    false
}

/// A range of what was given to `range()`.
pub fn make(vm: &Vm, given: [Word; 3]) -> Outcome {
    let [start, stop, step] = given;
    let (start, stop) = (bound(vm, start)?, bound(vm, stop)?);
    match bound(vm, step)? {
        0 => Err(vm.value_error("zero step")),
        step => new(vm, start, stop, step),
    }
}

/// Nothing to compare.
pub fn equal(_: &Vm, _: Word, _: Word) -> Outcome<Option<bool>> {
    Ok(None)
}

/// Nothing to search.
pub fn position(_: &Vm, _: Word, _: Word) -> Outcome<Option<Word>> {
    Ok(None)
}

/// Nothing to turn round.
pub fn reversed(_: &Vm, _: Word) -> Outcome {
    Ok(Word::UNSET)
}
