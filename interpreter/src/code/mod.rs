//! Bytecode: the table of opcodes, the compiled function, the disassembler, the verifier, and the form in files.

pub mod opcode;
pub mod prototype;

pub mod disassemble;
mod flow;
#[cfg_attr(not(feature = "full"), path = "small/inspect.rs")]
pub mod inspect;
pub mod instruction;
#[cfg_attr(not(feature = "full"), path = "small/module_file.rs")]
pub mod module_file;
#[cfg(feature = "full")]
pub mod namespace;
#[cfg(feature = "standard")]
pub mod saved;
mod slot;
pub mod verify;
#[cfg_attr(not(feature = "full"), path = "small/width.rs")]
pub mod width;

/// Bytes of a number in code.
pub const WIDTH: usize = size_of::<width::Number>();
