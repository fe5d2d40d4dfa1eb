//! What classes are beyond a table of attributes: descriptors, hooks, metaclasses, and their own attributes.

use super::*;
use crate::object::dict::proxy;
use crate::object::namedtuple;

/// Methods that take part in every access of an attribute.
pub const HOOKS: &[Name] = &[name!(__getattr__), name!(__getattribute__), name!(__setattr__), name!(__delattr__)];

/// Whether objects of this class, as class attributes, take part in stores.
pub fn takes_stores(vm: &Vm, ty: &'static Type) -> bool {
    lookup_special(vm, ty, name!(__set__)).is_some() || lookup_special(vm, ty, name!(__delete__)).is_some() || is_property(ty)
}

/// Whether a class derives from `property`.
#[inline]
fn is_property(ty: &'static Type) -> bool {
    crate::WHOLE && native_type(ty).kind == Kind::Property
}

/// What an instance, found as a class attribute, stands for: `object` is `NONE` when the class was asked.
pub fn get(vm: &Vm, value: Word, object: Word, ty: &'static Type) -> Outcome {
    match lookup_special(vm, object_type(value).expect("by kind"), name!(__get__)) {
        Some(get) => vm.call(get, &[value, object, type_word(ty)]),
        None if crate::WHOLE => get_derived(vm, value, object, ty),
        None => Ok(value),
    }
}

/// The same of an object of a class that derives from one of the builtin descriptors, and binds as that does.
fn get_derived(vm: &Vm, value: Word, object: Word, ty: &'static Type) -> Outcome {
    let native = vm.native(value);
    match object_type(native).map(|ty| ty.kind) {
        Some(Kind::Property) if object == Word::NONE => Ok(value),
        Some(Kind::Property | Kind::StaticMethod | Kind::ClassMethod) => vm.bound(bind_to_instance(vm, native, ty, object, ty)?),
        _ => Ok(value),
    }
}

/// Binds a function to the class; what is no function, as a property, is asked as the class's metaclass would ask it.
pub fn bind_class_method(vm: &Vm, method: Handle<ClassMethod>, ty: &'static Type) -> Outcome<Found> {
    let function = method.function;
    match object_type(function).map(|ty| ty.kind) {
        Some(Kind::Property | Kind::Instance) if crate::WHOLE => {
            let meta = vm.type_of(type_word(ty));
            match bind_to_instance(vm, function, meta, type_word(ty), meta)? {
                found if found.value == function && found.first == Word::UNSET => {
                    Ok(Found { value: function, first: type_word(ty) })
                }
                found => Ok(found),
            }
        }
        _ => Ok(Found { value: function, first: type_word(ty) }),
    }
}

/// Whether a class attribute that takes stores also says what is read: one that does not leaves that to the instance.
pub fn gives(vm: &Vm, value: Word) -> bool {
    match object_type(value) {
        Some(ty) if ty.kind == Kind::Instance => lookup_special(vm, ty, name!(__get__)).is_some() || is_property(ty),
        _ => true,
    }
}

/// Whether a class has `__weakref__` among its own slots.
#[cfg(feature = "full")]
fn names_weak_slot(vm: &Vm, ty: &'static Type) -> Outcome<bool> {
    let Some(slots) = own(vm, ty, name!(__slots__)) else { return Ok(false) };
    match vm.as_text(vm.native(slots)) {
        Some(only) => Ok(only == "__weakref__"),
        None => vm.contains(slots, Word::name(name!(__weakref__))),
    }
}

/// Whether a class of whose instances all attributes are named lets them be referred to weakly.
#[cfg(feature = "full")]
pub fn has_weak_slot(vm: &Vm, ty: &'static Type) -> Outcome<bool> {
    for ancestor in ancestors(ty).filter(|ancestor| is_class(ancestor)) {
        if names_weak_slot(vm, ancestor)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Binds a native function that a class has as an attribute: a method of its builtin base, or of `object`, is still one. Any other
/// is a function, which does not bind.
pub fn bind_taken(vm: &Vm, value: Word, object: Word, ty: &'static Type) -> Found {
    let builtin = native_type(ty);
    match Handle::<NativeFunction>::from(value) {
        Some(function) if function.binding() == Binding::Attribute => Found { value, first: object },
        Some(function) if function.binding() == Binding::Method => {
            let is_of = |ty: &'static Type| {
                find_row(ty.rows, function.name) == Some(value) || special::find(ty, function.name) == Some(value)
            };
            if is_of(&OBJECT) || special::find_plain(function.name) == Some(value) {
                Found { value, first: object }
            } else if ancestors(builtin).any(is_of) {
                Found { value, first: vm.native(object) }
            } else {
                Found::plain(value)
            }
        }
        _ => Found::plain(value),
    }
}

/// What a builtin type has beside its rows: of those that `namedtuple` made.
#[inline(always)]
pub fn own_of_builtin(vm: &Vm, ty: &'static Type, name: Name) -> Option<Word> {
    if crate::WHOLE && ty.header.0.get().kind == Kind::NamedTuple { namedtuple::own(vm, ty, name) } else { None }
}

/// Whether instances of `ty` have a field of this name, which what `owner` has as a tuple does not hide.
#[inline(always)]
pub fn is_hidden_by_field(ty: &'static Type, owner: &'static Type, name: Name) -> bool {
    owner.kind == Kind::Tuple && namedtuple::has_field(ty, name)
}

/// Whether a class of a program comes behind a builtin type in the order of lookup: what the builtin type does itself hides what
/// that class has.
#[inline(always)]
pub fn is_mixed(ty: &'static Type) -> bool {
    as_class(ty).is_some_and(|class| class.flags.get() & flag::MIXED != 0)
}

/// As `lookup`, of a mixed class.
#[cold]
#[inline(never)]
pub fn lookup_mixed(vm: &Vm, ty: &'static Type, name: Name) -> Option<(Word, &'static Type)> {
    let mut hidden = false;
    for ancestor in ancestors(ty) {
        if let Some(value) = own(vm, ancestor, name).filter(|_| !hidden || !is_class(ancestor)) {
            return Some((value, ancestor));
        }
        hidden |= hides(ancestor, name);
    }
    None
}

/// Whether a builtin type does itself what a special method of a class behind it would do.
pub fn hides(ty: &'static Type, name: Name) -> bool {
    if is_class(ty) || core::ptr::eq(ty, &OBJECT) {
        return false;
    }
    match name {
        n if n == name!(__new__) => true,
        n if n == name!(__init__) => instance::is_mutable(ty),
        n if [name!(__eq__), name!(__ne__)].contains(&n) => ty.slots.binary.is_some(),
        n if n == name!(__hash__) => ty.slots.unary.is_some(),
        n if n == name!(__repr__) => ty.slots.print.is_some(),
        n if n == name!(__str__) => matches!(ty.kind, Kind::Str | Kind::Exception),
        // Asked of a type that has no such behaviour, these answer as `object` does.
        n if [name!(__format__), name!(__dir__), name!(__sizeof__)].contains(&n) => false,
        _ => special::find(ty, name).is_some(),
    }
}

/// Stores and deletes of builtin types' attributes: only what `namedtuple` made has such.
pub fn change_builtin(vm: &Vm, ty: Word, name: Name, access: Access) -> Outcome {
    match access {
        Access::Load => Ok(Word::UNSET),
        _ => namedtuple::change_own(vm, ty, name, access),
    }
}

/// What a class shows of its instances' fields.
#[inline(always)]
fn member(vm: &Vm, ty: &'static Type, name: Name) -> Outcome {
    if !crate::WHOLE {
        return Ok(Word::UNSET);
    }
    if name == name!(__weakref__) { shown::weak_member(vm, ty) } else { namedtuple::member(vm, ty, name) }
}

/// Looks `name` up on a type or class itself.
pub(crate) fn find_on_type(vm: &Vm, object: Word, name: Name) -> Outcome<Found> {
    let ty = as_type(object).expect("the word of a type");
    let meta = vm.type_of(object);
    // Its own alone: what a base has is the base's.
    if name == name!(__annotations__) && crate::WHOLE && as_class(ty).is_none() && namedtuple::is_named(ty) {
        return Ok(Found::plain(vm.new_dict()?.word()));
    }
    if name == name!(__annotations__) {
        return Ok(Found::plain(crate::object::annotation::of_class(vm, ty)?));
    }
    if is_class(meta)
        && let Some(value) = lookup_special(vm, meta, name)
        && is_data_descriptor(vm, value)
    {
        return bind_to_instance(vm, value, meta, object, meta);
    }
    // Instances may have another meaning of this, by a property.
    if crate::WHOLE && name == name!(__dict__) {
        return Ok(Found::plain(proxy::new(vm, own_dict(vm, ty)?)?));
    }
    if crate::WHOLE && (name == name!(__name__) || name == name!(__qualname__)) {
        return Ok(Found::plain(own(vm, ty, place_of(name)).unwrap_or(Word::name(ty.name))));
    }
    // What a base or a metaclass is called is not its own name.
    if crate::WHOLE && name == name!(__qualname__) {
        return Ok(Found::plain(own(vm, ty, name).unwrap_or(Word::name(ty.name))));
    }
    // These as well.
    let is_of_types = crate::WHOLE && [name!(__bases__), name!(__base__), name!(__mro__)].contains(&name);
    if !is_of_types && let Some((value, owner)) = lookup(vm, ty, name) {
        if crate::WHOLE
            && name == name!(__new__)
            && core::ptr::eq(owner, &OBJECT)
            && let Some(new) = namedtuple::shown_new(vm, ty)?.set()
        {
            return Ok(Found::plain(new));
        }
        if name == name!(__new__) && core::ptr::eq(owner, &OBJECT) && !is_class(ty) && !core::ptr::eq(ty, &OBJECT) {
            let is_tuple = core::ptr::eq(ty, &crate::object::tuple::TUPLE);
            let new = if is_tuple { &instance::detail::TUPLE_NEW } else { &instance::detail::BUILTIN_NEW };
            return Ok(Found::plain(Word::of_static(new)));
        }
        return bind_to_class(vm, value, ty);
    }
    if let Some((value, owner)) = lookup(vm, meta, name)
        && !core::ptr::eq(owner, &OBJECT)
    {
        return bind_to_instance(vm, value, owner, object, meta);
    }
    let value = match name {
        n if n == name!(__name__) || n == name!(__qualname__) => Word::name(ty.name),
        n if n == name!(__class__) => type_word(visible(meta)),
        n if n == name!(__mro__) => mro_of(vm, object)?,
        n if n == name!(__bases__) => match as_class(ty) {
            Some(class) => class.bases.get(),
            None => vm.new_tuple(&[type_word(ty.base.unwrap_or(&OBJECT))][core::ptr::eq(ty, &OBJECT) as usize..])?,
        },
        n if n == name!(__dict__) => own_dict(vm, ty)?,
        n if n == name!(__doc__) => Word::NONE,
        n if n == name!(__module__) => Word::name(shown::home(ty)),
        n if n == name!(__base__) => match as_class(ty) {
            Some(class) => leading_base(ty, class),
            None if core::ptr::eq(ty, &OBJECT) => Word::NONE,
            None => type_word(ty.base.unwrap_or(&OBJECT)),
        },
        _ if is_plain(ty) && special::find_plain(name).is_some() => {
            return bind_to_class(vm, special::find_plain(name).expect("asked just now"), ty);
        }
        _ => {
            let found = member(vm, ty, name)?.set().or_else(|| special::find(native_type(ty), name));
            match found.or_else(|| special::find_of_object(name)).or_else(|| shown::number(ty, vm.name_text(name))) {
                Some(value) => return bind_to_class_row(vm, value, ty),
                #[cfg(feature = "full")]
                None => match crate::object::descriptor::computed::of(vm, ty, name)?.set() {
                    Some(value) => return Ok(Found::plain(value)),
                    None => return find_by_meta(vm, object, meta, name),
                },
                #[cfg(not(feature = "full"))]
                None => return find_by_meta(vm, object, meta, name),
            }
        }
    };
    Ok(Found::plain(value))
}

/// The base that says how the instances of a class lie in memory: the first with the class's builtin type, else the first.
fn leading_base(ty: &'static Type, class: Handle<Class>) -> Word {
    let Some(bases) = Handle::<Tuple>::from(class.bases.get()) else { return Word::NONE };
    let bases = bases.get().tail();
    let leads = |base: &&Cell<Word>| as_type(base.get()).is_some_and(|base| core::ptr::eq(native_type(base), native_type(ty)));
    bases.iter().find(leads).or(bases.first()).map_or(Word::NONE, Cell::get)
}

/// Whether a type has the special methods of `object` alone.
fn is_plain(ty: &'static Type) -> bool {
    core::ptr::eq(ty, &OBJECT) || crate::WHOLE && ty.kind == Kind::Instance && core::ptr::eq(native_type(ty), &OBJECT)
}

/// A special method of a builtin type, or a member, as its class shows it.
fn bind_to_class_row(vm: &Vm, value: Word, ty: &'static Type) -> Outcome<Found> {
    if crate::WHOLE && Handle::<NativeFunction>::from(value).is_some() {
        return bind_to_class(vm, value, ty);
    }
    Ok(Found::plain(value))
}

/// What a type itself has, as a dict: a copy. On hosts programs see it through a `mappingproxy`.
fn own_dict(vm: &Vm, ty: &'static Type) -> Outcome {
    let dict = vm.new_dict()?;
    match as_class(ty) {
        Some(class) => dict.map.copy_from(vm, &class.get().map)?,
        None => ty.rows.iter().try_for_each(|row| dict.map.insert(vm, row.name, row.value).map(|_| ()))?,
    }
    shown::complete(vm, ty, dict)?;
    Ok(dict.word())
}

/// What is given to a class as its name must be one.
#[inline(always)]
pub(super) fn check_name(vm: &Vm, class: Word, name: Name, value: Word) -> Outcome<()> {
    if crate::WHOLE && (name == place_of(name!(__name__)) || name == name!(__qualname__)) {
        return shown::check_name(vm, class, name, value);
    }
    Ok(())
}

/// Under which name a class keeps an attribute of its own: its `__name__` lies beside the one that its body gives to instances.
#[inline(always)]
pub(super) fn place_of(name: Name) -> Name {
    shown::place_of(name)
}

/// Writes the module of a builtin type, but for the builtins.
#[inline(always)]
pub(super) fn print_home(vm: &Vm, ty: &'static Type, out: &mut Printer) -> Outcome<()> {
    let home = shown::home(ty);
    if !crate::WHOLE || is_class(ty) || home == name!(builtins) {
        return Ok(());
    }
    out.text(vm, vm.name_text(home))?;
    out.text(vm, ".")
}

/// What such a dict shows besides what a class keeps; boards have none of it.
#[cfg(not(feature = "full"))]
mod shown {
    use super::*;

    #[inline(always)]
    pub fn home(_: &'static Type) -> Name {
        name!(builtins)
    }

    #[inline(always)]
    pub fn complete(_: &Vm, _: &'static Type, _: Handle<crate::object::dict::Dict>) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub fn place_of(name: Name) -> Name {
        name
    }

    #[inline(always)]
    pub fn check_name(_: &Vm, _: Word, _: Name, _: Word) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub fn number(_: &'static Type, _: &str) -> Option<Word> {
        None
    }

    /// Classes show no `__weakref__`.
    pub fn weak_member(_: &Vm, _: &'static Type) -> Outcome {
        Ok(Word::UNSET)
    }
}

#[cfg(feature = "full")]
pub(crate) use shown::NAMES;

/// What such a dict shows besides what a class keeps: annotations, and how its instances' dict is read.
#[cfg(feature = "full")]
mod shown {
    use super::*;
    use crate::object::descriptor;
    use crate::object::kind::Arity;

    /// The module in which a program finds a builtin type.
    pub fn home(ty: &'static Type) -> Name {
        match ty.kind {
            Kind::Array => name!(array),
            Kind::Deque => name!(collections),
            Kind::Dict if !core::ptr::eq(ty, &crate::object::dict::DICT) => name!(collections),
            Kind::Iterator if crate::modules::itertools::has(ty) => name!(itertools),
            _ => HOMES.iter().find(|(name, _)| *name == ty.name).map_or(name!(builtins), |(_, home)| *home),
        }
    }

    /// Names of modules that are used here.
    pub(crate) const NAMES: &[&str] = &["_io", "types", "weakref"];

    /// By name, where the kind does not tell.
    const HOMES: &[(Name, Name)] = &[
        (name!(BytesIO), name!(_io)),
        (name!(StringIO), name!(_io)),
        (name!(ref), name!(weakref)),
        (name!(UnionType), name!(types)),
        (name!(GenericAlias), name!(types)),
    ];

    pub fn place_of(name: Name) -> Name {
        if name == name!(__name__) { name!(".name") } else { name }
    }

    pub fn check_name(vm: &Vm, class: Word, name: Name, value: Word) -> Outcome<()> {
        let Some(text) = vm.as_text(vm.native(value)) else {
            let attribute = if name == name!(__qualname__) { ".__qualname__, not '" } else { ".__name__, not '" };
            let own = as_type(class).map_or(name!(""), |ty| ty.name);
            let parts = [
                Part::Text("can only assign string to "),
                Part::Name(own),
                Part::Text(attribute),
                Part::TypeOf(value),
                Part::Text("'"),
            ];
            return Err(vm.raise(&exception::TYPE_ERROR, &parts));
        };
        if name != name!(__qualname__) && text.contains('\0') {
            return Err(vm.value_error("type name must not contain null characters"));
        }
        Ok(())
    }

    /// What CPython says of how a type's objects lie in memory, as far as it means anything here.
    pub fn number(ty: &'static Type, name: &str) -> Option<Word> {
        let has_dict = as_class(ty).is_some_and(|class| !class.is_closed());
        let word = size_of::<Word>() as isize;
        let number = match name {
            "__basicsize__" => 2 * word + if has_dict { 2 * word } else { 0 },
            "__itemsize__" => match ty.kind {
                Kind::Tuple | Kind::NamedTuple => word,
                Kind::Int => 4,
                Kind::Bytes => 1,
                _ => 0,
            },
            "__dictoffset__" => {
                if has_dict {
                    2 * word
                } else {
                    0
                }
            }
            "__weakrefoffset__" => {
                if has_dict {
                    3 * word
                } else {
                    0
                }
            }
            "__flags__" => {
                let (heap, base, ready, collected) = (1 << 9, 1 << 10, 1 << 12, 1 << 14);
                base | ready | if is_class(ty) { heap | collected } else { 1 << 8 }
            }
            "__text_signature__" => return Some(Word::NONE),
            _ => return None,
        };
        Some(Word::int(number))
    }

    pub fn complete(vm: &Vm, ty: &'static Type, dict: Handle<crate::object::dict::Dict>) -> Outcome<()> {
        dict.map.remove(vm, Word::name(name!(".name")))?;
        dict.map.remove(vm, Word::name(name!(__qualname__)))?;
        let reader = || descriptor::new_reader(vm, Word::of_static(&READ_DICT), Word::NONE);
        let Some(class) = as_class(ty) else {
            if core::ptr::eq(ty, &TYPE) {
                dict.map.insert(vm, Word::name(name!(__dict__)), reader()?)?;
                for function in OF_CLASSES {
                    let reader = descriptor::new_reader(vm, Word::of_static(function), Word::NONE)?;
                    dict.map.insert(vm, Word::name(function.name), reader)?;
                }
            }
            if core::ptr::eq(ty, &OBJECT) {
                for row in special::PLAIN_ROWS.iter() {
                    dict.map.insert(vm, row.name, row.value)?;
                }
                dict.map.insert(vm, Word::name(name!(__class__)), type_word(&TYPE))?;
                dict.map.insert(vm, Word::name(name!(__doc__)), Word::NONE)?;
            }
            let rows = crate::object::operators::ROWS.iter().chain(special::ROWS.iter());
            let mut names = rows.filter_map(|row| row.name.as_name());
            return names.try_for_each(|name| match special::find(ty, name) {
                Some(_) if core::ptr::eq(ty, &OBJECT) && special::find_plain(name).is_some() => Ok(()),
                Some(value) => dict.map.insert(vm, Word::name(name), value).map(|_| ()),
                None => Ok(()),
            });
        };
        // Annotations are evaluated when they are looked at, and this is a look. Those that cannot be are left to who asks for
        // them.
        if dict.map.remove(vm, Word::name(name!(__annotate__)))?.is_some() {
            match crate::object::annotation::of_class(vm, ty) {
                Ok(annotations) => drop(dict.map.insert(vm, Word::name(name!(__annotations__)), annotations)?),
                Err(raised) if vm.is_instance(vm.peek_raised(raised), &exception::MEMORY_ERROR) => return Err(raised),
                Err(raised) if vm.is_instance(vm.peek_raised(raised), &exception::EXCEPTION) => drop(vm.take_raised(raised)),
                Err(raised) => return Err(raised),
            }
        }
        let first = ancestors(ty).skip(1).all(|base| as_class(base).is_none_or(|base| base.is_closed()));
        if first && !class.is_closed() && ty.kind == Kind::Instance {
            dict.map.insert(vm, Word::name(name!(__dict__)), reader()?)?;
        }
        if ty.kind == Kind::Instance && (first && !class.is_closed() || names_weak_slot(vm, ty)?) {
            dict.map.insert(vm, Word::name(name!(__weakref__)), weak_reader(vm)?)?;
        }
        Ok(())
    }

    /// What `__weakref__` is as an attribute of a class; `UNSET` if its instances cannot be referred to weakly.
    pub fn weak_member(vm: &Vm, ty: &'static Type) -> Outcome {
        match as_class(ty) {
            Some(class) if ty.kind == Kind::Instance && (!class.is_closed() || has_weak_slot(vm, ty)?) => weak_reader(vm),
            _ => Ok(Word::UNSET),
        }
    }

    fn weak_reader(vm: &Vm) -> Outcome {
        descriptor::new_reader(vm, Word::of_static(&READ_WEAK), Word::NONE)
    }

    /// Gives a weak reference to an instance, if there is one.
    static READ_WEAK: NativeFunction =
        NativeFunction::new(name!(__weakref__), Arity::new(1, 1), false, Binding::Static, |vm, args| {
            Ok(vm.reference_to(args.at(0)).unwrap_or(Word::NONE))
        });

    /// One that reads the attribute of its name.
    macro_rules! reading {
        ($($name:ident)*) => {
            &[$(NativeFunction::new(name!($name), Arity::new(1, 1), false, Binding::Static, |vm, args| {
                of_class(vm, args.at(0), name!($name))
            })),*]
        };
    }

    /// An attribute of a class.
    ///
    /// # Errors
    /// `TypeError` if it is none.
    fn of_class(vm: &Vm, class: Word, name: Name) -> Outcome {
        if as_type(class).is_some() {
            return vm.attribute(class, name);
        }
        let parts = [
            Part::Text("descriptor '"),
            Part::Name(name),
            Part::Text("' for 'type' objects doesn't apply to a '"),
            Part::TypeOf(class),
            Part::Text("' object"),
        ];
        Err(vm.raise(&exception::TYPE_ERROR, &parts))
    }

    /// What `type` has for its instances, the classes, as descriptors: tools read classes by them, past whatever a metaclass says.
    static OF_CLASSES: &[NativeFunction] =
        reading![__name__ __qualname__ __bases__ __base__ __mro__ __module__ __doc__ __annotations__];

    /// What `__dict__` is as an attribute of a class: reads the dict of an instance, whatever the class has under that name.
    static READ_DICT: NativeFunction =
        NativeFunction::new(name!(__dict__), Arity::new(1, 1), false, Binding::Static, |vm, args| {
            match (as_type(args.at(0)), as_class(vm.type_of(args.at(0)))) {
                (Some(ty), _) => proxy::new(vm, own_dict(vm, ty)?),
                (None, Some(class)) => Ok(instance::detail::live_dict(vm, args.at(0), class)?.word()),
                (None, None) => vm.attribute(args.at(0), name!(__dict__)),
            }
        });
}

/// The last resort of a class's attribute: `__getattr__` of its metaclass.
fn find_by_meta(vm: &Vm, object: Word, meta: &'static Type, name: Name) -> Outcome<Found> {
    match lookup_special(vm, meta, name!(__getattr__)) {
        Some(function) => Ok(Found::plain(vm.call(function, &[object, Word::name(name)])?)),
        None => Ok(Found::NOTHING),
    }
}

/// `__subclasses__()`.
pub fn subclasses(vm: &Vm, args: Args) -> Outcome {
    let list = vm.new_list(&[])?;
    if let Some(class) = Handle::<Class>::from(args.at(0)) {
        let items = Handle::<crate::object::list::List>::from(list).expect("a list");
        for index in 0..class.derived.capacity() {
            if let Some(derived) = class.derived.get(index).set() {
                items.get().push(vm, derived)?;
            }
        }
    }
    Ok(list)
}
