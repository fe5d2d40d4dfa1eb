//! The desk: tabs, unsaved text and layout, kept between two starts. What is in it is the page's business.

use std::io::ErrorKind;
use std::path::PathBuf;

use tauri::{AppHandle, Manager};

use crate::error::{Error, Result};

fn desk_file(app: &AppHandle) -> Result<PathBuf> {
    let folder = app.path().app_data_dir().map_err(|error| Error::file("find", "the data folder".as_ref(), &error))?;
    std::fs::create_dir_all(&folder).map_err(|error| Error::file("make", &folder, &error))?;
    Ok(folder.join("desk.json"))
}

/// What was kept last; nothing at the first start.
#[tauri::command]
pub async fn desk_load(app: AppHandle) -> Result<Option<String>> {
    let path = desk_file(&app)?;
    match std::fs::read_to_string(&path) {
        Ok(desk) => Ok(Some(desk)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file("open", &path, &error)),
    }
}

/// Keeps it.
#[tauri::command]
pub async fn desk_save(app: AppHandle, desk: String) -> Result<()> {
    let path = desk_file(&app)?;
    super::files::replace(&path, &desk).map_err(|error| Error::file("save", &path, &error))
}
