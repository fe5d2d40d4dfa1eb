//! `_tokens`: what is plain in a line of source, cut into tokens for `tokenize`.
//!
//! Names, signs, whole numbers, comments and the line's end are nearly all that source has. The rest (strings, other numbers,
//! backslashes, what is wrong) `tokenize` reads itself, in Python: `plain` stops there and is called again behind it.

use interpreter::object::handle::{Args, Handle};
use interpreter::object::list::List;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// plain(line, number, at, depth, into, kinds): adds the tokens of a line of ASCII from `at` on to a list, up to the first that is not
    /// plain. `kinds` are the numbers of names, numbers, signs, comments, a statement's end and a line's. Answers where it stopped,
    /// and how many brackets are open.
    def plain(6) = plain;
}

/// What a token is, in the order of the argument.
#[derive(Clone, Copy)]
enum Kind {
    Name,
    Number,
    Sign,
    Comment,
    End,
    LineEnd,
}

fn plain(vm: &Vm, args: Args) -> Outcome {
    let line = vm.expect_text(args.at(0))?.as_bytes();
    let (row, mut at, mut depth) = (args.at(1), vm.index(args.at(2))? as usize, vm.index(args.at(3))?);
    let into: Handle<List> = Handle::from(args.at(4)).ok_or_else(|| vm.type_error("a list is needed"))?;
    loop {
        at += line.get(at..).unwrap_or(&[]).iter().take_while(|byte| matches!(byte, b' ' | b'\t' | 0x0c)).count();
        let Some((kind, length)) = line.get(at..).and_then(token) else { break };
        let (start, text) = (at, &line[at..at + length]);
        at += length;
        let kind = match (kind, text) {
            (Kind::End, _) if depth > 0 => Kind::LineEnd,
            _ => kind,
        };
        depth += match text {
            b"(" | b"[" | b"{" => 1,
            b")" | b"]" | b"}" => -1,
            _ => 0,
        };
        let text = std::str::from_utf8(text).map_err(|_| vm.value_error("a line of ASCII is needed"))?;
        let text = vm.find_name(text).map_or_else(|| vm.new_str(text), |name| Ok(Word::name(name)))?;
        let place = |column: usize| vm.new_tuple(&[row, Word::int(column as isize)]);
        let token = [vm.item(args.at(5), Word::int(kind as isize))?, text, place(start)?, place(at)?, args.at(0)];
        into.push(vm, vm.new_tuple(&token)?)?;
    }
    vm.new_tuple(&[Word::int(at as isize), Word::int(depth)])
}

/// The token at the beginning of `rest`, if it is a plain one.
fn token(rest: &[u8]) -> Option<(Kind, usize)> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let length = rest.iter().take_while(|byte| is_part(byte)).count();
    let behind = rest.get(length);
    match rest.first()? {
        b'0'..=b'9' => {
            let whole = rest[..length].iter().all(u8::is_ascii_digit) && behind != Some(&b'.');
            whole.then_some((Kind::Number, length))
        }
        // A prefix of a string, perhaps.
        _ if length > 0 => (!matches!(behind, Some(b'"' | b'\'' | 0x80..))).then_some((Kind::Name, length)),
        b'#' => Some((Kind::Comment, rest.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1))),
        b'\r' | b'\n' => Some((Kind::End, rest.len())),
        _ => sign(rest).map(|length| (Kind::Sign, length)),
    }
}

/// The length of the sign at the beginning of `rest`, if it is one.
fn sign(rest: &[u8]) -> Option<usize> {
    let (first, second, third) = (*rest.first()?, rest.get(1).copied(), rest.get(2).copied());
    let is_long = match (first, second) {
        (b'.', Some(b'.')) if third == Some(b'.') => return Some(3),
        // A number, as may be; one dot is a sign.
        (b'.', Some(b'0'..=b'9')) => return None,
        (b'*', Some(b'*')) | (b'/', Some(b'/')) | (b'<', Some(b'<')) | (b'>', Some(b'>')) => {
            return Some(if third == Some(b'=') { 3 } else { 2 });
        }
        (b'-', Some(b'>')) | (b'<', Some(b'>')) => true,
        (b'=' | b'!' | b'<' | b'>' | b'+' | b'-' | b'*' | b'/' | b'%' | b'&' | b'|' | b'^' | b'@' | b':', Some(b'=')) => true,
        _ => false,
    };
    match first {
        _ if is_long => Some(2),
        b'(' | b')' | b'[' | b']' | b'{' | b'}' | b':' | b',' | b';' | b'+' | b'-' | b'*' | b'/' => Some(1),
        b'|' | b'&' | b'<' | b'>' | b'=' | b'.' | b'%' | b'~' | b'^' | b'@' => Some(1),
        _ => None,
    }
}
