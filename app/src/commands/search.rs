//! Project search: one at a time, so that a letter more in the field ends the search for fewer.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tauri::State;
use tauri::ipc::Channel;

use crate::error::Result;
use crate::search::{self, Query, SearchEvent};

/// The number of the search that is wanted; all others end.
#[derive(Default)]
pub struct Wanted(Arc<AtomicU32>);

/// Looks through a folder; returns when it is over, or another has begun.
#[tauri::command]
pub async fn search_start(wanted: State<'_, Wanted>, query: Query, events: Channel<SearchEvent>) -> Result<()> {
    let number = wanted.0.fetch_add(1, Ordering::Relaxed) + 1;
    let current = wanted.0.clone();
    let walk = move || {
        search::search(&query, |event| {
            let is_wanted = current.load(Ordering::Relaxed) == number;
            let is_news = !matches!(&event, SearchEvent::File { matches, .. } if matches.is_empty());
            is_wanted && (!is_news || events.send(event).is_ok())
        })
    };
    tauri::async_runtime::spawn_blocking(walk).await.expect("a search does not panic")
}

/// Ends the search that runs.
#[tauri::command]
pub fn search_cancel(wanted: State<'_, Wanted>) {
    wanted.0.fetch_add(1, Ordering::Relaxed);
}

/// The files of a folder and of those below; more than these nobody finds by their names.
#[tauri::command(async)]
pub fn search_names(folder: PathBuf) -> Vec<String> {
    search::names(&folder, 10_000)
}

/// Replaces every match of a file; answers whether it still had as many as were shown.
#[tauri::command(async)]
pub fn search_replace(query: Query, path: PathBuf, expected: usize) -> Result<bool> {
    search::replace(&query, &path, expected)
}
