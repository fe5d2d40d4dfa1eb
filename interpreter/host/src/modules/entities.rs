//! `_entities`: the named characters of HTML, by the table of a well-kept library. `html.entities` is Python over it.

use entities::ENTITIES;
use interpreter::object::handle::Args;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// html5(): the characters by their names, with the semicolon where it is part of the name.
    def html5(0) = html5;
}

fn html5(vm: &Vm, _: Args) -> Outcome {
    let names = vm.new_dict()?;
    for entity in &ENTITIES {
        names.map.insert(vm, vm.new_str(&entity.entity[1..])?, vm.new_str(entity.characters)?)?;
    }
    Ok(names.word())
}
