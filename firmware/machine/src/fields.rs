//! Numbers of an object, in a tuple that it has: for classes to which a resource's four words are too few.
//!
//! Interrupts read and write them as programs do: each is a word, and whole at any time.

use core::cell::Cell;
use interpreter::object::handle::Handle;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;

/// The place of a number among them.
#[derive(Clone, Copy)]
pub struct Field(pub usize);

/// An object that has such a tuple.
pub trait Fields: Copy {
    /// The tuple.
    fn fields(self) -> Word;

    /// What lies there: a small int, but where the class says otherwise.
    fn field(self, field: Field) -> &'static Cell<Word> {
        cell(self.fields(), field)
    }
    /// A number.
    fn number(self, field: Field) -> isize {
        number(self.fields(), field)
    }
    /// Sets a number.
    fn set(self, field: Field, number: isize) {
        self.set_all(&[(field, number)]);
    }
    /// Sets numbers.
    fn set_all(self, numbers: &[(Field, isize)]) {
        set(self.fields(), numbers);
    }
}

// One of each serves all classes.
#[inline(never)]
fn cell(fields: Word, field: Field) -> &'static Cell<Word> {
    let fields: Handle<Tuple> = Handle::from(fields).expect("made with its fields");
    &fields.get().tail()[field.0]
}

/// A number of an object that is known by its tuple alone.
#[inline(never)]
pub fn number(fields: Word, field: Field) -> isize {
    cell(fields, field).get().int_value()
}

#[inline(never)]
fn set(fields: Word, numbers: &[(Field, isize)]) {
    numbers.iter().for_each(|(field, number)| cell(fields, *field).set(Word::int(*number)));
}
