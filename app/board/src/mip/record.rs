//! The record that a board keeps of its packages: a file beside the libraries, so that it goes where the board goes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Installed, Owned};
use crate::board::Board;
use crate::error::{Error, Result};
use crate::sync::below;

/// Its name in the folder of libraries.
pub const NAME: &str = ".mip.json";

/// What is installed, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The packages.
    pub packages: Vec<Installed>,
}

impl Record {
    /// Reads the record of a folder; one that is missing is empty, and one that is no record is taken as missing: the packages
    /// are there all the same, and the next installation begins a new one.
    pub async fn read(board: &Board, folder: &str) -> Result<Record> {
        match board.read(&below(folder, NAME)).await {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
            Err(Error::NotFound { .. }) => Ok(Record::default()),
            Err(error) => Err(error),
        }
    }

    /// Puts the record in place; an empty one goes away.
    pub async fn write(&self, board: &Board, folder: &str) -> Result<()> {
        let path = below(folder, NAME);
        if self.packages.is_empty() {
            return match board.remove(&path).await {
                Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(error),
            };
        }
        board.ensure_folders_above(&path).await?;
        board.write(&path, serde_json::to_vec(self).expect("a record is plain data")).await
    }

    /// Notes a package in place of its older version; returns the files that only the older one had.
    pub fn put(&mut self, mut package: Installed) -> Vec<Owned> {
        let old = self.packages.iter().position(|it| it.name == package.name).map(|at| self.packages.remove(at));
        package.asked |= old.as_ref().is_some_and(|old| old.asked);
        let gone = old.map(|old| old.files).unwrap_or_default();
        let gone = gone.into_iter().filter(|file| package.files.iter().all(|it| it.path != file.path)).collect();
        let at = self.packages.partition_point(|it| it.name < package.name);
        self.packages.insert(at, package);
        gone
    }

    /// Strikes a package out, and with it those that nobody asked for and that nobody needs any more.
    pub fn take(&mut self, name: &str) -> Result<Vec<Installed>> {
        let at = self.packages.iter().position(|it| it.name == name);
        let at = at.ok_or_else(|| Error::NotInstalled { name: name.into() })?;
        let needed_by: Vec<_> =
            self.packages.iter().filter(|it| it.needs.iter().any(|it| it == name)).map(|it| it.name.clone()).collect();
        if !needed_by.is_empty() {
            return Err(Error::Needed { name: name.into(), by: needed_by.join(", ") });
        }
        let mut going = vec![self.packages.remove(at)];
        loop {
            let needed: BTreeSet<_> = self.packages.iter().flat_map(|it| it.needs.clone()).collect();
            let Some(at) = self.packages.iter().position(|it| !it.asked && !needed.contains(&it.name)) else { return Ok(going) };
            going.push(self.packages.remove(at));
        }
    }

    /// Whether a file belongs to one of the packages.
    pub fn owns(&self, path: &str) -> bool {
        self.packages.iter().flat_map(|it| &it.files).any(|file| file.path == path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, asked: bool, needs: &[&str], files: &[&str]) -> Installed {
        Installed {
            name: name.into(),
            version: "1".into(),
            asked,
            needs: needs.iter().map(|it| it.to_string()).collect(),
            files: files.iter().map(|path| Owned { path: path.to_string(), sha256: String::new() }).collect(),
        }
    }

    #[test]
    fn what_nobody_needs_any_more_goes_along() {
        let mut record = Record::default();
        record.put(package("app", true, &["a", "b"], &["app.py"]));
        record.put(package("a", false, &["c"], &["a.py"]));
        record.put(package("b", true, &[], &["b.py"]));
        record.put(package("c", false, &[], &["c.py"]));
        assert_eq!(record.take("c").map(drop), Err(Error::Needed { name: "c".into(), by: "a".into() }));
        let going: Vec<_> = record.take("app").expect("it is there").into_iter().map(|it| it.name).collect();
        assert_eq!(going, ["app", "a", "c"]);
        assert!(record.owns("b.py") && !record.owns("a.py"));
        assert_eq!(record.take("a").map(drop), Err(Error::NotInstalled { name: "a".into() }));
    }

    #[test]
    fn a_newer_version_says_which_files_are_left_over() {
        let mut record = Record::default();
        record.put(package("a", true, &[], &["a.py", "old.py"]));
        let gone = record.put(package("a", false, &[], &["a.py", "new.py"]));
        assert_eq!(gone.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["old.py"]);
        assert!(record.packages.len() == 1 && record.packages[0].asked, "it is still one that somebody asked for");
    }
}
