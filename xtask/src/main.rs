//! `cargo xtask`: every task of the house.
fn main() {}
