//! `io` on a computer: the classes of streams are Python's (`frozen/_io`), over the native ones that `open` gives.

use super::overridden;
use interpreter::modules::core_rows;
use interpreter::object::handle::type_word;
use interpreter::object::name::Name;
use interpreter::table;
use interpreter::vfs::stream::{FILE_IO, TEXT_IO};
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// The type of native text files.
    const _TextFile = type_word(&TEXT_IO);
    /// The type of native binary files.
    const _RawFile = type_word(&FILE_IO);
    /// What a stream written in Python derives from.
    const _NativeBase = type_word(&interpreter::modules::io::IO_BASE);
}

/// What Python has instead of the native rows.
pub fn attribute(vm: &Vm, name: Name) -> Outcome {
    overridden(
        vm,
        name!(io),
        core_rows(name!(io)),
        name,
        &["IOBase", "TextIOWrapper", "BufferedWriter", "FileIO", "StringIO", "BytesIO"],
    )
}
