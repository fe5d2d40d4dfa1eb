//! Attributes with hooks and descriptors; instances whose attributes are looked at as a dict, and those that change their class:
//! from then on all of their attributes lie in a dict, which is `__dict__` itself.

use super::*;
use crate::object::bytearray::BYTEARRAY;
use crate::object::deque::DEQUE;
use crate::object::dict::ORDERED_DICT;
use crate::object::kind::{Arity, Binding, NativeFunction};
use crate::object::set::{FROZEN_SET, SET};
use crate::object::{descriptor, namedtuple, special};

/// Writes a container under the name of the class that is derived from its type, if it is of those that write a name: `Name({1})`.
pub fn print_as(vm: &Vm, native: Word, ty: &'static Type, out: &mut Printer) -> Outcome<bool> {
    let base = native_type(ty);
    if ![&SET, &FROZEN_SET, &BYTEARRAY, &DEQUE, &ORDERED_DICT].iter().any(|it| core::ptr::eq(*it, base)) {
        return Ok(false);
    }
    let text = vm.repr(native)?;
    let text = vm.text_of(text);
    out.text(vm, vm.name_text(ty.name))?;
    match text.find('(').filter(|_| !text.starts_with('{')) {
        Some(at) => out.text(vm, &text[at..])?,
        None => {
            out.text(vm, "(")?;
            out.text(vm, text)?;
            out.text(vm, ")")?;
        }
    }
    Ok(true)
}

/// Whether the class has `__del__`.
pub fn has_deleter(class: Handle<Class>) -> bool {
    class.has_deleter()
}

/// What an instance of a class with `__del__` needs.
#[inline]
pub fn made(vm: &Vm, instance: Handle<Instance>, class: Handle<Class>) -> Outcome<()> {
    if let Some(module) = Handle::<crate::object::module::Module>::from(vm.native(instance.word())) {
        // What a module has is what such an instance has.
        class::note_unlisted(vm, class);
        instance.move_out(1, module.globals());
    }
    if class.has_deleter() { vm.watch_deletion(instance.word()) } else { Ok(()) }
}

/// `ModuleType.__init__` of an instance that has its module already: names it.
pub fn fill_again(vm: &Vm, object: Word, args: Args) -> Outcome<bool> {
    let Some(module) = Handle::<crate::object::module::Module>::from(vm.native(object)) else { return Ok(false) };
    crate::object::binding::name_module(vm, module, args.skip(1))?;
    Ok(true)
}

/// Whether anything was given besides `self`, or the class.
fn has_more(args: Args) -> bool {
    args.len() > 1 || args.keyword_count() > 0
}

/// `object.__init__` takes nothing more, unless the class's own `__new__` has taken it and there is no other `__init__`. Hosts only.
pub fn check_init(vm: &Vm, ty: &'static Type, args: Args) -> Outcome<()> {
    if !crate::WHOLE || ty.kind != Kind::Instance || !has_more(args) {
        return Ok(());
    }
    let name = match (lookup_special(vm, ty, name!(__init__)), lookup_special(vm, ty, name!(__new__))) {
        (Some(_), _) => name!(object),
        (None, None) => ty.name,
        (None, Some(_)) => return Ok(()),
    };
    let text = Part::Text(".__init__() takes exactly one argument (the instance to initialize)");
    Err(vm.raise(&exception::TYPE_ERROR, &[Part::Name(name), text]))
}

/// `object.__new__` takes nothing more, unless the class's own `__init__` is to take it and there is no other `__new__`. Hosts only.
pub fn check_new(vm: &Vm, ty: &'static Type, args: Args) -> Outcome<()> {
    if !crate::WHOLE || !has_more(args) {
        return Ok(());
    }
    if lookup_special(vm, ty, name!(__new__)).is_some() {
        return Err(vm.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
    }
    match lookup_special(vm, ty, name!(__init__)) {
        Some(_) => Ok(()),
        None => Err(vm.raise(&exception::TYPE_ERROR, &[Part::Name(ty.name), Part::Text("() takes no arguments")])),
    }
}

/// How many of the first places of instances are no attributes in `__dict__`: what a builtin base holds, and slots.
pub fn kept(vm: &Vm, class: Handle<Class>) -> usize {
    usize::from(class.native.is_some()) + member::count(vm, as_type(class.word()).expect("a class"))
}

/// `instance.__dict__`: what is put into it is an attribute.
pub fn live_dict(vm: &Vm, object: Word, class: Handle<Class>) -> Outcome<Handle<Dict>> {
    let Some(instance) = Handle::<Instance>::from(object) else { return dict_of(vm, object) };
    let keep = kept(vm, class);
    if instance.inline() == keep
        && let Some(dict) = instance.overflow()
    {
        return Ok(dict);
    }
    let dict = dict_of(vm, object)?;
    class::note_unlisted(vm, class);
    instance.move_out(keep, dict);
    Ok(dict)
}

/// Stores to `__dict__` and `__class__`; `None` for other names.
pub fn change(vm: &Vm, instance: Handle<Instance>, class: Handle<Class>, name: Name, access: Access) -> Outcome<Option<Word>> {
    match name {
        n if n == name!(__class__) || n == name!(__dict__) => change_layout(vm, instance, class, name, access).map(Some),
        _ => Ok(None),
    }
}

fn change_layout(vm: &Vm, instance: Handle<Instance>, class: Handle<Class>, name: Name, access: Access) -> Outcome {
    let Access::Store(value) = access else {
        let is_class = crate::WHOLE && name == name!(__class__);
        return Err(vm.type_error(if is_class { "can't delete __class__ attribute" } else { "can't delete attribute" }));
    };
    if name == name!(__dict__) {
        let Some(new) = Handle::<Dict>::from(value) else { return Err(vm.type_error("__dict__ must be set to a dictionary")) };
        if class.is_closed() {
            return Ok(Word::UNSET);
        }
        live_dict(vm, instance.word(), class)?;
        instance.move_out(kept(vm, class), new);
        return Ok(Word::NONE);
    }
    let new = as_type(value).and_then(as_class);
    let fits = |new: &Handle<Class>| new.ty.kind == Kind::Instance && new.native.is_none() && class.native.is_none();
    let is_alike = |new: &Handle<Class>| {
        new.is_closed() == class.is_closed() && (!crate::WHOLE || !new.is_closed() || has_same_keys(*new, class))
    };
    let Some(new) = new.filter(fits).filter(is_alike) else { return Err(refused_class(vm, class, value)) };
    live_dict(vm, instance.word(), class)?;
    class::note_unlisted(vm, new);
    instance.set_class(as_type(value).expect("a class"));
    Ok(Word::NONE)
}

/// Whether instances of two classes have the same attributes, all of them named.
fn has_same_keys(a: Handle<Class>, b: Handle<Class>) -> bool {
    a.key_count() == b.key_count() && (0..a.key_count()).all(|index| a.key(index) == b.key(index))
}

#[cold]
fn refused_class(vm: &Vm, class: Handle<Class>, value: Word) -> Raised {
    if !crate::WHOLE {
        return vm.type_error("__class__ assignment: object layout differs");
    }
    let parts = match as_type(value) {
        None => [
            Part::Text("__class__ must be set to a class, not '"),
            Part::TypeOf(value),
            Part::Text("' object"),
            Part::Text(""),
            Part::Text(""),
        ],
        Some(ty) if !is_class(ty) => {
            return vm.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses");
        }
        Some(ty) => [
            Part::Text("__class__ assignment: '"),
            Part::Name(ty.name),
            Part::Text("' object layout differs from '"),
            Part::Name(class.ty.name),
            Part::Text("'"),
        ],
    };
    vm.raise(&exception::TYPE_ERROR, &parts)
}

/// The value of a name whose key is a `str` of its own, as a program may have put it into `__dict__`.
pub fn text_in(vm: &Vm, dict: Handle<Dict>, name: Name) -> Option<Word> {
    let position = dict.map.position_of_text(vm, vm.name_text(name), || vm.name_hash(name))?;
    dict.map.entry(position).map(|entry| entry.1)
}

/// What an instance has besides its own, its class's and its builtin base's attributes.
pub fn find_further(vm: &Vm, object: Word, class: Handle<Class>, name: Name) -> Outcome<Found> {
    match name {
        n if n == name!(__dict__) && class.is_closed() => Ok(Found::NOTHING),
        n if n == name!(__dict__) => Ok(Found::plain(live_dict(vm, object, class)?.word())),
        n if n == name!(__doc__) => Ok(Found::plain(Word::NONE)),
        _ => match special::find(native_type(vm.type_of(object)), name) {
            // This one looks for `__missing__` of the class.
            Some(value) if name == name!(__getitem__) => Ok(Found { value, first: object }),
            Some(value) if value == Word::NONE => Ok(Found::plain(value)),
            Some(value) => Ok(Found { value, first: vm.native(object) }),
            None => match special::find_of_object(name) {
                Some(value) => class::bind_to_instance(vm, value, &class::OBJECT, object, vm.type_of(object)),
                None => further_of_instance(vm, object, class, name),
            },
        },
    }
}

/// `__weakref__`, which boards' instances have not.
#[cfg(not(feature = "full"))]
#[inline(always)]
fn further_of_instance(_: &Vm, _: Word, _: Handle<Class>, _: Name) -> Outcome<Found> {
    Ok(Found::NOTHING)
}

/// `__weakref__`: a reference to the instance, if there is one.
#[cfg(feature = "full")]
fn further_of_instance(vm: &Vm, object: Word, class: Handle<Class>, name: Name) -> Outcome<Found> {
    if name != name!(__weakref__) || class.is_closed() && !class::detail::has_weak_slot(vm, vm.type_of(object))? {
        return Ok(Found::NOTHING);
    }
    Ok(Found::plain(vm.reference_to(object).unwrap_or(Word::NONE)))
}

/// The lookup with `__getattribute__` and `__getattr__`.
pub fn find_specially(vm: &Vm, object: Word, ty: &'static Type, name: Name) -> Outcome<Found> {
    vm.check_stack()?;
    let found = match lookup_special(vm, ty, name!(__getattribute__)) {
        Some(hook) => vm.call(hook, &[object, Word::name(name)]).map(Found::plain),
        None => find_plainly(vm, object, ty, name),
    };
    let found = match found {
        // Also what a property raises.
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &exception::ATTRIBUTE_ERROR) => {
            if lookup_special(vm, ty, name!(__getattr__)).is_none() {
                return Err(raised);
            }
            vm.take_raised(raised);
            Found::NOTHING
        }
        found => found?,
    };
    if found.value != Word::UNSET {
        return Ok(found);
    }
    match lookup_special(vm, ty, name!(__getattr__)) {
        Some(hook) => Ok(Found::plain(vm.call(hook, &[object, Word::name(name)])?)),
        None => Ok(Found::NOTHING),
    }
}

/// Hooks and descriptors that take a store or delete.
pub fn change_specially(vm: &Vm, object: Word, name: Name, access: Access) -> Outcome<Option<Word>> {
    vm.check_stack()?;
    let hook = if let Access::Store(_) = access { name!(__setattr__) } else { name!(__delattr__) };
    match lookup_special(vm, vm.type_of(object), hook) {
        Some(hook) => call_change(vm, hook, object, Word::name(name), access),
        None => change_by_descriptor(vm, object, name, access),
    }
}

/// Calls what takes a store (with the value) or a delete (without).
fn call_change(vm: &Vm, function: Word, first: Word, second: Word, access: Access) -> Outcome<Option<Word>> {
    match access {
        Access::Store(value) => vm.call(function, &[first, second, value])?,
        _ => vm.call(function, &[first, second])?,
    };
    Ok(Some(Word::NONE))
}

/// `None` if it is no property.
fn change_by_property(vm: &Vm, descriptor: Word, object: Word, access: Access) -> Outcome<Option<Word>> {
    if Handle::<descriptor::Property>::from(descriptor).is_none() {
        return Ok(None);
    }
    let changed = descriptor::change_property(vm, descriptor, object, access)?;
    if crate::WHOLE && changed == Word::UNSET {
        let lacks = if let Access::Store(_) = access { "' object has no setter" } else { "' object has no deleter" };
        return Err(descriptor::lacks(vm, descriptor, object, lacks));
    }
    Ok(Some(changed))
}

fn change_by_descriptor(vm: &Vm, object: Word, name: Name, access: Access) -> Outcome<Option<Word>> {
    let Some((descriptor, _)) = lookup(vm, vm.type_of(object), name) else { return Ok(None) };
    if let Some(done) = change_by_property(vm, descriptor, object, access)? {
        return Ok(Some(done));
    }
    let descriptor_type = vm.type_of(descriptor);
    if !is_class(descriptor_type) || descriptor_type.kind != Kind::Instance {
        return Ok(None);
    }
    let method = if let Access::Store(_) = access { name!(__set__) } else { name!(__delete__) };
    match lookup_special(vm, descriptor_type, method) {
        Some(method) => call_change(vm, method, descriptor, object, access),
        None => change_by_property(vm, vm.native(descriptor), object, access),
    }
}

/// `object.__setattr__` and `object.__delattr__`.
pub fn change_row(vm: &Vm, args: Args, access: Access) -> Outcome {
    let Some(text) = vm.as_text(args.at(1)) else { return Err(vm.type_error("attribute name must be string")) };
    let (object, name) = (args.at(0), vm.intern(text)?);
    let done = match is_class(vm.type_of(object)) {
        true => match change_by_descriptor(vm, object, name, access)? {
            Some(done) => done,
            None => change_own(vm, object, name, access)?,
        },
        false => Word::UNSET,
    };
    if done == Word::UNSET { Err(vm.no_attribute(object, name)) } else { Ok(Word::NONE) }
}

/// `object.__getattribute__`.
pub fn getattribute_row(vm: &Vm, args: Args) -> Outcome {
    let Some(text) = vm.as_text(args.at(1)) else { return Err(vm.type_error("attribute name must be string")) };
    let (object, name) = (args.at(0), vm.intern(text)?);
    if !is_class(vm.type_of(object)) {
        return vm.attribute(object, name);
    }
    match find_plainly(vm, object, vm.type_of(object), name)? {
        found if found.value == Word::UNSET => Err(vm.no_attribute(object, name)),
        found => vm.bound(found),
    }
}

/// `tuple.__new__`: of a named tuple's type it takes the fields' values in one iterable, where the type itself takes each.
pub static TUPLE_NEW: NativeFunction = NativeFunction::new(name!(__new__), Arity::from(1), true, Binding::Static, |vm, args| {
    let is_named = as_type(args.at(0)).is_some_and(namedtuple::is_named);
    let (true, Some(values), 2) = (is_named, args.get(1), args.len()) else { return make_builtin(vm, args) };
    let values = vm.tuple_of(values)?;
    let words = core::iter::once(args.at(0)).chain(values.tail().iter().map(Cell::get));
    vm.with_pushed(words, |pushed| make_builtin(vm, Args::of(pushed)))
});

/// `__new__` of builtin types.
pub static BUILTIN_NEW: NativeFunction = NativeFunction::new(name!(__new__), Arity::from(1), true, Binding::Static, make_builtin);

fn make_builtin(vm: &Vm, args: Args) -> Outcome {
    let Some(ty) = as_type(args.at(0)) else { return Err(vm.type_error("argument to __new__ must be a type")) };
    match ty.slots.make {
        Some(make) if as_class(ty).is_none() => {
            let args = if super::is_filled_later(ty) { Args::NONE } else { args.skip(1) };
            make(vm.here(), ty, args)
        }
        _ => new_row(vm, args),
    }
}
