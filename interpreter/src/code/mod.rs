//! Bytecode: the table of opcodes, the compiled function, the disassembler.

pub mod opcode;
pub mod prototype;
