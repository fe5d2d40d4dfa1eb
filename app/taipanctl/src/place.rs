//! Where something is: a board, a path on it (`:lib/a.py`), a path of this computer (`lib/a.py`).

use crate::Failed;
use board::{Guess, Port, Target, discover};
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::str::FromStr;

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

/// The board that was meant.
pub fn target(words: Option<&str>, baud: u32) -> Result<Target, Failed> {
    match words {
        Some("virtual") => Ok(virtual_board(&default_image()?)),
        Some(words) => Ok(match (words.strip_prefix("virtual:"), words.strip_prefix("tcp:")) {
            (Some(image), _) => virtual_board(Path::new(image)),
            (_, Some(address)) => Target::Tcp { address: address.to_string() },
            _ => Target::Serial { port: words.to_string(), baud },
        }),
        None => only(&discover::ports()).map(|port| Target::Serial { port, baud }).map_err(Failed::Words),
    }
}

/// The only port that may be a board.
fn only(ports: &[Port]) -> Result<String, String> {
    let likely: Vec<&Port> = ports.iter().filter(|port| port.guess != Guess::Unknown).collect();
    match &likely[..] {
        [port] => Ok(port.name.clone()),
        [] => Err("no board is plugged in; say --board PORT if there is one, or --board virtual for one without hardware".into()),
        several => {
            let names: Vec<&str> = several.iter().map(|port| port.name.as_str()).collect();
            Err(format!("there are several boards ({}); say which with --board", names.join(", ")))
        }
    }
}

fn virtual_board(image: &Path) -> Target {
    // The program beside this one, unless the environment names another.
    let program = std::env::var("TAIPAN").unwrap_or_default();
    Target::Virtual { program, image: image.display().to_string() }
}

/// The flash of the virtual board between two calls.
fn default_image() -> Result<PathBuf, Failed> {
    let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    let folder = data.or_else(home).unwrap_or_else(std::env::temp_dir).join("taipan");
    let made = std::fs::create_dir_all(&folder);
    made.map_err(|error| Failed::Words(format!("{} could not be made: {error}; say virtual:IMAGE", folder.display())))?;
    Ok(folder.join("virtual-board.img"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(only(&[board.clone(), other.clone()]), Ok("a".into()));
        assert!(only(&[other]).is_err_and(|words| words.contains("virtual")));
        assert!(only(&[board, bridge]).is_err_and(|words| words.contains("a, b")));
    }

    #[test]
    fn a_board_has_three_kinds_of_names() {
        let found = |words| target(Some(words), 9600).ok();
        assert_eq!(found("/dev/ttyACM0"), Some(Target::Serial { port: "/dev/ttyACM0".into(), baud: 9600 }));
        assert_eq!(found("tcp:localhost:2323"), Some(Target::Tcp { address: "localhost:2323".into() }));
        assert!(matches!(found("virtual:a.img"), Some(Target::Virtual { image, .. }) if image == "a.img"));
    }
}
