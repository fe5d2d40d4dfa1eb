//! What a program sees of code: `co_name`, `co_lines()` and so on, as CPython names them.
//!
//! Of code that was saved for boards, `co_varnames` has the names of the parameters alone.

use super::instruction::Instruction;
use super::opcode::{Opcode, Operand};
use super::prototype::{Head, PROTOTYPE, Prototype, PrototypeHandle, flag};
use crate::code::width::Number;
use crate::object::dict::Dict;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{Access, Binary, Slots, Unary};
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Attributes, printing, comparison.
pub static SLOTS: Slots =
    Slots { print: Some(print), attribute: Some(attribute), unary: Some(unary), binary: Some(binary), ..Slots::NONE };

table! { pub ROWS, METHODS, DOCS:
    /// co_lines(): an iterator of (first offset, offset behind the last, line).
    def co_lines(1) = |vm, args| {
        let code = Handle::from(args.at(0)).ok_or_else(|| vm.type_error("a code object is wanted"))?;
        vm.iter(lines(vm, code)?.word())
    };
    /// _instructions(): for `dis`, of each instruction (offset, number, name, operand, second operand, tuple of targets, what the
    /// operand names, offset behind it).
    #[cfg(feature = "full")]
    def _instructions(1) = instructions;
    /// _opcodes(): for `dis`, of each instruction that there is (name, number, last number, whether it jumps, whether it has a name).
    #[cfg(feature = "full")]
    def _opcodes(1) = opcodes;
    /// replace(**attributes): the same code with another name, file or first line.
    #[cfg(feature = "full")]
    def replace(1, keywords) = replace;
}

/// `code.replace(co_name=…, co_filename=…, co_firstlineno=…)`. What the code does is not to be replaced.
#[cfg(feature = "full")]
fn replace(vm: &Vm, args: Args) -> Outcome {
    let code = Handle::<Prototype>::from(args.at(0)).ok_or_else(|| vm.type_error("a code object is wanted"))?;
    let old = code.get();
    let head = &old.head;
    let (mut name, mut file, mut first_line) = (head.name, head.file, head.first_line);
    for (key, value) in args.keywords() {
        let text = || vm.expect_text(value).and_then(|text| vm.intern(text));
        match key.as_name() {
            Some(n) if n == name!(co_name) => name = text()?,
            Some(n) if n == name!(co_qualname) => {}
            Some(n) if n == name!(co_filename) => file = text()?,
            Some(n) if n == name!(co_firstlineno) => first_line = vm.index(value)? as Number,
            _ => {
                let same = match key.as_name() {
                    Some(n) => vm.equal(attribute(vm, args.at(0), n, Access::Load)?, value)?,
                    None => false,
                };
                if !same {
                    return Err(vm.type_error("what code does cannot be replaced"));
                }
            }
        }
    }
    let head = Head { accelerator: Cell::new(Word::UNSET), name, file, first_line, ..*head };
    Ok(vm.new_tailed_from(&PROTOTYPE, head, &[old.bytes()])?.word())
}

#[cfg(feature = "full")]
fn instructions(vm: &Vm, args: Args) -> Outcome {
    let code = Handle::<Prototype>::from(args.at(0)).ok_or_else(|| vm.type_error("a code object is wanted"))?;
    let all = list(vm)?;
    let mut offset = 0;
    while let Some(instruction) = Instruction::read(code.get().code(), offset) {
        let targets = list(vm)?;
        for target in instruction.targets() {
            targets.push(vm, Word::int(target as isize))?;
        }
        let row = [
            Word::int(offset as isize),
            Word::int(instruction.opcode as isize),
            vm.new_str(instruction.opcode.name())?,
            Word::int(instruction.number as i32 as isize),
            Word::int(instruction.second as isize),
            vm.tuple_of(targets.word())?.word(),
            meant(code.get(), instruction),
            Word::int(instruction.end as isize),
        ];
        all.push(vm, vm.new_tuple(&row)?)?;
        offset = instruction.end;
    }
    Ok(all.word())
}

/// The table of instructions.
#[cfg(feature = "full")]
fn opcodes(vm: &Vm, _: Args) -> Outcome {
    let all = list(vm)?;
    for opcode in Opcode::ALL {
        let first = *opcode as u8;
        let last = (first..=u8::MAX).rfind(|byte| Opcode::decode(*byte).is_some_and(|(it, _)| it == *opcode)).unwrap_or(first);
        let row = [
            vm.new_str(opcode.name())?,
            Word::int(first.into()),
            Word::int(last.into()),
            Word::bool(matches!(opcode.operand(), Operand::Label | Operand::ByteLabel | Operand::Labels)),
            Word::bool(opcode.operand() == Operand::Name),
        ];
        all.push(vm, vm.new_tuple(&row)?)?;
    }
    Ok(all.word())
}

/// What an operand names: a name, a constant, a local; `None` if nothing.
#[cfg(feature = "full")]
fn meant(code: &Prototype, instruction: Instruction) -> Word {
    let number = instruction.number as usize;
    let constant = |index: usize| Handle::<Tuple>::from(code.head.constants).and_then(|all| all.at(index)).unwrap_or(Word::NONE);
    match instruction.opcode {
        Opcode::LoadConstant => constant(number),
        Opcode::MakeFunction => constant(instruction.second as usize),
        Opcode::LoadLocal
        | Opcode::StoreLocal
        | Opcode::DeleteLocal
        | Opcode::LoadCell
        | Opcode::StoreCell
        | Opcode::DeleteCell
        | Opcode::MakeCell
        | Opcode::LoadRaw
        | Opcode::LoadLocalN
        | Opcode::StoreLocalN
            if number < code.named_locals() =>
        {
            Word::name(code.parameter(number))
        }
        opcode if opcode.operand() == Operand::Name => Word::name(Name(instruction.number as Number)),
        _ => Word::NONE,
    }
}

/// Names of the computed attributes.
pub const NAMES: &[&str] = &[
    "co_lines",
    "_instructions",
    "_opcodes",
    "co_argcount",
    "co_code",
    "co_consts",
    "co_filename",
    "co_firstlineno",
    "co_flags",
    "co_kwonlyargcount",
    "co_name",
    "co_names",
    "co_nlocals",
    "co_posonlyargcount",
    "co_stacksize",
    "co_varnames",
    "co_cellvars",
    "co_freevars",
];

/// CPython's bits of `co_flags`.
mod co {
    pub const OPTIMIZED: isize = 1;
    pub const NEW_LOCALS: isize = 2;
    pub const VAR_POSITIONAL: isize = 4;
    pub const VAR_KEYWORDS: isize = 8;
    pub const NESTED: isize = 16;
    pub const GENERATOR: isize = 32;
    pub const COROUTINE: isize = 128;
    pub const ASYNC_GENERATOR: isize = 512;
}

fn this(word: Word) -> PrototypeHandle {
    Handle::from(word).expect("a prototype")
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let head = &this(word).get().head;
    out.text(vm, "<code object ")?;
    out.text(vm, vm.name_text(head.name))?;
    out.text(vm, " at 0x")?;
    out.hex(vm, word.address())?;
    out.text(vm, ", file \"")?;
    out.text(vm, vm.name_text(head.file))?;
    out.text(vm, "\", line ")?;
    out.int(vm, head.first_line as isize)?;
    out.text(vm, ">")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let code = this(word);
    if !matches!(access, Access::Load) {
        return Ok(Word::UNSET);
    }
    let head = &code.get().head;
    let int = |value: usize| Ok(Word::int(value as isize));
    match name {
        n if n == name!(co_argcount) => int(head.positional as usize),
        n if n == name!(co_code) => vm.new_bytes(code.get().code()),
        n if n == name!(co_consts) => constants(vm, code.get()),
        n if n == name!(co_filename) => Ok(Word::name(head.file)),
        n if n == name!(co_firstlineno) => int(head.first_line as usize),
        n if n == name!(co_flags) => Ok(Word::int(flags(code.get()))),
        n if n == name!(co_kwonlyargcount) => int(head.keyword_only as usize),
        n if n == name!(co_name) => Ok(Word::name(head.name)),
        n if n == name!(co_qualname) => super::prototype::qualified(vm, head.name, head.outer),
        n if n == name!(co_names) => names(vm, code.get()),
        n if n == name!(co_nlocals) => int(head.locals as usize),
        n if n == name!(co_posonlyargcount) => int(head.positional_only as usize),
        n if n == name!(co_stacksize) => int(head.stack as usize),
        n if n == name!(co_varnames) => {
            variables(vm, code, |code, index| index < code.parameter_count() || !code.is_free(index) && !is_cell(code, index))
        }
        n if n == name!(co_cellvars) => variables(vm, code, is_cell),
        n if n == name!(co_freevars) => variables(vm, code, Prototype::is_free),
        _ => Ok(Word::UNSET),
    }
}

/// Whether a local is moved into a cell when the function begins.
fn is_cell(code: &Prototype, index: usize) -> bool {
    let mut offset = 0;
    while let Some(instruction) = Instruction::read(code.code(), offset).filter(|it| it.opcode == Opcode::MakeCell) {
        if instruction.number as usize == index {
            return true;
        }
        offset = instruction.end;
    }
    false
}

/// The names of those locals that are wanted.
fn variables(vm: &Vm, code: PrototypeHandle, wanted: fn(&Prototype, usize) -> bool) -> Outcome {
    let names = list(vm)?;
    for index in (0..code.get().named_locals()).filter(|index| wanted(code.get(), *index)) {
        names.push(vm, Word::name(code.get().parameter(index)))?;
    }
    Ok(vm.tuple_of(names.word())?.word())
}

fn flags(code: &Prototype) -> isize {
    let has = |bit: u8, flag: isize| if code.head.flags & bit != 0 { flag } else { 0 };
    let is_generator = code.head.flags & (flag::COROUTINE | flag::ASYNC_GENERATOR) == 0;
    let nested = if code.head.free > 0 { co::NESTED } else { 0 };
    co::OPTIMIZED
        | co::NEW_LOCALS
        | nested
        | has(flag::VAR_POSITIONAL, co::VAR_POSITIONAL)
        | has(flag::VAR_KEYWORDS, co::VAR_KEYWORDS)
        | if is_generator { has(flag::GENERATOR, co::GENERATOR) } else { 0 }
        | has(flag::COROUTINE, co::COROUTINE)
        | has(flag::ASYNC_GENERATOR, co::ASYNC_GENERATOR)
}

/// None, where CPython has the text that documents the function, and the constants.
fn constants(vm: &Vm, code: &Prototype) -> Outcome {
    let constants = Handle::<Tuple>::from(code.head.constants).expect("constants are a tuple");
    vm.new_tuple_with(1 + constants.len(), |index| {
        let constant = index.checked_sub(1).and_then(|index| constants.at(index));
        constant.unwrap_or(Word::NONE)
    })
}

/// The names that the code speaks of, each once.
fn names(vm: &Vm, code: &Prototype) -> Outcome {
    let names: Handle<Dict> = vm.new_dict()?;
    let mut offset = 0;
    while let Some(instruction) = Instruction::read(code.code(), offset) {
        if instruction.opcode.operand() == Operand::Name {
            names.map.insert(vm, Word::name(Name(instruction.number as Number)), Word::NONE)?;
        }
        offset = instruction.end;
    }
    let list = list(vm)?;
    names.map.iter().try_for_each(|(name, _)| list.push(vm, name))?;
    Ok(vm.tuple_of(list.word())?.word())
}

fn list(vm: &Vm) -> Outcome<Handle<List>> {
    Ok(Handle::from(vm.new_list(&[])?).expect("a new list"))
}

/// Tuples of first offset, offset behind the last, line; from the beginning of the code to its end.
fn lines(vm: &Vm, code: PrototypeHandle) -> Outcome<Handle<List>> {
    let lines = list(vm)?;
    let length = code.get().code().len();
    let (mut start, mut line, mut offset) = (0, code.get().line(0), 0);
    while offset < length {
        let end = Instruction::read(code.get().code(), offset).map_or(length, |instruction| instruction.end);
        let next = code.get().line(end);
        if end >= length || next != line {
            let entry = [start, end.min(length), line].map(|number| Word::int(number as isize));
            lines.push(vm, vm.new_tuple(&entry)?)?;
            (start, line) = (end, next);
        }
        offset = end;
    }
    Ok(lines)
}

fn binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    let (Some(x), Some(y)) = (Handle::<Prototype>::from(a), Handle::<Prototype>::from(b)) else {
        return Ok(Word::NOT_IMPLEMENTED);
    };
    if operator != Binary::Equal {
        return Ok(Word::NOT_IMPLEMENTED);
    }
    let (head, other) = (&x.get().head, &y.get().head);
    let same = (head.name, head.first_line, head.flags) == (other.name, other.first_line, other.flags)
        && (head.positional, head.keyword_only, head.locals) == (other.positional, other.keyword_only, other.locals)
        && x.get().bytes() == y.get().bytes();
    Ok(Word::bool(a == b || same && vm.equal(head.constants, other.constants)?))
}

fn unary(_: &Vm, operator: Unary, word: Word) -> Outcome {
    let head = &this(word).get().head;
    match operator {
        Unary::Hash => Ok(Word::int((head.name.0 as isize) << 8 ^ head.code as isize)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}
