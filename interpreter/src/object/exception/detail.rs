//! What exceptions are beyond type and arguments: the attributes that some types make of their arguments, subtypes of `OSError`
//! by number, the context that an exception was raised in, tracebacks as objects, and the chain that an uncaught one prints.
//!
//! The smallest interpreter has a stand-in that does nothing of this.

use super::*;
use crate::object::handle::type_word;

/// Names of attributes.
pub const NAMES: &[&str] = &[
    "name",
    "path",
    "obj",
    "encoding",
    "object",
    "start",
    "end",
    "reason",
    "errno",
    "strerror",
    "filename",
    "winerror",
    "filename2",
    "msg",
    "__dict__",
    "tracebacklimit",
    "tb_lineno",
    "tb_lasti",
    "tb_frame",
    "tb_next",
    "frame",
    "name_from",
    "f_code",
    "f_lineno",
    "f_back",
    "f_globals",
    "f_locals",
    "co_name",
    "co_qualname",
    "co_filename",
    "co_firstlineno",
];

/// What a recursion without end raises.
pub static RECURSION: &Type = &RECURSION_ERROR;
/// What an import of something that is nowhere raises.
pub static NOT_FOUND: &Type = &MODULE_NOT_FOUND_ERROR;
/// What reading an unassigned local raises.
pub static UNBOUND: &Type = &UNBOUND_LOCAL_ERROR;

/// The subtype of `OSError` for each number that has one.
const SUBTYPES: &[(u8, &Type)] = &[
    (1, &PERMISSION_ERROR),
    (2, &FILE_NOT_FOUND_ERROR),
    (3, &PROCESS_LOOKUP_ERROR),
    (4, &INTERRUPTED_ERROR),
    (10, &CHILD_PROCESS_ERROR),
    (11, &BLOCKING_IO_ERROR),
    (13, &PERMISSION_ERROR),
    (17, &FILE_EXISTS_ERROR),
    (20, &NOT_A_DIRECTORY_ERROR),
    (21, &IS_A_DIRECTORY_ERROR),
    (32, &BROKEN_PIPE_ERROR),
    (103, &CONNECTION_ABORTED_ERROR),
    (104, &CONNECTION_RESET_ERROR),
    (108, &BROKEN_PIPE_ERROR),
    (110, &TIMEOUT_ERROR),
    (111, &CONNECTION_REFUSED_ERROR),
    (114, &BLOCKING_IO_ERROR),
    (115, &BLOCKING_IO_ERROR),
];

/// The type for an error of the system.
pub fn of_number(number: isize) -> &'static Type {
    SUBTYPES.iter().find(|row| row.0 as isize == number).map_or(&OS_ERROR, |row| row.1)
}

/// Whether it is the subtype for some number.
pub fn is_of_system(ty: &'static Type) -> bool {
    SUBTYPES.iter().any(|row| core::ptr::eq(row.1, ty))
}

/// The type that is named when an exception is printed. An error of the system that has its number alone prints as `OSError`:
/// so do MicroPython's, and its clients read that line.
pub fn shown(vm: &Vm, word: Word) -> &'static Type {
    let ty = vm.type_of(word);
    match Handle::<Exception>::from(word).map_or(&[][..], |_| arguments(this(word))) {
        [number] if SUBTYPES.iter().any(|row| core::ptr::eq(row.1, ty) && number.get() == Word::int(row.0 as isize)) => &OS_ERROR,
        _ => ty,
    }
}

/// The type that `ty(*args)` makes an instance of: `OSError(2, …)` is a `FileNotFoundError`.
pub fn refined(ty: &'static Type, args: Args) -> &'static Type {
    match args.get(0).and_then(Word::as_int) {
        Some(number) if core::ptr::eq(ty, &OS_ERROR) && args.len() > 1 => of_number(number),
        _ => ty,
    }
}

/// Types whose constructors know keywords, which become attributes.
const KEYWORDS: &[(&Type, &[Name])] = &[
    (&IMPORT_ERROR, &[name!(name), name!(path), name!(name_from)]),
    (&ATTRIBUTE_ERROR, &[name!(name), name!(obj)]),
    (&NAME_ERROR, &[name!(name)]),
];

/// Attributes by position among the arguments.
const POSITIONS: &[(&Type, &[Name])] = &[
    (&UNICODE_DECODE_ERROR, &[name!(encoding), name!(object), name!(start), name!(end), name!(reason)]),
    (&UNICODE_ENCODE_ERROR, &[name!(encoding), name!(object), name!(start), name!(end), name!(reason)]),
    (&UNICODE_TRANSLATE_ERROR, &[name!(object), name!(start), name!(end), name!(reason)]),
    (&OS_ERROR, &[name!(errno), name!(strerror), name!(filename), name!(winerror), name!(filename2)]),
];

/// Puts the attributes that keywords give on a new exception.
pub fn set_fields(vm: &Vm, word: Word, args: Args) -> Outcome<()> {
    if args.keyword_count() > 0 {
        let known = KEYWORDS.iter().find(|row| vm.is_instance(word, row.0)).map_or(&[] as &[Name], |row| row.1);
        if !known.is_empty() {
            vm.only_keywords(args, known)?;
        } else if core::ptr::eq(crate::object::class::native_type(vm.type_of(word)), vm.type_of(word)) {
            return Err(vm.type_error("function doesn't take keyword arguments"));
        }
        for (name, value) in args.keywords() {
            set_extra(vm, word, name.as_name().expect("keywords are names"), value)?;
        }
    }
    system::set_paths(vm, word, args)
}

/// An attribute that the type makes of its arguments; `UNSET` for any other name.
fn load(vm: &Vm, word: Word, name: Name) -> Outcome {
    let args = arguments(this(word));
    for (ty, names) in POSITIONS {
        if let Some(index) = names.iter().position(|field| *field == name)
            && vm.is_instance(word, ty)
        {
            return Ok(args.get(index).map_or(Word::NONE, Cell::get));
        }
    }
    let of_keyword = KEYWORDS.iter().any(|(ty, names)| names.contains(&name) && vm.is_instance(word, ty));
    if of_keyword {
        return Ok(Word::NONE);
    }
    if let Some(value) = hint::of_source(vm, word, name) {
        return Ok(value);
    }
    if name == name!(msg) && (vm.is_instance(word, &IMPORT_ERROR) || vm.is_instance(word, &SYNTAX_ERROR)) {
        return Ok(first_argument(word));
    }
    if name == name!(__dict__) {
        set_extra(vm, word, name!(__dict__), Word::UNSET)?;
        let dict = extra(word).ok_or_else(|| vm.raise(&ATTRIBUTE_ERROR, &[]))?;
        dict.map.remove(vm, Word::name(name))?;
        return Ok(dict.word());
    }
    Ok(Word::UNSET)
}

/// Writes `str` of the types that have a form of their own; `false` for the others.
pub fn print(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<bool> {
    let args = arguments(this(word));
    if vm.is_instance(word, &UNICODE_ERROR) && args.len() == 5 {
        return print_unicode(vm, word, args, out).map(|()| true);
    }
    if hint::print_with_place(vm, word, out)? {
        return Ok(true);
    }
    if let [key] = args
        && vm.is_instance(word, &KEY_ERROR)
    {
        out.word(vm, key.get(), Style::Repr)?;
        return Ok(true);
    }
    if vm.is_instance(word, &OS_ERROR) && system::print(vm, word, args, out)? {
        return Ok(true);
    }
    if let [number, rest @ ..] = args
        && let Some(name) = errno_name(number.get()).filter(|_| rest.len() < 2 && vm.is_instance(word, &OS_ERROR))
    {
        out.counted(vm, "[Errno ", number.get().int_value())?;
        out.text(vm, "] ")?;
        out.text(vm, name)?;
        for text in rest {
            out.text(vm, ": ")?;
            out.word(vm, text.get(), Style::Str)?;
        }
        return Ok(true);
    }
    Ok(false)
}

/// The number of an error of the system. A text alone is none on hosts.
fn number_of(vm: &Vm, word: Word) -> Word {
    let first = first_argument(word);
    if crate::WHOLE && vm.is_instance(first, &crate::object::str::STR) { Word::NONE } else { first }
}

/// Names of the commonest errors of the system.
const ERRNO_NAMES: &[(u8, &str)] = &[
    (1, "EPERM"),
    (2, "ENOENT"),
    (5, "EIO"),
    (9, "EBADF"),
    (11, "EAGAIN"),
    (12, "ENOMEM"),
    (13, "EACCES"),
    (17, "EEXIST"),
    (19, "ENODEV"),
    (21, "EISDIR"),
    (22, "EINVAL"),
    (95, "EOPNOTSUPP"),
    (98, "EADDRINUSE"),
    (103, "ECONNABORTED"),
    (104, "ECONNRESET"),
    (105, "ENOBUFS"),
    (107, "ENOTCONN"),
    (110, "ETIMEDOUT"),
    (111, "ECONNREFUSED"),
    (113, "EHOSTUNREACH"),
    (114, "EALREADY"),
    (115, "EINPROGRESS"),
];

fn errno_name(number: Word) -> Option<&'static str> {
    let number = number.as_int()?;
    ERRNO_NAMES.iter().find(|row| row.0 as isize == number).map(|row| row.1)
}

fn print_unicode(vm: &Vm, word: Word, args: &[Cell<Word>], out: &mut Printer) -> Outcome<()> {
    let (start, end) = (args[2].get().as_int().unwrap_or(0), args[3].get().as_int().unwrap_or(0));
    let decodes = vm.is_instance(word, &UNICODE_DECODE_ERROR);
    out.text(vm, "'")?;
    out.word(vm, args[0].get(), Style::Str)?;
    out.text(vm, if decodes { "' codec can't decode byte" } else { "' codec can't encode character" })?;
    if end - start == 1 {
        let item = vm.item(args[1].get(), Word::int(start))?;
        if decodes {
            out.text(vm, " 0x")?;
            out.digits(vm, item.as_int().unwrap_or(0) as usize, 16, 2)?;
        } else {
            let code = crate::object::str::surrogate::code(vm.text_of(item).chars().next().unwrap_or('?')) as usize;
            let (prefix, width) = if code < 0x100 {
                ("\\x", 2)
            } else if code < 0x10000 {
                ("\\u", 4)
            } else {
                ("\\U", 8)
            };
            out.text(vm, " '")?;
            out.text(vm, prefix)?;
            out.digits(vm, code, 16, width)?;
            out.text(vm, "'")?;
        }
        out.counted(vm, " in position ", start)?;
    } else {
        out.counted(vm, "s in position ", start)?;
        out.counted(vm, "-", end - 1)?;
    }
    out.text(vm, ": ")?;
    out.word(vm, args[4].get(), Style::Str)
}

/// Most exceptions of a chain that are looked at.
const LONGEST_CHAIN: usize = 1000;

/// Notes that `word` was raised while `handled` was being handled. When memory is short it is not noted.
pub fn note_context(vm: &Vm, word: Word, handled: Word) {
    let Some(exception) = Handle::<Exception>::from(word).filter(|it| !is_static(*it)) else { return };
    if Handle::<Exception>::from(handled).is_none() || handled == word || own_context(vm, word).is_some() {
        return;
    }
    // A chain must not become a ring.
    let mut link = handled;
    for _ in 0..LONGEST_CHAIN {
        match own_context(vm, link) {
            Some(next) if next == word => {
                let inner = this(link);
                if Handle::<Exception>::from(inner.extra.get()).is_some() {
                    inner.extra.set(Word::UNSET);
                } else {
                    quietly(vm, || set_extra(vm, link, name!(__context__), Word::NONE));
                }
                break;
            }
            Some(next) => link = next,
            None => break,
        }
    }
    if exception.extra.get() == Word::UNSET {
        exception.extra.set(handled);
    } else {
        quietly(vm, || set_extra(vm, word, name!(__context__), handled));
    }
}

fn own_context(vm: &Vm, word: Word) -> Option<Word> {
    let (vm, dict) = (vm.here(), extra(word));
    context(word).or_else(|| vm.name_in(dict?, name!(__context__))).filter(|it| *it != Word::NONE)
}

/// Does what may fail for want of memory while an exception is under way.
fn quietly(vm: &Vm, body: impl FnOnce() -> Outcome<()>) {
    let under_way = vm.peek();
    let _ = body();
    vm.put_back(under_way);
}

/// Puts what is missing on an exception that is about to be raised: what `AttributeError` and its kin are about.
pub fn annotate(vm: &Vm, word: Word, fields: &[(Name, Word)]) {
    quietly(vm, || fields.iter().try_for_each(|(name, value)| set_extra(vm, word, *name, *value)));
}

/// Puts on a `SyntaxError` which file it is about, and its message.
pub fn annotate_source(vm: &Vm, word: Word, file: Name, message: &str) {
    quietly(vm, || {
        set_extra(vm, word, name!(filename), Word::name(file))?;
        set_extra(vm, word, name!(msg), vm.new_str(message)?)
    });
}

/// Text that is not in its encoding.
pub fn decode_error(vm: &Vm, object: Word, encoding: &str, start: usize, end: usize, reason: &str) -> Raised {
    unicode_error(vm, &UNICODE_DECODE_ERROR, object, encoding, [start, end], reason)
}

/// A character that an encoding does not have.
pub fn encode_error(vm: &Vm, object: Word, encoding: &str, start: usize, end: usize, reason: &str) -> Raised {
    unicode_error(vm, &UNICODE_ENCODE_ERROR, object, encoding, [start, end], reason)
}

fn unicode_error(vm: &Vm, ty: &'static Type, object: Word, encoding: &str, span: [usize; 2], reason: &str) -> Raised {
    let make = || {
        let [start, end] = span.map(|at| Word::int(at as isize));
        new(vm, ty, &[vm.new_str(encoding)?, object, start, end, vm.new_str(reason)?])
    };
    match make() {
        Ok(exception) => vm.raise_word(exception),
        Err(raised) => raised,
    }
}

/// What came before an exception, its cause or what was being handled, and the sentence about that.
fn before(vm: &Vm, word: Word) -> Option<(Word, &'static str)> {
    let (before, sentence) = match cause(vm, word) {
        Some(cause) => (cause, "\nThe above exception was the direct cause of the following exception:\n\n"),
        None => (own_context(vm, word)?, "\nDuring handling of the above exception, another exception occurred:\n\n"),
    };
    (Handle::<Exception>::from(before).is_some() && before != word).then_some((before, sentence))
}

/// Prints what came before an exception.
pub fn print_before(vm: &Vm, word: Word, out: &mut Printer, hints: hint::Hints) -> Outcome<()> {
    vm.check_stack()?;
    let Some((before, sentence)) = before(vm, word) else { return Ok(()) };
    vm.print_with_hints(before, out, hints)?;
    out.text(vm, sentence)
}

/// Prints a chain that has a group of exceptions in it: `traceback` knows how they are drawn. `false` for any other chain, and where
/// there is no such module or no room for it.
pub fn print_groups(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<bool> {
    let lines = || -> Outcome<Option<Handle<List>>> {
        // Nobody has a group who has not asked for its class.
        let groups = vm.loaded_modules()?.map.get(vm, Word::name(name!("_groups")))?;
        let Some(groups) = groups else { return Ok(None) };
        let Some(group) = as_type(vm.attribute(groups, name!("BaseExceptionGroup"))?) else { return Ok(None) };
        let chain = core::iter::successors(Some(word), |link| before(vm, *link).map(|(before, _)| before)).take(LONGEST_CHAIN);
        if !chain.into_iter().any(|link| vm.is_instance(link, group)) {
            return Ok(None);
        }
        let traceback = vm.import_frozen(vm.intern("traceback")?)?;
        vm.list_of(vm.call_method(traceback, vm.intern("format_exception")?, &[word])?).map(Some)
    };
    let under_way = vm.peek();
    let lines = lines().unwrap_or_else(|raised| {
        vm.take_raised(raised);
        None
    });
    vm.put_back(under_way);
    let Some(lines) = lines else { return Ok(false) };
    (0..lines.len()).try_for_each(|index| out.word(vm, lines.items.get(index), Style::Str))?;
    Ok(true)
}

/// `sys.tracebacklimit`.
pub fn traceback_limit(vm: &Vm) -> Outcome<usize> {
    let limit = vm.find_attribute(Word::of_static(&crate::modules::SYS), name!(tracebacklimit))?;
    Ok(limit.as_int().map_or(usize::MAX, |limit| limit.max(0) as usize))
}

/// Prints the notes behind an exception.
pub fn print_notes(vm: &Vm, word: Word, out: &mut Printer) -> Outcome<()> {
    let notes = extra(word).and_then(|dict| vm.name_in(dict, name!(__notes__))).and_then(Handle::<List>::from);
    let Some(notes) = notes else { return Ok(()) };
    for index in 0..notes.len() {
        out.word(vm, notes.items.get(index), Style::Str)?;
        out.text(vm, "\n")?;
    }
    Ok(())
}

/// `sys.exc_info()`.
pub fn info(vm: &Vm) -> Outcome {
    match vm.handled_now().set() {
        None => vm.new_tuple(&[Word::NONE; 3]),
        Some(exception) => vm.new_tuple(&[type_word(vm.type_of(exception)), exception, traceback_of(exception)]),
    }
}

/// `args`, the traceback, the cause and context, and what programs have set.
pub fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let exception = this(word);
    match access {
        Access::Load => {
            let value = extra(word).and_then(|dict| vm.name_in(dict, name));
            if let Some(value) = value {
                return Ok(value);
            }
            Ok(match name {
                n if n == name!(args) => {
                    if is_static(exception) {
                        vm.new_tuple(&[])?
                    } else {
                        exception.args.get()
                    }
                }
                // Of any exception: the reference's tools read messages so.
                n if n == name!(value) => first_argument(word),
                n if n == name!(errno) && vm.is_instance(word, &OS_ERROR) => number_of(vm, word),
                n if n == name!(code) && vm.is_instance(word, &SYSTEM_EXIT) => first_argument(word),
                n if n == name!(__traceback__) => traceback_of(word),
                n if n == name!(__cause__) => cause(vm, word).unwrap_or(Word::NONE),
                n if n == name!(__context__) => context(word).unwrap_or(Word::NONE),
                n if n == name!(__suppress_context__) => Word::bool(cause(vm, word).is_some()),
                _ => load(vm, word, name)?,
            })
        }
        Access::Store(args) if name == name!(args) && !is_static(exception) => {
            exception.args.set(vm.tuple_of(args)?.word());
            Ok(Word::NONE)
        }
        Access::Store(traceback) if name == name!(__traceback__) && !is_static(exception) => {
            set_traceback(vm, word, traceback)?;
            Ok(Word::NONE)
        }
        Access::Store(cause) if name == name!(__cause__) || name == name!(__context__) => {
            if cause != Word::NONE && Handle::<Exception>::from(cause).is_none() {
                let parts = [
                    Part::Text("exception "),
                    Part::Text(vm.name_text(name).trim_matches('_')),
                    Part::Text(" must be None or derive from BaseException"),
                ];
                return Err(vm.raise(&TYPE_ERROR, &parts));
            }
            set_extra(vm, word, name, cause)?;
            Ok(Word::NONE)
        }
        access => change_extra(vm, word, name, access),
    }
}

/// Notes the cause that `raise … from` names.
pub fn set_cause(vm: &Vm, word: Word, cause: Word) -> Outcome<()> {
    set_extra(vm, word, name!(__cause__), cause)
}
