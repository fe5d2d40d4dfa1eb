//! `template % values`, for `str` and for bytes-like objects.

use super::exception::TYPE_ERROR;
use super::float::Float;
use super::format::{self, Spec, put_float, put_int, put_text, unsupported_character};
use super::handle::Handle;
use super::int;
use super::kind::Kind;
use super::print::{Builder, Printer, Style};
use super::tuple::Tuple;
use super::word::Word;
use crate::object::str::utf8;
use crate::vm::raise::Part::{Text, TypeOf};
use crate::vm::{Outcome, Vm};

/// `template % values`: `template` is a `str`, or bytes-like; the result is a `str`, or `bytes`.
///
/// # Errors
/// `TypeError` when values and template do not fit, `ValueError` for a malformed template.
pub fn percent(vm: &Vm, template: Word, values: Word) -> Outcome {
    let vm = vm.here();
    let mut out = Builder::new();
    let mut values = Values { vm, all: values, next: 0, by_key: false, is_bytes: vm.as_text(template).is_none() };
    if let Some(text) = vm.as_text(template) {
        expand(vm, &mut out, text, &mut values, false)?;
        return out.finish_str(vm);
    }
    // The text of bytes is looked at as Latin-1 would be: only ASCII has meaning, and pieces between are copied. A copy as
    // bytes that cannot change keeps what runs meanwhile from pulling it away.
    let copy = vm.new_bytes_from_cells(vm.buffer(template, false)?.bytes)?;
    let copy = Handle::<super::bytes::Bytes>::from(copy).expect("just made").get();
    Scanner { vm, template: copy.bytes(), at: 0 }.expand(&mut out, &mut values, true)?;
    values.check_all_used()?;
    out.finish_bytes(vm)
}

fn expand(vm: &Vm, out: &mut Builder, text: &str, values: &mut Values, bytes: bool) -> Outcome<()> {
    Scanner { vm: vm.here(), template: text.as_bytes(), at: 0 }.expand(out, values, bytes)?;
    values.check_all_used()
}

/// The right-hand side: a tuple, a dict asked by key, or one value.
struct Values<'a> {
    vm: &'a Vm,
    all: Word,
    next: usize,
    by_key: bool,
    /// Whether the template is bytes.
    is_bytes: bool,
}

impl Values<'_> {
    fn tuple(&self) -> Option<&Tuple> {
        self.vm.as_native::<Tuple>(self.all).map(Handle::get)
    }

    /// Whether values are asked by key: a dict; on hosts, whatever has items and is neither a tuple nor text.
    fn is_mapping(&self) -> Outcome<bool> {
        let kind = self.vm.type_of(self.vm.native(self.all)).kind;
        if !crate::WHOLE || matches!(kind, Kind::Dict | Kind::Tuple | Kind::Str | Kind::Bytes | Kind::ByteArray) {
            return Ok(kind == Kind::Dict);
        }
        Ok(self.vm.find_attribute(self.all, name!(__getitem__))?.set().is_some())
    }

    fn next(&mut self) -> Outcome {
        let index = self.next;
        self.next += 1;
        let value = match self.tuple() {
            Some(tuple) => tuple.tail().get(index).map(|cell| cell.get()),
            // A dict that was asked by key has no values in a row.
            None if index == 0 && !self.by_key => Some(self.all),
            None => None,
        };
        value.ok_or_else(|| {
            self.vm.type_error(crate::worded("not enough arguments for format string", "format string needs more arguments"))
        })
    }

    fn check_all_used(&self) -> Outcome<()> {
        let count = match self.tuple() {
            Some(tuple) => tuple.len(),
            None => !(self.by_key || self.next > 0 || self.is_mapping()?) as usize,
        };
        if self.next < count {
            Err(self.vm.type_error(crate::worded(
                if self.is_bytes {
                    "not all arguments converted during bytes formatting"
                } else {
                    "not all arguments converted during string formatting"
                },
                "format string didn't convert all arguments",
            )))
        } else {
            Ok(())
        }
    }
}

struct Scanner<'a> {
    vm: &'a Vm,
    template: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn take(&mut self) -> Outcome<u8> {
        let byte = self.template.get(self.at).copied().ok_or_else(|| self.vm.value_error("incomplete format"))?;
        self.at += 1;
        Ok(byte)
    }

    fn accept(&mut self, byte: u8) -> bool {
        let found = self.template.get(self.at) == Some(&byte);
        self.at += found as usize;
        found
    }

    fn expand(&mut self, out: &mut Builder, values: &mut Values, bytes: bool) -> Outcome<()> {
        let template = self.template;
        while let Some(offset) = template[self.at..].iter().position(|&byte| byte == b'%') {
            out.push(self.vm, &template[self.at..self.at + offset])?;
            self.at += offset + 1;
            if !self.accept(b'%') {
                self.conversion(out, values, bytes)?;
            } else {
                out.push(self.vm, b"%")?;
            }
        }
        out.push(self.vm, &template[self.at..])
    }

    /// `(key)` of a conversion: the value in the dict.
    fn key(&mut self, values: &mut Values) -> Outcome<Option<Word>> {
        if !self.accept(b'(') {
            return Ok(None);
        }
        let rest = &self.template[self.at..];
        // Parentheses within a key come in pairs.
        let mut open = 1_usize;
        let length = rest.iter().position(|&byte| {
            open = open + (byte == b'(') as usize - (byte == b')') as usize;
            open == 0
        });
        let length = length.ok_or_else(|| self.vm.value_error("incomplete format key"))?;
        let key = utf8::checked(&rest[..length]).unwrap_or("");
        self.at += length + 1;
        values.by_key = true;
        if !values.is_mapping()? {
            return Err(self.vm.type_error(crate::worded("format requires a mapping", "format needs a dict")));
        }
        let key = match crate::WHOLE && values.is_bytes {
            true => self.vm.new_bytes(&rest[..length])?,
            false => self.vm.new_str(key)?,
        };
        self.vm.item(values.all, key).map(Some)
    }

    /// A number, or `*` for the next value; `None` if there is neither.
    fn count(&mut self, values: &mut Values) -> Outcome<Option<isize>> {
        if self.accept(b'*') {
            let value = values.next()?;
            if crate::WHOLE && !int::is_int(value) {
                return Err(self.vm.type_error("* wants int"));
            }
            return self.vm.index(value).map(Some);
        }
        let rest = &self.template[self.at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += length;
        let digit = |value: isize, byte: &u8| value.saturating_mul(10).saturating_add((byte - b'0') as isize);
        let value = rest[..length].iter().fold(0, digit);
        if crate::WHOLE && value > i32::MAX as isize {
            return Err(self.vm.value_error("width or precision too big"));
        }
        Ok(if length == 0 { None } else { Some(value.min(isize::MAX / 4)) })
    }

    fn conversion(&mut self, out: &mut Builder, values: &mut Values, bytes: bool) -> Outcome<()> {
        let vm = self.vm;
        let keyed = self.key(values)?;
        let mut spec = Spec { align: b'>', ..Spec::PLAIN };
        let (mut left, mut zero) = (false, false);
        loop {
            match self.template.get(self.at) {
                Some(b'-') => left = true,
                Some(b'+') => spec.sign = b'+',
                Some(b' ') if spec.sign != b'+' => spec.sign = b' ',
                Some(b' ') => {}
                Some(b'#') => spec.alternate = true,
                Some(b'0') => zero = true,
                _ => break,
            }
            self.at += 1;
        }
        let width = self.count(values)?.unwrap_or(0);
        left |= width < 0;
        spec.width = width.unsigned_abs();
        if self.accept(b'.') {
            spec.precision = Some(self.count(values)?.unwrap_or(0).max(0) as usize);
        }
        while matches!(self.template.get(self.at), Some(b'l' | b'h' | b'L')) {
            self.at += 1;
        }
        spec.kind = self.take()?;
        let value = match keyed {
            Some(value) => value,
            None if !(b"diuoxXeEfFgGcrsa".contains(&spec.kind) || crate::WHOLE && bytes && spec.kind == b'b') => {
                return Err(unsupported_character(vm, spec.kind, self.at - 1));
            }
            None => values.next()?,
        };
        if left {
            spec.align = b'<';
        } else if zero && !b"crsa".contains(&spec.kind) {
            (spec.align, spec.fill) = (b'=', "0");
        }
        self.put(out, value, &mut spec, bytes)
    }

    fn put(&self, out: &mut Builder, value: Word, spec: &mut Spec, bytes: bool) -> Outcome<()> {
        let vm = self.vm;
        match spec.kind {
            b'd' | b'i' | b'u' => {
                let whole = format::whole(vm, value);
                let whole = self.or_said(whole, spec.kind, " format: a real number is required, not ", value)?;
                spec.kind = b'd';
                put_int(vm, out, whole, spec)
            }
            b'o' | b'x' | b'X' => {
                let whole = self.or_said(vm.to_int(value), spec.kind, " format: an integer is required, not ", value)?;
                put_int(vm, out, whole, spec)
            }
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => put_float(vm, out, vm.float_value(value)?, spec),
            b'c' => self.put_character(out, value, spec, bytes),
            b's' | b'b' if crate::WHOLE && bytes => self.put_bytes(out, value, spec),
            b'r' if crate::WHOLE && bytes => self.put_object(out, value, &Spec { kind: b'a', ..*spec }, bytes),
            b'r' | b's' | b'a' => self.put_object(out, value, spec, bytes),
            other => Err(unsupported_character(vm, other, self.at - 1)),
        }
    }

    /// The outcome; on hosts with CPython's words for a value that is no such number.
    fn or_said(&self, outcome: Outcome, kind: u8, what: &str, value: Word) -> Outcome {
        let vm = self.vm;
        match outcome {
            Err(raised) if crate::WHOLE && vm.is_instance(vm.peek_raised(raised), &TYPE_ERROR) => {
                vm.take_raised(raised);
                let letter = [kind];
                let letter = utf8::checked(&letter).unwrap_or("?");
                Err(vm.raise(&TYPE_ERROR, &[Text("%"), Text(letter), Text(what), TypeOf(value)]))
            }
            outcome => outcome,
        }
    }

    /// `%s` and `%b` of a template of bytes: bytes themselves, or what `__bytes__` answers; of what has neither `%s` has the text, as in
    /// MicroPython (CPython refuses it), whose `requests` counts on that. Hosts only.
    fn put_bytes(&self, out: &mut Builder, value: Word, spec: &Spec) -> Outcome<()> {
        let vm = self.vm;
        let is_text = vm.as_text(vm.native(value)).is_some();
        let method = super::class::lookup_special(vm, vm.type_of(value), name!(__bytes__)).filter(|_| !is_text);
        let value = match method {
            Some(method) => vm.call(method, &[value])?,
            None => value,
        };
        let Some(bytes) = (if is_text { None } else { vm.buffer(value, false).map_err(|raised| vm.take_raised(raised)).ok() })
        else {
            if spec.kind == b's' {
                return self.put_object(out, value, spec, true);
            }
            let what = Text("%b requires a bytes-like object, or an object that implements __bytes__, not '");
            return Err(vm.raise(&TYPE_ERROR, &[what, TypeOf(value), Text("'")]));
        };
        let bytes = &bytes.bytes[..bytes.bytes.len().min(spec.precision.unwrap_or(usize::MAX))];
        self.put_padded(out, bytes, spec)
    }

    fn put_padded(&self, out: &mut Builder, bytes: &[core::cell::Cell<u8>], spec: &Spec) -> Outcome<()> {
        let vm = self.vm;
        let missing = spec.width.saturating_sub(bytes.len());
        let pad = |out: &mut Builder, here: bool| (0..if here { missing } else { 0 }).try_for_each(|_| out.push(vm, b" "));
        pad(out, spec.align != b'<')?;
        out.push_cells(vm, bytes)?;
        pad(out, spec.align == b'<')
    }

    fn put_character(&self, out: &mut Builder, value: Word, spec: &Spec, bytes: bool) -> Outcome<()> {
        let vm = self.vm;
        let spec = Spec { precision: None, ..*spec };
        if crate::WHOLE && bytes {
            return self.put_byte(out, value, &spec);
        }
        if let Some(text) = vm.as_text(value) {
            if text.chars().count() != 1 {
                return Err(vm.type_error(crate::worded("%c requires int or char", "%c needs int or char")));
            }
            return put_text(vm, out, text, &spec);
        }
        if Handle::<Float>::from(value).is_some() {
            return Err(vm.type_error(crate::worded("%c requires int or char", "integer needed")));
        }
        let code = vm.to_int(value)?;
        if bytes && let Some(code @ 0..256) = int::small(code) {
            return out.push(vm, &[code as u8]);
        }
        put_int(vm, out, code, &spec)
    }

    /// `%c` of a template of bytes. Hosts only.
    fn put_byte(&self, out: &mut Builder, value: Word, spec: &Spec) -> Outcome<()> {
        let vm = self.vm;
        if int::is_int(value) {
            let Some(code @ 0..256) = int::small(value) else {
                return Err(vm.raise_text(&super::exception::OVERFLOW_ERROR, "%c arg not in range(256)"));
            };
            return self.put_padded(out, &[core::cell::Cell::new(code as u8)], spec);
        }
        let kind = vm.type_of(vm.native(value)).kind;
        match vm.buffer(value, false) {
            Ok(buffer) if buffer.bytes.len() == 1 && matches!(kind, Kind::Bytes | Kind::ByteArray) => {
                self.put_padded(out, buffer.bytes, spec)
            }
            outcome => {
                let _ = outcome.map_err(|raised| vm.take_raised(raised));
                Err(vm.type_error("%c requires an integer in range(256) or a single byte"))
            }
        }
    }

    fn put_object(&self, out: &mut Builder, value: Word, spec: &Spec, bytes: bool) -> Outcome<()> {
        let vm = self.vm;
        let style = if spec.kind == b's' { Style::Str } else { Style::Repr };
        if bytes && spec.kind == b's' && vm.as_text(value).is_none() && vm.type_of(value).slots.buffer.is_some() {
            let buffer = vm.buffer(value, false)?;
            return out.push_cells(vm, &buffer.bytes[..buffer.bytes.len().min(spec.precision.unwrap_or(usize::MAX))]);
        }
        if spec.width == 0 && spec.precision.is_none() && spec.kind != b'a' {
            return vm.print(value, &mut Printer::new(out), style);
        }
        let text = format::convert(vm, value, spec.kind)?;
        put_text(vm, out, vm.text_of(text), spec)
    }
}
