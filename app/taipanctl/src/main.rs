//! `taipanctl`: a board from the command line. The words are parsed here; each verb is a few calls of the library `board`,
//! the one that the window wears, so whatever holds there (deadlines, whole files, nothing interrupted unasked) holds here.

mod connect;
mod files;
mod firmware;
mod packages;
mod place;
mod program;
mod project;
mod show;

use board::sync::{Conflicts, Options, Removal};
use board::{Board, Connection, Error};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use place::Place;
use serde_json::json;
use show::Show;
use std::path::PathBuf;
use std::process::ExitCode;

/// Everything that can be done to a MicroPython board.
///
/// A path on the board begins with a colon (`:main.py`, `:/lib`), one of this computer does not.
#[derive(Parser)]
#[command(name = "taipanctl", version, after_help = EXIT_CODES)]
struct Arguments {
    /// Which board: a serial port, `id:SERIAL-NUMBER`, `tcp:HOST:PORT`, `virtual` or `virtual:IMAGE`. Without it the one that `connect`
    /// chose, else the only one that is plugged in
    #[arg(long, short, global = true, env = "TAIPANCTL_BOARD", value_name = "BOARD")]
    board: Option<String>,
    /// Bits a second of a serial port; boards on USB do not care
    #[arg(long, global = true, default_value_t = 115_200)]
    baud: u32,
    /// Stops the program that runs on the board first; without this it is left alone
    #[arg(long, global = true)]
    stop: bool,
    /// Prints results, and what goes wrong, as JSON; what goes on for long as one object a line
    #[arg(long, global = true)]
    json: bool,
    /// Writes every byte that went over the line to this file, with times
    #[arg(long, global = true, value_name = "FILE")]
    log: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

const EXIT_CODES: &str = "Exit codes: 0 done · 1 the program on the board raised · 2 wrong words · 3 no board, or it is gone · \
4 the board is busy or does not answer · 5 a file could not be read or written · 6 conflicts were left alone · 7 a package could not be had";

#[derive(Subcommand)]
enum Verb {
    /// The boards that are plugged in
    List,
    /// Chooses the board for later calls that name none; says which it is, if none is named here
    Connect {
        /// As for `--board`. One with a serial number is found again at any port
        #[arg(conflicts_with = "board")]
        name: Option<String>,
        /// Chooses none: later calls take the only one that is plugged in
        #[arg(long, conflicts_with = "name")]
        forget: bool,
    },
    /// Starts a virtual board for other programs, and shows what is to be seen on it, until Ctrl-C
    Virtual {
        /// Its flash, made if it does not exist; without it the one of `--board virtual`
        image: Option<PathBuf>,
        /// Its prompt at an address, such as 127.0.0.1:2323, instead of a pseudo-terminal
        #[arg(long, value_name = "ADDRESS")]
        tcp: Option<std::net::SocketAddr>,
    },
    /// Who the board is
    Info,
    /// Runs a line of Python
    Exec {
        /// The line
        code: String,
    },
    /// Runs a program of this computer on the board, and shows what it prints
    Run {
        /// The program
        file: PathBuf,
        /// Keeps the names that are there instead of a soft reset first
        #[arg(long)]
        keep: bool,
    },
    /// The board's prompt on this terminal; Ctrl-] or Ctrl-X leaves it
    Repl,
    /// Stops what runs on the board
    Stop,
    /// Restarts the board
    Reset {
        /// Only the interpreter, as Ctrl-D does
        #[arg(long)]
        soft: bool,
    },
    /// Starts the boot loader, which takes new firmware
    Bootloader,
    /// Files of the board: these verbs as a group
    Fs {
        #[command(subcommand)]
        verb: files::Verb,
    },
    #[command(flatten)]
    Files(files::Verb),
    /// Makes a folder of the board hold what a folder of this computer holds
    Sync(Project),
    /// The same, again after each change of a file
    Watch(Project),
    /// The same as a whole: all files, or none
    Deploy(Project),
    /// Saves all files of the board in a zip archive
    Backup {
        /// The archive
        archive: PathBuf,
        /// Which folder of the board
        #[arg(default_value = ":/")]
        root: Place,
    },
    /// Puts back the files of an archive that differ
    Restore {
        /// The archive
        archive: PathBuf,
        /// Which folder of the board; without it the one that was saved
        root: Option<Place>,
    },
    /// Packages of libraries for the board
    Mip {
        #[command(subcommand)]
        verb: packages::Verb,
    },
    /// Firmware files, and boards that wait for one
    Firmware {
        #[command(subcommand)]
        verb: firmware::Verb,
    },
    /// Shows what the board prints, each line with its time, until Ctrl-C
    Log,
    /// Prints the rules by which Linux lets you use boards: put them into /etc/udev/rules.d/70-taipan.rules
    Udev,
    /// Prints what makes a shell complete these words
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What is to be kept the same.
#[derive(Args)]
struct Project {
    /// The folder of this computer; its `.taipanignore` says what stays here
    folder: PathBuf,
    /// The folder of the board; the board's own without it
    #[arg(default_value = ":")]
    root: Place,
    /// Only says what would be done
    #[arg(long, short = 'n')]
    dry_run: bool,
    /// Removes from the board what is not here
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "ours", require_equals = true)]
    delete: Option<Delete>,
    /// Replaces files that the board changed
    #[arg(long)]
    overwrite: bool,
    /// Goes on after each change of a file
    #[arg(long)]
    watch: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Delete {
    /// What came from here before
    Ours,
    /// Everything
    All,
}

impl Project {
    fn options(&self) -> Options {
        let removal = match self.delete {
            None => Removal::Never,
            Some(Delete::Ours) => Removal::Ours,
            Some(Delete::All) => Removal::All,
        };
        Options { removal, conflicts: if self.overwrite { Conflicts::Overwrite } else { Conflicts::Tell } }
    }
}

/// How a verb ended.
type Ended = Result<ExitCode, Failed>;

/// Why a verb failed.
enum Failed {
    /// The library says.
    Board(Error),
    /// So does its part about firmware.
    Firmware(board::flash::Error),
    /// The words make no sense together.
    Words(String),
}

impl From<board::flash::Error> for Failed {
    fn from(error: board::flash::Error) -> Failed {
        Failed::Firmware(error)
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        Failed::Board(error)
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let json = arguments.json;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("the system has room for it");
    let ended = runtime.block_on(perform(arguments));
    runtime.shutdown_background(); // a thread may still wait for a key
    ended.unwrap_or_else(|failed| {
        if json {
            eprintln!("{}", json!({ "error": { "kind": failed.kind(), "message": failed.message() } }));
        } else {
            eprintln!("taipanctl: {}", failed.message());
        }
        ExitCode::from(failed.code())
    })
}

impl Failed {
    fn message(&self) -> String {
        match self {
            Failed::Board(error) => error.to_string(),
            Failed::Firmware(error) => error.to_string(),
            Failed::Words(words) => words.clone(),
        }
    }

    /// A word for a program that decides by it.
    fn kind(&self) -> String {
        match self {
            Failed::Board(error) => {
                let value = serde_json::to_value(error).expect("errors are plain data");
                value["kind"].as_str().expect("an error says its kind").to_owned()
            }
            Failed::Firmware(error) => error.kind().to_owned(),
            Failed::Words(_) => "words".to_owned(),
        }
    }

    /// What the shell is told.
    fn code(&self) -> u8 {
        match self {
            Failed::Board(error) => code(error),
            Failed::Firmware(error) => firmware::code(error),
            Failed::Words(_) => 2,
        }
    }
}

/// What a script is told.
fn code(error: &Error) -> u8 {
    match error {
        Error::NotAttached | Error::Open { .. } | Error::Permission { .. } | Error::Virtual { .. } | Error::Lost { .. } => 3,
        Error::Busy { .. } | Error::Typing | Error::Silent { .. } | Error::Garbled { .. } | Error::Stubborn => 4,
        Error::Conflict { .. } => 6,
        Error::Unreachable { .. } | Error::NoPackage { .. } | Error::BadPackage { .. } | Error::OtherBytecode { .. } => 7,
        Error::Raised { .. } => 1,
        _ => 5,
    }
}

async fn perform(arguments: Arguments) -> Ended {
    match &arguments.verb {
        Verb::List => return show::ports(arguments.json),
        Verb::Connect { name: None, forget } => return connect::tell(arguments.json, *forget),
        Verb::Virtual { image, tcp } => return connect::serve(arguments.json, image.as_deref(), *tcp).await,
        Verb::Firmware { verb: firmware::Verb::Update { file, address, archive, no_backup, serial } } => {
            let board = Board::new();
            let wish = firmware::wish(file, *address, archive.as_deref(), *no_backup, serial.as_deref());
            let target = place::target(arguments.board.as_deref(), arguments.baud).ok();
            let ended = firmware::renew(&board, &Show::new(arguments.json, &board), target, &wish).await;
            board.detach().await;
            return ended;
        }
        Verb::Firmware { verb } => return firmware::perform(verb, arguments.json).await,
        Verb::Completions { shell } => {
            clap_complete::generate(*shell, &mut Arguments::command(), "taipanctl", &mut std::io::stdout());
            return Ok(ExitCode::SUCCESS);
        }
        Verb::Udev => {
            print!("{}", board::permission::rules());
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let board = Board::new();
    if let Verb::Mip { verb: packages::Verb::Search { words, index } } = &arguments.verb {
        return packages::search(&Show::new(arguments.json, &board), words, index).await;
    }
    let ended = attached(&board, &arguments).await;
    if let Some(file) = &arguments.log
        && let Err(error) = std::fs::write(file, board.traffic().text())
    {
        eprintln!("taipanctl: {} could not be written: {error}", file.display());
    }
    board.detach().await;
    ended
}

/// Attaches the board and does what was asked.
async fn attached(board: &Board, arguments: &Arguments) -> Ended {
    let show = Show::new(arguments.json, board);
    let named = match &arguments.verb {
        Verb::Connect { name, .. } => name.as_deref(),
        _ => arguments.board.as_deref(),
    };
    board.attach(place::target(named, arguments.baud)?).await?;
    let asks_first = !matches!(arguments.verb, Verb::Repl | Verb::Log | Verb::Stop | Verb::Connect { .. });
    if arguments.stop && asks_first && board.state() != Connection::Ready {
        board.stop().await?;
    }
    match &arguments.verb {
        Verb::List | Verb::Virtual { .. } | Verb::Firmware { .. } | Verb::Udev | Verb::Completions { .. } => {
            unreachable!("they need no board")
        }
        Verb::Connect { name, .. } => connect::choose(board, &show, name.as_deref().expect("telling needs no board")),
        Verb::Info => show.info(board).await,
        Verb::Exec { code } => program::exec(board, &show, code).await,
        Verb::Run { file, keep } => program::run(board, &show, file, *keep).await,
        Verb::Repl if arguments.json => Err(Failed::Words("a prompt is for people: use exec or run with --json".into())),
        Verb::Repl => program::repl(board).await,
        Verb::Log => program::log(board, &show).await,
        Verb::Stop => state(&show, board, board.stop().await),
        Verb::Reset { soft: true } => state(&show, board, board.soft_reset().await),
        Verb::Reset { soft: false } => state(&show, board, board.reset().await),
        Verb::Bootloader => state(&show, board, board.bootloader().await),
        Verb::Fs { verb } | Verb::Files(verb) => files::perform(board, &show, verb).await,
        Verb::Mip { verb } => packages::perform(board, &show, verb).await,
        Verb::Sync(project) if project.watch => project::watch(board, &show, project).await,
        Verb::Sync(project) => project::sync(board, &show, project).await,
        Verb::Watch(project) => project::watch(board, &show, project).await,
        Verb::Deploy(project) => project::deploy(board, &show, project).await,
        Verb::Backup { archive, root } => project::backup(board, &show, archive, root.there()?).await,
        Verb::Restore { archive, root } => project::restore(board, &show, archive, root.as_ref()).await,
    }
}

/// For a program: how the board is afterwards.
fn state(show: &Show, board: &Board, result: board::Result<()>) -> Ended {
    done(show, result, &board.state())
}

/// What was done is no news for a person.
fn done(show: &Show, result: board::Result<()>, value: &impl serde::Serialize) -> Ended {
    result?;
    show.result(value, Vec::new);
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sound() {
        Arguments::command().debug_assert();
    }
}
