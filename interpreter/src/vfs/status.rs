//! What a stream tells about itself. What is not known here, a port's package `_io` may know: `_stream_NAME` is a method,
//! `_value_NAME` gives an attribute.

use super::stream::{Stream, stream};
use crate::modules::{frozen, io, sys};
use crate::object::handle::Args;
use crate::object::kind::{Access, Type};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// Names of attributes.
pub const NAMES: &[&str] = &[
    "closed",
    "encoding",
    "errors",
    "newlines",
    "utf-8",
    "strict",
    "io",
    "_open",
    "buffering",
    "newline",
    "closefd",
    "opener",
    "_input",
    "initial_bytes",
    "initial_value",
];

/// The attributes of a stream.
pub const ATTRIBUTE: Option<fn(&Vm, Word, Name, Access) -> Outcome> = Some(attribute);

/// `TextIOWrapper()`: files are opened, not made.
pub const MAKE: Option<fn(&Vm, &'static Type, Args) -> Outcome> = Some(|vm, ty, _| Err(vm.cannot_create(ty.name)));

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let set = super::assigned::attribute(vm, word, name, access)?;
    if set != Word::UNSET || !matches!(access, Access::Load) {
        return Ok(set);
    }
    let stream = stream(vm, word)?;
    if super::file::is_file(&stream)
        && let Some((path, mode)) = super::mapped::remembered(&stream)
    {
        match vm.name_text(name) {
            "name" => return Ok(path),
            "mode" => return Ok(mode),
            _ => {}
        }
    }
    Ok(match name {
        n if n == name!(closed) => Word::bool(stream.state[0].get() == Word::UNSET),
        n if stream.text && n == name!(encoding) => Word::name(name!("utf-8")),
        n if stream.text && n == name!(errors) => Word::name(name!(strict)),
        n if stream.text && n == name!(newlines) => Word::NONE,
        n => return further(vm, word, vm.name_text(n)),
    })
}

/// What programs ask streams for.
const METHODS: &[&str] = &[
    "readable",
    "writable",
    "isatty",
    "truncate",
    "read1",
    "readinto1",
    "readall",
    "peek",
    "detach",
    "getbuffer",
    "reconfigure",
];
const VALUES: &[&str] = &["name", "mode", "line_buffering", "write_through"];

/// What the port has in Python under this name.
fn further(vm: &Vm, stream: Word, name: &str) -> Outcome {
    let (prefix, is_method) = match name {
        name if METHODS.contains(&name) => ("_stream_", true),
        name if VALUES.contains(&name) => ("_value_", false),
        _ => return Ok(Word::UNSET),
    };
    let mut whole = crate::object::print::Builder::new();
    whole.push(vm, prefix.as_bytes())?;
    whole.push(vm, name.as_bytes())?;
    let whole = whole.finish_str(vm)?;
    let function = frozen::continued(vm, name!(io), vm.intern(vm.text_of(whole))?)?;
    if function == Word::UNSET {
        return Ok(function);
    }
    if is_method { crate::object::function::bind(vm, function, stream) } else { vm.call(function, &[stream]) }
}

/// What `open` is asked for that native streams have not: the port's `io._open` opens such a file. `UNSET` for all others.
///
/// # Errors
/// What that function raises.
pub fn special_open(vm: &Vm, args: Args) -> Outcome {
    let given = |at: usize, name| args.either(at, name).filter(|word| *word != Word::NONE);
    let mode = given(1, name!(mode)).and_then(|mode| vm.as_text(mode)).unwrap_or("r");
    let named = args.get(0).is_none_or(|path| vm.as_text(path).is_some() || path.as_int().is_some());
    let plain = named
        && given(3, name!(encoding)).is_none_or(|encoding| {
            vm.as_text(encoding).is_some_and(|text| text.eq_ignore_ascii_case("utf-8") || text.eq_ignore_ascii_case("utf8"))
        })
        && given(4, name!(errors)).is_none_or(|errors| errors == Word::name(name!(strict)))
        && given(5, name!(newline)).is_none_or(|ends| match vm.as_text(ends) {
            Some("\n") => !mode.contains('b'),
            // Lines are written as they are; only who reads must know of other ends.
            Some("") => !mode.contains(['r', '+', 'b']),
            _ => false,
        })
        && given(6, name!(closefd)).is_none_or(|word| word == Word::TRUE)
        && given(7, name!(opener)).is_none()
        && given(2, name!(buffering)).is_none_or(|word| word.as_int() == Some(-1) || word.as_int() == Some(1));
    if plain {
        return Ok(Word::UNSET);
    }
    let function = frozen::continued(vm, name!(io), name!(_open))?;
    if function == Word::UNSET { Ok(function) } else { vm.call_args(function, args) }
}

/// Whether the arguments of `open` ask for a file whose lines leave one by one (`buffering=1`).
pub fn by_lines(args: Args) -> bool {
    args.either(2, name!(buffering)).and_then(Word::as_int) == Some(1)
}

/// `tell` of a stream in memory: of text, it counts characters. `None` for all others.
pub fn tell(vm: &Vm, stream: &Stream) -> Option<Outcome> {
    io::is_memory(stream).then(|| io::tell_counted(vm, stream))
}

/// `seek` of a stream in memory; `None` for all others.
pub fn seek(vm: &Vm, stream: &Stream, args: Args) -> Option<Outcome> {
    io::is_memory(stream).then(|| io::seek_counted(vm, args))
}

/// What a stream in memory, of text or of bytes, begins with.
///
/// # Errors
/// `TypeError` for other arguments.
pub fn initial(vm: &Vm, args: Args, text: bool) -> Outcome<Option<Word>> {
    let name = if text { name!(initial_value) } else { name!(initial_bytes) };
    vm.only_keywords(args, &[name])?;
    Ok(args.either(0, name))
}

/// What a program has put in the place of `sys.stdout`; `UNSET` if nothing.
///
/// # Errors
/// None in practice: names are found without asking Python.
pub fn replaced_output(vm: &Vm) -> Outcome {
    replaced(vm, name!(stdout), sys::console_output())
}

fn replaced(vm: &Vm, name: Name, console: Word) -> Outcome {
    let found = crate::object::module::set_by_program(vm, &crate::modules::SYS, name)?;
    let is_console = found == console || found == Word::UNSET;
    Ok(match is_console {
        true if super::assigned::is_changed(vm, console)? => console,
        true => Word::UNSET,
        false => found,
    })
}

/// The line that `input` gets where a program has put something in the place of `sys.stdin` or `sys.stdout`: those are asked, by the
/// port's `builtins._input`. `UNSET` where the console is.
///
/// # Errors
/// What that function raises.
pub fn ask_replaced(vm: &Vm, prompt: Word) -> Outcome {
    let input = replaced(vm, name!(stdin), sys::console_input())?;
    if input == Word::UNSET && replaced_output(vm)? == Word::UNSET {
        return Ok(input);
    }
    let function = frozen::continued(vm, name!(builtins), name!(_input))?;
    if function == Word::UNSET { Ok(function) } else { vm.call(function, &[prompt]) }
}
