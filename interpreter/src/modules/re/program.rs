//! What a pattern is compiled to: bytes, each instruction an opcode and its operands.
//!
//! Jumps are relative, so a quantifier may put instructions before code that is there already. Operands are of 16 or 24 bits.
//!
//! ```text
//!   [groups 16][extra slots 16][flags 16][gate][instruction …]
//! ```
//!
//! A gate says what a byte must be where some code begins, so that it is not tried in vain. Only hosts have them (`gate`).

/// Flags, with CPython's numbers.
pub(super) mod flag {
    pub(in super::super) const IGNORECASE: u16 = 2;
    pub(in super::super) const LOCALE: u16 = 4;
    pub(in super::super) const MULTILINE: u16 = 8;
    pub(in super::super) const DOTALL: u16 = 16;
    pub(in super::super) const UNICODE: u16 = 32;
    pub(in super::super) const VERBOSE: u16 = 64;
    pub(in super::super) const ASCII: u16 = 256;
    /// Not a program's: the pattern says places in a way that MicroPython's patterns cannot, so `split` cuts at an empty match.
    pub(in super::super) const PLACES: u16 = 1 << 14;
}

/// Bytes of a gate: its kind, the byte of `gate::kind::ONE`, a bit for every byte.
pub(super) const GATE: usize = if crate::WHOLE { 34 } else { 0 };
/// Bytes in which a set says which bytes belong to it.
pub(super) const BITS: usize = if crate::WHOLE { 32 } else { 0 };
/// Where the gate of the whole lies.
pub(super) const WHOLE_GATE: usize = 6;
/// Bytes before the first instruction.
pub(super) const HEADER: usize = WHOLE_GATE + GATE;
/// Bytes of a `SPLIT`, `LOOP`, `REPEAT` (without what it repeats), of a `SET` without its items.
pub(super) const SPLIT: usize = 4 + 2 * GATE;
pub(super) const LOOP: usize = 13 + 2 * GATE;
pub(super) const REPEAT: usize = 8 + GATE;
pub(super) const SET: usize = 5 + BITS;
/// No upper bound of a repetition; no step back of a look.
pub(super) const MANY: u32 = 0xff_ffff;

/// Opcodes.
pub(super) mod op {
    /// The end: all matched.
    pub(in super::super) const MATCH: u8 = 0;
    /// `CHAR c24`: this character.
    pub(in super::super) const CHAR: u8 = 1;
    /// `FOLDED c24`: a character whose lower case is this.
    pub(in super::super) const FOLDED: u8 = 2;
    /// Any character but a line end.
    pub(in super::super) const ANY: u8 = 3;
    /// Any character.
    pub(in super::super) const ALL: u8 = 4;
    /// `SET style8 length24 bits item…`: a character of a set. Bit 0 of the style: not one of it; bit 1: in either case.
    pub(in super::super) const SET: u8 = 5;
    /// `SPLIT jump24 gate gate`: goes on, and later perhaps there. The gates are of what comes here, and there.
    pub(in super::super) const SPLIT: u8 = 6;
    /// `SPLIT_LAZY jump24 gate gate`: goes there, and later perhaps on.
    pub(in super::super) const SPLIT_LAZY: u8 = 7;
    /// `JUMP jump24`.
    pub(in super::super) const JUMP: u8 = 8;
    /// `SAVE slot16`: notes the position.
    pub(in super::super) const SAVE: u8 = 9;
    /// `AT what8`: a place, not a character.
    pub(in super::super) const AT: u8 = 10;
    /// `SAME style8 group16`: what the group matched, again. Bit 1 of the style: in either case.
    pub(in super::super) const SAME: u8 = 11;
    /// `REPEAT min24 max24 mode8 gate`, then an instruction that matches one character. The gate is of what comes behind that.
    pub(in super::super) const REPEAT: u8 = 12;
    /// `BEGIN slot16`: a loop begins; its count is in the slot, its last place in the next.
    pub(in super::super) const BEGIN: u8 = 13;
    /// `LOOP slot16 min24 max24 mode8 jump24 gate gate`: once more (what follows), or done (there), and the gates of both.
    pub(in super::super) const LOOP: u8 = 14;
    /// `STEP slot16`: counts one more.
    pub(in super::super) const STEP: u8 = 15;
    /// `LOOK slot16 kind8 back24 jump24`: matches aside up to `LOOKED`, whose successor is there.
    pub(in super::super) const LOOK: u8 = 16;
    /// `LOOKED slot16 kind8`.
    pub(in super::super) const LOOKED: u8 = 17;
    /// `IF group16 jump24`: goes on if the group matched, or there.
    pub(in super::super) const IF: u8 = 18;
}

/// Modes of repetition.
pub(super) mod mode {
    pub(in super::super) const GREEDY: u8 = 0;
    pub(in super::super) const LAZY: u8 = 1;
    pub(in super::super) const POSSESSIVE: u8 = 2;
}

/// Kinds of `LOOK`.
pub(super) mod look {
    /// `(?=…)`, `(?<=…)`
    pub(in super::super) const POSITIVE: u8 = 0;
    /// `(?!…)`, `(?<!…)`
    pub(in super::super) const NEGATIVE: u8 = 1;
    /// `(?>…)`
    pub(in super::super) const ATOMIC: u8 = 2;
}

/// Operands of `AT`.
pub(super) mod at {
    pub(in super::super) const START: u8 = 0;
    pub(in super::super) const LINE_START: u8 = 1;
    /// The end, or before a line end that is the last character.
    pub(in super::super) const END: u8 = 2;
    pub(in super::super) const LINE_END: u8 = 3;
    pub(in super::super) const VERY_END: u8 = 4;
    pub(in super::super) const WORD: u8 = 5;
    pub(in super::super) const NOT_WORD: u8 = 6;
    /// Added to `WORD` and `NOT_WORD`: letters are those of ASCII.
    pub(in super::super) const ASCII: u8 = 8;
}

/// Items of a set: `RANGE low24 high24`, or `CLASS`/`ASCII_CLASS` and its letter.
pub(super) mod item {
    pub(in super::super) const RANGE: u8 = 0;
    pub(in super::super) const CLASS: u8 = 1;
    pub(in super::super) const ASCII_CLASS: u8 = 2;
}

/// The 16-bit operand at `at`.
pub(super) fn operand16(code: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes([code[at], code[at + 1]]))
}

/// The 24-bit operand at `at`.
pub(super) fn operand24(code: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([code[at], code[at + 1], code[at + 2], 0])
}

/// Where the jump whose operand is at `at` goes: relative to the operand's end.
pub(super) fn target(code: &[u8], at: usize) -> usize {
    let offset = ((operand24(code, at) << 8) as i32) >> 8;
    (at + 3).wrapping_add_signed(offset as isize)
}

/// Whether a byte's bit is set in a gate's or a set's bits.
#[inline(always)]
pub(super) fn has_bit(bits: &[u8], byte: u8) -> bool {
    bits[usize::from(byte >> 3)] >> (byte & 7) & 1 != 0
}

/// Bytes of the instruction at `pc`; of a `REPEAT`, without what it repeats.
pub(super) fn length(code: &[u8], pc: usize) -> usize {
    match code[pc] {
        op::CHAR | op::FOLDED | op::JUMP | op::SAME | op::LOOKED => 4,
        op::SET => SET + operand24(code, pc + 2) as usize,
        op::SPLIT | op::SPLIT_LAZY => SPLIT,
        op::SAVE | op::BEGIN | op::STEP => 3,
        op::AT => 2,
        op::REPEAT => REPEAT,
        op::LOOP => LOOP,
        op::LOOK => 10,
        op::IF => 6,
        _ => 1,
    }
}
