//! `machine.mem8`, `mem16`, `mem32`: memory and registers by their address.

use interpreter::modules::uctypes::memory;
use interpreter::object::bigint::{Big, Room};
use interpreter::object::kind::{Access, Header, Slots, Type};
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::{Constant, constant_type};
use interpreter::object::word::Word;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

const fn slots(
    access: fn(&Vm, Word, Word, Access) -> Outcome,
    print: fn(&Vm, Word, &mut Printer, Style) -> Outcome<()>,
) -> Slots {
    Slots { item: Some(access), print: Some(print), ..Slots::NONE }
}

macro_rules! memories {
    ($($(#[$doc:meta])* $object:ident $ty:ident $slots:ident $bytes:literal $text:literal;)*) => {$(
        static $slots: Slots = slots(|vm, _, key, access| item(vm, key, access, $bytes), |vm, _, out, _| out.text(vm, $text));
        static $ty: Type = constant_type(name!(mem), &$slots);
        $(#[$doc])*
        pub static $object: Constant = Constant { header: Header::of(&$ty) };
    )*};
}

memories! {
    /// `mem8`.
    MEM8 MEM8_TYPE MEM8_SLOTS 1 "<8-bit memory>";
    /// `mem16`.
    MEM16 MEM16_TYPE MEM16_SLOTS 2 "<16-bit memory>";
    /// `mem32`.
    MEM32 MEM32_TYPE MEM32_SLOTS 4 "<32-bit memory>";
}

/// Names that this file uses.
pub const MORE: &[&str] = &["mem"];

/// The low bits of an int: addresses and registers above half of their range are large ints on a 32-bit chip.
fn bits(vm: &Vm, word: Word) -> Outcome<u64> {
    let bits = Big::of(vm.native(word), &Room::default()).map(Big::low_bits);
    bits.ok_or_else(|| vm.type_error("addresses and values of memory are ints"))
}

fn item(vm: &Vm, key: Word, access: Access, bytes: usize) -> Outcome {
    let address = bits(vm, key)? as usize;
    if !address.is_multiple_of(bytes) {
        return Err(vm.value_error(match bytes {
            2 => "an address of 16 bits is a multiple of 2",
            _ => "an address of 32 bits is a multiple of 4",
        }));
    }
    match access {
        Access::Delete => Err(vm.type_error("memory can't be deleted")),
        _ if !memory::is_there(address) && usize::BITS != u32::BITS => Err(vm.os_error(Errno::ENODEV.0)),
        Access::Load => vm.new_uint(memory::read(vm, address, bytes)),
        Access::Store(value) => {
            memory::write(vm, address, bytes, bits(vm, value)?);
            Ok(Word::NONE)
        }
    }
}
