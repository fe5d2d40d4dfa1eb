//! Modules know their name and their file, packages their folder; nothing but files and tables makes modules.

use super::raise::Part;
use super::{Outcome, Vm};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::word::Word;

/// None.
pub const NAMES: &[&str] = &[];

/// Objects have no texts.
#[inline(always)]
pub fn is_doc(_: Name) -> bool {
    false
}

/// Nothing.
#[inline(always)]
pub fn about(_: &Vm, _: Handle<Dict>, _: Name) -> Outcome {
    Ok(Word::UNSET)
}

/// Nothing.
#[inline(always)]
pub fn about_builtin(_: &Vm, _: Name, _: Name) -> Outcome {
    Ok(Word::UNSET)
}

/// Why a module may lack a name: nothing is known of that.
pub enum Hindrance {
    /// Nothing.
    None,
    /// It is being imported still.
    Circle,
}

impl Hindrance {
    /// There is no advice.
    #[inline(always)]
    pub fn says_file(&self) -> bool {
        false
    }

    /// Nothing.
    #[inline(always)]
    pub fn advice(&self, _: Word) -> [Part<'static>; 5] {
        [Part::Text(""); 5]
    }
}

/// Nothing is known.
#[inline(always)]
pub fn hindrance(_: &Vm, _: Word, _: Word) -> Outcome<Hindrance> {
    Ok(Hindrance::None)
}

#[cfg(feature = "standard")]
impl Vm {
    /// Programs are files, and a part of nothing.
    #[inline(always)]
    pub(super) fn enter_package(&self, _: &str) -> Outcome<()> {
        Ok(())
    }

    /// None.
    #[inline(always)]
    pub(super) fn said_package(&self, _: Handle<Dict>) -> Outcome<Option<Word>> {
        Ok(None)
    }

    /// Nothing.
    #[inline(always)]
    pub(super) fn load_by_finders(&self, _: Name, _: Word, _: bool) -> Outcome {
        Ok(Word::UNSET)
    }

    /// Boards look into no archives.
    #[inline(always)]
    pub(super) fn load_from_archive(&self, _: Name, _: Word, _: Word) -> Outcome {
        Ok(Word::UNSET)
    }

    /// `__path__`.
    pub(super) fn path_of_package(&self, package: Word, _: Name) -> Outcome {
        self.attribute(package, name!(__path__))
    }

    /// The folder itself, as in the reference.
    #[inline(always)]
    pub(super) fn new_package_path(&self, folder: Word) -> Outcome {
        Ok(folder)
    }
}
