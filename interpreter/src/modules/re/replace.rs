//! `sub` and `split`: a subject cut at all matches of a pattern.

use super::machine;
use super::matched::{self, Found};
use super::pattern::{self, Compiled, Subject};
use super::program::flag;
use crate::object::exception::INDEX_ERROR;
use crate::object::handle::Args;
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};

/// `sub(replacement, string, count=0)`; `counted`: with the number of replacements.
pub(super) fn sub(vm: &Vm, pattern: &Compiled, args: Args, counted: bool) -> Outcome {
    const KNOWN: &[Name] = &[name!(pattern), name!(repl), name!(string), name!(count), name!(flags)];
    vm.only_keywords(args, KNOWN)?;
    let replacement = pattern::argument(vm, args, 0, name!(repl))?;
    let subject = &Subject::new(vm, pattern::argument(vm, args, 1, name!(string))?)?;
    pattern::check_kind(vm, pattern, subject)?;
    let limit = args.either(2, name!(count)).map_or(Ok(0), |word| vm.clamped(word))?;
    let is_template = vm.as_measured(replacement).is_some() || vm.type_of(vm.native(replacement)).slots.call.is_none();
    let (mut out, mut last, mut count) = (Builder::new(), 0, 0);
    pattern::each(vm, pattern, subject, 0, subject.bytes.len(), &mut |machine| {
        let found = Found { vm, pattern, subject, bounds: machine };
        let (start, end) = found.bounds_of(0).expect("a match matched");
        out.push(vm, &subject.bytes[last..start])?;
        if is_template {
            fill(vm, &found, replacement, &mut out)?;
        } else {
            let object = matched::new(vm, pattern, subject, machine, 0, subject.bytes.len())?;
            let text = vm.call(replacement, &[object])?;
            out.push(vm, bytes_like(vm, subject, text)?)?;
        }
        last = end;
        count += 1;
        Ok(count != limit)
    })?;
    let whole = if count == 0 {
        subject.word
    } else {
        out.push(vm, &subject.bytes[last..])?;
        finish(vm, subject.text, out)?
    };
    if counted { vm.new_tuple(&[whole, Word::int(count)]) } else { Ok(whole) }
}

fn finish(vm: &Vm, text: bool, out: Builder) -> Outcome {
    if text { out.finish_str(vm) } else { out.finish_bytes(vm) }
}

/// The bytes of a replacement, which must be of the subject's kind.
fn bytes_like<'v>(vm: &'v Vm, subject: &Subject, word: Word) -> Outcome<&'v [u8]> {
    if crate::WHOLE && !subject.text && vm.as_text(word).is_some() {
        return Err(vm.type_error("expected a bytes-like object, str found"));
    }
    if subject.text { vm.expect_text(word).map(str::as_bytes) } else { vm.bytes_of(word) }
}

/// `Match.expand`.
pub(super) fn expand(vm: &Vm, found: &Found, template: Word) -> Outcome {
    let mut out = Builder::new();
    fill(vm, found, template, &mut out)?;
    finish(vm, found.subject.text, out)
}

/// Writes a template with what the groups matched.
fn fill(vm: &Vm, found: &Found, template: Word, out: &mut Builder) -> Outcome<()> {
    let bytes = bytes_like(vm, found.subject, template)?;
    let mut at = 0;
    while let Some(length) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        out.push(vm, &bytes[at..at + length])?;
        at += length + 1;
        let Some(&letter) = bytes.get(at) else { return Err(wrong(vm, found, bytes, at - 1, &[Part::Text("bad escape (end of pattern)")])) };
        at += 1;
        match letter {
            b'g' => {
                let (group, next) = named_group(vm, found, bytes, at)?;
                push_group(vm, found, bytes, at + 1, group, out)?;
                at = next;
            }
            b'0' if crate::WHOLE => {
                let digits = bytes[at..].iter().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                let code = bytes[at..at + digits].iter().fold(0, |code, digit| code * 8 + u32::from(digit - b'0'));
                push_character(vm, found, code, out)?;
                at += digits;
            }
            b'0'..=b'9' => at = numbered_group(vm, found, bytes, at, out)?,
            _ => {
                let character = match letter {
                    b'n' => 10,
                    b'r' => 13,
                    b't' => 9,
                    b'a' => 7,
                    b'b' => 8,
                    b'f' => 12,
                    b'v' => 11,
                    b'\\' => b'\\',
                    _ if letter.is_ascii_alphabetic() => {
                        let mut text = [0; 4];
                        let parts = [Part::Text("bad escape \\"), Part::Text(char::from(letter).encode_utf8(&mut text))];
                        return Err(wrong(vm, found, bytes, at - 2, &parts));
                    }
                    _ => {
                        // The backslash stays, too.
                        out.push(vm, b"\\")?;
                        letter
                    }
                };
                out.push(vm, &[character])?;
            }
        }
    }
    out.push(vm, &bytes[at..])
}

fn push_character(vm: &Vm, found: &Found, code: u32, out: &mut Builder) -> Outcome<()> {
    match char::from_u32(code).filter(|_| found.subject.text) {
        Some(character) => out.push(vm, character.encode_utf8(&mut [0; 4]).as_bytes()),
        None => out.push(vm, &[code as u8]),
    }
}

/// The error of a template, at the character that begins at `at`.
#[cold]
fn wrong(vm: &Vm, found: &Found, template: &[u8], at: usize, message: &[Part]) -> Raised {
    let text = found.subject.text;
    let position = if text { template[..at].iter().filter(|byte| **byte & 0xc0 != 0x80).count() } else { at };
    super::failure::raise(vm, message, template, text, crate::WHOLE.then_some(position))
}

fn push_group(vm: &Vm, found: &Found, template: &[u8], at: usize, group: usize, out: &mut Builder) -> Outcome<()> {
    if group > found.pattern.groups() {
        return Err(wrong(vm, found, template, at, &[Part::Text("invalid group reference "), Part::Int(group as isize)]));
    }
    match found.bounds_of(group) {
        Some((start, end)) => out.push(vm, &found.subject.bytes[start..end]),
        None => Ok(()),
    }
}

/// `\1` to `\99`, or three octal digits; `at` is behind the first digit. Answers what comes next.
fn numbered_group(vm: &Vm, found: &Found, bytes: &[u8], at: usize, out: &mut Builder) -> Outcome<usize> {
    let first = usize::from(bytes[at - 1] - b'0');
    let digit = |index: usize| bytes.get(index).filter(|byte| byte.is_ascii_digit()).map(|byte| usize::from(byte - b'0'));
    let Some(second) = digit(at) else {
        push_group(vm, found, bytes, at - 1, first, out)?;
        return Ok(at);
    };
    // On boards, as with MicroPython, digits are a group's number always.
    if crate::WHOLE && let Some(third) = digit(at + 1).filter(|third| first < 8 && second < 8 && *third < 8) {
        if first > 3 {
            let text = utf8::checked(&bytes[at - 2..at + 2]).unwrap_or("");
            let parts = [Part::Text("octal escape value "), Part::Text(text), Part::Text(" outside of range 0-0o377")];
            return Err(wrong(vm, found, bytes, at - 2, &parts));
        }
        push_character(vm, found, (first * 64 + second * 8 + third) as u32, out)?;
        return Ok(at + 2);
    }
    push_group(vm, found, bytes, at - 1, first * 10 + second, out)?;
    Ok(at + 1)
}

/// `<number>` or `<name>` at `at`.
fn named_group(vm: &Vm, found: &Found, bytes: &[u8], at: usize) -> Outcome<(usize, usize)> {
    let rest = &bytes[at..];
    if crate::WHOLE && rest.first() != Some(&b'<') {
        return Err(wrong(vm, found, bytes, at, &[Part::Text("missing <")]));
    }
    let end = rest.iter().position(|byte| *byte == b'>');
    let (Some(b'<'), Some(end @ 2..)) = (rest.first(), end) else {
        let message = if crate::WHOLE && end.is_none() && rest.len() > 1 { "missing >, unterminated name" } else { "missing group name" };
        return Err(wrong(vm, found, bytes, at + rest.len().min(1), &[Part::Text(message)]));
    };
    let name = &rest[1..end];
    let next = at + end + 1;
    if name.iter().all(u8::is_ascii_digit) {
        let number = name.iter().fold(0_usize, |number, digit| number.saturating_mul(10).saturating_add(usize::from(digit - b'0')));
        return Ok((number.min(isize::MAX as usize), next));
    }
    let text = utf8::checked(name).unwrap_or("?");
    if crate::WHOLE && (text.starts_with(|first: char| first.is_ascii_digit()) || text.contains(|sign: char| sign.is_ascii() && !sign.is_ascii_alphanumeric() && sign != '_')) {
        return Err(wrong(vm, found, bytes, at + 1, &[Part::Text("bad character in group name '"), Part::Text(text), Part::Text("'")]));
    }
    let name = vm.new_str(text)?;
    if crate::WHOLE && found.pattern.names.map.get(vm, name)?.is_none() {
        return Err(vm.raise(&INDEX_ERROR, &[Part::Text("unknown group name "), Part::Repr(name)]));
    }
    Ok((found.number(name)?, next))
}

/// `split(string, maxsplit=0)`; what groups matched lies between the parts. As MicroPython's, it ends at the first empty match, but on hosts
/// not of a pattern that MicroPython cannot have.
pub(super) fn split(vm: &Vm, pattern: &Compiled, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(pattern), name!(string), name!(maxsplit), name!(flags)])?;
    let subject = &Subject::new(vm, pattern::argument(vm, args, 0, name!(string))?)?;
    pattern::check_kind(vm, pattern, subject)?;
    let limit = args.either(1, name!(maxsplit)).map_or(Ok(0), |word| vm.clamped(word))?;
    let list = vm.new_list_with_capacity(0)?;
    let (mut last, mut count) = (0, 0);
    let places = crate::WHOLE && machine::flags(pattern.code) & flag::PLACES != 0;
    if limit >= 0 {
        pattern::each(vm, pattern, subject, 0, subject.bytes.len(), &mut |machine: &machine::Machine| {
            let found = Found { vm, pattern, subject, bounds: machine };
            let (start, end) = found.bounds_of(0).expect("a match matched");
            if start == end && !places {
                return Ok(false);
            }
            list.push(vm, subject.piece(vm, last, start)?)?;
            (1..=pattern.groups()).try_for_each(|group| list.push(vm, found.group(group, Word::NONE)?))?;
            last = end;
            count += 1;
            Ok(count != limit)
        })?;
    }
    list.push(vm, subject.piece(vm, last, subject.bytes.len())?)?;
    Ok(list.word())
}
