//! From trees to bytecode: scopes, then code.

mod buffer;
mod writer;
