//! `builtins`: the types, the exceptions, and the functions that every program has.

#[cfg(feature = "standard")]
mod evaluate;
#[cfg(feature = "board")]
mod help;

use crate::object::descriptor;
use crate::object::exception::*;
use crate::object::handle::{Args, Handle};
use crate::object::introspection;
use crate::object::kind::{Binary, Kind, Unary};
use crate::object::list;
use crate::object::str::surrogate;
use crate::object::print::{Builder, Console, Printer, Sink, Style};
use crate::object::word::Word;
use crate::object::{
    bigint, bool, bytes, class, complex, dict, exception, float, format, int, iterator, number, range, set, slice, str, tuple,
};
#[cfg(feature = "standard")]
use crate::object::{bytearray, memoryview};
use crate::vfs::source;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm, quick};

table! { pub ROWS, NAMES, DOCS:
    // Types.
    const bool = Word::of_static(&bool::BOOL);
    #[cfg(feature = "standard")]
    const bytearray = Word::of_static(&bytearray::BYTEARRAY);
    #[cfg(feature = "standard")]
    const bytes = Word::of_static(&bytes::BYTES);
    #[cfg(feature = "standard")]
    const memoryview = Word::of_static(&memoryview::MEMORYVIEW);
    #[cfg(feature = "standard")]
    const complex = Word::of_static(&complex::COMPLEX);
    const dict = Word::of_static(&dict::DICT);
    const enumerate = Word::of_static(&iterator::ENUMERATE);
    #[cfg(feature = "standard")]
    const filter = Word::of_static(&iterator::FILTER);
    #[cfg(feature = "standard")]
    const float = Word::of_static(&float::FLOAT);
    #[cfg(feature = "standard")]
    const frozenset = Word::of_static(&set::FROZEN_SET);
    const int = Word::of_static(&int::INT);
    const list = Word::of_static(&list::LIST);
    #[cfg(feature = "standard")]
    const map = Word::of_static(&iterator::MAP);
    const object = Word::of_static(&class::OBJECT);
    const range = Word::of_static(&range::RANGE);
    #[cfg(feature = "standard")]
    const reversed = Word::of_static(&iterator::REVERSED);
    #[cfg(feature = "standard")]
    const set = Word::of_static(&set::SET);
    #[cfg(feature = "standard")]
    const slice = Word::of_static(&slice::SLICE);
    const str = Word::of_static(&str::STR);
    const tuple = Word::of_static(&tuple::TUPLE);
    const r#type = Word::of_static(&class::TYPE);
    #[cfg(feature = "standard")]
    const zip = Word::of_static(&iterator::ZIP);
    const property = Word::of_static(&descriptor::PROPERTY);
    const staticmethod = Word::of_static(&descriptor::STATIC_METHOD);
    const classmethod = Word::of_static(&descriptor::CLASS_METHOD);

    // Constants.
    const Ellipsis = Word::ELLIPSIS;
    const NotImplemented = Word::NOT_IMPLEMENTED;
    #[cfg(feature = "full")]
    const None = Word::NONE;
    #[cfg(feature = "full")]
    const True = Word::TRUE;
    #[cfg(feature = "full")]
    const False = Word::FALSE;

    // Functions that look at objects.
    /// getattr(object, name, default): the attribute of that name.
    def getattr(2..=3) = introspection::getattr;
    /// hasattr(object, name): whether there is such an attribute.
    def hasattr(2) = introspection::hasattr;
    /// setattr(object, name, value): sets the attribute of that name.
    def setattr(3) = introspection::setattr;
    /// delattr(object, name): removes the attribute of that name.
    #[cfg(feature = "standard")]
    def delattr(2) = introspection::delattr;
    /// isinstance(object, types): whether object is of one of these types, or of one derived from it.
    def isinstance(2) = introspection::isinstance;
    /// issubclass(class, types): whether class is one of these types, or derives from one.
    #[cfg(feature = "standard")]
    def issubclass(2) = introspection::issubclass;
    /// dir(object): the names of its attributes; without an argument, the names of the globals.
    def dir(0..=1) = introspection::dir;
    /// iter(iterable): its iterator. iter(callable, sentinel): calls until the sentinel comes.
    #[cfg(feature = "standard")]
    def iter(1..=2) = introspection::iter;
    /// iter(iterable): its iterator.
    #[cfg(not(feature = "standard"))]
    def iter(1) = |vm, args| vm.iter(args.at(0));
    /// next(iterator, default): the next item.
    def next(1..=2) = introspection::next;
    /// globals(): the dict of the module's names.
    def globals(0) = introspection::globals;
    /// aiter(iterable): its asynchronous iterator.
    #[cfg(feature = "standard")]
    def aiter(1) = crate::object::async_generator::aiter;
    /// anext(iterator), anext(iterator, default): an awaitable of the next item.
    #[cfg(feature = "standard")]
    def anext(1..=2) = crate::object::async_generator::anext;
    /// locals(): the dict of the module's names, as functions keep theirs elsewhere.
    def locals(0) = introspection::locals;
    /// __build_class__(body, name, *bases): what a class statement calls.
    #[cfg(feature = "standard")]
    def __build_class__(2.., keywords) = class::build_class;

    // Functions.
    /// __import__(name, globals=None, locals=None, fromlist=(), level=0): what `import` does.
    #[cfg(feature = "standard")]
    def __import__(1..=5, named) = import;
    /// abs(x): the absolute value.
    def abs(1) = |vm, args| vm.unary(Unary::Abs, args.at(0));
    /// all(iterable): whether all items are true.
    def all(1) = |vm, args| any(vm, args, false);
    /// any(iterable): whether some item is true.
    def any(1) = |vm, args| any(vm, args, true);
    /// ascii(x): as repr(x), with everything that is not ASCII escaped.
    #[cfg(feature = "standard")]
    def ascii(1) = |vm, args| format::ascii(vm, args.at(0));
    /// bin(x): an int in binary digits.
    #[cfg(feature = "standard")]
    def bin(1) = |vm, args| in_radix(vm, args, "0b", 2);
    /// callable(x): whether x can be called.
    def callable(1) = callable;
    /// chr(number): the character with this code point.
    def chr(1) = chr;
    /// compile(source, filename, mode, flags=0): code for eval or exec; the mode is "exec", "eval" or "single".
    #[cfg(feature = "standard")]
    def compile(1..=6, named) = evaluate::compile_source;
    /// divmod(a, b): (a // b, a % b).
    def divmod(2) = |vm, args| vm.binary(Binary::DivMod, args.at(0), args.at(1));
    /// eval(source, globals=None, locals=None): the value of an expression.
    #[cfg(feature = "standard")]
    def eval(1..=3, keywords) = evaluate::eval;
    /// exec(source, globals=None, locals=None): runs statements.
    #[cfg(feature = "standard")]
    def exec(1..=3, keywords) = evaluate::exec;
    /// execfile(path): runs the file, with the names of who calls.
    #[cfg(feature = "board")]
    def execfile(1) = |vm, args| match vm.as_text(args.at(0)) {
        Some(_) => vm.execute_file_here(args.at(0)).map(|_| Word::NONE),
        None => Err(vm.type_error("a path is a str")),
    };
    /// format(x, spec=""): x as text, as the spec says.
    #[cfg(feature = "standard")]
    def format(1..=2) = |vm, args| vm.format(args.at(0), args.get(1).map_or(Ok(""), |spec| vm.expect_text(spec))?);
    /// hash(x): a number that equal objects share.
    #[cfg(feature = "standard")]
    def hash(1) = |vm, args| vm.unary(Unary::Hash, args.at(0));
    /// help([object]): what the prompt offers; what an object has; with 'modules', which modules there are.
    #[cfg(feature = "board")]
    def help(0..=1) = help::help;
    /// hex(x): an int in hexadecimal digits.
    def hex(1) = |vm, args| in_radix(vm, args, "0x", 16);
    /// id(x): a number that no other object has.
    def id(1) = id;
    /// len(x): the number of items.
    def len(1) = |vm, args| vm.unary(Unary::Len, args.at(0));
    /// max(iterable, *, key, default) or max(a, b, …): the largest item.
    def max(0.., keywords) = |vm, args| extreme(vm, args, Binary::Greater);
    /// min(iterable, *, key, default) or min(a, b, …): the smallest item.
    def min(0.., keywords) = |vm, args| extreme(vm, args, Binary::Less);
    /// oct(x): an int in octal digits.
    #[cfg(feature = "standard")]
    def oct(1) = |vm, args| in_radix(vm, args, "0o", 8);
    /// open(path, mode="r"): opens a file.
    #[cfg(feature = "standard")]
    def open(1..=8, keywords) = crate::vfs::file::open;
    /// input(prompt=""): reads a line from the console.
    #[cfg(feature = "standard")]
    def input(0..=1) = |vm, args| {
        let prompt = args.get(0).map_or(Ok(Word::name(name!(""))), |prompt| vm.str(prompt))?;
        match crate::vfs::status::ask_replaced(vm, prompt)?.set() {
            Some(line) => Ok(line),
            None => crate::repl::input(vm, vm.text_of(prompt)),
        }
    };
    /// ord(character): its code point; for bytes of length 1, its value.
    def ord(1) = ord;
    /// pow(base, exp, mod=None): base ** exp, modulo mod.
    #[cfg(feature = "standard")]
    def pow(2..=3, named) = pow;
    /// print(*objects, sep=" ", end="\n", file=None): writes objects as text.
    def print(0.., keywords) = print;
    /// repr(x): a text that shows x as source would.
    def repr(1) = |vm, args| vm.repr(args.at(0));
    /// round(number, ndigits=None): the nearest number with so many digits; halves go to the even side.
    #[cfg(feature = "standard")]
    def round(1..=2, named) = round;
    /// sorted(iterable, *, key=None, reverse=False): a sorted list.
    def sorted(1.., keywords) = sorted;
    /// sum(iterable, start=0): start + all items.
    def sum(1..=2, keywords) = sum;

    /// vars([object]): its attributes, or the module's names.
    #[cfg(feature = "standard")]
    def vars(0..=1) = |vm, args| match args.get(0) {
        Some(object) => match vm.find_attribute(object, name!(__dict__))?.set() {
            Some(dict) => Ok(dict),
            None => Err(vm.type_error("vars() argument must have __dict__ attribute")),
        },
        None => introspection::locals(vm, args),
    };

    // Exceptions.
    const ArithmeticError = Word::of_static(&ARITHMETIC_ERROR);
    const AssertionError = Word::of_static(&ASSERTION_ERROR);
    const AttributeError = Word::of_static(&ATTRIBUTE_ERROR);
    const BaseException = Word::of_static(&BASE_EXCEPTION);
    const EOFError = Word::of_static(&EOF_ERROR);
    const Exception = Word::of_static(&EXCEPTION);
    const GeneratorExit = Word::of_static(&GENERATOR_EXIT);
    const ImportError = Word::of_static(&IMPORT_ERROR);
    const IndentationError = Word::of_static(&INDENTATION_ERROR);
    const IndexError = Word::of_static(&INDEX_ERROR);
    const KeyError = Word::of_static(&KEY_ERROR);
    const KeyboardInterrupt = Word::of_static(&KEYBOARD_INTERRUPT);
    const LookupError = Word::of_static(&LOOKUP_ERROR);
    const MemoryError = Word::of_static(&MEMORY_ERROR);
    const NameError = Word::of_static(&NAME_ERROR);
    const NotImplementedError = Word::of_static(&NOT_IMPLEMENTED_ERROR);
    const OSError = Word::of_static(&OS_ERROR);
    const OverflowError = Word::of_static(&OVERFLOW_ERROR);
    const RuntimeError = Word::of_static(&RUNTIME_ERROR);
    const StopAsyncIteration = Word::of_static(&STOP_ASYNC_ITERATION);
    const StopIteration = Word::of_static(&STOP_ITERATION);
    const SyntaxError = Word::of_static(&SYNTAX_ERROR);
    const SystemExit = Word::of_static(&SYSTEM_EXIT);
    const TypeError = Word::of_static(&TYPE_ERROR);
    const UnboundLocalError = Word::of_static(&UNBOUND_LOCAL_ERROR);
    const UnicodeError = Word::of_static(&UNICODE_ERROR);
    const ValueError = Word::of_static(&VALUE_ERROR);
    const ZeroDivisionError = Word::of_static(&ZERO_DIVISION_ERROR);
    #[cfg(feature = "standard")]
    const FloatingPointError = Word::of_static(&FLOATING_POINT_ERROR);
    #[cfg(feature = "standard")]
    const BufferError = Word::of_static(&BUFFER_ERROR);
    #[cfg(feature = "standard")]
    const ModuleNotFoundError = Word::of_static(&MODULE_NOT_FOUND_ERROR);
    #[cfg(feature = "standard")]
    const BlockingIOError = Word::of_static(&BLOCKING_IO_ERROR);
    #[cfg(feature = "standard")]
    const ChildProcessError = Word::of_static(&CHILD_PROCESS_ERROR);
    #[cfg(feature = "standard")]
    const ConnectionError = Word::of_static(&CONNECTION_ERROR);
    #[cfg(feature = "standard")]
    const BrokenPipeError = Word::of_static(&BROKEN_PIPE_ERROR);
    #[cfg(feature = "standard")]
    const ConnectionAbortedError = Word::of_static(&CONNECTION_ABORTED_ERROR);
    #[cfg(feature = "standard")]
    const ConnectionRefusedError = Word::of_static(&CONNECTION_REFUSED_ERROR);
    #[cfg(feature = "standard")]
    const ConnectionResetError = Word::of_static(&CONNECTION_RESET_ERROR);
    #[cfg(feature = "standard")]
    const FileExistsError = Word::of_static(&FILE_EXISTS_ERROR);
    #[cfg(feature = "standard")]
    const FileNotFoundError = Word::of_static(&FILE_NOT_FOUND_ERROR);
    #[cfg(feature = "standard")]
    const InterruptedError = Word::of_static(&INTERRUPTED_ERROR);
    #[cfg(feature = "standard")]
    const IsADirectoryError = Word::of_static(&IS_A_DIRECTORY_ERROR);
    #[cfg(feature = "standard")]
    const NotADirectoryError = Word::of_static(&NOT_A_DIRECTORY_ERROR);
    #[cfg(feature = "standard")]
    const PermissionError = Word::of_static(&PERMISSION_ERROR);
    #[cfg(feature = "standard")]
    const ProcessLookupError = Word::of_static(&PROCESS_LOOKUP_ERROR);
    #[cfg(feature = "standard")]
    const TimeoutError = Word::of_static(&TIMEOUT_ERROR);
    #[cfg(feature = "standard")]
    const ReferenceError = Word::of_static(&REFERENCE_ERROR);
    #[cfg(feature = "standard")]
    const RecursionError = Word::of_static(&RECURSION_ERROR);
    #[cfg(feature = "standard")]
    const TabError = Word::of_static(&TAB_ERROR);
    #[cfg(feature = "standard")]
    const SystemError = Word::of_static(&SYSTEM_ERROR);
    #[cfg(feature = "standard")]
    const UnicodeDecodeError = Word::of_static(&UNICODE_DECODE_ERROR);
    #[cfg(feature = "standard")]
    const UnicodeEncodeError = Word::of_static(&UNICODE_ENCODE_ERROR);
    #[cfg(feature = "standard")]
    const UnicodeTranslateError = Word::of_static(&UNICODE_TRANSLATE_ERROR);
    #[cfg(feature = "standard")]
    const Warning = Word::of_static(&WARNING);
    #[cfg(feature = "standard")]
    const BytesWarning = Word::of_static(&BYTES_WARNING);
    #[cfg(feature = "standard")]
    const DeprecationWarning = Word::of_static(&DEPRECATION_WARNING);
    #[cfg(feature = "standard")]
    const EncodingWarning = Word::of_static(&ENCODING_WARNING);
    #[cfg(feature = "standard")]
    const FutureWarning = Word::of_static(&FUTURE_WARNING);
    #[cfg(feature = "standard")]
    const ImportWarning = Word::of_static(&IMPORT_WARNING);
    #[cfg(feature = "standard")]
    const PendingDeprecationWarning = Word::of_static(&PENDING_DEPRECATION_WARNING);
    #[cfg(feature = "standard")]
    const ResourceWarning = Word::of_static(&RESOURCE_WARNING);
    #[cfg(feature = "standard")]
    const RuntimeWarning = Word::of_static(&RUNTIME_WARNING);
    #[cfg(feature = "standard")]
    const SyntaxWarning = Word::of_static(&SYNTAX_WARNING);
    #[cfg(feature = "standard")]
    const UnicodeWarning = Word::of_static(&UNICODE_WARNING);
    #[cfg(feature = "standard")]
    const UserWarning = Word::of_static(&USER_WARNING);
    #[cfg(feature = "native")]
    const ViperTypeError = Word::of_static(&VIPER_TYPE_ERROR);
    #[cfg(feature = "standard")]
    const EnvironmentError = Word::of_static(&OS_ERROR);
    #[cfg(feature = "standard")]
    const IOError = Word::of_static(&OS_ERROR);
}

/// Argument `index` of a function whose parameters have these names. By keyword on hosts alone, and by text: as names they would
/// cost a board's table more than they are worth.
fn argument(vm: &Vm, args: Args, index: usize, names: &[&str]) -> Option<Word> {
    let named = || args.keywords().find(|(name, _)| vm.as_text(*name) == Some(names[index])).map(|(_, value)| value);
    args.get(index).or_else(|| if crate::WHOLE { named() } else { None })
}

/// Refuses what a function with these parameters, of which `needed` must be given, does not take: hosts only.
fn check_named(vm: &Vm, args: Args, function: &'static str, names: &[&'static str], needed: usize) -> Outcome<()> {
    if let Some(missing) = (0..needed).find(|index| argument(vm, args, *index, names).is_none()) {
        let parts = [
            Part::Text(function),
            Part::Text("() missing required argument '"),
            Part::Text(names[missing]),
            Part::Text("' (pos "),
            Part::Int(missing as isize + 1),
            Part::Text(")"),
        ];
        return Err(vm.raise(&TYPE_ERROR, &parts));
    }
    for (name, _) in args.keywords() {
        let Some(place) = names.iter().position(|known| vm.as_text(name) == Some(known)) else {
            let parts = [Part::Repr(name), Part::Text(" is an invalid keyword argument for "), Part::Text(function), Part::Text("()")];
            return Err(vm.raise(&TYPE_ERROR, &parts));
        };
        if place < args.len() {
            let parts = [
                Part::Text("argument for "),
                Part::Text(function),
                Part::Text("() given by name ("),
                Part::Repr(name),
                Part::Text(") and position ("),
                Part::Int(place as isize + 1),
                Part::Text(")"),
            ];
            return Err(vm.raise(&TYPE_ERROR, &parts));
        }
    }
    Ok(())
}

/// Argument `index` of a function whose arguments were checked.
fn needed(vm: &Vm, args: Args, index: usize, names: &[&str]) -> Word {
    argument(vm, args, index, names).expect("checked by the caller")
}

fn import(vm: &Vm, args: Args) -> Outcome {
    const NAMES: &[&str] = &["name", "globals", "locals", "fromlist", "level"];
    match crate::WHOLE {
        true => check_named(vm, args, "__import__", NAMES, 1)?,
        false => vm.expect_count(args, 1, 5)?,
    }
    let given = |index: usize| argument(vm, args, index, NAMES);
    let name = vm.intern(vm.expect_text(needed(vm, args, 0, NAMES))?)?;
    let fromlist = match given(3) {
        Some(list) if vm.truth(list)? => list,
        _ => Word::NONE,
    };
    let level = given(4).unwrap_or(Word::int(0));
    if vm.index(level)? < 0 {
        return Err(vm.value_error("level must be >= 0"));
    }
    let globals = given(1).filter(|globals| *globals != Word::NONE && level != Word::int(0));
    match globals.map(Handle::from) {
        None => vm.import(name, fromlist, level),
        Some(Some(globals)) => vm.import_into(globals, name, fromlist, level),
        Some(None) => Err(vm.type_error("globals must be a dict")),
    }
}

/// Whether some item's truth is `wanted`; `all` asks for a false one.
fn any(vm: &Vm, args: Args, wanted: bool) -> Outcome {
    let walk = vm.walk(args.at(0))?;
    loop {
        let Some(item) = walk.next(vm)?.set() else { return Ok(Word::bool(!wanted)) };
        if vm.truth(item)? == wanted {
            return Ok(Word::bool(wanted));
        }
    }
}

fn callable(vm: &Vm, args: Args) -> Outcome {
    let object = args.at(0);
    if vm.type_of(object).slots.call.is_none() {
        return Ok(Word::FALSE);
    }
    // Instances of all classes have the slot; what counts is the method, on hosts that of the class.
    let ty = vm.type_of(object);
    if !matches!(ty.kind, Kind::Instance | Kind::Exception) {
        return Ok(Word::TRUE);
    }
    if crate::WHOLE {
        let inherited = class::native_type(ty).slots.call.is_some();
        return Ok(Word::bool(inherited || class::lookup_special(vm, ty, name!(__call__)).is_some()));
    }
    Ok(Word::bool(vm.find_attribute(object, name!(__call__))? != Word::UNSET))
}

fn chr(vm: &Vm, args: Args) -> Outcome {
    let code = vm.index(args.at(0))?;
    match u32::try_from(code).ok().and_then(surrogate::character) {
        Some(character) => vm.new_character(character),
        None => Err(vm.value_error("chr() arg not in range(0x110000)")),
    }
}

fn id(vm: &Vm, args: Args) -> Outcome {
    vm.new_uint(args.at(0).address() as u64)
}

/// An int with its digits behind a prefix.
fn in_radix(vm: &Vm, args: Args, prefix: &str, radix: usize) -> Outcome {
    let word = vm.unary(Unary::Index, args.at(0))?;
    let mut builder = Builder::new();
    let mut out = Printer::new(&mut builder);
    let negative = vm.binary(Binary::Less, word, Word::int(0))?;
    if vm.truth(negative)? {
        out.text(vm, "-")?;
    }
    out.text(vm, prefix)?;
    number::print_magnitude(vm, word, radix, &mut out)?;
    builder.finish_str(vm)
}

fn pow(vm: &Vm, args: Args) -> Outcome {
    const NAMES: &[&str] = &["base", "exp", "mod"];
    match crate::WHOLE {
        true => check_named(vm, args, "pow", NAMES, 2)?,
        false => vm.only_keywords(args, &[name!(r#mod)])?,
    }
    let (base, exponent) = (needed(vm, args, 0, NAMES), needed(vm, args, 1, NAMES));
    match args.either(2, name!(r#mod)).filter(|word| *word != Word::NONE) {
        Some(modulus) => {
            if crate::WHOLE
                && class::is_class(vm.type_of(base))
                && let Some(method) = class::lookup_special(vm, vm.type_of(base), name!(__pow__))
            {
                return vm.call(method, &[base, exponent, modulus]);
            }
            bigint::power_modulo(vm, base, exponent, modulus)
        }
        None => vm.binary(Binary::Pow, base, exponent),
    }
}

fn round(vm: &Vm, args: Args) -> Outcome {
    const NAMES: &[&str] = &["number", "ndigits"];
    match crate::WHOLE {
        true => check_named(vm, args, "round", NAMES, 1)?,
        false => vm.only_keywords(args, &[name!(ndigits)])?,
    }
    let digits = args.either(1, name!(ndigits)).filter(|word| *word != Word::NONE);
    number::round(vm, needed(vm, args, 0, NAMES), digits)
}

fn extreme(vm: &Vm, args: Args, operator: Binary) -> Outcome {
    vm.only_keywords(args, &[name!(key), name!(default)])?;
    let key = args.given(name!(key));
    if crate::WHOLE && args.len() > 1 && args.keyword(name!(default)).is_some() {
        let which = if operator == Binary::Less { "min" } else { "max" };
        let parts = [Part::Text("Cannot specify a default for "), Part::Text(which), Part::Text("() with multiple positional arguments")];
        return Err(vm.raise(&TYPE_ERROR, &parts));
    }
    let (mut best, mut best_key) = (Word::UNSET, Word::UNSET);
    let mut consider = |item: Word| {
        let item_key = key.map_or(Ok(item), |key| vm.call(key, &[item]))?;
        let better = match quick::precedes(operator, item_key, best_key) {
            _ if best == Word::UNSET => true,
            Some(better) => better,
            None => {
                let answer = vm.binary(operator, item_key, best_key)?;
                vm.truth(answer)?
            }
        };
        if better {
            (best, best_key) = (item, item_key);
        }
        Ok(())
    };
    match args.len() {
        0 if crate::WHOLE => {
            let which = if operator == Binary::Less { "min" } else { "max" };
            return Err(vm.raise(&TYPE_ERROR, &[Part::Text(which), Part::Text(" expected at least 1 argument, got 0")]));
        }
        0 => return Err(vm.type_error("function missing 1 required positional arguments")),
        1 => vm.for_each(args.at(0), &mut consider)?,
        _ => args.positional().iter().try_for_each(|item| consider(item.get()))?,
    }
    let best = best.set().or_else(|| args.keyword(name!(default)).filter(|_| args.len() == 1));
    let empty = match operator {
        _ if !crate::WHOLE => "arg is an empty sequence",
        Binary::Less => "min() arg is an empty sequence",
        _ => "max() arg is an empty sequence",
    };
    best.ok_or_else(|| vm.value_error(empty))
}

fn ord(vm: &Vm, args: Args) -> Outcome {
    let length = match vm.as_measured(args.at(0)) {
        Some(text) => {
            let mut characters = text.text.chars();
            if let (Some(character), None) = (characters.next(), characters.next()) {
                return Ok(Word::int(surrogate::code(character) as isize));
            }
            text.len(vm)
        }
        None => match vm.buffer(args.at(0), false) {
            Ok(buffer) => match buffer.bytes {
                [byte] => return Ok(Word::int(byte.get() as isize)),
                bytes => bytes.len(),
            },
            Err(raised) => {
                vm.take_raised(raised);
                let parts =
                    [Part::Text("ord() expected string of length 1, but "), Part::TypeOf(args.at(0)), Part::Text(" found")];
                return Err(vm.raise(&exception::TYPE_ERROR, &parts));
            }
        },
    };
    let text = Part::Text;
    let parts = [text("ord() expected a character, but string of length "), Part::Int(length as isize), text(" found")];
    Err(vm.raise(&exception::TYPE_ERROR, &parts))
}

/// What calls the `write` method of an object, for `print(file=…)`.
pub(crate) struct Method(pub Word);

impl Sink for Method {
    fn write(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        source::write_text(vm, self.0, bytes)
    }
}

fn print(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(sep), name!(end), name!(file), name!(flush)])?;
    let text = |name, default| args.given(name).map_or(Ok(default), |word| vm.expect_text(word));
    let (separator, end) = (text(name!(sep), " ")?, text(name!(end), "\n")?);
    let file = match args.given(name!(file)) {
        Some(file) => Some(file),
        None => crate::vfs::status::replaced_output(vm)?.set(),
    };
    match file {
        None => print_to(vm, args, &mut Printer::new(&mut Console), separator, end)?,
        Some(file) => print_to(vm, args, &mut Printer::new(&mut Method(file)), separator, end)?,
    }
    crate::vfs::flush::printed(vm, args)?;
    Ok(Word::NONE)
}

fn print_to(vm: &Vm, args: Args, out: &mut Printer, separator: &str, end: &str) -> Outcome<()> {
    for (index, object) in args.positional().iter().enumerate() {
        if index > 0 {
            out.text(vm, separator)?;
        }
        out.word(vm, object.get(), Style::Str)?;
    }
    out.text(vm, end)
}

fn sorted(vm: &Vm, args: Args) -> Outcome {
    if args.len() > 1 {
        return Err(vm.type_error("must use keyword argument for key function"));
    }
    let list: Handle<list::List> = vm.list_of(args.at(0))?;
    list::sort(vm, list, args)?;
    Ok(list.word())
}

/// Texts and bytes are joined, not summed. Hosts only.
fn refuse_to_sum(vm: &Vm, start: Word) -> Outcome<()> {
    let said = match vm.type_of(vm.native(start)).kind {
        Kind::Str => "sum() can't sum strings [use ''.join(seq) instead]",
        Kind::Bytes => "sum() can't sum bytes [use b''.join(seq) instead]",
        Kind::ByteArray => "sum() can't sum bytearray [use b''.join(seq) instead]",
        _ => return Ok(()),
    };
    Err(vm.type_error(said))
}

fn sum(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(start)])?;
    let mut total = args.either(1, name!(start)).unwrap_or(Word::int(0));
    if crate::WHOLE && total.as_int().is_none() {
        refuse_to_sum(vm, total)?;
    }
    vm.for_each(args.at(0), &mut |item| {
        total = quick::add(vm, total, item)?;
        Ok(())
    })?;
    Ok(total)
}
