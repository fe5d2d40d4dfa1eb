//! THE list of builtin modules; one file each. Those written in Python are listed in `frozen`.

#[cfg_attr(not(feature = "standard"), path = "small/frozen.rs")]
pub mod frozen;

use crate::object::kind::{Header, Rows};
use crate::object::module::BUILTIN_MODULE;
use crate::object::name::Name;
use crate::vm::{Outcome, Vm};

/// A module in static data.
#[repr(C)]
pub struct BuiltinModule {
    /// `module`.
    pub header: Header,
    /// `__name__`.
    pub name: Name,
    /// Its contents.
    pub rows: &'static Rows,
    /// Attributes that are computed, asked before the rows; `UNSET` for any other name.
    pub attribute: Option<fn(&Vm, Name) -> Outcome>,
}

impl BuiltinModule {
    /// The module `name` with these rows.
    pub const fn new(name: Name, rows: &'static Rows) -> BuiltinModule {
        BuiltinModule { header: Header::of(&BUILTIN_MODULE), name, rows, attribute: None }
    }

    /// The same with computed attributes.
    pub const fn with(self, attribute: fn(&Vm, Name) -> Outcome) -> BuiltinModule {
        BuiltinModule { attribute: Some(attribute), ..self }
    }
}

/// `file "name" STATIC;` for each: the file has a `table!` that makes `ROWS`, `NAMES` and `DOCS`.
macro_rules! modules {
    ($($(#[$meta:meta])* $file:ident $name:literal $module:ident $(.with($attribute:expr))?;)*) => {
        $($(#[$meta])* pub mod $file;)*
        $($(#[$meta])*
        #[doc = concat!("`", $name, "`.")]
        pub static $module: BuiltinModule = BuiltinModule::new(name!($name), $file::ROWS)$(.with($attribute))?;)*
        /// Every builtin module of the core.
        pub static ALL: &[&BuiltinModule] = &[$($(#[$meta])* &$module),*];
        /// Their names and the names in their tables.
        pub(crate) const GROUPS: &[&[&str]] = &[&[$($name),*], frozen::NAMES, $($(#[$meta])* $file::NAMES),*];
        /// Documentation of every row of every module, for completion and help on the desktop.
        pub const DOCS: &[(&str, &[(&str, &str)])] = &[$($(#[$meta])* ($name, $file::DOCS)),*];
    };
}

/// Documentation of the methods of the modules' classes, by the name that a program calls the class; a class may have several tables.
#[cfg(feature = "standard")]
pub const CLASS_DOCS: &[(&str, &[(&str, &str)])] = &[
    ("BytesIO", crate::vfs::stream::DOCS),
    ("BytesIO", io::memory_rows::DOCS),
    ("FileIO", crate::vfs::stream::DOCS),
    ("FrameBuffer", framebuf::methods::DOCS),
    ("Match", re::matched::DOCS),
    ("Pattern", re::pattern::DOCS),
    ("StringIO", crate::vfs::stream::DOCS),
    ("StringIO", io::memory_rows::DOCS),
    ("TextIOWrapper", crate::vfs::stream::DOCS),
    #[cfg(feature = "sha256")]
    ("md5", hashlib::methods::DOCS),
    ("poll", select::poll_rows::DOCS),
    #[cfg(feature = "sha256")]
    ("sha1", hashlib::methods::DOCS),
    #[cfg(feature = "sha256")]
    ("sha256", hashlib::methods::DOCS),
];

/// What a port's module extends: the rows of the core's module of the same name.
#[cfg(feature = "standard")]
pub fn core_rows(name: Name) -> &'static Rows {
    ALL.iter().find(|module| module.name == name).map_or(Rows::NONE, |module| module.rows)
}

/// Ports of the smallest interpreter extend no module.
#[cfg(not(feature = "standard"))]
pub fn core_rows(_: Name) -> &'static Rows {
    Rows::NONE
}

modules! {
    #[cfg(feature = "standard")]
    array "array" ARRAY;
    #[cfg(feature = "standard")]
    asyncio "_asyncio" ASYNCIO;
    #[cfg(feature = "standard")]
    binascii "binascii" BINASCII;
    builtins "builtins" BUILTINS.with(frozen::builtin);
    #[cfg(feature = "standard")]
    cmath "cmath" CMATH;
    #[cfg(feature = "standard")]
    collections "collections" COLLECTIONS;
    #[cfg(feature = "ciphers")]
    cryptolib "cryptolib" CRYPTOLIB;
    #[cfg(feature = "standard")]
    deflate "deflate" DEFLATE;
    #[cfg(feature = "standard")]
    errno "errno" ERRNO.with(errno::attribute);
    #[cfg(feature = "board")]
    framebuf "framebuf" FRAMEBUF;
    gc "gc" GC;
    #[cfg(feature = "sha256")]
    hashlib "hashlib" HASHLIB;
    #[cfg(feature = "standard")]
    heapq "heapq" HEAPQ;
    #[cfg(feature = "full")]
    itertools "itertools" ITERTOOLS;
    #[cfg(feature = "standard")]
    json "json" JSON;
    #[cfg(feature = "full")]
    marshal "marshal" MARSHAL;
    #[cfg(feature = "standard")]
    math "math" MATH;
    #[cfg(feature = "standard")]
    struct_ "struct" STRUCT;
    #[cfg(feature = "standard")]
    io "io" IO;
    micropython "micropython" MICROPYTHON;
    #[cfg(feature = "full")]
    operator "_operator" OPERATOR;
    #[cfg(feature = "standard")]
    os "os" OS;
    #[cfg(feature = "standard")]
    select "select" SELECT;
    #[cfg(feature = "standard")]
    platform "platform" PLATFORM;
    #[cfg(feature = "standard")]
    random "random" RANDOM;
    #[cfg(feature = "standard")]
    re "re" RE;
    sys "sys" SYS.with(sys::attribute);
    #[cfg(feature = "threads")]
    thread "_thread" THREAD;
    time "time" TIME;
    #[cfg(feature = "board")]
    uctypes "uctypes" UCTYPES;
    #[cfg(feature = "standard")]
    vfs "vfs" VFS;
    #[cfg(feature = "full")]
    weakref "weakref" WEAKREF;
}

/// Further names that modules declare: those of their keyword arguments and of their types' tables.
pub(crate) const MORE: &[&[&str]] = &[
    #[cfg(feature = "standard")]
    json::KEYWORDS,
    #[cfg(feature = "full")]
    itertools::MORE,
    #[cfg(feature = "full")]
    itertools::ROW_NAMES,
    #[cfg(feature = "full")]
    itertools::REPEAT_NAMES,
    #[cfg(feature = "full")]
    itertools::CHAIN_NAMES,
    #[cfg(feature = "full")]
    itertools::TEE_NAMES,
    #[cfg(feature = "full")]
    weakref::MORE,
    #[cfg(feature = "full")]
    weakref::finalizer::NAMES,
    #[cfg(feature = "board")]
    framebuf::methods::NAMES,
    #[cfg(feature = "standard")]
    heapq::MORE,
    #[cfg(feature = "standard")]
    random::KEYWORDS,
    #[cfg(feature = "standard")]
    errno::MORE,
    #[cfg(feature = "standard")]
    os::MORE,
    #[cfg(feature = "standard")]
    micropython::ring::NAMES,
    #[cfg(feature = "standard")]
    &["RingIO"],
    #[cfg(feature = "sha256")]
    hashlib::MORE,
    #[cfg(feature = "ciphers")]
    cryptolib::MORE,
    #[cfg(feature = "ciphers")]
    cryptolib::methods::NAMES,
    #[cfg(feature = "standard")]
    sys::TEXTS,
    #[cfg(feature = "full")]
    crate::compile::diagnosis::NAMES,
    #[cfg(feature = "full")]
    sys::version::NAMES,
    #[cfg(feature = "full")]
    crate::vm::trace::NAMES,
    #[cfg(feature = "full")]
    crate::vm::frame_object::NAMES,
    #[cfg(feature = "full")]
    crate::vm::frame_object::ROW_NAMES,
    #[cfg(feature = "threads")]
    thread::KEYWORDS,
    #[cfg(feature = "threads")]
    thread::lock_rows::NAMES,
    #[cfg(feature = "standard")]
    re::MORE,
    #[cfg(feature = "full")]
    re::matched::MORE,
    #[cfg(feature = "full")]
    time::MORE,
    #[cfg(feature = "standard")]
    re::matched::NAMES,
    #[cfg(feature = "standard")]
    re::pattern::NAMES,
    #[cfg(feature = "full")]
    re::scanner::NAMES,
    #[cfg(feature = "full")]
    re::scanner::MORE,
    #[cfg(feature = "standard")]
    asyncio::queue_rows::NAMES,
    #[cfg(feature = "standard")]
    asyncio::sleep_rows::NAMES,
    #[cfg(feature = "standard")]
    &["TaskQueue", "Sleep", "current", "held"],
    #[cfg(feature = "standard")]
    &["_codecs", "utf-8"],
];
