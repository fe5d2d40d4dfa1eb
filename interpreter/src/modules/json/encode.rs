//! `dumps` and `dump`: a walk over the object, as deep as the machine stack allows.

use crate::object::dict::Dict;
use crate::object::float::Float;
use crate::object::handle::{Args, Handle};
use crate::object::int;
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::print::{Builder, Printer, Sink, Style};
use crate::object::str::surrogate;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::object::{decimal, exception};
use crate::vfs::stream::Stream;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Vm};

/// How to write.
struct Layout<'v> {
    between_items: &'v str,
    after_key: &'v str,
    /// What one level is indented by.
    indent: Option<&'v str>,
    sort_keys: bool,
    skip_keys: bool,
    ascii: bool,
    allow_nan: bool,
    default: Option<Word>,
}

pub(super) fn dumps(vm: &Vm, args: Args) -> Outcome {
    let mut builder = Builder::new();
    write(vm, args, &mut Printer::new(&mut builder))?;
    builder.finish_str(vm)
}

pub(super) fn dump(vm: &Vm, args: Args) -> Outcome {
    let mut stream = Buffered { stream: args.at(1), bytes: [0; BUFFER], used: 0 };
    // A stream that cannot be written to is refused at once.
    if Handle::<Stream>::from(vm.native(stream.stream)).is_none() {
        vm.attribute(stream.stream, name!(write))?;
    }
    write(vm, args, &mut Printer::new(&mut stream))?;
    stream.flush(vm)?;
    Ok(Word::NONE)
}

const BUFFER: usize = 64;

/// Collects the many small pieces before it calls `write`.
struct Buffered {
    stream: Word,
    bytes: [u8; BUFFER],
    used: usize,
}

impl Buffered {
    fn flush(&mut self, vm: &Vm) -> Outcome<()> {
        let used = core::mem::take(&mut self.used);
        if used > 0 { send(vm, self.stream, &self.bytes[..used]) } else { Ok(()) }
    }
}

fn send(vm: &Vm, stream: Word, text: &[u8]) -> Outcome<()> {
    let native = Handle::<Stream>::from(stream);
    let binary = native.is_some_and(|stream| !stream.text);
    let mut piece = Builder::new();
    piece.push(vm, text)?;
    let piece = if binary { piece.finish_bytes(vm)? } else { piece.finish_str(vm)? };
    vm.call_method(stream, name!(write), &[piece]).map(|_| ())
}

impl Sink for Buffered {
    // Pieces are whole characters, so what is sent is text, too.
    fn write(&mut self, vm: &Vm, bytes: &[u8]) -> Outcome<()> {
        if bytes.len() > BUFFER - self.used {
            self.flush(vm)?;
        }
        if bytes.len() > BUFFER {
            return send(vm, self.stream, bytes);
        }
        self.bytes[self.used..self.used + bytes.len()].copy_from_slice(bytes);
        self.used += bytes.len();
        Ok(())
    }
}

fn write(vm: &Vm, args: Args, out: &mut Printer) -> Outcome<()> {
    const KNOWN: &[Name] = &[
        name!(separators),
        name!(indent),
        name!(sort_keys),
        name!(ensure_ascii),
        name!(allow_nan),
        name!(check_circular),
        name!(skipkeys),
        name!(default),
    ];
    vm.only_keywords(args, KNOWN)?;
    let flag = |name, default| args.keyword(name).map_or(Ok(default), |word| vm.truth(word));
    // Spaces for a number; the word lives on the stack while the text is used.
    let indent = match args.given(name!(indent)) {
        Some(word) if vm.as_text(word).is_some() => Some(word),
        Some(word) => Some(vm.binary(crate::object::kind::Binary::Mul, vm.new_str(" ")?, Word::int(vm.index(word)?.max(0)))?),
        None => None,
    };
    let separators = match args.given(name!(separators)) {
        Some(pair) => {
            let pair = vm.tuple_of(pair)?;
            if pair.len() != 2 {
                return Err(vm.value_error("separators must be a pair"));
            }
            Some((vm.expect_text(pair.get().tail()[0].get())?, vm.expect_text(pair.get().tail()[1].get())?))
        }
        None => None,
    };
    let usual = if indent.is_some() { (",", ": ") } else { (", ", ": ") };
    let (between_items, after_key) = separators.unwrap_or(usual);
    let layout = Layout {
        between_items,
        after_key,
        indent: indent.map(|word| vm.text_of(word)),
        sort_keys: flag(name!(sort_keys), false)?,
        skip_keys: flag(name!(skipkeys), false)?,
        ascii: flag(name!(ensure_ascii), false)?,
        allow_nan: flag(name!(allow_nan), true)?,
        default: args.given(name!(default)),
    };
    value(vm, &layout, args.at(0), 0, out)
}

fn value(vm: &Vm, layout: &Layout, word: Word, depth: usize, out: &mut Printer) -> Outcome<()> {
    vm.check_stack()?;
    if let Some(text) = vm.as_measured(word) {
        return string(vm, text.text, layout.ascii, out);
    }
    if scalar(vm, layout, word, out)? {
        return Ok(());
    }
    let native = vm.native(word);
    if let Some(list) = Handle::<List>::from(native) {
        return array(vm, layout, &|index| list.at(index), depth, out);
    }
    if let Some(tuple) = Handle::<Tuple>::from(native) {
        return array(vm, layout, &|index| tuple.at(index), depth, out);
    }
    if let Some(dict) = Handle::<Dict>::from(native) {
        return object(vm, layout, dict, depth, out);
    }
    if vm.type_of(native).slots.buffer.is_some_and(|buffer| buffer(vm.here(), native, false).is_some()) {
        let bytes = vm.bytes_of(native)?;
        return match core::str::from_utf8(bytes) {
            Ok(text) => string(vm, text, layout.ascii, out),
            Err(_) => Err(vm.raise(&exception::UNICODE_ERROR, &[])),
        };
    }
    match layout.default {
        Some(default) => value(vm, layout, vm.call(default, &[word])?, depth, out),
        None => {
            let parts = [Part::Text("Object of type "), Part::TypeOf(word), Part::Text(" is not JSON serializable")];
            Err(vm.raise(&exception::TYPE_ERROR, &parts))
        }
    }
}

/// Writes `None`, truths and numbers; answers whether `word` was one of them.
fn scalar(vm: &Vm, layout: &Layout, word: Word, out: &mut Printer) -> Outcome<bool> {
    if let Some((_, text)) = [(Word::NONE, "null"), (Word::TRUE, "true"), (Word::FALSE, "false")].iter().find(|pair| pair.0 == word) {
        out.text(vm, text)?;
        return Ok(true);
    }
    let native = vm.native(word);
    if int::is_int(native) {
        out.word(vm, native, Style::Repr)?;
        return Ok(true);
    }
    let Some(float) = Handle::<Float>::from(native) else { return Ok(false) };
    let special = match float.value {
        value if value.is_finite() => None,
        value if value.is_nan() => Some("NaN"),
        value => Some(if value > 0.0 { "Infinity" } else { "-Infinity" }),
    };
    match special {
        None => decimal::print_float(vm, float.value, out)?,
        Some(text) if layout.allow_nan => out.text(vm, text)?,
        Some(_) => return Err(vm.value_error("Out of range float values are not JSON compliant")),
    }
    Ok(true)
}

fn new_line(vm: &Vm, layout: &Layout, depth: usize, out: &mut Printer) -> Outcome<()> {
    let Some(indent) = layout.indent else { return Ok(()) };
    out.text(vm, "\n")?;
    (0..depth).try_for_each(|_| out.text(vm, indent))
}

fn array(vm: &Vm, layout: &Layout, items: &dyn Fn(usize) -> Option<Word>, depth: usize, out: &mut Printer) -> Outcome<()> {
    out.text(vm, "[")?;
    let mut index = 0;
    while let Some(item) = items(index) {
        if index > 0 {
            out.text(vm, layout.between_items)?;
        }
        new_line(vm, layout, depth + 1, out)?;
        value(vm, layout, item, depth + 1, out)?;
        index += 1;
    }
    if index > 0 {
        new_line(vm, layout, depth, out)?;
    }
    out.text(vm, "]")
}

fn object(vm: &Vm, layout: &Layout, dict: Handle<Dict>, depth: usize, out: &mut Printer) -> Outcome<()> {
    out.text(vm, "{")?;
    let mut first = true;
    let mut entry = |vm: &Vm, key: Word, item: Word, out: &mut Printer| {
        if !is_key(vm, key) {
            if layout.skip_keys {
                return Ok(());
            }
            let parts = [Part::Text("keys must be str, int, float, bool or None, not "), Part::TypeOf(key)];
            return Err(vm.raise(&exception::TYPE_ERROR, &parts));
        }
        if !core::mem::take(&mut first) {
            out.text(vm, layout.between_items)?;
        }
        new_line(vm, layout, depth + 1, out)?;
        write_key(vm, layout, key, out)?;
        out.text(vm, layout.after_key)?;
        value(vm, layout, item, depth + 1, out)
    };
    if layout.sort_keys {
        let keys = vm.list_of(dict.word())?;
        crate::object::list::sort(vm, keys, Args::NONE)?;
        let mut index = 0;
        while let Some(key) = keys.at(index) {
            if let Some(item) = dict.map.get(vm, key)? {
                entry(vm, key, item, out)?;
            }
            index += 1;
        }
    } else {
        let mut position = 0;
        while let Some(found) = dict.map.next_entry(position) {
            let Some((key, item)) = dict.map.entry(found) else { break };
            entry(vm, key, item, out)?;
            position = found + 1;
        }
    }
    if !first {
        new_line(vm, layout, depth, out)?;
    }
    out.text(vm, "}")
}

fn is_key(vm: &Vm, key: Word) -> bool {
    let native = vm.native(key);
    key == Word::NONE || key.is_bool() || int::is_int(native) || vm.as_measured(key).is_some() || Handle::<Float>::from(native).is_some()
}

fn write_key(vm: &Vm, layout: &Layout, key: Word, out: &mut Printer) -> Outcome<()> {
    if let Some(text) = vm.as_measured(key) {
        return string(vm, text.text, layout.ascii, out);
    }
    out.text(vm, "\"")?;
    scalar(vm, layout, key, out)?;
    out.text(vm, "\"")
}

fn string(vm: &Vm, text: &str, ascii: bool, out: &mut Printer) -> Outcome<()> {
    out.text(vm, "\"")?;
    let mut written = 0;
    for (at, character) in text.char_indices() {
        let escape = match character {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\x08' => "\\b",
            '\x0c' => "\\f",
            '\0'..' ' => "",
            '\x7f'.. if ascii || surrogate::code(character) != character as u32 => "",
            _ => continue,
        };
        out.text(vm, &text[written..at])?;
        written = at + character.len_utf8();
        if !escape.is_empty() {
            out.text(vm, escape)?;
            continue;
        }
        let half = surrogate::code(character);
        if half != character as u32 {
            out.text(vm, "\\u")?;
            out.digits(vm, half as usize, 16, 4)?;
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            out.text(vm, "\\u")?;
            out.digits(vm, usize::from(*unit), 16, 4)?;
        }
    }
    out.text(vm, &text[written..])?;
    out.text(vm, "\"")
}
