//! How saved code is laid out: as it is on a board, with numbers of two bytes, whatever they are here, unless it is too large for a board. Every instruction that has a
//! name or labels has another length, so all that tells a place in the code is told anew.

use super::read::{Read, Reader, Stop, head_of, name_of};
use super::tag;
use super::write::{Writer, operands, parameters};
use crate::code::WIDTH;
use crate::code::instruction::{Instruction, number_of};
use crate::code::opcode::Operand;
use crate::code::prototype::{HANDLER, Head, PROTOTYPE, Prototype, PrototypeHandle};
use crate::code::width::Number;
use crate::object::handle::Handle;
use crate::object::name::Name;
use crate::object::print::{Builder, RawBytes};
use crate::vm::{Outcome, Vm};

/// Bytes of a number in saved code.
const SAVED: usize = 2;
/// Bytes of a number in code for which that is too little.
pub(super) const LONG: Option<usize> = Some(4);
const WIDE: usize = 4;
/// What is no place where an instruction begins.
const NOWHERE: u32 = u32::MAX;

impl Writer<'_> {
    /// Writes the head, the lengths of code, handlers and lines, and those with the parameters.
    pub(super) fn laid_out(&mut self, code: &Prototype) -> Outcome<()> {
        if self.own {
            return self.as_it_lies(code);
        }
        let (parts, width) = match self.parts::<SAVED>(code)? {
            Some(parts) => (parts, SAVED),
            None => (self.parts::<WIDE>(code)?.expect("numbers of a host's code fit"), WIDE),
        };
        self.bytes(&[if width == SAVED { tag::CODE } else { tag::LONG_CODE }])?;
        self.head(code)?;
        parts.iter().try_for_each(|part| self.number(part.len()))?;
        for part in parts {
            let bytes = part.finish_bytes(self.vm)?;
            self.bytes(self.vm.bytes_of(bytes)?)?;
        }
        self.parameters(code, width)
    }

    /// The same with all names of locals, and with numbers as long as they are here.
    fn as_it_lies(&mut self, code: &Prototype) -> Outcome<()> {
        let head = &code.head;
        self.bytes(&[tag::OWN_CODE])?;
        for name in [head.name, head.outer, head.file] {
            let number = self.number_of(name)?;
            self.number(number)?;
        }
        let names = code.names().count();
        for number in [head.first_line, head.locals, head.stack, head.code, head.handlers, head.lines, names as Number] {
            self.number(number as usize)?;
        }
        self.bytes(&[head.positional, head.positional_only, head.keyword_only, head.free, head.flags])?;
        let mut written = 0;
        for (at, name) in operands(code) {
            self.bytes(&code.bytes()[written..at])?;
            self.wide_number_of(name)?;
            written = at + WIDTH;
        }
        self.bytes(&code.bytes()[written..lengths(head).iter().sum()])?;
        code.names().try_for_each(|name| self.wide_number_of(name))
    }

    fn wide_number_of(&mut self, name: Name) -> Outcome<()> {
        let number = self.number_of(name)? as Number;
        self.bytes(&number.to_le_bytes())
    }

    /// Code, handlers and lines with numbers of so many bytes; `None` if they are too large for those.
    fn parts<const TO: usize>(&self, code: &Prototype) -> Outcome<Option<[Builder; 3]>> {
        let (vm, head) = (self.vm, &code.head);
        let fits = |number: usize| TO > SAVED || number <= u16::MAX as usize;
        for name in parameters(code) {
            if !fits(self.number_of(name)?) {
                return Ok(None);
            }
        }
        if ![head.first_line, head.locals, head.stack].iter().all(|number| fits(*number as usize)) {
            return Ok(None);
        }
        let name = |number: u32| Ok(self.number_of(Name(number as Number))? as u32);
        match relaid::<WIDTH, TO>(vm, code.bytes(), lengths(&code.head), &name) {
            Ok(parts) => Ok(Some(parts).filter(|parts| parts.iter().all(|part| fits(part.len())))),
            Err(Stop::Bad(_)) => Ok(None),
            Err(Stop::Raised(raised)) => Err(raised),
        }
    }
}

impl Reader<'_> {
    /// Code as it lies in a host's memory, but for the numbers of its names.
    pub(super) fn own_code(&mut self) -> Read<PrototypeHandle> {
        let [name, outer, file] = [self.name()?, self.name()?, self.name()?];
        let mut numbers = [0; 7];
        for number in &mut numbers {
            *number = self.number_to(Number::MAX)?;
        }
        let [first_line, locals, stack, code, handlers, lines, names] = numbers;
        let room = [first_line, locals, stack];
        let head = head_of([name, outer, self.file.unwrap_or(file)], room, self.counts()?, [code, handlers, lines]);
        let own: usize = lengths(&head).iter().sum();
        let bytes = self.run(own + WIDTH * names as usize)?.finish_bytes(self.vm)?;
        let constants = self.items(true)?;
        let head = Head { constants: self.vm.tuple_of(constants.word())?.word(), ..head };
        self.named(head, self.vm.bytes_of(bytes)?)
    }

    /// The prototype of bytes whose names have the numbers of the table.
    fn named(&self, head: Head, bytes: &[u8]) -> Read<PrototypeHandle> {
        let code = &bytes[..head.code as usize];
        let own = lengths(&head).iter().sum();
        let named = self.vm.new_raw_bytes(bytes.len())?;
        named.put(0, bytes);
        let name = |at: usize, number: u32| -> Read<()> {
            let name = name_of(self.names, number as usize).ok_or("number of a name")?;
            named.put(at, &name.0.to_le_bytes());
            Ok(())
        };
        let mut offset = 0;
        while offset < code.len() {
            let instruction = Instruction::<WIDTH>::parse(code, offset).ok_or("a whole instruction")?;
            if instruction.opcode.operand() == Operand::Name {
                name(offset + 1, instruction.number)?;
            }
            offset = instruction.end;
        }
        for at in (own..bytes.len()).step_by(WIDTH) {
            name(at, number_of(&bytes[at..at + WIDTH]))?;
        }
        Ok(self.vm.new_tailed_copy(&PROTOTYPE, head, named.tail())?)
    }

    /// The prototype of what was read: code, handlers, lines and parameters, whose numbers have so many bytes.
    pub(super) fn laid_out(&self, head: Head, bytes: &[u8], width: usize) -> Read<PrototypeHandle> {
        if width == SAVED { self.laid_out_of::<SAVED>(head, bytes) } else { self.laid_out_of::<WIDE>(head, bytes) }
    }

    fn laid_out_of<const FROM: usize>(&self, head: Head, bytes: &[u8]) -> Read<PrototypeHandle> {
        let (vm, lengths) = (self.vm, lengths(&head));
        let name = |number: u32| Ok(name_of(self.names, number as usize).ok_or("number of a name")?.0);
        let [code, handlers, lines] = relaid::<FROM, WIDTH>(vm, bytes, lengths, &name)?;
        let head = Head { code: code.len() as Number, handlers: handlers.len() as Number, lines: lines.len() as Number, ..head };
        let mut whole = code;
        whole.push_cells(vm, handlers.cells())?;
        whole.push_cells(vm, lines.cells())?;
        for parameter in bytes[lengths.iter().sum()..].chunks_exact(FROM) {
            put::<WIDTH>(vm, &mut whole, name(number_of(parameter))?)?;
        }
        Ok(vm.new_tailed_copy(&PROTOTYPE, head, whole.cells())?)
    }
}

fn lengths(head: &Head) -> [usize; 3] {
    [head.code, head.handlers, head.lines].map(|length| length as usize)
}

fn put<const W: usize>(vm: &Vm, out: &mut Builder, number: u32) -> Outcome<()> {
    out.push(vm, &number.to_le_bytes()[..W])
}

/// Code, handlers and lines with numbers of `TO` bytes, or what is wrong with them. `name` gives a name's number another one.
fn relaid<const FROM: usize, const TO: usize>(
    vm: &Vm,
    bytes: &[u8],
    [code, handlers, lines]: [usize; 3],
    name: &dyn Fn(u32) -> Read<u32>,
) -> Read<[Builder; 3]> {
    let (code, rest) = bytes.split_at(code);
    let (handlers, rest) = rest.split_at(handlers);
    let places = Places::of::<FROM, TO>(vm, code)?;
    let code = relaid_code::<FROM, TO>(vm, code, &places, name)?;
    let handlers = relaid_handlers::<FROM, TO>(vm, handlers, &places)?;
    Ok([code, handlers, relaid_lines(vm, &rest[..lines], &places)?])
}

/// Where each instruction will be, by where it is; four bytes each, and one more for the end.
struct Places(Handle<RawBytes>);

impl Places {
    fn of<const FROM: usize, const TO: usize>(vm: &Vm, code: &[u8]) -> Read<Places> {
        let places = vm.new_raw_bytes(4 * (code.len() + 1))?;
        places.tail().iter().for_each(|byte| byte.set(u8::MAX));
        let (mut offset, mut place) = (0, 0);
        while offset < code.len() {
            places.put(4 * offset, &(place as u32).to_le_bytes());
            let instruction = Instruction::<FROM>::parse(code, offset).ok_or("a whole instruction")?;
            let (_, count) = instruction.numbers(offset);
            place += instruction.end - offset - count * FROM + count * TO;
            offset = instruction.end;
        }
        places.put(4 * offset, &(place as u32).to_le_bytes());
        Ok(Places(places))
    }

    fn at(&self, offset: usize) -> Option<u32> {
        if offset >= self.0.len() / 4 {
            return None;
        }
        Some(self.0.number(4 * offset, 4) as u32).filter(|place| *place != NOWHERE)
    }
}

fn relaid_code<const FROM: usize, const TO: usize>(
    vm: &Vm,
    code: &[u8],
    places: &Places,
    name: &dyn Fn(u32) -> Read<u32>,
) -> Read<Builder> {
    let (mut out, mut offset) = (Builder::with_capacity(vm, code.len() / FROM * TO)?, 0);
    while let Some(instruction) = Instruction::<FROM>::parse(code, offset) {
        let (numbers, count) = instruction.numbers(offset);
        out.push(vm, &code[offset..numbers])?;
        if instruction.opcode.operand() == Operand::Name {
            let number = name(instruction.number)?;
            if TO == SAVED && number > u32::from(u16::MAX) {
                return Err("names of sixteen bits".into());
            }
            put::<TO>(vm, &mut out, number)?;
        } else {
            let end = places.at(instruction.end).unwrap_or(NOWHERE);
            for target in instruction.targets() {
                let target = places.at(target).ok_or("a jump to an instruction")?;
                let distance = target.wrapping_sub(end) as i32;
                if TO == SAVED && i16::try_from(distance).is_err() {
                    return Err("jumps of sixteen bits".into());
                }
                put::<TO>(vm, &mut out, distance as u32)?;
            }
            let behind = numbers + count * FROM;
            out.push(vm, &code[behind..instruction.end])?;
        }
        offset = instruction.end;
    }
    Ok(out)
}

fn relaid_handlers<const FROM: usize, const TO: usize>(vm: &Vm, handlers: &[u8], places: &Places) -> Read<Builder> {
    let (mut out, row) = (Builder::new(), HANDLER / WIDTH * FROM);
    if !handlers.len().is_multiple_of(row) {
        return Err("bytes as many as the head says".into());
    }
    for row in handlers.chunks_exact(row) {
        let (marks, depth) = row.split_at(3 * FROM);
        for mark in marks.chunks_exact(FROM) {
            let place = places.at(number_of(mark) as usize).ok_or("handlers of instructions")?;
            put::<TO>(vm, &mut out, place)?;
        }
        put::<TO>(vm, &mut out, number_of(depth))?;
    }
    Ok(out)
}

/// Lines have no numbers, but they advance by bytes of the code.
fn relaid_lines(vm: &Vm, lines: &[u8], places: &Places) -> Read<Builder> {
    let (mut out, mut at, mut last) = (Builder::new(), 0, 0);
    if !lines.len().is_multiple_of(2) {
        return Err("bytes as many as the head says".into());
    }
    for pair in lines.chunks_exact(2) {
        at += usize::from(pair[0]);
        if pair[1] == 0 {
            continue;
        }
        let place = places.at(at).ok_or("lines of the code")?;
        let mut bytes = place - last;
        while bytes > 255 {
            out.push(vm, &[255, 0])?;
            bytes -= 255;
        }
        out.push(vm, &[bytes as u8, pair[1]])?;
        last = place;
    }
    Ok(out)
}
