//! What is kept between two starts: the desk (tabs, unsaved text, layout) and the settings. What is in them is the page's business.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};

use crate::error::{Error, Result};

/// The desk that was kept last; nothing at the first start.
#[tauri::command]
pub async fn desk_load(app: AppHandle) -> Result<Option<String>> {
    load(&desk_file(&app)?)
}

/// Keeps the desk.
#[tauri::command]
pub async fn desk_save(app: AppHandle, desk: String) -> Result<()> {
    keep(&desk_file(&app)?, &desk)
}

/// Moves the desk that was kept out of the way, since the page could not read it; where it is now.
#[tauri::command]
pub async fn desk_set_aside(app: AppHandle) -> Result<PathBuf> {
    let path = desk_file(&app)?;
    let mut names = (1..).map(|number| path.with_file_name(format!("desk-{number}.json")));
    let aside = names.find(|aside| !aside.exists()).expect("numbers do not end");
    std::fs::rename(&path, &aside).map_err(|error| Error::file("rename", &path, &error))?;
    Ok(aside)
}

/// The settings; nothing as long as none was changed.
#[tauri::command]
pub async fn settings_load(app: AppHandle) -> Result<Option<String>> {
    load(&settings_file(&app)?)
}

/// Keeps the settings.
#[tauri::command]
pub async fn settings_save(app: AppHandle, settings: String) -> Result<()> {
    keep(&settings_file(&app)?, &settings)
}

fn desk_file(app: &AppHandle) -> Result<PathBuf> {
    let folder = app.path().app_data_dir().map_err(|error| Error::file("find", "the data folder".as_ref(), &error))?;
    Ok(folder.join("desk.json"))
}

fn settings_file(app: &AppHandle) -> Result<PathBuf> {
    let folder = app.path().app_config_dir().map_err(|error| Error::file("find", "the folder of settings".as_ref(), &error))?;
    Ok(folder.join("settings.json"))
}

fn load(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file("open", path, &error)),
    }
}

/// Puts the text in place, whole; makes the folder at the first time.
fn keep(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().expect("a file lies in a folder");
    std::fs::create_dir_all(folder).map_err(|error| Error::file("make", folder, &error))?;
    board::local::replace(path, text).map_err(|error| Error::file("save", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_again_and_nothing_at_first() {
        let folder = std::env::temp_dir().join(format!("taipan-desk-{}", std::process::id()));
        let path = folder.join("deep/settings.json");
        assert!(load(&path).expect("absent is no error").is_none());
        keep(&path, "{}").expect("the folder is made");
        keep(&path, "{\"zoom\": 150}").expect("it is replaced");
        assert_eq!(load(&path).expect("it is there").as_deref(), Some("{\"zoom\": 150}"));
        std::fs::remove_dir_all(&folder).expect("it is ours");
    }
}
