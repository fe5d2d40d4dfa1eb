//! Thumb-2 as Cortex-M3 and later have it (ARM DDI 0403E, chapter A7): A, B and C are r0, r1 and r2, r3 is for what an instruction
//! needs meanwhile; the frame is in r4, the interpreter in r5, its pending flag's address in r6.

use super::assembler::{Assembler, Branch, Code, Condition, Operation, Register};
use super::inline_thumb;
use Register::{A, B, C};

/// A Cortex-M with Thumb-2.
pub struct Machine {
    code: Code,
}

/// Needed meanwhile.
const T: u32 = 3;
const FRAME: u32 = 4;
const VM: u32 = 5;
const PENDING: u32 = 6;

/// The number of a condition (A7.3).
fn number(condition: Condition) -> u32 {
    match condition {
        Condition::Equal => 0,
        Condition::Unequal => 1,
        Condition::AboveEqual => 2,
        Condition::Below => 3,
        Condition::Overflow => 6,
        Condition::Above => 8,
        Condition::BelowEqual => 9,
        Condition::GreaterEqual => 10,
        Condition::Less => 11,
        Condition::Greater => 12,
        Condition::LessEqual => 13,
    }
}

impl Machine {
    /// An instruction of 16 bits.
    fn short(&mut self, bits: u32) {
        self.code.put(&(bits as u16).to_le_bytes());
    }

    /// An instruction of 32 bits: two halves.
    fn long(&mut self, first: u32, second: u32) {
        self.short(first);
        self.short(second);
    }

    /// MOVS, or MOVW and MOVT.
    fn number(&mut self, to: u32, value: u32) {
        if value < 0x100 {
            return self.short(0x2000 | to << 8 | value);
        }
        let mut half = |opcode: u32, value: u32| {
            self.long(opcode | (value >> 11 & 1) << 10 | value >> 12, (value >> 8 & 7) << 12 | to << 8 | value & 0xff);
        };
        half(0xf240, value & 0xffff);
        if value > 0xffff {
            half(0xf2c0, value >> 16);
        }
    }

    /// `to = a op b` in the form that sets the flags.
    fn three(&mut self, operation: Operation, to: u32, a: u32, b: u32) {
        match operation {
            Operation::Add => self.short(0x1800 | b << 6 | a << 3 | to),
            Operation::Sub => self.short(0x1a00 | b << 6 | a << 3 | to),
            Operation::Mul => self.long(0xfb00 | a, 0xf000 | to << 8 | b),
            Operation::And => self.long(0xea10 | a, to << 8 | b),
            Operation::Or => self.long(0xea50 | a, to << 8 | b),
            Operation::Xor => self.long(0xea90 | a, to << 8 | b),
            Operation::Shl => self.long(0xfa10 | a, 0xf000 | to << 8 | b),
            Operation::Shr => self.long(0xfa30 | a, 0xf000 | to << 8 | b),
            Operation::Sar => self.long(0xfa50 | a, 0xf000 | to << 8 | b),
        }
    }

    /// LDR or STR of a word of the frame.
    fn slot(&mut self, load: bool, register: u32, slot: usize) {
        let offset = 4 * slot as u32;
        if offset < 128 {
            let opcode = if load { 0x6800 } else { 0x6000 };
            return self.short(opcode | offset << 4 | FRAME << 3 | register);
        }
        self.long(if load { 0xf8d0 } else { 0xf8c0 } | FRAME, register << 12 | offset);
    }
}

/// Where a part of the bytecode begins in the code.
pub type Entry = u16;

#[cfg(target_arch = "arm")]
impl Machine {
    /// Reads the frame's word of a number into r0 to r3.
    pub fn load_argument(&mut self, register: u32, slot: usize) {
        self.slot(true, register, slot);
    }
}

impl Assembler for Machine {
    const RUNS_ITS_HEAP: bool = true;
    const ENTRY: usize = size_of::<Entry>();
    const UNIT: usize = 2;
    const REACH: usize = 1 << 10;

    fn new() -> Machine {
        Machine { code: Code::default() }
    }

    fn code(&mut self) -> &mut Code {
        &mut self.code
    }

    fn pointer(address: usize) -> *const () {
        core::ptr::with_exposed_provenance(address | 1)
    }

    fn prologue(&mut self, pending: usize) {
        // PUSH {r4, r5, r6, lr}; MOV r4, r0; MOV r5, r1
        self.short(0xb570);
        self.short(0x4604);
        self.short(0x460d);
        self.number(PENDING, pending as u32);
        // SUBS r3, #4; LDR r0, [r3]; BX r2
        self.short(0x3b04);
        self.short(0x6818);
        self.short(0x4710);
    }

    fn leave(&mut self, value: u32) {
        self.number(0, value);
        // POP {r4, r5, r6, pc}
        self.short(0xbd70);
    }

    fn load(&mut self, to: Register, slot: usize) {
        self.slot(true, to as u32, slot);
    }

    fn store(&mut self, slot: usize, from: Register) {
        self.slot(false, from as u32, slot);
    }

    fn constant(&mut self, to: Register, value: usize) {
        self.number(to as u32, value as u32);
    }

    fn copy(&mut self, to: Register, from: Register) {
        if to != from {
            self.short(0x4600 | (from as u32) << 3 | to as u32);
        }
    }

    fn operate(&mut self, operation: Operation, to: Register, a: Register, b: Register) {
        self.three(operation, to as u32, a as u32, b as u32);
    }

    fn operate_by(&mut self, operation: Operation, to: Register, a: Register, n: i32) {
        let (to, a, small) = (to as u32, a as u32, n as u32);
        match operation {
            Operation::Add if small < 8 => self.short(0x1c00 | small << 6 | a << 3 | to),
            Operation::Sub if small < 8 => self.short(0x1e00 | small << 6 | a << 3 | to),
            Operation::Shl => self.short(small << 6 | a << 3 | to),
            Operation::Shr => self.short(0x0800 | small << 6 | a << 3 | to),
            Operation::Sar => self.short(0x1000 | small << 6 | a << 3 | to),
            _ => {
                self.number(T, small);
                self.three(operation, to, a, T);
            }
        }
    }

    fn multiply_tagged(&mut self) -> Condition {
        self.operate_by(Operation::Sar, C, A, 1);
        // SUBS r3, r1, #1; SMULL r2, r3, r2, r3; CMP r3, r2, ASR #31
        self.short(0x1e40 | (B as u32) << 3 | T);
        self.long(0xfb80 | C as u32, (C as u32) << 12 | T << 8 | T);
        self.long(0xebb0 | T, 0x7f00 | 0xe0 | C as u32);
        Condition::Unequal
    }

    fn negate(&mut self, to: Register, from: Register) {
        self.short(0x4240 | (from as u32) << 3 | to as u32);
    }

    fn compare(&mut self, a: Register, b: Register) {
        self.short(0x4280 | (b as u32) << 3 | a as u32);
    }

    fn compare_with(&mut self, a: Register, n: i32) {
        if (0..256).contains(&n) {
            return self.short(0x2800 | (a as u32) << 8 | n as u32);
        }
        self.number(T, n as u32);
        self.short(0x4280 | T << 3 | a as u32);
    }

    fn test_tag(&mut self, a: Register) {
        // LSLS r3, a, #31
        self.short(31 << 6 | (a as u32) << 3 | T);
    }

    fn set(&mut self, condition: Condition) {
        // ITE; MOV r0, #1; MOV r0, #0
        let number = number(condition);
        self.short(0xbf00 | number << 4 | if number & 1 == 0 { 0b1100 } else { 0b0100 });
        self.short(0x2001);
        self.short(0x2000);
    }

    fn test_pending(&mut self) {
        // LDRB r3, [r6]; CMP r3, #0
        self.short(0x7800 | PENDING << 3 | T);
        self.short(0x2800 | T << 8);
    }

    fn branch(&mut self, condition: Condition) -> Branch {
        let at = self.code.len();
        self.long(0xf000 | number(condition) << 6, 0x8000);
        Branch { at, condition: Some(number(condition) as u8) }
    }

    fn jump(&mut self) -> Branch {
        let at = self.code.len();
        self.long(0xf000, 0x9000);
        Branch { at, condition: None }
    }

    fn direct(&mut self, branch: Branch, target: usize) {
        let way = branch.condition.map_or(inline_thumb::Branch::Wide, |condition| inline_thumb::Branch::Far(condition.into()));
        // Code that is too long for it is refused when it has been counted.
        let bits = way.encode(target as i32 - branch.at as i32).unwrap_or(0);
        self.code.write(branch.at, &bits.rotate_left(16).to_le_bytes());
    }

    fn read(&mut self, width: u8) {
        // LDRB, LDRH, LDR r0, [r0]
        self.short([0x7800, 0x8800, 0x6800][width as usize]);
    }

    fn write(&mut self, width: u8) {
        // STRB, STRH, STR r1, [r0]
        self.short([0x7001, 0x8001, 0x6001][width as usize]);
    }

    fn call(&mut self, helper: usize, operand: u32) {
        // MOV r0, r5; MOV r1, r4; …; BLX r3
        self.short(0x4600 | VM << 3);
        self.short(0x4601 | FRAME << 3);
        self.number(2, operand);
        self.number(T, helper as u32);
        self.short(0x4798);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;

    /// The hexadecimal digits of what is written.
    fn written(write: fn(&mut Machine)) -> String {
        crate::testing::with(|vm| {
            let memory = vm.new_raw_bytes(64).expect("there is memory");
            let mut machine = Machine::new();
            machine.code().restart(Some((memory, 0)));
            write(&mut machine);
            memory.get().tail()[..machine.code().len()].iter().map(|byte| std::format!("{:02x}", byte.get())).collect()
        })
    }

    /// Expected encodings are those of LLVM's assembler, for the source in the comment.
    #[test]
    fn instructions_are_those_of_another_assembler() {
        #[rustfmt::skip]
        let rows: &[(fn(&mut Machine), &str)] = &[
            (|m| m.load(A, 0), "2068"), // ldr r0, [r4]
            (|m| m.load(C, 31), "e26f"), // ldr r2, [r4, #124]
            (|m| m.load(B, 32), "d4f88010"), // ldr.w r1, [r4, #128]
            (|m| m.load(B, 1023), "d4f8fc1f"), // ldr.w r1, [r4, #4092]
            (|m| m.store(5, B), "6161"), // str r1, [r4, #20]
            (|m| m.store(200, C), "c4f82023"), // str.w r2, [r4, #800]
            (|m| m.constant(A, 255), "ff20"), // movs r0, #255
            (|m| m.constant(C, 0x1234), "41f23422"), // movw r2, #0x1234
            (|m| m.constant(B, 0xdead_beef), "4bf6ef61cdf6ad61"), // movw r1, #0xbeef; movt r1, #0xdead
            (|m| m.constant(B, 0x800), "40f60001"), // movw r1, #0x800
            (|m| m.copy(A, C), "1046"), // mov r0, r2
            (|m| m.copy(B, B), ""), // 
            (|m| m.operate(Operation::Add, C, A, B), "4218"), // adds r2, r0, r1
            (|m| m.operate(Operation::Sub, C, B, A), "0a1a"), // subs r2, r1, r0
            (|m| m.operate(Operation::Mul, A, A, B), "00fb01f0"), // mul r0, r0, r1
            (|m| m.operate(Operation::And, C, A, B), "10ea0102"), // ands.w r2, r0, r1
            (|m| m.operate(Operation::Or, A, A, B), "50ea0100"), // orrs.w r0, r0, r1
            (|m| m.operate(Operation::Xor, C, A, B), "90ea0102"), // eors.w r2, r0, r1
            (|m| m.operate(Operation::Shl, A, A, B), "10fa01f0"), // lsls.w r0, r0, r1
            (|m| m.operate(Operation::Shr, A, A, B), "30fa01f0"), // lsrs.w r0, r0, r1
            (|m| m.operate(Operation::Sar, A, A, B), "50fa01f0"), // asrs.w r0, r0, r1
            (|m| m.operate_by(Operation::Add, C, A, 2), "821c"), // adds r2, r0, #2
            (|m| m.operate_by(Operation::Sub, C, A, 1), "421e"), // subs r2, r0, #1
            (|m| m.operate_by(Operation::Add, A, A, 14), "0e23c018"), // movs r3, #14; adds r0, r0, r3
            (|m| m.operate_by(Operation::Xor, A, A, 1), "012390ea0300"), // movs r3, #1; eors.w r0, r0, r3
            (|m| m.operate_by(Operation::Shl, C, A, 3), "c200"), // lsls r2, r0, #3
            (|m| m.operate_by(Operation::Sar, B, C, 31), "d117"), // asrs r1, r2, #31
            (|m| m.operate_by(Operation::Shr, B, C, 7), "d109"), // lsrs r1, r2, #7
            (|m| { m.multiply_tagged(); }, "42104b1e82fb0323b3ebe27f"), // asrs r2, r0, #1; subs r3, r1, #1; smull r2, r3, r2, r3; cmp.w r3, r2, asr #31
            (|m| m.negate(A, B), "4842"), // rsbs r0, r1, #0
            (|m| m.compare(A, B), "8842"), // cmp r0, r1
            (|m| m.compare_with(C, 46), "2e2a"), // cmp r2, #46
            (|m| m.compare_with(A, 1000), "40f2e8339842"), // movw r3, #1000; cmp r0, r3
            (|m| m.test_tag(C), "d307"), // lsls r3, r2, #31
            (|m| m.set(Condition::Less), "b4bf01200020"), // ite lt; movlt r0, #1; movge r0, #0
            (|m| m.set(Condition::GreaterEqual), "acbf01200020"), // ite ge; movge r0, #1; movlt r0, #0
            (|m| m.test_pending(), "3378002b"), // ldrb r3, [r6]; cmp r3, #0
            (|m| m.read(0), "0078"), // ldrb r0, [r0]
            (|m| m.read(1), "0088"), // ldrh r0, [r0]
            (|m| m.read(2), "0068"), // ldr r0, [r0]
            (|m| m.write(0), "0170"), // strb r1, [r0]
            (|m| m.write(1), "0180"), // strh r1, [r0]
            (|m| m.write(2), "0160"), // str r1, [r0]
            (|m| m.leave(0x0003_0041), "40f24100c0f2030070bd"), // movw r0, #0x41; movt r0, #3; pop {r4, r5, r6, pc}
            (|m| m.call(0x0800_1235, 9), "28462146092241f23523c0f600039847"), // mov r0, r5; mov r1, r4; movs r2, #9; movw r3, #0x1235; movt r3, #0x800; blx r3
            (|m| m.prologue(0x2000_0010), "70b504460d4640f21006c2f20006043b18681047"), // push {r4, r5, r6, lr}; mov r4, r0; mov r5, r1; movw r6, #0x10; movt r6, #0x2000; subs r3, #4; ldr r0, [r3]; bx r2
            (|m| { let to = m.branch(Condition::Above); m.direct(to, 4000); }, "00f2ce87"), // bhi.w #3996
            (|m| { let to = m.branch(Condition::Equal); m.direct(to, 0); }, "3ff4feaf"), // beq.w #-4
            (|m| { let to = m.jump(); m.direct(to, 70000); }, "11f0b6b8"), // b.w #69996
        ];
        for (write, expected) in rows {
            assert_eq!(written(*write), *expected);
        }
    }
}
