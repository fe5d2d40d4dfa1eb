//! Inline caches: what an instruction found last time, beside the bytecode.
//!
//! A table hangs on `Head::accelerator` of a prototype that has run a few times: an entry for as many bytes of code as the
//! instructions that use them have. It is plain bytes to the collector: a word in it is used only while the
//! class that holds the same word has the version it had then.
//!
//! An instruction that meets objects of several classes in turn would search each time. What it forgets is kept by the name and
//! the class in one table of the `Vm` (`Recent`), where the next one to ask finds it, whichever instruction that is.
//!
//! Built with the feature `caches`; without it every question here is a constant, and the tables do not exist.

use super::Vm;
use crate::code::WIDTH;
use crate::code::prototype::Prototype;
use crate::object::class::{self, Class};
use crate::object::function::Function;
use crate::object::handle::{Handle, Instance};
use crate::object::kind::{Binding, Kind, NativeFunction, Type};
use crate::object::name::Name;
use crate::object::print::RawBytes;
use crate::object::word::Word;
use core::cell::Cell;

/// Whether there are caches at all.
pub(super) const CACHES: bool = cfg!(feature = "caches");

/// Runs, or turns of a loop, before a table is made.
const WARM: isize = 3;

/// A cache entry; all zero is empty.
#[derive(Clone, Copy)]
#[repr(C)]
pub(super) struct Entry {
    /// Of a class (never 0), the `builtins_version`, or half a type's address: see `what`.
    key: u32,
    what: u32,
    value: usize,
}

/// Values of `Entry::what` above all slots.
mod what {
    /// `value` is the position of a global.
    pub const GLOBAL: u32 = u32::MAX;
    /// `value` is a method's word, `key` a class's version.
    pub const METHOD: u32 = u32::MAX - 1;
    /// `value` is a method's word, `key` the low half of a builtin type's address.
    pub const NATIVE: u32 = u32::MAX - 2;
    /// `value` is a special method's word, 0 where the class has none; `key` its version. Such entries are in `Recent` alone.
    pub const SPECIAL: u32 = u32::MAX - 3;
    /// From here on `value` is a builtin's word, `key` the version of `builtins`, and what is above this number is how many positions
    /// the globals took: a name that they have got since may hide it.
    pub const BUILTIN: u32 = 1 << 31;
}

/// Places in `Recent`: a power of two.
const RECENT: usize = if CACHES { 512 } else { 0 };

/// What was found of late by name and class: entries of `METHOD`, `NATIVE`, `SPECIAL` and slots.
pub(super) struct Recent([Cell<(Name, Entry)>; RECENT]);

impl Recent {
    pub(super) const fn new() -> Recent {
        Recent([const { Cell::new((Name(0), Entry { key: 0, what: 0, value: 0 })) }; RECENT])
    }

    /// Where such an entry lies; nowhere without caches.
    fn place(&self, key: u32, name: Name) -> Option<&Cell<(Name, Entry)>> {
        self.0.get((key as usize ^ (name.0 as usize).wrapping_mul(31)) & RECENT.wrapping_sub(1))
    }

    fn note(&self, name: Name, entry: Entry) {
        if let Some(place) = self.place(entry.key, name) {
            place.set((name, entry));
        }
    }

    fn find(&self, key: u32, name: Name) -> Option<Entry> {
        let (known, entry) = self.place(key, name)?.get();
        if known == name && entry.key == key && key != 0 { Some(entry) } else { None }
    }
}

/// Bytes of an instruction that has an entry: its opcode and a name.
pub(super) const LENGTH: usize = 1 + WIDTH;

/// Bytes of the entries of so much code.
pub(super) const fn bytes(code: usize) -> usize {
    if CACHES { (code / LENGTH + 1) * size_of::<Entry>() } else { 0 }
}

/// The table of a function, or null.
#[inline(always)]
pub(super) fn table(function: Handle<Function>) -> *mut Entry {
    if !CACHES {
        return core::ptr::null_mut();
    }
    match Handle::<RawBytes>::from(function.get().prototype.get().head.accelerator.get()) {
        Some(bytes) => bytes.get().tail().as_ptr().cast_mut().cast(),
        None => core::ptr::null_mut(),
    }
}

#[inline(always)]
fn version_of(ty: &'static Type) -> u32 {
    debug_assert!(class::is_class(ty));
    // SAFETY: callers pass types of kind `Instance`, which are classes, and a class begins with its `Type`.
    unsafe { &*core::ptr::from_ref(ty).cast::<Class>() }.version()
}

/// What an entry for the attributes of such objects is known by: 0 if nothing is.
#[inline(always)]
fn key_of(ty: &'static Type) -> u32 {
    if ty.kind == Kind::Instance { version_of(ty) } else { core::ptr::from_ref(ty).addr() as u32 }
}

fn word(value: usize) -> Word {
    let pointer = core::ptr::with_exposed_provenance_mut::<crate::object::kind::Header>(value);
    Word::of_object(core::ptr::NonNull::new(pointer).expect("the word of an object was put there"))
}

impl Entry {
    /// A global's value.
    #[inline(always)]
    pub(super) fn global(&self, vm: &Vm, function: Handle<Function>, name: Name) -> Option<Word> {
        if self.what == what::GLOBAL {
            let (key, value) = function.get().globals.get().map.entry(self.value)?;
            return if key == Word::name(name) { Some(value) } else { None };
        }
        let end = function.get().globals.get().map.end();
        if self.what as usize == what::BUILTIN as usize + end && self.key == vm.builtins_version.get() {
            return Some(word(self.value));
        }
        None
    }

    /// Notes where a global was found.
    #[inline(never)]
    pub(super) fn fill_global(&mut self, vm: &Vm, function: Handle<Function>, name: Name, value: Word) {
        let position = function.globals.map.position_of_name(Word::name(name), || vm.name_hash(name));
        match position {
            Some(position) => *self = Entry { key: 0, what: what::GLOBAL, value: position },
            None if value.is_object() && vm.own_builtins(function.globals).is_none() => {
                let end = function.globals.map.end() as u32;
                let (key, value) = (vm.builtins_version.get(), value.pointer().expose_provenance().get());
                if end < what::SPECIAL - what::BUILTIN {
                    *self = Entry { key, what: what::BUILTIN + end, value };
                }
            }
            None => {}
        }
    }

    /// Where the attribute lies in this instance, if its class was met of late.
    #[inline(always)]
    pub(super) fn slot(&mut self, vm: &Vm, object: Word, name: Name) -> Option<&Cell<Word>> {
        if self.slot_as_last(object).is_some() || self.recall(vm, object, name) { self.slot_as_last(object) } else { None }
    }

    /// Takes up again what is known of the attributes of such objects.
    #[inline(never)]
    fn recall(&mut self, vm: &Vm, object: Word, name: Name) -> bool {
        let found = vm.recent.find(key_of(vm.type_of(object)), name);
        *self = found.unwrap_or(*self);
        found.is_some()
    }

    #[inline(always)]
    fn slot_as_last(&self, object: Word) -> Option<&Cell<Word>> {
        let instance = Handle::<Instance>::from(object)?;
        if version_of(instance.ty()) != self.key || self.what >= what::BUILTIN {
            return None;
        }
        instance.get().slot(self.what as usize)
    }

    /// Notes the slot of an attribute; for a store, unless the class has hooks.
    #[inline(never)]
    pub(super) fn fill_slot(&mut self, vm: &Vm, object: Word, name: Name) {
        let Some(instance) = Handle::<Instance>::from(object) else { return };
        let ty = instance.ty();
        let Some(class) = class::as_class(ty) else { return };
        if class.version() == 0 || (class.is_special() && class::blocks_slot(vm, ty, name)) {
            return;
        }
        if let Some(slot) = class.slot_of(name).filter(|slot| *slot < instance.inline()) {
            *self = Entry { key: class.version(), what: slot as u32, value: 0 };
            vm.recent.note(name, *self);
        }
    }

    /// The method of this object's class, if that was met of late.
    #[inline(always)]
    pub(super) fn method(&mut self, vm: &Vm, object: Word, name: Name) -> Option<Word> {
        match self.method_as_last(vm, object) {
            None if self.recall(vm, object, name) => self.method_as_last(vm, object),
            found => found,
        }
    }

    #[inline(always)]
    fn method_as_last(&self, vm: &Vm, object: Word) -> Option<Word> {
        let ty = vm.type_of(object);
        let is_method = self.what == if ty.kind == Kind::Instance { what::METHOD } else { what::NATIVE };
        if is_method && key_of(ty) == self.key { Some(word(self.value)) } else { None }
    }

    /// Notes a method that was found, bound to `object`.
    #[inline(never)]
    pub(super) fn fill_method(&mut self, vm: &Vm, object: Word, name: Name, method: Word) {
        let ty = vm.type_of(object);
        let value = method.pointer().expose_provenance().get();
        if let Some(class) = class::as_class(ty) {
            let is_method = Handle::<Function>::from(method).is_some()
                || Handle::<NativeFunction>::from(method).is_some_and(|native| native.binding() == Binding::Attribute);
            let is_usual = ty.kind == Kind::Instance && is_method;
            let is_usual = is_usual && !(class.is_special() && class::blocks_slot(vm, ty, name));
            if is_usual && class.version() != 0 && class.slot_of(name).is_none() && !class.has_unlisted() {
                *self = Entry { key: class.version(), what: what::METHOD, value };
                vm.recent.note(name, *self);
            }
            return;
        }
        if ty.slots.attribute.is_none() && !matches!(ty.kind, Kind::Type | Kind::Class | Kind::Super) && method.is_object() {
            *self = Entry { key: key_of(ty), what: what::NATIVE, value };
            vm.recent.note(name, *self);
        }
    }
}

impl Vm {
    /// What `lookup_special` found of late; `None` if it is to search.
    #[inline]
    pub(crate) fn recall_special(&self, ty: &'static Type, name: Name) -> Option<Option<Word>> {
        if !CACHES || !class::is_class(ty) {
            return None;
        }
        let entry = self.recent.find(version_of(ty), name).filter(|entry| entry.what == what::SPECIAL)?;
        Some(if entry.value == 0 { None } else { Some(word(entry.value)) })
    }

    /// Keeps what `lookup_special` found: a method, or that there is none.
    #[inline]
    pub(crate) fn note_special(&self, ty: &'static Type, name: Name, found: Option<Word>) {
        if !CACHES || !class::is_class(ty) || found.is_some_and(|word| !class::binds(word) && !class::is_tuple(word)) {
            return;
        }
        let value = found.map_or(0, |word| word.pointer().expose_provenance().get());
        self.recent.note(name, Entry { key: version_of(ty), what: what::SPECIAL, value });
    }

    /// Counts a run of `function` without a table, and makes one when it has run often enough.
    #[cold]
    #[inline(never)]
    pub(super) fn warm(&self, function: Handle<Function>) -> *mut Entry {
        let prototype: &Prototype = function.get().prototype.get();
        let accelerator = &prototype.head.accelerator;
        let runs = accelerator.get().as_int().unwrap_or(0) + 1;
        accelerator.set(Word::int(runs.min(Word::INT_MAX)));
        if runs != WARM || self.heap_lock_depth() > 0 {
            return core::ptr::null_mut();
        }
        let under_way = self.peek();
        match self.new_raw_bytes(bytes(prototype.code().len())) {
            Ok(bytes) => accelerator.set(bytes.word()),
            Err(_) => self.put_back(under_way),
        }
        table(function)
    }
}
