//! Reading: nothing is believed. Lengths are not allocated before as many bytes have come.

use super::layout::LONG;
use super::{Bad, MAGIC, tag};
use crate::code::prototype::{Head, PrototypeHandle, flag};
use crate::code::verify::Fault;
use crate::code::width::Number;
use crate::object::bigint;
use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::real::{self, Real};
use crate::object::set::{self, FROZEN_SET, SET, Set};
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::source::Source;
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

/// Values in values, at most: what a small machine stack bears.
const DEEPEST: usize = 60;
/// Bytes of a name, at most, as everywhere.
const LONGEST_NAME: usize = 255;

/// Why reading ends early.
pub(super) enum Stop {
    Bad(Bad),
    Raised(Raised),
}

impl From<&'static str> for Stop {
    fn from(what: &'static str) -> Stop {
        Stop::Bad(Bad::Content(what))
    }
}

impl From<Raised> for Stop {
    fn from(raised: Raised) -> Stop {
        Stop::Raised(raised)
    }
}

pub(super) type Read<T = Word> = Result<T, Stop>;

/// Says whether code from outside keeps the rules.
pub(super) type Verify = fn(&Vm, PrototypeHandle) -> Outcome<Result<(), Fault>>;

pub(super) fn load(vm: &Vm, source: &mut dyn Source, verify: Option<Verify>, file: Option<Name>) -> Outcome<Result<Word, Bad>> {
    let names = Handle::from(vm.new_list(&[])?).expect("a new list");
    let mut reader = Reader { vm: vm.here(), source, verify, file, buffer: [0; 64], start: 0, end: 0, names, depth: 0 };
    match reader.file() {
        Ok(word) => Ok(Ok(word)),
        Err(Stop::Bad(bad)) => Ok(Err(bad)),
        Err(Stop::Raised(raised)) => Err(raised),
    }
}

pub(super) struct Reader<'r> {
    pub(super) vm: &'r Vm,
    source: &'r mut dyn Source,
    verify: Option<Verify>,
    /// The file that code is said to be of, whatever was saved.
    pub(super) file: Option<Name>,
    /// What was read ahead: `buffer[start..end]`.
    buffer: [u8; 64],
    start: usize,
    end: usize,
    pub(super) names: Handle<List>,
    /// How many values are around the one that is being read.
    depth: usize,
}

impl Reader<'_> {
    fn file(&mut self) -> Read {
        for expected in MAGIC {
            match self.piece(1) {
                Ok([byte]) if *byte == expected => {}
                Err(Stop::Raised(raised)) => return Err(Stop::Raised(raised)),
                _ => return Err(Stop::Bad(Bad::Version)),
            }
        }
        for _ in 0..self.number()? {
            let length = self.number()?;
            if length > LONGEST_NAME {
                return Err("name of 255 bytes or less".into());
            }
            let text = self.text(length)?;
            let name = self.vm.intern(self.vm.text_of(text))?;
            self.names.push(self.vm, Word::name(name))?;
        }
        self.value(false)
    }

    // -- bytes

    /// What comes next, at most `most` bytes of it and at least one.
    fn piece(&mut self, most: usize) -> Read<&[u8]> {
        if self.start == self.end {
            self.start = 0;
            self.end = self.source.read(self.vm, &mut self.buffer)?.min(self.buffer.len());
            if self.end == 0 {
                return Err("end before this".into());
            }
        }
        let start = self.start;
        self.start = self.end.min(start + most);
        Ok(&self.buffer[start..self.start])
    }

    pub(super) fn byte(&mut self) -> Read<u8> {
        Ok(self.piece(1)?[0])
    }

    pub(super) fn number(&mut self) -> Read<usize> {
        let (mut number, mut shift) = (0_u32, 0);
        loop {
            let byte = self.byte()?;
            let part = (byte & 0x7f) as u32;
            let shifted = part.checked_shl(shift).filter(|shifted| shifted >> shift == part);
            number |= shifted.ok_or("number of 32 bits")?;
            if byte < 0x80 {
                return Ok(number as usize);
            }
            shift += 7;
        }
    }

    pub(super) fn number_to(&mut self, most: Number) -> Read<Number> {
        let number = Number::try_from(self.number()?).ok().filter(|number| *number <= most);
        Ok(number.ok_or("number of 16 bits")?)
    }

    pub(super) fn run(&mut self, length: usize) -> Read<Builder> {
        let (vm, mut run, mut left) = (self.vm, Builder::new(), length);
        while left > 0 {
            let piece = self.piece(left)?;
            left -= piece.len();
            run.push(vm, piece)?;
        }
        Ok(run)
    }

    fn text(&mut self, length: usize) -> Read {
        let bytes = self.run(length)?.finish_bytes(self.vm)?;
        let text = utf8::checked(self.vm.bytes_of(bytes)?).ok_or("text in UTF-8")?;
        Ok(self.vm.new_str(text)?)
    }

    fn real(&mut self) -> Read<Real> {
        let mut bytes = [0; 8];
        for byte in &mut bytes {
            *byte = self.byte()?;
        }
        Ok(real::of_double(f64::from_le_bytes(bytes)))
    }

    pub(super) fn name(&mut self) -> Read<Name> {
        let number = self.number()?;
        Ok(name_of(self.names, number).ok_or("number of a name")?)
    }

    // -- values

    /// A value. `is_constant`: of a prototype, which the prototype's own verification looks into.
    fn value(&mut self, is_constant: bool) -> Read {
        self.vm.check_stack()?;
        if self.depth == DEEPEST {
            return Err("value that is nested less deeply".into());
        }
        self.depth += 1;
        let value = match self.byte()? {
            tag::NONE => Word::NONE,
            tag::TRUE => Word::TRUE,
            tag::FALSE => Word::FALSE,
            tag::ELLIPSIS => Word::ELLIPSIS,
            tag::NAME => Word::name(self.name()?),
            tag::CODE => self.code(is_constant, 2)?,
            tag::LONG_CODE => self.code(is_constant, LONG.ok_or("code of 64 kB or less")?)?,
            tag::OWN_CODE => {
                let code = self.own_code()?;
                self.verified(code, is_constant)?
            }
            tag => self.object(tag)?,
        };
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self, tag: u8) -> Read {
        let vm = self.vm;
        Ok(match tag {
            tag::FLOAT => vm.new_float(self.real()?)?,
            tag::COMPLEX => {
                let (real, imag) = (self.real()?, self.real()?);
                vm.new_complex(real, imag)?
            }
            tag::INT => {
                let length = self.number()?;
                let run = self.run(length)?;
                bigint::from_bytes(vm, run.cells(), true, true)?
            }
            tag::STR => {
                let length = self.number()?;
                self.text(length)?
            }
            tag::BYTES => {
                let length = self.number()?;
                self.run(length)?.finish_bytes(vm)?
            }
            tag::LIST => self.items(false)?.word(),
            tag::TUPLE => vm.tuple_of(self.items(false)?.word())?.word(),
            tag::SET => self.set(set::new(vm, &SET)?)?,
            tag::FROZEN_SET => self.set(set::new(vm, &FROZEN_SET)?)?,
            tag::DICT => self.dict(vm.new_dict()?)?,
            _ => return Err("value".into()),
        })
    }

    pub(super) fn items(&mut self, are_constants: bool) -> Read<Handle<List>> {
        let list = Handle::<List>::from(self.vm.new_list(&[])?).expect("a new list");
        for _ in 0..self.number()? {
            let item = self.value(are_constants)?;
            list.push(self.vm, item)?;
        }
        Ok(list)
    }

    /// A key. It must be hashable, which containers of code are not.
    fn key(&mut self) -> Read {
        let key = self.value(false)?;
        match self.vm.hash(key) {
            Ok(_) => Ok(key),
            Err(raised) if self.vm.is_instance(self.vm.peek_raised(raised), &crate::object::exception::TYPE_ERROR) => {
                self.vm.take_raised(raised);
                Err("hashable key".into())
            }
            Err(raised) => Err(Stop::Raised(raised)),
        }
    }

    fn set(&mut self, set: Handle<Set>) -> Read {
        for _ in 0..self.number()? {
            let key = self.key()?;
            set.get().add(self.vm, key)?;
        }
        Ok(set.word())
    }

    fn dict(&mut self, dict: Handle<Dict>) -> Read {
        for _ in 0..self.number()? {
            let key = self.key()?;
            let value = self.value(false)?;
            dict.map.insert(self.vm, key, value)?;
        }
        Ok(dict.word())
    }

    // -- code

    /// Code whose numbers have `width` bytes.
    fn code(&mut self, is_constant: bool, width: usize) -> Read {
        let head = self.head(width)?;
        let stars = (head.flags & flag::VAR_POSITIONAL != 0) as usize + (head.flags & flag::VAR_KEYWORDS != 0) as usize;
        let parameters = head.positional as usize + head.keyword_only as usize + stars;
        let own = head.code as usize + head.handlers as usize + head.lines as usize;
        let bytes = self.run(own + width * parameters)?.finish_bytes(self.vm)?;
        let constants = self.items(true)?;
        let head = Head { constants: self.vm.tuple_of(constants.word())?.word(), ..head };
        let code = self.laid_out(head, self.vm.bytes_of(bytes)?, width)?;
        self.verified(code, is_constant)
    }

    /// Code that keeps the rules, unless a prototype around it is looked into.
    fn verified(&self, code: PrototypeHandle, is_constant: bool) -> Read {
        if let Some(verify) = self.verify.filter(|_| !is_constant)
            && let Err(fault) = verify(self.vm, code)?
        {
            return Err(fault.what.into());
        }
        Ok(code.word())
    }

    /// Where a definition stands: no name of the table, since a board has no use for it.
    fn outer(&mut self) -> Read<Name> {
        let length = self.number()?;
        if length > LONGEST_NAME {
            return Err("place of 255 bytes or less".into());
        }
        let text = self.text(length)?;
        if !crate::WHOLE {
            return Ok(name!(""));
        }
        Ok(self.vm.intern(self.vm.text_of(text))?)
    }

    /// The head, without its constants.
    fn head(&mut self, width: usize) -> Read<Head> {
        let names = [self.name()?, self.outer()?, self.name()?];
        let most = if width == 2 { u16::MAX.into() } else { Number::MAX };
        let room = [self.number_to(most)?, self.number_to(most)?, self.number_to(most)?];
        let counts = self.counts()?;
        let lengths = [self.number_to(most)?, self.number_to(most)?, self.number_to(most)?];
        Ok(head_of(names, room, counts, lengths))
    }

    /// What of a head are bytes: parameters of each sort, free variables, flags.
    pub(super) fn counts(&mut self) -> Read<[u8; 5]> {
        Ok([self.byte()?, self.byte()?, self.byte()?, self.byte()?, self.byte()?])
    }
}

/// A head without its constants.
#[inline(always)]
pub(super) fn head_of(names: [Name; 3], room: [Number; 3], counts: [u8; 5], lengths: [Number; 3]) -> Head {
    let ([name, outer, file], [first_line, locals, stack], [code, handlers, lines]) = (names, room, lengths);
    let [positional, positional_only, keyword_only, free, flags] = counts;
    Head {
        constants: Word::NONE,
        accelerator: Cell::new(Word::UNSET),
        name,
        outer,
        file,
        code,
        handlers,
        lines,
        first_line,
        locals,
        stack,
        positional,
        positional_only,
        keyword_only,
        free,
        flags,
    }
}

/// The name that has a number.
pub(super) fn name_of(names: Handle<List>, number: usize) -> Option<Name> {
    names.at(number)?.as_name()
}
