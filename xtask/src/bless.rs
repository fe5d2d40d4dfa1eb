//! `cargo xtask bless` and `generate`: files that a test compares, written anew.
//!
//! A test that compares with a file writes it instead when `TAIPAN_BLESS` is set; nothing else writes these files.

use crate::house::House;
use crate::setup::{self, Part};
use crate::{run, shell, test};
use anyhow::Result;

/// Takes what the tests print now as the expected text.
pub fn bless(house: &House) -> Result<()> {
    setup::ensure(house, Part::ALL_CRATES)?;
    run::build_pages(house)?;
    shell::run(house.cargo_with_all("test").arg("--no-fail-fast").env("TAIPAN_BLESS", "1"))?;
    run::build_host(house)?;
    // Only the test that writes: the one that asks CPython reads what is being written.
    let mut scripts = test::integration(house, "scripts")?;
    shell::run(scripts.arg("taipan_prints_what_each_script_expects").env("TAIPAN_BLESS", "1"))
}

/// Writes the window's copy of the types that cross to it.
pub fn generate(house: &House) -> Result<()> {
    setup::ensure(house, &[Part::Build])?;
    shell::run(house.cargo_with_all("test").args(["--test", "generated"]).env("TAIPAN_BLESS", "1"))
}
