//! What is wrong with the arguments of a call of a native function, in CPython's words: hosts only.

use super::*;
use crate::object::bool::BOOL;
use crate::object::bytearray::BYTEARRAY;
use crate::object::bytes::BYTES;
use crate::object::class;
use crate::object::complex::COMPLEX;
use crate::object::descriptor::{CLASS_METHOD, STATIC_METHOD};
use crate::object::dict::DICT;
use crate::object::exception::TYPE_ERROR;
use crate::object::float::FLOAT;
use crate::object::int::INT;
use crate::object::kind::Type;
use crate::object::list::LIST;
use crate::object::range::RANGE;
use crate::object::set::{FROZEN_SET, SET};
use crate::object::slice::SLICE;
use crate::object::str::STR;
use crate::object::tuple::TUPLE;
use crate::vm::Raised;
use crate::vm::raise::Part::{Int, Name as NamePart, Text, TypeOf};

/// Names of types.
pub const NAMES: &[&str] = &["builtin_function_or_method", "method"];
/// Of a function that a table has.
pub const NATIVE: Name = name!("builtin_function_or_method");
/// Of a function with the object that it is a method of.
pub const BOUND: Name = name!("method");

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

/// Builtin types with their least and most positional arguments, and the names of keyword arguments; `None` where the type says itself what it takes.
const MAKERS: &[(&Type, usize, usize, Option<&[&str]>)] = &[
    (&BOOL, 0, 1, Some(&[])),
    (&FLOAT, 0, 1, Some(&[])),
    (&LIST, 0, 1, Some(&[])),
    (&TUPLE, 0, 1, Some(&[])),
    (&SET, 0, 1, Some(&[])),
    (&FROZEN_SET, 0, 1, Some(&[])),
    (&DICT, 0, 1, None),
    (&INT, 0, 2, Some(&["base"])),
    (&COMPLEX, 0, 2, Some(&["imag", "real"])),
    (&STR, 0, 3, Some(&["object", "encoding", "errors"])),
    (&BYTES, 0, 3, Some(&["source", "encoding", "errors"])),
    (&BYTEARRAY, 0, 3, Some(&["source", "encoding", "errors"])),
    (&RANGE, 1, 3, Some(&[])),
    (&SLICE, 1, 3, Some(&[])),
    (&STATIC_METHOD, 1, 1, Some(&[])),
    (&CLASS_METHOD, 1, 1, Some(&[])),
];

/// Refuses what the constructor of a builtin type does not take.
///
/// # Errors
/// `TypeError`.
pub fn check_type_arguments(vm: &Vm, ty: &'static Type, args: Args) -> Outcome<()> {
    let Some((_, min, max, keywords)) = MAKERS.iter().find(|row| core::ptr::eq(row.0, ty)) else { return Ok(()) };
    let name = NamePart(ty.name);
    if let Some(known) = keywords
        && let Some(odd) =
            args.keywords().find_map(|(name, _)| name.as_name().filter(|name| !known.contains(&vm.name_text(*name))))
    {
        if known.is_empty() {
            return Err(vm.raise(&TYPE_ERROR, &[name, Text("() takes no keyword arguments")]));
        }
        let parts = [Text("'"), NamePart(odd), Text("' is an invalid keyword argument for "), name, Text("()")];
        return Err(vm.raise(&TYPE_ERROR, &parts));
    }
    let given = Int(args.len() as isize);
    if args.len() < *min {
        return Err(vm.raise(&TYPE_ERROR, &[name, Text(" expected at least 1 argument, got "), given]));
    }
    match max {
        _ if args.len() <= *max => Ok(()),
        3 if *min == 1 => Err(vm.raise(&TYPE_ERROR, &[name, Text(" expected at most 3 arguments, got "), given])),
        1 => Err(vm.raise(&TYPE_ERROR, &[name, Text(" expected at most 1 argument, got "), given])),
        _ => {
            let most = Int(*max as isize);
            Err(vm.raise(&TYPE_ERROR, &[name, Text("() takes at most "), most, Text(" arguments ("), given, Text(" given)")]))
        }
    }
}
