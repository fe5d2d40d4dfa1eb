//! What the command line asked for: a script, a text, a module, a prompt, a board.

use crate::absent;
use crate::arguments::{Arguments, Options};
use crate::machine_memory::{Arena, COLLECT_AFTER};
use crate::port::{Console, watch_signals};
use crate::posix::Posix;
use crate::threads::THREADS;
use anyhow::Context;
use interpreter::code::saved;
use interpreter::modules::{self, sys};
use interpreter::object::exception;
use interpreter::object::exception::hint::Hints;
use interpreter::object::int::INT;
use interpreter::object::module::set_by_program;
use interpreter::object::print::{ErrorConsole, Printer, Sink, Style};
use interpreter::object::word::Word;
use interpreter::port::Threads;
use interpreter::repl::{self, Session};
use interpreter::source::{Mode, Source};
use interpreter::vfs::mount;
use interpreter::vm::import::Text;
use interpreter::vm::{Outcome, Root, Vm};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// What the interpreter's thread has besides the machine stack of programs: for the frames around them.
const RESERVE: usize = 1 << 20;

/// Does what was asked; answers the exit code.
pub fn run(arguments: Arguments) -> anyhow::Result<u8> {
    // On a thread of its own, whose stack is as large as we say on every system.
    let options = arguments.options()?;
    let thread = std::thread::Builder::new().stack_size(options.stack + RESERVE);
    let thread = thread.spawn(move || match arguments.board {
        true => crate::board::serve(&arguments, options),
        false => program(&arguments, options),
    })?;
    thread.join().map_err(|_| anyhow::anyhow!("the interpreter stopped by a fault of its own; please report it"))?
}

/// Ends the process where it stands if other threads may still look at the interpreter, which is gone once this one returns, or if it is
/// a copied one, for whose thread nobody waits.
fn end_in_place(code: u8) {
    if THREADS.were_started() || crate::modules::FORKED.load(std::sync::atomic::Ordering::SeqCst) {
        crate::output::OUTPUT.flush();
        std::process::exit(code.into());
    }
}

fn program(arguments: &Arguments, options: Options) -> anyhow::Result<u8> {
    let console: &'static Console = Box::leak(Box::new(Console::new()));
    let arena = Arena::new(options.heap, options.stack)?;
    // For good: threads that still run when the program ends have no turn any more, and end with the process.
    THREADS.lock();
    arena.with_vm(console, |vm| run_program(vm, console, arguments, options).inspect(|code| end_in_place(*code)))?
}

/// Exceptions that can be made while the heap is locked or full, and bytes of their messages.
const RESERVED: (usize, usize) = (16, 128);

fn run_program(vm: &Vm, console: &Console, arguments: &Arguments, options: Options) -> anyhow::Result<u8> {
    vm.set_collection_policy(if options.heap.is_some() { usize::MAX } else { COLLECT_AFTER });
    vm.optimisation.set(arguments.optimise);
    vm.native.set(options.native);
    watch_signals()?;
    crate::output::OUTPUT.set_unbuffered(arguments.unbuffered);
    let code = vm.enter(|vm| match prepare(vm, arguments) {
        Ok(()) => {
            let code = what_was_asked(vm, console, arguments, options)?;
            Ok(code.max(at_end(vm, arguments)))
        }
        Err(raised) => Ok(finish(vm, Err(raised))),
    });
    console.set_prompt(false);
    code
}

fn what_was_asked(vm: &Vm, console: &Console, arguments: &Arguments, options: Options) -> anyhow::Result<u8> {
    if let Some(output) = &arguments.output {
        return save(vm, arguments, output);
    }
    let execute = if options.compile_only { compile } else { execute };
    let mut code = 0;
    let mut piped = Vec::new();
    let asked = if let Some(text) = &arguments.command {
        Some(execute(vm, &mut Text::new(text.as_bytes()), "<stdin>"))
    } else if let Some(module) = &arguments.module {
        Some(run_module(vm, module))
    } else if let Some(script) = arguments.script.first().filter(|script| *script != "-") {
        anyhow::ensure!(Path::new(script).exists(), "can't open file '{script}': no such file");
        match options.compile_only {
            true => Some(compile(vm, &mut Text::encoded(&std::fs::read(script)?), script)),
            false if holds_program(script) => Some(run_held(vm, script)),
            false => Some(vm.execute_file(script)),
        }
    } else if !console.is_terminal() {
        std::io::stdin().read_to_end(&mut piped)?;
        Some(execute(vm, &mut Text::encoded(&piped), "<stdin>"))
    } else {
        None
    };
    if let Some(result) = asked {
        code = finish_source(vm, result, arguments.command.as_ref().map_or(&piped, |text| text.as_bytes()));
        let inspects = !arguments.ignores_environment() && crate::modules::variable("MICROPYINSPECT").is_some();
        if !arguments.interactive && !inspects {
            return Ok(code);
        }
    }
    console.set_prompt(true);
    let mut session = Session { safe_mode: true, ..Session::default() };
    repl::prompt(vm, &mut session);
    Ok(if session.exit_code == 0 { code } else { session.exit_code })
}

/// Files, `sys.path` and `sys.argv`.
fn prepare(vm: &Vm, arguments: &Arguments) -> Outcome<()> {
    vm.put_reserve_aside(RESERVED.0, RESERVED.1)?;
    let files: &'static Posix = Box::leak(Box::new(Posix::new("/")));
    mount::mount_driver(vm, files, "/")?;
    if let Some(directory) = std::env::current_dir().ok().as_deref().and_then(Path::to_str) {
        let directory = vm.new_str(directory)?;
        let (file_system, path) = mount::resolve(vm, directory)?;
        vm.call_method(file_system, vm.intern("chdir")?, &[path])?;
    }
    let script = arguments.script.first().map_or("", String::as_str);
    let is_script = arguments.command.is_none() && arguments.module.is_none();
    let first = match Path::new(script).parent().and_then(Path::to_str) {
        _ if is_script && holds_program(script) => script,
        Some(parent) if is_script => parent,
        _ => "",
    };
    let home = std::env::var("HOME").unwrap_or_default();
    let given = std::env::var("MICROPYPATH").ok().filter(|_| !arguments.ignores_environment());
    let rest = given.unwrap_or_else(|| format!(".frozen:{home}/.micropython/lib:/usr/lib/micropython"));
    let mut path = if arguments.isolated { Vec::new() } else { vec![vm.new_str(first)?] };
    for part in rest.split(':') {
        path.push(match part.strip_prefix("~/") {
            Some(part) => vm.new_str(&format!("{home}/{part}"))?,
            None => vm.new_str(part)?,
        });
    }
    vm.set_root(Root::Path, vm.new_list(&path)?);
    let mut argv = Vec::new();
    if arguments.command.is_some() {
        argv.push(vm.new_str("-c")?);
    } else if let Some(module) = &arguments.module {
        argv.push(vm.new_str(module)?);
    }
    for argument in &arguments.script {
        argv.push(vm.new_str(argument)?);
    }
    vm.set_root(Root::Argv, vm.new_list(&argv)?);
    say_what_was_chosen(vm, arguments)
}

/// What the command line and the environment say that `sys` shows: whether and where compiled code is kept, and which warnings are told.
fn say_what_was_chosen(vm: &Vm, arguments: &Arguments) -> Outcome<()> {
    let sys = Word::of_static(&modules::SYS);
    if arguments.keeps_no_code() {
        vm.set_attribute(sys, vm.intern("dont_write_bytecode")?, Word::TRUE)?;
    }
    if let Some(folder) = arguments.place_of_kept_code() {
        vm.set_attribute(sys, vm.intern("pycache_prefix")?, vm.new_str(&folder)?)?;
    }
    let filters = arguments.filters();
    if filters.is_empty() {
        return Ok(());
    }
    let mut words = Vec::new();
    for filter in &filters {
        words.push(vm.new_str(filter)?);
    }
    vm.set_attribute(sys, vm.intern("warnoptions")?, vm.new_list(&words)?)?;
    // The compiler warns where this is loaded.
    vm.import_frozen(vm.intern("warnings")?).map(|_| ())
}

fn execute(vm: &Vm, source: &mut dyn Source, file: &str) -> Outcome {
    let globals = vm.main_globals()?;
    vm.execute(source, vm.intern(file)?, Mode::File, globals)
}

/// Compiles, and no more: whether there is an error.
fn compile(vm: &Vm, source: &mut dyn Source, file: &str) -> Outcome {
    interpreter::compile::compile(vm, source, vm.intern(file)?, Mode::File).map(|_| Word::NONE)
}

/// `-o`: compiles the script and writes its code to a file.
fn save(vm: &Vm, arguments: &Arguments, output: &Path) -> anyhow::Result<u8> {
    let Some(script) = arguments.script.first() else { anyhow::bail!("-o wants a script to compile") };
    let source = std::fs::read(script).with_context(|| format!("can't open file '{script}'"))?;
    let mut bytes = Bytes(Vec::new());
    let saved = vm
        .intern(script)
        .and_then(|file| interpreter::compile::compile(vm, &mut Text::encoded(&source), file, Mode::File))
        .and_then(|code| saved::save(vm, code.word(), &mut bytes));
    if saved.is_err() {
        return Ok(finish(vm, saved.map(|()| Word::NONE)));
    }
    std::fs::write(output, bytes.0).with_context(|| format!("can't write '{}'", output.display()))?;
    Ok(0)
}

/// What is saved, until it is whole.
struct Bytes(Vec<u8>);

impl Sink for Bytes {
    fn write(&mut self, _: &Vm, bytes: &[u8]) -> Outcome<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

/// What `sys.atexit` asked for, every finalizer and `__del__` that has not run, and `-v`. Answers the exit code of an error there.
fn at_end(vm: &Vm, arguments: &Arguments) -> u8 {
    let code = finish(vm, sys::run_at_exit(vm));
    vm.finalize_all();
    if arguments.verbose == 0 {
        return code;
    }
    code.max(finish(vm, execute(vm, &mut Text::new(b"import micropython\nmicropython.mem_info()\n"), "<stdin>")))
}

/// Whether a script is a folder or a zip file, in which the program is `__main__.py`.
fn holds_program(script: &str) -> bool {
    let path = Path::new(script);
    path.is_dir() || path.is_file() && is_archive(path).unwrap_or(false)
}

/// Whether a file ends as an archive does: its last record is 22 bytes long and has a comment of at most 65,535 bytes behind it.
fn is_archive(path: &Path) -> std::io::Result<bool> {
    const LONGEST: u64 = 22 + 0xffff;
    let mut file = std::fs::File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(LONGEST)))?;
    let mut end = Vec::new();
    file.take(LONGEST).read_to_end(&mut end)?;
    Ok(end.windows(4).any(|four| four == b"PK\x05\x06"))
}

/// Runs the program in a folder or an archive, whose names those of `__main__` are.
fn run_held(vm: &Vm, script: &str) -> Outcome {
    vm.main_globals()?;
    let runpy = vm.import_frozen(vm.intern("runpy")?)?;
    vm.call_method(runpy, vm.intern("_run_main_in")?, &[vm.new_str(script)?])
}

/// `-m`: the module's file (or its package's `__main__.py`) runs as `__main__`. What a builtin module does then lies in the package
/// that continues it; most do nothing.
fn run_module(vm: &Vm, module: &str) -> Outcome {
    let raised = match vm.import_main(vm.intern(module)?) {
        Err(raised) if absent::is_missing(vm, vm.peek_raised(raised), module) => raised,
        result => return result,
    };
    if !vm.port.modules().iter().chain(modules::ALL).any(|builtin| vm.name_text(builtin.name) == module) {
        vm.take_raised(raised);
        let program = std::env::current_exe().unwrap_or_default();
        let words = absent::words(module).map(|words| format!(": {words}")).unwrap_or_default();
        let said = vm.new_str(&format!("{}: No module named {module}{words}", program.display()))?;
        return Err(vm.raise_word(vm.call(Word::of_static(&exception::SYSTEM_EXIT), &[said])?));
    }
    vm.take_raised(raised);
    let own = format!("_{module}");
    match vm.import_main(vm.intern(&own)?) {
        Err(raised) if absent::is_missing(vm, vm.peek_raised(raised), &own) => {
            vm.take_raised(raised);
            Ok(Word::NONE)
        }
        result => result,
    }
}

/// The exit code of a result: 0, `SystemExit`'s, or 1 after the traceback on the error stream.
pub fn finish(vm: &Vm, result: Outcome) -> u8 {
    finish_source(vm, result, b"")
}

/// As `finish`; `source` is the text of what ran as `<stdin>`, for hints.
fn finish_source(vm: &Vm, result: Outcome, source: &[u8]) -> u8 {
    let Err(raised) = result else { return 0 };
    let exception = vm.take_raised(raised);
    // A program that has ended holds no lock: what it raised can be told.
    while vm.heap_lock_depth() > 0 {
        vm.unlock_heap();
    }
    let mut sink = ErrorConsole;
    if vm.is_instance(exception, &exception::SYSTEM_EXIT) {
        // What is no number is the program's last word.
        let said = repl::exit_argument(vm, exception);
        if said != Word::NONE && !vm.is_instance(said, &INT) {
            let mut out = Printer::new(&mut sink);
            if let Err(raised) = out.word(vm, said, Style::Str).and_then(|()| out.text(vm, "\n")) {
                vm.take_raised(raised);
            }
        }
        return repl::exit_code(vm, exception);
    }
    let told = absent::explain(vm, exception).and_then(|()| told_by_program(vm, exception));
    let print = |exception: Word| {
        if let Err(raised) = vm.print_with_hints(exception, &mut Printer::new(&mut ErrorConsole), Hints::of_source(source)) {
            vm.take_raised(raised);
        }
    };
    match told {
        Ok(true) => {}
        Ok(false) => print(exception),
        Err(raised) => {
            let why = vm.take_raised(raised);
            vm.port.write_error(b"Error in sys.excepthook:\n");
            print(why);
            vm.port.write_error(b"\nOriginal exception was:\n");
            print(exception);
        }
    }
    1
}

/// Whether the program has a `sys.excepthook` of its own, which then tells of the exception.
fn told_by_program(vm: &Vm, exception: Word) -> Outcome<bool> {
    let hook = set_by_program(vm, &modules::SYS, vm.intern("excepthook")?)?;
    if hook == Word::UNSET || hook == Word::NONE {
        return Ok(false);
    }
    let traceback = vm.attribute(exception, vm.intern("__traceback__")?)?;
    let class = vm.attribute(exception, vm.intern("__class__")?)?;
    vm.call(hook, &[class, exception, traceback])?;
    Ok(true)
}
