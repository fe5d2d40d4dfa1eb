//! `re.Pattern`: a compiled pattern, and the search for one match or all.

use super::machine::{Anchor, Input, Machine};
use super::matched::{self, Found};
use super::program::operand16;
use super::{kept, machine, parse, replace};
use crate::object::bytes::Bytes;
use crate::object::dict::Dict;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{Access, Binary, Rows, Slots, Type, Unary};
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::{Resource, resource_type};
use crate::object::sequence;
use crate::object::str::Text;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// match(string[, pos[, endpos]]): a match at the beginning, or None.
    def r#match(1..=4, keywords) = |vm, args| method(vm, args, Deed::Find(Anchor::Start));
    /// fullmatch(string[, pos[, endpos]]): a match of all, or None.
    def fullmatch(1..=4, keywords) = |vm, args| method(vm, args, Deed::Find(Anchor::Both));
    /// search(string[, pos[, endpos]]): the first match, or None.
    def search(1..=4, keywords) = |vm, args| method(vm, args, Deed::Find(Anchor::None));
    /// sub(replacement, string, count=0): string with matches replaced.
    def sub(1..=4, keywords) = |vm, args| method(vm, args, Deed::Replace);
    /// subn(replacement, string, count=0): string with matches replaced, and how many were.
    def subn(1..=4, keywords) = |vm, args| method(vm, args, Deed::ReplaceCounted);
    /// split(string, maxsplit=0): what lies between matches.
    def split(1..=3, keywords) = |vm, args| method(vm, args, Deed::Split);
    /// findall(string[, pos[, endpos]]): a list of all matches.
    def findall(1..=4, keywords) = |vm, args| method(vm, args, Deed::FindAll);
    /// finditer(string[, pos[, endpos]]): an iterator over all matches.
    def finditer(1..=4, keywords) = |vm, args| method(vm, args, Deed::FindEach);
    /// scanner(string[, pos[, endpos]]): finds one match after the other, at the place where it is or behind that.
    #[cfg(feature = "full")]
    def scanner(1..=4, keywords) = |vm, args| {
        let pattern = &expect(vm, args.at(0))?;
        let state = iteration(vm, pattern, args.skip(1), true)?;
        vm.new_resource(&super::scanner::SCANNER, &state)
    };
    /// A copy of what cannot change is the same.
    #[cfg(feature = "full")]
    def __copy__(1) = |_, args| Ok(args.at(0));
    /// So is a deep one.
    #[cfg(feature = "full")]
    def __deepcopy__(2) = |_, args| Ok(args.at(0));
}

static SLOTS: Slots = Slots {
    print: Some(print),
    attribute: Some(attribute),
    unary: if crate::WHOLE { Some(unary) } else { None },
    binary: if crate::WHOLE { Some(binary) } else { None },
    ..Slots::NONE
};

/// Two patterns are alike if they were made of the same text, with the same flags.
fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (Binary::Equal, Some(a), Some(b)) = (operator, resource(vm, lhs), resource(vm, rhs)) else { return Ok(Word::NOT_IMPLEMENTED) };
    let alike = a.state[3].get() == b.state[3].get()
        && expect(vm, lhs)?.text == expect(vm, rhs)?.text
        && sequence::same(vm, a.state[0].get(), b.state[0].get())?;
    Ok(Word::bool(alike))
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let pattern = resource(vm, word).expect("a pattern's slot");
    match operator {
        Unary::Hash => {
            let flags = pattern.state[3].get().int_value() as u32;
            Ok(Word::int((vm.hash(pattern.state[0].get())? ^ flags.wrapping_mul(0x9e37_79b1)) as isize & Word::INT_MAX))
        }
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// `re.Pattern`. State: the pattern, its program (`bytes`), group numbers by name, flags.
pub static PATTERN: Type = resource_type(name!("re.Pattern"), &SLOTS, ROWS);

/// A compiled pattern's parts. It is lent: five words are passed in memory.
pub(super) struct Compiled<'v> {
    pub(super) word: Word,
    pub(super) code: &'v [u8],
    pub(super) names: Handle<Dict>,
    /// Whether it is for text; otherwise for bytes.
    pub(super) text: bool,
}

impl Compiled<'_> {
    /// Number of groups, without the whole.
    pub(super) fn groups(&self) -> usize {
        operand16(self.code, 0)
    }
}

fn resource(vm: &Vm, word: Word) -> Option<Handle<Resource>> {
    vm.resource(word, &PATTERN)
}

/// The pattern object of a pattern, which may be one already.
pub(super) fn compiled(vm: &Vm, pattern: Word, flags: Option<Word>) -> Outcome {
    let flags = vm.index_or(flags, 0)?;
    if resource(vm, pattern).is_some() {
        return match flags {
            0 => Ok(pattern),
            _ => Err(vm.value_error("cannot process flags argument with a compiled pattern")),
        };
    }
    if let Some(kept) = kept::find(vm, pattern, flags)? {
        return Ok(kept);
    }
    let subject = Subject::new(vm, pattern)
        .map_err(|raised| {
            vm.take_raised(raised);
            vm.type_error("first argument must be string or compiled pattern")
        })?;
    let parsed = parse::parse(vm, subject.bytes, subject.text, flags as u16)?;
    let made = vm.new_resource(&PATTERN, &[subject.word, parsed.code, parsed.names, Word::int(parsed.flags as isize)])?;
    kept::add(vm, pattern, flags, made)?;
    Ok(made)
}

/// The parts of a pattern object.
pub(super) fn expect<'v>(vm: &'v Vm, word: Word) -> Outcome<Compiled<'v>> {
    let resource = resource(vm, word).ok_or_else(|| vm.type_error("a pattern is needed"))?;
    let state = &resource.get().state;
    let code: Handle<Bytes> = Handle::from(state[1].get()).expect("a pattern has a program");
    let names = Handle::from(state[2].get()).expect("a pattern has a dict of names");
    Ok(Compiled { word, code: code.get().bytes(), names, text: vm.as_measured(state[0].get()).is_some() })
}

fn method(vm: &Vm, args: Args, deed: Deed) -> Outcome {
    deed.done(vm, &expect(vm, args.at(0))?, args.skip(1), true)
}

/// What is done with a pattern: a value, so that the rows that ask for it are a few instructions each.
#[derive(Clone, Copy)]
pub(super) enum Deed {
    Find(Anchor),
    FindAll,
    FindEach,
    Replace,
    ReplaceCounted,
    Split,
}

impl Deed {
    /// Does it; `ranged`: the arguments may say a part of the subject.
    pub(super) fn done(self, vm: &Vm, pattern: &Compiled, args: Args, ranged: bool) -> Outcome {
        match self {
            Deed::Find(anchor) => find(vm, pattern, args, anchor, ranged),
            Deed::FindAll => find_all(vm, pattern, args, ranged),
            Deed::FindEach => find_iter(vm, pattern, args, ranged),
            Deed::Replace => replace::sub(vm, pattern, args, false),
            Deed::ReplaceCounted => replace::sub(vm, pattern, args, true),
            Deed::Split => replace::split(vm, pattern, args),
        }
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let pattern = resource(vm, word).expect("a pattern's slot");
    out.text(vm, "re.compile(")?;
    if crate::WHOLE {
        // As much of a long one as tells it from others.
        let text = vm.repr(pattern.state[0].get())?;
        let text = vm.text_of(text);
        out.text(vm, &text[..text.char_indices().nth(200).map_or(text.len(), |(end, _)| end)])?;
    } else {
        out.word(vm, pattern.state[0].get(), Style::Repr)?;
    }
    let (mut first, flags) = (true, if crate::WHOLE { machine::flags(expect(vm, word)?.code) } else { 0 });
    for (bit, name) in [(2, "re.IGNORECASE"), (4, "re.LOCALE"), (8, "re.MULTILINE"), (16, "re.DOTALL"), (64, "re.VERBOSE"), (256, "re.ASCII")] {
        if flags & bit != 0 {
            out.text(vm, if first { ", " } else { "|" })?;
            out.text(vm, name)?;
            first = false;
        }
    }
    out.text(vm, ")")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let (Some(pattern), Access::Load) = (resource(vm, word), access) else { return Ok(Word::UNSET) };
    Ok(match name {
        _ if name == name!(pattern) => pattern.state[0].get(),
        _ if name == name!(flags) => pattern.state[3].get(),
        _ if name == name!(groups) => Word::int(expect(vm, word)?.groups() as isize),
        _ if name == name!(groupindex) => pattern.state[2].get(),
        _ => Word::UNSET,
    })
}

/// What is searched: text, or bytes that do not change meanwhile.
pub(super) struct Subject<'v> {
    pub(super) word: Word,
    pub(super) bytes: &'v [u8],
    pub(super) text: bool,
    /// The same as text, if it is some.
    measured: Option<Text<'v>>,
}

impl<'v> Subject<'v> {
    pub(super) fn new(vm: &'v Vm, word: Word) -> Outcome<Subject<'v>> {
        if let Some(measured) = vm.as_measured(word) {
            return Ok(Subject { word, bytes: measured.text.as_bytes(), text: true, measured: Some(measured) });
        }
        let native = vm.native(word);
        let fixed = match Handle::<Bytes>::from(native) {
            Some(_) => native,
            None => {
                // What may change is copied.
                vm.buffer(native, false)?;
                vm.new_bytes(vm.bytes_of(native)?)?
            }
        };
        Ok(Subject { word: fixed, bytes: vm.bytes_of(fixed)?, text: false, measured: None })
    }

    /// A piece of it, between two places where characters begin.
    pub(super) fn piece(&self, vm: &Vm, start: usize, end: usize) -> Outcome {
        match self.measured {
            Some(whole) => vm.new_str(whole.text.get(start..end).expect("whole characters of a str")),
            None => vm.new_bytes(&self.bytes[start..end]),
        }
    }

    /// The number of the character that begins at a byte.
    pub(super) fn number(&self, vm: &Vm, offset: usize) -> usize {
        self.measured.map_or(offset, |text| text.number(vm, offset))
    }

    /// The byte where a character begins.
    pub(super) fn offset(&self, vm: &Vm, number: usize) -> usize {
        self.measured.map_or(number.min(self.bytes.len()), |text| text.offset(vm, number))
    }
}

/// The argument at `index` or of this name.
pub(super) fn argument(vm: &Vm, args: Args, index: usize, name: Name) -> Outcome {
    let given = args.either(index, name);
    given.ok_or_else(|| vm.type_error("function missing 1 required positional arguments"))
}

/// The subject in the arguments and, of a method, which part of it: first and last byte.
fn part<'v>(vm: &'v Vm, pattern: &Compiled, args: Args, ranged: bool) -> Outcome<(Subject<'v>, usize, usize)> {
    const KNOWN: &[Name] = &[name!(pattern), name!(string), name!(flags), name!(pos), name!(endpos)];
    let vm = vm.here();
    vm.only_keywords(args, KNOWN)?;
    let subject = Subject::new(vm, argument(vm, args, 0, name!(string))?)?;
    check_kind(vm, pattern, &subject)?;
    let bound = |index: usize, name, default: usize| {
        let given = if ranged { args.either(index, name) } else { None };
        given.map_or(Ok(default), |word| Ok(subject.offset(vm, vm.clamped(word)?.max(0) as usize)))
    };
    let (start, end) = (bound(1, name!(pos), 0)?, bound(2, name!(endpos), subject.bytes.len())?);
    Ok((subject, start, end))
}

/// Text is matched with text alone.
pub(super) fn check_kind(vm: &Vm, pattern: &Compiled, subject: &Subject) -> Outcome<()> {
    match (pattern.text, subject.text) {
        (true, false) => Err(vm.type_error("cannot use a string pattern on a bytes-like object")),
        (false, true) => Err(vm.type_error("cannot use a bytes pattern on a string-like object")),
        _ => Ok(()),
    }
}

/// A machine for a pattern and a subject.
pub(super) fn machine<'v>(vm: &'v Vm, pattern: &Compiled<'v>, subject: &Subject<'v>, end: usize, anchor: Anchor) -> Outcome<Machine<'v>> {
    Machine::new(vm, pattern.code, Input { bytes: subject.bytes, text: subject.text, end }, anchor)
}

/// A match object, or `None`.
fn find(vm: &Vm, pattern: &Compiled, args: Args, anchor: Anchor, ranged: bool) -> Outcome {
    let (subject, start, end) = part(vm, pattern, args, ranged)?;
    let mut machine = machine(vm, pattern, &subject, end, anchor)?;
    let found = machine.find(start, None, anchor)?;
    let outcome = if found { matched::new(vm, pattern, &subject, &machine, start, end) } else { Ok(Word::NONE) };
    machine.end()?;
    outcome
}

/// A list of what all matches matched.
fn find_all(vm: &Vm, pattern: &Compiled, args: Args, ranged: bool) -> Outcome {
    let (subject, start, end) = part(vm, pattern, args, ranged)?;
    let list = vm.new_list_with_capacity(0)?;
    each(vm, pattern, &subject, start, end, &mut |machine| {
        let found = Found { vm, pattern, subject: &subject, bounds: machine };
        let word = match pattern.groups() {
            0 => found.group(0, Word::NONE)?,
            1 => found.group(1, found.empty()?)?,
            count => {
                let groups = vm.new_list_with_capacity(count)?;
                (1..=count).try_for_each(|group| groups.push(vm, found.group(group, found.empty()?)?))?;
                vm.tuple_of(groups.word())?.word()
            }
        };
        list.push(vm, word)?;
        Ok(true)
    })?;
    Ok(list.word())
}

/// Calls `body` for every match, one behind the other, until it says `false`.
pub(super) fn each<'v>(
    vm: &'v Vm,
    pattern: &Compiled<'v>,
    subject: &Subject<'v>,
    start: usize,
    end: usize,
    body: &mut dyn FnMut(&Machine<'v>) -> Outcome<bool>,
) -> Outcome<()> {
    let mut machine = machine(vm, pattern, subject, end, Anchor::None)?;
    let (mut at, mut refused) = (start, None);
    while machine.find(at, refused, Anchor::None)? {
        at = machine.bound(1) as usize;
        refused = (machine.bound(0) == machine.bound(1)).then_some(at);
        if !body(&machine)? {
            break;
        }
    }
    machine.end()
}

static ITERATOR_SLOTS: Slots = Slots { iter: Some(|_, word| Ok(word)), next: Some(next), ..Slots::NONE };

/// What `finditer` returns. State: pattern, subject, where to go on (× 2, + 1 after an empty match), end.
static ITERATOR: Type = resource_type(name!("iterator"), &ITERATOR_SLOTS, Rows::NONE);

fn find_iter(vm: &Vm, pattern: &Compiled, args: Args, ranged: bool) -> Outcome {
    let state = iteration(vm, pattern, args, ranged)?;
    vm.new_resource(&ITERATOR, &state)
}

/// The state of an iterator over all matches, before the first one.
fn iteration(vm: &Vm, pattern: &Compiled, args: Args, ranged: bool) -> Outcome<[Word; 4]> {
    let (subject, start, end) = part(vm, pattern, args, ranged)?;
    Ok([pattern.word, subject.word, Word::int(2 * start as isize), Word::int(end as isize)])
}

fn next(vm: &Vm, word: Word) -> Outcome {
    following(vm, vm.resource(word, &ITERATOR).expect("an iterator's slot"), Anchor::None)
}

/// The match that follows, or `UNSET`.
pub(super) fn following(vm: &Vm, iterator: Handle<Resource>, anchor: Anchor) -> Outcome {
    let state = &iterator.state;
    let pattern = &expect(vm, state[0].get())?;
    let (place, end) = (state[2].get().int_value(), state[3].get().int_value() as usize);
    if place < 0 {
        return Ok(Word::UNSET);
    }
    let (subject, at) = (&Subject::new(vm, state[1].get())?, place as usize / 2);
    let mut machine = machine(vm, pattern, subject, end, anchor)?;
    let found = machine.find(at, (place % 2 != 0).then_some(at), anchor)?;
    let outcome = if found { matched::new(vm, pattern, subject, &machine, at, end)? } else { Word::UNSET };
    let (start, stop) = (machine.bound(0), machine.bound(1));
    state[2].set(Word::int(if found { 2 * stop + isize::from(start == stop) } else { -1 }));
    machine.end()?;
    Ok(outcome)
}
