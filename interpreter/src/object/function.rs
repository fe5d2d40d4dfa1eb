//! Functions: native ones, Python's, and methods bound to an object.

use super::class::TYPE;
use super::dict::Dict;
use super::handle::{Args, Handle};
use super::kind::{ALL, Access, Binary, Header, Kind, NativeFunction, Rows, Slots, Type, Unary};
use super::name::Name;
use super::print::{Printer, Style};
use super::tuple::Tuple;
use super::word::Word;
use crate::code::prototype::PrototypeHandle;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

#[cfg_attr(not(feature = "standard"), path = "small/function.rs")]
mod detail;
#[cfg_attr(not(feature = "full"), path = "small/wording.rs")]
mod wording;
pub use wording::{NAMES, check_type_arguments};

static SLOTS: Slots = Slots { ..Slots::NONE };

/// `function`; where Python is whole, `builtin_function_or_method`.
pub static NATIVE_FUNCTION: Type = Type {
    header: Header::of(&TYPE),
    slots: &detail::NATIVE_SLOTS,
    name: wording::NATIVE,
    kind: Kind::NativeFunction,
    traced: 0,
    base: None,
    rows: detail::NATIVE_ROWS,
};

/// `function`.
pub static FUNCTION: Type = Type {
    header: Header::of(&TYPE),
    slots: &FUNCTION_SLOTS,
    name: name!("function"),
    kind: Kind::Function,
    traced: ALL,
    base: None,
    rows: detail::ROWS,
};

/// `bound_method`; where Python is whole, `method`.
pub static BOUND_METHOD: Type = Type {
    header: Header::of(&TYPE),
    slots: &detail::BOUND_SLOTS,
    name: wording::BOUND,
    kind: Kind::BoundMethod,
    traced: ALL,
    base: None,
    rows: Rows::NONE,
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
    if !function.arity.takes(count) {
        return Err(wording::wrong_count(vm, function, args));
    }
    if args.keyword_count() > 0 && !function.keywords() {
        return Err(wording::takes_no_keywords(vm, function, args));
    }
    (function.call)(vm.here(), args)
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
    /// The function that runs in this one's place since a program gave it other code (`__code__`), or `UNSET`. It has the same
    /// extras. A function's own code never changes: frames rely on it.
    replacement: Cell<Word>,
}

static EXTRAS: Type = Type {
    header: Header::of(&TYPE),
    slots: &SLOTS,
    name: name!("function"),
    kind: Kind::FunctionExtras,
    traced: ALL,
    base: None,
    rows: Rows::NONE,
};

static FUNCTION_SLOTS: Slots = Slots {
    make: Some(detail::make),
    call: Some(call_function),
    print: Some(print),
    attribute: Some(detail::attribute),
    ..Slots::NONE
};

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
    let [defaults, keyword_defaults, cells] = [defaults, keyword_defaults, cells].map(Cell::new);
    let [attributes, replacement] = [Word::UNSET; 2].map(Cell::new);
    Ok(vm.new_object(Extras { header: Header::of(&EXTRAS), defaults, keyword_defaults, cells, attributes, replacement })?.word())
}

/// The function with the code that runs when `function` is called.
#[inline(always)]
pub(crate) fn with_its_code(function: Handle<Function>) -> Handle<Function> {
    match function.extras.get() {
        none if none == Word::UNSET => function,
        extras => Handle::<Extras>::from(extras).and_then(|extras| Handle::from(extras.replacement.get())).unwrap_or(function),
    }
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
    if crate::WHOLE {
        // A program may have set another.
        let name = vm.attribute(word, vm.intern("__qualname__")?)?;
        out.word(vm, name, Style::Str)?;
    } else {
        out.text(vm, vm.name_text(prototype.head.outer))?;
        out.text(vm, vm.name_text(prototype.head.name))?;
    }
    out.text(vm, " at 0x")?;
    out.hex(vm, word.address())?;
    out.text(vm, ">")
}
