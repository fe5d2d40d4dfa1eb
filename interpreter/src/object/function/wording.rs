//! What is wrong with the arguments of a call of a native function, in CPython's words: hosts only.

use super::*;
use crate::object::class;
use crate::object::exception::TYPE_ERROR;
use crate::vm::Raised;
use crate::vm::raise::Part::{Int, Name as NamePart, Text, TypeOf};

/// Whether the first argument is the object whose method this is.
fn is_method(vm: &Vm, function: &NativeFunction, args: Args) -> bool {
    let row = args.get(0).and_then(|first| class::lookup(vm, vm.type_of(first), function.name));
    row.and_then(|(row, _)| Handle::<NativeFunction>::from(row)).is_some_and(|row| core::ptr::eq(row.get(), function))
}

/// Too few or too many arguments.
#[cold]
#[inline(never)]
pub fn wrong_count(vm: &Vm, function: &NativeFunction, args: Args) -> Raised {
    if args.keyword_count() > 0 && !function.keywords() {
        return takes_no_keywords(vm, function, args);
    }
    let own = is_method(vm, function, args) as usize;
    let (min, given) = (function.arity.min().saturating_sub(own), args.len() - own);
    let max = function.arity.max().map(|max| max - own);
    let owner = if own == 1 { [TypeOf(args.at(0)), Text(".")] } else { [Text(""), Text("")] };
    let (name, given_part) = (NamePart(function.name), Int(given as isize));
    let plural = |count: usize| Text(if count == 1 { "" } else { "s" });
    if max == Some(0) {
        let parts = [owner[0], owner[1], name, Text("() takes no arguments ("), given_part, Text(" given)")];
        return vm.raise(&TYPE_ERROR, &parts);
    }
    if max == Some(1) && min == 1 {
        let parts = [owner[0], owner[1], name, Text("() takes exactly one argument ("), given_part, Text(" given)")];
        return vm.raise(&TYPE_ERROR, &parts);
    }
    let (bound, count) = match max {
        Some(max) if max == min => ("", max),
        _ if given < min => ("at least ", min),
        max => ("at most ", max.unwrap_or(min)),
    };
    let wanted = [name, Text(" expected "), Text(bound), Int(count as isize), Text(" argument"), plural(count)];
    let [a, b, c, d, e, f] = wanted;
    vm.raise(&TYPE_ERROR, &[a, b, c, d, e, f, Text(", got "), given_part])
}

/// Keyword arguments where there are none.
#[cold]
pub fn takes_no_keywords(vm: &Vm, function: &NativeFunction, args: Args) -> Raised {
    let owner = if is_method(vm, function, args) { [TypeOf(args.at(0)), Text(".")] } else { [Text(""), Text("")] };
    vm.raise(&TYPE_ERROR, &[owner[0], owner[1], NamePart(function.name), Text("() takes no keyword arguments")])
}
