//! Cutting text into lists and tuples, and joining it again.

use super::subject::{Flavour, Subject};
use super::text::{find, find_last};
use super::unicode;
use crate::object::exception;
use crate::object::handle::{Args, Handle};
use crate::object::list::List;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

/// How many cuts at most, from an argument that means "all" when negative.
fn limit(vm: &Vm, args: Args) -> Outcome<usize> {
    match args.either(2, name!(maxsplit)) {
        Some(word) => Ok(usize::try_from(vm.clamped(word)?).unwrap_or(usize::MAX)),
        None => Ok(usize::MAX),
    }
}

/// The separator, unless the cuts are at white space.
fn separator<'v>(vm: &'v Vm, subject: &Subject<'v>, args: Args) -> Outcome<Option<&'v [u8]>> {
    vm.only_keywords(args, &[name!(sep), name!(maxsplit)])?;
    let given = args.either(1, name!(sep)).filter(|word| *word != Word::NONE);
    let Some(word) = given else { return Ok(None) };
    match subject.operand(vm, word)? {
        [] => Err(vm.value_error("empty separator")),
        bytes => Ok(Some(bytes)),
    }
}

pub fn split(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let separator = separator(vm, &subject, args)?;
    let (mut left, mut rest) = (limit(vm, args)?, subject.bytes);
    let list = vm.new_list_with_capacity(0)?;
    let Some(separator) = separator else { return split_words(vm, &subject, list, left) };
    while left > 0
        && let Some(at) = find(rest, separator)
    {
        list.push(vm, subject.make(vm, &rest[..at])?)?;
        rest = &rest[at + separator.len()..];
        left -= 1;
    }
    list.push(vm, subject.part(vm, rest)?)?;
    Ok(list.word())
}

fn split_words(vm: &Vm, subject: &Subject, list: Handle<List>, mut left: usize) -> Outcome {
    let mut rest = trim_start(subject, subject.bytes);
    while !rest.is_empty() {
        let end = if left == 0 { rest.len() } else { word_end(subject, rest) };
        list.push(vm, subject.part(vm, &rest[..end])?)?;
        rest = trim_start(subject, &rest[end..]);
        left = left.saturating_sub(1);
    }
    Ok(list.word())
}

pub fn rsplit(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let separator = separator(vm, &subject, args)?;
    let (mut left, mut rest) = (limit(vm, args)?, subject.bytes);
    let list = vm.new_list_with_capacity(0)?;
    if let Some(separator) = separator {
        while left > 0
            && let Some(at) = find_last(rest, separator)
        {
            list.push(vm, subject.make(vm, &rest[at + separator.len()..])?)?;
            rest = &rest[..at];
            left -= 1;
        }
        list.push(vm, subject.part(vm, rest)?)?;
    } else {
        rest = trim_end(&subject, rest);
        while !rest.is_empty() {
            let start = if left == 0 { 0 } else { word_start(&subject, rest) };
            list.push(vm, subject.part(vm, &rest[start..])?)?;
            rest = trim_end(&subject, &rest[..start]);
            left = left.saturating_sub(1);
        }
    }
    crate::object::list::reverse(list);
    Ok(list.word())
}

/// Whether white space is looked for by characters: ASCII alone lies in text as it does in bytes.
fn by_characters(subject: &Subject) -> bool {
    unicode::ALL && subject.is_text()
}

/// Whether a byte is white space to `bytes`.
pub(super) fn is_space_byte(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The end of the subject that `bytes` is, without the white space that it begins with.
fn trim_start<'v>(subject: &Subject<'v>, bytes: &'v [u8]) -> &'v [u8] {
    match by_characters(subject) {
        true => subject.last(bytes.len()).trim_start_matches(unicode::is_space).as_bytes(),
        false => &bytes[bytes.iter().position(|byte| !is_space_byte(*byte)).unwrap_or(bytes.len())..],
    }
}

/// The beginning of the subject that `bytes` is, without the white space that it ends with.
fn trim_end<'v>(subject: &Subject<'v>, bytes: &'v [u8]) -> &'v [u8] {
    match by_characters(subject) {
        true => subject.first(bytes.len()).trim_end_matches(unicode::is_space).as_bytes(),
        false => &bytes[..bytes.iter().rposition(|byte| !is_space_byte(*byte)).map_or(0, |at| at + 1)],
    }
}

/// Where the word ends that `bytes`, an end of the subject, begins with.
fn word_end(subject: &Subject, bytes: &[u8]) -> usize {
    let end = match by_characters(subject) {
        true => subject.last(bytes.len()).find(unicode::is_space),
        false => bytes.iter().position(|byte| is_space_byte(*byte)),
    };
    end.unwrap_or(bytes.len())
}

/// Where the word begins that `bytes`, a beginning of the subject, ends with.
fn word_start(subject: &Subject, bytes: &[u8]) -> usize {
    match by_characters(subject) {
        true => {
            let mut characters = subject.first(bytes.len()).char_indices().rev();
            characters.find(|entry| unicode::is_space(entry.1)).map_or(0, |(at, space)| at + space.len_utf8())
        }
        false => bytes.iter().rposition(|byte| is_space_byte(*byte)).map_or(0, |at| at + 1),
    }
}

/// Where the line ends that `bytes`, an end of the subject, begins with, and where the next one begins.
fn line_end(subject: &Subject, bytes: &[u8]) -> (usize, usize) {
    let is_end = |character: char| match character {
        '\n' | '\r' => true,
        '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}' => by_characters(subject),
        _ => false,
    };
    let found = match by_characters(subject) {
        true => subject.last(bytes.len()).char_indices().find(|entry| is_end(entry.1)).map(|entry| (entry.0, entry.1.len_utf8())),
        false => bytes.iter().position(|byte| is_end(*byte as char)).map(|at| (at, 1)),
    };
    match found {
        Some((at, _)) if bytes[at..].starts_with(b"\r\n") => (at, at + 2),
        Some((at, width)) => (at, at + width),
        None => (bytes.len(), bytes.len()),
    }
}

pub fn splitlines(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(keepends)])?;
    let subject = Subject::new(vm, args)?;
    let keep = args.either(1, name!(keepends)).map_or(Ok(false), |word| vm.truth(word))?;
    let list = vm.new_list_with_capacity(0)?;
    let mut rest = subject.bytes;
    while !rest.is_empty() {
        let (end, next) = line_end(&subject, rest);
        list.push(vm, subject.part(vm, &rest[..if keep { next } else { end }])?)?;
        rest = &rest[next..];
    }
    Ok(list.word())
}

fn partition_at(vm: &Vm, args: Args, last: bool) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let separator = subject.operand(vm, args.at(1))?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let bytes = subject.bytes;
    let parts = match if last { find_last(bytes, separator) } else { find(bytes, separator) } {
        Some(at) => [&bytes[..at], separator, &bytes[at + separator.len()..]],
        None if last => [&[][..], &[][..], bytes],
        None => [bytes, &[][..], &[][..]],
    };
    let words = vm.new_list_with_capacity(3)?;
    parts.iter().try_for_each(|part| words.push(vm, subject.part(vm, part)?))?;
    Ok(vm.tuple_of(words.word())?.word())
}

pub fn partition(vm: &Vm, args: Args) -> Outcome {
    partition_at(vm, args, false)
}

pub fn rpartition(vm: &Vm, args: Args) -> Outcome {
    partition_at(vm, args, true)
}

pub fn join(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    // A list of our own: the iterable's items may not change between measuring and copying.
    let items = vm.list_of(args.at(1))?;
    let wrong = |index: usize, item| {
        if !crate::WHOLE {
            return vm.type_error("join expects a list of str/bytes objects consistent with self object");
        }
        let wanted = if subject.is_text() { ": expected str instance, " } else { ": expected a bytes-like object, " };
        let said = [
            Part::Text("sequence item "),
            Part::Int(index as isize),
            Part::Text(wanted),
            Part::TypeOf(item),
            Part::Text(" found"),
        ];
        vm.raise(&exception::TYPE_ERROR, &said)
    };
    let mut total = subject.bytes.len().saturating_mul(items.len().saturating_sub(1));
    for index in 0..items.len() {
        let item = items.items.get(index);
        let len = match (vm.as_measured(item), subject.flavour) {
            (Some(text), Flavour::Str) => text.text.len(),
            (None, Flavour::Bytes | Flavour::ByteArray) => match vm.buffer(item, false) {
                Ok(buffer) => buffer.bytes.len(),
                Err(raised) => {
                    vm.take_raised(raised);
                    return Err(wrong(index, item));
                }
            },
            _ => return Err(wrong(index, item)),
        };
        total = total.checked_add(len).ok_or_else(|| vm.raise_memory(usize::MAX))?;
    }
    if items.len() == 1 && subject.is_text() && core::ptr::eq(vm.type_of(items.items.get(0)), &super::STR) {
        return Ok(items.items.get(0));
    }
    let mut out = Builder::with_capacity(vm, total)?;
    for index in 0..items.len() {
        if index > 0 {
            out.push(vm, subject.bytes)?;
        }
        let item = items.items.get(index);
        match vm.as_measured(item) {
            Some(text) => out.push(vm, text.text.as_bytes())?,
            None => out.push_cells(vm, vm.buffer(item, false)?.bytes)?,
        }
    }
    items.clear(vm);
    subject.finish(vm, out)
}
