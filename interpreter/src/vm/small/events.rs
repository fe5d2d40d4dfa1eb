//! Stands in for `vm::events`: ports of the smallest interpreter have hard callbacks alone.

use super::{Outcome, Vm};

impl Vm {
    pub(super) fn attend_port(&self) -> Outcome<()> {
        Ok(())
    }
}
