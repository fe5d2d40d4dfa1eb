//! Files that a program forgets to close: each open one has a finalizer that closes it when its stream is gone.

use super::FileId;
use super::driver;
use crate::object::handle::{Args, Handle};
use crate::object::kind::{Arity, Binding, NativeFunction, Rows, Slots, Type};
use crate::object::resource::Resource;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::weak::{CALLBACK, weak_type};
use crate::vm::{Outcome, Vm};

static WATCH: Type = weak_type(name!(finalize), &Slots::NONE, Rows::NONE);

/// Closes a file: (driver, number).
static CLOSE: NativeFunction = NativeFunction::new(name!(close), Arity::new(2, 2), false, Binding::Static, close);

fn close(vm: &Vm, args: Args) -> Outcome {
    let driver = driver::driver(vm, args.at(0))?;
    if let Some(number) = args.at(1).as_int() {
        driver.on(vm, |fs| fs.close(FileId(number as u32)))?;
    }
    Ok(Word::NONE)
}

/// The finalizer of a stream whose file `driver` is about to open.
pub fn watch(vm: &Vm, stream: Word, driver: Word) -> Outcome {
    let arguments = vm.new_tuple(&[driver, Word::NONE])?;
    let keywords = vm.new_dict()?.word();
    let parts = vm.new_tuple(&[Word::of_static(&CLOSE), arguments, keywords])?;
    vm.new_weak(&WATCH, stream, parts, true)
}

/// The file is open, by this number.
pub fn opened(watch: Word, file: FileId) {
    let parts = Handle::<Resource>::from(watch).and_then(|watch| Handle::<Tuple>::from(watch.state[CALLBACK].get()));
    let arguments = parts.and_then(|parts| Handle::<Tuple>::from(parts.tail()[1].get())).expect("made by `watch`");
    arguments.tail()[1].set(Word::int(file.0 as isize));
}

/// The file was closed: its number may be another's soon.
pub fn closed(watch: Word) {
    if let Some(watch) = watch.set().and_then(Handle::<Resource>::from) {
        watch.state[CALLBACK].set(Word::NONE);
    }
}
