//! Containers that contain themselves, on hosts: where one comes again, `repr` writes `[...]`.

use super::{Outcome, Root, Vm};
use crate::object::dict::ORDERED_DICT;
use crate::object::handle::Handle;
use crate::object::kind::Kind;
use crate::object::list::List;
use crate::object::print::{Printer, Style};
use crate::object::word::Word;

/// What a type prints by.
type Print = fn(&Vm, Word, &mut Printer, Style) -> Outcome<()>;

/// What stands for a container that is being written already; `None` of what is none.
fn again(vm: &Vm, word: Word) -> Option<&'static str> {
    let ty = vm.type_of(word);
    match ty.kind {
        Kind::List | Kind::Deque => Some("[...]"),
        Kind::Tuple => Some("(...)"),
        Kind::Dict if core::ptr::eq(ty, &ORDERED_DICT) => Some("..."),
        Kind::Dict => Some("{...}"),
        _ => None,
    }
}

/// Prints, unless that is under way. Which containers are being written lies in a list, each with the thread that does.
pub(super) fn print(vm: &Vm, word: Word, out: &mut Printer, style: Style, print: Print) -> Outcome<()> {
    let Some(again) = again(vm, word).filter(|_| vm.heap_lock_depth() == 0) else { return print(vm, word, out, style) };
    if vm.root(Root::Printing) == Word::UNSET {
        vm.set_root(Root::Printing, vm.new_list(&[])?);
    }
    let open = Handle::<List>::from(vm.root(Root::Printing)).expect("a list is kept there");
    let thread = Word::int(super::context::thread_number(vm) as isize);
    let find = || (0..open.len() / 2).rev().find(|i| open.at(2 * i) == Some(word) && open.at(2 * i + 1) == Some(thread));
    if find().is_some() {
        return out.text(vm, again);
    }
    open.get().push(vm, word)?;
    if let Err(raised) = open.get().push(vm, thread) {
        open.pop();
        return Err(raised);
    }
    let outcome = print(vm, word, out, style);
    if let Some(index) = find() {
        // Nearly always the last one: other threads may have begun since.
        open.get().items.shift(2 * index + 2, 2 * index, open.len() - 2 * index - 2);
        open.pop();
        open.pop();
    }
    outcome
}
