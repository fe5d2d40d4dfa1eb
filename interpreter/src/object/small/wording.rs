//! What is wrong with the arguments of a call of a native function, without its name.

use super::*;
use crate::object::exception::TYPE_ERROR;
use crate::vm::Raised;
use crate::vm::raise::Part::{Int, Text};

/// Names of types that have others where Python is whole: none.
pub const NAMES: &[&str] = &[];
/// Of a function that a table has.
pub const NATIVE: Name = name!("function");
/// Of a function with the object that it is a method of.
pub const BOUND: Name = name!("bound_method");

/// Too few or too many arguments.
#[cold]
#[inline(never)]
pub fn wrong_count(vm: &Vm, function: &NativeFunction, args: Args) -> Raised {
    let (min, max, given) = (function.arity.min() as isize, function.arity.max(), args.len() as isize);
    let max = max.map_or(isize::MAX, |max| max as isize);
    if min == max {
        let parts = [Text("function takes "), Int(min), Text(" positional arguments but "), Int(given), Text(" were given")];
        return vm.raise(&TYPE_ERROR, &parts);
    }
    if given < min {
        let parts = [Text("function missing "), Int(min - given), Text(" required positional arguments")];
        return vm.raise(&TYPE_ERROR, &parts);
    }
    let parts = [Text("function expected at most "), Int(max), Text(" arguments, got "), Int(given)];
    vm.raise(&TYPE_ERROR, &parts)
}

/// Keyword arguments where there are none.
#[cold]
pub fn takes_no_keywords(vm: &Vm, _: &NativeFunction, _: Args) -> Raised {
    vm.type_error("function doesn't take keyword arguments")
}

/// Types look at their arguments themselves.
#[inline(always)]
pub fn check_type_arguments(_: &Vm, _: &crate::object::kind::Type, _: Args) -> crate::vm::Outcome<()> {
    Ok(())
}
