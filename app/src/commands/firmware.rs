//! Firmware: which loaders wait, which images there are, what is in a file, and the update.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use ::board::flash::renew::{self, Moved, Renewed, Wish};
use ::board::flash::{self, Bay, Image, RealBay, VirtualBay};
use ::board::{Board, Target, permission};
use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::board::Boards;
use crate::error::{Error, Result};

/// What updates need beyond one command.
pub struct Firmware {
    virtual_bay: Arc<VirtualBay>,
    /// By the number of the board.
    updates: Mutex<HashMap<u32, Update>>,
}

#[derive(Default)]
struct Update {
    under_way: CancellationToken,
    /// Where one that failed has saved the files.
    saved: Option<String>,
}

impl Firmware {
    /// Nothing is under way.
    pub fn new() -> Firmware {
        Firmware { virtual_bay: Arc::new(VirtualBay::new()), updates: Mutex::default() }
    }

    fn updates(&self) -> MutexGuard<'_, HashMap<u32, Update>> {
        self.updates.lock().expect("nobody panics with it")
    }

    /// Where a board would meet its loader.
    fn bay(&self, board: &Board) -> Arc<dyn Bay> {
        match board.target() {
            Some((Target::Virtual { .. }, _)) => self.virtual_bay.clone(),
            _ => Arc::new(RealBay),
        }
    }
}

/// A device that waits for firmware.
#[derive(Serialize, TS)]
pub struct Waiting {
    /// As a person would name it.
    name: String,
    serial: Option<String>,
    /// Its memory in its own words; nothing if it may not be opened.
    layout: Option<String>,
}

/// A file of firmware, looked into.
#[derive(Serialize, TS)]
pub struct FirmwareFile {
    path: String,
    name: String,
    /// Bytes.
    size: u32,
    parts: Vec<FilePart>,
    /// Why it does not fit the device that waits; nothing if it does, or if none waits.
    unfit: Option<String>,
}

/// A run of bytes in it.
#[derive(Serialize, TS)]
pub struct FilePart {
    address: u32,
    size: u32,
}

/// The devices that wait.
#[tauri::command]
pub async fn firmware_waiting(boards: State<'_, Boards>, firmware: State<'_, Firmware>, id: u32) -> Result<Vec<Waiting>> {
    let found = loaders(firmware.bay(&boards.get(id))).await?;
    Ok(found.into_iter().map(|it| Waiting { name: it.name(), serial: it.serial, layout: it.layout }).collect())
}

async fn loaders(bay: Arc<dyn Bay>) -> Result<Vec<flash::Loader>> {
    let found = tauri::async_runtime::spawn_blocking(move || bay.loaders()).await.expect("looking does not panic");
    Ok(found?)
}

/// The images that came with this program.
#[tauri::command]
pub async fn firmware_images(boards: State<'_, Boards>, firmware: State<'_, Firmware>, id: u32) -> Result<Vec<FirmwareFile>> {
    let waiting = loaders(firmware.bay(&boards.get(id))).await.unwrap_or_default();
    let files = folders().into_iter().find_map(|folder| std::fs::read_dir(folder).ok());
    let mut paths: Vec<PathBuf> = files.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|form| form == "dfu"));
    paths.sort();
    Ok(paths.iter().filter_map(|path| look_into(path, None, &waiting).ok()).collect())
}

/// Where images are: beside the installed program, or where a clone builds them.
fn folders() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let up = |levels: usize, below: &str| Some(program.as_ref()?.ancestors().nth(levels)?.join(below));
    [up(2, "share/taipan/firmware"), up(2, "firmware")].into_iter().flatten().collect()
}

/// Looks into a file; `address` is where a bare one begins.
#[tauri::command]
pub async fn firmware_check(
    boards: State<'_, Boards>,
    firmware: State<'_, Firmware>,
    id: u32,
    path: String,
    address: Option<u32>,
) -> Result<FirmwareFile> {
    let waiting = loaders(firmware.bay(&boards.get(id))).await.unwrap_or_default();
    look_into(path.as_ref(), address, &waiting)
}

fn look_into(path: &Path, address: Option<u32>, waiting: &[flash::Loader]) -> Result<FirmwareFile> {
    let bytes = std::fs::read(path).map_err(|error| Error::file("open", path, &error))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let image = Image::read(&name, &bytes, address)?;
    let unfit = match waiting {
        [one] => renew::fits(&image, one).err().map(|error| error.to_string()),
        _ => None,
    };
    let parts = image.parts.iter().map(|part| FilePart { address: part.address, size: part.data.len() as u32 }).collect();
    Ok(FirmwareFile { path: path.display().to_string(), name, size: image.size() as u32, parts, unfit })
}

/// Does all of an update; `moves` hears every step. With `save` the board's files are saved among this program's own first; what a try
/// that failed has saved is put back by the one that goes on.
#[tauri::command]
pub async fn firmware_renew(
    app: AppHandle,
    boards: State<'_, Boards>,
    firmware: State<'_, Firmware>,
    id: u32,
    mut wish: Wish,
    save: bool,
    moves: Channel<Moved>,
) -> Result<Renewed> {
    let board = boards.get(id);
    if save {
        wish.archive = Some(fresh_archive(&app)?);
        wish.saved = firmware.updates().entry(id).or_default().saved.clone();
    }
    let fresh = wish.archive.clone();
    let give_up = CancellationToken::new();
    firmware.updates().entry(id).or_default().under_way = give_up.clone();
    let bay = firmware.bay(&board);
    // A window that no longer listens does not end an update.
    let renewed = renew::renew(&board, bay, &wish, give_up, |moved| drop(moves.send(moved))).await;
    let mut updates = firmware.updates();
    let update = updates.entry(id).or_default();
    match &renewed {
        Ok(_) => update.saved = None,
        Err(_) if fresh.as_ref().is_some_and(|path| Path::new(path).is_file()) => update.saved = fresh,
        Err(_) => {}
    }
    Ok(renewed?)
}

fn fresh_archive(app: &AppHandle) -> Result<String> {
    let folder = app.path().app_data_dir().map_err(|error| Error::file("find", "the data folder".as_ref(), &error))?;
    let folder = folder.join("backups");
    std::fs::create_dir_all(&folder).map_err(|error| Error::file("make", &folder, &error))?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
    Ok(folder.join(format!("before-update-{now}.zip")).display().to_string())
}

/// Ends the update between two blocks; the board stays in its loader.
#[tauri::command]
pub fn firmware_give_up(firmware: State<'_, Firmware>, id: u32) {
    firmware.updates().entry(id).or_default().under_way.cancel();
}

/// Pulls the virtual board's cable out.
#[tauri::command]
pub fn firmware_pull(firmware: State<'_, Firmware>) {
    firmware.virtual_bay.pull();
}

/// The rules by which Linux lets a person use boards, and where they belong.
#[tauri::command]
pub fn firmware_rules() -> (String, &'static str) {
    (permission::rules(), permission::RULES_PATH)
}
