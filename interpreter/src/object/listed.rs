//! What `dir` lists beside a type's table: special methods, computed attributes, and what every object has. Hosts only.

use super::class::{OBJECT, ancestors, as_class};
use super::dict::Dict;
use super::handle::Handle;
use super::kind::{Kind, Type};
use super::word::Word;
use super::{exception, operators, special};
use crate::vm::{Outcome, Vm};

/// A class's own name, beside the `__name__` that its body gives to instances.
pub const NAMES: &[&str] = &[".name"];

/// Computed attributes, by the kind of their type.
const COMPUTED: &[(&[Kind], &[&str])] = &[
    (&[Kind::Int], &["denominator", "imag", "numerator", "real"]),
    (&[Kind::Float, Kind::Complex], &["imag", "real"]),
    (&[Kind::Range, Kind::LongRange, Kind::Slice], &["start", "step", "stop"]),
    (
        &[Kind::MemoryView],
        &[
            "c_contiguous",
            "contiguous",
            "f_contiguous",
            "format",
            "itemsize",
            "nbytes",
            "ndim",
            "obj",
            "readonly",
            "shape",
            "strides",
            "suboffsets",
        ],
    ),
    (
        &[Kind::Function],
        &[
            "__annotations__",
            "__builtins__",
            "__closure__",
            "__code__",
            "__defaults__",
            "__dict__",
            "__get__",
            "__globals__",
            "__kwdefaults__",
            "__module__",
            "__name__",
            "__qualname__",
        ],
    ),
    (&[Kind::NativeFunction], &["__module__", "__name__", "__qualname__", "__self__", "__text_signature__"]),
    (&[Kind::BoundMethod], &["__func__", "__get__", "__self__"]),
    (&[Kind::Generator], &["__name__", "__qualname__", "gi_code", "gi_frame", "gi_running", "gi_yieldfrom"]),
    (&[Kind::Property], &["fdel", "fget", "fset"]),
    (&[Kind::StaticMethod, Kind::ClassMethod], &["__func__", "__wrapped__"]),
    (&[Kind::Exception], &["__cause__", "__context__", "__suppress_context__", "__traceback__", "args"]),
    (&[Kind::Deque], &["maxlen"]),
    (&[Kind::Array], &["itemsize", "typecode"]),
    (&[Kind::Type], &["__base__", "__bases__", "__dict__", "__module__", "__mro__", "__name__", "__qualname__"]),
];

/// Those of exceptions.
const FIELDS: &[(&Type, &[&str])] = &[
    (&exception::OS_ERROR, &["errno", "filename", "filename2", "strerror"]),
    (&exception::SYNTAX_ERROR, &["end_lineno", "end_offset", "filename", "lineno", "msg", "offset", "text"]),
    (&exception::STOP_ITERATION, &["value"]),
    (&exception::IMPORT_ERROR, &["msg", "name", "path"]),
    (&exception::ATTRIBUTE_ERROR, &["name", "obj"]),
    (&exception::NAME_ERROR, &["name"]),
    (&exception::UNICODE_ERROR, &["encoding", "end", "object", "reason", "start"]),
];

/// The type, this or one that it derives from, whose objects compute the attribute `name`.
pub fn computed_by(ty: &'static Type, name: &str) -> Option<&'static Type> {
    ancestors(ty).find(|ancestor| {
        let computes = |row: &&(&[Kind], &[&str])| row.0.contains(&ancestor.kind) && row.1.contains(&name);
        as_class(ancestor).is_none()
            && !core::ptr::eq(*ancestor, &OBJECT)
            && (COMPUTED.iter().any(|row| computes(&row))
                || FIELDS.iter().any(|row| core::ptr::eq(row.0, *ancestor) && row.1.contains(&name)))
    })
}

/// What every object has, beside its table and its special methods.
const ALL: &[&str] = &["__class__", "__dir__", "__doc__", "__format__", "__sizeof__"];

/// Calls `note` with each further name of a type's objects.
pub fn note(vm: &Vm, ty: &'static Type, note: &dyn Fn(Word) -> Outcome<()>) -> Outcome<()> {
    let text = |text: &&str| note(Word::name(vm.intern(text)?));
    ALL.iter().try_for_each(text)?;
    for row in OBJECT.rows.iter().chain(special::PLAIN_ROWS.iter()) {
        note(row.name)?;
    }
    for ancestor in ancestors(ty) {
        if let Some(class) = as_class(ancestor) {
            let names: &[&str] = if class.is_closed() { &["__module__"] } else { &["__dict__", "__module__", "__weakref__"] };
            names.iter().try_for_each(text)?;
            continue;
        }
        if core::ptr::eq(ancestor, &OBJECT) {
            continue;
        }
        if ancestor.header.0.get().kind == Kind::NamedTuple {
            super::namedtuple::names(ancestor, note)?;
        }
        for row in operators::ROWS.iter().chain(special::ROWS.iter()) {
            if row.name.as_name().is_some_and(|name| special::find(ancestor, name).is_some()) {
                note(row.name)?;
            }
        }
        let computed = COMPUTED.iter().filter(|row| row.0.contains(&ancestor.kind)).flat_map(|row| row.1);
        let fields = FIELDS.iter().filter(|row| core::ptr::eq(row.0, ancestor)).flat_map(|row| row.1);
        computed.chain(fields).try_for_each(text)?;
    }
    Ok(())
}

/// Takes out what a class keeps for itself.
pub fn forget(vm: &Vm, names: Handle<Dict>) -> Outcome<()> {
    for hidden in [".name", "__annotate__", "__classcell__", "__qualname__"] {
        names.map.remove(vm, Word::name(vm.intern(hidden)?))?;
    }
    Ok(())
}
