//! What the translator asks of a processor: some thirty methods, in the three-operand form, which a two-operand machine can
//! narrow but not the reverse. No register has its own name here: A, B and C are for work, and nothing in them outlives
//! a call or a way out.

use crate::object::handle::Handle;
use crate::object::print::RawBytes;

/// A register for work.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Register {
    /// The first; also what a condition gives, and what is read from memory.
    A = 0,
    /// The second; also the count of a shift, and what is written to memory.
    B = 1,
    /// The third.
    C = 2,
}

/// An operation on two machine words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `a + b`; sets `Overflow`.
    Add,
    /// `a - b`; sets `Overflow`.
    Sub,
    /// `a * b`, the low word.
    Mul,
    /// Bits that both have.
    And,
    /// Bits that one has.
    Or,
    /// Bits that differ.
    Xor,
    /// Shifts to the left.
    Shl,
    /// Shifts to the right, without sign.
    Shr,
    /// Shifts to the right, with sign.
    Sar,
}

/// What a comparison or an operation left behind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// a = b, or zero.
    Equal,
    /// a ≠ b, or not zero.
    Unequal,
    /// Signed a < b.
    Less,
    /// Signed a > b.
    Greater,
    /// Signed a ≤ b.
    LessEqual,
    /// Signed a ≥ b.
    GreaterEqual,
    /// Unsigned a < b.
    Below,
    /// Unsigned a > b.
    Above,
    /// Unsigned a ≤ b.
    BelowEqual,
    /// Unsigned a ≥ b.
    AboveEqual,
    /// The signed result did not fit.
    Overflow,
}

impl Condition {
    /// What holds when this does not.
    pub fn inverted(self) -> Condition {
        use Condition::*;
        match self {
            Equal => Unequal,
            Unequal => Equal,
            Less => GreaterEqual,
            Greater => LessEqual,
            LessEqual => Greater,
            GreaterEqual => Less,
            Below => AboveEqual,
            Above => BelowEqual,
            BelowEqual => Above,
            AboveEqual => Below,
            // Nobody asks for what fits.
            Overflow => Overflow,
        }
    }
}

/// A branch whose target is written later: where its instruction begins, and its condition as the processor counts them.
#[derive(Clone, Copy)]
pub struct Branch {
    /// Offset in the code.
    pub at: usize,
    /// `None`: it always jumps.
    pub condition: Option<u8>,
}

/// Bytes of code: only counted at first, written when it is known how many they are.
#[derive(Default)]
pub struct Code {
    memory: Option<(Handle<RawBytes>, usize)>,
    length: usize,
}

impl Code {
    /// Begins anew, to be written into `memory` from `start` on, if at all.
    pub fn restart(&mut self, memory: Option<(Handle<RawBytes>, usize)>) {
        *self = Code { memory, length: 0 };
    }

    /// How many bytes there are: the place of the next one.
    #[expect(clippy::len_without_is_empty, reason = "code is a place to write to")]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Adds bytes.
    pub fn put(&mut self, bytes: &[u8]) {
        self.write(self.length, bytes);
        self.length += bytes.len();
    }

    /// Adds a number of four bytes.
    pub fn put_u32(&mut self, number: u32) {
        self.put(&number.to_le_bytes());
    }

    /// Writes over bytes.
    pub fn write(&mut self, at: usize, bytes: &[u8]) {
        if let Some((memory, start)) = self.memory {
            memory.put(start + at, bytes);
        }
    }
}

/// A processor. The frame's pointer, the interpreter's and that of its pending flag are in registers of its own choice.
pub trait Assembler {
    /// Whether there is code for it at all.
    const AVAILABLE: bool = true;
    /// Whether memory that can be written can be run as well.
    const RUNS_ITS_HEAP: bool;
    /// Bytes of an entry, and what it counts in.
    const ENTRY: usize;
    /// Code begins at multiples of this.
    const UNIT: usize;
    /// Words of a frame that an instruction reaches.
    const REACH: usize;

    /// An assembler that writes nothing yet.
    fn new() -> Self;
    /// What was written.
    fn code(&mut self) -> &mut Code;
    /// How this processor's calls name the code at an address.
    fn pointer(address: usize) -> *const () {
        core::ptr::with_exposed_provenance(address)
    }

    /// What `native::run` calls: goes on where it is told, with the word on top of the stack in A.
    fn prologue(&mut self, pending: usize);
    /// Leaves with a value.
    fn leave(&mut self, value: u32);
    /// Reads the frame's word of this number.
    fn load(&mut self, to: Register, slot: usize);
    /// Writes the frame's word of this number.
    fn store(&mut self, slot: usize, from: Register);
    /// A number.
    fn constant(&mut self, to: Register, value: usize);
    /// Copies a register.
    fn copy(&mut self, to: Register, from: Register);
    /// `to = a op b`; the count of a shift is in B, and `to` is another one then.
    fn operate(&mut self, operation: Operation, to: Register, a: Register, b: Register);
    /// `to = a op n`.
    fn operate_by(&mut self, operation: Operation, to: Register, a: Register, n: i32);
    /// C = the product of the small ints in A and B as a word without its tag. The condition says that it is none.
    fn multiply_tagged(&mut self) -> Condition;
    /// `to = -from`.
    fn negate(&mut self, to: Register, from: Register);
    /// Compares.
    fn compare(&mut self, a: Register, b: Register);
    /// Compares with a number.
    fn compare_with(&mut self, a: Register, n: i32);
    /// Sets `Equal` if the lowest bit is clear.
    fn test_tag(&mut self, a: Register);
    /// A = 1 if the condition holds, else 0.
    fn set(&mut self, condition: Condition);
    /// Sets `Unequal` if something wants the program's attention.
    fn test_pending(&mut self);
    /// Goes elsewhere if the condition holds.
    fn branch(&mut self, condition: Condition) -> Branch;
    /// Goes elsewhere.
    fn jump(&mut self) -> Branch;
    /// Says where a branch goes.
    fn direct(&mut self, branch: Branch, target: usize);
    /// A = the `1 << width` bytes at A, without sign.
    fn read(&mut self, width: u8);
    /// The `1 << width` bytes at A = B.
    fn write(&mut self, width: u8);
    /// A = helper(interpreter, frame, operand).
    fn call(&mut self, helper: usize, operand: u32);
}
