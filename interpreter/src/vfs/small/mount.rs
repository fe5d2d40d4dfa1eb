//! The mount table of the smallest interpreter: nothing is mounted.

use super::Errno;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// The file system that holds `path`.
///
/// # Errors
/// `OSError`, always.
pub fn resolve(vm: &Vm, _path: Word) -> Outcome<(Word, Word)> {
    Err(vm.os_error(Errno::ENODEV.0))
}
