//! Checks bytecode before it runs: nothing that passes can break a rule that the interpreter relies on, whoever wrote it.
//!
//! Every instruction is whole and reached from one known state of the stack: its depth, and what its slots hold (`slot`). Jumps
//! lead to the start of an instruction, operands lie within bounds, an exception that is raised anywhere finds below the
//! handler's depth what the handler relies on. The head's numbers agree with each other and with the bytes.
//!
//! The code is walked once, in order: the compiler writes nothing that cannot be reached, and a backward jump leads to what was
//! seen, so its state must be one that is known there already. The compiler's tests run this over everything they compile, and
//! `saved` over everything it loads.

use super::WIDTH;
use super::flow::{self, Stack};
use super::instruction::Instruction;
use super::opcode::Opcode;
use super::prototype::{HANDLER, Handler, Prototype, PrototypeHandle, flag};
use super::slot::Slot;
use super::width::Number;
use crate::object::handle::{Handle, Words};
use crate::object::print::RawBytes;
use crate::object::tuple::Tuple;
use crate::vm::{Outcome, Raised, Vm};

/// What is wrong, and at which offset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Offset of the instruction.
    pub offset: usize,
    /// What is not there, or not so.
    pub what: &'static str,
}

/// Why a check ended early.
enum Stop {
    Fault(&'static str),
    Raised(Raised),
}

impl From<&'static str> for Stop {
    fn from(what: &'static str) -> Stop {
        Stop::Fault(what)
    }
}

impl From<Raised> for Stop {
    fn from(raised: Raised) -> Stop {
        Stop::Raised(raised)
    }
}

type Checked<T = ()> = Result<T, Stop>;

/// Checks a prototype and those within it.
///
/// # Errors
/// `MemoryError`; `RuntimeError` when functions are nested too deeply.
pub fn verify(vm: &Vm, prototype: PrototypeHandle) -> Outcome<Result<(), Fault>> {
    vm.check_stack()?;
    let Some(constants) = Handle::<Tuple>::from(prototype.head.constants) else {
        return Ok(Err(Fault { offset: 0, what: "a tuple of constants" }));
    };
    let mut offset = 0;
    match check(vm, prototype, &mut offset) {
        Ok(()) => {}
        Err(Stop::Fault(what)) => return Ok(Err(Fault { offset, what })),
        Err(Stop::Raised(raised)) => return Err(raised),
    }
    for cell in constants.get().tail() {
        if let Some(inner) = Handle::<Prototype>::from(cell.get())
            && let Err(fault) = verify(vm, inner)?
        {
            return Ok(Err(fault));
        }
    }
    Ok(Ok(()))
}

fn check(vm: &Vm, prototype: PrototypeHandle, offset: &mut usize) -> Checked {
    let prototype = prototype.get();
    head(prototype)?;
    lines(prototype)?;
    let mut walk = Walk::new(vm, prototype)?;
    walk.look_ahead()?;
    while *offset < prototype.code().len() {
        *offset = walk.step(*offset)?;
    }
    Ok(())
}

/// The head's numbers agree.
fn head(prototype: &Prototype) -> Result<(), &'static str> {
    let (head, parameters) = (&prototype.head, prototype.parameter_count());
    const KNOWN: u8 = flag::DOCUMENTED
        | flag::VAR_POSITIONAL
        | flag::VAR_KEYWORDS
        | flag::GENERATOR
        | flag::COROUTINE
        | flag::ASYNC_GENERATOR
        | flag::CLASS_BODY;
    let asynchronous = head.flags & (flag::COROUTINE | flag::ASYNC_GENERATOR);
    if head.flags & !KNOWN != 0
        || asynchronous != 0 && head.flags & flag::GENERATOR == 0
        || asynchronous == flag::COROUTINE | flag::ASYNC_GENERATOR
        || head.flags & flag::CLASS_BODY != 0 && head.positional == 0
    {
        return Err("flags that go together");
    }
    if head.positional_only > head.positional || parameters + head.free as usize > head.locals as usize {
        return Err("locals for all parameters and cells");
    }
    let parts = head.code as usize + head.handlers as usize + head.lines as usize;
    let names = prototype.bytes().len().checked_sub(parts).unwrap_or(usize::MAX);
    // A program has no locals; behind an empty name are those of its `global` statements.
    let is_program = || crate::WHOLE && parameters == 0 && prototype.named_locals() == 0;
    if !names.is_multiple_of(WIDTH)
        || !(parameters..=head.locals as usize).contains(&(names / WIDTH)) && !is_program()
        || !(head.handlers as usize).is_multiple_of(HANDLER)
        || !head.lines.is_multiple_of(2)
        || head.code == 0
    {
        return Err("bytes as many as the head says");
    }
    Ok(())
}

/// Lines are numbers, and belong to code.
fn lines(prototype: &Prototype) -> Result<(), &'static str> {
    let start = prototype.head.code as usize + prototype.head.handlers as usize;
    let (mut at, mut line) = (0, prototype.head.first_line as isize);
    for pair in prototype.bytes()[start..start + prototype.head.lines as usize].chunks_exact(2) {
        at += pair[0] as usize;
        line += pair[1] as i8 as isize;
        if at > prototype.head.code as usize || line < 0 {
            return Err("lines of the code");
        }
    }
    Ok(())
}

/// Nothing is known of an offset. Otherwise its mark is the number of its state, counted from 1, or 0 with `LOOP`.
const UNKNOWN: Number = 0;
/// A bit of a mark: a jump from below leads here.
const LOOP: Number = Number::MAX ^ Number::MAX >> 1;

struct Walk<'v> {
    vm: &'v Vm,
    prototype: &'v Prototype,
    stack: Stack,
    /// Whether the stack is what the instruction above leaves.
    falls: bool,
    /// By offset, a number each: see `LOOP`.
    marks: Handle<RawBytes>,
    /// States by number: the slots' bytes.
    states: Words,
    count: usize,
    /// One byte a local: 1 for a cell.
    cells: Handle<RawBytes>,
}

impl<'v> Walk<'v> {
    fn new(vm: &'v Vm, prototype: &'v Prototype) -> Outcome<Walk<'v>> {
        let head = &prototype.head;
        let cells = vm.new_raw_bytes(head.locals as usize)?;
        let first = prototype.parameter_count();
        cells.tail()[first..first + head.free as usize].iter().for_each(|cell| cell.set(1));
        Ok(Walk {
            vm,
            prototype,
            stack: Stack::new(vm, head.stack as usize)?,
            falls: true,
            marks: vm.new_raw_bytes(WIDTH * prototype.code().len())?,
            states: Words::EMPTY,
            count: 0,
            cells,
        })
    }

    fn mark(&self, offset: usize) -> Number {
        self.marks.number(WIDTH * offset, WIDTH) as Number
    }

    fn set_mark(&self, offset: usize, mark: Number) {
        self.marks.get().put(WIDTH * offset, &mark.to_le_bytes());
    }

    fn instruction(&self, offset: usize) -> Result<Instruction<'v>, &'static str> {
        Instruction::read(self.prototype.code(), offset).ok_or("a whole instruction")
    }

    /// Marks where jumps lead that come later in the code, finds the cells that the function begins with, and that handlers
    /// lead forward.
    fn look_ahead(&self) -> Result<(), &'static str> {
        let (mut offset, mut begins) = (0, true);
        while offset < self.prototype.code().len() {
            let instruction = self.instruction(offset)?;
            begins &= instruction.opcode == Opcode::MakeCell;
            if begins {
                self.new_cell(instruction.number as usize, instruction.end)?;
            } else if instruction.opcode == Opcode::MakeCell {
                return Err("cells made first");
            }
            for target in instruction.targets().filter(|target| *target <= offset) {
                if !flow::may_jump_back(instruction.opcode) {
                    return Err("a jump forward");
                }
                self.set_mark(target, LOOP);
            }
            offset = instruction.end;
        }
        let leads_on = |handler: Handler| handler.target >= handler.end && handler.target < self.prototype.head.code;
        if self.prototype.handlers().all(leads_on) { Ok(()) } else { Err("handlers that lead forward") }
    }

    fn new_cell(&self, local: usize, end: usize) -> Result<(), &'static str> {
        let namespace = self.prototype.head.flags & flag::CLASS_BODY != 0 && local == 0;
        let cell = self.cells.get().tail().get(local).filter(|cell| cell.get() == 0 && !namespace).ok_or("a local for a cell")?;
        cell.set(1);
        if self.prototype.handlers().any(|handler| (handler.start as usize) < end) { Err("cells made first") } else { Ok(()) }
    }

    /// One instruction. Answers where the next one is.
    fn step(&mut self, offset: usize) -> Checked<usize> {
        let instruction = self.instruction(offset)?;
        if (offset + 1..instruction.end).any(|inside| self.mark(inside) != UNKNOWN) {
            return Err(Stop::Fault("no jump into an instruction"));
        }
        self.arrive(offset)?;
        let is_cell = |local: usize| self.cells.get().tail().get(local).is_some_and(|cell| cell.get() == 1);
        if !flow::operand_is_valid(self.prototype, &is_cell, instruction) {
            return Err(Stop::Fault("an operand within bounds"));
        }
        if flow::can_raise(instruction.opcode) {
            let needs = instruction.needs() - flow::spared(instruction.opcode);
            let kept = self.stack.depth().checked_sub(needs).ok_or("values to take")?;
            self.raises(offset, instruction.end, kept)?;
        } else {
            self.begins_to_be_covered(offset, instruction.end)?;
        }
        let (left, top) = self.stack.taken(instruction)?;
        let at = |stack: &Stack, index: usize| if index == left { top.unwrap_or(Slot::Dead) } else { stack.at(index) };
        for target in instruction.targets() {
            self.note(target, left + top.is_some() as usize, target <= offset, &at)?;
        }
        self.stack.apply(self.prototype, instruction)?;
        self.falls = !instruction.is_final();
        if self.falls && instruction.end >= self.prototype.code().len() {
            return Err(Stop::Fault("code that ends with a return"));
        }
        Ok(instruction.end)
    }

    /// The stack as it is at `offset`, however that is reached.
    fn arrive(&mut self, offset: usize) -> Checked {
        if self.falls && self.mark(offset) != UNKNOWN {
            self.note(offset, self.stack.depth(), false, &|stack, index| stack.at(index))?;
        }
        let mark = self.mark(offset);
        if mark & !LOOP != 0 {
            let (state, depth) = self.state(mark);
            self.stack.load(depth, |index| slot(state, index));
        } else if !self.falls {
            return Err(Stop::Fault("code that can be reached"));
        }
        if mark & LOOP != 0 {
            // Where a loop begins again an interrupt may be raised.
            self.raises(offset, offset + 1, self.stack.depth())?;
        }
        Ok(())
    }

    /// The state that a mark has the number of, and its depth.
    fn state(&self, number: Number) -> (Handle<RawBytes>, usize) {
        let number = (number & !LOOP) as usize;
        let state = Handle::<RawBytes>::from(self.states.get(number - 1)).expect("a state is bytes");
        (state, state.len() / 2)
    }

    /// Notes for each handler of [start, end) what lies on the stack when something is raised there that leaves `kept` slots.
    fn raises(&mut self, start: usize, end: usize, kept: usize) -> Checked {
        for handler in self.prototype.handlers() {
            if (handler.start as usize) < end && start < handler.end as usize {
                self.caught(handler, kept)?;
            }
        }
        Ok(())
    }

    /// Where a handler begins it knows the stack, even if nothing that it covers can raise.
    fn begins_to_be_covered(&mut self, start: usize, end: usize) -> Checked {
        let kept = self.stack.depth();
        for handler in self.prototype.handlers() {
            if (start..end).contains(&(handler.start as usize)) {
                self.caught(handler, kept)?;
            }
        }
        Ok(())
    }

    fn caught(&mut self, handler: Handler, kept: usize) -> Checked {
        let depth = handler.depth as usize;
        if depth > kept {
            return Err(Stop::Fault("slots that a handler keeps"));
        }
        let at = |stack: &Stack, index: usize| if index == depth { Slot::Exception } else { cut(stack, index, depth) };
        self.note(handler.target as usize, depth + 1, false, &at)
    }

    /// A way leads to `target` with `depth` slots: joins them with what is known there, which a way `back` may not change.
    fn note(&mut self, target: usize, depth: usize, back: bool, at: &dyn Fn(&Stack, usize) -> Slot) -> Checked {
        if target >= self.prototype.code().len() {
            return Err(Stop::Fault("a jump within the code"));
        }
        if depth > self.prototype.head.stack as usize {
            return Err(Stop::Fault("a stack as deep as the head says"));
        }
        let mark = self.mark(target);
        if mark & !LOOP == 0 {
            if back {
                return Err(Stop::Fault("code that can be reached"));
            }
            return Ok(self.new_state(target, depth, at)?);
        }
        let (state, known) = self.state(mark);
        if known != depth {
            return Err(Stop::Fault("one depth from all sides"));
        }
        let above = |index: usize| if index < depth { at(&self.stack, index) } else { Slot::Dead };
        let old_above = |index: usize| if index < depth { slot(state, index) } else { Slot::Dead };
        // From the bottom up: a slot is joined with what was known of the one above it, which is changed after it.
        for index in 0..depth {
            let (old, new) = (slot(state, index), at(&self.stack, index));
            let joined = Slot::joined((old, old_above(index + 1)), (new, above(index + 1)));
            if joined != old {
                if back {
                    return Err(Stop::Fault("a loop that leaves the stack as it was"));
                }
                set_slot(state, index, joined);
            }
        }
        Ok(())
    }

    fn new_state(&mut self, target: usize, depth: usize, at: &dyn Fn(&Stack, usize) -> Slot) -> Outcome<()> {
        let state = self.vm.new_raw_bytes(2 * depth)?;
        (0..depth).for_each(|index| set_slot(state, index, at(&self.stack, index)));
        if self.count == self.states.capacity() {
            self.vm.resize_words(&self.states, (self.count + self.count / 2).max(8))?;
        }
        self.states.set(self.count, state.word());
        self.count += 1;
        // Each target costs a number in code or four in handlers, of which there are 64 kB on a board: far fewer than 32,767 of them.
        self.set_mark(target, self.mark(target) | self.count as Number);
        Ok(())
    }
}

/// A slot of a stack that is cut at `depth`.
fn cut(stack: &Stack, index: usize, depth: usize) -> Slot {
    match stack.at(index) {
        Slot::Pending if index + 1 == depth => Slot::Dead,
        slot => slot,
    }
}

fn slot(state: Handle<RawBytes>, index: usize) -> Slot {
    let cells = state.get().tail();
    Slot::from_bytes([cells[2 * index].get(), cells[2 * index + 1].get()])
}

fn set_slot(state: Handle<RawBytes>, index: usize, slot: Slot) {
    let [kind, n] = slot.to_bytes();
    let cells = state.get().tail();
    cells[2 * index].set(kind);
    cells[2 * index + 1].set(n);
}
