//! `OrderedDict` in the smallest interpreter: there is none.

use super::Dict;
use crate::object::handle::Handle;
use crate::vm::{Outcome, Vm};

/// No dict is one.
pub(super) fn equal(_: &Vm, _: Handle<Dict>, _: Handle<Dict>) -> Outcome<Option<bool>> {
    Ok(None)
}
