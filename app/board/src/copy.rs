//! Copying files and folders between this computer and the board, any number at once.
//!
//! A [`Plan`] is made first and changes nothing: it says which files would come to lie where, which of them are there
//! already and differ, and whether there is room. Carrying it out is a loop in which each file arrives whole or not at all.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::board::Board;
use crate::error::{Error, Result};
use crate::files::hex;
use crate::local::{self, here, inside, kind, modified};
use crate::model::{EntryKind, Space, Stage};
use crate::phrase::{Doing, Reason};
use crate::sync::{Folder, Item, below};

/// Bytes of flash that a file takes besides its content, at the most.
const BLOCK: u64 = 4096;

/// Which way files go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "CopyWay")]
pub enum Way {
    /// From this computer to the board.
    ToBoard,
    /// From the board to this computer.
    ToComputer,
}

/// What would be copied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CopyPlan")]
pub struct Plan {
    /// Which way.
    pub way: Way,
    /// Folders to be made, outer ones first.
    pub folders: Vec<String>,
    /// Every file.
    pub files: Vec<File>,
    /// How much more room than now the files need on the board; 0 for the other way.
    #[ts(type = "number")]
    pub needed: u64,
    /// The room that the board has, if it can tell.
    #[ts(type = "number | null")]
    pub free: Option<u64>,
}

/// One file of a [`Plan`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CopyFile")]
pub struct File {
    /// Where it is.
    pub from: String,
    /// Where it will be.
    pub to: String,
    /// Its bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// What is there already.
    pub old: Option<Old>,
}

/// A file that lies where another will come to lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CopyOld")]
pub struct Old {
    /// Its bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// Has it the same content? Then nothing is copied.
    pub same: bool,
    /// When the file on this computer was changed, in seconds since 1970.
    #[ts(type = "number | null")]
    pub modified: Option<u64>,
}

impl Plan {
    fn new(way: Way) -> Plan {
        Plan { way, folders: Vec::new(), files: Vec::new(), needed: 0, free: None }
    }
}

/// Where what is copied comes to lie.
#[derive(Debug, Clone, Copy)]
pub enum To<'a, P: ?Sized> {
    /// In this folder, by its own name.
    Into(&'a P),
    /// At this very path: for a single file or folder.
    As(&'a P),
}

/// What is on the board where files will come to lie: kinds and bytes, by path.
type There = BTreeMap<String, (EntryKind, u64)>;

/// What to do so that these files and folders of this computer lie on the board.
pub async fn plan_to_board(board: &Board, from: &[String], to: To<'_, str>) -> Result<Plan> {
    let folder = match to {
        To::Into(folder) => folder,
        To::As(path) => split(path).0,
    };
    let entries = board.list(folder).await?;
    let mut there: There = entries.into_iter().map(|entry| (below(folder, &entry.name), (entry.kind, entry.size))).collect();
    let mut plan = Plan::new(Way::ToBoard);
    for source in from {
        let path = Path::new(source);
        let target = match to {
            To::Into(folder) => below(folder, &name_of(path)?),
            To::As(path) => path.to_string(),
        };
        if !path.is_dir() {
            let meta = fs::metadata(path).map_err(|error| here("read", path, &error))?;
            add_upload(board, &mut plan, &there, path.to_path_buf(), target, &meta).await?;
            continue;
        }
        if let Some((EntryKind::Folder, _)) = there.get(&target) {
            let nodes = board.tree(&target, false).await?;
            there.extend(nodes.into_iter().map(|node| (below(&target, &node.path), (node.kind, node.size))));
        }
        add_folder(&mut plan, target.clone(), there.get(&target).map(|entry| entry.0))?;
        for (name, item) in Folder::open(path)?.listing()? {
            let target = below(&target, &name);
            if item == Item::Folder {
                add_folder(&mut plan, target.clone(), there.get(&target).map(|entry| entry.0))?;
                continue;
            }
            let file = path.join(&name);
            let meta = fs::metadata(&file).map_err(|error| here("read", &file, &error))?;
            add_upload(board, &mut plan, &there, file, target, &meta).await?;
        }
    }
    plan.free = match board.space(folder).await {
        Ok(Space { free, .. }) => Some(free),
        Err(Error::Raised { .. } | Error::NotFound { .. }) => None, // some boards cannot tell
        Err(error) => return Err(error),
    };
    Ok(plan)
}

fn add_folder(plan: &mut Plan, path: String, there: Option<EntryKind>) -> Result<()> {
    match there {
        Some(EntryKind::Folder) => {}
        Some(EntryKind::File) => return Err(Error::WrongKind { path }),
        None => plan.folders.push(path),
    }
    Ok(())
}

async fn add_upload(board: &Board, plan: &mut Plan, there: &There, from: PathBuf, to: String, meta: &Metadata) -> Result<()> {
    let old = match there.get(&to) {
        None => None,
        Some((EntryKind::Folder, _)) => return Err(Error::WrongKind { path: to }),
        Some(&(EntryKind::File, size)) => {
            let same = size == meta.len() && board.hash(&to).await? == hash_here(&from)?;
            Some(Old { size, same, modified: modified(meta) })
        }
    };
    let blocks = |size: u64| size.next_multiple_of(BLOCK);
    if old.as_ref().is_none_or(|old| !old.same) {
        plan.needed += blocks(meta.len()).saturating_sub(old.as_ref().map_or(0, |old| blocks(old.size)));
    }
    plan.files.push(File { from: text_of(&from)?, to, size: meta.len(), old });
    Ok(())
}

/// What to do so that these files and folders of the board lie on this computer.
pub async fn plan_to_computer(board: &Board, from: &[String], to: To<'_, Path>) -> Result<Plan> {
    let mut plan = Plan::new(Way::ToComputer);
    for source in from {
        let (folder, name) = split(source);
        let target = match to {
            To::Into(folder) if !name.is_empty() => inside(folder, name)?,
            To::Into(path) | To::As(path) => path.to_path_buf(), // all that the board has, has no name
        };
        if !name.is_empty() {
            let entry = board.list(folder).await?.into_iter().find(|entry| entry.name == name);
            let entry = entry.ok_or_else(|| Error::NotFound { path: source.clone() })?;
            if entry.kind == EntryKind::File {
                add_download(board, &mut plan, source.clone(), &target, entry.size).await?;
                continue;
            }
        }
        add_folder(&mut plan, text_of(&target)?, kind_here(&target))?;
        for node in board.tree(source, false).await? {
            let target = inside(&target, &node.path)?;
            match node.kind {
                EntryKind::Folder => add_folder(&mut plan, text_of(&target)?, kind_here(&target))?,
                EntryKind::File => add_download(board, &mut plan, below(source, &node.path), &target, node.size).await?,
            }
        }
    }
    Ok(plan)
}

async fn add_download(board: &Board, plan: &mut Plan, from: String, to: &Path, size: u64) -> Result<()> {
    let old = match fs::metadata(to) {
        Err(_) => None,
        Ok(meta) if meta.is_dir() => return Err(Error::WrongKind { path: text_of(to)? }),
        Ok(meta) => {
            let same = meta.len() == size && board.hash(&from).await? == hash_here(to)?;
            Some(Old { size: meta.len(), same, modified: modified(&meta) })
        }
    };
    plan.files.push(File { from, to: text_of(to)?, size, old });
    Ok(())
}

/// Carries a plan out; what is the same already is left alone. `tell` hears each file before it is copied. With `replace` the old
/// file of the board goes first where two copies do not fit: a cable that is cut then leaves neither.
pub async fn copy(board: &Board, plan: &Plan, replace: bool, mut tell: impl FnMut(Stage)) -> Result<()> {
    let given_up = board.given_up();
    for folder in &plan.folders {
        let made = match plan.way {
            Way::ToBoard => board.make_folder(folder).await,
            Way::ToComputer => fs::create_dir_all(folder).map_err(|error| here("make", folder.as_ref(), &error)),
        };
        match made {
            Ok(()) | Err(Error::Exists { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let files: Vec<&File> = plan.files.iter().filter(|file| file.old.as_ref().is_none_or(|old| !old.same)).collect();
    for (done, file) in files.iter().enumerate() {
        if given_up.is_cancelled() {
            return Err(Error::Cancelled { doing: Doing::Copying });
        }
        tell(Stage { path: file.to.clone(), done, total: files.len() });
        match plan.way {
            Way::ToBoard => {
                let data = fs::read(&file.from).map_err(|error| here("read", file.from.as_ref(), &error))?;
                if replace { board.replace(&file.to, data).await? } else { board.write(&file.to, data).await? }
            }
            Way::ToComputer => {
                let data = board.read(&file.from).await?;
                local::replace(file.to.as_ref(), data).map_err(|error| here("write", file.to.as_ref(), &error))?;
            }
        }
    }
    Ok(())
}

/// Folder and name of a path of the board. The name is empty for the board's root, and for where it starts.
fn split(path: &str) -> (&str, &str) {
    match path.trim_end_matches('/').rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some(parts) => parts,
        None if path.starts_with('/') => ("/", ""),
        None => ("", path.trim_end_matches('/')),
    }
}

fn kind_here(path: &Path) -> Option<EntryKind> {
    fs::metadata(path).ok().map(|meta| kind(&meta))
}

fn hash_here(path: &Path) -> Result<String> {
    fs::read(path).map(|data| hex(&Sha256::digest(data))).map_err(|error| here("read", path, &error))
}

fn name_of(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.map(str::to_string).ok_or_else(|| here("read", path, Reason::NameNoText))
}

fn text_of(path: &Path) -> Result<String> {
    path.to_str().map(str::to_string).ok_or_else(|| here("read", path, Reason::NameNoText))
}
