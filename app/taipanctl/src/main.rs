//! `taipanctl`: a board from the command line. The words are parsed here; each verb is a few calls of the library `board`,
//! the one that the window wears, so whatever holds there (deadlines, whole files, nothing interrupted unasked) holds here.

mod connect;
mod files;
mod firmware;
mod help;
mod interrupt;
mod out;
mod packages;
mod place;
mod program;
mod project;
mod show;

use board::flash::Image;
use board::local::here;
use board::phrase::Reason;
use board::sync::{Conflicts, Options, Removal};
use board::{Board, Connection, Error, Held, Target};
use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use interrupt::or_given_up;
use place::Place;
use serde_json::json;
use show::Show;
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Above the options that every verb has, so that its own stand alone.
const ALWAYS: &str = "Options of every verb";

/// Everything that can be done to a MicroPython board.
///
/// A path on the board begins with a colon (`:main.py`, `:/lib`), one of this computer does not.
#[derive(Parser)]
#[command(name = "taipanctl", version)]
struct Arguments {
    /// Which board: a serial port, `id:SERIAL-NUMBER`, `tcp:HOST:PORT`, `virtual` or `virtual:IMAGE`. Without it the one that `connect`
    /// chose, else the only one that is plugged in
    #[arg(long, short, global = true, help_heading = ALWAYS, env = place::VARIABLE, value_name = "BOARD")]
    board: Option<String>,
    /// Bits a second of a serial port; boards on USB do not care
    #[arg(long, global = true, help_heading = ALWAYS, default_value_t = 115_200)]
    baud: u32,
    /// Stops the program that runs on the board first; without this it is left alone
    #[arg(long, global = true, help_heading = ALWAYS)]
    stop: bool,
    /// Waits for a board that another program has
    #[arg(long, global = true, help_heading = ALWAYS, conflicts_with = "take")]
    wait: bool,
    /// Takes the board from another program of Taipan, which gets it back afterwards
    #[arg(long, global = true, help_heading = ALWAYS)]
    take: bool,
    /// Prints results, and what goes wrong, as JSON; what goes on for long as one object a line
    #[arg(long, global = true, help_heading = ALWAYS)]
    json: bool,
    /// Writes what went over the line to this file, with times; of more than a megabyte the last one
    #[arg(long, global = true, help_heading = ALWAYS, value_name = "FILE")]
    log: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// The boards that are plugged in
    List,
    /// Chooses the board for later calls that name none; says which it is, if none is named here
    Connect {
        /// As for `--board`. One with a serial number is found again at any port
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
        /// Gives it what comes from a pipe to read; what is typed at a terminal it reads anyway
        #[arg(long)]
        stdin: bool,
    },
    /// Runs a program of this computer on the board, and shows what it prints
    Run {
        /// The program; `-` is what comes from a pipe
        file: PathBuf,
        /// Keeps the names that are there instead of a soft reset first
        #[arg(long)]
        keep: bool,
        /// Gives it what comes from a pipe to read; what is typed at a terminal it reads anyway
        #[arg(long)]
        stdin: bool,
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
    /// Prints the manual page
    Man {
        /// That of a verb
        verb: Option<String>,
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
    /// Lets the old file go first where two copies do not fit: a cable that is cut then leaves neither
    #[arg(long)]
    replace: bool,
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
    /// There is no board to do it with.
    NoBoard(String),
    /// The words make no sense together.
    Words(String),
    /// Somebody pressed Ctrl-C.
    GivenUp,
    /// Standard output takes nothing more.
    Output(&'static std::io::Error),
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
    let parsed = help::command().try_get_matches().and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(other) => return unparsed(&other),
    };
    let json = arguments.json;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("the system has room for it");
    let ended = runtime.block_on(perform(arguments));
    runtime.shutdown_background(); // a thread may still wait for a key
    let printed = out::failure().map_or(Ok(()), |error| Err(Failed::Output(error)));
    ended.and_then(|code| printed.map(|()| code)).unwrap_or_else(|failed| complain(&failed, json))
}

/// Words that could not be read; or --help and --version, which clap answers.
fn unparsed(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        out::note(error.print().and_then(|()| std::io::stdout().flush()));
        return out::failure().map_or(ExitCode::SUCCESS, |error| complain(&Failed::Output(error), false));
    }
    if std::env::args_os().any(|word| word == "--json") {
        let text = error.to_string();
        let what = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
        return complain(&Failed::Words(what.to_owned()), true);
    }
    let _ = error.print(); // nobody is left to complain to
    ExitCode::from(2)
}

/// Says what failed, and what the shell is told of it.
fn complain(failed: &Failed, json: bool) -> ExitCode {
    let words = match json {
        true => json!({ "error": { "kind": failed.kind(), "message": failed.message() } }).to_string(),
        false => format!("taipanctl: {}", failed.message()),
    };
    let _ = writeln!(std::io::stderr(), "{words}"); // nobody is left to complain to
    ExitCode::from(failed.code())
}

impl Failed {
    fn message(&self) -> String {
        match self {
            // What a window does by a key, these words do.
            Failed::Board(Error::Busy { program }) => {
                format!(
                    "{} is running on the board. Say --stop to stop it first, or wait for its end.",
                    program.as_deref().unwrap_or("A program")
                )
            }
            Failed::Board(Error::Held { target, program, pid, ours: true }) => {
                format!(
                    "{target} is in use: {program} (process {pid}) has it. Say --wait to wait for it, or --take to take it over."
                )
            }
            Failed::Board(error) => error.to_string(),
            Failed::Firmware(error) => error.to_string(),
            Failed::NoBoard(words) | Failed::Words(words) => words.clone(),
            Failed::GivenUp => {
                "Ended by Ctrl-C before all was done. Each file is the old one or the new one, whole: repeat it for the rest."
                    .to_owned()
            }
            Failed::Output(error) if error.kind() == ErrorKind::BrokenPipe => {
                "Not everything was printed: whoever read it closed the pipe.".to_owned()
            }
            Failed::Output(error) => {
                format!("Not everything was printed: {}. Print to another place.", Reason::from(*error))
            }
        }
    }

    /// A word for a program that decides by it.
    fn kind(&self) -> String {
        match self {
            Failed::Board(error) => kind(error),
            Failed::Firmware(error) => kind(error),
            Failed::NoBoard(_) => "noBoard".to_owned(),
            Failed::Words(_) => "words".to_owned(),
            Failed::GivenUp => "cancelled".to_owned(),
            Failed::Output(_) => "output".to_owned(),
        }
    }

    /// What the shell is told.
    fn code(&self) -> u8 {
        match self {
            Failed::Board(error) => code(error),
            Failed::Firmware(error) => firmware::code(error),
            Failed::NoBoard(_) => 3,
            Failed::Words(_) => 2,
            Failed::GivenUp => 130,
            Failed::Output(_) => 5,
        }
    }
}

fn kind(error: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(error).expect("errors are plain data");
    value["kind"].as_str().expect("an error says its kind").to_owned()
}

/// What a script is told.
fn code(error: &Error) -> u8 {
    match error {
        Error::NotAttached | Error::Open { .. } | Error::Permission { .. } | Error::Virtual { .. } | Error::Lost { .. } => 3,
        Error::Held { .. }
        | Error::Busy { .. }
        | Error::Typing
        | Error::Silent { .. }
        | Error::Garbled { .. }
        | Error::Stubborn
        | Error::StubbornVirtual => 4,
        Error::NoBootLoader => 2,
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
        Verb::Completions { shell } => {
            let mut words = Vec::new();
            clap_complete::generate(*shell, &mut help::command(), "taipanctl", &mut words);
            out::put(&words);
            return Ok(ExitCode::SUCCESS);
        }
        Verb::Man { verb } => {
            let Some(page) = help::manual(verb.as_deref()) else {
                let verb = verb.as_deref().unwrap_or_default();
                return Err(Failed::Words(format!("there is no verb {verb}: taipanctl --help shows them all")));
            };
            out::put(&page);
            return Ok(ExitCode::SUCCESS);
        }
        Verb::Udev => {
            out::put(board::permission::rules().as_bytes());
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    // A log that cannot be written is told before anything is done to a board.
    let log = arguments.log.as_deref().map(|path| Ok((path, File::create(path).map_err(|error| here("write", path, &error))?)));
    let log: Option<(&Path, File)> = log.transpose().map_err(Failed::Board)?;
    let board = Board::new();
    let ended = with(&board, &arguments).await;
    board.detach().await;
    let kept = log.map_or(Ok(()), |(path, mut file)| {
        file.write_all(board.traffic().text().as_bytes()).map_err(|error| Failed::Board(here("write", path, &error)))
    });
    if let (Err(_), Err(log)) = (&ended, &kept) {
        out::aside(&log.message()); // what else failed is told behind it
    }
    ended.and_then(|code| kept.map(|()| code))
}

/// Does what was asked with a board, which these verbs need or look for.
async fn with(board: &Board, arguments: &Arguments) -> Ended {
    let show = || Show::new(arguments.json, board);
    match &arguments.verb {
        Verb::Firmware { verb: firmware::Verb::Update { file, address, archive, no_backup, serial } } => {
            Image::open(file, *address)?; // no program is stopped for a file that is none
            let wish = firmware::wish(file, *address, archive.as_deref(), *no_backup, serial.as_deref());
            let target = place::target(arguments.board.as_deref(), arguments.baud).ok();
            let is_virtual = matches!(target, Some(Target::Virtual { .. }));
            let found = found(board, target, arguments).await;
            firmware::renew(board, &show(), found, is_virtual, &wish).await
        }
        Verb::Firmware { verb: firmware::Verb::Check { file, address } } => {
            let image = Image::open(file, *address)?;
            let target = place::target(arguments.board.as_deref(), arguments.baud).ok();
            let found = found(board, target, arguments).await;
            firmware::check(board, &show(), found, &image)
        }
        Verb::Firmware { verb } => firmware::perform(verb, arguments.json).await,
        Verb::Mip { verb: packages::Verb::Search { words, index } } => packages::search(&show(), words, index).await,
        _ => attached(board, arguments).await,
    }
}

/// Attaches the board that is to be found, if there is one, for a verb that can do without.
async fn found(board: &Board, target: Option<Target>, arguments: &Arguments) -> board::Result<()> {
    let Some(target) = target else { return Ok(()) };
    attach(board, target, arguments).await?;
    if arguments.stop && board.state() != Connection::Ready {
        board.stop().await?;
        board.id().await?; // only now it says who it is
    }
    Ok(())
}

/// Attaches the board and does what was asked.
async fn attached(board: &Board, arguments: &Arguments) -> Ended {
    let show = Show::new(arguments.json, board);
    let named = match &arguments.verb {
        Verb::Connect { name, .. } => name.as_deref(),
        _ => arguments.board.as_deref(),
    };
    attach(board, place::target(named, arguments.baud)?, arguments).await?;
    let asks_first = !matches!(arguments.verb, Verb::Repl | Verb::Log | Verb::Stop | Verb::Connect { .. });
    if arguments.stop && asks_first && board.state() != Connection::Ready {
        board.stop().await?;
    }
    match &arguments.verb {
        Verb::Exec { code, stdin } => program::exec(board, &show, code, *stdin).await,
        Verb::Run { file, keep, stdin } => program::run(board, &show, file, *keep, *stdin).await,
        Verb::Repl if arguments.json => Err(Failed::Words("a prompt is for people: use exec or run with --json".into())),
        Verb::Repl => program::repl(board).await,
        Verb::Log => program::log(board, &show).await,
        Verb::Watch(project) => project::watch(board, &show, project).await,
        Verb::Sync(project) if project.watch => project::watch(board, &show, project).await,
        _ => or_given_up(once(board, &show, &arguments.verb)).await,
    }
}

/// The verbs that come to an end by themselves.
async fn once(board: &Board, show: &Show, verb: &Verb) -> Ended {
    match verb {
        Verb::Connect { name, .. } => connect::choose(board, show, name.as_deref().expect("telling needs no board")),
        Verb::Info => show.info(board).await,
        Verb::Stop => state(show, board, board.stop().await),
        Verb::Reset { soft: true } => state(show, board, board.soft_reset().await),
        Verb::Reset { soft: false } => state(show, board, board.reset().await),
        Verb::Bootloader => state(show, board, board.bootloader().await),
        Verb::Fs { verb } | Verb::Files(verb) => files::perform(board, show, verb).await,
        Verb::Mip { verb } => packages::perform(board, show, verb).await,
        Verb::Sync(project) => project::sync(board, show, project).await,
        Verb::Deploy(project) => project::deploy(board, show, project).await,
        Verb::Backup { archive, root } => project::backup(board, show, archive, root.there()?).await,
        Verb::Restore { archive, root } => project::restore(board, show, archive, root.as_ref()).await,
        Verb::List | Verb::Virtual { .. } | Verb::Firmware { .. } | Verb::Udev | Verb::Completions { .. } | Verb::Man { .. } => {
            unreachable!("they need no board")
        }
        Verb::Exec { .. } | Verb::Run { .. } | Verb::Repl | Verb::Log | Verb::Watch(_) => unreachable!("they end otherwise"),
    }
}

/// Attaches; where another program has the board, as the words want it.
async fn attach(board: &Board, target: Target, arguments: &Arguments) -> board::Result<()> {
    const LOOK: Duration = Duration::from_millis(300);
    let mut told = false;
    loop {
        match board.attach_held(target.clone(), if arguments.take { Held::Take } else { Held::Tell }).await {
            Err(error @ Error::Held { .. }) if arguments.wait => {
                if !std::mem::replace(&mut told, true) {
                    out::aside(&error.to_string());
                }
                tokio::time::sleep(LOOK).await;
            }
            attached => return attached,
        }
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
        help::command().debug_assert();
    }
}
