//! Items and slices of text in the smallest interpreter: what lies side by side.

use super::{STR, Text, this};
use crate::object::exception::NOT_IMPLEMENTED_ERROR;
use crate::object::handle::Handle;
use crate::object::kind::Access;
use crate::object::slice::Slice;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// `text[key]`
pub(super) fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let text = this(vm, word)?;
    let Access::Load = access else { return Ok(Word::UNSET) };
    let Some(slice) = Handle::<Slice>::from(key) else {
        let index = vm.position(&STR, key, || text.len(vm))?;
        return part(vm, text, index, 1);
    };
    let span = slice.bounds(vm)?.span(text.len(vm));
    if span.step != 1 && span.count > 1 {
        return Err(vm.raise_text(&NOT_IMPLEMENTED_ERROR, "only slices with step=1 (aka None) are supported"));
    }
    part(vm, text, span.start, span.count)
}

fn part(vm: &Vm, text: Text, start: usize, count: usize) -> Outcome {
    vm.new_str(text.text.get(text.offset(vm, start)..text.offset(vm, start + count)).unwrap_or(""))
}

/// The first character of a text that is not empty, as a `str`, and its bytes.
pub fn first_character(vm: &Vm, text: &str) -> Outcome<(Word, usize)> {
    let width = 1 + text.bytes().skip(1).take_while(|byte| byte & 0xc0 == 0x80).count();
    Ok((vm.new_str_object(text.get(..width).unwrap_or(""))?, width))
}
