//! Folders of this computer: their names, what is known of a file, and what a person does to them.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use board::EntryKind;
use board::local::{kind, modified};
use board::phrase::Reason;
use board::sync::Watch;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};
use ts_rs::TS;

use crate::desktop;
use crate::error::{Error, Result};

/// One name in a folder of this computer.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
pub struct HereEntry {
    /// The last part of the path.
    pub name: String,
    /// File or folder.
    pub kind: EntryKind,
    /// Bytes; 0 for a folder.
    #[ts(type = "number")]
    pub size: u64,
    /// When it was changed, in seconds since 1970.
    #[ts(type = "number | null")]
    pub modified: Option<u64>,
}

/// What is known of one file or folder of this computer.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
pub struct HereProperties {
    /// File or folder.
    pub kind: EntryKind,
    /// Bytes; of a folder those of all files in it.
    #[ts(type = "number")]
    pub size: u64,
    /// How many files a folder holds, at any depth.
    pub files: usize,
    /// When it was changed, in seconds since 1970.
    #[ts(type = "number | null")]
    pub modified: Option<u64>,
    /// The SHA-256 of a file, as 64 hexadecimal digits.
    pub sha256: Option<String>,
}

/// The folders that the page watches, by the number that it gave them.
#[derive(Default)]
pub struct Watched(Mutex<std::collections::HashMap<u32, JoinHandle<()>>>);

/// What is in the clipboard; nothing if it holds no text, or where a page can read it by itself.
#[tauri::command]
pub async fn clipboard_text(app: AppHandle) -> Option<String> {
    const PATIENCE: Duration = Duration::from_secs(2);
    let (answer, text) = tokio::sync::oneshot::channel();
    app.run_on_main_thread(move || desktop::clipboard(answer)).ok()?;
    // The program that has it may be asleep.
    tokio::time::timeout(PATIENCE, text).await.ok()?.ok()?
}

/// The folder to begin with: the person's own.
#[tauri::command]
pub fn folder_home(app: AppHandle) -> Result<PathBuf> {
    app.path().home_dir().map_err(|error| Error::file("find", "the home folder".as_ref(), Reason::said(&error)))
}

/// The names in a folder, folders first, then by name.
#[tauri::command(async)]
pub fn folder_list(path: PathBuf) -> Result<Vec<HereEntry>> {
    let failed = |error: &std::io::Error| Error::file("open", &path, error);
    let mut entries = Vec::new();
    for entry in fs::read_dir(&path).map_err(|error| failed(&error))? {
        let entry = entry.map_err(|error| failed(&error))?;
        // A name that is no text cannot be named to a board either, and a link that leads nowhere is nothing.
        let (Ok(name), Ok(meta)) = (entry.file_name().into_string(), fs::metadata(entry.path())) else { continue };
        let kind = kind(&meta);
        let size = if kind == EntryKind::Folder { 0 } else { meta.len() };
        entries.push(HereEntry { name, kind, size, modified: modified(&meta) });
    }
    entries.sort_by_cached_key(|entry| (entry.kind == EntryKind::File, entry.name.to_lowercase(), entry.name.clone()));
    Ok(entries)
}

/// Makes a folder.
#[tauri::command(async)]
pub fn folder_make(path: PathBuf) -> Result<()> {
    fs::create_dir(&path).map_err(|error| Error::file("make", &path, &error))
}

/// Gives a file or folder another name or place; never replaces.
#[tauri::command(async)]
pub fn path_rename(from: PathBuf, to: PathBuf) -> Result<()> {
    if fs::symlink_metadata(&to).is_ok() {
        return Err(Error::file("rename", &from, board::phrase::Reason::Exists { path: to.display().to_string() }));
    }
    fs::rename(&from, &to).map_err(|error| Error::file("rename", &from, &error))
}

/// Copies files and folders, with all that is in them, into another folder. A file that is there already is replaced, each of them
/// whole or not at all.
#[tauri::command(async)]
pub fn paths_copy(paths: Vec<PathBuf>, folder: PathBuf) -> Result<()> {
    paths.iter().try_for_each(|path| copy_into(path, &folder).map_err(|error| Error::file("copy", path, &error)))
}

fn copy_into(from: &Path, folder: &Path) -> std::io::Result<()> {
    let name = from.file_name().ok_or(ErrorKind::InvalidInput)?;
    let to = folder.join(name);
    if to == from {
        return Ok(());
    }
    if !fs::metadata(from)?.is_dir() {
        let part = folder.join(format!(".{}.part", name.to_string_lossy()));
        let copied = fs::copy(from, &part).and_then(|_| fs::rename(&part, &to));
        return copied.inspect_err(|_| drop(fs::remove_file(&part)));
    }
    if to.starts_with(from) {
        return Err(std::io::Error::new(ErrorKind::InvalidInput, "a folder cannot be copied into itself"));
    }
    fs::create_dir_all(&to)?;
    fs::read_dir(from)?.try_for_each(|entry| copy_into(&entry?.path(), &to))
}

/// Removes a file, or a folder with all that is in it; of a link the link alone.
#[tauri::command(async)]
pub fn path_remove(path: PathBuf) -> Result<()> {
    let folder = fs::symlink_metadata(&path).map(|meta| meta.is_dir());
    let removed = folder.and_then(|folder| if folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) });
    removed.map_err(|error| Error::file("delete", &path, &error))
}

/// Size, time and hash.
#[tauri::command(async)]
pub fn path_properties(path: PathBuf) -> Result<HereProperties> {
    let failed = |error: std::io::Error| Error::file("open", &path, &error);
    let meta = fs::metadata(&path).map_err(failed)?;
    let modified = modified(&meta);
    if meta.is_dir() {
        let (files, size) = contents(&path).map_err(failed)?;
        return Ok(HereProperties { kind: EntryKind::Folder, size, files, modified, sha256: None });
    }
    let sha256 = Some(hash(&path).map_err(failed)?);
    Ok(HereProperties { kind: EntryKind::File, size: meta.len(), files: 1, modified, sha256 })
}

/// Tells of every change in a folder, and if `deep` in all folders below, until `folder_unwatch` with the same number.
#[tauri::command]
pub async fn folder_watch(watched: State<'_, Watched>, id: u32, path: PathBuf, deep: bool, changed: Channel<()>) -> Result<()> {
    let mut watch = if deep { Watch::open(&path)? } else { Watch::flat(&path)? };
    let task = tauri::async_runtime::spawn(async move {
        loop {
            watch.next().await;
            if changed.send(()).is_err() {
                return; // the page is gone
            }
        }
    });
    let before = watched.0.lock().expect("nobody panics with it").insert(id, task);
    before.iter().for_each(JoinHandle::abort);
    Ok(())
}

/// Ends it.
#[tauri::command]
pub fn folder_unwatch(watched: State<'_, Watched>, id: u32) {
    let task = watched.0.lock().expect("nobody panics with it").remove(&id);
    task.iter().for_each(JoinHandle::abort);
}

/// How many files lie in a folder at any depth, and their bytes. Links are not followed: they may lead round in a circle.
fn contents(folder: &Path) -> std::io::Result<(usize, u64)> {
    let (mut files, mut size) = (0, 0);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        let (more, bytes) = if meta.is_dir() { contents(&entry.path())? } else { (1, meta.len()) };
        files += more;
        size += bytes;
    }
    Ok((files, size))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hash(path: &Path) -> std::io::Result<String> {
    let mut file = fs::File::open(path)?;
    let (mut sha, mut buffer) = (Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hex(&sha.finalize())),
            Ok(count) => sha.update(&buffer[..count]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of a test, removed at its end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Folder {
            let folder = Folder(std::env::temp_dir().join(format!("taipan-{name}-{}", std::process::id())));
            fs::create_dir_all(folder.0.join("Lib")).expect("it can be made");
            for (path, text) in [("b.py", "22"), ("a.py", "1"), ("Lib/x.py", "abc")] {
                fs::write(folder.0.join(path), text).expect("it can be written");
            }
            folder
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_folder_lists_folders_first() {
        let folder = Folder::new("list");
        let entries = folder_list(folder.0.clone()).expect("it is there");
        let short: Vec<_> = entries.iter().map(|entry| (&entry.name[..], entry.size)).collect();
        assert_eq!(short, [("Lib", 0), ("a.py", 1), ("b.py", 2)]);
        assert!(entries.iter().all(|entry| entry.modified.is_some()));
        assert!(folder_list(folder.0.join("absent")).is_err());
    }

    #[test]
    fn renaming_never_replaces() {
        let folder = Folder::new("rename");
        let at = |name: &str| folder.0.join(name);
        assert!(path_rename(at("a.py"), at("b.py")).is_err());
        assert_eq!(fs::read_to_string(at("b.py")).expect("it is there"), "22");
        path_rename(at("a.py"), at("Lib/c.py")).expect("nobody is called so");
        assert_eq!(fs::read_to_string(at("Lib/c.py")).expect("it is there"), "1");
    }

    #[cfg(unix)]
    #[test]
    fn of_a_link_the_link_is_removed() {
        let folder = Folder::new("link");
        std::os::unix::fs::symlink(folder.0.join("Lib"), folder.0.join("way")).expect("it can be made");
        path_remove(folder.0.join("way")).expect("it is there");
        assert!(folder.0.join("Lib/x.py").exists());
        path_remove(folder.0.join("Lib")).expect("it is there");
        assert!(!folder.0.join("Lib").exists());
    }

    #[test]
    fn properties_tell_size_and_hash() {
        let folder = Folder::new("properties");
        let file = path_properties(folder.0.join("Lib/x.py")).expect("it is there");
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((file.size, file.files, file.sha256.as_deref()), (3, 1, Some(abc)));
        let all = path_properties(folder.0.clone()).expect("it is there");
        assert_eq!((all.kind, all.size, all.files, all.sha256), (EntryKind::Folder, 6, 3, None));
    }
}
