//! Writes objects into a pickle: those that need no more than what is here.
//!
//! What is written lies in a buffer until a method in Python takes its turn, which adds to the same list of pieces and finds the same
//! memo. A container is asked for its items one by one, since such a method may change it.

use super::{BATCH, code, is_exactly};
use interpreter::object::bytes::{BYTES, Bytes};
use interpreter::object::class::{Class, as_class, lookup_special};
use interpreter::object::dict::{DICT, Dict};
use interpreter::object::exception::RUNTIME_ERROR;
use interpreter::object::float::{FLOAT, Float};
use interpreter::object::handle::{Args, Handle, Instance, type_word};
use interpreter::object::int;
use interpreter::object::kind::Kind;
use interpreter::object::list::{LIST, List};
use interpreter::object::set::{SET, Set};
use interpreter::object::str::surrogate;
use interpreter::object::tuple::{TUPLE, Tuple};
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use std::cell::Cell;

struct Writer<'v> {
    vm: &'v Vm,
    pickler: Word,
    /// What is written already, a list of bytes.
    pieces: Handle<List>,
    /// Places and objects by the identity of the objects.
    memo: Handle<Dict>,
    protocol: u8,
    persistent_id: Option<Word>,
    /// Classes and what takes their objects apart; `None` where a program wants to be asked about every object that is not here.
    table: Option<Handle<Dict>>,
    buffer: Vec<u8>,
}

pub fn save(vm: &Vm, args: Args) -> Outcome {
    let core: Handle<Tuple> = vm.receiver(args.at(1))?;
    let part = |index| core.at(index).unwrap_or(Word::NONE);
    let mut writer = Writer {
        vm,
        pickler: args.at(0),
        pieces: vm.receiver(part(0))?,
        memo: vm.receiver(part(1))?,
        protocol: vm.byte(part(2))?,
        persistent_id: Some(part(3)).filter(|asked| *asked != Word::NONE),
        table: Handle::from(part(5)).filter(|_| part(4) == Word::FALSE),
        buffer: Vec::new(),
    };
    writer.object(args.at(2))?;
    writer.flush()?;
    Ok(Word::NONE)
}

impl Writer<'_> {
    /// Lets go of what is written.
    fn flush(&mut self) -> Outcome<()> {
        if !self.buffer.is_empty() {
            let piece = self.vm.new_bytes(&self.buffer)?;
            self.pieces.push(self.vm, piece)?;
            self.buffer.clear();
        }
        Ok(())
    }

    /// Hands an object over to Python, which writes it whole.
    fn whole(&mut self, object: Word) -> Outcome<()> {
        self.flush()?;
        self.vm.call_method(self.pickler, name!(_save_whole), &[object]).map(|_| ())
    }

    fn object(&mut self, object: Word) -> Outcome<()> {
        if let Some(persistent_id) = self.persistent_id {
            let id = self.vm.call(persistent_id, &[object])?;
            if id != Word::NONE {
                self.flush()?;
                return self.vm.call_method(self.pickler, name!(_save_persistent), &[id]).map(|_| ());
            }
        }
        if let Some(number) = object.as_int() {
            self.int(number as i64);
            return Ok(());
        }
        if object.is_object() || object.as_name().is_some() {
            return self.larger(object);
        }
        let known = [(Word::NONE, code::NONE), (Word::TRUE, code::NEWTRUE), (Word::FALSE, code::NEWFALSE)];
        match known.iter().find(|(word, _)| *word == object) {
            Some((_, code)) => self.buffer.push(*code),
            None => return self.whole(object),
        }
        Ok(())
    }

    /// An object that lies in memory, or a name.
    fn larger(&mut self, object: Word) -> Outcome<()> {
        let vm = self.vm;
        if is_exactly(vm, object, &FLOAT)
            && let Some(float) = Handle::<Float>::from(object)
        {
            self.buffer.push(code::BINFLOAT);
            self.buffer.extend(float.value.to_be_bytes());
            return Ok(());
        }
        if let Some(place) = self.place(object) {
            self.get(place);
            return Ok(());
        }
        vm.check_stack()?;
        if let Some(text) = vm.as_text(object) {
            return self.text(object, text);
        }
        let is = |ty| is_exactly(vm, object, ty);
        if let Some(list) = Handle::<List>::from(object).filter(|_| is(&LIST)) {
            return self.list(list);
        }
        if let Some(dict) = Handle::<Dict>::from(object).filter(|_| is(&DICT)) {
            return self.dict(dict);
        }
        if let Some(tuple) = Handle::<Tuple>::from(object).filter(|_| is(&TUPLE)) {
            return self.tuple(tuple);
        }
        if let Some(bytes) = Handle::<Bytes>::from(object).filter(|_| is(&BYTES) && self.protocol >= 3) {
            self.sized(bytes.bytes(), (code::SHORT_BINBYTES, code::BINBYTES, code::BINBYTES8), true);
            return self.memoize(object);
        }
        if let Some(set) = Handle::<Set>::from(object).filter(|_| is(&SET) && self.protocol >= 4) {
            return self.set(set);
        }
        let plain = match self.table {
            Some(table) => plain(vm, object, table)?,
            None => None,
        };
        match plain {
            Some((instance, class)) => self.instance(instance, class),
            None => self.whole(object),
        }
    }

    fn place(&self, object: Word) -> Option<usize> {
        let identity = object.address() as isize;
        let position = self.memo.map.position_of_name(Word::int(identity), || int::fold(identity as i64))?;
        let (_, known) = self.memo.map.entry(position)?;
        Handle::<Tuple>::from(known)?.at(0)?.as_int().and_then(|place| usize::try_from(place).ok())
    }

    fn get(&mut self, place: usize) {
        self.numbered(place, code::BINGET, code::LONG_BINGET);
    }

    fn numbered(&mut self, place: usize, short: u8, long: u8) {
        match u8::try_from(place) {
            Ok(place) => self.buffer.extend([short, place]),
            Err(_) => {
                self.buffer.push(long);
                self.buffer.extend((place as u32).to_le_bytes());
            }
        }
    }

    fn memoize(&mut self, object: Word) -> Outcome<()> {
        let place = self.memo.map.len();
        let entry = self.vm.new_tuple(&[Word::int(place as isize), object])?;
        self.memo.map.insert(self.vm, Word::int(object.address() as isize), entry)?;
        if self.protocol >= 4 {
            self.buffer.push(code::MEMOIZE);
        } else {
            self.numbered(place, code::BINPUT, code::LONG_BINPUT);
        }
        Ok(())
    }

    fn int(&mut self, number: i64) {
        if let Ok(byte) = u8::try_from(number) {
            self.buffer.extend([code::BININT1, byte]);
        } else if let Ok(short) = u16::try_from(number) {
            self.buffer.push(code::BININT2);
            self.buffer.extend(short.to_le_bytes());
        } else if let Ok(word) = i32::try_from(number) {
            self.buffer.push(code::BININT);
            self.buffer.extend(word.to_le_bytes());
        } else {
            // A bit of the last byte is the sign.
            let bits = 64 - (number ^ (number >> 63)).leading_zeros() as usize;
            let size = bits / 8 + 1;
            self.buffer.extend([code::LONG1, size as u8]);
            self.buffer.extend(&number.to_le_bytes()[..size]);
        }
    }

    /// Bytes behind their number, with the shortest of three codes.
    fn sized(&mut self, bytes: &[u8], codes: (u8, u8, u8), may_be_short: bool) {
        match (u8::try_from(bytes.len()), u32::try_from(bytes.len())) {
            (Ok(size), _) if may_be_short => self.buffer.extend([codes.0, size]),
            (_, Ok(size)) => {
                self.buffer.push(codes.1);
                self.buffer.extend(size.to_le_bytes());
            }
            _ => {
                self.buffer.push(codes.2);
                self.buffer.extend((bytes.len() as u64).to_le_bytes());
            }
        }
        self.buffer.extend(bytes);
    }

    fn text(&mut self, object: Word, text: &str) -> Outcome<()> {
        // Half of a surrogate pair has other bytes than those that it lies in.
        if surrogate::find(text).is_some() {
            return self.whole(object);
        }
        self.sized(text.as_bytes(), (code::SHORT_BINUNICODE, code::BINUNICODE, code::BINUNICODE8), self.protocol >= 4);
        self.memoize(object)
    }

    fn list(&mut self, list: Handle<List>) -> Outcome<()> {
        self.buffer.push(code::EMPTY_LIST);
        self.memoize(list.word())?;
        if list.len() == 1 {
            self.object(list.at(0).unwrap_or(Word::NONE))?;
            self.buffer.push(code::APPEND);
            return Ok(());
        }
        let mut at = 0;
        while at < list.len() {
            self.buffer.push(code::MARK);
            let end = at + BATCH;
            while at < end
                && let Some(item) = list.at(at)
            {
                self.object(item)?;
                at += 1;
            }
            self.buffer.push(code::APPENDS);
        }
        Ok(())
    }

    fn dict(&mut self, dict: Handle<Dict>) -> Outcome<()> {
        self.buffer.push(code::EMPTY_DICT);
        self.memoize(dict.word())?;
        let (count, mut done, mut position) = (dict.map.len(), 0, 0);
        while done < count {
            let end = count.min(done + BATCH);
            if count > 1 {
                self.buffer.push(code::MARK);
            }
            while done < end {
                let found = dict.map.next_entry(position).filter(|_| dict.map.len() == count);
                let Some((key, value)) = found.and_then(|found| dict.map.entry(found)) else {
                    return Err(self.vm.raise_text(&RUNTIME_ERROR, "dictionary changed size during iteration"));
                };
                (position, done) = (found.unwrap_or(position) + 1, done + 1);
                self.object(key)?;
                self.object(value)?;
            }
            self.buffer.push(if count > 1 { code::SETITEMS } else { code::SETITEM });
        }
        Ok(())
    }

    fn tuple(&mut self, tuple: Handle<Tuple>) -> Outcome<()> {
        let count = tuple.len();
        if count == 0 {
            self.buffer.push(code::EMPTY_TUPLE);
            return Ok(());
        }
        if count > 3 {
            self.buffer.push(code::MARK);
        }
        for index in 0..count {
            self.object(tuple.at(index).unwrap_or(Word::NONE))?;
        }
        if let Some(place) = self.place(tuple.word()) {
            // It contains itself: it was written meanwhile.
            if count > 3 {
                self.buffer.push(code::POP_MARK);
            } else {
                self.buffer.extend(std::iter::repeat_n(code::POP, count));
            }
            self.get(place);
            return Ok(());
        }
        self.buffer.push([code::TUPLE1, code::TUPLE2, code::TUPLE3].get(count - 1).copied().unwrap_or(code::TUPLE));
        self.memoize(tuple.word())
    }

    fn set(&mut self, set: Handle<Set>) -> Outcome<()> {
        self.buffer.push(code::EMPTY_SET);
        self.memoize(set.word())?;
        let (count, mut done, mut position) = (set.map.len(), 0, 0);
        while done < count {
            self.buffer.push(code::MARK);
            let end = count.min(done + BATCH);
            while done < end {
                let found = set.map.next_entry(position).filter(|_| set.map.len() == count);
                let Some((item, _)) = found.and_then(|found| set.map.entry(found)) else {
                    return Err(self.vm.raise_text(&RUNTIME_ERROR, "Set changed size during iteration"));
                };
                (position, done) = (found.unwrap_or(position) + 1, done + 1);
                self.object(item)?;
            }
            self.buffer.push(code::ADDITEMS);
        }
        Ok(())
    }

    fn instance(&mut self, instance: Handle<Instance>, class: Handle<Class>) -> Outcome<()> {
        let vm = self.vm;
        self.object(class.word())?;
        self.object(vm.new_tuple(&[])?)?;
        self.buffer.push(code::NEWOBJ);
        self.memoize(instance.word())?;
        let state = attributes(vm, instance, class)?;
        if !state.map.is_empty() {
            self.object(state.word())?;
            self.buffer.push(code::BUILD);
        }
        Ok(())
    }
}

/// An instance that is its class and its attributes, whatever anybody could have said of how to write it.
fn plain(vm: &Vm, object: Word, table: Handle<Dict>) -> Outcome<Option<(Handle<Instance>, Handle<Class>)>> {
    let Some(instance) = Handle::<Instance>::from(object) else { return Ok(None) };
    let ty = instance.ty();
    let Some(class) = as_class(ty).filter(|class| ty.kind == Kind::Instance && class.native.is_none()) else { return Ok(None) };
    let asked = [
        name!(__reduce_ex__),
        name!(__reduce__),
        name!(__getstate__),
        name!(__getnewargs__),
        name!(__getnewargs_ex__),
        name!(__slots__),
    ];
    if asked.iter().any(|name| lookup_special(vm, ty, *name).is_some()) {
        return Ok(None);
    }
    let is_listed = !table.map.is_empty() && table.map.get(vm, type_word(ty))?.is_some();
    Ok(Some((instance, class)).filter(|_| !is_listed))
}

/// The attributes of a plain instance.
fn attributes(vm: &Vm, instance: Handle<Instance>, class: Handle<Class>) -> Outcome<Handle<Dict>> {
    let state = vm.new_dict()?;
    for index in 0..instance.inline().min(class.key_count()) {
        let (key, value) = (class.key(index), instance.get().slot(index).map_or(Word::UNSET, Cell::get));
        if key != Word::UNSET && value != Word::UNSET {
            state.map.insert(vm, key, value)?;
        }
    }
    if let Some(rest) = instance.overflow() {
        for (key, value) in rest.map.iter() {
            state.map.insert(vm, key, value)?;
        }
    }
    Ok(state)
}

pub fn state(vm: &Vm, args: Args) -> Outcome {
    let Some(table) = Handle::from(args.at(1)) else { return Ok(Word::NONE) };
    match plain(vm, args.at(0), table)? {
        Some((instance, class)) => Ok(attributes(vm, instance, class)?.word()),
        None => Ok(Word::NONE),
    }
}
