//! The functions and classes of a text, in the order in which they stand there.

use crate::meaning::File;
use serde::Serialize;
use ts_rs::TS;

/// What stands behind a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// `def` or `async def`.
    Function,
    /// `class`.
    Class,
}

/// One line of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutlineItem {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// How many functions and classes it lies in.
    pub depth: u32,
    /// The line of `def` or `class`, from 1.
    pub line: u32,
    /// The last line of its body.
    pub last_line: u32,
}

/// The outline of a text. Broken text gives the outline of what can be understood.
pub fn of(file: &File) -> Vec<OutlineItem> {
    let line = |byte: usize| u32::try_from(file.text.row(byte) + 1).unwrap_or(u32::MAX);
    let items = file.scopes().definitions().map(|it| OutlineItem {
        kind: if it.is_class { Kind::Class } else { Kind::Function },
        name: file.text.of(it.name).to_owned(),
        depth: it.depth,
        line: line(it.range.start),
        last_line: line(it.range.end),
    });
    items.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn read(source: &str) -> File {
        File::new(None, Text::new(source.into()), Vec::new())
    }

    /// The outline as indented text: `kind name first-last`.
    #[track_caller]
    fn check(source: &str, expected: &str) {
        let lines: Vec<String> = of(&read(source))
            .iter()
            .map(|item| {
                let kind = if item.kind == Kind::Class { "class" } else { "def" };
                format!("{}{kind} {} {}-{}", "  ".repeat(item.depth as usize), item.name, item.line, item.last_line)
            })
            .collect();
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn functions_classes_and_what_they_hold() {
        check(
            "import x\nclass Lamp:\n    def on(self):\n        pass\n\n    async def off(self):\n        def inner(): pass\n\ndef main():\n    pass\n",
            "class Lamp 2-7\n  def on 3-4\n  def off 6-7\n    def inner 7-7\ndef main 9-10",
        );
    }

    #[test]
    fn decorated_and_conditional() {
        check("@x\n@y(1)\ndef f():\n    pass\nif a:\n    def g():\n        pass\n", "def f 3-4\ndef g 6-7");
    }

    #[test]
    fn broken_text_keeps_what_stands_below_it() {
        check("def f():\n    x = = 3\n\ndef good():\n    return 1\n", "def f 1-2\ndef good 4-5");
    }

    #[test]
    fn nothing_and_names_beyond_ascii() {
        check("", "");
        check("def größe(): pass", "def größe 1-1");
    }

    #[test]
    fn deep_nesting_does_not_overflow() {
        of(&read(&"(".repeat(20_000)));
    }
}
