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
    /// Gives a file or folder of the board another name, or moves it into a folder
    Mv {
        /// The old name
        from: Place,
        /// The new name, or the folder that it goes into
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
            let from = inner(from)?;
            let to = new_name(board, from, to.there()?).await?;
            done(show, board.rename(from, &to).await, &json!({ "from": from, "to": to }))
        }
        Verb::Rm { paths, recursive, force } => remove(board, show, &expanded(board, paths).await?, *recursive, *force).await,
        Verb::Mkdir { paths, parents } => make_folders(board, show, paths, *parents).await,
        Verb::Cat { paths } => print(board, show, &expanded(board, paths).await?).await,
        Verb::Df { path } => space(board, show, path.there()?).await,
    }
}

/// What is moved into a folder keeps its name; anything else that is there stays in the way.
async fn new_name(board: &Board, from: &str, to: &str) -> board::Result<String> {
    let name = from.trim_end_matches('/').rsplit('/').next().unwrap_or(from);
    if is_own_folder(to) {
        return Ok(if to.starts_with('/') { format!("/{name}") } else { name.to_owned() });
    }
    let folder = to.trim_end_matches('/');
    match board.properties(folder).await {
        Ok(there) if there.kind == EntryKind::Folder && folder != from.trim_end_matches('/') => Ok(format!("{folder}/{name}")),
        Ok(_) | Err(board::Error::NotFound { .. }) => Ok(to.to_owned()),
        Err(error) => Err(error),
    }
}

/// Is this the root, or the board's own folder?
fn is_own_folder(path: &str) -> bool {
    path.split('/').all(|part| part.is_empty() || part == ".")
}

/// What `ls` found: a file that was named, or a folder and what is in it.
struct Listed {
    folder: Option<String>,
    found: Vec<(String, EntryKind, u64)>,
}

async fn list(board: &Board, show: &Show, paths: &[Place], recursive: bool) -> Ended {
    let own = [Place::There(String::new())];
    let mut all: Vec<Listed> = Vec::new();
    for place in if paths.is_empty() { own.to_vec() } else { expanded(board, paths).await? } {
        all.push(listed(board, place.there()?, recursive).await?);
    }
    all.sort_by_key(|listed| listed.folder.is_some()); // files first, as `ls` does it elsewhere
    let path = |listed: &Listed, name: &str| listed.folder.as_ref().map_or_else(|| name.to_owned(), |folder| below(folder, name));
    let entry = |listed: &Listed, (name, kind, size): &(String, EntryKind, u64)| json!({ "path": path(listed, name), "kind": kind, "size": size });
    let values: Vec<Value> = all.iter().flat_map(|listed| listed.found.iter().map(|found| entry(listed, found))).collect();
    let several = all.iter().filter(|listed| listed.folder.is_some()).count() > 1;
    show.result(&values, || {
        let line = |(name, kind, size): &(String, EntryKind, u64)| match kind {
            EntryKind::Folder => format!("{:>10} {name}/", ""),
            EntryKind::File => format!("{size:>10} {name}"),
        };
        let heading = |listed: &Listed| listed.folder.as_ref().filter(|_| several).map(|folder| format!(":{folder}"));
        all.iter().flat_map(|listed| heading(listed).into_iter().chain(listed.found.iter().map(line))).collect()
    });
    Ok(ExitCode::SUCCESS)
}

async fn listed(board: &Board, path: &str, recursive: bool) -> Result<Listed, Failed> {
    let folder = Some(path.to_owned());
    let entries = match board.list(path).await {
        Err(Error::WrongKind { .. }) => {
            let size = board.properties(path).await?.size;
            return Ok(Listed { folder: None, found: vec![(path.to_owned(), EntryKind::File, size)] });
        }
        entries => entries?,
    };
    let found = if recursive {
        board.tree(path, false).await?.into_iter().map(|node| (node.path, node.kind, node.size)).collect()
    } else {
        entries.into_iter().map(|entry| (entry.name, entry.kind, entry.size)).collect()
    };
    Ok(Listed { folder, found })
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
    let data = piped().await.map_err(|error| here("read", Path::new(STDIN), &error))?;
    let size = data.len();
    let written = if replace { board.replace(to, data).await } else { board.write(to, data).await };
    done(show, written, &json!({ "to": to, "size": size }))
}

/// All that comes from a pipe. A thread waits for it, so that Ctrl-C is heard.
pub async fn piped() -> std::io::Result<Vec<u8>> {
    let reading = tokio::task::spawn_blocking(|| {
        let mut data = Vec::new();
        std::io::stdin().read_to_end(&mut data).map(|_| data)
    });
    reading.await.expect("reading does not panic")
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

/// A path in the board's file system, where all of it makes no sense.
fn inner(place: &Place) -> Result<&str, Failed> {
    let path = place.there()?;
    if is_own_folder(path) {
        return Err(Failed::Words(format!(
            "`:{path}` is the board's own folder: name what is in it, such as `:main.py`, or `':*'` for all"
        )));
    }
    Ok(path)
}

async fn remove(board: &Board, show: &Show, paths: &[Place], recursive: bool, force: bool) -> Ended {
    let mut removed = Vec::new();
    for place in paths {
        let path = inner(place)?;
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
        let path = inner(place)?;
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
        let path = inner(place)?;
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
