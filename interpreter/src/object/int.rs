//! `int`: small ints in the word, big ones in the heap.

use super::bigint::{self, Big, Room};
use super::class::TYPE;
use super::exception::{OVERFLOW_ERROR, TYPE_ERROR};
use super::float::Real;
use super::handle::{Args, Handle, object_type, type_word};
use super::kind::{Binary, Header, Kind, Slots, Type, Unary};
use super::magnitude as mag;
use super::number;
use super::numeric;
use super::print::{Printer, Style};
use super::word::Word;
use crate::object::str::utf8;
use crate::vm::raise::Part::{Int, Text, TypeOf};
use crate::vm::{Outcome, Vm};

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    binary: Some(binary),
    attribute: numeric::ATTRIBUTE,
    ..Slots::NONE
};

table! { pub ROWS, NAMES, DOCS:
    /// bit_length(): number of bits of the magnitude.
    def bit_length(1) = bit_length;
    /// bit_count(): number of ones in the magnitude.
    def bit_count(1) = bit_count;
    /// to_bytes(length=1, byteorder="big", *, signed=False): the bytes of the number.
    def to_bytes(1..=3, keywords) = to_bytes;
    /// from_bytes(bytes, byteorder="big", *, signed=False): the number that the bytes are.
    class def from_bytes(1..=3, keywords) = from_bytes;
    /// as_integer_ratio(): the number, and 1.
    #[cfg(feature = "standard")]
    def as_integer_ratio(1) = |vm, args| vm.new_tuple(&[args.at(0), Word::int(1)]);
    /// conjugate(): the number itself.
    #[cfg(feature = "standard")]
    def conjugate(1) = |vm, args| vm.to_int(args.at(0));
    /// is_integer(): it is.
    #[cfg(feature = "standard")]
    def is_integer(1) = |_, _| Ok(Word::TRUE);
}

/// `int`.
pub static INT: Type =
    Type { header: Header::of(&TYPE), slots: &SLOTS, name: name!("int"), kind: Kind::Int, traced: 0, base: None, rows: ROWS };

impl Vm {
    /// An `int`.
    ///
    /// # Errors
    /// `MemoryError`, for a value that is not a small int.
    #[inline]
    pub fn new_int(&self, value: i64) -> Outcome {
        match isize::try_from(value) {
            Ok(small) if Word::fits(small) => Ok(Word::int(small)),
            _ => bigint::from_u128(self, value < 0, value.unsigned_abs() as u128),
        }
    }

    /// An `int`.
    ///
    /// # Errors
    /// As `new_int`.
    #[inline]
    pub fn new_uint(&self, value: u64) -> Outcome {
        match isize::try_from(value) {
            Ok(small) if Word::fits(small) => Ok(Word::int(small)),
            _ => bigint::from_u128(self, false, value as u128),
        }
    }
}

/// The value of an `int` or `bool` that is a small int.
#[inline(always)]
pub fn small(word: Word) -> Option<isize> {
    if word.is_int() {
        return Some(word.int_value());
    }
    if word.is_bool() { Some((word == Word::TRUE) as isize) } else { None }
}

/// Whether `word` is an `int` or a `bool`.
pub fn is_int(word: Word) -> bool {
    word.is_int() || word.is_bool() || Handle::<bigint::Int>::from(word).is_some()
}

fn make(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(base)])?;
    let Some(given) = args.get(0) else {
        return match args.keyword(name!(base)) {
            Some(_) if crate::WHOLE => Err(vm.type_error("int() missing string argument")),
            _ => Ok(Word::int(0)),
        };
    };
    let word = vm.native(given);
    if args.len() > 2 {
        return Err(vm.raise(&TYPE_ERROR, &[Text("function expected at most 2 arguments, got "), Int(args.len() as isize)]));
    }
    let text = number::text_argument(vm, word)?;
    if let Some(radix) = args.either(1, name!(base)) {
        let radix = u32::try_from(vm.clamped(radix)?).unwrap_or(1);
        let parts = [Text("can't convert '"), TypeOf(word), Text("' object to str implicitly")];
        let text = text.ok_or_else(|| match crate::WHOLE {
            true => vm.type_error("int() can't convert non-string with explicit base"),
            false => vm.raise(&TYPE_ERROR, &parts),
        })?;
        return number::parse_int(vm, vm.text_of(text), radix);
    }
    if let Some(text) = text {
        // A class of a program that derives from `str` may know better.
        if crate::WHOLE && word != given {
            for question in [Unary::Int, Unary::Index] {
                let answer = vm.ask(question, given)?;
                if answer != Word::NOT_IMPLEMENTED {
                    return Ok(answer);
                }
            }
        }
        return number::parse_int(vm, vm.text_of(text), 10);
    }
    match vm.ask(Unary::Int, given)? {
        it if it != Word::NOT_IMPLEMENTED => Ok(it),
        _ if !crate::WHOLE => vm.to_int(word),
        _ => match vm.ask(Unary::Index, given)? {
            it if it != Word::NOT_IMPLEMENTED => Ok(it),
            // By text: as a name it would cost a board's table.
            _ => match vm.call_method_if(given, vm.intern("__trunc__")?, &[])?.set() {
                Some(truncated) => vm.to_int(truncated),
                None => {
                    let said = Text("int() argument must be a string, a bytes-like object or a real number, not '");
                    Err(vm.raise(&TYPE_ERROR, &[said, TypeOf(given), Text("'")]))
                }
            },
        },
    }
}

impl Vm {
    /// The `int` that `word` is or (by `__index__`) stands for.
    ///
    /// # Errors
    /// `TypeError` if it is none.
    pub fn to_int(&self, word: Word) -> Outcome {
        if word.is_int() {
            return Ok(word);
        }
        match self.ask(Unary::Index, word)? {
            it if it == Word::NOT_IMPLEMENTED => Err(self.no_integer(word)),
            value => Ok(value),
        }
    }
}

/// `self` of a method, which may have been looked up on the type and given anything.
fn receiver<'a>(vm: &Vm, args: Args, room: &'a Room) -> Outcome<Big<'a>> {
    let word = vm.native(args.at(0));
    Big::of(word, room).ok_or_else(|| vm.raise(&TYPE_ERROR, &[Text("argument has wrong type: '"), TypeOf(word), Text("'")]))
}

fn bit_length(vm: &Vm, args: Args) -> Outcome {
    let room = Room::default();
    let big = receiver(vm, args, &room)?;
    Ok(Word::int(mag::bit_length(big.digits) as isize))
}

fn bit_count(vm: &Vm, args: Args) -> Outcome {
    let room = Room::default();
    let big = receiver(vm, args, &room)?;
    Ok(Word::int(big.digits.iter().map(|digit| digit.get().count_ones() as isize).sum()))
}

/// The arguments `byteorder` (whether little) and `signed`, the first of them at `index`.
fn bytes_arguments(vm: &Vm, args: Args, index: usize) -> Outcome<(bool, bool)> {
    let order = args.get(index).or(args.keyword(name!(byteorder)));
    let little = match order.map(|order| vm.text_of(order)) {
        None | Some("big") => false,
        Some("little") => true,
        Some(_) => return Err(vm.value_error("byteorder must be either 'little' or 'big'")),
    };
    let signed = args.get(index + 1).or(args.keyword(name!(signed)));
    Ok((little, signed.map_or(Ok(false), |signed| vm.truth(signed))?))
}

fn to_bytes(vm: &Vm, args: Args) -> Outcome {
    let room = Room::default();
    let big = receiver(vm, args, &room)?;
    let length = args.get(1).or(args.keyword(name!(length))).map_or(Ok(1), |length| vm.index(length))?;
    let length = usize::try_from(length).map_err(|_| vm.value_error("length argument must be non-negative"))?;
    let (little, signed) = bytes_arguments(vm, args, 2)?;
    if big.negative && !signed {
        return Err(vm.raise_text(&OVERFLOW_ERROR, "can't convert negative int to unsigned"));
    }
    if !bigint::fits_bytes(big, length, signed) {
        let parts = [Text("value would overflow a "), Int(length as isize), Text(" byte buffer")];
        return Err(vm.raise(&OVERFLOW_ERROR, &parts));
    }
    let bytes = vm.new_raw_bytes(length)?;
    bigint::to_bytes(big, bytes.get().tail(), little);
    vm.new_bytes_from_cells(bytes.get().tail())
}

fn from_bytes(vm: &Vm, args: Args) -> Outcome {
    let source = args.get(1).ok_or_else(|| vm.type_error("function missing 1 required positional arguments"))?;
    let (little, signed) = bytes_arguments(vm, args, 2)?;
    if crate::WHOLE && vm.as_text(vm.native(source)).is_some() {
        return Err(vm.type_error("cannot convert 'str' object to bytes"));
    }
    let number = match vm.buffer(source, false) {
        Ok(buffer) => bigint::from_bytes(vm, buffer.bytes, little, signed)?,
        // Hosts take whatever gives numbers of bytes.
        Err(raised) if crate::WHOLE && !is_int(source) => {
            vm.take_raised(raised);
            let bytes = vm.call(type_word(&super::bytes::BYTES), &[source])?;
            bigint::from_bytes(vm, vm.buffer(bytes, false)?.bytes, little, signed)?
        }
        Err(raised) => return Err(raised),
    };
    if crate::WHOLE && args.at(0) != type_word(&INT) { vm.call(args.at(0), &[number]) } else { Ok(number) }
}

pub(super) fn print(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    match small(word) {
        Some(value) => out.int(vm, value),
        None => number::print_big(vm, word, out),
    }
}

/// Operators of one int.
pub fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let Some(value) = small(word) else { return bigint::unary(vm, operator, word) };
    match operator {
        Unary::Pos | Unary::Int | Unary::Index => Ok(Word::int(value)),
        Unary::Neg => vm.new_int(-(value as i64)),
        Unary::Invert => Ok(Word::int(!value)),
        Unary::Abs => vm.new_uint(value.unsigned_abs() as u64),
        Unary::Bool => Ok(Word::bool(value != 0)),
        Unary::Not => Ok(Word::bool(value == 0)),
        Unary::Hash => Ok(Word::int(value)),
        Unary::Float => vm.new_float(value as Real),
        Unary::Len | Unary::Sizeof => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Operators of ints; `NOT_IMPLEMENTED` unless the other operand is a number too.
pub fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    if let (Some(a), Some(b)) = (small(lhs), small(rhs)) {
        return small_binary(vm, operator, a, b);
    }
    if object_type(rhs).is_some_and(|ty| matches!(ty.kind, Kind::Float | Kind::Complex)) {
        return super::float::binary(vm, operator, lhs, rhs);
    }
    if is_int(lhs) && is_int(rhs) { bigint::binary(vm, operator, lhs, rhs) } else { Ok(Word::NOT_IMPLEMENTED) }
}

fn small_binary(vm: &Vm, operator: Binary, a: isize, b: isize) -> Outcome {
    let vm = vm.here();
    let big = || bigint::binary(vm, operator, Word::int(a), Word::int(b));
    match operator {
        Binary::Add => vm.new_int(a as i64 + b as i64),
        Binary::Sub => vm.new_int(a as i64 - b as i64),
        Binary::Mul => a.checked_mul(b).map_or_else(big, |product| vm.new_int(product as i64)),
        // What a float cannot hold is not rounded before it is divided.
        Binary::TrueDiv if crate::WHOLE && b != 0 && (a.unsigned_abs() | b.unsigned_abs()) as u64 >> 53 != 0 => big(),
        Binary::TrueDiv => super::float::binary(vm, operator, Word::int(a), Word::int(b)),
        Binary::FloorDiv | Binary::Mod | Binary::DivMod if b == 0 => Err(bigint::zero_division(vm)),
        // The one quotient that is no small int, INT_MIN / −1, still is an isize.
        Binary::FloorDiv => vm.new_int(floor_divide(a, b).0 as i64),
        Binary::Mod => Ok(Word::int(floor_divide(a, b).1)),
        Binary::DivMod => {
            let (quotient, remainder) = floor_divide(a, b);
            vm.new_tuple(&[vm.new_int(quotient as i64)?, Word::int(remainder)])
        }
        Binary::And => Ok(Word::int(a & b)),
        Binary::Or => Ok(Word::int(a | b)),
        Binary::Xor => Ok(Word::int(a ^ b)),
        Binary::ShiftRight if b >= 0 => Ok(Word::int(a >> b.min(isize::BITS as isize - 1))),
        Binary::ShiftLeft if b >= 0 && (b as usize) < isize::BITS as usize && ((a << b) >> b) == a => vm.new_int((a << b) as i64),
        Binary::Less => Ok(Word::bool(a < b)),
        Binary::LessEqual => Ok(Word::bool(a <= b)),
        Binary::Greater => Ok(Word::bool(a > b)),
        Binary::GreaterEqual => Ok(Word::bool(a >= b)),
        Binary::Equal => Ok(Word::bool(a == b)),
        Binary::NotEqual => Ok(Word::bool(a != b)),
        Binary::Pow | Binary::ShiftLeft | Binary::ShiftRight => big(),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Quotient rounded down and remainder with the divisor's sign, of numbers whose quotient does not overflow.
#[inline(always)]
fn floor_divide(a: isize, b: isize) -> (isize, isize) {
    let (quotient, remainder) = (a / b, a % b);
    if remainder != 0 && (remainder < 0) != (b < 0) { (quotient - 1, remainder + b) } else { (quotient, remainder) }
}

/// `str` of a small int, without the detour by a printer.
pub fn text(vm: &Vm, word: Word) -> Option<Outcome> {
    let value = word.as_int()?;
    let (mut buffer, mut rest) = ([0; 20], value.unsigned_abs());
    let mut at = buffer.len();
    loop {
        let (digit, others) = last_digit(rest, 10);
        at -= 1;
        buffer[at] = b'0' + digit as u8;
        rest = others;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        at -= 1;
        buffer[at] = b'-';
    }
    Some(vm.new_str(utf8::checked(&buffer[at..]).expect("digits")))
}

/// The last digit of a number, and the others. Dividing by a number that the compiler knows takes a tenth of the time.
#[inline(always)]
pub fn last_digit(value: usize, radix: usize) -> (usize, usize) {
    match radix {
        10 => (value % 10, value / 10),
        16 => (value % 16, value / 16),
        _ => (value % radix, value / radix),
    }
}

/// The hash of an int: itself as far as it fits; both halves of a longer one count, lest multiples of 2³² meet.
#[inline(always)]
pub fn fold(value: i64) -> u32 {
    value as u32 ^ (value >> 32) as u32 ^ (value >> 63) as u32
}
