//! What `match` asks of values: helpers that the compiler's code calls and no program can name.

use super::handle::{Args, Handle, as_type, type_word};
use super::kind::{Kind, Type};
use super::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// The helpers, by number: the operand of `LoadHelper`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Matcher {
    /// `(value, count, more)`: whether it is a sequence of `count` items, or of at least so many.
    Sequence,
    /// `(value, keys)`: a tuple of their values; None if it is no mapping or lacks one.
    Mapping,
    /// `(mapping, keys)`: a dict of all the rest.
    Rest,
    /// `(value, class, names, count)`: a tuple of the `count` positional attributes and the named ones; None if it is no
    /// instance or lacks one.
    Class,
    /// `(value)`: its length.
    Length,
}

table! { pub ROWS, NAMES, DOCS:
    def match_sequence(3) = sequence;
    def match_mapping(2) = mapping;
    def match_rest(2) = rest;
    def match_class(4) = class;
    def match_length(1) = |vm, args| Ok(Word::int(vm.length(args.at(0))? as isize));
}

fn sequence(vm: &Vm, args: Args) -> Outcome {
    let (mut value, more) = (vm.native(args.at(0)), args.at(2) == Word::TRUE);
    use Kind::{Array, Deque, List, LongRange, MemoryView, NamedTuple, Range, Tuple};
    let kinds = [List, Tuple, NamedTuple, Range, LongRange, Array, MemoryView, Deque];
    if !kinds.contains(&vm.type_of(value).kind) {
        if !is_registered(vm, args.at(0), "Sequence")? {
            return Ok(Word::FALSE);
        }
        value = args.at(0);
    }
    let count = args.at(1).as_int().unwrap_or(0) as usize;
    if more && count == 0 {
        return Ok(Word::TRUE);
    }
    let length = vm.length(value)?;
    Ok(Word::bool(length == count || more && length > count))
}

/// The items of a tuple that the compiler's code made.
fn items<'v>(tuple: Word) -> &'v [Cell<Word>] {
    Handle::<super::tuple::Tuple>::from(tuple).map_or(&[], |tuple| tuple.get().tail())
}

fn is_mapping(vm: &Vm, value: Word) -> Outcome<bool> {
    Ok(vm.type_of(vm.native(value)).kind == Kind::Dict || is_registered(vm, value, "Mapping")?)
}

/// Whether an object of a program's class is an abstract `Sequence` or `Mapping`, which it can only be if `collections.abc` is
/// loaded. Hosts only.
fn is_registered(vm: &Vm, value: Word, what: &str) -> Outcome<bool> {
    if !crate::WHOLE || vm.type_of(value).kind != Kind::Instance {
        return Ok(false);
    }
    let loaded = match vm.find_name("collections.abc") {
        Some(name) => vm.loaded_modules()?.map.get(vm, Word::name(name))?,
        None => None,
    };
    let (Some(module), Some(name)) = (loaded, vm.find_name(what)) else { return Ok(false) };
    let class = vm.find_attribute(module, name)?;
    let is_it = super::introspection::is_instance_of(vm, value, class)?;
    Ok(is_it)
}

fn mapping(vm: &Vm, args: Args) -> Outcome {
    let value = args.at(0);
    if !is_mapping(vm, value)? {
        return Ok(Word::NONE);
    }
    let dict = Handle::<super::dict::Dict>::from(vm.native(value));
    let keys = items(args.at(1));
    let values = vm.new_list(&[])?;
    for key in keys {
        let found = match dict {
            Some(dict) => dict.map.get(vm, key.get())?,
            None => Some(vm.call_method(value, name!(get), &[key.get(), values])?).filter(|found| *found != values),
        };
        match found {
            Some(found) => vm.call_method(values, name!("append"), &[found])?,
            None => return Ok(Word::NONE),
        };
    }
    vm.call(type_word(&super::tuple::TUPLE), &[values])
}

fn rest(vm: &Vm, args: Args) -> Outcome {
    let rest = vm.new_dict()?;
    if let Some(dict) = Handle::<super::dict::Dict>::from(vm.native(args.at(0))) {
        rest.map.copy_from(vm, &dict.map)?;
    } else if crate::WHOLE {
        super::dict::merge(vm, rest, args.at(0))?;
    }
    for key in items(args.at(1)) {
        rest.map.remove(vm, key.get())?;
    }
    Ok(rest.word())
}

/// Builtin types whose one positional pattern is the value itself.
fn matches_itself(ty: &Type) -> bool {
    use Kind::{ByteArray, Bytes, Dict, Float, Int, List, Set, Str, Tuple};
    let kinds = [ByteArray, Bytes, Dict, Float, Int, List, Set, Str, Tuple];
    kinds.contains(&ty.kind) || core::ptr::eq(ty, &super::bool::BOOL)
}

fn class(vm: &Vm, args: Args) -> Outcome {
    let (value, names, count) = (args.at(0), items(args.at(2)), args.at(3).as_int().unwrap_or(0) as usize);
    let Some(ty) = as_type(args.at(1)) else { return Err(vm.type_error("called match pattern must be a class")) };
    if !vm.is_instance(value, ty) {
        return Ok(Word::NONE);
    }
    let values = vm.new_list(&[])?;
    let add = |found: Word| vm.call_method(values, name!("append"), &[found]).map(|_| ());
    if count == 1 && matches_itself(ty) {
        add(value)?;
    } else if count > 0 {
        let Some(arguments) = vm.find_attribute(args.at(1), name!("__match_args__"))?.set() else {
            return Err(vm.type_error("class accepts no positional sub-patterns"));
        };
        let arguments = items(arguments);
        if arguments.len() < count {
            return Err(vm.type_error("too many positional sub-patterns"));
        }
        for name in &arguments[..count] {
            match attribute(vm, value, name.get())? {
                Some(found) => add(found)?,
                None => return Ok(Word::NONE),
            }
        }
    }
    for name in names {
        match attribute(vm, value, name.get())? {
            Some(found) => add(found)?,
            None => return Ok(Word::NONE),
        }
    }
    vm.call(type_word(&super::tuple::TUPLE), &[values])
}

fn attribute(vm: &Vm, value: Word, name: Word) -> Outcome<Option<Word>> {
    let Some(text) = vm.as_text(name) else { return Err(vm.type_error("__match_args__ elements must be strings")) };
    let name = vm.intern(text)?;
    Ok(vm.find_attribute(value, name)?.set())
}
