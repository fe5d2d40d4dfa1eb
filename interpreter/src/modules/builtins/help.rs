//! `help`: what the prompt offers, what an object has, which modules there are.

use crate::modules::{self, frozen};
use crate::object::class::as_class;
use crate::object::handle::{Args, Handle, as_type};
use crate::object::kind::Kind;
use crate::object::list::List;
use crate::object::module::for_each_attribute;
use crate::object::name::Name;
use crate::object::print::{Console, Printer, Style};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

const GENERAL: &str = "\
This is Taipan, which runs Python.

At the beginning of a line:
  Ctrl-A  takes input without echo, for programs that talk to this prompt
  Ctrl-B  comes back to this prompt
  Ctrl-C  interrupts the program that runs
  Ctrl-D  ends the session; a board starts anew
  Ctrl-E  takes a whole piece of program, up to Ctrl-D

help(object) shows what an object has, help('modules') which modules there are.
";

/// Columns that a line of modules has, and their width.
const COLUMNS: usize = 4;
const WIDTH: usize = 18;

/// `help([object])`.
pub(super) fn help(vm: &Vm, args: Args) -> Outcome {
    let mut console = Console;
    let out = &mut Printer::new(&mut console);
    match args.get(0) {
        None => out.text(vm, GENERAL)?,
        Some(word) if vm.as_text(word) == Some("modules") => print_modules(vm, out)?,
        Some(object) => describe(vm, object, out)?,
    }
    Ok(Word::NONE)
}

/// What an object is, and the attributes of the module, of the type, or of the object's type.
fn describe(vm: &Vm, object: Word, out: &mut Printer) -> Outcome<()> {
    let ty = vm.type_of(object);
    out.text(vm, "object ")?;
    out.word(vm, object, Style::Str)?;
    out.text(vm, " is of type ")?;
    out.text(vm, vm.name_text(ty.name))?;
    out.text(vm, "\n")?;
    let is_function = matches!(ty.kind, Kind::Function | Kind::NativeFunction | Kind::BoundMethod);
    let says = if crate::WHOLE && is_function { vm.find_attribute(object, name!(__doc__))? } else { Word::UNSET };
    if vm.as_text(says).is_some() {
        out.word(vm, says, Style::Str)?;
        out.text(vm, "\n")?;
    }
    if matches!(ty.kind, Kind::Module | Kind::BuiltinModule) {
        return for_each_attribute(vm, object, &mut |name, value| describe_attribute(vm, Word::name(name), value, out));
    }
    let ty = as_type(object).unwrap_or(ty);
    match as_class(ty) {
        // Hosts note of every class whether it has a text.
        Some(class) => class
            .map
            .iter()
            .filter(|entry| *entry != (Word::name(name!(__doc__)), Word::NONE))
            .try_for_each(|(name, value)| describe_attribute(vm, name, value, out)),
        None => ty.rows.iter().try_for_each(|row| describe_attribute(vm, row.name, row.value, out)),
    }
}

fn describe_attribute(vm: &Vm, name: Word, value: Word, out: &mut Printer) -> Outcome<()> {
    out.text(vm, "  ")?;
    out.word(vm, name, Style::Str)?;
    out.text(vm, " -- ")?;
    out.word(vm, value, Style::Str)?;
    out.text(vm, "\n")
}

/// The modules that need no file, in columns that are read downwards.
fn print_modules(vm: &Vm, out: &mut Printer) -> Outcome<()> {
    let names = module_names(vm)?;
    let rows = names.len().div_ceil(COLUMNS);
    for row in 0..rows {
        for index in (row..names.len()).step_by(rows) {
            let name = names.at(index).unwrap_or(Word::NONE);
            out.word(vm, name, Style::Str)?;
            let is_last = index + rows >= names.len();
            let gap = if is_last { 0 } else { WIDTH.saturating_sub(vm.text_of(name).len()).max(1) };
            (0..gap).try_for_each(|_| out.text(vm, " "))?;
        }
        out.text(vm, "\n")?;
    }
    out.text(vm, "and those that lie in files\n")
}

fn module_names(vm: &Vm) -> Outcome<Handle<List>> {
    let names = vm.new_dict()?;
    let note = |name: Name| names.map.insert(vm, Word::name(name), Word::NONE).map(|_| ());
    note(name!(__main__))?;
    vm.port.modules().iter().chain(modules::ALL).try_for_each(|module| note(module.name))?;
    for module in frozen::names(vm) {
        note(vm.intern(module)?)?;
    }
    let list = vm.list_of(names.word())?;
    vm.call_method(list.word(), name!(sort), &[])?;
    Ok(list)
}
