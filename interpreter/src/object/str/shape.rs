//! Padding, stripping and changing the case.

use super::split::is_space_byte;
use super::subject::Subject;
use super::unicode;
use crate::object::handle::Args;
use crate::object::print::Builder;
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Which ends.
#[derive(Clone, Copy)]
struct Ends {
    left: bool,
    right: bool,
}

fn trim(vm: &Vm, args: Args, ends: Ends) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let given = args.get(1).filter(|word| *word != Word::NONE);
    let set = given.map(|word| subject.operand(vm, word)).transpose()?;
    if let Some(mut text) = subject.text() {
        let set = set.map(|set| utf8::checked(set).unwrap_or(""));
        let goes =
            |character: char| set.map_or_else(|| unicode::is_space(character), |set| set.chars().any(|it| it == character));
        if ends.left {
            text = text.trim_start_matches(goes);
        }
        if ends.right {
            text = text.trim_end_matches(goes);
        }
        return subject.part(vm, text.as_bytes());
    }
    let goes = |byte: u8| set.map_or_else(|| is_space_byte(byte), |set| set.contains(&byte));
    let mut bytes = subject.bytes;
    while let [first, rest @ ..] = bytes
        && ends.left
        && goes(*first)
    {
        bytes = rest;
    }
    while let [rest @ .., last] = bytes
        && ends.right
        && goes(*last)
    {
        bytes = rest;
    }
    subject.part(vm, bytes)
}

pub fn strip(vm: &Vm, args: Args) -> Outcome {
    trim(vm, args, Ends { left: true, right: true })
}

pub fn lstrip(vm: &Vm, args: Args) -> Outcome {
    trim(vm, args, Ends { left: true, right: false })
}

pub fn rstrip(vm: &Vm, args: Args) -> Outcome {
    trim(vm, args, Ends { left: false, right: true })
}

/// `left` and `right` say how the missing width is shared out.
fn pad(vm: &Vm, args: Args, share: fn(usize, usize) -> (usize, usize)) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let width = usize::try_from(vm.clamped(args.at(1))?).unwrap_or(0);
    let fill = args.get(2).map_or(Ok(&b" "[..]), |word| subject.operand(vm, word))?;
    if fill.is_empty() || subject.width(fill).max(char_width(fill, subject.is_text())) != fill.len() {
        return Err(vm.type_error("the fill character must be exactly one character long"));
    }
    let missing = width.saturating_sub(subject.len(vm));
    if missing == 0 {
        return subject.whole(vm);
    }
    let (left, right) = share(missing, width);
    let total = missing.checked_mul(fill.len()).and_then(|more| more.checked_add(subject.bytes.len()));
    let mut out = Builder::with_capacity(vm, total.ok_or_else(|| vm.raise_memory(usize::MAX))?)?;
    (0..left).try_for_each(|_| out.push(vm, fill))?;
    out.push(vm, subject.bytes)?;
    (0..right).try_for_each(|_| out.push(vm, fill))?;
    subject.finish(vm, out)
}

fn char_width(bytes: &[u8], text: bool) -> usize {
    if !text {
        return 1;
    }
    utf8::checked(bytes).and_then(|text| text.chars().next()).map_or(0, char::len_utf8)
}

pub fn center(vm: &Vm, args: Args) -> Outcome {
    // The odd one goes to the left if the width is odd.
    pad(vm, args, |missing, width| {
        let left = missing / 2 + (missing & width & 1);
        (left, missing - left)
    })
}

pub fn ljust(vm: &Vm, args: Args) -> Outcome {
    pad(vm, args, |missing, _| (0, missing))
}

pub fn rjust(vm: &Vm, args: Args) -> Outcome {
    pad(vm, args, |missing, _| (missing, 0))
}

pub fn zfill(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let width = usize::try_from(vm.clamped(args.at(1))?).unwrap_or(0);
    let missing = width.saturating_sub(subject.len(vm));
    let sign = matches!(subject.bytes.first(), Some(b'+' | b'-')) as usize;
    let total = missing.checked_add(subject.bytes.len()).ok_or_else(|| vm.raise_memory(usize::MAX))?;
    let mut out = Builder::with_capacity(vm, total)?;
    out.push(vm, &subject.bytes[..sign])?;
    (0..missing).try_for_each(|_| out.push(vm, b"0"))?;
    out.push(vm, &subject.bytes[sign..])?;
    subject.finish(vm, out)
}

pub fn expandtabs(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(tabsize)])?;
    let subject = Subject::new(vm, args)?;
    let size = args.either(1, name!(tabsize)).map_or(Ok(8), |word| vm.clamped(word))?;
    let size = usize::try_from(size).unwrap_or(0);
    let mut out = Builder::new();
    let (mut rest, mut column) = (subject.bytes, 0);
    while let Some(first) = rest.first() {
        let width = subject.width(rest);
        match first {
            b'\t' => {
                let spaces = if size == 0 { 0 } else { size - column % size };
                (0..spaces).try_for_each(|_| out.push(vm, b" "))?;
                column += spaces;
            }
            b'\n' | b'\r' => {
                out.push(vm, &rest[..1])?;
                column = 0;
            }
            _ => {
                out.push(vm, &rest[..width])?;
                column += 1;
            }
        }
        rest = &rest[width..];
    }
    subject.finish(vm, out)
}

/// How a character changes, given whether the one before it is a letter.
type Change = fn(char, bool, &mut dyn FnMut(char));

fn map(vm: &Vm, args: Args, change: Change) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let mut out = Builder::with_capacity(vm, subject.bytes.len())?;
    let mut after_letter = false;
    let Some(text) = subject.text() else {
        for byte in subject.bytes {
            let mut changed = *byte;
            if byte.is_ascii() {
                change(*byte as char, after_letter, &mut |character| changed = character as u8);
            }
            out.push(vm, &[changed])?;
            after_letter = byte.is_ascii_alphabetic();
        }
        return subject.finish(vm, out);
    };
    let vm = vm.here();
    for (at, character) in text.char_indices() {
        let character = if crate::WHOLE { unicode::placed(text, at, character) } else { character };
        let mut result = Ok(());
        change(character, after_letter, &mut |changed| {
            result = result.and_then(|()| out.push(vm, changed.encode_utf8(&mut [0; 4]).as_bytes()));
        });
        result?;
        after_letter = unicode::is_cased(character);
    }
    subject.finish(vm, out)
}

/// As `map` where no character depends on the one before it: ASCII, nearly all text there is, byte by byte.
fn map_each(vm: &Vm, args: Args, ascii: fn(&mut [u8]), change: Change) -> Outcome {
    let subject = Subject::new(vm, args)?;
    if !subject.bytes.is_ascii() {
        return map(vm, args, change);
    }
    let mut out = Builder::with_capacity(vm, subject.bytes.len())?;
    let mut piece = [0; 64];
    for part in subject.bytes.chunks(piece.len()) {
        let piece = &mut piece[..part.len()];
        piece.copy_from_slice(part);
        ascii(piece);
        out.push(vm, piece)?;
    }
    subject.finish(vm, out)
}

pub fn upper(vm: &Vm, args: Args) -> Outcome {
    map_each(vm, args, <[u8]>::make_ascii_uppercase, |character, _, out| unicode::upper(character, out))
}

pub fn lower(vm: &Vm, args: Args) -> Outcome {
    map_each(vm, args, <[u8]>::make_ascii_lowercase, |character, _, out| unicode::lower(character, out))
}

pub fn casefold(vm: &Vm, args: Args) -> Outcome {
    map_each(vm, args, <[u8]>::make_ascii_lowercase, |character, _, out| match character {
        'ß' => "ss".chars().for_each(out),
        'ς' => out('σ'),
        _ if crate::WHOLE => unicode::folded(character, out),
        _ => unicode::lower(character, out),
    })
}

pub fn swapcase(vm: &Vm, args: Args) -> Outcome {
    map(vm, args, |character, _, out| match unicode::is_upper(character) {
        true => unicode::lower(character, out),
        false => unicode::upper(character, out),
    })
}

pub fn title(vm: &Vm, args: Args) -> Outcome {
    map(vm, args, |character, after_letter, out| match after_letter {
        true => unicode::lower(character, out),
        false if crate::WHOLE => unicode::titled(character, out),
        false => unicode::upper(character, out),
    })
}

pub fn capitalize(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let first = subject.width(subject.bytes);
    let mut out = Builder::with_capacity(vm, subject.bytes.len())?;
    let Some(text) = subject.text() else {
        for (index, byte) in subject.bytes.iter().enumerate() {
            out.push(vm, &[if index == 0 { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() }])?;
        }
        return subject.finish(vm, out);
    };
    for (at, character) in text.char_indices() {
        let mut result = Ok(());
        let mut push = |changed: char| {
            result = result.and_then(|()| out.push(vm, changed.encode_utf8(&mut [0; 4]).as_bytes()));
        };
        if at < first {
            if crate::WHOLE { unicode::titled(character, &mut push) } else { unicode::upper(character, &mut push) }
        } else {
            unicode::lower(if crate::WHOLE { unicode::placed(text, at, character) } else { character }, &mut push)
        }
        result?;
    }
    subject.finish(vm, out)
}

/// Whether all characters pass, and there is one.
fn all(vm: &Vm, args: Args, test: fn(char) -> bool) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let passes = match subject.text() {
        Some(text) => text.chars().all(test),
        None => subject.bytes.iter().all(|byte| byte.is_ascii() && test(*byte as char)),
    };
    Ok(Word::bool(passes && !subject.bytes.is_empty()))
}

pub fn isalpha(vm: &Vm, args: Args) -> Outcome {
    all(vm, args, unicode::is_alphabetic)
}

pub fn isdigit(vm: &Vm, args: Args) -> Outcome {
    all(vm, args, unicode::is_digit)
}

pub fn isdecimal(vm: &Vm, args: Args) -> Outcome {
    all(vm, args, unicode::is_decimal)
}

pub fn isnumeric(vm: &Vm, args: Args) -> Outcome {
    all(vm, args, unicode::is_numeric)
}

pub fn isalnum(vm: &Vm, args: Args) -> Outcome {
    all(vm, args, |character| unicode::is_alphabetic(character) || unicode::is_numeric(character))
}

pub fn isspace(vm: &Vm, args: Args) -> Outcome {
    all(vm, args, unicode::is_space)
}

pub fn isascii(vm: &Vm, args: Args) -> Outcome {
    Ok(Word::bool(Subject::new(vm, args)?.bytes.is_ascii()))
}

pub fn isprintable(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    Ok(Word::bool(subject.text().is_some_and(|text| text.chars().all(super::print::is_printable))))
}

pub fn isidentifier(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let text = subject.text().unwrap_or("");
    let passes = |character: char| character == '_' || unicode::is_alphabetic(character);
    let starts = text.chars().next().is_some_and(passes);
    Ok(Word::bool(starts && text.chars().all(|character| passes(character) || unicode::is_decimal(character))))
}

/// Whether there is a letter of the one case and none of the other.
fn cased(vm: &Vm, args: Args, wanted: fn(char) -> bool, other: fn(char) -> bool) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let answer = match subject.text() {
        Some(text) => text.chars().any(wanted) && !text.chars().any(other),
        None => {
            let has = |test: fn(char) -> bool| subject.bytes.iter().any(|byte| byte.is_ascii() && test(*byte as char));
            has(wanted) && !has(other)
        }
    };
    Ok(Word::bool(answer))
}

pub fn isupper(vm: &Vm, args: Args) -> Outcome {
    cased(vm, args, unicode::is_upper, unicode::is_lower)
}

pub fn islower(vm: &Vm, args: Args) -> Outcome {
    cased(vm, args, unicode::is_lower, unicode::is_upper)
}

pub fn istitle(vm: &Vm, args: Args) -> Outcome {
    let subject = Subject::new(vm, args)?;
    let (mut after_letter, mut any) = (false, false);
    let mut check = |character: char| {
        let (upper, lower) = (unicode::is_upper(character), unicode::is_lower(character));
        let right = if after_letter { !upper } else { !lower };
        after_letter = upper || lower;
        any |= after_letter;
        right
    };
    let right = match subject.text() {
        Some(text) => text.chars().all(&mut check),
        None => subject.bytes.iter().all(|byte| check(if byte.is_ascii() { *byte as char } else { ' ' })),
    };
    Ok(Word::bool(right && any))
}
