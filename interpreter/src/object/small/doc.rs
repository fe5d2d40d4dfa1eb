//! What rows say of their functions, where nobody asks at run time: the desktop has the texts of boards.

use super::word::Word;
use crate::vm::{Outcome, Vm};

/// Nothing.
#[derive(Clone, Copy)]
pub struct Doc;

impl Doc {
    /// Nothing.
    pub const NONE: Doc = Doc;

    /// Nothing of the text is kept.
    pub const fn new(_: &'static str) -> Doc {
        Doc
    }

    /// `__doc__`.
    ///
    /// # Errors
    /// None.
    pub fn shown(self, _: &Vm) -> Outcome {
        Ok(Word::NONE)
    }

    /// `__text_signature__`.
    ///
    /// # Errors
    /// None.
    pub fn signature(self, _: &Vm, _: &str, _: bool) -> Outcome {
        Ok(Word::NONE)
    }
}
