//! One instruction read from bytes: for the disassembler and the verifier. The VM reads its own way, faster.

use super::WIDTH;
use super::opcode::{Opcode, Operand};

/// An instruction, of code whose numbers have `W` bytes.
#[derive(Clone, Copy)]
pub struct Instruction<'a, const W: usize = WIDTH> {
    /// Its row.
    pub opcode: Opcode,
    /// Number within a range, operand, or (of two) the first.
    pub number: u32,
    /// The second operand of `ByteUnsigned`.
    pub second: u32,
    /// Offset of the instruction after it.
    pub end: usize,
    /// Distances of its labels.
    labels: &'a [u8],
}

impl<'a> Instruction<'a> {
    /// The instruction at `offset`; `None` if it is none, or goes on beyond the end of the code.
    pub fn read(code: &'a [u8], offset: usize) -> Option<Instruction<'a>> {
        Instruction::parse(code, offset)
    }
}

impl<'a, const W: usize> Instruction<'a, W> {
    /// As `read`.
    #[inline(always)]
    pub fn parse(code: &'a [u8], offset: usize) -> Option<Instruction<'a, W>> {
        let (opcode, number) = Opcode::decode(*code.get(offset)?)?;
        let mut reader = Reader { code, at: offset + 1 };
        let (mut second, mut labels) = (0, &code[..0]);
        let number = match opcode.operand() {
            Operand::None => number as u32,
            Operand::Byte => reader.byte()? as u32,
            Operand::Signed => reader.byte()? as i8 as u32,
            Operand::Bytes2 => (reader.byte()? as u32) << 8 | reader.byte()? as u32,
            Operand::Unsigned => reader.unsigned()?,
            Operand::Name => number_of(reader.bytes(W)?),
            Operand::Label => {
                labels = reader.bytes(W)?;
                0
            }
            Operand::ByteLabel => {
                let byte = reader.byte()? as u32;
                labels = reader.bytes(W)?;
                byte
            }
            Operand::Labels => {
                let count = reader.byte()? as usize;
                labels = reader.bytes(W * count)?;
                count as u32
            }
            Operand::ByteUnsigned => {
                let byte = reader.byte()? as u32;
                second = reader.unsigned()?;
                byte
            }
        };
        Some(Instruction { opcode, number, second, end: reader.at, labels })
    }

    /// Where its labels are; a distance that leads before the start gives a number beyond any code.
    pub fn targets(self) -> impl Iterator<Item = usize> + 'a {
        let unused = 32 - 8 * W;
        let distance = move |label: &[u8]| ((number_of(label) << unused) as i32 >> unused) as isize;
        self.labels.chunks_exact(W).map(move |label| self.end.wrapping_add_signed(distance(label)))
    }

    /// Where its name or its labels begin, in numbers of `W` bytes, and how many there are.
    #[cfg(feature = "full")]
    pub fn numbers(&self, offset: usize) -> (usize, usize) {
        match self.opcode.operand() {
            Operand::Name => (offset + 1, 1),
            _ => (self.end - self.labels.len(), self.labels.len() / W),
        }
    }

    /// Whether what follows it is not reached from it.
    pub fn is_final(self) -> bool {
        matches!(
            self.opcode,
            Opcode::Jump | Opcode::Return | Opcode::Raise | Opcode::RaiseFrom | Opcode::RaiseAgain | Opcode::ReRaise
        )
    }

    /// How many values it takes off the stack at most before it pushes any: what must be there.
    pub fn needs(self) -> usize {
        let n = self.number as usize;
        match self.opcode {
            Opcode::Call => 1 + (n >> 8) + 2 * (n & 0xff),
            Opcode::CallMethod => 2 + (n >> 8) + 2 * (n & 0xff),
            Opcode::MakeFunction => (n & 7).count_ones() as usize,
            Opcode::BuildTuple | Opcode::BuildList | Opcode::BuildSet | Opcode::BuildString | Opcode::BuildSlice => n,
            Opcode::ForRange | Opcode::Copy => n + 1,
            Opcode::ListAppend | Opcode::SetAdd => n + 2,
            Opcode::MapAdd => n + 3,
            Opcode::RotateThree | Opcode::ForNext | Opcode::PopLoop | Opcode::StoreMap | Opcode::WithExitCall => 3,
            Opcode::CallSpread | Opcode::StoreItem => 3,
            Opcode::WithExitDone => 4,
            Opcode::FormatValue => 1 + (n >> 2 & 1),
            Opcode::UnpackSequence | Opcode::UnpackStar => 1,
            Opcode::Dup | Opcode::LoadAttribute | Opcode::LoadMethod | Opcode::ForPrepare | Opcode::GetIter => 1,
            Opcode::ListToTuple | Opcode::Yield | Opcode::GetYieldFromIter | Opcode::GetAwaitable | Opcode::Unary => 1,
            Opcode::PushHandled | Opcode::WithEnter | Opcode::AsyncWithEnter | Opcode::ImportFrom => 1,
            Opcode::LoadClassCell => 1,
            Opcode::DupTwo | Opcode::Swap | Opcode::LoadItem | Opcode::Compare | Opcode::Binary | Opcode::InPlace => 2,
            Opcode::ListExtend | Opcode::SetUpdate | Opcode::MapUpdate | Opcode::YieldFrom | Opcode::MatchException => 2,
            Opcode::ImportName => 2,
            _ => self.opcode.effect(self.number).min(0).unsigned_abs() as usize,
        }
    }
}

/// The number that bytes hold, the lowest first.
pub(super) fn number_of(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

struct Reader<'a> {
    code: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.code.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let bytes = self.code.get(self.at..self.at + count)?;
        self.at += count;
        Some(bytes)
    }

    fn unsigned(&mut self) -> Option<u32> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            let part = (byte & 0x7f) as u32;
            value |= part.checked_shl(shift).filter(|shifted| shifted >> shift == part)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift += 7;
        }
    }
}
