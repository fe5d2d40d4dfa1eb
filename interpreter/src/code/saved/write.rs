//! Writing: all names first, then the value that speaks of them by number.

use super::{MAGIC, tag};
use crate::code::instruction::Instruction;
use crate::code::opcode::Operand;
use crate::code::prototype::Prototype;
use crate::code::width::Number;
use crate::object::bigint::{self, Big, Room};
use crate::object::complex::{self, Complex};
use crate::object::dict::Dict;
use crate::object::float::Float;
use crate::object::handle::Handle;
use crate::object::kind::Kind;
use crate::object::list::List;
use crate::object::magnitude;
use crate::object::name::Name;
use crate::object::print::Sink;
use crate::object::real;
use crate::object::set::{FROZEN_SET, Set};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Raised, Vm};

pub(super) fn save(vm: &Vm, value: Word, sink: &mut dyn Sink, own: bool) -> Outcome<()> {
    let names = vm.new_dict()?;
    let mut writer = Writer { vm, names, sink, own };
    writer.collect(value)?;
    writer.bytes(&MAGIC)?;
    writer.number(names.map.len())?;
    let mut position = 0;
    while let Some((name, _)) = names.map.entry(position) {
        writer.text(vm.text_of(name))?;
        position += 1;
    }
    writer.value(value)
}

pub(super) struct Writer<'w> {
    pub(super) vm: &'w Vm,
    /// The number of each name, in order.
    names: Handle<Dict>,
    sink: &'w mut dyn Sink,
    /// Code is written as it lies here.
    pub(super) own: bool,
}

/// The names that a prototype's bytes speak of: parameters, and operands with their places.
pub(super) fn operands(prototype: &Prototype) -> impl Iterator<Item = (usize, Name)> + '_ {
    let mut offset = 0;
    core::iter::from_fn(move || {
        loop {
            let instruction = Instruction::read(prototype.code(), offset)?;
            let at = offset + 1;
            offset = instruction.end;
            if instruction.opcode.operand() == Operand::Name {
                return Some((at, Name(instruction.number as Number)));
            }
        }
    })
}

pub(super) fn parameters(prototype: &Prototype) -> impl Iterator<Item = Name> + '_ {
    (0..prototype.parameter_count()).map(|index| prototype.parameter(index))
}

impl Writer<'_> {
    fn unmarshallable(&self) -> Raised {
        self.vm.value_error("unmarshallable object")
    }

    // -- names

    fn name(&mut self, name: Name) -> Outcome<()> {
        let word = Word::name(name);
        if self.names.map.get(self.vm, word)?.is_none() {
            let number = Word::int(self.names.map.len() as isize);
            self.names.map.insert(self.vm, word, number)?;
        }
        Ok(())
    }

    pub(super) fn number_of(&self, name: Name) -> Outcome<usize> {
        let number = self.names.map.get(self.vm, Word::name(name))?;
        Ok(number.and_then(Word::as_int).expect("every name was collected") as usize)
    }

    /// Collects the names of a value, and refuses what cannot be saved.
    fn collect(&mut self, value: Word) -> Outcome<()> {
        self.vm.check_stack()?;
        if let Some(name) = value.as_name() {
            return self.name(name);
        }
        if let Some(code) = Handle::<Prototype>::from(value) {
            if code.is_machine_code() {
                return Err(self.unmarshallable());
            }
            self.name(code.head.name)?;
            self.name(code.head.file)?;
            operands(code.get()).try_for_each(|(_, name)| self.name(name))?;
            if crate::WHOLE && self.own {
                self.name(code.head.outer)?;
                code.get().names().try_for_each(|name| self.name(name))?;
            } else {
                parameters(code.get()).try_for_each(|name| self.name(name))?;
            }
            return self.collect(code.head.constants);
        }
        if let Some(tuple) = Handle::<Tuple>::from(value) {
            return tuple.get().tail().iter().try_for_each(|item| self.collect(item.get()));
        }
        if let Some(list) = Handle::<List>::from(value) {
            let mut index = 0;
            while let Some(item) = list.at(index) {
                self.collect(item)?;
                index += 1;
            }
            return Ok(());
        }
        let map =
            Handle::<Dict>::from(value).map(|dict| &dict.get().map).or(Handle::<Set>::from(value).map(|set| &set.get().map));
        if let Some(map) = map {
            let mut position = 0;
            while position < map.end() {
                if let Some((key, value)) = map.entry(position) {
                    self.collect(key)?;
                    self.collect(value)?;
                }
                position += 1;
            }
        }
        Ok(())
    }

    // -- values

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Outcome<()> {
        self.sink.write(self.vm, bytes)
    }

    pub(super) fn number(&mut self, mut number: usize) -> Outcome<()> {
        while number >= 0x80 {
            self.bytes(&[number as u8 | 0x80])?;
            number >>= 7;
        }
        self.bytes(&[number as u8])
    }

    fn text(&mut self, text: &str) -> Outcome<()> {
        self.number(text.len())?;
        self.bytes(text.as_bytes())
    }

    fn tagged(&mut self, tag: u8, count: usize) -> Outcome<()> {
        self.bytes(&[tag])?;
        self.number(count)
    }

    fn value(&mut self, value: Word) -> Outcome<()> {
        self.vm.check_stack()?;
        let single =
            [(Word::NONE, tag::NONE), (Word::TRUE, tag::TRUE), (Word::FALSE, tag::FALSE), (Word::ELLIPSIS, tag::ELLIPSIS)];
        if let Some((_, tag)) = single.iter().find(|row| row.0 == value) {
            return self.bytes(&[*tag]);
        }
        if let Some(name) = value.as_name() {
            let number = self.number_of(name)?;
            return self.tagged(tag::NAME, number);
        }
        if let Some(code) = Handle::<Prototype>::from(value) {
            return self.code(code.get());
        }
        match self.vm.type_of(value).kind {
            Kind::Int => self.int(value),
            Kind::Float => self.float(value),
            Kind::Complex => self.complex(value),
            Kind::Str => {
                self.bytes(&[tag::STR])?;
                self.text(self.vm.text_of(value))
            }
            Kind::Bytes | Kind::ByteArray | Kind::MemoryView => {
                let bytes = self.vm.bytes_of(value)?;
                self.tagged(tag::BYTES, bytes.len())?;
                self.bytes(bytes)
            }
            Kind::Tuple | Kind::List | Kind::Set | Kind::Dict => self.collection(value),
            _ => Err(self.unmarshallable()),
        }
    }

    fn int(&mut self, value: Word) -> Outcome<()> {
        let room = Room::default();
        let Some(big) = Big::of(value, &room) else { return Err(self.unmarshallable()) };
        let length = magnitude::bit_length(big.digits) / 8 + 1;
        let bytes = self.vm.new_raw_bytes(length)?;
        bigint::to_bytes(big, bytes.tail(), true);
        self.tagged(tag::INT, length)?;
        bytes.get().tail().iter().try_for_each(|byte| self.bytes(&[byte.get()]))
    }

    fn float(&mut self, value: Word) -> Outcome<()> {
        let Some(float) = Handle::<Float>::from(value) else { return Err(self.unmarshallable()) };
        self.bytes(&[tag::FLOAT])?;
        self.bytes(&real::to_double(float.value).to_le_bytes())
    }

    fn complex(&mut self, value: Word) -> Outcome<()> {
        let Some(parts) = Handle::<Complex>::from(value).and_then(|_| complex::parts(value)) else {
            return Err(self.unmarshallable());
        };
        self.bytes(&[tag::COMPLEX])?;
        self.bytes(&real::to_double(parts.real).to_le_bytes())?;
        self.bytes(&real::to_double(parts.imag).to_le_bytes())
    }

    fn collection(&mut self, value: Word) -> Outcome<()> {
        if let Some(tuple) = Handle::<Tuple>::from(value) {
            self.tagged(tag::TUPLE, tuple.len())?;
            return tuple.get().tail().iter().try_for_each(|item| self.value(item.get()));
        }
        if let Some(list) = Handle::<List>::from(value) {
            self.tagged(tag::LIST, list.get().len())?;
            return (0..list.get().len()).try_for_each(|index| self.value(list.get().at(index).unwrap_or(Word::NONE)));
        }
        if let Some(set) = Handle::<Set>::from(value) {
            let is_frozen = core::ptr::eq(set.ty(), &FROZEN_SET);
            self.tagged(if is_frozen { tag::FROZEN_SET } else { tag::SET }, set.get().map.len())?;
            return set.get().map.iter().try_for_each(|(item, _)| self.value(item));
        }
        let Some(dict) = Handle::<Dict>::from(value) else { return Err(self.unmarshallable()) };
        self.tagged(tag::DICT, dict.get().map.len())?;
        dict.get().map.iter().try_for_each(|(key, value)| {
            self.value(key)?;
            self.value(value)
        })
    }

    /// What of a prototype comes before the lengths of its parts.
    pub(super) fn head(&mut self, code: &Prototype) -> Outcome<()> {
        let head = &code.head;
        let (name, file) = (self.number_of(head.name)?, self.number_of(head.file)?);
        self.number(name)?;
        self.text(self.vm.name_text(head.outer))?;
        self.number(file)?;
        for number in [head.first_line, head.locals, head.stack] {
            self.number(number as usize)?;
        }
        self.bytes(&[head.positional, head.positional_only, head.keyword_only, head.free, head.flags])
    }

    /// The numbers of the parameters' names, of so many bytes.
    pub(super) fn parameters(&mut self, code: &Prototype, width: usize) -> Outcome<()> {
        parameters(code).try_for_each(|name| {
            let number = self.number_of(name)? as u32;
            self.bytes(&number.to_le_bytes()[..width])
        })
    }

    fn code(&mut self, code: &Prototype) -> Outcome<()> {
        self.laid_out(code)?;
        let constants = Handle::<Tuple>::from(code.head.constants).expect("constants are a tuple");
        self.number(constants.len())?;
        constants.get().tail().iter().try_for_each(|constant| self.value(constant.get()))
    }
}
