//! `re`: regular expressions.
//!
//! `parse` makes a program of a pattern, `gate` notes in it where trying would be in vain, `machine` runs it: a backtracking machine whose stack lies in Python's heap, so the
//! length of the subject costs no machine stack, and Ctrl-C ends a match that takes for ever. `pattern`, `matched` and
//! `replace` are what Python sees. Patterns are CPython's; so are the rules, but that `split` stops at an empty match, as
//! MicroPython's does.

#[cfg_attr(not(feature = "full"), path = "small/failure.rs")]
mod failure;
#[cfg_attr(not(feature = "full"), path = "small/gate.rs")]
mod gate;
#[cfg_attr(not(feature = "full"), path = "small/kept.rs")]
mod kept;
mod machine;
pub mod matched;
mod parse;
pub mod pattern;
mod program;
mod replace;
#[cfg(feature = "full")]
pub mod scanner;

use crate::object::exception::VALUE_ERROR;
use crate::object::handle::{Args, type_word};
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use machine::Anchor;
use pattern::Deed;
use program::flag;

table! { pub ROWS, NAMES, DOCS:
    /// compile(pattern, flags=0): a pattern object.
    def compile(0..=2, keywords) = |vm, args| {
        let flags = args.either(1, name!(flags));
        pattern::compiled(vm, pattern::argument(vm, args, 0, name!(pattern))?, flags)
    };
    /// match(pattern, string, flags=0): a match at the beginning of string, or None.
    def r#match(0..=3, keywords) = |vm, args| with(vm, args, 2, Deed::Find(Anchor::Start));
    /// fullmatch(pattern, string, flags=0): a match of all of string, or None.
    def fullmatch(0..=3, keywords) = |vm, args| with(vm, args, 2, Deed::Find(Anchor::Both));
    /// search(pattern, string, flags=0): the first match within string, or None.
    def search(0..=3, keywords) = |vm, args| with(vm, args, 2, Deed::Find(Anchor::None));
    /// sub(pattern, replacement, string, count=0, flags=0): string with matches replaced.
    def sub(0..=5, keywords) = |vm, args| with(vm, args, 4, Deed::Replace);
    /// subn(pattern, replacement, string, count=0, flags=0): string with matches replaced, and how many were.
    def subn(0..=5, keywords) = |vm, args| with(vm, args, 4, Deed::ReplaceCounted);
    /// split(pattern, string, maxsplit=0, flags=0): a list of what lies between matches, with what groups matched.
    def split(0..=4, keywords) = |vm, args| with(vm, args, 3, Deed::Split);
    /// findall(pattern, string, flags=0): a list of all matches (of their groups, if there are any).
    def findall(0..=3, keywords) = |vm, args| with(vm, args, 2, Deed::FindAll);
    /// finditer(pattern, string, flags=0): an iterator over all matches.
    def finditer(0..=3, keywords) = |vm, args| with(vm, args, 2, Deed::FindEach);
    /// escape(text): text with backslashes before all characters that mean something in a pattern.
    def escape(1) = escape;
    /// purge(): forgets the patterns that are kept to be compiled once. Boards keep none.
    def purge(0) = |vm, _| { kept::forget(vm); Ok(Word::NONE) };
    /// What a wrong pattern raises: `ValueError`. For programs of hosts it is a kind of that, which knows the place (`failure`).
    const error = type_word(&VALUE_ERROR);
    const Pattern = type_word(&pattern::PATTERN);
    const Match = type_word(&matched::MATCH);
    /// Matches without regard to case.
    const I = Word::int(flag::IGNORECASE as isize);
    const IGNORECASE = Word::int(flag::IGNORECASE as isize);
    /// ^ and $ match at lines.
    const M = Word::int(flag::MULTILINE as isize);
    const MULTILINE = Word::int(flag::MULTILINE as isize);
    /// The dot matches line ends, too.
    const S = Word::int(flag::DOTALL as isize);
    const DOTALL = Word::int(flag::DOTALL as isize);
    /// Spaces and comments in the pattern mean nothing.
    #[cfg(feature = "full")]
    const X = Word::int(flag::VERBOSE as isize);
    #[cfg(feature = "full")]
    const VERBOSE = Word::int(flag::VERBOSE as isize);
    /// Classes of characters are those of ASCII.
    #[cfg(feature = "full")]
    const A = Word::int(flag::ASCII as isize);
    #[cfg(feature = "full")]
    const ASCII = Word::int(flag::ASCII as isize);
    /// Classes of characters are those of the locale, which has ASCII's: of bytes alone.
    #[cfg(feature = "full")]
    const L = Word::int(flag::LOCALE as isize);
    #[cfg(feature = "full")]
    const LOCALE = Word::int(flag::LOCALE as isize);
    #[cfg(feature = "full")]
    const U = Word::int(flag::UNICODE as isize);
    #[cfg(feature = "full")]
    const UNICODE = Word::int(flag::UNICODE as isize);
    const NOFLAG = Word::int(0);
}

/// Names of attributes, keyword arguments and types.
pub const MORE: &[&str] =
    &["flags", "pos", "endpos", "repl", "string", "pattern", "groupindex", "lastindex", "lastgroup", "re", "re.Pattern", "re.Match"];


/// Compiles the first argument, with the flags at `index` or by name, and does with the pattern what is asked.
fn with(vm: &Vm, args: Args, index: usize, deed: Deed) -> Outcome {
    let flags = args.either(index, name!(flags));
    let pattern = pattern::compiled(vm, pattern::argument(vm, args, 0, name!(pattern))?, flags)?;
    // What comes behind the pattern, which may have come by name.
    deed.done(vm, &pattern::expect(vm, pattern)?, args.skip(1), false)
}

fn escape(vm: &Vm, args: Args) -> Outcome {
    let text = vm.as_text(vm.native(args.at(0)));
    let mut out = Builder::new();
    for byte in vm.bytes_of(args.at(0))? {
        if b"()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(byte) {
            out.push(vm, b"\\")?;
        }
        out.push(vm, &[*byte])?;
    }
    if text.is_some() { out.finish_str(vm) } else { out.finish_bytes(vm) }
}
