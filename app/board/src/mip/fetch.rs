//! Fetching packages: what an index offers, and a package with all that it needs, every file checked.
//!
//! The form is micropython-lib's index (version 2) and mip's `package.json`: `hashes` are files of the index by the beginning of their
//! SHA-256, `urls` are files anywhere, `deps` are further packages.

use std::collections::{BTreeSet, VecDeque};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::web::{self, Web};
use super::{Installed, Offer, Owned, Wanted};
use crate::error::{Error, Result};
use crate::files::hex;
use crate::phrase::Reason;

/// No sound package needs more others.
const MOST_PACKAGES: usize = 100;
/// The shortest beginning of a hash that says anything.
const SHORTEST_HASH: usize = 8;
/// The first byte of MicroPython's bytecode.
const BYTECODE: u8 = b'M';

/// A package with its files.
#[derive(Debug)]
pub struct Parcel {
    /// As it was asked for.
    pub name: String,
    /// Its version; empty if it has none.
    pub version: String,
    /// Whether a person asked for it.
    asked: bool,
    needs: Vec<String>,
    /// The files.
    pub files: Vec<File>,
}

/// A file of a package.
#[derive(Debug)]
pub struct File {
    /// Below the folder of libraries.
    pub path: String,
    /// What is in it.
    pub data: Vec<u8>,
}

impl Parcel {
    /// What the board's record says of it.
    pub fn installed(&self) -> Installed {
        let owned = |file: &File| Owned { path: file.path.clone(), sha256: hex(&Sha256::digest(&file.data)) };
        Installed {
            name: self.name.clone(),
            version: self.version.clone(),
            asked: self.asked,
            needs: self.needs.clone(),
            files: self.files.iter().map(owned).collect(),
        }
    }
}

#[derive(Deserialize)]
struct IndexFile {
    packages: Vec<IndexRow>,
}

#[derive(Deserialize)]
struct IndexRow {
    name: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    license: String,
    /// By bytecode version, `py` for source; oldest first.
    #[serde(default)]
    versions: std::collections::BTreeMap<String, Vec<String>>,
}

/// A package's own description.
#[derive(Deserialize)]
struct Manifest {
    #[serde(default)]
    version: String,
    #[serde(default)]
    hashes: Vec<(String, String)>,
    #[serde(default)]
    urls: Vec<(String, String)>,
    #[serde(default)]
    deps: Vec<(String, String)>,
}

/// What an index has, by name.
pub async fn offers(web: &Web, index: &str) -> Result<Vec<Offer>> {
    let address = format!("{}/index.json", index.trim_end_matches('/'));
    let bytes = web.get(&address).await?.ok_or_else(|| no_index(&address))?;
    let file: IndexFile = json(&address, &bytes)?;
    let offer = |row: IndexRow| {
        let mut versions = row.versions.get("py").cloned().unwrap_or_default();
        versions.sort_by(|a, b| by_number(b, a));
        let version = if row.version.is_empty() { versions.first().cloned().unwrap_or_default() } else { row.version };
        let (description, author) = (row.description, row.author);
        Offer { name: row.name, version, versions, description, author, licence: row.license }
    };
    let mut offers: Vec<_> = file.packages.into_iter().map(offer).collect();
    offers.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(offers)
}

/// `1.10` comes after `1.9`.
fn by_number(a: &str, b: &str) -> std::cmp::Ordering {
    let parts = |text: &str| text.split('.').map(|part| part.parse::<u64>().unwrap_or(0)).collect::<Vec<_>>();
    parts(a).cmp(&parts(b)).then_with(|| a.cmp(b))
}

/// Fetches a package and all that it needs. `bytecode` is what the board says of its own; 0 takes none.
pub async fn fetch(web: &Web, index: &str, wanted: &Wanted, bytecode: u32) -> Result<Vec<Parcel>> {
    let shop = Shop { web, index: index.trim_end_matches('/'), bytecode, source: wanted.source };
    let mut waiting = VecDeque::from([(wanted.name.clone(), wanted.version.clone())]);
    let mut seen = BTreeSet::new();
    let mut parcels = Vec::new();
    while let Some((name, version)) = waiting.pop_front() {
        if !seen.insert(name.clone()) {
            continue;
        }
        if seen.len() > MOST_PACKAGES {
            return Err(bad(&wanted.name, Reason::ManyNeeds { count: MOST_PACKAGES }));
        }
        let (mut parcel, needs) = shop.parcel(&name, &version).await?;
        parcel.asked = parcels.is_empty();
        parcels.push(parcel);
        waiting.extend(needs);
    }
    Ok(parcels)
}

/// Where packages come from, and for whom.
struct Shop<'a> {
    web: &'a Web,
    index: &'a str,
    bytecode: u32,
    source: bool,
}

impl Shop<'_> {
    /// One package, and what it needs.
    async fn parcel(&self, name: &str, version: &str) -> Result<(Parcel, Vec<(String, String)>)> {
        let base = if web::is_address(name) { name.rsplit_once('/').map_or("", |(folder, _)| folder) } else { "" };
        if let Some(single) = single(name) {
            let data = self.file(name, &whole(name, version)?).await?;
            let files = vec![self.checked(name, single.to_owned(), data)?];
            return Ok((
                Parcel { name: name.into(), version: version.into(), asked: false, needs: Vec::new(), files },
                Vec::new(),
            ));
        }
        let (manifest, base) = if web::is_address(name) {
            let (place, base) = if name.ends_with(".json") {
                (name.to_owned(), base)
            } else {
                (format!("{}/package.json", name.trim_end_matches('/')), name.trim_end_matches('/'))
            };
            let address = whole(&place, version)?;
            let bytes = self.web.get(&address).await?.ok_or_else(|| self.no_package(name, version, &address))?;
            (json::<Manifest>(&address, &bytes)?, base)
        } else {
            (self.indexed(name, version).await?, base)
        };
        let files = self.files(name, version, base, &manifest).await?;
        let version = if manifest.version.is_empty() { version.to_owned() } else { manifest.version };
        let needs = manifest.deps.iter().map(|(name, _)| name.clone()).collect();
        Ok((Parcel { name: name.into(), version, asked: false, needs, files }, manifest.deps))
    }

    /// A package of the index: as bytecode if the board runs it and the index has it, else as source.
    async fn indexed(&self, name: &str, version: &str) -> Result<Manifest> {
        let own = self.bytecode & 0xFF;
        let forms = [(own != 0 && !self.source).then(|| own.to_string()), Some("py".to_owned())];
        let newest = if version.is_empty() { "latest" } else { version };
        for form in forms.into_iter().flatten() {
            let address = format!("{}/package/{form}/{name}/{newest}.json", self.index);
            if let Some(bytes) = self.web.get(&address).await? {
                return json(&address, &bytes);
            }
        }
        Err(self.no_package(name, version, self.index))
    }

    async fn files(&self, name: &str, version: &str, base: &str, manifest: &Manifest) -> Result<Vec<File>> {
        let mut files = Vec::new();
        for (path, hash) in &manifest.hashes {
            let sound = hash.len() >= SHORTEST_HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !sound {
                return Err(bad(name, Reason::NoHash { path: path.clone(), hash: hash.clone() }));
            }
            let data = self.file(name, &format!("{}/file/{}/{hash}", self.index, &hash[..2])).await?;
            if !hex(&Sha256::digest(&data)).starts_with(&hash.to_lowercase()) {
                return Err(bad(name, Reason::OtherHash { path: path.clone(), hash: hash.clone() }));
            }
            files.push(self.checked(name, path.clone(), data)?);
        }
        for (path, source) in &manifest.urls {
            let source = if web::is_address(source) { source.clone() } else { format!("{base}/{source}") };
            let data = self.file(name, &whole(&source, version)?).await?;
            files.push(self.checked(name, path.clone(), data)?);
        }
        Ok(files)
    }

    async fn file(&self, name: &str, address: &str) -> Result<Vec<u8>> {
        self.web.get(address).await?.ok_or_else(|| bad(name, Reason::NothingAt { address: address.into() }))
    }

    /// A file that may go below the folder of libraries of this board.
    fn checked(&self, name: &str, path: String, data: Vec<u8>) -> Result<File> {
        let sound = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0', ':']);
        if !path.split('/').all(sound) {
            return Err(bad(name, Reason::Outside { path }));
        }
        if path.ends_with(".mpy") && !self.runs(&data) {
            let found = data.get(1).copied().unwrap_or_default();
            return Err(Error::OtherBytecode { path, found: found.into(), wanted: self.bytecode & 0xFF });
        }
        Ok(File { path, data })
    }

    /// Whether the board runs this bytecode: its version, and if there is machine code in it, its processor
    /// (`_mpy`: version in the low byte, two bits of sub-version, then the processor; the file has them in bytes 1 and 2).
    fn runs(&self, data: &[u8]) -> bool {
        let [BYTECODE, version, features, ..] = *data else { return false };
        let portable = features >> 2 == 0;
        u32::from(version) == self.bytecode & 0xFF && (portable || u32::from(features) == self.bytecode >> 8)
    }

    fn no_package(&self, name: &str, version: &str, place: &str) -> Error {
        let named = if version.is_empty() { name.to_owned() } else { format!("{name} {version}") };
        Error::NoPackage { name: named, place: place.into() }
    }
}

/// The name of the only file, if the package is one.
fn single(name: &str) -> Option<&str> {
    let is_file = web::is_address(name) && (name.ends_with(".py") || name.ends_with(".mpy"));
    is_file.then(|| name.rsplit('/').next().unwrap_or(name))
}

fn whole(name: &str, branch: &str) -> Result<String> {
    web::address(name, branch).ok_or_else(|| bad(name, Reason::NoRepository))
}

fn json<T: DeserializeOwned>(address: &str, bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| bad(address, Reason::NoDescription { words: error.to_string() }))
}

fn no_index(address: &str) -> Error {
    Error::Unreachable { address: address.into(), reason: Reason::NoIndex }
}

fn bad(name: &str, why: Reason) -> Error {
    Error::BadPackage { name: name.into(), why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop(web: &Web, bytecode: u32) -> Shop<'_> {
        Shop { web, index: "http://index", bytecode, source: false }
    }

    #[test]
    fn a_package_writes_nowhere_else() {
        let web = Web::new();
        for path in ["../main.py", "/main.py", "a/../../main.py", "a//b.py", "", "C:\\x", "a/."] {
            assert!(shop(&web, 6).checked("p", path.into(), Vec::new()).is_err(), "{path}");
        }
        assert!(shop(&web, 6).checked("p", "a/b.py".into(), Vec::new()).is_ok());
    }

    #[test]
    fn bytecode_must_be_the_boards() {
        let web = Web::new();
        // Version 6, sub-version 3, processor 5.
        let board = shop(&web, 6 | 3 << 8 | 5 << 10);
        assert!(board.runs(b"M\x06\x00\x1f"));
        assert!(board.runs(b"M\x06\x17\x1f"), "its own processor");
        assert!(!board.runs(b"M\x06\x1b\x1f"), "another processor");
        assert!(!board.runs(b"M\x05\x00\x1f") && !board.runs(b"print(1)") && !board.runs(b"M"));
        assert!(!shop(&web, 0).runs(b"M\x06\x00\x1f"), "this board takes none");
        let refused = board.checked("p", "a.mpy".into(), b"M\x05\x00\x1f".to_vec()).map(drop);
        assert_eq!(refused, Err(Error::OtherBytecode { path: "a.mpy".into(), found: 5, wanted: 6 }));
    }

    #[test]
    fn versions_are_numbers() {
        let mut versions = ["0.9.0", "0.10.1", "0.10", "1.0-rc"];
        versions.sort_by(|a, b| by_number(a, b));
        assert_eq!(versions, ["0.9.0", "0.10", "0.10.1", "1.0-rc"]);
    }
}
