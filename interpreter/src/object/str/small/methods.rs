//! The methods of `str` in the smallest interpreter: few, for whole text and white space of ASCII, and no encodings.

use super::find as find_bytes;
use crate::object::handle::Args;
use crate::object::kind::Type;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// endswith(suffix): whether it ends so.
    def endswith(2) = |vm, args| Ok(Word::bool(vm.expect_text(args.at(0))?.ends_with(vm.expect_text(args.at(1))?)));
    /// find(part): the first position of the part, or -1.
    def find(2) = find;
    /// join(iterable): its texts, with this one between them.
    def join(2) = join;
    /// lower(): in lower case.
    def lower(1) = |vm, args| map(vm, args, |byte| byte.to_ascii_lowercase());
    /// replace(old, new): the text with each `old` replaced.
    def replace(3) = replace;
    /// split(sep=None): the list of parts between separators, or between white space.
    def split(1..=2) = split;
    /// startswith(prefix): whether it begins so.
    def startswith(2) = |vm, args| Ok(Word::bool(vm.expect_text(args.at(0))?.starts_with(vm.expect_text(args.at(1))?)));
    /// strip(): without white space at the ends.
    def strip(1) = |vm, args| vm.new_str(vm.expect_text(args.at(0))?.trim_ascii());
    /// upper(): in upper case.
    def upper(1) = |vm, args| map(vm, args, |byte| byte.to_ascii_uppercase());
}

/// `str(object)`: there are no encodings.
pub fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 0, 1)?;
    args.get(0).map_or(Ok(Word::name(name!(""))), |object| vm.str(object))
}

fn find(vm: &Vm, args: Args) -> Outcome {
    let text = vm.expect_text(args.at(0))?;
    let found = find_bytes(text.as_bytes(), vm.expect_text(args.at(1))?.as_bytes());
    // Bytes before it, but those that continue a character.
    let count = |at| text.as_bytes()[..at].iter().filter(|byte| **byte & 0xc0 != 0x80).count() as isize;
    Ok(Word::int(found.map_or(-1, count)))
}

fn join(vm: &Vm, args: Args) -> Outcome {
    let (between, mut first) = (vm.expect_text(args.at(0))?, true);
    let mut out = Builder::new();
    vm.for_each(args.at(1), &mut |item| {
        if !first {
            out.push(vm, between.as_bytes())?;
        }
        first = false;
        out.push(vm, vm.expect_text(item)?.as_bytes())
    })?;
    out.finish_str(vm)
}

fn map(vm: &Vm, args: Args, change: fn(u8) -> u8) -> Outcome {
    let mut out = Builder::new();
    vm.expect_text(args.at(0))?.bytes().try_for_each(|byte| out.push(vm, &[change(byte)]))?;
    out.finish_str(vm)
}

fn separator(vm: &Vm, word: Word) -> Outcome<&[u8]> {
    match vm.expect_text(word)?.as_bytes() {
        [] => Err(vm.value_error("empty separator")),
        bytes => Ok(bytes),
    }
}

fn replace(vm: &Vm, args: Args) -> Outcome {
    let (old, new) = (separator(vm, args.at(1))?, vm.expect_text(args.at(2))?);
    let mut rest = vm.expect_text(args.at(0))?.as_bytes();
    let mut out = Builder::new();
    while let Some(at) = find_bytes(rest, old) {
        out.push(vm, &rest[..at])?;
        out.push(vm, new.as_bytes())?;
        rest = &rest[at + old.len()..];
    }
    out.push(vm, rest)?;
    out.finish_str(vm)
}

fn split(vm: &Vm, args: Args) -> Outcome {
    let mut rest = vm.expect_text(args.at(0))?.as_bytes();
    let words = args.get(1).is_none_or(|word| word == Word::NONE);
    let between = if words { &b" "[..] } else { separator(vm, args.at(1))? };
    let list = vm.new_list_with_capacity(0)?;
    loop {
        if words {
            rest = rest.trim_ascii_start();
            if rest.is_empty() {
                break;
            }
        }
        let end = if words { rest.iter().position(u8::is_ascii_whitespace) } else { find_bytes(rest, between) };
        let mut part = Builder::new();
        part.push(vm, &rest[..end.unwrap_or(rest.len())])?;
        list.push(vm, part.finish_str(vm)?)?;
        let Some(at) = end else { break };
        rest = &rest[at + between.len()..];
    }
    Ok(list.word())
}
