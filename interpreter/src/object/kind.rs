//! What a type is: a header, a record of behaviours, and a table of rows in static data.
//!
//! A builtin type is a `static Type`; a class made by `class` is a `Class` in the heap that begins with a `Type`, so
//! `type(x)` is one load whatever x is. `Kind` says how an object's memory lies; several types may share a kind (all
//! exceptions do). Behaviours are a record of functions in the type's own file: adding a type edits no other type.

use super::doc::Doc;
use super::handle::Args;
use super::name::Name;
pub use super::operator::{Binary, Unary};
use super::print::{Printer, Style};
use super::word::{TypeTag, Word};
use crate::vm::{Outcome, Vm};

/// The first field of every object.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Header(pub TypeTag);

impl Header {
    /// The header of an object of type `ty`.
    pub const fn of(ty: &Type) -> Header {
        Header(TypeTag::of(ty))
    }
}

/// How an object's memory lies, that is, which Rust struct it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
#[expect(missing_docs, reason = "each is the struct of the same name")]
pub enum Kind {
    /// Immediates and other values without a struct.
    Plain,
    Type,
    Class,
    Instance,
    Module,
    BuiltinModule,
    Int,
    Float,
    Complex,
    Str,
    Bytes,
    ByteArray,
    Array,
    MemoryView,
    List,
    Tuple,
    NamedTuple,
    Dict,
    DictView,
    Set,
    Range,
    LongRange,
    Slice,
    Deque,
    NativeFunction,
    Function,
    FunctionExtras,
    BoundMethod,
    Generator,
    Async,
    Prototype,
    Cell,
    Property,
    StaticMethod,
    ClassMethod,
    Super,
    Exception,
    Traceback,
    Iterator,
    ItemIterator,
    CallIterator,
    RawBytes,
    TextBuffer,
    Object,
    Stream,
    FileSystem,
    BlockDevice,
    Hash,
    Deflate,
    /// Objects of ports' and modules' own types; tell them apart by type.
    Resource,
}

/// A builtin type, or the first part of a class.
#[repr(C, align(8))]
pub struct Type {
    /// `type`, or the metaclass.
    pub header: Header,
    /// The record of behaviours.
    pub slots: &'static Slots,
    /// `__name__`.
    pub name: Name,
    /// How instances lie in memory.
    pub kind: Kind,
    /// How many words after the header the collector looks at; 255 means all of the block. 0 for raw bytes. A struct that ends
    /// in less than a word says where its words end: padding holds anything.
    pub traced: u8,
    /// The type this one derives from; `None` means `object`.
    pub base: Option<&'static Type>,
    /// Methods and constants of a builtin type; empty for a class.
    pub rows: &'static Rows,
}

/// `Type::traced` of objects that hold words all over.
pub const ALL: u8 = 255;

/// `Type::traced` of `str` where texts share buffers (`str::grow`): the object says whether it holds one.
pub const TEXT: u8 = 254;

/// `Type::traced` of objects whose only references are those in one `Words`, which follows the header.
pub const ITEMS: u8 = 253;

/// `Type::traced` of classes whose instances are an `Instance`: which slots are in use is in each of them.
pub const ATTRIBUTES: u8 = 252;

/// A builtin table.
pub struct Rows {
    /// Its functions: each lies here as the object that a program finds.
    pub functions: &'static [NativeFunction],
    /// What it has besides.
    pub constants: &'static [Row],
}

impl Rows {
    /// A table of nothing.
    pub const NONE: &'static Rows = &Rows { functions: &[], constants: &[] };

    /// Each name, as a word, with its value.
    pub fn iter(&'static self) -> impl Iterator<Item = Row> {
        let functions = self.functions.iter().map(|it| Row { name: Word::name(it.name), value: Word::of_static(it) });
        functions.chain(self.constants.iter().copied())
    }
}

/// A row of a builtin table, 8 bytes on a 32-bit chip.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Row {
    /// The name, as a word.
    pub name: Word,
    /// The value: an int, a static object.
    pub value: Word,
}

/// The row of `name` in a table.
pub fn find_row(rows: &'static Rows, name: Name) -> Option<Word> {
    // Two a round: every builtin that a program names is found here.
    let (pairs, last) = rows.functions.as_chunks::<2>();
    for [a, b] in pairs {
        if a.name == name {
            return Some(Word::of_static(a));
        }
        if b.name == name {
            return Some(Word::of_static(b));
        }
    }
    if let Some(function) = last.first().filter(|it| it.name == name) {
        return Some(Word::of_static(function));
    }
    rows.constants.iter().find(|row| row.name == Word::name(name)).map(|row| row.value)
}

/// What is done to an attribute or item.
#[derive(Clone, Copy)]
pub enum Access {
    /// Read it.
    Load,
    /// Set it to this.
    Store(Word),
    /// Remove it.
    Delete,
}

/// A span of bytes of a bytes-like object, valid until the object is resized: use it before anything may run Python.
#[derive(Clone, Copy)]
pub struct Buffer<'v> {
    /// The bytes. Cells, because Python can see one object through two buffers.
    pub bytes: &'v [core::cell::Cell<u8>],
    /// Size of an item in bytes (1 for bytes and bytearray).
    pub item_size: u8,
    /// Type code as in `struct`, `B` for plain bytes.
    pub type_code: u8,
}

impl<'v> Buffer<'v> {
    /// Bytes that never change: the caller was not asked for a writable buffer.
    pub fn of_bytes(bytes: &'v [u8]) -> Buffer<'v> {
        Buffer::of_cells(super::handle::as_cells(bytes))
    }

    /// Plain bytes in cells.
    pub fn of_cells(bytes: &'v [core::cell::Cell<u8>]) -> Buffer<'v> {
        Buffer { bytes, item_size: 1, type_code: b'B' }
    }
}

/// The behaviours of a type. Begin with `..Slots::NONE`.
///
/// "Not supported" is `Word::NOT_IMPLEMENTED` for operators, `Word::UNSET` for attributes (look further) and for `next`
/// (exhausted; a generator's return value waits in `vm.stop_value`). The caller words the exception.
pub struct Slots {
    /// Calls the object.
    pub call: Option<fn(&Vm, Word, Args) -> Outcome>,
    /// Makes an instance of the type given (which may be a class derived from this type): `T(...)`.
    pub make: Option<fn(&Vm, &'static Type, Args) -> Outcome>,
    /// Writes `repr` or `str`; without it, `<T object at 0x…>`.
    pub print: Option<fn(&Vm, Word, &mut Printer, Style) -> Outcome<()>>,
    /// Answers a unary operator, or `NOT_IMPLEMENTED`.
    pub unary: Option<fn(&Vm, Unary, Word) -> Outcome>,
    /// Answers a binary operator, or `NOT_IMPLEMENTED`.
    pub binary: Option<fn(&Vm, Binary, Word, Word) -> Outcome>,
    /// Computed attributes, before the rows: the value (for a store or delete, `NONE`), or `UNSET` to look further.
    pub attribute: Option<fn(&Vm, Word, Name, Access) -> Outcome>,
    /// `x[key]`, and its store and delete (which answer `NONE`).
    pub item: Option<fn(&Vm, Word, Word, Access) -> Outcome>,
    /// `iter(x)`.
    pub iter: Option<fn(&Vm, Word) -> Outcome>,
    /// `next(x)`, or `UNSET` at the end.
    pub next: Option<fn(&Vm, Word) -> Outcome>,
    /// The bytes of a bytes-like object; `true` asks for a writable one.
    pub buffer: Option<for<'v> fn(&'v Vm, Word, bool) -> Option<Buffer<'v>>>,
}

impl Slots {
    /// No behaviour at all.
    pub const NONE: Slots = Slots {
        call: None,
        make: None,
        print: None,
        unary: None,
        binary: None,
        attribute: None,
        item: None,
        iter: None,
        next: None,
        buffer: None,
    };
}

/// A function written in Rust, in static data: 12 bytes on a 32-bit chip, of which there are hundreds.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct NativeFunction {
    /// `function`.
    pub header: Header,
    /// The code.
    pub call: fn(&Vm, Args) -> Outcome,
    /// Its name, for messages.
    pub name: Name,
    /// How many positional arguments it takes (a method counts `self`).
    pub arity: Arity,
    /// How a row of a type binds, and whether keyword arguments are passed on.
    manner: u8,
    /// What its row says of it, on hosts.
    pub doc: Doc,
}

/// In `NativeFunction::manner`, above a `Binding`.
const KEYWORDS: u8 = 0x80;

impl NativeFunction {
    /// The function `name`. Without `keywords`, keyword arguments are refused.
    pub const fn new(
        name: Name,
        arity: Arity,
        keywords: bool,
        binding: Binding,
        call: fn(&Vm, Args) -> Outcome,
    ) -> NativeFunction {
        let manner = binding as u8 | if keywords { KEYWORDS } else { 0 };
        NativeFunction { header: Header::of(&super::function::NATIVE_FUNCTION), call, name, arity, manner, doc: Doc::NONE }
    }

    /// The same with the documentation of its row.
    pub const fn documented(self, text: &'static str) -> NativeFunction {
        NativeFunction { doc: Doc::new(text), ..self }
    }

    /// Whether keyword arguments are passed on.
    pub fn keywords(&self) -> bool {
        self.manner & KEYWORDS != 0
    }

    /// How a row of a type binds.
    pub fn binding(&self) -> Binding {
        match self.manner & !KEYWORDS {
            0 => Binding::Method,
            1 => Binding::Static,
            3 if crate::WHOLE => Binding::Attribute,
            _ => Binding::Class,
        }
    }
}

/// How many positional arguments a function takes: the fewest, and in the upper half of the byte the most, 15 for no limit.
#[derive(Clone, Copy)]
pub struct Arity(u8);

const UNLIMITED: u8 = 15;

impl Arity {
    /// From `min` to `max`, both below 15.
    pub const fn new(min: u8, max: u8) -> Arity {
        assert!(min <= max && max < UNLIMITED);
        Arity(min | max << 4)
    }

    /// `min` or more.
    pub const fn from(min: u8) -> Arity {
        assert!(min < UNLIMITED);
        Arity(min | UNLIMITED << 4)
    }

    /// The fewest.
    pub fn min(self) -> usize {
        (self.0 & 15) as usize
    }

    /// The most, if there is a limit.
    pub fn max(self) -> Option<usize> {
        Some(self.0 >> 4).filter(|max| *max != UNLIMITED).map(usize::from)
    }

    /// Whether so many are right.
    #[inline(always)]
    pub fn takes(self, count: usize) -> bool {
        let max = self.0 >> 4;
        count >= self.min() && (count <= max as usize || max == UNLIMITED)
    }
}

/// How a native function in a type's table binds to what it is looked up on.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Binding {
    /// The instance comes first.
    Method,
    /// Nothing comes first.
    Static,
    /// The type comes first.
    Class,
    /// The instance comes first, of whatever class a program has made the function an attribute of: hosts only.
    Attribute,
}
