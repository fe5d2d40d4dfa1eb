//! Views in more than one dimension: the same items in a row, and how many there are in each. Hosts only.

use super::{MemoryView, packed, this};
use crate::object::exception::{INDEX_ERROR, NOT_IMPLEMENTED_ERROR, OVERFLOW_ERROR, TYPE_ERROR};
use crate::object::handle::{Args, Handle};
use crate::object::kind::Kind;
use crate::object::list::List;
use crate::object::slice::Slice;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::{Outcome, Raised, Vm};

/// Names of arguments.
pub const KEYWORDS: &[&str] = &["format", "shape", "order"];
/// A tuple of small ints, `NONE` for one dimension.
pub type Shape = Word;
/// One dimension.
pub const PLAIN: Shape = Word::NONE;
/// What the collector sees of it.
pub const WORDS: u8 = 1;

/// How many items there are in each dimension, if there are several.
fn sizes(view: &MemoryView) -> Option<Handle<Tuple>> {
    Handle::from(view.shape)
}

fn size(sizes: Handle<Tuple>, dimension: usize) -> usize {
    sizes.at(dimension).and_then(Word::as_int).map_or(0, |size| size as usize)
}

/// How many items one step in a dimension leaves behind.
fn stride(sizes: Handle<Tuple>, dimension: usize) -> usize {
    (dimension + 1..sizes.len()).map(|dimension| size(sizes, dimension)).product()
}

/// `len`.
pub fn length(view: &MemoryView) -> usize {
    sizes(view).map_or_else(|| view.count.get(), |sizes| size(sizes, 0))
}

/// Whether two views with as many items have the same dimensions.
pub fn are_alike(vm: &Vm, a: &MemoryView, b: &MemoryView) -> Outcome<bool> {
    if sizes(a).is_none() && sizes(b).is_none() { Ok(true) } else { vm.equal(shape(vm, a)?, shape(vm, b)?) }
}

/// `ndim`.
pub fn dimensions(view: &MemoryView) -> usize {
    sizes(view).map_or(1, |sizes| sizes.len())
}

/// `shape`.
pub fn shape(vm: &Vm, view: &MemoryView) -> Outcome {
    match sizes(view) {
        Some(sizes) => Ok(sizes.word()),
        None => vm.new_tuple(&[Word::int(view.count.get() as isize)]),
    }
}

/// `strides`.
pub fn strides(vm: &Vm, view: &MemoryView) -> Outcome {
    let each = view.step * view.size as isize;
    match sizes(view) {
        Some(sizes) => vm.new_tuple_with(sizes.len(), |dimension| Word::int(stride(sizes, dimension) as isize * each)),
        None => vm.new_tuple(&[Word::int(each)]),
    }
}

fn unsupported(vm: &Vm, text: &str) -> Raised {
    vm.raise_text(&NOT_IMPLEMENTED_ERROR, text)
}

/// The key of an item in one row.
pub fn linear(vm: &Vm, view: &MemoryView, key: Word) -> Outcome {
    let (sizes, keys) = (sizes(view), Handle::<Tuple>::from(key));
    let Some(keys) = keys else {
        return match sizes {
            None if key.is_int() || Handle::<Slice>::from(key).is_some() => Ok(key),
            None => one_key(vm, key),
            Some(_) if Handle::<Slice>::from(key).is_some() => {
                Err(unsupported(vm, "multi-dimensional slicing is not implemented"))
            }
            Some(_) => Err(unsupported(vm, "multi-dimensional sub-views are not implemented")),
        };
    };
    let is_slice = |key: &core::cell::Cell<Word>| Handle::<Slice>::from(key.get()).is_some();
    if !keys.tail().is_empty() && keys.tail().iter().all(is_slice) {
        return Err(unsupported(vm, "multi-dimensional slicing is not implemented"));
    }
    let count = dimensions(view);
    if keys.len() < count {
        return Err(unsupported(vm, "sub-views are not implemented"));
    }
    if keys.len() > count {
        let parts = [
            Part::Text("cannot index "),
            Part::Int(count as isize),
            Part::Text("-dimension view with "),
            Part::Int(keys.len() as isize),
            Part::Text("-element tuple"),
        ];
        return Err(vm.raise(&TYPE_ERROR, &parts));
    }
    let mut position = 0;
    for (dimension, key) in keys.tail().iter().enumerate() {
        let key = one_key(vm, key.get())?;
        let len = sizes.map_or_else(|| view.count.get(), |sizes| size(sizes, dimension)) as isize;
        let index = vm.index(key)?;
        let index = if index < 0 { index + len } else { index };
        if !(0..len).contains(&index) {
            let parts = [Part::Text("index out of bounds on dimension "), Part::Int(dimension as isize + 1)];
            return Err(vm.raise(&INDEX_ERROR, &parts));
        }
        position += index as usize * sizes.map_or(1, |sizes| stride(sizes, dimension));
    }
    Ok(Word::int(position as isize))
}

/// A key that is a number.
fn one_key(vm: &Vm, key: Word) -> Outcome {
    match vm.index(key) {
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &TYPE_ERROR) => {
            vm.take_raised(raised);
            Err(vm.type_error("memoryview: invalid slice key"))
        }
        Err(raised) if vm.is_instance(vm.peek_raised(raised), &OVERFLOW_ERROR) => {
            vm.take_raised(raised);
            Err(vm.raise_text(&INDEX_ERROR, "cannot fit 'int' into an index-sized integer"))
        }
        outcome => Ok(Word::int(outcome?.clamp(Word::INT_MIN, Word::INT_MAX))),
    }
}

/// `tolist`.
pub fn tolist(vm: &Vm, args: Args) -> Outcome {
    let view = this(vm, args.at(0))?;
    match sizes(&view) {
        Some(sizes) => nested(vm, view, sizes, 0, 0),
        None => {
            let list = vm.new_list_with_capacity(view.count.get())?;
            (0..view.count.get()).try_for_each(|index| list.push(vm, view.load(vm, index)?))?;
            Ok(list.word())
        }
    }
}

fn nested(vm: &Vm, view: Handle<MemoryView>, sizes: Handle<Tuple>, dimension: usize, start: usize) -> Outcome {
    vm.check_stack()?;
    let list = vm.new_list_with_capacity(size(sizes, dimension))?;
    for index in 0..size(sizes, dimension) {
        let at = start + index * stride(sizes, dimension);
        let is_last = dimension + 1 == sizes.len();
        list.push(vm, if is_last { view.load(vm, at)? } else { nested(vm, view, sizes, dimension + 1, at)? })?;
    }
    Ok(list.word())
}

/// `cast(format, shape=None)`.
pub fn cast(vm: &Vm, args: Args) -> Outcome {
    vm.only_keywords(args, &[name!(format), name!(shape)])?;
    let view = this(vm, args.at(0))?;
    let format =
        args.either(1, name!(format)).ok_or_else(|| vm.type_error("cast() missing required argument 'format' (pos 1)"))?;
    let shape = args.either(2, name!(shape)).filter(|word| *word != Word::NONE);
    if view.step != 1 && view.count.get() > 1 {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let Some(text) = vm.as_text(format) else {
        let parts = [Part::Text("cast() argument 'format' must be str, not "), Part::TypeOf(format)];
        return Err(vm.raise(&TYPE_ERROR, &parts));
    };
    let code = match text.strip_prefix('@').unwrap_or(text).as_bytes() {
        [code] if *code == b'c' || packed::size(*code).is_some() && *code != b'u' => *code,
        _ => {
            return Err(vm.value_error(
                "memoryview: destination format must be a native single character format prefixed with an optional '@'",
            ));
        }
    };
    let is_byte = |code: u8| b"Bbc".contains(&code);
    if !is_byte(code) && !is_byte(view.type_code) {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    if shape.is_some() && sizes(&view).is_some() {
        return Err(vm.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    let plain = vm.with_pushed([args.at(0), vm.new_character(code as char)?].into_iter(), |pushed| {
        super::cast(vm, Args::of(pushed)).map(|view| view.word())
    })?;
    let plain: Handle<MemoryView> = vm.receiver(plain)?;
    match shape {
        Some(shape) => shaped(vm, plain, shape),
        None => Ok(plain.word()),
    }
}

/// The items of a view in these dimensions.
fn shaped(vm: &Vm, view: Handle<MemoryView>, shape: Word) -> Outcome {
    let is_sequence = matches!(vm.type_of(vm.native(shape)).kind, Kind::Tuple | Kind::List);
    if !is_sequence {
        return Err(vm.type_error("shape must be a list or a tuple"));
    }
    let list: Handle<List> = vm.list_of(shape)?;
    let mut total = 1_usize;
    for index in 0..list.len() {
        let size = list.items.get(index);
        if !vm.is_instance(size, &crate::object::int::INT) {
            return Err(vm.type_error("memoryview.cast(): elements of shape must be integers"));
        }
        let Some(size) = size.as_int().filter(|size| *size > 0) else {
            return Err(vm.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        };
        total = total.saturating_mul(size as usize);
    }
    if total != view.count.get() || list.len() > 64 {
        return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    if list.len() < 2 {
        return Ok(view.word());
    }
    let shape = vm.tuple_of(list.word())?.word();
    Ok(vm.new_object(MemoryView { shape, ..view.again() })?.word())
}
