//! Making classes in the smallest interpreter: no metaclasses, no hooks, no `type(name, bases, dict)`.

use super::*;
use crate::object::cell::CellObject;
use crate::object::descriptor;
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::list::List;

/// `type(…)` of other than one argument.
pub(super) fn make_type(vm: &Vm, ty: &'static Type, _args: Args) -> Outcome {
    Err(vm.cannot_create(ty.name))
}

/// `__build_class__`, which a `class` statement calls.
pub static BUILD_CLASS: NativeFunction =
    NativeFunction::new(name!(__build_class__), Arity::from(2), false, Binding::Static, build_class);

/// `__build_class__(body, name, *bases)`.
pub fn build_class(vm: &Vm, args: Args) -> Outcome {
    let bases = &args.positional()[2..];
    let bases = if bases.is_empty() { vm.new_tuple(&[type_word(&OBJECT)])? } else { vm.new_tuple_from_cells(bases)? };
    let namespace = vm.new_dict()?;
    let cell = vm.call(args.at(0), &[namespace.word()])?;
    let name = vm.intern(vm.expect_text(args.at(1))?)?;
    let class = new_class(vm, name, Handle::from(bases).expect("a tuple"), namespace)?;
    if let Some(cell) = Handle::<CellObject>::from(cell) {
        cell.value.set(class);
    }
    Ok(class)
}

/// The builtin type inside the instances of a class with this base, and the flags that it inherits.
fn inherited(vm: &Vm, base: Word) -> Outcome<(&'static Type, u16)> {
    let Some(ty) = as_type(base) else { return Err(vm.type_error("bases must be types")) };
    match as_class(ty) {
        Some(class) => Ok((native_type(ty), class.flags.get() & flag::SPECIAL)),
        None if ty.slots.make.is_none() => Err(vm.cannot_create(ty.name)),
        None => Ok((ty, 0)),
    }
}

fn new_class(vm: &Vm, name: Name, bases: Handle<Tuple>, namespace: Handle<Dict>) -> Outcome {
    let (mut native, mut flags): (&'static Type, u16) = (&OBJECT, 0);
    for base in bases.get().tail() {
        let (builtin, more) = inherited(vm, base.get())?;
        if vm.is_subclass(builtin, native) {
            native = builtin;
        } else if !vm.is_subclass(native, builtin) {
            return Err(vm.type_error("multiple bases have instance lay-out conflict"));
        }
        flags |= more;
    }
    let kind = if native.kind == Kind::Exception { Kind::Exception } else { Kind::Instance };
    let native = Some(native).filter(|native| kind == Kind::Instance && !core::ptr::eq(*native, &OBJECT));
    let class = blank(vm, &CLASS, kind, name, bases, native, flags)?;
    class.mro.set(linearise(vm, class.word(), bases)?);
    fill(vm, class, namespace)?;
    if native.is_some() {
        vm.resize_words(&class.get().keys, 2)?;
        class.key_count.set(1);
    }
    publish(vm, class, bases)
}

/// Puts what the body has made into the class.
fn fill(vm: &Vm, class: Handle<Class>, namespace: Handle<Dict>) -> Outcome<()> {
    let mut position = 0;
    while position < namespace.map.end() {
        position += 1;
        let Some((key, mut value)) = namespace.map.entry(position - 1) else { continue };
        let Some(name) = key.as_name() else { continue };
        if name == name!(__new__) && Handle::<Function>::from(value).is_some() {
            value = descriptor::new_static_method(vm, value)?;
        }
        class.map.insert(vm, key, value)?;
        if makes_special(vm, name, value) {
            class.flags.set(class.flags.get() | flag::SPECIAL);
        }
    }
    Ok(())
}

/// The order of lookup: all ancestors depth first, each where it comes last. Written from the back.
fn linearise(vm: &Vm, class: Word, bases: Handle<Tuple>) -> Outcome {
    let list = Handle::<List>::from(vm.new_list(&[])?).expect("a list");
    for base in bases.get().tail().iter().rev() {
        let base = as_type(base.get()).expect("bases are types");
        for index in (0..ancestors(base).count()).rev() {
            let ancestor = ancestors(base).nth(index).map_or(Word::NONE, type_word);
            if !(0..list.len.get()).any(|at| list.items.get(at) == ancestor) {
                list.get().push(vm, ancestor)?;
            }
        }
    }
    list.get().push(vm, class)?;
    let count = list.len.get();
    vm.new_tuple_with(count, |index| list.items.get(count - 1 - index))
}
