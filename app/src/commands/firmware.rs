//! Firmware: which loaders wait, which images there are, what is in a file, and the update.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use ::board::flash::renew::{self, Moved, Renewed, Stage, Wish};
use ::board::flash::{self, Bay, Image, RealBay, VirtualBay};
use ::board::{Board, Connection, Target, permission};
use board::phrase::Reason;
use serde::Serialize;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::board::Boards;
use crate::error::{Error, Result};
use crate::unfinished::Unfinished;

/// What updates need beyond one command.
pub struct Firmware {
    /// Of each virtual board, by its number.
    virtual_bays: Mutex<HashMap<u32, Arc<VirtualBay>>>,
    /// By the number of the board.
    updates: Mutex<HashMap<u32, Update>>,
}

#[derive(Default)]
struct Update {
    under_way: CancellationToken,
    /// Where the files are saved that are to be put back when it goes on.
    saved: Option<String>,
    /// Where the latest one saved them.
    latest: Option<String>,
}

impl Firmware {
    /// Nothing is under way.
    pub fn new() -> Firmware {
        Firmware { virtual_bays: Mutex::default(), updates: Mutex::default() }
    }

    fn updates(&self) -> MutexGuard<'_, HashMap<u32, Update>> {
        self.updates.lock().expect("nobody panics with it")
    }

    fn virtual_bay(&self, id: u32) -> Arc<VirtualBay> {
        let mut bays = self.virtual_bays.lock().expect("nobody panics with it");
        bays.entry(id).or_insert_with(|| Arc::new(VirtualBay::new())).clone()
    }

    /// Where the files of a board that waits in this loader were saved, by an update that has not ended.
    fn saved(&self, app: &AppHandle, id: u32, board: &Board, serial: Option<&str>) -> Option<String> {
        let of_this_window = self.updates().get(&id).and_then(|update| update.saved.clone());
        of_this_window.or_else(|| if is_virtual(board) { None } else { unfinished(app).ok()?.of(serial?) })
    }

    /// Where the board of that number would meet its loader.
    fn bay(&self, id: u32, board: &Board) -> Arc<dyn Bay> {
        if is_virtual(board) { self.virtual_bay(id) } else { Arc::new(RealBay) }
    }
}

fn is_virtual(board: &Board) -> bool {
    matches!(board.target(), Some((Target::Virtual { .. }, _)))
}

/// The serial number of a board that is at its prompt.
fn serial_of(board: &Board) -> Option<String> {
    let (_, usb) = board.target()?;
    usb?.serial
}

/// A device that waits for firmware.
#[derive(Serialize, TS)]
pub struct Waiting {
    /// As a person would name it.
    name: String,
    serial: Option<String>,
    /// Its memory in its own words; nothing if it may not be opened.
    layout: Option<String>,
    /// The archive with its files, if an update of it was begun and has not ended.
    saved: Option<String>,
}

/// A file of firmware, looked into.
#[derive(Serialize, TS)]
pub struct FirmwareFile {
    path: String,
    name: String,
    /// Bytes.
    size: u32,
    parts: Vec<FilePart>,
    /// The board that it says it is for; empty if it does not say.
    machine: String,
    /// The version that it says it has; empty if it does not say.
    version: String,
    /// Whether that is what the board runs; nothing if one of them does not say.
    runs: Option<bool>,
    /// Why it does not fit the board, or the device that waits; nothing if it does, or if nobody can say.
    unfit: Option<Unfit>,
}

/// A failure as it crosses: its sentence, and what it is about.
#[derive(Serialize, TS)]
pub struct Unfit {
    message: String,
    error: flash::Error,
}

/// A run of bytes in it.
#[derive(Serialize, TS)]
pub struct FilePart {
    address: u32,
    size: u32,
}

/// The devices that wait.
#[tauri::command]
pub async fn firmware_waiting(
    app: AppHandle,
    boards: State<'_, Boards>,
    firmware: State<'_, Firmware>,
    id: u32,
) -> Result<Vec<Waiting>> {
    let board = boards.get(id);
    let found = loaders(firmware.bay(id, &board)).await?;
    let waiting = |it: flash::Loader| {
        let saved = firmware.saved(&app, id, &board, it.serial.as_deref());
        Waiting { name: it.name(), serial: it.serial, layout: it.layout, saved }
    };
    Ok(found.into_iter().map(waiting).collect())
}

async fn loaders(bay: Arc<dyn Bay>) -> Result<Vec<flash::Loader>> {
    let found = tauri::async_runtime::spawn_blocking(move || bay.loaders()).await.expect("looking does not panic");
    Ok(found?)
}

/// The images that came with this program.
#[tauri::command]
pub async fn firmware_images(boards: State<'_, Boards>, firmware: State<'_, Firmware>, id: u32) -> Result<Vec<FirmwareFile>> {
    let board = boards.get(id);
    let waiting = loaders(firmware.bay(id, &board)).await.unwrap_or_default();
    let files = folders().into_iter().find_map(|folder| std::fs::read_dir(folder).ok());
    let mut paths: Vec<PathBuf> = files.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|form| form == "dfu"));
    paths.sort();
    Ok(paths.iter().filter_map(|path| look_into(path, None, &waiting, &board).ok()).collect())
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
    let board = boards.get(id);
    let waiting = loaders(firmware.bay(id, &board)).await.unwrap_or_default();
    look_into(path.as_ref(), address, &waiting, &board)
}

fn look_into(path: &Path, address: Option<u32>, waiting: &[flash::Loader], board: &Board) -> Result<FirmwareFile> {
    let image = Image::open(path, address)?;
    let judged = match waiting {
        [one] => renew::fits(&image, one),
        [] => renew::suits(&image, &board.identity().unwrap_or_default().machine),
        _ => Ok(()),
    };
    let unfit = judged.err().map(|error| Unfit { message: error.to_string(), error });
    let about = image.about();
    let runs = renew::is_version(&about.version, &board.identity().unwrap_or_default().firmware);
    let parts = image.parts.iter().map(|part| FilePart { address: part.address, size: part.data.len() as u32 }).collect();
    Ok(FirmwareFile {
        path: path.display().to_string(),
        size: image.size() as u32,
        name: image.name,
        parts,
        machine: about.machine,
        version: about.version,
        runs,
        unfit,
    })
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
    let give_up = CancellationToken::new();
    firmware.updates().entry(id).or_default().under_way = give_up.clone();
    let bay = firmware.bay(id, &board);
    let waiting = loaders(bay.clone()).await.unwrap_or_default();
    let serial = match flash::loader::choose(waiting, wish.serial.as_deref()) {
        Ok(loader) => loader.serial,
        Err(_) => serial_of(&board),
    };
    if save {
        wish.archive = Some(fresh_archive(&app)?);
        wish.saved = firmware.saved(&app, id, &board, serial.as_deref());
    }
    let fresh = wish.archive.clone();
    // The board's own number is all that another window knows it by; a virtual board ends with its window.
    let number = serial.filter(|_| !is_virtual(&board));
    let unfinished = unfinished(&app)?;
    let note = |archive: Option<&str>| {
        firmware.updates().entry(id).or_default().saved = archive.map(str::to_owned);
        if let Some(number) = &number {
            unfinished.note(number, archive);
        }
    };
    let told = |moved: Moved| {
        if moved.stage == Stage::Enter && fresh.is_some() {
            note(fresh.as_deref());
            firmware.updates().entry(id).or_default().latest = fresh.clone();
        }
        drop(moves.send(moved)); // a window that no longer listens does not end an update
    };
    let renewed = renew::renew(&board, bay, &wish, give_up, told).await;
    // A board at its prompt has its files, or they are told of; one in its loader gets them when the update goes on.
    if renewed.is_ok() || board.state() == Connection::Ready {
        note(None);
    }
    Ok(renewed?)
}

/// Where the latest update of this board has saved its files.
#[tauri::command]
pub fn firmware_saved(firmware: State<'_, Firmware>, id: u32) -> Option<String> {
    firmware.updates().get(&id)?.latest.clone().filter(|path| Path::new(path).is_file())
}

fn data_folder(app: &AppHandle) -> Result<PathBuf> {
    app.path().app_data_dir().map_err(|error| Error::file("find", "the data folder".as_ref(), Reason::said(&error)))
}

fn unfinished(app: &AppHandle) -> Result<Unfinished> {
    Ok(Unfinished::within(&data_folder(app)?))
}

fn fresh_archive(app: &AppHandle) -> Result<String> {
    let folder = data_folder(app)?.join("backups");
    std::fs::create_dir_all(&folder).map_err(|error| Error::file("make", &folder, &error))?;
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_secs();
    Ok(folder.join(format!("before-update-{now}.zip")).display().to_string())
}

/// Ends the update between two blocks; the board stays in its loader.
#[tauri::command]
pub fn firmware_give_up(firmware: State<'_, Firmware>, id: u32) {
    firmware.updates().entry(id).or_default().under_way.cancel();
}

/// Pulls the cable of a virtual board out.
#[tauri::command]
pub fn firmware_pull(firmware: State<'_, Firmware>, id: u32) {
    firmware.virtual_bay(id).pull();
}

/// The rules by which Linux lets a person use boards, and where they belong.
#[tauri::command]
pub fn firmware_rules() -> (String, &'static str) {
    (permission::rules(), permission::RULES_PATH)
}
