//! Checks bytecode before it runs: every instruction whole, every jump to the start of one, every way to an instruction
//! with the same depth of stack, within the bounds that the head promises.
//!
//! The compiler's tests run it over everything they compile; bytecode from a file will pass here first. It walks the code
//! once, in order: the compiler writes nothing that cannot be reached, and a backward jump leads to what was seen.

use super::instruction::Instruction;
use super::opcode::{Opcode, Operand};
use super::prototype::{Prototype, PrototypeHandle, flag};
use crate::object::handle::Handle;
use crate::object::print::RawBytes;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// What is wrong, and at which offset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Offset of the instruction.
    pub offset: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Depths by offset, two bytes each: 0 where unknown, otherwise depth + 1.
struct Depths(Handle<RawBytes>);

impl Depths {
    fn get(&self, offset: usize) -> Option<usize> {
        let cells = self.0.get().tail();
        let value = u16::from_le_bytes([cells[2 * offset].get(), cells[2 * offset + 1].get()]);
        (value as usize).checked_sub(1)
    }

    /// Notes the depth of a way to `offset`. False when another way had a different one.
    fn note(&self, offset: usize, depth: usize) -> bool {
        if let Some(known) = self.get(offset) {
            return known == depth;
        }
        let [low, high] = (depth as u16 + 1).to_le_bytes();
        self.0.tail()[2 * offset].set(low);
        self.0.tail()[2 * offset + 1].set(high);
        true
    }
}

/// Checks a prototype and those within it.
///
/// # Errors
/// `MemoryError`; `RuntimeError` when functions are nested too deeply.
pub fn verify(vm: &Vm, prototype: PrototypeHandle) -> Outcome<Result<(), Fault>> {
    vm.check_stack()?;
    let Some(constants) = Handle::<Tuple>::from(prototype.head.constants) else {
        return Ok(Err(Fault { offset: 0, what: "constants are a tuple" }));
    };
    let depths = Depths(vm.new_raw_bytes(2 * prototype.code().len() + 2)?);
    if let Err(fault) = check(prototype.get(), constants.len(), &depths) {
        return Ok(Err(fault));
    }
    for cell in constants.get().tail() {
        if let Some(inner) = Handle::<Prototype>::from(cell.get())
            && let Err(fault) = verify(vm, inner)?
        {
            return Ok(Err(fault));
        }
    }
    Ok(Ok(()))
}

fn check(prototype: &Prototype, constants: usize, depths: &Depths) -> Result<(), Fault> {
    let (code, most) = (prototype.code(), prototype.head.stack as usize);
    depths.note(0, 0);
    let mut offset = 0;
    while offset < code.len() {
        let fault = |what| Fault { offset, what };
        let instruction = Instruction::read(code, offset).ok_or(fault("a whole instruction"))?;
        for handler in prototype.handlers().filter(|handler| handler.start as usize == offset) {
            let target = handler.target as usize;
            if target >= code.len() || !depths.note(target, handler.depth as usize + 1) {
                return Err(fault("a handler's target has one depth"));
            }
        }
        let depth = depths.get(offset).ok_or(fault("code that can be reached"))?;
        if instruction.needs() > depth {
            return Err(fault("values to take"));
        }
        if !operand_is_valid(prototype, constants, instruction) {
            return Err(fault("an operand within bounds"));
        }
        let moved = |effect: i32| depth.checked_add_signed(effect as isize).filter(|&depth| depth <= most);
        let taken = moved(instruction.opcode.effect_taken(instruction.number));
        for target in instruction.targets() {
            let taken = taken.ok_or(fault("a depth within bounds"))?;
            if target >= code.len() || !depths.note(target, taken) {
                return Err(fault("a jump's target has one depth"));
            }
        }
        if !instruction.is_final() {
            let next = moved(instruction.opcode.effect(instruction.number)).ok_or(fault("a depth within bounds"))?;
            if instruction.end >= code.len() || !depths.note(instruction.end, next) {
                return Err(fault("one depth from above and from jumps"));
            }
        }
        if (offset + 1..instruction.end).any(|inside| depths.get(inside).is_some()) {
            return Err(fault("no jump into an instruction"));
        }
        offset = instruction.end;
    }
    Ok(())
}

fn operand_is_valid(prototype: &Prototype, constants: usize, instruction: Instruction) -> bool {
    let (number, locals) = (instruction.number as usize, prototype.head.locals as usize);
    match instruction.opcode {
        Opcode::LoadConstant => number < constants,
        Opcode::MakeFunction => {
            let tuple = Handle::<Tuple>::from(prototype.head.constants);
            let word = tuple.and_then(|tuple| tuple.get().tail().get(instruction.second as usize).map(core::cell::Cell::get));
            number < 8 && Handle::<Prototype>::from(word.unwrap_or(Word::UNSET)).is_some()
        }
        Opcode::LoadLocalN | Opcode::StoreLocalN | Opcode::LoadLocal | Opcode::StoreLocal | Opcode::DeleteLocal => {
            number < locals
        }
        Opcode::LoadCell | Opcode::StoreCell | Opcode::DeleteCell | Opcode::MakeCell | Opcode::LoadRaw => number < locals,
        Opcode::CompareJump => number & 0x7f < 10,
        Opcode::Yield | Opcode::YieldFrom => prototype.head.flags & flag::GENERATOR != 0,
        Opcode::LoadHelper => crate::object::helper::helper(number).is_some(),
        Opcode::BuildSlice => number == 2 || number == 3,
        Opcode::ForRange => (1..=3).contains(&number),
        _ => instruction.opcode.operand() != Operand::Labels || number <= 4,
    }
}
