//! Instances whose attributes are looked at as a dict, and those that change their class: from then on all of their attributes lie
//! in a dict, which is `__dict__` itself.

use super::*;

/// `instance.__dict__`: what is put into it is an attribute.
pub fn live_dict(vm: &Vm, object: Word, class: Handle<Class>) -> Outcome<Handle<Dict>> {
    let Some(instance) = Handle::<Instance>::from(object) else { return dict_of(vm, object) };
    let keep = class.native.is_some() as usize;
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

/// Stores to `__dict__` and `__class__`.
pub fn change(vm: &Vm, instance: Handle<Instance>, class: Handle<Class>, name: Name, access: Access) -> Outcome {
    let Access::Store(value) = access else { return Err(vm.type_error("can't delete attribute")) };
    if name == name!(__dict__) {
        let Some(new) = Handle::<Dict>::from(value) else { return Err(vm.type_error("__dict__ must be set to a dictionary")) };
        if class.is_closed() {
            return Ok(Word::UNSET);
        }
        live_dict(vm, instance.word(), class)?;
        instance.move_out(class.native.is_some() as usize, new);
        return Ok(Word::NONE);
    }
    let new = as_type(value).and_then(as_class);
    let fits = |new: &Handle<Class>| new.ty.kind == Kind::Instance && new.native.is_none() && class.native.is_none();
    let Some(new) = new.filter(fits).filter(|new| new.is_closed() == class.is_closed()) else {
        return Err(vm.type_error("__class__ assignment: object layout differs"));
    };
    live_dict(vm, instance.word(), class)?;
    class::note_unlisted(vm, new);
    instance.set_class(as_type(value).expect("a class"));
    Ok(Word::NONE)
}
