//! Decimals as text: `str`, and the specifications that most programs give to `format`.

use super::{Core, Number, shorten, slowly, to_u128};
use interpreter::object::format::{self, Spec};
use interpreter::object::handle::Args;
use interpreter::object::print::Builder;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};

/// `str(number)`.
pub fn text(vm: &Vm, args: Args) -> Outcome {
    match Core::of(vm, args.at(0)).and_then(|core| plain(core.number(vm, args.at(0))?)) {
        Some(text) => vm.new_str(&text),
        None => slowly(vm, args, name!(_slow_text)),
    }
}

/// `format(number, spec)`.
pub fn formatted(vm: &Vm, args: Args) -> Outcome {
    if let Some(spec) = vm.as_text(args.at(1)).and_then(|text| usual(vm, text, args.at(0)))
        && let Some(core) = Core::of(vm, args.at(0))
        && let Some(number) = core.number(vm, args.at(0))
        && let Some(body) = body(vm, core, &spec, number, args)?
    {
        let whole = body.find('.').unwrap_or(body.len());
        let mut out = Builder::new();
        format::put_number(vm, &mut out, number.negative, "", &body, whole, 3, &spec)?;
        return out.finish_str(vm);
    }
    slowly(vm, args, name!(_slow_format))
}

/// The number without its sign; `None` if the other way has to write it.
fn body(vm: &Vm, core: Core, spec: &Spec, number: Number, args: Args) -> Outcome<Option<String>> {
    let unsigned = Number { negative: false, ..number };
    if spec.kind == 0 {
        return Ok(plain(unsigned));
    }
    let written = match spec.precision {
        None => Some(unsigned),
        Some(precision) => {
            let precision = precision as i64;
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

/// More than this, of a width or a precision, is not usual.
const MOST: i64 = 1000;

/// A specification that most programs give: digits that count from the first one are rounded otherwise, and a Decimal reads some
/// specifications otherwise than all other numbers do.
fn usual<'a>(vm: &Vm, text: &'a str, number: Word) -> Option<Spec<'a>> {
    let spec = format::parse(vm, text, number).map_err(|raised| vm.take_raised(raised)).ok()?;
    let fixed = matches!(spec.kind, b'f' | b'F');
    let small = |size: usize| size as i64 <= MOST;
    // Zeros that fill up are grouped as well.
    let zeros = spec.fill == "0" && matches!(spec.align, b'=' | b'0');
    let aligned = !matches!(spec.align, 0 | b'0');
    let behind = text.rsplit(['<', '>', '=', '^']).next().unwrap_or(text).trim_start_matches(['+', '-', ' ', 'z', '#']);
    let is_usual = (fixed || spec.kind == 0 && spec.precision.is_none())
        && !spec.alternate
        && !spec.no_negative_zero
        && (spec.grouping == 0 || spec.grouping == b',' && !zeros)
        && !behind.starts_with(if aligned { "0" } else { "00" })
        && small(spec.width)
        && spec.precision.is_none_or(small);
    is_usual.then_some(spec)
}
