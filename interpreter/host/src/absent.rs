//! What programs look for here in vain, and what there is instead: said where an import that failed ends a program.

use interpreter::object::exception::MODULE_NOT_FOUND_ERROR;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};

const WINDOWS: &str = "there are no windows here";
const INSTALLS: &str =
    "packages are installed by -m mip install NAME, into the folder that MICROPYPATH names or ~/.micropython/lib";
const FOR_CPYTHON: &str = "this package is made of machine code for CPython, which cannot be loaded here";
const REMOVED: &str = "it left Python's library with version 3.12 or 3.13";

/// The modules, by what is said of them.
const ROWS: &[(&[&str], &str)] = &[
    (&["pip", "ensurepip", "venv", "virtualenv", "easy_install"], INSTALLS),
    (&["sqlite3", "_sqlite3"], "there is no SQLite here; dbm, shelve and btree keep data in files"),
    (&["curses", "_curses"], "there is no curses here; termios and tty set up the terminal"),
    (&["tkinter", "turtle", "turtledemo", "idlelib", "_tkinter"], WINDOWS),
    (
        &[
            "numpy",
            "pandas",
            "scipy",
            "matplotlib",
            "PIL",
            "lxml",
            "cryptography",
            "torch",
            "tensorflow",
            "sklearn",
            "cv2",
            "psycopg2",
        ],
        FOR_CPYTHON,
    ),
    (
        &[
            "distutils",
            "lib2to3",
            "imp",
            "asyncore",
            "asynchat",
            "smtpd",
            "nntplib",
            "crypt",
            "spwd",
            "nis",
            "ossaudiodev",
            "audioop",
        ],
        REMOVED,
    ),
    (&["msvcrt", "winreg", "winsound", "_winapi", "nt", "msilib"], "it is Windows' own"),
];

/// What is said of a module, if anything is.
pub fn words(module: &str) -> Option<&'static str> {
    let package = module.split('.').next()?;
    ROWS.iter().find(|row| row.0.contains(&package)).map(|row| row.1)
}

/// Whether an exception says that this very module is nowhere.
pub fn is_missing(vm: &Vm, exception: Word, module: &str) -> bool {
    missing(vm, exception).is_some_and(|name| vm.as_text(name) == Some(module))
}

fn missing(vm: &Vm, exception: Word) -> Option<Word> {
    if !vm.is_instance(exception, &MODULE_NOT_FOUND_ERROR) {
        return None;
    }
    match vm.intern("name").and_then(|name| vm.attribute(exception, name)) {
        Ok(name) => Some(name),
        Err(raised) => {
            vm.take_raised(raised);
            None
        }
    }
}

/// Adds what is said of the module to an exception that says that it is nowhere, as a note.
pub fn explain(vm: &Vm, exception: Word) -> Outcome<()> {
    let Some(words) = missing(vm, exception).and_then(|name| words(vm.as_text(name)?)) else { return Ok(()) };
    let note = vm.new_str(words)?;
    vm.call_method(exception, vm.intern("add_note")?, &[note]).map(|_| ())
}
