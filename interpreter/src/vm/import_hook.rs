//! `import` and `class` as statements, where a program may have put its own `__import__` or `__build_class__` into `builtins`.

use super::{Outcome, Root, Vm};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::word::Word;

impl Vm {
    /// What the instruction does: the program's `__import__`, if there is one.
    pub(super) fn import_statement(&self, name: Name, fromlist: Word, level: Word) -> Outcome {
        let Some(overrides) = Handle::<Dict>::from(self.root(Root::Builtins)) else {
            return self.import(name, fromlist, level);
        };
        match overrides.map.get(self, Word::name(name!(__import__)))? {
            Some(hook) => {
                let globals = self.current_function().expect("an import runs in a function").globals;
                self.call(hook, &[Word::name(name), globals.word(), Word::NONE, fromlist, level])
            }
            None => self.import(name, fromlist, level),
        }
    }

    /// What a class statement calls: the program's `__build_class__`, if there is one.
    pub(super) fn class_builder(&self) -> Outcome {
        let own = match Handle::<Dict>::from(self.root(Root::Builtins)) {
            Some(overrides) => overrides.map.get(self, Word::name(name!(__build_class__)))?,
            None => None,
        };
        Ok(own.unwrap_or(Word::of_static(&crate::object::class::BUILD_CLASS)))
    }
}
