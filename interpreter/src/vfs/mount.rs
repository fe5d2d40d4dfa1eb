//! The mount table: which file system a path belongs to.
//!
//! `Root::Mounts` is a list of (mount point, file system), the mount point with a slash at its end; `Root::Directory` is the
//! file system of the current directory, or `UNSET` at the root above all mounts. Each file system keeps its own current
//! directory. These are the reference's rules (its `vfs.c`), so a file system written in Python sees the paths it expects.

use super::{Errno, Volume, driver};
use crate::WHOLE;
use crate::object::handle::{Args, Handle};
use crate::object::list::List;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::{Outcome, Root, Vm};

/// What a path means.
enum Place {
    /// Within this file system, by this path.
    Within(Word, Word),
    /// The root above all mounts.
    Root,
    /// No file system is mounted there.
    Nowhere,
}

/// The mounts: (mount point, file system).
fn mounts(vm: &Vm) -> impl Iterator<Item = (Word, Word)> {
    let list = Handle::<List>::from(vm.root(Root::Mounts));
    let mut at = 0;
    core::iter::from_fn(move || {
        let list = list?;
        if at >= list.len.get() {
            return None;
        }
        at += 1;
        let row = Handle::<Tuple>::from(list.items.get(at - 1))?;
        Some((row.tail()[0].get(), row.tail()[1].get()))
    })
}

/// The file system that is mounted at `point`, if one is.
pub fn mounted_at(vm: &Vm, point: &str) -> Option<Word> {
    mounts(vm).find(|row| vm.text_of(row.0) == point).map(|row| row.1)
}

fn root_file_system(vm: &Vm) -> Option<Word> {
    mounted_at(vm, "/")
}

fn place(vm: &Vm, path: Word) -> Outcome<Place> {
    let Some(text) = driver::text_of_path(vm, path)? else { return Err(vm.type_error("a path is a str")) };
    let current = vm.root(Root::Directory);
    if !text.starts_with('/') && current != Word::UNSET {
        return Ok(Place::Within(current, path));
    }
    if text.is_empty() || text == "/" {
        return Ok(Place::Root);
    }
    let tail = text.strip_prefix('/').unwrap_or(text);
    let mut found = Place::Nowhere;
    for (point, file_system) in mounts(vm) {
        let point = vm.text_of(point).trim_matches('/');
        if point.is_empty() {
            found = Place::Within(file_system, path);
            continue;
        }
        match tail.strip_prefix(point) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => {
                let rest = if rest.is_empty() { "/" } else { rest };
                // What was asked in bytes is answered in bytes.
                let rest = if vm.as_text(path).is_some() { vm.new_str(rest) } else { vm.new_bytes(rest.as_bytes()) };
                return Ok(Place::Within(file_system, rest?));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The file system that `path` lies in, and the path within it.
///
/// # Errors
/// `OSError(ENODEV)` when nothing is mounted there.
pub fn resolve(vm: &Vm, path: Word) -> Outcome<(Word, Word)> {
    match place(vm, path)? {
        Place::Within(file_system, path) => Ok((file_system, path)),
        Place::Root => match root_file_system(vm) {
            Some(file_system) => Ok((file_system, path)),
            None => Err(vm.os_error(Errno::EPERM.0)),
        },
        Place::Nowhere => Err(vm.os_error(Errno::ENODEV.0)),
    }
}

/// Mounts a driver at `point` ("/", "/flash"), and makes it the current one if it is the first.
pub fn mount_driver(vm: &Vm, volume: &'static dyn Volume, point: &str) -> Outcome<()> {
    mount_object(vm, driver::new(vm, volume)?, point)
}

/// Mounts the object of a file system at `point`, and makes it the current one if it is the first.
pub fn mount_object(vm: &Vm, object: Word, point: &str) -> Outcome<()> {
    let point = vm.new_str(point)?;
    add(vm, object, point)?;
    if vm.root(Root::Directory) == Word::UNSET {
        vm.set_root(Root::Directory, object);
    }
    Ok(())
}

fn add(vm: &Vm, file_system: Word, point: Word) -> Outcome<()> {
    let text = vm.text_of(point).trim_end_matches('/');
    if mounts(vm).any(|row| vm.text_of(row.0).trim_end_matches('/') == text) {
        return Err(vm.os_error(Errno::EPERM.0));
    }
    let point = if text.is_empty() { Word::name(name!("/")) } else { vm.new_str(text)? };
    if vm.root(Root::Mounts) == Word::UNSET {
        vm.set_root(Root::Mounts, vm.new_list(&[])?);
    }
    let row = vm.new_tuple(&[point, file_system])?;
    vm.call_method(vm.root(Root::Mounts), name!(append), &[row])?;
    Ok(())
}

/// `mount(fs, path, readonly=False, mkfs=False)`; a block device in the place of `fs` is looked into by the port.
pub fn mount(vm: &Vm, args: Args) -> Outcome {
    if args.is_empty() {
        let copy = vm.new_list(&[])?;
        for (point, file_system) in mounts(vm) {
            let row = vm.new_tuple(&[file_system, point])?;
            vm.call_method(copy, name!(append), &[row])?;
        }
        return Ok(copy);
    }
    let (Some(given), Some(point)) = (args.get(0), args.get(1)) else {
        return Err(vm.type_error("mount(fs, path) takes two arguments"));
    };
    let file_system = match vm.find_attribute(given, name!(mount))?.set() {
        Some(_) => given,
        None => vm.port.file_system_on(vm, given)?,
    };
    let option = |name| args.keyword(name).unwrap_or(Word::FALSE);
    vm.call_method(file_system, name!(mount), &[option(name!(readonly)), option(name!(mkfs))])?;
    add(vm, file_system, point)?;
    Ok(Word::NONE)
}

/// `umount(fs or path)`.
pub fn unmount(vm: &Vm, args: Args) -> Outcome {
    let which = args.at(0);
    let point = vm.as_text(which).map(|text| text.trim_end_matches('/'));
    let found = mounts(vm).position(|row| row.1 == which || point == Some(vm.text_of(row.0).trim_end_matches('/')));
    let Some(at) = found else { return Err(vm.os_error(Errno::EINVAL.0)) };
    let row = vm.call_method(vm.root(Root::Mounts), name!(pop), &[Word::int(at as isize)])?;
    let row = Handle::<Tuple>::from(row).expect("the mount table holds tuples");
    let file_system = row.tail()[1].get();
    if vm.root(Root::Directory) == file_system {
        vm.set_root(Root::Directory, Word::UNSET);
    }
    // It may go on under another name.
    if !(WHOLE && mounts(vm).any(|row| row.1 == file_system)) {
        vm.call_method(file_system, name!(umount), &[])?;
    }
    Ok(Word::NONE)
}

/// Asks the file system of the first argument: `os.stat(path)` → `fs.stat(path)`.
pub fn ask(vm: &Vm, method: crate::object::name::Name, args: Args) -> Outcome {
    let (file_system, path) = resolve(vm, args.at(0))?;
    vm.call_method(file_system, method, &[path])
}

/// `os.stat(path)`: the root above all mounts is a directory too.
pub fn stat(vm: &Vm, args: Args) -> Outcome {
    match place(vm, args.at(0))? {
        Place::Within(file_system, path) => vm.call_method(file_system, name!(stat), &[path]),
        Place::Nowhere => Err(vm.os_error(Errno::ENOENT.0)),
        Place::Root => {
            let mut row = [Word::int(0); 10];
            row[0] = Word::int(0x4000);
            vm.new_tuple(&row)
        }
    }
}

/// `os.statvfs(path)`: above all mounts, nothing but the length of names.
pub fn space(vm: &Vm, args: Args) -> Outcome {
    match place(vm, args.at(0))? {
        Place::Within(file_system, path) => vm.call_method(file_system, name!(statvfs), &[path]),
        Place::Nowhere => Err(vm.os_error(Errno::ENOENT.0)),
        Place::Root => {
            if let Some(file_system) = root_file_system(vm) {
                return vm.call_method(file_system, name!(statvfs), &[Word::name(name!("/"))]);
            }
            let mut row = [Word::int(0); 10];
            row[9] = Word::int(255);
            vm.new_tuple(&row)
        }
    }
}

/// `os.mkdir(path)`: a mount point exists already.
pub fn make_directory(vm: &Vm, args: Args) -> Outcome {
    let (file_system, path) = resolve(vm, args.at(0))?;
    if vm.text_of(path) == "/" {
        return Err(vm.os_error(Errno::EEXIST.0));
    }
    vm.call_method(file_system, name!(mkdir), &[path])
}

/// `os.rename(from, to)`, within one file system.
pub fn rename(vm: &Vm, args: Args) -> Outcome {
    let (file_system, from) = resolve(vm, args.at(0))?;
    let (other, to) = resolve(vm, args.at(1))?;
    if file_system != other {
        return Err(vm.os_error(Errno::EPERM.0));
    }
    vm.call_method(file_system, name!(rename), &[from, to])
}

/// `os.chdir(path)`.
pub fn change_directory(vm: &Vm, args: Args) -> Outcome {
    match place(vm, args.at(0))? {
        Place::Within(file_system, path) => {
            vm.call_method(file_system, name!(chdir), &[path])?;
            vm.set_root(Root::Directory, file_system);
        }
        Place::Root => {
            // Relative paths begin at the root of what is mounted there.
            if let Some(file_system) = root_file_system(vm) {
                vm.call_method(file_system, name!(chdir), &[Word::name(name!("/"))])?;
            }
            vm.set_root(Root::Directory, Word::UNSET);
        }
        Place::Nowhere => return Err(vm.os_error(Errno::ENOENT.0)),
    }
    Ok(Word::NONE)
}

/// `os.getcwd()`.
pub fn current_directory(vm: &Vm) -> Outcome {
    let current = vm.root(Root::Directory);
    if current == Word::UNSET {
        return Ok(Word::name(name!("/")));
    }
    let within = vm.call_method(current, name!(getcwd), &[])?;
    let point = mounts(vm).find(|row| row.1 == current).map_or("/", |row| vm.text_of(row.0));
    if point == "/" {
        return Ok(within);
    }
    let mut out = crate::object::print::Builder::new();
    out.push(vm, point.as_bytes())?;
    let within = vm.text_of(within);
    if within != "/" {
        out.push(vm, within.as_bytes())?;
    }
    out.finish_str(vm)
}

/// `os.ilistdir(path)`: at the root, the mount points and what is mounted there. On hosts, a second name of that is no folder in it.
pub fn list(vm: &Vm, args: Args) -> Outcome {
    let path = args.get(0).unwrap_or(Word::name(name!("")));
    let (file_system, path) = match place(vm, path)? {
        Place::Within(file_system, path) => (file_system, path),
        Place::Nowhere => return Err(vm.os_error(Errno::ENODEV.0)),
        Place::Root => {
            let rows = vm.new_list(&[])?;
            for (point, file_system) in mounts(vm) {
                if vm.text_of(point) == "/" || WHOLE && root_file_system(vm) == Some(file_system) {
                    continue;
                }
                let name = vm.new_str(vm.text_of(point).trim_matches('/'))?;
                let row = vm.new_tuple(&[name, Word::int(0x4000), Word::int(0)])?;
                vm.call_method(rows, name!(append), &[row])?;
            }
            if let Some(file_system) = root_file_system(vm) {
                let below = vm.call_method(file_system, name!(ilistdir), &[Word::name(name!("/"))])?;
                vm.for_each(below, &mut |row| vm.call_method(rows, name!(append), &[row]).map(|_| ()))?;
            }
            return vm.iter(rows);
        }
    };
    vm.call_method(file_system, name!(ilistdir), &[path])
}

/// `os.listdir(path)`: names alone.
pub fn names(vm: &Vm, args: Args) -> Outcome {
    let names = vm.new_list(&[])?;
    let rows = vm.iter(list(vm, args)?)?;
    loop {
        let row = vm.next(rows)?;
        if row == Word::UNSET {
            return Ok(names);
        }
        let name = vm.item(row, Word::int(0))?;
        vm.call_method(names, name!(append), &[name])?;
    }
}
