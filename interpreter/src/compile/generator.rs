//! The code generator of one function: what its parts (`statement`, `expression` …) share.

use super::block::Blocks;
use super::native::Emitter;
use super::scope::{Place, Scope, ScopeKind, Scopes, scope_flag};
use super::writer::{Label, Writer};
use super::{Shared, buffer::Buffer};
use crate::code::opcode::Opcode;
use crate::code::prototype::{Head, PrototypeHandle, flag};
use crate::code::width::Number;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node, Tree};
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

/// What outlives a tree: the module's code grows statement by statement.
pub(super) struct Unit {
    pub(super) writer: Writer,
    pub(super) blocks: Blocks,
    pub(super) scope: Scope,
    /// Hidden locals behind the scope's own: in use, and most ever.
    pub(super) temporaries: usize,
    pub(super) most_temporaries: usize,
    /// What its functions are compiled to.
    pub(super) emitter: Emitter,
    /// What comes before its own name in its qualified one.
    pub(super) outer: Name,
    /// The line of the decorators of the definition that comes next; 0 if it has none.
    pub(super) decorated_at: u32,
    /// Names of a pattern whose values wait in hidden locals until all of it matches, the last of them in that one.
    pub(super) captures: Buffer,
    pub(super) last_capture: Number,
    /// Its own name in those of what it defines; empty of what has no name.
    own: Name,
    /// Whether that is the name of a class.
    is_class: bool,
    /// What comes before the names of what it defines, once that is asked for.
    prefix: Option<Name>,
    /// Whether it waits for something.
    pub(super) waits: bool,
}

impl Unit {
    // Not inlined: it is then made where it stays, and not moved there from another place on the machine stack.
    #[inline(never)]
    pub(super) fn new(scope: Scope, line: usize) -> Unit {
        let nameless = name!("");
        Unit {
            writer: Writer::new(line),
            blocks: Blocks::new(),
            scope,
            temporaries: 0,
            most_temporaries: 0,
            emitter: Emitter::BYTECODE,
            outer: nameless,
            decorated_at: 0,
            captures: Buffer::new(),
            last_capture: 0,
            own: nameless,
            is_class: false,
            prefix: None,
            waits: false,
        }
    }
}

/// How many parameters of each sort a function has.
#[derive(Clone, Copy, Default)]
pub(super) struct Parameters {
    pub(super) positional: u8,
    pub(super) positional_only: u8,
    pub(super) keyword_only: u8,
}

/// Generates code for one function from one tree.
pub(super) struct Generator<'c> {
    pub(super) vm: &'c Vm,
    pub(super) tree: &'c Tree,
    pub(super) scopes: &'c Scopes,
    pub(super) shared: &'c Shared,
    pub(super) unit: &'c mut Unit,
}

impl<'c> Generator<'c> {
    /// A generator for a function within this one's tree.
    pub(super) fn within<'d>(&self, unit: &'d mut Unit) -> Generator<'d>
    where
        'c: 'd,
    {
        Generator { vm: self.vm, tree: self.tree, scopes: self.scopes, shared: self.shared, unit }
    }

    /// Says where a definition stands: `unit` is that of what is called `name` here.
    pub(super) fn place(&mut self, unit: &mut Unit, name: Name) -> Outcome<()> {
        if crate::WHOLE {
            // What is bound in the module is called so wherever it stands.
            let is_global = self.scopes.is_declared_global(self.unit.scope, name);
            unit.outer = if is_global { name!("") } else { self.prefix()? };
            unit.own = name;
            unit.is_class = self.scopes.kind(unit.scope) == ScopeKind::Class;
        }
        Ok(())
    }

    /// Where a hidden function stands: what it defines is called as if it stood here.
    pub(super) fn pass_on(&mut self, unit: &mut Unit) {
        (unit.outer, unit.own, unit.is_class, unit.prefix) =
            (self.unit.outer, self.unit.own, self.unit.is_class, self.unit.prefix);
    }

    /// What comes before the names of definitions here.
    pub(super) fn prefix(&mut self) -> Outcome<Name> {
        if let Some(known) = self.unit.prefix {
            return Ok(known);
        }
        let (vm, unit) = (self.vm, &mut *self.unit);
        let mut prefix = unit.outer;
        if crate::WHOLE && unit.own != name!("") {
            let tail = if unit.is_class { "." } else { ".<locals>." };
            let mut whole = crate::object::print::Builder::new();
            for part in [vm.name_text(unit.outer), vm.name_text(unit.own), tail] {
                whole.push(vm, part.as_bytes())?;
            }
            let whole = whole.finish_str(vm)?;
            // Longer texts are no names: such definitions are called as if they stood further out.
            if vm.text_of(whole).len() < 200 {
                prefix = vm.intern(vm.text_of(whole))?;
            }
        }
        unit.prefix = Some(prefix);
        Ok(prefix)
    }

    pub(super) fn error<T>(&self, node: Node, text: &str) -> Outcome<T> {
        Err(self.syntax_error(node, text))
    }

    pub(super) fn syntax_error(&self, node: Node, text: &str) -> Raised {
        self.vm.syntax_error(self.shared.file, self.tree.line(node), self.tree.column(node), text)
    }

    /// Moves the line on to `node`'s.
    pub(super) fn at(&mut self, node: Node) {
        self.unit.writer.set_line(self.tree.line(node) as usize);
    }

    // -- writing

    pub(super) fn op(&mut self, opcode: Opcode) -> Outcome<()> {
        self.unit.writer.emit(self.vm, opcode)
    }

    pub(super) fn op_with(&mut self, opcode: Opcode, n: usize) -> Outcome<()> {
        self.unit.writer.emit_with(self.vm, opcode, n as u32)
    }

    pub(super) fn op_name(&mut self, opcode: Opcode, name: Name) -> Outcome<()> {
        self.unit.writer.emit_name(self.vm, opcode, name)
    }

    pub(super) fn constant(&mut self, value: Word) -> Outcome<()> {
        self.unit.writer.emit_constant(self.vm, value)
    }

    pub(super) fn label(&mut self) -> Outcome<Label> {
        self.unit.writer.label(self.vm)
    }

    pub(super) fn label_here(&mut self) -> Outcome<Label> {
        self.unit.writer.label_here(self.vm)
    }

    pub(super) fn bind(&mut self, label: Label) {
        self.unit.writer.bind(label);
    }

    pub(super) fn jump(&mut self, opcode: Opcode, label: Label) -> Outcome<()> {
        self.unit.writer.jump(self.vm, opcode, label)
    }

    /// Runs `yield from` on the iterator on top.
    pub(super) fn delegate(&mut self) -> Outcome<()> {
        self.op(Opcode::LoadNone)?;
        self.op(Opcode::YieldFrom)
    }

    // -- names

    #[inline(never)]
    pub(super) fn load_name(&mut self, name: Name) -> Outcome<()> {
        if name == name!("__debug__") {
            return self.op(if self.debugs() { Opcode::LoadTrue } else { Opcode::LoadFalse });
        }
        match self.scopes.place(self.unit.scope, name) {
            Place::Local(slot) => self.unit.writer.emit_local(self.vm, Opcode::LoadLocal, slot),
            Place::Cell(slot) => self.op_with(Opcode::LoadCell, slot as usize),
            Place::Global => match self.shared.constant(name) {
                Some(value) => self.constant(value),
                None => self.op_name(Opcode::LoadGlobal, name),
            },
            Place::Class => match self.shared.constant(name) {
                Some(value) => self.constant(value),
                None => self.op_name(Opcode::LoadClassName, name),
            },
            Place::ClassCell(slot) => {
                self.op_with(Opcode::LoadRaw, slot as usize)?;
                self.op_name(Opcode::LoadClassCell, name)
            }
        }
    }

    #[inline(never)]
    pub(super) fn store_name(&mut self, name: Name) -> Outcome<()> {
        match self.scopes.place(self.unit.scope, name) {
            Place::Local(slot) => self.unit.writer.emit_local(self.vm, Opcode::StoreLocal, slot),
            Place::Cell(slot) | Place::ClassCell(slot) => self.op_with(Opcode::StoreCell, slot as usize),
            Place::Global => self.op_name(Opcode::StoreGlobal, name),
            Place::Class => self.op_name(Opcode::StoreClassName, name),
        }
    }

    #[inline(never)]
    pub(super) fn delete_name(&mut self, name: Name) -> Outcome<()> {
        match self.scopes.place(self.unit.scope, name) {
            Place::Local(slot) => self.op_with(Opcode::DeleteLocal, slot as usize),
            Place::Cell(slot) | Place::ClassCell(slot) => self.op_with(Opcode::DeleteCell, slot as usize),
            Place::Global => self.op_name(Opcode::DeleteGlobal, name),
            Place::Class => self.op_name(Opcode::DeleteClassName, name),
        }
    }

    // -- functions

    pub(super) fn scope_flags(&self) -> u8 {
        self.scopes.flags(self.unit.scope)
    }

    /// Whether this is code of a function (a lambda's too): `return` and `yield` are allowed.
    pub(super) fn is_function(&self) -> bool {
        self.scopes.kind(self.unit.scope) == ScopeKind::Function
    }

    /// Begins the code of a function: parameters that are captured move into cells.
    #[inline(never)]
    pub(super) fn begin_function(&mut self) -> Outcome<()> {
        let scopes = self.scopes;
        for slot in scopes.cells(self.unit.scope) {
            self.op_with(Opcode::MakeCell, slot as usize)?;
        }
        Ok(())
    }

    /// Pushes the cells that `inner` captures, if any, and makes the function. `flags` says what lies on the stack already.
    #[inline(never)]
    pub(super) fn make_function(&mut self, inner: Scope, flags: u8, prototype: PrototypeHandle) -> Outcome<()> {
        let scopes = self.scopes;
        let mut count = 0;
        for name in scopes.free(inner) {
            let slot = scopes.cell(self.unit.scope, name).expect("what an inner scope captures is a cell here");
            self.op_with(Opcode::LoadRaw, slot as usize)?;
            count += 1;
        }
        let mut flags = flags;
        if count > 0 {
            self.op_with(Opcode::BuildTuple, count)?;
            flags |= 4;
        }
        self.unit.writer.emit_function(self.vm, flags, prototype.word())
    }
}

/// Reading trees.
impl<'c> Generator<'c> {
    /// The children of `node` as they are needed here: at most `N`, the rest left out.
    pub(super) fn parts<const N: usize>(&self, node: Node) -> [Option<Item>; N] {
        let mut children = self.tree.children(node);
        core::array::from_fn(|_| children.next())
    }

    /// A child that the grammar promises.
    pub(super) fn child(&self, node: Node, index: usize) -> Outcome<Item> {
        self.tree.child(node, index).ok_or_else(|| self.syntax_error(node, "invalid syntax"))
    }

    /// The last child, which the grammar promises.
    pub(super) fn last(&self, node: Node) -> Outcome<Item> {
        self.tree.last_child(node).ok_or_else(|| self.syntax_error(node, "invalid syntax"))
    }

    /// The name of a definition as it was written.
    pub(super) fn own_name(&self, definition: Node) -> Outcome<Name> {
        match self.tree.child(definition, 1) {
            Some(Item::Attribute(name)) => Ok(name.get()),
            _ => self.name_child(definition, 0),
        }
    }

    /// A name that the grammar promises.
    pub(super) fn name_child(&self, node: Node, index: usize) -> Outcome<Name> {
        match self.child(node, index)? {
            Item::Name(name) | Item::Attribute(name) => Ok(name.get()),
            _ => self.error(node, "invalid syntax"),
        }
    }
}

/// The node, if the item is one of this kind.
pub(super) fn as_node(item: Item, kind: Kind) -> Option<Node> {
    match item {
        Item::Node(node) if node.kind() == kind => Some(node),
        _ => None,
    }
}

/// Whether the item is this token.
pub(super) fn is_token(item: Item, token: Token) -> bool {
    matches!(item, Item::Token(found) if found == token)
}

/// Ends the code of `unit` and makes its prototype.
#[inline(never)]
pub(super) fn finish(
    vm: &Vm,
    scopes: &Scopes,
    file: Name,
    unit: &mut Unit,
    (name, line): (Name, usize),
    counts: Parameters,
) -> Outcome<PrototypeHandle> {
    let scope = unit.scope;
    unit.writer.settle(vm)?;
    let mut names = Buffer::new();
    for name in scopes.parameters(scope) {
        names.push_number(vm, name.0)?;
    }
    if crate::WHOLE {
        for name in scopes.further_locals(scope) {
            names.push_number(vm, name.0)?;
        }
        scopes.told_globals(scope).try_for_each(|name| names.push_number(vm, name.0))?;
    }
    let (locals, free) = (scopes.local_count(scope) + unit.most_temporaries, scopes.free(scope).count());
    if locals > u16::MAX as usize || free > u8::MAX as usize {
        return Err(Writer::overflow(vm));
    }
    let head = Head {
        constants: Word::NONE,
        accelerator: Cell::new(Word::UNSET),
        name,
        outer: unit.outer,
        file,
        code: 0,
        handlers: 0,
        lines: 0,
        first_line: if super::helper::keeps_lines(vm) { line.min(Number::MAX as usize) as Number } else { 1 },
        locals: locals as Number,
        stack: 0,
        positional: counts.positional,
        positional_only: counts.positional_only,
        keyword_only: counts.keyword_only,
        free: free as u8,
        flags: head_flags(scopes, scope) | unit.emitter.head_flag(),
    };
    let prototype = unit.writer.finish(vm, head, &names)?;
    super::native::translate(vm, scopes, unit, prototype)?;
    Ok(prototype)
}

fn head_flags(scopes: &Scopes, scope: Scope) -> u8 {
    let flags = scopes.flags(scope);
    let (yields, is_async) = (flags & scope_flag::YIELDS != 0, flags & scope_flag::ASYNC != 0);
    let mut head = super::docstring::head_flag(flags);
    head |= match (is_async, yields) {
        (true, true) => flag::GENERATOR | flag::ASYNC_GENERATOR,
        (true, false) => flag::GENERATOR | flag::COROUTINE,
        (false, true) => flag::GENERATOR,
        (false, false) => 0,
    };
    if scopes.kind(scope) == ScopeKind::Class {
        head |= flag::CLASS_BODY;
    }
    if flags & scope_flag::VAR_POSITIONAL != 0 {
        head |= flag::VAR_POSITIONAL;
    }
    if flags & scope_flag::VAR_KEYWORDS != 0 {
        head |= flag::VAR_KEYWORDS;
    }
    head
}
