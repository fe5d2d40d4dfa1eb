//! Items and slices of text.

use super::{STR, StrHead, Text, this};
use crate::object::handle::Handle;
use crate::object::kind::Access;
use crate::object::print::Builder;
use crate::object::slice::{Slice, Span};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// `text[key]`
pub(super) fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let text = this(vm, word)?;
    if !matches!(access, Access::Load) {
        return Ok(Word::UNSET);
    }
    if let Some(slice) = Handle::<Slice>::from(key) {
        return load_span(vm, text, slice.bounds(vm)?.span(text.len(vm)));
    }
    let index = vm.position(&STR, key, || text.len(vm))?;
    let from = text.offset(vm, index);
    let character = text.text[from..].chars().next().expect("the position lies within");
    vm.new_character(character)
}

fn load_span(vm: &Vm, text: Text, span: Span) -> Outcome {
    if span.count == 0 {
        return Ok(Word::name(name!("")));
    }
    if span.step == 1 {
        let from = text.offset(vm, span.start);
        return vm.new_str(&text.text[from..text.offset(vm, span.start + span.count)]);
    }
    if text.ascii {
        let bytes = text.text.as_bytes();
        return Ok(vm.new_tailed(&STR, span.count, StrHead::new(true), |i| bytes[span.at(i)])?.word());
    }
    let mut out = Builder::with_capacity(vm, span.count)?;
    let mut push = |character: char| out.push(vm, character.encode_utf8(&mut [0; 4]).as_bytes());
    let step = span.step.unsigned_abs();
    if span.step > 0 {
        text.text.chars().skip(span.start).step_by(step).take(span.count).try_for_each(&mut push)?;
    } else {
        let skipped = text.len(vm) - 1 - span.start;
        text.text.chars().rev().skip(skipped).step_by(step).take(span.count).try_for_each(&mut push)?;
    }
    out.finish_str(vm)
}

/// The first character of a text that is not empty, as a `str`, and its bytes.
pub fn first_character(vm: &Vm, text: &str) -> Outcome<(Word, usize)> {
    let character = text.chars().next().unwrap_or('\0');
    Ok((vm.new_character(character)?, character.len_utf8()))
}
