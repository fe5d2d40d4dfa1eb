//! Whose variable is it: the scopes of one top-level statement and the symbols of each.
//!
//! ```text
//!   scopes:   [node: 4 bytes][kind][flags][parent][first][last]      in the order of the source, outer before inner
//!   symbols:  [name][next][flags][slot]                              a list for each scope, in order of appearance
//! ```
//! `analyse` fills the tables from a tree, `resolve` decides, the code generator asks `place`. The module is scope 0; its
//! variables are its globals and need no symbols. Uses are noted only where an enclosing function could bind them.

use super::buffer::Buffer;
use super::index::Index;
use crate::code::WIDTH;
use crate::code::width::Number;
use crate::object::exception;
use crate::object::name::Name;
use crate::vm::{Outcome, Vm};

/// A scope, by number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Scope(pub(super) Number);

/// The module's.
pub(super) const MODULE: Scope = Scope(0);

/// What opens a scope.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum ScopeKind {
    Module,
    Function,
    /// A comprehension or generator expression: a function of its first iterable.
    Comprehension,
    Class,
}

/// Bits of a scope's flags.
pub(super) mod scope_flag {
    /// It contains `yield`.
    pub const YIELDS: u8 = 1;
    /// `async def`, or a comprehension with `async for` or `await`.
    pub const ASYNC: u8 = 2;
    /// Some scope around it is a function: uses of names are noted.
    pub const WITHIN_FUNCTION: u8 = 4;
    /// It takes `*args`.
    pub const VAR_POSITIONAL: u8 = 8;
    /// It takes `**kwargs`.
    pub const VAR_KEYWORDS: u8 = 16;
    /// Some scope around it is a class.
    pub const WITHIN_CLASS: u8 = 32;
    /// A function with a docstring.
    #[cfg(feature = "full")]
    pub const DOCUMENTED: u8 = 64;
}

/// Bits of a symbol's flags.
pub(super) mod symbol_flag {
    use crate::code::width::Number;
    /// A parameter.
    pub const PARAMETER: Number = 1;
    /// Bound here: assigned, imported, deleted, or a parameter.
    pub const BOUND: Number = 2;
    /// Mentioned.
    pub const USED: Number = 4;
    /// Declared `global`.
    pub const GLOBAL: Number = 8;
    /// Declared `nonlocal`, or bound outside by a walrus in a comprehension.
    pub const NONLOCAL: Number = 16;
    /// A local that an inner function captures.
    pub const CELL: Number = 32;
    /// Captured from outside.
    pub const FREE: Number = 64;
}
use symbol_flag::*;

/// Where a name's value is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A local.
    Local(Number),
    /// In a cell that a local holds.
    Cell(Number),
    /// In the globals, or a builtin.
    Global,
    /// In the namespace of a class body, or a global.
    Class,
    /// Read in a class body: in its namespace, or in this cell.
    ClassCell(Number),
}

// Where the numbers of a scope lie, and its length.
const PARENT: usize = 6;
const FIRST: usize = PARENT + WIDTH;
const LAST: usize = FIRST + WIDTH;
const SCOPE: usize = LAST + WIDTH;
// Those of a symbol. What is in `SLOT` until slots are given is the line of a declaration.
pub(super) const NAME: usize = 0;
const NEXT: usize = WIDTH;
const FLAGS: usize = 2 * WIDTH;
pub(super) const SLOT: usize = 3 * WIDTH;
const SYMBOL: usize = 4 * WIDTH;
const NONE: Number = Number::MAX;

pub(super) const REDEFINED_GLOBAL: &str = "identifier redefined as global";
pub(super) const REDEFINED_NONLOCAL: &str = "identifier redefined as nonlocal";

/// The tables.
pub(super) struct Scopes {
    scopes: Buffer,
    symbols: Buffer,
    /// What `global` statements name.
    told: Buffer,
    index: Index,
}

impl Scopes {
    /// The tables with the module's scope.
    pub(super) fn new(vm: &Vm) -> Outcome<Scopes> {
        let mut scopes = Scopes { scopes: Buffer::new(), symbols: Buffer::new(), told: Buffer::new(), index: Index::new() };
        scopes.push(vm, MODULE, ScopeKind::Module, 0, 0)?;
        Ok(scopes)
    }

    /// Forgets all but the module.
    pub(super) fn clear(&mut self) {
        self.scopes.truncate(SCOPE);
        self.symbols.truncate(0);
        self.index.clear();
    }

    /// A new scope within `parent`, which belongs to `node` of the tree.
    pub(super) fn open(&mut self, vm: &Vm, parent: Scope, kind: ScopeKind, node: u32) -> Outcome<Scope> {
        let mut flags = self.flags(parent) & (scope_flag::WITHIN_FUNCTION | scope_flag::WITHIN_CLASS);
        flags |= match self.kind(parent) {
            ScopeKind::Function | ScopeKind::Comprehension => scope_flag::WITHIN_FUNCTION,
            ScopeKind::Class => scope_flag::WITHIN_CLASS,
            ScopeKind::Module => 0,
        };
        self.push(vm, parent, kind, node, flags)
    }

    fn push(&mut self, vm: &Vm, parent: Scope, kind: ScopeKind, node: u32, flags: u8) -> Outcome<Scope> {
        let number = self.scopes.len() / SCOPE;
        if number >= NONE as usize {
            return Err(vm.raise_text(&exception::RUNTIME_ERROR, "bytecode overflow"));
        }
        node.to_le_bytes().into_iter().try_for_each(|byte| self.scopes.push(vm, byte))?;
        self.scopes.push(vm, kind as u8)?;
        self.scopes.push(vm, flags)?;
        for value in [parent.0, NONE, NONE] {
            self.scopes.push_number(vm, value)?;
        }
        Ok(Scope(number as Number))
    }

    fn field(&self, scope: Scope, offset: usize) -> Number {
        self.scopes.number(scope.0 as usize * SCOPE + offset)
    }

    /// Number of scopes.
    fn count(&self) -> Number {
        (self.scopes.len() / SCOPE) as Number
    }

    fn node(&self, scope: Scope) -> u32 {
        let at = scope.0 as usize * SCOPE;
        u32::from_le_bytes([0, 1, 2, 3].map(|index| self.scopes.get(at + index)))
    }

    /// What opened it.
    pub(super) fn kind(&self, scope: Scope) -> ScopeKind {
        match self.scopes.get(scope.0 as usize * SCOPE + 4) {
            0 => ScopeKind::Module,
            1 => ScopeKind::Function,
            2 => ScopeKind::Comprehension,
            _ => ScopeKind::Class,
        }
    }

    /// Its flags.
    pub(super) fn flags(&self, scope: Scope) -> u8 {
        self.scopes.get(scope.0 as usize * SCOPE + 5)
    }

    /// Sets a flag.
    pub(super) fn set_flag(&mut self, scope: Scope, flag: u8) {
        let flags = self.flags(scope) | flag;
        self.scopes.set(scope.0 as usize * SCOPE + 5, flags);
    }

    pub(super) fn clear_flag(&mut self, scope: Scope, flag: u8) {
        self.scopes.set(scope.0 as usize * SCOPE + 5, self.flags(scope) & !flag);
    }

    /// The scope around it.
    pub(super) fn parent(&self, scope: Scope) -> Scope {
        Scope(self.field(scope, PARENT))
    }

    /// The scope that `node` opened, within `after`. Scopes are opened in the order of their nodes.
    pub(super) fn of_node(&self, after: Scope, node: u32) -> Scope {
        let (mut low, mut high) = (after.0 + 1, self.count());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.node(Scope(middle)) < node { low = middle + 1 } else { high = middle }
        }
        debug_assert!(low < self.count() && self.node(Scope(low)) == node, "the analysis opened a scope for this node");
        Scope(low.min(self.count() - 1))
    }

    // -- symbols

    pub(super) fn symbol_field(&self, symbol: Number, offset: usize) -> Number {
        self.symbols.number(symbol as usize * SYMBOL + offset)
    }

    fn set_symbol_field(&mut self, symbol: Number, offset: usize, value: Number) {
        self.symbols.set_number(symbol as usize * SYMBOL + offset, value);
    }

    pub(super) fn symbol_flags(&self, symbol: Number) -> Number {
        self.symbol_field(symbol, FLAGS)
    }

    fn add_flags(&mut self, symbol: Number, flags: Number) {
        self.set_symbol_field(symbol, FLAGS, self.symbol_flags(symbol) | flags);
    }

    /// The symbols of a scope.
    pub(super) fn symbols(&self, scope: Scope) -> impl Iterator<Item = Number> + '_ {
        let mut next = self.field(scope, FIRST);
        core::iter::from_fn(move || {
            let symbol = next;
            if symbol == NONE {
                return None;
            }
            next = self.symbol_field(symbol, NEXT);
            Some(symbol)
        })
    }

    fn find(&self, scope: Scope, name: Name) -> Option<Number> {
        if self.index.is_used() {
            return self.index.find(scope, name, &|symbol| Name(self.symbol_field(symbol, NAME)));
        }
        self.symbols(scope).find(|&symbol| self.symbol_field(symbol, NAME) == name.0)
    }

    fn find_or_add(&mut self, vm: &Vm, scope: Scope, name: Name) -> Outcome<Number> {
        if let Some(symbol) = self.find(scope, name) {
            return Ok(symbol);
        }
        let number = self.symbols.len() / SYMBOL;
        if number >= NONE as usize {
            return Err(vm.raise_text(&exception::RUNTIME_ERROR, "bytecode overflow"));
        }
        let number = number as Number;
        for value in [name.0, NONE, 0, NONE] {
            self.symbols.push_number(vm, value)?;
        }
        let symbols = &self.symbols;
        self.index.add(vm, scope, name, &|symbol| Name(symbols.number(symbol as usize * SYMBOL + NAME)))?;
        let (at, last) = (scope.0 as usize * SCOPE, self.field(scope, LAST));
        match last {
            NONE => self.scopes.set_number(at + FIRST, number),
            last => self.set_symbol_field(last, NEXT, number),
        }
        self.scopes.set_number(at + LAST, number);
        Ok(number)
    }

    /// Adds a parameter. False when the name is taken.
    pub(super) fn parameter(&mut self, vm: &Vm, scope: Scope, name: Name) -> Outcome<bool> {
        if self.find(scope, name).is_some() {
            return Ok(false);
        }
        let symbol = self.find_or_add(vm, scope, name)?;
        self.add_flags(symbol, PARAMETER | BOUND);
        Ok(true)
    }

    /// Notes that a name is bound.
    pub(super) fn bind(&mut self, vm: &Vm, scope: Scope, name: Name) -> Outcome<()> {
        if scope == MODULE {
            return Ok(());
        }
        let symbol = self.find_or_add(vm, scope, name)?;
        self.add_flags(symbol, BOUND);
        Ok(())
    }

    /// Notes that a walrus binds a name: around all comprehensions.
    pub(super) fn bind_around(&mut self, vm: &Vm, mut scope: Scope, name: Name, line: usize) -> Outcome<()> {
        let mut home = scope;
        while self.kind(home) == ScopeKind::Comprehension {
            home = self.parent(home);
        }
        let is_global = self.find(home, name).is_some_and(|symbol| self.symbol_flags(symbol) & GLOBAL != 0);
        let flag = if self.kind(home) == ScopeKind::Function && !is_global { NONLOCAL } else { GLOBAL };
        while scope != home {
            let symbol = self.find_or_add(vm, scope, name)?;
            self.add_flags(symbol, flag);
            self.set_symbol_field(symbol, SLOT, line.min(Number::MAX as usize) as Number);
            scope = self.parent(scope);
        }
        self.bind(vm, home, name)
    }

    /// Notes that a name is mentioned.
    pub(super) fn mention(&mut self, vm: &Vm, scope: Scope, name: Name) -> Outcome<()> {
        let flags = self.flags(scope);
        if flags & scope_flag::WITHIN_FUNCTION != 0 || name == name!("__class__") && flags & scope_flag::WITHIN_CLASS != 0 {
            let symbol = self.find_or_add(vm, scope, name)?;
            self.add_flags(symbol, USED);
        }
        Ok(())
    }

    /// Declares a name `global` or `nonlocal`. False when it is something else already.
    pub(super) fn declare(&mut self, vm: &Vm, scope: Scope, name: Name, flag: Number, line: usize) -> Outcome<bool> {
        let symbol = self.find_or_add(vm, scope, name)?;
        if self.symbol_flags(symbol) & !flag != 0 {
            return Ok(false);
        }
        self.add_flags(symbol, flag);
        self.set_symbol_field(symbol, SLOT, line.min(Number::MAX as usize) as Number);
        Ok(true)
    }

    // -- decisions

    /// Finds what captures what and gives every local its slot. `Err` with the line and the message for a name that is
    /// declared to be what it cannot be.
    pub(super) fn resolve(&mut self, vm: &Vm) -> Outcome<Result<(), (usize, &'static str)>> {
        for scope in (1..self.count()).map(Scope) {
            let mut symbol = self.field(scope, FIRST);
            while symbol != NONE {
                let flags = self.symbol_flags(symbol);
                let name = Name(self.symbol_field(symbol, NAME));
                let line = self.symbol_field(symbol, SLOT) as usize;
                if self.kind(scope) == ScopeKind::Comprehension && flags & BOUND != 0 && flags & (GLOBAL | NONLOCAL) != 0 {
                    // A walrus on the comprehension's own variable.
                    return Ok(Err((line, if flags & GLOBAL != 0 { REDEFINED_GLOBAL } else { REDEFINED_NONLOCAL })));
                }
                if flags & (GLOBAL | FREE) == 0 && (flags & BOUND == 0 || flags & NONLOCAL != 0) {
                    let captured = self.capture(vm, scope, name)?;
                    if captured {
                        self.add_flags(symbol, FREE);
                    } else if flags & NONLOCAL != 0 {
                        return Ok(Err((line, "no binding for nonlocal found")));
                    }
                }
                symbol = self.symbol_field(symbol, NEXT);
            }
        }
        for scope in (1..self.count()).map(Scope) {
            self.number(scope);
        }
        Ok(Ok(()))
    }

    /// Looks for the function around `scope` that binds `name`; makes it a cell there and free in all scopes between.
    fn capture(&mut self, vm: &Vm, scope: Scope, name: Name) -> Outcome<bool> {
        let mut home = self.parent(scope);
        loop {
            let symbol = match self.kind(home) {
                ScopeKind::Module => return Ok(false),
                ScopeKind::Class if name == name!("__class__") => Some(self.find_or_add(vm, home, name)?),
                ScopeKind::Class => None,
                ScopeKind::Function | ScopeKind::Comprehension => self.find(home, name),
            };
            if let Some(symbol) = symbol {
                let flags = self.symbol_flags(symbol);
                if flags & GLOBAL != 0 {
                    return Ok(false);
                }
                let is_class = self.kind(home) == ScopeKind::Class;
                if is_class || flags & BOUND != 0 && flags & NONLOCAL == 0 {
                    self.add_flags(symbol, CELL);
                    break;
                }
            }
            home = self.parent(home);
        }
        let mut between = self.parent(scope);
        while between != home {
            let symbol = self.find_or_add(vm, between, name)?;
            self.add_flags(symbol, FREE);
            between = self.parent(between);
        }
        Ok(true)
    }

    /// Slots: parameters, captured cells, the rest.
    fn number(&mut self, scope: Scope) {
        let is_class = self.kind(scope) == ScopeKind::Class;
        let mut slot = 0;
        for wanted in [PARAMETER, FREE, BOUND | CELL] {
            let mut symbol = self.field(scope, FIRST);
            while symbol != NONE {
                let flags = self.symbol_flags(symbol);
                let mine = match wanted {
                    PARAMETER => flags & PARAMETER != 0,
                    FREE => flags & FREE != 0,
                    // A class body's names live in its namespace; only `__class__` has a cell.
                    _ if is_class => flags & CELL != 0,
                    _ => flags & wanted != 0 && flags & (PARAMETER | FREE | GLOBAL) == 0,
                };
                if mine {
                    self.set_symbol_field(symbol, SLOT, slot);
                    slot += 1;
                }
                symbol = self.symbol_field(symbol, NEXT);
            }
        }
    }

    /// Number of locals. A module on a host has one, unused, for the namespace that it may be run in (`code::namespace`).
    pub(super) fn local_count(&self, scope: Scope) -> usize {
        if crate::WHOLE && scope == MODULE {
            return 1;
        }
        let slots = self.symbols(scope).filter(|&symbol| self.has_slot(scope, symbol));
        slots.map(|symbol| self.symbol_field(symbol, SLOT) as usize + 1).max().unwrap_or(0)
    }

    pub(super) fn has_slot(&self, scope: Scope, symbol: Number) -> bool {
        let flags = self.symbol_flags(symbol);
        match self.kind(scope) {
            ScopeKind::Class => flags & (PARAMETER | FREE | CELL) != 0,
            _ => flags & (PARAMETER | FREE | CELL | BOUND) != 0 && flags & GLOBAL == 0,
        }
    }

    /// Whether a `global` statement of `scope` has `name`.
    pub(super) fn is_declared_global(&self, scope: Scope, name: Name) -> bool {
        self.find(scope, name).is_some_and(|symbol| self.symbol_flags(symbol) & GLOBAL != 0)
    }

    /// Where the value of `name` is, seen from `scope`.
    pub(super) fn place(&self, scope: Scope, name: Name) -> Place {
        let kind = self.kind(scope);
        if kind == ScopeKind::Module {
            return Place::Global;
        }
        let Some(symbol) = self.find(scope, name) else {
            return if kind == ScopeKind::Class { Place::Class } else { Place::Global };
        };
        let (flags, slot) = (self.symbol_flags(symbol), self.symbol_field(symbol, SLOT));
        if flags & GLOBAL != 0 {
            return Place::Global;
        }
        match kind {
            ScopeKind::Class if flags & NONLOCAL != 0 => Place::Cell(slot),
            ScopeKind::Class if flags & FREE != 0 && flags & BOUND == 0 => Place::ClassCell(slot),
            ScopeKind::Class => Place::Class,
            _ if flags & (FREE | CELL) != 0 => Place::Cell(slot),
            _ if flags & BOUND != 0 => Place::Local(slot),
            _ => Place::Global,
        }
    }

    /// The slot that holds the cell of `name`, to be captured by an inner function.
    pub(super) fn cell(&self, scope: Scope, name: Name) -> Option<Number> {
        let symbol = self.find(scope, name)?;
        if self.symbol_flags(symbol) & (FREE | CELL) != 0 { Some(self.symbol_field(symbol, SLOT)) } else { None }
    }

    /// Slots whose values move into cells when the function starts.
    pub(super) fn cells(&self, scope: Scope) -> impl Iterator<Item = Number> + '_ {
        let own = move |&symbol: &Number| self.symbol_flags(symbol) & (CELL | FREE) == CELL;
        self.symbols(scope).filter(own).map(|symbol| self.symbol_field(symbol, SLOT))
    }

    /// Names captured from outside, in the order of their slots.
    pub(super) fn free(&self, scope: Scope) -> impl Iterator<Item = Name> + '_ {
        let free = move |&symbol: &Number| self.symbol_flags(symbol) & FREE != 0;
        self.symbols(scope).filter(free).map(|symbol| Name(self.symbol_field(symbol, NAME)))
    }

    /// Locals that are no parameters, in the order of their slots.
    pub(super) fn further_locals(&self, scope: Scope) -> impl Iterator<Item = Name> + '_ {
        let own = move |&symbol: &Number| self.has_slot(scope, symbol) && self.symbol_flags(symbol) & (PARAMETER | FREE) == 0;
        self.free(scope).chain(self.symbols(scope).filter(own).map(|symbol| Name(self.symbol_field(symbol, NAME))))
    }

    /// Notes that a program says `global` of a name somewhere.
    pub(super) fn tell_global(&mut self, vm: &Vm, name: Name) -> Outcome<()> {
        if self.told.len() == 0 {
            self.told.push_number(vm, name!("").0)?;
        }
        self.told.push_number(vm, name.0)
    }

    /// Of a program: behind a name of no length, those that its `global` statements have.
    pub(super) fn told_globals(&self, scope: Scope) -> impl Iterator<Item = Name> + '_ {
        let count = if self.kind(scope) == ScopeKind::Module { self.told.len() / WIDTH } else { 0 };
        (0..count).map(|index| Name(self.told.number(index * WIDTH)))
    }

    /// The parameters, in the order of their slots.
    pub(super) fn parameters(&self, scope: Scope) -> impl Iterator<Item = Name> + '_ {
        let parameter = move |&symbol: &Number| self.symbol_flags(symbol) & PARAMETER != 0;
        self.symbols(scope).filter(parameter).map(|symbol| Name(self.symbol_field(symbol, NAME)))
    }
}
