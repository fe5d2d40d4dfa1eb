//! Files of modules that an import finds: source text, and code that was saved.

use super::prototype::PrototypeHandle;
use super::saved;
use crate::source::Source;
use crate::vm::{Outcome, Vm};

/// Endings of the files that an import looks for, in this order.
pub const ENDINGS: &[&str] = &[".py", ".mpy"];

/// Reads saved code.
///
/// # Errors
/// `ValueError` if it is none; what the source raises.
pub fn load(vm: &Vm, source: &mut dyn Source) -> Outcome<PrototypeHandle> {
    saved::load_module(vm, source)
}
