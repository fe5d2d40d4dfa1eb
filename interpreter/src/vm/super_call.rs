//! `super().method(…)`: the call of `super` and the lookup on what it returns are one step, so that no object is made that
//! nobody sees, and methods may call the next one where nothing can be allocated.

use super::{Outcome, Vm};
use crate::code::WIDTH;
use crate::code::opcode::Opcode;
use crate::code::width::Number;
use crate::object::descriptor::{self, SUPER};
use crate::object::handle::type_word;
use crate::object::name::Name;
use crate::object::word::Word;

/// The top of the stack behind a step that did the next instruction as well.
pub(super) type Moved = *mut Word;

/// Where the stack ends.
#[inline(always)]
pub(super) fn top(moved: Moved) -> *mut Word {
    moved
}

impl Vm {
    /// If the callee at `ret` is `super` with the class and the object at `base`, and a method is looked up next: looks it up,
    /// and notes in the record that this is done. `None` if not, or if there is no such method, which the usual way says best.
    ///
    /// # Safety
    /// As for `call_object`; the record's `ip` is behind the call.
    #[inline]
    pub(super) unsafe fn call_super(&self, ret: *mut Word, base: *mut Word, count: usize) -> Outcome<Option<Moved>> {
        // SAFETY: the caller's promise; code ends in no call.
        unsafe {
            if *ret != type_word(&SUPER) || count != 2 || *(*self.record()).ip != Opcode::LoadMethod as u8 {
                return Ok(None);
            }
            let ip = (*self.record()).ip;
            let name = Name(Number::from_le(ip.add(1).cast::<Number>().read_unaligned()));
            let found = descriptor::find_behind_class(self, *base, *base.add(1), name)?;
            if found.value == Word::UNSET {
                return Ok(None);
            }
            ret.write(found.value);
            ret.add(1).write(found.first);
            (*self.record()).ip = ip.add(1 + WIDTH);
            Ok(Some(ret.add(2)))
        }
    }
}
