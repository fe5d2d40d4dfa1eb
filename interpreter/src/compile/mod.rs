//! From trees to bytecode: scopes, then code.
//!
//! One top-level statement at a time: the parser delivers its tree, `analyse` notes whose names are whose (`scope`), the
//! generator writes its code to the module's (`writer`), the tree goes. Nothing runs before the whole source has compiled.
//!
//! A nested expression or block recurses through these functions, on a board with 2 kB of machine stack. So what handles one
//! kind of node is a function of its own, never inlined: a level of nesting costs its frame, not that of all kinds together.
//! `Generator` is split by what it compiles: `annotation`, `statement`, `block` (ways out), `exception`, `function`, `class`,
//! `comprehension`, `expression`, `call`, `target`, `import`, `pattern`; `fold` computes constants.

mod analyse;
#[cfg_attr(not(feature = "full"), path = "small/annotation.rs")]
pub mod annotation;
#[cfg_attr(not(all(feature = "native", target_arch = "arm")), path = "small/assembly.rs")]
mod assembly;
#[cfg_attr(not(feature = "standard"), path = "small/asynchronous.rs")]
mod asynchronous;
mod block;
mod buffer;
mod call;
mod class;
mod comprehension;
#[cfg_attr(not(feature = "full"), path = "small/diagnosis.rs")]
pub mod diagnosis;
#[cfg_attr(not(feature = "full"), path = "small/docstring.rs")]
mod docstring;
#[cfg_attr(not(feature = "full"), path = "small/encoding.rs")]
pub mod encoding;
mod exception;
mod expression;
#[cfg_attr(not(feature = "standard"), path = "small/fold.rs")]
mod fold;
mod function;
mod generator;
#[cfg_attr(not(feature = "standard"), path = "small/helper.rs")]
mod helper;
mod import;
#[cfg_attr(not(feature = "full"), path = "small/index.rs")]
mod index;
#[cfg_attr(not(feature = "full"), path = "small/irrefutable.rs")]
mod irrefutable;
#[cfg_attr(not(feature = "full"), path = "small/meant.rs")]
mod meant;
#[cfg_attr(not(feature = "native"), path = "small/native.rs")]
mod native;
#[cfg_attr(not(feature = "standard"), path = "small/pattern.rs")]
mod pattern;
mod scope;
#[cfg_attr(not(feature = "standard"), path = "small/shortcut.rs")]
mod shortcut;
#[cfg_attr(not(feature = "standard"), path = "small/star.rs")]
mod star;
mod statement;
#[cfg_attr(not(feature = "full"), path = "small/suspicion.rs")]
pub mod suspicion;
mod target;
#[cfg_attr(not(feature = "standard"), path = "small/template.rs")]
mod template;
#[cfg(test)]
mod tests;
mod writer;

use crate::code::opcode::Opcode;
use crate::code::prototype::PrototypeHandle;
use crate::object::handle::Words;
use crate::object::name::Name;
use crate::source::parser::Parser;
use crate::source::tree::{Item, Kind, Tree};
use crate::source::warning::Warnings;
use crate::source::{Mode, Source};
use crate::vm::import::Text;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;
use generator::{Generator, Parameters, Unit};
use scope::{MODULE, Scopes};
use suspicion::Suspicion;

/// Names that the compiler treats specially.
pub const NAMES: &[&str] = &[
    "const",
    "micropython",
    "__debug__",
    "range",
    "super",
    "__match_args__",
    "append",
    "_groups",
    "Star",
    "string.templatelib",
    "_template",
    "r",
];

/// What all functions of a source share.
struct Shared {
    file: Name,
    mode: Mode,
    /// Names given a value by `const`, and the values.
    constants: Words,
    constant_count: Cell<usize>,
    /// After `from __future__ import annotations`.
    #[cfg_attr(not(feature = "full"), expect(dead_code, reason = "annotations are forgotten"))]
    annotations_are_text: Cell<bool>,
    suspicion: Suspicion,
    warnings: Warnings,
    waits: Waits,
}

/// Whether a program may wait outside of functions, which makes a coroutine of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// That is an error.
    Nowhere,
    /// It may: at the prompt of `python -m asyncio`, and of others that ask for it.
    Anywhere,
}

/// Compiles `source`, which is called `file` in tracebacks.
///
/// # Errors
/// `SyntaxError`, `MemoryError`, `RuntimeError` for what is too large or too deep, and what the source raises.
pub fn compile(vm: &Vm, source: &mut dyn Source, file: Name, mode: Mode) -> Outcome<PrototypeHandle> {
    compile_waiting(vm, source, file, mode, Waits::Nowhere)
}

/// As `compile`; `waits` says whether `await` may stand outside of functions.
///
/// # Errors
/// As for `compile`.
pub fn compile_waiting(vm: &Vm, source: &mut dyn Source, file: Name, mode: Mode, waits: Waits) -> Outcome<PrototypeHandle> {
    match encoding::decoded(vm, source, file)?.set() {
        Some(text) => compile_text(vm, &mut Text::new(vm.text_of(text).as_bytes()), file, mode, waits),
        None => compile_text(vm, source, file, mode, waits),
    }
}

fn compile_text(vm: &Vm, source: &mut dyn Source, file: Name, mode: Mode, waits: Waits) -> Outcome<PrototypeHandle> {
    let shared = Shared {
        file,
        mode,
        constants: Words::EMPTY,
        constant_count: Cell::new(0),
        annotations_are_text: Cell::new(false),
        suspicion: Suspicion::new(),
        warnings: Warnings::new(),
        waits,
    };
    let mut scopes = Scopes::new(vm)?;
    if crate::WHOLE && waits == Waits::Anywhere {
        scopes.set_flag(MODULE, scope::scope_flag::ASYNC);
    }
    let mut unit = Unit::new(MODULE, 1);
    let mut parser = Parser::new(source, file, mode);
    let statements = statements(vm, &mut parser, &mut scopes, &shared, &mut unit);
    parser.free(vm);
    let mixes_blanks = parser.mixes_blanks();
    let escapes = parser.into_warnings();
    if let Err(raised) = statements {
        return Err(diagnosis::explained(vm, raised, source, file, mode));
    }
    if shared.suspicion.is_there() || mixes_blanks {
        diagnosis::suspected(vm, source, file, mode, shared.suspicion.is_of_form())?;
    }
    escapes.tell(vm, file)?;
    shared.warnings.tell(vm, file)?;
    if crate::WHOLE && waits == Waits::Anywhere && !unit.waits {
        scopes.clear_flag(MODULE, scope::scope_flag::ASYNC);
    }
    scopes.clear();
    unit.writer.emit(vm, Opcode::LoadNone)?;
    unit.writer.emit(vm, Opcode::Return)?;
    generator::finish(vm, &scopes, file, &mut unit, (name!("<module>"), 1), Parameters::default())
}

/// Compiles all statements.
fn statements(vm: &Vm, parser: &mut Parser, scopes: &mut Scopes, shared: &Shared, unit: &mut Unit) -> Outcome<()> {
    while let Some(tree) = parser.next_statement(vm)? {
        statement(vm, tree, scopes, shared, unit)?;
    }
    Ok(())
}

/// Compiles a top-level statement.
fn statement(vm: &Vm, tree: &Tree, scopes: &mut Scopes, shared: &Shared, unit: &mut Unit) -> Outcome<()> {
    analyse::analyse(vm, tree, shared.file, scopes)?;
    shared.suspicion.look(vm, tree, shared.waits)?;
    let mut generator = Generator { vm: vm.here(), tree, scopes, shared, unit };
    match (shared.mode, tree.root()) {
        (Mode::Eval, Item::Node(node)) if node.kind() == Kind::Expression => {
            let value = generator.child(node, 0)?;
            generator.expression(value)?;
            generator.op(Opcode::Return)?;
        }
        (_, root) => {
            generator.module_docstring(root)?;
            generator.statement(root)?
        }
    }
    unit.writer.settle(vm)
}
