//! Calls of helpers: what bytecode has no instruction for.

use super::generator::Generator;
use super::scope::scope_flag::{ASYNC, YIELDS};
use crate::code::opcode::Opcode;
use crate::object::helper::Helper;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::Outcome;

impl Generator<'_> {
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
}
