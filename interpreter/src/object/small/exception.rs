//! What the smallest interpreter's exceptions are beyond type and arguments: attributes that a program sets.

use super::*;

/// No names.
pub const NAMES: &[&str] = &[];

/// What a recursion without end raises.
pub static RECURSION: &Type = &RUNTIME_ERROR;
/// What an import of something that is nowhere raises.
pub static NOT_FOUND: &Type = &IMPORT_ERROR;
/// What reading an unassigned local raises.
pub static UNBOUND: &Type = &NAME_ERROR;

/// The type for an error of the system.
pub fn of_number(_number: isize) -> &'static Type {
    &OS_ERROR
}

/// The type that is named when an exception is printed.
pub fn shown(vm: &Vm, word: Word) -> &'static Type {
    vm.type_of(word)
}

/// The type that `ty(*args)` makes an instance of.
pub fn refined(ty: &'static Type, _args: Args) -> &'static Type {
    ty
}

/// Refuses keywords.
pub fn set_fields(vm: &Vm, _word: Word, args: Args) -> Outcome<()> {
    if args.keyword_count() > 0 {
        return Err(vm.type_error("function doesn't take keyword arguments"));
    }
    Ok(())
}

/// No type has a form of its own.
pub fn print(_vm: &Vm, _word: Word, _out: &mut Printer) -> Outcome<bool> {
    Ok(false)
}

/// Contexts are not kept.
pub fn note_context(_vm: &Vm, _word: Word, _handled: Word) {}

/// Attributes are not kept.
pub fn annotate(_vm: &Vm, _word: Word, _fields: &[(Name, Word)]) {}

/// Nor is this.
pub fn annotate_source(_vm: &Vm, _word: Word, _file: Name, _message: &str) {}

/// Text that is not in its encoding.
pub fn decode_error(vm: &Vm, _object: Word, _encoding: &str, _start: usize, _end: usize, _reason: &str) -> Raised {
    vm.raise(&UNICODE_ERROR, &[])
}

/// A character that an encoding does not have.
pub fn encode_error(vm: &Vm, _object: Word, _encoding: &str, _start: usize, _end: usize, _reason: &str) -> Raised {
    vm.raise(&UNICODE_ERROR, &[])
}

/// No group is drawn.
pub fn print_groups(_vm: &Vm, _word: Word, _out: &mut Printer) -> Outcome<bool> {
    Ok(false)
}

/// Chains are not printed.
pub fn print_before(_vm: &Vm, _word: Word, _out: &mut Printer, _hints: hint::Hints) -> Outcome<()> {
    Ok(())
}

/// Tracebacks are printed whole.
pub fn traceback_limit(_vm: &Vm) -> Outcome<usize> {
    Ok(usize::MAX)
}

/// Notes are not printed.
pub fn print_notes(_vm: &Vm, _word: Word, _out: &mut Printer) -> Outcome<()> {
    Ok(())
}

/// `args`, the first of them under its usual names, and what programs have set.
pub fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return change_extra(vm, word, name, access) };
    if let Some(value) = extra(word).and_then(|dict| vm.name_in(dict, name)) {
        return Ok(value);
    }
    let exception = this(word);
    Ok(match name {
        n if n == name!(args) && is_static(exception) => vm.new_tuple(&[])?,
        n if n == name!(args) => exception.args.get(),
        n if [name!(value), name!(errno), name!(code)].contains(&n) => first_argument(word),
        _ => Word::UNSET,
    })
}

/// Causes are not kept.
pub fn set_cause(_vm: &Vm, _word: Word, _cause: Word) -> Outcome<()> {
    Ok(())
}
