//! `cls.__bases__ = bases`: another order of lookup, for the class and all that derive from it, or no change at all.

use super::build::{inherited, is_mixture, linearise};
use super::*;
use crate::object::list::List;
use crate::vm::Raised;

/// Whether it is such a store.
pub(super) fn is_wanted(name: Name) -> bool {
    name == name!(__bases__)
}

/// Gives a class other bases.
pub(super) fn rebase(vm: &Vm, class: Handle<Class>, value: Word) -> Outcome {
    let bases = checked(vm, class, value)?;
    let (native, _) = inherited(vm, bases.get().tail())?;
    let (new, old) = (native.unwrap_or(&OBJECT), native_type(as_type(class.word()).expect("a class")));
    // All exceptions are laid out alike.
    let are_alike = core::ptr::eq(new, old) || new.kind == Kind::Exception && old.kind == Kind::Exception;
    if !are_alike {
        let first = bases.get().tail()[0].get();
        let old = Handle::<Tuple>::from(class.bases.get()).and_then(|bases| bases.at(0)).unwrap_or(Word::NONE);
        let name = |word: Word| Part::Name(as_type(word).map_or(class.ty.name, |ty| ty.name));
        let parts = [
            Part::Text("__bases__ assignment: '"),
            name(first),
            Part::Text("' object layout differs from '"),
            name(old),
            Part::Text("'"),
        ];
        return Err(vm.raise(&exception::TYPE_ERROR, &parts));
    }
    let old = class.bases.replace(bases.word());
    let before = Handle::<List>::from(vm.new_list(&[])?).expect("a list");
    if let Err(raised) = reorder(vm, class, before) {
        class.bases.set(old);
        restore(before);
        return Err(raised);
    }
    for base in Handle::<Tuple>::from(old).iter().flat_map(|bases| bases.get().tail()) {
        if let Some(base) = Handle::<Class>::from(base.get()) {
            forget_derived(base, class.word());
        }
    }
    for base in bases.get().tail() {
        if let Some(base) = Handle::<Class>::from(base.get()) {
            add_derived(vm, base, class.word())?;
        }
    }
    changed(vm, class)?;
    Ok(Word::NONE)
}

/// A tuple of types of which none derives from the class.
fn checked(vm: &Vm, class: Handle<Class>, value: Word) -> Outcome<Handle<Tuple>> {
    let name = Part::Name(class.ty.name);
    let refuse = |parts: &[Part]| -> Raised { vm.raise(&exception::TYPE_ERROR, parts) };
    let Some(bases) = Handle::<Tuple>::from(vm.native(value)) else {
        return Err(refuse(&[
            Part::Text("can only assign tuple to "),
            name,
            Part::Text(".__bases__, not "),
            Part::TypeOf(value),
        ]));
    };
    if bases.len() == 0 {
        return Err(refuse(&[Part::Text("can only assign non-empty tuple to "), name, Part::Text(".__bases__, not ()")]));
    }
    let own = as_type(class.word()).expect("a class");
    for base in bases.get().tail() {
        let Some(ty) = as_type(base.get()) else {
            let parts =
                [name, Part::Text(".__bases__ must be tuple of classes, not '"), Part::TypeOf(base.get()), Part::Text("'")];
            return Err(refuse(&parts));
        };
        if vm.is_subclass(ty, own) {
            return Err(vm.type_error("a __bases__ item causes an inheritance cycle"));
        }
    }
    Ok(bases)
}

/// Makes the order of lookup anew, and notes each class with the order and the flags that it had.
fn reorder(vm: &Vm, class: Handle<Class>, before: Handle<List>) -> Outcome<()> {
    let bases = Handle::<Tuple>::from(class.bases.get()).expect("bases are a tuple");
    let (_, flags) = inherited(vm, bases.get().tail())?;
    let order = linearise(vm, class.word(), bases)?;
    before.push(vm, class.word())?;
    before.push(vm, class.mro.get())?;
    before.push(vm, Word::int(class.flags.get() as isize))?;
    class.mro.set(order);
    let mixed = if is_mixture(as_type(class.word()).expect("a class")) { flag::MIXED } else { 0 };
    class.flags.set(class.flags.get() & !flag::MIXED | flags | mixed);
    for_each_derived(vm, class, &mut |derived| reorder(vm, derived, before))
}

/// Puts back what `reorder` noted, the last first.
fn restore(before: Handle<List>) {
    for start in (0..before.len() / 3).rev().map(|index| 3 * index) {
        let noted = |index| before.at(start + index).expect("what `reorder` noted");
        let class = Handle::<Class>::from(noted(0)).expect("a class");
        class.mro.set(noted(1));
        class.flags.set(noted(2).as_int().expect("flags") as u16);
    }
}

fn forget_derived(base: Handle<Class>, class: Word) {
    for index in 0..base.derived.capacity() {
        if base.derived.get(index) == class {
            base.derived.set(index, Word::UNSET);
        }
    }
}
