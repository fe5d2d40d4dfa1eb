//! What is Python by its form and still means nothing: `return` outside of a function, literals that are none, patterns that nothing reaches.

use super::machine::{Machine, Node};
use super::token::Token;
use super::{Message, Span};
use interpreter::compile::diagnosis::Mistake as Kind;

type Checked = Result<(), Message>;

fn wrong(machine: &Machine, node: &Node, text: impl Into<String>) -> Message {
    Message { kind: Kind::Syntax, text: text.into(), span: machine.span(node.first, node.end), ends_line: true }
}

// Literals, which are read before anything else.

/// Strings and numbers that are none.
pub fn literals(machine: &Machine) -> Option<Message> {
    machine.nodes.iter().find_map(|node| match node.kind {
        "Strings" | "FormatStrings" => strings(machine, node).err(),
        "LiteralPattern" => number(machine, node).err(),
        _ => None,
    })
}

fn strings(machine: &Machine, node: &Node) -> Checked {
    let parts = (node.first..node.end).filter(|at| machine.token(*at).token == Token::String);
    let text = |at: usize| {
        let text = machine.text_of(at);
        let quote = text.find(['"', '\'']).unwrap_or(0);
        (text[..quote].to_ascii_lowercase(), &text[quote..])
    };
    // What is wrong within a string is told where the reader has come by then.
    let behind = machine.token(node.end).start;
    let at_end = |text: String| Message { kind: Kind::Syntax, text, span: Span::new(behind, behind), ends_line: true };
    let mut bytes = 0;
    let count = (node.first..node.end).filter(|at| matches!(machine.token(*at).token, Token::String | Token::FStart)).count();
    for at in parts {
        let (prefix, literal) = text(at);
        let is_bytes = prefix.contains('b');
        bytes += is_bytes as usize;
        if is_bytes && !literal.is_ascii() {
            let text = "bytes can only contain ASCII literal characters";
            return Err(Message { kind: Kind::Syntax, text: text.into(), span: machine.span(at, at + 1), ends_line: true });
        }
        if !prefix.contains('r') {
            let width = if literal.len() >= 6 && (literal.starts_with("'''") || literal.starts_with("\"\"\"")) { 3 } else { 1 };
            let body = &literal[width..literal.len() - width];
            if let Some(text) = escapes(body, is_bytes) {
                return Err(at_end(text));
            }
        }
    }
    if bytes > 0 && bytes < count { Err(at_end("cannot mix bytes and nonbytes literals".into())) } else { Ok(()) }
}

/// What is wrong with a string's escapes.
fn escapes(body: &str, is_bytes: bool) -> Option<String> {
    let bytes = body.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let kind = bytes.get(at + 1).copied()?;
        let digits = match (kind, is_bytes) {
            (b'x', _) => 2,
            (b'u', false) => 4,
            (b'U', false) => 8,
            (b'N', false) => {
                let name = body[at + 2..].strip_prefix('{').and_then(|rest| rest.split_once('}'));
                let says = |end: usize, what: &str| {
                    Some(format!("(unicode error) 'unicodeescape' codec can't decode bytes in position {at}-{}: {what}", end - 1))
                };
                match name {
                    None => return says(bytes.len().min(at + 2), "malformed \\N character escape"),
                    Some((name, _)) if crate::modules::character_named(name).is_none() => {
                        return says(at + 4 + name.len(), "unknown Unicode character name");
                    }
                    Some((name, _)) => at += 4 + name.len(),
                }
                continue;
            }
            _ => {
                at += 2;
                continue;
            }
        };
        let found = bytes[at + 2..].iter().take(digits).take_while(|digit| digit.is_ascii_hexdigit()).count();
        if is_bytes && found < digits {
            return Some(format!("(value error) invalid \\x escape at position {at}"));
        }
        let says = |end: usize, what: &str| {
            Some(format!("(unicode error) 'unicodeescape' codec can't decode bytes in position {at}-{}: {what}", end - 1))
        };
        if found < digits {
            return says(at + 2 + found, &format!("truncated \\{}{} escape", kind as char, "X".repeat(digits)));
        }
        let code = u32::from_str_radix(&body[at + 2..at + 2 + digits], 16).unwrap_or(0);
        if code > 0x10ffff {
            return says(at + 2 + digits, "illegal Unicode character");
        }
        at += 2 + digits;
    }
    None
}

/// A complex number in a pattern.
fn number(machine: &Machine, node: &Node) -> Checked {
    let numbers: Vec<usize> = (node.first..node.end).filter(|at| machine.token(*at).token == Token::Number).collect();
    let [real, imaginary] = numbers[..] else { return Ok(()) };
    let is_imaginary = |at: usize| machine.text_of(at).ends_with(['j', 'J']);
    let at = |at: usize, text: &str| {
        Err(Message { kind: Kind::Syntax, text: text.into(), span: machine.span(at, at + 1), ends_line: true })
    };
    match (is_imaginary(real), is_imaginary(imaginary)) {
        (true, _) => at(real, "real number required in complex literal"),
        (_, false) => at(imaginary, "imaginary number required in complex literal"),
        _ => Ok(()),
    }
}

const LATE_FUTURE: &str = "from __future__ imports must occur at the beginning of the file";

fn is_future(machine: &Machine, node: &Node) -> bool {
    node.kind == "ImportFrom" && machine.text_of(node.first + 1) == "__future__"
}

/// What `from __future__` imports.
pub fn future(machine: &Machine, nodes: &[usize]) -> Option<Message> {
    let mut may_come = true;
    for (index, node) in nodes.iter().enumerate() {
        let node = &machine.nodes[*node];
        if !is_future(machine, node) {
            let is_docstring = index == 0
                && node.kind == "Expression"
                && node.end == node.first + 1
                && machine.token(node.first).token == Token::String;
            may_come &= is_docstring;
            continue;
        }
        if !may_come {
            return Some(wrong(machine, node, LATE_FUTURE));
        }
        for alias in &node.children {
            let text = match machine.text_of(machine.nodes[*alias].first) {
                name if interpreter::compile::diagnosis::FEATURES.contains(&name) => continue,
                "braces" => "not a chance".into(),
                name => format!("future feature {name} is not defined"),
            };
            return Some(Message {
                kind: Kind::Syntax,
                text,
                span: Span::open(machine.token(node.first).start, 0),
                ends_line: true,
            });
        }
    }
    None
}

// Statements and expressions.

#[derive(Clone, Copy, PartialEq, Eq)]
enum Function {
    None,
    Plain,
    Async,
}

/// What is around.
#[derive(Clone, Copy)]
struct Around {
    function: Function,
    in_loop: bool,
    in_star_except: bool,
    /// The same, whatever loops are in it.
    in_star: bool,
}

impl Around {
    fn of(function: Function) -> Around {
        Around { function, in_loop: false, in_star_except: false, in_star: false }
    }
}

/// What else is wrong.
pub fn message(machine: &Machine, nodes: &[usize]) -> Option<Message> {
    let mut reader = Reader { machine };
    let is_future = |node: &usize| is_future(machine, &machine.nodes[*node]);
    nodes.iter().filter(|node| !is_future(node)).try_for_each(|node| reader.visit(*node, Around::of(Function::None))).err()
}

struct Reader<'m, 't> {
    machine: &'m Machine<'t>,
}

impl<'m> Reader<'m, '_> {
    fn wrong(&self, node: &Node, text: impl Into<String>) -> Checked {
        Err(wrong(self.machine, node, text))
    }

    fn children(&self, node: &'m Node) -> impl Iterator<Item = &'m Node> + use<'m> {
        let machine: &'m Machine = self.machine;
        node.children.iter().map(|child| &machine.nodes[*child])
    }

    fn visit_all(&mut self, node: &Node, around: Around) -> Checked {
        node.children.iter().try_for_each(|child| self.visit(*child, around))
    }

    fn visit(&mut self, index: usize, around: Around) -> Checked {
        let machine: &'m Machine = self.machine;
        let node = &machine.nodes[index];
        let is_async = around.function == Function::Async;
        match node.kind {
            "Def" | "AsyncDef" | "Lambda" => {
                let is_debug = self.parameters(node);
                if is_debug {
                    return self.wrong(node, "cannot assign to __debug__");
                }
                if node.kind != "Lambda" && machine.text_of(node.first + if node.kind == "Def" { 1 } else { 2 }) == "__debug__" {
                    return self.wrong_whole(node, "cannot assign to __debug__");
                }
                let function = if node.kind == "AsyncDef" { Function::Async } else { Function::Plain };
                let inner = Around::of(function);
                return node.children.iter().try_for_each(|child| {
                    let is_body = self.machine.nodes[*child].kind == "Body";
                    self.visit(*child, if is_body { inner } else { around })
                });
            }
            "Class" => {
                if machine.text_of(node.first + 1) == "__debug__" {
                    return self.wrong_whole(node, "cannot assign to __debug__");
                }
                let inner = Around::of(Function::None);
                return node.children.iter().try_for_each(|child| {
                    let is_body = self.machine.nodes[*child].kind == "Body";
                    self.visit(*child, if is_body { inner } else { around })
                });
            }
            "Loop" | "AsyncFor" => {
                if node.kind == "AsyncFor" && !is_async {
                    return self.wrong(node, "'async for' outside async function");
                }
                if let Some(target) = self.children(node).next().filter(|child| child.kind == "StarredTarget") {
                    return self.wrong(target, "starred assignment target must be in a list or tuple");
                }
                let inner = Around { in_loop: true, in_star_except: false, ..around };
                return node.children.iter().try_for_each(|child| {
                    let is_body = self.machine.nodes[*child].kind == "Body";
                    self.visit(*child, if is_body { inner } else { around })
                });
            }
            "AsyncWith" if !is_async => return self.wrong(node, "'async with' outside async function"),
            "StarBlock" => return self.visit_all(node, Around { in_star_except: true, in_star: true, ..around }),
            "ImportFrom" if is_future(machine, node) => return self.wrong(node, LATE_FUTURE),
            "Import" | "ImportFrom" if self.binds_debug(node) => return self.wrong(node, "cannot assign to __debug__"),
            "Except" if self.header(node).is_some_and(|name| name == "__debug__") => {
                return self.wrong_whole(node, "cannot assign to __debug__");
            }
            "Break" | "Continue" | "Return" => self.leave(node, around)?,
            "Yield" | "YieldFrom" if around.function == Function::None => return self.wrong(node, "'yield' outside function"),
            "YieldFrom" if is_async => return self.wrong(node, "'yield from' inside async function"),
            "Await" if around.function == Function::None => return self.wrong(node, "'await' outside function"),
            "ListComprehension" | "SetComprehension" | "DictComprehension" | "Generator" => {
                let is_clause = self.children(node).any(|child| child.kind == "AsyncClause");
                if is_clause && node.kind != "Generator" && !is_async {
                    return self.wrong(node, "asynchronous comprehension outside of an asynchronous function");
                }
                // What a generator expression waits for makes it an asynchronous one.
                let inner = match around.function {
                    _ if node.kind == "Generator" => Around { function: Function::Async, ..around },
                    Function::None => Around { function: Function::Plain, ..around },
                    _ => around,
                };
                let first = self.children(node).position(|child| matches!(child.kind, "Clause" | "AsyncClause"));
                return node.children.iter().enumerate().try_for_each(|(index, child)| match Some(index) == first {
                    true => self.visit_outermost(*child, around, inner),
                    false => self.visit(*child, inner),
                });
            }
            "Try" => {
                let handlers: Vec<&Node> =
                    self.children(node).filter(|child| matches!(child.kind, "Except" | "ExceptAll")).collect();
                let early = handlers.iter().rev().skip(1).find(|handler| handler.kind == "ExceptAll");
                if let Some(handler) = early {
                    return self.wrong_whole(handler, "default 'except:' must be last");
                }
            }
            "Target" | "Capture" if self.machine.text_of(node.first) == "__debug__" => {
                return self.wrong(node, "cannot assign to __debug__");
            }
            "Delete" => {
                if let Some(child) =
                    self.children(node).find(|child| child.kind == "Target" && self.machine.text_of(child.first) == "__debug__")
                {
                    return self.wrong(child, "cannot delete __debug__");
                }
            }
            "Assign" | "AugAssign" | "AnnAssign" | "Named" => self.assign(node)?,
            "TupleTarget" => self.starred_targets(node)?,
            "Expression" | "Format" => {
                if let Some(child) = self.children(node).next().filter(|child| child.kind == "Starred") {
                    return self.wrong(child, "can't use starred expression here");
                }
            }
            "Call" => {
                if self.children(node).any(|child| child.kind == "Keyword" && machine.text_of(child.first) == "__debug__") {
                    return self.wrong(node, "cannot assign to __debug__");
                }
                self.repeated(node)?;
            }
            "Match" => self.cases(node)?,
            "Case" => self.case(node)?,
            _ => {}
        }
        self.visit_all(node, around)
    }

    /// The first clause of a comprehension, whose iterable is evaluated around it.
    fn visit_outermost(&mut self, clause: usize, around: Around, inner: Around) -> Checked {
        let parts = &self.machine.nodes[clause].children;
        let outside = if around.function == Function::None { Around { function: Function::Plain, ..around } } else { around };
        parts.iter().enumerate().try_for_each(|(index, part)| self.visit(*part, if index == 1 { outside } else { inner }))
    }

    /// Whether an import gives something this name.
    fn binds_debug(&self, node: &'m Node) -> bool {
        let is_debug = |at: usize| self.machine.text_of(at) == "__debug__";
        if node.kind == "ImportFrom" {
            return self.children(node).any(|child| is_debug(child.end - 1));
        }
        // What is bound is the first part of the module's name, or what comes behind `as`.
        (node.first + 1..node.end).any(|at| {
            let before = self.machine.text_of(at - 1);
            is_debug(at) && (before == "as" || at == node.first + 1 || before == ",")
        })
    }

    /// The name behind the `as` of an `except`.
    fn header(&self, node: &Node) -> Option<&str> {
        let colon = (node.first..node.end).find(|at| self.machine.text_of(*at) == ":")?;
        (self.machine.text_of(colon - 2) == "as").then(|| self.machine.text_of(colon - 1))
    }

    /// Whether a function's body has a `yield` of its own.
    /// Says it of a statement with all its lines, up to the end of its last one.
    fn wrong_whole(&self, node: &Node, text: &str) -> Checked {
        let last =
            (node.first..node.end).rev().find(|at| !matches!(self.machine.token(*at).token, Token::Dedent | Token::Newline));
        let span = self.machine.span(node.first, last.unwrap_or(node.first) + 1);
        Err(Message { kind: Kind::Syntax, text: text.into(), span, ends_line: true })
    }

    fn leave(&self, node: &'m Node, around: Around) -> Checked {
        if around.in_star_except || around.in_star && node.kind == "Return" {
            // CPython points at the value, if there is one.
            let node = self.children(node).next().unwrap_or(node);
            return self.wrong(node, "'break', 'continue' and 'return' cannot appear in an except* block");
        }
        match node.kind {
            "Return" if around.function == Function::None => self.wrong(node, "'return' outside function"),
            "Break" if !around.in_loop => self.wrong(node, "'break' outside loop"),
            "Continue" if !around.in_loop => self.wrong(node, "'continue' not properly in loop"),
            _ => Ok(()),
        }
    }

    /// Whether one is called `__debug__`.
    fn parameters(&self, node: &'m Node) -> bool {
        self.children(node).any(|child| match child.kind {
            "Parameter" => self.machine.text_of(child.first) == "__debug__",
            "Parameters" => self.parameters(child),
            _ => false,
        })
    }

    fn assign(&self, node: &'m Node) -> Checked {
        let is_debug = |at: usize| self.machine.text_of(at) == "__debug__";
        if matches!(node.kind, "Named" | "AnnAssign") && is_debug(node.first) {
            let span = if node.kind == "Named" {
                self.machine.span(node.first, node.first + 1)
            } else {
                self.machine.span(node.first, node.end)
            };
            return Err(Message { kind: Kind::Syntax, text: "cannot assign to __debug__".into(), span, ends_line: true });
        }
        if !matches!(node.kind, "Assign" | "AugAssign") {
            return Ok(());
        }
        let targets = node.children.len().saturating_sub(1);
        for child in self.children(node).take(targets) {
            match child.kind {
                "StarredTarget" => return self.wrong(child, "starred assignment target must be in a list or tuple"),
                "Attribute" if is_debug(child.end - 1) => return self.wrong(child, "cannot assign to __debug__"),
                _ => {}
            }
        }
        match self.children(node).last() {
            Some(value) if value.kind == "Starred" => self.wrong(value, "can't use starred expression here"),
            _ => Ok(()),
        }
    }

    fn starred_targets(&self, node: &'m Node) -> Checked {
        let mut starred =
            self.children(node).enumerate().filter(|(_, child)| child.kind == "StarredTarget").map(|(index, _)| index);
        let Some(first) = starred.next() else { return Ok(()) };
        if starred.next().is_some() {
            return self.wrong(node, "multiple starred expressions in assignment");
        }
        if first >= 1 << 8 { self.wrong(node, "too many expressions in star-unpacking assignment") } else { Ok(()) }
    }

    fn repeated(&self, node: &'m Node) -> Checked {
        let mut names = Vec::new();
        for child in self.children(node).filter(|child| child.kind == "Keyword") {
            let name = self.machine.text_of(child.first);
            if names.contains(&name) {
                return self.wrong(child, format!("keyword argument repeated: {name}"));
            }
            names.push(name);
        }
        Ok(())
    }

    // Patterns.

    fn cases(&self, node: &'m Node) -> Checked {
        let cases: Vec<&Node> = self.children(node).filter(|child| child.kind == "Case").collect();
        for case in cases.iter().rev().skip(1).rev() {
            if self.children(case).any(|child| child.kind == "Guard") {
                continue;
            }
            if let Some(pattern) =
                self.children(case).find(|child| child.kind == "CasePattern").and_then(|child| self.children(child).next())
            {
                self.reaches_all(pattern)?;
            }
        }
        Ok(())
    }

    /// Raises that nothing comes behind such a pattern.
    fn reaches_all(&self, pattern: &'m Node) -> Checked {
        match pattern.kind {
            "Capture" => {
                let name = self.machine.text_of(pattern.first);
                self.wrong(pattern, format!("name capture '{name}' makes remaining patterns unreachable"))
            }
            "Wildcard" => self.wrong(pattern, "wildcard makes remaining patterns unreachable"),
            "AsPattern" | "OrPattern" => match self
                .children(pattern)
                .filter(|child| pattern.kind == "OrPattern" || child.first == pattern.first || child.kind != "Capture")
                .last()
            {
                Some(inner) => self.reaches_all(inner),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn case(&self, node: &'m Node) -> Checked {
        let Some(pattern) =
            self.children(node).find(|child| child.kind == "CasePattern").and_then(|child| self.children(child).next())
        else {
            return Ok(());
        };
        let mut names = Vec::new();
        self.pattern(pattern, &mut names)
    }

    fn pattern(&self, node: &'m Node, names: &mut Vec<&'m str>) -> Checked {
        let machine: &'m Machine = self.machine;
        match node.kind {
            "Capture" => {
                let name = machine.text_of(node.first);
                if names.contains(&name) {
                    return self.wrong(node, format!("multiple assignments to name '{name}' in pattern"));
                }
                names.push(name);
                return Ok(());
            }
            "LiteralPattern" if self.children(node).any(|child| child.kind == "FormatStrings") => {
                return self.wrong(node, "patterns may only match literals and attribute lookups");
            }
            "SequencePattern" if self.children(node).filter(|child| child.kind == "StarPattern").count() > 1 => {
                return self.wrong(node, "multiple starred names in sequence pattern");
            }
            "ClassPattern" => self.attributes(node)?,
            // The rest's name comes first.
            "MappingPattern" => {
                self.keys(node)?;
                let (rest, others): (Vec<&Node>, Vec<&Node>) =
                    self.children(node).partition(|child| machine.text_of(child.first.saturating_sub(1)) == "**");
                return rest.into_iter().chain(others).try_for_each(|child| self.pattern(child, names));
            }
            "StarPattern" if node.end > node.first + 1 && names.contains(&machine.text_of(node.end - 1)) => {
                let name = machine.text_of(node.end - 1);
                return self.wrong(node, format!("multiple assignments to name '{name}' in pattern"));
            }
            "OrPattern" => return self.alternatives(node, names),
            // Its own name comes first.
            "AsPattern" => return node.children.iter().rev().try_for_each(|child| self.pattern(&machine.nodes[*child], names)),
            _ => {}
        }
        self.children(node).try_for_each(|child| self.pattern(child, names))
    }

    /// Literals that are keys twice.
    fn keys(&self, node: &'m Node) -> Checked {
        let mut known: Vec<(String, String)> = Vec::new();
        for child in self.children(node).filter(|child| child.kind == "LiteralPattern" && self.machine.text_of(child.end) == ":")
        {
            let (value, shown) = self.literal(child);
            if known.iter().any(|(other, _)| *other == value) {
                return self.wrong(node, format!("mapping pattern checks duplicate key ({shown})"));
            }
            known.push((value, shown));
        }
        Ok(())
    }

    /// A literal's value, so that equal ones are the same text, and how it is shown.
    fn literal(&self, node: &Node) -> (String, String) {
        let texts: Vec<&str> = (node.first..node.end).map(|at| self.machine.text_of(at)).collect();
        let shown = texts.concat();
        if texts.iter().all(|text| text.ends_with(['\'', '"'])) {
            let bodies: String =
                texts.iter().map(|text| text.trim_start_matches(|c: char| c.is_ascii_alphabetic())).map(unquoted).collect();
            let prefix = if texts[0].to_ascii_lowercase().starts_with(['b']) { "b" } else { "" };
            return (format!("{prefix}'{bodies}"), format!("{prefix}'{bodies}'"));
        }
        let number = match shown.as_str() {
            "True" => Some(1.0),
            "False" => Some(0.0),
            text => text.replace('_', "").parse::<f64>().ok(),
        };
        let shown = if texts.len() == 3 || texts.len() == 4 { format!("({shown})") } else { shown };
        (number.map_or(shown.clone(), |number| number.to_string()), shown)
    }

    fn attributes(&self, node: &'m Node) -> Checked {
        let mut names = Vec::new();
        for child in self.children(node).filter(|child| child.kind == "KeywordPattern") {
            let name = self.machine.text_of(child.first);
            if names.contains(&name) {
                // CPython points at the pattern.
                let span = self.machine.span(child.first + 2, child.end);
                return Err(Message {
                    kind: Kind::Syntax,
                    text: format!("attribute name repeated in class pattern: {name}"),
                    span,
                    ends_line: true,
                });
            }
            names.push(name);
        }
        Ok(())
    }

    fn alternatives(&self, node: &'m Node, names: &mut Vec<&'m str>) -> Checked {
        let mut bound: Option<Vec<&str>> = None;
        let count = self.children(node).count();
        for (index, alternative) in self.children(node).enumerate() {
            if index + 1 < count {
                self.reaches_all(alternative)?;
            }
            let mut own = names.clone();
            self.pattern(alternative, &mut own)?;
            let mut own: Vec<&str> = own.split_off(names.len());
            own.sort_unstable();
            if bound.as_ref().is_some_and(|bound| *bound != own) {
                return self.wrong(alternative, "alternative patterns bind different names");
            }
            bound = Some(own);
        }
        names.extend(bound.unwrap_or_default());
        Ok(())
    }
}

/// A literal without its quotes.
fn unquoted(literal: &str) -> &str {
    let width = if literal.len() >= 6 && (literal.starts_with("'''") || literal.starts_with("\"\"\"")) { 3 } else { 1 };
    literal.get(width..literal.len().saturating_sub(width)).unwrap_or("")
}
