//! The verbs about files: `ls`, `cp`, `rm`, `mkdir`, `cat`, `df`.

use crate::place::Place;
use crate::show::Show;
use crate::{Ended, Failed};
use board::local::{here, inside, replace};
use board::sync::below;
use board::{Board, EntryKind, Error};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// `ls`.
pub async fn list(board: &Board, show: &Show, paths: &[Place], recursive: bool) -> Ended {
    let own = [Place::There(String::new())];
    for place in if paths.is_empty() { &own } else { paths } {
        let path = place.there()?;
        let line = |kind, size: u64, name: &str| match kind {
            EntryKind::Folder => format!("{:>10} {name}/", ""),
            EntryKind::File => format!("{size:>10} {name}"),
        };
        if recursive {
            let nodes = board.tree(path, false).await?;
            show.result(&nodes, || nodes.iter().map(|node| line(node.kind, node.size, &node.path)).collect());
        } else {
            let entries = board.list(path).await?;
            show.result(&entries, || entries.iter().map(|entry| line(entry.kind, entry.size, &entry.name)).collect());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// `cp`.
pub async fn copy(board: &Board, show: &Show, paths: &[Place], recursive: bool, replace: bool) -> Ended {
    let (to, from) = paths.split_last().expect("there are at least two");
    let copy = Copy { board, show, recursive, replace };
    for source in from {
        match (source, to) {
            (Place::Here(source), Place::There(to)) => copy.up(source, to, from.len() > 1).await?,
            (Place::There(source), Place::Here(to)) => copy.down(source, to, from.len() > 1).await?,
            _ => return Err(Failed::Words("cp copies between this computer and the board: one side begins with a colon".into())),
        }
    }
    Ok(ExitCode::SUCCESS)
}

struct Copy<'a> {
    board: &'a Board,
    show: &'a Show,
    recursive: bool,
    replace: bool,
}

impl Copy<'_> {
    async fn up(&self, source: &Path, to: &str, into_folder: bool) -> Result<(), Failed> {
        let name = source.file_name().and_then(|name| name.to_str());
        let named = || name.ok_or_else(|| Failed::Words(format!("{} has no name", source.display())));
        let is_folder = into_folder || to.is_empty() || to.ends_with('/') || self.is_folder(to).await?;
        let target = if is_folder { below(to, named()?) } else { to.to_string() };
        if !source.is_dir() {
            return self.send(source, &target).await;
        }
        if !self.recursive {
            return Err(Failed::Words(format!("{} is a folder: say -r", source.display())));
        }
        let mut waiting = vec![(source.to_path_buf(), target)];
        while let Some((folder, target)) = waiting.pop() {
            match self.board.make_folder(&target).await {
                Ok(()) | Err(Error::Exists { .. }) => {}
                Err(error) => return Err(error.into()),
            }
            for entry in std::fs::read_dir(&folder).map_err(|error| here("read", &folder, &error))? {
                let entry = entry.map_err(|error| here("read", &folder, &error))?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let target = below(&target, &name);
                if entry.path().is_dir() {
                    waiting.push((entry.path(), target));
                } else {
                    self.send(&entry.path(), &target).await?;
                }
            }
        }
        Ok(())
    }

    async fn send(&self, source: &Path, target: &str) -> Result<(), Failed> {
        let data = std::fs::read(source).map_err(|error| here("read", source, &error))?;
        if self.replace {
            self.board.replace(target, data).await?
        } else {
            self.board.write(target, data).await?
        }
        self.show.say(&format!("{} → :{target}", source.display()));
        Ok(())
    }

    async fn down(&self, source: &str, to: &Path, into_folder: bool) -> Result<(), Failed> {
        let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let has_name = !name.is_empty(); // all that the board has, has none
        let target = if has_name && (into_folder || to.is_dir()) { inside(to, name)? } else { to.to_path_buf() };
        if !self.is_folder(source).await? {
            return self.fetch(source, &target).await;
        }
        if !self.recursive {
            return Err(Failed::Words(format!(":{source} is a folder: say -r")));
        }
        for node in self.board.tree(source, false).await? {
            let target = inside(&target, &node.path)?;
            match node.kind {
                EntryKind::Folder => std::fs::create_dir_all(&target).map_err(|error| here("make", &target, &error))?,
                EntryKind::File => self.fetch(&below(source, &node.path), &target).await?,
            }
        }
        Ok(())
    }

    async fn fetch(&self, source: &str, target: &Path) -> Result<(), Failed> {
        let data = self.board.read(source).await?;
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder).map_err(|error| here("make", folder, &error))?;
        }
        replace(target, data).map_err(|error| here("write", target, &error))?;
        self.show.say(&format!(":{source} → {}", target.display()));
        Ok(())
    }

    /// Is this path of the board a folder?
    async fn is_folder(&self, path: &str) -> Result<bool, Failed> {
        match self.board.list(path).await {
            Ok(_) => Ok(true),
            Err(Error::NotFound { .. } | Error::WrongKind { .. } | Error::Raised { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// `rm`.
pub async fn remove(board: &Board, paths: &[Place], recursive: bool) -> Ended {
    for place in paths {
        let path = place.there()?;
        if recursive { board.remove_all(path).await? } else { board.remove(path).await? }
    }
    Ok(ExitCode::SUCCESS)
}

/// `mkdir`.
pub async fn make_folders(board: &Board, paths: &[Place]) -> Ended {
    for place in paths {
        board.make_folder(place.there()?).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `cat`.
pub async fn print(board: &Board, paths: &[Place]) -> Ended {
    for place in paths {
        let data = board.read(place.there()?).await?;
        let mut out = std::io::stdout().lock();
        out.write_all(&data).and_then(|()| out.flush()).map_err(|error| here("write", Path::new("standard output"), &error))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `df`.
pub async fn space(board: &Board, show: &Show, path: &str) -> Ended {
    let space = board.space(path).await?;
    show.result(&space, || vec![format!("{} of {} bytes are free", space.free, space.total)]);
    Ok(ExitCode::SUCCESS)
}
