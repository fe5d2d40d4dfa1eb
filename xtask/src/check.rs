//! `cargo xtask check`: what a change must pass before it lands; the first rows of `test`.

use crate::house::House;
use crate::test;
use anyhow::Result;

/// Formatting and lints.
pub fn check(house: &House) -> Result<()> {
    test::test(house, &["format", "lint"].map(str::to_owned))
}
