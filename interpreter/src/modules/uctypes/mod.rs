//! `uctypes`: structures in memory, as C lays them out.
//!
//! `layout` reads descriptors, `memory` is the one place that follows an address. A structure keeps nothing alive: the
//! program sees to it that what lies at its address stays.

mod layout;
pub mod memory;

use crate::object::bigint::{Big, Room};
use crate::object::dict::Dict;
use crate::object::exception::INDEX_ERROR;
use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Access, Binary, Buffer, Rows, Slots, Type, Unary};
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::resource_type;
use crate::object::str::print_bytes_literal;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::object::{bytearray, iterator};
use crate::vm::{Outcome, Vm};
use layout::{Aggregate, OFFSET, Value};

table! { pub ROWS, NAMES, DOCS:
    /// struct(address, descriptor, layout=NATIVE): a structure in memory.
    const r#struct = type_word(&STRUCT);
    /// sizeof(structure or descriptor, layout=NATIVE): its size in bytes.
    def sizeof(1..=2) = sizeof;
    /// addressof(object): where the bytes of a bytes-like object lie.
    def addressof(1) = |vm, args| vm.new_uint(memory::address(vm.buffer(args.at(0), false)?.bytes) as u64);
    /// bytes_at(address, size): a copy of memory.
    def bytes_at(2) = |vm, args| {
        let (address, size) = (address_of(vm, args.at(0))?, size_of(vm, args.at(1))?);
        vm.new_bytes_from_cells(memory::bytes(vm, address, size))
    };
    /// bytearray_at(address, size): memory itself, to read and to write.
    def bytearray_at(2) = |vm, args| {
        let (address, size) = (address_of(vm, args.at(0))?, size_of(vm, args.at(1))?);
        memory_view(vm, address, size)
    };
    const NATIVE = Word::int(layout::NATIVE);
    const LITTLE_ENDIAN = Word::int(layout::LITTLE);
    const BIG_ENDIAN = Word::int(layout::BIG);
    const VOID = Word::int(0);
    const UINT8 = Word::int(0);
    const INT8 = Word::int(1 << OFFSET);
    const UINT16 = Word::int(2 << OFFSET);
    const INT16 = Word::int(3 << OFFSET);
    const UINT32 = Word::int(4 << OFFSET);
    const INT32 = Word::int(5 << OFFSET);
    const UINT64 = Word::int(6 << OFFSET);
    const INT64 = Word::int(7 << OFFSET);
    const BFUINT8 = Word::int(8 << OFFSET);
    const BFINT8 = Word::int(9 << OFFSET);
    const BFUINT16 = Word::int(10 << OFFSET);
    const BFINT16 = Word::int(11 << OFFSET);
    const BFUINT32 = Word::int(12 << OFFSET);
    const BFINT32 = Word::int(13 << OFFSET);
    const FLOAT32 = Word::int(layout::FLOAT32 << OFFSET);
    const FLOAT64 = Word::int(layout::FLOAT64 << OFFSET);
    /// Where the position of a bit field stands in its number.
    const BF_POS = Word::int(layout::BIT_FROM as isize);
    /// Where the length of a bit field stands in its number.
    const BF_LEN = Word::int(layout::BIT_COUNT as isize);
    /// The type of a C compiler on this machine.
    const SHORT = Word::int(3 << OFFSET);
    const USHORT = Word::int(2 << OFFSET);
    const INT = Word::int(5 << OFFSET);
    const UINT = Word::int(4 << OFFSET);
    const LONG = Word::int(if cfg!(target_pointer_width = "64") { 7 } else { 5 } << OFFSET);
    const ULONG = Word::int(if cfg!(target_pointer_width = "64") { 6 } else { 4 } << OFFSET);
    const LONGLONG = Word::int(7 << OFFSET);
    const ULONGLONG = Word::int(6 << OFFSET);
    /// Marks a pointer.
    const PTR = Word::int(layout::POINTER);
    /// Marks an array.
    const ARRAY = Word::int(layout::ARRAY);
}

static SLOTS: Slots = Slots {
    make: Some(make),
    print: Some(print),
    unary: Some(unary),
    attribute: Some(attribute),
    item: Some(item),
    buffer: Some(buffer),
    ..Slots::NONE
};

/// `struct`. State: the address, the descriptor, the layout.
static STRUCT: Type = resource_type(name!(r#struct), &SLOTS, Rows::NONE);

static MEMORY_SLOTS: Slots = Slots {
    print: Some(print_memory),
    unary: Some(unary_memory),
    binary: Some(binary_memory),
    item: Some(memory_item),
    iter: Some(iterator::over_bytes),
    buffer: Some(memory_buffer),
    ..Slots::NONE
};

/// What `bytearray_at` returns: looks like a `bytearray`, but is memory. State: the address, the size.
static MEMORY: Type = resource_type(name!(bytearray), &MEMORY_SLOTS, crate::object::bytes::SHARED_ROWS);

fn address_of(vm: &Vm, word: Word) -> Outcome<usize> {
    let big = Big::of(vm.native(word), &Room::default()).map(Big::low_bits);
    big.map(|bits| bits as usize).ok_or_else(|| vm.type_error("an address is needed"))
}

fn size_of(vm: &Vm, word: Word) -> Outcome<usize> {
    usize::try_from(vm.index(word)?).map_err(|_| vm.value_error("negative size"))
}

fn make(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 2, 3)?;
    let address = address_of(vm, args.at(0))?;
    let layout = vm.index_or(args.get(2), layout::NATIVE)?;
    structure(vm, address, args.at(1), layout)
}

fn structure(vm: &Vm, address: usize, descriptor: Word, layout: isize) -> Outcome {
    vm.new_resource(&STRUCT, &[vm.new_uint(address as u64)?, vm.native(descriptor), Word::int(layout)])
}

/// What `bytearray_at` returns.
///
/// # Errors
/// `MemoryError`.
pub fn memory_view(vm: &Vm, address: usize, size: usize) -> Outcome {
    vm.new_resource(&MEMORY, &[vm.new_uint(address as u64)?, Word::int(size.min(Word::INT_MAX as usize) as isize)])
}

/// A structure's parts.
struct Structure {
    address: usize,
    descriptor: Word,
    layout: isize,
}

impl Structure {
    fn of(vm: &Vm, word: Word) -> Outcome<Structure> {
        let state = &vm.resource(word, &STRUCT).ok_or_else(|| vm.type_error("a struct is needed"))?.get().state;
        let layout = state[2].get().int_value();
        Ok(Structure { address: address_of(vm, state[0].get())?, descriptor: state[1].get(), layout })
    }

    fn size(&self, vm: &Vm) -> Outcome<usize> {
        layout::size(vm, self.descriptor, self.layout).map(|size| size.0)
    }

    /// The pointer that lies here.
    fn pointer(&self, vm: &Vm) -> usize {
        memory::read(vm, self.address, core::mem::size_of::<usize>()) as usize
    }

    /// A value, or stores one.
    fn value(&self, vm: &Vm, value: Value, address: usize, access: Access) -> Outcome {
        match access {
            Access::Load => value.load(vm, address, self.layout),
            Access::Store(word) => value.store(vm, address, self.layout, word).map(|()| Word::NONE),
            Access::Delete => Ok(Word::UNSET),
        }
    }
}

fn print(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let this = Structure::of(vm, word)?;
    let kind = match Handle::<Tuple>::from(this.descriptor).map(|tuple| tuple.at(0).and_then(Word::as_int)) {
        Some(Some(head)) if head & layout::ARRAY != 0 => "ARRAY",
        Some(Some(head)) if head & layout::POINTER != 0 => "PTR",
        None if Handle::<Dict>::from(this.descriptor).is_some() => "STRUCT",
        _ => "ERROR",
    };
    out.text(vm, "<struct ")?;
    out.text(vm, kind)?;
    out.text(vm, " ")?;
    out.hex(vm, this.address)?;
    out.text(vm, ">")
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let this = Structure::of(vm, word)?;
    let Some(tuple) = Handle::<Tuple>::from(this.descriptor) else { return Ok(Word::NOT_IMPLEMENTED) };
    match (operator, layout::aggregate(vm, tuple)?.1) {
        (Unary::Int, Aggregate::PointerToValue(_) | Aggregate::PointerToStructure(_)) => vm.new_uint(this.pointer(vm) as u64),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let this = Structure::of(vm, word)?;
    let Some(fields) = Handle::<Dict>::from(this.descriptor) else { return Err(vm.type_error("struct: no fields")) };
    let Some(field) = fields.map.get(vm, Word::name(name))? else { return Ok(Word::UNSET) };
    if let Some(value) = field.as_int() {
        let value = Value::new(value);
        return this.value(vm, value, this.address.wrapping_add(value.offset), access);
    }
    let Some(tuple) = Handle::<Tuple>::from(field) else { return Err(layout::wrong(vm)) };
    let (offset, aggregate) = layout::aggregate(vm, tuple)?;
    let Access::Load = access else { return Err(vm.type_error("cannot assign to an aggregate")) };
    let address = this.address.wrapping_add(offset);
    match aggregate {
        Aggregate::Structure(descriptor) => structure(vm, address, descriptor, this.layout),
        Aggregate::Values(value, count) if value.is_byte() => memory_view(vm, address, count),
        _ => structure(vm, address, field, this.layout),
    }
}

fn item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let this = Structure::of(vm, word)?;
    if let Access::Delete = access {
        return Ok(Word::UNSET);
    }
    let Some(tuple) = Handle::<Tuple>::from(this.descriptor) else { return Err(vm.type_error("struct: cannot index")) };
    let (_, aggregate) = layout::aggregate(vm, tuple)?;
    let index = vm.index(key)?;
    let within = |count: usize| match usize::try_from(index).is_ok_and(|index| index < count) {
        true => Ok(()),
        false => Err(vm.raise_text(&INDEX_ERROR, "struct: index out of range")),
    };
    let at = |base: usize, size: usize| base.wrapping_add((index as usize).wrapping_mul(size));
    let (descriptor, base) = match aggregate {
        Aggregate::Values(value, count) => {
            within(count)?;
            return this.value(vm, value, at(this.address, value.size()), access);
        }
        Aggregate::PointerToValue(value) => return this.value(vm, value, at(this.pointer(vm), value.size()), access),
        Aggregate::Structures(descriptor, count) => {
            within(count)?;
            (descriptor, this.address)
        }
        Aggregate::PointerToStructure(descriptor) => (descriptor, this.pointer(vm)),
        Aggregate::Structure(_) => return Err(vm.type_error("struct: cannot index")),
    };
    let Access::Load = access else { return Err(vm.type_error("cannot assign to an aggregate")) };
    structure(vm, at(base, layout::size(vm, descriptor, this.layout)?.0), descriptor, this.layout)
}

/// What fails is no buffer.
fn buffer_at<'v>(vm: &'v Vm, place: Outcome<(usize, usize)>) -> Option<Buffer<'v>> {
    match place {
        Ok((address, size)) => Some(Buffer::of_cells(memory::bytes(vm, address, size))),
        Err(raised) => {
            vm.take_raised(raised);
            None
        }
    }
}

fn buffer<'v>(vm: &'v Vm, word: Word, _: bool) -> Option<Buffer<'v>> {
    let this = Structure::of(vm, word).ok()?;
    // A pointer stands for a number, which `int` asks for.
    if Handle::<Tuple>::from(this.descriptor).is_some_and(|tuple| tuple.at(0).and_then(Word::as_int).is_some_and(|head| head & layout::POINTER != 0)) {
        return None;
    }
    buffer_at(vm, this.size(vm).map(|size| (this.address, size)))
}

fn sizeof(vm: &Vm, args: Args) -> Outcome {
    let object = args.at(0);
    if vm.resource(object, &MEMORY).is_some() {
        return Ok(Word::int(memory_place(vm, object)?.1 as isize));
    }
    if vm.resource(object, &STRUCT).is_some() {
        if args.len() > 1 {
            return Err(vm.type_error("a struct has its layout already"));
        }
        return vm.new_uint(Structure::of(vm, object)?.size(vm)? as u64);
    }
    let layout = vm.index_or(args.get(1), layout::NATIVE)?;
    vm.new_uint(layout::size(vm, vm.native(object), layout)?.0 as u64)
}

/// Address and size of what `bytearray_at` returned.
fn memory_place(vm: &Vm, word: Word) -> Outcome<(usize, usize)> {
    let state = &vm.resource(word, &MEMORY).ok_or_else(|| vm.type_error("memory is needed"))?.get().state;
    Ok((address_of(vm, state[0].get())?, state[1].get().int_value() as usize))
}

fn memory_buffer<'v>(vm: &'v Vm, word: Word, _: bool) -> Option<Buffer<'v>> {
    buffer_at(vm, memory_place(vm, word))
}

fn print_memory(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let (address, size) = memory_place(vm, word)?;
    out.text(vm, "bytearray(")?;
    print_bytes_literal(vm, memory::bytes(vm, address, size), out)?;
    out.text(vm, ")")
}

fn unary_memory(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let (_, size) = memory_place(vm, word)?;
    match operator {
        Unary::Len => Ok(Word::int(size as isize)),
        Unary::Bool => Ok(Word::bool(size > 0)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

/// Operators are those of a `bytes` with the same contents.
fn binary_memory(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (address, size) = memory_place(vm, lhs)?;
    vm.binary(operator, vm.new_bytes_from_cells(memory::bytes(vm, address, size))?, rhs)
}

fn memory_item(vm: &Vm, word: Word, key: Word, access: Access) -> Outcome {
    let (address, size) = memory_place(vm, word)?;
    if Handle::<crate::object::slice::Slice>::from(key).is_some() {
        // A memoryview knows slices; what it shows is copied, as a slice of a bytearray is.
        let view = vm.call(type_word(&crate::object::memoryview::MEMORYVIEW), &[word])?;
        return match access {
            Access::Load => vm.call(type_word(&bytearray::BYTEARRAY), &[vm.item(view, key)?]),
            Access::Store(value) => vm.set_item(view, key, value).map(|()| Word::NONE),
            Access::Delete => Ok(Word::UNSET),
        };
    }
    let bytes = memory::bytes(vm, address, size);
    let index = vm.position(&MEMORY, key, || bytes.len())?;
    let cell = &bytes[index..][..1];
    match access {
        Access::Load => Ok(Word::int(cell[0].get() as isize)),
        Access::Store(value) => {
            // The low bits, as of any other value here.
            cell[0].set(vm.index(value)? as u8);
            Ok(Word::NONE)
        }
        Access::Delete => Ok(Word::UNSET),
    }
}
