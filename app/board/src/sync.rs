//! Keeping a folder of this computer and a folder of the board the same.
//!
//! A [`plan`] is pure: three listings in (here, there, and what both held after the last time), steps out, to be shown before
//! anything happens. Applying it is a loop; each step that is done is kept at once, so that after an unplug the next plan
//! holds what is left. The computer leads: what only the board changed is never overwritten unasked, but told as a conflict.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::board::Board;
use crate::error::{Error, Result};
use crate::files::hex;
use crate::local::{here, replace};
use crate::model::EntryKind;
use crate::phrase::{Doing, Reason};

/// The file that says, in the words of `.gitignore`, what stays on this computer.
pub const IGNORE_FILE: &str = ".taipanignore";
/// The folder that holds what is remembered between two times.
const MEMORY: &str = ".taipan";
/// What no board needs.
const ALWAYS_IGNORED: [&str; 6] = ["/.taipan/", ".taipanignore", ".git/", "__pycache__/", "*.pyc", ".DS_Store"];

/// The names below a folder; paths have slashes.
pub type Listing = BTreeMap<String, Item>;

/// One name of a [`Listing`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A folder.
    Folder,
    /// A file, known by its size and the SHA-256 of its content.
    #[allow(missing_docs)]
    File { size: u64, sha256: String },
}

/// What both sides held after the last time: SHA-256 by path.
pub type Known = BTreeMap<String, String>;

/// How a plan is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SyncOptions")]
pub struct Options {
    /// What is removed from the board.
    pub removal: Removal,
    /// Who wins a conflict.
    pub conflicts: Conflicts,
}

/// What is removed from the board because this computer does not have it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Removal {
    /// Nothing.
    #[default]
    Never,
    /// What came from here, and has not changed there.
    Ours,
    /// Everything.
    All,
}

/// What is done with a file that the board changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Conflicts {
    /// It is told, and left alone.
    #[default]
    Tell,
    /// This computer's replaces it.
    Overwrite,
}

/// One thing to do. Paths are below both folders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "step", rename_all = "camelCase")]
#[ts(rename = "SyncStep")]
#[allow(missing_docs)] // each field is what its name says
pub enum Step {
    MakeFolder {
        path: String,
    },
    Upload {
        path: String,
        #[ts(type = "number")]
        size: u64,
        sha256: String,
        /// Is there an old one, which will be replaced?
        replaces: bool,
    },
    Remove {
        path: String,
        kind: EntryKind,
    },
    /// Nothing is done, since it would undo a change of the board.
    Conflict {
        path: String,
        why: Reason,
    },
}

/// What would be done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SyncPlan")]
pub struct Plan {
    /// In this order.
    pub steps: Vec<Step>,
    /// How many files are the same on both sides.
    pub same: usize,
    /// Their SHA-256 by path, to be remembered.
    #[ts(type = "Record<string, string>")]
    pub known: Known,
}

impl Step {
    /// What it is about.
    pub fn path(&self) -> &str {
        match self {
            Step::MakeFolder { path } | Step::Upload { path, .. } | Step::Remove { path, .. } | Step::Conflict { path, .. } => {
                path
            }
        }
    }
}

impl Plan {
    /// Is there nothing to do, and nothing to tell?
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// How many files are sent.
    pub fn uploads(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Upload { .. })).count()
    }

    /// How many files are in conflict.
    pub fn conflicts(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Conflict { .. })).count()
    }
}

/// What to do so that `there` holds what `here` holds. `last` is what both held the last time.
pub fn plan(here: &Listing, there: &Listing, last: &Known, options: Options) -> Plan {
    let mut plan = Plan::default();
    let mut folders = Vec::new();
    let mut uploads = Vec::new();
    for (path, item) in here {
        match (item, there.get(path)) {
            (Item::Folder, None) => folders.push(Step::MakeFolder { path: path.clone() }),
            (Item::Folder, Some(Item::Folder)) => {}
            (Item::File { sha256, .. }, Some(Item::File { sha256: other, .. })) if sha256 == other => {
                plan.same += 1;
                plan.known.insert(path.clone(), sha256.clone());
            }
            (Item::File { size, sha256 }, found) => {
                let upload = Step::Upload { path: path.clone(), size: *size, sha256: sha256.clone(), replaces: found.is_some() };
                uploads.push(match conflict(found, sha256, last.get(path), options) {
                    Some(why) => Step::Conflict { path: path.clone(), why },
                    None => upload,
                });
            }
            (Item::Folder, Some(Item::File { .. })) => {
                uploads.push(Step::Conflict { path: path.clone(), why: Reason::FolderHere });
            }
        }
    }
    plan.steps = folders;
    plan.steps.extend(uploads);
    plan.steps.extend(removals(here, there, last, options));
    plan
}

/// Why a file may not be put in place of what was found.
fn conflict(found: Option<&Item>, here: &str, last: Option<&String>, options: Options) -> Option<Reason> {
    match found {
        None => None,
        Some(Item::Folder) => Some(Reason::FolderThere),
        Some(Item::File { .. }) if options.conflicts == Conflicts::Overwrite => None,
        Some(Item::File { sha256, .. }) => match last {
            Some(last) if last == sha256 => None,
            Some(last) if last == here => Some(Reason::ChangedThere),
            Some(_) => Some(Reason::ChangedBoth),
            None => Some(Reason::OtherThere),
        },
    }
}

/// What goes from the board: files first, then folders, the deepest first.
fn removals(here: &Listing, there: &Listing, last: &Known, options: Options) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    for (path, item) in there.iter().filter(|(path, _)| !here.contains_key(*path)) {
        let Item::File { sha256, .. } = item else { continue };
        let ours = last.get(path);
        let unchanged = ours.is_some_and(|last| last == sha256);
        let remove = Step::Remove { path: path.clone(), kind: EntryKind::File };
        match options.removal {
            Removal::All => steps.push(remove),
            Removal::Ours if unchanged => steps.push(remove),
            Removal::Ours if ours.is_some() && options.conflicts == Conflicts::Overwrite => steps.push(remove),
            Removal::Ours if ours.is_some() => {
                steps.push(Step::Conflict { path: path.clone(), why: Reason::RemovedHere });
                kept.push(path);
            }
            Removal::Ours | Removal::Never => kept.push(path),
        }
    }
    if options.removal == Removal::Never {
        return steps;
    }
    let gone: Vec<String> = steps.iter().filter_map(removed).map(str::to_string).collect();
    for (path, _) in there.iter().rev().filter(|(path, item)| **item == Item::Folder && !here.contains_key(*path)) {
        let below = |file: &str| file.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let ours = gone.iter().any(|file| below(file)) || options.removal == Removal::All;
        if ours && !kept.iter().any(|file| below(file)) {
            steps.push(Step::Remove { path: path.clone(), kind: EntryKind::Folder });
        }
    }
    steps
}

fn removed(step: &Step) -> Option<&str> {
    match step {
        Step::Remove { path, kind: EntryKind::File } => Some(path),
        _ => None,
    }
}

/// A folder of this computer, with what it ignores.
pub struct Folder {
    root: PathBuf,
    ignore: Gitignore,
}

impl Folder {
    /// Opens it and reads its `.taipanignore`.
    pub fn open(root: &Path) -> Result<Folder> {
        if !root.is_dir() {
            return Err(here("read", root, Reason::NoFolder));
        }
        let mut rules = GitignoreBuilder::new(root);
        for rule in ALWAYS_IGNORED {
            rules.add_line(None, rule).expect("these rules are sound");
        }
        let file = root.join(IGNORE_FILE);
        if file.exists()
            && let Some(error) = rules.add(&file)
        {
            return Err(here("read", &file, Reason::said(&error)));
        }
        let ignore = rules.build().map_err(|error| here("read", &file, Reason::said(&error)))?;
        Ok(Folder { root: root.to_path_buf(), ignore })
    }

    /// Does this path stay on its own side?
    pub fn ignores(&self, path: &str, kind: EntryKind) -> bool {
        self.ignore.matched_path_or_any_parents(path, kind == EntryKind::Folder).is_ignore()
    }

    /// All that is in it and not ignored.
    pub fn listing(&self) -> Result<Listing> {
        let mut listing = Listing::new();
        self.walk(&self.root, "", &mut listing)?;
        Ok(listing)
    }

    fn walk(&self, folder: &Path, below: &str, listing: &mut Listing) -> Result<()> {
        let entries = std::fs::read_dir(folder).map_err(|error| here("read", folder, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| here("read", folder, &error))?;
            let name = entry.file_name();
            let name = name.to_str().ok_or_else(|| here("read", &entry.path(), Reason::NameNoText))?;
            let path = format!("{below}{name}");
            // A link to a file is the file; a link to a folder might lead round in a circle.
            let link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let kind = if entry.path().is_dir() { EntryKind::Folder } else { EntryKind::File };
            if self.ignores(&path, kind) || (link && kind == EntryKind::Folder) {
                continue;
            }
            if kind == EntryKind::Folder {
                listing.insert(path.clone(), Item::Folder);
                self.walk(&entry.path(), &format!("{path}/"), listing)?;
            } else {
                let data = std::fs::read(entry.path()).map_err(|error| here("read", &entry.path(), &error))?;
                listing.insert(path, Item::File { size: data.len() as u64, sha256: hex(&Sha256::digest(&data)) });
            }
        }
        Ok(())
    }

    /// A file of it.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        let file = self.root.join(path);
        std::fs::read(&file).map_err(|error| here("read", &file, &error))
    }
}

/// What is remembered of a folder and a board; kept in the folder.
pub struct Memory {
    file: PathBuf,
    /// SHA-256 by path.
    pub known: Known,
}

impl Memory {
    /// What is known of this folder and the folder `root` of the board with this number.
    pub fn load(folder: &Path, board: &str, root: &str) -> Memory {
        let key = hex(&Sha256::digest(format!("{board}\n{root}"))[..6]);
        let file = folder.join(MEMORY).join(format!("sync-{key}.json"));
        let known = std::fs::read(&file).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
        Memory { file, known }
    }

    /// Keeps it, whole or not at all.
    pub fn save(&self) -> Result<()> {
        let folder = self.file.parent().expect("it lies in a folder");
        let text = serde_json::to_vec_pretty(&self.known).expect("it is plain data");
        std::fs::create_dir_all(folder)
            .and_then(|()| replace(&self.file, text))
            .map_err(|error| here("write", &self.file, &error))
    }
}

/// A path below a folder of the board; the folder may be `` (where the board starts) or `/`.
pub fn below(root: &str, path: &str) -> String {
    match root {
        "" => path.to_string(),
        root => format!("{}/{path}", root.trim_end_matches('/')),
    }
}

/// The folders of the board that a path lies in, the outermost first.
pub fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at]).filter(|folder| !folder.is_empty())
}

/// What lies below a folder of the board; nothing if there is no such folder. Where the board cannot hash, only files of the
/// size that `here` has are fetched to be compared.
pub async fn listing_there(board: &Board, root: &str, folder: &Folder, here: &Listing) -> Result<Listing> {
    let nodes = match board.tree(root, true).await {
        Err(Error::NotFound { .. }) => return Ok(Listing::new()),
        nodes => nodes?,
    };
    let mut listing = Listing::new();
    for node in nodes.into_iter().filter(|node| !folder.ignores(&node.path, node.kind)) {
        if node.kind == EntryKind::Folder {
            listing.insert(node.path, Item::Folder);
            continue;
        }
        let same_size = matches!(here.get(&node.path), Some(Item::File { size, .. }) if *size == node.size);
        let sha256 = match node.sha256 {
            Some(sha256) => sha256,
            None if same_size => board.hash(&below(root, &node.path)).await?,
            None => String::new(), // no file has this hash: another size is another file
        };
        listing.insert(node.path, Item::File { size: node.size, sha256 });
    }
    Ok(listing)
}

/// A folder and a board that are to be kept the same.
pub struct Sync {
    folder: Folder,
    root: String,
    memory: Memory,
}

impl Sync {
    /// Looks who the board is, and what is remembered of it.
    pub async fn open(board: &Board, folder: &Path, root: &str) -> Result<Sync> {
        let id = board.id().await?;
        Ok(Sync { folder: Folder::open(folder)?, root: root.to_string(), memory: Memory::load(folder, &id, root) })
    }

    /// What there is to do now.
    pub async fn plan(&mut self, board: &Board, options: Options) -> Result<Plan> {
        self.folder = Folder::open(&self.folder.root)?; // what it ignores may have changed
        let here = self.folder.listing()?;
        let there = listing_there(board, &self.root, &self.folder, &here).await?;
        Ok(plan(&here, &there, &self.memory.known, options))
    }

    /// Does it; `tell` hears each step before it is taken. What is done is remembered at once. With `replace` what is to go goes first,
    /// and so does each old file, where two copies do not fit: a cable that is cut then leaves neither.
    pub async fn apply(&mut self, board: &Board, plan: &Plan, replace: bool, mut tell: impl FnMut(&Step)) -> Result<()> {
        self.memory.known.extend(plan.known.clone());
        if plan.steps.iter().any(|step| !matches!(step, Step::Conflict { .. })) {
            self.make_root(board).await?;
        }
        let given_up = board.given_up();
        let mut steps: Vec<&Step> = plan.steps.iter().collect();
        if replace {
            steps.sort_by_key(|step| !matches!(step, Step::Remove { .. }));
        }
        for step in steps {
            if given_up.is_cancelled() {
                return Err(Error::Cancelled { doing: Doing::Updating });
            }
            tell(step);
            self.take(board, step, replace).await?;
        }
        self.memory.save()
    }

    /// Makes the folder of the board, and those above it, as far as they are not there.
    pub(crate) async fn make_root(&self, board: &Board) -> Result<()> {
        let root = self.root.trim_end_matches('/');
        if root.is_empty() {
            return Ok(());
        }
        match board.ensure_folder(root).await {
            Err(Error::NotFound { .. }) => {} // of one above it
            made => return made,
        }
        board.ensure_folders_above(root).await?;
        board.ensure_folder(root).await
    }

    async fn take(&mut self, board: &Board, step: &Step, replace: bool) -> Result<()> {
        match step {
            Step::MakeFolder { path } => board.make_folder(&below(&self.root, path)).await,
            Step::Upload { path, sha256, .. } => {
                let data = self.unchanged(path, sha256)?;
                let there = below(&self.root, path);
                if replace {
                    board.replace(&there, data).await?
                } else {
                    board.write(&there, data).await?
                }
                self.memory.known.insert(path.clone(), sha256.clone());
                self.memory.save()
            }
            Step::Remove { path, .. } => {
                match board.remove(&below(&self.root, path)).await {
                    Ok(()) | Err(Error::NotFound { .. } | Error::NotEmpty { .. }) => {}
                    Err(error) => return Err(error),
                }
                self.memory.known.remove(path);
                self.memory.save()
            }
            Step::Conflict { .. } => Ok(()),
        }
    }

    /// A file as it was when the plan was made.
    fn unchanged(&self, path: &str, sha256: &str) -> Result<Vec<u8>> {
        let data = self.folder.read(path)?;
        if hex(&Sha256::digest(&data)) == sha256 {
            return Ok(data);
        }
        Err(here("send", &self.folder.root.join(path), Reason::Outdated))
    }

    /// The files that a plan uploads, to deploy them at once.
    pub(crate) fn parts(&mut self) -> (&Folder, &str, &mut Memory) {
        (&self.folder, &self.root, &mut self.memory)
    }
}

/// Tells when something in a folder changed and then was quiet for a moment.
pub struct Watch {
    changes: tokio::sync::mpsc::UnboundedReceiver<()>,
    _watcher: notify::RecommendedWatcher,
}

impl Watch {
    /// Begins to watch a folder and all that is in it.
    pub fn open(root: &Path) -> Result<Watch> {
        Watch::begin(root, notify::RecursiveMode::Recursive)
    }

    /// Begins to watch the names in a folder, but not what is in its folders.
    pub fn flat(root: &Path) -> Result<Watch> {
        Watch::begin(root, notify::RecursiveMode::NonRecursive)
    }

    fn begin(root: &Path, mode: notify::RecursiveMode) -> Result<Watch> {
        use notify::Watcher;
        let (sender, changes) = tokio::sync::mpsc::unbounded_channel();
        // What is remembered lies in the folder itself, and is no change.
        let counts = |path: &PathBuf| !path.components().any(|part| part.as_os_str() == MEMORY);
        let told = move |event: notify::Result<notify::Event>| {
            let event = event.is_ok_and(|event| !event.kind.is_access() && event.paths.iter().any(counts));
            if event {
                let _ = sender.send(()); // nobody may watch any more
            }
        };
        let mut watcher = notify::recommended_watcher(told).map_err(|error| here("watch", root, Reason::said(&error)))?;
        watcher.watch(root, mode).map_err(|error| here("watch", root, Reason::said(&error)))?;
        Ok(Watch { changes, _watcher: watcher })
    }

    /// Waits for the next change. Editors write a file in several steps: it returns when they are over.
    pub async fn next(&mut self) {
        const QUIET: std::time::Duration = std::time::Duration::from_millis(150);
        if self.changes.recv().await.is_none() {
            std::future::pending().await
        }
        while tokio::time::timeout(QUIET, self.changes.recv()).await.is_ok() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(items: &[(&str, &str)]) -> Listing {
        let item = |content: &str| match content {
            "/" => Item::Folder,
            content => Item::File { size: content.len() as u64, sha256: content.into() },
        };
        items.iter().map(|(path, content)| (path.to_string(), item(content))).collect()
    }

    fn known(items: &[(&str, &str)]) -> Known {
        items.iter().map(|(path, content)| (path.to_string(), content.to_string())).collect()
    }

    /// Steps in short: `+` a folder, `>` an upload, `-` a removal, `?` a conflict.
    fn steps(plan: &Plan) -> Vec<String> {
        let short = |step: &Step| match step {
            Step::MakeFolder { path } => format!("+{path}"),
            Step::Upload { path, replaces, .. } => format!(">{path}{}", if *replaces { "!" } else { "" }),
            Step::Remove { path, .. } => format!("-{path}"),
            Step::Conflict { path, .. } => format!("?{path}"),
        };
        plan.steps.iter().map(short).collect()
    }

    #[track_caller]
    fn check(here: &[(&str, &str)], there: &[(&str, &str)], last: &[(&str, &str)], options: Options, expected: &[&str]) {
        assert_eq!(steps(&plan(&listing(here), &listing(there), &known(last), options)), expected);
    }

    const OURS: Options = Options { removal: Removal::Ours, conflicts: Conflicts::Tell };
    const ALL: Options = Options { removal: Removal::All, conflicts: Conflicts::Overwrite };

    #[test]
    fn what_is_new_or_changed_here_goes_there() {
        let here = [("a", "1"), ("lib", "/"), ("lib/b", "2"), ("same", "3")];
        check(&here, &[("a", "0"), ("same", "3")], &[("a", "0")], OURS, &["+lib", ">a!", ">lib/b"]);
        check(&here, &listing_of(&here), &[], OURS, &[]);
    }

    fn listing_of<'a>(items: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        items.to_vec()
    }

    #[test]
    fn what_the_board_changed_is_a_conflict() {
        check(&[("a", "1")], &[("a", "2")], &[("a", "1")], OURS, &["?a"]);
        check(&[("a", "1")], &[("a", "2")], &[("a", "0")], OURS, &["?a"]);
        check(&[("a", "1")], &[("a", "2")], &[], OURS, &["?a"]);
        check(&[("a", "1")], &[("a", "2")], &[], ALL, &[">a!"]);
        check(&[("a", "/")], &[("a", "2")], &[], ALL, &["?a"]);
        check(&[("a", "1")], &[("a", "/")], &[], ALL, &["?a"]);
    }

    #[test]
    fn only_what_came_from_here_is_removed() {
        let there = [("data", "9"), ("lib", "/"), ("lib/old", "1"), ("logs", "/"), ("logs/a", "2")];
        let last = [("lib/old", "1")];
        check(&[], &there, &last, OURS, &["-lib/old", "-lib"]);
        check(&[], &there, &last, Options::default(), &[]);
        check(&[], &there, &last, ALL, &["-data", "-lib/old", "-logs/a", "-logs", "-lib"]);
        check(&[], &there, &[("lib/old", "0")], OURS, &["?lib/old"]);
    }

    #[test]
    fn a_folder_is_listed_without_what_it_ignores() {
        let root = std::env::temp_dir().join(format!("taipan-sync-{}", std::process::id()));
        std::fs::create_dir_all(root.join("lib/__pycache__")).expect("it can be made");
        for (path, text) in [("main.py", "1"), ("notes.txt", "2"), ("lib/a.py", ""), ("lib/__pycache__/a.pyc", "x")] {
            std::fs::write(root.join(path), text).expect("it can be written");
        }
        std::fs::write(root.join(IGNORE_FILE), "*.txt\n").expect("it can be written");
        let folder = Folder::open(&root).expect("it is a folder");
        let listing = folder.listing().expect("it can be read");
        assert_eq!(listing.keys().collect::<Vec<_>>(), ["lib", "lib/a.py", "main.py"]);
        assert!(folder.ignores("lib/x.txt", EntryKind::File) && !folder.ignores("lib/x.py", EntryKind::File));
        std::fs::remove_dir_all(&root).expect("it can be removed");
    }

    #[test]
    fn a_path_lies_below_any_root() {
        assert_eq!((below("", "a"), below("/", "a"), below("/lib/", "a/b")), ("a".into(), "/a".into(), "/lib/a/b".into()));
    }
}
