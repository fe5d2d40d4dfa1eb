//! Files of this computer, as whole texts.

use std::fs;

use board::local::replace;

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
