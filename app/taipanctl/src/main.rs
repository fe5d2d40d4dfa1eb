//! `taipanctl`: a board from the command line. The words are parsed here; each verb is a few calls of the library `board`,
//! the one that the window wears, so whatever holds there (deadlines, whole files, nothing interrupted unasked) holds here.

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
use show::Show;
use std::path::PathBuf;
use std::process::ExitCode;

/// Everything that can be done to a MicroPython board.
///
/// A path on the board begins with a colon (`:main.py`, `:/lib`), one of this computer does not.
#[derive(Parser)]
#[command(name = "taipanctl", version, after_help = EXIT_CODES)]
struct Arguments {
    /// Which board: a serial port, `tcp:HOST:PORT`, `virtual` or `virtual:IMAGE`. Without it: the only one that is plugged in
    #[arg(long, short, global = true, env = "TAIPANCTL_BOARD", value_name = "BOARD")]
    board: Option<String>,
    /// Bits a second of a serial port; boards on USB do not care
    #[arg(long, global = true, default_value_t = 115_200)]
    baud: u32,
    /// Stops the program that runs on the board first; without this it is left alone
    #[arg(long, global = true)]
    stop: bool,
    /// Prints results as JSON
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
    /// Lists folders of the board
    Ls {
        /// Where; the board's own folder without one
        paths: Vec<Place>,
        /// All that is below
        #[arg(short, long)]
        recursive: bool,
    },
    /// Copies files to the board, or from it
    Cp {
        /// What, then where to
        #[arg(required = true, num_args = 2..)]
        paths: Vec<Place>,
        /// Folders, with all that is in them
        #[arg(short, long)]
        recursive: bool,
        /// Where two copies do not fit, the old file goes first: a cable that is cut then leaves neither
        #[arg(long)]
        replace: bool,
    },
    /// Removes files and empty folders of the board
    Rm {
        /// Which
        #[arg(required = true)]
        paths: Vec<Place>,
        /// Folders, with all that is in them
        #[arg(short, long)]
        recursive: bool,
    },
    /// Makes folders on the board
    Mkdir {
        /// Which
        #[arg(required = true)]
        paths: Vec<Place>,
    },
    /// Gives a file or folder of the board another name
    Mv {
        /// The old name
        from: Place,
        /// The new name
        to: Place,
    },
    /// Prints files of the board
    Cat {
        /// Which
        #[arg(required = true)]
        paths: Vec<Place>,
    },
    /// How much room is left
    Df {
        /// On which file system
        #[arg(default_value = ":/")]
        path: Place,
    },
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("the system has room for it");
    let ended = runtime.block_on(perform(arguments));
    runtime.shutdown_background(); // a thread may still wait for a key
    ended.unwrap_or_else(|failed| match failed {
        Failed::Board(error) => {
            eprintln!("taipanctl: {error}");
            ExitCode::from(code(&error))
        }
        Failed::Firmware(error) => {
            eprintln!("taipanctl: {error}");
            ExitCode::from(firmware::code(&error))
        }
        Failed::Words(words) => {
            eprintln!("taipanctl: {words}");
            ExitCode::from(2)
        }
    })
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
    board.attach(place::target(arguments.board.as_deref(), arguments.baud)?).await?;
    let asks_first = !matches!(arguments.verb, Verb::Repl | Verb::Log | Verb::Stop);
    if arguments.stop && asks_first && board.state() != Connection::Ready {
        board.stop().await?;
    }
    match &arguments.verb {
        Verb::List | Verb::Firmware { .. } | Verb::Udev | Verb::Completions { .. } => unreachable!("they need no board"),
        Verb::Info => show.info(board).await,
        Verb::Exec { code } => program::exec(board, code).await,
        Verb::Run { file, keep } => program::run(board, file, *keep).await,
        Verb::Repl => program::repl(board).await,
        Verb::Log => program::log(board).await,
        Verb::Stop => done(board.stop().await),
        Verb::Reset { soft: true } => done(board.soft_reset().await),
        Verb::Reset { soft: false } => done(board.reset().await),
        Verb::Bootloader => done(board.bootloader().await),
        Verb::Ls { paths, recursive } => files::list(board, &show, paths, *recursive).await,
        Verb::Cp { paths, recursive, replace } => files::copy(board, &show, paths, *recursive, *replace).await,
        Verb::Rm { paths, recursive } => files::remove(board, paths, *recursive).await,
        Verb::Mkdir { paths } => files::make_folders(board, paths).await,
        Verb::Mv { from, to } => done(board.rename(from.there()?, to.there()?).await),
        Verb::Cat { paths } => files::print(board, paths).await,
        Verb::Df { path } => files::space(board, &show, path.there()?).await,
        Verb::Mip { verb } => packages::perform(board, &show, verb).await,
        Verb::Sync(project) if project.watch => project::watch(board, &show, project).await,
        Verb::Sync(project) => project::sync(board, &show, project).await,
        Verb::Watch(project) => project::watch(board, &show, project).await,
        Verb::Deploy(project) => project::deploy(board, &show, project).await,
        Verb::Backup { archive, root } => project::backup(board, &show, archive, root.there()?).await,
        Verb::Restore { archive, root } => project::restore(board, &show, archive, root.as_ref()).await,
    }
}

fn done(result: board::Result<()>) -> Ended {
    result.map(|()| ExitCode::SUCCESS).map_err(Failed::Board)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sound() {
        Arguments::command().debug_assert();
    }
}
