//! Code of modules that is kept from one program to the next, on hosts: what an import would compile, the port may have as it was compiled
//! before (`port::Keeper`). A program sees no difference: lines, names and texts are those of the source, and what was read has
//! passed the verifier, whoever wrote it.
//!
//! `sys.dont_write_bytecode` and `sys.pycache_prefix` count once somebody has set them; nothing is loaded to ask.

use super::import::Text;
use super::{Outcome, Vm};
use crate::code::prototype::PrototypeHandle;
use crate::code::saved;
use crate::modules::{SYS, frozen};
use crate::object::handle::Handle;
use crate::object::module::loaded_attribute;
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::port::{Keeper, Kept, Mark};
use crate::vfs::driver::{self, DRIVER, Driver};
use crate::vfs::mount;

/// Names that are used here.
pub const NAMES: &[&str] = &["dont_write_bytecode", "pycache_prefix", TAG];

/// `sys.implementation.cache_tag`: a part of the names of files with kept code, which nobody else has.
pub const TAG: &str = "taipan-01";

/// The tag, where code is kept; None elsewhere.
pub fn tag(vm: &Vm) -> Word {
    vm.port.keeper().map_or(Word::NONE, |_| Word::name(name!("taipan-01")))
}

/// What compiles a source if that was not done before.
type Compile<'c> = &'c dyn Fn() -> Outcome<PrototypeHandle>;

/// The code of a module's file.
///
/// # Errors
/// What `compile` raises, `MemoryError`.
pub(super) fn of_file(vm: &Vm, file: Word, compile: impl Fn() -> Outcome<PrototypeHandle>) -> Outcome<PrototypeHandle> {
    let text = vm.text_of(file);
    let Some(keeper) = vm.port.keeper().filter(|_| text.ends_with(".py") && frozen::below(text).is_none()) else {
        return compile();
    };
    let (file_system, path) = mount::resolve(vm, file)?;
    // The port's own files alone: what a program has mounted may be anything.
    let Some(files) = Handle::<Driver>::from(file_system).filter(|_| core::ptr::eq(vm.type_of(file_system), &DRIVER)) else {
        return compile();
    };
    let path = driver::absolute(vm, &files, path)?;
    compiled(vm, keeper, (vm.text_of(path), None), vm.intern(text)?, &compile)
}

/// The code of a file of the library.
///
/// # Errors
/// As `of_file`.
pub(super) fn of_frozen(
    vm: &Vm,
    path: &str,
    text: &str,
    compile: impl Fn() -> Outcome<PrototypeHandle>,
) -> Outcome<PrototypeHandle> {
    match vm.port.keeper() {
        Some(keeper) => compiled(vm, keeper, (path, Some(text)), vm.intern(path)?, &compile),
        None => compile(),
    }
}

fn compiled(
    vm: &Vm,
    keeper: &dyn Keeper,
    (path, text): (&str, Option<&str>),
    file: Name,
    compile: Compile,
) -> Outcome<PrototypeHandle> {
    // Machine code is made for the place where it lies.
    if vm.native.get() {
        return compile();
    }
    let prefix = loaded_attribute(vm, &SYS, name!(pycache_prefix))?.and_then(|prefix| vm.as_text(prefix));
    let kept = Kept { path, text, prefix, optimisation: vm.optimisation.get() };
    let mut found = None;
    // What cannot be loaded is compiled, which says what there is to say.
    let mut load = |bytes: &[u8]| match saved::load_kept(vm, &mut Text::new(bytes), file) {
        Ok(code) => found = code,
        Err(raised) => drop(vm.take_raised(raised)),
    };
    let mark = keeper.find(&kept, &mut load);
    if let Some(code) = found {
        return Ok(code);
    }
    let code = compile()?;
    let forbidden = loaded_attribute(vm, &SYS, name!(dont_write_bytecode))?;
    if let Some(mark) = mark
        && !forbidden.map_or(Ok(false), |forbidden| vm.truth(forbidden))?
    {
        keep(vm, keeper, &kept, mark, code);
    }
    Ok(code)
}

/// What cannot be saved is not kept: functions that are machine code, code for which there is no memory twice.
fn keep(vm: &Vm, keeper: &dyn Keeper, kept: &Kept, mark: Mark, code: PrototypeHandle) {
    let mut bytes = Builder::new();
    let saved = saved::save_own(vm, code.word(), &mut bytes).and_then(|()| bytes.finish_bytes(vm));
    match saved.and_then(|bytes| vm.bytes_of(bytes)) {
        Ok(bytes) => keeper.keep(kept, mark, bytes),
        Err(raised) => drop(vm.take_raised(raised)),
    }
}
