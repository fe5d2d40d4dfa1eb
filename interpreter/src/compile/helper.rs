//! Calls of helpers: what bytecode has no instruction for.

use super::generator::{Generator, as_node};
use super::scope::scope_flag::{ASYNC, YIELDS};
use super::scope::symbol_flag::{CELL, FREE, PARAMETER};
use super::scope::{NAME, Place, SLOT, ScopeKind};
use crate::code::opcode::Opcode;
use crate::object::handle::Handle;
use crate::object::helper::Helper;
use crate::object::kind::{Kind as ObjectKind, find_row};
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::tree::{Children, Item, Kind, Node};
use crate::vm::{Outcome, Vm};

/// Whether line numbers are kept: not at `opt_level(3)` and above.
pub(super) fn keeps_lines(vm: &Vm) -> bool {
    vm.optimisation.get() < 3
}

/// Builtins that look at the locals of their caller, and with how many arguments.
const LOOKERS: &[(Name, usize)] = &[(name!(locals), 0), (name!(vars), 0), (name!(dir), 0), (name!(eval), 1), (name!(exec), 1)];

impl Generator<'_> {
    /// Whether `__debug__` is true, and asserts are compiled.
    pub(super) fn debugs(&self) -> bool {
        self.vm.optimisation.get() == 0
    }

    /// `math.pi`: a number of a builtin module, whatever the module's name means when the program runs.
    pub(super) fn module_constant(&self, node: Node) -> Option<Word> {
        let mut children = self.tree.children(node);
        let (Some(Item::Name(module)), Some(Item::Attribute(name)), None) = (children.next(), children.next(), children.next())
        else {
            return None;
        };
        self.number_of(module.get(), name.get())
    }

    /// A number that a row of a builtin module has under a name, be the module one of the port's.
    pub(super) fn number_of(&self, module: Name, name: Name) -> Option<Word> {
        let of_port = self.vm.builtin_module(self.vm.name_text(module)).and_then(|module| find_row(module.rows, name));
        let value = of_port.or_else(|| find_row(crate::modules::core_rows(module), name))?;
        matches!(self.vm.type_of(value).kind, ObjectKind::Int | ObjectKind::Float).then_some(value)
    }

    /// Gives a line that does nothing an instruction, for a tracer to be told of it: only while somebody traces.
    pub(super) fn mark_line(&mut self) -> Outcome<()> {
        if self.vm.traces() {
            self.op(Opcode::LoadNone)?;
            self.op(Opcode::Pop)?;
        }
        Ok(())
    }

    /// Pushes a helper, to be called.
    pub(super) fn helper(&mut self, helper: Helper) -> Outcome<()> {
        self.op_with(Opcode::LoadHelper, helper as usize)
    }

    /// Pushes `name` of `module`.
    #[inline(never)]
    pub(super) fn import_from(&mut self, module: Name, name: Name) -> Outcome<()> {
        let names = self.vm.new_tuple(&[Word::name(name)])?;
        self.constant(Word::int(0))?;
        self.constant(names)?;
        self.op_name(Opcode::ImportName, module)?;
        self.op_name(Opcode::ImportFrom, name)?;
        self.op(Opcode::Swap)?;
        self.op(Opcode::Pop)
    }

    /// Whether this is the body of an asynchronous generator.
    pub(super) fn is_async_generator(&self) -> bool {
        self.scope_flags() & (ASYNC | YIELDS) == ASYNC | YIELDS
    }

    /// `x → sent`: yields, wrapped if the generator is asynchronous.
    pub(super) fn yield_value(&mut self) -> Outcome<()> {
        if self.is_async_generator() {
            self.helper(Helper::Yielded)?;
            self.op(Opcode::Swap)?;
            self.op_with(Opcode::Call, 0x100)?;
        }
        self.op(Opcode::Yield)
    }

    /// Calls what may look at its caller's locals: `locals()`, `vars()`, `dir()`, `eval(source)`, `exec(source)` in a function.
    #[inline(never)]
    pub(super) fn call_with_locals(&mut self, atom: Item, mut trailers: Children) -> Outcome<bool> {
        let (Item::Name(name), Some(Item::Node(call))) = (atom, trailers.next()) else { return Ok(false) };
        let Some(looker) = LOOKERS.iter().find(|looker| looker.0 == name.get()) else { return Ok(false) };
        let scope = self.unit.scope;
        let is_inside = matches!(self.scopes.kind(scope), ScopeKind::Function | ScopeKind::Comprehension);
        let fits = call.kind() == Kind::Arguments && self.tree.children(call).count() == looker.1;
        let argument = self.tree.child(call, 0);
        let is_plain = argument
            .is_none_or(|item| [Kind::Star, Kind::DoubleStar, Kind::Keyword].iter().all(|kind| as_node(item, *kind).is_none()));
        if !is_inside || !fits || !is_plain || self.scopes.place(scope, name.get()) != Place::Global {
            return Ok(false);
        }
        self.helper(Helper::WithLocals)?;
        self.load_name(name.get())?;
        let names = self.local_names()?;
        self.constant(names)?;
        if let Some(argument) = argument {
            self.expression(argument)?;
        }
        self.op_with(Opcode::Call, (2 + looker.1) << 8)?;
        Ok(true)
    }

    /// A tuple of the names of locals, each followed by its place, as `Helper::WithLocals` wants it: in CPython's order.
    fn local_names(&self) -> Outcome {
        let (scopes, scope) = (self.scopes, self.unit.scope);
        let list = self.vm.new_list(&[])?;
        let items = Handle::<List>::from(list).expect("a list");
        for wanted in [0, CELL, FREE] {
            for symbol in scopes.symbols(scope).filter(|&symbol| scopes.has_slot(scope, symbol)) {
                let (name, flags) = (Name(scopes.symbol_field(symbol, NAME)), scopes.symbol_flags(symbol));
                let group = if flags & FREE != 0 {
                    FREE
                } else if flags & (CELL | PARAMETER) == CELL {
                    CELL
                } else {
                    0
                };
                if group == wanted && name != name!(".0") {
                    let place = scopes.symbol_field(symbol, SLOT) as isize * 2 + (flags & (CELL | FREE) != 0) as isize;
                    items.get().push(self.vm, Word::name(name))?;
                    items.get().push(self.vm, Word::int(place))?;
                }
            }
        }
        Ok(self.vm.tuple_of(list)?.word())
    }
}
