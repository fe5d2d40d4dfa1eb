//! A text that is being edited, and its tree.
//!
//! The tree is tree-sitter's, which understands half-typed text and re-reads only what an edit touched. A statement of the top level keeps
//! its number as long as nothing in it changes, so whoever knows something of it need not look again. The window counts in UTF-16 units,
//! Rust in bytes: this file is the only place that converts.

use serde::{Deserialize, Serialize};
use std::ops::Range;
use tree_sitter::{InputEdit, Node, Parser, Point, Tree};
use ts_rs::TS;

/// A replacement of part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// First unit that is replaced; in UTF-16 units of the text before all changes that come together.
    pub from: u32,
    /// First unit that is kept again.
    pub to: u32,
    /// What comes instead.
    pub insert: String,
}

/// A part of a text, in UTF-16 units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, TS)]
pub struct Span {
    /// Its first unit.
    pub from: u32,
    /// The first unit behind it.
    pub to: u32,
}

/// A text and its tree.
#[derive(Clone)]
pub struct Text {
    source: String,
    tree: Tree,
    /// Where each line begins.
    lines: Vec<Start>,
    statements: Vec<Statement>,
    /// The number of the next new statement.
    fresh: u64,
}

/// A statement of the top level, or whatever stands in the place of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its number: no other statement of the text, now or before, had it. One that changes gets another; later ones are greater.
    pub id: u64,
}

/// The start of a line.
#[derive(Debug, Clone, Copy)]
struct Start {
    byte: usize,
    unit: usize,
}

impl Text {
    /// Reads a text.
    pub fn new(source: String) -> Text {
        let tree = parse(&source, None);
        let start = Start { byte: 0, unit: 0 };
        let lines = std::iter::once(start).chain(starts(&source, start)).collect();
        let mut text = Text { source, tree, lines, statements: Vec::new(), fresh: 0 };
        text.number(Vec::new());
        text
    }

    /// The text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The root of its tree.
    pub fn root(&self) -> Node<'_> {
        self.tree.root_node()
    }

    /// The named children of the root, in their order.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }

    /// The text of a part.
    pub fn of(&self, range: Range<usize>) -> &str {
        &self.source[range]
    }

    /// Whether `changes` can be made: in order, inside the text, one behind the other.
    fn fits(&self, changes: &[Change]) -> bool {
        let last = self.lines[self.lines.len() - 1];
        let length = (last.unit + units(&self.source[last.byte..])) as u32;
        let ordered = changes.windows(2).all(|pair| pair[0].to <= pair[1].from);
        ordered && changes.iter().all(|change| change.from <= change.to && change.to <= length)
    }

    /// Makes changes that were all counted in the text as it is now; answers whether they fit it. Changes that do not are not made.
    #[must_use]
    pub fn edit(&mut self, changes: &[Change]) -> bool {
        if !self.fits(changes) {
            return false;
        }
        let mut kept = std::mem::take(&mut self.statements);
        // From the end on, so that the places of the earlier ones stay true.
        for change in changes.iter().rev() {
            let (from, to) = (self.byte(change.from), self.byte(change.to));
            let (start, old_end) = (self.point(from), self.point(to));
            self.replace(from, to, &change.insert);
            let end = from + change.insert.len();
            // What an edit only stands beside counts as touched: `x` becomes `xy`.
            kept.retain_mut(|Statement { range, .. }| {
                let is_behind = range.start > to;
                if is_behind {
                    *range = range.start - to + end..range.end - to + end;
                }
                is_behind || range.end < from
            });
            self.tree.edit(&InputEdit {
                start_byte: from,
                old_end_byte: to,
                new_end_byte: end,
                start_position: start,
                old_end_position: old_end,
                new_end_position: self.point(end),
            });
        }
        let tree = parse(&self.source, Some(&self.tree));
        // What means something else now although no letter of it changed: behind a quote, for one.
        let moved: Vec<_> = self.tree.changed_ranges(&tree).collect();
        kept.retain(|it| !moved.iter().any(|part| it.range.start <= part.end_byte && part.start_byte <= it.range.end));
        self.tree = tree;
        self.number(kept);
        true
    }

    /// Numbers the statements: those that were there already, in their order, as before.
    fn number(&mut self, kept: Vec<Statement>) {
        let mut kept = kept.into_iter().peekable();
        let root = self.tree.root_node();
        let mut cursor = root.walk();
        let mut statements = Vec::with_capacity(kept.len() + 1);
        for range in root.named_children(&mut cursor).map(|node| node.byte_range()) {
            while kept.next_if(|known| known.range.start < range.start).is_some() {}
            let id = kept.next_if(|known| known.range == range).map_or(self.fresh, |known| known.id);
            self.fresh += u64::from(id == self.fresh);
            statements.push(Statement { range, id });
        }
        self.statements = statements;
    }

    /// Puts something into the place of bytes.
    fn replace(&mut self, from: usize, to: usize, insert: &str) {
        let old_units = units(&self.source[from..to]);
        let first = self.lines.partition_point(|line| line.byte <= from);
        let last = self.lines.partition_point(|line| line.byte <= to);
        let here = Start { byte: from, unit: self.unit(from) };
        let (bytes, units) = (insert.len(), units(insert));
        self.source.replace_range(from..to, insert);
        for line in &mut self.lines[last..] {
            *line = Start { byte: line.byte - (to - from) + bytes, unit: line.unit - old_units + units };
        }
        self.lines.splice(first..last, starts(insert, here));
    }

    /// The byte at a UTF-16 unit; inside a character that is two units, the character's start. Past the end: the end.
    pub fn byte(&self, unit: u32) -> usize {
        let unit = unit as usize;
        let line = self.lines[self.lines.partition_point(|line| line.unit <= unit) - 1];
        let mut seen = line.unit;
        for (at, character) in self.source[line.byte..].char_indices() {
            seen += character.len_utf16();
            if seen > unit {
                return line.byte + at;
            }
        }
        self.source.len()
    }

    /// The UTF-16 unit at a byte.
    fn unit(&self, byte: usize) -> usize {
        let line = self.lines[self.row(byte)];
        line.unit + units(&self.source[line.byte..byte])
    }

    /// The UTF-16 units of a range of bytes.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span { from: self.unit(range.start) as u32, to: self.unit(range.end) as u32 }
    }

    /// The number of the line that a byte is in, counted from 0.
    pub fn row(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.byte <= byte) - 1
    }

    /// Row and column, in bytes, of a byte.
    fn point(&self, at: usize) -> Point {
        let row = self.row(at);
        Point { row, column: at - self.lines[row].byte }
    }

    /// The bytes of a line's first character and of its end, the line counted from 1; the last line for a number past it.
    pub fn line(&self, number: usize) -> Range<usize> {
        let row = number.clamp(1, self.lines.len()) - 1;
        let end = self.lines.get(row + 1).map_or(self.source.len(), |next| next.byte - 1);
        self.lines[row].byte..end
    }
}

/// The lines that begin inside a text which begins at a place.
fn starts(text: &str, place: Start) -> impl Iterator<Item = Start> {
    let mut unit = place.unit;
    text.split_inclusive('\n')
        .scan(0, move |byte, line| {
            *byte += line.len();
            unit += units(line);
            Some((line.ends_with('\n'), Start { byte: place.byte + *byte, unit }))
        })
        .filter_map(|(ends, start)| ends.then_some(start))
}

/// The UTF-16 units of a text.
pub fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn parse(source: &str, old: Option<&Tree>) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).expect("the grammar fits this tree-sitter");
    parser.parse(source, old).expect("a parser with a language and no time limit gives a tree")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: u32, to: u32, insert: &str) -> Change {
        Change { from, to, insert: insert.into() }
    }

    #[test]
    fn edits_give_the_tree_that_the_new_text_has() {
        let mut text = Text::new("def f():\n    return 'ä𝄞'\n\nx = f()\n".into());
        assert!(text.edit(&[change(4, 5, "größe"), change(21, 24, "1 + (2"), change(31, 32, "größe")]));
        assert_eq!(text.source(), "def größe():\n    return '1 + (2'\n\nx = größe()\n");
        assert_eq!(text.root().to_sexp(), Text::new(text.source().into()).root().to_sexp());
        assert!(text.edit(&[change(0, 4, ""), change(12, 12, "\n")]));
        assert_eq!(text.root().to_sexp(), Text::new(text.source().into()).root().to_sexp());
    }

    #[test]
    fn changes_that_do_not_fit_are_not_made() {
        let mut text = Text::new("ab".into());
        assert!(!text.edit(&[change(1, 4, "x")]));
        assert!(!text.edit(&[change(1, 2, "x"), change(0, 1, "y")]));
        assert_eq!(text.source(), "ab");
    }

    #[test]
    fn units_and_bytes() {
        let text = Text::new("aä𝄞b\nc".into());
        assert_eq!([0, 1, 2, 3, 4, 5, 99].map(|unit| text.byte(unit)), [0, 1, 3, 3, 7, 8, 10]);
        assert_eq!(text.span(3..8), Span { from: 2, to: 5 });
        assert_eq!([0, 1, 2, 3].map(|number| text.line(number)), [0..8, 0..8, 9..10, 9..10]);
    }

    #[test]
    fn after_any_edits_places_are_right_and_what_kept_its_number_is_what_it_was() {
        let mut text = Text::new("def f():\n    return 1\n\nclass C:\n    '𝄞ä'\n\nx = f()\ny = 2 # ä\n".into());
        // A generator of pseudo-random numbers (Knuth's), so that a failure can be had again.
        let mut seed = 1_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        let inserts =
            ["", "\n", "x", "'", "\"\"\"", "(", ")", "    ", "\nif a:\n    b\n", "𝄞", "#", "ä = 1\n", "\\\n", "else:", ":", ";"];
        for _ in 0..200 {
            let length = units(text.source());
            let from = next(length + 1);
            let to = (from + next(4) * next(6)).min(length);
            let second = (to + next(40)).min(length);
            let (one, other) = (inserts[next(inserts.len())], inserts[next(inserts.len())]);
            let changes = [change(from as u32, to as u32, one), change(second as u32, second as u32, other)];
            let before = text.clone();
            assert!(text.edit(&changes));
            let anew = Text::new(text.source().into());
            let lines = |text: &Text| text.lines.iter().map(|it| (it.byte, it.unit)).collect::<Vec<_>>();
            assert_eq!(lines(&text), lines(&anew), "{:?}", text.source());
            assert_eq!(text.statements().len(), text.root().named_child_count());
            let node = |text: &Text, index: usize| {
                let node = text.root().named_child(index as u32).expect("there are as many as statements");
                (text.of(node.byte_range()).to_owned(), node.to_sexp())
            };
            for (index, statement) in text.statements().iter().enumerate() {
                if let Some(known) = before.statements().iter().position(|it| it.id == statement.id) {
                    assert_eq!(node(&text, index), node(&before, known));
                }
            }
        }
    }

    #[test]
    fn only_what_an_edit_touches_gets_another_number() {
        let mut text = Text::new("a = 1\ndef f():\n    return a\nb = 2\n".into());
        let ids = |text: &Text| text.statements().iter().map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(ids(&text), [0, 1, 2]);
        assert!(text.edit(&[change(26, 26, "bc")]));
        assert_eq!(ids(&text), [0, 3, 2]);
        assert!(text.edit(&[change(0, 0, "\n\n\n")]));
        assert_eq!(ids(&text).len(), 3);
        assert_eq!(ids(&text)[1..], [3, 2]);
    }
}
