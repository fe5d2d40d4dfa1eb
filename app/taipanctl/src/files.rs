//! The verbs about files: `ls`, `cp`, `mv`, `rm`, `mkdir`, `cat`, `df`. They stand alone and, for those who know it so from elsewhere, after `fs`.

use crate::place::{Place, expanded};
use crate::program::STDIN;
use crate::show::Show;
use crate::{Ended, Failed, done, out};
use board::copy::{self, Plan, To, Way};
use board::files::hex;
use board::local::here;
use board::sync::{above, below};
use board::{Board, EntryKind, Error};
use clap::Subcommand;
use serde_json::{Value, json};
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Verb {
    /// Lists folders of the board
    Ls {
        /// Where; the board's own folder without one
        paths: Vec<Place>,
        /// All that is below
        #[arg(short, long)]
        recursive: bool,
        /// Sizes are shown anyway
        #[arg(short, hide = true)]
        long: bool,
    },
    /// Copies files to the board, or from it; what is the same already is left alone
    Cp {
        /// What, then where to. `:lib/*.py` means those of the board, `-` what comes from a pipe, or goes to it
        #[arg(required = true, num_args = 2..)]
        paths: Vec<Place>,
        /// Folders, with all that is in them
        #[arg(short, long)]
        recursive: bool,
        /// Where two copies do not fit, the old file goes first: a cable that is cut then leaves neither
        #[arg(long)]
        replace: bool,
    },
    /// Gives a file or folder of the board another name
    Mv {
        /// The old name
        from: Place,
        /// The new name
        to: Place,
    },
    /// Removes files and empty folders of the board
    Rm {
        /// Which
        #[arg(required = true)]
        paths: Vec<Place>,
        /// Folders, with all that is in them
        #[arg(short, long)]
        recursive: bool,
        /// What is not there is no failure
        #[arg(short, long)]
        force: bool,
    },
    /// Makes folders on the board
    Mkdir {
        /// Which
        #[arg(required = true)]
        paths: Vec<Place>,
        /// With the folders above; those that are there are no failure
        #[arg(short, long)]
        parents: bool,
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
}

/// Does what was asked.
pub async fn perform(board: &Board, show: &Show, verb: &Verb) -> Ended {
    match verb {
        Verb::Ls { paths, recursive, long: _ } => list(board, show, paths, *recursive).await,
        Verb::Cp { paths, recursive, replace } => copy(board, show, paths, *recursive, *replace).await,
        Verb::Mv { from, to } => {
            let moved = json!({ "from": from.there()?, "to": to.there()? });
            done(show, board.rename(from.there()?, to.there()?).await, &moved)
        }
        Verb::Rm { paths, recursive, force } => remove(board, show, &expanded(board, paths).await?, *recursive, *force).await,
        Verb::Mkdir { paths, parents } => make_folders(board, show, paths, *parents).await,
        Verb::Cat { paths } => print(board, show, &expanded(board, paths).await?).await,
        Verb::Df { path } => space(board, show, path.there()?).await,
    }
}

async fn list(board: &Board, show: &Show, paths: &[Place], recursive: bool) -> Ended {
    let own = [Place::There(String::new())];
    let (mut values, mut lines) = (Vec::new(), Vec::new());
    for place in if paths.is_empty() { &own } else { paths } {
        let folder = place.there()?;
        let found: Vec<(String, EntryKind, u64)> = if recursive {
            board.tree(folder, false).await?.into_iter().map(|node| (node.path, node.kind, node.size)).collect()
        } else {
            board.list(folder).await?.into_iter().map(|entry| (entry.name, entry.kind, entry.size)).collect()
        };
        for (name, kind, size) in found {
            values.push(json!({ "path": below(folder, &name), "kind": kind, "size": size }));
            lines.push(match kind {
                EntryKind::Folder => format!("{:>10} {name}/", ""),
                EntryKind::File => format!("{size:>10} {name}"),
            });
        }
    }
    show.result(&values, || lines);
    Ok(ExitCode::SUCCESS)
}

async fn copy(board: &Board, show: &Show, paths: &[Place], recursive: bool, replace: bool) -> Ended {
    let (to, from) = paths.split_last().expect("there are at least two");
    let from = &expanded(board, from).await?;
    match (from.as_slice(), to) {
        ([Place::Here(pipe)], Place::There(to)) if pipe == Path::new(STDIN) => return take_pipe(board, show, to, replace).await,
        ([Place::There(from)], Place::Here(pipe)) if pipe == Path::new(STDIN) => {
            out::put(&board.read(from).await?);
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let plan = match to {
        Place::There(to) => plan_up(board, &sources(from, Way::ToBoard)?, to, recursive).await?,
        Place::Here(to) => plan_down(board, &sources(from, Way::ToComputer)?, to, recursive).await?,
    };
    let colon = if plan.way == Way::ToBoard { ":" } else { "" };
    copy::copy(board, &plan, replace, |stage| {
        let file = plan.files.iter().find(|file| file.to == stage.path).expect("a stage is a file of the plan");
        let from = if plan.way == Way::ToBoard { file.from.clone() } else { format!(":{}", file.from) };
        show.say(&format!("{from} → {colon}{}", file.to));
    })
    .await?;
    show.result(&plan, Vec::new);
    Ok(ExitCode::SUCCESS)
}

/// Puts what comes from a pipe into a file of the board.
async fn take_pipe(board: &Board, show: &Show, to: &str, replace: bool) -> Ended {
    if to.is_empty() || to.ends_with('/') {
        return Err(Failed::Words("what comes from a pipe has no name: say one, as in cp - :data.txt".into()));
    }
    let mut data = Vec::new();
    std::io::stdin().read_to_end(&mut data).map_err(|error| here("read", Path::new(STDIN), &error))?;
    let size = data.len();
    let written = if replace { board.replace(to, data).await } else { board.write(to, data).await };
    done(show, written, &json!({ "to": to, "size": size }))
}

/// What is to be copied: all of it from the side that the last place is not on.
fn sources(from: &[Place], way: Way) -> Result<Vec<String>, Failed> {
    let wrong = || Failed::Words("cp copies between this computer and the board: one side begins with a colon".into());
    from.iter()
        .map(|place| match (place, way) {
            (Place::Here(path), Way::ToBoard) => Ok(path.to_str().ok_or_else(wrong)?.to_owned()),
            (Place::There(path), Way::ToComputer) => Ok(path.clone()),
            _ => Err(wrong()),
        })
        .collect()
}

async fn plan_up(board: &Board, from: &[String], to: &str, recursive: bool) -> Result<Plan, Failed> {
    let folder = from.iter().find(|path| Path::new(path).is_dir());
    folder.filter(|_| !recursive).map_or(Ok(()), |folder| Err(without_r(folder)))?;
    let into = from.len() > 1 || to.is_empty() || to.ends_with('/') || is_folder(board, to).await?;
    Ok(copy::plan_to_board(board, from, if into { To::Into(to) } else { To::As(to) }).await?)
}

async fn plan_down(board: &Board, from: &[String], to: &Path, recursive: bool) -> Result<Plan, Failed> {
    for path in from {
        if !recursive && is_folder(board, path).await? {
            return Err(without_r(&format!(":{path}")));
        }
    }
    let into = from.len() > 1 || to.is_dir();
    let plan = copy::plan_to_computer(board, from, if into { To::Into(to) } else { To::As(to) }).await?;
    for folder in plan.files.iter().filter_map(|file| Path::new(&file.to).parent()) {
        std::fs::create_dir_all(folder).map_err(|error| here("make", folder, &error))?;
    }
    Ok(plan)
}

fn without_r(folder: &str) -> Failed {
    Failed::Words(format!("{folder} is a folder: say -r"))
}

/// Is this path of the board a folder?
async fn is_folder(board: &Board, path: &str) -> Result<bool, Failed> {
    match board.list(path).await {
        Ok(_) => Ok(true),
        Err(Error::NotFound { .. } | Error::WrongKind { .. } | Error::Raised { .. }) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn remove(board: &Board, show: &Show, paths: &[Place], recursive: bool, force: bool) -> Ended {
    let mut removed = Vec::new();
    for place in paths {
        let path = place.there()?;
        match if recursive { board.remove_all(path).await } else { board.remove(path).await } {
            Err(Error::NotFound { .. }) if force => {}
            other => {
                other?;
                removed.push(path);
            }
        }
    }
    show.result(&json!({ "removed": removed }), Vec::new);
    Ok(ExitCode::SUCCESS)
}

async fn make_folders(board: &Board, show: &Show, paths: &[Place], parents: bool) -> Ended {
    let mut made = Vec::new();
    for place in paths {
        let path = place.there()?;
        for folder in above(path).filter(|_| parents).chain([path]) {
            match board.make_folder(folder).await {
                Err(Error::Exists { .. }) if parents && is_folder(board, folder).await? => {}
                other => {
                    other?;
                    made.push(folder);
                }
            }
        }
    }
    show.result(&json!({ "made": made }), Vec::new);
    Ok(ExitCode::SUCCESS)
}

async fn print(board: &Board, show: &Show, paths: &[Place]) -> Ended {
    let mut files: Vec<Value> = Vec::new();
    for place in paths {
        let path = place.there()?;
        let data = board.read(path).await?;
        if show.is_json() {
            files.push(match String::from_utf8(data) {
                Ok(text) => json!({ "path": path, "text": text }),
                Err(error) => json!({ "path": path, "hex": hex(error.as_bytes()) }),
            });
            continue;
        }
        show.clear();
        out::put(&data);
    }
    show.result(&files, Vec::new);
    Ok(ExitCode::SUCCESS)
}

async fn space(board: &Board, show: &Show, path: &str) -> Ended {
    let space = board.space(path).await?;
    show.result(&space, || vec![format!("{} of {} bytes are free", space.free, space.total)]);
    Ok(ExitCode::SUCCESS)
}
