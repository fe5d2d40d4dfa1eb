//! Imports in the smallest interpreter: builtin modules alone. There are no files to look into, and no packages.

use super::raise::Part;
use super::{Outcome, Root, Vm};
use crate::modules::{self, BuiltinModule};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::object::{exception, module};
use crate::source::{Mode, Source};

/// Source text in memory.
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// From its start.
    pub fn new(text: &'a [u8]) -> Text<'a> {
        Text(text)
    }

    /// As `new`: a board's sources are UTF-8.
    pub fn encoded(text: &'a [u8]) -> Text<'a> {
        Text::new(text)
    }
}

impl Source for Text<'_> {
    fn read(&mut self, _: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let count = self.0.len().min(buffer.len());
        let (now, later) = self.0.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.0 = later;
        Ok(count)
    }
}

impl Vm {
    /// `import name`, `from name import …`: the builtin module, or what stands for it in `sys.modules`.
    ///
    /// # Errors
    /// `ImportError`.
    pub fn import(&self, name: Name, _: Word, _: Word) -> Outcome {
        if let Some(module) = self.loaded_modules()?.map.get(self, Word::name(name))? {
            return Ok(module);
        }
        match self.builtin_module(self.name_text(name)) {
            Some(module) => Ok(Word::of_static(module)),
            None => {
                Err(self.raise(&exception::IMPORT_ERROR, &[Part::Text("no module named '"), Part::Name(name), Part::Text("'")]))
            }
        }
    }

    /// The same for a module with these globals.
    ///
    /// # Errors
    /// As `import`.
    pub fn import_into(&self, _: Handle<Dict>, name: Name, fromlist: Word, level: Word) -> Outcome {
        self.import(name, fromlist, level)
    }

    /// `from module import name`.
    pub fn import_from(&self, module: Word, name: Name) -> Outcome {
        self.find_attribute(module, name)?
            .set()
            .ok_or_else(|| self.raise(&exception::IMPORT_ERROR, &[Part::Text("can't import name "), Part::Name(name)]))
    }

    /// `from module import *`: public names into the running function's globals.
    pub fn import_star(&self, module: Word) -> Outcome<()> {
        let globals = self.current_function().expect("an import runs in a function").globals;
        module::for_each_attribute(self, module, &mut |name, value| match self.name_text(name).starts_with('_') {
            true => Ok(()),
            false => globals.map.insert(self, Word::name(name), value).map(|_| ()),
        })
    }

    /// The builtin module of this name: the port's or the core's.
    pub fn builtin_module(&self, name: &str) -> Option<&'static BuiltinModule> {
        let mut all = self.port.modules().iter().chain(modules::ALL);
        all.find(|module| self.name_text(module.name) == name).copied()
    }
}
