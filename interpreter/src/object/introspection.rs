//! The builtins that look at objects: `getattr` and its kin, `isinstance`, `dir`, `iter`, `next`, `globals`.

use super::class::{self, OBJECT, ancestors, as_class};
use super::exception;
use super::handle::{Args, Handle, as_type};
use super::kind::{Kind, Type};
use super::name::Name;
use super::tuple::Tuple;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

fn attribute_name(vm: &Vm, word: Word) -> Outcome<Name> {
    match vm.as_text(vm.native(word)) {
        Some(text) => vm.intern(text),
        None if crate::WHOLE => {
            let parts = [Part::Text("attribute name must be string, not '"), Part::TypeOf(word), Part::Text("'")];
            Err(vm.raise(&exception::TYPE_ERROR, &parts))
        }
        None => Err(vm.type_error("attribute name must be string")),
    }
}

/// `getattr(object, name, default)`.
pub fn getattr(vm: &Vm, args: Args) -> Outcome {
    let name = attribute_name(vm, args.at(1))?;
    let Some(default) = args.get(2) else { return vm.attribute(args.at(0), name) };
    Ok(vm.find_attribute(args.at(0), name)?.set().unwrap_or(default))
}

/// `hasattr(object, name)`.
pub fn hasattr(vm: &Vm, args: Args) -> Outcome {
    let name = attribute_name(vm, args.at(1))?;
    Ok(Word::bool(vm.find_attribute(args.at(0), name)? != Word::UNSET))
}

/// `setattr(object, name, value)`.
pub fn setattr(vm: &Vm, args: Args) -> Outcome {
    vm.set_attribute(args.at(0), attribute_name(vm, args.at(1))?, args.at(2))?;
    Ok(Word::NONE)
}

/// `delattr(object, name)`.
pub fn delattr(vm: &Vm, args: Args) -> Outcome {
    vm.delete_attribute(args.at(0), attribute_name(vm, args.at(1))?)?;
    Ok(Word::NONE)
}

/// Whether `matches` says yes to `types`, a type or a tuple of what may be here.
fn any_type(vm: &Vm, types: Word, refusal: &str, hook: Name, own: &'static Type, asked: Word) -> Outcome<bool> {
    if let Some(answer) = super::generic::ask(vm, types, hook, asked)? {
        return Ok(answer);
    }
    if let Some(ty) = as_type(types) {
        return Ok(vm.is_subclass(own, ty));
    }
    if let Some(members) = super::generic::members(vm, types) {
        return any_type(vm, members, refusal, hook, own, asked);
    }
    super::generic::refuse_alias(vm, types, hook)?;
    let Some(tuple) = vm.as_native::<Tuple>(types) else { return abstractly(vm, types, refusal, hook, asked) };
    vm.check_stack()?;
    for ty in tuple.get().tail() {
        if any_type(vm, ty.get(), refusal, hook, own, asked)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The bases that something that is no type says it has. Hosts only: by text, since a board's table has no such name.
fn said_bases(vm: &Vm, word: Word) -> Outcome<Option<Handle<Tuple>>> {
    Ok(Handle::from(vm.find_attribute(word, vm.intern("__bases__")?)?))
}

/// Whether what is asked belongs to something that is no type, but says which bases it has: hosts only.
fn abstractly(vm: &Vm, class: Word, refusal: &str, hook: Name, asked: Word) -> Outcome<bool> {
    if !crate::WHOLE || said_bases(vm, class)?.is_none() {
        return Err(vm.type_error(refusal));
    }
    let own = if hook == name!(__instancecheck__) { vm.attribute(asked, name!(__class__))? } else { asked };
    derives(vm, own, class)
}

/// Whether `class` is among `own` and its bases, and theirs.
fn derives(vm: &Vm, own: Word, class: Word) -> Outcome<bool> {
    vm.check_stack()?;
    if own == class {
        return Ok(true);
    }
    let Some(bases) = said_bases(vm, own)? else { return Ok(false) };
    for base in bases.get().tail() {
        if derives(vm, base.get(), class)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `isinstance(object, class)`, from Rust.
///
/// # Errors
/// `TypeError` if it is no class; what the class's hook raises.
pub fn is_instance_of(vm: &Vm, object: Word, class: Word) -> Outcome<bool> {
    any_type(vm, class, INSTANCE_REFUSAL, name!(__instancecheck__), vm.type_of(object), object)
}

const INSTANCE_REFUSAL: &str = crate::worded(
    "isinstance() arg 2 must be a type, a tuple of types, or a union",
    "isinstance() arg 2 must be a type, or tuple of types",
);

/// `isinstance(object, types)`.
pub fn isinstance(vm: &Vm, args: Args) -> Outcome {
    let own = vm.type_of(args.at(0));
    let answer = is_instance_of(vm, args.at(0), args.at(1))?;
    // An object may say that it is of another class.
    if crate::WHOLE
        && !answer
        && class::is_class(own)
        && [name!(__class__), name!(__getattribute__)].into_iter().any(|name| class::lookup_special(vm, own, name).is_some())
        && let Some(said) = as_type(vm.find_attribute(args.at(0), name!(__class__))?)
        && !core::ptr::eq(said, own)
    {
        return any_type(vm, args.at(1), INSTANCE_REFUSAL, name!(__instancecheck__), said, args.at(0)).map(Word::bool);
    }
    Ok(Word::bool(answer))
}

/// `issubclass(class, types)`.
pub fn issubclass(vm: &Vm, args: Args) -> Outcome {
    let refusal = crate::worded(
        "issubclass() arg 2 must be a class, a tuple of classes, or a union",
        "issubclass() arg 2 must be a class or a tuple of classes",
    );
    let Some(own) = as_type(args.at(0)) else {
        if crate::WHOLE && said_bases(vm, args.at(0))?.is_some() {
            return subclass_of_any(vm, args.at(0), args.at(1), refusal).map(Word::bool);
        }
        // A hook may be asked of anything.
        if crate::WHOLE
            && let Some(answer) = super::generic::ask(vm, args.at(1), name!(__subclasscheck__), args.at(0))?
        {
            return Ok(Word::bool(answer));
        }
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    };
    any_type(vm, args.at(1), refusal, name!(__subclasscheck__), own, args.at(0)).map(Word::bool)
}

/// As `issubclass`, where the first one is no type.
fn subclass_of_any(vm: &Vm, own: Word, classes: Word, refusal: &str) -> Outcome<bool> {
    if let Some(answer) = super::generic::ask(vm, classes, name!(__subclasscheck__), own)? {
        return Ok(answer);
    }
    if let Some(tuple) = vm.as_native::<Tuple>(classes) {
        vm.check_stack()?;
        for class in tuple.get().tail() {
            if subclass_of_any(vm, own, class.get(), refusal)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    if as_type(classes).is_none() && said_bases(vm, classes)?.is_none() {
        return Err(vm.type_error(refusal));
    }
    derives(vm, own, classes)
}

/// `iter(object)`, `iter(callable, sentinel)`.
pub fn iter(vm: &Vm, args: Args) -> Outcome {
    match args.get(1) {
        None => vm.iter(args.at(0)),
        Some(sentinel) if crate::WHOLE => {
            if vm.type_of(args.at(0)).slots.call.is_none() {
                return Err(vm.type_error("iter(v, w): v must be callable"));
            }
            super::iterator::new(vm, &super::iterator::CALL_ITERATOR, args.at(0), sentinel, 0)
        }
        Some(sentinel) => super::indexed::iterate_calls(vm, args.at(0), sentinel),
    }
}

/// `next(iterator, default)`.
pub fn next(vm: &Vm, args: Args) -> Outcome {
    match (vm.next(args.at(0))?.set(), args.get(1)) {
        (Some(item), _) => Ok(item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(exception::raise_stop(vm)),
    }
}

/// `globals()`.
pub fn globals(vm: &Vm, _args: Args) -> Outcome {
    match vm.current_function() {
        Some(function) => Ok(function.globals.word()),
        None => Ok(vm.new_dict()?.word()),
    }
}

/// `locals()`: of a class body its namespace; elsewhere as `globals()`, since functions keep theirs on the stack.
pub fn locals(vm: &Vm, args: Args) -> Outcome {
    match vm.current_namespace() {
        Some(namespace) => Ok(namespace),
        None => globals(vm, args),
    }
}

/// `object.__dir__()`: as `dir` finds them without asking it.
#[cfg(feature = "standard")]
pub fn dir_of(vm: &Vm, args: Args) -> Outcome {
    names_of(vm, args)
}

/// `dir(object)`: the names of its attributes.
pub fn dir(vm: &Vm, args: Args) -> Outcome {
    if let Some(object) = args.get(0)
        && let Some(method) = class::lookup_special(vm, vm.type_of(object), name!(__dir__))
    {
        let list = vm.list_of(vm.call(method, &[object])?)?;
        vm.call_method(list.word(), name!(sort), &[])?;
        return Ok(list.word());
    }
    names_of(vm, args)
}

fn names_of(vm: &Vm, args: Args) -> Outcome {
    let names = vm.new_dict()?;
    let note = |name: Word| names.map.insert(vm, name, Word::NONE).map(|_| ());
    match args.get(0) {
        None => {
            if crate::WHOLE
                && let Some(namespace) = vm.current_namespace()
            {
                // Of a class body, or of a program with two dicts.
                let keys = match Handle::<super::dict::Dict>::from(namespace) {
                    Some(_) => namespace,
                    None => vm.call_method(namespace, name!(keys), &[])?,
                };
                let keys = vm.list_of(keys)?;
                (0..keys.len()).filter_map(|index| keys.at(index)).try_for_each(&note)?;
            } else if let Some(function) = vm.current_function() {
                function.globals.map.iter().try_for_each(|entry| note(entry.0))?;
            }
        }
        Some(object) if matches!(vm.type_of(object).kind, Kind::Module | Kind::BuiltinModule) => {
            super::module::for_each_attribute(vm, object, &mut |name, _| note(Word::name(name)))?;
        }
        Some(object) => {
            let of_type = as_type(object);
            super::listed::note(vm, of_type.unwrap_or_else(|| vm.type_of(object)), &note)?;
            for ancestor in ancestors(of_type.unwrap_or_else(|| vm.type_of(object))) {
                if core::ptr::eq(ancestor, &OBJECT) {
                    continue;
                }
                match as_class(ancestor) {
                    Some(class) => class.map.iter().try_for_each(|entry| note(entry.0))?,
                    None => ancestor.rows.iter().try_for_each(|row| note(row.name))?,
                }
            }
            if of_type.is_none() && class::is_class(vm.type_of(object)) {
                let own = super::instance::dict_of(vm, object)?;
                own.map.iter().try_for_each(|entry| note(entry.0))?;
            }
        }
    }
    super::listed::forget(vm, names)?;
    let list = vm.list_of(names.word())?;
    vm.call_method(list.word(), name!(sort), &[])?;
    Ok(list.word())
}
