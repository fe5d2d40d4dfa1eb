//! The encoding that a source says it has: a comment in its first two lines (PEP 263), or a byte order mark. Hosts only.
//!
//! The lexer reads UTF-8. What says that it is something else is read whole and decoded as any program decodes bytes, and what comes of
//! that is compiled. A text that is a `str` already says nothing, and a stream that cannot be read twice is not asked.

use crate::object::exception::{self, LOOKUP_ERROR, SYNTAX_ERROR, UNICODE_ERROR};
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::str::utf8;
use crate::object::word::Word;
use crate::source::Source;
use crate::source::tree::Position;
use crate::vm::{Outcome, Raised, Vm};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of a source that is not UTF-8, as a `str`; `UNSET` if it is, or does not say.
///
/// # Errors
/// `SyntaxError` for an encoding that there is not, and for bytes that are not in it.
pub(super) fn decoded(vm: &Vm, source: &mut dyn Source, file: Name) -> Outcome {
    if source.is_text() || !source.rewind(vm) {
        return Ok(Word::UNSET);
    }
    let head = read(vm, source, 2)?;
    let head = vm.bytes_of(head)?;
    source.rewind(vm);
    let (is_marked, head) = head.strip_prefix(MARK).map_or((false, head), |rest| (true, rest));
    let Some(said) = declared(head) else { return Ok(Word::UNSET) };
    let said = utf8::checked(said).unwrap_or("");
    let plain = normal(said);
    if plain == "utf-8" || !is_marked && said.eq_ignore_ascii_case("utf8") {
        return Ok(Word::UNSET);
    }
    if is_marked {
        return Err(refused(vm, file, &["encoding problem: ", plain, " with BOM"]));
    }
    let encoding = vm.new_str(said)?;
    let bytes = read(vm, source, usize::MAX)?;
    vm.call_method(bytes, vm.intern("decode")?, &[encoding]).map_err(|raised| not_decoded(vm, file, raised))
}

/// The name that CPython knows an encoding by.
fn normal(said: &str) -> &str {
    const LONGEST: usize = 12;
    let is = |name: &str| {
        let mut plain = said.bytes().take(LONGEST).map(|byte| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() });
        name.bytes().all(|byte| plain.next() == Some(byte)) && matches!(plain.next(), None | Some(b'-'))
    };
    match () {
        () if is("utf-8") => "utf-8",
        () if is("latin-1") || is("iso-8859-1") || is("iso-latin-1") => "iso-8859-1",
        () => said,
    }
}

fn refused(vm: &Vm, file: Name, parts: &[&str]) -> Raised {
    let mut message = Builder::new();
    let made = parts.iter().try_for_each(|part| message.push(vm, part.as_bytes()));
    match made.and_then(|()| message.finish_str(vm)) {
        Ok(message) => {
            let raised = vm.source_error(&SYNTAX_ERROR, file, Position { line: 0, column: 0 }, vm.text_of(message));
            exception::detail::annotate(vm, vm.peek_raised(raised), &[(name!(offset), Word::int(-1))]);
            raised
        }
        Err(raised) => raised,
    }
}

/// There is no such encoding, or the source is not in it.
fn not_decoded(vm: &Vm, file: Name, raised: Raised) -> Raised {
    let exception = vm.peek_raised(raised);
    if !vm.is_instance(exception, &LOOKUP_ERROR) && !vm.is_instance(exception, &UNICODE_ERROR) {
        return raised;
    }
    vm.take_raised(raised);
    match vm.str(exception) {
        Ok(message) => refused(vm, file, &[vm.text_of(message)]),
        Err(raised) => raised,
    }
}

/// So many lines, or what there is.
fn read(vm: &Vm, source: &mut dyn Source, mut lines: usize) -> Outcome {
    let (mut all, mut buffer) = (Builder::new(), [0; 256]);
    while lines > 0 {
        let count = source.read(vm, &mut buffer)?;
        if count == 0 {
            break;
        }
        let read = &buffer[..count];
        all.push(vm, read)?;
        lines = lines.saturating_sub(read.iter().filter(|byte| **byte == b'\n').count());
    }
    all.finish_bytes(vm)
}

/// The encoding that one of the first two lines of a source names, without its byte order mark.
pub fn declared(head: &[u8]) -> Option<&[u8]> {
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = lines.next()?;
    named(first).or_else(|| if is_blank(first) { named(lines.next()?) } else { None })
}

fn is_blank(line: &[u8]) -> bool {
    matches!(after_blanks(line), [] | [b'#', ..])
}

fn after_blanks(line: &[u8]) -> &[u8] {
    let start = line.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c')).unwrap_or(line.len());
    &line[start..]
}

/// What follows `coding:` or `coding=` in a comment.
fn named(line: &[u8]) -> Option<&[u8]> {
    let mut comment = after_blanks(line).strip_prefix(b"#")?;
    loop {
        let at = comment.windows(6).position(|word| word == b"coding")?;
        comment = &comment[at + 6..];
        if let [b':' | b'=', rest @ ..] = comment {
            let start = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t')).unwrap_or(rest.len());
            let rest = &rest[start..];
            let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
            let end = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
            if end > 0 {
                return Some(&rest[..end]);
            }
        }
    }
}
