//! What single instructions do, where it is more than a few lines: names, displays, unpacking, `for`.

use super::dispatch::walk;
use super::raise::Part::{Int, Name as NamePart, Text, TypeOf};
use super::{Outcome, Raised, Root, Vm};
use crate::code::prototype::Prototype;
use crate::modules::{self, BuiltinModule};
use crate::object::cell::CellObject;
use crate::object::dict::{self, Dict};
use crate::object::function::{self, Function};
use crate::object::generator::Generator;
use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Binary, find_row};
use crate::object::list::{self, List};
use crate::object::name::Name;
use crate::object::print::{Builder, Console, Printer, Style};
use crate::object::set::{self, Set};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::object::{exception, range};
use core::cell::Cell;

/// The builtin module whose names every module sees.
fn builtins() -> Option<&'static BuiltinModule> {
    modules::ALL.iter().copied().find(|module| module.name == name!(builtins))
}

impl Vm {
    /// What `name` means everywhere: set in `builtins` by a program, or builtin. `UNSET` if nothing.
    pub fn builtin(&self, name: Name) -> Word {
        if let Some(overrides) = Handle::<Dict>::from(self.root(Root::Builtins))
            && let Some(position) = overrides.map.position_of_name(Word::name(name), || self.name_hash(name))
            && let Some((_, value)) = overrides.map.entry(position)
        {
            return value;
        }
        // A word that Rust keeps for itself, even as a raw identifier: no row of a table can have it.
        if name == name!("super") {
            return Word::of_static(&crate::object::descriptor::SUPER);
        }
        builtins().and_then(|module| find_row(module.rows, name)).unwrap_or(Word::UNSET)
    }

    /// The value of a name in a namespace, without running anything.
    #[inline]
    pub(crate) fn name_in(&self, dict: Handle<Dict>, name: Name) -> Option<Word> {
        let position = dict.map.position_of_name(Word::name(name), || self.name_hash(name))?;
        dict.map.entry(position).map(|entry| entry.1)
    }

    /// The names that a program put in the place of the builtin ones, into the globals that it runs code in. Hosts only.
    #[cfg(feature = "full")]
    pub(crate) fn own_builtins(&self, globals: Handle<Dict>) -> Option<Handle<Dict>> {
        self.name_in(globals, name!(__builtins__)).and_then(Handle::<Dict>::from)
    }

    /// None can be given.
    #[cfg(not(feature = "full"))]
    #[inline(always)]
    pub(crate) fn own_builtins(&self, _: Handle<Dict>) -> Option<Handle<Dict>> {
        None
    }

    #[inline(never)]
    pub(super) fn load_global(&self, function: Handle<Function>, name: Name) -> Outcome {
        if let Some(value) = self.name_in(function.globals, name) {
            return Ok(value);
        }
        if let Some(own) = self.own_builtins(function.globals) {
            let value = self.name_in(own, name).or_else(|| self.builtin(name).set().filter(|_| name == name!("super")));
            return value.ok_or_else(|| self.no_name(name));
        }
        match self.builtin(name).set() {
            Some(value) => Ok(value),
            // The last value that the prompt showed.
            None if name == name!("_") => self.root(Root::Repl).set().ok_or_else(|| self.no_name(name)),
            None => self.rare_global(function, name),
        }
    }

    /// A global whose key is a `str` of its own, a builtin that is written in Python, or an error.
    #[cold]
    #[inline(never)]
    fn rare_global(&self, function: Handle<Function>, name: Name) -> Outcome {
        if let Some(value) = function.globals.map.get(self, Word::name(name))? {
            return Ok(value);
        }
        crate::modules::frozen::global(self, function.globals, name)?.set().ok_or_else(|| self.no_name(name))
    }

    #[inline(never)]
    pub(super) fn store_global(&self, function: Handle<Function>, name: Name, value: Word) -> Outcome<()> {
        let map = &function.get().globals.get().map;
        if let Some(position) = map.position_of_name(Word::name(name), || self.name_hash(name)) {
            map.set_value(position, value);
            return Ok(());
        }
        map.insert(self, Word::name(name), value).map(|_| ())
    }

    pub(super) fn delete_global(&self, function: Handle<Function>, name: Name) -> Outcome<()> {
        self.forget_builtins();
        match function.globals.map.remove(self, Word::name(name))? {
            Some(_) => Ok(()),
            None => Err(self.no_name(name)),
        }
    }

    pub(super) fn load_class_name(&self, function: Handle<Function>, namespace: Word, name: Name) -> Outcome {
        match self.in_namespace(namespace, name)?.set() {
            Some(value) => Ok(value),
            None => self.load_global(function, name),
        }
    }

    #[inline(never)]
    fn in_namespace(&self, namespace: Word, name: Name) -> Outcome {
        if crate::WHOLE && Handle::<Dict>::from(namespace).is_none() {
            return self.in_mapping(namespace, name);
        }
        match Handle::<Dict>::from(self.native(namespace)) {
            Some(dict) => Ok(self.name_in(dict, name).unwrap_or(Word::UNSET)),
            None => Ok(Word::UNSET),
        }
    }

    /// The same of a mapping that is no plain dict: what its `__getitem__` says.
    fn in_mapping(&self, namespace: Word, name: Name) -> Outcome {
        match self.item(namespace, Word::name(name)) {
            Err(raised) if self.is_instance(self.peek_raised(raised), &exception::KEY_ERROR) => {
                self.take_raised(raised);
                Ok(Word::UNSET)
            }
            outcome => outcome,
        }
    }

    pub(super) fn delete_class_name(&self, namespace: Word, name: Name) -> Outcome<()> {
        if crate::WHOLE && Handle::<Dict>::from(namespace).is_none() {
            return self.delete_item(namespace, Word::name(name));
        }
        match self.in_namespace(namespace, name)?.set() {
            Some(_) => self.delete_item(namespace, Word::name(name)),
            None => Err(self.no_name(name)),
        }
    }

    pub(super) fn load_class_cell(&self, namespace: Word, cell: Word, name: Name) -> Outcome {
        if let Some(value) = self.in_namespace(namespace, name)?.set() {
            return Ok(value);
        }
        let inside = Handle::<CellObject>::from(cell).and_then(|cell| cell.value.get().set());
        inside.ok_or_else(|| self.no_name(name))
    }

    /// `MakeFunction`: what the flags name lies below `sp`.
    ///
    /// # Safety
    /// It does.
    #[inline(never)]
    pub(super) unsafe fn make_function(&self, outer: Handle<Function>, prototype: Word, flags: u8, sp: *mut Word) -> Outcome {
        let prototype = Handle::<Prototype>::from(prototype).expect("the constant is a prototype");
        let mut at = sp;
        let mut part = |bit| {
            if flags & bit == 0 {
                return Word::UNSET;
            }
            // SAFETY: the caller's promise.
            unsafe {
                at = at.sub(1);
                *at
            }
        };
        let (cells, keyword_defaults, defaults) = (part(4), part(2), part(1));
        Ok(function::new(self, prototype, outer.globals, defaults, keyword_defaults, cells)?.word())
    }

    /// `iterable → s s s`, at `at`.
    ///
    /// # Safety
    /// There is room for three words.
    pub(super) unsafe fn prepare_for(&self, at: *mut Word) -> Outcome<()> {
        // SAFETY: the caller's promise.
        let iterable = unsafe { *at };
        let state = if Handle::<List>::from(iterable).is_some() {
            [iterable, walk::LIST, Word::int(0)]
        } else if Handle::<Tuple>::from(iterable).is_some() {
            [iterable, walk::TUPLE, Word::int(0)]
        } else if let Some(number) = self.walk_in_place(iterable) {
            [iterable, walk::CONTAINER, number]
        } else {
            let iterator = self.iter(iterable)?;
            let is_generator = Handle::<Generator>::from(iterator).is_some();
            [iterator, if is_generator { walk::GENERATOR } else { walk::ITERATOR }, Word::NONE]
        };
        // SAFETY: as above.
        unsafe { at.cast::<[Word; 3]>().write(state) };
        Ok(())
    }

    /// `callee a1…an → s s s`, at `base`.
    ///
    /// # Safety
    /// Callee and arguments lie there, and there is room for three words.
    pub(super) unsafe fn prepare_range(&self, base: *mut Word, count: usize) -> Outcome<()> {
        // SAFETY: the caller's promise.
        let (callee, arguments) = unsafe { (*base, core::slice::from_raw_parts(base.add(1).cast::<Cell<Word>>(), count)) };
        let int = |index: usize| arguments.get(index).and_then(|word| word.get().as_int());
        let state = match (count, int(0), int(1), int(2)) {
            _ if callee != type_word(&range::RANGE) => None,
            (1, Some(stop), ..) => Some((0, stop, 1)),
            (2, Some(start), Some(stop), _) => Some((start, stop, 1)),
            (3, Some(start), Some(stop), Some(step)) if step != 0 => Some((start, stop, step)),
            _ => None,
        };
        // SAFETY: as above.
        unsafe {
            if let Some((start, stop, step)) = state {
                base.cast::<[Word; 3]>().write([Word::int(start), Word::int(stop), Word::int(step)]);
                return Ok(());
            }
            let iterable = self.call_args(callee, Args::of(arguments))?;
            *base = iterable;
            self.prepare_for(base)
        }
    }

    /// The topmost `count` words as a tuple, list or set.
    ///
    /// # Safety
    /// They lie below `sp`.
    pub(super) unsafe fn build_sequence(&self, op: u8, sp: *mut Word, count: usize) -> Outcome {
        // SAFETY: the caller's promise.
        let items = unsafe { core::slice::from_raw_parts(sp.sub(count), count) };
        match op {
            0x38 => self.new_tuple(items),
            // An empty one will grow.
            0x39 if count == 0 => Ok(self.new_list_with_capacity(list::ROOM)?.word()),
            0x39 => self.new_list(items),
            _ => {
                let set = set::new(self, &set::SET)?;
                items.iter().try_for_each(|item| set.get().add(self, *item))?;
                Ok(set.word())
            }
        }
    }

    pub(super) fn build_map(&self, capacity: usize) -> Outcome {
        let dict = self.new_dict()?;
        if capacity > 0 {
            dict.map.reserve(self, capacity)?;
        }
        Ok(dict.word())
    }

    /// # Safety
    /// `count` strings lie below `sp`.
    #[inline(never)]
    pub(super) unsafe fn build_string(&self, sp: *mut Word, count: usize) -> Outcome {
        // SAFETY: the caller's promise.
        let parts = unsafe { core::slice::from_raw_parts(sp.sub(count), count) };
        let mut builder = Builder::new();
        for part in parts {
            builder.push(self, self.text_of(self.native(*part)).as_bytes())?;
        }
        builder.finish_str(self)
    }

    /// A part of an f-string: the value, and above it a format if bit 2 of `how` is set.
    ///
    /// # Safety
    /// They lie below `sp`.
    #[inline(never)]
    pub(super) unsafe fn format_value(&self, how: u8, sp: *mut Word) -> Outcome {
        let has_format = how & 4 != 0;
        // SAFETY: the caller's promise.
        let (value, format) = unsafe { (*sp.sub(1 + has_format as usize), *sp.sub(1)) };
        let value = match how & 3 {
            1 => self.repr(value)?,
            2 => self.str(value)?,
            3 => self.call(self.builtin(name!(ascii)), &[value])?,
            _ => value,
        };
        if has_format {
            return self.call(self.builtin(name!(format)), &[value, format]);
        }
        if self.type_of(value).kind == crate::object::kind::Kind::Instance {
            let formatted = self.call_method_if(value, name!(__format__), &[Word::name(name!(""))])?;
            if formatted != Word::UNSET {
                return Ok(formatted);
            }
        }
        self.str(value)
    }

    /// `ListAppend`, `SetAdd`.
    pub(super) fn collect_item(&self, op: u8, collection: Word, item: Word) -> Outcome<()> {
        if op == 0x40 {
            Handle::<List>::from(collection).expect("a display's list").get().push(self, item)
        } else {
            Handle::<Set>::from(collection).expect("a display's set").get().add(self, item)
        }
    }

    /// `ListExtend`, `SetUpdate`.
    #[inline(never)]
    pub(super) fn collect_all(&self, op: u8, collection: Word, iterable: Word) -> Outcome<()> {
        if op == 0x43 {
            return Handle::<List>::from(collection).expect("a display's list").get().extend(self, iterable);
        }
        let set = Handle::<Set>::from(collection).expect("a display's set");
        self.for_each(iterable, &mut |item| set.get().add(self, item))
    }

    /// `MapUpdate`; `strict` for keyword arguments, which come once.
    #[inline(never)]
    pub(super) fn update_map(&self, map: Word, source: Word, strict: bool) -> Outcome<()> {
        let target = Handle::<Dict>::from(map).expect("a display's dict");
        let is_mapping =
            || Ok(self.as_native::<Dict>(source).is_some() || self.find_attribute(source, name!(keys))?.set().is_some());
        if crate::WHOLE && !strict && !is_mapping()? {
            return Err(self.raise(&exception::TYPE_ERROR, &[Text("'"), TypeOf(source), Text("' object is not a mapping")]));
        }
        if !strict {
            return dict::merge(self, target, source);
        }
        let add = |key: Word, value: Word| {
            let name = match self.as_text(self.native(key)) {
                Some(text) => self.intern(text)?,
                None => return Err(self.type_error("keywords must be strings")),
            };
            if !target.map.insert(self, Word::name(name), value)? {
                let parts = [Text("function got multiple values for argument '"), NamePart(name), Text("'")];
                return Err(self.raise(&exception::TYPE_ERROR, &parts));
            }
            Ok(())
        };
        if let Some(source) = Handle::<Dict>::from(self.native(source)) {
            let mut position = 0;
            while position < source.map.end() {
                if let Some((key, value)) = source.map.entry(position) {
                    add(key, value)?;
                }
                position += 1;
            }
            return Ok(());
        }
        let keys = self.call_method(source, name!(keys), &[])?;
        self.for_each(keys, &mut |key| add(key, self.item(source, key)?))
    }

    pub(super) fn list_to_tuple(&self, list: Word) -> Outcome {
        Ok(self.tuple_of(list)?.word())
    }

    /// Puts the `count` items of the sequence at `at` there, the first one on top.
    ///
    /// # Safety
    /// There is room for them.
    pub(super) unsafe fn unpack(&self, at: *mut Word, count: usize) -> Outcome<()> {
        // SAFETY: the caller's promise.
        let sequence = unsafe { *at };
        // SAFETY: `index < count` in each use below.
        let put = |index: usize, item: Word| unsafe { at.add(count - 1 - index).write(item) };
        if let Some(tuple) = Handle::<Tuple>::from(sequence) {
            let items = tuple.get().tail();
            self.check_unpacked(items.len(), count)?;
            items.iter().enumerate().for_each(|(index, item)| put(index, item.get()));
            return Ok(());
        }
        if let Some(list) = Handle::<List>::from(sequence) {
            self.check_unpacked(list.len.get(), count)?;
            (0..count).for_each(|index| put(index, list.items.get(index)));
            return Ok(());
        }
        if crate::WHOLE && self.type_of(sequence).slots.iter.is_none() {
            let parts = [Text("cannot unpack non-iterable "), TypeOf(sequence), Text(" object")];
            return Err(self.raise(&exception::TYPE_ERROR, &parts));
        }
        let iterator = self.iter(sequence)?;
        // Items wait in a tuple: what runs meanwhile uses the stack above.
        let items = Handle::<Tuple>::from(self.new_tuple_of_unset(count)?);
        for index in 0..count {
            let item = self.next(iterator)?;
            if item == Word::UNSET {
                return self.check_unpacked(index, count);
            }
            items.expect("a tuple").get().tail()[index].set(item);
        }
        if self.next(iterator)? != Word::UNSET {
            return self.check_unpacked(count + 1, count);
        }
        (0..count).for_each(|index| put(index, items.expect("a tuple").get().tail()[index].get()));
        Ok(())
    }

    /// A tuple to be filled; `()` itself when `count` is 0.
    fn new_tuple_of_unset(&self, count: usize) -> Outcome {
        self.new_tuple_with(count, |_| Word::UNSET)
    }

    fn check_unpacked(&self, given: usize, wanted: usize) -> Outcome<()> {
        if given == wanted { Ok(()) } else { Err(self.wrong_unpacked(given, wanted)) }
    }

    #[cold]
    fn wrong_unpacked(&self, given: usize, wanted: usize) -> Raised {
        if given < wanted {
            return self.too_few("", given, wanted);
        }
        self.raise(&exception::VALUE_ERROR, &[Text("too many values to unpack (expected "), Int(wanted as isize), Text(")")])
    }

    #[cold]
    fn too_few(&self, bound: &str, given: usize, wanted: usize) -> Raised {
        let (given, wanted) = (Int(given as isize), Int(wanted as isize));
        if crate::WHOLE {
            let parts = [Text("not enough values to unpack (expected "), Text(bound), wanted, Text(", got "), given, Text(")")];
            return self.raise(&exception::VALUE_ERROR, &parts);
        }
        self.raise(&exception::VALUE_ERROR, &[Text("need more than "), given, Text(" values to unpack")])
    }

    /// As `unpack`, with `before` items, a list of what lies between, and `after` items.
    ///
    /// # Safety
    /// There is room for them.
    #[inline(never)]
    pub(super) unsafe fn unpack_star(&self, at: *mut Word, before: usize, after: usize) -> Outcome<()> {
        // SAFETY: the caller's promise.
        let list = self.list_of(unsafe { *at })?;
        let length = list.len.get();
        if length < before + after {
            return Err(self.too_few("at least ", length, before + after));
        }
        let middle = self.new_list_with_capacity(length - before - after)?;
        for index in before..length - after {
            middle.get().push(self, list.items.get(index))?;
        }
        // SAFETY: the first target is on top: `before` items from there down, then the list, then `after`.
        let put = |place: usize, item: Word| unsafe { at.add(before + after - place).write(item) };
        (0..before).for_each(|index| put(index, list.items.get(index)));
        put(before, middle.word());
        (0..after).for_each(|index| put(before + 1 + index, list.items.get(length - after + index)));
        Ok(())
    }

    /// `Compare`, when not of two small ints.
    #[inline(never)]
    pub(super) fn compare(&self, how: u8, a: Word, b: Word) -> Outcome {
        match how {
            4 => self.binary(Binary::Equal, a, b),
            _ if how < 6 => self.binary(Binary::from_number(Binary::Less as u8 + how), a, b),
            _ => Ok(Word::bool(self.compare_truth(how, a, b)?)),
        }
    }

    #[inline(never)]
    pub(super) fn compare_truth(&self, how: u8, a: Word, b: Word) -> Outcome<bool> {
        match how {
            4 => self.equal(a, b),
            6 => self.contains(b, a),
            7 => Ok(!self.contains(b, a)?),
            8 => Ok(self.is_same(a, b)),
            9 => Ok(!self.is_same(a, b)),
            _ => {
                let answer = self.compare(how, a, b)?;
                self.truth(answer)
            }
        }
    }

    /// `a is b`.
    pub(crate) fn is_same(&self, a: Word, b: Word) -> bool {
        a == b
    }

    /// An expression at the prompt.
    #[inline(never)]
    pub(super) fn print_expression(&self, value: Word) -> Outcome<()> {
        #[cfg(feature = "full")]
        if let Some(hook) = crate::object::module::set_by_program(self, &modules::SYS, name!(displayhook))?.set() {
            return self.call(hook, &[value]).map(|_| ());
        }
        if value == Word::NONE {
            return Ok(());
        }
        match crate::vfs::status::replaced_output(self)?.set() {
            None => self.print_line(value, &mut Printer::new(&mut Console))?,
            Some(file) => self.print_line(value, &mut Printer::new(&mut crate::modules::builtins::Method(file)))?,
        }
        self.set_root(Root::Repl, value);
        self.forget_builtins();
        Ok(())
    }

    fn print_line(&self, value: Word, out: &mut Printer) -> Outcome<()> {
        out.word(self, value, Style::Repr)?;
        out.text(self, "\n")
    }

    /// An object is no exception type and no exception.
    #[cold]
    pub(crate) fn not_an_exception(&self, _word: Word) -> Raised {
        self.type_error("exceptions must derive from BaseException")
    }

    /// A type that cannot be made by a program.
    #[cold]
    pub(crate) fn cannot_create(&self, name: Name) -> Raised {
        self.raise(&exception::TYPE_ERROR, &[Text("can't create '"), NamePart(name), Text("' instances")])
    }

    /// What `except` got.
    #[cold]
    pub(crate) fn wrong_type(&self, what: &str, word: Word) -> Raised {
        self.raise(&exception::TYPE_ERROR, &[Text(what), TypeOf(word)])
    }
}
