//! Puts a text in order: indentation by four spaces, blank lines, spaces at the ends of lines, one line end at the end.
//!
//! It is careful rather than thorough: what stands within a line is the writer's. A text with a mistake in it is left alone, and so is one
//! whose tree would not be the same afterwards, token by token; so formatting never changes what a program means. The result is a list of
//! small changes, which leave caret and undo of an editor where they are.

use crate::text::{Change, Text};
use std::ops::Range;
use tree_sitter::{Node, TreeCursor};

/// A level of indentation.
const STEP: usize = 4;

/// What shall stand in the place of bytes.
type Edit = (Range<usize>, String);

/// The changes that put a text in order; none if it is, or if it cannot be done safely.
pub fn changes(text: &Text) -> Vec<Change> {
    if text.root().has_error() {
        return Vec::new();
    }
    let edits = edits(text);
    let changes = in_units(text.source(), &edits);
    let mut after = text.clone();
    let is_safe = after.edit(&changes) && same(text, &Text::new(after.source().to_owned()));
    if is_safe { changes } else { Vec::new() }
}

/// A line as the formatter sees it.
struct Line {
    /// Its bytes, without the line end.
    range: Range<usize>,
    /// It begins inside a text literal, and stays as it is there.
    begins_inside: bool,
    /// It ends inside one.
    ends_inside: bool,
    /// It is the first of a statement, that many blocks deep.
    depth: Option<usize>,
    /// It begins a function or class, with its decorators.
    defines: bool,
    /// A function or class ended above: no other line of it follows.
    after_definition: bool,
}

impl Line {
    fn text<'t>(&self, source: &'t str) -> &'t str {
        &source[self.range.clone()]
    }

    fn is_blank(&self, source: &str) -> bool {
        !self.begins_inside && !self.ends_inside && self.text(source).trim().is_empty()
    }

    fn is_comment(&self, source: &str) -> bool {
        !self.begins_inside && self.text(source).trim_start().starts_with('#')
    }
}

fn edits(text: &Text) -> Vec<Edit> {
    let source = text.source();
    let lines = lines(text);
    let indents = indents(source, &lines);
    let mut edits = Vec::new();
    let mut above: Option<usize> = None;
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank(source)) {
        let wanted = match above {
            None => 0,
            Some(above) => blanks(source, &lines, &indents, above, number),
        };
        let gap = above.map_or(0, |above| lines[above].range.end)..line.range.start;
        let newlines = wanted + usize::from(above.is_some());
        push(&mut edits, source, gap, "\n".repeat(newlines));
        if let Some(indent) = indents[number] {
            let written = line.text(source).len() - line.text(source).trim_start().len();
            push(&mut edits, source, line.range.start..line.range.start + written, " ".repeat(indent));
        }
        if !line.ends_inside {
            let end = line.range.start + line.text(source).trim_end().len();
            push(&mut edits, source, end..line.range.end, String::new());
        }
        above = Some(number);
    }
    let end = above.map_or(0, |above| lines[above].range.end);
    push(&mut edits, source, end..source.len(), if above.is_some() { "\n".into() } else { String::new() });
    joined(edits)
}

fn push(edits: &mut Vec<Edit>, source: &str, range: Range<usize>, text: String) {
    if source[range.clone()] != text {
        edits.push((range, text));
    }
}

/// Edits that touch become one: changes that come together must stand one behind the other.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut all: Vec<Edit> = Vec::new();
    for (range, text) in edits {
        match all.last_mut().filter(|(last, _)| last.end == range.start) {
            Some((last, before)) => {
                last.end = range.end;
                before.push_str(&text);
            }
            None => all.push((range, text)),
        }
    }
    all
}

/// How many blank lines belong between two lines that have none between them but blank ones.
fn blanks(source: &str, lines: &[Line], indents: &[Option<usize>], above: usize, number: usize) -> usize {
    let written = number - above - 1;
    let (before, line) = (&lines[above], &lines[number]);
    if line.begins_inside {
        return written;
    }
    let indent = indents[number].unwrap_or(0);
    let most = if indent == 0 { 2 } else { 1 };
    // A comment right above a definition belongs to it.
    let ahead = (number..lines.len()).take_while(|&at| lines[at].is_comment(source) && indents[at] == Some(indent)).count();
    let head = lines.get(number + ahead);
    let is_head = head.is_some_and(|head| head.defines && indents[number + ahead] == Some(indent));
    let is_attached = before.is_comment(source) && written == 0 && indents[above] == Some(indent);
    let begins_block = indents[above].is_some_and(|above| above < indent) && !before.is_comment(source);
    let stands_apart = (is_head || line.after_definition) && !is_attached && !begins_block;
    if stands_apart { most } else { written.min(most) }
}

/// The indentation that each line shall have; nothing for what stays as it is.
fn indents(source: &str, lines: &[Line]) -> Vec<Option<usize>> {
    let mut indents: Vec<Option<usize>> = lines.iter().map(|line| line.depth.map(|depth| depth * STEP)).collect();
    let width = |line: &Line| width(line.text(source));
    // Lines that go on move with their statement; a comment goes where its old neighbours of the same indentation go.
    let mut moved: Vec<(usize, usize)> = vec![(0, 0)];
    for number in 0..lines.len() {
        let line = &lines[number];
        if line.begins_inside || line.is_blank(source) {
            continue;
        }
        if let Some(indent) = indents[number] {
            moved.retain(|(old, _)| *old < width(line));
            moved.push((width(line), indent));
        } else if line.is_comment(source) {
            let below =
                (number..lines.len()).find(|&at| lines[at].depth.is_some()).filter(|&at| width(&lines[at]) == width(line));
            let known = moved.iter().find(|(old, _)| *old == width(line)).map(|(_, new)| *new);
            let last = moved.iter().rfind(|(old, _)| *old <= width(line)).map_or(0, |(old, new)| new + width(line) - old);
            indents[number] = below.and_then(|at| lines[at].depth).map(|depth| depth * STEP).or(known).or(Some(last));
        } else {
            let (old, new) = *moved.last().expect("the outermost stays");
            indents[number] = Some((width(line) + new).saturating_sub(old));
        }
    }
    indents
}

/// How wide the white space is that a line begins with; a tab reaches to the next eighth column, as Python counts.
fn width(text: &str) -> usize {
    let white = text.chars().take_while(|character| [' ', '\t'].contains(character));
    white.fold(0, |width, character| if character == '\t' { (width / 8 + 1) * 8 } else { width + 1 })
}

fn lines(text: &Text) -> Vec<Line> {
    let source = text.source();
    let mut lines = Vec::new();
    let mut start = 0;
    for part in source.split('\n') {
        let range = start..start + part.len();
        start = range.end + 1;
        lines.push(Line {
            range,
            begins_inside: false,
            ends_inside: false,
            depth: None,
            defines: false,
            after_definition: false,
        });
    }
    visit(text.root(), 0, &mut lines, source);
    lines
}

/// Notes on the lines what the tree says of them.
fn visit(node: Node, depth: usize, lines: &mut [Line], source: &str) {
    let (first, last) = (node.start_position().row, node.end_position().row);
    if node.kind() == "string" {
        for line in &mut lines[first..last] {
            line.ends_inside = true;
        }
        for line in &mut lines[first + 1..=last] {
            line.begins_inside = true;
        }
    }
    let leads = lines[first].text(source).len() - lines[first].text(source).trim_start().len() == node.start_position().column;
    if leads && node.kind() != "comment" && is_statement(&node) {
        lines[first].depth.get_or_insert(depth);
    }
    if is_definition(&node) && node.parent().is_some_and(|parent| parent.kind() != "decorated_definition") {
        lines[first].defines |= leads;
        let next = node.next_named_sibling();
        if let Some(next) = next.filter(|next| next.start_position().row > last) {
            lines[next.start_position().row].after_definition = true;
        }
    }
    let inner = depth + usize::from(node.kind() == "block");
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        visit(child, inner, lines, source);
    }
}

fn is_definition(node: &Node) -> bool {
    matches!(node.kind(), "function_definition" | "class_definition" | "decorated_definition")
}

/// Whether a node begins a line of its own: a statement, or what goes on with one.
fn is_statement(node: &Node) -> bool {
    let clause = matches!(
        node.kind(),
        "elif_clause" | "else_clause" | "except_clause" | "except_group_clause" | "finally_clause" | "case_clause" | "decorator"
    );
    clause || node.parent().is_some_and(|parent| matches!(parent.kind(), "module" | "block" | "decorated_definition"))
}

/// Whether two texts are the same token by token, and in the same order of things.
fn same(one: &Text, other: &Text) -> bool {
    let mut left = one.root().walk();
    let mut right = other.root().walk();
    loop {
        let (a, b) = (left.node(), right.node());
        let is_leaf = a.child_count() == 0;
        let words = |text: &str| text.trim_end().to_owned();
        let is_same_text = || words(one.of(a.byte_range())) == words(other.of(b.byte_range()));
        if a.kind() != b.kind() || a.child_count() != b.child_count() || is_leaf && !is_same_text() {
            return false;
        }
        match (advance(&mut left), advance(&mut right)) {
            (true, true) => {}
            (ended, other_ended) => return ended == other_ended,
        }
    }
}

/// To the next node, from the outside in; false behind the last.
fn advance(cursor: &mut TreeCursor) -> bool {
    if cursor.goto_first_child() || cursor.goto_next_sibling() {
        return true;
    }
    while cursor.goto_parent() {
        if cursor.goto_next_sibling() {
            return true;
        }
    }
    false
}

/// Counts in the window's units, in one go through the text.
fn in_units(source: &str, edits: &[Edit]) -> Vec<Change> {
    let (mut unit, mut byte) = (0, 0);
    let mut to = |at: usize| {
        unit += source[byte..at].chars().map(|character| character.len_utf16() as u32).sum::<u32>();
        byte = at;
        unit
    };
    edits.iter().map(|(range, insert)| Change { from: to(range.start), to: to(range.end), insert: insert.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(source: &str) -> String {
        let mut text = Text::new(source.into());
        let changes = changes(&text);
        assert!(text.edit(&changes));
        text.source().to_owned()
    }

    #[track_caller]
    fn check(source: &str, wanted: &str) {
        let once = format(source);
        assert_eq!(once, wanted);
        assert_eq!(format(&once), once, "a second time changes nothing");
    }

    #[test]
    fn spaces_and_blank_lines() {
        check("\n\nx = 1  \n\n\n\n\ny = 2\t\n\n\n", "x = 1\n\n\ny = 2\n");
        check("x = 1", "x = 1\n");
        check("", "");
        check("\n \n", "");
    }

    #[test]
    fn definitions_stand_apart() {
        check(
            "import os\n# about f\n@deco\ndef f():\n  pass\nx = 1\nclass A:\n  def a(self): pass\n  # b\n  def b(self): pass\n\n\n  c = 1\n",
            "import os\n\n\n# about f\n@deco\ndef f():\n    pass\n\n\nx = 1\n\n\nclass A:\n    def a(self): pass\n\n    # b\n    def b(self): pass\n\n    c = 1\n",
        );
        check("if x:\n  def f(): pass\nelse:\n  f = None\n", "if x:\n    def f(): pass\nelse:\n    f = None\n");
    }

    #[test]
    fn indentation_by_four_with_what_goes_on() {
        check(
            "def f(a,\n      b):\n\tif a:\n\t\treturn [a,\n\t\t\tb]\n\t# why\n\telse:\n\t\ttry: pass\n\t\texcept E: pass\n",
            "def f(a,\n      b):\n    if a:\n        return [a,\n                b]\n    # why\n    else:\n        try: pass\n        except E: pass\n",
        );
        check("match x:\n  case 1:\n    y\n  case _:\n    z\n", "match x:\n    case 1:\n        y\n    case _:\n        z\n");
    }

    #[test]
    fn texts_stay_as_they_are() {
        check(
            "def f():\n  s = '''a  \n\n\n\n b\\\n'''  \n  return s\n",
            "def f():\n    s = '''a  \n\n\n\n b\\\n'''\n    return s\n",
        );
        check("x = 'ä𝄞'  \ny = 1  \n", "x = 'ä𝄞'\ny = 1\n");
    }

    #[test]
    fn what_is_no_python_is_left_alone() {
        let broken = "def f(:\n  x = 1  \n";
        assert_eq!(format(broken), broken);
    }

    /// The interpreter's own modules, which nobody wrote for this test.
    #[test]
    fn every_module_keeps_its_tree_and_stays_as_it_is_the_second_time() {
        let library = crate::library::Library::new(Default::default());
        let mut changed = 0;
        for name in library.modules() {
            let Some(source) = library.python(&name) else { continue };
            // Two spaces instead of four, so that there is something to do.
            let thin: String = source.split_inclusive('\n').map(|line| line.replacen("    ", "  ", 1)).collect();
            for source in [source, &thin] {
                let text = Text::new(source.into());
                let once = format(source);
                assert!(text.root().has_error() || same(&text, &Text::new(once.clone())), "{name}");
                assert_eq!(format(&once), once, "{name}");
                changed += usize::from(once != source);
            }
        }
        assert!(changed > 10, "{changed}");
    }
}
