//! `array`.

use crate::object::array::ARRAY;
use crate::object::word::Word;

table! { pub ROWS, NAMES, DOCS:
    const array = Word::of_static(&ARRAY);
}
