//! Where something is: a board, a path on it (`:lib/a.py`), a path of this computer (`lib/a.py`); and which board `connect` chose.

use crate::Failed;
use board::sync::below;
use board::{Board, Guess, Port, Target, discover, local};
use globset::GlobBuilder;
use std::convert::Infallible;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The variable that names a board for a whole shell.
pub const VARIABLE: &str = "TAIPANCTL_BOARD";

/// A path on either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On the board; relative to where it starts unless there is a slash in front.
    There(String),
    /// On this computer.
    Here(PathBuf),
}

impl FromStr for Place {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Place, Infallible> {
        Ok(match text.strip_prefix(':') {
            Some(path) => Place::There(path.to_string()),
            None => Place::Here(PathBuf::from(text)),
        })
    }
}

impl Place {
    /// The path on the board. Where only a board's path makes sense the colon may be left out.
    pub fn there(&self) -> Result<&str, Failed> {
        match self {
            Place::There(path) => Ok(path),
            Place::Here(path) => path.to_str().ok_or_else(|| Failed::Words(format!("{} is no text", path.display()))),
        }
    }
}

/// The places with those that a pattern of the board means (`:lib/*.py`) in its stead: no shell knows the board's files. A pattern that
/// fits nothing stays as it is, as in a shell.
pub async fn expanded(board: &Board, places: &[Place]) -> Result<Vec<Place>, Failed> {
    let mut all = Vec::new();
    for place in places {
        let found = match place {
            Place::There(pattern) if pattern.contains(['*', '?', '[', '{']) => fitting(board, pattern).await?,
            _ => Vec::new(),
        };
        if found.is_empty() {
            all.push(place.clone());
        }
        all.extend(found.into_iter().map(Place::There));
    }
    Ok(all)
}

/// The paths of the board that a pattern means. It is looked for from the last folder on that is no pattern.
async fn fitting(board: &Board, pattern: &str) -> Result<Vec<String>, Failed> {
    let wrong = |error: globset::Error| Failed::Words(format!("{pattern} is no pattern: {}", error.kind()));
    let matcher = GlobBuilder::new(pattern).literal_separator(true).build().map_err(wrong)?.compile_matcher();
    let plain = &pattern[..pattern.find(['*', '?', '[', '{']).unwrap_or(pattern.len())];
    let folder = plain.rfind('/').map_or("", |slash| &pattern[..slash.max(1)]);
    let names: Vec<String> = if pattern[plain.len()..].contains('/') {
        board.tree(folder, false).await?.into_iter().map(|node| node.path).collect()
    } else {
        board.list(folder).await?.into_iter().map(|entry| entry.name).collect()
    };
    let paths = names.iter().map(|name| below(folder, name));
    Ok(paths.filter(|path| matcher.is_match(path)).collect())
}

/// The board that was meant: by words, else the one that `connect` chose, else the only one that is plugged in.
pub fn target(words: Option<&str>, baud: u32) -> Result<Target, Failed> {
    match words.filter(|words| !words.is_empty()) {
        Some(words) => named(words, baud),
        None => match chosen()? {
            Some(words) => named(&words, baud),
            None => only(&discover::ports()).map(|port| Target::Serial { port, baud }),
        },
    }
}

fn named(words: &str, baud: u32) -> Result<Target, Failed> {
    Ok(match words.split_once(':') {
        None if words == "virtual" => virtual_board(&default_image()?),
        Some(("virtual", image)) => virtual_board(Path::new(image)),
        Some(("tcp", address)) => Target::Tcp { address: address.to_string() },
        Some(("id", serial)) => Target::Serial { port: by_serial(&discover::ports(), serial)?, baud },
        _ => Target::Serial { port: words.to_string(), baud },
    })
}

/// The port of the board with this serial number.
fn by_serial(ports: &[Port], serial: &str) -> Result<String, Failed> {
    let port = ports.iter().find(|port| port.usb.as_ref().is_some_and(|usb| usb.serial.as_deref() == Some(serial)));
    port.map(|port| port.name.clone()).ok_or_else(|| {
        Failed::NoBoard(format!("the board with the number {serial} is not plugged in; `taipanctl list` shows those that are, and `taipanctl connect --forget` takes any"))
    })
}

/// How to name a board so that it is found again at another port, and from another folder.
pub fn lasting_name(words: &str) -> String {
    if let Some(image) = words.strip_prefix("virtual:") {
        return std::path::absolute(image).map_or_else(|_| words.to_owned(), |image| format!("virtual:{}", image.display()));
    }
    let port = discover::ports().into_iter().find(|port| port.name == words);
    let serial = port.and_then(|port| port.usb).and_then(|usb| usb.serial);
    serial.map_or_else(|| words.to_owned(), |serial| format!("id:{serial}"))
}

/// The board that `connect` chose, as it would be named by `--board`.
pub fn chosen() -> Result<Option<String>, Failed> {
    let file = choice_file()?;
    match std::fs::read_to_string(&file) {
        Ok(words) => Ok(Some(words.trim().to_owned()).filter(|words| !words.is_empty())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(local::here("read", &file, &error).into()),
    }
}

/// Chooses a board for the calls that name none; or none, for the only one that is plugged in.
pub fn choose(words: Option<&str>) -> Result<(), Failed> {
    let file = choice_file()?;
    let written = match words {
        Some(words) => local::replace(&file, format!("{words}\n")),
        None => {
            std::fs::remove_file(&file).or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
        }
    };
    Ok(written.map_err(|error| local::here("write", &file, &error))?)
}

fn choice_file() -> Result<PathBuf, Failed> {
    Ok(own_folder("XDG_CONFIG_HOME", ".config")?.join("board"))
}

/// The only port that may be a board.
fn only(ports: &[Port]) -> Result<String, Failed> {
    let likely: Vec<&Port> = ports.iter().filter(|port| port.guess != Guess::Unknown).collect();
    match &likely[..] {
        [port] => Ok(port.name.clone()),
        [] => {
            let words = "no board is plugged in; say --board PORT if there is one, or --board virtual for one without hardware";
            Err(Failed::NoBoard(words.into()))
        }
        several => {
            let names: Vec<&str> = several.iter().map(|port| port.name.as_str()).collect();
            Err(Failed::Words(format!("there are several boards ({}); say which with --board", names.join(", "))))
        }
    }
}

fn virtual_board(image: &Path) -> Target {
    Target::Virtual { program: program(), image: image.display().to_string() }
}

/// The program that is the virtual board: nothing for the one beside this program, unless the environment names another.
pub fn program() -> String {
    std::env::var("TAIPAN").unwrap_or_default()
}

/// The flash of the virtual board between two calls.
pub fn default_image() -> Result<PathBuf, Failed> {
    Ok(own_folder("XDG_DATA_HOME", ".local/share")?.join("virtual-board.img"))
}

/// The folder in which this program keeps something of its own: where the environment says, else below the home folder.
fn own_folder(variable: &str, below_home: &str) -> Result<PathBuf, Failed> {
    // One that is not absolute is none (XDG Base Directory Specification).
    let given = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(below_home));
    let folder = given.or_else(home).unwrap_or_else(std::env::temp_dir).join("taipan");
    std::fs::create_dir_all(&folder).map_err(|error| local::here("make", &folder, &error))?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use board::Usb;

    #[test]
    fn a_colon_means_the_board() {
        assert_eq!(":lib/a.py".parse(), Ok(Place::There("lib/a.py".into())));
        assert_eq!("lib/a.py".parse(), Ok(Place::Here("lib/a.py".into())));
        assert_eq!(":".parse(), Ok(Place::There(String::new())));
    }

    #[test]
    fn a_board_is_chosen_only_without_doubt() {
        let port = |name: &str, guess| Port { name: name.into(), label: name.into(), guess, usb: None };
        let (board, bridge, other) = (port("a", Guess::Board), port("b", Guess::Bridge), port("c", Guess::Unknown));
        assert_eq!(only(&[board.clone(), other.clone()]).ok().as_deref(), Some("a"));
        assert!(only(&[other]).is_err_and(|failed| failed.code() == 3 && failed.message().contains("virtual")));
        assert!(only(&[board, bridge]).is_err_and(|failed| failed.code() == 2 && failed.message().contains("a, b")));
    }

    #[test]
    fn a_board_is_found_by_its_number_wherever_it_is() {
        let usb = |serial: &str| Some(Usb { serial: Some(serial.into()), ..Usb::default() });
        let port = |name: &str, usb| Port { name: name.into(), label: name.into(), guess: Guess::Board, usb };
        let ports = [port("a", usb("1")), port("b", usb("2")), port("c", None)];
        assert_eq!(by_serial(&ports, "2").ok().as_deref(), Some("b"));
        assert!(by_serial(&ports, "3").is_err_and(|failed| failed.code() == 3 && failed.message().contains("connect --forget")));
    }

    #[test]
    fn a_board_has_many_kinds_of_names() {
        let found = |words| target(Some(words), 9600).ok();
        assert_eq!(found("/dev/ttyACM0"), Some(Target::Serial { port: "/dev/ttyACM0".into(), baud: 9600 }));
        assert_eq!(found("tcp:localhost:2323"), Some(Target::Tcp { address: "localhost:2323".into() }));
        assert!(matches!(found("virtual:a.img"), Some(Target::Virtual { image, .. }) if image == "a.img"));
    }
}
