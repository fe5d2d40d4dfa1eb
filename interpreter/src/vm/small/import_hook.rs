//! `import` as a statement, without a program's own `__import__`.

use super::{Outcome, Vm};
use crate::object::name::Name;
use crate::object::word::Word;

impl Vm {
    /// What the instruction does.
    pub(super) fn import_statement(&self, name: Name, fromlist: Word, level: Word) -> Outcome {
        self.import(name, fromlist, level)
    }
}
