//! `_pickles`: what most of a pickle is made of, written and read at the speed of the machine. `pickle` is Python over it.
//!
//! Writing (`write`) does containers, texts, numbers and plain instances in the binary protocols, and hands everything else over to the
//! method in Python that knows all rules. Reading (`read`) is the whole stack machine; what a program may have a say in (`find_class`,
//! `persistent_load`), what is written as lines of text, and states that are not plain are Python's. Neither looks at memory by what
//! a pickle says of it: numbers in a pickle are compared with what is there.

mod read;
mod write;

use interpreter::object::handle::type_word;
use interpreter::object::kind::Type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::Vm;

table! { pub ROWS, NAMES, DOCS:
    /// save(pickler, core, object): writes an object; core is (pieces, memo, protocol, persistent_id, whether all is asked, table).
    def save(3) = write::save;
    /// state(object, table): the attributes of an instance that is nothing else and that the table does not list, in a dict; None of others.
    def state(2) = write::state;
    /// give(object, state): sets the attributes in a dict; False if that is not all there is to it.
    def give(2) = |vm, args| read::give(vm, args.at(0), args.at(1)).map(Word::bool);
    /// load(unpickler, memo, data, read, readline): the object that a pickle in data makes, or, if that is None, one that is read.
    def load(5) = read::load;
}

/// Names beside those of the table: methods of programs' classes and of `pickle`'s.
pub const MORE: &[&str] = &[
    "_apply_state",
    "_extension",
    "_from_line",
    "_instantiate",
    "_next_buffer",
    "_save_persistent",
    "_save_whole",
    "_text",
    "find_class",
    "persistent_load",
    "proto",
    "__getnewargs__",
    "__getnewargs_ex__",
    "__getstate__",
    "__reduce__",
    "__reduce_ex__",
    "__setstate__",
    "_pickles",
];

/// Most items of a container that are written at once.
const BATCH: usize = 1000;

/// What stands in a pickle.
mod code {
    pub const MARK: u8 = b'(';
    pub const STOP: u8 = b'.';
    pub const POP: u8 = b'0';
    pub const POP_MARK: u8 = b'1';
    pub const DUP: u8 = b'2';
    pub const FLOAT: u8 = b'F';
    pub const INT: u8 = b'I';
    pub const BININT: u8 = b'J';
    pub const BININT1: u8 = b'K';
    pub const LONG: u8 = b'L';
    pub const BININT2: u8 = b'M';
    pub const NONE: u8 = b'N';
    pub const PERSID: u8 = b'P';
    pub const BINPERSID: u8 = b'Q';
    pub const REDUCE: u8 = b'R';
    pub const STRING: u8 = b'S';
    pub const BINSTRING: u8 = b'T';
    pub const SHORT_BINSTRING: u8 = b'U';
    pub const UNICODE: u8 = b'V';
    pub const BINUNICODE: u8 = b'X';
    pub const APPEND: u8 = b'a';
    pub const BUILD: u8 = b'b';
    pub const GLOBAL: u8 = b'c';
    pub const DICT: u8 = b'd';
    pub const EMPTY_DICT: u8 = b'}';
    pub const APPENDS: u8 = b'e';
    pub const GET: u8 = b'g';
    pub const BINGET: u8 = b'h';
    pub const INST: u8 = b'i';
    pub const LONG_BINGET: u8 = b'j';
    pub const LIST: u8 = b'l';
    pub const EMPTY_LIST: u8 = b']';
    pub const OBJ: u8 = b'o';
    pub const PUT: u8 = b'p';
    pub const BINPUT: u8 = b'q';
    pub const LONG_BINPUT: u8 = b'r';
    pub const SETITEM: u8 = b's';
    pub const TUPLE: u8 = b't';
    pub const EMPTY_TUPLE: u8 = b')';
    pub const SETITEMS: u8 = b'u';
    pub const BINFLOAT: u8 = b'G';
    pub const PROTO: u8 = 0x80;
    pub const NEWOBJ: u8 = 0x81;
    pub const EXT1: u8 = 0x82;
    pub const EXT2: u8 = 0x83;
    pub const EXT4: u8 = 0x84;
    pub const TUPLE1: u8 = 0x85;
    pub const TUPLE2: u8 = 0x86;
    pub const TUPLE3: u8 = 0x87;
    pub const NEWTRUE: u8 = 0x88;
    pub const NEWFALSE: u8 = 0x89;
    pub const LONG1: u8 = 0x8a;
    pub const LONG4: u8 = 0x8b;
    pub const BINBYTES: u8 = b'B';
    pub const SHORT_BINBYTES: u8 = b'C';
    pub const SHORT_BINUNICODE: u8 = 0x8c;
    pub const BINUNICODE8: u8 = 0x8d;
    pub const BINBYTES8: u8 = 0x8e;
    pub const EMPTY_SET: u8 = 0x8f;
    pub const ADDITEMS: u8 = 0x90;
    pub const FROZENSET: u8 = 0x91;
    pub const NEWOBJ_EX: u8 = 0x92;
    pub const STACK_GLOBAL: u8 = 0x93;
    pub const MEMOIZE: u8 = 0x94;
    pub const FRAME: u8 = 0x95;
    pub const BYTEARRAY8: u8 = 0x96;
    pub const NEXT_BUFFER: u8 = 0x97;
    pub const READONLY_BUFFER: u8 = 0x98;
}

/// Whether an object is of this very type.
fn is_exactly(vm: &Vm, object: Word, ty: &'static Type) -> bool {
    vm.type_word_of(object) == type_word(ty)
}
