//! The functions of `math` on ints and on many numbers, which MicroPython lacks.

use super::domain;
use crate::object::bigint::{Big, Room};
use crate::object::handle::Args;
use crate::object::int;
use crate::object::kind::{Binary, Unary};
use crate::object::magnitude;
use crate::object::real::{Math, Real};
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// An int, by `__index__`.
fn index(vm: &Vm, word: Word) -> Outcome {
    vm.unary(Unary::Index, word)
}

fn is_negative(vm: &Vm, word: Word) -> Outcome<bool> {
    let answer = vm.binary(Binary::Less, word, Word::int(0))?;
    vm.truth(answer)
}

fn divisor(vm: &Vm, a: Word, b: Word) -> Outcome {
    let (mut a, mut b) = (vm.unary(Unary::Abs, a)?, vm.unary(Unary::Abs, b)?);
    while b != Word::int(0) {
        (a, b) = (b, int::binary(vm, Binary::Mod, a, b)?);
        vm.poll()?;
    }
    Ok(a)
}

pub(super) fn gcd(vm: &Vm, args: Args) -> Outcome {
    args.positional().iter().try_fold(Word::int(0), |all, word| divisor(vm, all, index(vm, word.get())?))
}

pub(super) fn lcm(vm: &Vm, args: Args) -> Outcome {
    args.positional().iter().try_fold(Word::int(1), |all, word| {
        let word = index(vm, word.get())?;
        let common = divisor(vm, all, word)?;
        if common == Word::int(0) || word == Word::int(0) {
            return Ok(Word::int(0));
        }
        let rest = int::binary(vm, Binary::FloorDiv, word, common)?;
        vm.unary(Unary::Abs, int::binary(vm, Binary::Mul, all, rest)?)
    })
}

/// Newton's method from above: each step halves the error at least.
pub(super) fn isqrt(vm: &Vm, args: Args) -> Outcome {
    let square = index(vm, args.at(0))?;
    if is_negative(vm, square)? {
        return Err(vm.value_error("isqrt() argument must be nonnegative"));
    }
    let bits = Big::of(square, &Room::default()).map_or(0, |big| magnitude::bit_length(big.digits));
    let mut root = int::binary(vm, Binary::ShiftLeft, Word::int(1), Word::int(bits.div_ceil(2) as isize))?;
    loop {
        if square == Word::int(0) {
            return Ok(square);
        }
        let quotient = int::binary(vm, Binary::FloorDiv, square, root)?;
        let next = int::binary(vm, Binary::ShiftRight, int::binary(vm, Binary::Add, root, quotient)?, Word::int(1))?;
        let less = vm.binary(Binary::Less, next, root)?;
        if !vm.truth(less)? {
            return Ok(root);
        }
        root = next;
        vm.poll()?;
    }
}

/// The two ints of `comb` and `perm`, of which the second may be missing.
fn pair(vm: &Vm, args: Args) -> Outcome<(Word, Option<Word>)> {
    let n = index(vm, args.at(0))?;
    let k = args.get(1).filter(|word| *word != Word::NONE).map(|word| index(vm, word)).transpose()?;
    if is_negative(vm, n)? {
        return Err(vm.value_error("n must be a non-negative integer"));
    }
    match k {
        Some(k) if is_negative(vm, k)? => Err(vm.value_error("k must be a non-negative integer")),
        _ => Ok((n, k)),
    }
}

pub(super) fn comb(vm: &Vm, args: Args) -> Outcome {
    let (n, k) = pair(vm, args)?;
    let k = k.unwrap_or(n);
    let other = int::binary(vm, Binary::Sub, n, k)?;
    if is_negative(vm, other)? {
        return Ok(Word::int(0));
    }
    let less = vm.binary(Binary::Less, other, k)?;
    let count = vm.index(if vm.truth(less)? { other } else { k })?;
    let mut result = Word::int(1);
    for step in 0..count {
        let factor = int::binary(vm, Binary::Sub, n, Word::int(step))?;
        result = int::binary(vm, Binary::Mul, result, factor)?;
        result = int::binary(vm, Binary::FloorDiv, result, Word::int(step + 1))?;
        vm.poll()?;
    }
    Ok(result)
}

pub(super) fn perm(vm: &Vm, args: Args) -> Outcome {
    let (n, k) = pair(vm, args)?;
    let k = k.unwrap_or(n);
    let short = vm.binary(Binary::Less, n, k)?;
    if vm.truth(short)? {
        return Ok(Word::int(0));
    }
    let mut result = Word::int(1);
    for step in 0..vm.index(k)? {
        let factor = int::binary(vm, Binary::Sub, n, Word::int(step))?;
        result = int::binary(vm, Binary::Mul, result, factor)?;
        vm.poll()?;
    }
    Ok(result)
}

pub(super) fn prod(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(start)])?;
    let mut product = args.keyword(name!(start)).unwrap_or(Word::int(1));
    vm.for_each(args.at(0), &mut |word| {
        product = vm.binary(Binary::Mul, product, word)?;
        Ok(())
    })?;
    Ok(product)
}

pub(super) fn sumprod(vm: &Vm, args: Args) -> Outcome {
    let (p, q) = (vm.list_of(args.at(0))?, vm.list_of(args.at(1))?);
    if p.len() != q.len() {
        return Err(vm.value_error("Inputs are not the same length"));
    }
    let (mut sum, mut index) = (Word::int(0), 0);
    while let (Some(a), Some(b)) = (p.at(index), q.at(index)) {
        sum = vm.binary(Binary::Add, sum, vm.binary(Binary::Mul, a, b)?)?;
        index += 1;
    }
    Ok(sum)
}

/// The length of a vector: scaled by its largest part, so squares neither overflow nor vanish.
fn length(values: &dyn Fn(usize) -> Option<Outcome<Real>>) -> Outcome<Real> {
    let (mut largest, mut nan, mut index) = (0.0, false, 0);
    while let Some(value) = values(index) {
        let value = value?.abs();
        nan |= value.is_nan();
        largest = if value > largest { value } else { largest };
        index += 1;
    }
    if largest == Real::INFINITY || nan || largest == 0.0 {
        return Ok(if nan && largest != Real::INFINITY { Real::NAN } else { largest });
    }
    // A power of two, so scaling is exact.
    let (_, exponent) = Math::frexp(largest);
    let (mut sum, mut rest) = (0.0, 0.0);
    for index in 0..index {
        let Some(value) = values(index) else { break };
        let value = Math::ldexp(value?, -exponent);
        let square = value * value;
        // What rounding lost, of the square and of the sum.
        rest += Math::fma(value, value, -square);
        let next = sum + square;
        rest += if sum >= square { (sum - next) + square } else { (square - next) + sum };
        sum = next;
    }
    Ok(Math::ldexp(Math::sqrt(sum + rest), exponent))
}

pub(super) fn hypot(vm: &Vm, args: Args) -> Outcome {
    vm.new_float(length(&|index| args.get(index).map(|word| vm.float_value(word)))?)
}

pub(super) fn dist(vm: &Vm, args: Args) -> Outcome {
    let (p, q) = (vm.tuple_of(args.at(0))?, vm.tuple_of(args.at(1))?);
    if p.len() != q.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let part = |index: usize| {
        let (a, b) = (p.at(index)?, q.at(index)?);
        Some(vm.float_value(a).and_then(|a| Ok(a - vm.float_value(b)?)))
    };
    vm.new_float(length(&part)?)
}

/// Partial sums that do not overlap are as many as this where a program means well: a float has 2098 bits of range and 53 of precision.
/// Some of a few bits each are more.
const PARTIALS: usize = if crate::WHOLE { 1100 } else { 48 };

/// Shewchuk's: all partial sums are kept exactly.
pub(super) fn fsum(vm: &Vm, args: Args) -> Outcome {
    let (mut partials, mut count, mut special, mut has_nan) = ([0.0; PARTIALS], 0, 0.0, false);
    vm.for_each(args.at(0), &mut |word| {
        let mut x = vm.float_value(word)?;
        if !x.is_finite() {
            special += x;
            has_nan |= x.is_nan();
            return Ok(());
        }
        let mut kept = 0;
        for index in 0..count {
            let mut y: Real = partials[index];
            if x.abs() < y.abs() {
                core::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        if !x.is_finite() {
            return Err(vm.raise_text(&crate::object::exception::OVERFLOW_ERROR, "intermediate overflow in fsum"));
        }
        let place = partials.get_mut(kept).ok_or_else(|| domain(vm))?;
        *place = x;
        count = kept + 1;
        Ok(())
    })?;
    if special != 0.0 || special.is_nan() {
        return if special.is_nan() && !(crate::WHOLE && has_nan) { Err(vm.value_error("-inf + inf in fsum")) } else { vm.new_float(special) };
    }
    vm.new_float(rounded(&partials[..count]))
}

/// The sum of partial sums, rounded once, half to even.
fn rounded(partials: &[Real]) -> Real {
    let Some((&last, rest)) = partials.split_last() else { return 0.0 };
    let (mut high, mut low, mut at) = (last, 0.0, rest.len());
    while at > 0 {
        at -= 1;
        let (x, y) = (high, rest[at]);
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    if at > 0 && (low < 0.0 && rest[at - 1] < 0.0 || low > 0.0 && rest[at - 1] > 0.0) {
        let twice = 2.0 * low;
        let next = high + twice;
        if twice == next - high {
            high = next;
        }
    }
    high
}

pub(super) fn ulp(vm: &Vm, args: Args) -> Outcome {
    let x = vm.float_value(args.at(0))?.abs();
    let next = Math::nextafter(x, Real::INFINITY);
    vm.new_float(match () {
        () if !x.is_finite() => x,
        () if next.is_infinite() => x - Math::nextafter(x, 0.0),
        () => next - x,
    })
}
