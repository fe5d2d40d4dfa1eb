//! Room in a module's namespace, before the module runs, for all that its body will store there.
//!
//! Growing name by name would move the entries again and again; and a handler that runs while the heap is locked or full could
//! not bind the exception that it caught.

use super::Vm;
use super::names::RAM_BASE;
use crate::code::instruction::Instruction;
use crate::code::opcode::Opcode;
use crate::code::prototype::Prototype;
use crate::code::width::Number;
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::name::Name;

/// Bits of the set of names that were counted: two that share a bit are counted as one. More would fill the machine stack of a chip.
const BITS: usize = 2048;

/// The bit of a name: those of the core's pool from below, a port's from the middle, those in RAM from above. So a module's own names,
/// whose numbers lie close together, share none with each other, nor with the names of builtins.
fn bit_of(name: Name) -> usize {
    let number = if name.0 >= RAM_BASE { !name.0 } else { name.0 ^ name.0 >> 3 };
    number as usize % BITS
}

impl Vm {
    /// Makes room where memory allows.
    pub(super) fn make_room(&self, code: &Prototype, globals: Handle<Dict>) {
        if self.heap_lock_depth() > 0 {
            return;
        }
        let (mut counted, mut count, mut offset) = ([0_u8; BITS / 8], 0, 0);
        while let Some(instruction) = Instruction::read(code.code(), offset) {
            offset = instruction.end;
            let name = Name(instruction.number as Number);
            if instruction.opcode != Opcode::StoreGlobal || self.name_in(globals, name).is_some() {
                continue;
            }
            let (place, bit) = (bit_of(name) / 8, 1 << (bit_of(name) % 8));
            count += (counted[place] & bit == 0) as usize;
            counted[place] |= bit;
        }
        if count > 0
            && let Err(raised) = globals.map.reserve(self, globals.map.end() + count)
        {
            // It will be said by the store that finds none.
            self.take_raised(raised);
        }
    }
}
