//! From bytecode to machine code: one walk over the instructions, as often as it takes.
//!
//! ```text
//!   what is known of the stack, an entry a slot:  [place][kind][number:2]
//!   what is known of labels:                      [label:2][depth:2][kinds …]
//! ```
//! The translator keeps a stack of what each slot would hold, and where it is: in its slot, in a local, a constant, or in A. So
//! loads are nothing until an instruction uses them. Where two ways meet all is in its slot. A walk counts bytes and learns where
//! labels are; it is repeated until it learns nothing new, then once more to write. In viper each entry has a kind: a word, or a
//! number of the machine, which lies in the slot as it is; the frames of such functions are scanned loosely (`heap::mark`).
//!
//! An instruction that is not done here is left to the loop (`cold`); one that is done here for small ints is left to it for
//! everything else, its operands in their slots.

mod loops;
mod operators;
mod viper;

use super::arch::Machine;
use super::assembler::{Assembler, Branch, Condition, Register};
use super::helpers::{self, Helper};
use super::kind::Kind;
use crate::code::instruction::Instruction;
use crate::code::opcode::Opcode;
use crate::code::prototype::{Handler, Prototype, PrototypeHandle};
use crate::code::width::Number;
use crate::object::exception::{NOT_IMPLEMENTED_ERROR, VIPER_TYPE_ERROR};
use crate::object::handle::{Handle, type_word};
use crate::object::name::Name;
use crate::object::print::RawBytes;
use crate::object::range::RANGE;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::raise::Part::{self, Name as NamePart, Text};
use crate::vm::{Outcome, Raised, Vm};
use Register::{A, B, C};

/// What is translated.
pub struct Function<'f> {
    /// Its bytecode, with an opcode `Native` at its start and wherever the loop may hand it back.
    pub prototype: PrototypeHandle,
    /// In viper: the kinds of its parameters, and behind them that of its result.
    pub kinds: Option<Handle<RawBytes>>,
    /// The name of a local, for errors.
    pub name: &'f dyn Fn(usize) -> Name,
}

/// Where a value is.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Place {
    /// In its slot.
    Slot,
    /// In the local of this number.
    Local,
    /// What the instruction at this offset pushes.
    Constant,
    /// In A.
    Held,
    /// Nowhere: the kind of this number, to be called.
    Cast,
}

#[derive(Clone, Copy)]
struct Entry {
    place: Place,
    kind: Kind,
    number: u16,
}

impl Entry {
    fn slot(kind: Kind) -> Entry {
        Entry { place: Place::Slot, kind, number: 0 }
    }
}

/// Bytes of an entry.
const ENTRY: usize = 4;

/// What is known before anything was translated, and stays.
struct Translator<'f> {
    vm: &'f Vm,
    function: &'f Function<'f>,
    prototype: &'f Prototype,
    machine: Machine,
    stack: Handle<RawBytes>,
    depth: usize,
    /// Kinds of locals.
    locals: Handle<RawBytes>,
    /// Where each byte of the bytecode begins in the code, as `native` keeps it.
    entries: Handle<RawBytes>,
    first_entry: usize,
    /// A byte for each of the bytecode: whether something jumps there.
    targets: Handle<RawBytes>,
    labels: Handle<RawBytes>,
    labels_length: usize,
    /// Locals that are surely set, of the first 64; those that always are.
    known: u64,
    always: u64,
    /// Where the instruction stands that is translated.
    offset: usize,
    reachable: bool,
    /// Something about a label was learned that may change what was written before.
    changed: bool,
}

/// Makes the machine code of a function, and hangs it on its prototype.
///
/// # Errors
/// `MemoryError`; in viper, `ViperTypeError` and `NotImplementedError`.
pub fn translate(vm: &Vm, function: &Function) -> Outcome<()> {
    let prototype = function.prototype.get();
    let (code, locals) = (prototype.code().len(), prototype.head.locals as usize);
    let slots = locals + prototype.head.stack as usize;
    if slots >= Machine::REACH.min(helpers::SLOTS) {
        return Err(vm.raise_text(&NOT_IMPLEMENTED_ERROR, "too many variables for machine code"));
    }
    let (first_entry, head) = (super::entries(prototype), super::head(prototype));
    let mut translator = Translator {
        vm: vm.here(),
        function,
        prototype,
        machine: Machine::new(),
        stack: vm.new_raw_bytes((slots - locals + 1) * ENTRY)?,
        depth: 0,
        locals: vm.new_raw_bytes(locals)?,
        entries: vm.new_raw_bytes(head)?,
        first_entry,
        targets: vm.new_raw_bytes(code + 1)?,
        labels: vm.new_raw_bytes(64)?,
        labels_length: 0,
        known: 0,
        always: 0,
        offset: 0,
        reachable: true,
        changed: false,
    };
    translator.find_targets();
    let mut length = 0;
    loop {
        translator.machine.code().restart(None);
        translator.walk()?;
        let before = core::mem::replace(&mut length, translator.machine.code().len());
        if !core::mem::take(&mut translator.changed) && before == length {
            break;
        }
    }
    if length / Machine::UNIT > usize::MAX >> (usize::BITS as usize - 8 * Machine::ENTRY) {
        return Err(vm.raise_text(&NOT_IMPLEMENTED_ERROR, "too much machine code"));
    }
    translator.write(head, length)
}

impl Translator<'_> {
    /// Writes the code where it can be run.
    fn write(&mut self, head: usize, length: usize) -> Outcome<()> {
        let vm = self.vm;
        let (entries, memory, start) = match Machine::RUNS_ITS_HEAP {
            true => {
                let all = vm.new_raw_bytes(head + length)?;
                (all, all, head)
            }
            false => (self.entries, vm.new_raw_bytes(length)?, 0),
        };
        // Ways forward are read before the walk comes by their ends.
        entries.get().tail().iter().zip(self.entries.get().tail()).for_each(|(to, from)| to.set(from.get()));
        self.entries = entries;
        self.machine.code().restart(Some((memory, start)));
        self.walk()?;
        debug_assert!(!self.changed && self.machine.code().len() == length, "the last walk is as the one before it");
        let bytes = &memory.get().tail()[start..];
        let address = match Machine::RUNS_ITS_HEAP {
            true => bytes.as_ptr().expose_provenance(),
            false => match vm.port.place_code(bytes) {
                Some(address) => address,
                None => return Err(vm.raise_text(&crate::object::exception::MEMORY_ERROR, "no memory for machine code")),
            },
        };
        super::hang(self.prototype, entries, address);
        Ok(())
    }

    /// Notes what is jumped to, which parameters are always set, and the kinds of parameters.
    fn find_targets(&mut self) {
        let code = self.prototype.code();
        let mut offset = 0;
        let mut deleted = 0;
        while let Some(instruction) = Instruction::read(code, offset) {
            instruction.targets().for_each(|target| self.targets.get().tail()[target].set(1));
            if matches!(instruction.opcode, Opcode::DeleteLocal | Opcode::MakeCell) {
                deleted |= bit(instruction.number as usize);
            }
            offset = instruction.end;
        }
        self.prototype.handlers().for_each(|handler| self.targets.get().tail()[handler.target as usize].set(1));
        let parameters = self.prototype.parameter_count();
        for index in 0..self.locals.len() {
            let kind = match self.function.kinds {
                Some(kinds) if index < parameters => Kind::from_number(kinds.number(index, 1)),
                Some(_) if index >= parameters + self.prototype.head.free as usize => Kind::Unknown,
                _ => Kind::Object,
            };
            self.locals.get().tail()[index].set(kind as u8);
            if index < parameters {
                self.always |= bit(index);
            }
        }
        self.always &= !deleted;
    }

    fn walk(&mut self) -> Outcome<()> {
        let code = self.prototype.code();
        (self.depth, self.reachable, self.known) = (0, true, self.always);
        let pending = core::ptr::from_ref(self.vm.pending).expose_provenance();
        self.machine.prologue(pending);
        let mut offset = 0;
        while let Some(instruction) = Instruction::read(code, offset) {
            self.offset = offset;
            if self.targets.number(offset, 1) != 0 {
                self.label()?;
            }
            self.handlers()?;
            let position = self.machine.code().len() / Machine::UNIT;
            let at = self.first_entry + offset * Machine::ENTRY;
            self.entries.put(at, &position.to_le_bytes()[..Machine::ENTRY]);
            if self.reachable {
                if offset == 0 {
                    self.parameters();
                }
                self.instruction(instruction)?;
            }
            offset = instruction.end;
        }
        Ok(())
    }

    /// Makes numbers of what is given as words, and zeroes of other numbers.
    fn parameters(&mut self) {
        let Some(kinds) = self.function.kinds else { return };
        let parameters = self.prototype.parameter_count();
        for index in 0..self.locals.len() {
            if index < parameters {
                let kind = Kind::from_number(kinds.number(index, 1));
                if !kind.is_object() {
                    self.convert(helpers::to_number, kind as u8, index);
                }
            } else if !matches!(self.local_kind(index), Kind::Object | Kind::Unknown) {
                self.machine.constant(A, 0);
                self.machine.store(index, A);
            }
        }
    }

    fn is_viper(&self) -> bool {
        self.function.kinds.is_some()
    }

    // -- errors

    #[cold]
    #[inline(never)]
    fn error(&self, parts: &[Part]) -> Raised {
        self.located(self.vm.raise(&VIPER_TYPE_ERROR, parts))
    }

    #[cold]
    #[inline(never)]
    fn missing(&self, what: &str) -> Raised {
        self.located(self.vm.raise_text(&NOT_IMPLEMENTED_ERROR, what))
    }

    fn located(&self, raised: Raised) -> Raised {
        let (head, line) = (&self.prototype.head, self.prototype.line(self.offset));
        crate::object::exception::traceback::add_place(self.vm, self.vm.peek_raised(raised), head.file, line, head.name);
        raised
    }

    // -- labels

    /// Where an exception may come from that something catches, all below it lies in its slot; what lies there is known at its
    /// handler.
    fn handlers(&mut self) -> Outcome<()> {
        let starts = |handler: &Handler| handler.start as usize == self.offset;
        if !self.reachable || !self.prototype.handlers().any(|handler| starts(&handler)) {
            return Ok(());
        }
        self.settle(0);
        let prototype = self.prototype;
        for handler in prototype.handlers() {
            if handler.start as usize == self.offset {
                self.meet(handler.target as usize, handler.depth as usize, Some(Kind::Object))?;
            }
        }
        Ok(())
    }

    /// The record of a label: where its kinds begin, and how many.
    fn find(&self, label: usize) -> Option<(usize, usize)> {
        let mut at = 0;
        while at < self.labels_length {
            let depth = self.labels.number(at + 2, 2);
            if self.labels.number(at, 2) == label {
                return Some((at + 4, depth));
            }
            at += 4 + depth;
        }
        None
    }

    /// Notes that `label` is reached with the `depth` lowest entries, which are in their slots, and one more of the kind `top`.
    fn meet(&mut self, label: usize, depth: usize, top: Option<Kind>) -> Outcome<()> {
        let all = depth + top.is_some() as usize;
        let kind = |translator: &Self, index: usize| match top {
            Some(kind) if index == depth => kind,
            _ => translator.entry(index).kind,
        };
        let Some((at, known)) = self.find(label) else {
            let length = self.labels_length + 4 + all;
            if length > self.labels.len() {
                self.labels = self.vm.grow_raw_bytes(Some(self.labels), self.labels_length, length + length / 2)?;
            }
            self.labels.put(self.labels_length, &(label as u16).to_le_bytes());
            self.labels.put(self.labels_length + 2, &(all as u16).to_le_bytes());
            let cells = &self.labels.get().tail()[self.labels_length..];
            (0..all).for_each(|index| cells[4 + index].set(kind(self, index) as u8));
            self.labels_length = length;
            self.changed |= label <= self.offset;
            return Ok(());
        };
        debug_assert!(known == all, "all ways to a label are as deep");
        for index in 0..all.min(known) {
            let (old, new) = (Kind::from_number(self.labels.number(at + index, 1)), kind(self, index));
            let merged = match (old.is_object(), new.is_object()) {
                _ if old == new => old,
                (true, true) if old == Kind::Boxed || new == Kind::Boxed => Kind::Boxed,
                (true, true) => Kind::Object,
                (false, false) if old.is_number() && new.is_number() && old != Kind::Uint && new != Kind::Uint => Kind::Int,
                _ => Kind::Boxed,
            };
            if merged != old {
                self.labels.get().tail()[at + index].set(merged as u8);
                self.changed = true;
            }
        }
        Ok(())
    }

    /// Whether an entry is a number here, and a word where `label` is reached by another way.
    fn differs(&self, label: usize, index: usize) -> bool {
        let there = self.find(label).map(|(at, _)| Kind::from_number(self.labels.number(at + index, 1)));
        !self.entry(index).kind.is_object() && there.is_some_and(Kind::is_object)
    }

    /// Makes words of numbers that are words at `label`. What is known of the stack here stays.
    fn suit(&mut self, label: usize) -> Outcome<()> {
        for index in 0..self.depth {
            if self.differs(label, index) {
                let entry = self.entry(index);
                self.make_object(index)?;
                self.set_entry(index, entry);
            }
        }
        Ok(())
    }

    /// A place that is jumped to.
    fn label(&mut self) -> Outcome<()> {
        if self.reachable {
            self.settle(0);
            self.meet(self.offset, self.depth, None)?;
            self.suit(self.offset)?;
        }
        if let Some((at, depth)) = self.find(self.offset) {
            self.depth = depth;
            for index in 0..depth {
                self.set_entry(index, Entry::slot(Kind::from_number(self.labels.number(at + index, 1))));
            }
            self.reachable = true;
        }
        self.known = self.always;
        Ok(())
    }

    // -- the stack

    fn entry(&self, index: usize) -> Entry {
        let cells = &self.stack.get().tail()[index * ENTRY..][..ENTRY];
        let place = match cells[0].get() {
            0 => Place::Slot,
            1 => Place::Local,
            2 => Place::Constant,
            3 => Place::Held,
            _ => Place::Cast,
        };
        let number = u16::from_le_bytes([cells[2].get(), cells[3].get()]);
        Entry { place, kind: Kind::from_number(cells[1].get() as usize), number }
    }

    fn set_entry(&self, index: usize, entry: Entry) {
        let [low, high] = entry.number.to_le_bytes();
        let bytes = [entry.place as u8, entry.kind as u8, low, high];
        self.stack.get().tail()[index * ENTRY..].iter().zip(bytes).for_each(|(cell, byte)| cell.set(byte));
    }

    fn push(&mut self, entry: Entry) {
        self.set_entry(self.depth, entry);
        self.depth += 1;
    }

    /// The entry `n` below the top (1 is the top).
    fn top(&self, n: usize) -> Entry {
        self.entry(self.depth - n)
    }

    /// The frame's word for an entry.
    fn slot(&self, index: usize) -> usize {
        self.locals.len() + index
    }

    /// Loads an entry into a register. What A holds is lost if that is another one's.
    fn fetch(&mut self, index: usize, to: Register) {
        let entry = self.entry(index);
        match entry.place {
            Place::Slot => self.machine.load(to, self.slot(index)),
            Place::Local => self.machine.load(to, entry.number as usize),
            Place::Constant => {
                let value = self.constant(entry);
                self.machine.constant(to, value);
            }
            Place::Held => self.machine.copy(to, A),
            Place::Cast => {}
        }
    }

    /// Puts an entry into its slot, by way of a register.
    fn put(&mut self, index: usize, by: Register) {
        let place = self.entry(index).place;
        if matches!(place, Place::Slot | Place::Cast) {
            return;
        }
        let by = if place == Place::Held { A } else { by };
        self.fetch(index, by);
        self.machine.store(self.slot(index), by);
    }

    /// Puts all entries but the `spared` topmost into their slots, to stay there; then nothing is held in A but one of those.
    fn settle(&mut self, spared: usize) {
        for index in 0..self.depth - spared {
            self.put(index, C);
            self.rest(index);
        }
    }

    /// What is in its slot stays there.
    fn rest(&mut self, index: usize) {
        let entry = self.entry(index);
        if entry.place != Place::Cast {
            self.set_entry(index, Entry::slot(entry.kind));
        }
    }

    /// Makes A free, but for the `spared` topmost entries.
    fn free(&mut self, spared: usize) {
        for index in 0..self.depth - spared {
            if self.entry(index).place == Place::Held {
                self.put(index, A);
                self.rest(index);
            }
        }
    }

    /// Loads the two topmost entries into A and B, and makes A free of others.
    fn fetch_two(&mut self) {
        self.free(2);
        self.fetch(self.depth - 1, B);
        self.fetch(self.depth - 2, A);
    }

    /// The bits of a constant: a number's, or a word's.
    fn constant(&self, entry: Entry) -> usize {
        let word = self.constant_word(entry.number as usize);
        match entry.kind {
            Kind::Int => word.int_value() as usize,
            Kind::Bool => (word == Word::TRUE) as usize,
            _ => word.address(),
        }
    }

    fn constant_word(&self, offset: usize) -> Word {
        let instruction = Instruction::read(self.prototype.code(), offset).expect("an instruction was read there");
        match instruction.opcode {
            Opcode::LoadNone => Word::NONE,
            Opcode::LoadTrue => Word::TRUE,
            Opcode::LoadFalse => Word::FALSE,
            Opcode::LoadEllipsis => Word::ELLIPSIS,
            Opcode::LoadInt => Word::int(instruction.number as i32 as isize),
            Opcode::LoadSmallInt => Word::int(instruction.number as isize - 16),
            Opcode::LoadString => Word::name(Name(instruction.number as Number)),
            Opcode::LoadGlobal => type_word(&RANGE),
            Opcode::LoadConstant => {
                let constants = Handle::<Tuple>::from(self.prototype.head.constants).expect("constants are a tuple");
                constants.get().tail()[instruction.number as usize].get()
            }
            _ => Word::UNSET,
        }
    }

    /// Makes a Python value of a number in its slot.
    fn make_object(&mut self, index: usize) -> Outcome<()> {
        let kind = self.entry(index).kind;
        if matches!(kind, Kind::Ptr | Kind::Ptr8 | Kind::Ptr16 | Kind::Ptr32) || self.entry(index).place == Place::Cast {
            return Err(self.missing("conversion to object"));
        }
        self.convert(helpers::to_object, kind as u8, self.slot(index));
        self.set_entry(index, Entry::slot(Kind::Boxed));
        Ok(())
    }

    /// Calls a helper on a slot; leaves if it raised. All entries are in their slots.
    fn convert(&mut self, helper: Helper, kind: u8, slot: usize) {
        let operand = helpers::operand(kind, slot, self.slot(self.depth));
        self.machine.call(helpers::address(helper), operand);
        self.machine.compare_with(A, 0);
        let on = self.machine.branch(Condition::Equal);
        self.leave(self.offset, self.depth);
        self.bind(on);
    }

    // -- ways

    fn bind(&mut self, branch: Branch) {
        let here = self.machine.code().len();
        self.machine.direct(branch, here);
    }

    fn go(&mut self, branch: Branch, label: usize) {
        let at = self.first_entry + label * Machine::ENTRY;
        self.machine.direct(branch, self.entries.number(at, Machine::ENTRY) * Machine::UNIT);
    }

    /// Leaves to the instruction at `offset`.
    fn leave(&mut self, offset: usize, depth: usize) {
        self.machine.leave((offset | depth << 16) as u32);
    }

    /// Leaves this instruction to the loop, whose `held` topmost operands are in A, B, C (the lowest in A).
    fn leave_with(&mut self, held: usize) {
        for n in 0..held {
            let register = [A, B, C][n];
            self.machine.store(self.slot(self.depth - held + n), register);
        }
        for index in 0..self.depth - held {
            self.put(index, C);
        }
        self.leave(self.offset, self.depth);
    }

    /// Jumps to a label with what is on the stack now, all of it in slots. Backwards it looks whether something is pending; then
    /// the loop takes care of that, at the label.
    fn jump_to(&mut self, label: usize) -> Outcome<()> {
        self.meet(label, self.depth, None)?;
        self.suit(label)?;
        if label <= self.offset {
            self.machine.test_pending();
            let on = self.machine.branch(Condition::Equal);
            self.leave(label, self.depth);
            self.bind(on);
        }
        let jump = self.machine.jump();
        self.go(jump, label);
        Ok(())
    }

    /// Jumps to a label if the condition holds.
    fn jump_if(&mut self, condition: Condition, label: usize) -> Outcome<()> {
        self.meet(label, self.depth, None)?;
        if label > self.offset && !(0..self.depth).any(|index| self.differs(label, index)) {
            let branch = self.machine.branch(condition);
            self.go(branch, label);
            return Ok(());
        }
        let on = self.machine.branch(condition.inverted());
        self.jump_to(label)?;
        self.bind(on);
        Ok(())
    }

    // -- instructions

    /// Leaves an instruction to the loop. What it takes are words; what it gives are words.
    fn cold(&mut self, instruction: Instruction) -> Outcome<()> {
        let (opcode, needs) = (instruction.opcode, instruction.needs());
        self.settle(0);
        for index in self.depth - needs..self.depth {
            if !self.entry(index).kind.is_object() || self.entry(index).place == Place::Cast {
                self.make_object(index)?;
            }
        }
        let taken = (self.depth as i32 + opcode.effect_taken(instruction.number)) as usize;
        for target in instruction.targets() {
            // A value that goes with a jump was looked at, so it is the loop's.
            match opcode {
                Opcode::EndFinally => self.meet(target, taken - 1, Some(Kind::Boxed))?,
                _ => self.meet(target, taken, None)?,
            }
        }
        self.leave(self.offset, self.depth);
        let depth = (self.depth as i32 + opcode.effect(instruction.number)) as usize;
        for index in self.depth - needs..depth {
            self.set_entry(index, Entry::slot(Kind::Object));
        }
        self.depth = depth;
        self.reachable = !instruction.is_final();
        Ok(())
    }

    fn instruction(&mut self, instruction: Instruction) -> Outcome<()> {
        let n = instruction.number as usize;
        match instruction.opcode {
            Opcode::Native => {
                // The loop may come in here, with the topmost value in A.
                self.free(1.min(self.depth));
                Ok(())
            }
            Opcode::LoadNone => self.push_constant(Kind::Nothing),
            Opcode::LoadTrue | Opcode::LoadFalse => self.push_constant(Kind::Bool),
            Opcode::LoadInt | Opcode::LoadSmallInt => self.push_constant(Kind::Int),
            Opcode::LoadEllipsis | Opcode::LoadUnset | Opcode::LoadString => self.push_constant(Kind::Object),
            Opcode::LoadConstant => match self.constant_word(self.offset).is_int() {
                true => self.push_constant(Kind::Int),
                false => self.push_constant(Kind::Object),
            },
            Opcode::LoadLocal | Opcode::LoadLocalN => self.load_local(n),
            Opcode::StoreLocal | Opcode::StoreLocalN => self.store_local(n),
            Opcode::DeleteLocal if !self.local_kind(n).is_object() => Ok(()),
            Opcode::DeleteLocal => {
                self.known &= !bit(n);
                self.cold(instruction)
            }
            Opcode::MakeCell if self.is_viper() => {
                let kind = self.local_kind(n);
                self.settle(0);
                if kind != Kind::Unknown && !kind.is_object() {
                    self.convert(helpers::to_object, kind as u8, n);
                }
                self.locals.get().tail()[n].set(Kind::Object as u8);
                self.cold(instruction)
            }
            Opcode::LoadGlobal if self.is_viper() => self.load_global(instruction),
            Opcode::Pop => {
                self.depth -= 1;
                Ok(())
            }
            Opcode::PopLoop => {
                self.depth -= 3;
                Ok(())
            }
            Opcode::Dup => self.duplicate(1),
            Opcode::DupTwo => {
                self.duplicate(2)?;
                self.duplicate(2)
            }
            Opcode::Copy => self.duplicate(n + 1),
            Opcode::Swap => self.permute(&[1, 0]),
            Opcode::RotateThree => self.permute(&[2, 0, 1]),
            Opcode::Jump => {
                self.settle(0);
                let target = instruction.targets().next().unwrap_or(0);
                self.jump_to(target)?;
                self.reachable = false;
                Ok(())
            }
            Opcode::JumpIfTrue | Opcode::JumpIfFalse => self.jump_by_truth(instruction),
            Opcode::JumpIfTrueOrPop | Opcode::JumpIfFalseOrPop if !self.top(1).kind.is_object() => {
                let is_true = instruction.opcode == Opcode::JumpIfTrueOrPop;
                self.check_truth()?;
                self.settle(0);
                self.fetch(self.depth - 1, A);
                self.machine.compare_with(A, 0);
                let target = instruction.targets().next().unwrap_or(0);
                self.jump_if(if is_true { Condition::Unequal } else { Condition::Equal }, target)?;
                self.depth -= 1;
                Ok(())
            }
            Opcode::Compare => self.compare(instruction),
            Opcode::CompareJump => self.compare_jump(instruction),
            Opcode::Binary | Opcode::InPlace => self.binary(instruction),
            Opcode::Unary => self.unary(instruction),
            Opcode::ForRange if self.is_viper() => self.for_range(instruction),
            Opcode::ForNext => self.for_next(instruction),
            Opcode::LoadItem if self.is_viper() && !self.top(2).kind.is_object() => self.load_item(),
            Opcode::StoreItem if self.is_viper() && !self.top(2).kind.is_object() => self.store_item(),
            Opcode::Call if self.is_viper() && self.is_cast(n) => self.cast(),
            Opcode::Return if self.is_viper() => self.give_back(instruction),
            Opcode::Raise if !self.top(1).kind.is_object() => Err(self.error(&[Text("must raise an object")])),
            Opcode::RaiseFrom | Opcode::RaiseAgain if self.is_viper() => Err(self.missing("native raise")),
            Opcode::Yield | Opcode::YieldFrom if self.is_viper() => Err(self.missing("native yield")),
            Opcode::LoadHelper if self.is_viper() && n == crate::object::helper::Helper::WithLocals as usize => {
                Err(self.missing("native locals"))
            }
            _ => self.cold(instruction),
        }
    }

    /// A constant, whose kind matters in viper alone.
    fn push_constant(&mut self, kind: Kind) -> Outcome<()> {
        let kind = if self.is_viper() { kind } else { Kind::Object };
        self.push(Entry { place: Place::Constant, kind, number: self.offset as u16 });
        Ok(())
    }

    fn local_kind(&self, n: usize) -> Kind {
        Kind::from_number(self.locals.number(n, 1))
    }

    fn load_local(&mut self, n: usize) -> Outcome<()> {
        let kind = self.local_kind(n);
        if kind == Kind::Unknown {
            let name = (self.function.name)(n);
            return Err(self.error(&[Text("local '"), NamePart(name), Text("' used before type known")]));
        }
        if kind.is_object() && self.known & bit(n) == 0 {
            self.machine.load(C, n);
            self.machine.compare_with(C, Word::UNSET.address() as i32);
            let on = self.machine.branch(Condition::Unequal);
            self.leave_with(0);
            self.bind(on);
            self.known |= bit(n);
        }
        self.push(Entry { place: Place::Local, kind, number: n as u16 });
        Ok(())
    }

    fn store_local(&mut self, n: usize) -> Outcome<()> {
        let (kind, old) = (self.top(1).kind, self.local_kind(n));
        if self.top(1).place == Place::Cast {
            return Err(self.missing("conversion to object"));
        }
        if old == Kind::Unknown {
            let kind = if kind.is_object() { Kind::Object } else { kind };
            self.locals.get().tail()[n].set(kind as u8);
            self.changed |= kind != Kind::Object;
        } else if old != kind && !(old.is_object() && kind.is_object()) {
            let name = (self.function.name)(n);
            let parts = [NamePart(old.name()), Text("' but source is '"), NamePart(kind.name()), Text("'")];
            return Err(self.error(&[
                Text("local '"),
                NamePart(name),
                Text("' has type '"),
                parts[0],
                parts[1],
                parts[2],
                parts[3],
            ]));
        }
        for index in 0..self.depth - 1 {
            let entry = self.entry(index);
            if entry.place == Place::Local && entry.number as usize == n {
                self.put(index, C);
                self.rest(index);
            }
        }
        let by = if self.top(1).place == Place::Held { A } else { B };
        self.fetch(self.depth - 1, by);
        self.machine.store(n, by);
        self.known |= bit(n);
        self.depth -= 1;
        Ok(())
    }

    fn load_global(&mut self, instruction: Instruction) -> Outcome<()> {
        let name = Name(instruction.number as Number);
        if let Some(kind) = Kind::named(name) {
            self.push(Entry { place: Place::Cast, kind: Kind::Object, number: kind as u16 });
            return Ok(());
        }
        if name == name!(range) {
            return self.push_constant(Kind::Object);
        }
        self.cold(instruction)
    }

    /// Pushes what is `n` below the top (1 is the top).
    fn duplicate(&mut self, n: usize) -> Outcome<()> {
        let index = self.depth - n;
        let entry = self.entry(index);
        if matches!(entry.place, Place::Slot | Place::Held) {
            self.free(0);
            self.fetch(index, A);
            self.push(Entry { place: Place::Held, ..entry });
        } else {
            self.push(entry);
        }
        Ok(())
    }

    /// Orders the topmost entries anew: each is what was the entry of this number among them.
    fn permute(&mut self, order: &[usize]) -> Outcome<()> {
        let (count, base) = (order.len(), self.depth - order.len());
        self.free(0);
        let mut kinds = [Kind::Object; 3];
        for n in 0..count {
            self.fetch(base + n, [A, B, C][n]);
            kinds[n] = self.entry(base + n).kind;
        }
        for (n, &from) in order.iter().enumerate() {
            self.machine.store(self.slot(base + n), [A, B, C][from]);
            self.set_entry(base + n, Entry::slot(kinds[from]));
        }
        Ok(())
    }
}

/// The bit of a local; none of those that are too many.
fn bit(local: usize) -> u64 {
    if local < 64 { 1 << local } else { 0 }
}
