//! Which objects there are, and which refer to which: on computers, where leaks are looked for.

use crate::object::handle::Args;
use crate::object::kind::Kind;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// `get_objects()`: generations there are none.
pub fn all(vm: &Vm, _: Args) -> Outcome {
    gather(vm, &|visit| {
        vm.heap.for_each_object(&mut |object| {
            if !is_atom(vm, object) {
                visit(object);
            }
        })
    })
}

/// `get_referrers(*objects)`.
pub fn referrers(vm: &Vm, args: Args) -> Outcome {
    let wanted = args.positional();
    gather(vm, &|visit| {
        vm.heap.for_each_object(&mut |object| {
            let mut refers = false;
            vm.heap.for_each_reference(object, &mut |other| refers |= wanted.iter().any(|word| word.get() == other));
            if refers {
                visit(object);
            }
        })
    })
}

/// `get_referents(*objects)`.
pub fn referents(vm: &Vm, args: Args) -> Outcome {
    let of = args.positional();
    gather(vm, &|visit| of.iter().map(Cell::get).for_each(|object| vm.heap.for_each_reference(object, visit)))
}

/// Whether an object refers to none.
fn is_atom(vm: &Vm, object: Word) -> bool {
    matches!(vm.type_of(object).kind, Kind::Int | Kind::Float | Kind::Complex | Kind::Str | Kind::Bytes | Kind::ByteArray | Kind::Range)
}

/// A list of what `walk` visits. Garbage is collected before, and nothing between counting and filling: what is in the list lives.
fn gather(vm: &Vm, walk: &dyn Fn(&mut dyn FnMut(Word))) -> Outcome {
    vm.collect_explicitly();
    let mut count = 0;
    walk(&mut |_| count += 1);
    let list = vm.new_list_with_capacity(count)?;
    let mut result = Ok(());
    walk(&mut |object| {
        if list.len() < count && object != list.word() && result.is_ok() {
            result = list.push(vm, object);
        }
    });
    result.map(|()| list.word())
}
