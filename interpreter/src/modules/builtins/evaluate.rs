//! `eval`, `exec` and `compile`: source text, or what `compile` made of it, run in given dicts.

use crate::code::prototype::{Prototype, PrototypeHandle};
use crate::compile;
use crate::object::dict::Dict;
use crate::object::handle::{Args, Handle};
use crate::object::introspection;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::{Mode, Source};
use crate::vm::{Outcome, Vm};

/// Text as source.
struct Text<'v>(&'v [u8]);

impl Source for Text<'_> {
    fn read(&mut self, _: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let (now, later) = self.0.split_at(buffer.len().min(self.0.len()));
        buffer[..now.len()].copy_from_slice(now);
        self.0 = later;
        Ok(now.len())
    }
}

fn compiled(vm: &Vm, source: Word, file: Name, mode: Mode) -> Outcome<PrototypeHandle> {
    if let Some(prototype) = Handle::<Prototype>::from(source) {
        return Ok(prototype);
    }
    let bytes = vm.bytes_of(source)?;
    let bytes = if mode == Mode::Eval { bytes.trim_ascii() } else { bytes };
    compile::compile(vm, &mut Text(bytes), file, mode)
}

/// `compile(source, filename, mode)`.
pub fn compile_source(vm: &Vm, args: Args) -> Outcome {
    let file = vm.intern(vm.expect_text(args.at(1))?)?;
    let mode = match vm.expect_text(args.at(2))? {
        "exec" => Mode::File,
        "eval" => Mode::Eval,
        "single" => Mode::Single,
        _ => return Err(vm.value_error("bad compile mode")),
    };
    Ok(compiled(vm, args.at(0), file, mode)?.word())
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
    let given = |index: usize, name: Name| args.get(index).or_else(|| args.keyword(name)).filter(|word| *word != Word::NONE);
    let globals: Handle<Dict> = match given(1, name!(globals)) {
        Some(word) => vm.as_native(word).ok_or_else(|| vm.type_error("globals must be a dict"))?,
        None => vm.receiver(introspection::globals(vm, Args::NONE)?)?,
    };
    let prototype = compiled(vm, args.at(0), name!("<string>"), mode)?;
    match given(2, name!(locals)) {
        Some(locals) if vm.native(locals) != globals.word() => in_both(vm, prototype, globals, vm.receiver(locals)?),
        _ => vm.run_module(prototype, globals),
    }
}

/// Runs with two dicts. The code has one: of all names, the locals' coming first. What it then has that is new or another
/// goes to the locals, as stores do.
fn in_both(vm: &Vm, prototype: PrototypeHandle, globals: Handle<Dict>, locals: Handle<Dict>) -> Outcome {
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
