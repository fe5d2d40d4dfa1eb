//! The engine's side: libFuzzer calls `run` with the inputs that it invents. `TAIPAN_FUZZ` names the target.
#![no_main]

use fuzz::{Ready, TARGETS, Target};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use std::cell::RefCell;
use std::sync::LazyLock;

static TARGET: LazyLock<&'static Target> = LazyLock::new(|| {
    let name = std::env::var("TAIPAN_FUZZ").unwrap_or_default();
    TARGETS.iter().find(|target| target.name == name).expect("TAIPAN_FUZZ names a target")
});

thread_local! {
    static READY: RefCell<Ready> = RefCell::new(Ready::new(&TARGET));
}

fuzz_target!(|data: &[u8]| READY.with_borrow_mut(|ready| ready.run(data)));

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, _seed: u32| {
    let most = most.min(TARGET.longest);
    fuzzer_mutate(data, size.min(most), most)
});
