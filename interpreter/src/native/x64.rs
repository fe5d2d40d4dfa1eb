//! x86-64, as Unix calls functions: A, B and C are rax, rcx and rdx; the frame is in rbx, the interpreter in r12, its pending
//! flag's address in r13.

use super::assembler::{Assembler, Branch, Code, Condition, Operation, Register};
use Register::{A, B, C};

/// An x86-64.
pub struct Machine {
    code: Code,
}

const FRAME: u8 = 3;

/// The byte that names two registers, or a register and an extension of the opcode.
fn both(extension: u8, register: u8) -> u8 {
    0xc0 | extension << 3 | register
}

/// The low half of an opcode that has a condition.
fn number(condition: Condition) -> u8 {
    match condition {
        Condition::Overflow => 0x0,
        Condition::Below => 0x2,
        Condition::AboveEqual => 0x3,
        Condition::Equal => 0x4,
        Condition::Unequal => 0x5,
        Condition::BelowEqual => 0x6,
        Condition::Above => 0x7,
        Condition::Less => 0xc,
        Condition::GreaterEqual => 0xd,
        Condition::LessEqual => 0xe,
        Condition::Greater => 0xf,
    }
}

/// Where a part of the bytecode begins in the code.
pub type Entry = u32;

impl Assembler for Machine {
    const RUNS_ITS_HEAP: bool = false;
    const ENTRY: usize = size_of::<Entry>();
    const UNIT: usize = 1;
    const REACH: usize = 1 << 13;

    fn new() -> Machine {
        Machine { code: Code::default() }
    }

    fn code(&mut self) -> &mut Code {
        &mut self.code
    }

    fn prologue(&mut self, pending: usize) {
        // push rbx; push r12; push r13: the stack is aligned for calls then.
        self.code.put(&[0x53, 0x41, 0x54, 0x41, 0x55]);
        // mov rbx, rdi; mov r12, rsi; mov r13, pending
        self.code.put(&[0x48, 0x89, 0xfb, 0x49, 0x89, 0xf4, 0x49, 0xbd]);
        self.code.put(&(pending as u64).to_le_bytes());
        // mov rax, [rcx - 8]; jmp rdx
        self.code.put(&[0x48, 0x8b, 0x41, 0xf8, 0xff, 0xe2]);
    }

    fn leave(&mut self, value: u32) {
        self.code.put(&[0xb8]);
        self.code.put_u32(value);
        // pop r13; pop r12; pop rbx; ret
        self.code.put(&[0x41, 0x5d, 0x41, 0x5c, 0x5b, 0xc3]);
    }

    fn load(&mut self, to: Register, slot: usize) {
        self.code.put(&[0x48, 0x8b, 0x80 | (to as u8) << 3 | FRAME]);
        self.code.put_u32(8 * slot as u32);
    }

    fn store(&mut self, slot: usize, from: Register) {
        self.code.put(&[0x48, 0x89, 0x80 | (from as u8) << 3 | FRAME]);
        self.code.put_u32(8 * slot as u32);
    }

    fn constant(&mut self, to: Register, value: usize) {
        let value = value as u64;
        if let Ok(value) = u32::try_from(value) {
            self.code.put(&[0xb8 | to as u8]);
            self.code.put_u32(value);
        } else if let Ok(value) = i32::try_from(value as i64) {
            self.code.put(&[0x48, 0xc7, both(0, to as u8)]);
            self.code.put_u32(value as u32);
        } else {
            self.code.put(&[0x48, 0xb8 | to as u8]);
            self.code.put(&value.to_le_bytes());
        }
    }

    fn copy(&mut self, to: Register, from: Register) {
        if to != from {
            self.code.put(&[0x48, 0x89, both(from as u8, to as u8)]);
        }
    }

    fn operate(&mut self, operation: Operation, to: Register, a: Register, b: Register) {
        debug_assert!(to == a || to != b, "the second operand is still needed");
        self.copy(to, a);
        let plain = match operation {
            Operation::Add => 0x01,
            Operation::Sub => 0x29,
            Operation::And => 0x21,
            Operation::Or => 0x09,
            Operation::Xor => 0x31,
            Operation::Mul => return self.code.put(&[0x48, 0x0f, 0xaf, both(to as u8, b as u8)]),
            Operation::Shl => return self.code.put(&[0x48, 0xd3, both(4, to as u8)]),
            Operation::Shr => return self.code.put(&[0x48, 0xd3, both(5, to as u8)]),
            Operation::Sar => return self.code.put(&[0x48, 0xd3, both(7, to as u8)]),
        };
        self.code.put(&[0x48, plain, both(b as u8, to as u8)]);
    }

    fn operate_by(&mut self, operation: Operation, to: Register, a: Register, n: i32) {
        self.copy(to, a);
        let extension = match operation {
            Operation::Add => 0,
            Operation::Or => 1,
            Operation::And => 4,
            Operation::Sub => 5,
            Operation::Xor => 6,
            Operation::Mul => {
                self.code.put(&[0x48, 0x69, both(to as u8, to as u8)]);
                return self.code.put_u32(n as u32);
            }
            Operation::Shl => return self.code.put(&[0x48, 0xc1, both(4, to as u8), n as u8]),
            Operation::Shr => return self.code.put(&[0x48, 0xc1, both(5, to as u8), n as u8]),
            Operation::Sar => return self.code.put(&[0x48, 0xc1, both(7, to as u8), n as u8]),
        };
        self.code.put(&[0x48, 0x81, both(extension, to as u8)]);
        self.code.put_u32(n as u32);
    }

    fn multiply_tagged(&mut self) -> Condition {
        self.operate_by(Operation::Sar, C, A, 1);
        // dec rcx; imul rdx, rcx; lea rcx, [rcx + 1], which keeps the flags.
        self.code.put(&[0x48, 0xff, 0xc9]);
        self.operate(Operation::Mul, C, C, B);
        self.code.put(&[0x48, 0x8d, 0x49, 0x01]);
        Condition::Overflow
    }

    fn negate(&mut self, to: Register, from: Register) {
        self.copy(to, from);
        self.code.put(&[0x48, 0xf7, both(3, to as u8)]);
    }

    fn compare(&mut self, a: Register, b: Register) {
        self.code.put(&[0x48, 0x39, both(b as u8, a as u8)]);
    }

    fn compare_with(&mut self, a: Register, n: i32) {
        self.code.put(&[0x48, 0x81, both(7, a as u8)]);
        self.code.put_u32(n as u32);
    }

    fn test_tag(&mut self, a: Register) {
        self.code.put(&[0xf6, both(0, a as u8), 1]);
    }

    fn set(&mut self, condition: Condition) {
        // setcc al; movzx eax, al
        self.code.put(&[0x0f, 0x90 | number(condition), 0xc0, 0x0f, 0xb6, 0xc0]);
    }

    fn test_pending(&mut self) {
        // cmp byte [r13], 0
        self.code.put(&[0x41, 0x80, 0x7d, 0x00, 0x00]);
    }

    fn branch(&mut self, condition: Condition) -> Branch {
        let at = self.code.len();
        self.code.put(&[0x0f, 0x80 | number(condition), 0, 0, 0, 0]);
        Branch { at, condition: Some(number(condition)) }
    }

    fn jump(&mut self) -> Branch {
        let at = self.code.len();
        self.code.put(&[0xe9, 0, 0, 0, 0]);
        Branch { at, condition: None }
    }

    fn direct(&mut self, branch: Branch, target: usize) {
        // Behind an opcode of two bytes, or of one.
        let at = branch.at + if branch.condition.is_some() { 2 } else { 1 };
        let distance = (target as i64 - (at + 4) as i64) as i32;
        self.code.write(at, &distance.to_le_bytes());
    }

    fn read(&mut self, width: u8) {
        // movzx eax, byte [rax]; movzx eax, word [rax]; mov eax, [rax]
        let bytes: &[u8] = match width {
            0 => &[0x0f, 0xb6, 0x00],
            1 => &[0x0f, 0xb7, 0x00],
            _ => &[0x8b, 0x00],
        };
        self.code.put(bytes);
    }

    fn write(&mut self, width: u8) {
        // mov [rax], cl; mov [rax], cx; mov [rax], ecx
        let bytes: &[u8] = match width {
            0 => &[0x88, 0x08],
            1 => &[0x66, 0x89, 0x08],
            _ => &[0x89, 0x08],
        };
        self.code.put(bytes);
    }

    fn call(&mut self, helper: usize, operand: u32) {
        // mov rdi, r12; mov rsi, rbx; mov edx, operand; mov rax, helper; call rax
        self.code.put(&[0x4c, 0x89, 0xe7, 0x48, 0x89, 0xde, 0xba]);
        self.code.put_u32(operand);
        self.code.put(&[0x48, 0xb8]);
        self.code.put(&(helper as u64).to_le_bytes());
        self.code.put(&[0xff, 0xd0]);
    }
}
