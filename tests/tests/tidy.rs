//! House rules that the compiler does not know (ARCHITECTURE.md, "Invariants").

use std::path::Path;
use tests::house;

/// Where unsafe code may live: whole folders, or single files.
const UNSAFE_ROOMS: &[&str] = &[
    "interpreter/src/heap/",
    "interpreter/src/object/word.rs",
    "interpreter/src/object/handle.rs",
    "interpreter/src/native/",
    "interpreter/src/vm/",
    "interpreter/host/src/",
    "firmware/storage/src/littlefs.rs",
    "interpreter/src/modules/uctypes/memory.rs",
    "interpreter/tests/limits.rs",
    "app/board/tests/rig/memory.rs",
    "tests/fuzz/src/lib.rs",
    "firmware/stm32f1/src/",
    "firmware/stm32f4/src/",
    "firmware/copy/src/",
    "firmware/minimal/src/",
    "firmware/pyboard/src/",
    "firmware/bootloader/src/",
];

/// The folders that hold code.
const HOUSE: &[&str] = &["app", "firmware", "interpreter", "tests", "xtask"];

/// Every Rust file of the house but this one, which spells the words that it looks for.
fn everything() -> Vec<(String, String)> {
    HOUSE.iter().flat_map(|folder| sources(folder, "rs")).filter(|(name, _)| name != "tests/tests/tidy.rs").collect()
}

/// The files below `folder` with their paths as written from the top of the clone, and their text.
fn sources(folder: &str, extension: &str) -> Vec<(String, String)> {
    let read = |path: &Path| {
        let name = path.strip_prefix(house::root()).expect("a file of the clone").to_string_lossy().replace('\\', "/");
        (name, std::fs::read_to_string(path).expect("a source file can be read"))
    };
    house::files(folder, extension).iter().map(|path| read(path)).collect()
}

/// The lines that hold for `wrong`, as `file:line: text`; lines that are only a comment are not looked at.
fn offending(sources: &[(String, String)], wrong: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in sources {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if wrong(name, line) {
                found.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    found
}

#[track_caller]
fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    let sources = everything();
    assert!(sources.len() > 20, "the clone's files were not found");
    let silent = sources.iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(name, _)| name.clone()).collect();
    none(silent, "a Rust file begins with a `//!` header");
}

#[test]
fn the_interpreter_needs_no_allocator_no_system_and_no_formatting() {
    let words = ["extern crate alloc", "extern crate std", "alloc::", "std::", "core::fmt", "format!("];
    let found = offending(&shipped("interpreter/src"), |_, line| words.iter().any(|word| mentions(line, word)));
    none(found, "`interpreter` knows neither `alloc` nor `std` nor `core::fmt`");
}

#[test]
fn only_the_window_names_tauri() {
    let found = offending(&everything(), |name, line| !name.starts_with("app/") && mentions(line, "tauri::"));
    none(found, "only app/src names Tauri");
    let below = |name: &str| name.starts_with("app/board/") || name.starts_with("app/code/");
    none(
        offending(&sources("app", "rs"), |name, line| below(name) && mentions(line, "tauri")),
        "board and code do not know Tauri",
    );
}

#[test]
fn only_the_backend_of_the_pages_names_tauri() {
    let mut pages = sources("ui/src", "ts");
    pages.extend(sources("ui/src", "svelte"));
    assert!(pages.len() > 10, "the pages were not found");
    let found = offending(&pages, |name, line| !name.starts_with("ui/src/backend/") && line.contains("@tauri-apps"));
    none(found, "only ui/src/backend names @tauri-apps");
}

#[test]
fn unsafe_code_stays_in_its_rooms() {
    let found = offending(&everything(), |name, line| {
        line.contains("(unsafe_code") && !UNSAFE_ROOMS.iter().any(|room| name.starts_with(room))
    });
    none(found, "unsafe code lives in the rooms that ARCHITECTURE.md names");
    let allowed = offending(&everything(), |_, line| line.contains("allow(unsafe_code"));
    none(allowed, "a room's door is `#![expect(unsafe_code, reason = \"…\")]`");
}

#[test]
fn tests_never_sleep() {
    // A benchmark is no test: it may model the time that a line takes.
    let found = offending(&everything(), |name, line| !name.contains("/benches/") && mentions(line, "thread::sleep"));
    none(found, "wait for an event with a deadline instead of sleeping");
}

/// The part of each file that ships: tests are the last module of a file.
fn shipped(folder: &str) -> Vec<(String, String)> {
    let cut = |text: String| {
        let text = text.replace("#[cfg(test)]\nextern crate std;", "");
        text.split("#[cfg(test)]\nmod tests").next().expect("a split has a first part").to_owned()
    };
    let is_test = |name: &str| {
        name.contains("/tests/") || name.ends_with("/testing.rs") || name.ends_with("/tests.rs") || name.ends_with("_tests.rs")
    };
    sources(folder, "rs").into_iter().filter(|(name, _)| !is_test(name)).map(|(name, text)| (name, cut(text))).collect()
}

/// Whether `word` stands in the line by itself, not as the tail of a longer name.
fn mentions(line: &str, word: &str) -> bool {
    let joined = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(joined))
}
