//! What a descriptor says: kinds of values packed into ints, sizes, and how values lie in memory.
//!
//! ```text
//!   a value        [kind 4][bits 5][from 5][offset 16]     bits and from of bit fields; others have 26 bits of offset
//!   an aggregate   [pointer or array 2][offset 28]         in a tuple, with what it is made of
//!   an array       [kind 4][count 26]                      of values
//! ```

use super::memory;
use crate::object::bigint::{Big, Room};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::real::{self, Real};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};

/// Bits of an offset that an array's count or a value's offset has.
pub(super) const OFFSET: u32 = 26;
pub(super) const BIT_COUNT: u32 = 21;
pub(super) const BIT_FROM: u32 = 16;
const AGGREGATE: u32 = 28;

/// Kinds of values. Even ones below `FLOAT32` have no sign; those from `BIT_FIELD` on are bit fields.
pub(super) const UINT8: isize = 0;
pub(super) const BIT_FIELD: isize = 8;
pub(super) const FLOAT32: isize = 14;
pub(super) const FLOAT64: isize = 15;

pub(super) const POINTER: isize = 1 << AGGREGATE;
pub(super) const ARRAY: isize = 2 << AGGREGATE;

/// Layouts.
pub(super) const LITTLE: isize = 0;
pub(super) const BIG: isize = 1;
pub(super) const NATIVE: isize = 2;

#[cold]
pub(super) fn wrong(vm: &Vm) -> Raised {
    vm.type_error("syntax error in uctypes descriptor")
}

/// A value's kind and place.
#[derive(Clone, Copy)]
pub(super) struct Value {
    kind: isize,
    pub(super) offset: usize,
    /// Bits of a bit field and where they begin; of others 0.
    bits: u32,
    from: u32,
}

impl Value {
    pub(super) fn new(word: isize) -> Value {
        let kind = word >> OFFSET & 15;
        let field = |at: u32| (word >> at & 31) as u32;
        match kind {
            BIT_FIELD..FLOAT32 => Value { kind, offset: (word & 0xffff) as usize, bits: field(BIT_COUNT), from: field(BIT_FROM) },
            _ => Value { kind, offset: (word & ((1 << OFFSET) - 1)) as usize, bits: 0, from: 0 },
        }
    }

    /// A value of the kind that an array's or a pointer's number says.
    pub(super) fn item(word: isize) -> Value {
        Value { offset: 0, ..Value::new(word) }
    }

    pub(super) fn is_byte(self) -> bool {
        self.kind == UINT8
    }

    pub(super) fn size(self) -> usize {
        match self.kind {
            FLOAT32 => 4,
            FLOAT64 => 8,
            kind => 1 << (kind % BIT_FIELD / 2),
        }
    }

    fn is_signed(self) -> bool {
        self.kind % 2 == 1
    }

    /// The bytes at `address` as a number, turned round if they lie otherwise than the machine's.
    fn raw(self, vm: &Vm, address: usize, layout: isize) -> u64 {
        turned(memory::read(vm, address, self.size()), self.size(), layout)
    }

    pub(super) fn load(self, vm: &Vm, address: usize, layout: isize) -> Outcome {
        let raw = self.raw(vm, address, layout);
        match self.kind {
            FLOAT32 => vm.new_float(f32::from_bits(raw as u32) as Real),
            FLOAT64 => vm.new_float(real::of_double(f64::from_bits(raw))),
            _ => {
                let (raw, width) = match self.bits {
                    0 => (raw, 8 * self.size() as u32),
                    bits => (raw >> self.from, bits),
                };
                let unused = 64 - width;
                match self.is_signed() {
                    true => vm.new_int((raw << unused) as i64 >> unused),
                    false => vm.new_uint(raw << unused >> unused),
                }
            }
        }
    }

    pub(super) fn store(self, vm: &Vm, address: usize, layout: isize, word: Word) -> Outcome<()> {
        let value = match self.kind {
            FLOAT32 => u64::from((vm.float_value(word)? as f32).to_bits()),
            FLOAT64 => real::to_double(vm.float_value(word)?).to_bits(),
            _ => {
                let word = vm.unary(crate::object::kind::Unary::Index, word)?;
                let bits = Big::of(word, &Room::default()).map_or(0, Big::low_bits);
                match self.bits {
                    0 => bits,
                    width => {
                        let mask = (1_u64 << width) - 1;
                        self.raw(vm, address, layout) & !(mask << self.from) | (bits & mask) << self.from
                    }
                }
            }
        };
        memory::write(vm, address, self.size(), turned(value, self.size(), layout));
        Ok(())
    }
}

fn turned(value: u64, size: usize, layout: isize) -> u64 {
    let other = layout != NATIVE && (layout == BIG) == cfg!(target_endian = "little");
    if other { value.swap_bytes() >> (64 - 8 * size) } else { value }
}

/// What a tuple of a descriptor is.
#[derive(Clone, Copy)]
pub(super) enum Aggregate {
    /// A structure within.
    Structure(Word),
    /// An array of values.
    Values(Value, usize),
    /// An array of structures.
    Structures(Word, usize),
    /// A pointer to values.
    PointerToValue(Value),
    /// A pointer to structures.
    PointerToStructure(Word),
}

/// Reads a tuple: its offset and what lies there.
pub(super) fn aggregate(vm: &Vm, tuple: Handle<Tuple>) -> Outcome<(usize, Aggregate)> {
    let word = |index: usize| tuple.at(index).unwrap_or(Word::NONE);
    let Some(head) = word(0).as_int() else { return Err(wrong(vm)) };
    let offset = (head & ((1 << AGGREGATE) - 1)) as usize;
    let is_structure = Handle::<Dict>::from(word(1)).is_some();
    let aggregate = match (head >> AGGREGATE & 3, tuple.len(), word(1).as_int()) {
        (0, 2, _) if is_structure => Aggregate::Structure(word(1)),
        (1, 2, Some(kind)) => Aggregate::PointerToValue(Value::item(kind)),
        (1, 2, None) if is_structure => Aggregate::PointerToStructure(word(1)),
        (2, 2, Some(kind)) => Aggregate::Values(Value::item(kind), (kind & ((1 << OFFSET) - 1)) as usize),
        (2, 3, Some(count)) => Aggregate::Structures(word(2), usize::try_from(count).map_err(|_| wrong(vm))?),
        _ => return Err(wrong(vm)),
    };
    Ok((offset, aggregate))
}

/// The size of what a descriptor describes, and the largest value in it, which it is aligned to in the native layout.
pub(super) fn size(vm: &Vm, descriptor: Word, layout: isize) -> Outcome<(usize, usize)> {
    vm.check_stack()?;
    if let Some(tuple) = Handle::<Tuple>::from(descriptor) {
        let (_, aggregate) = aggregate(vm, tuple)?;
        let (one, largest, count) = match aggregate {
            Aggregate::Structure(inner) => return size(vm, inner, layout),
            Aggregate::PointerToValue(_) | Aggregate::PointerToStructure(_) => (size_of::<usize>(), size_of::<usize>(), 1),
            Aggregate::Values(value, count) => (value.size(), value.size(), count),
            Aggregate::Structures(inner, count) => {
                let (one, largest) = size(vm, inner, layout)?;
                (one, largest, count)
            }
        };
        return Ok((one.checked_mul(count).ok_or_else(|| wrong(vm))?, largest));
    }
    let Some(fields) = Handle::<Dict>::from(vm.native(descriptor)) else { return Err(wrong(vm)) };
    let (mut end, mut largest) = (0, 1);
    for (_, field) in fields.map.iter() {
        let (offset, length, inner) = match (field.as_int(), Handle::<Tuple>::from(field)) {
            (Some(value), _) => {
                let value = Value::new(value);
                (value.offset, value.size(), value.size())
            }
            (_, Some(tuple)) => {
                let offset = aggregate(vm, tuple)?.0;
                let (length, inner) = size(vm, field, layout)?;
                (offset, length, inner)
            }
            _ => return Err(wrong(vm)),
        };
        end = end.max(offset.checked_add(length).ok_or_else(|| wrong(vm))?);
        largest = largest.max(inner);
    }
    Ok((if layout == NATIVE { end.next_multiple_of(largest) } else { end }, largest))
}
