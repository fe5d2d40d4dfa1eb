//! What rows of tables say of their functions, at run time: `__doc__`, and the parameters that it begins with.

use super::print::Builder;
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// The documentation of a row: `name(parameters): what it does`.
#[derive(Clone, Copy)]
pub struct Doc(&'static str);

impl Doc {
    /// Of a function that no table has.
    pub const NONE: Doc = Doc("");

    /// The lines of a row's documentation, each with the space that it begins with.
    pub const fn new(text: &'static str) -> Doc {
        Doc(text)
    }

    /// `__doc__`.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn shown(self, vm: &Vm) -> Outcome {
        if self.0.is_empty() {
            return Ok(Word::NONE);
        }
        let mut text = Builder::new();
        for (index, line) in self.0.lines().enumerate() {
            text.push(vm, if index == 0 { b"" } else { b"\n" })?;
            text.push(vm, line.strip_prefix(' ').unwrap_or(line).as_bytes())?;
        }
        text.finish_str(vm)
    }

    /// `__text_signature__`, as CPython writes it: `($self, sep=None, /)`. None if the text begins with no parameters, or with several kinds.
    ///
    /// # Errors
    /// `MemoryError`.
    pub fn signature(self, vm: &Vm, first: &str, keywords: bool) -> Outcome {
        let Some(parameters) = self.parameters() else { return Ok(Word::NONE) };
        let mut text = Builder::new();
        let end = if keywords || parameters.contains('*') { ")" } else { ", /)" };
        for part in ["(", first, if parameters.is_empty() { "" } else { ", " }, parameters, end] {
            text.push(vm, part.as_bytes())?;
        }
        text.finish_str(vm)
    }

    /// What stands between `name(` and `):`.
    fn parameters(self) -> Option<&'static str> {
        let (_, rest) = self.0.split_once('(')?;
        let mut depth = 0;
        let end = rest.find(|character| {
            depth += match character {
                '(' | '[' => 1,
                ')' | ']' => -1,
                _ => 0,
            };
            depth < 0
        })?;
        rest[end..].starts_with("):").then_some(&rest[..end])
    }
}
