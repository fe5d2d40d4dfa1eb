//! Inline caches: what an instruction found last time, beside the bytecode.
//!
//! A table hangs on `Head::accelerator` of a prototype that has run a few times: an entry for every three bytes of code, which
//! is the length of the instructions that use them. It is plain bytes to the collector: a word in it is used only while the
//! class that holds the same word has the version it had then.
//!
//! Built with the feature `caches`; without it every question here is a constant, and the tables do not exist.

use super::Vm;
use crate::code::prototype::Prototype;
use crate::object::class::{self, Class};
use crate::object::function::Function;
use crate::object::handle::{Handle, Instance};
use crate::object::kind::{Kind, Type};
use crate::object::name::Name;
use crate::object::print::RawBytes;
use crate::object::word::Word;

/// Whether there are caches at all.
pub(super) const CACHES: bool = cfg!(feature = "caches");

/// Runs, or turns of a loop, before a table is made.
const WARM: isize = 3;

/// A cache entry; all zero is empty.
#[repr(C)]
pub(super) struct Entry {
    /// Of a class (never 0), the `globals_version`, or half a type's address: see `what`.
    key: u32,
    what: u32,
    value: usize,
}

/// Values of `Entry::what` above all slots.
mod what {
    /// `value` is the position of a global.
    pub const GLOBAL: u32 = u32::MAX;
    /// `value` is a builtin's word, `key` the globals' version.
    pub const BUILTIN: u32 = u32::MAX - 1;
    /// `value` is a method's word, `key` a class's version.
    pub const METHOD: u32 = u32::MAX - 2;
    /// `value` is a method's word, `key` the low half of a builtin type's address.
    pub const NATIVE: u32 = u32::MAX - 3;
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
        if self.what == what::BUILTIN && self.key == vm.globals_version.get() {
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
            None if value.is_object() => {
                *self =
                    Entry { key: vm.globals_version.get(), what: what::BUILTIN, value: value.pointer().expose_provenance().get() }
            }
            None => {}
        }
    }

    /// Where the attribute lies in this instance, if it is one of the class seen last time.
    #[inline(always)]
    pub(super) fn slot(&self, object: Word) -> Option<&core::cell::Cell<Word>> {
        let instance = Handle::<Instance>::from(object)?;
        if version_of(instance.ty()) != self.key || self.what >= what::NATIVE {
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
        }
    }

    /// The method of this object's class.
    #[inline(always)]
    pub(super) fn method(&self, vm: &Vm, object: Word) -> Option<Word> {
        let ty = vm.type_of(object);
        let key = match self.what {
            what::METHOD if ty.kind == Kind::Instance => version_of(ty),
            what::NATIVE if ty.kind != Kind::Instance => core::ptr::from_ref(ty).addr() as u32,
            _ => return None,
        };
        if key == self.key { Some(word(self.value)) } else { None }
    }

    /// Notes a method that was found, bound to `object`.
    #[inline(never)]
    pub(super) fn fill_method(&mut self, vm: &Vm, object: Word, name: Name, method: Word) {
        let ty = vm.type_of(object);
        let value = method.pointer().expose_provenance().get();
        if let Some(class) = class::as_class(ty) {
            let is_usual = ty.kind == Kind::Instance && Handle::<Function>::from(method).is_some();
            let is_usual = is_usual && !(class.is_special() && class::blocks_slot(vm, ty, name));
            if is_usual && class.version() != 0 && class.slot_of(name).is_none() && !class.has_unlisted() {
                *self = Entry { key: class.version(), what: what::METHOD, value };
            }
            return;
        }
        if ty.slots.attribute.is_none() && !matches!(ty.kind, Kind::Type | Kind::Class | Kind::Super) && method.is_object() {
            *self = Entry { key: core::ptr::from_ref(ty).addr() as u32, what: what::NATIVE, value };
        }
    }
}

impl Vm {
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
        match self.new_raw_bytes((prototype.code().len() / 3 + 1) * size_of::<Entry>()) {
            Ok(bytes) => accelerator.set(bytes.word()),
            Err(_) => self.put_back(under_way),
        }
        table(function)
    }
}
