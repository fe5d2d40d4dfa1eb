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

/// Builds what the window consists of: pages first, because the window carries them inside.
pub fn build(house: &House) -> Result<()> {
    shell::during("Building the pages", || {
        shell::capture(house.command("npm").args(["run", "build"]).current_dir(house.root.join("ui"))).map(drop)
    })?;
    // `custom-protocol` makes the program serve the built pages itself, not a development server's.
    shell::run(house.cargo().args(["build", "--package", "host"]))?;
    shell::run(house.cargo().args(["build", "--package", "app", "--features", "custom-protocol"]))
}
