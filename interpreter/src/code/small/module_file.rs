//! Files of modules are source text: the verifier of saved code is not in the program.

use super::prototype::PrototypeHandle;
use crate::source::Source;
use crate::vm::{Outcome, Vm};

/// Endings of the files that an import looks for.
pub const ENDINGS: &[&str] = &[".py"];

/// Refuses.
pub fn load(vm: &Vm, _: &mut dyn Source) -> Outcome<PrototypeHandle> {
    Err(vm.value_error("incompatible .mpy file"))
}
