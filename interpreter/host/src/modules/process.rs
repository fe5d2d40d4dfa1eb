//! `_process`: programs as children of this one; `subprocess` is Python over it.
//!
//! Its streams are descriptors, pipes among them, which Python reads and writes. Every wait here can be ended by Ctrl-C.

use super::termios::descriptor;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use std::collections::BTreeMap;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard};

table! { pub ROWS, NAMES, DOCS:
    /// spawn(arguments, program, directory, environment, input, output, errors, session, group): starts a program; answers its number.
    /// A stream is None (as this program's), -3 (nothing) or a file; errors may be -2: where output goes.
    def spawn(9) = spawn;
    /// wait(child, seconds): its exit status, negative for a signal; None if it runs on. Without seconds, waits for the end.
    def wait(2) = wait;
    /// kill(process, signal): sends a signal.
    def kill(2) = |vm, args| {
        let (process, signal) = (vm.index(args.at(0))? as i32, vm.index(args.at(1))? as i32);
        super::signal::send(process, signal).map_err(|error| crate::errors::told(vm, error))?;
        vm.poll().map(|()| Word::NONE)
    };
}

/// How long a wait sleeps before it looks again, in microseconds.
const NAP: u64 = 1000;

struct Process {
    child: Child,
    status: Option<isize>,
}

static CHILDREN: Mutex<BTreeMap<u32, Process>> = Mutex::new(BTreeMap::new());

fn children() -> MutexGuard<'static, BTreeMap<u32, Process>> {
    CHILDREN.lock().expect("no thread panics while it looks at children")
}

fn number(vm: &Vm, args: Args) -> Outcome<u32> {
    Ok(vm.index(args.at(0))? as u32)
}

/// A text, or bytes, as the system takes it.
pub fn text(vm: &Vm, word: Word) -> Outcome<std::ffi::OsString> {
    use std::os::unix::ffi::OsStringExt;
    match vm.as_text(word) {
        Some(text) => Ok(text.into()),
        None => Ok(std::ffi::OsString::from_vec(vm.buffer(word, false)?.bytes.iter().map(std::cell::Cell::get).collect())),
    }
}

fn texts(vm: &Vm, list: Word) -> Outcome<Vec<std::ffi::OsString>> {
    let mut all = Vec::new();
    vm.for_each(list, &mut |item| {
        all.push(text(vm, item)?);
        Ok(())
    })?;
    Ok(all)
}

fn stream(vm: &Vm, word: Word) -> Outcome<Stdio> {
    if word == Word::NONE {
        return Ok(Stdio::inherit());
    }
    match word.as_int() {
        Some(-3) => Ok(Stdio::null()),
        _ => Ok(Stdio::from(descriptor(vm, word)?.try_clone_to_owned().map_err(|error| crate::errors::raise(vm, &error))?)),
    }
}

fn spawn(vm: &Vm, args: Args) -> Outcome {
    let arguments = texts(vm, args.at(0))?;
    let Some(first) = arguments.first() else { return Err(vm.value_error("a program needs a name")) };
    let program = if args.at(1) == Word::NONE { first.clone() } else { text(vm, args.at(1))? };
    let mut command = Command::new(program);
    command.arg0(first).args(&arguments[1..]);
    if args.at(2) != Word::NONE {
        command.current_dir(text(vm, args.at(2))?);
    }
    command.env_clear();
    for variable in texts(vm, args.at(3))? {
        let variable = variable.to_string_lossy().into_owned();
        if let Some((name, value)) = variable.split_once('=') {
            command.env(name, value);
        }
    }
    command.stdin(stream(vm, args.at(4))?);
    command.stdout(stream(vm, args.at(5))?);
    command.stderr(stream(vm, if args.at(6).as_int() == Some(-2) { args.at(5) } else { args.at(6) })?);
    if vm.truth(args.at(7))? {
        command.process_group(0);
    } else if args.at(8) != Word::NONE {
        command.process_group(vm.index(args.at(8))? as i32);
    }
    crate::output::OUTPUT.flush();
    let child = command.spawn().map_err(|error| crate::errors::raise(vm, &error))?;
    let id = child.id();
    children().insert(id, Process { child, status: None });
    Ok(Word::int(id as isize))
}

/// Lets others run for a moment.
pub fn nap(vm: &Vm) -> Outcome<()> {
    vm.poll()?;
    vm.idle(Some(vm.port.now().saturating_add(NAP)));
    Ok(())
}

fn wait(vm: &Vm, args: Args) -> Outcome {
    let process = number(vm, args)?;
    let deadline = match args.at(1) {
        none if none == Word::NONE => u64::MAX,
        seconds => vm.port.now().saturating_add((vm.float_value(seconds)?.max(0.0) * 1e6) as u64),
    };
    loop {
        {
            let mut children = children();
            let Some(process) = children.get_mut(&process) else { return Err(crate::errors::told(vm, nix::Error::ECHILD)) };
            if process.status.is_none() {
                let status = process.child.try_wait().map_err(|error| crate::errors::raise(vm, &error))?;
                process.status = status.map(|status| status.code().unwrap_or_else(|| -status.signal().unwrap_or(0)) as isize);
            }
            if let Some(status) = process.status {
                return Ok(Word::int(status));
            }
        }
        if vm.port.now() >= deadline {
            return Ok(Word::NONE);
        }
        nap(vm)?;
    }
}
