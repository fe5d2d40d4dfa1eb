//! Sending what a port holds back of standard output, when a program asks for it.

use super::stream::Stream;
use crate::object::handle::Args;
use crate::vm::{Outcome, Vm};

/// `flush` of the console's streams.
pub fn console(vm: &Vm, _: &Stream) -> Outcome<()> {
    vm.port.flush();
    Ok(())
}

/// What `print` does about its argument `flush` when all is written.
///
/// # Errors
/// What `flush` of the argument `file` raises.
pub fn printed(vm: &Vm, args: Args) -> Outcome<()> {
    match args.given(name!(flush)) {
        Some(wanted) if vm.truth(wanted)? => match args.given(name!(file)) {
            Some(file) => vm.call_method(file, name!(flush), &[]).map(|_| ()),
            None => {
                vm.port.flush();
                Ok(())
            }
        },
        _ => Ok(()),
    }
}
