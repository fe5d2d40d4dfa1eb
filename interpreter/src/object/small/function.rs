//! Functions are made by `def` alone.

use super::*;

/// Refuses.
pub fn make(vm: &Vm, ty: &'static Type, _args: Args) -> Outcome {
    Err(vm.cannot_create(ty.name))
}
