//! A processor that nothing is written for yet.
use super::assembler::{Assembler, Branch, Code, Condition, Operation, Register};

/// It has no code: the compiler refuses what would need it.
pub struct Machine {
    code: Code,
}

/// Where a part of the bytecode begins in the code.
pub type Entry = u32;

impl Assembler for Machine {
    const AVAILABLE: bool = false;
    const RUNS_ITS_HEAP: bool = false;
    const ENTRY: usize = size_of::<Entry>();
    const UNIT: usize = 1;
    const REACH: usize = 0;

    fn new() -> Machine {
        Machine { code: Code::default() }
    }
    fn code(&mut self) -> &mut Code {
        &mut self.code
    }
    fn prologue(&mut self, _: usize) {}
    fn leave(&mut self, _: u32) {}
    fn load(&mut self, _: Register, _: usize) {}
    fn store(&mut self, _: usize, _: Register) {}
    fn constant(&mut self, _: Register, _: usize) {}
    fn copy(&mut self, _: Register, _: Register) {}
    fn operate(&mut self, _: Operation, _: Register, _: Register, _: Register) {}
    fn operate_by(&mut self, _: Operation, _: Register, _: Register, _: i32) {}
    fn multiply_tagged(&mut self) -> Condition {
        Condition::Overflow
    }
    fn negate(&mut self, _: Register, _: Register) {}
    fn compare(&mut self, _: Register, _: Register) {}
    fn compare_with(&mut self, _: Register, _: i32) {}
    fn test_tag(&mut self, _: Register) {}
    fn set(&mut self, _: Condition) {}
    fn test_pending(&mut self) {}
    fn branch(&mut self, _: Condition) -> Branch {
        Branch { at: 0, condition: None }
    }
    fn jump(&mut self) -> Branch {
        Branch { at: 0, condition: None }
    }
    fn direct(&mut self, _: Branch, _: usize) {}
    fn read(&mut self, _: u8) {}
    fn write(&mut self, _: u8) {}
    fn call(&mut self, _: usize, _: u32) {}
}
