//! `__dict__` is a copy, and an instance keeps its class.

use super::*;

/// The instance's attributes: a copy.
pub fn live_dict(vm: &Vm, object: Word, _class: Handle<Class>) -> Outcome<Handle<Dict>> {
    dict_of(vm, object)
}

/// Refuses.
pub fn change(_vm: &Vm, _instance: Handle<Instance>, _class: Handle<Class>, _name: Name, _access: Access) -> Outcome {
    Ok(Word::UNSET)
}
