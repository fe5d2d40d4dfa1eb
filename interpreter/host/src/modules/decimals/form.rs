//! Decimals as text: `str`, and the specifications that most programs give to `format`.

use super::{Core, Number, shorten, slowly, to_u128};
use interpreter::object::handle::Args;
use interpreter::vm::{Outcome, Vm};

/// `str(number)`.
pub fn text(vm: &Vm, args: Args) -> Outcome {
    match Core::of(vm, args.at(0)).and_then(|core| plain(core.number(vm, args.at(0))?)) {
        Some(text) => vm.new_str(&text),
        None => slowly(vm, args, name!(_slow_text)),
    }
}

/// `format(number, spec)`.
pub fn format(vm: &Vm, args: Args) -> Outcome {
    if let Some(spec) = vm.as_text(args.at(1)).and_then(Spec::of)
        && let Some(core) = Core::of(vm, args.at(0))
        && let Some(number) = core.number(vm, args.at(0))
        && let Some(body) = body(vm, core, &spec, number, args)?
    {
        return vm.new_str(&spec.aligned(number.negative, &body));
    }
    slowly(vm, args, name!(_slow_format))
}

/// The number without its sign; `None` if the other way has to write it.
fn body(vm: &Vm, core: Core, spec: &Spec, number: Number, args: Args) -> Outcome<Option<String>> {
    let unsigned = Number { negative: false, ..number };
    if !spec.fixed {
        return Ok(plain(unsigned));
    }
    let written = match spec.precision {
        None => Some(unsigned),
        Some(precision) => {
            let rules = core.rules(vm, args.either(2, name!(context)));
            let Some(rounding) = rules.and_then(|rules| rules.rounding(vm)) else { return Ok(None) };
            let drop = -precision - number.exponent;
            // A zero loses nothing, and gets nothing but zeros.
            let kept = if number.is_zero() {
                number.digits
            } else if drop < -MOST {
                return Ok(None);
            } else {
                shorten(vm, Some(core), number.digits, drop, rounding, number.negative)?.0
            };
            Some(Number { digits: kept, exponent: -precision, ..unsigned })
        }
    };
    Ok(written
        .filter(|number| (-MOST..=0).contains(&number.exponent))
        .and_then(|number| Some(pointed(&to_u128(number.digits)?.to_string(), number.exponent))))
}

/// A number that is written without an exponent, as `str` writes it.
fn plain(number: Number) -> Option<String> {
    let digits = to_u128(number.digits)?.to_string();
    if number.exponent > 0 || number.exponent + digits.len() as i64 <= -6 {
        return None;
    }
    Some(if number.negative { "-".to_owned() } else { String::new() } + &pointed(&digits, number.exponent))
}

/// Digits with their point, by an exponent that is not above 0.
fn pointed(digits: &str, exponent: i64) -> String {
    let point = exponent + digits.len() as i64;
    match usize::try_from(point) {
        Ok(0) | Err(_) => format!("0.{}{digits}", "0".repeat(-point as usize)),
        Ok(point) if point < digits.len() => format!("{}.{}", &digits[..point], &digits[point..]),
        Ok(_) => digits.to_owned(),
    }
}

/// A usual specification: `[[fill]align][sign][0][width][,][.precision f]`.
struct Spec {
    fill: char,
    align: char,
    sign: Option<char>,
    width: usize,
    grouped: bool,
    precision: Option<i64>,
    fixed: bool,
}

/// More than this, of a width or a precision, is not usual.
const MOST: i64 = 1000;

impl Spec {
    fn of(text: &str) -> Option<Spec> {
        let is_align = |c: &char| "<>=^".contains(*c);
        let mut spec = Spec { fill: ' ', align: '>', sign: None, width: 0, grouped: false, precision: None, fixed: false };
        let mut rest = text;
        let mut characters = text.chars();
        let (first, second) = (characters.next(), characters.next());
        let mut aligned = true;
        if let Some(align) = second.filter(is_align) {
            (spec.fill, spec.align) = (first?, align);
            rest = characters.as_str();
        } else if let Some(align) = first.filter(is_align) {
            spec.align = align;
            rest = &text[1..];
        } else {
            aligned = false;
        }
        if let Some(sign) = rest.chars().next().filter(|c| "+- ".contains(*c)) {
            spec.sign = Some(sign).filter(|sign| *sign != '-');
            rest = &rest[1..];
        }
        if let Some(behind) = rest.strip_prefix('0') {
            if aligned {
                return None;
            }
            (spec.fill, spec.align, rest) = ('0', '=', behind);
            if behind.starts_with('0') {
                return None;
            }
        }
        (spec.width, rest) = leading_number(rest).map_or((0, rest), |(width, rest)| (width as usize, rest));
        if let Some(behind) = rest.strip_prefix(',') {
            (spec.grouped, rest) = (true, behind);
        }
        if let Some(behind) = rest.strip_prefix('.') {
            let (precision, behind) = leading_number(behind)?;
            (spec.precision, rest) = (Some(precision), behind);
        }
        if let Some(behind) = rest.strip_prefix(['f', 'F']) {
            (spec.fixed, rest) = (true, behind);
        }
        // Zeros that fill up are grouped as well; digits that count from the first one are rounded otherwise.
        let is_usual = rest.is_empty()
            && !(spec.grouped && spec.fill == '0' && spec.align == '=')
            && (spec.fixed || spec.precision.is_none());
        is_usual.then_some(spec)
    }

    fn aligned(&self, negative: bool, body: &str) -> String {
        let sign = if negative { Some('-') } else { self.sign };
        let mut text = String::new();
        let (whole, part) = body.split_at(body.find('.').unwrap_or(body.len()));
        for (index, digit) in whole.char_indices() {
            if self.grouped && index > 0 && (whole.len() - index) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        text.push_str(part);
        let missing = self.width.saturating_sub(text.len() + usize::from(sign.is_some()));
        let before = match self.align {
            '<' => 0,
            '^' => missing / 2,
            _ => missing,
        };
        let fill = |count| std::iter::repeat_n(self.fill, count);
        let (outside, inside) = if self.align == '=' { (0, before) } else { (before, 0) };
        fill(outside).chain(sign).chain(fill(inside)).chain(text.chars()).chain(fill(missing - before)).collect()
    }
}

/// The number that a text begins with, and what follows it.
fn leading_number(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number = text[..end].parse().ok().filter(|number| *number <= MOST)?;
    Some((number, &text[end..]))
}
