//! Modules: builtin ones are static tables, imported ones a dict.

use super::binding;
use super::class::TYPE;
use super::dict::Dict;
use super::handle::Handle;
use super::kind::{ALL, Access, Header, Kind, Rows, Slots, Type, find_row};
use super::name::Name;
use super::print::{Printer, Style};
use super::word::Word;
use crate::modules::{BuiltinModule, core_rows, frozen};
use crate::vm::{Outcome, Root, Vm, origin};

/// A module that was imported from a file, or `__main__`.
#[repr(C)]
pub struct Module {
    header: Header,
    globals: Word,
}

impl Module {
    /// Its names.
    pub fn globals(&self) -> Handle<Dict> {
        Handle::from(self.globals).expect("a module's globals are a dict")
    }
}

#[cfg(feature = "standard")]
static SLOTS: Slots = Slots { make: binding::MAKE_MODULE, print: Some(print), attribute: Some(attribute_or_hook), ..Slots::NONE };
#[cfg(not(feature = "standard"))]
static SLOTS: Slots = Slots { print: Some(print), attribute: Some(attribute), ..Slots::NONE };
static BUILTIN_SLOTS: Slots =
    Slots { make: binding::MAKE_MODULE, print: Some(print), attribute: Some(builtin_attribute), ..Slots::NONE };

/// `module`.
pub static MODULE: Type = module_type(Kind::Module, ALL, &SLOTS);

/// `module`.
pub static BUILTIN_MODULE: Type = Type { base: Some(&MODULE), ..module_type(Kind::BuiltinModule, 0, &BUILTIN_SLOTS) };

const fn module_type(kind: Kind, traced: u8, slots: &'static Slots) -> Type {
    Type { header: Header::of(&TYPE), slots, name: name!("module"), kind, traced, base: None, rows: Rows::NONE }
}

/// A new module with nothing but its name.
pub fn new(vm: &Vm, name: Name) -> Outcome<Handle<Module>> {
    let globals = vm.new_dict()?;
    globals.map.insert(vm, Word::name(name!(__name__)), Word::name(name))?;
    vm.new_object(Module { header: Header::of(&MODULE), globals: globals.word() })
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let name = vm.find_attribute(word, name!(__name__))?;
    out.text(vm, "<module '")?;
    out.text(vm, vm.text_of(name))?;
    let file = vm.find_attribute(word, name!(__file__))?;
    if let Some(file) = vm.as_text(file) {
        out.text(vm, "' from '")?;
        out.text(vm, file)?;
    }
    out.text(vm, "'>")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let module = Handle::<Module>::from(word).expect("a module's slot");
    if name == name!(__dict__) {
        return Ok(module.globals);
    }
    on_dict(vm, module.globals(), name, access)
}

/// As `attribute`; what the module does not have its own `__getattr__` may.
#[cfg(feature = "standard")]
fn attribute_or_hook(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let found = attribute(vm, word, name, access)?;
    if found != Word::UNSET || !matches!(access, Access::Load) {
        return Ok(found);
    }
    if name == name!(__annotations__) {
        return super::annotation::of_module(vm, Handle::<Module>::from(word).expect("a module's slot").globals());
    }
    if let Some(value) = origin::about(vm, Handle::<Module>::from(word).expect("a module's slot").globals(), name)?.set() {
        return Ok(value);
    }
    match attribute(vm, word, name!(__getattr__), access)?.set() {
        Some(hook) => vm.call(hook, &[Word::name(name)]),
        None => Ok(Word::UNSET),
    }
}

/// What a program set on a builtin module, or what its continuation has, if that is loaded: nothing is loaded for this.
#[cfg(feature = "full")]
pub fn loaded_attribute(vm: &Vm, module: &'static BuiltinModule, name: Name) -> Outcome<Option<Word>> {
    if let Some(own) = overlay(vm, Word::of_static(module), false)?
        && let Some(value) = own.map.get(vm, Word::name(name))?
    {
        return Ok(Some(value));
    }
    match frozen::continuation(vm, vm.name_text(module.name)) {
        Some(continuation) => frozen::in_loaded(vm, continuation, name),
        None => Ok(None),
    }
}

/// Loads, stores or deletes; `UNSET` when there is nothing to load or delete.
fn on_dict(vm: &Vm, dict: Handle<Dict>, name: Name, access: Access) -> Outcome {
    let key = Word::name(name);
    Ok(match access {
        Access::Load => dict.map.get(vm, key)?.unwrap_or(Word::UNSET),
        Access::Store(value) => {
            dict.map.insert(vm, key, value)?;
            Word::NONE
        }
        Access::Delete => dict.map.remove(vm, key)?.map_or(Word::UNSET, |_| Word::NONE),
    })
}

/// What a program set on a builtin module, which lies in flash: a dict of its own in RAM.
fn overlay(vm: &Vm, module: Word, make: bool) -> Outcome<Option<Handle<Dict>>> {
    if vm.root(Root::ModuleAttributes) == Word::UNSET {
        if !make {
            return Ok(None);
        }
        vm.set_root(Root::ModuleAttributes, vm.new_dict()?.word());
    }
    let all = Handle::<Dict>::from(vm.root(Root::ModuleAttributes)).expect("a dict was put there");
    if let Some(found) = all.map.get(vm, module)? {
        return Ok(Handle::from(found));
    }
    if !make {
        return Ok(None);
    }
    let new = vm.new_dict()?;
    all.map.insert(vm, module, new.word())?;
    if Handle::<BuiltinModule>::from(module).is_some_and(|module| module.name == name!(builtins)) {
        vm.set_root(Root::Builtins, new.word());
    }
    Ok(Some(new))
}

/// What a program set under `name` on a builtin module; `UNSET` if it did not.
///
/// # Errors
/// None in practice: the names are interned.
pub fn set_by_program(vm: &Vm, module: &'static BuiltinModule, name: Name) -> Outcome {
    match overlay(vm, Word::of_static(module), false)? {
        Some(own) => Ok(own.map.get(vm, Word::name(name))?.unwrap_or(Word::UNSET)),
        None => Ok(Word::UNSET),
    }
}

fn builtin_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let module = Handle::<BuiltinModule>::from(word).expect("a builtin module's slot").get();
    let load = matches!(access, Access::Load);
    if !load && !takes_stores(vm, module, word, name)? {
        return Ok(Word::UNSET);
    }
    if let Some(own) = overlay(vm, word, !load)? {
        if !load {
            vm.forget_builtins();
        }
        let found = on_dict(vm, own, name, access)?;
        if found != Word::UNSET || !load {
            return Ok(found);
        }
    }
    if name == name!(__name__) {
        return Ok(Word::name(module.name));
    }
    if name == name!(__dict__) {
        let dict = vm.new_dict()?;
        for_each_attribute(vm, word, &mut |name, value| dict.map.insert(vm, Word::name(name), value).map(|_| ()))?;
        return names_of(vm, word, dict.word());
    }
    if let Some(computed) = module.attribute {
        let value = computed(vm, name)?;
        if value != Word::UNSET {
            return Ok(value);
        }
    }
    match find_row(module.rows, name).or_else(|| find_row(core_rows(module.name), name)) {
        Some(found) => Ok(found),
        // The interpreter itself asks for these, also while memory is short.
        None if module.name == name!(sys) && HOOKS[..ASKED].contains(&vm.name_text(name)) => Ok(Word::UNSET),
        None => match origin::about_builtin(vm, module.name, name)?.set() {
            Some(value) => Ok(value),
            None => frozen::continued(vm, module.name, name),
        },
    }
}

/// What `__dict__` of a builtin module is: a dict through which the module can be changed.
#[cfg(feature = "full")]
fn names_of(vm: &Vm, module: Word, names: Word) -> Outcome {
    let make = vm.attribute(vm.import_frozen(vm.intern("_modulenames")?)?, name!(dict))?;
    vm.call(make, &[module, names])
}

/// A dict like any other, where memory is short.
#[cfg(not(feature = "full"))]
fn names_of(_: &Vm, _: Word, names: Word) -> Outcome {
    Ok(names)
}

/// Whether a program may set this on a builtin module: on hosts anything; elsewhere any builtin, what is there already, and what
/// `sys` looks at.
fn takes_stores(vm: &Vm, module: &'static BuiltinModule, word: Word, name: Name) -> Outcome<bool> {
    if crate::WHOLE || module.name == name!(builtins) || is_hook(vm, module, name) {
        return Ok(true);
    }
    Ok(builtin_attribute(vm, word, name, Access::Load)? != Word::UNSET)
}

/// Whether this is what a program may add to `sys`.
fn is_hook(vm: &Vm, module: &BuiltinModule, name: Name) -> bool {
    module.name == name!(sys) && HOOKS.contains(&vm.name_text(name))
}

/// What programs may add to `sys`.
const HOOKS: &[&str] = &["tracebacklimit", "ps1", "ps2", "displayhook", "excepthook", "settrace"];
/// How many of them the interpreter looks for.
const ASKED: usize = 3;

/// Every name of a module with its value: of a builtin one, its rows.
pub fn for_each_attribute(vm: &Vm, module: Word, body: &mut dyn FnMut(Name, Word) -> Outcome<()>) -> Outcome<()> {
    if let Some(module) = Handle::<BuiltinModule>::from(module) {
        body(name!(__name__), Word::name(module.name))?;
        let core = core_rows(module.name);
        let extended = if core::ptr::eq(core, module.rows) { Rows::NONE } else { core };
        // What is looked at as a whole has what is written in Python as well; what the module has itself comes later, and counts.
        if crate::WHOLE
            && let Some(more) = frozen::whole_continuation(vm, module.name)?
        {
            each_entry(vm, more, &mut |name, value| {
                if vm.name_text(name).starts_with('_') { Ok(()) } else { body(name, value) }
            })?;
        }
        for row in module.rows.iter().chain(extended.iter()) {
            let name = row.name.as_name().expect("a row begins with a name");
            let computed = module.attribute.filter(|_| crate::WHOLE).map_or(Ok(Word::UNSET), |computed| computed(vm, name))?;
            body(name, computed.set().unwrap_or(row.value))?;
        }
        // What has its attributes computed may say which there are.
        if let Some(computed) = module.attribute
            && let Some(names) = computed(vm, name!(__dir__))?.set()
        {
            let names = vm.list_of(names)?;
            for name in (0..names.len()).filter_map(|index| names.at(index)) {
                if let Some(text) = vm.as_text(name) {
                    let name = vm.intern(text)?;
                    body(name, computed(vm, name)?)?;
                }
            }
        }
        if let Some(own) = overlay(vm, module.word(), false)? {
            return each_entry(vm, own, body);
        }
        return Ok(());
    }
    match Handle::<Module>::from(module) {
        Some(module) => each_entry(vm, module.globals(), body),
        None => match Handle::from(super::dict::proxy::seen(vm, vm.find_attribute(module, name!(__dict__))?)) {
            Some(dict) => each_entry(vm, dict, body),
            None => Err(vm.raise(&super::exception::IMPORT_ERROR, &[])),
        },
    }
}

fn each_entry(vm: &Vm, dict: Handle<Dict>, body: &mut dyn FnMut(Name, Word) -> Outcome<()>) -> Outcome<()> {
    let mut position = 0;
    while position < dict.map.end() {
        if let Some((key, value)) = dict.map.entry(position)
            && let Some(text) = vm.as_text(key)
        {
            body(vm.intern(text)?, value)?;
        }
        position += 1;
    }
    Ok(())
}
