//! `gc`: the collector, as MicroPython shows it.

use crate::object::handle::Args;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// collect(): runs a collection.
    def collect(0) = collect;
    /// disable(): forbids automatic collections.
    def disable(0) = |vm, _| { if vm.is_collection_enabled() { vm.enable_collection(false); } Ok(Word::NONE) };
    /// enable(): allows automatic collections.
    def enable(0) = |vm, _| { vm.enable_collection(true); Ok(Word::NONE) };
    /// isenabled(): whether automatic collections are allowed.
    def isenabled(0) = |vm, _| Ok(Word::bool(vm.is_collection_enabled()));
    /// mem_alloc(): bytes of the heap in use.
    def mem_alloc(0) = |vm, _| Ok(Word::int(vm.heap.used() as isize));
    /// mem_free(): bytes of the heap that are free.
    def mem_free(0) = mem_free;
    /// threshold([bytes]): reads or sets how many bytes may be allocated before a collection; -1 is no limit.
    #[cfg(feature = "standard")]
    def threshold(0..=1) = threshold;
    /// get_objects(): all objects that may refer to others.
    #[cfg(feature = "full")]
    def get_objects(0..=1, keywords) = objects::all;
    /// get_referrers(*objects): the objects that refer to one of them.
    #[cfg(feature = "full")]
    def get_referrers(0..) = objects::referrers;
    /// get_referents(*objects): the objects that they refer to.
    #[cfg(feature = "full")]
    def get_referents(0..) = objects::referents;
}

#[cfg(feature = "full")]
mod objects;

/// `collect()`. Where the loop calls it, `vm::boundary` knows it by its address.
///
/// # Errors
/// What weak references' callbacks raise is printed; none.
pub fn collect(vm: &Vm, _: Args) -> Outcome {
    let before = vm.heap.used();
    vm.collect_explicitly();
    vm.attend_weak();
    // CPython answers the number of objects; MicroPython's unix port the number of blocks of memory given back.
    Ok(Word::int((before.saturating_sub(vm.heap.used()) / crate::heap::BLOCK) as isize))
}

fn mem_free(vm: &Vm, _: Args) -> Outcome {
    Ok(Word::int((vm.heap.total() - vm.heap.used()) as isize))
}

fn threshold(vm: &Vm, args: Args) -> Outcome {
    let Some(bytes) = args.get(0) else {
        let policy = vm.collection_policy();
        return Ok(Word::int(if policy == usize::MAX { -1 } else { policy as isize }));
    };
    match bytes.as_int() {
        // Memory is given out in blocks, and counted so.
        Some(bytes) => {
            let blocks = usize::try_from(bytes).map(|bytes| bytes - bytes % crate::heap::BLOCK);
            vm.set_collection_policy(blocks.unwrap_or(usize::MAX));
        }
        None => return Err(vm.type_error("can't convert to int")),
    }
    Ok(Word::NONE)
}
