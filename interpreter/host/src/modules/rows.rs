//! `_rows`: rows of tables whose fields are quoted or not. `csv` is Python over it, and does whatever is odd.

use interpreter::object::handle::{Args, Handle};
use interpreter::object::list::List;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// split(line, delimiter, quote): the fields of a line that is a whole row, without backslashes or anything in it that only some take for a row;
    /// None for other lines. A quote in a quoted field is there twice; the quote may be empty.
    def split(3) = split;
    /// join(fields, delimiter, quote, end): a line of texts, of which those are quoted that must be.
    def join(4) = join;
}

/// The one character of a text, `None` for an empty one.
fn one(vm: &Vm, word: Word) -> Outcome<Option<char>> {
    let mut characters = vm.expect_text(word)?.chars();
    let first = characters.next();
    if characters.next().is_some() { Err(vm.value_error("one character is wanted")) } else { Ok(first) }
}

/// A line without its end, which is one of those that text files have.
fn without_end(line: &str) -> Option<&str> {
    let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
    (!line.contains(['\r', '\n'])).then_some(line)
}

fn split(vm: &Vm, args: Args) -> Outcome {
    let line = vm.expect_text(args.at(0))?;
    let (Some(delimiter), quote) = (one(vm, args.at(1))?, one(vm, args.at(2))?) else { return Ok(Word::NONE) };
    let Some(mut rest) = without_end(line) else { return Ok(Word::NONE) };
    let fields = vm.new_list_with_capacity(8)?;
    if rest.is_empty() {
        return Ok(fields.word());
    }
    loop {
        let next = match quote.and_then(|quote| Some((quote, rest.strip_prefix(quote)?))) {
            None => {
                let (field, next) = rest.split_once(delimiter).map_or((rest, None), |(field, next)| (field, Some(next)));
                fields.push(vm, vm.new_str(field)?)?;
                next
            }
            Some((quote, quoted)) => {
                let Some((field, behind)) = unquoted(quoted, quote) else { return Ok(Word::NONE) };
                fields.push(vm, vm.new_str(&field)?)?;
                match behind.strip_prefix(delimiter) {
                    None if !behind.is_empty() => return Ok(Word::NONE),
                    next => next,
                }
            }
        };
        match next {
            Some(next) => rest = next,
            None => return Ok(fields.word()),
        }
    }
}

/// What stands before the quote that ends a field, and what behind it; `None` if none ends it.
fn unquoted(text: &str, quote: char) -> Option<(std::borrow::Cow<'_, str>, &str)> {
    let (first, mut behind) = text.split_once(quote)?;
    let mut field = std::borrow::Cow::Borrowed(first);
    while let Some(more) = behind.strip_prefix(quote) {
        let (part, rest) = more.split_once(quote)?;
        field.to_mut().push(quote);
        field.to_mut().push_str(part);
        behind = rest;
    }
    Some((field, behind))
}

fn join(vm: &Vm, args: Args) -> Outcome {
    let fields: Handle<List> = vm.receiver(args.at(0))?;
    let (Some(delimiter), Some(quote)) = (one(vm, args.at(1))?, one(vm, args.at(2))?) else {
        return Err(vm.value_error("a delimiter and a quote are wanted"));
    };
    let end = vm.expect_text(args.at(3))?;
    let mut line = String::new();
    for index in 0..fields.len() {
        if index > 0 {
            line.push(delimiter);
        }
        let Some(field) = fields.at(index) else { break };
        let field = vm.expect_text(field)?;
        let is_special = |c: char| c == delimiter || c == quote || c == '\r' || c == '\n' || end.contains(c);
        if field.contains(is_special) || field.is_empty() && fields.len() == 1 {
            line.push(quote);
            for (index, part) in field.split(quote).enumerate() {
                if index > 0 {
                    line.extend([quote, quote]);
                }
                line.push_str(part);
            }
            line.push(quote);
        } else {
            line.push_str(field);
        }
    }
    line.push_str(end);
    vm.new_str(&line)
}
