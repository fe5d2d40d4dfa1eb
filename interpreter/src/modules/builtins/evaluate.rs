//! `eval`, `exec` and `compile`: source text, or what `compile` made of it, run in given dicts.

use crate::code::prototype::{Prototype, PrototypeHandle};
use crate::compile::{self, Waits};
use crate::object::dict::Dict;
use crate::object::handle::{Args, Handle, Instance};
use crate::object::introspection;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::Mode;
use crate::vm::import::Text;
use crate::vm::{Outcome, Raised, Vm};

/// `ast.PyCF_ONLY_AST`: what is wanted is no code.
const ONLY_TREE: isize = 1024;
/// That `await` may stand outside of functions: `ast.PyCF_ALLOW_TOP_LEVEL_AWAIT`.
const MAY_WAIT: isize = 8192;

fn compiled(vm: &Vm, source: Word, file: Name, mode: Mode, waits: Waits) -> Outcome<PrototypeHandle> {
    if let Some(prototype) = Handle::<Prototype>::from(source) {
        return Ok(prototype);
    }
    let bytes = vm.bytes_of(source)?;
    let bytes = if mode == Mode::Eval { bytes.trim_ascii() } else { bytes };
    let mut text = if !crate::WHOLE || vm.as_text(vm.native(source)).is_some() { Text::new(bytes) } else { Text::encoded(bytes) };
    compile::compile_waiting(vm, &mut text, file, mode, waits)
}

/// `compile(source, filename, mode, flags=0, …)`. On hosts the source may be a tree, and the flags may say that a tree is wanted:
/// the module `ast` makes the one into the other.
pub fn compile_source(vm: &Vm, args: Args) -> Outcome {
    const NAMES: &[&str] = &["source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version"];
    match crate::WHOLE {
        true => super::check_named(vm, args, "compile", NAMES, 3)?,
        false => vm.expect_count(args, 3, 6)?,
    }
    let given = |index: usize| super::argument(vm, args, index, NAMES);
    let [source, filename, mode] = [0, 1, 2].map(|index| super::needed(vm, args, index, NAMES));
    let filename = match vm.as_text(vm.native(filename)) {
        // Bytes, or a path object.
        None if crate::WHOLE => vm.call_method(vm.import_frozen(vm.intern("_os")?)?, vm.intern("fsdecode")?, &[filename])?,
        _ => filename,
    };
    let mut waits = Waits::Nowhere;
    if crate::WHOLE {
        let flags = given(3).unwrap_or(Word::int(0));
        let is_tree = Handle::<Instance>::from(vm.native(source)).is_some();
        if vm.index(flags)? & MAY_WAIT != 0 {
            waits = Waits::Anywhere;
        }
        if is_tree || vm.index(flags)? & ONLY_TREE != 0 {
            let module = vm.import_frozen(vm.intern("ast")?)?;
            return vm.call_method(module, vm.intern("_compile")?, &[source, filename, mode, flags]);
        }
    }
    let file = vm.intern(vm.expect_text(filename)?)?;
    let mode = match vm.expect_text(mode)? {
        "exec" => Mode::File,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => return Err(vm.value_error("bad compile mode")),
    };
    Ok(compiled(vm, source, file, mode, waits)?.word())
}

/// `eval(source, globals=None, locals=None)`.
pub fn eval(vm: &Vm, args: Args) -> Outcome {
    evaluate(vm, args, Mode::Eval)
}

/// `exec(source, globals=None, locals=None)`.
pub fn exec(vm: &Vm, args: Args) -> Outcome {
    evaluate(vm, args, Mode::File).map(|_| Word::NONE)
}

fn evaluate(vm: &Vm, args: Args, mode: Mode) -> Outcome {
    vm.only_keywords(args, &[name!(globals), name!(locals)])?;
    let given = |index: usize, name: Name| args.either(index, name).filter(|word| *word != Word::NONE);
    let globals_given = given(1, name!(globals));
    let globals: Handle<Dict> = match globals_given {
        Some(word) => vm.as_native(word).ok_or_else(|| no_globals(vm, word, mode))?,
        None => vm.receiver(introspection::globals(vm, Args::NONE)?)?,
    };
    // Code that ran elsewhere may know builtins that these globals do not have.
    if vm.own_builtins(globals).is_some() {
        vm.forget_builtins();
    }
    let prototype = compiled(vm, args.at(0), name!("<string>"), mode, Waits::Nowhere)?;
    // A class that derives from `dict` may know names by its methods.
    match given(2, name!(locals)).or(globals_given.filter(|_| crate::WHOLE)) {
        Some(locals) if locals != globals.word() => two::run(vm, prototype, globals, locals),
        _ => vm.run_module(prototype, globals),
    }
}

fn no_globals(vm: &Vm, word: Word, mode: Mode) -> Raised {
    if !crate::WHOLE || mode == Mode::Eval {
        return vm.type_error("globals must be a dict");
    }
    vm.wrong_type("exec() globals must be a dict, not ", word)
}

/// Programs of hosts may have names in two dicts, as class bodies do.
#[cfg(feature = "full")]
mod two {
    use super::*;
    use crate::code::namespace;
    use crate::object::function;

    /// Runs with globals and a mapping of locals.
    pub fn run(vm: &Vm, prototype: PrototypeHandle, globals: Handle<Dict>, locals: Word) -> Outcome {
        if Handle::<Dict>::from(locals).is_none() && vm.find_attribute(locals, name!(__getitem__))? == Word::UNSET {
            return Err(vm.wrong_type("locals must be a mapping or None, not ", locals));
        }
        if prototype.head.free > 0 {
            return Err(vm.type_error("code that captures variables is no program"));
        }
        let prototype = namespace::with_namespace(vm, prototype)?;
        let function = function::new(vm, prototype, globals, Word::UNSET, Word::UNSET, Word::UNSET)?;
        vm.call(function.word(), &[locals])
    }
}

/// Programs of boards have names in one dict.
#[cfg(not(feature = "full"))]
mod two {
    use super::*;

    /// Runs with two dicts. The code has one: of all names, the locals' coming first. What it then has that is new or another
    /// goes to the locals, as stores do.
    pub fn run(vm: &Vm, prototype: PrototypeHandle, globals: Handle<Dict>, locals: Word) -> Outcome {
        let locals: Handle<Dict> = vm.receiver(locals)?;
        let both = vm.new_dict()?;
        both.map.copy_from(vm, &globals.map)?;
        both.map.copy_from(vm, &locals.map)?;
        let outcome = vm.run_module(prototype, both);
        for (name, value) in both.map.iter() {
            let before = locals.map.get(vm, name)?.or(globals.map.get(vm, name)?);
            if before != Some(value) {
                locals.map.insert(vm, name, value)?;
            }
        }
        outcome
    }
}
