//! Python's grammar: the text in `grammar.txt`, made into the parser's tables while building.

/// The text.
pub const TEXT: &str = include_str!("grammar.txt");
