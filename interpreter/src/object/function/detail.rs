//! `type(f)(code, globals)`: a function of code that another function has.

use super::*;
use crate::code::prototype::Prototype;

/// `function(code, globals, name=None, defaults=None, closure=None)`.
pub fn make(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 2, 5)?;
    let Some(prototype) = Handle::<Prototype>::from(args.at(0)) else { return Err(vm.type_error("a code object is wanted")) };
    let Some(globals) = Handle::<Dict>::from(args.at(1)) else { return Err(vm.type_error("globals must be a dict")) };
    let given = |index: usize| args.get(index).filter(|word| *word != Word::NONE);
    let tuple = |index: usize| match given(index) {
        None => Ok(Word::UNSET),
        Some(word) if Handle::<Tuple>::from(word).is_some() => Ok(word),
        Some(_) => Err(vm.type_error("a tuple is wanted")),
    };
    let (defaults, cells) = (tuple(3)?, tuple(4)?);
    let count = Handle::<Tuple>::from(cells).map_or(0, |cells| cells.get().tail().len());
    let are_cells = Handle::<Tuple>::from(cells).is_none_or(|cells| {
        cells.get().tail().iter().all(|cell| Handle::<crate::object::cell::CellObject>::from(cell.get()).is_some())
    });
    if count != prototype.head.free as usize || !are_cells {
        return Err(vm.value_error("the closure does not fit the code"));
    }
    let function = new(vm, prototype, globals, defaults, Word::UNSET, cells)?;
    if let Some(name) = given(2) {
        attributes_for_store(vm, function.get())?.map.insert(vm, Word::name(name!(__name__)), name)?;
    }
    Ok(function.word())
}
