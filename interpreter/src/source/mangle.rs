//! Private names: within `class A`, `__x` stands for `_A__x`, and so for every identifier and attribute that is written there.

use super::text::Text;
use crate::object::name::Name;
use crate::vm::{Outcome, Vm};

/// What `name` stands for within the class `class`.
pub(super) fn mangled(vm: &Vm, class: Name, name: Name) -> Outcome<Name> {
    let (class, text) = (vm.name_text(class).trim_start_matches('_'), vm.name_text(name));
    if !text.starts_with("__") || text.ends_with("__") || class.is_empty() {
        return Ok(name);
    }
    let mut whole = Text::new();
    for part in ["_", class, text] {
        part.bytes().try_for_each(|byte| whole.push(vm, byte))?;
    }
    whole.name(vm)
}
