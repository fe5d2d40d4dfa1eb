//! Typed views of objects: how safe code reads and writes Python's heap.
//!
//! A `Handle<T>` is a word known to be a `T`. Objects never move and live as long as a word to them is on the machine
//! stack, on the VM's stack or in another object, so a handle in a local variable keeps its object alive by itself (the
//! collector scans the stack conservatively). All fields of objects are `Cell`s or never change after construction: a
//! handle gets and sets by value. What may be resized (`Words`, `RawBytes`) is never lent out.
#![expect(unsafe_code, reason = "the one place where a word becomes a reference, after its kind was checked")]

use super::kind::{Header, Kind, NativeFunction, Type};
use super::word::Word;
use core::cell::Cell;
use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr::NonNull;

/// A Rust struct that is the memory of a Python object.
///
/// # Safety
/// The struct is `repr(C)`, begins with a `Header` (alignment at most 8), has no destructor, and every type whose
/// `kind` is `KIND` lays its objects out as this struct.
pub unsafe trait Object: 'static {
    /// The kind of all objects that are laid out so.
    const KIND: Kind;
}

// SAFETY: repr(C), header first; `KIND` is used by native functions alone.
unsafe impl Object for NativeFunction {
    const KIND: Kind = Kind::NativeFunction;
}
// SAFETY: repr(C), header first. A class is a `Class`, whose first field is a `Type`; see `Handle::<Type>::from`.
unsafe impl Object for Type {
    const KIND: Kind = Kind::Type;
}

/// A word known to be an object laid out as `T`.
#[repr(transparent)]
pub struct Handle<T: Object>(NonNull<T>, PhantomData<*const T>);

impl<T: Object> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Object> Copy for Handle<T> {}
impl<T: Object> PartialEq for Handle<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Object> Handle<T> {
    /// The handle of `word`, if that is a `T` (by kind: subclasses written in Rust included, Python's instances not).
    #[inline(always)]
    pub fn from(word: Word) -> Option<Handle<T>> {
        let header = word.as_object()?;
        // SAFETY: the word of an object points at a live object, which begins with a header.
        let kind = unsafe { header.as_ref() }.0.get().kind;
        if kind == T::KIND { Some(Handle(header.cast(), PhantomData)) } else { None }
    }

    /// The handle of a static object.
    pub const fn of_static(object: &'static T) -> Handle<T> {
        Handle(NonNull::from_ref(object), PhantomData)
    }

    /// The handle of an object just made.
    ///
    /// # Safety
    /// `pointer` is a live, initialised `T`.
    #[inline(always)]
    pub(crate) unsafe fn from_pointer(pointer: NonNull<T>) -> Handle<T> {
        Handle(pointer, PhantomData)
    }

    /// The word.
    #[inline(always)]
    pub fn word(self) -> Word {
        Word::of_object(self.0.cast())
    }

    /// Where it lies.
    #[inline(always)]
    pub(crate) fn pointer(self) -> NonNull<T> {
        self.0
    }

    /// The type in its header.
    #[inline(always)]
    pub fn ty(self) -> &'static Type {
        type_of_object(self.0.cast())
    }

    /// A reference that lives as long as the borrower says. Fields are cells, the object does not move.
    #[inline(always)]
    pub fn get<'v>(self) -> &'v T {
        // SAFETY: the object is live while a word to it is (module header), it is never moved, and `T` has interior
        // mutability wherever it changes. Callers keep the handle or the reference on the stack, and both are roots.
        unsafe { self.0.as_ref() }
    }
}

impl<T: Object> Deref for Handle<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: as in `get`.
        unsafe { self.0.as_ref() }
    }
}

#[inline(always)]
fn type_of_object(header: NonNull<Header>) -> &'static Type {
    // SAFETY: the word of an object points at a live object, which begins with a header.
    unsafe { header.as_ref() }.0.get()
}

/// The type of a word that is an object; `None` for ints, names and immediates (`vm::type_of` knows those).
#[inline(always)]
pub fn object_type(word: Word) -> Option<&'static Type> {
    word.as_object().map(type_of_object)
}

/// Reads a word as a type: a builtin one or a class.
pub fn as_type(word: Word) -> Option<&'static Type> {
    let ty = object_type(word)?;
    if matches!(ty.kind, Kind::Type | Kind::Class | Kind::NamedTuple) {
        // SAFETY: objects of these kinds are a `Type`, or a `Class` or `NamedTupleType`, which begin with one.
        Some(unsafe { word.pointer().cast::<Type>().as_ref() })
    } else {
        None
    }
}

/// The word of a type or class.
pub const fn type_word(ty: &'static Type) -> Word {
    Word::of_object(NonNull::from_ref(ty).cast())
}

/// Bytes as cells that nobody writes to: for read-only buffers.
pub(crate) fn as_cells(bytes: &[u8]) -> &[Cell<u8>] {
    // SAFETY: a `Cell<u8>` lies as a `u8`; the only taker is `Buffer::of_bytes`, whose cells are read and never written.
    unsafe { &*(core::ptr::from_ref(bytes) as *const [Cell<u8>]) }
}

/// An object with a part of variable length behind it: a tuple's items, a string's bytes, a frame's slots.
///
/// ```text
///   [header][length][head …][tail: length × I]
/// ```
#[repr(C)]
pub struct Tailed<H, I> {
    /// The header.
    pub header: Header,
    length: usize,
    /// The fixed part.
    pub head: H,
    tail: [I; 0],
}

impl<H, I: Copy> Tailed<H, Cell<I>> {
    /// The variable part. Its length never changes.
    #[inline(always)]
    pub fn tail(&self) -> &[Cell<I>] {
        // SAFETY: `Vm::new_tailed`, the only maker, allocates and fills `length` items behind the head.
        unsafe { core::slice::from_raw_parts(self.tail.as_ptr(), self.length) }
    }
}

impl<H> Tailed<H, u8> {
    /// The bytes. They never change, nor does their number.
    #[inline(always)]
    pub fn bytes(&self) -> &[u8] {
        // SAFETY: as above; immutable after `Vm::new_tailed`.
        unsafe { core::slice::from_raw_parts(self.tail.as_ptr(), self.length) }
    }
}

/// The bytes as text, if they are UTF-8: smaller than the library's own, for who counts bytes.
pub fn checked_text(bytes: &[u8]) -> Option<&str> {
    if !super::str::utf8::is_utf8(as_cells(bytes)) {
        return None;
    }
    // SAFETY: just checked.
    Some(unsafe { core::str::from_utf8_unchecked(bytes) })
}

impl Tailed<super::str::StrHead, u8> {
    /// The text.
    #[inline(always)]
    pub fn text(&self) -> &str {
        let bytes = match self.shared() {
            // SAFETY: what a buffer is filled with never changes: `str::grow` writes behind that alone.
            Some(shared) => unsafe {
                let cells = &shared.buffer.get().tail()[..self.length];
                core::slice::from_raw_parts(cells.as_ptr().cast(), cells.len())
            },
            None => self.bytes(),
        };
        // SAFETY: `StrHead` has a private field, so `object::str` alone makes these, of text or of cells that it checked.
        unsafe { core::str::from_utf8_unchecked(bytes) }
    }

    /// Whether the text lies in a buffer (`str::grow`) instead of behind the head.
    #[inline(always)]
    pub fn is_shared(&self) -> bool {
        super::str::grow::SHARES && self.head.is_shared()
    }

    /// This text as one that lies in a buffer, if it does.
    #[inline(always)]
    pub fn shared(&self) -> Option<&SharedText> {
        // SAFETY: a text whose head says so was made as a `SharedText`, which begins as this struct does.
        if self.is_shared() { Some(unsafe { &*core::ptr::from_ref(self).cast() }) } else { None }
    }
}

/// A text that is the beginning of a buffer (`str::grow`). It takes one block of the heap.
#[repr(C)]
pub struct SharedText {
    header: Header,
    length: usize,
    head: super::str::StrHead,
    buffer: Handle<super::str::grow::TextBuffer>,
}

impl SharedText {
    /// Which word of the object is the buffer.
    pub const BUFFER: usize = core::mem::offset_of!(SharedText, buffer) / size_of::<usize>();

    /// The first `length` bytes of `buffer`, which are UTF-8 and filled for ever; `head` says that the text is shared.
    pub(super) fn new(length: usize, head: super::str::StrHead, buffer: Handle<super::str::grow::TextBuffer>) -> SharedText {
        debug_assert!(head.is_shared() && length <= buffer.len());
        SharedText { header: Header::of(&super::str::STR), length, head, buffer }
    }

    /// The buffer.
    pub fn buffer(&self) -> Handle<super::str::grow::TextBuffer> {
        self.buffer
    }
}

// SAFETY: repr(C), header first; the fields of a `Str`, and `Tailed::text` asks the head before it looks behind it.
unsafe impl Object for SharedText {
    const KIND: Kind = Kind::Str;
}

impl<H, I> Tailed<H, I> {
    /// Number of items.
    #[inline(always)]
    #[expect(clippy::len_without_is_empty, reason = "Python's len()")]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Bytes that an object with `length` items takes, or `None` on overflow.
    pub(crate) const fn size(length: usize) -> Option<usize> {
        // The tail begins where the head ends, which may be within the padding of the struct.
        let Some(tail) = length.checked_mul(size_of::<I>()) else { return None };
        match tail.checked_add(core::mem::offset_of!(Self, tail)) {
            Some(size) if size < size_of::<Self>() => Some(size_of::<Self>()),
            size => size,
        }
    }

    /// Fills header, length and head in; the tail follows at the returned address.
    ///
    /// # Safety
    /// `at` has room for `size(length)` bytes, aligned as the heap aligns.
    pub(crate) unsafe fn initialise(at: NonNull<Self>, header: Header, length: usize, head: H) -> NonNull<I> {
        // SAFETY: the caller's promise covers all four fields; `tail` begins inside the allocation or one past its end.
        unsafe {
            let object = at.as_ptr();
            (&raw mut (*object).header).write(header);
            (&raw mut (*object).length).write(length);
            (&raw mut (*object).head).write(head);
            NonNull::new_unchecked((&raw mut (*object).tail).cast())
        }
    }
}

/// A tuple in static data. Laid out as a `Tuple`, whose items never change after construction.
#[repr(C)]
pub struct StaticTuple<const N: usize> {
    header: Header,
    length: usize,
    items: [Word; N],
}

impl<const N: usize> StaticTuple<N> {
    /// A tuple of `items`; `ty` is `tuple`.
    pub const fn new(ty: &Type, items: [Word; N]) -> StaticTuple<N> {
        StaticTuple { header: Header::of(ty), length: N, items }
    }
}

// SAFETY: repr(C), header first, the fields of a `Tuple`, whose cells are never written once it is made.
unsafe impl<const N: usize> Object for StaticTuple<N> {
    const KIND: Kind = Kind::Tuple;
}

/// A `bytes` in static data. Laid out as a `Bytes`.
#[repr(C)]
pub struct StaticBytes<const N: usize> {
    header: Header,
    length: usize,
    bytes: [u8; N],
}

impl<const N: usize> StaticBytes<N> {
    /// These bytes; `ty` is `bytes`.
    pub const fn new(ty: &Type, bytes: [u8; N]) -> StaticBytes<N> {
        StaticBytes { header: Header::of(ty), length: N, bytes }
    }
}

// SAFETY: repr(C), header first, the fields of a `Bytes`, which never changes.
unsafe impl<const N: usize> Object for StaticBytes<N> {
    const KIND: Kind = Kind::Bytes;
}

/// A console stream in static data. Laid out as a `Stream`; never written, since closing it does nothing.
#[repr(C)]
pub struct StaticStream {
    header: Header,
    operations: &'static crate::vfs::stream::Operations,
    state: [Word; 3],
    text: bool,
}

impl StaticStream {
    /// A stream of type `ty` whose state begins with `state`.
    pub const fn new(ty: &Type, operations: &'static crate::vfs::stream::Operations, state: Word, text: bool) -> StaticStream {
        const { assert!(size_of::<StaticStream>() == size_of::<crate::vfs::stream::Stream>()) };
        StaticStream { header: Header::of(ty), operations, state: [state, Word::NONE, Word::NONE], text }
    }
}

// SAFETY: repr(C), header first, the fields of a `Stream` in its order (both are repr(C)). `stream::close`, the only writer of
// `state` that is not one of its operations, leaves streams alone whose second state is `NONE`, as it is here.
unsafe impl Object for StaticStream {
    const KIND: Kind = Kind::Stream;
}

/// An int in static data that is no small one. Laid out as an `Int`, which never changes.
#[repr(C)]
pub struct StaticInt<const N: usize> {
    header: Header,
    length: usize,
    size: isize,
    digits: [u32; N],
}

impl<const N: usize> StaticInt<N> {
    /// The positive int with these digits, the least significant first, the last one not 0.
    pub const fn new(digits: [u32; N]) -> StaticInt<N> {
        const { assert!(size_of::<super::bigint::Size>() == size_of::<isize>()) };
        StaticInt { header: Header::of(&super::int::INT), length: N, size: N as isize, digits }
    }
}

// SAFETY: repr(C), header first, the fields of an `Int`, whose cells are never written once it is made.
unsafe impl<const N: usize> Object for StaticInt<N> {
    const KIND: Kind = Kind::Int;
}

/// Numbers that zeroed memory holds.
///
/// # Safety
/// All bytes zero is a value.
pub unsafe trait Zeroed: Copy {}

// SAFETY: zero.
unsafe impl Zeroed for u8 {}
// SAFETY: zero.
unsafe impl Zeroed for u32 {}

/// Which struct is which kind: `kind: struct;`.
macro_rules! objects {
    ($($(#[$meta:meta])* $kind:ident: $object:ty;)*) => {
        $(
            $(#[$meta])*
            // SAFETY: every struct listed below is repr(C), begins with its header and has no destructor; no other struct
            // is listed for its kind.
            unsafe impl Object for $object {
                const KIND: Kind = Kind::$kind;
            }
        )*
    };
}

objects! {
    Exception: super::exception::Exception;
    BuiltinModule: crate::modules::BuiltinModule;
    Str: super::str::Str;
    Bytes: super::bytes::Bytes;
    RawBytes: super::print::RawBytes;
    TextBuffer: super::str::grow::TextBuffer;
    Tuple: super::tuple::Tuple;
    List: super::list::List;
    Dict: super::dict::Dict;
    Int: super::bigint::Int;
    Float: super::float::Float;
    Complex: super::complex::Complex;
    Prototype: crate::code::prototype::Prototype;
    BoundMethod: super::function::BoundMethod;
    #[cfg(feature = "standard")]
    Array: super::array::Array;
    #[cfg(feature = "standard")]
    MemoryView: super::memoryview::MemoryView;
    #[cfg(feature = "standard")]
    Deque: super::deque::Deque;
    #[cfg(feature = "standard")]
    NamedTuple: super::namedtuple::NamedTupleType;
    #[cfg(feature = "standard")]
    ByteArray: super::bytearray::ByteArray;
    Set: super::set::Set;
    DictView: super::dict::DictView;
    Range: super::range::Range;
    #[cfg(feature = "full")]
    LongRange: super::range::long::LongRange;
    Slice: super::slice::Slice;
    Iterator: super::iterator::Iterator;
    Function: super::function::Function;
    FunctionExtras: super::function::Extras;
    Cell: super::cell::CellObject;
    Generator: super::generator::Generator;
    #[cfg(feature = "standard")]
    Async: super::async_generator::Async;
    Class: super::class::Class;
    Instance: Instance;
    Traceback: super::exception::traceback::Traceback;
    ItemIterator: super::indexed::ItemIterator;
    CallIterator: super::indexed::CallIterator;
    Object: super::class::Object;
    Property: super::descriptor::Property;
    StaticMethod: super::descriptor::StaticMethod;
    ClassMethod: super::descriptor::ClassMethod;
    Super: super::descriptor::Super;
    Stream: crate::vfs::stream::Stream;
    FileSystem: crate::vfs::driver::Driver;
    #[cfg(feature = "standard")]
    BlockDevice: crate::vfs::device::Device;
    Resource: super::resource::Resource;
    #[cfg(feature = "standard")]
    Plain: super::resource::Constant;
    Module: super::module::Module;
    #[cfg(feature = "sha256")]
    Hash: crate::modules::hashlib::Hash;
    #[cfg(feature = "standard")]
    Deflate: crate::modules::deflate::Engine;
}

/// An exception in static data, for when no memory is left. Laid out as an `Exception`, but never written.
#[repr(C)]
pub struct StaticException {
    header: Header,
    fields: [Word; 3],
}

impl StaticException {
    /// An exception of type `ty` without arguments. `args` being `UNSET` marks it as static (`Handle::is_static`).
    pub const fn new(ty: &Type) -> StaticException {
        const { assert!(size_of::<StaticException>() == size_of::<super::exception::Exception>()) };
        StaticException { header: Header::of(ty), fields: [Word::UNSET; 3] }
    }
}

// SAFETY: repr(C), header first, the fields of an `Exception`. Writers of exceptions check that `args` is set first, so
// the static's bytes are never written through the `Cell`s that a `Handle<Exception>` shows.
unsafe impl Object for StaticException {
    const KIND: Kind = Kind::Exception;
}

/// An instance of a class: its attributes, at the places that the class gave their names.
///
/// ```text
///   [header → class][meta][slot × capacity]
/// ```
/// Two attributes take 16 bytes on a 32-bit chip. A slot that is `UNSET` is absent. When the names outgrow the slots, the last
/// one holds a dict of the others.
#[repr(C)]
pub struct Instance {
    header: Cell<Header>,
    /// A small int, so that the collector takes it for nothing else: slots in use for attributes, × 2, + 1 with a dict.
    meta: Cell<Word>,
    slots: [Cell<Word>; 0],
}

impl Instance {
    /// Bytes that an instance with so many slots takes.
    pub(crate) const fn size(capacity: usize) -> usize {
        size_of::<Instance>() + capacity * size_of::<Word>()
    }

    /// Fills an instance in; all its slots are unset.
    ///
    /// # Safety
    /// `at` has room for `size(capacity)` bytes, aligned as the heap aligns.
    pub(crate) unsafe fn initialise(at: NonNull<Instance>, header: Header, capacity: usize) -> Handle<Instance> {
        // SAFETY: the caller's promise covers the head and each slot.
        unsafe {
            let meta = Cell::new(Word::int(2 * capacity as isize));
            at.write(Instance { header: Cell::new(header), meta, slots: [] });
            let slots = (&raw mut (*at.as_ptr()).slots).cast::<Word>();
            for index in 0..capacity {
                slots.add(index).write(Word::UNSET);
            }
            Handle::from_pointer(at)
        }
    }

    /// How many slots hold attributes.
    #[inline(always)]
    pub fn inline(&self) -> usize {
        (self.meta.get().int_value() >> 1) as usize
    }

    /// Which words of the object may be references: the slots in use.
    #[inline(always)]
    pub(crate) fn traced(&self) -> core::ops::Range<usize> {
        const FIRST: usize = core::mem::offset_of!(Instance, slots) / size_of::<usize>();
        FIRST..FIRST + self.inline() + (self.meta.get().int_value() & 1) as usize
    }

    /// The slot at `index`, if it holds an attribute.
    #[inline(always)]
    pub fn slot(&self, index: usize) -> Option<&Cell<Word>> {
        // SAFETY: `inline() <= capacity`, and so many cells follow.
        if index < self.inline() { Some(unsafe { &*self.slots.as_ptr().add(index) }) } else { None }
    }

    /// The dict of the attributes that found no slot.
    pub fn overflow(&self) -> Option<Handle<super::dict::Dict>> {
        if self.meta.get().int_value() & 1 == 0 {
            return None;
        }
        // SAFETY: with a dict, one slot more than `inline()` is there.
        Handle::from(unsafe { &*self.slots.as_ptr().add(self.inline()) }.get())
    }

    /// Makes `dict` the place of all attributes behind the first `keep` slots (one more is there for it).
    pub fn move_out(&self, keep: usize, dict: Handle<super::dict::Dict>) {
        let is_there = keep < self.inline() || (keep == self.inline() && self.overflow().is_some());
        assert!(is_there, "a slot for the dict");
        // SAFETY: so many slots are there; with a dict, one more than `inline()`.
        unsafe { &*self.slots.as_ptr().add(keep) }.set(dict.word());
        self.meta.set(Word::int(2 * keep as isize + 1));
    }

    /// Makes it an instance of another class, which lays its instances out alike.
    pub fn set_class(&self, class: &'static Type) {
        assert!(class.kind == Kind::Instance, "a class of plain instances");
        self.header.set(Header::of(class));
    }

    /// Puts a dict into the last slot, whose attribute is the caller's to move there.
    pub fn set_overflow(&self, dict: Handle<super::dict::Dict>) {
        let inline = self.inline();
        assert!(inline > 0 && self.overflow().is_none(), "the last slot holds an attribute");
        self.slot(inline - 1).expect("inline() > 0").set(dict.word());
        self.meta.set(Word::int(2 * (inline as isize - 1) + 1));
    }
}

/// A block of words that one object owns: the items of a list, the entries of a map. Part of its owner's struct.
///
/// The block has no header (a list of 4 takes 16 + 16 bytes); the collector marks it through its owner and looks at all of
/// it. All-zero is an empty block without memory. Every access is checked against the capacity.
#[repr(C)]
pub struct Words {
    block: Cell<Option<NonNull<Cell<Word>>>>,
    capacity: Cell<usize>,
}

impl Words {
    /// No words, no memory.
    pub const EMPTY: Words = Words { block: Cell::new(None), capacity: Cell::new(0) };

    /// How many words there is room for.
    #[inline(always)]
    pub fn capacity(&self) -> usize {
        self.capacity.get()
    }

    /// The word at `index`, which must be below the capacity; unwritten ones are `UNSET`.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Word {
        assert!(index < self.capacity.get(), "index within the block");
        // SAFETY: `index < capacity`, so there is a block (`replace`), and it has `capacity` initialised words.
        unsafe { self.block.get().unwrap_unchecked().add(index).as_ref() }.get()
    }

    /// Puts `word` at `index`, which must be below the capacity.
    #[inline(always)]
    pub fn set(&self, index: usize, word: Word) {
        assert!(index < self.capacity.get(), "index within the block");
        // SAFETY: as in `get`.
        unsafe { self.block.get().unwrap_unchecked().add(index).as_ref() }.set(word);
    }

    /// Moves `count` words from `from` to `to` (they may overlap); both ranges must lie below the capacity.
    pub fn shift(&self, from: usize, to: usize, count: usize) {
        if count == 0 {
            return;
        }
        let capacity = self.capacity.get();
        let fits = |start: usize| start.checked_add(count).is_some_and(|end| end <= capacity);
        assert!(fits(from) && fits(to), "range within the block");
        let block = self.block.get().expect("a block with capacity has memory");
        // SAFETY: both ranges were checked; `copy` allows overlap; cells of words are plain memory.
        unsafe { block.add(from).copy_to(block.add(to), count) };
    }

    /// Takes over a new block. Returns the old one for `Vm` to free.
    ///
    /// # Safety
    /// `block` is a heap block owned by nobody else, with `capacity` initialised words.
    pub(crate) unsafe fn replace(&self, block: Option<NonNull<Cell<Word>>>, capacity: usize) -> Option<NonNull<Cell<Word>>> {
        self.capacity.set(capacity);
        self.block.replace(block)
    }

    /// The block's address, for `Vm`.
    pub(crate) fn block(&self) -> Option<NonNull<Cell<Word>>> {
        self.block.get()
    }

    /// Gives all words to `other`, leaving this empty.
    pub fn take(&self) -> Words {
        let taken = Words { block: Cell::new(self.block.get()), capacity: Cell::new(self.capacity.get()) };
        self.block.set(None);
        self.capacity.set(0);
        taken
    }

    /// Puts another block's memory here (the old one is left to the collector).
    pub fn put(&self, other: Words) {
        self.block.set(other.block.get());
        self.capacity.set(other.capacity.get());
    }
}

/// The arguments of a native call, where the caller pushed them.
///
/// ```text
///   [positional × p][(name, value) × k]
/// ```
/// Of two fields, so that it is passed in two registers: the compiler passes a struct of three in memory.
#[derive(Clone, Copy)]
pub struct Args<'a> {
    base: NonNull<Cell<Word>>,
    /// p, and k in the upper half.
    counts: u32,
    lifetime: PhantomData<&'a [Cell<Word>]>,
}

impl<'a> Args<'a> {
    /// No arguments.
    pub const NONE: Args<'static> = Args { base: NonNull::dangling(), counts: 0, lifetime: PhantomData };

    /// Positional arguments that lie in a slice (at most 65,535).
    pub fn of(words: &'a [Cell<Word>]) -> Args<'a> {
        Args { base: NonNull::from_ref(words).cast(), counts: words.len() as u16 as u32, lifetime: PhantomData }
    }

    /// `words` is `positional` arguments and then pairs of name and value.
    pub fn with_keywords(words: &'a [Cell<Word>], positional: usize) -> Args<'a> {
        debug_assert!(positional <= words.len() && (words.len() - positional).is_multiple_of(2));
        let keywords = ((words.len() - positional) / 2) as u32;
        Args { base: NonNull::from_ref(words).cast(), counts: keywords << 16 | positional as u16 as u32, lifetime: PhantomData }
    }

    /// Number of positional arguments.
    #[inline(always)]
    pub fn len(self) -> usize {
        self.counts as u16 as usize
    }

    /// Whether there is no positional argument.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Number of keyword arguments.
    #[inline(always)]
    pub fn keyword_count(self) -> usize {
        (self.counts >> 16) as usize
    }

    /// All words: positional, then pairs.
    #[inline(always)]
    pub fn words(self) -> &'a [Cell<Word>] {
        // SAFETY: made of a slice of this length and lifetime.
        unsafe { core::slice::from_raw_parts(self.base.as_ptr(), self.len() + 2 * self.keyword_count()) }
    }

    /// The positional arguments.
    #[inline(always)]
    pub fn positional(self) -> &'a [Cell<Word>] {
        // SAFETY: as above; these come first.
        unsafe { core::slice::from_raw_parts(self.base.as_ptr(), self.len()) }
    }

    /// Argument `index`, which the function's arity promises.
    #[inline(always)]
    pub fn at(self, index: usize) -> Word {
        self.positional()[index].get()
    }

    /// Argument `index`, if it was given.
    #[inline(always)]
    pub fn get(self, index: usize) -> Option<Word> {
        self.positional().get(index).map(Cell::get)
    }

    /// Keyword arguments, in call order. Every name is a `Name` word (the caller interns those of `**mapping`).
    pub fn keywords(self) -> impl Iterator<Item = (Word, Word)> + 'a {
        let (pairs, _) = self.words()[self.len()..].as_chunks();
        pairs.iter().map(|[name, value]| (name.get(), value.get()))
    }

    /// The keyword argument `name`.
    pub fn keyword(self, name: super::name::Name) -> Option<Word> {
        self.keywords().find(|pair| pair.0 == Word::name(name)).map(|pair| pair.1)
    }

    /// Argument `index`, or the one of this name.
    pub fn either(self, index: usize, name: super::name::Name) -> Option<Word> {
        self.get(index).or_else(|| self.keyword(name))
    }

    /// The keyword argument `name`, unless it is `None`.
    pub fn given(self, name: super::name::Name) -> Option<Word> {
        self.keyword(name).filter(|word| *word != Word::NONE)
    }

    /// All but the first `count` positional arguments; what came by name is left.
    pub fn skip(self, count: usize) -> Args<'a> {
        let count = count.min(self.len());
        Args::with_keywords(&self.words()[count..], self.len() - count)
    }
}
