//! The blocks around what is being compiled: what a `break`, `continue` or `return` has to clear on its way out.
//!
//! ```text
//!   [kind][ways taken][name or first label][second label][order of the ways: 3 bytes]
//! ```

use super::buffer::Buffer;
use super::generator::Generator;
use super::writer::Label;
use crate::code::WIDTH;
use crate::code::opcode::Opcode;
use crate::code::width::Number;
use crate::object::name::Name;
use crate::source::tree::Node;
use crate::vm::{Outcome, Vm};

/// What a block is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum BlockKind {
    /// A loop that keeps nothing on the stack: labels of `break` and `continue`.
    While,
    /// A loop with the three slots of its state.
    For,
    /// A loop with its asynchronous iterator.
    AsyncFor,
    /// The body of an `except`: `previous` lies on the stack; the name to unbind, if any.
    Handler,
    /// What a `finally` protects: the label of its body, entered with `value reason`.
    Finally,
    /// The body of a `finally`, `value reason` on the stack.
    FinallyBody,
    /// The body of a `with`: `exit` on the stack; the label of its finaliser.
    With,
    /// The body of an `except*`, which nothing but an exception may leave.
    Star,
}

const KINDS: [BlockKind; 8] = [
    BlockKind::While,
    BlockKind::For,
    BlockKind::AsyncFor,
    BlockKind::Handler,
    BlockKind::Finally,
    BlockKind::FinallyBody,
    BlockKind::With,
    BlockKind::Star,
];

/// A way out of a block.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Way {
    Return,
    Break,
    Continue,
}

const WAYS: [Way; 3] = [Way::Return, Way::Break, Way::Continue];

const BLOCK: usize = WAY + 3;
/// Where its ways out lie.
const WAY: usize = 2 + 2 * WIDTH;

/// A stack of blocks.
pub(super) struct Blocks(Buffer);

/// A block, read.
#[derive(Clone, Copy)]
struct Block {
    kind: BlockKind,
    first: Number,
    second: Number,
}

impl Blocks {
    pub(super) fn new() -> Blocks {
        Blocks(Buffer::new())
    }

    fn depth(&self) -> usize {
        self.0.len() / BLOCK
    }

    fn push(&mut self, vm: &Vm, kind: BlockKind, first: Number, second: Number) -> Outcome<()> {
        self.0.push(vm, kind as u8)?;
        self.0.push(vm, 0)?;
        self.0.push_number(vm, first)?;
        self.0.push_number(vm, second)?;
        for _ in 0..3 {
            self.0.push(vm, 0)?;
        }
        Ok(())
    }

    fn pop(&mut self) {
        self.0.truncate(self.0.len() - BLOCK);
    }

    /// Whether all blocks around block `index` are loops.
    fn are_loops(&self, index: usize) -> bool {
        (0..index).all(|outer| matches!(self.get(outer).kind, BlockKind::While | BlockKind::For | BlockKind::AsyncFor))
    }

    fn get(&self, index: usize) -> Block {
        let at = index * BLOCK;
        Block { kind: KINDS[self.0.get(at) as usize], first: self.0.number(at + 2), second: self.0.number(at + 2 + WIDTH) }
    }

    /// The number of a way out through block `index`, in order of first use.
    fn way(&mut self, index: usize, way: Way) -> usize {
        let at = index * BLOCK;
        let count = self.0.get(at + 1) as usize;
        if let Some(number) = (0..count).find(|number| self.0.get(at + WAY + number) == way as u8) {
            return number;
        }
        self.0.set(at + WAY + count, way as u8);
        self.0.set(at + 1, count as u8 + 1);
        count
    }

    fn way_count(&self, index: usize) -> usize {
        self.0.get(index * BLOCK + 1) as usize
    }

    fn way_at(&self, index: usize, number: usize) -> Way {
        WAYS[self.0.get(index * BLOCK + WAY + number) as usize]
    }
}

/// "No name" in a `Handler` block.
const NO_NAME: Number = Number::MAX;

impl Generator<'_> {
    pub(super) fn enter_loop(&mut self, kind: BlockKind, to_break: Label, to_continue: Label) -> Outcome<()> {
        self.unit.blocks.push(self.vm, kind, to_break.0, to_continue.0)
    }

    pub(super) fn enter_handler(&mut self, name: Option<Name>) -> Outcome<()> {
        self.unit.blocks.push(self.vm, BlockKind::Handler, name.map_or(NO_NAME, |name| name.0), 0)
    }

    pub(super) fn enter_star(&mut self) -> Outcome<()> {
        self.unit.blocks.push(self.vm, BlockKind::Star, 0, 0)
    }

    pub(super) fn enter_finally(&mut self, kind: BlockKind, body: Label) -> Outcome<()> {
        self.unit.blocks.push(self.vm, kind, body.0, 0)
    }

    /// What the innermost `finally` protects ends here; its body begins.
    pub(super) fn begin_finally_body(&mut self) {
        let blocks = &mut self.unit.blocks;
        let at = (blocks.depth() - 1) * BLOCK;
        blocks.0.set(at, BlockKind::FinallyBody as u8);
    }

    pub(super) fn leave_block(&mut self) {
        self.unit.blocks.pop();
    }

    /// `break` or `continue`.
    #[inline(never)]
    pub(super) fn leave_loop(&mut self, node: Node, way: Way) -> Outcome<()> {
        let blocks = &self.unit.blocks;
        let is_loop = |index| matches!(blocks.get(index).kind, BlockKind::While | BlockKind::For | BlockKind::AsyncFor);
        if !(0..blocks.depth()).any(is_loop) {
            return self.error(node, "'break'/'continue' outside loop");
        }
        self.leave_by(way, self.unit.blocks.depth(), false)
    }

    /// `return`, the value on the stack.
    pub(super) fn leave_function(&mut self) -> Outcome<()> {
        self.leave_by(Way::Return, self.unit.blocks.depth(), true)
    }

    /// Clears the blocks below `from` on the way out. A `return` carries its value on top.
    #[inline(never)]
    fn leave_by(&mut self, way: Way, from: usize, carries: bool) -> Outcome<()> {
        if !self.unit.writer.is_reachable() {
            return Ok(());
        }
        let depth = self.unit.writer.depth();
        self.forget_names(way, from)?;
        for index in (0..from).rev() {
            let block = self.unit.blocks.get(index);
            match block.kind {
                BlockKind::Finally | BlockKind::With => {
                    let number = self.unit.blocks.way(index, way);
                    if !carries {
                        self.op(Opcode::LoadNone)?;
                    }
                    self.constant(crate::object::word::Word::int(number as isize))?;
                    self.jump(Opcode::Jump, Label(block.first))?;
                    self.unit.writer.set_depth(depth);
                    return Ok(());
                }
                BlockKind::Star => return self.way_out_of_star(),
                BlockKind::Handler => self.leave_handler(carries)?,
                BlockKind::FinallyBody => {
                    if carries {
                        self.op(Opcode::RotateThree)?;
                    }
                    self.op(Opcode::LeaveFinally)?;
                }
                BlockKind::While | BlockKind::For | BlockKind::AsyncFor => {
                    if way == Way::Continue {
                        self.jump(Opcode::Jump, Label(block.second))?;
                        self.unit.writer.set_depth(depth);
                        return Ok(());
                    }
                    // The slots of a frame that ends need no clearing, unless what lies below them does.
                    if way == Way::Break || !self.unit.blocks.are_loops(index) {
                        self.drop_loop(block.kind, carries)?;
                    }
                    if way == Way::Break {
                        self.jump(Opcode::Jump, Label(block.first))?;
                        self.unit.writer.set_depth(depth);
                        return Ok(());
                    }
                }
            }
        }
        self.op(Opcode::Return)?;
        self.unit.writer.set_depth(depth);
        Ok(())
    }

    fn drop_loop(&mut self, kind: BlockKind, carries: bool) -> Outcome<()> {
        let slots = match kind {
            BlockKind::For => 3,
            BlockKind::AsyncFor => 1,
            _ => 0,
        };
        if kind == BlockKind::For && !carries {
            return self.op(Opcode::PopLoop);
        }
        for _ in 0..slots {
            if carries {
                self.op(Opcode::Swap)?;
            }
            self.op(Opcode::Pop)?;
        }
        Ok(())
    }

    /// Unbinds the names of all handlers that are left: before anything is dropped, since this may raise, and is still covered
    /// by what keeps all their slots.
    #[inline(never)]
    fn forget_names(&mut self, way: Way, from: usize) -> Outcome<()> {
        for index in (0..from).rev() {
            let block = self.unit.blocks.get(index);
            match block.kind {
                BlockKind::Handler if block.first != NO_NAME => self.forget(Some(Name(block.first)))?,
                BlockKind::Handler | BlockKind::FinallyBody => {}
                BlockKind::While | BlockKind::For | BlockKind::AsyncFor if way == Way::Return => {}
                _ => break,
            }
        }
        Ok(())
    }

    fn leave_handler(&mut self, carries: bool) -> Outcome<()> {
        if carries {
            self.op(Opcode::Swap)?;
        }
        self.op(Opcode::PopHandled)
    }

    /// Unbinds the name of an `except … as name`, whether it is bound or not.
    pub(super) fn forget(&mut self, name: Option<Name>) -> Outcome<()> {
        let Some(name) = name else { return Ok(()) };
        self.op(Opcode::LoadNone)?;
        self.store_name(name)?;
        self.delete_name(name)
    }

    /// Writes `EndFinally` for the innermost block, leaves the block, and goes on along each way that was taken through
    /// it. `drop_exit` says that `exit` lies under the value.
    #[inline(never)]
    pub(super) fn end_finally(&mut self, drop_exit: bool) -> Outcome<()> {
        let index = self.unit.blocks.depth() - 1;
        let count = self.unit.blocks.way_count(index);
        let mut labels = [Label(0); 3];
        for label in &mut labels[..count] {
            *label = self.label()?;
        }
        self.unit.writer.end_finally(self.vm, &labels[..count])?;
        if drop_exit {
            self.op(Opcode::Pop)?;
        }
        if count == 0 {
            self.leave_block();
            return Ok(());
        }
        let end = self.label()?;
        self.jump(Opcode::Jump, end)?;
        let ways: [Way; 3] = core::array::from_fn(|number| self.unit.blocks.way_at(index, number.min(count - 1)));
        self.leave_block();
        for (label, way) in labels.into_iter().zip(ways).take(count) {
            self.bind(label);
            if drop_exit {
                self.op(Opcode::Swap)?;
                self.op(Opcode::Pop)?;
            }
            let carries = way == Way::Return;
            if !carries {
                self.op(Opcode::Pop)?;
            }
            self.leave_by(way, self.unit.blocks.depth(), carries)?;
        }
        self.bind(end);
        Ok(())
    }
}
