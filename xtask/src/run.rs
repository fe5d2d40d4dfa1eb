//! `cargo xtask run`: the window, with the interpreter beside it.

use crate::house::House;
use crate::setup::{self, Part};
use crate::shell;
use anyhow::Result;

/// Builds the front end, the interpreter and the window, then opens it.
pub fn run(house: &House, arguments: &[String]) -> Result<()> {
    setup::ensure(house, &[Part::Build, Part::Window, Part::Npm])?;
    build(house)?;
    shell::run(house.command(house.target.join("debug/app")).args(arguments))
}

/// Builds the pages, the interpreter and the window.
pub fn build(house: &House) -> Result<()> {
    build_pages(house)?;
    shell::run(house.cargo().args(["build", "--package", "host"]))?;
    // `custom-protocol` makes the program serve the pages that it carries, not a development server's.
    shell::run(house.cargo().args(["build", "--package", "app", "--features", "custom-protocol"]))
}

/// Builds the pages into `ui/dist`.
pub fn build_pages(house: &House) -> Result<()> {
    let build = || shell::capture(house.command("npm").args(["run", "build"]).current_dir(house.root.join("ui")));
    shell::during("Building the pages", build).map(drop)
}
