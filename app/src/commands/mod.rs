//! What the page may ask for: one file per noun.

pub mod board;
pub mod code;
pub mod computer;
pub mod desk;
pub mod files;
pub mod firmware;
pub mod run;
pub mod search;

use std::path::PathBuf;

/// The interpreter: what `TAIPAN` names, else the one beside this program, else the one that PATH knows.
fn interpreter() -> PathBuf {
    if let Some(named) = std::env::var_os("TAIPAN") {
        return named.into();
    }
    let name = format!("taipan{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.join(&name)));
    beside.filter(|path| path.is_file()).unwrap_or_else(|| name.into())
}
