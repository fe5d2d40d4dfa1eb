//! `pyb.Flash`: the board's own blocks as a block device, all of them or a part.
//!
//! Where the reference puts a table of partitions before the first block, here is nothing: block 0 is the file system's.

use crate::hardware::{absent, hardware};
use interpreter::object::handle::{Args, type_word};
use interpreter::object::kind::{Rows, Slots, Type};
use interpreter::object::name::Name;
use interpreter::vfs::device::{self, Range, device_type};
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots = Slots { make: Some(|vm, _, args| make(vm, args)), print: Some(device::print), ..Slots::NONE };

/// `Flash`.
pub static FLASH: Type = device_type(name!(Flash), &SLOTS, Rows::NONE);

/// Names of keyword arguments.
pub const MORE: &[&str] = &["start", "len"];

fn make(vm: &Vm, args: Args) -> Outcome {
    if !args.is_empty() {
        return Err(vm.type_error("Flash() takes start= and len= by name"));
    }
    vm.only_keywords(args, &[name!(start), name!(len)])?;
    let flash = hardware(vm)?.flash().ok_or_else(|| absent(vm))?;
    let (size, all) = (flash.block_size(), flash.block_count());
    // In blocks; −1 is "not said".
    let blocks = |name: Name| -> Outcome<Option<u32>> {
        let bytes = vm.index_or(args.keyword(name), -1)?;
        match u32::try_from(bytes) {
            Ok(bytes) if bytes.is_multiple_of(size) => Ok(Some(bytes / size)),
            Err(_) if bytes == -1 => Ok(None),
            _ => Err(vm.value_error("start and len are in bytes, and whole blocks of 512")),
        }
    };
    let first = blocks(name!(start))?.unwrap_or(0);
    let rest = all.checked_sub(first).filter(|rest| *rest > 0);
    let count = blocks(name!(len))?.or(rest).filter(|count| rest.is_some_and(|rest| (1..=rest).contains(count)));
    match count {
        Some(count) => device::new(vm, &FLASH, flash, Range { first, count }),
        None => Err(vm.value_error("the flash ends before that")),
    }
}

/// The object of the board's whole flash, for a port that mounts it.
///
/// # Errors
/// `OSError(ENODEV)` on a board without one.
pub fn flash(vm: &Vm) -> Outcome {
    vm.call(type_word(&FLASH), &[])
}
