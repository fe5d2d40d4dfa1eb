//! What the editor asks about its texts: whatever `code::Workspace` answers.
//!
//! The page sends every change of a text before it asks about it, and awaits each answer, so texts here and there are the same.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use code::{Change, Completions, Definition, Diagnostic, Found, Hover, OutlineItem, Port, Renaming, Signature, Workspace};
use tauri::State;

use crate::error::{Error, Result};
use crate::search;

/// Files of a folder that are looked through for a name.
const MOST: usize = 10_000;

/// The texts of the open tabs.
pub struct Texts(Mutex<Workspace>);

impl Texts {
    /// None yet. They are for boards with `machine` and `pyb`; files of a project are read from this computer.
    pub fn new() -> Texts {
        let port = Port { modules: machine::DOCS, classes: machine::CLASS_DOCS };
        Texts(Mutex::new(Workspace::new(port, Box::new(found))))
    }

    fn lock(&self) -> MutexGuard<'_, Workspace> {
        // A panic in one question must not silence all later ones.
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// What lies at a path of a project.
fn found(path: &Path) -> Option<Found> {
    if path.is_dir() { Some(Found::Folder) } else { std::fs::read_to_string(path).ok().map(Found::Text) }
}

/// Opens a text.
#[tauri::command(async)]
pub fn code_open(texts: State<'_, Texts>, id: u32, path: Option<PathBuf>, source: String) {
    texts.lock().open(id, path, source);
}

/// Changes a text; answers whether the changes fit it.
#[tauri::command(async)]
pub fn code_edit(texts: State<'_, Texts>, id: u32, changes: Vec<Change>) -> bool {
    texts.lock().edit(id, &changes)
}

/// Closes a text.
#[tauri::command(async)]
pub fn code_close(texts: State<'_, Texts>, id: u32) {
    texts.lock().close(id);
}

/// The functions and classes of a text.
#[tauri::command(async)]
pub fn code_outline(texts: State<'_, Texts>, id: u32) -> Vec<OutlineItem> {
    texts.lock().outline(id)
}

/// What could stand at a place.
#[tauri::command(async)]
pub fn code_complete(texts: State<'_, Texts>, id: u32, at: u32) -> Option<Completions> {
    texts.lock().complete(id, at)
}

/// What stands at a place.
#[tauri::command(async)]
pub fn code_hover(texts: State<'_, Texts>, id: u32, at: u32) -> Option<Hover> {
    texts.lock().hover(id, at)
}

/// How the call around a place is written.
#[tauri::command(async)]
pub fn code_signature(texts: State<'_, Texts>, id: u32, at: u32) -> Option<Signature> {
    texts.lock().signature(id, at)
}

/// Where the name at a place is defined.
#[tauri::command(async)]
pub fn code_definition(texts: State<'_, Texts>, id: u32, at: u32) -> Option<Definition> {
    texts.lock().definition(id, at)
}

/// What is wrong with a text.
#[tauri::command(async)]
pub fn code_diagnose(texts: State<'_, Texts>, id: u32) -> Vec<Diagnostic> {
    texts.lock().diagnose(id)
}

/// What is known about a name that was offered at a place.
#[tauri::command(async)]
pub fn code_document(texts: State<'_, Texts>, id: u32, at: u32, name: String) -> String {
    texts.lock().document(id, at, &name)
}

/// The changes that format a text.
#[tauri::command(async)]
pub fn code_format(texts: State<'_, Texts>, id: u32) -> Vec<Change> {
    texts.lock().format(id)
}

/// Where a name stands that shall be renamed: in its text, and in the Python files of a folder.
#[tauri::command(async)]
pub fn code_rename(texts: State<'_, Texts>, id: u32, at: u32, name: String, folder: Option<PathBuf>) -> Result<Vec<Renaming>> {
    let names = folder.as_deref().map_or_else(Vec::new, |folder| search::names(folder, MOST));
    let is_python = |name: &&String| name.ends_with(".py");
    let files: Vec<_> = names.iter().filter(is_python).filter_map(|name| Some(folder.as_ref()?.join(name))).collect();
    let found = texts.lock().rename(id, at, &name, &files);
    found.map_err(|refusal| Error::Rename { name, refusal })
}
