//! Writes the bytecode of one function: instructions, jumps, handlers, lines, constants, and the depth of the stack.
//!
//! A label is a number; jumps to it are written with the number in place of the distance and patched by `settle`, once all
//! labels are bound. What cannot be reached is not written: after a jump away the writer is silent until a label that
//! something jumps to is bound. So every instruction has one known depth, and `Head::stack` is exact.

use super::buffer::Buffer;
use crate::code::WIDTH;
use crate::code::opcode::{Opcode, Operand};
use crate::code::prototype::{HANDLER, Head, PROTOTYPE, PrototypeHandle};
use crate::code::width::{Distance, Number, wide};
use crate::object::dict::Dict;
use crate::object::exception;
use crate::object::handle::{Handle, Words};
use crate::object::kind::Kind;
use crate::object::name::Name;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// A place in the code, by number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Label(pub(super) Number);

/// Bytes of a label: position, depth.
const LABEL: usize = 2 * WIDTH;
/// Bytes of a fixup: where the label's number stands, end of its instruction.
const FIXUP: usize = 2 * WIDTH;
/// Constants that are compared one by one. A board has no room for more than their list.
const FEW: usize = if crate::WHOLE { 32 } else { usize::MAX };
const NOWHERE: Number = Number::MAX;
/// Bytes of code, at most: an instruction takes at most ten, but for labels, of which there are at most four.
const LONGEST: usize = (Number::MAX / 2) as usize * if crate::WHOLE { 1 } else { 2 } - 35;
/// Slots of a stack, at most.
const DEEPEST: usize = u16::MAX as usize / 2;

/// The code of one function in the making.
pub(super) struct Writer {
    code: Buffer,
    labels: Buffer,
    fixups: Buffer,
    handlers: Buffer,
    /// Bytes of handlers whose targets are positions, no longer labels.
    settled: usize,
    lines: Buffer,
    constants: Words,
    constant_count: usize,
    /// The numbers of those behind the first `FEW`.
    further: Option<Handle<Dict>>,
    depth: usize,
    deepest: usize,
    reachable: bool,
    /// Machine code is made of it: behind each instruction that it may leave to the loop stands an opcode `Native`, and at labels.
    marks: bool,
    /// One is due.
    mark_due: bool,
    /// The source line of what is being written, and of what was written last.
    line: usize,
    /// The label of a `Jump` that is the last instruction, as long as nothing else marks the place behind it.
    last_jump: Option<Label>,
    written_line: usize,
    written_at: usize,
}

impl Writer {
    /// A writer for a function that begins at `line`.
    pub(super) fn new(line: usize) -> Writer {
        Writer {
            code: Buffer::new(),
            labels: Buffer::new(),
            fixups: Buffer::new(),
            handlers: Buffer::new(),
            settled: 0,
            lines: Buffer::new(),
            constants: Words::EMPTY,
            constant_count: 0,
            further: None,
            depth: 0,
            deepest: 0,
            reachable: true,
            marks: false,
            mark_due: false,
            last_jump: None,
            line,
            written_line: line,
            written_at: 0,
        }
    }

    /// What follows belongs to this source line.
    pub(super) fn set_line(&mut self, line: usize) {
        self.line = line;
    }

    pub(super) fn line(&self) -> usize {
        self.line
    }

    /// From now on the loop is told where machine code goes on.
    #[cfg(feature = "native")]
    pub(super) fn mark_all(&mut self) {
        self.marks = true;
    }

    /// Whether what is written now can be reached.
    pub(super) fn is_reachable(&self) -> bool {
        self.reachable
    }

    /// Stack slots in use above the locals.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// After a way out, where nothing is reachable: counts on as if it had not been taken.
    pub(super) fn set_depth(&mut self, depth: usize) {
        self.depth = depth;
    }

    fn position(&self) -> Number {
        self.code.len() as Number
    }

    pub(super) fn overflow(vm: &Vm) -> crate::vm::Raised {
        vm.raise_text(&exception::RUNTIME_ERROR, "bytecode overflow")
    }

    /// Begins an instruction: notes its line and keeps the code as short as numbers reach.
    fn begin(&mut self, vm: &Vm) -> Outcome<()> {
        self.last_jump = None;
        if self.line != self.written_line {
            self.note_line(vm)?;
        }
        if self.mark_due {
            self.code.push(vm, Opcode::Native as u8)?;
        }
        self.mark_due = self.marks;
        if self.code.len() > LONGEST { Err(Writer::overflow(vm)) } else { Ok(()) }
    }

    fn note_line(&mut self, vm: &Vm) -> Outcome<()> {
        if !super::helper::keeps_lines(vm) {
            self.written_line = self.line;
            return Ok(());
        }
        let mut bytes = self.code.len() - self.written_at;
        while bytes > 255 {
            self.lines.push(vm, 255)?;
            self.lines.push(vm, 0)?;
            bytes -= 255;
        }
        let mut lines = self.line as isize - self.written_line as isize;
        loop {
            let step = lines.clamp(-128, 127);
            self.lines.push(vm, bytes as u8)?;
            self.lines.push(vm, step as i8 as u8)?;
            (bytes, lines) = (0, lines - step);
            if lines == 0 {
                break;
            }
        }
        if self.lines.len() > Number::MAX as usize {
            return Err(Writer::overflow(vm));
        }
        (self.written_line, self.written_at) = (self.line, self.code.len());
        Ok(())
    }

    fn change_depth(&mut self, vm: &Vm, effect: i32) -> Outcome<()> {
        let depth = self.depth as i32 + effect;
        debug_assert!(depth >= 0, "nothing is popped that was not pushed");
        self.depth = depth.max(0) as usize;
        self.deepest = self.deepest.max(self.depth);
        if self.deepest > DEEPEST { Err(Writer::overflow(vm)) } else { Ok(()) }
    }

    /// An instruction without a label. `n` is its operand: the number within a range of opcodes, a name's number, two bytes
    /// as first × 256 + second.
    pub(super) fn emit_with(&mut self, vm: &Vm, opcode: Opcode, n: u32) -> Outcome<()> {
        if !self.reachable {
            return Ok(());
        }
        self.begin(vm)?;
        match opcode.operand() {
            Operand::None => self.code.push(vm, opcode as u8 + n as u8)?,
            Operand::Byte | Operand::Signed => {
                self.code.push(vm, opcode as u8)?;
                self.code.push(vm, n as u8)?;
            }
            Operand::Bytes2 => {
                self.code.push(vm, opcode as u8)?;
                self.code.push(vm, (n >> 8) as u8)?;
                self.code.push(vm, n as u8)?;
            }
            Operand::Name => {
                self.code.push(vm, opcode as u8)?;
                self.code.push_number(vm, n as Number)?;
            }
            Operand::Unsigned => {
                self.code.push(vm, opcode as u8)?;
                self.push_unsigned(vm, n)?;
            }
            Operand::Label | Operand::ByteLabel | Operand::Labels | Operand::ByteUnsigned => {
                debug_assert!(false, "these have writers of their own");
            }
        }
        self.change_depth(vm, opcode.effect(n))?;
        self.mark_due &= !opcode.is_plain();
        if matches!(opcode, Opcode::Return | Opcode::Raise | Opcode::RaiseFrom | Opcode::RaiseAgain | Opcode::ReRaise) {
            self.reachable = false;
        }
        Ok(())
    }

    /// An instruction without an operand.
    pub(super) fn emit(&mut self, vm: &Vm, opcode: Opcode) -> Outcome<()> {
        self.emit_with(vm, opcode, 0)
    }

    /// An instruction about a name.
    pub(super) fn emit_name(&mut self, vm: &Vm, opcode: Opcode, name: Name) -> Outcome<()> {
        self.emit_with(vm, opcode, wide(name.0))
    }

    /// `LoadLocal` or `StoreLocal`, in one byte where the slot allows.
    pub(super) fn emit_local(&mut self, vm: &Vm, opcode: Opcode, slot: Number) -> Outcome<()> {
        match opcode {
            Opcode::LoadLocal if slot < 16 => self.emit_with(vm, Opcode::LoadLocalN, wide(slot)),
            Opcode::StoreLocal if slot < 16 => self.emit_with(vm, Opcode::StoreLocalN, wide(slot)),
            _ => self.emit_with(vm, opcode, wide(slot)),
        }
    }

    /// `MakeFunction` of a prototype.
    pub(super) fn emit_function(&mut self, vm: &Vm, flags: u8, prototype: Word) -> Outcome<()> {
        if !self.reachable {
            return Ok(());
        }
        let number = self.constant(vm, prototype)?;
        self.begin(vm)?;
        self.code.push(vm, Opcode::MakeFunction as u8)?;
        self.code.push(vm, flags)?;
        self.push_unsigned(vm, number)?;
        self.change_depth(vm, Opcode::MakeFunction.effect(flags as u32))
    }

    /// Whether nothing was written yet.
    #[cfg(feature = "full")]
    pub(super) fn is_empty(&self) -> bool {
        self.code.len() == 0
    }

    /// Pushes a constant, by the shortest instruction.
    pub(super) fn emit_constant(&mut self, vm: &Vm, value: Word) -> Outcome<()> {
        if !self.reachable {
            return Ok(());
        }
        let simple = [
            (Word::NONE, Opcode::LoadNone),
            (Word::TRUE, Opcode::LoadTrue),
            (Word::FALSE, Opcode::LoadFalse),
            (Word::ELLIPSIS, Opcode::LoadEllipsis),
            (Word::UNSET, Opcode::LoadUnset),
        ];
        if let Some((_, opcode)) = simple.iter().find(|row| row.0 == value) {
            return self.emit(vm, *opcode);
        }
        match value.as_int() {
            Some(n @ -16..=15) => return self.emit_with(vm, Opcode::LoadSmallInt, (n + 16) as u32),
            Some(n @ -128..=127) => return self.emit_with(vm, Opcode::LoadInt, n as u32),
            _ => {}
        }
        if let Some(name) = value.as_name() {
            return self.emit_name(vm, Opcode::LoadString, name);
        }
        let number = self.constant(vm, value)?;
        self.emit_with(vm, Opcode::LoadConstant, number)
    }

    fn push_unsigned(&mut self, vm: &Vm, mut n: u32) -> Outcome<()> {
        while n >= 0x80 {
            self.code.push(vm, n as u8 | 0x80)?;
            n >>= 7;
        }
        self.code.push(vm, n as u8)
    }

    /// The number of a constant, added if no identical one is there.
    pub(super) fn constant(&mut self, vm: &Vm, value: Word) -> Outcome<u32> {
        for number in 0..self.constant_count.min(FEW) {
            if is_same_constant(vm, self.constants.get(number), value)? {
                return Ok(number as u32);
            }
        }
        if crate::WHOLE
            && self.constant_count >= FEW
            && let Some(number) = self.further_constant(vm, value)?
        {
            return Ok(number);
        }
        if self.constant_count == self.constants.capacity() {
            vm.resize_words(&self.constants, self.constant_count + (self.constant_count / 2).max(4))?;
        }
        self.constants.set(self.constant_count, value);
        self.constant_count += 1;
        Ok(self.constant_count as u32 - 1)
    }

    /// The number of a constant behind the first few; if there is none, notes that the next one will be this.
    #[inline(never)]
    fn further_constant(&mut self, vm: &Vm, value: Word) -> Outcome<Option<u32>> {
        if !matches!(vm.type_of(value).kind, Kind::Str | Kind::Bytes | Kind::Int | Kind::Float | Kind::Tuple) {
            return Ok(None);
        }
        let numbers = match self.further {
            Some(numbers) => numbers,
            None => *self.further.insert(vm.new_dict()?),
        };
        // Numbers of several types are equal: the first that came is found again, others are not.
        if let Some(number) = numbers.map.get(vm, value)?.and_then(Word::as_int) {
            let is_same = is_same_constant(vm, self.constants.get(number as usize), value)?;
            return Ok(if is_same { Some(number as u32) } else { None });
        }
        numbers.map.insert(vm, value, Word::int(self.constant_count as isize))?;
        Ok(None)
    }

    // -- labels

    /// A new label, not bound yet.
    pub(super) fn label(&mut self, vm: &Vm) -> Outcome<Label> {
        let number = self.labels.len() / LABEL;
        if number >= NOWHERE as usize {
            return Err(Writer::overflow(vm));
        }
        self.labels.push_number(vm, NOWHERE)?;
        self.labels.push_number(vm, NOWHERE)?;
        Ok(Label(number as Number))
    }

    /// A label bound here: the start of a loop.
    pub(super) fn label_here(&mut self, vm: &Vm) -> Outcome<Label> {
        let label = self.label(vm)?;
        self.bind(label);
        Ok(label)
    }

    /// Binds a label to what is written next. If nothing that was written can jump to it, what cannot be reached stays so.
    pub(super) fn bind(&mut self, label: Label) {
        let at = label.0 as usize * LABEL;
        let known = self.labels.number(at + WIDTH);
        debug_assert!(!self.reachable || known == NOWHERE || known as usize == self.depth, "all ways to a label are as deep");
        if known != NOWHERE {
            self.depth = known as usize;
            self.reachable = true;
        } else if self.reachable {
            self.labels.set_number(at + WIDTH, self.depth as Number);
        }
        if self.last_jump.take() == Some(label) {
            // A jump to what follows it.
            self.code.truncate(self.code.len() - 1 - WIDTH);
            self.fixups.truncate(self.fixups.len() - FIXUP);
        }
        let position = self.position();
        self.labels.set_number(at, position);
        self.mark_due = self.marks;
    }

    /// Whether anything jumps to `label` so far, or it is bound where code can come by.
    pub(super) fn is_used(&self, label: Label) -> bool {
        self.labels.number(label.0 as usize * LABEL + WIDTH) != NOWHERE
    }

    /// Says that `label` is entered with `depth` slots in use, by ways that are no jump: a handler's target.
    fn set_label_depth(&mut self, label: Label, depth: usize) {
        let at = label.0 as usize * LABEL + WIDTH;
        let known = self.labels.number(at);
        debug_assert!(known == NOWHERE || known as usize == depth, "all ways to a label are as deep");
        self.labels.set_number(at, depth as Number);
    }

    fn push_label(&mut self, vm: &Vm, label: Label, end: usize, depth: i32) -> Outcome<()> {
        self.set_label_depth(label, depth.max(0) as usize);
        let at = self.position();
        self.fixups.push_number(vm, at)?;
        self.fixups.push_number(vm, end as Number)?;
        self.code.push_number(vm, label.0)
    }

    /// A jump.
    pub(super) fn jump(&mut self, vm: &Vm, opcode: Opcode, label: Label) -> Outcome<()> {
        if !self.reachable {
            return Ok(());
        }
        self.begin(vm)?;
        self.code.push(vm, opcode as u8)?;
        let end = self.code.len() + WIDTH;
        let taken = self.depth as i32 + opcode.effect_taken(0);
        self.push_label(vm, label, end, taken)?;
        self.change_depth(vm, opcode.effect(0))?;
        if opcode == Opcode::Jump {
            self.reachable = false;
            self.last_jump = Some(label);
        }
        Ok(())
    }

    /// `CompareJump`: `comparison` as in `Compare`; jumps if it comes out as `when`.
    pub(super) fn compare_jump(&mut self, vm: &Vm, comparison: u8, when: bool, label: Label) -> Outcome<()> {
        if !self.reachable {
            return Ok(());
        }
        self.begin(vm)?;
        self.code.push(vm, Opcode::CompareJump as u8)?;
        self.code.push(vm, comparison | (when as u8) << 7)?;
        let end = self.code.len() + WIDTH;
        self.push_label(vm, label, end, self.depth as i32 - 2)?;
        self.change_depth(vm, -2)
    }

    /// `EndFinally` with its ways out.
    pub(super) fn end_finally(&mut self, vm: &Vm, exits: &[Label]) -> Outcome<()> {
        if !self.reachable {
            return Ok(());
        }
        self.begin(vm)?;
        self.code.push(vm, Opcode::EndFinally as u8)?;
        self.code.push(vm, exits.len() as u8)?;
        let end = self.code.len() + WIDTH * exits.len();
        for &label in exits {
            self.push_label(vm, label, end, self.depth as i32 - 1)?;
        }
        self.change_depth(vm, -2)
    }

    // -- handlers

    /// Where the next instruction will be: the start or end of what a handler covers.
    pub(super) fn mark(&mut self) -> Number {
        self.last_jump = None;
        self.position()
    }

    /// Sends exceptions raised since `start` to `target` with `depth` slots kept. Inner handlers come first. Nothing is
    /// written when nothing is covered: the target is then never reached.
    pub(super) fn handler(&mut self, vm: &Vm, start: Number, target: Label, depth: usize) -> Outcome<()> {
        let end = self.mark();
        self.handler_until(vm, start, end, target, depth)
    }

    /// As `handler`, for what lies in [start, end).
    pub(super) fn handler_until(&mut self, vm: &Vm, start: Number, end: Number, target: Label, depth: usize) -> Outcome<()> {
        if start == end {
            return Ok(());
        }
        self.set_label_depth(target, depth + 1);
        self.deepest = self.deepest.max(depth + 1);
        for value in [start, end, target.0, depth as Number] {
            self.handlers.push_number(vm, value)?;
        }
        if self.handlers.len() > Number::MAX as usize { Err(Writer::overflow(vm)) } else { Ok(()) }
    }

    // -- the end

    /// Patches all jumps and handlers and forgets the labels, all of which are bound.
    ///
    /// # Errors
    /// `RuntimeError` when a jump is too far.
    pub(super) fn settle(&mut self, vm: &Vm) -> Outcome<()> {
        for fixup in (0..self.fixups.len()).step_by(FIXUP) {
            let (at, end) = (self.fixups.number(fixup) as usize, self.fixups.number(fixup + WIDTH) as usize);
            let target = self.target(self.code.number(at));
            let Ok(distance) = Distance::try_from(target as isize - end as isize) else { return Err(Writer::overflow(vm)) };
            self.code.set_number(at, distance as Number);
        }
        for row in (self.settled..self.handlers.len()).step_by(HANDLER) {
            let target = self.target(self.handlers.number(row + 2 * WIDTH));
            self.handlers.set_number(row + 2 * WIDTH, target);
        }
        self.fixups.truncate(0);
        self.labels.truncate(0);
        self.settled = self.handlers.len();
        Ok(())
    }

    fn target(&self, label: Number) -> Number {
        let position = self.labels.number(label as usize * LABEL);
        debug_assert!(position != NOWHERE, "a label that is jumped to is bound");
        position
    }

    /// Makes the prototype. `head` has all that the writer does not know; `parameters` are the names' bytes.
    pub(super) fn finish(&self, vm: &Vm, head: Head, parameters: &Buffer) -> Outcome<PrototypeHandle> {
        let (code, handlers, lines) = (self.code.len(), self.handlers.len(), self.lines.len());
        if code > Number::MAX as usize {
            return Err(Writer::overflow(vm));
        }
        let constants = self.constants_tuple(vm)?;
        let head = Head {
            constants,
            code: code as Number,
            handlers: handlers as Number,
            lines: lines as Number,
            stack: self.deepest as Number,
            ..head
        };
        let parts = [&self.code, &self.handlers, &self.lines, parameters];
        let length = parts.iter().map(|part| part.len()).sum();
        let (mut part, mut start) = (0, 0);
        vm.new_tailed(&PROTOTYPE, length, head, |index| {
            while index - start >= parts[part].len() {
                start += parts[part].len();
                part += 1;
            }
            parts[part].get(index - start)
        })
    }

    fn constants_tuple(&self, vm: &Vm) -> Outcome {
        if self.constant_count == 0 {
            return vm.new_tuple(&[]);
        }
        let head = crate::object::tuple::TupleHead;
        let tuple: Handle<Tuple> =
            vm.new_celled(&crate::object::tuple::TUPLE, self.constant_count, head, |i| self.constants.get(i))?;
        Ok(tuple.word())
    }
}

/// Whether one constant can stand for the other: the same type and the same value, `0.0` and `-0.0` told apart.
pub(super) fn is_same_constant(vm: &Vm, a: Word, b: Word) -> Outcome<bool> {
    if a == b {
        return Ok(true);
    }
    let (ty, other) = (vm.type_of(a), vm.type_of(b));
    if !core::ptr::eq(ty, other) || !a.is_object() || !b.is_object() {
        return Ok(false);
    }
    match ty.kind {
        Kind::Str | Kind::Bytes | Kind::Int => vm.equal(a, b),
        Kind::Float => {
            let bits = |word| Handle::<crate::object::float::Float>::from(word).map(|float| float.value.to_bits());
            Ok(bits(a) == bits(b))
        }
        Kind::Tuple => is_same_tuple(vm, a, b),
        _ => Ok(false),
    }
}

/// As deep as the source was nested, which its parser has limited.
fn is_same_tuple(vm: &Vm, a: Word, b: Word) -> Outcome<bool> {
    vm.check_stack()?;
    let (Some(a), Some(b)) = (Handle::<Tuple>::from(a), Handle::<Tuple>::from(b)) else { return Ok(false) };
    if a.len() != b.len() {
        return Ok(false);
    }
    for (a, b) in a.get().tail().iter().zip(b.get().tail()) {
        if !is_same_constant(vm, a.get(), b.get())? {
            return Ok(false);
        }
    }
    Ok(true)
}
