//! Parsing while memory fails: built with the feature `faults`.

use super::fuzz::sources;
use super::{Chunks, Mode, describe, dump, parse};
use crate::testing;
use crate::vm::Vm;
use std::string::String;

#[test]
fn collecting_at_every_allocation_changes_nothing() {
    for source in sources() {
        let parse = |always| {
            let vm = testing::vm(1 << 14);
            vm.heap.faults.collect_always(always);
            vm.enter(|vm| dump(vm, source.as_bytes(), 64, Mode::File))
        };
        assert_eq!(parse(false), parse(true), "{source}");
    }
}

/// How parsing ends, and how much it wrote.
fn end(vm: &Vm, source: &str) -> Result<usize, String> {
    let mut size = 0;
    let outcome = parse(vm, &mut Chunks { bytes: source.as_bytes(), step: 64 }, Mode::File, |tree| size += tree.size_in_bytes());
    outcome.map(|()| size).map_err(|raised| describe(vm, raised))
}

#[test]
fn every_failing_allocation_is_a_memory_error() {
    for source in sources() {
        let good = testing::vm(1 << 14).enter(|vm| end(vm, source));
        for nth in 1.. {
            let vm = testing::vm(1 << 14);
            vm.heap.faults.fail_at(nth);
            let ended = vm.enter(|vm| end(vm, source));
            vm.heap.verify(false);
            if vm.heap.faults.is_pending() {
                break;
            }
            // Memory may also fail while the message of a SyntaxError is made.
            assert!(ended == good || ended == Err(String::from("MemoryError: \n")), "{source}: {ended:?}");
        }
    }
}
