//! One instruction read from bytes: for the disassembler and the verifier. The VM reads its own way, faster.

use super::opcode::{Opcode, Operand};

/// An instruction.
#[derive(Clone, Copy)]
pub struct Instruction<'a> {
    /// Its row.
    pub opcode: Opcode,
    /// Number within a range, operand, or (of two) the first.
    pub number: u32,
    /// The second operand of `ByteUnsigned`.
    pub second: u32,
    /// Offset of the instruction after it.
    pub end: usize,
    /// Distances of its labels, two bytes each.
    labels: &'a [u8],
}

impl<'a> Instruction<'a> {
    /// The instruction at `offset`; `None` if it is none, or goes on beyond the end of the code.
    pub fn read(code: &'a [u8], offset: usize) -> Option<Instruction<'a>> {
        let (opcode, number) = Opcode::decode(*code.get(offset)?)?;
        let mut reader = Reader { code, at: offset + 1 };
        let (mut second, mut labels) = (0, &code[..0]);
        let number = match opcode.operand() {
            Operand::None => number as u32,
            Operand::Byte => reader.byte()? as u32,
            Operand::Signed => reader.byte()? as i8 as u32,
            Operand::Bytes2 => (reader.byte()? as u32) << 8 | reader.byte()? as u32,
            Operand::Unsigned => reader.unsigned()?,
            Operand::Name => reader.byte()? as u32 | (reader.byte()? as u32) << 8,
            Operand::Label => {
                labels = reader.bytes(2)?;
                0
            }
            Operand::ByteLabel => {
                let byte = reader.byte()? as u32;
                labels = reader.bytes(2)?;
                byte
            }
            Operand::Labels => {
                let count = reader.byte()? as usize;
                labels = reader.bytes(2 * count)?;
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
        let distance = |pair: &[u8]| i16::from_le_bytes([pair[0], pair[1]]) as isize;
        self.labels.chunks_exact(2).map(move |pair| self.end.wrapping_add_signed(distance(pair)))
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
