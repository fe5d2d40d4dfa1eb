//! Tracebacks of boards as a program sees them: an object shows its outermost entry, and makes others for the inner ones.

use super::super::*;
use super::Traceback;
use crate::object::resource::resource_type;

/// How a traceback answers what it is asked for.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = Some(attribute);

static VIEW_SLOTS: Slots = Slots { attribute: Some(view_attribute), ..Slots::NONE };
/// An inner part of a traceback. State: the traceback, the index of the entry.
static VIEW: Type = resource_type(name!(traceback), &VIEW_SLOTS, Rows::NONE);
static FRAME_SLOTS: Slots = Slots { attribute: Some(frame_attribute), ..Slots::NONE };
/// What a traceback knows of a frame, and what it knows of the code. State: file, line, block.
static FRAME: Type = resource_type(name!(frame), &FRAME_SLOTS, Rows::NONE);

/// Attributes of a traceback, which stands for its outermost entry.
fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let count = Handle::<Traceback>::from(word).expect("a traceback").depth();
    match access {
        Access::Load if count > 0 => entry_attribute(vm, word, count - 1, name),
        _ => Ok(Word::UNSET),
    }
}

/// The traceback that `tb_next` shows a part of.
pub fn whole(vm: &Vm, word: Word) -> Word {
    vm.resource(word, &VIEW).map_or(word, |view| view.state[0].get())
}

fn view_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let view = vm.resource(word, &VIEW).expect("by its type");
    match access {
        // What a program has put there.
        Access::Load if name == name!(tb_next) && view.state[3].get() == Word::TRUE => return Ok(view.state[2].get()),
        Access::Store(next) if name == name!(tb_next) => {
            view.state[2].set(next);
            view.state[3].set(Word::TRUE);
            return Ok(Word::NONE);
        }
        Access::Load => {}
        _ => return Ok(Word::UNSET),
    }
    entry_attribute(vm, view.state[0].get(), view.state[1].get().int_value() as usize, name)
}

fn entry_attribute(vm: &Vm, traceback: Word, index: usize, name: Name) -> Outcome {
    let entry = Handle::<Traceback>::from(traceback).expect("a traceback").entry(index);
    match name {
        n if n == name!(tb_lineno) => Ok(entry[1]),
        n if n == name!(tb_lasti) => Ok(Word::int(-1)),
        n if n == name!(tb_frame) => vm.new_resource(&FRAME, &entry),
        n if n == name!(tb_next) => match index.checked_sub(1) {
            Some(inner) => vm.new_resource(&VIEW, &[traceback, Word::int(inner as isize)]),
            None => Ok(Word::NONE),
        },
        _ => Ok(Word::UNSET),
    }
}

fn frame_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let Access::Load = access else { return Ok(Word::UNSET) };
    let frame = vm.resource(word, &FRAME).expect("by its type");
    Ok(match name {
        n if n == name!(f_code) => word,
        n if n == name!(f_lineno) || n == name!(co_firstlineno) => frame.state[1].get(),
        n if n == name!(co_name) || n == name!(co_qualname) => frame.state[2].get(),
        n if n == name!(co_filename) => frame.state[0].get(),
        n if n == name!(f_back) => Word::NONE,
        n if n == name!(f_globals) || n == name!(f_locals) => vm.new_dict()?.word(),
        _ => Word::UNSET,
    })
}
