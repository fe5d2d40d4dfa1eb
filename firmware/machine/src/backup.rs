//! `machine.mem_backup`: memory that a reset of the interpreter leaves as it is, seen through memoryviews.

use crate::hardware::{Backup, clockwork};
use interpreter::modules::uctypes;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::memoryview::MEMORYVIEW;
use interpreter::vm::{Outcome, Vm};

/// `mem_backup(region=0)`.
///
/// # Errors
/// `ValueError` for a region that there is not, `OSError(ENODEV)` where nothing outlasts a reset.
pub fn mem_backup(vm: &Vm, args: Args) -> Outcome {
    let regions = clockwork(vm)?.backup();
    if regions.is_empty() {
        return Err(crate::hardware::absent(vm));
    }
    match vm.index_or(args.get(0), 0)? {
        -1 => {
            let views = vm.new_list_with_capacity(regions.len())?;
            regions.iter().try_for_each(|region| views.push(vm, view(vm, region)?))?;
            Ok(vm.tuple_of(views.word())?.word())
        }
        index => match usize::try_from(index).ok().and_then(|index| regions.get(index)) {
            Some(region) => view(vm, region),
            None => Err(vm.value_error("there is no such region; mem_backup(-1) has them all")),
        },
    }
}

fn view(vm: &Vm, region: &Backup) -> Outcome {
    let memory = uctypes::memory_view(vm, (region.address)(), region.size)?;
    let bytes = vm.call(type_word(&MEMORYVIEW), &[memory])?;
    vm.call_method(bytes, name!(cast), &[vm.new_str(region.items)?])
}
