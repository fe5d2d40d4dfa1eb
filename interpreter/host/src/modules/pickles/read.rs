//! Reads a pickle: the stack machine that a pickle is a program for.
//!
//! All that it makes lies in lists and dicts of Python's heap. A mark is a height of the stack, below which nothing is taken until the
//! mark is; so no pickle reaches what is not its own.

use super::{code, is_exactly};
use interpreter::object::bigint;
use interpreter::object::class::{Class, as_class, lookup_special};
use interpreter::object::dict::{DICT, Dict};
use interpreter::object::exception::{EOF_ERROR, OVERFLOW_ERROR, TYPE_ERROR};
use interpreter::object::handle::{Args, Handle, as_type};
use interpreter::object::int;
use interpreter::object::kind::Kind;
use interpreter::object::list::{LIST, List};
use interpreter::object::name::Name;
use interpreter::object::set::{self, FROZEN_SET, SET, Set};
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::vm::raise::Part;
use interpreter::vm::{Outcome, Raised, Vm};
use std::cell::Cell;

struct Reader<'v> {
    vm: &'v Vm,
    unpickler: Word,
    /// Methods of the file; `None` where the whole pickle is here.
    read: Word,
    readline: Word,
    /// What of the pickle is here; while this points to them, they stay.
    bytes: &'v [u8],
    at: usize,
    stack: Handle<List>,
    marks: Vec<usize>,
    memo: Handle<Dict>,
}

pub fn load(vm: &Vm, args: Args) -> Outcome {
    let vm = vm.here();
    let source = args.at(2);
    let bytes = if source == Word::NONE { &[] } else { vm.bytes_of(source)? };
    let mut reader = Reader {
        vm,
        unpickler: args.at(0),
        read: args.at(3),
        readline: args.at(4),
        bytes,
        at: 0,
        stack: vm.new_list_with_capacity(16)?,
        marks: Vec::new(),
        memo: vm.receiver(args.at(1))?,
    };
    loop {
        if reader.at == reader.bytes.len() && !reader.goes_on()? {
            return Err(vm.raise_text(&EOF_ERROR, "Ran out of input"));
        }
        let step = reader.bytes[reader.at];
        reader.at += 1;
        if step == code::STOP {
            return reader.pop();
        }
        reader.step(step)?;
    }
}

impl<'v> Reader<'v> {
    #[cold]
    fn failed(&self, message: &str) -> Raised {
        let made = || {
            let module = self.vm.import_frozen(self.vm.intern("pickle")?)?;
            let class = self.vm.attribute(module, self.vm.intern("UnpicklingError")?)?;
            self.vm.call(class, &[self.vm.new_str(message)?])
        };
        match made() {
            Ok(error) => self.vm.raise_word(error),
            Err(raised) => raised,
        }
    }

    #[cold]
    fn truncated(&self) -> Raised {
        self.failed("pickle data was truncated")
    }

    // What is read.

    /// Asks the file for a byte; whether there is one.
    fn goes_on(&mut self) -> Outcome<bool> {
        if self.read == Word::NONE {
            return Ok(false);
        }
        self.fill(1)?;
        Ok(!self.bytes.is_empty())
    }

    /// Reads so many bytes of the file in place of those that were taken.
    fn fill(&mut self, count: usize) -> Outcome<()> {
        self.adopt(self.vm.call(self.read, &[self.vm.new_uint(count as u64)?])?)
    }

    fn adopt(&mut self, data: Word) -> Outcome<()> {
        (self.bytes, self.at) = (self.vm.bytes_of(data)?, 0);
        Ok(())
    }

    fn take(&mut self, count: usize) -> Outcome<&'v [u8]> {
        let rest = self.bytes.len() - self.at;
        if count > rest {
            if self.read == Word::NONE {
                return Err(self.truncated());
            }
            self.join(count, rest)?;
        }
        let taken = &self.bytes[self.at..self.at + count];
        self.at += count;
        Ok(taken)
    }

    /// Brings `count` bytes together, `rest` of which are here.
    #[cold]
    fn join(&mut self, count: usize, rest: usize) -> Outcome<()> {
        let first = &self.bytes[self.at..];
        self.fill(count - rest)?;
        if self.bytes.len() < count - rest {
            return Err(self.truncated());
        }
        if rest > 0 {
            let whole = self.vm.new_bytes(&[first, self.bytes].concat())?;
            self.adopt(whole)?;
        }
        Ok(())
    }

    fn fixed<const N: usize>(&mut self) -> Outcome<[u8; N]> {
        let taken = self.take(N)?;
        Ok(taken.try_into().expect("so many were taken"))
    }

    fn byte(&mut self) -> Outcome<usize> {
        Ok(usize::from(self.fixed::<1>()?[0]))
    }

    fn short(&mut self) -> Outcome<usize> {
        self.fixed().map(|bytes| usize::from(u16::from_le_bytes(bytes)))
    }

    fn long(&mut self) -> Outcome<usize> {
        self.fixed().map(|bytes| u32::from_le_bytes(bytes) as usize)
    }

    fn signed(&mut self) -> Outcome<i32> {
        self.fixed().map(i32::from_le_bytes)
    }

    /// The length of what comes next, in eight bytes.
    fn longest(&mut self, what: &str) -> Outcome<usize> {
        let length = u64::from_le_bytes(self.fixed()?);
        usize::try_from(length).ok().filter(|length| *length <= isize::MAX as usize).ok_or_else(|| {
            let parts = [Part::Text(what), Part::Text(" of "), Part::Int(isize::MAX), Part::Text(" bytes")];
            self.vm.raise(&OVERFLOW_ERROR, &parts)
        })
    }

    /// A line without its end.
    fn line(&mut self) -> Outcome<&'v [u8]> {
        let find = |bytes: &[u8]| bytes.iter().position(|byte| *byte == b'\n');
        if find(&self.bytes[self.at..]).is_none() {
            if self.read == Word::NONE || self.at < self.bytes.len() {
                return Err(self.truncated());
            }
            self.adopt(self.vm.call(self.readline, &[])?)?;
        }
        let rest = &self.bytes[self.at..];
        let Some(end) = find(rest) else { return Err(self.truncated()) };
        self.at += end + 1;
        Ok(&rest[..end])
    }

    /// A line that must have something in it.
    fn full_line(&mut self) -> Outcome<&'v [u8]> {
        let line = self.line()?;
        if line.is_empty() { Err(self.truncated()) } else { Ok(line) }
    }

    /// Text of UTF-8, in which halves of surrogate pairs may stand alone.
    fn text(&mut self, bytes: &[u8]) -> Outcome {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.vm.new_str(text),
            Err(_) => self.ask(name!(_text), &[self.vm.new_bytes(bytes)?, Word::TRUE]),
        }
    }

    /// What a method of the unpickler answers.
    fn ask(&self, method: Name, arguments: &[Word]) -> Outcome {
        self.vm.call_method(self.unpickler, method, arguments)
    }

    // The stack.

    fn floor(&self) -> usize {
        self.marks.last().copied().unwrap_or(0)
    }

    #[cold]
    fn underflow(&self) -> Raised {
        self.failed(if self.marks.is_empty() { "unpickling stack underflow" } else { "unexpected MARK found" })
    }

    fn push(&self, word: Word) -> Outcome<()> {
        self.stack.push(self.vm, word)
    }

    fn pop(&self) -> Outcome {
        if self.stack.len() <= self.floor() {
            return Err(self.underflow());
        }
        self.stack.pop().ok_or_else(|| self.underflow())
    }

    fn top(&self) -> Outcome {
        if self.stack.len() <= self.floor() {
            return Err(self.underflow());
        }
        Ok(self.stack.items.get(self.stack.len() - 1))
    }

    /// The height of the stack at the last mark, which is taken away.
    fn mark(&mut self) -> Outcome<usize> {
        self.marks.pop().ok_or_else(|| self.failed("could not find MARK"))
    }

    fn cut(&self, height: usize) {
        for index in height..self.stack.len() {
            self.stack.items.set(index, Word::UNSET);
        }
        self.stack.len.set(height.min(self.stack.len()));
    }

    /// A tuple of what lies above `from`, which leaves the stack.
    fn tuple(&self, from: usize) -> Outcome {
        let stack = self.stack;
        let tuple = self.vm.new_tuple_with(stack.len() - from, |index| stack.items.get(from + index))?;
        self.cut(from);
        Ok(tuple)
    }

    fn list(&self, from: usize) -> Outcome {
        let stack = self.stack;
        let list = self.vm.new_list_with_capacity(stack.len() - from)?;
        for index in from..stack.len() {
            list.push(self.vm, stack.items.get(index))?;
        }
        self.cut(from);
        Ok(list.word())
    }

    /// A tuple of the last few.
    fn short_tuple(&mut self, count: usize) -> Outcome<()> {
        if self.stack.len() < self.floor() + count {
            return Err(self.underflow());
        }
        let tuple = self.tuple(self.stack.len() - count)?;
        self.push(tuple)
    }

    // The steps.

    fn step(&mut self, step: u8) -> Outcome<()> {
        let vm = self.vm;
        match step {
            code::MEMOIZE => self.remember(self.memo.map.len()),
            code::BINGET => {
                let place = self.byte()?;
                self.recall(place)
            }
            code::SHORT_BINUNICODE => self.sized_text(|reader| reader.byte()),
            code::BINUNICODE => self.sized_text(|reader| reader.long()),
            code::BINUNICODE8 => self.sized_text(|reader| reader.longest("BINUNICODE exceeds system's maximum size")),
            code::BININT1 => {
                let number = self.byte()?;
                self.push(Word::int(number as isize))
            }
            code::BININT2 => {
                let number = self.short()?;
                self.push(Word::int(number as isize))
            }
            code::BININT => {
                let number = self.signed()?;
                self.push(Word::int(number as isize))
            }
            code::BINFLOAT => {
                let number = f64::from_be_bytes(self.fixed()?);
                self.push(vm.new_float(number)?)
            }
            code::NONE => self.push(Word::NONE),
            code::NEWTRUE => self.push(Word::TRUE),
            code::NEWFALSE => self.push(Word::FALSE),
            code::EMPTY_LIST => self.push(vm.new_list(&[])?),
            code::EMPTY_DICT => self.push(vm.new_dict()?.word()),
            code::EMPTY_TUPLE => self.push(vm.new_tuple(&[])?),
            code::EMPTY_SET => self.push(set::new(vm, &SET)?.word()),
            code::MARK => {
                self.marks.push(self.stack.len());
                Ok(())
            }
            code::TUPLE1 => self.short_tuple(1),
            code::TUPLE2 => self.short_tuple(2),
            code::TUPLE3 => self.short_tuple(3),
            code::APPEND => {
                let value =
                    self.stack.len().checked_sub(1).filter(|from| *from > self.floor()).ok_or_else(|| self.underflow())?;
                self.append(value)
            }
            code::APPENDS => {
                let from = self.mark()?;
                self.append(from)
            }
            code::SETITEM => {
                let from = self.stack.len().checked_sub(2).filter(|from| *from > self.floor()).ok_or_else(|| self.underflow())?;
                self.set_items(from)
            }
            code::SETITEMS => {
                let from = self.mark()?;
                self.set_items(from)
            }
            code::ADDITEMS => {
                let from = self.mark()?;
                self.add_items(from)
            }
            code::TUPLE => {
                let from = self.mark()?;
                let tuple = self.tuple(from)?;
                self.push(tuple)
            }
            code::LIST => {
                let from = self.mark()?;
                let list = self.list(from)?;
                self.push(list)
            }
            code::DICT => {
                let from = self.mark()?;
                self.dict(from)
            }
            code::FROZENSET => {
                let from = self.mark()?;
                let items = self.list(from)?;
                self.push(set::of(vm, &FROZEN_SET, items)?.word())
            }
            code::NEWOBJ => self.make(false),
            code::NEWOBJ_EX => self.make(true),
            code::REDUCE => self.reduce(),
            code::BUILD => self.build(),
            code::BINPUT => {
                let place = self.byte()?;
                self.remember(place)
            }
            code::LONG_BINPUT => {
                let place = self.long()?;
                self.remember(place)
            }
            code::LONG_BINGET => {
                let place = self.long()?;
                self.recall(place)
            }
            code::FRAME => self.frame(),
            _ => self.rare_step(step),
        }
    }

    fn sized_text(&mut self, length: fn(&mut Self) -> Outcome<usize>) -> Outcome<()> {
        let length = length(self)?;
        let bytes = self.take(length)?;
        let text = self.text(bytes)?;
        self.push(text)
    }

    fn rare_step(&mut self, step: u8) -> Outcome<()> {
        let vm = self.vm;
        match step {
            code::PROTO => {
                let protocol = self.byte()? as isize;
                if protocol > 5 {
                    return Err(vm.value_error(&format!("unsupported pickle protocol: {protocol}")));
                }
                vm.set_attribute(self.unpickler, name!(proto), Word::int(protocol))
            }
            code::POP => {
                if self.marks.last() == Some(&self.stack.len()) {
                    self.marks.pop();
                    return Ok(());
                }
                self.pop().map(|_| ())
            }
            code::POP_MARK => {
                let from = self.mark()?;
                self.cut(from);
                Ok(())
            }
            code::DUP => {
                let top = self.top()?;
                self.push(top)
            }
            code::SHORT_BINBYTES => self.sized_bytes(|reader| reader.byte()),
            code::BINBYTES => self.sized_bytes(|reader| reader.long()),
            code::BINBYTES8 => self.sized_bytes(|reader| reader.longest("BINBYTES exceeds system's maximum size")),
            code::BYTEARRAY8 => {
                let length = self.longest("BYTEARRAY8 exceeds system's maximum size")?;
                let bytes = self.take(length)?;
                self.push(vm.new_bytearray(bytes)?)
            }
            code::LONG1 => {
                let size = self.byte()?;
                self.long_int(size)
            }
            code::LONG4 => {
                let size = self.signed()?;
                match usize::try_from(size) {
                    Ok(size) => self.long_int(size),
                    Err(_) => Err(self.failed("LONG pickle has negative byte count")),
                }
            }
            code::SHORT_BINSTRING => {
                let length = self.byte()?;
                self.old_text(length)
            }
            code::BINSTRING => {
                let length = self.long()?;
                self.old_text(length)
            }
            code::INT | code::LONG | code::FLOAT | code::STRING | code::UNICODE | code::PERSID => {
                let may_be_empty = matches!(step, code::STRING | code::UNICODE | code::PERSID);
                let line = if may_be_empty { self.line()? } else { self.full_line()? };
                let line = vm.new_bytes(line)?;
                let value = self.ask(name!(_from_line), &[Word::int(step.into()), line])?;
                self.push(value)
            }
            code::BINPERSID => {
                let id = self.pop()?;
                let value = self.ask(name!(persistent_load), &[id])?;
                self.push(value)
            }
            code::GET => {
                let place = self.number()?;
                match usize::try_from(place) {
                    Ok(place) => self.recall(place),
                    Err(_) => Err(self.unknown(place)),
                }
            }
            code::PUT => {
                let place = self.number()?;
                self.top()?;
                match usize::try_from(place) {
                    Ok(place) => self.remember(place),
                    Err(_) => Err(vm.value_error("negative PUT argument")),
                }
            }
            code::GLOBAL => {
                let class = self.global()?;
                self.push(class)
            }
            code::STACK_GLOBAL => {
                let name = self.pop()?;
                let module = self.pop()?;
                if vm.as_text(name).is_none() || vm.as_text(module).is_none() {
                    return Err(self.failed("STACK_GLOBAL requires str"));
                }
                let class = self.ask(name!(find_class), &[module, name])?;
                self.push(class)
            }
            code::INST => {
                let from = self.mark()?;
                let class = self.global()?;
                self.instantiate(class, from)
            }
            code::OBJ => {
                let from = self.mark()?;
                let Some(class) = self.stack.at(from) else { return Err(self.underflow()) };
                self.instantiate(class, from + 1)?;
                let made = self.pop()?;
                self.cut(from);
                self.push(made)
            }
            code::EXT1 => {
                let number = self.byte()?;
                self.extension(number as isize)
            }
            code::EXT2 => {
                let number = self.short()?;
                self.extension(number as isize)
            }
            code::EXT4 => {
                let number = self.signed()?;
                self.extension(number as isize)
            }
            code::NEXT_BUFFER => {
                let buffer = self.ask(name!(_next_buffer), &[Word::FALSE])?;
                self.push(buffer)
            }
            code::READONLY_BUFFER => {
                let buffer = self.pop()?;
                let buffer = self.ask(name!(_next_buffer), &[buffer])?;
                self.push(buffer)
            }
            _ if (b' '..0x7f).contains(&step) && step != b'\'' => {
                Err(self.failed(&format!("invalid load key, '{}'.", char::from(step))))
            }
            _ => Err(self.failed(&format!("invalid load key, '\\x{step:02x}'."))),
        }
    }

    /// What comes next in one piece, which must be there.
    fn frame(&mut self) -> Outcome<()> {
        let length = self.longest("FRAME length exceeds system's maximum")?;
        self.take(length)?;
        self.at -= length;
        Ok(())
    }

    fn sized_bytes(&mut self, length: fn(&mut Self) -> Outcome<usize>) -> Outcome<()> {
        let length = length(self)?;
        let bytes = self.take(length)?;
        self.push(self.vm.new_bytes(bytes)?)
    }

    fn old_text(&mut self, length: usize) -> Outcome<()> {
        let bytes = self.vm.new_bytes(self.take(length)?)?;
        let text = self.ask(name!(_text), &[bytes, Word::FALSE])?;
        self.push(text)
    }

    fn long_int(&mut self, size: usize) -> Outcome<()> {
        let bytes: Vec<Cell<u8>> = self.take(size)?.iter().map(|byte| Cell::new(*byte)).collect();
        self.push(bigint::from_bytes(self.vm, &bytes, true, true)?)
    }

    /// A number in a line.
    fn number(&mut self) -> Outcome<isize> {
        let line = self.vm.new_bytes(self.full_line()?)?;
        self.vm.index(self.ask(name!(_from_line), &[Word::int(code::GET.into()), line])?)
    }

    fn remember(&mut self, place: usize) -> Outcome<()> {
        let top = self.top()?;
        self.memo.map.insert(self.vm, Word::int(place as isize), top).map(|_| ())
    }

    fn recall(&mut self, place: usize) -> Outcome<()> {
        let found = self.memo.map.position_of_name(Word::int(place as isize), || int::fold(place as i64));
        match found.and_then(|position| self.memo.map.entry(position)) {
            Some((_, value)) => self.push(value),
            None => Err(self.unknown(place as isize)),
        }
    }

    #[cold]
    fn unknown(&self, place: isize) -> Raised {
        self.failed(&format!("Memo value not found at index {place}"))
    }

    fn append(&mut self, from: usize) -> Outcome<()> {
        let vm = self.vm;
        let owner = self.owner(from)?;
        if let Some(list) = Handle::<List>::from(owner).filter(|_| is_exactly(vm, owner, &LIST)) {
            for index in from..self.stack.len() {
                list.push(vm, self.stack.items.get(index))?;
            }
            self.cut(from);
            return Ok(());
        }
        let items = self.list(from)?;
        match vm.find_attribute(owner, name!(extend))?.set() {
            Some(extend) => vm.call(extend, &[items]).map(|_| ()),
            None => {
                let append = vm.attribute(owner, name!(append))?;
                vm.for_each(items, &mut |item| vm.call(append, &[item]).map(|_| ()))
            }
        }
    }

    /// What lies right below the items from `from` on.
    fn owner(&self, from: usize) -> Outcome {
        let below = from.checked_sub(1).filter(|below| *below >= self.floor());
        below.and_then(|below| self.stack.at(below)).ok_or_else(|| self.underflow())
    }

    fn set_items(&mut self, from: usize) -> Outcome<()> {
        let vm = self.vm;
        let owner = self.owner(from)?;
        if !(self.stack.len() - from).is_multiple_of(2) {
            return Err(self.failed("odd number of items for SETITEMS"));
        }
        let dict = Handle::<Dict>::from(owner).filter(|_| is_exactly(vm, owner, &DICT));
        if let Some(dict) = dict {
            self.fill_dict(dict, from)?;
        } else {
            for index in (from..self.stack.len()).step_by(2) {
                vm.set_item(owner, self.stack.items.get(index), self.stack.items.get(index + 1))?;
            }
        }
        self.cut(from);
        Ok(())
    }

    fn fill_dict(&self, dict: Handle<Dict>, from: usize) -> Outcome<()> {
        for index in (from..self.stack.len()).step_by(2) {
            dict.map.insert(self.vm, self.stack.items.get(index), self.stack.items.get(index + 1))?;
        }
        Ok(())
    }

    fn dict(&mut self, from: usize) -> Outcome<()> {
        if !(self.stack.len() - from).is_multiple_of(2) {
            return Err(self.failed("odd number of items for DICT"));
        }
        let dict = self.vm.new_dict()?;
        self.fill_dict(dict, from)?;
        self.cut(from);
        self.push(dict.word())
    }

    fn add_items(&mut self, from: usize) -> Outcome<()> {
        let vm = self.vm;
        let owner = self.owner(from)?;
        let items = self.list(from)?;
        if let Some(set) = Handle::<Set>::from(owner).filter(|_| is_exactly(vm, owner, &SET)) {
            return vm.for_each(items, &mut |item| set.add(vm, item));
        }
        let add = vm.attribute(owner, name!(add))?;
        vm.for_each(items, &mut |item| vm.call(add, &[item]).map(|_| ()))
    }

    fn make(&mut self, has_keywords: bool) -> Outcome<()> {
        let vm = self.vm;
        let keywords = if has_keywords { self.pop()? } else { Word::NONE };
        let (arguments, class) = (self.pop()?, self.pop()?);
        let step = if has_keywords { "NEWOBJ_EX" } else { "NEWOBJ" };
        if as_type(class).is_none() {
            return Err(self.wrong(step, "class argument must be a type, not ", class));
        }
        let Some(tuple) = Handle::<Tuple>::from(vm.native(arguments)) else {
            return Err(self.wrong(step, "args argument must be a tuple, not ", arguments));
        };
        let new = vm.attribute(class, name!(__new__))?;
        let mut words = vec![class];
        words.extend(tuple.tail().iter().map(Cell::get));
        if !has_keywords {
            let made = vm.call(new, &words)?;
            return self.push(made);
        }
        let Some(keywords) = Handle::<Dict>::from(vm.native(keywords)) else {
            return Err(self.wrong(step, "kwargs argument must be a dict, not ", keywords));
        };
        let made = self.ask(name!(_instantiate), &[new, vm.new_tuple(&words)?, keywords.word()])?;
        self.push(made)
    }

    #[cold]
    fn wrong(&self, step: &str, what: &str, word: Word) -> Raised {
        let name = self.vm.name_text(self.vm.type_of(word).name);
        self.failed(&format!("{step} {what}{name}"))
    }

    fn reduce(&mut self) -> Outcome<()> {
        let vm = self.vm;
        let (arguments, callable) = (self.pop()?, self.pop()?);
        let Some(tuple) = Handle::<Tuple>::from(vm.native(arguments)) else {
            return Err(vm.raise_text(&TYPE_ERROR, "argument list must be a tuple"));
        };
        let words: Vec<Word> = tuple.tail().iter().map(Cell::get).collect();
        let made = vm.call(callable, &words)?;
        self.push(made)
    }

    fn global(&mut self) -> Outcome {
        let module = self.full_line()?;
        let module = self.text(module)?;
        let name = self.full_line()?;
        let name = self.text(name)?;
        self.ask(name!(find_class), &[module, name])
    }

    fn instantiate(&mut self, class: Word, from: usize) -> Outcome<()> {
        let arguments = self.tuple(from.min(self.stack.len()))?;
        let made = self.ask(name!(_instantiate), &[class, arguments, Word::NONE])?;
        self.push(made)
    }

    fn extension(&mut self, number: isize) -> Outcome<()> {
        let found = self.ask(name!(_extension), &[Word::int(number)])?;
        self.push(found)
    }

    /// Gives an object its state: attributes in a dict here, anything else in Python.
    fn build(&mut self) -> Outcome<()> {
        let state = self.pop()?;
        let object = self.top()?;
        if give(self.vm, object, state)? {
            return Ok(());
        }
        self.ask(name!(_apply_state), &[object, state]).map(|_| ())
    }
}

/// Sets the attributes of a plain instance that lie in a dict; false if a program has a say in that, or something else is to be set.
pub fn give(vm: &Vm, object: Word, state: Word) -> Outcome<bool> {
    let ty = vm.type_of(object);
    let is_plain = |class: Handle<Class>| {
        ty.kind == Kind::Instance
            && class.native.is_none()
            && !class.is_special()
            && !class.is_closed()
            && lookup_special(vm, ty, name!(__setstate__)).is_none()
    };
    let dict = Handle::<Dict>::from(state).filter(|_| is_exactly(vm, state, &DICT) && as_class(ty).is_some_and(is_plain));
    let Some(dict) = dict else { return Ok(false) };
    let mut position = 0;
    while let Some(found) = dict.map.next_entry(position) {
        let Some((key, value)) = dict.map.entry(found) else { break };
        position = found + 1;
        let Some(text) = vm.as_text(key) else { return Ok(false) };
        let name = key.as_name().map_or_else(|| vm.intern(text), Ok)?;
        if name == name!(__class__) || name == name!(__dict__) {
            return Ok(false);
        }
        vm.set_attribute(object, name, value)?;
    }
    Ok(true)
}
