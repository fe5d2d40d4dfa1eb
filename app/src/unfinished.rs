//! Updates of firmware that have not ended: where the files of each board were saved, by the board's serial number, which its loader has as well.
//!
//! It lies on the disk, so that a window that was closed in the middle, or crashed, puts the files back when it goes on. What cannot be read or
//! written here costs that comfort, not the update: the archive itself is among the backups, and its name was said.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::commands::desk;

/// The list, in the program's own folder.
pub struct Unfinished(PathBuf);

impl Unfinished {
    /// That of a folder.
    pub fn within(folder: &Path) -> Unfinished {
        Unfinished(folder.join("unfinished-updates.json"))
    }

    /// The archive with the files of that board, if it is still there.
    pub fn of(&self, serial: &str) -> Option<String> {
        self.all().remove(serial).filter(|archive| Path::new(archive).is_file())
    }

    /// Where the files of that board are; nothing once its update has ended.
    pub fn note(&self, serial: &str, archive: Option<&str>) {
        let before = self.all();
        let mut all = before.clone();
        match archive {
            Some(archive) => drop(all.insert(serial.into(), archive.into())),
            None => drop(all.remove(serial)),
        }
        if all != before {
            let _ = desk::keep(&self.0, &serde_json::to_vec(&all).expect("it is plain data")); // see above
        }
    }

    fn all(&self) -> BTreeMap<String, String> {
        let text = desk::load(&self.0).ok().flatten().unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_known_until_the_update_ends_or_it_is_gone() {
        let folder = std::env::temp_dir().join(format!("taipan-unfinished-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("it can be made");
        let archive = folder.join("a.zip").display().to_string();
        std::fs::write(&archive, b"PK").expect("it can be written");
        let unfinished = Unfinished::within(&folder);
        assert_eq!(unfinished.of("1"), None);
        unfinished.note("1", Some(&archive));
        unfinished.note("2", Some("/nowhere/b.zip"));
        let again = Unfinished::within(&folder);
        assert_eq!((again.of("1"), again.of("2")), (Some(archive), None));
        again.note("1", None);
        assert_eq!(unfinished.of("1"), None);
        std::fs::write(folder.join("unfinished-updates.json"), b"{").expect("it can be written");
        assert_eq!(unfinished.of("2"), None, "damage costs the comfort alone");
        std::fs::remove_dir_all(&folder).expect("it is ours");
    }
}
