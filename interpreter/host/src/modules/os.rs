//! `os` on a computer: the environment and commands, besides what all ports have.

use interpreter::modules::core_rows;
use interpreter::object::handle::Args;
use interpreter::object::name::Name;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::atomic::{AtomicIsize, Ordering};
use std::sync::{Mutex, MutexGuard};

table! { pub ROWS, NAMES, DOCS:
    /// getenv(name[, default]): a variable of the environment.
    def getenv(1..=2) = get;
    /// putenv(name, value): sets a variable.
    def putenv(2) = put;
    /// unsetenv(name): removes a variable.
    def unsetenv(1) = |vm, args| { let name = text(vm, args.at(0))?; set(vm, name, None) };
    /// _environment(): a list of all variables, "name=value" each; `os.environ` is made of it.
    def _environment(0) = environment;
    /// getpid(): the number of this process.
    def getpid(0) = |_, _| Ok(Word::int(std::process::id() as isize));
    /// _uname(): (system, node, release, version, machine), as this computer's kernel says them.
    def _uname(0) = uname;
    /// cpu_count(): how many processors there are.
    def cpu_count(0) = |_, _| Ok(std::thread::available_parallelism().map_or(Word::NONE, |count| Word::int(count.get() as isize)));
    /// system(command): runs a command of the shell; answers its exit status.
    def system(1) = system;
    /// errno([number]): reads or sets the number of the last error.
    def errno(0..=1) = errno;
}

/// What Python has instead of the native rows: these take paths of any kind.
pub fn attribute(vm: &Vm, name: Name) -> Outcome {
    let names = ["stat", "listdir", "mkdir", "remove", "unlink", "rmdir", "rename", "chdir", "uname", "statvfs"];
    super::overridden(vm, name!(os), core_rows(name!(os)), name, &names)
}

fn uname(vm: &Vm, _: Args) -> Outcome {
    let said = nix::sys::utsname::uname().map_err(|errno| crate::errors::told(vm, errno))?;
    let mut words = [Word::NONE; 5];
    for (word, text) in words.iter_mut().zip([said.sysname(), said.nodename(), said.release(), said.version(), said.machine()]) {
        *word = vm.new_str(&text.to_string_lossy())?;
    }
    vm.new_tuple(&words)
}

type Changes = BTreeMap<String, Option<String>>;

/// What programs set. The process's own environment is read by other threads, so it stays as it was; children get both.
static CHANGES: Mutex<Changes> = Mutex::new(BTreeMap::new());
static ERRNO: AtomicIsize = AtomicIsize::new(0);

fn changes() -> MutexGuard<'static, Changes> {
    CHANGES.lock().expect("no thread panics while it looks at the environment")
}

/// A variable of the environment, as the program sees it.
pub fn variable(name: &str) -> Option<String> {
    changes().get(name).cloned().unwrap_or_else(|| std::env::var(name).ok())
}

fn text(vm: &Vm, word: Word) -> Outcome<String> {
    vm.as_text(word).map(str::to_owned).ok_or_else(|| vm.type_error("a str is needed"))
}

fn get(vm: &Vm, args: Args) -> Outcome {
    let name = text(vm, args.at(0))?;
    match variable(&name) {
        Some(value) => vm.new_str(&value),
        None => Ok(args.get(1).unwrap_or(Word::NONE)),
    }
}

fn environment(vm: &Vm, _: Args) -> Outcome {
    let mut all: BTreeMap<String, String> = std::env::vars().collect();
    for (name, value) in &*changes() {
        match value {
            Some(value) => all.insert(name.clone(), value.clone()),
            None => all.remove(name),
        };
    }
    let list = vm.new_list(&[])?;
    for (name, value) in all {
        vm.call_method(list, vm.intern("append")?, &[vm.new_str(&format!("{name}={value}"))?])?;
    }
    Ok(list)
}

fn put(vm: &Vm, args: Args) -> Outcome {
    let (name, value) = (text(vm, args.at(0))?, text(vm, args.at(1))?);
    set(vm, name, Some(value))
}

fn set(vm: &Vm, name: String, value: Option<String>) -> Outcome {
    let sound = |text: &str| !text.contains('\0');
    if name.is_empty() || name.contains('=') || !sound(&name) || !value.as_deref().is_none_or(sound) {
        return Err(vm.os_error(interpreter::vfs::Errno::EINVAL.0));
    }
    changes().insert(name, value);
    Ok(Word::NONE)
}

fn system(vm: &Vm, args: Args) -> Outcome {
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(text(vm, args.at(0))?);
    for (name, value) in &*changes() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    crate::output::OUTPUT.flush();
    let status = command.status().map_err(|error| crate::errors::raise(vm, &error))?;
    Ok(Word::int(std::os::unix::process::ExitStatusExt::into_raw(status) as isize))
}

fn errno(vm: &Vm, args: Args) -> Outcome {
    match args.get(0) {
        Some(number) => ERRNO.store(vm.index(number)?, Ordering::SeqCst),
        None => return Ok(Word::int(ERRNO.load(Ordering::SeqCst))),
    }
    Ok(Word::NONE)
}
