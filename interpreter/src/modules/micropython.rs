//! `micropython`: what is particular to Python on a microcontroller.

#[cfg(feature = "full")]
mod report;
#[cfg(feature = "standard")]
pub mod ring;

use crate::object::handle::Args;
#[cfg(feature = "standard")]
use crate::object::handle::type_word;
use crate::object::kind::find_row;
use crate::object::print::{Console, Printer};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// const(x): x; the compiler knows it as a constant.
    def r#const(1) = |_, args| Ok(args.at(0));
    /// opt_level([n]): reads or sets the level of optimisation.
    #[cfg(feature = "standard")]
    def opt_level(0..=1) = optimisation;
    /// RingIO(size or buffer): a stream of bytes in a ring of memory.
    #[cfg(feature = "standard")]
    const RingIO = type_word(&ring::RING_IO);
    /// mem_total(): bytes that were ever allocated.
    #[cfg(feature = "full")]
    def mem_total(0) = |vm, _| Ok(Word::int(vm.heap.total_taken() as isize));
    /// mem_current(): bytes of the heap in use.
    #[cfg(feature = "full")]
    def mem_current(0) = |vm, _| Ok(Word::int(vm.heap.used() as isize));
    /// mem_peak(): the most bytes that were seen in use, at collections and now.
    #[cfg(feature = "full")]
    def mem_peak(0) = |vm, _| Ok(Word::int(vm.heap.peak() as isize));
    /// mem_info([verbose]): prints what the heap holds.
    #[cfg(feature = "full")]
    def mem_info(0..=1) = report::memory;
    /// mem_info([verbose]): prints what the heap holds.
    #[cfg(all(feature = "standard", not(feature = "full")))]
    def mem_info(0..=1) = memory;
    /// qstr_info([verbose]): prints what the names take.
    #[cfg(feature = "full")]
    def qstr_info(0..=1) = report::names;
    /// qstr_info([verbose]): prints what the names take.
    #[cfg(all(feature = "standard", not(feature = "full")))]
    def qstr_info(0..=1) = names;
    /// stack_use(): bytes of the machine stack in use.
    def stack_use(0) = |vm, _| Ok(Word::int(vm.machine_stack_used() as isize));
    /// heap_lock(): every allocation fails until heap_unlock().
    def heap_lock(0) = |vm, _| { vm.lock_heap(); Ok(Word::NONE) };
    /// heap_unlock(): undoes one heap_lock(); answers how many are left.
    def heap_unlock(0) = |vm, _| Ok(Word::int(vm.unlock_heap() as isize));
    /// heap_locked(): how many locks there are.
    def heap_locked(0) = |vm, _| Ok(Word::int(vm.heap_lock_depth() as isize));
    /// kbd_intr(character): which character interrupts the program; -1 is none.
    def kbd_intr(1) = |vm, args| { vm.port.set_interrupt(u8::try_from(vm.index(args.at(0))?).ok()); Ok(Word::NONE) };
    /// schedule(function, argument): calls the function soon, between two instructions.
    def schedule(2) = schedule;
    /// alloc_emergency_exception_buf(size): memory for exceptions in interrupts.
    def alloc_emergency_exception_buf(1) = |vm, args| {
        let size = usize::try_from(vm.index(args.at(0))?).map_err(|_| vm.value_error("negative size"))?;
        // An exception's own memory comes out of it as well; what is left is for its message.
        let text = size.saturating_sub(6 * crate::heap::BLOCK).max(16);
        vm.put_reserve_aside((size > 0) as usize, text)?;
        Ok(Word::NONE)
    };
}

fn schedule(vm: &Vm, args: Args) -> Outcome {
    if find_row(ROWS, name!(kbd_intr)) == Some(args.at(0)) {
        vm.schedule_interrupt();
        return Ok(Word::NONE);
    }
    if vm.schedule(args.at(0), args.at(1))? {
        Ok(Word::NONE)
    } else {
        Err(vm.raise_text(&crate::object::exception::RUNTIME_ERROR, "schedule queue full"))
    }
}

fn optimisation(vm: &Vm, args: Args) -> Outcome {
    match args.get(0) {
        None => Ok(Word::int(vm.optimisation.get() as isize)),
        Some(level) => {
            vm.optimisation.set(u8::try_from(vm.index(level)?).map_err(|_| vm.value_error("level out of range"))?);
            Ok(Word::NONE)
        }
    }
}

fn memory(vm: &Vm, _: Args) -> Outcome {
    let usage = vm.heap.usage();
    let mut console = Console;
    let mut out = Printer::new(&mut console);
    let mut row = |label: &str, value: usize| -> Outcome<()> {
        out.text(vm, label)?;
        out.int(vm, value as isize)
    };
    row("stack: ", vm.machine_stack_used())?;
    row(" out of ", vm.machine_stack_size())?;
    row("\nGC: total: ", usage.total)?;
    row(", used: ", usage.used)?;
    row(", free: ", usage.total - usage.used)?;
    row("\n No. of 1-blocks: ", usage.small[0])?;
    row(", 2-blocks: ", usage.small[1])?;
    row(", max blk sz: ", usage.largest_used)?;
    row(", max free sz: ", usage.largest_free)?;
    out.text(vm, "\n")?;
    Ok(Word::NONE)
}

fn names(vm: &Vm, _: Args) -> Outcome {
    let (count, bytes) = vm.name_usage();
    let mut console = Console;
    let mut out = Printer::new(&mut console);
    out.counted(vm, "qstr pool: n_pool=1, n_qstr=", count as isize)?;
    out.counted(vm, ", n_str_data_bytes=", bytes as isize)?;
    out.counted(vm, ", n_total_bytes=", (bytes + vm.name_table_size()) as isize)?;
    out.text(vm, "\n")?;
    Ok(Word::NONE)
}
