//! `cargo xtask run`: the window, with the interpreter beside it.

use crate::house::House;
use crate::setup::{self, Part};
use crate::shell;
use anyhow::Result;
use std::path::PathBuf;

/// Builds the front end, the interpreter and the window, then opens it.
pub fn run(house: &House, arguments: &[String]) -> Result<()> {
    setup::ensure(house, &[Part::Build, Part::Window, Part::Npm])?;
    build(house)?;
    shell::run(house.command(window_path(house)).args(arguments))
}

/// Builds the pages, the interpreter and the window.
pub fn build(house: &House) -> Result<()> {
    build_pages(house)?;
    shell::run(house.cargo_with_all("build").args(["--bin", "taipan", "--bin", "app"]))
}

/// Builds the pages into `ui/dist`.
pub fn build_pages(house: &House) -> Result<()> {
    let build = || shell::capture(house.command("npm").args(["run", "build"]).current_dir(house.root.join("ui")));
    shell::during("Building the pages", build).map(drop)
}

/// Builds the interpreter.
pub fn build_host(house: &House) -> Result<()> {
    shell::run(house.cargo_with_all("build").args(["--bin", "taipan"]))
}

/// Where the interpreter lies: beside the window, which looks for it there.
pub fn taipan_path(house: &House) -> PathBuf {
    house.target.join("debug/taipan")
}

/// Where the window lies.
pub fn window_path(house: &House) -> PathBuf {
    house.target.join("debug/app")
}
