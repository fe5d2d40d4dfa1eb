//! Packages for a board: found in an index of micropython-lib's form, fetched by this computer, put on the board by the link.
//!
//! ```text
//!   search    index.json                                          ─▶ [Offer]
//!   install   package/VERSION/NAME.json, its needs, their files   ─▶ all fetched and checked (`fetch`), then written file by file
//!   list      LIB/.mip.json                                       what was installed here, and which files are whose (`record`)
//!   remove    the files that are nobody else's and that nobody changed
//! ```
//! Nothing is written before everything was fetched and its hashes were right, and each file arrives as every file does: whole or
//! not at all. The record is written last, so an installation that was cut is simply repeated; what is there already is not sent again.

pub mod fetch;
pub mod record;
pub mod web;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

use crate::board::Board;
use crate::error::{Error, Result};
use crate::files::hex;
use crate::model::EntryKind;
use crate::phrase::Doing;
use crate::sync::below;
use record::Record;
use web::Web;

/// The index of micropython-lib.
pub const INDEX: &str = "https://micropython.org/pi/v2";

/// A package that an index has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Offer {
    /// Its name.
    pub name: String,
    /// The newest version.
    pub version: String,
    /// All versions as source, newest first.
    pub versions: Vec<String>,
    /// What it does, in its author's words.
    pub description: String,
    /// Who wrote it; may be empty.
    pub author: String,
    /// On which terms; may be empty.
    pub licence: String,
}

/// What is to be installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Wanted {
    /// A name in the index, `github:USER/REPOSITORY`, `gitlab:…`, or an address.
    pub name: String,
    /// A version, branch or tag; the newest if empty.
    #[serde(default)]
    pub version: String,
    /// Source even where the index has bytecode that the board runs.
    #[serde(default)]
    pub source: bool,
}

/// A package that is on the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Installed {
    /// As it was asked for.
    pub name: String,
    /// Its version; empty if it has none.
    pub version: String,
    /// Somebody asked for it; without that it is here because others need it.
    pub asked: bool,
    /// The packages that it needs.
    pub needs: Vec<String>,
    /// Its files.
    pub files: Vec<Owned>,
}

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Owned {
    /// Below the folder of libraries.
    pub path: String,
    /// Its SHA-256 as it was installed.
    pub sha256: String,
}

/// What an installation or removal did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Change {
    /// Packages with versions, in the order in which they were dealt with.
    pub packages: Vec<String>,
    /// Files that were written, or removed.
    pub files: Vec<String>,
    /// Files that stay as they are: unchanged ones of an installation, and those of a removal that somebody changed.
    pub kept: Vec<String>,
}

/// Where libraries are, and what a board says of its bytecode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The folder: `/lib`, `/flash/lib`.
    pub folder: String,
    /// `sys.implementation._mpy`; 0 if the board takes none of MicroPython's.
    pub bytecode: u32,
}

/// What an index has, by name.
pub async fn offers(index: &str) -> Result<Vec<Offer>> {
    fetch::offers(&Web::new(), index).await
}

/// Those of the offers in whose name or description all of the words are.
pub fn matching<'a>(offers: &'a [Offer], words: &str) -> Vec<&'a Offer> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let holds = |offer: &&Offer| {
        let text = format!("{} {}", offer.name, offer.description).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let mut found: Vec<_> = offers.iter().filter(holds).collect();
    // Whose name is meant comes before who only speaks of it.
    found.sort_by_key(|offer| !words.iter().all(|word| offer.name.to_lowercase().contains(word)));
    found
}

/// The packages that were installed on the board; `folder` is the board's own folder of libraries if empty.
pub async fn list(board: &Board, folder: &str) -> Result<Vec<Installed>> {
    let place = place(board, folder).await?;
    Ok(Record::read(board, &place.folder).await?.packages)
}

/// Installs a package with all that it needs, or brings it to the wanted version. [`Board::cancel`] gives it up.
pub async fn install(board: &Board, index: &str, wanted: &Wanted, folder: &str) -> Result<Change> {
    let given_up = board.given_up();
    let cancelled = || Error::Cancelled { doing: Doing::Installing { name: wanted.name.clone() } };
    let place = place(board, folder).await?;
    let mut record = Record::read(board, &place.folder).await?;
    // The network may be slow; nothing waits for it but the person.
    let fetched = given_up.run_until_cancelled(async { fetch::fetch(&Web::new(), index, wanted, place.bytecode).await });
    let parcels = fetched.await.ok_or_else(cancelled)??;
    let there = hashes(board, &place.folder).await?;
    let is_there = |path: &str, data: &[u8]| there.contains(&(path.to_owned(), hex(&Sha256::digest(data))));
    room(board, &place.folder, parcels.iter().flat_map(|it| &it.files).filter(|file| !is_there(&file.path, &file.data))).await?;
    let mut change = Change::default();
    for file in parcels.iter().flat_map(|parcel| &parcel.files) {
        let path = below(&place.folder, &file.path);
        if is_there(&file.path, &file.data) {
            change.kept.push(path);
            continue;
        }
        if given_up.is_cancelled() {
            return Err(cancelled());
        }
        board.ensure_folders_above(&path).await?;
        board.write(&path, file.data.clone()).await?;
        change.files.push(path);
    }
    let mut left_over = Vec::new();
    for parcel in &parcels {
        change.packages.push(format!("{} {}", parcel.name, parcel.version).trim_end().to_owned());
        left_over.extend(record.put(parcel.installed()));
    }
    for file in left_over.into_iter().filter(|file| !record.owns(&file.path)) {
        take_away(board, &place.folder, &file, &mut Change::default()).await?;
    }
    record.write(board, &place.folder).await?;
    Ok(change)
}

/// Removes a package, and those that were installed only because it needs them. Files that somebody changed stay.
pub async fn remove(board: &Board, name: &str, folder: &str) -> Result<Change> {
    let place = place(board, folder).await?;
    let mut record = Record::read(board, &place.folder).await?;
    let going = record.take(name)?;
    let mut change = Change::default();
    let mut done = BTreeSet::new();
    for package in going {
        change.packages.push(format!("{} {}", package.name, package.version).trim_end().to_owned());
        for file in package.files.into_iter().filter(|file| !record.owns(&file.path)) {
            if done.insert(file.path.clone()) {
                take_away(board, &place.folder, &file, &mut change).await?;
            }
        }
    }
    record.write(board, &place.folder).await?;
    Ok(change)
}

/// Removes a file as long as it is what was installed, and the folders that are empty then.
async fn take_away(board: &Board, folder: &str, file: &Owned, change: &mut Change) -> Result<()> {
    let path = below(folder, &file.path);
    match board.hash(&path).await {
        Ok(hash) if hash == file.sha256 => board.remove(&path).await?,
        Ok(_) => {
            change.kept.push(path);
            return Ok(());
        }
        Err(Error::NotFound { .. }) => return Ok(()),
        Err(error) => return Err(error),
    }
    change.files.push(path);
    let mut inner = file.path.as_str();
    while let Some((outer, _)) = inner.rsplit_once('/') {
        let outside = below(folder, outer);
        if !board.list(&outside).await?.is_empty() {
            break;
        }
        board.remove(&outside).await?;
        inner = outer;
    }
    Ok(())
}

async fn place(board: &Board, folder: &str) -> Result<Place> {
    let mut place = board.libraries().await?;
    if !folder.is_empty() {
        place.folder = folder.to_owned();
    }
    Ok(place)
}

/// Paths below a folder, and what is in them; nothing if there is no such folder.
async fn hashes(board: &Board, folder: &str) -> Result<BTreeSet<(String, String)>> {
    match board.tree(folder, true).await {
        Ok(nodes) => {
            let files = nodes.into_iter().filter(|node| node.kind == EntryKind::File);
            Ok(files.filter_map(|node| Some((node.path, node.sha256?))).collect())
        }
        Err(Error::NotFound { .. }) => Ok(BTreeSet::new()),
        Err(error) => Err(error),
    }
}

/// Fails before anything is written if it cannot all fit.
async fn room(board: &Board, folder: &str, files: impl Iterator<Item = &fetch::File>) -> Result<()> {
    const BLOCK: u64 = 512;
    let needed: u64 = files.map(|file| (file.data.len() as u64).next_multiple_of(BLOCK)).sum();
    let disk = folder.rsplit_once('/').map_or("", |(outer, _)| outer);
    match board.space(if disk.is_empty() { "/" } else { disk }).await {
        Ok(space) if space.free < needed => {
            Err(Error::NoSpace { path: "the package".into(), needed, free: space.free, in_place: false })
        }
        // Some boards cannot tell.
        Ok(_) | Err(Error::Raised { .. } | Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_names_first_and_descriptions_after_them() {
        let offer = |name: &str, description: &str| Offer {
            name: name.into(),
            version: "1".into(),
            versions: vec!["1".into()],
            description: description.into(),
            author: String::new(),
            licence: String::new(),
        };
        let offers = [offer("aiohttp", "Client over BLE or WiFi"), offer("aioble", "Asyncio BLE"), offer("ssd1306", "Display")];
        let found = |words| matching(&offers, words).iter().map(|it| it.name.as_str()).collect::<Vec<_>>();
        assert_eq!(found("BLE"), ["aioble", "aiohttp"]);
        assert_eq!(found("ble asyncio"), ["aioble"]);
        assert_eq!(found(""), ["aiohttp", "aioble", "ssd1306"]);
    }
}
