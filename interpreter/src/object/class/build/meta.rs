//! What metaclasses and `__slots__` add to the making of a class. The smallest interpreter has a stand-in.

use super::*;
use crate::object::descriptor::member;

/// The metaclass of a class with these bases: the most derived of theirs and the one wanted.
pub fn winner(vm: &Vm, wanted: Word, bases: Handle<Tuple>) -> Outcome {
    let Some(mut best) = as_type(wanted) else { return Ok(wanted) };
    if !vm.is_subclass(best, &TYPE) {
        return Ok(wanted);
    }
    for base in bases.get().tail() {
        let Some(base) = as_type(base.get()) else { continue };
        let other = visible(base.header.0.get());
        if vm.is_subclass(visible(best), other) {
            continue;
        }
        if !vm.is_subclass(other, visible(best)) {
            return Err(vm.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
            ));
        }
        best = other;
    }
    Ok(type_word(visible(best)))
}

/// `__prepare__` of a metaclass, bound; `UNSET` if it has none of its own.
pub fn prepare(vm: &Vm, meta: Word) -> Outcome {
    match as_type(meta) {
        Some(ty) if is_class(ty) => vm.find_attribute(meta, name!(__prepare__)),
        Some(_) => Ok(Word::UNSET),
        None => vm.find_attribute(meta, name!(__prepare__)),
    }
}

/// What a class has that its body did not make: its module, when `type()` makes it; no hash, when it compares by value.
pub fn complete(vm: &Vm, class: Handle<Class>) -> Outcome<()> {
    let map = &class.get().map;
    let has = |name: Name| map.position_of_name(Word::name(name), || vm.name_hash(name)).is_some();
    if !has(name!(__module__))
        && let Some(function) = vm.current_function()
        && let Some(module) = vm.name_in(function.globals, name!(__name__))
    {
        map.insert(vm, Word::name(name!(__module__)), module)?;
    }
    if crate::WHOLE && !has(name!(__doc__)) {
        // A docstring is not inherited.
        map.insert(vm, Word::name(name!(__doc__)), Word::NONE)?;
    }
    if has(name!(__del__)) {
        class.flags.set(class.flags.get() | flag::DELETED);
    }
    if has(name!(__eq__)) && !has(name!(__hash__)) {
        map.insert(vm, Word::name(name!(__hash__)), Word::NONE)?;
    }
    Ok(())
}

/// Gives the names of `__slots__` their places, and forbids others unless a base allows them.
pub fn apply_slots(vm: &Vm, class: Handle<Class>) -> Outcome<()> {
    let ty = as_type(class.word()).expect("a class");
    if ty.kind != Kind::Instance {
        return Ok(());
    }
    let mut open = false;
    for ancestor in ancestors(ty).filter(|ancestor| is_class(ancestor)) {
        let Some(slots) = own(vm, ancestor, name!(__slots__)) else {
            open = true;
            continue;
        };
        let mut add = |word: Word| {
            let Some(name) = key_name(vm, vm.native(word))? else { return Err(no_slot_name(vm, word)) };
            if crate::WHOLE && core::ptr::eq(ancestor, ty) {
                check_slot(vm, ty, name)?;
            }
            match name {
                n if n == name!(__dict__) => open = true,
                n if n == name!(__weakref__) => {}
                _ => {
                    let name = mangled(vm, ancestor, name)?;
                    if [name!(__hash__), name!(__doc__)].contains(&name) && own(vm, ty, name) == Some(Word::NONE) {
                        // What `complete` has put there.
                        class.map.remove(vm, Word::name(name))?;
                    }
                    let there = own(vm, ty, name);
                    if core::ptr::eq(ancestor, ty) && there.is_some_and(member::is_one) {
                        // It is named twice.
                        return Ok(());
                    }
                    if core::ptr::eq(ancestor, ty) && there.is_some() {
                        let parts =
                            [Part::Text("'"), Part::Name(name), Part::Text("' in __slots__ conflicts with class variable")];
                        return Err(vm.raise(&exception::VALUE_ERROR, &parts));
                    }
                    open |= add_key(vm, class, name)?.is_none();
                    if crate::WHOLE && core::ptr::eq(ancestor, ty) {
                        class.map.insert(vm, Word::name(name), member::new(vm, ty, name)?)?;
                    }
                }
            }
            Ok(())
        };
        if vm.as_text(vm.native(slots)).is_some() { add(slots)? } else { vm.for_each(slots, &mut add)? }
    }
    if open && member::count(vm, ty) > 0 {
        // The attributes without a slot have a dict, and that a place of its own.
        let count = class.key_count.get();
        vm.resize_words(&class.get().keys, usize::from(count) + 1)?;
        class.key_count.set(count + 1);
    }
    if !open && native_allows_slots(ty) {
        class.flags.set(class.flags.get() | flag::CLOSED);
    }
    Ok(())
}

#[cold]
fn no_slot_name(vm: &Vm, word: Word) -> Raised {
    if !crate::WHOLE {
        return vm.type_error("__slots__ items must be strings");
    }
    vm.raise(&exception::TYPE_ERROR, &[Part::Text("__slots__ items must be strings, not '"), Part::TypeOf(word), Part::Text("'")])
}

/// Refuses a slot that is no name, or that objects of the builtin base have no room for: hosts only.
fn check_slot(vm: &Vm, ty: &'static Type, name: Name) -> Outcome<()> {
    let text = vm.name_text(name);
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    if text.starts_with(|c: char| c.is_ascii_digit()) || text.is_empty() || !text.chars().all(is_name) {
        return Err(vm.type_error("__slots__ must be identifiers"));
    }
    let native = native_type(ty);
    if matches!(native.kind, Kind::Int | Kind::Tuple | Kind::Bytes) && ![name!(__dict__), name!(__weakref__)].contains(&name) {
        let parts = [Part::Text("nonempty __slots__ not supported for subtype of '"), Part::Name(native.name), Part::Text("'")];
        return Err(vm.raise(&exception::TYPE_ERROR, &parts));
    }
    let mut bases = ancestors(ty).skip(1).filter(|base| is_class(base));
    if name == name!(__dict__) && bases.any(|base| as_class(base).is_some_and(|base| !base.is_closed())) {
        return Err(vm.type_error("__dict__ slot disallowed: we already got one"));
    }
    Ok(())
}

/// `__x` in `__slots__` is private to its class, as everywhere in its body.
fn mangled(vm: &Vm, class: &Type, name: Name) -> Outcome<Name> {
    let text = vm.name_text(name);
    let owner = vm.name_text(class.name).trim_start_matches('_');
    if !text.starts_with("__") || text.ends_with("__") || owner.is_empty() {
        return Ok(name);
    }
    let mut builder = crate::object::print::Builder::new();
    for part in ["_", owner, text] {
        builder.push(vm, part.as_bytes())?;
    }
    let whole = builder.finish_str(vm)?;
    vm.intern(vm.text_of(whole))
}

/// Whether objects of the builtin base have no attributes beyond slots, so that closing the class means something.
fn native_allows_slots(ty: &'static Type) -> bool {
    ancestors(ty).all(|ancestor| is_class(ancestor) || ancestor.kind != Kind::Exception)
}
