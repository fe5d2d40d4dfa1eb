//! What classes are beyond a table of attributes: descriptors, hooks, metaclasses, and their own attributes.

use super::*;

/// Methods that take part in every access of an attribute.
pub const HOOKS: &[Name] = &[name!(__getattr__), name!(__getattribute__), name!(__setattr__), name!(__delattr__)];

/// Whether objects of this class, as class attributes, take part in stores.
pub fn takes_stores(vm: &Vm, ty: &'static Type) -> bool {
    lookup_special(vm, ty, name!(__set__)).is_some() || lookup_special(vm, ty, name!(__delete__)).is_some()
}

/// What an instance, found as a class attribute, stands for: `object` is `NONE` when the class was asked.
pub fn get(vm: &Vm, value: Word, object: Word, ty: &'static Type) -> Outcome {
    match lookup_special(vm, object_type(value).expect("by kind"), name!(__get__)) {
        Some(get) => vm.call(get, &[value, object, type_word(ty)]),
        None => Ok(value),
    }
}

/// Looks `name` up on a type or class itself.
pub(crate) fn find_on_type(vm: &Vm, object: Word, name: Name) -> Outcome<Found> {
    let ty = as_type(object).expect("the word of a type");
    let meta = vm.type_of(object);
    // Its own alone: what a base has is the base's.
    if name == name!(__annotations__) {
        return Ok(Found::plain(crate::object::annotation::of_class(vm, ty)?));
    }
    if is_class(meta)
        && let Some(value) = lookup_special(vm, meta, name)
        && is_data_descriptor(vm, value)
    {
        return bind_to_instance(vm, value, meta, object, meta);
    }
    if let Some((value, owner)) = lookup(vm, ty, name) {
        if name == name!(__new__) && core::ptr::eq(owner, &OBJECT) && !is_class(ty) && !core::ptr::eq(ty, &OBJECT) {
            return Ok(Found::plain(Word::of_static(&instance::detail::BUILTIN_NEW)));
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
            Some(class) => class.bases,
            None => vm.new_tuple(&[type_word(ty.base.unwrap_or(&OBJECT))][core::ptr::eq(ty, &OBJECT) as usize..])?,
        },
        n if n == name!(__dict__) => {
            let dict = vm.new_dict()?;
            match as_class(ty) {
                Some(class) => dict.map.copy_from(vm, &class.get().map)?,
                None => ty.rows.iter().try_for_each(|row| dict.map.insert(vm, row.name, row.value).map(|_| ()))?,
            }
            dict.word()
        }
        n if n == name!(__doc__) => Word::NONE,
        n if n == name!(__module__) => Word::name(name!(builtins)),
        n if n == name!(__base__) => match as_class(ty) {
            Some(class) => {
                Handle::<Tuple>::from(class.bases).and_then(|bases| Some(bases.get().tail().first()?.get())).unwrap_or(Word::NONE)
            }
            None if core::ptr::eq(ty, &OBJECT) => Word::NONE,
            None => type_word(ty.base.unwrap_or(&OBJECT)),
        },
        _ => match special::find(ty, name) {
            Some(value) => return Ok(Found::plain(value)),
            None => return find_by_meta(vm, object, meta, name),
        },
    };
    Ok(Found::plain(value))
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
            items.get().push(vm, class.derived.get(index))?;
        }
    }
    Ok(list)
}
