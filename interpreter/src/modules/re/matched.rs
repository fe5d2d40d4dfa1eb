//! `re.Match`: what matched where.

use super::machine::Machine;
use super::pattern::{self, Compiled, Subject};
use super::replace;
use crate::object::exception::INDEX_ERROR;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{Access, Slots, Type, Unary};
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::{Resource, resource_type};
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// group([number or name, …]): what a group matched; the whole without an argument.
    def group(1..) = group;
    /// groups(default=None): a tuple of what all groups matched.
    def groups(1..=2, keywords) = groups;
    /// groupdict(default=None): what the groups with names matched.
    def groupdict(1..=2, keywords) = groupdict;
    /// start(group=0): where it begins.
    def start(1..=2) = |vm, args| Ok(Word::int(span(vm, args)?.0));
    /// end(group=0): where it ends.
    def end(1..=2) = |vm, args| Ok(Word::int(span(vm, args)?.1));
    /// span(group=0): both.
    def span(1..=2) = |vm, args| { let (start, end) = span(vm, args)?; vm.new_tuple(&[Word::int(start), Word::int(end)]) };
    /// A copy of what cannot change is the same.
    #[cfg(feature = "full")]
    def __copy__(1) = |_, args| Ok(args.at(0));
    /// So is a deep one.
    #[cfg(feature = "full")]
    def __deepcopy__(2) = |_, args| Ok(args.at(0));
    /// expand(template): the template with groups filled in, as `sub` does.
    def expand(2) = |vm, args| {
        let stored = Stored::of(vm, args.at(0))?;
        replace::expand(vm, &stored.found(), args.at(1))
    };
}

/// Names that a match has on hosts alone.
#[cfg(feature = "full")]
pub const MORE: &[&str] = &["regs"];

/// `regs`: the spans of all groups.
#[cfg(feature = "full")]
fn regs(vm: &Vm, word: Word, stored: &Stored) -> Outcome {
    let count = stored.pattern.groups() + 1;
    let spans = vm.new_list_with_capacity(count)?;
    for group in 0..count {
        spans.push(vm, vm.call_method(word, name!(span), &[Word::int(group as isize)])?)?;
    }
    vm.tuple_of(spans.word())
        .map(|tuple| tuple.word())
}

static SLOTS: Slots = Slots { print: Some(print), attribute: Some(attribute), item: Some(item), ..Slots::NONE };

/// `re.Match`. State: the pattern, the subject, the bounds of all groups in bytes, (pos, endpos) in bytes.
pub static MATCH: Type = resource_type(name!("re.Match"), &SLOTS, ROWS);

/// Where bounds of groups come from: a machine, or a match object.
pub(super) trait Bounds {
    /// A bound in bytes, −1 for a group that did not match.
    fn bound(&self, slot: usize) -> isize;
}

impl Bounds for Machine<'_> {
    fn bound(&self, slot: usize) -> isize {
        Machine::bound(self, slot)
    }
}

impl Bounds for Tuple {
    fn bound(&self, slot: usize) -> isize {
        self.at(slot).map_or(-1, Word::int_value)
    }
}

/// A match, wherever its bounds are.
pub(super) struct Found<'a, 'v> {
    pub(super) vm: &'v Vm,
    pub(super) pattern: &'a Compiled<'v>,
    pub(super) subject: &'a Subject<'v>,
    pub(super) bounds: &'a dyn Bounds,
}

impl Found<'_, '_> {
    /// The bytes that a group matched, as bounds.
    pub(super) fn bounds_of(&self, group: usize) -> Option<(usize, usize)> {
        let (start, end) = (self.bounds.bound(2 * group), self.bounds.bound(2 * group + 1));
        (start >= 0 && end >= start).then_some((start as usize, end as usize))
    }

    /// What a group matched, or `default`.
    pub(super) fn group(&self, group: usize, default: Word) -> Outcome {
        self.bounds_of(group).map_or(Ok(default), |(start, end)| self.subject.piece(self.vm, start, end))
    }

    /// Empty text or bytes.
    pub(super) fn empty(&self) -> Outcome {
        self.subject.piece(self.vm, 0, 0)
    }

    /// The number of a group given by number or name.
    pub(super) fn number(&self, key: Word) -> Outcome<usize> {
        let number = match self.vm.as_measured(key) {
            Some(_) => self.pattern.names.map.get(self.vm, key)?.and_then(Word::as_int),
            None if crate::WHOLE && key.as_int().is_none() && self.vm.ask(Unary::Index, key)? == Word::NOT_IMPLEMENTED => None,
            None => Some(self.vm.clamped(key)?),
        };
        let known = number.and_then(|number| usize::try_from(number).ok()).filter(|number| *number <= self.pattern.groups());
        known.ok_or_else(|| self.vm.raise_text(&INDEX_ERROR, "no such group"))
    }
}

/// A match object of where the machine stands.
pub(super) fn new(vm: &Vm, pattern: &Compiled, subject: &Subject, machine: &Machine, pos: usize, end: usize) -> Outcome {
    let bounds = vm.new_tuple_with(machine.captures(), |slot| Word::int(machine.bound(slot)))?;
    let range = vm.new_tuple(&[Word::int(pos as isize), Word::int(end as isize)])?;
    vm.new_resource(&MATCH, &[pattern.word, subject.word, bounds, range])
}

/// A match object's parts.
struct Stored<'v> {
    vm: &'v Vm,
    resource: Handle<Resource>,
    bounds: Handle<Tuple>,
    pattern: Compiled<'v>,
    subject: Subject<'v>,
}

impl<'v> Stored<'v> {
    fn of(vm: &'v Vm, word: Word) -> Outcome<Stored<'v>> {
        let resource = vm.resource(word, &MATCH).ok_or_else(|| vm.type_error("a match is needed"))?;
        let state = &resource.state;
        Ok(Stored {
            vm: vm.here(),
            resource,
            bounds: Handle::from(state[2].get()).expect("a match has bounds"),
            pattern: pattern::expect(vm, state[0].get())?,
            subject: Subject::new(vm, state[1].get())?,
        })
    }

    fn found(&self) -> Found<'_, 'v> {
        Found { vm: self.vm, pattern: &self.pattern, subject: &self.subject, bounds: self.bounds.get() }
    }

    /// The group that ended last.
    fn last(&self) -> usize {
        let found = self.found();
        // Of those that end together the one that begins first, the outer.
        let (mut last, mut place) = (0, (0, 0));
        for group in 1..=self.pattern.groups() {
            let Some((start, end)) = found.bounds_of(group) else { continue };
            let better = (end, !start);
            if last == 0 || better > place {
                (last, place) = (group, better);
            }
        }
        last
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let stored = Stored::of(vm, word)?;
    let found = stored.found();
    let (start, end) = found.bounds_of(0).expect("a match matched");
    out.counted(vm, "<re.Match object; span=(", found.subject.number(vm, start) as isize)?;
    out.counted(vm, ", ", found.subject.number(vm, end) as isize)?;
    out.text(vm, "), match=")?;
    // A long match is cut off, as CPython does it: what is printed is for looking at.
    let text = vm.text_of(vm.repr(found.group(0, Word::NONE)?)?);
    out.text(vm, text.char_indices().nth(50).map_or(text, |(end, _)| &text[..end]))?;
    out.text(vm, ">")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let stored = Stored::of(vm, word)?;
    let state = &stored.resource.state;
    let bound = |index: usize| -> Outcome {
        let range: Handle<Tuple> = Handle::from(state[3].get()).expect("a match has a range");
        let offset = range.at(index).map_or(0, Word::int_value);
        Ok(Word::int(stored.subject.number(vm, offset as usize) as isize))
    };
    match name {
        #[cfg(feature = "full")]
        _ if name == name!(regs) => regs(vm, word, &stored),
        _ if name == name!(string) => Ok(state[1].get()),
        _ if name == name!(re) => Ok(state[0].get()),
        _ if name == name!(pos) => bound(0),
        _ if name == name!(endpos) => bound(1),
        _ if name == name!(lastindex) => Ok(Some(stored.last()).filter(|group| *group > 0).map_or(Word::NONE, |group| Word::int(group as isize))),
        _ if name == name!(lastgroup) => {
            let last = Word::int(stored.last() as isize);
            let names = stored.pattern.names;
            Ok(names.map.iter().find(|(_, group)| *group == last).map_or(Word::NONE, |(name, _)| name))
        }
        _ => Ok(Word::UNSET),
    }
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let stored = Stored::of(vm, word)?;
    let found = stored.found();
    found.group(found.number(key)?, Word::NONE)
}

fn group(vm: &Vm, args: Args) -> Outcome {
    let stored = Stored::of(vm, args.at(0))?;
    let found = stored.found();
    if args.len() <= 2 {
        return found.group(args.get(1).map_or(Ok(0), |key| found.number(key))?, Word::NONE);
    }
    let list = vm.new_list_with_capacity(args.len())?;
    for key in &args.positional()[1..] {
        list.push(vm, found.group(found.number(key.get())?, Word::NONE)?)?;
    }
    Ok(vm.tuple_of(list.word())?.word())
}

fn default(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(default)])?;
    Ok(args.either(1, name!(default)).unwrap_or(Word::NONE))
}

fn groups(vm: &Vm, args: Args) -> Outcome {
    let (stored, default) = (Stored::of(vm, args.at(0))?, default(vm, args)?);
    let found = stored.found();
    let list = vm.new_list_with_capacity(found.pattern.groups())?;
    for group in 1..=found.pattern.groups() {
        list.push(vm, found.group(group, default)?)?;
    }
    Ok(vm.tuple_of(list.word())?.word())
}

fn groupdict(vm: &Vm, args: Args) -> Outcome {
    let (stored, default) = (Stored::of(vm, args.at(0))?, default(vm, args)?);
    let (found, dict) = (stored.found(), vm.new_dict()?);
    for (name, group) in found.pattern.names.map.iter() {
        dict.map.insert(vm, name, found.group(group.int_value() as usize, default)?)?;
    }
    Ok(dict.word())
}

fn span(vm: &Vm, args: Args) -> Outcome<(isize, isize)> {
    let stored = Stored::of(vm, args.at(0))?;
    let found = stored.found();
    let group = args.get(1).map_or(Ok(0), |key| found.number(key))?;
    let number = |offset: usize| found.subject.number(vm, offset) as isize;
    Ok(found.bounds_of(group).map_or((-1, -1), |(start, end)| (number(start), number(end))))
}
