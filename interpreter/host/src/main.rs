//! The desktop port: the program `taipan`.
fn main() {}
