//! What is kept between two starts: the desk (tabs, unsaved text, layout) and the settings. What is in them is the page's business.

use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use board::phrase::Reason;
use tauri::ipc::InvokeBody;
use tauri::{AppHandle, Manager};

use crate::error::{Error, Result};
use crate::frame;

/// The place of this window among those of the same person: each has a desk and virtual boards of its own, so that none writes over
/// another's. It is the first that is free, and free again when the program ends. One whose window is closed already, and whose board is
/// being let go, is waited for.
#[derive(Default)]
pub struct Seat(OnceLock<(u32, File)>);

/// What stands in the file of a seat that is about to be free.
const LEAVING: &str = "leaving";

/// So long that is waited for: longer than a farewell takes.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often is looked.
const LOOK: Duration = Duration::from_millis(20);

impl Seat {
    /// The window's number, from 1.
    pub fn number(&self, folder: &Path) -> Result<u32> {
        if self.0.get().is_none() {
            std::fs::create_dir_all(folder).map_err(|error| Error::file("make", folder, &error))?;
            let taken = (1..).find_map(|number| {
                let path = folder.join(format!("window-{number}.lock"));
                let deadline = Instant::now() + PATIENCE;
                let wait = || {
                    std::thread::park_timeout(LOOK);
                    Instant::now() < deadline
                };
                let taken = take(&path, wait).map_err(|error| Error::file("save", &path, &error)).transpose()?;
                Some(taken.map(|file| (number, file)))
            });
            drop(self.0.set(taken.expect("numbers do not end")?)); // another command may have been quicker; then it has the seat
        }
        Ok(self.0.get().expect("it was just taken").0)
    }

    /// Says that the seat is free in a moment. That it cannot be said costs the next window at most its place.
    pub fn leave(&self) {
        if let Some((_, file)) = self.0.get() {
            let mut file = file;
            let _ = file.write_all(LEAVING.as_bytes());
        }
    }

    /// The name of a file of which each window has its own.
    pub fn named(&self, folder: &Path, stem: &str, ending: &str) -> Result<PathBuf> {
        Ok(match self.number(folder)? {
            1 => folder.join(format!("{stem}.{ending}")),
            number => folder.join(format!("{stem}-window-{number}.{ending}")),
        })
    }
}

/// Takes the seat of that file, if it is free, or soon will be; `wait` lets some time pass, and says whether there is more.
fn take(path: &Path, mut wait: impl FnMut() -> bool) -> std::io::Result<Option<File>> {
    loop {
        let mut file = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => return file.set_len(0).map(|()| Some(file)),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {
                let mut said = String::new();
                // Some systems let nobody read what another one has locked.
                let leaves = file.read_to_string(&mut said).is_ok() && said == LEAVING;
                if !(leaves && wait()) {
                    return Ok(None);
                }
            }
        }
    }
}

/// The desk that was kept last; nothing at the first start.
#[tauri::command]
pub async fn desk_load(app: AppHandle) -> Result<Option<String>> {
    load(&desk_file(&app)?)
}

/// Keeps the desk, and how large the window is. It comes as bytes: there may be megabytes of drafts in it, and a text within the text of
/// a request would be there three times.
#[tauri::command]
pub async fn desk_save(app: AppHandle, request: tauri::ipc::Request<'_>) -> Result<()> {
    frame::keep(&app);
    let path = desk_file(&app)?;
    match request.body() {
        InvokeBody::Raw(desk) => keep(&path, desk),
        InvokeBody::Json(_) => Err(Error::file("save", &path, Reason::said("it came as no bytes"))),
    }
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
    keep(&settings_file(&app)?, settings.as_bytes())
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
pub fn keep(path: &Path, text: &[u8]) -> Result<()> {
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
    fn the_seat_of_a_window_that_closes_is_waited_for() {
        let folder = std::env::temp_dir().join(format!("taipan-leaving-{}", std::process::id()));
        let first = Seat::default();
        assert_eq!(first.number(&folder).expect("it is free"), 1);
        let path = folder.join("window-1.lock");
        assert!(take(&path, || unreachable!("nobody leaves")).expect("it can be looked at").is_none());
        first.leave();
        assert!(take(&path, || false).expect("it can be looked at").is_none());
        let mut first = Some(first);
        assert!(take(&path, || first.take().is_some()).expect("it can be looked at").is_some());
        let next = Seat::default();
        assert_eq!(next.number(&folder).expect("it is free again"), 1);
        assert_eq!(Seat::default().number(&folder).expect("nobody leaves any more"), 2);
        std::fs::remove_dir_all(&folder).expect("it is ours");
    }

    #[test]
    fn what_is_kept_is_there_again_and_nothing_at_first() {
        let folder = std::env::temp_dir().join(format!("taipan-desk-{}", std::process::id()));
        let path = folder.join("deep/settings.json");
        assert!(load(&path).expect("absent is no error").is_none());
        keep(&path, b"{}").expect("the folder is made");
        keep(&path, b"{\"zoom\": 150}").expect("it is replaced");
        assert_eq!(load(&path).expect("it is there").as_deref(), Some("{\"zoom\": 150}"));
        std::fs::remove_dir_all(&folder).expect("it is ours");
    }
}
