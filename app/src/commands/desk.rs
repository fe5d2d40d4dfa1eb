//! What is kept between two starts: the desk (tabs, unsaved text, layout) and the settings. What is in them is the page's business.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use board::phrase::Reason;
use tauri::{AppHandle, Manager};

use crate::error::{Error, Result};
use crate::frame;

/// The place of this window among those of the same person: each has a desk and virtual boards of its own, so that none writes over
/// another's. It is the first that is free, and free again when the program ends.
#[derive(Default)]
pub struct Seat(OnceLock<(u32, File)>);

impl Seat {
    /// The window's number, from 1.
    pub fn number(&self, folder: &Path) -> Result<u32> {
        if self.0.get().is_none() {
            std::fs::create_dir_all(folder).map_err(|error| Error::file("make", folder, &error))?;
            let taken = (1..).find_map(|number| {
                let path = folder.join(format!("window-{number}.lock"));
                match File::create(&path).map(|file| (file.try_lock(), file)) {
                    Ok((Ok(()), file)) => Some(Ok((number, file))),
                    Ok((Err(TryLockError::WouldBlock), _)) => None,
                    Ok((Err(TryLockError::Error(error)), _)) | Err(error) => Some(Err(Error::file("save", &path, &error))),
                }
            });
            drop(self.0.set(taken.expect("numbers do not end")?)); // another command may have been quicker; then it has the seat
        }
        Ok(self.0.get().expect("it was just taken").0)
    }

    /// The name of a file of which each window has its own.
    pub fn named(&self, folder: &Path, stem: &str, ending: &str) -> Result<PathBuf> {
        Ok(match self.number(folder)? {
            1 => folder.join(format!("{stem}.{ending}")),
            number => folder.join(format!("{stem}-window-{number}.{ending}")),
        })
    }
}

/// The desk that was kept last; nothing at the first start.
#[tauri::command]
pub async fn desk_load(app: AppHandle) -> Result<Option<String>> {
    load(&desk_file(&app)?)
}

/// Keeps the desk, and how large the window is.
#[tauri::command]
pub async fn desk_save(app: AppHandle, desk: String) -> Result<()> {
    frame::keep(&app);
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
    let folder =
        app.path().app_data_dir().map_err(|error| Error::file("find", "the data folder".as_ref(), Reason::said(&error)))?;
    app.state::<Seat>().named(&folder, "desk", "json")
}

fn settings_file(app: &AppHandle) -> Result<PathBuf> {
    let folder = app
        .path()
        .app_config_dir()
        .map_err(|error| Error::file("find", "the folder of settings".as_ref(), Reason::said(&error)))?;
    Ok(folder.join("settings.json"))
}

/// A text that was kept; nothing if none was.
pub fn load(path: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::file("open", path, &error)),
    }
}

/// Puts the text in place, whole; makes the folder at the first time.
pub fn keep(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().expect("a file lies in a folder");
    std::fs::create_dir_all(folder).map_err(|error| Error::file("make", folder, &error))?;
    board::local::replace(path, text).map_err(|error| Error::file("save", path, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_window_has_a_seat_and_leaves_it() {
        let folder = std::env::temp_dir().join(format!("taipan-seats-{}", std::process::id()));
        let (first, second) = (Seat::default(), Seat::default());
        assert_eq!(first.named(&folder, "desk", "json").expect("it is free"), folder.join("desk.json"));
        assert_eq!(second.named(&folder, "desk", "json").expect("it is free"), folder.join("desk-window-2.json"));
        assert_eq!(first.number(&folder).expect("it has one"), 1);
        drop(first);
        assert_eq!(Seat::default().number(&folder).expect("it is free again"), 1);
        std::fs::remove_dir_all(&folder).expect("it is ours");
    }

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
