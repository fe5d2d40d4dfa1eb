//! The boards of the window: whatever `board::Request` can say to each, and its events.
//!
//! The page gives a board its number, and has events and a terminal for each, so nothing of one can reach another.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use board::phrase::Reason;
use board::{Board, Event, Port, Reply, Request, Target, discover};
use sha2::{Digest, Sha256};
use tauri::async_runtime::JoinHandle;
use tauri::ipc::{Channel, InvokeResponseBody};
use tauri::{AppHandle, Manager, State};

use crate::commands::computer;
use crate::commands::desk::Seat;
use crate::encoding::{self, Encoding, TextFile};
use crate::error::{Error, Result};
use crate::events::{self, Outlet};

/// The boards by their numbers.
#[derive(Default)]
pub struct Boards(Mutex<HashMap<u32, Open>>);

struct Open {
    board: Board,
    terminal: Outlet,
    /// Attaches it again whenever it was lost.
    keeper: JoinHandle<()>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.keeper.abort();
    }
}

impl Boards {
    /// The board of that number; of one that was not opened a handle to which nothing is attached.
    pub fn get(&self, id: u32) -> Board {
        self.lock().get(&id).map_or_else(Board::new, |open| open.board.clone())
    }

    /// Lets all of them go.
    pub async fn farewell(&self) {
        let all: Vec<Open> = self.lock().drain().map(|(_, open)| open).collect();
        for open in all {
            open.board.detach().await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u32, Open>> {
        self.0.lock().expect("nobody panics with it")
    }
}

/// Makes room for a board, and begins to deliver its events and its terminal. A number that is taken begins anew.
#[tauri::command]
pub async fn board_open(
    boards: State<'_, Boards>,
    id: u32,
    events: Channel<Event>,
    output: Channel<InvokeResponseBody>,
) -> Result<()> {
    board_close(boards.clone(), id).await?; // a page that was loaded again counts from the beginning
    let board = Board::new();
    let terminal = Outlet::open(output);
    tauri::async_runtime::spawn(events::pump(board.subscribe(), events, terminal.clone()));
    let kept = board.clone();
    let keeper = tauri::async_runtime::spawn(async move { kept.keep().await });
    boards.lock().insert(id, Open { board, terminal, keeper });
    Ok(())
}

/// Lets a board go and forgets it.
#[tauri::command]
pub async fn board_close(boards: State<'_, Boards>, id: u32) -> Result<()> {
    let open = boards.lock().remove(&id);
    if let Some(open) = open {
        open.board.detach().await;
    }
    Ok(())
}

/// The page has drawn `count` bytes of a board's terminal.
#[tauri::command]
pub fn board_drawn(boards: State<'_, Boards>, id: u32, count: usize) {
    if let Some(open) = boards.lock().get(&id) {
        open.terminal.drawn(count);
    }
}

/// Asks a board.
#[tauri::command]
pub async fn board_ask(boards: State<'_, Boards>, id: u32, request: Request) -> Result<Reply> {
    Ok(boards.get(id).handle(request).await?)
}

/// The text of a file of a board.
#[tauri::command]
pub async fn board_read(boards: State<'_, Boards>, id: u32, path: String) -> Result<TextFile> {
    text_of(&boards.get(id), Request::Read { path: path.clone() }, path).await
}

/// The text of a file in an archive.
#[tauri::command]
pub async fn board_read_archived(boards: State<'_, Boards>, id: u32, archive: String, path: String) -> Result<TextFile> {
    text_of(&boards.get(id), Request::ReadArchived { archive, path: path.clone() }, path).await
}

async fn text_of(board: &Board, request: Request, path: String) -> Result<TextFile> {
    let Reply::Data { bytes } = board.handle(request).await? else { unreachable!("a file is data") };
    encoding::decode(bytes).ok_or(Error::NotText { path })
}

/// Puts a whole text in place on a board; with `replace` the old file goes first. Answers how it is kept from now on.
#[tauri::command]
pub async fn board_write(
    boards: State<'_, Boards>,
    id: u32,
    path: String,
    text: String,
    encoding: Encoding,
    replace: bool,
) -> Result<Encoding> {
    let (data, kept) = encoding::encode(&text, &encoding).map_err(|lack| Error::Lacks { path: path.clone(), lack })?;
    let request = if replace { Request::Replace { path, data } } else { Request::Write { path, data } };
    boards.get(id).handle(request).await?;
    Ok(kept)
}

/// Whether exactly this text is in a file of a board.
#[tauri::command]
pub async fn board_holds(boards: State<'_, Boards>, id: u32, path: String, text: String, encoding: Encoding) -> Result<bool> {
    let Ok((bytes, _)) = encoding::encode(&text, &encoding) else { return Ok(false) };
    let Reply::Hash { sha256 } = boards.get(id).handle(Request::Hash { path }).await? else { unreachable!("a hash is one") };
    Ok(sha256 == computer::hex(&Sha256::digest(&bytes)))
}

/// Saves the traffic log of a board in a file.
#[tauri::command(async)]
pub fn board_save_traffic(boards: State<'_, Boards>, id: u32, path: String) -> Result<()> {
    let saved = board::local::replace(path.as_ref(), boards.get(id).traffic().text());
    saved.map_err(|error| Error::file("save", path.as_ref(), &error))
}

/// Starts a virtual board and attaches it; its flash lies among this program's own files, a file for each number from 1.
#[tauri::command]
pub async fn board_start_virtual(app: AppHandle, boards: State<'_, Boards>, id: u32, number: u32) -> Result<()> {
    let folder =
        app.path().app_data_dir().map_err(|error| Error::file("find", "the data folder".as_ref(), Reason::said(&error)))?;
    std::fs::create_dir_all(&folder).map_err(|error| Error::file("make", &folder, &error))?;
    let stem = if number == 1 { "virtual-board".into() } else { format!("virtual-board-{number}") };
    let image = app.state::<Seat>().named(&folder, &stem, "img")?.display().to_string();
    let program = super::interpreter().display().to_string();
    Ok(boards.get(id).attach(Target::Virtual { program, image }).await?)
}

/// The serial ports of this computer.
#[tauri::command(async)]
pub fn ports_list() -> Vec<Port> {
    discover::ports()
}

/// Tells of the serial ports, now and whenever one appears or goes away.
#[tauri::command]
pub async fn ports_watch(changed: Channel<Vec<Port>>) {
    tauri::async_runtime::spawn(discover::watch(move |ports| drop(changed.send(ports))));
}
