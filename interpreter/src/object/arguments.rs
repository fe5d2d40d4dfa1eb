//! What native functions do with their arguments: the receiver's struct, keywords by name, indexes and their bounds.

use super::exception;
use super::handle::{Args, Handle, Object};
use super::kind::{Kind, Type};
use super::name::Name;
use super::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

impl Vm {
    /// The struct behind `word`, or behind the builtin part of an instance of a derived class.
    ///
    /// # Errors
    /// `TypeError`: a method was called on something else (`list.append(1, 2)`).
    pub fn receiver<T: Object>(&self, word: Word) -> Outcome<Handle<T>> {
        self.as_native(word).ok_or_else(|| self.type_error("argument has wrong type"))
    }

    /// The struct behind `word`, or behind the builtin part of an instance of a derived class, if it is a `T`.
    pub fn as_native<T: Object>(&self, word: Word) -> Option<Handle<T>> {
        Handle::from(word).or_else(|| Handle::from(self.native(word)))
    }

    /// Refuses keyword arguments other than `names`.
    ///
    /// # Errors
    /// `TypeError`.
    pub fn only_keywords(&self, args: Args, names: &[Name]) -> Outcome<()> {
        match args.keywords().all(|(name, _)| names.iter().any(|known| name == Word::name(*known))) {
            true => Ok(()),
            false => Err(self.type_error("extra keyword arguments given")),
        }
    }

    /// Refuses a wrong number of positional arguments to a constructor, and any keyword.
    ///
    /// # Errors
    /// `TypeError`.
    pub fn expect_count(&self, args: Args, min: usize, max: usize) -> Outcome<()> {
        if args.keyword_count() > 0 {
            return Err(self.type_error("function doesn't take keyword arguments"));
        }
        let given = args.len() as isize;
        if args.len() < min {
            let parts =
                [Part::Text("function missing "), Part::Int(min as isize - given), Part::Text(" required positional arguments")];
            return Err(self.raise(&exception::TYPE_ERROR, &parts));
        }
        if args.len() > max {
            let parts = [
                Part::Text("function expected at most "),
                Part::Int(max as isize),
                Part::Text(" arguments, got "),
                Part::Int(given),
            ];
            return Err(self.raise(&exception::TYPE_ERROR, &parts));
        }
        Ok(())
    }

    /// An index into a sequence of `len` items; negative ones count from the end. `len` is asked last: `__index__` may run
    /// Python, which may change it.
    ///
    /// # Errors
    /// `IndexError`, or `TypeError` for what is no integer; both name the type `ty`.
    #[inline]
    pub fn position(&self, ty: &Type, key: Word, len: impl Fn() -> usize) -> Outcome<usize> {
        let index = match key.as_int() {
            Some(index) => index,
            None => self.odd_index(ty, key)?,
        };
        let len = len();
        let position = if index < 0 { index.wrapping_add(len as isize) } else { index };
        if position >= 0 && (position as usize) < len { Ok(position as usize) } else { Err(self.index_error(ty)) }
    }

    #[cold]
    fn odd_index(&self, ty: &Type, key: Word) -> Outcome<isize> {
        self.index(key).map_err(|raised| {
            let exception = self.take_raised(raised);
            if self.is_instance(exception, &exception::OVERFLOW_ERROR) {
                return self.index_error(ty);
            }
            if !self.is_instance(exception, &exception::TYPE_ERROR) {
                return self.raise_word(exception);
            }
            let parts = [Part::Text(sequence_name(self, ty)), Part::Text(" indices must be integers, not "), Part::TypeOf(key)];
            if !crate::WHOLE {
                return self.raise(&exception::TYPE_ERROR, &parts);
            }
            let is_str = ty.kind == Kind::Str;
            let name = if ty.kind == Kind::Bytes { "byte" } else { sequence_name(self, ty) };
            let what = if is_str { " indices must be integers, not '" } else { " indices must be integers or slices, not " };
            let parts = [Part::Text(name), Part::Text(what), Part::TypeOf(key), Part::Text(if is_str { "'" } else { "" })];
            self.raise(&exception::TYPE_ERROR, &parts)
        })
    }

    #[cold]
    fn index_error(&self, ty: &Type) -> crate::vm::Raised {
        self.raise(&exception::INDEX_ERROR, &[Part::Text(sequence_name(self, ty)), Part::Text(" index out of range")])
    }

    /// An integer that need not be given.
    ///
    /// # Errors
    /// As `index`.
    pub fn index_or(&self, given: Option<Word>, default: isize) -> Outcome<isize> {
        given.map_or(Ok(default), |word| self.index(word))
    }

    /// An integer that is only a bound: one too large for the machine counts as the largest.
    ///
    /// # Errors
    /// `TypeError`.
    pub fn clamped(&self, word: Word) -> Outcome<isize> {
        if let Some(value) = word.as_int() {
            return Ok(value);
        }
        self.index(word).or_else(|raised| {
            let exception = self.take_raised(raised);
            if !self.is_instance(exception, &exception::OVERFLOW_ERROR) {
                return Err(self.raise_word(exception));
            }
            let less = self.binary(super::kind::Binary::Less, self.to_int(word)?, Word::int(0))?;
            Ok(if self.truth(less)? { isize::MIN } else { isize::MAX })
        })
    }

    /// `start` and `stop` arguments of `find`, `index`, `count` and their kin, within `len`; `start` may lie behind `stop`.
    ///
    /// # Errors
    /// `TypeError`.
    pub fn range_arguments(&self, args: Args, first: usize, len: usize) -> Outcome<(usize, usize)> {
        let vm = self.here();
        let within = |value: isize| {
            let value = if value < 0 { value.saturating_add(len as isize).max(0) } else { value };
            value as usize
        };
        let given = |index: usize| args.get(index).filter(|word| *word != Word::NONE);
        let bound = |index: usize, default: usize| given(index).map_or(Ok(default), |word| vm.clamped(word).map(within));
        Ok((bound(first, 0)?, bound(first + 1, len)?.min(len)))
    }

    /// How often to repeat a sequence; `None` when `word` is no integer.
    ///
    /// # Errors
    /// `OverflowError`, or what `__index__` raises.
    pub fn repeat_count(&self, word: Word) -> Outcome<Option<usize>> {
        if let Some(count) = word.as_int() {
            return Ok(Some(count.max(0) as usize));
        }
        let ty = self.type_of(word);
        let integer = word.is_bool() || ty.kind == Kind::Int;
        if !integer && (ty.kind != Kind::Instance || self.find_attribute(word, name!("__index__"))?.set().is_none()) {
            return Ok(None);
        }
        Ok(Some(self.index(word)?.max(0) as usize))
    }
}

/// What messages call a sequence.
fn sequence_name<'v>(vm: &'v Vm, ty: &Type) -> &'v str {
    if ty.kind == Kind::Str { "string" } else { vm.name_text(ty.name) }
}
