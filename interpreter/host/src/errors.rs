//! Errors of the operating system, told in its own words.

use interpreter::object::exception::system;
use interpreter::vm::{Raised, Vm};
use std::io::Error;
use std::sync::LazyLock;

/// The `OSError` of a system's error.
pub fn raise(vm: &Vm, error: &Error) -> Raised {
    told(vm, error.raw_os_error().map_or(nix::Error::EIO, nix::Error::from_raw))
}

/// As `raise`.
pub fn told(vm: &Vm, error: nix::Error) -> Raised {
    system::new(vm, error as u16, words(error as u16), &[])
}

/// What an error means.
pub fn words(number: u16) -> &'static str {
    static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| (0..=MOST).map(|number| meaning(number.into())).collect());
    WORDS.get(usize::from(number)).map_or("Unknown error", String::as_str)
}

/// No error of Linux is above this (`EHWPOISON`).
const MOST: u16 = 133;

/// As `words`, for any number.
pub fn meaning(number: i32) -> String {
    let text = Error::from_raw_os_error(number).to_string();
    text.rsplit_once(" (os error").map_or(text.clone(), |(words, _)| words.to_owned())
}
