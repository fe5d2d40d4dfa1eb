//! Bytecode as text, for people and for tests.
//!
//! ```text
//! f(a, *args): 3 locals, 2 stack
//!    2  0 LoadLocalN 0 a
//!       1 Return
//! ```
//! Source line where it changes, offset, name, operand, and what the operand means. Inner functions follow, each under its
//! own heading.

use super::instruction::Instruction;
use super::opcode::{Opcode, Operand};
use super::prototype::{Prototype, PrototypeHandle, flag};
use crate::code::width::Number;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

const BINARY: &[&str] = &["+", "-", "*", "@", "/", "//", "%", "**", "<<", ">>", "&", "|", "^"];
const COMPARE: &[&str] = &["<", ">", "<=", ">=", "==", "!=", "in", "not in", "is", "is not"];
const UNARY: &[&str] = &["+", "-", "~", "not"];

/// Writes a prototype and the prototypes within it.
///
/// # Errors
/// What the sink raises; `RuntimeError` when functions are nested too deeply.
pub fn disassemble(vm: &Vm, prototype: PrototypeHandle, out: &mut Printer) -> Outcome<()> {
    vm.check_stack()?;
    heading(vm, prototype.get(), out)?;
    let (mut offset, mut line) = (0, usize::MAX);
    while let Some(instruction) = Instruction::read(prototype.code(), offset) {
        if prototype.line(offset) != line {
            line = prototype.line(offset);
            column(vm, out, line, 4)?;
        } else {
            out.text(vm, "    ")?;
        }
        column(vm, out, offset, 5)?;
        out.text(vm, " ")?;
        self::instruction(vm, prototype.get(), instruction, out)?;
        out.text(vm, "\n")?;
        offset = instruction.end;
    }
    for handler in prototype.handlers() {
        out.counted(vm, "    handler ", handler.start as isize)?;
        out.counted(vm, "..", handler.end as isize)?;
        out.counted(vm, " -> ", handler.target as isize)?;
        out.counted(vm, " depth ", handler.depth as isize)?;
        out.text(vm, "\n")?;
    }
    for index in 0..constants(prototype.get()).len() {
        if let Some(inner) = Handle::<Prototype>::from(constant(prototype.get(), index)) {
            disassemble(vm, inner, out)?;
        }
    }
    Ok(())
}

fn constants(prototype: &Prototype) -> &[core::cell::Cell<Word>] {
    Handle::<Tuple>::from(prototype.head.constants).map_or(&[], |tuple| tuple.get().tail())
}

fn constant(prototype: &Prototype, index: usize) -> Word {
    constants(prototype).get(index).map_or(Word::UNSET, core::cell::Cell::get)
}

fn heading(vm: &Vm, prototype: &Prototype, out: &mut Printer) -> Outcome<()> {
    let head = &prototype.head;
    out.text(vm, vm.name_text(head.name))?;
    out.text(vm, "(")?;
    let named = head.positional as usize + head.keyword_only as usize;
    for index in 0..prototype.parameter_count() {
        if index > 0 {
            out.text(vm, ", ")?;
        }
        if index >= named {
            let first_star = index == named && head.flags & flag::VAR_POSITIONAL != 0;
            out.text(vm, if first_star { "*" } else { "**" })?;
        } else if index == head.positional as usize {
            out.text(vm, "*, ")?;
        }
        out.text(vm, vm.name_text(prototype.parameter(index)))?;
        if index + 1 == head.positional_only as usize {
            out.text(vm, ", /")?;
        }
    }
    out.text(vm, "): ")?;
    for (bit, text) in [
        (flag::GENERATOR, "generator, "),
        (flag::COROUTINE, "coroutine, "),
        (flag::ASYNC_GENERATOR, "async generator, "),
        (flag::CLASS_BODY, "class body, "),
    ] {
        if head.flags & bit != 0 {
            out.text(vm, text)?;
        }
    }
    out.int(vm, head.locals as isize)?;
    out.text(vm, " locals, ")?;
    if head.free > 0 {
        out.int(vm, head.free as isize)?;
        out.text(vm, " free, ")?;
    }
    out.int(vm, head.stack as isize)?;
    out.text(vm, " stack\n")
}

/// A number, right-aligned.
fn column(vm: &Vm, out: &mut Printer, value: usize, width: u32) -> Outcome<()> {
    let digits = value.checked_ilog10().unwrap_or(0) + 1;
    for _ in digits..width {
        out.text(vm, " ")?;
    }
    out.int(vm, value as isize)
}

fn instruction(vm: &Vm, prototype: &Prototype, instruction: Instruction, out: &mut Printer) -> Outcome<()> {
    let number = instruction.number as usize;
    out.text(vm, instruction.opcode.name())?;
    match instruction.opcode {
        Opcode::Unary => return symbol(vm, out, UNARY, number),
        Opcode::Binary | Opcode::InPlace => return symbol(vm, out, BINARY, number),
        Opcode::Compare => return symbol(vm, out, COMPARE, number),
        Opcode::CompareJump => {
            symbol(vm, out, COMPARE, number & 15)?;
            out.text(vm, if number & 0x80 != 0 { " true" } else { " false" })?;
        }
        Opcode::LoadSmallInt => return spaced(vm, out, number as isize - 16),
        Opcode::LoadConstant => {
            out.text(vm, " ")?;
            return operand_constant(vm, prototype, number, out);
        }
        Opcode::MakeFunction => {
            spaced(vm, out, number as isize)?;
            out.text(vm, " ")?;
            return operand_constant(vm, prototype, instruction.second as usize, out);
        }
        Opcode::LoadLocalN | Opcode::StoreLocalN => spaced(vm, out, number as isize)?,
        _ => {}
    }
    match instruction.opcode.operand() {
        Operand::Name => {
            out.text(vm, " ")?;
            out.text(vm, vm.name_text(Name(number as Number)))?;
        }
        Operand::Bytes2 => {
            spaced(vm, out, number as isize >> 8)?;
            spaced(vm, out, number as isize & 0xff)?;
        }
        Operand::Signed => spaced(vm, out, instruction.number as i32 as isize)?,
        Operand::Byte | Operand::Unsigned => spaced(vm, out, number as isize)?,
        _ => {}
    }
    for target in instruction.targets() {
        out.text(vm, " ->")?;
        spaced(vm, out, target as isize)?;
    }
    Ok(())
}

fn symbol(vm: &Vm, out: &mut Printer, symbols: &[&str], number: usize) -> Outcome<()> {
    out.text(vm, " ")?;
    out.text(vm, symbols.get(number).copied().unwrap_or("?"))
}

fn spaced(vm: &Vm, out: &mut Printer, number: isize) -> Outcome<()> {
    out.text(vm, " ")?;
    out.int(vm, number)
}

/// A constant: a prototype by its name, text in quotes, a tuple by its items, anything else by its repr.
fn operand_constant(vm: &Vm, prototype: &Prototype, index: usize, out: &mut Printer) -> Outcome<()> {
    show(vm, constant(prototype, index), out)
}

fn show(vm: &Vm, constant: Word, out: &mut Printer) -> Outcome<()> {
    vm.check_stack()?;
    if let Some(inner) = Handle::<Prototype>::from(constant) {
        return out.text(vm, vm.name_text(inner.head.name));
    }
    if let Some(text) = vm.as_text(constant) {
        out.text(vm, "'")?;
        out.text(vm, text)?;
        return out.text(vm, "'");
    }
    let Some(tuple) = Handle::<Tuple>::from(constant) else { return out.word(vm, constant, Style::Repr) };
    for (index, item) in tuple.get().tail().iter().enumerate() {
        out.text(vm, if index == 0 { "(" } else { ", " })?;
        show(vm, item.get(), out)?;
    }
    out.text(vm, ")")
}
