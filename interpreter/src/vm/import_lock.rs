//! One thread imports a module at a time, and whoever wants it meanwhile waits until it is whole. Hosts only.
//!
//! A dict says which thread imports a module, and which module a thread waits for. Two threads that would wait for each other do not: the
//! second gets the module as far as it is, as an import in a circle does.

use super::{Outcome, Root, Vm};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::word::Word;

impl Vm {
    fn imports(&self) -> Option<Handle<Dict>> {
        Handle::<Dict>::from(self.root(Root::Importing)).filter(|imports| !imports.map.is_empty())
    }

    /// Whether a thread is importing the module still.
    pub(super) fn is_importing(&self, name: Word) -> Outcome<bool> {
        match self.imports() {
            Some(imports) => Ok(imports.map.get(self, name)?.is_some()),
            None => Ok(false),
        }
    }

    /// Waits while another thread imports the module, unless that waits for what this one is importing.
    pub(super) fn await_import(&self, name: Name) -> Outcome<()> {
        let this = Word::int(self.thread_number() as isize);
        while let Some(imports) = self.imports() {
            let Some(owner) = imports.map.get(self, Word::name(name))? else { break };
            if self.ends_at(imports, owner, this)? {
                break;
            }
            imports.map.insert(self, this, Word::name(name))?;
            self.wait_for_change(None);
            let polled = self.poll();
            imports.map.remove(self, this)?;
            polled?;
        }
        Ok(())
    }

    /// Whether `thread` is `wanted`, or waits for a module whose thread is, and so on.
    fn ends_at(&self, imports: Handle<Dict>, mut thread: Word, wanted: Word) -> Outcome<bool> {
        while thread != wanted {
            let Some(module) = imports.map.get(self, thread)? else { return Ok(false) };
            let Some(owner) = imports.map.get(self, module)? else { return Ok(false) };
            thread = owner;
        }
        Ok(true)
    }

    /// Runs `load`, which others wait for.
    #[inline(always)]
    pub(super) fn importing(&self, name: Name, load: impl FnOnce() -> Outcome) -> Outcome {
        let begun = self.begin_import(name)?;
        let outcome = load();
        if begun {
            self.end_import(name);
        }
        outcome
    }

    /// `false` if this thread is at it already.
    #[inline(never)]
    fn begin_import(&self, name: Name) -> Outcome<bool> {
        if self.root(Root::Importing) == Word::UNSET {
            self.set_root(Root::Importing, self.new_dict()?.word());
        }
        let imports = Handle::<Dict>::from(self.root(Root::Importing)).expect("made just now");
        if imports.map.get(self, Word::name(name))?.is_some() {
            return Ok(false);
        }
        imports.map.insert(self, Word::name(name), Word::int(self.thread_number() as isize))?;
        Ok(true)
    }

    #[inline(never)]
    fn end_import(&self, name: Name) {
        if let Some(imports) = self.imports()
            && let Err(raised) = imports.map.remove(self, Word::name(name))
        {
            self.take_raised(raised);
        }
        self.note_change();
    }
}
