//! A compiled function: what `MakeFunction` makes functions of. Immutable once compiled; in the heap, or in flash.
//!
//! ```text
//!   [header][length][Head …][code … | handlers | lines | parameter names]
//! ```
//! The tail is bytes, laid out back to back, sizes in the head:
//! - **code**: instructions (`opcode`).
//! - **handlers**: four numbers each, innermost first: start, end, target (offsets into code), depth; low byte first. Depth
//!   counts stack slots above the locals.
//! - **lines**: pairs of bytes (advance of code, advance of line (signed)); (255, 0) carries on.
//! - **parameter names**: a number each, in the order of locals: positional, then keyword-only, then `*args`, then `**kwargs`. What
//!   was compiled on a host has the names of its other locals behind them; no board is given those.
//!
//! Numbers are as wide as `width` says: on a board a body whose code exceeds 65,535 bytes does not compile.
//!
//! Locals of a frame, in order: parameters as above, then cells captured from outside (`free`), then other locals. The
//! stack of values follows them.

use super::opcode::Opcode;
use super::width::Number;
use super::{WIDTH, inspect};
use crate::object::handle::{Handle, Tailed};
use crate::object::kind::{Header, Kind, Type};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// What a prototype has besides its bytes. Words first: the collector looks at the
/// length (a number), the constants and the accelerator.
#[repr(C)]
pub struct Head {
    /// Tuple of constants (prototypes of inner functions among them).
    pub constants: Word,
    /// A host's side table of inline caches, native code: whatever makes it run faster. `UNSET` at first; never saved.
    pub accelerator: Cell<Word>,
    /// `__name__`.
    pub name: Name,
    /// What `__qualname__` has before the name, `Class.` or `function.<locals>.`; empty where only names are kept.
    pub outer: Name,
    /// Source file, for tracebacks.
    pub file: Name,
    /// Bytes of code.
    pub code: Number,
    /// Bytes of handlers.
    pub handlers: Number,
    /// Bytes of lines.
    pub lines: Number,
    /// Line of the `def`.
    pub first_line: Number,
    /// Locals: parameters, captured cells and the rest.
    pub locals: Number,
    /// Most stack slots above the locals.
    pub stack: Number,
    /// Positional parameters, positional-only ones included.
    pub positional: u8,
    /// How many of those are positional-only.
    pub positional_only: u8,
    /// Keyword-only parameters.
    pub keyword_only: u8,
    /// Cells captured from outside.
    pub free: u8,
    /// `Flag` bits.
    pub flags: u8,
}

/// Bits of `Head::flags`.
pub mod flag {
    /// Takes `*args`.
    pub const VAR_POSITIONAL: u8 = 1;
    /// Takes `**kwargs`.
    pub const VAR_KEYWORDS: u8 = 2;
    /// A generator (coroutines included).
    pub const GENERATOR: u8 = 4;
    /// A coroutine: `async def`.
    pub const COROUTINE: u8 = 8;
    /// An asynchronous generator.
    pub const ASYNC_GENERATOR: u8 = 16;
    /// A class body: local 0 is the namespace.
    pub const CLASS_BODY: u8 = 32;
    /// Its first constant is its docstring.
    pub const DOCUMENTED: u8 = 64;
    /// Its frames may hold numbers that are no words: viper.
    pub const NUMBERS: u8 = 128;
}

/// A compiled function.
pub type Prototype = Tailed<Head, u8>;

/// `code`: the type of compiled functions, which a program sees as `fun.__code__` and makes by `compile`.
pub static PROTOTYPE: Type = Type {
    header: Header::of(&crate::object::class::TYPE),
    slots: &inspect::SLOTS,
    name: name!("code"),
    kind: Kind::Prototype,
    traced: 3,
    base: None,
    rows: inspect::ROWS,
};

/// Bytes of a handler.
pub const HANDLER: usize = 4 * WIDTH;

/// Where an exception goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Handler {
    /// First offset that is covered.
    pub start: Number,
    /// First offset that is not any more.
    pub end: Number,
    /// Where to go.
    pub target: Number,
    /// Stack slots to keep above the locals.
    pub depth: Number,
}

/// The number at a place of code, or of what lies behind it.
pub(super) fn number_at(bytes: &[u8], at: usize) -> Number {
    Number::from_le_bytes(*bytes[at..].first_chunk().expect("a number is whole"))
}

impl Prototype {
    /// The instructions.
    pub fn code(&self) -> &[u8] {
        &self.bytes()[..self.head.code as usize]
    }

    /// The handlers, innermost first.
    pub fn handlers(&self) -> impl Iterator<Item = Handler> + '_ {
        let start = self.head.code as usize;
        let rows = self.bytes()[start..start + self.head.handlers as usize].chunks_exact(HANDLER);
        let number = |row: &[u8], index: usize| number_at(row, index * WIDTH);
        rows.map(move |row| Handler { start: number(row, 0), end: number(row, 1), target: number(row, 2), depth: number(row, 3) })
    }

    /// The innermost handler that covers `offset`.
    pub fn handler(&self, offset: usize) -> Option<Handler> {
        self.handlers().find(|handler| (handler.start as usize..handler.end as usize).contains(&offset))
    }

    /// The source line of the instruction at `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.line_from(offset).0
    }

    /// The source line of the instruction at `offset`, and where the run of instructions of that line begins.
    pub fn line_from(&self, offset: usize) -> (usize, usize) {
        let start = self.head.code as usize + self.head.handlers as usize;
        let (mut at, mut line, mut from) = (0, self.head.first_line as isize, 0);
        for pair in self.bytes()[start..start + self.head.lines as usize].chunks_exact(2) {
            at += pair[0] as usize;
            if at > offset {
                break;
            }
            if pair[1] != 0 {
                (line, from) = (line + pair[1] as i8 as isize, at);
            }
        }
        (line as usize, from)
    }

    /// Whether it runs as machine code: its bytecode alone is not enough.
    pub fn is_machine_code(&self) -> bool {
        self.code().first() == Some(&(Opcode::Native as u8))
    }

    /// Number of parameters, `*args` and `**kwargs` included.
    pub fn parameter_count(&self) -> usize {
        let head = &self.head;
        let star = |bit| (head.flags & bit != 0) as usize;
        head.positional as usize + head.keyword_only as usize + star(flag::VAR_POSITIONAL) + star(flag::VAR_KEYWORDS)
    }

    /// Whether a local is a cell captured from outside.
    pub fn is_free(&self, index: usize) -> bool {
        let first = self.parameter_count();
        (first..first + self.head.free as usize).contains(&index)
    }

    /// The name of parameter `index`, or of another local below `named_locals`.
    pub fn parameter(&self, index: usize) -> Name {
        Name(number_at(self.bytes(), self.names_start() + WIDTH * index))
    }

    /// How many locals have names here, the parameters among them.
    pub fn named_locals(&self) -> usize {
        let names = self.bytes().len().saturating_sub(self.names_start()) / WIDTH;
        // A program has no parameters, and perhaps names of globals.
        if names > 0 && self.parameter(0) == name!("") { 0 } else { names }
    }

    /// Whether a program says `global` of a name.
    #[cfg(feature = "full")]
    pub fn tells_global(&self, name: Name) -> bool {
        let names = (self.bytes().len() - self.names_start()) / WIDTH;
        self.named_locals() == 0 && (0..names).any(|index| self.parameter(index) == name)
    }

    /// The names behind its bytes, whatever they are of.
    pub fn names(&self) -> impl Iterator<Item = Name> + '_ {
        self.bytes()[self.names_start()..].chunks_exact(WIDTH).map(|number| Name(number_at(number, 0)))
    }

    fn names_start(&self) -> usize {
        self.head.code as usize + self.head.handlers as usize + self.head.lines as usize
    }
}

/// A prototype's handle.
pub type PrototypeHandle = Handle<Prototype>;

/// The name with where it was defined: `Class.method`.
///
/// # Errors
/// `MemoryError`.
pub fn qualified(vm: &Vm, name: Name, outer: Name) -> Outcome {
    if outer == name!("") {
        return Ok(Word::name(name));
    }
    let mut whole = crate::object::print::Builder::new();
    for part in [outer, name] {
        whole.push(vm, vm.name_text(part).as_bytes())?;
    }
    whole.finish_str(vm)
}
