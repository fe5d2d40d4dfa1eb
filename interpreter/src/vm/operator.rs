//! What operators mean: the questions that the VM and the builtins ask of any object.
//!
//! Every question goes to the slots of the object's type; slots of builtin types see the native object (`Vm::native`).
//! The wording of "not supported" is here, once for all types.

use super::raise::Part::{Text, TypeOf};
use super::{Outcome, Raised, Vm};
use crate::object::handle::{as_type, object_type, type_word};
use crate::object::kind::{Access, Binary, Buffer, Kind, Type, Unary};
use crate::object::print::{Builder, Printer, Style};
use crate::object::word::{View, Word};
use crate::object::{bigint, bool, class, exception, int, singleton, special, str};
use crate::worded;

impl Vm {
    /// The type of any word.
    #[inline]
    pub fn type_of(&self, word: Word) -> &'static Type {
        match word.view() {
            View::Int(_) => &int::INT,
            View::Name(_) => &str::STR,
            View::Object(_) => object_type(word).expect("an object has a type"),
            View::Immediate if word.is_bool() => &bool::BOOL,
            View::Immediate if word == Word::ELLIPSIS => &singleton::ELLIPSIS_TYPE,
            View::Immediate if word == Word::NOT_IMPLEMENTED => &singleton::NOT_IMPLEMENTED_TYPE,
            View::Immediate => &singleton::NONE_TYPE,
        }
    }

    /// Whether `word` is an instance of `ty`, a builtin type or a class.
    #[inline]
    pub fn is_instance(&self, word: Word, ty: &Type) -> bool {
        self.is_subclass(self.type_of(word), ty)
    }

    /// Whether `ty` is `ancestor` or derives from it.
    pub fn is_subclass(&self, ty: &'static Type, ancestor: &Type) -> bool {
        class::ancestors(ty).any(|base| core::ptr::eq(base, ancestor))
    }

    /// The builtin object that stands behind `word`: what an instance of a class derived from a builtin type holds;
    /// `word` itself otherwise. Slots of builtin types always see native objects.
    #[inline]
    pub fn native(&self, word: Word) -> Word {
        class::native(word).unwrap_or(word)
    }

    /// Writes an object as `repr` or `str`.
    ///
    /// # Errors
    /// What `__repr__` raises, what the sink raises.
    pub fn print(&self, word: Word, out: &mut Printer, style: Style) -> Outcome<()> {
        self.check_stack()?;
        match self.type_of(word).slots.print {
            Some(print) => super::printing::print(self, word, out, style, print),
            None => self.print_plainly(word, out),
        }
    }

    /// Writes `<T object at 0x…>`.
    pub fn print_plainly(&self, word: Word, out: &mut Printer) -> Outcome<()> {
        out.text(self, "<")?;
        class::print_where(self, self.type_of(word), out)?;
        out.text(self, " object at 0x")?;
        out.hex(self, word.address())?;
        out.text(self, ">")
    }

    fn printed(&self, word: Word, style: Style) -> Outcome {
        self.written(|out| self.print(word, out, style))
    }

    /// A `str` of what `write` writes.
    ///
    /// # Errors
    /// What `write` raises, `MemoryError`.
    #[inline(always)]
    pub(crate) fn written(&self, write: impl FnOnce(&mut Printer) -> Outcome<()>) -> Outcome {
        let mut builder = Builder::new();
        write(&mut Printer::new(&mut builder))?;
        builder.finish_str(self)
    }

    /// `repr(word)`, a `str`.
    ///
    /// # Errors
    /// What `__repr__` raises, `MemoryError`.
    pub fn repr(&self, word: Word) -> Outcome {
        self.printed(word, Style::Repr)
    }

    /// `str(word)`, a `str`.
    ///
    /// # Errors
    /// What `__str__` raises, `MemoryError`.
    pub fn str(&self, word: Word) -> Outcome {
        if core::ptr::eq(self.type_of(word), &str::STR) {
            return Ok(word);
        }
        match int::text(self, word) {
            Some(text) => text,
            None => self.printed(word, Style::Str),
        }
    }

    /// What the type answers to a unary question, `NOT_IMPLEMENTED` if nothing.
    pub(crate) fn ask(&self, operator: Unary, word: Word) -> Outcome {
        match self.type_of(word).slots.unary {
            Some(unary) => unary(self.here(), operator, word),
            None => Ok(Word::NOT_IMPLEMENTED),
        }
    }

    /// A unary operator.
    ///
    /// # Errors
    /// `TypeError` if the object has no such operator.
    pub fn unary(&self, operator: Unary, word: Word) -> Outcome {
        match operator {
            Unary::Not => return Ok(Word::bool(!self.truth(word)?)),
            Unary::Bool => return Ok(Word::bool(self.truth(word)?)),
            Unary::Len => return crate::object::range::int(self, self.length(word)? as isize),
            // Signed, so that small ints are their own hash.
            Unary::Hash => return Ok(Word::int((self.hash(word)? as i32 as isize).clamp(Word::INT_MIN, Word::INT_MAX))),
            _ => {}
        }
        self.check_stack()?;
        match self.ask(operator, word)? {
            // A method of a program may answer it, and then that is the answer.
            it if it == Word::NOT_IMPLEMENTED
                && class::lookup_special(self, self.type_of(word), operator.method())
                    .is_some_and(|method| method != Word::NONE) =>
            {
                Ok(it)
            }
            it if it == Word::NOT_IMPLEMENTED => Err(self.unsupported_unary(operator, word)),
            answer => Ok(answer),
        }
    }

    #[cold]
    #[inline(never)]
    fn unsupported_unary(&self, operator: Unary, word: Word) -> Raised {
        use super::raise::Part::Name;
        if crate::WHOLE && operator == Unary::Index {
            return self.no_integer(word);
        }
        if let Some(symbol) = operator.symbol().filter(|_| crate::WHOLE) {
            let parts = [Text("bad operand type for "), Text(symbol), Text(": '"), TypeOf(word), Text("'")];
            return self.raise(&exception::TYPE_ERROR, &parts);
        }
        if crate::WHOLE && operator == Unary::Hash {
            return self.raise(&exception::TYPE_ERROR, &[Text("unhashable type: '"), TypeOf(word), Text("'")]);
        }
        let parts = [Text("unsupported type for "), Name(operator.method()), Text(": '"), TypeOf(word), Text("'")];
        self.raise(&exception::TYPE_ERROR, &parts)
    }

    /// `bool(word)`.
    ///
    /// # Errors
    /// What `__bool__` or `__len__` raises.
    #[inline]
    pub fn truth(&self, word: Word) -> Outcome<bool> {
        match word {
            it if it == Word::TRUE => Ok(true),
            it if it == Word::FALSE || it == Word::NONE => Ok(false),
            _ => match word.as_int() {
                Some(value) => Ok(value != 0),
                None => self.truth_of_object(word),
            },
        }
    }

    #[inline(never)]
    fn truth_of_object(&self, word: Word) -> Outcome<bool> {
        if let Some(name) = word.as_name() {
            return Ok(name != name!(""));
        }
        let answer = self.ask(Unary::Bool, word)?;
        if answer != Word::NOT_IMPLEMENTED {
            return Ok(answer == Word::TRUE || answer.as_int().is_some_and(|value| value != 0));
        }
        match self.ask(Unary::Len, word)? {
            it if it == Word::NOT_IMPLEMENTED => Ok(true),
            length => Ok(length != Word::int(0)),
        }
    }

    /// `len(word)`.
    ///
    /// # Errors
    /// `TypeError` if the object has no length.
    pub fn length(&self, word: Word) -> Outcome<usize> {
        let length = self.ask(Unary::Len, word)?;
        match length.as_int() {
            Some(length) => Ok(length.max(0) as usize),
            None if length.is_object() => crate::object::range::bound(self, length).map(|length| length.max(0) as usize),
            None => Err(self.raise(&exception::TYPE_ERROR, &[Text("object of type '"), TypeOf(word), Text("' has no len()")])),
        }
    }

    /// `hash(word)`. A type without a `unary` slot hashes by identity; one that answers `NOT_IMPLEMENTED` is unhashable.
    ///
    /// # Errors
    /// `TypeError` for an unhashable object.
    pub fn hash(&self, word: Word) -> Outcome<u32> {
        if let Some(value) = word.as_int() {
            return Ok(int::fold(value as i64));
        }
        if let Some(name) = word.as_name() {
            return Ok(self.name_hash(name));
        }
        if let Some(text) = self.as_text(word) {
            return Ok(crate::object::name::hash(text.as_bytes()));
        }
        if word.is_bool() {
            return Ok((word == Word::TRUE) as u32);
        }
        match self.type_of(word).slots.unary {
            None => Ok((word.address() >> 2) as u32),
            Some(unary) => match unary(self.here(), Unary::Hash, word)? {
                it if it == Word::NOT_IMPLEMENTED => Err(self.unsupported_unary(Unary::Hash, word)),
                answer => match bigint::Big::of(answer, &bigint::Room::default()) {
                    Some(value) => Ok(int::fold(value.low_bits() as i64)),
                    None => Err(self.type_error("__hash__ method should return an integer")),
                },
            },
        }
    }

    /// What `a`'s type answers, `NOT_IMPLEMENTED` if nothing.
    #[inline]
    fn ask_binary(&self, operator: Binary, a: Word, b: Word) -> Outcome {
        match self.type_of(a).slots.binary {
            Some(binary) => binary(self.here(), operator, a, b),
            None => Ok(Word::NOT_IMPLEMENTED),
        }
    }

    /// What `b`'s type answers when it stands on the right, `NOT_IMPLEMENTED` if nothing. For `divmod`, which is no operator, a class is asked
    /// by name.
    fn ask_reversed(&self, plain: Binary, a: Word, b: Word) -> Outcome {
        if let Some(reversed) = plain.reversed() {
            return self.ask_binary(reversed, b, a);
        }
        let method = special::REVERSED_DIVMOD
            .filter(|_| plain == Binary::DivMod && self.type_of(b).kind == Kind::Instance)
            .and_then(|name| class::lookup_special(self, self.type_of(b), name));
        method.map_or(Ok(Word::NOT_IMPLEMENTED), |method| self.call(method, &[b, a]))
    }

    /// A binary operator, the whole protocol: in place, plain, reversed.
    ///
    /// # Errors
    /// `TypeError` if neither operand supports it.
    pub fn binary(&self, operator: Binary, a: Word, b: Word) -> Outcome {
        self.check_stack()?;
        if operator == Binary::Contains {
            return Ok(Word::bool(self.contains(a, b)?));
        }
        if crate::WHOLE
            && let Some(answer) = self.derived_first(operator, a, b)?
        {
            return Ok(answer);
        }
        // Slots of builtin types meet native right-hand operands too, unless that one's class has a say of its own.
        let mut answer = self.ask_binary(operator, a, b)?;
        let plain = operator.plain();
        if answer == Word::NOT_IMPLEMENTED && plain != operator {
            answer = self.ask_binary(plain, a, b)?;
        }
        if answer == Word::NOT_IMPLEMENTED {
            answer = self.ask_reversed(plain, a, b)?;
        }
        if answer == Word::NOT_IMPLEMENTED {
            let (native_a, native_b) = (self.native(a), self.native(b));
            if native_b != b || native_a != a {
                return self.binary(plain, native_a, native_b);
            }
        }
        if answer != Word::NOT_IMPLEMENTED {
            return Ok(answer);
        }
        match plain {
            Binary::Equal => Ok(Word::bool(a == b)),
            Binary::NotEqual => Ok(Word::bool(!self.equal(a, b)?)),
            _ => Err(self.unsupported_binary(operator, a, b)),
        }
    }

    /// What `b` answers if its class derives from that of `a`: it is asked before that, if it has a say of its own.
    fn derived_first(&self, operator: Binary, a: Word, b: Word) -> Outcome<Option<Word>> {
        let (left, right) = (self.type_of(a), self.type_of(b));
        if right.kind != Kind::Instance || core::ptr::eq(left, right) {
            return Ok(None);
        }
        let native = self.native(b);
        let is_derived = match left.kind {
            Kind::Instance => self.is_subclass(right, left) && self.answers_anew(operator, left, right),
            _ => native != b && self.is_instance(native, left),
        };
        if !is_derived {
            return Ok(None);
        }
        let answer = self.ask_reversed(operator, a, b)?;
        Ok(Some(answer).filter(|answer| *answer != Word::NOT_IMPLEMENTED))
    }

    /// Whether a class has another method than its base for an operator whose right operand it is. Comparisons do not mind whose it is.
    fn answers_anew(&self, operator: Binary, base: &'static Type, class: &'static Type) -> bool {
        let Some(reversed) = operator.reversed() else { return false };
        let method = |ty| class::lookup(self, ty, reversed.method()).map(|(method, _)| method);
        let found = method(class);
        found.is_some() && (reversed.reversed().is_some() || found != method(base))
    }

    /// `a == b`.
    ///
    /// # Errors
    /// What `__eq__` raises.
    pub fn equal(&self, a: Word, b: Word) -> Outcome<bool> {
        if a == b {
            // A float alone may differ from itself.
            return Ok(!matches!(object_type(a), Some(ty) if ty.kind == crate::object::kind::Kind::Float) || {
                self.ask_binary(Binary::Equal, a, b)? != Word::FALSE
            });
        }
        if a.both_ints(b) {
            return Ok(false);
        }
        if let (Some(x), Some(y)) = (self.as_text(a), self.as_text(b)) {
            return Ok(!(a.as_name().is_some() && b.as_name().is_some()) && x == y);
        }
        let answer = self.binary(Binary::Equal, a, b)?;
        self.truth(answer)
    }

    /// `item in container`.
    ///
    /// # Errors
    /// `TypeError` if `container` neither answers nor iterates.
    pub fn contains(&self, container: Word, item: Word) -> Outcome<bool> {
        self.check_stack()?;
        let answer = self.ask_binary(Binary::Contains, container, item)?;
        if answer != Word::NOT_IMPLEMENTED {
            return self.truth(answer);
        }
        let iterator = match self.iter(container) {
            Err(raised) if crate::WHOLE && self.is_instance(self.peek_raised(raised), &exception::TYPE_ERROR) => {
                self.take_raised(raised);
                let parts = [Text("argument of type '"), TypeOf(container), Text("' is not iterable")];
                return Err(self.raise(&exception::TYPE_ERROR, &parts));
            }
            iterator => iterator?,
        };
        loop {
            match self.next(iterator)? {
                it if it == Word::UNSET => return Ok(false),
                candidate if self.equal(candidate, item)? => return Ok(true),
                _ => {}
            }
        }
    }

    /// `iter(word)`.
    ///
    /// # Errors
    /// `TypeError` if the object does not iterate.
    pub fn iter(&self, word: Word) -> Outcome {
        match self.type_of(word).slots.iter {
            Some(iter) => iter(self.here(), word),
            None => Err(self.not_iterable(word)),
        }
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn not_iterable(&self, word: Word) -> Raised {
        self.raise(
            &exception::TYPE_ERROR,
            &[Text("'"), TypeOf(word), Text(worded("' object is not iterable", "' object isn't iterable"))],
        )
    }

    /// The next item of an iterator, or `UNSET` at the end (a generator's return value is in `stop_value` then).
    ///
    /// # Errors
    /// `TypeError` if it is no iterator; what `__next__` raises, but `StopIteration`.
    pub fn next(&self, iterator: Word) -> Outcome {
        // An iterator of an iterator of …: `map`, `zip` and their like ask for each other's items.
        self.check_stack()?;
        match self.type_of(iterator).slots.next {
            Some(next) => match next(self.here(), iterator) {
                Err(raised) => self.stopped(raised),
                item => item,
            },
            None => Err(self.raise(
                &exception::TYPE_ERROR,
                &[Text("'"), TypeOf(iterator), Text(worded("' object is not an iterator", "' object isn't an iterator"))],
            )),
        }
    }

    /// Reads a `StopIteration` as the end: `UNSET`, with its value in `stop_value`.
    #[cold]
    #[inline(never)]
    pub(crate) fn stopped(&self, raised: Raised) -> Outcome {
        if !self.is_instance(self.peek_raised(raised), &exception::STOP_ITERATION) {
            return Err(raised);
        }
        let stop = self.take_raised(raised);
        self.stop_value.set(exception::first_argument(stop));
        Ok(Word::UNSET)
    }

    /// Calls `body` with each item of `iterable`.
    ///
    /// # Errors
    /// What iterating or `body` raises.
    pub fn for_each(&self, iterable: Word, body: &mut dyn FnMut(Word) -> Outcome<()>) -> Outcome<()> {
        if let Some(done) = super::quick::for_each(self, iterable, body) {
            return done;
        }
        let walk = self.walk(iterable)?;
        loop {
            match walk.next(self)? {
                it if it == Word::UNSET => return Ok(()),
                item => body(item)?,
            }
        }
    }

    fn access_item(&self, object: Word, key: Word, access: Access, refusal: &str) -> Outcome {
        self.check_stack()?;
        let answer = match self.type_of(object).slots.item {
            Some(item) => item(self.here(), object, key, access)?,
            None => Word::UNSET,
        };
        // `__getitem__ = None` in a class refuses; anywhere else that value is an item like any other.
        let is_refused = answer == Word::NOT_IMPLEMENTED && (!crate::WHOLE || self.type_of(object).kind == Kind::Instance);
        if answer == Word::UNSET || is_refused {
            return Err(self.raise(&exception::TYPE_ERROR, &[Text("'"), TypeOf(object), Text(refusal)]));
        }
        Ok(answer)
    }

    /// `object[key]`.
    ///
    /// # Errors
    /// `TypeError` if the object has no items; `IndexError`, `KeyError`.
    pub fn item(&self, object: Word, key: Word) -> Outcome {
        if as_type(object).is_some() {
            return self.class_item(object, key);
        }
        self.access_item(object, key, Access::Load, worded("' object is not subscriptable", "' object isn't subscriptable"))
    }

    /// `object[key] = value`.
    ///
    /// # Errors
    /// As for `item`.
    pub fn set_item(&self, object: Word, key: Word, value: Word) -> Outcome<()> {
        self.access_item(
            object,
            key,
            Access::Store(value),
            worded("' object does not support item assignment", "' object doesn't support item assignment"),
        )
        .map(|_| ())
    }

    /// `del object[key]`.
    ///
    /// # Errors
    /// As for `item`.
    pub fn delete_item(&self, object: Word, key: Word) -> Outcome<()> {
        self.access_item(object, key, Access::Delete, "' object doesn't support item deletion").map(|_| ())
    }

    /// `C[key]`: `__class_getitem__`.
    fn class_item(&self, class: Word, key: Word) -> Outcome {
        let meta = self.type_of(class);
        if class::lookup_special(self, meta, name!(__getitem__)).is_none() {
            match self.find_attribute(class, name!(__class_getitem__))?.set() {
                Some(method) => return self.call(method, &[key]),
                None => {
                    if let Some(alias) = crate::object::generic::subscript(self, class, key)?.set() {
                        return Ok(alias);
                    }
                }
            }
        }
        self.access_item(class, key, Access::Load, worded("' object is not subscriptable", "' object isn't subscriptable"))
    }

    /// The bytes of a bytes-like object.
    ///
    /// # Errors
    /// `TypeError`.
    pub fn buffer(&self, word: Word, writable: bool) -> Outcome<Buffer<'_>> {
        let native = self.native(word);
        match self.type_of(native).slots.buffer.and_then(|buffer| buffer(self.here(), native, writable)) {
            Some(buffer) => Ok(buffer),
            None if crate::WHOLE => {
                let parts = [Text("a bytes-like object is required, not '"), TypeOf(word), Text("'")];
                Err(self.raise(&exception::TYPE_ERROR, &parts))
            }
            None => Err(self.type_error("object with buffer protocol required")),
        }
    }

    /// A machine integer of an int-like object.
    ///
    /// # Errors
    /// `TypeError`; `OverflowError` if it does not fit.
    pub fn index(&self, word: Word) -> Outcome<isize> {
        if let Some(value) = word.as_int() {
            return Ok(value);
        }
        if word.is_bool() {
            return Ok((word == Word::TRUE) as isize);
        }
        let answer = self.ask(Unary::Index, word)?;
        match answer.as_int() {
            Some(value) => Ok(value),
            None if answer == Word::NOT_IMPLEMENTED => Err(self.no_integer(word)),
            None => {
                let text =
                    crate::worded("cannot fit 'int' into an index-sized integer", "overflow converting long int to machine word");
                Err(self.raise_text(&exception::OVERFLOW_ERROR, text))
            }
        }
    }

    /// `TypeError`: an integer was wanted.
    #[cold]
    pub(crate) fn no_integer(&self, word: Word) -> Raised {
        let parts = if crate::WHOLE {
            [Text("'"), TypeOf(word), Text("' object cannot be interpreted as an integer")]
        } else {
            [Text("can't convert "), TypeOf(word), Text(" to int")]
        };
        self.raise(&exception::TYPE_ERROR, &parts)
    }

    /// The word of the type of `word`, as `type(word)` answers.
    pub fn type_word_of(&self, word: Word) -> Word {
        type_word(class::visible(self.type_of(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn operators_that_nobody_answers_name_the_method_and_both_types() {
        testing::with(|vm| {
            let raised = vm.binary(Binary::Add, Word::NONE, Word::name(name!(args))).expect_err("None + str");
            let exception = vm.take_raised(raised);
            assert!(vm.is_instance(exception, &exception::TYPE_ERROR));
            let args = crate::object::handle::Handle::<exception::Exception>::from(exception).expect("an exception").args.get();
            let tuple = crate::object::handle::Handle::<crate::object::tuple::Tuple>::from(args).expect("a tuple");
            assert_eq!(vm.text_of(tuple.tail()[0].get()), "unsupported operand type(s) for +: 'NoneType' and 'str'");
        });
    }
}
