//! Functions: native ones, Python's, and methods bound to an object.

use super::class::TYPE;
use super::dict::Dict;
use super::exception;
use super::handle::{Args, Handle};
use super::kind::{ALL, Access, Binary, Header, Kind, NativeFunction, Slots, Type, Unary};
use super::name::Name;
use super::print::{Printer, Style};
use super::tuple::Tuple;
use super::word::Word;
use crate::code::prototype::PrototypeHandle;
use crate::vm::raise::Part::{Int, Text};
use crate::vm::{Outcome, Raised, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "standard"), path = "small/function.rs")]
mod detail;

static SLOTS: Slots = Slots { ..Slots::NONE };
static NATIVE_SLOTS: Slots =
    Slots { call: Some(call_native), print: Some(print_native), attribute: Some(native_attribute), ..Slots::NONE };
static BOUND_SLOTS: Slots = Slots {
    call: Some(call_bound),
    print: Some(print_bound),
    attribute: Some(bound_attribute),
    unary: Some(bound_unary),
    binary: Some(bound_binary),
    ..Slots::NONE
};

/// `function`.
pub static NATIVE_FUNCTION: Type = Type {
    header: Header::of(&TYPE),
    slots: &NATIVE_SLOTS,
    name: name!("function"),
    kind: Kind::NativeFunction,
    traced: 0,
    base: None,
    rows: &[],
};

/// `function`.
pub static FUNCTION: Type = Type {
    header: Header::of(&TYPE),
    slots: &FUNCTION_SLOTS,
    name: name!("function"),
    kind: Kind::Function,
    traced: ALL,
    base: None,
    rows: &[],
};

/// `bound_method`.
pub static BOUND_METHOD: Type = Type {
    header: Header::of(&TYPE),
    slots: &BOUND_SLOTS,
    name: name!("bound_method"),
    kind: Kind::BoundMethod,
    traced: ALL,
    base: None,
    rows: &[],
};

/// A function and its first argument.
#[repr(C)]
pub struct BoundMethod {
    /// `bound_method`.
    pub header: Header,
    /// What is called.
    pub function: Word,
    /// The first argument.
    pub first: Word,
}

/// A method bound to `first`.
pub fn bind(vm: &Vm, function: Word, first: Word) -> Outcome {
    Ok(vm.new_object(BoundMethod { header: Header::of(&BOUND_METHOD), function, first })?.word())
}

fn call_bound(vm: &Vm, callee: Word, args: Args) -> Outcome {
    let method = Handle::<BoundMethod>::from(callee).expect("a bound method");
    vm.call_with_first(method.function, method.first, args)
}

fn call_native(vm: &Vm, callee: Word, args: Args) -> Outcome {
    let function = Handle::<NativeFunction>::from(callee).expect("a native function").get();
    let count = args.len();
    if count < function.min as usize || (count > function.max as usize && function.max != 255) {
        return Err(wrong_count(vm, function, count));
    }
    if args.keyword_count() > 0 && !function.keywords {
        return Err(vm.type_error("function doesn't take keyword arguments"));
    }
    (function.call)(vm, args)
}

#[cold]
#[inline(never)]
fn wrong_count(vm: &Vm, function: &NativeFunction, count: usize) -> Raised {
    let (min, max, given) = (function.min as isize, function.max as isize, count as isize);
    let ty = &exception::TYPE_ERROR;
    if min == max {
        let parts = [Text("function takes "), Int(min), Text(" positional arguments but "), Int(given), Text(" were given")];
        return vm.raise(ty, &parts);
    }
    if given < min {
        let parts = [Text("function missing "), Int(min - given), Text(" required positional arguments")];
        return vm.raise(ty, &parts);
    }
    let parts = [Text("function expected at most "), Int(max), Text(" arguments, got "), Int(given)];
    vm.raise(ty, &parts)
}

/// A function of Python: 16 bytes on a 32-bit chip when it has no defaults and captures nothing.
#[repr(C)]
pub struct Function {
    /// `function`.
    pub header: Header,
    /// What it runs.
    pub prototype: PrototypeHandle,
    /// Where it finds its globals.
    pub globals: Handle<Dict>,
    /// An `Extras`, or `UNSET`.
    extras: Cell<Word>,
}

const _: () = assert!(size_of::<Function>() == 4 * size_of::<usize>());

/// What few functions have.
#[repr(C)]
pub struct Extras {
    header: Header,
    /// Tuple of defaults of the last positional parameters, or `UNSET`.
    defaults: Cell<Word>,
    /// Dict of defaults of keyword-only parameters, or `UNSET`.
    keyword_defaults: Cell<Word>,
    /// Tuple of captured cells, or `UNSET`.
    cells: Cell<Word>,
    /// Dict of attributes that a program set, or `UNSET`.
    attributes: Cell<Word>,
}

static EXTRAS: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("function"),
    kind: Kind::FunctionExtras,
    traced: ALL,
    base: None,
    rows: &[],
};

static FUNCTION_SLOTS: Slots =
    Slots { make: Some(detail::make), call: Some(call_function), print: Some(print), attribute: Some(attribute), ..Slots::NONE };

impl Function {
    fn extras(&self) -> Option<Handle<Extras>> {
        Handle::from(self.extras.get())
    }

    /// Defaults of the last positional parameters.
    pub fn defaults(&self) -> Option<Handle<Tuple>> {
        Handle::from(self.extras()?.defaults.get())
    }

    /// Defaults of keyword-only parameters.
    pub fn keyword_defaults(&self) -> Option<Handle<Dict>> {
        Handle::from(self.extras()?.keyword_defaults.get())
    }

    /// Captured cells.
    #[inline]
    pub fn cells(&self) -> Option<Handle<Tuple>> {
        Handle::from(self.extras()?.cells.get())
    }

    /// The function's name.
    pub fn name(&self) -> Name {
        self.prototype.head.name
    }
}

/// A new function; each of the three is `UNSET` where there is none.
///
/// # Errors
/// `MemoryError`.
pub fn new(
    vm: &Vm,
    prototype: PrototypeHandle,
    globals: Handle<Dict>,
    defaults: Word,
    keyword_defaults: Word,
    cells: Word,
) -> Outcome<Handle<Function>> {
    let plain = [defaults, keyword_defaults, cells] == [Word::UNSET; 3];
    let extras = if plain { Word::UNSET } else { new_extras(vm, defaults, keyword_defaults, cells)? };
    vm.new_object(Function { header: Header::of(&FUNCTION), prototype, globals, extras: Cell::new(extras) })
}

fn new_extras(vm: &Vm, defaults: Word, keyword_defaults: Word, cells: Word) -> Outcome {
    let [defaults, keyword_defaults, cells, attributes] = [defaults, keyword_defaults, cells, Word::UNSET].map(Cell::new);
    Ok(vm.new_object(Extras { header: Header::of(&EXTRAS), defaults, keyword_defaults, cells, attributes })?.word())
}

fn this(word: Word) -> Handle<Function> {
    Handle::from(word).expect("a function")
}

fn call_function(vm: &Vm, callee: Word, args: Args) -> Outcome {
    vm.run_function(this(callee), args)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    let prototype = this(word).get().prototype;
    let what = if prototype.head.flags & crate::code::prototype::flag::GENERATOR != 0 { "<generator " } else { "<function " };
    out.text(vm, what)?;
    out.text(vm, vm.name_text(prototype.head.name))?;
    out.text(vm, " at 0x")?;
    out.hex(vm, word.address())?;
    out.text(vm, ">")
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let function = this(word).get();
    let attributes = function.extras().and_then(|extras| Handle::<Dict>::from(extras.attributes.get()));
    let key = Word::name(name);
    match access {
        Access::Load => {
            if let Some(value) = attributes.map(|dict| dict.map.get(vm, key)).transpose()?.flatten() {
                return Ok(value);
            }
            Ok(match name {
                n if n == name!(__kwdefaults__) => function.keyword_defaults().map_or(Word::NONE, Handle::word),
                n if n == name!(__annotations__) => {
                    let dict = vm.new_dict()?;
                    attributes_for_store(vm, function)?.map.insert(vm, key, dict.word())?;
                    dict.word()
                }
                n if n == name!(__name__) || n == name!(__qualname__) => Word::name(function.name()),
                n if n == name!(__globals__) => function.globals.word(),
                n if n == name!(__code__) => function.prototype.word(),
                n if n == name!(__defaults__) => function.defaults().map_or(Word::NONE, Handle::word),
                n if n == name!(__closure__) => function.cells().map_or(Word::NONE, Handle::word),
                n if n == name!(__module__) => function.globals.map.get(vm, Word::name(name!(__name__)))?.unwrap_or(Word::NONE),
                n if n == name!(__doc__) => Word::NONE,
                n if n == name!(__dict__) => attributes_for_store(vm, function)?.word(),
                _ => Word::UNSET,
            })
        }
        Access::Store(value) if name == name!(__defaults__) || name == name!(__kwdefaults__) => {
            let value = if value == Word::NONE { Word::UNSET } else { value };
            let is_defaults = name == name!(__defaults__);
            let fits = if is_defaults { Handle::<Tuple>::from(value).is_some() } else { Handle::<Dict>::from(value).is_some() };
            if value != Word::UNSET && !fits {
                return Err(vm.type_error("defaults must be a tuple, keyword defaults a dict"));
            }
            let extras = extras_for_store(vm, function)?;
            if is_defaults {
                extras.defaults.set(value)
            } else {
                extras.keyword_defaults.set(value)
            }
            Ok(Word::NONE)
        }
        Access::Store(_) if [name!(__globals__), name!(__closure__), name!(__code__)].contains(&name) => Ok(Word::UNSET),
        Access::Store(value) => {
            attributes_for_store(vm, function)?.map.insert(vm, key, value)?;
            Ok(Word::NONE)
        }
        Access::Delete => match attributes {
            Some(dict) => Ok(dict.map.remove(vm, key)?.map_or(Word::UNSET, |_| Word::NONE)),
            None => Ok(Word::UNSET),
        },
    }
}

fn extras_for_store(vm: &Vm, function: &Function) -> Outcome<Handle<Extras>> {
    if function.extras().is_none() {
        function.extras.set(new_extras(vm, Word::UNSET, Word::UNSET, Word::UNSET)?);
    }
    Ok(function.extras().expect("made just now"))
}

fn attributes_for_store(vm: &Vm, function: &Function) -> Outcome<Handle<Dict>> {
    let extras = extras_for_store(vm, function)?;
    match Handle::from(extras.attributes.get()) {
        Some(dict) => Ok(dict),
        None => {
            let dict = vm.new_dict()?;
            extras.attributes.set(dict.word());
            Ok(dict)
        }
    }
}

fn print_bound(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    let method = Handle::<BoundMethod>::from(word).expect("a bound method");
    out.text(vm, "<bound_method ")?;
    out.hex(vm, word.address())?;
    out.text(vm, " ")?;
    out.word(vm, method.first, Style::Repr)?;
    out.text(vm, ".")?;
    out.word(vm, method.function, Style::Repr)?;
    out.text(vm, ">")
}

fn bound_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let method = Handle::<BoundMethod>::from(word).expect("a bound method");
    match (name, access) {
        (n, Access::Load) if n == name!(__self__) => Ok(method.first),
        (n, Access::Load) if n == name!(__func__) => Ok(method.function),
        (n, Access::Load) if n != name!(__class__) => vm.find_attribute(method.function, name),
        _ => Ok(Word::UNSET),
    }
}

fn bound_binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    let (Some(x), Some(y)) = (Handle::<BoundMethod>::from(a), Handle::<BoundMethod>::from(b)) else {
        return Ok(Word::NOT_IMPLEMENTED);
    };
    match operator {
        Binary::Equal => Ok(Word::bool(x.first == y.first && vm.equal(x.function, y.function)?)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn bound_unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let method = Handle::<BoundMethod>::from(word).expect("a bound method");
    match operator {
        Unary::Hash => Ok(Word::int((vm.hash(method.function)? ^ (method.first.address() >> 2) as u32) as isize & Word::INT_MAX)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn print_native(vm: &Vm, _word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.text(vm, "<function>")
}

fn native_attribute(_vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let function = Handle::<NativeFunction>::from(word).expect("a native function");
    match access {
        Access::Load if name == name!(__name__) || name == name!(__qualname__) => Ok(Word::name(function.name)),
        Access::Load if name == name!(__module__) => Ok(Word::name(name!(builtins))),
        Access::Load if name == name!(__doc__) => Ok(Word::NONE),
        _ => Ok(Word::UNSET),
    }
}
