//! Finding, counting and replacing parts; prefixes and suffixes.

use super::subject::Subject;
use super::text::{find as find_bytes, find_last};
use crate::object::handle::{Args, Handle};
use crate::object::print::Builder;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// The byte position of argument 1 within the region that arguments 2 and 3 say.
fn position(vm: &Vm, subject: &Subject, args: Args, last: bool) -> Outcome<Option<usize>> {
    let needle = subject.needle(vm, args.at(1))?;
    let Some((start, stop)) = subject.region(vm, args, 2)? else { return Ok(None) };
    let region = &subject.bytes[start..stop];
    let found = if last { find_last(region, needle) } else { find_bytes(region, needle) };
    Ok(found.map(|at| subject.number(vm, start + at)))
}

fn find_either(vm: &Vm, args: Args, last: bool) -> Outcome {
    let found = position(vm, &Subject::new(vm, args)?, args, last)?;
    Ok(Word::int(found.map_or(-1, |at| at as isize)))
}

fn index_either(vm: &Vm, args: Args, last: bool) -> Outcome {
    let found = position(vm, &Subject::new(vm, args)?, args, last)?;
    found.map(|at| Word::int(at as isize)).ok_or_else(|| vm.value_error("substring not found"))
}

pub fn find(vm: &Vm, args: Args) -> Outcome {
    find_either(vm, args, false)
}

pub fn rfind(vm: &Vm, args: Args) -> Outcome {
    find_either(vm, args, true)
}

pub fn index(vm: &Vm, args: Args) -> Outcome {
    index_either(vm, args, false)
}

pub fn rindex(vm: &Vm, args: Args) -> Outcome {
    index_either(vm, args, true)
}

/// How often `needle`, which is not empty, is in `bytes`, without overlaps.
fn occurrences(mut bytes: &[u8], needle: &[u8]) -> usize {
    let mut count = 0;
    while let Some(at) = find_bytes(bytes, needle) {
        count += 1;
        bytes = &bytes[at + needle.len()..];
    }
    count
}

pub fn count(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let needle = subject.needle(vm, args.at(1))?;
    let Some((start, stop)) = subject.region(vm, args, 2)? else { return Ok(Word::int(0)) };
    let count = match needle {
        [] => subject.number(vm, stop) - subject.number(vm, start) + 1,
        _ => occurrences(&subject.bytes[start..stop], needle),
    };
    Ok(Word::int(count as isize))
}

pub fn replace(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(count)])?;
    let subject = Subject::new(vm, args)?;
    let (old, new) = (subject.operand(vm, args.at(1))?, subject.operand(vm, args.at(2))?);
    let limit = match args.either(3, name!(count)) {
        Some(word) => usize::try_from(vm.clamped(word)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    if old.is_empty() {
        return intersperse(vm, &subject, new, limit);
    }
    let count = occurrences(subject.bytes, old).min(limit);
    if count == 0 {
        return subject.whole(vm);
    }
    let grown = new.len().checked_mul(count).and_then(|added| added.checked_add(subject.bytes.len() - old.len() * count));
    let mut out = Builder::with_capacity(vm, grown.ok_or_else(|| vm.raise_memory(usize::MAX))?)?;
    let mut rest = subject.bytes;
    for _ in 0..count {
        let at = find_bytes(rest, old).expect("counted before");
        out.push(vm, &rest[..at])?;
        out.push(vm, new)?;
        rest = &rest[at + old.len()..];
    }
    out.push(vm, rest)?;
    subject.finish(vm, out)
}

/// Puts `new` before the characters and at the end, `limit` times at most.
fn intersperse(vm: &Vm, subject: &Subject, new: &[u8], limit: usize) -> Outcome {
    let mut out = Builder::new();
    let (mut rest, mut count) = (subject.bytes, 0);
    while count < limit {
        out.push(vm, new)?;
        count += 1;
        let width = subject.width(rest);
        if width == 0 {
            break;
        }
        out.push(vm, &rest[..width])?;
        rest = &rest[width..];
    }
    out.push(vm, rest)?;
    subject.finish(vm, out)
}

fn either_end(vm: &Vm, args: Args, test: fn(&[u8], &[u8]) -> bool) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let check = |word: Word| -> Outcome<bool> {
        let part = subject.operand(vm, word)?;
        Ok(subject.region(vm, args, 2)?.is_some_and(|(start, stop)| test(&subject.bytes[start..stop], part)))
    };
    let Some(options) = Handle::<Tuple>::from(args.at(1)) else { return check(args.at(1)).map(Word::bool) };
    for option in options.tail() {
        if check(option.get())? {
            return Ok(Word::TRUE);
        }
    }
    Ok(Word::FALSE)
}

pub fn startswith(vm: &Vm, args: Args) -> Outcome {
    either_end(vm, args, |bytes, part| bytes.starts_with(part))
}

pub fn endswith(vm: &Vm, args: Args) -> Outcome {
    either_end(vm, args, |bytes, part| bytes.ends_with(part))
}

pub fn removeprefix(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let prefix = subject.operand(vm, args.at(1))?;
    subject.part(vm, subject.bytes.strip_prefix(prefix).unwrap_or(subject.bytes))
}

pub fn removesuffix(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let suffix = subject.operand(vm, args.at(1))?;
    subject.part(vm, subject.bytes.strip_suffix(suffix).unwrap_or(subject.bytes))
}
