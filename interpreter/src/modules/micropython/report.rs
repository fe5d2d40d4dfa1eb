//! `mem_info` and `qstr_info` where there is room for more words.

use crate::heap::BLOCK;
use crate::object::handle::Args;
use crate::object::print::{Console, Printer};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Blocks in a line of the layout.
const LINE: usize = 64;

/// `mem_info([verbose])`: also what was ever allocated, and if anything is given, how the blocks lie.
///
/// # Errors
/// What the console raises.
pub fn memory(vm: &Vm, args: Args) -> Outcome {
    let mut console = Console;
    let mut out = Printer::new(&mut console);
    let amounts = [("mem: total=", vm.heap.total_taken()), (", current=", vm.heap.usage().used), (", peak=", vm.heap.peak())];
    for (label, bytes) in amounts {
        out.text(vm, label)?;
        out.int(vm, bytes as isize)?;
    }
    out.text(vm, "\n")?;
    super::memory(vm, args)?;
    if !args.is_empty() {
        layout(vm, &mut out)?;
    }
    Ok(Word::NONE)
}

/// A character for each block: where a run begins (`h`), goes on (`=`), and nothing (`.`). Free lines are only counted.
fn layout(vm: &Vm, out: &mut Printer) -> Outcome<()> {
    out.text(vm, "GC memory layout; from ")?;
    out.hex(vm, vm.heap.start())?;
    out.text(vm, ":")?;
    let (blocks, reach) = (vm.heap.usage().total / BLOCK, vm.heap.reach());
    let mut free = 0;
    for start in (0..reach).step_by(LINE) {
        let line: [u8; LINE] = core::array::from_fn(|index| match start + index {
            block if block < reach => vm.heap.sort_of_block(block),
            _ => b'.',
        });
        if line.iter().all(|character| *character == b'.') {
            free += 1;
            continue;
        }
        free_lines(vm, out, &mut free)?;
        out.text(vm, "\n")?;
        out.digits(vm, start * BLOCK, 16, 8)?;
        out.text(vm, ": ")?;
        out.bytes(vm, &line)?;
    }
    free += ((blocks - reach) / LINE) as isize;
    free_lines(vm, out, &mut free)?;
    out.text(vm, "\n")
}

fn free_lines(vm: &Vm, out: &mut Printer, lines: &mut isize) -> Outcome<()> {
    if *lines > 0 {
        out.counted(vm, "\n       (", *lines)?;
        out.text(vm, " lines all free)")?;
    }
    *lines = 0;
    Ok(())
}

/// `qstr_info([verbose])`: if anything is given, also the names.
///
/// # Errors
/// What the console raises.
pub fn names(vm: &Vm, args: Args) -> Outcome {
    super::names(vm, args)?;
    let mut console = Console;
    let mut out = Printer::new(&mut console);
    let mut number = 0;
    while let Some(name) = vm.name_in_ram(number).filter(|_| !args.is_empty()) {
        out.text(vm, "Q(")?;
        out.text(vm, name)?;
        out.text(vm, ")\n")?;
        number += 1;
    }
    Ok(Word::NONE)
}
