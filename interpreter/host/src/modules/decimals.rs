//! `_decimals`: what programs do most with decimals, at the speed of ints. `decimal` is Python over it.
//!
//! Each function here does the usual case alone: finite numbers, a result within the exponents of its context, no trap for what
//! happens on the way. With anything else it calls the method in Python of the same name with `_slow` before it, which knows all rules; so
//! infinities, NaNs, subnormal numbers and traps are written down once, and a mistake here cannot hide there.
//!
//! A decimal is an instance of the class `Decimal` of that module, whose attribute `_core` has what these functions must know of it
//! (`Core`): an instance of any other class is not usual.

mod form;

use super::usual;
use interpreter::object::bigint::{Big, Room};
use interpreter::object::class::{as_class, lookup_special};
use interpreter::object::dict::Dict;
use interpreter::object::exception::MEMORY_ERROR;
use interpreter::object::handle::{Args, Handle, Instance, as_type, object_type, type_word};
use interpreter::object::int;
use interpreter::object::kind::{Binary, Kind, Type, Unary};
use interpreter::object::name::Name;
use interpreter::object::number;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use std::cell::Cell;
use std::cmp::Ordering;

table! { pub ROWS, NAMES, DOCS:
    /// new(cls, value="0", context=None): a decimal of a text or an int.
    static def new(1.., keywords) = new;
    /// add(self, other, context=None): self + other.
    method def add(2..=3, keywords) = |vm, args| arithmetic(vm, args, name!(_slow_add), |c, vm, r, a, b| c.add(vm, r, a, b));
    /// subtract(self, other, context=None): self - other.
    method def subtract(2..=3, keywords) =
        |vm, args| arithmetic(vm, args, name!(_slow_subtract), |c, vm, r, a, b| c.add(vm, r, a, b.negated()));
    /// multiply(self, other, context=None): self * other.
    method def multiply(2..=3, keywords) = |vm, args| arithmetic(vm, args, name!(_slow_multiply), Core::multiply);
    /// divide(self, other, context=None): self / other.
    method def divide(2..=3, keywords) = |vm, args| arithmetic(vm, args, name!(_slow_divide), Core::divide);
    /// plus(self, context=None): self, rounded.
    method def plus(1..=2, keywords) = |vm, args| signed(vm, args, name!(_slow_plus), |negative| negative);
    /// negate(self, context=None): -self, rounded.
    method def negate(1..=2, keywords) = |vm, args| signed(vm, args, name!(_slow_negate), |negative| !negative);
    /// fix(self, context): self, rounded as the context says.
    method def fix(2) = fix;
    /// quantize(self, exp, rounding=None, context=None): self with the exponent of exp.
    method def quantize(1.., keywords) = quantize;
    /// equal(self, other): self == other.
    method def equal(2) = |vm, args| compared(vm, args, name!(_slow_equal), Ordering::is_eq);
    /// less(self, other): self < other.
    method def less(2) = |vm, args| compared(vm, args, name!(_slow_less), Ordering::is_lt);
    /// less_equal(self, other): self <= other.
    method def less_equal(2) = |vm, args| compared(vm, args, name!(_slow_less_equal), Ordering::is_le);
    /// greater(self, other): self > other.
    method def greater(2) = |vm, args| compared(vm, args, name!(_slow_greater), Ordering::is_gt);
    /// greater_equal(self, other): self >= other.
    method def greater_equal(2) = |vm, args| compared(vm, args, name!(_slow_greater_equal), Ordering::is_ge);
    /// truth(self): whether it is not 0.
    method def truth(1) = truth;
    /// hash(self): that of the equal int, if there is one.
    method def hash(1) = hash;
    /// text(self): str(self).
    method def text(1) = form::text;
    /// format(self, spec, context=None): format(self, spec).
    method def format(2..=3, keywords) = form::formatted;
    /// digits(number): how many decimal digits an int has, which is not negative.
    def digits(1) = |vm, args| Ok(Word::int(digits(vm, None, args.at(0))? as isize));
    /// shorten(number, drop, rounding, sign): an int without its last digits, rounded, and whether something was lost.
    def shorten(4) = shorten_row;
}

/// Names beside those of the table: attributes of `Decimal`, of contexts of variables, and of calls.
pub const MORE: &[&str] = &[
    "_core",
    "_slow_add",
    "_slow_divide",
    "_slow_equal",
    "_slow_fix",
    "_slow_format",
    "_slow_greater",
    "_slow_greater_equal",
    "_slow_hash",
    "_slow_less",
    "_slow_less_equal",
    "_slow_multiply",
    "_slow_negate",
    "_slow_new",
    "_slow_plus",
    "_slow_quantize",
    "_slow_subtract",
    "_slow_text",
    "_slow_truth",
    "_values",
    "context",
    "rounding",
];

/// Exponents beyond this, far outside what a context allows, are left to Python.
const FAR: i64 = 1 << 60;
/// Numbers that are further apart than this are not brought to one exponent.
const APART: i64 = 4000;
/// Powers of ten up to this one are kept.
const KEPT: i64 = 512;

/// What `Decimal._core` is: `(Decimal, Context, contextvars' contexts by thread, the variable, powers of ten, Inexact, Rounded, the kind
/// of finite numbers)`.
#[derive(Clone, Copy)]
struct Core {
    ty: &'static Type,
    state: Handle<Tuple>,
}

/// A finite number.
#[derive(Clone, Copy)]
struct Number {
    negative: bool,
    /// An int that is not negative.
    digits: Word,
    exponent: i64,
}

impl Number {
    fn is_zero(self) -> bool {
        self.digits == Word::int(0)
    }

    fn negated(self) -> Number {
        Number { negative: !self.negative, ..self }
    }

    fn signed(self, vm: &Vm) -> Outcome {
        if self.negative { int::unary(vm, Unary::Neg, self.digits) } else { Ok(self.digits) }
    }
}

/// What a context says.
struct Rules {
    context: Handle<Instance>,
    precision: i64,
    least: i64,
    most: i64,
    clamps: bool,
}

/// Places of a context's attributes: the order of its `__slots__`.
mod place {
    pub const PRECISION: usize = 0;
    pub const ROUNDING: usize = 1;
    pub const LEAST: usize = 2;
    pub const MOST: usize = 3;
    pub const CLAMP: usize = 5;
    pub const FLAGS: usize = 6;
    pub const TRAPS: usize = 7;
}

impl Rules {
    fn of(instance: Handle<Instance>) -> Option<Rules> {
        let number = |index| Some(attribute(instance, index)?.as_int()? as i64);
        Some(Rules {
            context: instance,
            precision: number(place::PRECISION)?,
            least: number(place::LEAST)?,
            most: number(place::MOST)?,
            clamps: number(place::CLAMP)? != 0,
        })
    }

    fn signals(&self, index: usize) -> Option<Handle<Dict>> {
        Handle::from(attribute(self.context, index)?)
    }

    fn is_trapped(&self, vm: &Vm, signal: Word) -> Outcome<bool> {
        let Some(traps) = self.signals(place::TRAPS) else { return Ok(true) };
        match traps.map.get(vm, signal)? {
            Some(trapped) => vm.truth(trapped),
            None => Ok(true),
        }
    }

    fn note(&self, vm: &Vm, signal: Word) -> Outcome<()> {
        let Some(flags) = self.signals(place::FLAGS) else { return Ok(()) };
        flags.map.insert(vm, signal, Word::TRUE).map(|_| ())
    }

    fn rounding(&self, vm: &Vm) -> Option<Rounding> {
        Rounding::of(vm, attribute(self.context, place::ROUNDING)?)
    }
}

/// The roundings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rounding {
    Down,
    HalfUp,
    HalfEven,
    Ceiling,
    Floor,
    Up,
    HalfDown,
    ZeroFiveUp,
}

impl Rounding {
    fn of(vm: &Vm, word: Word) -> Option<Rounding> {
        Some(match vm.as_text(word)? {
            "ROUND_HALF_EVEN" => Rounding::HalfEven,
            "ROUND_HALF_UP" => Rounding::HalfUp,
            "ROUND_DOWN" => Rounding::Down,
            "ROUND_CEILING" => Rounding::Ceiling,
            "ROUND_FLOOR" => Rounding::Floor,
            "ROUND_UP" => Rounding::Up,
            "ROUND_HALF_DOWN" => Rounding::HalfDown,
            "ROUND_05UP" => Rounding::ZeroFiveUp,
            _ => return None,
        })
    }

    /// Whether the digits `kept` become one more, when what was dropped of a unit, which is not nothing, lies so to its half.
    fn is_up(self, vm: &Vm, negative: bool, kept: Word, half: Ordering) -> Outcome<bool> {
        Ok(match self {
            Rounding::HalfEven => half.is_gt() || half.is_eq() && is_odd(kept),
            Rounding::HalfUp => half.is_ge(),
            Rounding::HalfDown => half.is_gt(),
            Rounding::Down => false,
            Rounding::Up => true,
            Rounding::Ceiling => !negative,
            Rounding::Floor => negative,
            Rounding::ZeroFiveUp => int::binary(vm, Binary::Mod, kept, Word::int(5))? == Word::int(0),
        })
    }
}

fn attribute(instance: Handle<Instance>, index: usize) -> Option<Word> {
    instance.get().slot(index).map(Cell::get)
}

fn instance_of(word: Word, class: Word) -> Option<Handle<Instance>> {
    Handle::<Instance>::from(word).filter(|instance| type_word(instance.ty()) == class)
}

fn is_odd(digits: Word) -> bool {
    Big::of(digits, &Room::default()).is_some_and(|big| big.low_bits() & 1 == 1)
}

fn compare(a: Word, b: Word) -> Ordering {
    let rooms = [Room::default(), Room::default()];
    match (Big::of(a, &rooms[0]), Big::of(b, &rooms[1])) {
        (Some(a), Some(b)) => a.compare(b),
        _ => unreachable!("the digits of a decimal are an int"),
    }
}

/// The parts of a number that is short enough.
fn to_u128(word: Word) -> Option<u128> {
    let room = Room::default();
    let big = Big::of(word, &room)?;
    if big.digits.len() > 4 {
        return None;
    }
    Some(big.digits.iter().rev().fold(0, |bits, digit| bits << 32 | u128::from(digit.get())))
}

/// How many decimal digits an int has that is not negative.
fn digits(vm: &Vm, core: Option<Core>, number: Word) -> Outcome<i64> {
    if let Some(value) = to_u128(number) {
        return Ok(i64::from(value.checked_ilog10().unwrap_or(0)) + 1);
    }
    let room = Room::default();
    let Some(big) = Big::of(number, &room) else { return Err(vm.type_error("an int is wanted")) };
    // The logarithm of 2 to base 10, in units of 2⁻⁶⁴: the powers of two around the number have so many digits.
    const LOGARITHM: u128 = 0x4d10_4d42_7de7_fbcc;
    let bits = interpreter::object::magnitude::bit_length(big.digits) as u128;
    let below = |bits: u128, logarithm: u128| ((bits * logarithm) >> 64) as i64;
    let (fewest, most) = (below(bits - 1, LOGARITHM) + 1, below(bits, LOGARITHM + 1) + 1);
    if fewest == most {
        return Ok(fewest);
    }
    Ok(if compare(number, power(vm, core, fewest)?).is_lt() { fewest } else { fewest + 1 })
}

/// Ten to the power of `exponent`, which is not negative.
fn power(vm: &Vm, core: Option<Core>, exponent: i64) -> Outcome {
    if exponent <= 18 {
        return Ok(Word::int(10_isize.pow(exponent as u32)));
    }
    let key = Word::int(exponent as isize);
    let known = core.and_then(|core| Handle::<Dict>::from(core.state.at(4)?)).filter(|_| exponent <= KEPT);
    if let Some(found) = known
        .and_then(|known| known.map.position_of_name(key, || int::fold(exponent)).and_then(|position| known.map.entry(position)))
    {
        return Ok(found.1);
    }
    let power = int::binary(vm, Binary::Pow, Word::int(10), key)?;
    if let Some(known) = known {
        known.map.insert(vm, key, power)?;
    }
    Ok(power)
}

fn multiply(vm: &Vm, a: Word, b: Word) -> Outcome {
    int::binary(vm, Binary::Mul, a, b)
}

fn divide(vm: &Vm, a: Word, b: Word) -> Outcome<(Word, Word)> {
    if let (Some(a), Some(b)) = (a.as_int(), b.as_int()) {
        return Ok((Word::int(a / b), Word::int(a % b)));
    }
    let pair: Handle<Tuple> = vm.receiver(int::binary(vm, Binary::DivMod, a, b)?)?;
    Ok((pair.at(0).unwrap_or(Word::int(0)), pair.at(1).unwrap_or(Word::int(0))))
}

/// The digits without the last `drop`, rounded, and whether something was lost.
fn shorten(vm: &Vm, core: Option<Core>, number: Word, drop: i64, rounding: Rounding, negative: bool) -> Outcome<(Word, bool)> {
    if drop <= 0 {
        return Ok((multiply(vm, number, power(vm, core, -drop)?)?, false));
    }
    let (kept, half) = if drop > digits(vm, core, number)? {
        if number == Word::int(0) {
            return Ok((number, false));
        }
        (Word::int(0), Ordering::Less)
    } else {
        let unit = power(vm, core, drop)?;
        let (kept, rest) = divide(vm, number, unit)?;
        if rest == Word::int(0) {
            return Ok((kept, false));
        }
        (kept, compare(multiply(vm, rest, Word::int(2))?, unit))
    };
    let is_up = rounding.is_up(vm, negative, kept, half)?;
    Ok((if is_up { int::binary(vm, Binary::Add, kept, Word::int(1))? } else { kept }, true))
}

fn shorten_row(vm: &Vm, args: Args) -> Outcome {
    let Some(rounding) = Rounding::of(vm, args.at(2)) else { return Err(vm.value_error("no such rounding")) };
    let drop = match args.at(1).as_int() {
        Some(drop) => drop as i64,
        // More than any number has, or than there is memory for.
        None if Big::of(args.at(1), &Room::default()).is_some_and(|big| !big.negative) => FAR,
        None => return Err(vm.raise_text(&MEMORY_ERROR, "more digits than there is memory for")),
    };
    let (kept, lost) = shorten(vm, None, args.at(0), drop, rounding, vm.truth(args.at(3))?)?;
    vm.new_tuple(&[kept, Word::bool(lost)])
}

impl Core {
    fn of_type(vm: &Vm, ty: &'static Type) -> Option<Core> {
        if ty.kind != Kind::Instance {
            return None;
        }
        let state: Handle<Tuple> = Handle::from(lookup_special(vm, ty, name!(_core))?)?;
        if state.at(0)? == type_word(ty) && state.len() == 8 { Some(Core { ty, state }) } else { None }
    }

    /// That of a decimal.
    fn of(vm: &Vm, word: Word) -> Option<Core> {
        Core::of_type(vm, object_type(word)?)
    }

    /// A decimal or a small int, if it is finite.
    fn number(self, vm: &Vm, word: Word) -> Option<Number> {
        if let Some(value) = word.as_int() {
            let size = isize::try_from(value.unsigned_abs()).ok().filter(|size| Word::fits(*size))?;
            return Some(Number { negative: value < 0, digits: Word::int(size), exponent: 0 });
        }
        let instance = Handle::<Instance>::from(word).filter(|instance| core::ptr::eq(instance.ty(), self.ty))?;
        let exponent = attribute(instance, 2)?.as_int()? as i64;
        let is_finite = vm.as_text(attribute(instance, 3)?)?.is_empty();
        let negative = attribute(instance, 0)?.as_int()? != 0;
        if !is_finite || !(-FAR..FAR).contains(&exponent) {
            return None;
        }
        Some(Number { negative, digits: attribute(instance, 1)?, exponent })
    }

    fn make(self, vm: &Vm, number: Number) -> Outcome {
        let class = as_class(self.ty).expect("a decimal's class is a program's");
        let instance = vm.new_instance(self.ty, class.key_count().max(4))?;
        let parts = [
            Word::int(isize::from(number.negative)),
            number.digits,
            Word::int(number.exponent as isize),
            self.state.at(7).expect("a core has the kind of finite numbers"),
        ];
        for (index, part) in parts.into_iter().enumerate() {
            instance.get().slot(index).expect("so many slots").set(part);
        }
        Ok(instance.word())
    }

    /// The rules of the context that was given, or else of the one that is current.
    fn rules(self, vm: &Vm, given: Option<Word>) -> Option<Rules> {
        let context = match given.filter(|context| *context != Word::NONE) {
            Some(context) => context,
            None => self.current(vm)?,
        };
        Rules::of(instance_of(context, self.state.at(1)?)?)
    }

    /// The current context, if this thread has one already.
    fn current(self, vm: &Vm) -> Option<Word> {
        let threads = Handle::<Dict>::from(self.state.at(2)?)?;
        let thread = vm.thread_number() as isize;
        let position = threads.map.position_of_name(Word::int(thread), || int::fold(thread as i64))?;
        let variables = Handle::<Instance>::from(threads.map.entry(position)?.1)?;
        let place = as_class(variables.ty())?.slot_of(name!(_values))?;
        let values = Handle::<Dict>::from(attribute(variables, place)?)?;
        let variable = self.state.at(3)?;
        if values.map.end() > 8 {
            // Such a variable is hashed by its identity, which raises nothing.
            return values.map.get(vm, variable).ok()?;
        }
        values.map.iter().find(|entry| entry.0 == variable).map(|entry| entry.1)
    }

    /// A number brought into a context; `None` where that is not usual.
    fn fix(self, vm: &Vm, rules: &Rules, number: Number) -> Outcome<Option<Word>> {
        let (lowest, highest) = (rules.least - rules.precision + 1, rules.most - rules.precision + 1);
        if number.is_zero() {
            let top = if rules.clamps { highest } else { rules.most };
            let fits = (lowest..=top).contains(&number.exponent);
            return if fits { self.make(vm, number).map(Some) } else { Ok(None) };
        }
        let count = digits(vm, Some(self), number.digits)?;
        let adjusted = count + number.exponent - 1;
        let fits = (rules.least..=rules.most).contains(&adjusted);
        if !fits || rules.clamps && number.exponent > highest {
            return Ok(None);
        }
        let drop = count - rules.precision;
        if drop <= 0 {
            return self.make(vm, number).map(Some);
        }
        let (Some(rounding), Some(inexact), Some(rounded)) = (rules.rounding(vm), self.state.at(5), self.state.at(6)) else {
            return Ok(None);
        };
        if rules.is_trapped(vm, rounded)? || rules.is_trapped(vm, inexact)? {
            return Ok(None);
        }
        let (kept, lost) = shorten(vm, Some(self), number.digits, drop, rounding, number.negative)?;
        let (mut kept, mut exponent) = (kept, number.exponent + drop);
        if lost && compare(kept, power(vm, Some(self), rules.precision)?).is_eq() {
            (kept, exponent) = (power(vm, Some(self), rules.precision - 1)?, exponent + 1);
            if adjusted == rules.most {
                return Ok(None);
            }
        }
        if lost {
            rules.note(vm, inexact)?;
        }
        rules.note(vm, rounded)?;
        self.make(vm, Number { digits: kept, exponent, ..number }).map(Some)
    }

    fn add(self, vm: &Vm, rules: &Rules, a: Number, b: Number) -> Outcome<Option<Word>> {
        let (low, high) = if a.exponent <= b.exponent { (a, b) } else { (b, a) };
        let apart = high.exponent - low.exponent;
        if apart > APART.min(2 * rules.precision + 20) {
            return Ok(None);
        }
        let scaled = if apart == 0 { high.digits } else { multiply(vm, high.digits, power(vm, Some(self), apart)?)? };
        let exponent = low.exponent;
        if low.negative == high.negative {
            let digits = int::binary(vm, Binary::Add, low.digits, scaled)?;
            return self.fix(vm, rules, Number { negative: low.negative, digits, exponent });
        }
        let (digits, negative) = match compare(low.digits, scaled) {
            Ordering::Greater => (int::binary(vm, Binary::Sub, low.digits, scaled)?, low.negative),
            Ordering::Less => (int::binary(vm, Binary::Sub, scaled, low.digits)?, high.negative),
            Ordering::Equal => (Word::int(0), rules.rounding(vm) == Some(Rounding::Floor)),
        };
        self.fix(vm, rules, Number { negative, digits, exponent })
    }

    fn multiply(self, vm: &Vm, rules: &Rules, a: Number, b: Number) -> Outcome<Option<Word>> {
        let digits = multiply(vm, a.digits, b.digits)?;
        self.fix(vm, rules, Number { negative: a.negative != b.negative, digits, exponent: a.exponent + b.exponent })
    }

    fn divide(self, vm: &Vm, rules: &Rules, a: Number, b: Number) -> Outcome<Option<Word>> {
        let (negative, ideal) = (a.negative != b.negative, a.exponent - b.exponent);
        if b.is_zero() {
            return Ok(None);
        }
        if a.is_zero() {
            return self.fix(vm, rules, Number { negative, digits: a.digits, exponent: ideal });
        }
        // One digit more than there is room for.
        let shift = digits(vm, Some(self), b.digits)? - digits(vm, Some(self), a.digits)? + rules.precision + 1;
        let mut exponent = ideal - shift;
        let above = multiply(vm, a.digits, power(vm, Some(self), shift.max(0))?)?;
        let below = multiply(vm, b.digits, power(vm, Some(self), (-shift).max(0))?)?;
        let (mut quotient, rest) = divide(vm, above, below)?;
        if rest == Word::int(0) {
            let (shorter, gone) = self.without_zeros(vm, quotient, ideal - exponent)?;
            (quotient, exponent) = (shorter, exponent + gone);
        } else if int::binary(vm, Binary::Mod, quotient, Word::int(5))? == Word::int(0) {
            // A last digit of 0 or 5 would look exact or like a tie.
            quotient = int::binary(vm, Binary::Add, quotient, Word::int(1))?;
        }
        self.fix(vm, rules, Number { negative, digits: quotient, exponent })
    }

    /// A number without zeros at its end, at most so many, and how many those were.
    fn without_zeros(self, vm: &Vm, number: Word, most: i64) -> Outcome<(Word, i64)> {
        let (mut number, mut gone) = (number, 0);
        let mut step = 16.min(most.max(1));
        while step > 0 {
            let (kept, rest) = match gone + step <= most {
                true => divide(vm, number, power(vm, Some(self), step)?)?,
                false => (number, Word::int(1)),
            };
            if rest == Word::int(0) {
                (number, gone) = (kept, gone + step);
            } else {
                step /= 2;
            }
        }
        Ok((number, gone))
    }

    /// How two numbers lie to each other; `None` if they are too far apart to say at once.
    fn order(self, vm: &Vm, a: Number, b: Number) -> Outcome<Option<Ordering>> {
        let sign = |number: Number| if number.is_zero() { 0 } else { if number.negative { -1 } else { 1 } };
        if sign(a) != sign(b) || sign(a) == 0 {
            return Ok(Some(sign(a).cmp(&sign(b))));
        }
        let apart = a.exponent - b.exponent;
        if apart.abs() > APART {
            return Ok(None);
        }
        let scaled = |number: Number, by: i64| multiply(vm, number.digits, power(vm, Some(self), by.max(0))?);
        let order = if apart == 0 { compare(a.digits, b.digits) } else { compare(scaled(a, apart)?, scaled(b, -apart)?) };
        Ok(Some(if a.negative { order.reverse() } else { order }))
    }
}

/// Hands over to the method in Python.
fn slowly(vm: &Vm, args: Args, name: Name) -> Outcome {
    usual::hand_over(vm, object_type(args.at(0)), args, name, "a Decimal is wanted")
}

type Operation = fn(Core, &Vm, &Rules, Number, Number) -> Outcome<Option<Word>>;

fn arithmetic(vm: &Vm, args: Args, slow: Name, operation: Operation) -> Outcome {
    let usual = || {
        let core = Core::of(vm, args.at(0))?;
        let (a, b) = (core.number(vm, args.at(0))?, core.number(vm, args.at(1))?);
        Some((core, core.rules(vm, args.either(2, name!(context)))?, a, b))
    };
    if let Some((core, rules, a, b)) = usual()
        && let Some(result) = operation(core, vm, &rules, a, b)?
    {
        return Ok(result);
    }
    slowly(vm, args, slow)
}

fn signed(vm: &Vm, args: Args, slow: Name, turned: fn(bool) -> bool) -> Outcome {
    let usual = || {
        let core = Core::of(vm, args.at(0))?;
        Some((core, core.rules(vm, args.either(1, name!(context)))?, core.number(vm, args.at(0))?))
    };
    if let Some((core, rules, number)) = usual()
        // What sign a zero gets depends on the rounding.
        && !number.is_zero()
    {
        let number = Number { negative: turned(number.negative), ..number };
        if let Some(result) = core.fix(vm, &rules, number)? {
            return Ok(result);
        }
    }
    slowly(vm, args, slow)
}

fn fix(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let core = Core::of(vm, args.at(0))?;
        Some((core, core.rules(vm, Some(args.at(1)))?, core.number(vm, args.at(0))?))
    };
    if let Some((core, rules, number)) = usual()
        && let Some(result) = core.fix(vm, &rules, number)?
    {
        return Ok(result);
    }
    slowly(vm, args, name!(_slow_fix))
}

fn quantize(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let core = Core::of(vm, args.at(0))?;
        let rules = core.rules(vm, args.either(3, name!(context)))?;
        let rounding = match args.either(2, name!(rounding)).filter(|rounding| *rounding != Word::NONE) {
            Some(rounding) => Rounding::of(vm, rounding)?,
            None => rules.rounding(vm)?,
        };
        Some((core, rules, rounding, core.number(vm, args.at(0))?, core.number(vm, args.get(1)?)?.exponent))
    };
    if args.len() <= 4
        && let Some((core, rules, rounding, number, exponent)) = usual()
        && let Some(result) = core.quantize(vm, &rules, rounding, number, exponent)?
    {
        return Ok(result);
    }
    slowly(vm, args, name!(_slow_quantize))
}

impl Core {
    fn quantize(self, vm: &Vm, rules: &Rules, rounding: Rounding, number: Number, exponent: i64) -> Outcome<Option<Word>> {
        let (Some(inexact), Some(rounded)) = (self.state.at(5), self.state.at(6)) else { return Ok(None) };
        let count = digits(vm, Some(self), number.digits)? + number.exponent - exponent;
        let highest = rules.most - rules.precision + 1;
        if !(rules.least..=highest).contains(&exponent) || count > rules.precision {
            return Ok(None);
        }
        // A zero loses nothing.
        let drop = if number.is_zero() { 0 } else { exponent - number.exponent };
        if drop > 0 && (rules.is_trapped(vm, rounded)? || rules.is_trapped(vm, inexact)?) {
            return Ok(None);
        }
        let (kept, lost) = shorten(vm, Some(self), number.digits, drop, rounding, number.negative)?;
        if digits(vm, Some(self), kept)? > rules.precision {
            return Ok(None);
        }
        if lost {
            rules.note(vm, inexact)?;
        }
        if drop > 0 {
            rules.note(vm, rounded)?;
        }
        self.make(vm, Number { digits: kept, exponent, ..number }).map(Some)
    }
}

fn compared(vm: &Vm, args: Args, slow: Name, is_it: fn(Ordering) -> bool) -> Outcome {
    let usual = || {
        let core = Core::of(vm, args.at(0))?;
        Some((core, core.number(vm, args.at(0))?, core.number(vm, args.at(1))?))
    };
    if let Some((core, a, b)) = usual()
        && let Some(order) = core.order(vm, a, b)?
    {
        return Ok(Word::bool(is_it(order)));
    }
    slowly(vm, args, slow)
}

fn truth(vm: &Vm, args: Args) -> Outcome {
    match Core::of(vm, args.at(0)).and_then(|core| core.number(vm, args.at(0))) {
        Some(number) => Ok(Word::bool(!number.is_zero())),
        None => slowly(vm, args, name!(_slow_truth)),
    }
}

fn hash(vm: &Vm, args: Args) -> Outcome {
    let usual = || {
        let core = Core::of(vm, args.at(0))?;
        Some((core, core.number(vm, args.at(0)).filter(|number| number.exponent.abs() <= APART)?))
    };
    if let Some((core, number)) = usual() {
        let whole = if number.exponent >= 0 || number.is_zero() {
            Some(multiply(vm, number.digits, power(vm, Some(core), number.exponent.max(0))?)?)
        } else if digits(vm, Some(core), number.digits)? > -number.exponent {
            let (whole, rest) = divide(vm, number.digits, power(vm, Some(core), -number.exponent)?)?;
            Some(whole).filter(|_| rest == Word::int(0))
        } else {
            None
        };
        if let Some(whole) = whole {
            return Ok(Word::int(vm.hash(Number { digits: whole, ..number }.signed(vm)?)? as i32 as isize));
        }
    }
    slowly(vm, args, name!(_slow_hash))
}

fn new(vm: &Vm, args: Args) -> Outcome {
    let core = as_type(args.at(0)).and_then(|ty| Core::of_type(vm, ty));
    if let Some(core) = core.filter(|_| args.len() == 2 && args.keyword_count() == 0) {
        let value = args.at(1);
        let read = match vm.as_text(value).and_then(literal) {
            Some(literal) => Some(literal.number(vm)?),
            None => core.number(vm, value).filter(|_| value.is_int()),
        };
        if let Some(number) = read {
            return core.make(vm, number);
        }
    }
    let method = as_type(args.at(0)).and_then(|ty| lookup_special(vm, ty, name!(_slow_new)));
    match method {
        Some(method) => vm.call_args(method, args),
        None => Err(vm.type_error("a class of decimals is wanted")),
    }
}

/// A number as text, taken apart.
struct Literal<'a> {
    negative: bool,
    whole: &'a str,
    part: &'a str,
    exponent: i64,
}

/// Reads digits with or without a point and an exponent; `None` for anything else.
fn literal(text: &str) -> Option<Literal<'_>> {
    let (negative, rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, "0"),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = !(whole.is_empty() && part.is_empty()) && is_digits(whole) && is_digits(part);
    // The library takes a sign and digits, too.
    let exponent = exponent.parse::<i64>().ok().filter(|exponent| exponent.abs() < FAR / 2)?;
    if is_number { Some(Literal { negative, whole, part, exponent: exponent - part.len() as i64 }) } else { None }
}

impl Literal<'_> {
    fn number(&self, vm: &Vm) -> Outcome<Number> {
        let digits = if self.whole.len() + self.part.len() <= 18 {
            let add = |value: isize, byte: u8| 10 * value + isize::from(byte - b'0');
            Word::int(self.whole.bytes().chain(self.part.bytes()).fold(0, add))
        } else {
            number::parse_int(vm, &format!("{}{}", self.whole, self.part), 10)?
        };
        Ok(Number { negative: self.negative, digits, exponent: self.exponent })
    }
}
