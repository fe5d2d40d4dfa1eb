//! Functions that become machine code: what their decorators say, and what viper reads off their annotations.

use super::assembly;
use super::generator::{Generator, Unit, as_node};
use super::scope::{NAME, Place, SLOT, Scopes};
use super::writer::Writer;
use crate::code::opcode::Opcode;
use crate::code::prototype::{PrototypeHandle, flag};
use crate::code::width::Number;
use crate::native::kind::Kind as Type;
use crate::native::{self, Function};
use crate::object::exception::VIPER_TYPE_ERROR;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::print::RawBytes;
use crate::source::tree::{Children, Item, Kind, Node};
use crate::vm::raise::Part::{Name as NamePart, Text};
use crate::vm::{Outcome, Vm};

/// What a function is compiled to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Bytecode,
    Native,
    Viper,
    Assembly,
}

/// What the functions of a unit are compiled to.
#[derive(Clone, Copy)]
pub(super) struct Emitter {
    /// This one.
    target: Target,
    /// The definition that comes next, if its decorator says so.
    next: Option<Target>,
    /// In viper: the kinds of the parameters, and behind them that of the result.
    kinds: Option<Handle<RawBytes>>,
}

impl Emitter {
    pub(super) const BYTECODE: Emitter = Emitter { target: Target::Bytecode, next: None, kinds: None };

    /// What a decorator of the module `micropython` asks for.
    pub(super) fn named(name: &str) -> Option<Target> {
        match name {
            "bytecode" => Some(Target::Bytecode),
            "native" if native::AVAILABLE => Some(Target::Native),
            "viper" if native::AVAILABLE => Some(Target::Viper),
            "asm_thumb" if assembly::AVAILABLE => Some(Target::Assembly),
            _ => None,
        }
    }

    /// Whether the body is no Python.
    pub(super) fn is_assembly(&self) -> bool {
        self.target == Target::Assembly
    }

    /// What a decorator asked for goes to the definition within a hidden function.
    pub(super) fn pass_on(&mut self, outer: &mut Emitter) {
        self.next = outer.next.take();
    }

    /// The flag of a prototype.
    pub(super) fn head_flag(&self) -> u8 {
        if matches!(self.target, Target::Viper | Target::Assembly) { flag::NUMBERS } else { 0 }
    }
}

impl Generator<'_> {
    /// Pushes `module.NAME` of viper code as the small number that it is in a builtin module. It is known to be one only so,
    /// as an index of a pointer must be; MicroPython does the same, whatever a program calls by the module's name.
    #[inline(never)]
    pub(super) fn viper_constant(&mut self, atom: Item, mut trailers: Children) -> Outcome<bool> {
        let (Item::Name(module), Some(Item::Attribute(name))) = (atom, trailers.next()) else { return Ok(false) };
        if self.unit.emitter.target != Target::Viper || self.scopes.place(self.unit.scope, module.get()) != Place::Global {
            return Ok(false);
        }
        let number = match self.number_of(module.get(), name.get()) {
            // The names of registers are no rows.
            None => match self.vm.builtin_module(self.vm.name_text(module.get())).and_then(|module| module.attribute) {
                Some(computed) => computed(self.vm, name.get())?,
                None => return Ok(false),
            },
            Some(number) => number,
        };
        if number.as_int().is_none() {
            return Ok(false);
        }
        self.constant(number)?;
        Ok(true)
    }

    /// Notes what the next definition is compiled to.
    pub(super) fn set_target(&mut self, target: Target) {
        self.unit.emitter.next = Some(target);
    }

    /// Whether a decorator asked for machine code: there is none for a class.
    pub(super) fn takes_target(&mut self) -> bool {
        self.unit.emitter.next.take().is_some_and(|target| target != Target::Bytecode)
    }

    /// What a function without a decorator is compiled to: within a native one, native.
    pub(super) fn inherited(&self) -> Emitter {
        let is_native = self.unit.emitter.target == Target::Native || (self.vm.native.get() && native::AVAILABLE);
        Emitter { target: if is_native { Target::Native } else { Target::Bytecode }, ..Emitter::BYTECODE }
    }

    /// What the definition `node` is compiled to.
    pub(super) fn emitter(&mut self, node: Node) -> Outcome<Emitter> {
        let target = self.unit.emitter.next.take().unwrap_or(self.inherited().target);
        let kinds = if target == Target::Viper { Some(self.kinds(node)?) } else { None };
        Ok(Emitter { target, next: None, kinds })
    }

    /// The kinds that the annotations of a function name.
    fn kinds(&self, function: Node) -> Outcome<Handle<RawBytes>> {
        let parameters = self.tree.children(function).find_map(|child| as_node(child, Kind::Parameters));
        let returns = self.tree.children(function).find_map(|child| as_node(child, Kind::Returns));
        let parameters = parameters.into_iter().flat_map(|parameters| self.tree.children(parameters));
        let (mut count, mut stars) = (0, 0);
        let kinds = self.vm.new_raw_bytes(parameters.clone().count() + 1)?;
        for parameter in parameters {
            let kind = match parameter {
                Item::Name(_) => Type::Object,
                Item::Node(node) if node.kind() == Kind::Parameter => {
                    match self.tree.children(node).find_map(|child| as_node(child, Kind::Annotation)) {
                        Some(annotation) => self.kind(annotation)?,
                        None => Type::Object,
                    }
                }
                Item::Node(node) => {
                    stars += self.tree.child(node, 0).is_some() as usize;
                    continue;
                }
                _ => continue,
            };
            kinds.get().tail()[count].set(kind as u8);
            count += 1;
        }
        if let Some(returns) = returns {
            kinds.get().tail()[count + stars].set(self.kind(returns)? as u8);
        }
        Ok(kinds)
    }

    /// The kind that an annotation names.
    pub(super) fn kind(&self, annotation: Node) -> Outcome<Type> {
        let Some(Item::Name(name)) = self.tree.child(annotation, 0) else {
            return self.error(annotation, "annotation must be an identifier");
        };
        let unknown = [Text("unknown type '"), NamePart(name.get()), Text("'")];
        Type::named(name.get()).ok_or_else(|| self.vm.raise(&VIPER_TYPE_ERROR, &unknown))
    }

    /// Begins the code of a function that becomes machine code: the loop enters it here.
    pub(super) fn begin_machine_code(&mut self) -> Outcome<()> {
        if self.unit.emitter.target == Target::Bytecode {
            return Ok(());
        }
        self.unit.writer.mark_all();
        self.op(Opcode::Native)
    }
}

/// Makes machine code of a function, if it wants that.
pub(super) fn translate(vm: &Vm, scopes: &Scopes, unit: &Unit, prototype: PrototypeHandle) -> Outcome<()> {
    if matches!(unit.emitter.target, Target::Bytecode | Target::Assembly) {
        return Ok(());
    }
    // Places in code are kept in sixteen bits there.
    if prototype.code().len() > usize::from(u16::MAX) {
        return Err(Writer::overflow(vm));
    }
    let scope = unit.scope;
    let name = |slot: usize| {
        let is_local = |symbol: &Number| scopes.has_slot(scope, *symbol) && scopes.symbol_field(*symbol, SLOT) as usize == slot;
        scopes.symbols(scope).find(is_local).map_or(name!(""), |symbol| Name(scopes.symbol_field(symbol, NAME)))
    };
    native::translate(vm, &Function { prototype, kinds: unit.emitter.kinds, name: &name })
}
