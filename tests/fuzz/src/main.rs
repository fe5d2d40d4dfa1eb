//! The engine's side: libFuzzer calls `run` with the inputs that it invents. `TAIPAN_FUZZ` names the target.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::cell::RefCell;
use std::sync::LazyLock;

static TARGET: LazyLock<&'static fuzz::Target> = LazyLock::new(|| {
    let name = std::env::var("TAIPAN_FUZZ").unwrap_or_default();
    fuzz::TARGETS.iter().find(|target| target.name == name).expect("TAIPAN_FUZZ names a target")
});

thread_local! {
    static ARENA: RefCell<fuzz::Arena> = RefCell::new(fuzz::Arena::new());
}

fuzz_target!(|data: &[u8]| ARENA.with(|arena| fuzz::run(&TARGET, &mut arena.borrow_mut(), data)));
