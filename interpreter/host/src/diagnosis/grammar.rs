//! `grammar.txt`, made into what `machine` runs.

use super::token::Token;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A part of an alternative.
#[derive(Debug)]
pub enum Item {
    /// A token of this text; hard keywords and operators.
    Text(&'static str),
    /// A name of this text.
    Word(&'static str),
    /// Any token of this kind. A keyword is no name.
    Token(Token),
    /// Any token.
    Any,
    /// A name that is a keyword elsewhere.
    Soft,
    Rule(usize),
    /// As a rule, and nothing in it looks for mistakes.
    Quiet(Box<Item>),
    Group(Vec<Alternative>),
    Option(Vec<Alternative>),
    Any0(Vec<Alternative>),
    Many(Box<Item>),
    Separated(Box<Item>, Box<Item>),
    Follows(Box<Item>),
    Lacks(Box<Item>),
    Forced(&'static str),
    Cut,
    Named(u8, Box<Item>),
    Make(&'static str),
    Check(&'static str),
}

#[derive(Debug)]
pub struct Alternative {
    pub items: Vec<Item>,
    /// Whether it is a mistake.
    pub is_wrong: bool,
    pub says: Option<Saying>,
}

/// What is behind `=>`.
#[derive(Debug)]
pub struct Saying {
    pub how: How,
    pub text: String,
    pub place: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Syntax,
    Indent,
    Star,
    Delete,
    For,
}

#[derive(Debug)]
pub struct Rule {
    pub alternatives: Vec<Alternative>,
    pub remembers: bool,
}

pub struct Grammar {
    pub rules: Vec<Rule>,
    names: HashMap<&'static str, usize>,
}

pub const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
];

impl Grammar {
    pub fn get() -> &'static Grammar {
        static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
        GRAMMAR.get_or_init(|| Grammar::read(include_str!("grammar.txt")))
    }

    pub fn rule(&self, name: &str) -> usize {
        *self.names.get(name).unwrap_or_else(|| panic!("the grammar has no rule {name}"))
    }

    fn read(text: &'static str) -> Grammar {
        let mut grammar = Grammar { rules: Vec::new(), names: HashMap::new() };
        let is_heading = |line: &&str| line.starts_with(|letter: char| letter.is_ascii_lowercase());
        for (number, line) in text.lines().filter(is_heading).enumerate() {
            let name = line.split([' ', '*']).next().expect("a line has a beginning");
            let twice = grammar.names.insert(name, number);
            assert!(twice.is_none(), "the grammar has two rules {name}");
        }
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut reader = Words { words: lines.flat_map(words).collect(), at: 0, grammar: &grammar };
        let mut rules = Vec::new();
        while reader.at < reader.words.len() {
            let heading = reader.next();
            let remembers = heading.ends_with('*');
            assert_eq!(reader.next(), "=", "behind the rule {heading}");
            rules.push(Rule { alternatives: reader.alternatives(), remembers });
        }
        grammar.rules = rules;
        grammar
    }
}

/// A line's words; the heading of a rule is `name` or `name*`.
fn words(line: &'static str) -> Vec<&'static str> {
    let (mut words, mut rest) = (Vec::new(), line);
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return words };
        let length = match first {
            '\'' => 2 + rest[1..].find('\'').expect("a quote is closed"),
            '"' => {
                let bytes = rest.as_bytes();
                2 + (1..).take_while(|at| bytes[*at] != b'"' || bytes[*at - 1] == b'\\').count()
            }
            '=' if rest.starts_with("=>") => 2,
            letter if letter.is_ascii_alphanumeric() || letter == '_' => {
                let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
                end + (rest[end..].starts_with("* =")) as usize
            }
            '&' if rest.starts_with("&&") => 2,
            _ => 1,
        };
        let (word, behind) = rest.split_at(length);
        words.push(word);
        rest = behind;
    }
}

struct Words<'g> {
    words: Vec<&'static str>,
    at: usize,
    grammar: &'g Grammar,
}

impl Words<'_> {
    fn peek(&self) -> &'static str {
        self.words.get(self.at).copied().unwrap_or("")
    }

    fn next(&mut self) -> &'static str {
        self.at += 1;
        self.words[self.at - 1]
    }

    fn accept(&mut self, word: &str) -> bool {
        let found = self.peek() == word;
        self.at += found as usize;
        found
    }

    /// Whether the next word begins a rule.
    fn at_heading(&self) -> bool {
        let is_name = self.peek().starts_with(|letter: char| letter.is_ascii_lowercase());
        is_name && self.words.get(self.at + 1) == Some(&"=")
    }

    fn alternatives(&mut self) -> Vec<Alternative> {
        let mut all = vec![self.alternative()];
        while self.accept("|") {
            all.push(self.alternative());
        }
        all
    }

    fn alternative(&mut self) -> Alternative {
        let is_wrong = self.accept("?");
        let mut items = Vec::new();
        while !matches!(self.peek(), "" | "|" | ")" | "]" | "}" | "=>") && !self.at_heading() {
            items.push(self.item());
        }
        let says = self.accept("=>").then(|| self.saying());
        Alternative { items, is_wrong, says }
    }

    fn saying(&mut self) -> Saying {
        let how = match self.peek() {
            "indent" => How::Indent,
            "star" => How::Star,
            "del" => How::Delete,
            "for" => How::For,
            _ => How::Syntax,
        };
        self.at += (how != How::Syntax) as usize;
        let text = match how {
            How::Syntax | How::Indent => {
                let word = self.next();
                word[1..word.len() - 1].replace("\\\"", "\"")
            }
            How::Delete => "cannot delete {a}".into(),
            How::Star | How::For => "cannot assign to {a}".into(),
        };
        let is_place = matches!(self.peek(), "a" | "t" | "l" | "<");
        let place = match is_place && !self.at_heading() {
            false => "",
            true => match (self.next(), self.peek()) {
                ("<", _) => {
                    self.at += 1;
                    "<a"
                }
                ("a", "-") => {
                    self.at += 1;
                    if self.accept("b") { "a-b" } else { "a-" }
                }
                ("t", _) => {
                    self.at += 2;
                    "t-a"
                }
                ("l", _) => {
                    self.at += 2;
                    "l-b"
                }
                _ => "a",
            },
        };
        Saying { how, text, place }
    }

    fn item(&mut self) -> Item {
        let item = self.plain_item();
        match self.peek() {
            "+" => {
                self.at += 1;
                Item::Many(Box::new(item))
            }
            "%" => {
                self.at += 1;
                Item::Separated(Box::new(item), Box::new(self.plain_item()))
            }
            _ => item,
        }
    }

    fn plain_item(&mut self) -> Item {
        let word = self.next();
        let ends = |reader: &mut Self, bracket: &str| assert_eq!(reader.next(), bracket, "the grammar's brackets");
        match word {
            "(" | "[" | "{" => {
                let inner = self.alternatives();
                match word {
                    "(" => {
                        ends(self, ")");
                        Item::Group(inner)
                    }
                    "[" => {
                        ends(self, "]");
                        Item::Option(inner)
                    }
                    _ => {
                        ends(self, "}");
                        Item::Any0(inner)
                    }
                }
            }
            "&" => Item::Follows(Box::new(self.plain_item())),
            "!" => Item::Lacks(Box::new(self.plain_item())),
            "&&" => Item::Forced(unquoted(self.next())),
            "~" => Item::Cut,
            "^" => Item::Make(self.next()),
            "@" => Item::Check(self.next()),
            "-" => Item::Quiet(Box::new(self.plain_item())),
            "NAME" => Item::Token(Token::Name),
            "NUMBER" => Item::Token(Token::Number),
            "STRING" => Item::Token(Token::String),
            "FSTART" => Item::Token(Token::FStart),
            "FMIDDLE" => Item::Token(Token::FMiddle),
            "FEND" => Item::Token(Token::FEnd),
            "NEWLINE" => Item::Token(Token::Newline),
            "INDENT" => Item::Token(Token::Indent),
            "DEDENT" => Item::Token(Token::Dedent),
            "END" => Item::Token(Token::End),
            "TOKEN" => Item::Any,
            "SOFT" => Item::Soft,
            _ if word.starts_with('\'') => Item::Text(unquoted(word)),
            _ if word.starts_with('"') => Item::Word(unquoted(word)),
            "a" | "b" if self.accept(":") => {
                let inner = self.plain_item();
                let inner = match self.accept("+") {
                    true => Item::Many(Box::new(inner)),
                    false => inner,
                };
                Item::Named(word.as_bytes()[0], Box::new(inner))
            }
            _ => Item::Rule(self.grammar.rule(word)),
        }
    }
}

fn unquoted(word: &'static str) -> &'static str {
    &word[1..word.len() - 1]
}
