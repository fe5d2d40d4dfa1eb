//! `_lineage.Mapping`: what a mapped file is to whoever wants bytes; `mmap.mmap` derives from it.
//!
//! A view holds no address but asks each time, so one that outlives its mapping finds nothing there.

use interpreter::object::handle::Args;
use interpreter::object::kind::{Buffer, Slots, Type};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// _lie(memory, writable): where its bytes are from now on, as `uctypes` has them; None if nowhere.
    def _lie(3) = lie;
}

static SLOTS: Slots =
    Slots { make: Some(|vm, _, _| vm.new_resource(&MAPPING, &[Word::NONE, Word::FALSE])), buffer: Some(buffer), ..Slots::NONE };

/// A mapping. State: the memory, whether it may be changed.
pub static MAPPING: Type = resource_type(name!(Mapping), &SLOTS, ROWS);

fn lie(vm: &Vm, args: Args) -> Outcome {
    let mapping = vm.resource(args.at(0), &MAPPING).ok_or_else(|| vm.type_error("a mapping is needed"))?;
    mapping.state[0].set(args.at(1));
    mapping.state[1].set(Word::bool(vm.truth(args.at(2))?));
    Ok(Word::NONE)
}

fn buffer<'v>(vm: &'v Vm, word: Word, writable: bool) -> Option<Buffer<'v>> {
    let mapping = vm.resource(word, &MAPPING)?;
    let (memory, may_change) = (mapping.state[0].get(), mapping.state[1].get() == Word::TRUE);
    let slot = vm.type_of(memory).slots.buffer.filter(|_| may_change || !writable)?;
    slot(vm, memory, writable)
}
