//! `_system`: what of the system few programs ask `os` for: whose a process is, which processors it may use, what files have beside
//! their bytes, files in memory. `os` is Python over it (`frozen/_osprocess.py`).
#![expect(unsafe_code, reason = "these are calls of the C library, for which nobody has a safe face")]

use super::process::{self, text};
use crate::{errors, keeper};
use interpreter::code::saved;
use interpreter::modules::frozen::{self, Contents};
use interpreter::object::handle::Args;
use interpreter::object::print::Builder;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use nix::libc;
use std::ffi::CString;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

table! { pub ROWS, NAMES, DOCS:
    /// set_groups(numbers): all groups of this process.
    def set_groups(1) = set_groups;
    /// set_users(real, effective, saved): of this process; -1 leaves one as it is.
    def set_users(3) = set_users;
    /// set_real_groups(real, effective, saved): as `set_users`, of its group.
    def set_real_groups(3) = set_real_groups;
    /// users(): real, effective and saved user, and the same of groups.
    def users(0) = users;
    /// processors(process): the numbers of those that it may use.
    def processors(1) = processors;
    /// use_processors(process, numbers): lets it use these alone.
    def use_processors(2) = use_processors;
    /// policy(process): how it is scheduled, and with which priority.
    def policy(1) = policy;
    /// set_policy(process, policy, priority): how it is scheduled from now on.
    def set_policy(3) = set_policy;
    /// memory_file(name, flags): a descriptor of a file that is nowhere.
    def memory_file(2) = memory_file;
    /// counter(value, flags): a descriptor that counts.
    def counter(2) = counter;
    /// make_node(path, mode, device): a device, a pipe or an empty file.
    def make_node(3) = make_node;
    /// own(file, user, group): gives a file to somebody, by its descriptor.
    def own(3) = own;
    /// attribute(path, name, follow): what a file has under this name, as bytes.
    def attribute(3) = attribute;
    /// set_attribute(path, name, bytes, flags, follow): notes something with a file.
    def set_attribute(5) = set_attribute;
    /// remove_attribute(path, name, follow): forgets it.
    def remove_attribute(3) = remove_attribute;
    /// attributes(path, follow): the names, each with a zero behind it.
    def attributes(2) = attributes;
    /// kept_at(path, prefix, optimisation): where code of a source is kept, below `prefix` if that is no None; None if the path is of no file.
    def kept_at(3) = kept_at;
    /// kept_magic(): what kept code begins with.
    def kept_magic(0) = |vm, _| vm.new_bytes(&keeper::MAGIC);
    /// source_hash(source): eight bytes that tell it from others.
    def source_hash(1) = |vm, args| vm.new_bytes(&keeper::hash(vm.bytes_of(args.at(0))?));
    /// code_to_import(path): the code of a module's file, as an import takes it.
    def code_to_import(1) = |vm, args| vm.code_to_import(args.at(0)).map(|code| code.word());
    /// code_for_boards(code): the bytes of an .mpy file.
    def code_for_boards(1) = |vm, args| {
        let mut bytes = Builder::new();
        saved::save(vm, args.at(0), &mut bytes)?;
        bytes.finish_bytes(vm)
    };
    /// frozen_source(path): the text of a file of the library, whose path begins with `.frozen`; None of other files.
    def frozen_source(1) = frozen_source;
}

fn kept_at(vm: &Vm, args: Args) -> Outcome {
    let path = process::text(vm, args.at(0))?;
    let prefix = if args.at(1) == Word::NONE { None } else { Some(process::text(vm, args.at(1))?) };
    let optimisation = vm.expect_text(args.at(2))?;
    let found = keeper::place(Path::new(&path), prefix.as_deref().map(Path::new), optimisation);
    match found.as_deref().and_then(Path::to_str) {
        Some(place) => vm.new_str(place),
        None => Ok(Word::NONE),
    }
}

fn frozen_source(vm: &Vm, args: Args) -> Outcome {
    let file = frozen::below(vm.expect_text(args.at(0))?).and_then(|path| frozen::file(vm, path));
    match file.map(|file| &file.contents) {
        Some(Contents::Source(source)) => vm.new_str(source),
        Some(Contents::Saved(_)) | None => Ok(Word::NONE),
    }
}

fn set_groups(vm: &Vm, args: Args) -> Outcome {
    let mut groups: Vec<libc::gid_t> = Vec::new();
    vm.for_each(args.at(0), &mut |item| {
        groups.push(vm.index(item)? as libc::gid_t);
        Ok(())
    })?;
    // SAFETY: the list is this function's.
    answer(vm, unsafe { libc::setgroups(groups.len(), groups.as_ptr()) })
}

fn set_users(vm: &Vm, args: Args) -> Outcome {
    let [real, effective, saved] = numbers(vm, args)?;
    // SAFETY: numbers alone.
    answer(vm, unsafe { libc::setresuid(real as _, effective as _, saved as _) })
}

fn set_real_groups(vm: &Vm, args: Args) -> Outcome {
    let [real, effective, saved] = numbers(vm, args)?;
    // SAFETY: numbers alone.
    answer(vm, unsafe { libc::setresgid(real as _, effective as _, saved as _) })
}

fn users(vm: &Vm, _: Args) -> Outcome {
    let mut found: [libc::uid_t; 6] = [0; 6];
    let [a, b, c, d, e, f] = &mut found;
    // SAFETY: six numbers of this frame.
    answer(vm, unsafe { libc::getresuid(a, b, c) | libc::getresgid(d, e, f) })?;
    vm.new_tuple(&found.map(|number| Word::int(number as isize)))
}

fn policy(vm: &Vm, args: Args) -> Outcome {
    let process = vm.index(args.at(0))? as libc::pid_t;
    let mut parameter = libc::sched_param { sched_priority: 0 };
    // SAFETY: a struct of this frame.
    let policy = unsafe { libc::sched_getscheduler(process) };
    answer(vm, policy.min(0))?;
    // SAFETY: as above.
    answer(vm, unsafe { libc::sched_getparam(process, &mut parameter) })?;
    vm.new_tuple(&[Word::int(policy as isize), Word::int(parameter.sched_priority as isize)])
}

fn set_policy(vm: &Vm, args: Args) -> Outcome {
    let [process, policy, priority] = numbers(vm, args)?;
    let parameter = libc::sched_param { sched_priority: priority as i32 };
    // SAFETY: a struct of this frame.
    answer(vm, unsafe { libc::sched_setscheduler(process as _, policy as _, &parameter) })
}

fn memory_file(vm: &Vm, args: Args) -> Outcome {
    let (name, flags) = (path(vm, args.at(0))?, vm.index(args.at(1))? as libc::c_uint);
    // SAFETY: a text with its end.
    number(vm, unsafe { libc::memfd_create(name.as_ptr(), flags) } as isize)
}

fn counter(vm: &Vm, args: Args) -> Outcome {
    // SAFETY: numbers alone.
    number(vm, unsafe { libc::eventfd(vm.index(args.at(0))? as _, vm.index(args.at(1))? as _) } as isize)
}

fn make_node(vm: &Vm, args: Args) -> Outcome {
    let (path, mode, device) = (path(vm, args.at(0))?, vm.index(args.at(1))?, vm.index(args.at(2))?);
    // SAFETY: a text with its end.
    answer(vm, unsafe { libc::mknod(path.as_ptr(), mode as _, device as _) })
}

fn own(vm: &Vm, args: Args) -> Outcome {
    let [file, user, group] = numbers(vm, args)?;
    // SAFETY: numbers alone.
    answer(vm, unsafe { libc::fchown(file as _, user as _, group as _) })
}

fn remove_attribute(vm: &Vm, args: Args) -> Outcome {
    let (file, name) = (path(vm, args.at(0))?, path(vm, args.at(1))?);
    let follows = vm.truth(args.at(2))?;
    let call = if follows { libc::removexattr } else { libc::lremovexattr };
    // SAFETY: texts with their ends.
    answer(vm, unsafe { call(file.as_ptr(), name.as_ptr()) })
}

fn path(vm: &Vm, word: Word) -> Outcome<CString> {
    crate::held::settle_all();
    CString::new(text(vm, word)?.into_vec()).map_err(|_| vm.value_error("embedded null byte"))
}

fn numbers<const N: usize>(vm: &Vm, args: Args) -> Outcome<[isize; N]> {
    let mut found = [0; N];
    for (index, number) in found.iter_mut().enumerate() {
        *number = vm.index(args.at(index))?;
    }
    Ok(found)
}

/// None, or the system's last error where a call answered -1.
fn answer(vm: &Vm, answer: libc::c_int) -> Outcome {
    number(vm, answer as isize).map(|_| Word::NONE)
}

fn number(vm: &Vm, answer: isize) -> Outcome {
    if answer < 0 { Err(errors::raise(vm, &std::io::Error::last_os_error())) } else { Ok(Word::int(answer)) }
}

fn no_processors() -> libc::cpu_set_t {
    // SAFETY: a set of bits, none of which is set.
    unsafe { std::mem::zeroed() }
}

fn processors(vm: &Vm, args: Args) -> Outcome {
    let mut set = no_processors();
    // SAFETY: the struct is this frame's, and its size is said.
    answer(vm, unsafe { libc::sched_getaffinity(vm.index(args.at(0))? as _, size_of::<libc::cpu_set_t>(), &mut set) })?;
    // SAFETY: below the number of bits.
    let found = (0..libc::CPU_SETSIZE as usize).filter(|processor| unsafe { libc::CPU_ISSET(*processor, &set) });
    let words: Vec<Word> = found.map(|processor| Word::int(processor as isize)).collect();
    vm.new_tuple(&words)
}

fn use_processors(vm: &Vm, args: Args) -> Outcome {
    let mut set = no_processors();
    vm.for_each(args.at(1), &mut |item| {
        let processor = usize::try_from(vm.index(item)?).map_err(|_| vm.value_error("negative CPU number"))?;
        if processor >= libc::CPU_SETSIZE as usize {
            return Err(vm.os_error(libc::EINVAL as u16));
        }
        // SAFETY: below the number of bits.
        unsafe { libc::CPU_SET(processor, &mut set) };
        Ok(())
    })?;
    // SAFETY: as in `processors`.
    answer(vm, unsafe { libc::sched_setaffinity(vm.index(args.at(0))? as _, size_of::<libc::cpu_set_t>(), &set) })
}

/// Asks how long something is, and then for that: again, if it grew meanwhile.
fn grown(vm: &Vm, call: &dyn Fn(*mut libc::c_void, usize) -> isize) -> Outcome {
    loop {
        let size = call(std::ptr::null_mut(), 0);
        number(vm, size)?;
        let mut bytes = vec![0u8; size as usize];
        let count = call(bytes.as_mut_ptr().cast(), bytes.len());
        if count < 0 && std::io::Error::last_os_error().raw_os_error() == Some(libc::ERANGE) {
            continue;
        }
        number(vm, count)?;
        return vm.new_bytes(&bytes[..count as usize]);
    }
}

fn attribute(vm: &Vm, args: Args) -> Outcome {
    let (file, name) = (path(vm, args.at(0))?, path(vm, args.at(1))?);
    let call = if vm.truth(args.at(2))? { libc::getxattr } else { libc::lgetxattr };
    // SAFETY: texts with their ends; `grown` gives memory with its size.
    grown(vm, &|memory, size| unsafe { call(file.as_ptr(), name.as_ptr(), memory, size) })
}

fn attributes(vm: &Vm, args: Args) -> Outcome {
    let file = path(vm, args.at(0))?;
    let call = if vm.truth(args.at(1))? { libc::listxattr } else { libc::llistxattr };
    // SAFETY: as above.
    grown(vm, &|memory, size| unsafe { call(file.as_ptr(), memory.cast(), size) })
}

fn set_attribute(vm: &Vm, args: Args) -> Outcome {
    let (file, name) = (path(vm, args.at(0))?, path(vm, args.at(1))?);
    let bytes: Vec<u8> = vm.buffer(args.at(2), false)?.bytes.iter().map(std::cell::Cell::get).collect();
    let flags = vm.index(args.at(3))? as libc::c_int;
    let call = if vm.truth(args.at(4))? { libc::setxattr } else { libc::lsetxattr };
    // SAFETY: texts with their ends, memory with its size.
    answer(vm, unsafe { call(file.as_ptr(), name.as_ptr(), bytes.as_ptr().cast(), bytes.len(), flags) })
}
