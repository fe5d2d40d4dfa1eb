//! `cargo xtask bundle`: what people install, a Debian package and an archive for every other Linux, in `target/bundle`.
//!
//! Everything is staged once as a tree of files (`stage.rs`), from which both are packed (`pack.rs`). The same commit with the same
//! tools makes the same bytes: times are the commit's (`SOURCE_DATE_EPOCH` overrides it), owners are root, names are in order, and
//! the programs know nothing of the folder that they were built in. `trial.rs` installs and starts the result.

mod notices;
mod pack;
mod stage;
mod trial;

use crate::house::House;
use crate::setup::{self, Part};
use crate::{firmware, run, shell};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// The version of everything: the workspace's.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What was made.
pub struct Bundle {
    /// The Debian package.
    pub package: PathBuf,
    /// The archive.
    pub archive: PathBuf,
}

/// Builds and packs; with `trial` it installs and starts the result, too.
pub fn bundle(house: &House, trial: bool) -> Result<()> {
    setup::ensure(house, &[Part::Build, Part::Window, Part::Npm])?;
    let programs = programs(house)?;
    firmware::build(house, firmware::named("pyboard")?)?;
    let bundle = make(house, &programs)?;
    for path in [&bundle.package, &bundle.archive] {
        println!("{}: {} bytes", path.display(), path.metadata()?.len());
    }
    if !trial {
        return Ok(());
    }
    setup::ensure(house, &[Part::Screen, Part::Bundle])?;
    trial::trial(house, &bundle, || make(house, &programs))
}

/// Builds the pages and the programs; returns the folder that they lie in.
pub fn programs(house: &House) -> Result<PathBuf> {
    run::build_pages(house)?;
    // A folder of its own: other flags than a developer's release builds would throw those away.
    let folder = house.target.join("bundle/build");
    let mut cargo = house.cargo();
    cargo.args(["build", "--release", "--package", "app", "--features", "app/custom-protocol"]);
    cargo.args(["--package", "host", "--package", "taipanctl", "--target-dir"]).arg(&folder);
    shell::run(cargo.env("RUSTFLAGS", nameless(house)?))?;
    Ok(folder.join("release"))
}

/// Makes the compiler write no path of this machine into a program.
fn nameless(house: &House) -> Result<String> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let crates = home.context("cargo has no home")?.join("registry/src");
    Ok(format!("--remap-path-prefix={}=taipan --remap-path-prefix={}=crates", house.root.display(), crates.display()))
}

fn make(house: &House, programs: &Path) -> Result<Bundle> {
    let folder = house.target.join("bundle");
    let stamp = stamp(house)?;
    let tree = stage::stage(house, programs, &stamp)?;
    let package = pack::package(house, &tree, &stamp, &folder)?;
    let archive = pack::archive(&tree, &stamp, &folder)?;
    Ok(Bundle { package, archive })
}

/// The second that everything is dated: what the caller says, else the commit's.
fn stamp(house: &House) -> Result<String> {
    if let Ok(given) = std::env::var("SOURCE_DATE_EPOCH") {
        return Ok(given);
    }
    shell::capture(house.command("git").args(["log", "-1", "--format=%ct"]))
        .context("say SOURCE_DATE_EPOCH where there is no git")
}
