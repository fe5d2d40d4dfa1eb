//! Runs the grammar over tokens: once to know what the text is, and a second time to find the mistake.

use super::grammar::{Alternative, Grammar, How, Item, KEYWORDS, Saying};
use super::token::{Lexeme, Token, Tokens};
use super::{End, Message, Span};
use interpreter::compile::diagnosis::Mistake as Kind;
use interpreter::source::Mode;
use std::collections::HashMap;

/// A part of the text that the grammar has a name for.
pub struct Node {
    pub kind: &'static str,
    /// Its tokens.
    pub first: usize,
    pub end: usize,
    pub children: Vec<usize>,
}

/// Nodes, and behind which token they end.
type Found = Option<(usize, Vec<usize>)>;
/// A message, or nothing for a text that is too deep or takes too long.
type Failure = Option<Message>;

/// Rules within rules.
const DEEPEST: usize = 60_000;
/// Tokens that are looked at.
const MOST: usize = 40_000_000;

pub struct Machine<'t> {
    pub text: &'t str,
    tokens: &'t Tokens,
    mode: Mode,
    grammar: &'static Grammar,
    pub nodes: Vec<Node>,
    memory: HashMap<(usize, usize), Found>,
    /// How many tokens were looked at.
    seen: usize,
    looks_for_mistakes: bool,
    depth: usize,
    steps: usize,
}

/// What an alternative has so far.
struct Work {
    start: usize,
    nodes: Vec<usize>,
    names: [Option<Named>; 2],
    is_cut: bool,
}

/// What an item of this name is: its tokens, and its node if it is one.
#[derive(Clone, Copy)]
struct Named {
    first: usize,
    end: usize,
    node: Option<usize>,
    last: Option<usize>,
}

impl<'t> Machine<'t> {
    pub fn new(text: &'t str, tokens: &'t Tokens, mode: Mode) -> Machine<'t> {
        Machine {
            text,
            tokens,
            mode,
            grammar: Grammar::get(),
            nodes: Vec::new(),
            memory: HashMap::new(),
            seen: 0,
            looks_for_mistakes: false,
            depth: 0,
            steps: 0,
        }
    }

    /// The nodes of the whole text.
    pub fn read(&mut self) -> Result<Vec<usize>, Failure> {
        let rule = self.grammar.rule(match self.mode {
            Mode::File => "file",
            Mode::Single => "single",
            Mode::Eval => "eval",
        });
        if let Some((end, nodes)) = self.rule(rule, 0)? {
            let is_single = self.mode != Mode::Single || self.token(end).token == Token::End || self.only_blank(end);
            return match is_single {
                true => Ok(nodes),
                false => Err(Some(
                    self.message_at(end.saturating_sub(1), "multiple statements found while compiling a single statement"),
                )),
            };
        }
        let last = self.seen - 1;
        (self.memory, self.looks_for_mistakes) = (HashMap::new(), true);
        match self.rule(rule, 0) {
            Err(Some(message)) => Err(Some(self.or_what_is_behind(message))),
            Err(None) => Err(None),
            Ok(_) => Err(Some(self.invalid(last))),
        }
    }

    fn only_blank(&self, from: usize) -> bool {
        self.tokens.all[from.min(self.tokens.all.len())..]
            .iter()
            .all(|lexeme| !matches!(lexeme.token, Token::Name | Token::Number | Token::String | Token::Operator | Token::FStart))
    }

    fn invalid(&self, last: usize) -> Message {
        let lexeme = self.token(last);
        let (kind, text) = match lexeme.token {
            Token::Indent => (Kind::Indentation, "unexpected indent"),
            Token::Dedent => (Kind::Indentation, "unexpected unindent"),
            _ => (Kind::Syntax, "invalid syntax"),
        };
        if self.mode == Mode::Eval && lexeme.token == Token::Newline && lexeme.start == self.text.len() {
            // An expression whose line has no end: CPython does not know where it stopped.
            let line = self.text.rfind('\n').map_or(0, |end| end + 1);
            let span = Span { is_blank: true, ..Span::open(line, 0) };
            return Message { kind, text: text.into(), span, ends_line: false };
        }
        match kind {
            Kind::Syntax => self.or_what_is_behind(self.message_at(last, text)),
            _ => Message { kind, ..self.message_at_last(text) },
        }
    }

    /// What is wrong with the characters further on is more to the point than what came of it here.
    fn or_what_is_behind(&self, message: Message) -> Message {
        if let Some(wrong) = &self.tokens.wrong {
            return wrong.clone();
        }
        let seen = self.token(self.seen.saturating_sub(1));
        match self.tokens.unclosed.filter(|_| self.tokens.is_cut) {
            Some(open) if self.line_of(seen.start) > self.line_of(open) => self.unclosed(open),
            _ => message,
        }
    }

    fn line_of(&self, at: usize) -> usize {
        self.text[..at.min(self.text.len())].matches('\n').count() + 1
    }

    fn unclosed(&self, open: usize) -> Message {
        let bracket = &self.text[open..open + 1];
        let text = format!("'{bracket}' was never closed");
        let is_last = !self.text[open..].trim_end_matches('\n').contains('\n');
        Message { kind: Kind::Syntax, text, span: Span::open(open, 0), ends_line: is_last }
    }

    /// The token `Wrong` was reached.
    fn wrong(&self) -> Failure {
        if let Some(wrong) = &self.tokens.wrong {
            return Some(wrong.clone());
        }
        if self.tokens.is_unknown {
            return None;
        }
        match self.tokens.unclosed {
            Some(open) => Some(self.unclosed(open)),
            None => Some(Message {
                kind: Kind::Syntax,
                text: "unexpected EOF while parsing".into(),
                span: Span::open(self.text.len(), -1),
                ends_line: true,
            }),
        }
    }

    pub fn token(&self, index: usize) -> Lexeme {
        self.tokens.all[index.min(self.tokens.all.len() - 1)]
    }

    pub fn text_of(&self, index: usize) -> &'t str {
        let lexeme = self.token(index);
        &self.text[lexeme.start..lexeme.end]
    }

    /// The text from one token to before another.
    pub fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.token(first).start, self.token(end.max(first + 1) - 1).end)
    }

    fn message_at(&self, index: usize, text: &str) -> Message {
        Message { kind: Kind::Syntax, text: text.into(), span: self.span(index, index + 1), ends_line: true }
    }

    /// At the last token that was looked at. Ends of blocks and of the text have no place of their own: it is where the lexer stands.
    fn message_at_last(&self, text: &str) -> Message {
        let last = self.token(self.seen - 1);
        match last.token {
            Token::Dedent | Token::Indent | Token::End => {
                let is_blank = !self.text[last.start..].trim_end().is_empty();
                let span = Span { is_blank, ..Span::open(last.start, -1) };
                Message { kind: Kind::Syntax, text: text.into(), span, ends_line: true }
            }
            _ => self.message_at(self.seen - 1, text),
        }
    }

    fn look(&mut self, at: usize) -> Result<Lexeme, Failure> {
        self.steps += 1;
        if self.steps > MOST {
            return Err(None);
        }
        let index = at.min(self.tokens.all.len() - 1);
        self.seen = self.seen.max(index + 1);
        let lexeme = self.tokens.all[index];
        if lexeme.token == Token::Wrong { Err(self.wrong()) } else { Ok(lexeme) }
    }

    fn rule(&mut self, rule: usize, at: usize) -> Result<Found, Failure> {
        let grammar = self.grammar;
        let remembers = grammar.rules[rule].remembers;
        if remembers && let Some(found) = self.memory.get(&(rule, at)) {
            return Ok(found.clone());
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(None);
        }
        let mut work = Work { start: at, nodes: Vec::new(), names: [None; 2], is_cut: false };
        let found = self.alternatives(&grammar.rules[rule].alternatives, at, &mut work, true)?.map(|end| (end, work.nodes));
        self.depth -= 1;
        if remembers {
            self.memory.insert((rule, at), found.clone());
        }
        Ok(found)
    }

    /// Tries them in turn; `is_own` says that they are a rule's or a group's.
    fn alternatives(
        &mut self,
        all: &'static [Alternative],
        at: usize,
        work: &mut Work,
        is_own: bool,
    ) -> Result<Option<usize>, Failure> {
        let count = work.nodes.len();
        for alternative in all {
            if alternative.is_wrong && !self.looks_for_mistakes {
                continue;
            }
            if is_own {
                work.is_cut = false;
            }
            let mut end = Some(at);
            let kept = if is_own { None } else { Some(work.nodes.clone()) };
            for item in &alternative.items {
                end = self.item(item, end.expect("the loop ends with it"), work)?;
                if end.is_none() {
                    break;
                }
            }
            if let Some(end) = end {
                match &alternative.says {
                    None => return Ok(Some(end)),
                    Some(saying) => {
                        if let Some(message) = self.say(saying, work) {
                            return Err(Some(message));
                        }
                    }
                }
            }
            match kept {
                Some(nodes) => work.nodes = nodes,
                None => work.nodes.truncate(count),
            }
            if is_own && work.is_cut {
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Alternatives with nodes of their own, which are then added.
    fn group(&mut self, all: &'static [Alternative], at: usize, work: &mut Work) -> Result<Option<usize>, Failure> {
        let mut inner = Work { start: at, nodes: Vec::new(), names: [None; 2], is_cut: false };
        let end = self.alternatives(all, at, &mut inner, true)?;
        if end.is_some() {
            work.nodes.append(&mut inner.nodes);
        }
        Ok(end)
    }

    fn item(&mut self, item: &'static Item, at: usize, work: &mut Work) -> Result<Option<usize>, Failure> {
        let one = |fits: bool| Ok(fits.then_some(at + 1));
        match item {
            Item::Text(text) => {
                let lexeme = self.look(at)?;
                one(matches!(lexeme.token, Token::Operator | Token::Name) && self.text_of(at) == *text)
            }
            Item::Word(text) => {
                let lexeme = self.look(at)?;
                one(lexeme.token == Token::Name && self.text_of(at) == *text)
            }
            Item::Token(token) => {
                let lexeme = self.look(at)?;
                one(lexeme.token == *token && (*token != Token::Name || !KEYWORDS.contains(&self.text_of(at))))
            }
            Item::Any => {
                self.look(at)?;
                one(true)
            }
            Item::Soft => {
                let lexeme = self.look(at)?;
                one(lexeme.token == Token::Name && matches!(self.text_of(at), "match" | "case" | "_" | "type"))
            }
            Item::Rule(rule) => Ok(self.rule(*rule, at)?.map(|(end, nodes)| {
                work.nodes.extend(nodes);
                end
            })),
            Item::Quiet(inner) => {
                let looked = std::mem::replace(&mut self.looks_for_mistakes, false);
                let found = self.item(inner, at, work);
                self.looks_for_mistakes = looked;
                found
            }
            Item::Group(all) => self.group(all, at, work),
            Item::Option(all) => Ok(Some(self.alternatives(all, at, work, false)?.unwrap_or(at))),
            Item::Any0(all) => {
                let mut at = at;
                while let Some(end) = self.alternatives(all, at, work, false)? {
                    if end == at {
                        break;
                    }
                    at = end;
                }
                Ok(Some(at))
            }
            Item::Many(inner) => {
                let Some(mut at) = self.item(inner, at, work)? else { return Ok(None) };
                while let Some(end) = self.item(inner, at, work)? {
                    at = end;
                }
                Ok(Some(at))
            }
            Item::Separated(inner, separator) => {
                let Some(mut at) = self.item(inner, at, work)? else { return Ok(None) };
                while let Some(behind) = self.item(separator, at, work)? {
                    let Some(end) = self.item(inner, behind, work)? else { break };
                    at = end;
                }
                Ok(Some(at))
            }
            Item::Follows(inner) => Ok(self.ahead(inner, at)?.map(|_| at)),
            Item::Lacks(inner) => Ok(if self.ahead(inner, at)?.is_some() { None } else { Some(at) }),
            Item::Forced(text) => {
                let found = self.look(at)?;
                if matches!(found.token, Token::Operator | Token::Name) && self.text_of(at) == *text {
                    return Ok(Some(at + 1));
                }
                match self.looks_for_mistakes {
                    true => Err(Some(self.message_at(at, &format!("expected '{text}'")))),
                    false => Ok(None),
                }
            }
            Item::Cut => {
                work.is_cut = true;
                Ok(Some(at))
            }
            Item::Named(name, inner) => {
                let count = work.nodes.len();
                let end = self.item(inner, at, work)?;
                if let Some(end) = end {
                    let node = (work.nodes.len() == count + 1).then(|| work.nodes[count]);
                    let last = work.nodes.last().copied();
                    work.names[(*name - b'a') as usize] = Some(Named { first: at, end, node, last });
                }
                Ok(end)
            }
            Item::Make(kind) => {
                let children = std::mem::take(&mut work.nodes);
                self.nodes.push(Node { kind, first: work.start, end: at, children });
                work.nodes.push(self.nodes.len() - 1);
                Ok(Some(at))
            }
            Item::Check(check) => Ok(self.check(check, at, work).then_some(at)),
        }
    }

    fn ahead(&mut self, inner: &'static Item, at: usize) -> Result<Option<usize>, Failure> {
        let mut aside = Work { start: at, nodes: Vec::new(), names: [None; 2], is_cut: false };
        self.item(inner, at, &mut aside)
    }

    /// What the grammar cannot ask.
    fn check(&self, check: &str, at: usize, work: &Work) -> bool {
        let a = work.names[0].expect("a check is about something");
        let is_old = || a.end == a.first + 1 && matches!(self.text_of(a.first), "print" | "exec");
        let is_in_call = |kind: &str| work.nodes.iter().any(|node| self.nodes[*node].kind == kind);
        match check {
            "old_statement" => is_old(),
            "no_old_statement" => !is_old(),
            "in_brackets" => self.token(at - 1).depth > 0,
            // One positional argument and a comprehension: that is `f(x for x in y)`, and fine.
            "several" => work.nodes.iter().filter(|node| matches!(self.nodes[**node].kind, "Positional" | "Starred")).count() > 1,
            "unpacked" => is_in_call("DoubleStarred"),
            _ => panic!("the grammar checks {check}"),
        }
    }

    // What is said.

    fn say(&self, saying: &Saying, work: &Work) -> Option<Message> {
        let kind = if saying.how == How::Indent { Kind::Indentation } else { Kind::Syntax };
        let [mut a, b] = work.names;
        if matches!(saying.how, How::Star | How::Delete | How::For) {
            let target = self.wrong_target(a?.node?, saying.how)?;
            let node = &self.nodes[target];
            a = Some(Named { first: node.first, end: node.end, node: Some(target), last: None });
        }
        let mut text = saying.text.clone();
        if let Some(a) = a {
            let line = self.line_of(self.token(a.first).start);
            let name = a.node.map_or("name", |node| name_of(self.nodes[node].kind));
            text = text.replace("{a.text}", self.text_of(a.first)).replace("{a.line}", &line.to_string()).replace("{a}", name);
        }
        let of = |named: Named| match named.node {
            Some(node) => self.span(self.nodes[node].first, self.nodes[node].end),
            None => self.span(named.first, named.end),
        };
        let span = match saying.place {
            "a" | "a-b" | "a-" | "<a" if a.is_none() => return None,
            "a" => of(a?),
            "a-b" => Span { end: of(b?).end, ..of(a?) },
            // As far as the lexer has come, whose columns count from 0.
            "a-" => Span { end: End::At(self.token(self.seen - 1).end - 1), ..of(a?) },
            "<a" => {
                let End::At(end) = of(a?).end else { return None };
                Span::open(end.saturating_sub(1), 0)
            }
            "t-a" => Span { start: self.token(work.start).start, ..of(a?) },
            "l-b" => {
                let node = &self.nodes[a?.last?];
                Span { start: self.token(node.first).start, ..of(b?) }
            }
            _ if matches!(saying.how, How::Star | How::Delete | How::For) => of(a?),
            _ => return Some(Message { kind, ..self.message_at_last(&text) }),
        };
        Some(Message { kind, text, span, ends_line: true })
    }

    /// What of a target cannot be one.
    fn wrong_target(&self, node: usize, how: How) -> Option<usize> {
        let Node { kind, children, .. } = &self.nodes[node];
        match *kind {
            "Name" | "Target" | "Attribute" | "Subscript" => None,
            "Tuple" | "List" | "TupleTarget" => children.iter().find_map(|child| self.wrong_target(*child, how)),
            "Starred" if how != How::Delete => self.wrong_target(*children.first()?, how),
            "ComparisonIn" if how == How::For => self.wrong_target(*children.first()?, how),
            "Comparison" if how == How::For => None,
            _ => Some(node),
        }
    }
}

/// What CPython calls such a node.
fn name_of(kind: &str) -> &'static str {
    match kind {
        "Attribute" => "attribute",
        "Subscript" => "subscript",
        "Starred" | "StarredTarget" => "starred",
        "Name" | "Target" => "name",
        "List" => "list",
        "Tuple" | "TupleTarget" => "tuple",
        "Lambda" => "lambda",
        "Call" => "function call",
        "Operation" => "expression",
        "Generator" => "generator expression",
        "Yield" | "YieldFrom" => "yield expression",
        "Await" => "await expression",
        "ListComprehension" => "list comprehension",
        "SetComprehension" => "set comprehension",
        "DictComprehension" => "dict comprehension",
        "Dict" => "dict literal",
        "Set" => "set display",
        "Strings" => "literal",
        "FormatStrings" => "f-string expression",
        "Literal" => "literal",
        "True" => "True",
        "False" => "False",
        "None" => "None",
        "Ellipsis" => "ellipsis",
        "Comparison" | "ComparisonIn" => "comparison",
        "Conditional" => "conditional expression",
        "Named" => "named expression",
        _ => "expression",
    }
}
