//! Files of this computer, as whole texts.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::error::{Error, Result};

/// The text of a file.
#[tauri::command]
pub async fn file_read(path: String) -> Result<String> {
    let bytes = fs::read(&path).map_err(|error| Error::file("open", path.as_ref(), &error))?;
    String::from_utf8(bytes).map_err(|_| Error::NotText { path })
}

/// Puts a whole text in place.
#[tauri::command]
pub async fn file_write(path: String, text: String) -> Result<()> {
    replace(path.as_ref(), text).map_err(|error| Error::file("save", path.as_ref(), &error))
}

/// Puts a whole file that is no text in place: a picture.
#[tauri::command]
pub async fn file_write_bytes(path: String, bytes: Vec<u8>) -> Result<()> {
    replace(path.as_ref(), bytes).map_err(|error| Error::file("save", path.as_ref(), &error))
}

/// Writes beside the file, makes sure it is on the disk, then renames: at every moment the old text or the new is there, whole.
/// A symbolic link stays one, and the file keeps its permissions.
pub fn replace(path: &Path, text: impl AsRef<[u8]>) -> std::io::Result<()> {
    let path = match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => path.to_path_buf(),
        other => other?,
    };
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?.to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.taipan"));
    let written = write_whole(&beside, text.as_ref()).and_then(|()| {
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

fn write_whole(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(text)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_keeps_permissions_and_leaves_nothing_behind() {
        let folder = std::env::temp_dir().join(format!("taipan-replace-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        let path = folder.join("a b.py");
        replace(&path, "old").expect("a new file");
        let mut permissions = fs::metadata(&path).expect("it is there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("it is ours");
        replace(&path, "new").expect("an old file");
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "new");
        assert!(fs::metadata(&path).expect("it is there").permissions().readonly());
        assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 1);
        replace(&folder.join("absent/x.py"), "text").expect_err("no such folder");
        fs::remove_dir_all(&folder).expect("it is ours");
    }
}
