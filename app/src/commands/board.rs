//! The board: whatever `board::Request` can say, and its events.

use board::{Board, Event, Reply, Request, Target};
use tauri::ipc::{Channel, InvokeResponseBody};
use tauri::{AppHandle, Manager, State};

use crate::error::{Error, Result};
use crate::events::{self, Outlet};

/// The way of the board's terminal; opened when the page listens.
pub type Terminal = std::sync::Mutex<Option<Outlet>>;

/// Begins to deliver the board's events and its terminal, from now on.
#[tauri::command]
pub async fn board_listen(
    board: State<'_, Board>,
    terminal: State<'_, Terminal>,
    events: Channel<Event>,
    output: Channel<InvokeResponseBody>,
) -> Result<()> {
    let outlet = Outlet::open(output);
    *terminal.lock().expect("nobody panics with it") = Some(outlet.clone());
    tauri::async_runtime::spawn(events::pump(board.subscribe(), events, outlet));
    let watched = board.inner().clone();
    tauri::async_runtime::spawn(async move { watched.watch_ports().await });
    Ok(())
}

/// The page has drawn `count` bytes of the board's terminal.
#[tauri::command]
pub fn board_drawn(terminal: State<'_, Terminal>, count: usize) {
    if let Some(outlet) = &*terminal.lock().expect("nobody panics with it") {
        outlet.drawn(count);
    }
}

/// Asks the board.
#[tauri::command]
pub async fn board_ask(board: State<'_, Board>, request: Request) -> Result<Reply> {
    Ok(board.handle(request).await?)
}

/// Saves the traffic log in a file.
#[tauri::command(async)]
pub fn board_save_traffic(board: State<'_, Board>, path: String) -> Result<()> {
    let saved = board::local::replace(path.as_ref(), board.traffic().text());
    saved.map_err(|error| Error::file("save", path.as_ref(), &error))
}

/// Starts the virtual board and attaches it; its flash lies among this program's own files.
#[tauri::command]
pub async fn board_start_virtual(app: AppHandle, board: State<'_, Board>) -> Result<()> {
    let folder = app.path().app_data_dir().map_err(|error| Error::file("find", "the data folder".as_ref(), &error))?;
    std::fs::create_dir_all(&folder).map_err(|error| Error::file("make", &folder, &error))?;
    let image = folder.join("virtual-board.img").display().to_string();
    let program = super::interpreter().display().to_string();
    Ok(board.attach(Target::Virtual { program, image }).await?)
}
