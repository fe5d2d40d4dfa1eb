//! Helpers: functions that the compiler's code calls and no program can name. The first are those of `pattern`.

#[cfg(feature = "full")]
use super::annotation;
use super::async_generator;
use super::locals;
use super::pattern;
use super::word::Word;

/// The helpers, by number: the operand of `LoadHelper`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Helper {
    /// `(value)`: wraps what an asynchronous generator yields.
    Yielded = pattern::NAMES.len() as u8,
    /// `(function, names, …)`: calls a function that may look at its caller's locals.
    WithLocals,
    /// `(namespace, name, function)`: notes an annotation of a class, or of the module if the namespace is None.
    #[cfg(feature = "full")]
    Annotate,
}

table! { pub ROWS, NAMES, DOCS:
    def yielded(1) = async_generator::yielded;
    def with_locals(2..) = locals::with_locals;
    #[cfg(feature = "full")]
    def annotate(3) = annotation::annotate;
}

/// The helper of this number.
pub fn helper(number: usize) -> Option<Word> {
    let function = match number.checked_sub(pattern::ROWS.functions.len()) {
        Some(number) => ROWS.functions.get(number),
        None => pattern::ROWS.functions.get(number),
    };
    function.map(Word::of_static)
}
