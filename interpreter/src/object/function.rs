//! Functions: native ones, Python's, and methods bound to an object.

use super::class::TYPE;
use super::exception;
use super::handle::{Args, Handle};
use super::kind::{ALL, Header, Kind, NativeFunction, Slots, Type};
use super::word::Word;
use crate::vm::raise::Part::{Int, Text};
use crate::vm::{Outcome, Raised, Vm};

static SLOTS: Slots = Slots { ..Slots::NONE };
static NATIVE_SLOTS: Slots = Slots { call: Some(call_native), ..Slots::NONE };
static BOUND_SLOTS: Slots = Slots { call: Some(call_bound), ..Slots::NONE };

/// `function`.
pub static NATIVE_FUNCTION: Type = Type {
    header: Header::of(&TYPE),
    slots: &NATIVE_SLOTS,
    name: name!("function"),
    kind: Kind::NativeFunction,
    traced: 0,
    base: None,
    rows: &[],
};

/// `function`.
pub static FUNCTION: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("function"),
    kind: Kind::Function,
    traced: ALL,
    base: None,
    rows: &[],
};

/// `bound_method`.
pub static BOUND_METHOD: Type = Type {
    header: Header::of(&TYPE),
    slots: &BOUND_SLOTS,
    name: name!("bound_method"),
    kind: Kind::BoundMethod,
    traced: ALL,
    base: None,
    rows: &[],
};

/// A function and its first argument.
#[repr(C)]
pub struct BoundMethod {
    /// `bound_method`.
    pub header: Header,
    /// What is called.
    pub function: Word,
    /// The first argument.
    pub first: Word,
}

/// A method bound to `first`.
pub fn bind(vm: &Vm, function: Word, first: Word) -> Outcome {
    Ok(vm.new_object(BoundMethod { header: Header::of(&BOUND_METHOD), function, first })?.word())
}

fn call_bound(vm: &Vm, callee: Word, args: Args) -> Outcome {
    let method = Handle::<BoundMethod>::from(callee).expect("a bound method");
    vm.call_with_first(method.function, method.first, args)
}

fn call_native(vm: &Vm, callee: Word, args: Args) -> Outcome {
    let function = Handle::<NativeFunction>::from(callee).expect("a native function").get();
    let count = args.len();
    if count < function.min as usize || (count > function.max as usize && function.max != 255) {
        return Err(wrong_count(vm, function, count));
    }
    if args.keyword_count() > 0 && !function.keywords {
        return Err(vm.type_error("function doesn't take keyword arguments"));
    }
    (function.call)(vm, args)
}

#[cold]
#[inline(never)]
fn wrong_count(vm: &Vm, function: &NativeFunction, count: usize) -> Raised {
    let (min, max, given) = (function.min as isize, function.max as isize, count as isize);
    let ty = &exception::TYPE_ERROR;
    if min == max {
        let parts = [Text("function takes "), Int(min), Text(" positional arguments but "), Int(given), Text(" were given")];
        return vm.raise(ty, &parts);
    }
    if given < min {
        let parts = [Text("function missing "), Int(min - given), Text(" required positional arguments")];
        return vm.raise(ty, &parts);
    }
    let parts = [Text("function expected at most "), Int(max), Text(" arguments, got "), Int(given)];
    vm.raise(ty, &parts)
}
