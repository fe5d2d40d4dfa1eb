//! Without metaclasses of a program's own and without `__slots__`.

use super::*;

/// The metaclass wanted.
pub fn winner(_vm: &Vm, wanted: Word, _bases: Handle<Tuple>) -> Outcome {
    Ok(wanted)
}

/// No metaclass prepares anything.
pub fn prepare(_vm: &Vm, _meta: Word) -> Outcome {
    Ok(Word::UNSET)
}

/// A class has what its body made.
pub fn complete(_vm: &Vm, _class: Handle<Class>) -> Outcome<()> {
    Ok(())
}

/// `__slots__` is an attribute as any other.
pub fn apply_slots(_vm: &Vm, _class: Handle<Class>) -> Outcome<()> {
    Ok(())
}
