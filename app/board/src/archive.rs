//! A backup: the files of a board in one zip file that any program opens.
//!
//! ```text
//!   manifest.json    which board, which firmware, and the size and SHA-256 of each file
//!   files/…          the files
//! ```

use std::fs::File;
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::board::Board;
use crate::error::{Error, Result};
use crate::files::hex;
use crate::local::here;
use crate::model::{EntryKind, Identity, Node};
use crate::phrase::{Doing, Reason};
use crate::sync::{Item, Listing, below};

/// The name of the manifest in the archive.
pub const MANIFEST: &str = "manifest.json";
/// Which form of archive this is.
const FORMAT: u32 = 1;

/// What is in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Manifest {
    /// 1.
    pub format: u32,
    /// The firmware that the board ran.
    pub firmware: String,
    /// The board.
    pub machine: String,
    /// The number of the very board; may be empty.
    pub id: String,
    /// The folder of the board that was saved.
    pub root: String,
    /// Everything below it.
    pub files: Vec<Node>,
}

/// Saves all files below a folder of the board. `tell` hears each before it is read. The archive appears when it is whole.
pub async fn backup(board: &Board, root: &str, path: &Path, mut tell: impl FnMut(&Node)) -> Result<Manifest> {
    let failed = |error: std::io::Error| here("write", path, &error);
    let id = board.id().await?;
    let Identity { firmware, machine } = board.identity().unwrap_or_default();
    let mut manifest = Manifest { format: FORMAT, firmware, machine, id, root: root.into(), files: Vec::new() };
    let beside = Beside(path.with_extension("zip.part"));
    let file = File::create(&beside.0).map_err(failed)?;
    let mut zip = ZipWriter::new(UntilFull { file, is_full: false });
    let options = SimpleFileOptions::default();
    let given_up = board.given_up();
    for mut node in board.tree(root, true).await? {
        if given_up.is_cancelled() {
            return Err(Error::Cancelled { doing: Doing::BackingUp });
        }
        tell(&node);
        if node.kind == EntryKind::File {
            let data = board.read(&below(root, &node.path)).await?;
            let sha256 = hex(&Sha256::digest(&data));
            if node.sha256.as_ref().is_some_and(|hash| *hash != sha256) {
                return Err(Error::Damaged { path: node.path });
            }
            node.size = data.len() as u64;
            node.sha256 = Some(sha256);
            zip.start_file(format!("files/{}", node.path), options).map_err(|error| failed(error.into()))?;
            zip.write_all(&data).map_err(failed)?;
        }
        manifest.files.push(node);
    }
    let text = serde_json::to_vec_pretty(&manifest).expect("it is plain data");
    zip.start_file(MANIFEST, options).map_err(|error| failed(error.into()))?;
    zip.write_all(&text).map_err(failed)?;
    let UntilFull { file, is_full } = zip.finish().map_err(|error| failed(error.into()))?;
    if is_full {
        return Err(failed(ErrorKind::StorageFull.into()));
    }
    file.sync_all().map_err(failed)?;
    std::fs::rename(&beside.0, path).map_err(failed)?;
    Ok(manifest)
}

/// A file that takes no more once it failed, and does not say so again: a writer of archives that is given up tries to end its archive, and
/// prints that it could not.
struct UntilFull {
    file: File,
    is_full: bool,
}

impl Write for UntilFull {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.is_full {
            return Ok(bytes.len());
        }
        self.file.write(bytes).inspect_err(|error| self.is_full = error.kind() != ErrorKind::Interrupted)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Seek for UntilFull {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

/// A file that is none yet: whatever ends the backup before it has its name takes it away.
struct Beside(std::path::PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0); // mostly it has its name by now
    }
}

/// An archive that was opened and found whole.
pub struct Archive {
    /// What it says of itself.
    pub manifest: Manifest,
    zip: ZipArchive<File>,
    path: std::path::PathBuf,
}

impl Archive {
    /// Opens it and compares every file with the manifest.
    pub fn open(path: &Path) -> Result<Archive> {
        let failed = |reason: Reason| here("open", path, reason);
        let file = File::open(path).map_err(|error| failed(Reason::from(&error)))?;
        let other = |error: ZipError| match error {
            ZipError::Io(error) => failed(Reason::from(&error)),
            _ => failed(Reason::NoBackup),
        };
        let mut zip = ZipArchive::new(file).map_err(other)?;
        let manifest = zip.by_name(MANIFEST).map_err(other)?;
        let manifest: Manifest = serde_json::from_reader(manifest).map_err(|_| failed(Reason::NoBackup))?;
        if manifest.format != FORMAT {
            return Err(failed(Reason::said(&format!("it has the form {}, which this version does not know", manifest.format))));
        }
        let mut archive = Archive { manifest, zip, path: path.to_path_buf() };
        for node in archive.manifest.files.clone().iter().filter(|node| node.kind == EntryKind::File) {
            archive.read(node)?;
        }
        Ok(archive)
    }

    /// A file of it.
    pub fn read(&mut self, node: &Node) -> Result<Vec<u8>> {
        let failed = |error: &dyn ToString| {
            here("open", &self.path, Reason::InArchive { path: node.path.clone(), words: error.to_string() })
        };
        let mut data = Vec::new();
        let mut file = self.zip.by_name(&format!("files/{}", node.path)).map_err(|error| failed(&error))?;
        file.read_to_end(&mut data).map_err(|error| failed(&error))?;
        drop(file);
        if node.sha256.as_deref() != Some(&hex(&Sha256::digest(&data))) {
            return Err(failed(&"its content is not what the manifest says"));
        }
        Ok(data)
    }

    /// The file of it that lies at a path.
    pub fn read_path(&mut self, path: &str) -> Result<Vec<u8>> {
        let found = self.manifest.files.iter().find(|node| node.path == path && node.kind == EntryKind::File).cloned();
        let node = found.ok_or_else(|| here("open", &self.path, Reason::NotInArchive { path: path.to_string() }))?;
        self.read(&node)
    }

    /// Forgets all but these files, and the folders around them.
    pub fn keep_only(&mut self, paths: &[String]) {
        let around = |folder: &str, path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let kept = |node: &Node| paths.iter().any(|path| *path == node.path || around(&node.path, path));
        self.manifest.files.retain(kept);
    }

    /// Its files as a listing.
    pub fn listing(&self) -> Listing {
        let item = |node: &Node| match &node.sha256 {
            Some(sha256) => Item::File { size: node.size, sha256: sha256.clone() },
            None => Item::Folder,
        };
        self.manifest.files.iter().map(|node| (node.path.clone(), item(node))).collect()
    }

    /// Puts everything back that differs; leaves alone what the archive does not know. `tell` hears each file before it is
    /// sent. How many were sent.
    pub async fn restore(&mut self, board: &Board, root: &str, mut tell: impl FnMut(&Node)) -> Result<usize> {
        let there = match board.tree(root, true).await {
            Err(Error::NotFound { .. }) => {
                board.ensure_folders_above(root).await?;
                board.ensure_folder(root).await?;
                Vec::new()
            }
            there => there?,
        };
        let same = |node: &Node| {
            there.iter().any(|other| (&other.path, other.kind, &other.sha256) == (&node.path, node.kind, &node.sha256))
        };
        let mut sent = 0;
        let given_up = board.given_up();
        for node in self.manifest.files.clone().iter().filter(|node| !same(node)) {
            if given_up.is_cancelled() {
                return Err(Error::Cancelled { doing: Doing::Restoring });
            }
            tell(node);
            let path = below(root, &node.path);
            if node.kind == EntryKind::Folder {
                board.ensure_folder(&path).await?;
                continue;
            }
            let data = self.read(node)?;
            board.write(&path, data).await?;
            sent += 1;
        }
        Ok(sent)
    }
}
