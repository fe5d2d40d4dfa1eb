//! Formatting: the mini-language of `format()`, f-strings and `str.format`, and the `%` operator (`percent`).
//!
//! Everything is written straight into one `Builder`. A number is first made as bare digits in a `Scratch`, since its
//! padding and grouping depend on their count; then `put_number` lays it out.

mod complex;

use super::class::{is_class, lookup_special};
use super::complex::Complex;
use super::decimal::{self, Point, Scratch, repeat};
use super::exception::{INDEX_ERROR, KEY_ERROR, OVERFLOW_ERROR, TYPE_ERROR};
use super::float::{Float, Real};
use super::handle::{Args, Handle};
use super::int;
use super::kind::{Kind, Unary};
use super::number::print_magnitude;
use super::print::{Builder, Printer, Style};
use super::word::Word;
use crate::object::str::utf8;
use crate::vm::raise::Part::{Int, Str, Text, TypeOf};
use crate::vm::{Outcome, Raised, Vm};

/// A format specification, taken apart: `[[fill]align][sign][#][0][width][grouping][.precision][type]`.
#[derive(Clone, Copy)]
pub struct Spec<'a> {
    /// What fills up, one character.
    pub fill: &'a str,
    /// One of `<>=^`, or 0.
    pub align: u8,
    /// One of `+- `, or 0.
    pub sign: u8,
    /// `#`
    pub alternate: bool,
    /// `z`: what is rounded to zero has no sign. Hosts only.
    pub no_negative_zero: bool,
    /// The least number of characters.
    pub width: usize,
    /// `,` or `_`, or 0.
    pub grouping: u8,
    /// What follows the point.
    pub precision: Option<usize>,
    /// The type's letter, or 0.
    pub kind: u8,
}

impl Spec<'_> {
    /// The specification of no demands.
    pub(super) const PLAIN: Spec<'static> = Spec {
        fill: " ",
        align: 0,
        sign: 0,
        alternate: false,
        no_negative_zero: false,
        width: 0,
        grouping: 0,
        precision: None,
        kind: 0,
    };
}

fn take(text: &mut &str, allowed: &[u8]) -> Option<u8> {
    let first = *text.as_bytes().first()?;
    if !allowed.contains(&first) {
        return None;
    }
    *text = &text[1..];
    Some(first)
}

/// A number in decimal at the front of `text`; `None` if there is none. Where memory is small, too large ones saturate, and run out
/// of it later.
///
/// # Errors
/// `ValueError` on hosts for what no machine integer can be.
fn take_number(vm: &Vm, text: &mut &str) -> Outcome<Option<usize>> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(count);
    *text = rest;
    if count == 0 {
        return Ok(None);
    }
    let value = digits.bytes().fold(0_usize, |value, digit| value.saturating_mul(10).saturating_add((digit - b'0') as usize));
    if crate::WHOLE && value > i32::MAX as usize {
        return Err(vm.value_error("Too many decimal digits in format string"));
    }
    Ok(Some(value.min(isize::MAX as usize / 4)))
}

/// Two signs between groups, or one where no digits are, in CPython's words.
fn check_grouping(vm: &Vm, grouping: u8, rest: &str) -> Outcome<()> {
    let own = if grouping == b',' { "','" } else { "'_'" };
    let parts = match rest.as_bytes() {
        [b',' | b'_', ..] if rest.as_bytes()[0] != grouping => [Text("Cannot specify both ','"), Text(" and "), Text("'_'.")],
        [b',' | b'_', ..] => {
            [Text("Cannot specify "), Text(own), Text(if grouping == b',' { " with ','." } else { " with '_'." })]
        }
        [b's', ..] if grouping == b'_' => [Text("Cannot specify "), Text(own), Text(" with 's'.")],
        [b'n', ..] if grouping == b'_' => [Text("Cannot specify "), Text(own), Text(" with 'n'.")],
        _ => return Ok(()),
    };
    Err(vm.raise(&super::exception::VALUE_ERROR, &parts))
}

/// Takes a specification for `value` apart.
///
/// # Errors
/// `ValueError` for one that means nothing.
pub fn parse<'a>(vm: &Vm, text: &'a str, value: Word) -> Outcome<Spec<'a>> {
    const ALIGN: &[u8] = b"<>=^";
    let mut spec = Spec { ..Spec::PLAIN };
    let mut rest = text;
    let first = text.chars().next().map_or(0, char::len_utf8);
    let filled = text.as_bytes().get(first).is_some_and(|byte| ALIGN.contains(byte));
    if filled {
        spec.fill = &text[..first];
        rest = &text[first..];
    }
    spec.align = take(&mut rest, ALIGN).unwrap_or(0);
    spec.sign = take(&mut rest, b"+- ").unwrap_or(0);
    spec.no_negative_zero = crate::WHOLE && take(&mut rest, b"z").is_some();
    spec.alternate = take(&mut rest, b"#").is_some();
    if take(&mut rest, b"0").is_some() && !filled {
        spec.fill = "0";
        // Strings have no place between sign and digits: `put_text` takes this for the left.
        spec.align = if spec.align == 0 { b'0' } else { spec.align };
    }
    spec.width = take_number(vm, &mut rest)?.unwrap_or(0);
    spec.grouping = take(&mut rest, b",_").unwrap_or(0);
    if crate::WHOLE && spec.grouping != 0 {
        check_grouping(vm, spec.grouping, rest)?;
    }
    if take(&mut rest, b".").is_some() {
        spec.precision = Some(take_number(vm, &mut rest)?.ok_or_else(|| vm.value_error(MISSING))?);
    }
    spec.kind = take(&mut rest, b"bcdeEfFgGnosxX%").unwrap_or(0);
    if !rest.is_empty() {
        return Err(malformed(vm, text, rest, value));
    }
    if spec.grouping == b',' && b"bcnosxX".contains(&spec.kind) {
        let code = [spec.kind];
        let parts = [Text("Cannot specify ',' with '"), Text(utf8::checked(&code).unwrap_or("?")), Text("'.")];
        return Err(vm.raise(&super::exception::VALUE_ERROR, &parts));
    }
    Ok(spec)
}

const MISSING: &str = crate::worded("Format specifier missing precision", "format specifier missing precision");
const UNKNOWN: &str = crate::worded("Unknown format code '", "unknown format code '");

/// A specification with something behind its end.
#[cold]
fn malformed(vm: &Vm, text: &str, rest: &str, value: Word) -> Raised {
    if !crate::WHOLE {
        return vm.value_error("invalid format specifier");
    }
    let is_letter = rest.chars().count() == 1;
    let (what, part) = if is_letter { (UNKNOWN, rest) } else { ("Invalid format specifier '", text) };
    let parts = [Text(what), Text(part), Text("' for object of type '"), TypeOf(value), Text("'")];
    vm.raise(&super::exception::VALUE_ERROR, &parts)
}

/// What a specification may not say of a text, or of a whole number.
fn check_kind(vm: &Vm, spec: &Spec, is_whole: bool) -> Outcome<()> {
    let whole = [0, b'd', b'n', b'b', b'o', b'x', b'X', b'c'].contains(&spec.kind);
    if !crate::WHOLE || is_whole && !whole {
        return Ok(());
    }
    if is_whole && spec.precision.is_some() {
        return Err(vm.value_error("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(vm.value_error(if is_whole {
            "Negative zero coercion (z) not allowed in integer format specifier"
        } else {
            "Negative zero coercion (z) not allowed in string format specifier"
        }));
    }
    Ok(())
}

#[cold]
fn unknown_code(vm: &Vm, spec: &Spec, value: Word) -> Raised {
    let code = [spec.kind];
    let code = utf8::checked(&code).unwrap_or("?");
    let parts = [Text(UNKNOWN), Text(code), Text("' for object of type '"), TypeOf(value), Text("'")];
    vm.raise(&super::exception::VALUE_ERROR, &parts)
}

impl Vm {
    /// `format(value, spec)`, a `str`; instances are asked for `__format__`.
    ///
    /// # Errors
    /// `ValueError` for a specification without meaning, `TypeError` for one that does not fit, whatever printing raises.
    pub fn format(&self, value: Word, spec: &str) -> Outcome {
        if spec.is_empty() && self.as_text(value).is_some() {
            return Ok(value);
        }
        let mut out = Builder::new();
        format_into(self, &mut out, value, spec)?;
        out.finish_str(self)
    }
}

/// Whether a value's type has a `__format__` of its own.
fn knows_formats(vm: &Vm, value: Word) -> bool {
    vm.as_text(value).is_some() || int::is_int(value) || matches!(vm.type_of(value).kind, Kind::Float | Kind::Complex)
}

/// Adds `format(value, spec)` to `out`.
///
/// # Errors
/// As `Vm::format`.
pub fn format_into(vm: &Vm, out: &mut Builder, value: Word, spec: &str) -> Outcome<()> {
    vm.check_stack()?;
    let ty = vm.type_of(value);
    if is_class(ty)
        && let Some(method) = lookup_special(vm, ty, name!(__format__))
    {
        let text = vm.call(method, &[value, vm.new_str(spec)?])?;
        let text = vm.as_text(vm.native(text)).ok_or_else(|| match crate::WHOLE {
            true => vm.raise(&TYPE_ERROR, &[Text("__format__ must return a str, not "), TypeOf(text)]),
            false => vm.type_error("__format__ must return a str"),
        })?;
        return out.push(vm, text.as_bytes());
    }
    if spec.is_empty() {
        return vm.print(value, &mut Printer::new(out), Style::Str);
    }
    let value = vm.native(value);
    if crate::WHOLE && !knows_formats(vm, value) {
        let parts = [Text("unsupported format string passed to "), TypeOf(value), Text(".__format__")];
        return Err(vm.raise(&TYPE_ERROR, &parts));
    }
    let spec = parse(vm, spec, value)?;
    if let Some(text) = vm.as_text(value) {
        check_kind(vm, &spec, false)?;
        return match spec.kind {
            0 | b's' if spec.align == b'=' => Err(vm.value_error("'=' alignment not allowed in string format specifier")),
            0 | b's' if spec.sign != 0 => Err(vm.value_error("sign not allowed in string format specifier")),
            0 | b's' => put_text(vm, out, text, &spec),
            _ => Err(unknown_code(vm, &spec, value)),
        };
    }
    if int::is_int(value) {
        check_kind(vm, &spec, true)?;
        return put_int(vm, out, value, &spec);
    }
    if let Some(float) = Handle::<Float>::from(value) {
        return match spec.kind {
            0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' | b'%' => put_float(vm, out, float.value, &spec),
            _ => Err(unknown_code(vm, &spec, value)),
        };
    }
    if crate::WHOLE
        && let Some(complex) = Handle::<Complex>::from(value)
    {
        return match spec.kind {
            0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' => complex::put_complex(vm, out, complex.value, &spec),
            _ => Err(unknown_code(vm, &spec, value)),
        };
    }
    if vm.type_of(value).kind == Kind::Complex && matches!(spec.kind, 0 | b's') {
        let text = vm.str(value)?;
        return put_text(vm, out, vm.text_of(text), &Spec { align: if spec.align == 0 { b'>' } else { spec.align }, ..spec });
    }
    Err(vm.raise(&TYPE_ERROR, &[Text("can't convert '"), TypeOf(value), Text("' object to str implicitly")]))
}

fn pad(vm: &Vm, out: &mut Builder, fill: &str, count: usize) -> Outcome<()> {
    if let [byte] = *fill.as_bytes() {
        return repeat(vm, &mut Printer::new(out), byte, count);
    }
    for _ in 0..count {
        out.push(vm, fill.as_bytes())?;
    }
    Ok(())
}

/// Lays text out: cut to the precision, padded to the width, both in characters.
pub(super) fn put_text(vm: &Vm, out: &mut Builder, text: &str, spec: &Spec) -> Outcome<()> {
    let mut text = text;
    if let Some(precision) = spec.precision {
        text = text.char_indices().nth(precision).map_or(text, |(end, _)| &text[..end]);
    }
    let missing = if spec.width == 0 { 0 } else { spec.width.saturating_sub(text.chars().count()) };
    let before = match spec.align {
        b'>' => missing,
        b'^' => missing / 2,
        _ => 0,
    };
    pad(vm, out, spec.fill, before)?;
    out.push(vm, text.as_bytes())?;
    pad(vm, out, spec.fill, missing - before)
}

/// Lays a number out: `digits` begins with `whole` digits that may be grouped, by `group`.
///
/// # Errors
/// `MemoryError`.
pub fn put_number(
    vm: &Vm,
    out: &mut Builder,
    negative: bool,
    prefix: &str,
    digits: &str,
    whole: usize,
    group: usize,
    spec: &Spec,
) -> Outcome<()> {
    let sign = match spec.sign {
        _ if negative => "-",
        b'+' => "+",
        b' ' => " ",
        _ => "",
    };
    let fixed = sign.len() + prefix.len() + digits.len() - whole;
    let inside = matches!(spec.align, b'=' | b'0');
    let mut count = whole;
    if inside && spec.fill == "0" {
        // Zeros are digits, and are grouped as such.
        let wanted = spec.width.saturating_sub(fixed);
        count = wanted;
        if spec.grouping != 0 && whole > 0 {
            // A separator never comes first: where one would, there is another zero.
            count -= wanted / (group + 1);
            count += (count > 0 && count + (count - 1) / group < wanted) as usize;
        }
        count = count.max(whole);
    }
    let separators = if spec.grouping == 0 || whole == 0 { 0 } else { count.saturating_sub(1) / group };
    let missing = spec.width.saturating_sub(fixed + count + separators);
    let before = match spec.align {
        b'<' => 0,
        b'^' => missing / 2,
        b'=' | b'0' => 0,
        _ => missing,
    };
    pad(vm, out, spec.fill, before)?;
    out.push(vm, sign.as_bytes())?;
    out.push(vm, prefix.as_bytes())?;
    if inside {
        pad(vm, out, spec.fill, missing)?;
    }
    if separators == 0 {
        pad(vm, out, "0", count - whole)?;
        out.push(vm, digits.as_bytes())?;
    } else {
        for index in 0..count {
            if index > 0 && (count - index).is_multiple_of(group) {
                out.push(vm, &[spec.grouping])?;
            }
            let digit = index.checked_sub(count - whole).map_or(b'0', |index| digits.as_bytes()[index]);
            out.push(vm, &[digit])?;
        }
        out.push(vm, &digits.as_bytes()[whole..])?;
    }
    if inside { Ok(()) } else { pad(vm, out, spec.fill, missing - before) }
}

pub(super) fn is_negative(word: Word) -> bool {
    use super::bigint::{Big, Room};
    Big::of(word, &Room::default()).is_some_and(|big| big.negative)
}

/// Lays an `int` or `bool` out. Here a precision (of `%`) is the least number of digits.
pub(super) fn put_int(vm: &Vm, out: &mut Builder, value: Word, spec: &Spec) -> Outcome<()> {
    let (radix, group, prefix) = match spec.kind {
        0 | b'd' | b'n' => (10, 3, ""),
        b'b' => (2, 4, "0b"),
        b'o' => (8, 4, "0o"),
        b'x' => (16, 4, "0x"),
        b'X' => (16, 4, "0X"),
        b'c' if spec.sign != 0 => return Err(vm.value_error("sign not allowed with integer format specifier 'c'")),
        b'c' => return put_character(vm, out, value, spec),
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => return put_float(vm, out, vm.float_value(value)?, spec),
        _ => return Err(unknown_code(vm, spec, value)),
    };
    let mut scratch = Scratch::new();
    print_magnitude(vm, value, radix, &mut Printer::new(&mut scratch))?;
    let missing = spec.precision.unwrap_or(0).saturating_sub(scratch.len());
    if missing > 0 {
        scratch.clear();
        let mut digits = Printer::new(&mut scratch);
        repeat(vm, &mut digits, b'0', missing)?;
        print_magnitude(vm, value, radix, &mut digits)?;
    }
    if spec.kind == b'X' {
        scratch.make_upper();
    }
    let text = scratch.text(vm)?;
    let prefix = if spec.alternate { prefix } else { "" };
    put_number(vm, out, is_negative(value), prefix, text, text.len(), group, spec)
}

fn put_character(vm: &Vm, out: &mut Builder, value: Word, spec: &Spec) -> Outcome<()> {
    let character = int::small(value).and_then(|code| u32::try_from(code).ok()).and_then(super::str::surrogate::character);
    let character = character.ok_or_else(|| vm.raise_text(&OVERFLOW_ERROR, "%c arg not in range(0x110000)"))?;
    let align = if spec.align == 0 { b'>' } else { spec.align };
    put_text(vm, out, character.encode_utf8(&mut [0; 4]), &Spec { precision: None, align, ..*spec })
}

/// Lays a float out.
pub(super) fn put_float(vm: &Vm, out: &mut Builder, value: Real, spec: &Spec) -> Outcome<()> {
    let mut scratch = Scratch::new();
    let mut digits = Printer::new(&mut scratch);
    let magnitude = value.abs();
    let point = if spec.alternate { Point::Kept } else { Point::Left };
    let precision = spec.precision.unwrap_or(6);
    if let Some(text) = decimal::special(value) {
        digits.text(vm, text)?;
    } else {
        match spec.kind.to_ascii_lowercase() {
            b'e' => decimal::print_scientific(vm, magnitude, precision, point, &mut digits)?,
            b'f' => decimal::print_fixed(vm, magnitude, precision, point, &mut digits)?,
            b'g' | b'n' => decimal::print_general(vm, magnitude, precision, point, &mut digits)?,
            b'%' if (magnitude * 100.0).is_infinite() => digits.text(vm, "inf")?,
            b'%' => decimal::print_fixed(vm, magnitude * 100.0, precision, point, &mut digits)?,
            complex::AS_REPR => decimal::print_shortest(vm, magnitude, &mut digits, point)?,
            _ if spec.precision.is_none() => decimal::print_shortest(vm, magnitude, &mut digits, Point::WithZero)?,
            _ => decimal::print_general(vm, magnitude, precision, Point::WithZero, &mut digits)?,
        }
    }
    if spec.kind == b'%' {
        digits.text(vm, "%")?;
    }
    if spec.kind.is_ascii_uppercase() {
        scratch.make_upper();
    }
    let text = scratch.text(vm)?;
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_zero = || {
        !text.bytes().take_while(|byte| !byte.eq_ignore_ascii_case(&b'e')).any(|byte| matches!(byte, b'1'..=b'9' | b'i' | b'I'))
    };
    let has_sign = value.is_sign_negative() && !value.is_nan() && !(crate::WHOLE && spec.no_negative_zero && is_zero());
    put_number(vm, out, has_sign, "", text, whole, 3, spec)
}

/// How the fields of a template are numbered, which must not change half-way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Open,
    Automatic(usize),
    Manual,
}

/// `template.format(*args)`: the fields of `template`, filled in.
///
/// # Errors
/// `ValueError` for a malformed template, `IndexError` and `KeyError` for a missing argument, what printing raises.
pub fn str_format(vm: &Vm, template: Word, args: Args) -> Outcome {
    let mut out = Builder::new();
    Template { vm, args, mapping: Word::UNSET, numbering: Numbering::Open }.expand(&mut out, vm.text_of(template), 2)?;
    out.finish_str(vm)
}

/// `template.format_map(mapping)`.
///
/// # Errors
/// As `str_format`.
#[cfg(feature = "full")]
pub fn str_format_map(vm: &Vm, template: Word, mapping: Word) -> Outcome {
    let mut out = Builder::new();
    Template { vm, args: Args::NONE, mapping, numbering: Numbering::Open }.expand(
        &mut out,
        vm.text_of(vm.native(template)),
        2,
    )?;
    out.finish_str(vm)
}

struct Template<'a> {
    vm: &'a Vm,
    args: Args<'a>,
    /// Where names are looked up besides the arguments, or `UNSET`.
    mapping: Word,
    numbering: Numbering,
}

impl Template<'_> {
    fn expand(&mut self, out: &mut Builder, template: &str, depth: u8) -> Outcome<()> {
        let vm = self.vm;
        let mut rest = template;
        while let Some(brace) = rest.bytes().position(|byte| matches!(byte, b'{' | b'}')) {
            out.push(vm, &rest.as_bytes()[..brace])?;
            let (kind, after) = (rest.as_bytes()[brace], &rest[brace + 1..]);
            if after.as_bytes().first() == Some(&kind) {
                out.push(vm, &[kind])?;
                rest = &after[1..];
            } else if kind == b'}' {
                return Err(vm.value_error("single '}' encountered in format string"));
            } else if depth == 0 {
                return Err(vm.value_error("max string recursion exceeded"));
            } else {
                rest = self.field(out, after, depth)?;
            }
        }
        out.push(vm, rest.as_bytes())
    }

    /// Expands the field at the front of `text` (its brace is behind us); returns what follows it.
    fn field<'t>(&mut self, out: &mut Builder, text: &'t str, depth: u8) -> Outcome<&'t str> {
        let vm = self.vm;
        let unmatched = || vm.value_error("unmatched '{' in format");
        let mut in_brackets = false;
        let name_end = text.bytes().position(|byte| {
            in_brackets = if in_brackets { byte != b']' } else { byte == b'[' };
            !in_brackets && matches!(byte, b'!' | b':' | b'}' | b'{')
        });
        let (name, mut rest) = text.split_at(name_end.ok_or_else(unmatched)?);
        let mut conversion = 0;
        if let Some(after) = rest.strip_prefix('!') {
            let Some(letter) = after.chars().next() else {
                return Err(vm.value_error("end of format while looking for conversion specifier"));
            };
            if !matches!(letter, 'r' | 's' | 'a') {
                let letter = letter.encode_utf8(&mut [0; 4]).len();
                return Err(
                    vm.raise(&super::exception::VALUE_ERROR, &[Text("unknown conversion specifier "), Text(&after[..letter])])
                );
            }
            conversion = letter as u8;
            rest = &after[1..];
        }
        if let Some(after) = rest.strip_prefix('}') {
            let value = convert(vm, self.value(name)?, conversion)?;
            format_into(vm, out, value, "")?;
            return Ok(after);
        }
        let spec = match rest.strip_prefix(':') {
            Some(spec) => spec,
            None if rest.is_empty() => return Err(unmatched()),
            None => return Err(vm.value_error("expected ':' after format specifier")),
        };
        let mut open = 1;
        let end = spec.bytes().position(|byte| {
            open += match byte {
                b'{' => 1,
                b'}' => -1,
                _ => 0,
            };
            open == 0
        });
        let (spec, rest) = spec.split_at(end.ok_or_else(unmatched)?);
        let value = convert(vm, self.value(name)?, conversion)?;
        if spec.as_bytes().contains(&b'{') {
            let mut expanded = Builder::new();
            self.expand(&mut expanded, spec, depth - 1)?;
            let expanded = expanded.finish_str(vm)?;
            format_into(vm, out, value, vm.text_of(expanded))?;
        } else {
            format_into(vm, out, value, spec)?;
        }
        Ok(&rest[1..])
    }

    /// The argument that a field's name names, and then its attributes and items.
    fn value(&mut self, name: &str) -> Outcome {
        let vm = self.vm;
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let mut value = self.argument(first)?;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                value = vm.attribute(value, vm.intern(&after[..end])?)?;
                rest = &after[end..];
                continue;
            }
            let after = rest
                .strip_prefix('[')
                .ok_or_else(|| vm.value_error("only '.' or '[' may follow ']' in format field specifier"))?;
            let end = after.find(']').ok_or_else(|| vm.value_error("missing ']' in format string"))?;
            let mut digits = &after[..end];
            let key = match take_number(self.vm, &mut digits)? {
                Some(index) if digits.is_empty() => Word::int(index as isize),
                _ => vm.new_str(&after[..end])?,
            };
            value = vm.item(value, key)?;
            rest = &after[end + 1..];
        }
        Ok(value)
    }

    fn argument(&mut self, name: &str) -> Outcome {
        let vm = self.vm;
        let mut digits = name;
        let index = match (take_number(self.vm, &mut digits)?, self.numbering) {
            (None, Numbering::Manual) if name.is_empty() => {
                return Err(vm.value_error("can't switch from manual field specification to automatic field numbering"));
            }
            (None, numbering) if name.is_empty() => {
                let index = if let Numbering::Automatic(next) = numbering { next } else { 0 };
                self.numbering = Numbering::Automatic(index + 1);
                index
            }
            (Some(_), Numbering::Automatic(_)) if digits.is_empty() => {
                return Err(vm.value_error("can't switch from automatic field numbering to manual field specification"));
            }
            (Some(index), _) if digits.is_empty() => {
                self.numbering = Numbering::Manual;
                index
            }
            _ if self.mapping != Word::UNSET => return vm.item(self.mapping, vm.new_str(name)?),
            _ => {
                let found = self.args.keywords().find(|(key, _)| vm.as_text(*key) == Some(name));
                return found.map(|(_, value)| value).ok_or_else(|| missing_key(vm, name));
            }
        };
        self.args.get(index).ok_or_else(|| match crate::WHOLE {
            true => {
                let said = [Text("Replacement index "), Int(index as isize), Text(" out of range for positional args tuple")];
                vm.raise(&INDEX_ERROR, &said)
            }
            false => vm.raise_text(&INDEX_ERROR, "tuple index out of range"),
        })
    }
}

/// `KeyError(name)`.
#[cold]
pub(super) fn missing_key(vm: &Vm, name: &str) -> Raised {
    match vm.new_str(name) {
        Ok(name) => vm.raise(&KEY_ERROR, &[Str(name)]),
        Err(raised) => raised,
    }
}

/// `!r`, `!s` and `!a`; 0 is none.
///
/// # Errors
/// What printing raises.
pub fn convert(vm: &Vm, value: Word, conversion: u8) -> Outcome {
    match conversion {
        b'r' => vm.repr(value),
        b's' => vm.str(value),
        b'a' => ascii(vm, value),
        _ => Ok(value),
    }
}

/// `ascii(value)`: its `repr` with everything beyond ASCII escaped.
///
/// # Errors
/// What `repr` raises.
pub fn ascii(vm: &Vm, value: Word) -> Outcome {
    let word = vm.repr(value)?;
    let text = vm.text_of(word);
    if text.is_ascii() {
        return Ok(word);
    }
    let mut out = Builder::with_capacity(vm, text.len())?;
    let mut printer = Printer::new(&mut out);
    for character in text.chars() {
        let code = character as usize;
        let (prefix, width) = match code {
            0..0x80 => {
                printer.bytes(vm, &[code as u8])?;
                continue;
            }
            0x80..0x100 => ("\\x", 2),
            0x100..0x1_0000 => ("\\u", 4),
            _ => ("\\U", 8),
        };
        printer.text(vm, prefix)?;
        printer.digits(vm, code, 16, width)?;
    }
    out.finish_str(vm)
}

/// The number of a `%d`: floats are cut, everything else is asked for its int.
pub(super) fn whole(vm: &Vm, value: Word) -> Outcome {
    match vm.ask(Unary::Int, vm.native(value))? {
        it if it == Word::NOT_IMPLEMENTED => vm.to_int(value),
        whole => Ok(whole),
    }
}

/// A message with a character and where it is, of `percent`.
#[cold]
pub(super) fn unsupported_character(vm: &Vm, code: u8, index: usize) -> Raised {
    let text = [code];
    let text = utf8::checked(&text).unwrap_or("?");
    let (high, low) = ((code >> 4) as usize, (code & 15) as usize);
    let hex = "0123456789abcdef";
    let parts = [
        Text("unsupported format character '"),
        Text(text),
        Text("' (0x"),
        Text(&hex[high..=high]),
        Text(&hex[low..=low]),
        Text(") at index "),
        Int(index as isize),
    ];
    vm.raise(&super::exception::VALUE_ERROR, &parts)
}
