//! Objects: what a word means, and one file for each Python type.
//!
//! First the representation (`word`, `name`, `kind`, `handle`: the room with the unsafe code), then `map` and `print`, what
//! several types share (`arguments`, `sequence`), then the types.

pub mod handle;
pub mod kind;
pub mod map;
pub mod name;
pub mod operator;
pub mod print;
pub mod word;

pub mod arguments;
pub mod attrtuple;
pub mod sequence;

#[cfg_attr(not(feature = "full"), path = "small/annotation.rs")]
pub mod annotation;
#[cfg(feature = "standard")]
pub mod array;
#[cfg_attr(not(feature = "standard"), path = "small/async_generator.rs")]
pub mod async_generator;
pub mod bigint;
#[cfg_attr(not(feature = "standard"), path = "small/binding.rs")]
pub mod binding;
pub mod bool;
#[cfg(feature = "standard")]
pub mod bytearray;
#[cfg_attr(not(feature = "standard"), path = "small/bytes.rs")]
pub mod bytes;
pub mod cell;
pub mod class;
pub mod complex;
pub mod decimal;
#[cfg(feature = "standard")]
pub mod deque;
pub mod descriptor;
pub mod dict;
#[cfg_attr(not(feature = "full"), path = "small/doc.rs")]
pub mod doc;
pub mod exception;
pub mod float;
#[cfg_attr(not(feature = "standard"), path = "small/format.rs")]
pub mod format;
pub mod function;
pub mod generator;
#[cfg_attr(not(feature = "standard"), path = "small/generic.rs")]
pub mod generic;
#[cfg_attr(not(feature = "standard"), path = "small/helper.rs")]
pub mod helper;
pub mod indexed;
pub mod instance;
#[cfg_attr(not(feature = "standard"), path = "small/int.rs")]
pub mod int;
pub mod introspection;
pub mod iterator;
pub mod list;
#[cfg_attr(not(feature = "full"), path = "small/listed.rs")]
mod listed;
#[cfg(feature = "standard")]
mod locals;
pub mod magnitude;
#[cfg(test)]
mod map_tests;
#[cfg(feature = "standard")]
pub mod memoryview;
pub mod module;
#[cfg(feature = "standard")]
pub mod namedtuple;
#[cfg_attr(not(feature = "standard"), path = "small/number.rs")]
pub mod number;
#[cfg(test)]
mod number_tests;
#[cfg_attr(not(feature = "standard"), path = "small/numeric.rs")]
pub mod numeric;
#[cfg(feature = "standard")]
pub mod operators;
#[cfg(feature = "standard")]
pub mod packed;
#[cfg_attr(not(feature = "standard"), path = "small/pattern.rs")]
pub mod pattern;
#[cfg_attr(not(feature = "standard"), path = "small/percent.rs")]
pub mod percent;
pub mod range;
#[cfg_attr(not(feature = "double"), path = "single/real.rs")]
pub mod real;
pub mod resource;
#[cfg_attr(not(feature = "standard"), path = "small/set.rs")]
pub mod set;
#[cfg(all(test, feature = "double"))]
#[path = "single/math.rs"]
#[expect(dead_code, reason = "hosts test what it computes itself")]
mod single;
#[cfg(all(test, feature = "double"))]
#[path = "single/shortest.rs"]
mod single_shortest;
pub mod singleton;
pub mod slice;
#[cfg_attr(not(feature = "standard"), path = "small/special.rs")]
pub mod special;
pub mod str;
pub mod tuple;

/// THE list of lists of names that core tables declare.
const GROUPS: &[&[&str]] = &[
    name::EXTRA,
    name::MORE,
    TYPE_NAMES,
    MORE_TYPE_NAMES,
    exception::NAMES,
    int::NAMES,
    crate::compile::NAMES,
    crate::compile::suspicion::NAMES,
    pattern::NAMES,
];

/// Names in the tables of classes, functions and exceptions.
const VM: &[&[&str]] = &[
    class::TYPE_ROW_NAMES,
    #[cfg(feature = "full")]
    class::detail::NAMES,
    function::NAMES,
    #[cfg(feature = "full")]
    descriptor::computed::NAMES,
    #[cfg(feature = "full")]
    descriptor::computed::MORE,
    #[cfg(feature = "full")]
    descriptor::member::NAMES,
    #[cfg(feature = "full")]
    descriptor::member::MORE,
    listed::NAMES,
    #[cfg(feature = "full")]
    special::PLAIN_NAMES,
    instance::NAMES,
    special::NAMES,
    #[cfg(feature = "standard")]
    operators::NAMES,
    binding::NAMES,
    binding::MORE,
    crate::vm::weak::NAMES,
    crate::vm::origin::NAMES,
    crate::vm::kept::NAMES,
    annotation::NAMES,
    #[cfg(feature = "native")]
    crate::native::kind::NAMES,
    crate::compile::annotation::NAMES,
    generator::NAMES,
    generator::detail::NAMES,
    #[cfg(feature = "full")]
    generator::detail::coroutine_rows::NAMES,
    async_generator::NAMES,
    async_generator::STEP_NAMES,
    helper::NAMES,
    descriptor::NAMES,
    exception::ROW_NAMES,
    exception::detail::NAMES,
    generic::NAMES,
    crate::code::inspect::NAMES,
];

/// Names in the tables of containers.
const CONTAINERS: &[&[&str]] = &[
    float::NAMES,
    numeric::NAMES,
    complex::NAMES,
    str::NAMES,
    str::character::NAMES,
    bytes::NAMES,
    #[cfg(feature = "standard")]
    bytearray::NAMES,
    list::NAMES,
    tuple::NAMES,
    dict::NAMES,
    #[cfg(feature = "standard")]
    dict::ORDERED_NAMES,
    #[cfg(feature = "standard")]
    dict::FIXED_NAMES,
    #[cfg(feature = "full")]
    dict::proxy::NAMES,
    #[cfg(feature = "full")]
    dict::proxy::MORE,
    dict::VIEW_NAMES,
    #[cfg(feature = "full")]
    &["mapping"],
    set::NAMES,
    set::FROZEN_NAMES,
    range::NAMES,
    iterator::again::NAMES,
    slice::NAMES,
    #[cfg(feature = "standard")]
    array::NAMES,
    #[cfg(feature = "standard")]
    memoryview::NAMES,
    #[cfg(feature = "standard")]
    memoryview::KEYWORDS,
    #[cfg(feature = "standard")]
    deque::NAMES,
    #[cfg(feature = "standard")]
    namedtuple::NAMES,
];

/// Documentation of the methods of types, for completion and help on the desktop.
#[cfg(feature = "full")]
pub const DOCS: &[(&str, &[(&str, &str)])] = &[
    ("array", array::DOCS),
    ("bytearray", bytearray::DOCS),
    ("bytes", bytes::DOCS),
    ("deque", deque::DOCS),
    #[cfg(feature = "full")]
    ("frame", crate::vm::frame_object::DOCS),
    ("dict", dict::DOCS),
    ("float", float::DOCS),
    ("frozenset", set::FROZEN_DOCS),
    ("int", int::DOCS),
    ("list", list::DOCS),
    ("memoryview", memoryview::DOCS),
    ("range", range::DOCS),
    ("set", set::DOCS),
    ("str", str::DOCS),
    ("tuple", tuple::DOCS),
];

/// Names of further types.
#[cfg(feature = "standard")]
const MORE_TYPE_NAMES: &[&str] = &[
    "range",
    "object",
    "type",
    "bool",
    "int",
    "str",
    "bytearray",
    "array",
    "memoryview",
    "tuple",
    "list",
    "dict",
    "frozenset",
    "closure",
    "async_generator",
    "async_generator_step",
    "coroutine",
    "property",
    "staticmethod",
    "classmethod",
    "super",
    "deque",
    "OrderedDict",
    "namedtuple",
];
/// None.
#[cfg(not(feature = "standard"))]
const MORE_TYPE_NAMES: &[&str] = &[];

/// Names of the types.
const TYPE_NAMES: &[&str] = &[
    "slice",
    "NoneType",
    "ellipsis",
    "NotImplementedType",
    "float",
    "complex",
    "bytes",
    "dict_view",
    "set",
    "cell",
    "function",
    "bound_method",
    "generator",
    "module",
    "raw",
    "iterator",
    "map",
    "filter",
    "zip",
    "enumerate",
    "reversed",
    "traceback",
    "maximum recursion depth exceeded",
];

pool! {
    /// Names of the core, numbered from 0.
    pub static CORE = 0, &[GROUPS, VM, CONTAINERS, crate::vfs::GROUPS, crate::modules::GROUPS, crate::modules::MORE];
}
