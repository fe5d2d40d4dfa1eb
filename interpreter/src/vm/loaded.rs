//! The modules that are loaded, `__main__` among them, and running source in one.

use super::{Outcome, Root, Vm};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::module;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::{Mode, Source};

impl Vm {
    /// `sys.modules`.
    pub fn loaded_modules(&self) -> Outcome<Handle<Dict>> {
        if self.root(Root::Modules) == Word::UNSET {
            self.set_root(Root::Modules, self.new_dict()?.word());
        }
        Ok(Handle::from(self.root(Root::Modules)).expect("sys.modules is a dict"))
    }

    /// The globals of `__main__`.
    pub fn main_globals(&self) -> Outcome<Handle<Dict>> {
        if let Some(globals) = Handle::from(self.root(Root::Main)) {
            return Ok(globals);
        }
        let main = module::new(self, name!(__main__))?;
        self.set_root(Root::Main, main.globals().word());
        self.loaded_modules()?.map.insert(self, Word::name(name!(__main__)), main.word())?;
        Ok(main.globals())
    }

    /// Compiles source and runs it.
    ///
    /// # Errors
    /// `SyntaxError`, and whatever the program raises.
    pub fn execute(&self, source: &mut dyn Source, file: Name, mode: Mode, globals: Handle<Dict>) -> Outcome {
        let prototype = crate::compile::compile(self, source, file, mode)?;
        self.run_module(prototype, globals)
    }
}
