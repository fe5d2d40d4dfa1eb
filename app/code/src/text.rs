//! A text that is being edited, and its tree.
//!
//! The tree is tree-sitter's, which understands half-typed text and re-reads only what an edit touched. The window counts in UTF-16
//! units, Rust in bytes: this file is the only place that converts.

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
}

impl Text {
    /// Reads a text.
    pub fn new(source: String) -> Text {
        let tree = parse(&source, None);
        Text { source, tree }
    }

    /// The text.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The root of its tree.
    pub fn root(&self) -> Node<'_> {
        self.tree.root_node()
    }

    /// The text of a part.
    pub fn of(&self, range: Range<usize>) -> &str {
        &self.source[range]
    }

    /// Whether `changes` can be made: in order, inside the text, one behind the other.
    fn fits(&self, changes: &[Change]) -> bool {
        let length = self.source.encode_utf16().count() as u32;
        let ordered = changes.windows(2).all(|pair| pair[0].to <= pair[1].from);
        ordered && changes.iter().all(|change| change.from <= change.to && change.to <= length)
    }

    /// Makes changes that were all counted in the text as it is now; answers whether they fit it. Changes that do not are not made.
    #[must_use]
    pub fn edit(&mut self, changes: &[Change]) -> bool {
        if !self.fits(changes) {
            return false;
        }
        // From the end on, so that the places of the earlier ones stay true.
        for change in changes.iter().rev() {
            let (from, to) = (self.byte(change.from), self.byte(change.to));
            let (start, old_end) = (point(&self.source, from), point(&self.source, to));
            self.source.replace_range(from..to, &change.insert);
            let end = from + change.insert.len();
            self.tree.edit(&InputEdit {
                start_byte: from,
                old_end_byte: to,
                new_end_byte: end,
                start_position: start,
                old_end_position: old_end,
                new_end_position: point(&self.source, end),
            });
        }
        self.tree = parse(&self.source, Some(&self.tree));
        true
    }

    /// The byte at a UTF-16 unit; inside a character that is two units, the character's start. Past the end: the end.
    pub fn byte(&self, unit: u32) -> usize {
        let mut units = 0;
        for (at, character) in self.source.char_indices() {
            units += character.len_utf16() as u32;
            if units > unit {
                return at;
            }
        }
        self.source.len()
    }

    /// The UTF-16 units of a range of bytes.
    pub fn span(&self, range: Range<usize>) -> Span {
        let units = |text: &str| text.chars().map(|character| character.len_utf16() as u32).sum::<u32>();
        let from = units(&self.source[..range.start]);
        Span { from, to: from + units(&self.source[range]) }
    }

    /// The bytes of a line's first character and of its end, the line counted from 1; the last line for a number past it.
    pub fn line(&self, number: usize) -> Range<usize> {
        let starts = std::iter::once(0).chain(self.source.match_indices('\n').map(|(at, _)| at + 1));
        let start = starts.take(number.max(1)).last().expect("a text has a line");
        let end = self.source[start..].find('\n').map_or(self.source.len(), |length| start + length);
        start..end
    }
}

fn parse(source: &str, old: Option<&Tree>) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_python::LANGUAGE.into()).expect("the grammar fits this tree-sitter");
    parser.parse(source, old).expect("a parser with a language and no time limit gives a tree")
}

/// Row and column, in bytes, of a byte.
fn point(source: &str, at: usize) -> Point {
    let before = &source.as_bytes()[..at];
    let row = before.iter().filter(|byte| **byte == b'\n').count();
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    Point { row, column: at - start }
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
}
