//! `namedtuple`: types made at run time, whose instances are tuples with names for their items.
//!
//! Such a type is a `Type` in the heap followed by its field names; an instance lies exactly as a tuple does. `META` is the
//! type of these types: its kind tells them from others.

use super::class::{self, TYPE};
use super::dict;
use super::handle::{Args, Handle, as_type, type_word};
use super::iterator;
use super::kind::{ALL, Access, Arity, Binding, Header, Kind, NativeFunction, Slots, Type};
use super::name::Name;
use super::print::{Printer, Style};
use super::tuple::{self, TUPLE, Tuple, TupleHead};
use super::word::Word;
use crate::modules::frozen;
use crate::object::exception;
use crate::source::token::Token;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    #[cfg(feature = "full")]
    def __repr__(1) = |vm, args| {
        let mut text = crate::object::print::Builder::new();
        print(vm, args.at(0), &mut Printer::new(&mut text), Style::Repr)?;
        text.finish_str(vm)
    };
    /// _asdict(): a dict of names and values.
    def _asdict(1) = as_dict;
    /// _make(iterable): an instance with these values.
    class def _make(2) = make_from;
    /// _replace(**values): an instance with some values changed.
    def _replace(1, keywords) = replace;
}

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(tuple::unary),
    binary: Some(tuple::binary),
    attribute: Some(attribute),
    item: Some(tuple::item),
    iter: Some(iterator::over_tuple),
    ..Slots::NONE
};

/// The type of the types that `namedtuple` makes.
pub static META: Type = Type {
    header: Header::of(&TYPE),
    slots: TYPE.slots,
    name: name!("type"),
    kind: Kind::NamedTuple,
    traced: ALL,
    base: Some(&TYPE),
    rows: TYPE.rows,
};

/// A type made by `namedtuple`.
#[repr(C)]
pub struct NamedTupleType {
    ty: Type,
    /// Its field names, a tuple.
    pub fields: Word,
    /// Values for the last fields, a tuple.
    defaults: Word,
    /// Dict of what the type has as attributes, on hosts; a program may add to it.
    own: Word,
    /// Dict of the fields as the type shows them, made when they are asked for.
    members: Cell<Word>,
}

impl NamedTupleType {
    fn fields(&self) -> Handle<Tuple> {
        Handle::from(self.fields).expect("field names are a tuple")
    }

    /// Values for the last fields: those of the function that it shows as `__new__`, if a program has looked at that.
    fn defaults(&self, vm: &Vm) -> Outcome<Option<Handle<Tuple>>> {
        if crate::WHOLE
            && let Some(members) = Handle::<dict::Dict>::from(self.members.get())
            && let Some(new) = vm.name_in(members, name!(__new__))
        {
            return Ok(Handle::from(vm.attribute(new, name!(__defaults__))?));
        }
        Ok(Handle::from(self.defaults))
    }

    fn position(&self, name: Name) -> Option<usize> {
        self.fields().tail().iter().position(|field| field.get() == Word::name(name))
    }
}

/// What `namedtuple` made of which `ty` is, or derives from.
fn made_behind(ty: &'static Type) -> Option<Handle<NamedTupleType>> {
    class::ancestors(ty).map(type_word).find_map(Handle::from)
}

fn made(vm: &Vm, ty: &'static Type) -> Outcome<Handle<NamedTupleType>> {
    made_behind(ty).ok_or_else(|| vm.type_error("argument has wrong type"))
}

/// Whether `ty` is the type of named tuples, or a class over one.
pub fn is_named(ty: &'static Type) -> bool {
    made_behind(ty).is_some()
}

/// Whether instances of `ty` have a field of this name.
pub fn has_field(ty: &'static Type, name: Name) -> bool {
    made_behind(ty).is_some_and(|made| made.get().position(name).is_some())
}

fn type_of(vm: &Vm, word: Word) -> Outcome<Handle<NamedTupleType>> {
    made(vm, vm.type_of(vm.native(word)))
}

/// `namedtuple(name, fields, *, defaults=None)`.
pub fn namedtuple(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(defaults), name!(rename), name!(module)])?;
    let name = vm.intern(vm.expect_text(args.at(0))?)?;
    let fields = vm.new_list_with_capacity(0)?;
    if let Some(text) = vm.as_measured(args.at(1)) {
        for field in text.text.split([',', ' ', '\t', '\n']).filter(|field| !field.is_empty()) {
            fields.push(vm, Word::name(vm.intern(field)?))?;
        }
    } else {
        vm.for_each(args.at(1), &mut |field| fields.push(vm, Word::name(vm.intern(vm.expect_text(field)?)?)))?;
    }
    if crate::WHOLE {
        check_names(vm, args, name, fields)?;
    }
    let defaults = match args.given(name!(defaults)) {
        Some(values) => vm.tuple_of(values)?.word(),
        None => vm.new_tuple(&[])?,
    };
    let ty =
        Type { header: Header::of(&META), slots: &SLOTS, name, kind: Kind::Tuple, traced: ALL, base: Some(&TUPLE), rows: ROWS };
    let fields = vm.tuple_of(fields.word())?.word();
    let own = if crate::WHOLE { describe(vm, args, name, fields, defaults)? } else { Word::UNSET };
    Ok(vm.new_object(NamedTupleType { ty, fields, defaults, own, members: Cell::new(Word::UNSET) })?.word())
}

/// Refuses names that cannot be one, or gives such fields others if that is wanted.
fn check_names(vm: &Vm, args: Args, name: Name, fields: Handle<super::list::List>) -> Outcome<()> {
    let renames = vm.truth(args.given(name!(rename)).unwrap_or(Word::FALSE))?;
    let is_identifier = |name: Name| vm.truth(vm.call_method(Word::name(name), vm.intern("isidentifier")?, &[])?);
    let is_keyword = |name: Name| {
        let keywords = Token::And as u8..=Token::Yield as u8;
        Token::find(vm.name_text(name).as_bytes()).is_some_and(|token| keywords.contains(&(token as u8)))
    };
    let refuse = |what: &'static str, name: Name| {
        Err(vm.raise(&exception::VALUE_ERROR, &[Part::Text(what), Part::Text(": '"), Part::Name(name), Part::Text("'")]))
    };
    let check = |name: Name| match () {
        () if !is_identifier(name)? => refuse("Type names and field names must be valid identifiers", name),
        () if is_keyword(name) => refuse("Type names and field names cannot be a keyword", name),
        () => Ok(()),
    };
    check(name)?;
    let field_at = |index: usize| fields.items.get(index).as_name().expect("fields are names");
    for index in 0..fields.len() {
        let field = field_at(index);
        let starts_badly = vm.name_text(field).starts_with('_');
        let is_twice = (0..index).any(|before| field_at(before) == field);
        if renames && (starts_badly || is_twice || is_keyword(field) || !is_identifier(field)?) {
            let mut text = crate::object::print::Builder::new();
            let out = &mut Printer::new(&mut text);
            out.counted(vm, "_", index as isize)?;
            fields.items.set(index, Word::name(vm.intern(vm.text_of(text.finish_str(vm)?))?));
            continue;
        }
        check(field)?;
        match (starts_badly, is_twice) {
            (true, _) => return refuse("Field names cannot start with an underscore", field),
            (_, true) => return refuse("Encountered duplicate field name", field),
            _ => {}
        }
    }
    Ok(())
}

/// What such a type says of itself.
fn describe(vm: &Vm, args: Args, name: Name, fields: Word, defaults: Word) -> Outcome {
    let own = vm.new_dict()?;
    let put = |name: Name, value: Word| own.map.insert(vm, Word::name(name), value).map(|_| ());
    let (names, values) = (Handle::<Tuple>::from(fields), Handle::<Tuple>::from(defaults));
    let (names, values) = (names.map_or(&[][..], |all| all.get().tail()), values.map_or(&[][..], |all| all.get().tail()));
    if values.len() > names.len() {
        return Err(vm.type_error("Got more default values than field names"));
    }
    let by_field = vm.new_dict()?;
    for (field, value) in names[names.len() - values.len()..].iter().zip(values) {
        by_field.map.insert(vm, field.get(), value.get())?;
    }
    let mut doc = crate::object::print::Builder::new();
    let out = &mut Printer::new(&mut doc);
    out.text(vm, vm.name_text(name))?;
    for (index, field) in names.iter().enumerate() {
        out.text(vm, if index > 0 { ", " } else { "(" })?;
        out.word(vm, field.get(), Style::Str)?;
    }
    out.text(vm, if names.is_empty() { "()" } else { ")" })?;
    put(name!(__doc__), doc.finish_str(vm)?)?;
    for shown in [name!(_fields), name!(__match_args__)] {
        put(shown, fields)?;
    }
    put(name!(_field_defaults), by_field.word())?;
    put(name!(__slots__), vm.new_tuple(&[])?)?;
    let module = match args.given(name!(module)) {
        Some(module) => Some(module),
        None => vm.current_function().and_then(|function| vm.name_in(function.globals, name!(__name__))),
    };
    put(name!(__module__), module.unwrap_or(Word::NONE))?;
    Ok(own.word())
}

/// What a type that `namedtuple` made has under `name`, beside its methods.
pub fn own(vm: &Vm, ty: &'static Type, name: Name) -> Option<Word> {
    let made = Handle::<NamedTupleType>::from(type_word(ty))?;
    vm.name_in(Handle::<dict::Dict>::from(made.own)?, name)
}

/// Calls `note` with the names of the fields, and of what such a type has beside them.
///
/// # Errors
/// What `note` raises.
#[cfg(feature = "full")]
pub fn names(ty: &'static Type, note: &dyn Fn(Word) -> Outcome<()>) -> Outcome<()> {
    let Some(made) = Handle::<NamedTupleType>::from(type_word(ty)) else { return Ok(()) };
    made.fields().get().tail().iter().try_for_each(|field| note(field.get()))?;
    match Handle::<dict::Dict>::from(made.own) {
        Some(own) => own.map.iter().try_for_each(|entry| note(entry.0)),
        None => Ok(()),
    }
}

/// Stores to such a type, and deletes from it; `UNSET` of other types.
pub fn change_own(vm: &Vm, ty: Word, name: Name, access: Access) -> Outcome {
    let Some(own) = Handle::<NamedTupleType>::from(ty).and_then(|made| Handle::<dict::Dict>::from(made.own)) else {
        return Ok(Word::UNSET);
    };
    match access {
        Access::Store(value) => own.map.insert(vm, Word::name(name), value).map(|_| Word::NONE),
        _ => Ok(own.map.remove(vm, Word::name(name))?.map_or(Word::UNSET, |_| Word::NONE)),
    }
}

/// A field as such a type, or one that derives from it, shows it: a property with a text about it. `UNSET` for other names.
pub fn member(vm: &Vm, ty: &'static Type, name: Name) -> Outcome {
    let Some(made) = made_behind(ty) else { return Ok(Word::UNSET) };
    let Some(index) = made.position(name) else { return Ok(Word::UNSET) };
    let members = members(vm, made)?;
    if let Some(known) = vm.name_in(members, name) {
        return Ok(known);
    }
    let getter = crate::object::function::bind(vm, Word::of_static(&FIELD), Word::int(index as isize))?;
    let mut doc = crate::object::print::Builder::new();
    let out = &mut Printer::new(&mut doc);
    out.counted(vm, "Alias for field number ", index as isize)?;
    let property = crate::object::descriptor::new_reader(vm, getter, doc.finish_str(vm)?)?;
    members.map.insert(vm, Word::name(name), property)?;
    Ok(property)
}

fn members(vm: &Vm, made: Handle<NamedTupleType>) -> Outcome<Handle<dict::Dict>> {
    if made.members.get() == Word::UNSET {
        made.members.set(vm.new_dict()?.word());
    }
    Ok(Handle::from(made.members.get()).expect("made just now"))
}

/// `__new__` as such a type, or one that derives from it, shows it: a function, whose `__defaults__` a program may read and set. `UNSET`
/// of other types.
pub fn shown_new(vm: &Vm, ty: &'static Type) -> Outcome {
    let Some(made) = made_behind(ty) else { return Ok(Word::UNSET) };
    let members = members(vm, made)?;
    if let Some(known) = vm.name_in(members, name!(__new__)) {
        return Ok(known);
    }
    let maker = frozen::continued(vm, name!(collections), vm.intern("_new_of_tuple")?)?;
    if maker == Word::UNSET {
        return Ok(Word::UNSET);
    }
    let function = vm.call(maker, &[made.word(), made.get().defaults])?;
    members.map.insert(vm, Word::name(name!(__new__)), function)?;
    Ok(function)
}

/// Reads a field: `(position, instance)`.
static FIELD: NativeFunction = NativeFunction::new(name!(_fields), Arity::new(2, 2), false, Binding::Static, |vm, args| {
    vm.item(vm.native(args.at(1)), args.at(0))
});

fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    let made = made(vm, ty)?;
    let wanted = made.fields().len();
    if args.len() > wanted {
        return Err(wrong_count(vm, wanted, args.len()));
    }
    let defaults = made.defaults(vm)?;
    let first_default = wanted.saturating_sub(defaults.map_or(0, |all| all.len()));
    let default = |index: usize| defaults.and_then(|all| all.at(index.wrapping_sub(first_default))).unwrap_or(Word::UNSET);
    let items = vm.new_celled(&TUPLE, wanted, TupleHead, |index| args.get(index).unwrap_or_else(|| default(index)))?;
    for (name, value) in args.keywords() {
        let position = name.as_name().and_then(|name| made.position(name));
        match position {
            Some(index) if index >= args.len() => items.tail()[index].set(value),
            _ => {
                let text = if position.is_some() {
                    "function got multiple values for argument '"
                } else {
                    "unexpected keyword argument '"
                };
                return Err(vm.raise(&exception::TYPE_ERROR, &[Part::Text(text), Part::Str(name), Part::Text("'")]));
            }
        }
    }
    if items.tail().iter().any(|item| item.get() == Word::UNSET) {
        return Err(wrong_count(vm, wanted, args.len() + args.keyword_count()));
    }
    instance(vm, made, items)
}

fn wrong_count(vm: &Vm, wanted: usize, given: usize) -> crate::vm::Raised {
    let text = Part::Text;
    let (wanted, given) = (Part::Int(wanted as isize), Part::Int(given as isize));
    let parts = [text("function takes "), wanted, text(" positional arguments but "), given, text(" were given")];
    vm.raise(&exception::TYPE_ERROR, &parts)
}

/// An instance with these items.
fn instance(vm: &Vm, made: Handle<NamedTupleType>, items: Handle<Tuple>) -> Outcome {
    let ty = as_type(made.word()).expect("a type");
    Ok(vm.new_celled(ty, items.len(), TupleHead, |index| items.tail()[index].get())?.word())
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (made, items) = (type_of(vm, word)?, vm.receiver::<Tuple>(word)?);
    out.text(vm, vm.name_text(vm.type_of(word).name))?;
    out.text(vm, "(")?;
    for (index, (field, item)) in made.fields().tail().iter().zip(items.tail()).enumerate() {
        out.text(vm, if index > 0 { ", " } else { "" })?;
        out.word(vm, field.get(), Style::Str)?;
        out.text(vm, "=")?;
        out.word(vm, item.get(), Style::Repr)?;
    }
    out.text(vm, ")")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let made = type_of(vm, word)?;
    match (made.position(name), access) {
        (Some(index), Access::Load) => Ok(vm.receiver::<Tuple>(word)?.tail()[index].get()),
        (Some(_), _) => Err(vm.raise_text(&exception::ATTRIBUTE_ERROR, "can't set attribute")),
        (None, Access::Load) if name == name!(_fields) => Ok(made.fields),
        _ => Ok(Word::UNSET),
    }
}

fn as_dict(vm: &Vm, args: Args) -> Outcome {
    let (made, items) = (type_of(vm, args.at(0))?, vm.receiver::<Tuple>(args.at(0))?);
    let new = vm.call(Word::of_static(if crate::WHOLE { &dict::DICT } else { &dict::ORDERED_DICT }), &[])?;
    for (field, item) in made.fields().tail().iter().zip(items.tail()) {
        vm.set_item(new, field.get(), item.get())?;
    }
    Ok(new)
}

fn make_from(vm: &Vm, args: Args) -> Outcome {
    let values = vm.tuple_of(args.at(1))?;
    vm.call_args(args.at(0), Args::of(values.tail()))
}

fn replace(vm: &Vm, args: Args) -> Outcome {
    let (made, items) = (type_of(vm, args.at(0))?, vm.receiver::<Tuple>(args.at(0))?);
    let copy = vm.new_celled(&TUPLE, items.len(), TupleHead, |index| items.tail()[index].get())?;
    for (name, value) in args.keywords() {
        match name.as_name().and_then(|name| made.position(name)) {
            Some(index) => copy.tail()[index].set(value),
            None => {
                let parts = [Part::Text("Got unexpected field names: ["), Part::Repr(name), Part::Text("]")];
                return Err(vm.raise(&exception::VALUE_ERROR, &parts));
            }
        }
    }
    if crate::WHOLE {
        // Of a derived class as well.
        return vm.call_args(vm.attribute(args.at(0), name!(__class__))?, Args::of(copy.tail()));
    }
    instance(vm, made, copy)
}
