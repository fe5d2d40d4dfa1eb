//! Tracebacks where memory is short: file, line and block of each function, and no frames. Made of a reserve when the heap is full.

use super::super::handle::Words;
use super::*;
use crate::object::function::Function;

#[cfg_attr(not(feature = "standard"), path = "no_view.rs")]
#[cfg_attr(feature = "standard", path = "view.rs")]
mod view;

pub use view::whole;

/// Where an exception passed: three words for each function, innermost first.
#[repr(C)]
pub struct Traceback {
    header: Header,
    count: Cell<Word>,
    entries: Words,
}

static TRACEBACK_SLOTS: Slots = Slots { attribute: view::ATTRIBUTE, ..Slots::NONE };

/// `traceback`.
pub static TRACEBACK: Type = Type {
    header: Header::of(&super::super::class::TYPE),
    slots: &TRACEBACK_SLOTS,
    name: name!("traceback"),
    kind: Kind::Traceback,
    traced: ALL,
    base: None,
    rows: Rows::NONE,
};

/// Entries that are kept: a deep recursion needs no more to be understood.
const MOST_ENTRIES: isize = 64;

/// Notes that `exception` passed an instruction of a function. When memory is short it is not noted.
pub fn add(vm: &Vm, exception: Word, function: Handle<Function>, offset: usize) {
    let prototype = function.get().prototype.get();
    add_place(vm, exception, prototype.head.file, prototype.line(offset), prototype.head.name);
}

/// Notes that `exception` is about line `line` of `file`, in `block`.
pub fn add_place(vm: &Vm, exception: Word, file: Name, line: usize, block: Name) {
    let Some(exception) = Handle::<Exception>::from(exception).filter(|exception| !is_static(*exception)) else { return };
    let under_way = vm.peek();
    if vm.in_reserve(|| try_add(vm, exception, [Word::name(file), Word::int(line as isize), Word::name(block)])).is_err() {
        vm.put_back(under_way);
    }
}

fn try_add(vm: &Vm, exception: Handle<Exception>, entry: [Word; 3]) -> Outcome<()> {
    let traceback = match Handle::<Traceback>::from(exception.traceback.get()) {
        Some(traceback) => traceback,
        None => {
            let count = Cell::new(Word::int(0));
            let traceback = vm.new_object(Traceback { header: Header::of(&TRACEBACK), count, entries: Words::EMPTY })?;
            exception.traceback.set(traceback.word());
            traceback
        }
    };
    let count = traceback.count.get().int_value();
    if count >= MOST_ENTRIES {
        return Ok(());
    }
    let at = 3 * count as usize;
    if at == traceback.entries.capacity() {
        vm.resize_words(&traceback.get().entries, if at == 0 { 3 } else { 2 * at })?;
    }
    entry.iter().enumerate().for_each(|(index, word)| traceback.entries.set(at + index, *word));
    traceback.count.set(Word::int(count + 1));
    Ok(())
}

/// A frame that an exception leaves is not kept.
#[inline(always)]
pub fn leave(_: &Vm, _: Handle<Function>, _: impl FnOnce(usize) -> Outcome) {}

impl Traceback {
    /// How many functions it names.
    pub fn depth(&self) -> usize {
        self.count.get().int_value() as usize
    }

    /// File, line and block of an entry; 0 is the innermost.
    pub fn entry(&self, index: usize) -> [Word; 3] {
        core::array::from_fn(|part| self.entries.get(3 * index + part))
    }
}

/// Writes the `limit` outermost entries, in order.
///
/// # Errors
/// What the sink raises.
pub fn print(vm: &Vm, exception: Word, limit: usize, out: &mut Printer) -> Outcome<()> {
    let traceback = Handle::<Exception>::from(exception).and_then(|it| Handle::<Traceback>::from(it.traceback.get()));
    let Some(traceback) = traceback else { return Ok(()) };
    for index in (0..traceback.depth()).rev().take(limit) {
        let entry = traceback.entry(index);
        let name = |part: usize| entry[part].as_name().unwrap_or(name!(""));
        print_place(vm, out, name(0), entry[1].int_value() as usize, name(2))?;
    }
    Ok(())
}

/// What a program sees of a traceback.
#[inline(always)]
pub fn shown(traceback: Word) -> Word {
    traceback
}
