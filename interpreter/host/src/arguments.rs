//! The command line, as MicroPython's unix program has it, and the virtual board's options.

use clap::Parser;
use std::ffi::OsString;
use std::path::PathBuf;

/// Python for microcontrollers: runs a script, a command or a prompt on this computer.
#[derive(Parser, Debug)]
#[command(name = "taipan", version, about, disable_help_flag = true)]
pub struct Arguments {
    /// Show this help.
    #[arg(short, long, action = clap::ArgAction::Help)]
    help: Option<bool>,

    /// Run this text.
    #[arg(short, value_name = "TEXT")]
    pub command: Option<String>,

    /// Run a module from the path as a program.
    #[arg(short, value_name = "MODULE")]
    pub module: Option<String>,

    /// Show the prompt after the script.
    #[arg(short)]
    pub interactive: bool,

    /// Ignore the environment: MICROPYPATH and MICROPYINSPECT.
    #[arg(short = 'E')]
    pub no_environment: bool,

    /// Isolated: as -E, and the script's folder is not in sys.path.
    #[arg(short = 'I')]
    pub isolated: bool,

    /// Write output at once.
    #[arg(short = 'u')]
    pub unbuffered: bool,

    /// Compiled code of modules is read, but none is kept (in `__pycache__`).
    #[arg(short = 'B')]
    pub keeps_nothing: bool,

    /// As CPython's -q, -s and -S, which are always so: nothing is said unasked, no folder of the user is searched, no module is imported
    /// unasked.
    #[arg(short = 'q', short_aliases = ['s', 'S'], action = clap::ArgAction::Count)]
    pub always: u8,

    /// What becomes of warnings: ACTION:MESSAGE:CATEGORY:MODULE:LINE, all but the first may be left out.
    #[arg(short = 'W', value_name = "FILTER")]
    pub warnings: Vec<String>,

    /// Options of the implementation: heapsize=N[K|M|G], stack=N[K|M|G], emit=bytecode|native, pycache_prefix=FOLDER,
    /// compile-only, dev.
    #[arg(short = 'X', value_name = "OPTION")]
    pub options: Vec<String>,

    /// Optimise: -O drops asserts, -OOO line numbers too.
    #[arg(short = 'O', action = clap::ArgAction::Count)]
    pub optimise: u8,

    /// Compile the script, run nothing, and write what an import loads to this file (its name ends with .mpy).
    #[arg(short, value_name = "FILE", conflicts_with_all = ["command", "module", "interactive", "board"])]
    pub output: Option<PathBuf>,

    /// Say at the end how much memory was used.
    #[arg(short, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// Be a virtual board: a prompt on a line, a file system in a file, LEDs, switch and pins.
    #[arg(long)]
    pub board: bool,

    /// The board's flash, made if it does not exist.
    #[arg(long, value_name = "FILE", requires = "board", default_value = "board.img")]
    pub image: PathBuf,

    /// The card in the board's slot for memory cards: an image of it, whose size is a multiple of 512 bytes; else the slot is empty.
    #[arg(long, value_name = "FILE", requires = "board")]
    pub card: Option<PathBuf>,

    /// The board's line: a TCP port of this computer, such as 127.0.0.1:2323 (port 0 takes a free one).
    #[arg(long, value_name = "ADDRESS", requires = "board", conflicts_with = "pty")]
    pub tcp: Option<std::net::SocketAddr>,

    /// The board's line: a pseudo-terminal (the default).
    #[arg(long, requires = "board")]
    pub pty: bool,

    /// The line's other end plays the board's USB side: no output is lost, and machine.bootloader() ends this program with status 64.
    #[arg(long, requires = "tcp")]
    pub bridge: bool,

    /// The script and its arguments.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "SCRIPT ARGUMENTS")]
    pub script: Vec<String>,
}

/// The words of a command line, with a `--` behind what `-c` and `-m` run: whatever follows is the program's own, also what looks
/// like an option of this one.
pub fn apart(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut words: Vec<OsString> = words.collect();
    let mut at = 1;
    while let Some(word) = words.get(at).and_then(|word| word.to_str()) {
        at += 1;
        if let Some(long) = word.strip_prefix("--") {
            at += usize::from(["image", "card", "tcp"].contains(&long));
            if long.is_empty() {
                break;
            }
            continue;
        }
        let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) else { break };
        // The first letter that takes a value takes the rest of the word, or else the next word.
        let Some(place) = letters.find(['c', 'm', 'X', 'o', 'W']) else { continue };
        let runs = letters[place..].starts_with(['c', 'm']);
        let value = letters[place + 1..].to_string();
        if !value.is_empty() {
            words[at - 1] = format!("-{}", &letters[..=place]).into();
            words.insert(at, value.into());
            at += 1;
        } else {
            at += 1;
        }
        if runs {
            if at <= words.len() {
                words.insert(at, "--".into());
            }
            break;
        }
    }
    words
}

/// Bytes of the machine stack, unless `-X stack` says otherwise.
const MACHINE_STACK: usize = 2 << 20;

/// What `-X` set.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Bytes of the heap; `None` is the default, which grows with the program.
    pub heap: Option<usize>,
    /// Bytes of the machine stack that programs may use.
    pub stack: usize,
    /// Functions whose decorators say nothing become machine code.
    pub native: bool,
    /// Compile what was asked for, and run nothing.
    pub compile_only: bool,
    /// All warnings are shown.
    pub develops: bool,
}

impl Arguments {
    /// Whether the environment says nothing to this program.
    pub fn ignores_environment(&self) -> bool {
        self.no_environment || self.isolated
    }

    /// A variable of the environment that says something to this program.
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty() && !self.ignores_environment())
    }

    /// `sys.dont_write_bytecode`.
    pub fn keeps_no_code(&self) -> bool {
        self.keeps_nothing || self.variable("PYTHONDONTWRITEBYTECODE").is_some()
    }

    /// `sys.pycache_prefix`: where compiled code is kept, if not beside its source.
    pub fn place_of_kept_code(&self) -> Option<String> {
        let given = self.options.iter().rev().find_map(|option| option.strip_prefix("pycache_prefix="));
        given.map(str::to_string).or_else(|| self.variable("PYTHONPYCACHEPREFIX"))
    }

    /// What `sys.warnoptions` has: the filters in the order in which they count, the last one most.
    pub fn filters(&self) -> Vec<String> {
        let environment =
            if self.ignores_environment() { String::new() } else { std::env::var("PYTHONWARNINGS").unwrap_or_default() };
        let develops = self.options.iter().any(|option| option == "dev").then(|| "default".to_string());
        let given = environment.split(',').filter(|filter| !filter.is_empty()).map(str::to_string);
        develops.into_iter().chain(given).chain(self.warnings.iter().cloned()).collect()
    }

    /// Reads the `-X` options.
    pub fn options(&self) -> anyhow::Result<Options> {
        let mut options = Options { heap: None, stack: MACHINE_STACK, native: false, compile_only: false, develops: false };
        for option in &self.options {
            match option.split_once('=') {
                Some(("heapsize", size)) => options.heap = Some(parse_size(size)?),
                Some(("stack", size)) => options.stack = parse_size(size)?,
                Some(("emit", "bytecode")) => options.native = false,
                Some(("emit", "native")) => options.native = true,
                // A fault is always told, and text is always UTF-8.
                _ if ["faulthandler", "utf8"].contains(&option.as_str()) => {}
                Some(("pycache_prefix", _)) => {}
                Some(("emit", other)) => anyhow::bail!("-X emit={other}: there are emit=bytecode and emit=native"),
                _ if option == "compile-only" => options.compile_only = true,
                _ if option == "dev" => options.develops = true,
                _ => anyhow::bail!(
                    "-X {option}: no such option; there are heapsize=N[K|M|G], stack=N[K|M|G], emit=bytecode|native, pycache_prefix=FOLDER, compile-only and dev"
                ),
            }
        }
        Ok(options)
    }
}

/// `4096`, `64K`, `8M`, `1G`; a `w` at the end counts in words of four bytes on a 32-bit machine, eight here.
fn parse_size(text: &str) -> anyhow::Result<usize> {
    let (text, word) = match text.strip_suffix(['w', 'W']) {
        Some(rest) => (rest, size_of::<usize>() / 4),
        None => (text, 1),
    };
    let (digits, unit) = match text.as_bytes().last() {
        Some(b'k' | b'K') => (&text[..text.len() - 1], 1 << 10),
        Some(b'm' | b'M') => (&text[..text.len() - 1], 1 << 20),
        Some(b'g' | b'G') => (&text[..text.len() - 1], 1 << 30),
        _ => (text, 1),
    };
    let number: usize = digits.parse().map_err(|_| anyhow::anyhow!("{text}: a size is a number, such as 512K"))?;
    let size = number.checked_mul(unit).and_then(|size| size.checked_mul(word));
    match size {
        Some(size) if size >= 4096 => Ok(size),
        _ => anyhow::bail!("{text}: a size is between 4K and what memory there is"),
    }
}

#[cfg(test)]
mod tests {
    use super::{apart, parse_size};

    #[test]
    fn what_follows_a_command_or_a_module_is_its_own() {
        let apart = |line: &str| apart(line.split(' ').map(Into::into)).join(" ".as_ref()).into_string().expect("it was text");
        assert_eq!(apart("taipan -m timeit -v -u msec"), "taipan -m timeit -- -v -u msec");
        assert_eq!(apart("taipan -X heapsize=1M -Oc pass -v"), "taipan -X heapsize=1M -Oc pass -- -v");
        assert_eq!(apart("taipan -mtool -h -- x"), "taipan -m tool -- -h -- x");
        assert_eq!(apart("taipan -v --tcp -m tool.py -m x"), "taipan -v --tcp -m tool.py -m x");
        assert_eq!(apart("taipan -o a.mpy a.py -c x"), "taipan -o a.mpy a.py -c x");
        assert_eq!(apart("taipan -X dev -Wonce a.py"), "taipan -X dev -W once a.py");
        assert_eq!(apart("taipan -W error -c x -W y"), "taipan -W error -c x -- -W y");
        assert_eq!(apart("taipan -c"), "taipan -c");
        assert_eq!(apart("taipan - -c x"), "taipan - -c x");
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_size("64K").expect("a size"), 65_536);
        assert_eq!(parse_size("4096").expect("a size"), 4096);
        assert_eq!(parse_size("8Mw").expect("a size"), 16 << 20);
        assert!(parse_size("100").is_err() && parse_size("x").is_err() && parse_size("99999999999G").is_err());
    }
}
