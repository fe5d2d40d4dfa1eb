//! The methods of `str`, and what only `str` has.

use super::wide::Form;
use super::{search, shape, split, surrogate};
use crate::modules::frozen;
use crate::object::handle::Args;
use crate::object::kind::Type;
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::object::{class, dict, exception, format};
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// capitalize(): the first character in upper case, the rest in lower.
    #[cfg(feature = "standard")]
    def capitalize(1) = shape::capitalize;
    /// casefold(): lower case for comparing.
    #[cfg(feature = "standard")]
    def casefold(1) = shape::casefold;
    /// center(width, fill=" "): padded on both sides.
    #[cfg(feature = "standard")]
    def center(2..=3) = shape::center;
    /// count(part, start=0, end=len): how often the part occurs, without overlaps.
    #[cfg(feature = "standard")]
    def count(2..=4) = search::count;
    /// encode(encoding="utf-8"): the text as bytes.
    #[cfg(feature = "standard")]
    def encode(1..=3, keywords) = encode;
    /// endswith(suffix, start=0, end=len): whether it ends so; a tuple is a choice.
    #[cfg(feature = "standard")]
    def endswith(2..=4) = search::endswith;
    /// expandtabs(tabsize=8): tabs as spaces.
    #[cfg(feature = "standard")]
    def expandtabs(1..=2, keywords) = shape::expandtabs;
    /// find(part, start=0, end=len): the first position of the part, or -1.
    def find(2..=4) = search::find;
    /// format(*values, **values): with the fields in braces filled in.
    #[cfg(feature = "standard")]
    def format(1.., keywords) = |vm, args| format::str_format(vm, args.at(0), args.skip(1));
    /// format_map(mapping): with the fields in braces filled in from a mapping.
    #[cfg(feature = "full")]
    def format_map(2) = |vm, args| format::str_format_map(vm, args.at(0), args.at(1));
    /// index(part, start=0, end=len): as find, but raises ValueError.
    #[cfg(feature = "standard")]
    def index(2..=4) = search::index;
    /// isalnum(): whether all characters are letters or digits.
    #[cfg(feature = "standard")]
    def isalnum(1) = shape::isalnum;
    /// isalpha(): whether all characters are letters.
    #[cfg(feature = "standard")]
    def isalpha(1) = shape::isalpha;
    /// isascii(): whether all characters are ASCII.
    #[cfg(feature = "standard")]
    def isascii(1) = shape::isascii;
    /// isdecimal(): whether all characters are digits.
    #[cfg(feature = "standard")]
    def isdecimal(1) = shape::isdecimal;
    /// isdigit(): whether all characters are digits.
    def isdigit(1) = shape::isdigit;
    /// isidentifier(): whether it could be a name.
    #[cfg(feature = "standard")]
    def isidentifier(1) = shape::isidentifier;
    /// islower(): whether all letters are in lower case.
    #[cfg(feature = "standard")]
    def islower(1) = shape::islower;
    /// isnumeric(): whether all characters are digits.
    #[cfg(feature = "standard")]
    def isnumeric(1) = shape::isnumeric;
    /// isprintable(): whether repr would escape nothing.
    #[cfg(feature = "standard")]
    def isprintable(1) = shape::isprintable;
    /// isspace(): whether all characters are white space.
    #[cfg(feature = "standard")]
    def isspace(1) = shape::isspace;
    /// istitle(): whether each word begins with its only upper case letter.
    #[cfg(feature = "standard")]
    def istitle(1) = shape::istitle;
    /// isupper(): whether all letters are in upper case.
    #[cfg(feature = "standard")]
    def isupper(1) = shape::isupper;
    /// join(iterable): the items with this text between them.
    def join(2) = split::join;
    /// ljust(width, fill=" "): padded on the right.
    #[cfg(feature = "standard")]
    def ljust(2..=3) = shape::ljust;
    /// lower(): in lower case.
    def lower(1) = shape::lower;
    /// lstrip(characters=None): without white space, or these characters, on the left.
    #[cfg(feature = "standard")]
    def lstrip(1..=2) = shape::lstrip;
    /// maketrans(mapping) or maketrans(from, to, remove=""): a table for translate.
    #[cfg(feature = "standard")]
    static def maketrans(1..=3) = maketrans;
    /// partition(part): (before, part, after).
    #[cfg(feature = "standard")]
    def partition(2) = split::partition;
    /// removeprefix(prefix): without the prefix.
    #[cfg(feature = "standard")]
    def removeprefix(2) = search::removeprefix;
    /// removesuffix(suffix): without the suffix.
    #[cfg(feature = "standard")]
    def removesuffix(2) = search::removesuffix;
    /// replace(old, new, count=-1): with old parts replaced by new ones.
    def replace(3..=4, keywords) = search::replace;
    /// rfind(part, start=0, end=len): the last position of the part, or -1.
    #[cfg(feature = "standard")]
    def rfind(2..=4) = search::rfind;
    /// rindex(part, start=0, end=len): as rfind, but raises ValueError.
    #[cfg(feature = "standard")]
    def rindex(2..=4) = search::rindex;
    /// rjust(width, fill=" "): padded on the left.
    #[cfg(feature = "standard")]
    def rjust(2..=3) = shape::rjust;
    /// rpartition(part): (before, part, after) of the last one.
    #[cfg(feature = "standard")]
    def rpartition(2) = split::rpartition;
    /// rsplit(sep=None, maxsplit=-1): as split, from the right.
    #[cfg(feature = "standard")]
    def rsplit(1..=3, keywords) = split::rsplit;
    /// rstrip(characters=None): without white space, or these characters, on the right.
    #[cfg(feature = "standard")]
    def rstrip(1..=2) = shape::rstrip;
    /// split(sep=None, maxsplit=-1): a list of the parts between separators, or of the words.
    def split(1..=3, keywords) = split::split;
    /// splitlines(keepends=False): a list of the lines.
    #[cfg(feature = "standard")]
    def splitlines(1..=2, keywords) = split::splitlines;
    /// startswith(prefix, start=0, end=len): whether it begins so; a tuple is a choice.
    def startswith(2..=4) = search::startswith;
    /// strip(characters=None): without white space, or these characters, at both ends.
    def strip(1..=2) = shape::strip;
    /// swapcase(): upper and lower case exchanged.
    #[cfg(feature = "standard")]
    def swapcase(1) = shape::swapcase;
    /// title(): each word with a capital.
    #[cfg(feature = "standard")]
    def title(1) = shape::title;
    /// translate(table): each character replaced by what the table has for its number.
    #[cfg(feature = "standard")]
    def translate(2) = translate;
    /// upper(): in upper case.
    def upper(1) = shape::upper;
    /// zfill(width): zeros put before the digits.
    #[cfg(feature = "standard")]
    def zfill(2) = shape::zfill;
}

/// The encodings that are known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// ASCII.
    Ascii,
    /// Latin-1: code points below 256.
    Latin1,
}

/// The encoding that an argument names, UTF-8 without one; `None` if that is not known here.
fn encoding(vm: &Vm, word: Option<Word>) -> Outcome<Option<Encoding>> {
    const KNOWN: [(&str, Encoding); 4] =
        [("utf8", Encoding::Utf8), ("ascii", Encoding::Ascii), ("latin1", Encoding::Latin1), ("iso88591", Encoding::Latin1)];
    let Some(word) = word else { return Ok(Some(Encoding::Utf8)) };
    let name = vm.expect_text(word)?;
    let plain = || name.bytes().filter(|byte| !matches!(byte, b'-' | b'_')).map(|byte| byte.to_ascii_lowercase());
    let found = KNOWN.iter().find(|known| plain().eq(known.0.bytes()));
    Ok(found.map(|known| known.1))
}

/// `str(object)`: what `__str__` returns is not made plain, if it is of a class that derives from `str`.
fn convert(vm: &Vm, object: Word) -> Outcome {
    let ty = vm.type_of(object);
    match class::lookup_special(vm, ty, name!(__str__)).filter(|_| class::is_class(ty)) {
        None => vm.str(object),
        Some(method) => {
            let text = vm.call(method, &[object])?;
            match vm.as_text(vm.native(text)) {
                Some(_) => Ok(text),
                None => Err(crate::object::instance::no_text(vm, true, text)),
            }
        }
    }
}

/// What to do with what cannot be coded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// Raise `UnicodeError`.
    Strict,
    /// Leave it out.
    Ignore,
    /// Put `?`, or the replacement character.
    Replace,
}

/// The treatment that an argument names, strict without one; `None` if that is not known here.
fn errors(vm: &Vm, word: Option<Word>) -> Outcome<Option<Errors>> {
    Ok(match word.map_or(Ok("strict"), |word| vm.expect_text(word))? {
        "strict" => Some(Errors::Strict),
        "ignore" => Some(Errors::Ignore),
        "replace" => Some(Errors::Replace),
        _ => None,
    })
}

/// `None` if one of the two is not known here.
fn coding(vm: &Vm, args: Args) -> Outcome<Option<(Encoding, Errors)>> {
    let Some(encoding) = encoding(vm, args.either(1, name!(encoding)))? else { return Ok(None) };
    Ok(errors(vm, args.either(2, name!(errors)))?.map(|errors| (encoding, errors)))
}

/// `LookupError`: what is known nowhere.
#[cold]
fn unknown(vm: &Vm, args: Args) -> Raised {
    let named = args.either(1, name!(encoding)).filter(|word| matches!(encoding(vm, Some(*word)), Ok(None)));
    match named {
        Some(word) => vm.raise(&exception::LOOKUP_ERROR, &[Part::Text("unknown encoding: "), Part::Str(word)]),
        None => vm.raise_text(&exception::LOOKUP_ERROR, "unknown error handler name"),
    }
}

/// Encodings and treatments that are not known here: the frozen module `_codecs` may know them, if the port has it.
#[cold]
fn by_codec(vm: &Vm, way: Name, object: Word, args: Args) -> Outcome {
    let codecs = frozen::module(vm, name!(_codecs))?.set().ok_or_else(|| unknown(vm, args))?;
    let given = |index: usize, name: Name, default: Name| args.either(index, name).unwrap_or(Word::name(default));
    let encoding = given(1, name!(encoding), name!("utf-8"));
    vm.call_method(codecs, way, &[object, encoding, given(2, name!(errors), name!(strict))])
}

/// `str.encode`, and `bytes(text, encoding)`: the bytes of the text that the first argument is.
pub fn encode_text(vm: &Vm, text: &str, args: Args) -> Outcome<Builder> {
    vm.only_keywords(args, &[name!(encoding), name!(errors)])?;
    let mut out = Builder::with_capacity(vm, text.len())?;
    if crate::WHOLE
        && let Some(form) = Form::named(vm, args)
        && form.encode(vm, text, &mut out)?
    {
        return Ok(out);
    }
    let Some((encoding, errors)) = coding(vm, args)? else {
        let bytes = by_codec(vm, name!(encode), vm.new_str(text)?, args)?;
        out.push(vm, vm.bytes_of(bytes)?)?;
        return Ok(out);
    };
    if encoding == Encoding::Utf8
        && let Some((start, end)) = surrogate::find(text)
    {
        if errors == Errors::Strict {
            let object = vm.new_str(text)?;
            return Err(exception::detail::encode_error(vm, object, "utf-8", start, end, "surrogates not allowed"));
        }
        let mut rest = text;
        for character in text.chars().filter(|character| surrogate::code(*character) != *character as u32) {
            let at = rest.find(character).unwrap_or(rest.len());
            out.push(vm, &rest.as_bytes()[..at])?;
            out.push(vm, if errors == Errors::Replace { b"?" } else { b"" })?;
            rest = &rest[at + character.len_utf8()..];
        }
        out.push(vm, rest.as_bytes())?;
        return Ok(out);
    }
    if encoding == Encoding::Utf8 || text.is_ascii() {
        out.push(vm, text.as_bytes())?;
        return Ok(out);
    }
    let limit = if encoding == Encoding::Ascii { 0x80 } else { 0x100 };
    for (at, character) in text.chars().enumerate() {
        match character as u32 {
            code if code < limit => out.push(vm, &[code as u8])?,
            _ if errors == Errors::Ignore => {}
            _ if errors == Errors::Replace => out.push(vm, b"?")?,
            _ => {
                let (name, reason) = match encoding {
                    Encoding::Ascii => ("ascii", "ordinal not in range(128)"),
                    _ => ("latin-1", "ordinal not in range(256)"),
                };
                return Err(exception::detail::encode_error(vm, args.at(0), name, at, at + 1, reason));
            }
        }
    }
    Ok(out)
}

fn encode(vm: &Vm, args: Args) -> Outcome {
    encode_text(vm, vm.expect_text(args.at(0))?, args)?.finish_bytes(vm)
}

/// `str(object)`, `str(bytes, encoding)`.
pub fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(object), name!(encoding), name!(errors)])?;
    vm.expect_count(Args::of(args.positional()), 0, 3)?;
    let object = args.either(0, name!(object));
    let decodes = args.len() > 1 || args.keyword(name!(encoding)).is_some() || args.keyword(name!(errors)).is_some();
    match object {
        None => Ok(Word::name(name!(""))),
        Some(object) if decodes && vm.as_measured(object).is_some() => Err(vm.type_error("decoding str is not supported")),
        Some(object) if decodes => decode(vm, object, args),
        Some(object) => convert(vm, object),
    }
}

/// `bytes.decode`, and `str(bytes, encoding)`.
pub fn decode(vm: &Vm, object: Word, args: Args) -> Outcome {
    if crate::WHOLE
        && let Some(form) = Form::named(vm, args)
        && let Some(text) = form.decode(vm, vm.bytes_of(object)?)?
    {
        return Ok(text);
    }
    let Some((encoding, errors)) = coding(vm, args)? else { return by_codec(vm, name!(decode), object, args) };
    let cells = vm.buffer(object, false)?.bytes;
    if encoding == Encoding::Utf8 && errors == Errors::Strict {
        return vm.new_str_from_cells(cells).map_err(|raised| not_utf8(vm, object, raised));
    }
    let bytes = vm.bytes_of(object)?;
    if bytes.is_ascii() {
        return vm.new_str_from_cells(cells);
    }
    let mut out = Builder::with_capacity(vm, bytes.len())?;
    let push = |out: &mut Builder, character: char| out.push(vm, character.encode_utf8(&mut [0; 4]).as_bytes());
    let wrong = |out: &mut Builder| match errors {
        Errors::Strict => Err(vm.raise(&exception::UNICODE_ERROR, &[])),
        Errors::Ignore => Ok(()),
        Errors::Replace => push(out, char::REPLACEMENT_CHARACTER),
    };
    if encoding == Encoding::Utf8 {
        for chunk in bytes.utf8_chunks() {
            out.push(vm, chunk.valid().as_bytes())?;
            if !chunk.invalid().is_empty() {
                wrong(&mut out)?;
            }
        }
        return out.finish_str(vm);
    }
    if encoding == Encoding::Latin1 {
        return latin1(vm, bytes, out);
    }
    for (at, byte) in bytes.iter().enumerate() {
        if crate::WHOLE && errors == Errors::Strict && encoding == Encoding::Ascii && !byte.is_ascii() {
            return Err(exception::detail::decode_error(vm, object, "ascii", at, at + 1, "ordinal not in range(128)"));
        }
        if byte.is_ascii() { push(&mut out, *byte as char)? } else { wrong(&mut out)? }
    }
    out.finish_str(vm)
}

/// The text of bytes in Latin-1, some at a time.
fn latin1(vm: &Vm, bytes: &[u8], mut out: Builder) -> Outcome {
    for piece in bytes.chunks(32) {
        let (mut text, mut length) = ([0; 64], 0);
        for byte in piece {
            length += (*byte as char).encode_utf8(&mut text[length..]).len();
        }
        out.push(vm, &text[..length])?;
    }
    out.finish_str(vm)
}

/// Words the error of text that is not UTF-8, unless something else was wrong.
#[cold]
fn not_utf8(vm: &Vm, object: Word, raised: Raised) -> Raised {
    let Ok(bytes) = vm.bytes_of(object) else { return raised };
    let Err(error) = core::str::from_utf8(bytes) else { return raised };
    let start = error.valid_up_to();
    let (length, reason) = match error.error_len() {
        None => (bytes.len() - start, "unexpected end of data"),
        Some(_) if !matches!(bytes[start], 0xc2..0xf5) => (1, "invalid start byte"),
        Some(length) => (length, "invalid continuation byte"),
    };
    exception::detail::decode_error(vm, object, "utf-8", start, start + length, reason)
}

fn maketrans(vm: &Vm, args: Args) -> Outcome {
    let table = vm.new_dict()?;
    let number = |character: char| Word::int(surrogate::code(character) as isize);
    let Some(to) = args.get(1) else {
        let source = vm.receiver::<dict::Dict>(args.at(0))?;
        for (key, value) in source.map.iter() {
            let key = match vm.as_text(key).map(|text| text.chars()) {
                Some(mut characters) => match (characters.next(), characters.next()) {
                    (Some(character), None) => number(character),
                    _ => return Err(vm.value_error("string keys in translate table must be of length 1")),
                },
                None => key,
            };
            table.map.insert(vm, key, value)?;
        }
        return Ok(table.word());
    };
    let (from, to) = (vm.expect_text(args.at(0))?, vm.expect_text(to)?);
    if from.chars().count() != to.chars().count() {
        return Err(vm.value_error("the first two maketrans arguments must have equal length"));
    }
    for (from, to) in from.chars().zip(to.chars()) {
        table.map.insert(vm, number(from), number(to))?;
    }
    let removed = args.get(2).map_or(Ok(""), |word| vm.expect_text(word))?;
    removed.chars().try_for_each(|character| table.map.insert(vm, number(character), Word::NONE).map(|_| ()))?;
    Ok(table.word())
}

fn translate(vm: &Vm, args: Args) -> Outcome {
    let (text, table) = (vm.expect_text(args.at(0))?, args.at(1));
    let mut out = Builder::with_capacity(vm, text.len())?;
    for character in text.chars() {
        let mut push = |character: char| out.push(vm, character.encode_utf8(&mut [0; 4]).as_bytes());
        match vm.item(table, Word::int(surrogate::code(character) as isize)) {
            Ok(word) if word == Word::NONE => {}
            Ok(word) => match (vm.as_measured(word), word.as_int()) {
                (Some(text), _) => out.push(vm, text.text.as_bytes())?,
                (None, Some(code)) => match u32::try_from(code).ok().and_then(surrogate::character) {
                    Some(character) => push(character)?,
                    None => return Err(vm.value_error("character mapping must be in range(0x110000)")),
                },
                _ => return Err(vm.type_error("character mapping must return integer, None or str")),
            },
            Err(raised) if vm.is_instance(vm.peek_raised(raised), &exception::LOOKUP_ERROR) => {
                vm.take_raised(raised);
                push(character)?;
            }
            Err(raised) => return Err(raised),
        }
    }
    out.finish_str(vm)
}
