//! What can go wrong in the rim: with files of this computer, and with the program that runs here. The board's troubles pass through.

use std::collections::BTreeMap;
use std::path::Path;

use board::phrase::Reason;
use board::size::Size;
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::encoding::Lack;

/// The result of every command.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a command failed; each sentence says what to do.
#[derive(Debug)]
pub enum Error {
    /// The board did not do it.
    Board(board::Error),
    /// The firmware was not read or not written.
    Firmware(board::flash::Error),
    /// A file of this computer could not be read or written.
    File {
        /// "open", "save".
        doing: &'static str,
        /// The file.
        path: String,
        /// Why.
        reason: Reason,
    },
    /// A file is not text.
    NotText {
        /// The file.
        path: String,
    },
    /// A text has a letter that its encoding has not.
    Lacks {
        /// The file.
        path: String,
        /// Which, and where.
        lack: Lack,
    },
    /// A text is longer than the editor takes.
    TooLong {
        /// The file.
        path: String,
        /// Its bytes.
        size: u64,
    },
    /// A name cannot be given another.
    Rename {
        /// The other one.
        name: String,
        /// Why.
        refusal: code::Refusal,
    },
    /// A search pattern is none.
    Pattern {
        /// In the pattern's terms.
        reason: String,
    },
    /// The interpreter did not start.
    Program {
        /// Its path.
        program: String,
        /// Why.
        reason: Reason,
    },
}

impl Error {
    /// What happened to the file at `path` while `doing`.
    pub fn file(doing: &'static str, path: &Path, reason: impl Into<Reason>) -> Error {
        Error::File { doing, path: path.display().to_string(), reason: reason.into() }
    }

    fn message(&self) -> String {
        match self {
            Error::Board(error) => error.to_string(),
            Error::Firmware(error) => error.to_string(),
            Error::File { doing, path, reason } => {
                format!("Could not {doing} {path}: {reason}. Nothing has changed; try another folder.")
            }
            Error::NotText { path } => {
                format!("{path} is not a text but data (a picture, a program), so the editor cannot show it.")
            }
            Error::Lacks { path, lack: Lack { encoding, letter, line } } => format!(
                "{path} is kept in {encoding}, which has no “{letter}” (line {line}), so it was not saved. Take that out, or write \"# coding: utf-8\" into the first line."
            ),
            Error::TooLong { path, size } => {
                format!("{path} has {}, more than the editor takes. Look into it with another program.", Size(*size))
            }
            Error::Rename { name, refusal } => match refusal {
                code::Refusal::NothingHere => {
                    "No name of this project stands at the caret. Put the caret into one, then try again.".into()
                }
                code::Refusal::NotAName => format!("“{name}” is not a name in Python. Choose letters, digits and _."),
                code::Refusal::Taken => format!("“{name}” means something else here already. Choose another name."),
            },
            Error::Pattern { reason } => format!("This is not a regular expression yet: {reason}"),
            Error::Program { program, reason } => {
                format!(
                    "Could not start {program}: {reason}. If it is missing, install Taipan anew, or set TAIPAN to where it is."
                )
            }
        }
    }
}

impl From<board::Error> for Error {
    fn from(error: board::Error) -> Self {
        Error::Board(error)
    }
}

impl From<board::flash::Error> for Error {
    fn from(error: board::flash::Error) -> Self {
        Error::Firmware(error)
    }
}

/// Crosses as `board::Problem` does: the sentence, the choice for the program, and what it is about, for other languages.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Kind {
            kind: &'static str,
            #[serde(flatten)]
            about: BTreeMap<&'static str, serde_json::Value>,
        }
        #[derive(Serialize)]
        struct Problem<E> {
            message: String,
            error: E,
        }
        let message = self.message();
        let (kind, about) = match self {
            Error::Board(error) => return Problem { message, error }.serialize(serializer),
            Error::Firmware(error) => return Problem { message, error }.serialize(serializer),
            Error::File { path, reason, .. } => ("file", vec![("path", json!(path)), ("reason", json!(reason))]),
            Error::NotText { path } => ("notText", vec![("path", json!(path))]),
            Error::Lacks { path, lack: Lack { encoding, letter, line } } => (
                "lacks",
                vec![("path", json!(path)), ("encoding", json!(encoding)), ("letter", json!(letter)), ("line", json!(line))],
            ),
            Error::TooLong { path, .. } => ("tooLong", vec![("path", json!(path))]),
            Error::Rename { name, refusal } => match refusal {
                code::Refusal::NothingHere => ("renameNothing", vec![]),
                code::Refusal::NotAName => ("renameNotAName", vec![("name", json!(name))]),
                code::Refusal::Taken => ("renameTaken", vec![("name", json!(name))]),
            },
            Error::Pattern { reason } => ("pattern", vec![("reason", json!(reason))]),
            Error::Program { program, reason } => ("program", vec![("program", json!(program)), ("reason", json!(reason))]),
        };
        let about = about.into_iter().collect();
        Problem { message, error: Kind { kind, about } }.serialize(serializer)
    }
}
