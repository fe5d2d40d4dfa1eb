//! What a port wants done between two instructions of the program.

use super::{Outcome, Vm};

impl Vm {
    /// The port's turn; see `Port::attend`.
    pub(super) fn attend_port(&self) -> Outcome<()> {
        self.port.attend(self.here())
    }
}
