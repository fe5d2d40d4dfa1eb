//! `type`, `object`, and the classes that programs make.
//!
//! A class begins with a `Type`, so builtin types and classes are looked through alike. It owns the table of its instances'
//! attribute names: the position of a name in it is the slot of that attribute in every instance (`instance`).
//!
//! Whatever is cached about a class goes by its version: a number that no other state of any class ever had. Changing a class
//! gives it, and all that derive from it, a new one.

use super::descriptor::{ClassMethod, Property, StaticMethod, member};
use super::exception;
use super::handle::{Args, Handle, Words, as_type, object_type, type_word};
use super::kind::{ALL, ATTRIBUTES, Access, Arity, Binary, Binding, Header, Kind, NativeFunction, Rows, Slots, Type, find_row};
use super::map::Map;
use super::name::Name;
use super::print::{Printer, Style};
use super::tuple::Tuple;
use super::word::Word;
use super::{instance, special};
use crate::vm::attribute::{Found, bind_row};
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "standard"), path = "class/small/build.rs")]
mod build;
#[cfg_attr(not(feature = "standard"), path = "class/small/detail.rs")]
pub(crate) mod detail;
#[cfg_attr(not(feature = "full"), path = "class/small/rebase.rs")]
mod rebase;
use build::make_type;
pub use build::{BUILD_CLASS, build_class};
pub(crate) use detail::{find_on_type, gives, hides, is_hidden_by_field};

static TYPE_SLOTS: Slots = Slots {
    call: Some(call_type),
    make: Some(make_type),
    print: Some(print_type),
    attribute: Some(type_attribute),
    binary: Some(type_binary),
    ..Slots::NONE
};
static OBJECT_SLOTS: Slots = Slots { make: Some(make_object), ..Slots::NONE };

/// `type`.
pub static TYPE: Type = Type {
    header: Header::of(&TYPE),
    slots: &TYPE_SLOTS,
    name: name!("type"),
    kind: Kind::Type,
    traced: 0,
    base: None,
    rows: TYPE_ROWS,
};

/// `type` again, as the type of classes in the heap: told apart by kind, shown to programs as `type`.
pub static CLASS: Type = Type {
    header: Header::of(&TYPE),
    slots: &TYPE_SLOTS,
    name: name!("type"),
    kind: Kind::Class,
    traced: ALL,
    base: Some(&TYPE),
    rows: Rows::NONE,
};

/// `object`.
pub static OBJECT: Type = Type {
    header: Header::of(&TYPE),
    slots: &OBJECT_SLOTS,
    name: name!("object"),
    kind: Kind::Object,
    traced: ALL,
    base: None,
    rows: instance::ROWS,
};

/// `Type::traced` of a class whose instances are of this kind.
fn traced(kind: Kind) -> u8 {
    if kind == Kind::Instance { ATTRIBUTES } else { ALL }
}

table! { pub TYPE_ROWS, TYPE_ROW_NAMES, TYPE_DOCS:
    /// mro(): the classes that attributes are looked for in, in order.
    #[cfg(feature = "standard")]
    def mro(1) = |vm, args| mro_of(vm, args.at(0));
    /// type.__call__(cls, …): a new instance.
    #[cfg(feature = "standard")]
    def __call__(1.., keywords) = |vm, args| call_type(vm, args.at(0), args.skip(1));
    /// __prepare__(name, bases, …): the namespace for a class body.
    #[cfg(feature = "standard")]
    class def __prepare__(1.., keywords) = |vm, _| Ok(vm.new_dict()?.word());
    /// __subclasses__(): the classes that derive from this one directly.
    #[cfg(feature = "standard")]
    def __subclasses__(1) = detail::subclasses;
    /// __instancecheck__(object): whether object is an instance.
    #[cfg(feature = "standard")]
    def __instancecheck__(2) = |vm, args| match as_type(args.at(0)) {
        Some(ty) => Ok(Word::bool(vm.is_instance(args.at(1), ty))),
        None => Err(vm.type_error("a type is wanted")),
    };
    /// __subclasscheck__(class): whether class derives from this one.
    #[cfg(feature = "standard")]
    def __subclasscheck__(2) = |vm, args| match (as_type(args.at(0)), as_type(args.at(1))) {
        (Some(ty), Some(other)) => Ok(Word::bool(vm.is_subclass(other, ty))),
        _ => Err(vm.type_error("a type is wanted")),
    };
}

/// `object()`.
#[repr(C)]
pub struct Object {
    header: Header,
}

fn make_object(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    if args.len() + args.keyword_count() > 0 {
        return Err(vm.type_error("object() takes no arguments"));
    }
    if is_class(ty) { instance::make(vm, ty, args) } else { Ok(vm.new_object(Object { header: Header::of(&OBJECT) })?.word()) }
}

/// A class.
#[repr(C)]
pub struct Class {
    /// The part that builtin types have too. Its header is `CLASS` or the metaclass.
    pub ty: Type,
    /// Its bases, a tuple.
    pub bases: Cell<Word>,
    /// Itself and all that it derives from, in the order of lookup; a tuple.
    mro: Cell<Word>,
    /// The builtin type whose object its instances hold inside.
    pub native: Option<&'static Type>,
    /// Its attributes.
    pub map: Map,
    /// Names of its instances' attributes, by slot. With a native object, slot 0 is that object's, and its name is `UNSET`.
    keys: Words,
    key_count: Cell<u16>,
    flags: Cell<u16>,
    /// See the module's header.
    version: Cell<u32>,
    /// Classes that derive from this one, to tell them of changes.
    derived: Words,
    /// What `begin_instance` needs, as of a version: `__init__`, `UNSET` without one, `NONE` when making one is not simple.
    init: Cell<Word>,
    init_version: Cell<u32>,
}

// 80 bytes on a 32-bit chip.
const _: () = assert!(size_of::<Class>() <= 20 * size_of::<usize>());

/// Bits of `Class::flags`.
mod flag {
    /// Somewhere on the way up are `__getattr__`, `__setattr__`, `__delattr__` or descriptors that take stores.
    pub const SPECIAL: u16 = 1;
    /// Some instance has attributes whose names are not in the table.
    pub const UNLISTED: u16 = 2;
    /// `__slots__` names all attributes that instances can have.
    pub const CLOSED: u16 = 4;
    /// It, or a class that it derives from, has `__del__`.
    pub const DELETED: u16 = 8;
    /// In the order of lookup a class of a program comes behind a builtin type.
    #[cfg(feature = "standard")]
    pub const MIXED: u16 = 16;
    /// What derived classes have as well.
    pub const INHERITED: u16 = SPECIAL | DELETED;
}

/// Most names in a class's table; further ones go to the instances' dicts.
const MOST_KEYS: usize = 48;

impl Class {
    /// The version; 0 if nothing may be cached.
    #[inline(always)]
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    /// Whether attribute access on instances must look for hooks first.
    #[inline]
    pub fn is_special(&self) -> bool {
        self.flags.get() & flag::SPECIAL != 0
    }

    /// Whether instances may have attributes that are in no slot.
    pub fn has_unlisted(&self) -> bool {
        self.flags.get() & flag::UNLISTED != 0
    }

    /// Whether instances have no attributes but those in the table.
    pub fn is_closed(&self) -> bool {
        self.flags.get() & flag::CLOSED != 0
    }

    /// Whether instances have `__del__`.
    pub fn has_deleter(&self) -> bool {
        self.flags.get() & flag::DELETED != 0
    }

    /// Names in the table.
    pub fn key_count(&self) -> usize {
        self.key_count.get() as usize
    }

    /// The name of slot `index`.
    pub fn key(&self, index: usize) -> Word {
        self.keys.get(index)
    }

    /// The slot of an attribute.
    #[inline]
    pub fn slot_of(&self, name: Name) -> Option<usize> {
        let name = Word::name(name);
        (0..self.key_count()).find(|&index| self.keys.get(index) == name)
    }

    fn mro(&self) -> Handle<Tuple> {
        Handle::from(self.mro.get()).expect("the order of lookup is a tuple")
    }
}

/// The class behind a `Type`, if it was made by a program.
#[inline]
pub fn as_class(ty: &'static Type) -> Option<Handle<Class>> {
    Handle::from(type_word(ty))
}

/// Whether `ty` is a class made by a program.
#[inline(always)]
pub fn is_class(ty: &Type) -> bool {
    ty.header.0.get().kind == Kind::Class
}

/// `ty` and all that it derives from, in the order of lookup; `object` is the last.
#[inline]
pub fn ancestors(ty: &'static Type) -> impl Iterator<Item = &'static Type> {
    let mro = as_class(ty).map(|class| class.mro());
    let (mut next, mut index) = (Some(ty), 0);
    core::iter::from_fn(move || {
        if let Some(mro) = mro {
            index += 1;
            return as_type(mro.get().tail().get(index - 1)?.get());
        }
        let here = next?;
        next = match here.base {
            None if core::ptr::eq(here, &OBJECT) => None,
            None => Some(&OBJECT),
            base => base,
        };
        Some(here)
    })
}

/// What `ty` itself has under `name`.
#[inline]
pub(super) fn own(vm: &Vm, ty: &'static Type, name: Name) -> Option<Word> {
    let vm = vm.here();
    match as_class(ty) {
        Some(class) => {
            let map = &class.get().map;
            let position = map.position_of_name(Word::name(name), || vm.name_hash(name))?;
            map.entry(position).map(|entry| entry.1)
        }
        None => find_row(ty.rows, name).or_else(|| detail::own_of_builtin(vm, ty, name)),
    }
}

/// What the type or one of its ancestors has under `name`, unbound, and which one has it.
#[inline]
pub fn lookup(vm: &Vm, ty: &'static Type, name: Name) -> Option<(Word, &'static Type)> {
    if detail::is_mixed(ty) {
        return detail::lookup_mixed(vm, ty, name);
    }
    let vm = vm.here();
    ancestors(ty).find_map(|ancestor| own(vm, ancestor, name).map(|value| (value, ancestor)))
}

/// What a class of a program among the ancestors has under `name`: a special method. Builtin behaviour is in slots.
#[inline]
pub fn lookup_special(vm: &Vm, ty: &'static Type, name: Name) -> Option<Word> {
    if let Some(known) = vm.recall_special(ty, name) {
        return known;
    }
    let found = search_special(vm, ty, name);
    vm.note_special(ty, name, found);
    found
}

fn search_special(vm: &Vm, ty: &'static Type, name: Name) -> Option<Word> {
    if detail::is_mixed(ty) {
        return detail::lookup_mixed(vm, ty, name).filter(|(_, owner)| is_class(owner)).map(|(value, _)| value);
    }
    let vm = vm.here();
    ancestors(ty).filter(|ancestor| is_class(ancestor)).find_map(|ancestor| own(vm, ancestor, name))
}

/// The builtin type behind a class: the one whose slots work on `native(instance)`. `object` for plain ones.
pub fn native_type(ty: &'static Type) -> &'static Type {
    ancestors(ty).find(|ancestor| !is_class(ancestor)).unwrap_or(&OBJECT)
}

/// The builtin object inside an instance of a class that derives from a builtin type.
#[inline]
pub fn native(word: Word) -> Option<Word> {
    let ty = object_type(word)?;
    if ty.kind != Kind::Instance {
        return None;
    }
    instance::native(word, ty)
}

/// The type that a program sees for `ty`.
pub fn visible(ty: &'static Type) -> &'static Type {
    match ty.kind {
        Kind::NamedTuple => &TYPE,
        Kind::LongRange => &super::range::RANGE,
        Kind::BuiltinModule => &super::module::MODULE,
        _ if core::ptr::eq(ty, &CLASS) => &TYPE,
        _ => ty,
    }
}

/// Whether a class attribute takes part in stores and comes before the instance's own attribute.
pub fn is_data_descriptor(vm: &Vm, value: Word) -> bool {
    if Handle::<Property>::from(value).is_some() {
        return true;
    }
    match object_type(value) {
        Some(ty) if is_class(ty) && ty.kind == Kind::Instance => detail::takes_stores(vm, ty),
        _ => false,
    }
}

/// Binds a class attribute, found in `owner`, to an instance: what an access of `instance.name` means.
pub(crate) fn bind_to_instance(vm: &Vm, value: Word, owner: &'static Type, object: Word, ty: &'static Type) -> Outcome<Found> {
    let Some(kind) = object_type(value).map(|ty| ty.kind) else { return Ok(Found::plain(value)) };
    Ok(match kind {
        Kind::Function => Found { value, first: object },
        Kind::NativeFunction if is_class(owner) => detail::bind_taken(vm, value, object, ty),
        Kind::NativeFunction => {
            // A named tuple's own methods ask for the class of what they are given; a property's make more of its class.
            let asks = || vm.type_of(type_word(owner)).kind == Kind::NamedTuple || owner.kind == Kind::Property;
            let is_object = core::ptr::eq(owner, &OBJECT) || crate::WHOLE && asks();
            bind_row(value, if is_object { object } else { vm.native(object) }, ty)
        }
        Kind::StaticMethod => Found::plain(Handle::<StaticMethod>::from(value).expect("by kind").function),
        Kind::ClassMethod => detail::bind_class_method(vm, Handle::from(value).expect("by kind"), ty)?,
        Kind::Property => Found::plain(super::descriptor::get_property(vm, value, object)?),
        Kind::Instance => Found::plain(detail::get(vm, value, object, ty)?),
        Kind::Resource if member::is_one(value) => Found::plain(member::get(vm, value, object)?),
        Kind::Super if crate::WHOLE => Found::plain(super::descriptor::bound_super(vm, value, object)?),
        _ => Found::plain(value),
    })
}

/// Binds a class attribute to the class that it was looked up on.
pub(super) fn bind_to_class(vm: &Vm, value: Word, ty: &'static Type) -> Outcome<Found> {
    let Some(kind) = object_type(value).map(|ty| ty.kind) else { return Ok(Found::plain(value)) };
    Ok(match kind {
        Kind::NativeFunction => {
            let is_class_method =
                Handle::<NativeFunction>::from(value).is_some_and(|function| function.binding() == Binding::Class);
            Found { value, first: if is_class_method { type_word(ty) } else { Word::UNSET } }
        }
        Kind::StaticMethod => Found::plain(Handle::<StaticMethod>::from(value).expect("by kind").function),
        Kind::ClassMethod => detail::bind_class_method(vm, Handle::from(value).expect("by kind"), ty)?,
        Kind::Instance => Found::plain(detail::get(vm, value, Word::NONE, ty)?),
        _ => Found::plain(value),
    })
}

/// `int | str`.
fn type_binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    match operator {
        Binary::Or => super::generic::union(vm, a, b),
        Binary::ReverseOr => super::generic::union(vm, b, a),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Writes a type's name with its module, as annotations show it.
pub(super) fn print_path(vm: &Vm, ty: &'static Type, out: &mut Printer) -> Outcome<()> {
    if is_class(ty)
        && let Some(module) = own(vm, ty, name!(__module__))
    {
        // Some builtin types are written in Python.
        if !crate::WHOLE || module != Word::name(name!(builtins)) {
            out.word(vm, module, Style::Str)?;
            out.text(vm, ".")?;
        }
        if let Some(name) = own(vm, ty, name!(__qualname__)) {
            return out.word(vm, name, Style::Str);
        }
    }
    out.text(vm, vm.name_text(ty.name))
}

/// Writes a type's name as `repr` shows it: with its module, but for those of the program itself, which the reference shows
/// without.
pub(crate) fn print_where(vm: &Vm, ty: &'static Type, out: &mut Printer) -> Outcome<()> {
    if crate::WHOLE
        && is_class(ty)
        && let Some(module) = own(vm, ty, name!(__module__))
        && ![Word::name(name!(__main__)), Word::name(name!(builtins))].contains(&module)
    {
        return print_path(vm, ty, out);
    }
    detail::print_home(vm, ty, out)?;
    out.text(vm, vm.name_text(ty.name))
}

fn mro_of(vm: &Vm, object: Word) -> Outcome {
    let Some(ty) = as_type(object) else { return Err(vm.type_error("a type is wanted")) };
    match as_class(ty) {
        Some(class) => Ok(class.mro.get()),
        None => {
            let count = ancestors(ty).count();
            vm.new_tuple_with(count, |index| type_word(ancestors(ty).nth(index).expect("below the count")))
        }
    }
}

/// Stores and deletes of a class's attributes.
fn type_attribute(vm: &Vm, object: Word, name: Name, access: Access) -> Outcome {
    let Some(class) = Handle::<Class>::from(object) else { return detail::change_builtin(vm, object, name, access) };
    // A body may give instances a `__name__`: that of the class lies beside it.
    let name = detail::place_of(name);
    let key = Word::name(name);
    match access {
        Access::Load => return Ok(Word::UNSET),
        Access::Store(value) if rebase::is_wanted(name) => return rebase::rebase(vm, class, value),
        Access::Store(value) => {
            detail::check_name(vm, object, name, value)?;
            let old = own(vm, as_type(object).expect("a class"), name);
            class.map.insert(vm, key, value)?;
            let kept = |word| binds(word) || crate::WHOLE && is_tuple(word);
            if old.is_some_and(|old| !kept(old)) && !kept(value) {
                return Ok(Word::NONE);
            }
            if makes_special(vm, name, value) {
                mark_special(vm, class)?;
            }
        }
        Access::Delete => {
            if class.map.remove(vm, key)?.is_none() {
                return Ok(Word::UNSET);
            }
        }
    }
    changed(vm, class)?;
    Ok(Word::NONE)
}

/// Whether a class attribute may be more than a value: only such are cached.
pub(crate) fn binds(value: Word) -> bool {
    let Some(ty) = object_type(value) else { return false };
    matches!(
        ty.kind,
        Kind::Function
            | Kind::NativeFunction
            | Kind::StaticMethod
            | Kind::ClassMethod
            | Kind::Property
            | Kind::Instance
            | Kind::Super
    )
}

/// Whether it is a tuple, which `lookup_special` keeps as well: native code finds what it must know in such.
pub(crate) fn is_tuple(value: Word) -> bool {
    object_type(value).is_some_and(|ty| ty.kind == Kind::Tuple)
}

fn makes_special(vm: &Vm, name: Name, value: Word) -> bool {
    detail::HOOKS.contains(&name) || is_data_descriptor(vm, value)
}

fn mark_special(vm: &Vm, class: Handle<Class>) -> Outcome<()> {
    let vm = vm.here();
    class.flags.set(class.flags.get() | flag::SPECIAL);
    for_each_derived(vm, class, &mut |derived| mark_special(vm, derived))
}

/// Whether something in the class comes before, or takes stores from, the instances' own attribute `name`.
pub(crate) fn blocks_slot(vm: &Vm, ty: &'static Type, name: Name) -> bool {
    let hooks = [name!(__getattribute__), name!(__setattr__), name!(__delattr__)];
    hooks.iter().any(|hook| lookup_special(vm, ty, *hook).is_some())
        || lookup(vm, ty, name).is_some_and(|(value, _)| is_data_descriptor(vm, value))
}

/// Gives a class, and what derives from it, new versions.
fn changed(vm: &Vm, class: Handle<Class>) -> Outcome<()> {
    let vm = vm.here();
    class.version.set(vm.new_class_version());
    for_each_derived(vm, class, &mut |derived| changed(vm, derived))
}

fn for_each_derived(vm: &Vm, class: Handle<Class>, body: &mut dyn FnMut(Handle<Class>) -> Outcome<()>) -> Outcome<()> {
    vm.check_stack()?;
    for index in 0..class.derived.capacity() {
        if let Some(derived) = Handle::<Class>::from(class.derived.get(index)) {
            body(derived)?;
        }
    }
    Ok(())
}

/// A class with nothing in it, not even an order of lookup.
fn blank(
    vm: &Vm,
    meta: &'static Type,
    kind: Kind,
    name: Name,
    bases: Handle<Tuple>,
    native: Option<&'static Type>,
    flags: u16,
) -> Outcome<Handle<Class>> {
    let base = bases.get().tail().first().and_then(|base| as_type(base.get()));
    let ty = Type {
        header: Header::of(meta),
        slots: &instance::SLOTS,
        name,
        kind,
        traced: traced(kind),
        base,
        rows: super::kind::Rows::NONE,
    };
    vm.new_object(Class {
        ty,
        bases: Cell::new(bases.word()),
        mro: Cell::new(Word::UNSET),
        native,
        map: Map::EMPTY,
        keys: Words::EMPTY,
        key_count: Cell::new(0),
        flags: Cell::new(flags),
        version: Cell::new(0),
        derived: Words::EMPTY,
        init: Cell::new(Word::NONE),
        init_version: Cell::new(0),
    })
}

/// The class is whole: its bases know it, and caches may.
fn publish(vm: &Vm, class: Handle<Class>, bases: Handle<Tuple>) -> Outcome {
    for base in bases.get().tail() {
        if let Some(base) = Handle::<Class>::from(base.get()) {
            add_derived(vm, base, class.word())?;
        }
    }
    class.version.set(vm.new_class_version());
    Ok(class.word())
}

fn add_derived(vm: &Vm, class: Handle<Class>, derived: Word) -> Outcome<()> {
    let count = class.derived.capacity();
    vm.resize_words(&class.get().derived, count + 1)?;
    class.derived.set(count, derived);
    Ok(())
}

/// Notes that some instance has attributes whose names are in no table.
pub(super) fn note_unlisted(vm: &Vm, class: Handle<Class>) {
    if !class.has_unlisted() {
        class.flags.set(class.flags.get() | flag::UNLISTED);
        let vm = vm.here();
        class.version.set(vm.new_class_version());
    }
}

/// The slot of `name` in instances of `class`, made if it is new. `None` when the table is full.
///
/// # Errors
/// `MemoryError`.
pub(crate) fn add_key(vm: &Vm, class: Handle<Class>, name: Name) -> Outcome<Option<usize>> {
    if let Some(slot) = class.slot_of(name) {
        return Ok(Some(slot));
    }
    let count = class.key_count();
    if count >= MOST_KEYS {
        note_unlisted(vm, class);
        return Ok(None);
    }
    if count == class.keys.capacity() {
        vm.resize_words(&class.get().keys, count + if count < 4 { 2 } else { count / 2 })?;
    }
    class.keys.set(count, Word::name(name));
    class.key_count.set(count as u16 + 1);
    let ty = as_type(class.word()).expect("a class");
    if lookup(vm, ty, name).is_some() {
        let vm = vm.here();
        class.version.set(vm.new_class_version());
    }
    Ok(Some(count))
}

/// Writes a class as `type` shows it, whatever its metaclass says.
pub(super) fn print_type(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.text(vm, "<class '")?;
    print_where(vm, as_type(word).expect("a type"), out)?;
    out.text(vm, "'>")
}

/// `T(...)`.
fn call_type(vm: &Vm, callee: Word, args: Args) -> Outcome {
    let Some(ty) = as_type(callee) else { return Err(vm.type_error("a type is wanted")) };
    if is_class(ty) {
        return instance::instantiate(vm, ty, args);
    }
    if core::ptr::eq(ty, &TYPE) && args.len() == 1 && args.keyword_count() == 0 {
        return Ok(vm.type_word_of(args.at(0)));
    }
    if crate::WHOLE && (args.len() != 1 || args.keyword_count() > 0) {
        super::function::check_type_arguments(vm, ty, args)?;
    }
    match ancestors(ty).find_map(|ancestor| ancestor.slots.make) {
        Some(make) if ty.slots.make.is_some() => make(vm.here(), ty, args),
        _ => Err(vm.cannot_create(ty.name)),
    }
}

/// The plain case of a call of a class, for the VM's loop: a new instance, and its `__init__` or `UNSET`.
///
/// # Errors
/// `MemoryError`.
#[inline]
pub(crate) fn begin_instance(vm: &Vm, class: Handle<Class>) -> Outcome<Option<(Word, Word)>> {
    let version = class.version();
    if version == 0 || class.init_version.get() != version {
        class.init.set(instance::simple_init(vm, class));
        class.init_version.set(version);
    }
    match class.init.get() {
        it if it == Word::NONE => Ok(None),
        init => Ok(Some((instance::new_instance(vm, as_type(class.word()).expect("a class"), class)?.word(), init))),
    }
}
