//! What arrays of hosts have besides: files, lists, text, and how they lie in memory.

use super::*;
use crate::object::list::List;

/// `buffer_info()`.
pub fn buffer_info(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    let address = array.bytes().cells().as_ptr().addr();
    vm.new_tuple(&[vm.new_uint(address as u64)?, Word::int(array.len() as isize)])
}

/// `byteswap()`.
pub fn byteswap(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    for index in 0..array.len() {
        let cells = array.cells(index);
        (0..cells.len() / 2).for_each(|at| cells[at].swap(&cells[cells.len() - 1 - at]));
    }
    Ok(Word::NONE)
}

/// `fromfile(file, count)`.
pub fn fromfile(vm: &Vm, args: Args) -> Outcome {
    let (array, count) = (this(vm, args)?, vm.index(args.at(2))?);
    let Some(wanted) = usize::try_from(count).ok().and_then(|count| count.checked_mul(array.size())) else {
        return Err(vm.value_error("negative count"));
    };
    let read = vm.call_method(args.at(1), name!(read), &[Word::int(wanted as isize)])?;
    if vm.as_text(read).is_some() {
        return Err(vm.type_error("read() didn't return bytes"));
    }
    let bytes = vm.bytes_of(read)?;
    array.extend_bytes(vm, bytes)?;
    if bytes.len() < wanted {
        return Err(vm.raise_text(&exception::EOF_ERROR, "read() didn't return enough bytes"));
    }
    Ok(Word::NONE)
}

/// `tofile(file)`.
pub fn tofile(vm: &Vm, args: Args) -> Outcome {
    let bytes = vm.new_bytes(vm.bytes_of(args.at(0))?)?;
    vm.call_method(args.at(1), name!(write), &[bytes])?;
    Ok(Word::NONE)
}

/// `fromlist(list)`: all of it, or nothing.
pub fn fromlist(vm: &Vm, args: Args) -> Outcome {
    let array = this(vm, args)?;
    let Some(list) = vm.as_native::<List>(args.at(1)) else { return Err(vm.type_error("arg must be list")) };
    let before = array.len();
    array.extend(vm, list.word()).inspect_err(|_| {
        let span = Span { start: before, step: 1, count: array.len() - before };
        // Giving items up takes no memory.
        let _ = array.splice(vm, span, &[]);
    })?;
    Ok(Word::NONE)
}

/// `fromunicode(text)`.
pub fn fromunicode(vm: &Vm, args: Args) -> Outcome {
    let array = text_array(vm, args, "fromunicode() may only be called on unicode type arrays")?;
    extend_text(vm, array, args.at(1))?;
    Ok(Word::NONE)
}

/// `tounicode()`.
pub fn tounicode(vm: &Vm, args: Args) -> Outcome {
    text(vm, text_array(vm, args, "tounicode() may only be called on unicode type arrays")?)
}

fn text_array(vm: &Vm, args: Args, message: &'static str) -> Outcome<Handle<Array>> {
    let array = this(vm, args)?;
    if array.type_code.get() == b'u' { Ok(array) } else { Err(vm.value_error(message)) }
}

/// `__copy__()`, `__deepcopy__(memo)`.
pub fn copied(vm: &Vm, args: Args) -> Outcome {
    vm.item(args.at(0), vm.new_slice(Word::NONE, Word::NONE, Word::NONE)?)
}
