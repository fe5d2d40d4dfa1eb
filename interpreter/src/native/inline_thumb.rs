//! The instructions of `@micropython.asm_thumb`: THE table mnemonic → encoding (ARM DDI 0403E, chapter A7).
//!
//! A row is a mnemonic, its operands with the place of each in the instruction, and the instruction without them: 16 bits, or
//! 32 with the first half on top. Rows of the same name are forms; the first whose operands fit is taken. What no row can say
//! (branches, `it…`, lists of registers) stands below the table. The instructions of the floating-point unit are there where the
//! image is built for it, since the start-up code switches it on then.

use super::assembler::Code;

/// An argument as it was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Argument {
    /// r0 to r15.
    Register(u8),
    /// A number.
    Number(u32),
    /// `[Rn, offset]`
    Memory(u8, u32),
    /// A register that only `mrs` reads.
    Special(u8),
    /// s0 to s31.
    Single(u8),
    /// `FPSCR`
    Status,
    /// `APSR_nzcv`
    Flags,
    /// `{r0, lr}`: a bit each.
    List(u16),
    /// Something else: a label, a condition.
    Other,
}

/// An operand, and where its bits begin.
#[derive(Clone, Copy)]
enum Operand {
    /// r0 to r7.
    Low(u8),
    /// Any register.
    Any(u8),
    /// Any register, at both places.
    Twice(u8, u8),
    /// Any register: its lowest three bits at 0, the fourth at 7.
    Split,
    /// A number: where, and of how many bits.
    Number(u8, u8),
    /// A number of 16 bits, as `movw` has it.
    Half,
    /// Memory: where the register is, where the offset, how many bits that has, and the logarithm of what it counts in.
    Memory(u8, u8, u8, u8),
    /// A special register.
    Special,
    /// A register of the floating-point unit: its upper four bits, the lowest.
    Single(u8, u8),
    /// The status of the floating-point unit.
    Status,
    /// The processor's flags.
    Flags,
    /// A number that means nothing.
    Ignored,
}
use Operand::{Any, Flags, Half, Ignored, Low, Memory, Number, Single, Special, Split, Status, Twice};

/// Whether the processor has a floating-point unit that is in use. The table is compared on any computer.
pub const FLOATS: bool = cfg!(any(test, target_abi = "eabihf"));

/// Where the instructions of the floating-point unit have their registers.
const D: Operand = Single(12, 22);
const N: Operand = Single(16, 7);
const M: Operand = Single(0, 5);

type Row = (&'static str, &'static [Operand], u32);

static ROWS: &[Row] = &[
    ("nop", &[], 0xbf00),
    ("wfi", &[], 0xbf30),
    ("cpsid", &[Ignored], 0xb672),
    ("cpsie", &[Ignored], 0xb662),
    ("bx", &[Any(3)], 0x4700),
    ("mov", &[Split, Any(3)], 0x4600),
    ("mov", &[Low(8), Number(0, 8)], 0x2000),
    ("movw", &[Any(8), Half], 0xf240_0000),
    ("movt", &[Any(8), Half], 0xf2c0_0000),
    ("and_", &[Low(0), Low(3)], 0x4000),
    ("eor", &[Low(0), Low(3)], 0x4040),
    ("lsl", &[Low(0), Low(3)], 0x4080),
    ("lsl", &[Low(0), Low(3), Number(6, 5)], 0x0000),
    ("lsr", &[Low(0), Low(3)], 0x40c0),
    ("lsr", &[Low(0), Low(3), Number(6, 5)], 0x0800),
    ("asr", &[Low(0), Low(3)], 0x4100),
    ("asr", &[Low(0), Low(3), Number(6, 5)], 0x1000),
    ("adc", &[Low(0), Low(3)], 0x4140),
    ("sbc", &[Low(0), Low(3)], 0x4180),
    ("ror", &[Low(0), Low(3)], 0x41c0),
    ("tst", &[Low(0), Low(3)], 0x4200),
    ("neg", &[Low(0), Low(3)], 0x4240),
    ("cmp", &[Low(0), Low(3)], 0x4280),
    ("cmp", &[Low(8), Number(0, 8)], 0x2800),
    ("cmn", &[Low(0), Low(3)], 0x42c0),
    ("orr", &[Low(0), Low(3)], 0x4300),
    ("mul", &[Low(0), Low(3)], 0x4340),
    ("bic", &[Low(0), Low(3)], 0x4380),
    ("mvn", &[Low(0), Low(3)], 0x43c0),
    ("add", &[Low(8), Number(0, 8)], 0x3000),
    ("add", &[Low(0), Low(3), Low(6)], 0x1800),
    ("add", &[Low(0), Low(3), Number(6, 3)], 0x1c00),
    ("sub", &[Low(8), Number(0, 8)], 0x3800),
    ("sub", &[Low(0), Low(3), Low(6)], 0x1a00),
    ("sub", &[Low(0), Low(3), Number(6, 3)], 0x1e00),
    ("clz", &[Any(8), Twice(0, 16)], 0xfab0_f080),
    ("rbit", &[Any(8), Twice(0, 16)], 0xfa90_f0a0),
    ("sdiv", &[Any(8), Any(16), Any(0)], 0xfb90_f0f0),
    ("udiv", &[Any(8), Any(16), Any(0)], 0xfbb0_f0f0),
    ("mrs", &[Any(8), Special], 0xf3ef_8000),
    ("ldr", &[Low(0), Memory(3, 6, 5, 2)], 0x6800),
    ("ldrb", &[Low(0), Memory(3, 6, 5, 0)], 0x7800),
    ("ldrh", &[Low(0), Memory(3, 6, 5, 1)], 0x8800),
    ("str", &[Low(0), Memory(3, 6, 5, 2)], 0x6000),
    ("strb", &[Low(0), Memory(3, 6, 5, 0)], 0x7000),
    ("strh", &[Low(0), Memory(3, 6, 5, 1)], 0x8000),
    ("ldrex", &[Any(12), Memory(16, 0, 8, 2)], 0xe850_0f00),
    ("strex", &[Any(8), Any(12), Memory(16, 0, 8, 2)], 0xe840_0000),
];

static FLOAT_ROWS: &[Row] = &[
    ("vadd", &[D, N, M], 0xee30_0a00),
    ("vsub", &[D, N, M], 0xee30_0a40),
    ("vmul", &[D, N, M], 0xee20_0a00),
    ("vdiv", &[D, N, M], 0xee80_0a00),
    ("vneg", &[D, M], 0xeeb1_0a40),
    ("vsqrt", &[D, M], 0xeeb1_0ac0),
    ("vcmp", &[D, M], 0xeeb4_0a40),
    ("vcvt_f32_s32", &[D, M], 0xeeb8_0ac0),
    ("vcvt_s32_f32", &[D, M], 0xeebd_0ac0),
    ("vmov", &[N, Any(12)], 0xee00_0a10),
    ("vmov", &[Any(12), N], 0xee10_0a10),
    ("vmrs", &[Flags, Status], 0xeef1_fa10),
    ("vmrs", &[Any(12), Status], 0xeef1_0a10),
    ("vldr", &[D, Memory(16, 0, 8, 2)], 0xed90_0a00),
    ("vstr", &[D, Memory(16, 0, 8, 2)], 0xed80_0a00),
];

/// Why an argument is none for its instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// There is no such instruction with so many arguments.
    Unknown,
    /// A register is expected.
    Register,
    /// Only the first eight registers are.
    Low,
    /// An integer is expected.
    Number,
    /// An integer is too large, or not a multiple.
    Range,
    /// `[Rn, offset]` is expected.
    Memory,
    /// A special register is expected.
    Special,
    /// `{r0, …}` is expected.
    List,
    /// A register of the floating-point unit is.
    Single,
}

impl Operand {
    /// The bits of an argument.
    fn bits(self, argument: Argument) -> Result<u32, Fault> {
        let register = match argument {
            Argument::Register(register) => Ok(u32::from(register)),
            _ => Err(Fault::Register),
        };
        let scaled = |number: u32, bits: u8, scale: u8| {
            let field = number >> scale;
            if field >> bits == 0 && field << scale == number { Ok(field) } else { Err(Fault::Range) }
        };
        match self {
            Low(at) => match register? {
                low @ 0..=7 => Ok(low << at),
                _ => Err(Fault::Low),
            },
            Any(at) => Ok(register? << at),
            Twice(at, again) => Ok(register? << at | register? << again),
            Split => Ok(register? & 7 | (register? & 8) << 4),
            Number(at, bits) => match argument {
                Argument::Number(number) => Ok(scaled(number, bits, 0)? << at),
                _ => Err(Fault::Number),
            },
            Half => match argument {
                Argument::Number(number) => {
                    let number = scaled(number, 16, 0)?;
                    Ok((number >> 12) << 16 | (number >> 11 & 1) << 26 | (number >> 8 & 7) << 12 | number & 0xff)
                }
                _ => Err(Fault::Number),
            },
            Memory(base, at, bits, scale) => match argument {
                Argument::Memory(register, _) if at == 6 && register > 7 => Err(Fault::Low),
                Argument::Memory(register, offset) => Ok(u32::from(register) << base | scaled(offset, bits, scale)? << at),
                _ => Err(Fault::Memory),
            },
            Special => match argument {
                Argument::Special(number) => Ok(u32::from(number)),
                _ => Err(Fault::Special),
            },
            Single(upper, lowest) => match argument {
                Argument::Single(number) => Ok(u32::from(number >> 1) << upper | u32::from(number & 1) << lowest),
                _ => Err(Fault::Single),
            },
            Status if argument == Argument::Status => Ok(0),
            Flags if argument == Argument::Flags => Ok(0),
            Status | Flags => Err(Fault::Special),
            Ignored => Ok(0),
        }
    }
}

/// The instruction: 16 bits, or 32 with the first half on top.
///
/// # Errors
/// What is wrong with the arguments of the last form that there is.
pub fn encode(name: &str, arguments: &[Argument]) -> Result<u32, Fault> {
    if let ("push" | "pop", [argument]) = (name, arguments) {
        return match argument {
            Argument::List(list) => Ok(stack(name == "push", u32::from(*list))),
            _ => Err(Fault::List),
        };
    }
    let mut fault = Fault::Unknown;
    let rows = ROWS.iter().chain(if FLOATS { FLOAT_ROWS } else { &[] });
    for (_, operands, opcode) in rows.filter(|row| row.0 == name && row.1.len() == arguments.len()) {
        let bits =
            operands.iter().zip(arguments).try_fold(*opcode, |all, (operand, argument)| Ok(all | operand.bits(*argument)?));
        match bits {
            Ok(bits) => return Ok(bits),
            Err(found) => fault = found,
        }
    }
    Err(fault)
}

/// `push` and `pop`: the short form has the first eight registers and lr, or pc.
fn stack(is_push: bool, list: u32) -> u32 {
    let extra = if is_push { 1 << 14 } else { 1 << 15 };
    if list & !(0xff | extra) == 0 {
        return (if is_push { 0xb400 } else { 0xbc00 }) | list & 0xff | ((list & extra != 0) as u32) << 8;
    }
    match (list.count_ones(), is_push) {
        (1, true) => 0xf84d_0d04 | list.trailing_zeros() << 12,
        (1, false) => 0xf85d_0b04 | list.trailing_zeros() << 12,
        (_, true) => 0xe92d_0000 | list,
        (_, false) => 0xe8bd_0000 | list,
    }
}

/// A condition, by its name.
pub fn condition(name: &str) -> Option<u32> {
    const NAMES: [&str; 14] = ["eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le"];
    NAMES.iter().position(|known| *known == name).map(|number| number as u32)
}

/// `it`, `itt`, `ite` … of a condition.
pub fn if_then(name: &str, condition: u32) -> Option<u32> {
    let letters = name.strip_prefix("it").filter(|letters| letters.len() < 4)?;
    let (mut mask, mut at) = (0, 3);
    for letter in letters.bytes() {
        match letter {
            b't' => mask |= (condition & 1) << at,
            b'e' => mask |= (!condition & 1) << at,
            _ => return None,
        }
        at -= 1;
    }
    Some(0xbf00 | condition << 4 | mask | 1 << at)
}

/// Adds an instruction: 16 bits, or 32 with the first half on top.
pub fn put(code: &mut Code, bits: u32) {
    if bits > 0xffff { code.put_u32(bits.rotate_left(16)) } else { code.put(&(bits as u16).to_le_bytes()) }
}

/// A branch.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Branch {
    /// `b`
    Always,
    /// `bl`
    Link,
    /// `beq` or `beq_n`
    If(u32),
    /// `beq_w`
    Far(u32),
    /// What the translator writes, since it does not know how far it goes.
    Wide,
}

/// The branch of this name.
pub fn branch(name: &str) -> Option<Branch> {
    match name {
        "b" => return Some(Branch::Always),
        "bl" => return Some(Branch::Link),
        _ => {}
    }
    let rest = name.strip_prefix('b')?;
    if let Some(far) = rest.strip_suffix("_w") {
        return condition(far).map(Branch::Far);
    }
    condition(rest.strip_suffix("_n").unwrap_or(rest)).map(Branch::If)
}

impl Branch {
    /// The instruction that goes so many bytes on from its own start; `None` if that is too far.
    pub fn encode(self, distance: i32) -> Option<u32> {
        let distance = distance - 4;
        let fits = |bits: u32| distance >> (bits - 1) == 0 || distance >> (bits - 1) == -1;
        let (bits, field) = (distance as u32, distance as u32 >> 1);
        match self {
            Branch::Always => fits(12).then_some(0xe000 | field & 0x7ff),
            Branch::If(condition) => fits(9).then_some(0xd000 | condition << 8 | field & 0xff),
            Branch::Far(condition) => fits(21).then_some(
                0xf000_8000
                    | (bits >> 31) << 26
                    | condition << 22
                    | (bits >> 12 & 0x3f) << 16
                    | (bits >> 18 & 1) << 13
                    | (bits >> 19 & 1) << 11
                    | field & 0x7ff,
            ),
            Branch::Link | Branch::Wide => {
                let sign = bits >> 31;
                let same = |n: u32| !(bits >> n) & 1 ^ sign;
                let opcode = if self == Branch::Link { 0xf000_d000 } else { 0xf000_9000 };
                fits(25)
                    .then_some(opcode | sign << 26 | (bits >> 12 & 0x3ff) << 16 | same(23) << 13 | same(22) << 11 | field & 0x7ff)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Argument::{Flags, List, Number as N, Register as R, Single as F, Special as S, Status};

    fn code(name: &str, arguments: &[Argument]) -> u32 {
        encode(name, arguments).expect("an instruction")
    }

    /// Expected encodings are those of LLVM's assembler, for the source in the comment.
    #[test]
    fn instructions_are_those_of_another_assembler() {
        let at = |register, offset| Argument::Memory(register, offset);
        let rows: &[(&str, &[Argument], u32)] = &[
            ("nop", &[], 0xbf00),                               // nop
            ("wfi", &[], 0xbf30),                               // wfi
            ("cpsid", &[N(1)], 0xb672),                         // cpsid i
            ("cpsie", &[N(1)], 0xb662),                         // cpsie i
            ("bx", &[R(14)], 0x4770),                           // bx lr
            ("mov", &[R(9), R(2)], 0x4691),                     // mov r9, r2
            ("mov", &[R(2), R(12)], 0x4662),                    // mov r2, r12
            ("mov", &[R(3), N(200)], 0x23c8),                   // movs r3, #200
            ("movw", &[R(8), N(0xabcd)], 0xf64a_38cd),          // movw r8, #0xabcd
            ("movt", &[R(9), N(0x8765)], 0xf2c8_7965),          // movt r9, #0x8765
            ("and_", &[R(1), R(2)], 0x4011),                    // ands r1, r2
            ("eor", &[R(7), R(0)], 0x4047),                     // eors r7, r0
            ("lsl", &[R(3), R(4)], 0x40a3),                     // lsls r3, r4
            ("lsl", &[R(3), R(4), N(9)], 0x0263),               // lsls r3, r4, #9
            ("lsr", &[R(3), R(4)], 0x40e3),                     // lsrs r3, r4
            ("lsr", &[R(3), R(4), N(31)], 0x0fe3),              // lsrs r3, r4, #31
            ("asr", &[R(5), R(6)], 0x4135),                     // asrs r5, r6
            ("asr", &[R(5), R(6), N(1)], 0x1075),               // asrs r5, r6, #1
            ("adc", &[R(0), R(7)], 0x4178),                     // adcs r0, r7
            ("sbc", &[R(1), R(6)], 0x41b1),                     // sbcs r1, r6
            ("ror", &[R(2), R(5)], 0x41ea),                     // rors r2, r5
            ("tst", &[R(3), R(4)], 0x4223),                     // tst r3, r4
            ("neg", &[R(4), R(3)], 0x425c),                     // rsbs r4, r3, #0
            ("cmp", &[R(5), R(2)], 0x4295),                     // cmp r5, r2
            ("cmp", &[R(6), N(255)], 0x2eff),                   // cmp r6, #255
            ("cmn", &[R(7), R(1)], 0x42cf),                     // cmn r7, r1
            ("orr", &[R(0), R(1)], 0x4308),                     // orrs r0, r1
            ("mul", &[R(2), R(3)], 0x435a),                     // muls r2, r3, r2
            ("bic", &[R(4), R(5)], 0x43ac),                     // bics r4, r5
            ("mvn", &[R(6), R(7)], 0x43fe),                     // mvns r6, r7
            ("add", &[R(5), N(77)], 0x354d),                    // adds r5, #77
            ("add", &[R(1), R(2), R(3)], 0x18d1),               // adds r1, r2, r3
            ("add", &[R(1), R(2), N(7)], 0x1dd1),               // adds r1, r2, #7
            ("sub", &[R(5), N(78)], 0x3d4e),                    // subs r5, #78
            ("sub", &[R(1), R(2), R(3)], 0x1ad1),               // subs r1, r2, r3
            ("sub", &[R(1), R(2), N(5)], 0x1f51),               // subs r1, r2, #5
            ("clz", &[R(8), R(9)], 0xfab9_f889),                // clz r8, r9
            ("rbit", &[R(1), R(12)], 0xfa9c_f1ac),              // rbit r1, r12
            ("sdiv", &[R(1), R(2), R(3)], 0xfb92_f1f3),         // sdiv r1, r2, r3
            ("udiv", &[R(9), R(10), R(11)], 0xfbba_f9fb),       // udiv r9, r10, r11
            ("mrs", &[R(4), S(5)], 0xf3ef_8405),                // mrs r4, ipsr
            ("mrs", &[R(5), S(17)], 0xf3ef_8511),               // mrs r5, basepri
            ("ldr", &[R(1), at(2, 124)], 0x6fd1),               // ldr r1, [r2, #124]
            ("ldrb", &[R(1), at(2, 31)], 0x7fd1),               // ldrb r1, [r2, #31]
            ("ldrh", &[R(1), at(2, 62)], 0x8fd1),               // ldrh r1, [r2, #62]
            ("str", &[R(3), at(4, 4)], 0x6063),                 // str r3, [r4, #4]
            ("strb", &[R(3), at(4, 1)], 0x7063),                // strb r3, [r4, #1]
            ("strh", &[R(3), at(4, 2)], 0x8063),                // strh r3, [r4, #2]
            ("ldrex", &[R(1), at(2, 8)], 0xe852_1f02),          // ldrex r1, [r2, #8]
            ("strex", &[R(1), R(2), at(3, 1020)], 0xe843_21ff), // strex r1, r2, [r3, #1020]
            ("push", &[List(0x4081)], 0xb581),                  // push {r0, r7, lr}
            ("push", &[List(0x4102)], 0xe92d_4102),             // push {r1, r8, lr}
            ("push", &[List(0x0200)], 0xf84d_9d04),             // push {r9}
            ("pop", &[List(0x8002)], 0xbd02),                   // pop {r1, pc}
            ("pop", &[List(0x1004)], 0xe8bd_1004),              // pop {r2, r12}
            ("pop", &[List(0x0400)], 0xf85d_ab04),              // pop {r10}
            ("vadd", &[F(1), F(2), F(3)], 0xee71_0a21),         // vadd.f32 s1, s2, s3
            ("vsub", &[F(30), F(31), F(0)], 0xee3f_fac0),       // vsub.f32 s30, s31, s0
            ("vmul", &[F(7), F(7), F(7)], 0xee63_3aa3),         // vmul.f32 s7, s7, s7
            ("vdiv", &[F(4), F(17), F(8)], 0xee88_2a84),        // vdiv.f32 s4, s17, s8
            ("vneg", &[F(9), F(10)], 0xeef1_4a45),              // vneg.f32 s9, s10
            ("vsqrt", &[F(12), F(13)], 0xeeb1_6ae6),            // vsqrt.f32 s12, s13
            ("vcmp", &[F(1), F(0)], 0xeef4_0a40),               // vcmp.f32 s1, s0
            ("vcvt_f32_s32", &[F(5), F(6)], 0xeef8_2ac3),       // vcvt.f32.s32 s5, s6
            ("vcvt_s32_f32", &[F(6), F(5)], 0xeebd_3ae2),       // vcvt.s32.f32 s6, s5
            ("vmov", &[F(3), R(11)], 0xee01_ba90),              // vmov s3, r11
            ("vmov", &[R(2), F(29)], 0xee1e_2a90),              // vmov r2, s29
            ("vmrs", &[Flags, Status], 0xeef1_fa10),            // vmrs APSR_nzcv, fpscr
            ("vmrs", &[R(4), Status], 0xeef1_4a10),             // vmrs r4, fpscr
            ("vldr", &[F(1), at(9, 1020)], 0xedd9_0aff),        // vldr s1, [r9, #1020]
            ("vstr", &[F(2), at(0, 8)], 0xed80_1a02),           // vstr s2, [r0, #8]
        ];
        for (name, arguments, expected) in rows {
            assert_eq!(code(name, arguments), *expected, "{name} {arguments:?}");
        }
    }

    #[test]
    fn branches_are_those_of_another_assembler() {
        let rows = [
            (Branch::Always, 0, 0xe7fe),
            (Branch::Always, -2, 0xe7fd),
            (Branch::Always, 100, 0xe030),
            (Branch::Always, 2050, 0xe3ff),
            (Branch::Always, -2044, 0xe400),
            (Branch::If(0), 0, 0xd0fe),
            (Branch::If(0), -10, 0xd0f9),
            (Branch::If(0), 258, 0xd07f),
            (Branch::If(0), -252, 0xd080),
            (Branch::Far(11), 0, 0xf6ff_affe),
            (Branch::Far(11), -1000, 0xf6ff_ae0a),
            (Branch::Far(11), 300000, 0xf2c9_a1ee),
            (Branch::Far(11), -700000, 0xf6d5_a0ce),
            (Branch::Link, 0, 0xf7ff_fffe),
            (Branch::Link, -4000, 0xf7ff_f82e),
            (Branch::Link, 5000000, 0xf0c4_f59e),
            (Branch::Link, -9000000, 0xf76a_ddde),
            (Branch::Wide, 0, 0xf7ff_bffe),
            (Branch::Wide, -4000, 0xf7ff_b82e),
            (Branch::Wide, 5000000, 0xf0c4_b59e),
        ];
        for (branch, distance, expected) in rows {
            assert_eq!(branch.encode(distance), Some(expected), "{distance} bytes on");
        }
        assert_eq!(Branch::Always.encode(2052), None);
        assert_eq!(Branch::If(0).encode(-254), None);
    }

    #[test]
    fn conditions_follow_their_letters() {
        // it eq; ite eq; ittte ge; iteee lt
        let rows = [("it", "eq", 0xbf08), ("ite", "eq", 0xbf0c), ("ittte", "ge", 0xbfa3), ("iteee", "lt", 0xbfb1)];
        for (name, on, expected) in rows {
            assert_eq!(if_then(name, condition(on).expect("a condition")), Some(expected), "{name} {on}");
        }
        assert_eq!(if_then("itx", 0), None);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let rows: [(&str, &[Argument], Fault); 9] = [
            ("mov", &[R(0), N(256)], Fault::Range),
            ("add", &[R(8), N(1)], Fault::Low),
            ("ldr", &[R(0), Argument::Memory(1, 2)], Fault::Range),
            ("ldr", &[R(0), R(1)], Fault::Memory),
            ("push", &[R(0)], Fault::List),
            ("mrs", &[R(0), R(1)], Fault::Special),
            ("vadd", &[F(0), F(1), R(2)], Fault::Single),
            ("vmrs", &[R(0), S(5)], Fault::Special),
            ("nothing", &[], Fault::Unknown),
        ];
        for (name, arguments, fault) in rows {
            assert_eq!(encode(name, arguments), Err(fault), "{name} {arguments:?}");
        }
    }
}
