//! `import` and `class` as statements, without a program's own `__import__` and `__build_class__`.

use super::{Outcome, Vm};
use crate::object::name::Name;
use crate::object::word::Word;

impl Vm {
    /// What the instruction does.
    pub(super) fn import_statement(&self, name: Name, fromlist: Word, level: Word) -> Outcome {
        self.import(name, fromlist, level)
    }

    /// What a class statement calls.
    #[inline(always)]
    pub(super) fn class_builder(&self) -> Outcome {
        Ok(Word::of_static(&crate::object::class::BUILD_CLASS))
    }
}
