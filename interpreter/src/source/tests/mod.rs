//! Tests of reading: golden trees, errors with their places, the prompt's question, and a fuzzer.

mod fuzz;
mod golden;
mod places;

use super::parser::Parser;
use super::tree::{Item, Kind, Tree};
use super::{Mode, Source};
use crate::object::bytes::Bytes;
use crate::object::dict::Dict;
use crate::object::exception::Exception;
use crate::object::handle::Handle;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::testing;
use crate::vm::{Outcome, Vm};
use std::format;
use std::string::{String, ToString};

/// A source that is read `step` bytes at a time.
pub(super) struct Chunks<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) step: usize,
}

impl Source for Chunks<'_> {
    fn read(&mut self, _vm: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let count = self.bytes.len().min(buffer.len()).min(self.step);
        buffer[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        Ok(count)
    }
}

/// Gives each tree of a source to `visit`.
pub(super) fn parse(vm: &Vm, source: &mut Chunks, mode: Mode, mut visit: impl FnMut(&Tree)) -> Outcome<()> {
    let mut parser = Parser::new(source, name!("<string>"), mode);
    while let Some(tree) = parser.next_statement(vm)? {
        visit(tree);
    }
    Ok(())
}

/// The trees of a source as text, or the error.
pub(super) fn dump(vm: &Vm, source: &[u8], step: usize, mode: Mode) -> String {
    let mut text = String::new();
    let outcome = parse(vm, &mut Chunks { bytes: source, step }, mode, |tree| {
        dump_item(vm, tree, tree.root(), 0, &mut text);
        text.push('\n');
    });
    if let Err(raised) = outcome {
        text.push_str(&describe(vm, raised));
    }
    text
}

/// An exception as `Type: message`, with its place if it has one.
pub(super) fn describe(vm: &Vm, raised: crate::Raised) -> String {
    let word = vm.take_raised(raised);
    let exception = Handle::<Exception>::from(word).expect("an exception is an exception");
    let args = Handle::<Tuple>::from(exception.args.get());
    let message = args.and_then(|args| args.tail().first().map(|word| vm.text_of(word.get()).to_string()));
    let extra = Handle::<Dict>::from(exception.extra.get());
    let number = |name| extra.and_then(|extra| extra.map.get(vm, Word::name(name)).ok()?.and_then(Word::as_int));
    let place = number(name!(lineno)).zip(number(name!(offset)));
    let place = place.map(|(line, column)| format!(" at {line}:{column}"));
    format!("{}: {}{}\n", vm.name_text(exception.ty().name), message.unwrap_or_default(), place.unwrap_or_default())
}

fn dump_item(vm: &Vm, tree: &Tree, item: Item, indent: usize, out: &mut String) {
    match item {
        Item::Name(name) => out.push_str(vm.name_text(name.get())),
        Item::Attribute(name) => out.push_str(&format!(".{}", vm.name_text(name.get()))),
        Item::Constant(word) => out.push_str(&constant(vm, word)),
        Item::Token(token) => out.push_str(&format!("`{}`", token.text())),
        Item::Node(node) => {
            out.push_str(&format!("({:?}", node.kind()));
            for child in tree.children(node) {
                let is_line = matches!(child, Item::Node(child) if begins_line(child.kind()));
                let inner = indent + is_line as usize;
                out.push_str(&if is_line { format!("\n{}", "  ".repeat(inner)) } else { " ".to_string() });
                dump_item(vm, tree, child, inner, out);
            }
            out.push(')');
        }
    }
}

/// Strings as Rust writes them; numbers as Python does.
fn constant(vm: &Vm, word: Word) -> String {
    if let Some(text) = vm.as_text(word) {
        return format!("{text:?}");
    }
    match Handle::<Bytes>::from(word) {
        Some(bytes) => format!("b\"{}\"", bytes.bytes().escape_ascii()),
        None => testing::repr(vm, word),
    }
}

/// Whether the dump gives a line to this kind.
fn begins_line(kind: Kind) -> bool {
    (kind as u8) <= Kind::Class as u8
        && !matches!(
            kind,
            Kind::ImportAs | Kind::Dotted | Kind::FromModule | Kind::Parameters | Kind::Parameter | Kind::StarParameter
        )
        && !matches!(kind, Kind::DoubleStarParameter | Kind::Annotation | Kind::Default | Kind::Returns | Kind::WithItem)
        || kind == Kind::Case
}
