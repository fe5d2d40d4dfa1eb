//! What an editor asks about a place in a text: what could stand there, what does stand there, what it is called with.

use crate::meaning::{File, Member, MemberKind, Shape, World, head_and_text};
use crate::piece::Bytes;
use crate::scope::{BindingKind, ScopeId};
use std::sync::Arc;

/// What may stand at a place.
pub struct Completions {
    /// Where the word begins that they would replace.
    pub from: usize,
    /// The names; the likeliest first.
    pub members: Vec<Member>,
}

/// How a call is written.
pub struct Signature {
    /// `name(a, b=1)`.
    pub label: String,
    /// Further documentation.
    pub documentation: String,
    /// Which parameter the place belongs to, as bytes of the label.
    pub active: Option<Bytes>,
}

/// Those that are no values: `None` and its like are among the builtins.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
];

/// Whose names may stand at a place.
enum Offer {
    /// Nobody's: it lies in a text or a comment, or behind something unknown.
    Nothing,
    /// Modules.
    Modules,
    /// What something has.
    Of(Shape),
    /// Whatever is in sight in a scope.
    Names(ScopeId),
}

/// Whose names may stand at a byte, and where the word begins that they would replace.
fn offer(world: &World, file: &Arc<File>, at: usize) -> (usize, Offer) {
    let before = &file.text.source()[..at];
    let from = word_start(before);
    let line = before.rsplit('\n').next().unwrap_or(before);
    let of = |shape: Option<Shape>| shape.map_or(Offer::Nothing, Offer::Of);
    let offer = if is_text(file, at) {
        Offer::Nothing
    } else if let Some(offer) = import_offer(world, line) {
        offer
    } else if before[..from].ends_with('.') {
        of(receiver(world, file, from - 1))
    } else {
        Offer::Names(file.scope_at(at))
    };
    (from, offer)
}

/// What could stand at a byte.
pub fn complete(world: &World, file: &Arc<File>, at: usize) -> Completions {
    let (from, offer) = offer(world, file, at);
    let members = match offer {
        Offer::Nothing => Vec::new(),
        Offer::Modules => world.library.modules().into_iter().map(|name| bare(name, MemberKind::Module)).collect(),
        Offer::Of(shape) => world.members(&shape),
        Offer::Names(scope) => {
            let keywords = KEYWORDS.iter().map(|keyword| bare(keyword.to_string(), MemberKind::Variable));
            world.visible(file, scope).into_iter().chain(keywords).collect()
        }
    };
    let typed = file.text.of(from..at);
    let mut members: Vec<_> = members.into_iter().filter(|member| member.name != typed).collect();
    // Parts of a package may have a name in common.
    let mut seen = std::collections::HashSet::new();
    members.retain(|member| seen.insert(member.name.clone()));
    // Names that are meant for the inside come last.
    members.sort_by_key(|member| (member.name.starts_with("__"), member.name.starts_with('_')));
    Completions { from, members }
}

/// A name that could stand at a byte.
pub fn offered(world: &World, file: &Arc<File>, at: usize, name: &str) -> Option<Member> {
    match offer(world, file, at).1 {
        Offer::Nothing => None,
        Offer::Modules => module(world, name.to_owned()),
        Offer::Of(shape) => world.member(&shape, name),
        Offer::Names(scope) => world.name(file, name, scope),
    }
}

/// A module by its name.
fn module(world: &World, name: String) -> Option<Member> {
    let shape = world.module(&name)?;
    let definition = match &shape {
        Shape::Module(file) => Some((file.clone(), 0..0)),
        _ => None,
    };
    let documentation = format!("module {name}");
    Some(Member { documentation, definition, shape: Some(shape), ..bare(name, MemberKind::Module) })
}

/// What stands at a byte, and its bytes.
pub fn look(world: &World, file: &Arc<File>, at: usize) -> Option<(Bytes, Member)> {
    let source = file.text.source();
    let start = word_start(&source[..at]);
    let end = at + source[at..].find(|character| !is_word(character)).unwrap_or(source.len() - at);
    if start == end || is_text(file, at) {
        return None;
    }
    let word = &source[start..end];
    if source[..start].ends_with('.') {
        let owner = receiver(world, file, start - 1)?;
        return Some((start..end, world.member(&owner, word)?));
    }
    if let Some(name) = imported_module(source, start, end) {
        return Some((start..end, module(world, name)?));
    }
    let line = source[..start].rsplit('\n').next().unwrap_or("");
    if let Some((module, _)) = from_import(line) {
        return Some((start..end, world.member(&world.module(module)?, word)?));
    }
    Some((start..end, world.name(file, word, file.scope_at(at))?))
}

/// The call around a byte.
pub fn signature(world: &World, file: &Arc<File>, at: usize) -> Option<Signature> {
    let (open, commas) = open_call(&file.text.source()[..at])?;
    let callee_end = file.text.source()[..open].trim_end().len();
    let (_, member) = look(world, file, callee_end.checked_sub(1)?)?;
    let (label, documentation) = match &member.shape {
        Some(Shape::Class(class, scope)) => {
            let scopes = class.scopes();
            let init = scopes.resolve("__init__", *scope).map(|id| scopes.binding(id)).filter(|init| init.scope == *scope);
            match init.map(|init| init.kind) {
                Some(BindingKind::Function(definition)) => {
                    let (label, text) = split(&head_and_text(class, &definition));
                    (without_self(&label.replacen("__init__", &member.name, 1)), text)
                }
                _ => (format!("{}()", member.name), String::new()),
            }
        }
        Some(Shape::Function(..)) => {
            let (label, text) = split(&member.documentation);
            let is_method = file.text.source()[..callee_end].trim_end_matches(is_word).ends_with('.');
            (if is_method { without_self(&label) } else { label }, text)
        }
        _ => {
            // A row of the library: `name(arguments): text`.
            let (label, text) = member.documentation.split_once("):")?;
            (format!("{label})"), text.trim().to_owned())
        }
    };
    let active = parameter(&label, commas);
    Some(Signature { label, documentation, active })
}

/// `import …` and `from … import …` have names of their own.
fn import_offer(world: &World, line: &str) -> Option<Offer> {
    let line = line.trim_start();
    if let Some((module, _)) = from_import(line) {
        return Some(world.module(module).map_or(Offer::Nothing, Offer::Of));
    }
    let rest = line.strip_prefix("import ").or_else(|| line.strip_prefix("from "))?;
    rest.chars().all(|character| is_word(character) || ", .".contains(character)).then_some(Offer::Modules)
}

/// The module of a line `from module import …`, and what stands behind.
fn from_import(line: &str) -> Option<(&str, &str)> {
    let (module, names) = line.trim_start().strip_prefix("from ")?.split_once(" import")?;
    Some((module.trim(), names))
}

/// The module that the word at these bytes names in an import.
fn imported_module(source: &str, start: usize, end: usize) -> Option<String> {
    let line = source[..start].rsplit('\n').next().unwrap_or("").trim_start();
    let is_module =
        line == "from " || line.strip_prefix("import ").is_some_and(|before| before.is_empty() || before.ends_with(", "));
    is_module.then(|| source[start..end].to_owned())
}

/// What stands before the dot at `dot`, by reading backwards: a half-typed line has no tree that could be trusted.
fn receiver(world: &World, file: &Arc<File>, dot: usize) -> Option<Shape> {
    let source = file.text.source();
    let before = source[..dot].trim_end();
    let object = |name: &str| Some(Shape::Object(name.to_owned()));
    match before.chars().next_back()? {
        '"' | '\'' => return object("str"),
        ']' if open_of(before).is_some_and(|open| !before[..open].trim_end().ends_with(|c| is_word(c) || ")]".contains(c))) => {
            return object("list");
        }
        '}' => return object("dict"),
        ')' => {
            let open = open_of(before)?;
            let callee = before[..open].trim_end();
            if callee[word_start(callee)..] == *"super" {
                return world.above(file, file.scope_at(dot));
            }
            return world.called(look(world, file, callee.len().checked_sub(1)?)?.1.shape?);
        }
        _ => {}
    }
    let start = word_start(before);
    let word = &before[start..];
    if word.is_empty() || word.starts_with(|character: char| character.is_ascii_digit()) {
        return None;
    }
    if before[..start].ends_with('.') {
        return world.member(&receiver(world, file, start - 1)?, word)?.shape;
    }
    world.name(file, word, file.scope_at(dot))?.shape
}

/// The bracket that the last one of a text closes. Brackets in texts are not told apart: then the answer may be none.
fn open_of(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices().rev() {
        match character {
            ')' | ']' | '}' => depth += 1,
            '(' | '[' | '{' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            '\n' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The parenthesis of the call that a text ends in, and the commas since.
fn open_call(text: &str) -> Option<(usize, usize)> {
    let (mut depth, mut commas) = (0_usize, 0);
    let mut quote = None;
    let mut opens = Vec::new();
    // Forwards through the statement, for quotes cannot be read backwards; a statement begins where a line is not indented further.
    let start = statement_start(text);
    for (at, character) in text[start..].char_indices() {
        match (quote, character) {
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(' | '[' | '{') => {
                opens.push((start + at, character, commas));
                commas = 0;
                depth += 1;
            }
            (None, ')' | ']' | '}') => {
                commas = opens.pop()?.2;
                depth = depth.checked_sub(1)?;
            }
            (None, ',') => commas += 1,
            _ => {}
        }
    }
    let (at, character, _) = *opens.last()?;
    let callee = text[..at].trim_end();
    (quote.is_none() && character == '(' && callee.ends_with(is_word)).then_some((at, commas))
}

/// The start of the last statement of a text: its last line that begins outside of brackets, as far as fifty lines up.
fn statement_start(text: &str) -> usize {
    let balance =
        |text: &str| text.chars().fold(0_i32, |sum, c| sum + i32::from("([{".contains(c)) - i32::from(")]}".contains(c)));
    let (mut start, mut open) = (text.len() + 1, 0);
    for line in text.split('\n').rev().take(50) {
        start -= line.len() + 1;
        let opened = balance(line);
        open += opened;
        if open > 0 && opened > 0 || line.trim_start() == line && !line.is_empty() {
            break;
        }
    }
    start
}

/// The bytes of the label's parameter of that number.
fn parameter(label: &str, number: usize) -> Option<Bytes> {
    let open = label.find('(')? + 1;
    let close = label.rfind(')')?;
    let (mut depth, mut from, mut seen) = (0_i32, open, 0);
    for (at, character) in label[open..close].char_indices().chain(std::iter::once((close - open, ','))) {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 || at == close - open => {
                let text = label[from..open + at].trim();
                let is_marker = text == "*" || text == "/";
                let takes_all = text.starts_with('*');
                if !is_marker && (seen == number || takes_all) {
                    let start = from + label[from..].find(text)?;
                    return (!text.is_empty()).then(|| start..start + text.len());
                }
                seen += usize::from(!is_marker);
                from = open + at + 1;
            }
            _ => {}
        }
    }
    None
}

/// A head without its first parameter, and without `def`.
fn without_self(label: &str) -> String {
    let Some((head, parameters)) = label.split_once('(') else { return label.to_owned() };
    let end = parameters.find([',', ')']).unwrap_or(0);
    let rest = parameters[end..].strip_prefix(',').map_or(&parameters[end..], str::trim_start);
    format!("{head}({rest}")
}

/// Head and documentation, `def` taken away.
fn split(documentation: &str) -> (String, String) {
    let (head, text) = documentation.split_once("\n\n").unwrap_or((documentation, ""));
    let head = head.trim_start_matches("async ").trim_start_matches("def ");
    (head.split_whitespace().collect::<Vec<_>>().join(" "), text.to_owned())
}

/// Whether a byte lies in a comment or inside a text literal.
fn is_text(file: &File, at: usize) -> bool {
    let before = at.saturating_sub(1);
    let Some(node) = file.text.root().descendant_for_byte_range(before, at) else { return false };
    matches!(node.kind(), "comment" | "string_content" | "string_start" | "escape_sequence")
        && !(node.kind() == "comment" && node.end_byte() < at)
}

/// Where the word begins that a text ends in.
fn word_start(text: &str) -> usize {
    text.trim_end_matches(is_word).len()
}

/// Whether a character can be part of a name.
pub fn is_word(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

fn bare(name: String, kind: MemberKind) -> Member {
    Member { name, kind, documentation: String::new(), definition: None, shape: None }
}
