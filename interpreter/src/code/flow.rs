//! What an instruction does to what is known of the stack: the verifier's copy of `vm::dispatch`.
//!
//! Most take values and give values, as many as `Instruction::needs` and the opcode's effect say. The others stand below.

use super::instruction::Instruction;
use super::opcode::{Opcode, Operand};
use super::prototype::{Prototype, flag};
use super::slot::Slot;
use crate::object::handle::Handle;
use crate::object::print::RawBytes;
use crate::object::tuple::Tuple;
use crate::vm::{Outcome, Vm};

/// What breaks a rule of the bytecode.
pub type Fault = &'static str;

/// The stack of a frame, two bytes a slot.
pub struct Stack {
    bytes: Handle<RawBytes>,
    depth: usize,
    /// Most slots that there may be.
    most: usize,
}

impl Stack {
    /// An empty stack for at most so many slots.
    pub fn new(vm: &Vm, most: usize) -> Outcome<Stack> {
        Ok(Stack { bytes: vm.new_raw_bytes(2 * most)?, depth: 0, most })
    }

    /// Slots in use.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The slot at `index` from the bottom.
    pub fn at(&self, index: usize) -> Slot {
        let cells = self.bytes.get().tail();
        Slot::from_bytes([cells[2 * index].get(), cells[2 * index + 1].get()])
    }

    fn write(&self, index: usize, slot: Slot) {
        let [kind, n] = slot.to_bytes();
        let cells = self.bytes.get().tail();
        cells[2 * index].set(kind);
        cells[2 * index + 1].set(n);
    }

    /// The slot `n` below the top (1 is the top).
    pub fn top(&self, n: usize) -> Result<Slot, Fault> {
        if n <= self.depth { Ok(self.at(self.depth - n)) } else { Err("values to take") }
    }

    /// Puts another slot in the place of one. What lies below it is no longer a pair with it.
    fn set(&self, index: usize, slot: Slot) {
        self.write(index, slot);
        if index > 0 && self.at(index - 1) == Slot::Pending {
            self.write(index - 1, Slot::Dead);
        }
    }

    /// Adds a slot.
    pub fn push(&mut self, slot: Slot) -> Result<(), Fault> {
        if self.depth == self.most {
            return Err("a stack as deep as the head says");
        }
        self.depth += 1;
        self.set(self.depth - 1, slot);
        Ok(())
    }

    /// Drops slots, whatever they are.
    pub fn drop(&mut self, count: usize) -> Result<(), Fault> {
        self.depth = self.depth.checked_sub(count).ok_or("values to take")?;
        Ok(())
    }

    /// Takes so many values.
    fn take(&mut self, count: usize) -> Result<(), Fault> {
        for n in 1..=count {
            if !self.top(n)?.is_value() {
                return Err("values, where an instruction takes values");
            }
        }
        self.drop(count)
    }

    fn expect(&self, n: usize, slot: Slot) -> Result<(), Fault> {
        if self.top(n)? == slot { Ok(()) } else { Err("what an instruction relies on") }
    }

    /// Copies `count` slots from `from`.
    pub fn load(&mut self, count: usize, from: impl Fn(usize) -> Slot) {
        self.depth = count.min(self.most);
        (0..self.depth).for_each(|index| self.write(index, from(index)));
    }

    // -- instructions

    /// Does what `instruction` does where it goes on with the next one. What it does where it jumps is `taken`'s.
    pub fn apply(&mut self, prototype: &Prototype, instruction: Instruction) -> Result<(), Fault> {
        let n = instruction.number as usize;
        match instruction.opcode {
            Opcode::LoadNone => self.push(Slot::None),
            Opcode::LoadSmallInt => self.push(u8::try_from(n as isize - 16).map_or(Slot::Value, Slot::Int)),
            Opcode::LoadInt => self.push(u8::try_from(instruction.number as i32).map_or(Slot::Value, Slot::Int)),
            Opcode::LoadString => self.push(Slot::Name),
            Opcode::LoadUnset => self.push(Slot::Hole),
            Opcode::LoadRaw => self.push(Slot::Cell),
            Opcode::LoadMethod => {
                self.take(1)?;
                self.push(Slot::Value)?;
                self.push(Slot::Hole)
            }
            Opcode::Pop => self.drop(1),
            Opcode::Dup => self.push(self.top(1)?.alone()),
            Opcode::DupTwo => {
                self.push(self.top(2)?.alone())?;
                self.push(self.top(2)?.alone())
            }
            Opcode::Copy => self.push(self.top(n + 1)?.alone()),
            Opcode::Swap => self.swap(),
            Opcode::RotateThree => self.rotate(),
            Opcode::ForPrepare => {
                self.take(1)?;
                self.push_loop()
            }
            Opcode::ForRange => {
                self.take(n + 1)?;
                self.push_loop()
            }
            Opcode::ForNext => {
                (0..3).try_for_each(|part| self.expect(3 - part, Slot::Loop(part as u8)))?;
                self.push(Slot::Value)
            }
            Opcode::PopLoop => self.drop(3),
            Opcode::BuildTuple => self.build_tuple(n),
            Opcode::BuildList => self.build(n, Slot::List),
            Opcode::BuildSet => self.build(n, Slot::Set),
            Opcode::BuildMap => self.push(Slot::Dict),
            Opcode::ListAppend => self.collect(1, n + 2, Slot::List),
            Opcode::SetAdd => self.collect(1, n + 2, Slot::Set),
            Opcode::MapAdd => self.collect(2, n + 3, Slot::Dict),
            Opcode::StoreMap => self.collect(2, 3, Slot::Dict),
            Opcode::ListExtend => self.collect(1, 2, Slot::List),
            Opcode::SetUpdate => self.collect(1, 2, Slot::Set),
            Opcode::MapUpdate => self.collect(1, 2, Slot::Dict),
            Opcode::Call => self.call(n >> 8, n & 0xff),
            Opcode::CallMethod => {
                let arguments = (n >> 8) + 2 * (n & 0xff);
                let first = self.depth.checked_sub(arguments + 1).ok_or("values to take")?;
                if self.at(first) == Slot::Hole {
                    self.set(first, Slot::Value);
                }
                self.call((n >> 8) + 1, n & 0xff)
            }
            Opcode::CallSpread => {
                if self.top(1)? == Slot::Hole {
                    self.set(self.depth - 1, Slot::Value);
                }
                self.build(3, Slot::Value)
            }
            Opcode::MakeFunction => self.make_function(prototype, instruction),
            Opcode::PushHandled => {
                let handled = self.top(1)?;
                self.take(1)?;
                self.push(Slot::Previous)?;
                self.push(handled)
            }
            Opcode::PopHandled => self.take_previous(),
            Opcode::ReRaise => {
                self.take(1)?;
                self.take_previous()
            }
            Opcode::MatchException => {
                self.take(1)?;
                self.expect(1, Slot::Exception)?;
                self.push(Slot::Value)
            }
            Opcode::EndFinally | Opcode::LeaveFinally => self.leave_finally(instruction),
            Opcode::WithEnter | Opcode::AsyncWithEnter => {
                self.take(1)?;
                self.push(Slot::Value)?;
                self.push(Slot::Value)
            }
            Opcode::WithExitCall => {
                self.finally_pair(1)?;
                if !self.top(3)?.is_value() {
                    return Err("values, where an instruction takes values");
                }
                self.push(Slot::Value)
            }
            Opcode::WithExitDone => self.with_exit_done(),
            Opcode::ImportName => {
                let level = self.top(2)?;
                if !matches!(level, Slot::Int(_)) {
                    return Err("a level of import");
                }
                self.build(2, Slot::Value)
            }
            Opcode::ImportFrom => {
                self.take(1)?;
                self.push(Slot::Value)?;
                self.push(Slot::Value)
            }
            _ => self.plain(instruction),
        }
    }

    /// Values for values.
    fn plain(&mut self, instruction: Instruction) -> Result<(), Fault> {
        let needs = instruction.needs();
        self.take(needs)?;
        let gives = needs as i32 + instruction.opcode.effect(instruction.number);
        (0..gives).try_for_each(|_| self.push(Slot::Value))
    }

    fn build(&mut self, count: usize, what: Slot) -> Result<(), Fault> {
        self.take(count)?;
        self.push(what)
    }

    fn build_tuple(&mut self, count: usize) -> Result<(), Fault> {
        let is_cell = |n: usize| self.top(n).is_ok_and(|slot| slot == Slot::Cell);
        let cells = (1..=count).all(is_cell);
        self.take(count)?;
        self.push(match u8::try_from(count) {
            Ok(count) if cells => Slot::Cells(count),
            _ => Slot::Value,
        })
    }

    /// Takes `count` values into the collection `at` below the top.
    fn collect(&mut self, count: usize, at: usize, collection: Slot) -> Result<(), Fault> {
        self.expect(at, collection)?;
        self.take(count)
    }

    fn push_loop(&mut self) -> Result<(), Fault> {
        (0..3).try_for_each(|part| self.push(Slot::Loop(part)))
    }

    fn swap(&mut self) -> Result<(), Fault> {
        let (x, y) = (self.top(2)?, self.top(1)?);
        self.drop(2)?;
        self.push(y.alone())?;
        self.push(x.alone())
    }

    /// `x y z → z x y`, where x and y stay a pair.
    fn rotate(&mut self) -> Result<(), Fault> {
        let (x, y, z) = (self.top(3)?, self.top(2)?, self.top(1)?);
        self.drop(3)?;
        self.push(z.alone())?;
        self.push(x.alone())?;
        self.push(y.alone())?;
        if x.suits(y) {
            self.write(self.depth - 2, x);
        }
        Ok(())
    }

    /// A callee, so many positional arguments, and pairs of name and value.
    fn call(&mut self, positional: usize, keywords: usize) -> Result<(), Fault> {
        for pair in 0..keywords {
            self.expect(2 * pair + 2, Slot::Name)?;
        }
        self.build(1 + positional + 2 * keywords, Slot::Value)
    }

    fn make_function(&mut self, prototype: &Prototype, instruction: Instruction) -> Result<(), Fault> {
        let constants = Handle::<Tuple>::from(prototype.head.constants);
        let constant = constants.and_then(|constants| constants.at(instruction.second as usize));
        let inner = constant.and_then(Handle::<Prototype>::from).ok_or("a function's code")?;
        let cells = match self.top(1) {
            Ok(Slot::Cells(count)) if instruction.number & 4 != 0 => count,
            _ => 0,
        };
        if cells != inner.head.free {
            return Err("as many cells as the function captures");
        }
        self.build((instruction.number & 7).count_ones() as usize, Slot::Value)
    }

    fn take_previous(&mut self) -> Result<(), Fault> {
        let previous = self.top(1)?;
        if previous != Slot::Previous && !previous.is_value() {
            return Err("what was handled before");
        }
        self.drop(1)
    }

    /// The reason `n` below the top, and what lies below it. Answers the largest int that it can be.
    fn finally_pair(&self, n: usize) -> Result<Option<u8>, Fault> {
        let (reason, pending) = (self.top(n)?, self.top(n + 1)?);
        match reason.reason() {
            Some(most) if pending.suits(reason) => Ok(most),
            _ => Err("a value and a reason"),
        }
    }

    fn leave_finally(&mut self, instruction: Instruction) -> Result<(), Fault> {
        let most = self.finally_pair(1)?;
        if instruction.opcode == Opcode::EndFinally && most.is_some_and(|most| most as u32 >= instruction.number) {
            return Err("a way out for every reason");
        }
        self.drop(2)
    }

    fn with_exit_done(&mut self) -> Result<(), Fault> {
        self.take(1)?;
        let most = self.finally_pair(1)?;
        let (pending, reason) = (self.top(2)?, self.top(1)?);
        if matches!(reason, Slot::None | Slot::Int(_)) {
            return Ok(());
        }
        // An exception may be dropped: then both are None.
        self.drop(2)?;
        self.push(if pending.is_value() { Slot::Value } else { Slot::Pending })?;
        self.depth += 1;
        self.write(self.depth - 1, Slot::Reason(most.unwrap_or(u8::MAX)));
        Ok(())
    }

    /// Where it jumps to with another stack than it goes on with: how many slots are left, and what the topmost is.
    pub fn taken(&self, instruction: Instruction) -> Result<(usize, Option<Slot>), Fault> {
        match instruction.opcode {
            Opcode::ForNext => Ok((self.depth.checked_sub(3).ok_or("values to take")?, None)),
            Opcode::JumpIfTrueOrPop | Opcode::JumpIfFalseOrPop | Opcode::JumpIfNotNoneOrPop => Ok((self.depth, None)),
            Opcode::EndFinally => {
                let pending = self.top(2)?;
                let value = if pending.is_value() { pending } else { Slot::Value };
                Ok((self.depth - 2, Some(if pending == Slot::Previous { Slot::Dead } else { value })))
            }
            _ => {
                let left = self.depth.checked_sub(instruction.needs()).ok_or("values to take")?;
                Ok((left, None))
            }
        }
    }
}

/// How many of the slots that an instruction needs are as they were when it raises.
pub fn spared(opcode: Opcode) -> usize {
    match opcode {
        Opcode::WithExitCall | Opcode::WithExitDone => 3,
        Opcode::ReRaise => 1,
        _ => 0,
    }
}

/// Whether an instruction may lead back: where one does, interrupts are looked for, so that no loop is without.
pub fn may_jump_back(opcode: Opcode) -> bool {
    use Opcode::{CompareJump, EndFinally, Jump, JumpIfFalse, JumpIfTrue};
    matches!(opcode, Jump | JumpIfTrue | JumpIfFalse | CompareJump | EndFinally)
}

/// Whether an instruction can raise: those that cannot need no handler that fits.
pub fn can_raise(opcode: Opcode) -> bool {
    !matches!(
        opcode,
        Opcode::LoadNone
            | Opcode::LoadTrue
            | Opcode::LoadFalse
            | Opcode::LoadEllipsis
            | Opcode::LoadUnset
            | Opcode::LoadInt
            | Opcode::LoadSmallInt
            | Opcode::LoadConstant
            | Opcode::LoadString
            | Opcode::LoadRaw
            | Opcode::LoadHelper
            | Opcode::LoadBuildClass
            | Opcode::StoreLocal
            | Opcode::StoreLocalN
            | Opcode::StoreCell
            | Opcode::Pop
            | Opcode::Dup
            | Opcode::DupTwo
            | Opcode::Swap
            | Opcode::RotateThree
            | Opcode::Copy
            | Opcode::Jump
            | Opcode::JumpIfNotNoneOrPop
            | Opcode::PopLoop
            | Opcode::PushHandled
            | Opcode::PopHandled
            | Opcode::LeaveFinally
            | Opcode::Return
    )
}

/// Whether the instruction's operands mean something in this function. Labels are looked at apart, `MakeFunction`'s constant
/// by `apply`.
pub fn operand_is_valid(prototype: &Prototype, cells: &dyn Fn(usize) -> bool, instruction: Instruction) -> bool {
    let (number, locals) = (instruction.number as usize, prototype.head.locals as usize);
    let is_class = prototype.head.flags & flag::CLASS_BODY != 0;
    match instruction.opcode {
        Opcode::LoadConstant => Handle::<Tuple>::from(prototype.head.constants).is_some_and(|tuple| tuple.at(number).is_some()),
        Opcode::MakeFunction => number < 8,
        // The namespace of a class body is there as long as the body runs.
        Opcode::StoreLocalN | Opcode::StoreLocal | Opcode::DeleteLocal if is_class && number == 0 => false,
        Opcode::LoadLocalN | Opcode::StoreLocalN | Opcode::LoadLocal | Opcode::StoreLocal | Opcode::DeleteLocal => {
            number < locals && !cells(number)
        }
        Opcode::LoadCell | Opcode::StoreCell | Opcode::DeleteCell | Opcode::MakeCell | Opcode::LoadRaw => cells(number),
        Opcode::LoadClassName | Opcode::StoreClassName | Opcode::DeleteClassName | Opcode::LoadClassCell => is_class,
        Opcode::CompareJump => number & 0x7f < 10,
        Opcode::Yield | Opcode::YieldFrom => prototype.head.flags & flag::GENERATOR != 0,
        Opcode::LoadHelper => crate::object::helper::helper(number).is_some(),
        Opcode::BuildSlice => number == 2 || number == 3,
        Opcode::ForRange => (1..=3).contains(&number),
        Opcode::LoadInt => true,
        // Names are whatever they are; other numbers are of what lies on a stack of at most 65,535 slots.
        opcode => number <= u16::MAX as usize || crate::WHOLE && opcode.operand() == Operand::Name,
    }
}
