//! Texts that grow: `s += x` in time proportional to `x`, whoever holds `s`.
//!
//! ```text
//!   "ab"    [header][2][shared][buffer]──┐
//!   "abcd"  [header][4][shared][buffer]──┴─> [header][capacity][filled: 4][a b c d … free]
//! ```
//! A long text that is the beginning of a buffer shares it with all texts that it began as. The one that ends where the
//! filled part ends may be continued in place: nobody sees a difference, since the shorter texts keep their length. Whoever
//! else is continued is copied into a buffer of its own. The first buffer of a text is as long as it need be, so that one
//! concatenation wastes nothing; a text that is continued gets room for half as much again.

use super::text::Text;
use super::{Str, StrHead};
use crate::object::class::TYPE;
use crate::object::handle::{Handle, SharedText, Tailed};
use crate::object::kind::{self, Header, Kind, Rows, Slots, Type};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Whether texts share buffers in this set.
pub const SHARES: bool = true;

/// What the collector looks at in a `str`.
pub const TRACED: u8 = kind::TEXT;

/// Shorter results are copied, which is faster and takes less room.
const LONG: usize = 256;

/// How much of a buffer is filled.
#[derive(Default)]
pub struct Filled(Cell<usize>);

/// Bytes that texts share.
pub type TextBuffer = Tailed<Filled, Cell<u8>>;

static SLOTS: Slots = Slots::NONE;

/// What a buffer is of; never seen by Python.
static TEXT_BUFFER: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("raw"),
    kind: Kind::TextBuffer,
    traced: 0,
    base: None,
    rows: Rows::NONE,
};

/// `a + b`, where `a` is the text of `lhs`, if it is worth a buffer.
///
/// # Errors
/// `MemoryError`; nothing has changed then.
pub fn append(vm: &Vm, lhs: Word, a: Text, b: Text) -> Outcome<Option<Word>> {
    let start = a.text.len();
    let total = start.checked_add(b.text.len()).ok_or_else(|| vm.raise_memory(usize::MAX))?;
    if total < LONG || start < b.text.len() {
        return Ok(None);
    }
    let held = Handle::<Str>::from(lhs).and_then(|text| text.get().shared()).map(SharedText::buffer);
    let buffer = match held.filter(|buffer| buffer.head.0.get() == start) {
        Some(buffer) if total <= buffer.len() => buffer,
        Some(_) => copy(vm, a, total, total / 2)?,
        None => copy(vm, a, total, 0)?,
    };
    let ascii = if a.ascii && b.ascii { StrHead::ASCII } else { 0 };
    let text = vm.new_object(SharedText::new(total, StrHead { flags: ascii | StrHead::SHARED }, buffer))?;
    buffer.get().tail()[start..total].iter().zip(b.text.as_bytes()).for_each(|(to, from)| to.set(*from));
    buffer.head.0.set(total);
    Ok(Some(text.word()))
}

/// A buffer that begins with `a`, with room for `total` bytes and, if memory allows, so many more.
fn copy(vm: &Vm, a: Text, total: usize, more: usize) -> Outcome<Handle<TextBuffer>> {
    let make = |capacity| vm.new_zeroed(&TEXT_BUFFER, capacity, Filled::default());
    let buffer = match make(total + more) {
        Err(raised) if more > 0 => {
            vm.take_raised(raised);
            make(total)?
        }
        made => made?,
    };
    buffer.get().tail().iter().zip(a.text.as_bytes()).for_each(|(to, from)| to.set(*from));
    buffer.head.0.set(a.text.len());
    Ok(buffer)
}
