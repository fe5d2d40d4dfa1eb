//! Frames: what a running function has on the two stacks, and how arguments become its locals.
//!
//! ```text
//!   values ↑   [… callee][arguments = parameters | captured cells | locals][values …]
//!                 ret     fp                                               sp →
//!   records ↓  [ip fp function back] one for each frame; `back` is `ret` with the frame's `Ending` in its low bits
//! ```
//! Arguments are not copied: where the caller pushed them is where the callee finds its parameters. The running frame's
//! `ip` and `sp` live in registers of `dispatch`; its record's `ip` is what a caller goes on from.

use super::{Outcome, Vm};
use crate::code::prototype::flag;
use crate::object::handle::Handle;
use crate::object::word::Word;
use crate::object::{function, function::Function, generator};

/// What happens to the result of a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Ending {
    /// It replaces callee and arguments.
    Plain = 0,
    /// It goes to Rust: the loop of `dispatch` that began with this frame ends.
    Entry = 1,
    /// It must be `None`; the instance at `ret` is the result.
    Init = 2,
    /// The frame is a generator's, driven by a `for` of the frame above.
    For = 3,
    /// As before, but for a frame object that has to be told first. Hosts only.
    Shown = 4,
}

/// The bits of `Record::back` that are no address: a host's words, of eight bytes, leave a third one.
const LOW: usize = if crate::WHOLE { 7 } else { 3 };
const _: () = assert!(align_of::<Word>() > LOW, "interpreters with frame objects have words of 64 bits");

/// A frame's record.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct Record {
    pub(super) ip: *const u8,
    pub(super) fp: *mut Word,
    pub(super) function: Handle<Function>,
    back: usize,
}

impl Record {
    pub(super) fn new(ip: *const u8, fp: *mut Word, function: Handle<Function>, ret: *mut Word, ending: Ending) -> Record {
        Record { ip, fp, function, back: ret.expose_provenance() | ending as usize }
    }

    #[inline(always)]
    pub(super) fn ret(&self) -> *mut Word {
        core::ptr::with_exposed_provenance_mut(self.back & !LOW)
    }

    #[inline(always)]
    pub(super) fn ending(&self) -> Ending {
        match self.back & LOW {
            0 => Ending::Plain,
            1 => Ending::Entry,
            2 => Ending::Init,
            3 => Ending::For,
            _ => Ending::Shown,
        }
    }

    /// Whether there is an object of this frame.
    #[cfg(feature = "full")]
    pub(super) fn is_shown(&self) -> bool {
        self.back & Ending::Shown as usize != 0
    }

    /// There is an object of this frame.
    #[cfg(feature = "full")]
    pub(super) fn show(&mut self) {
        self.back |= Ending::Shown as usize;
    }

    /// The object of this frame knows that it ends.
    #[cfg(feature = "full")]
    pub(super) fn unshow(&mut self) {
        self.back &= !(Ending::Shown as usize);
    }
}

impl Vm {
    /// The topmost record. Only while a frame is running.
    #[inline(always)]
    pub(super) fn record(&self) -> *mut Record {
        self.stack.records.get().as_ptr().cast()
    }

    /// The topmost record, if anything runs.
    pub(super) fn current_record(&self) -> Option<Record> {
        // SAFETY: below the limit the records are initialised.
        if self.stack.records.get() == self.stack.limit.get() { None } else { Some(unsafe { *self.record() }) }
    }

    /// The function that runs, if any.
    pub fn current_function(&self) -> Option<Handle<Function>> {
        self.current_record().map(|record| record.function)
    }

    /// The namespace of the class body that runs, if one does.
    pub(crate) fn current_namespace(&self) -> Option<Word> {
        let record = self.current_record()?;
        let is_class = record.function.prototype.head.flags & flag::CLASS_BODY != 0;
        // SAFETY: a running frame's locals are initialised, and a class body has at least one.
        if is_class { Some(unsafe { *record.fp }) } else { None }
    }

    /// What lies in a slot of the running function, `UNSET` if nothing does.
    pub fn local(&self, slot: usize) -> Word {
        match self.current_record() {
            // SAFETY: a running frame's locals are initialised.
            Some(record) if slot < record.function.prototype.head.locals as usize => unsafe { *record.fp.add(slot) },
            _ => Word::UNSET,
        }
    }

    /// Pushes a record; the space was checked by `has_room`.
    ///
    /// # Safety
    /// There is room for a record above the values.
    #[inline(always)]
    pub(super) unsafe fn push_record(&self, record: Record) {
        // SAFETY: the caller's promise.
        unsafe {
            let at = self.record().sub(1);
            at.write(record);
            self.stack.records.set(core::ptr::NonNull::new_unchecked(at.cast()));
        }
    }

    /// # Safety
    /// There is a record.
    #[inline(always)]
    pub(super) unsafe fn pop_record(&self) {
        // SAFETY: the caller's promise.
        unsafe { self.stack.records.set(core::ptr::NonNull::new_unchecked(self.record().add(1).cast())) };
    }

    /// Whether `words` values from `base` and another record fit.
    #[inline(always)]
    pub(super) fn has_room(&self, base: *mut Word, words: usize) -> bool {
        let needed = words * size_of::<Word>() + size_of::<Record>();
        base.addr() + needed <= self.record().addr()
    }

    /// Publishes the top of the value stack, for the collector and for frames that Rust starts.
    #[inline(always)]
    pub(super) fn publish(&self, sp: *mut Word) {
        debug_assert!(sp.addr() >= self.stack.base.get().as_ptr().addr() && sp.addr() <= self.record().addr());
        // SAFETY: a pointer into the stack is not null.
        self.stack.top.set(unsafe { core::ptr::NonNull::new_unchecked(sp.cast()) });
    }

    /// Makes a frame of `function`, whose arguments lie at `base`. `true`: the frame runs next; `false`: it was a generator
    /// function and its generator lies at `ret`.
    ///
    /// # Safety
    /// `base` is within the value stack and followed by `positional + 2 * keywords` words; `ret` lies at or below `base`; the
    /// published top is above the arguments.
    #[inline(always)]
    pub(super) unsafe fn enter_function(
        &self,
        function: Handle<Function>,
        base: *mut Word,
        positional: usize,
        keywords: usize,
        ret: *mut Word,
        ending: Ending,
    ) -> Outcome<bool> {
        let function = if crate::WHOLE { function::with_its_code(function) } else { function };
        let prototype = function.get().prototype.get();
        let head = &prototype.head;
        const UNUSUAL: u8 = flag::VAR_POSITIONAL | flag::VAR_KEYWORDS | flag::GENERATOR;
        let simple = head.flags & UNUSUAL == 0 && keywords == 0 && positional == head.positional as usize;
        let locals = head.locals as usize;
        if !self.has_room(base, locals + head.stack as usize) {
            return Err(self.raise_recursion());
        }
        // SAFETY: there is room for all locals from `base`, and for the record.
        unsafe {
            let mut set = positional;
            if !simple || head.keyword_only > 0 || head.free > 0 {
                set = self.prepare_locals(function, base, positional, keywords)?;
            }
            for index in set..locals {
                base.add(index).write(Word::UNSET);
            }
            if head.flags & flag::GENERATOR != 0 {
                self.publish(base.add(locals));
                ret.write(generator::new(self, function, core::slice::from_raw_parts(base, locals))?);
                return Ok(false);
            }
            self.push_record(Record::new(prototype.code().as_ptr(), base, function, ret, ending));
        }
        Ok(true)
    }

    /// Arguments that do not fall into place by themselves, and captured cells. Returns how many locals are set.
    #[inline(never)]
    unsafe fn prepare_locals(
        &self,
        function: Handle<Function>,
        base: *mut Word,
        positional: usize,
        keywords: usize,
    ) -> Outcome<usize> {
        let prototype = function.get().prototype.get();
        let parameters = prototype.parameter_count();
        // SAFETY: the caller of `enter_function` promises the arguments; `Binder` checks its own room.
        unsafe {
            if keywords > 0
                || positional != parameters
                || prototype.head.flags & (flag::VAR_POSITIONAL | flag::VAR_KEYWORDS) != 0
                || prototype.head.keyword_only > 0
            {
                self.bind_arguments(function, base, positional, keywords)?;
            }
            let cells = function.get().cells();
            for index in 0..prototype.head.free as usize {
                base.add(parameters + index).write(cells.map_or(Word::UNSET, |cells| cells.tail()[index].get()));
            }
        }
        Ok(parameters + prototype.head.free as usize)
    }

    /// Sorts arguments into parameters: collected above the arguments, then moved down over them.
    unsafe fn bind_arguments(
        &self,
        function: Handle<Function>,
        base: *mut Word,
        positional: usize,
        keywords: usize,
    ) -> Outcome<()> {
        let prototype = function.get().prototype.get();
        let head = &prototype.head;
        let (given, total) = (positional + 2 * keywords, prototype.parameter_count());
        if !self.has_room(base, given + total + head.stack as usize + head.locals as usize) {
            return Err(self.raise_recursion());
        }
        // SAFETY: the room was checked; every word of `out` is written before the top is published over it.
        let (arguments, out) = unsafe {
            for index in 0..total {
                base.add(given + index).write(Word::UNSET);
            }
            self.publish(base.add(given + total));
            (core::slice::from_raw_parts(base, given), core::slice::from_raw_parts_mut(base.add(given), total))
        };
        let wanted = head.positional as usize;
        let named = wanted + head.keyword_only as usize;
        let direct = positional.min(wanted);
        out[..direct].copy_from_slice(&arguments[..direct]);
        let mut rest = named;
        if head.flags & flag::VAR_POSITIONAL != 0 {
            out[rest] = self.new_tuple(&arguments[direct..positional])?;
            rest += 1;
        }
        let extra = if head.flags & flag::VAR_KEYWORDS == 0 { None } else { Some(self.new_dict()?) };
        if let Some(dict) = extra {
            out[rest] = dict.word();
        }
        for pair in arguments[positional..].chunks_exact(2) {
            let name = pair[0].as_name().expect("keywords are names");
            match (head.positional_only as usize..named).find(|&index| prototype.parameter(index) == name) {
                Some(index) if out[index] == Word::UNSET => out[index] = pair[1],
                Some(_) => return Err(self.argument_twice(function, name)),
                None => match extra {
                    Some(dict) => {
                        dict.map.insert(self, pair[0], pair[1])?;
                    }
                    None => return Err(self.unexpected_argument(function, name, &arguments[positional..])),
                },
            }
        }
        if positional > wanted && head.flags & flag::VAR_POSITIONAL == 0 {
            return Err(self.too_many_arguments(function, positional, out));
        }
        self.fill_defaults(function, out, positional, keywords > 0)?;
        // SAFETY: both ranges lie in the checked room; `out` is not used any more.
        unsafe { base.add(given).copy_to(base, total) };
        Ok(())
    }

    fn fill_defaults(&self, function: Handle<Function>, out: &mut [Word], positional: usize, by_name: bool) -> Outcome<()> {
        let prototype = function.get().prototype.get();
        let wanted = prototype.head.positional as usize;
        let defaults = function.get().defaults();
        let count = defaults.map_or(0, |defaults| defaults.len());
        let required = wanted - count.min(wanted);
        for index in positional.min(wanted)..wanted {
            if out[index] != Word::UNSET {
                continue;
            }
            match defaults {
                Some(defaults) if index >= required => out[index] = defaults.tail()[index - required].get(),
                _ => return Err(self.missing_positional(function, out, (index, required), (positional, by_name))),
            }
        }
        for index in wanted..wanted + prototype.head.keyword_only as usize {
            if out[index] != Word::UNSET {
                continue;
            }
            let name = prototype.parameter(index);
            let default = match function.get().keyword_defaults() {
                Some(dict) => dict.map.get(self, Word::name(name))?,
                None => None,
            };
            out[index] = match default {
                Some(default) => default,
                None => return Err(self.missing_keywords(function, out, index)),
            };
        }
        Ok(())
    }
}
