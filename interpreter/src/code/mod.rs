//! Bytecode: the table of opcodes, the compiled function, the disassembler, the verifier.

pub mod opcode;
pub mod prototype;

pub mod disassemble;
pub mod instruction;
pub mod verify;
