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

/// What lies there: a small int, but where the class says otherwise.
#[inline(never)]
pub fn cell(fields: Word, field: Field) -> &'static Cell<Word> {
    let fields: Handle<Tuple> = Handle::from(fields).expect("made with its fields");
    &fields.get().tail()[field.0]
}

/// A number.
#[inline(never)]
pub fn number(fields: Word, field: Field) -> isize {
    cell(fields, field).get().int_value()
}

/// Sets numbers.
#[inline(never)]
pub fn set(fields: Word, numbers: &[(Field, isize)]) {
    numbers.iter().for_each(|(field, number)| cell(fields, *field).set(Word::int(*number)));
}
