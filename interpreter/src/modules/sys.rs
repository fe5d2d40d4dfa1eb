//! `sys`: the interpreter as its programs see it.

use crate::object::attrtuple;
use crate::object::exception;
use crate::object::handle::{Args, StaticStream, StaticTuple};
use crate::object::kind::{Access, Slots, Type};
use crate::object::name::Name;
use crate::object::print::{ErrorConsole, Printer};
use crate::object::tuple::TUPLE;
use crate::object::word::Word;
use crate::vfs::flush;
use crate::vfs::stream::{self, Operations, Stream, not_seekable, poll};
use crate::vm::{Outcome, Root, Vm, kept};

/// `sys.version`.
pub const VERSION: Name = name!("3.11.0; Taipan v0.1.0");

/// `sys.version_info`: the version of the language. (MicroPython answers 3.4, which libraries take for too old.)
static VERSION_INFO: StaticTuple<3> = StaticTuple::new(&TUPLE, [Word::int(3), Word::int(11), Word::int(0)]);

table! { pub ROWS, NAMES, DOCS:
    /// exit([code]): ends the program by raising SystemExit.
    def exit(0..=1) = exit;
    /// print_exception(exc[, file]): prints an exception with its traceback.
    #[cfg(feature = "standard")]
    def print_exception(1..=2) = print_exception;
    /// exc_info(): (type, value, traceback) of the exception being handled.
    #[cfg(feature = "standard")]
    def exc_info(0) = |vm, _| exception::detail::info(vm);
    /// exception(): the exception being handled, or None.
    #[cfg(feature = "standard")]
    def exception(0) = |vm, _| Ok(vm.handled_now().set().unwrap_or(Word::NONE));
    /// settrace(function): calls function(frame, event, argument) for calls, lines, returns and exceptions; None ends that.
    #[cfg(feature = "full")]
    def settrace(1) = |vm, args| { vm.set_trace(args.at(0)); Ok(Word::NONE) };
    /// gettrace(): the function that settrace was given, or None.
    #[cfg(feature = "full")]
    def gettrace(0) = |vm, _| Ok(vm.trace_function());
    /// set_coroutine_origin_tracking_depth(depth): has coroutines note so many of the frames that make them.
    #[cfg(feature = "full")]
    def set_coroutine_origin_tracking_depth(1) = |vm, args| match usize::try_from(vm.index(args.at(0))?) {
        Ok(depth) => { vm.set_origin_depth(Some(depth)); Ok(Word::NONE) }
        Err(_) => Err(vm.value_error("depth must be >= 0")),
    };
    /// get_coroutine_origin_tracking_depth(): of how many frames coroutines note that they made them.
    #[cfg(feature = "full")]
    def get_coroutine_origin_tracking_depth(0) = |vm, _| Ok(Word::int(vm.set_origin_depth(None) as isize));
    /// _getframe(depth=0): the frame that runs, or one that called it.
    #[cfg(feature = "full")]
    def _getframe(0..=1) = |vm, args| {
        let depth = vm.index_or(args.get(0), 0)?;
        vm.frame_above(usize::try_from(depth).unwrap_or(0))
    };
    /// _current_frames(): a dict of the threads' numbers and the frames that they are in.
    #[cfg(all(feature = "full", feature = "threads"))]
    def _current_frames(0) = |vm, _| vm.current_frames();
    /// _current_exceptions(): a dict of the threads' numbers and the exceptions that they handle, or None.
    #[cfg(all(feature = "full", feature = "threads"))]
    def _current_exceptions(0) = |vm, _| vm.current_exceptions();
    /// getsizeof(object): bytes of its memory.
    #[cfg(feature = "standard")]
    def getsizeof(1..=2) = |vm, args| match vm.ask(crate::object::kind::Unary::Sizeof, args.at(0))? {
        it if it == Word::NOT_IMPLEMENTED => Ok(Word::int(crate::heap::BLOCK as isize)),
        size => Ok(size),
    };
    /// intern(text): the text as an interned name.
    #[cfg(feature = "standard")]
    def intern(1) = |vm, args| match vm.as_text(args.at(0)) {
        Some(text) => Ok(Word::name(vm.intern(text)?)),
        None => Err(vm.type_error("a str is needed")),
    };
    /// The version of the language and of the interpreter.
    const version = Word::name(VERSION);
    /// The version of the language, as a tuple.
    const version_info = Word::of_static(&VERSION_INFO);
    /// What the prompt shows before a statement.
    #[cfg(feature = "standard")]
    const ps1 = Word::name(name!(">>> "));
    /// What it shows before a statement's further lines.
    #[cfg(feature = "standard")]
    const ps2 = Word::name(name!("... "));
    /// atexit(function): calls it when the program ends; the one set before, or None.
    #[cfg(feature = "standard")]
    def atexit(1) = |vm, args| {
        let before = vm.root(Root::AtExit).set().unwrap_or(Word::NONE);
        vm.set_root(Root::AtExit, args.at(0));
        Ok(before)
    };
    /// The byte order of every machine this runs on.
    #[cfg(feature = "standard")]
    const byteorder = Word::name(name!(little));
    /// The largest small int or machine int that an index may be.
    const maxsize = Word::of_static(&crate::object::bigint::MAXSIZE);
    /// Standard input.
    #[cfg(feature = "standard")]
    const stdin = Word::of_static(&STDIN);
    /// Standard output.
    #[cfg(feature = "standard")]
    const stdout = Word::of_static(&STDOUT);
    /// The error stream.
    #[cfg(feature = "standard")]
    const stderr = Word::of_static(&STDERR);
    /// The console's streams, whatever a program has put in their places.
    #[cfg(feature = "full")]
    const __stdin__ = Word::of_static(&STDIN);
    /// See `__stdin__`.
    #[cfg(feature = "full")]
    const __stdout__ = Word::of_static(&STDOUT);
    /// See `__stdin__`.
    #[cfg(feature = "full")]
    const __stderr__ = Word::of_static(&STDERR);
}

/// Texts that are values here.
#[cfg(feature = "standard")]
pub const TEXTS: &[&str] = &[">>> ", "... "];

/// What `sys.atexit` asked for, at the end of a program; once.
///
/// # Errors
/// What the function raises.
#[cfg(feature = "standard")]
pub fn run_at_exit(vm: &Vm) -> Outcome {
    let function = vm.root(Root::AtExit);
    vm.set_root(Root::AtExit, Word::UNSET);
    if function == Word::UNSET || function == Word::NONE { Ok(Word::NONE) } else { vm.call(function, &[]) }
}

/// Nothing was asked for: `sys.atexit` is not there.
///
/// # Errors
/// None.
#[cfg(not(feature = "standard"))]
pub fn run_at_exit(_: &Vm) -> Outcome {
    Ok(Word::NONE)
}

fn exit(vm: &Vm, args: Args) -> Outcome {
    let arguments = [args.get(0).unwrap_or(Word::NONE)];
    let given = &arguments[..args.len().min(1)];
    let exception = exception::new(vm, &exception::SYSTEM_EXIT, given)?;
    Err(vm.raise_word(exception))
}

fn print_exception(vm: &Vm, args: Args) -> Outcome {
    match args.get(1) {
        None => {
            let mut sink = ErrorConsole;
            vm.print_exception(args.at(0), &mut Printer::new(&mut sink))?;
        }
        Some(file) => {
            let mut builder = crate::object::print::Builder::new();
            vm.print_exception(args.at(0), &mut Printer::new(&mut builder))?;
            let text = builder.finish_str(vm)?;
            match vm.find_attribute(file, name!(write))?.set() {
                Some(write) => vm.call(write, &[text])?,
                None => return Err(vm.os_error(crate::vfs::Errno::EOPNOTSUPP.0)),
            };
        }
    }
    Ok(Word::NONE)
}

/// Attributes that depend on the port or change while running; `UNSET` for any other name.
pub fn attribute(vm: &Vm, name: Name) -> Outcome {
    if name == name!(path) {
        return list_root(vm, Root::Path, crate::modules::frozen::default_path);
    }
    if name == name!(argv) {
        return list_root(vm, Root::Argv, |vm| vm.new_list(&[]));
    }
    if name == name!(modules) {
        return vm.loaded_modules().map(|dict| dict.word());
    }
    if name == name!(platform) {
        return vm.new_str(vm.port.platform());
    }
    if name == name!(implementation) {
        return implementation(vm);
    }
    if crate::WHOLE && name == name!(version_info) {
        return version::info(vm);
    }
    if name == name!(__dir__) {
        return vm.new_tuple(&[name!(path), name!(argv), name!(modules), name!(platform), name!(implementation)].map(Word::name));
    }
    Ok(Word::UNSET)
}

fn list_root(vm: &Vm, root: Root, default: fn(&Vm) -> Outcome) -> Outcome {
    if vm.root(root) == Word::UNSET {
        vm.set_root(root, default(vm)?);
    }
    Ok(vm.root(root))
}

/// `_v2` says, as MicroPython does, that integers beyond an array's range are errors and are not cut off.
const FIELDS: [Name; 5] = [name!(name), name!(version), name!(_machine), name!(_build), name!(_v2)];
static IMPLEMENTATION_SLOTS: Slots = Slots {
    print: Some(|vm, word, out, _| attrtuple::print(vm, word, out, &FIELDS)),
    attribute: Some(|vm, word, name, access| match name {
        name if crate::WHOLE && name == name!(cache_tag) && matches!(access, Access::Load) => Ok(kept::tag(vm)),
        _ => attrtuple::attribute(vm, word, name, access, &FIELDS),
    }),
    ..attrtuple::SHARED
};
/// The type of `sys.implementation`. On hosts it says as well by which name code is kept (`cache_tag`).
static IMPLEMENTATION: Type = attrtuple::attrtuple_type(name!(implementation), &IMPLEMENTATION_SLOTS);

fn implementation(vm: &Vm) -> Outcome {
    let version = version::of_implementation(vm, &[Word::int(1), Word::int(28), Word::int(0), Word::name(name!(""))])?;
    let [machine, build] = [vm.port.machine(), vm.port.build()].map(|text| vm.new_str(text));
    vm.new_attrtuple(&IMPLEMENTATION, &[Word::name(name!(micropython)), version, machine?, build?, Word::TRUE])
}

// The console's streams. State: [0] is 0 for input, 1 for output, 2 for errors.
static STDIN: StaticStream = console(&CONSOLE_TEXT, true, 0);
static STDOUT: StaticStream = console(&CONSOLE_TEXT, true, 1);
static STDERR: StaticStream = console(&CONSOLE_TEXT, true, 2);
static STDIN_BUFFER: StaticStream = console(&CONSOLE_BYTES, false, 0);
static STDOUT_BUFFER: StaticStream = console(&CONSOLE_BYTES, false, 1);
static STDERR_BUFFER: StaticStream = console(&CONSOLE_BYTES, false, 2);

static TEXT_SLOTS: Slots = Slots { attribute: Some(stream_attribute), ..stream::SHARED };
static CONSOLE_TEXT: Type = stream::stream_type(name!(TextIOWrapper), &TEXT_SLOTS);
static CONSOLE_BYTES: Type = stream::stream_type(name!(FileIO), &stream::SLOTS);

/// The console's own `sys.stdout`.
pub fn console_output() -> Word {
    Word::of_static(&STDOUT)
}

/// The console's own `sys.stdin`.
pub fn console_input() -> Word {
    Word::of_static(&STDIN)
}

const fn console(ty: &'static Type, text: bool, number: isize) -> StaticStream {
    StaticStream::new(ty, &OPERATIONS, Word::int(number), text)
}

/// `sys.stdout.buffer` and its kin.
fn stream_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    if name != name!(buffer) || !matches!(access, Access::Load) {
        return stream::SHARED.attribute.map_or(Ok(Word::UNSET), |attribute| attribute(vm, word, name, access));
    }
    let buffers = [(&STDIN, &STDIN_BUFFER), (&STDOUT, &STDOUT_BUFFER), (&STDERR, &STDERR_BUFFER)];
    let found = buffers.iter().find(|pair| Word::of_static(pair.0) == word);
    Ok(found.map_or(Word::UNSET, |pair| Word::of_static(pair.1)))
}

static OPERATIONS: Operations = Operations {
    read,
    write,
    seekable: false,
    seek: not_seekable,
    flush: flush::console,
    close: |_, _| Ok(()),
    poll: |vm, stream, wanted| {
        let input = stream.state[0].get() == Word::int(0);
        let ready = if input { vm.has_console_input() as usize * poll::READ } else { poll::WRITE };
        Ok(wanted & ready)
    },
    descriptor: |_, stream| Ok(stream.state[0].get().int_value()),
};

/// Waits for the first byte, then takes what is there. A text stream gives lines as they are typed.
fn read(vm: &Vm, stream: &Stream, buffer: &mut [u8]) -> Outcome<usize> {
    if buffer.is_empty() {
        return Ok(0);
    }
    let Some(first) = vm.read_console()? else { return Ok(0) };
    buffer[0] = if stream.text && first == b'\r' { b'\n' } else { first };
    let mut count = 1;
    while count < buffer.len() {
        let Some(byte) = vm.take_console() else { break };
        buffer[count] = if stream.text && byte == b'\r' { b'\n' } else { byte };
        count += 1;
    }
    Ok(count)
}

fn write(vm: &Vm, stream: &Stream, bytes: &[u8]) -> Outcome<usize> {
    match stream.state[0].get().int_value() {
        2 => vm.port.write_error(bytes),
        _ if stream.text => vm.write_text(bytes),
        _ => vm.write_console(bytes),
    }
    Ok(bytes.len())
}

/// `sys.version_info` of hosts, whose parts have names.
#[cfg(feature = "full")]
pub mod version {
    use super::*;

    /// Names that are used here, and of what the prompt asks for, also while the heap is locked.
    pub const NAMES: &[&str] = &["major", "minor", "micro", "releaselevel", "serial", "final", "displayhook"];
    const FIELDS: [Name; 5] = [name!(major), name!(minor), name!(micro), name!(releaselevel), name!(serial)];
    static SLOTS: Slots = Slots {
        print: Some(|vm, word, out, _| {
            out.text(vm, "sys.version_info")?;
            attrtuple::print(vm, word, out, &FIELDS)
        }),
        attribute: Some(|vm, word, name, access| attrtuple::attribute(vm, word, name, access, &FIELDS)),
        ..attrtuple::SHARED
    };
    static VERSION_INFO: Type = attrtuple::attrtuple_type(name!(version_info), &SLOTS);

    /// A tuple as MicroPython's, whose parts have names as CPython's: packagers ask for those.
    static OWN_SLOTS: Slots = Slots {
        print: Some(|vm, word, out, style| TUPLE.slots.print.map_or(Ok(()), |print| print(vm, word, out, style))),
        attribute: Some(|vm, word, name, access| match name {
            n if n == name!(releaselevel) => Ok(Word::name(name!("final"))),
            n if n == name!(serial) => Ok(Word::int(0)),
            _ => attrtuple::attribute(vm, word, name, access, &FIELDS[..3]),
        }),
        ..attrtuple::SHARED
    };
    static OWN_VERSION: Type = attrtuple::attrtuple_type(name!(tuple), &OWN_SLOTS);

    pub(super) fn of_implementation(vm: &Vm, parts: &[Word]) -> Outcome {
        vm.new_attrtuple(&OWN_VERSION, parts)
    }

    pub(super) fn info(vm: &Vm) -> Outcome {
        let [major, minor, micro, serial] = [3, 11, 0, 0].map(Word::int);
        vm.new_attrtuple(&VERSION_INFO, &[major, minor, micro, Word::name(name!("final")), serial])
    }
}

/// `sys.version_info` of boards: a row of the table.
#[cfg(not(feature = "full"))]
mod version {
    use super::*;

    pub(super) fn of_implementation(vm: &Vm, parts: &[Word]) -> Outcome {
        vm.new_tuple(parts)
    }

    pub(super) fn info(_: &Vm) -> Outcome {
        Ok(Word::UNSET)
    }
}
