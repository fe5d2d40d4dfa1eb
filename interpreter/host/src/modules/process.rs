//! `_process`: programs as children of this one; `subprocess` is Python over it.
//!
//! What a child writes is read by a thread of its own into memory, so a child never waits for a program that looks elsewhere, and
//! every wait here can be ended by Ctrl-C.

use super::termios::descriptor;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use nix::sys::signal::{Signal, kill, raise};
use nix::unistd::Pid;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard};

table! { pub ROWS, NAMES, DOCS:
    /// spawn(arguments, program, directory, environment, input, output, errors, session): starts a program; answers its number.
    /// A stream is None (as this program's), -1 (a pipe), -3 (nothing) or a file; errors may be -2: where output goes.
    def spawn(8) = spawn;
    /// read(child, stream, size): bytes of its output (1) or errors (2); all there will be if size is negative.
    def read(3) = read;
    /// write(child, bytes): gives it input; answers how many bytes it took.
    def write(2) = write;
    /// close_input(child): its input ends.
    def close_input(1) = |vm, args| { children().get_mut(&number(vm, args)?).map(|process| process.input.take()); Ok(Word::NONE) };
    /// wait(child, seconds): its exit status, negative for a signal; None if it runs on. Without seconds, waits for the end.
    def wait(2) = wait;
    /// kill(process, signal): sends a signal.
    def kill(2) = |vm, args| {
        let (process, signal) = (vm.index(args.at(0))? as i32, vm.index(args.at(1))? as i32);
        let signal = if signal == 0 { None } else { Some(Signal::try_from(signal).map_err(|error| vm.os_error(error as u16))?) };
        match signal {
            // What this program sends to itself comes before the next instruction, and not by way of another thread.
            Some(signal) if process == std::process::id() as i32 => raise(signal),
            _ => kill(Pid::from_raw(process), signal),
        }
        .map_err(|error| vm.os_error(error as u16))?;
        vm.poll().map(|()| Word::NONE)
    };
}

/// How long a wait sleeps before it looks again, in microseconds.
const NAP: u64 = 1000;

/// What a pipe brought, and whether it has ended.
#[derive(Default)]
struct Arrived {
    bytes: Vec<u8>,
    ended: bool,
}

type Pipe = Arc<Mutex<Arrived>>;

struct Process {
    child: Child,
    input: Option<ChildStdin>,
    outputs: [Option<Pipe>; 2],
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
        Some(-1) => Ok(Stdio::piped()),
        Some(-3) => Ok(Stdio::null()),
        _ => Ok(Stdio::from(descriptor(vm, word)?.try_clone_to_owned().map_err(|error| crate::wait::raise(vm, &error))?)),
    }
}

/// Reads a pipe to its end, on a thread of its own.
fn collect(mut pipe: impl Read + Send + 'static) -> Pipe {
    let arrived = Pipe::default();
    let shared = arrived.clone();
    std::thread::spawn(move || {
        let mut chunk = [0; 8192];
        loop {
            let count = match pipe.read(&mut chunk) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Ok(count) => count,
                Err(_) => 0,
            };
            let mut arrived = shared.lock().expect("readers do not panic");
            arrived.bytes.extend_from_slice(&chunk[..count]);
            if count == 0 {
                arrived.ended = true;
                return;
            }
        }
    });
    arrived
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
    let mut joined = None;
    if args.at(6).as_int() == Some(-2) && args.at(5).as_int() == Some(-1) {
        let (read, write) = std::io::pipe().map_err(|error| crate::wait::raise(vm, &error))?;
        command.stdout(write.try_clone().map_err(|error| crate::wait::raise(vm, &error))?).stderr(write);
        joined = Some(read);
    } else {
        command.stdout(stream(vm, args.at(5))?);
        command.stderr(stream(vm, if args.at(6).as_int() == Some(-2) { args.at(5) } else { args.at(6) })?);
    }
    if vm.truth(args.at(7))? {
        command.process_group(0);
    }
    crate::output::OUTPUT.flush();
    let mut child = command.spawn().map_err(|error| crate::wait::raise(vm, &error))?;
    // The command holds the pipe's other end open, too.
    drop(command);
    let output = joined.map(collect).or_else(|| child.stdout.take().map(collect));
    let outputs = [output, child.stderr.take().map(collect)];
    let id = child.id();
    children().insert(id, Process { input: child.stdin.take(), outputs, child, status: None });
    Ok(Word::int(id as isize))
}

fn read(vm: &Vm, args: Args) -> Outcome {
    let (which, size) = (vm.index(args.at(1))?, vm.index(args.at(2))?);
    let pipe = children().get(&number(vm, args)?).and_then(|process| process.outputs[(which == 2) as usize].clone());
    let Some(pipe) = pipe else { return Err(vm.value_error("this stream is no pipe")) };
    loop {
        {
            let mut arrived = pipe.lock().expect("readers do not panic");
            let enough = if size < 0 { arrived.ended } else { arrived.ended || !arrived.bytes.is_empty() };
            if enough {
                let count = if size < 0 { arrived.bytes.len() } else { arrived.bytes.len().min(size as usize) };
                let taken: Vec<u8> = arrived.bytes.drain(..count).collect();
                drop(arrived);
                return vm.new_bytes(&taken);
            }
        }
        nap(vm)?;
    }
}

/// Lets others run for a moment.
pub fn nap(vm: &Vm) -> Outcome<()> {
    vm.poll()?;
    vm.idle(Some(vm.port.now().saturating_add(NAP)));
    Ok(())
}

fn write(vm: &Vm, args: Args) -> Outcome {
    let bytes: Vec<u8> = vm.buffer(args.at(1), false)?.bytes.iter().map(std::cell::Cell::get).collect();
    let process = number(vm, args)?;
    let Some(mut input) = children().get_mut(&process).and_then(|process| process.input.take()) else {
        return Err(vm.value_error("write to closed file"));
    };
    // A pipe that is full waits for the child; another thread does that for us.
    let writer = std::thread::spawn(move || {
        let result = input.write_all(&bytes).and_then(|()| input.flush());
        (input, result.map(|()| bytes.len()))
    });
    while !writer.is_finished() {
        nap(vm)?;
    }
    let Ok((input, result)) = writer.join() else { return Err(vm.os_error(interpreter::vfs::Errno::EIO.0)) };
    if let Some(process) = children().get_mut(&process) {
        process.input = Some(input);
    }
    result.map(|count| Word::int(count as isize)).map_err(|error| crate::wait::raise(vm, &error))
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
            let Some(process) = children.get_mut(&process) else { return Err(vm.os_error(10)) };
            if process.status.is_none() {
                let status = process.child.try_wait().map_err(|error| crate::wait::raise(vm, &error))?;
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
