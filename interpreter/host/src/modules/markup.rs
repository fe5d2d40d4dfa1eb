//! `_markup`: the plain parts of an XML document, made elements of at once. `xml.etree.ElementTree` is Python over it.
//!
//! Plain are tags whose names have no prefix and declare none, with the characters before each of them. Anything else, and whatever is wrong,
//! stays for the parser in Python (`xml.parsers.expat`), which goes on where this one has stopped; so the two share the
//! lists of what is open.

use interpreter::object::class::{Class, as_class};
use interpreter::object::dict::Dict;
use interpreter::object::handle::{Args, Handle, Instance, as_type};
use interpreter::object::kind::Type;
use interpreter::object::list::List;
use interpreter::object::name::Name;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use std::borrow::Cow;

table! { pub ROWS, NAMES, DOCS:
    /// build(text, at, elements, names, scopes, factory, prefix, last, is_tail): reads tags from a place on, the first below an open element;
    /// (where it stopped, the element that was begun or ended last, whether it was ended), None if nothing there is plain.
    def build(9) = build;
}

/// Names beside those of the table: attributes of elements.
pub const MORE: &[&str] = &["_markup", "tag", "attrib", "text", "tail", "_children"];

/// Texts that were made of late, so that a tag is one object as often as it comes. Words on the stack are seen by the collector.
struct Known([Word; 64]);

impl Known {
    fn text(&mut self, vm: &Vm, text: &str) -> Outcome {
        let mixed = text.bytes().fold(text.len(), |mixed, byte| mixed.wrapping_mul(31) ^ usize::from(byte));
        let place = &mut self.0[mixed % 64];
        if vm.as_text(*place) != Some(text) {
            *place = vm.new_str(text)?;
        }
        Ok(*place)
    }
}

/// A tag, and the characters before it.
struct Piece<'t> {
    characters: Cow<'t, str>,
    name: &'t str,
    attributes: Vec<(&'t str, Cow<'t, str>)>,
    is_end: bool,
    is_empty: bool,
    /// Bytes of both.
    length: usize,
}

fn name_length(text: &str) -> usize {
    let goes_on = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'_' | b'.' | b'-');
    let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80);
    if begins { text.bytes().take_while(|byte| goes_on(*byte)).count() } else { 0 }
}

/// Characters with what references among them mean; `None` if they are not plain.
fn meaning(text: &str) -> Option<Cow<'_, str>> {
    let is_odd = |byte: u8| byte < b' ' && byte != b'\n' && byte != b'\t';
    // The last two are no characters of XML.
    if text.bytes().any(is_odd) || text.contains("]]>") || text.contains(['\u{fffe}', '\u{ffff}']) {
        return None;
    }
    if !text.contains('&') {
        return Some(Cow::Borrowed(text));
    }
    let mut parts = text.split('&');
    let mut whole = parts.next()?.to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';')?;
        whole.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "apos" => '\'',
            "quot" => '"',
            _ => {
                let number = name.strip_prefix('#')?;
                let (digits, base) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
                let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                let code = u32::from_str_radix(digits, base).ok().filter(|code| plain && (0x20..0x10_0000).contains(code))?;
                char::from_u32(code).filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}'))?
            }
        });
        whole.push_str(rest);
    }
    Some(Cow::Owned(whole))
}

impl<'t> Piece<'t> {
    /// The next one, if it is plain and whole.
    fn read(text: &'t str) -> Option<Piece<'t>> {
        let start = text.find('<')?;
        let characters = meaning(&text[..start])?;
        let is_end = text[start + 1..].starts_with('/');
        let mut rest = &text[start + 1 + usize::from(is_end)..];
        let (name, behind) = rest.split_at(name_length(rest));
        rest = behind;
        let mut attributes: Vec<(&str, Cow<str>)> = Vec::new();
        if name.is_empty() {
            return None;
        }
        let is_empty = loop {
            let bare = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            match bare.as_bytes().first()? {
                b'>' => {
                    rest = &bare[1..];
                    break false;
                }
                b'/' if !is_end => {
                    rest = bare[1..].strip_prefix('>')?;
                    break true;
                }
                _ if is_end || bare.len() == rest.len() => return None,
                _ => {}
            }
            let (key, behind) = bare.split_at(name_length(bare));
            let behind = behind.trim_start_matches([' ', '\t', '\n', '\r']).strip_prefix('=')?;
            let behind = behind.trim_start_matches([' ', '\t', '\n', '\r']);
            let quote = behind.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            let (value, behind) = behind[1..].split_once(quote)?;
            let is_odd = value.bytes().any(|byte| byte == b'<' || byte < b' ');
            if key.is_empty() || key == "xmlns" || is_odd || attributes.iter().any(|known| known.0 == key) {
                return None;
            }
            attributes.push((key, meaning(value).filter(|_| !value.contains(']'))?));
            rest = behind;
        };
        Some(Piece { characters, name, attributes, is_end, is_empty, length: text.len() - rest.len() })
    }
}

/// What is made: elements of one class.
struct Builder<'v> {
    vm: &'v Vm,
    ty: &'static Type,
    class: Handle<Class>,
    prefix: &'v str,
    known: Known,
    last: Word,
    is_tail: bool,
}

impl Builder<'_> {
    fn put(&self, element: Word, name: Name, value: Word) -> Outcome<()> {
        let slot = Handle::<Instance>::from(element).zip(self.class.slot_of(name));
        match slot.and_then(|(instance, index)| Some((instance.get().slot(index)?, instance.ty()))) {
            Some((cell, ty)) if std::ptr::eq(ty, self.ty) => cell.set(value),
            _ => self.vm.set_attribute(element, name, value)?,
        }
        Ok(())
    }

    fn children(&self, element: Word) -> Outcome<Handle<List>> {
        let slot = Handle::<Instance>::from(element).filter(|instance| std::ptr::eq(instance.ty(), self.ty));
        let found =
            slot.zip(self.class.slot_of(name!(_children))).and_then(|(instance, index)| Some(instance.get().slot(index)?.get()));
        let found = found.and_then(Word::set).map_or_else(|| self.vm.attribute(element, name!(_children)), Ok)?;
        Handle::<List>::from(found).ok_or_else(|| self.vm.type_error("an element has a list of its children"))
    }

    fn characters(&self, text: &str) -> Outcome<()> {
        if text.is_empty() {
            return Ok(());
        }
        let text = self.vm.new_str(text)?;
        self.put(self.last, if self.is_tail { name!(tail) } else { name!(text) }, text)
    }

    fn begin(&mut self, piece: &Piece, parent: Word) -> Outcome {
        let vm = self.vm;
        let tag = if self.prefix.is_empty() {
            self.known.text(vm, piece.name)?
        } else {
            let whole = [self.prefix, piece.name].concat();
            self.known.text(vm, &whole)?
        };
        let said: Handle<Dict> = vm.new_dict()?;
        for (key, value) in &piece.attributes {
            let key = self.known.text(vm, key)?;
            said.map.insert(vm, key, vm.new_str(value)?)?;
        }
        let children = vm.new_list(&[])?;
        let element = vm.new_instance(self.ty, self.class.key_count().max(5))?.word();
        self.put(element, name!(tag), tag)?;
        self.put(element, name!(attrib), said.word())?;
        self.put(element, name!(_children), children)?;
        self.children(parent)?.push(vm, element)?;
        Ok(element)
    }
}

fn build(vm: &Vm, args: Args) -> Outcome {
    let text = vm.expect_text(args.at(0))?;
    let list = |index: usize| Handle::<List>::from(args.at(index)).ok_or_else(|| vm.type_error("a list is wanted"));
    let (elements, names, scopes) = (list(2)?, list(3)?, list(4)?);
    let ty = as_type(args.at(5));
    let (Some(ty), Some(class)) = (ty, ty.and_then(as_class)) else { return Err(vm.type_error("a class is wanted")) };
    let counted = usize::try_from(vm.index(args.at(1))?).unwrap_or(usize::MAX);
    let is_ascii = text.is_ascii();
    let start = if is_ascii { Some(counted) } else { text.char_indices().nth(counted).map(|(place, _)| place) };
    let Some(start) = start.filter(|start| *start < text.len()) else { return Ok(Word::NONE) };
    let (prefix, known) = (vm.expect_text(args.at(6))?, Known([Word::NONE; 64]));
    let mut builder = Builder { vm, ty, class, prefix, known, last: args.at(7), is_tail: vm.truth(args.at(8))? };
    let mut at = start;
    while let Some(piece) = Piece::read(&text[at..]) {
        let depth = names.len();
        let open = depth.checked_sub(1).and_then(|top| Handle::<Tuple>::from(names.at(top)?)?.at(0));
        let (Some(open), Some(parent)) = (open, elements.len().checked_sub(1).and_then(|top| elements.at(top))) else { break };
        if piece.is_end {
            // The end of the document's only element is the parser's to see.
            if depth < 2 || elements.len() < 2 || vm.as_text(open) != Some(piece.name) {
                break;
            }
            builder.characters(&piece.characters)?;
            names.pop();
            let scope = scopes.pop();
            builder.last = elements.pop().unwrap_or(Word::NONE);
            builder.is_tail = true;
            if scope != scopes.at(scopes.len().saturating_sub(1)) {
                // Outside, names may stand for others.
                at += piece.length;
                break;
            }
        } else {
            builder.characters(&piece.characters)?;
            let element = builder.begin(&piece, parent)?;
            builder.last = element;
            builder.is_tail = piece.is_empty;
            if !piece.is_empty {
                let name = builder.known.text(vm, piece.name)?;
                let shown = if prefix.is_empty() { name } else { vm.new_str(&[&prefix[1..], piece.name].concat())? };
                names.push(vm, vm.new_tuple(&[name, shown, Word::NONE])?)?;
                scopes.push(vm, scopes.at(scopes.len().saturating_sub(1)).unwrap_or(Word::NONE))?;
                elements.push(vm, element)?;
            }
        }
        at += piece.length;
    }
    if at == start {
        return Ok(Word::NONE);
    }
    let passed = if is_ascii { at - start } else { text[start..at].chars().count() };
    vm.new_tuple(&[Word::int((counted + passed) as isize), builder.last, Word::bool(builder.is_tail)])
}
