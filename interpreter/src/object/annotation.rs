//! Annotations, evaluated when they are asked for.
//!
//! The compiler leaves functions behind: of a function's annotations one that makes the whole dict, of a module's or a class's
//! one for each name, in a dict. Names of a class body are no longer in scope when those run; they are then given globals in
//! which the class's names come first.

use super::class::{Class, as_class};
use super::dict::Dict;
use super::function::{self, Function};
use super::handle::{Args, Handle};
use super::kind::Type;
use super::word::Word;
use crate::vm::{Outcome, Vm};

/// Names that are used here.
pub const NAMES: &[&str] = &["__annotations__"];

/// `(namespace, name, function)`: notes the annotation of a name, of the module that runs if the namespace is `None`.
pub fn annotate(vm: &Vm, args: Args) -> Outcome {
    let namespace = match args.at(0) {
        module if module == Word::NONE => vm.current_function().map(|function| function.globals),
        namespace => Handle::from(vm.native(namespace)),
    };
    // A mapping that a metaclass prepared, and that is no dict, learns nothing.
    let Some(namespace) = namespace else { return Ok(Word::NONE) };
    let noted = match noted(vm, namespace)? {
        Some(noted) => noted,
        None => {
            let noted = vm.new_dict()?;
            namespace.map.insert(vm, Word::name(name!(__annotate__)), noted.word())?;
            noted
        }
    };
    noted.map.insert(vm, args.at(1), args.at(2))?;
    Ok(Word::NONE)
}

fn noted(vm: &Vm, namespace: Handle<Dict>) -> Outcome<Option<Handle<Dict>>> {
    Ok(namespace.map.get(vm, Word::name(name!(__annotate__)))?.and_then(Handle::from))
}

/// A function's annotations, a new dict; `attributes` is what was set on it.
pub fn of_function(vm: &Vm, attributes: Option<Handle<Dict>>) -> Outcome {
    match attributes.map(|dict| dict.map.get(vm, Word::name(name!(__annotate__)))).transpose()?.flatten() {
        Some(function) if function != Word::NONE => vm.call(function, &[]),
        _ => Ok(vm.new_dict()?.word()),
    }
}

/// A module's annotations, a new dict: those of its names so far.
pub fn of_module(vm: &Vm, globals: Handle<Dict>) -> Outcome {
    let result = vm.new_dict()?;
    if let Some(noted) = noted(vm, globals)? {
        evaluate(vm, noted, None, result)?;
    }
    Ok(result.word())
}

/// A class's own annotations, kept from the first time on; `UNSET` of a builtin type.
pub fn of_class(vm: &Vm, ty: &'static Type) -> Outcome {
    let Some(class) = as_class(ty) else { return Ok(Word::UNSET) };
    if let Some(known) = class.map.get(vm, Word::name(name!(__annotations__)))? {
        return Ok(known);
    }
    let result = vm.new_dict()?;
    if let Some(noted) = class.map.get(vm, Word::name(name!(__annotate__)))?.and_then(Handle::from) {
        evaluate(vm, noted, Some(class), result)?;
    }
    // Not as an attribute is set: a metaclass that watches over those would be asked, and may look here itself.
    class.get().map.insert(vm, Word::name(name!(__annotations__)), result.word())?;
    Ok(result.word())
}

/// Puts the annotations of a class body into its namespace, for a metaclass that looks for them there; none if they name what is
/// not there yet, or what only the body knows.
pub fn for_metaclass(vm: &Vm, namespace: Word, makes_classes: bool) -> Outcome<()> {
    let Some(namespace) = Handle::<Dict>::from(vm.native(namespace)) else { return Ok(()) };
    let Some(noted) = noted(vm, namespace)? else { return Ok(()) };
    let result = vm.new_dict()?;
    match evaluate(vm, noted, None, result) {
        Ok(()) => {
            // What is no class gets them in the place of the functions that make them.
            if !makes_classes {
                namespace.map.remove(vm, Word::name(name!(__annotate__)))?;
            }
            namespace.map.insert(vm, Word::name(name!(__annotations__)), result.word()).map(|_| ())
        }
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &super::exception::EXCEPTION) => {
            vm.take_raised(raised);
            Ok(())
        }
        Err(raised) => Err(raised),
    }
}

/// Calls every function that was noted, and puts what it returns under its name.
fn evaluate(vm: &Vm, noted: Handle<Dict>, class: Option<Handle<Class>>, result: Handle<Dict>) -> Outcome<()> {
    let mut globals: Option<Handle<Dict>> = None;
    let mut position = 0;
    while position < noted.map.end() {
        position += 1;
        let Some((name, value)) = noted.map.entry(position - 1) else { continue };
        let Some(function) = Handle::<Function>::from(value) else { continue };
        let seen = match (class, globals) {
            (None, _) => function,
            (Some(class), None) => {
                let both = vm.new_dict()?;
                both.map.copy_from(vm, &function.globals.map)?;
                both.map.copy_from(vm, &class.get().map)?;
                globals = Some(both);
                with_globals(vm, function, both)?
            }
            (Some(_), Some(both)) => with_globals(vm, function, both)?,
        };
        let annotation = vm.call(seen.word(), &[])?;
        result.map.insert(vm, name, annotation)?;
    }
    Ok(())
}

fn with_globals(vm: &Vm, function: Handle<Function>, globals: Handle<Dict>) -> Outcome<Handle<Function>> {
    let cells = function.cells().map_or(Word::UNSET, Handle::word);
    function::new(vm, function.prototype, globals, Word::UNSET, Word::UNSET, cells)
}
