//! A program as a class body: what it binds at its top lies in a namespace of its own, and what it reads is looked for there
//! first. So `exec(code, globals, locals)` runs.

use super::instruction::Instruction;
use super::opcode::Opcode;
use super::prototype::{Head, PROTOTYPE, PrototypeHandle, flag};
use crate::code::width::Number;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// The same program with its globals' instructions exchanged for a class body's, which are as long. The compiler has left local 0
/// to the namespace.
///
/// # Errors
/// `MemoryError`.
pub fn with_namespace(vm: &Vm, program: PrototypeHandle) -> Outcome<PrototypeHandle> {
    let old = program.get();
    if old.head.flags & flag::CLASS_BODY != 0 {
        return Ok(program);
    }
    let length = old.code().len();
    let code = vm.new_raw_bytes(length)?;
    code.put(0, old.code());
    let mut offset = 0;
    while let Some(instruction) = Instruction::read(old.code(), offset) {
        let exchanged = match instruction.opcode {
            Opcode::LoadGlobal | Opcode::StoreGlobal | Opcode::DeleteGlobal
                if old.tells_global(Name(instruction.number as Number)) =>
            {
                None
            }
            Opcode::LoadGlobal => Some(Opcode::LoadClassName),
            Opcode::StoreGlobal => Some(Opcode::StoreClassName),
            Opcode::DeleteGlobal => Some(Opcode::DeleteClassName),
            _ => None,
        };
        if let Some(opcode) = exchanged {
            code.tail()[offset].set(opcode as u8);
        }
        offset = instruction.end;
    }
    let head = Head {
        accelerator: Cell::new(Word::UNSET),
        locals: old.head.locals.max(1),
        positional: 1,
        flags: old.head.flags | flag::CLASS_BODY,
        ..old.head
    };
    let name = name!(".0").0.to_le_bytes();
    let rest = old.head.handlers as usize + old.head.lines as usize;
    vm.new_tailed(&PROTOTYPE, length + rest + name.len(), head, |index| match index {
        index if index < length => code.tail()[index].get(),
        index if index < length + rest => program.get().bytes()[index],
        index => name[index - length - rest],
    })
}
