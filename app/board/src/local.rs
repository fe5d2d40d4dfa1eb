//! Files of this computer: written whole or not at all, and never outside of the folder that was meant.

use std::fs::{self, File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::error::{Error, Result};
use crate::model::EntryKind;
use crate::phrase::Reason;

/// A file of this computer could not be used.
pub fn here(doing: &str, path: &Path, reason: impl Into<Reason>) -> Error {
    Error::Here { doing: doing.into(), path: path.display().to_string(), reason: reason.into() }
}

/// Writes beside the file, makes sure it is on the disk, then renames: at every moment the old content or the new is there, whole.
/// A symbolic link stays one, and the file keeps its permissions.
///
/// # Errors
/// The system's; the old file is whole then.
pub fn replace(path: &Path, content: impl AsRef<[u8]>) -> std::io::Result<()> {
    let path = match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => path.to_path_buf(),
        other => other?,
    };
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.taipan"));
    let written = write_whole(&beside, content.as_ref()).and_then(|()| {
        if let Ok(old) = fs::metadata(&path) {
            fs::set_permissions(&beside, old.permissions())?;
        }
        fs::rename(&beside, &path)
    });
    if written.is_err() {
        drop(fs::remove_file(&beside)); // the first error is the one to tell
    }
    written
}

fn write_whole(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Where a path that a board gave comes to lie in a folder of this computer.
///
/// # Errors
/// `Error::Here` for a path that leads out of the folder.
pub fn inside(folder: &Path, path: &str) -> Result<PathBuf> {
    path.split('/').try_fold(folder.to_path_buf(), |folder, part| Ok(folder.join(safe(part)?)))
}

/// A name that a board gave, fit to become one name in a folder of this computer and never a way out of it.
fn safe(name: &str) -> Result<&str> {
    let fits = !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', '\0', ':']);
    fits.then_some(name).ok_or_else(|| here("write", name.as_ref(), Reason::BadName))
}

/// What a file or folder is.
pub fn kind(meta: &Metadata) -> EntryKind {
    if meta.is_dir() { EntryKind::Folder } else { EntryKind::File }
}

/// When a file was changed, in seconds since 1970.
pub fn modified(meta: &Metadata) -> Option<u64> {
    Some(meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_of_a_board_leads_out_of_the_folder() {
        for name in ["..", ".", "", "a/b", "a\\b", "C:x", "a\0b"] {
            assert!(safe(name).is_err(), "{name:?}");
        }
        for name in ["main.py", "..a", "it's день 🎈"] {
            assert_eq!(safe(name), Ok(name));
        }
        let folder = Path::new("project");
        assert!(inside(folder, "lib/../../main.py").is_err() && inside(folder, "/etc").is_err());
        assert_eq!(inside(folder, "lib/a.py"), Ok(folder.join("lib").join("a.py")));
    }

    #[test]
    fn replacing_keeps_permissions_and_leaves_nothing_behind() {
        let folder = std::env::temp_dir().join(format!("taipan-replace-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        let path = folder.join("a b.py");
        replace(&path, "old").expect("a new file");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "old");
        let mut permissions = fs::metadata(&path).expect("it is there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("it is ours");
        replace(&path, "new").expect("an old file");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "new");
        assert!(fs::metadata(&path).expect("it is there").permissions().readonly());
        replace(&folder.join("absent/x.py"), "text").expect_err("no such folder");
        assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 1);
        fs::remove_dir_all(&folder).expect("it is ours");
    }
}
