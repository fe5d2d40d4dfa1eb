//! The board's files.

use bytes::Bytes;

use crate::model::{Entry, Space};

/// One thing to be done to the board's files.
#[derive(Debug, Clone)]
#[allow(missing_docs)] // each field is what its name says
pub enum Job {
    List { path: String },
    Read { path: String },
    Write { path: String, data: Bytes },
    MakeFolder { path: String },
    Remove { path: String },
    Rename { from: String, to: String },
    Space { path: String },
    Hash { path: String },
}

/// What a [`Job`] answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each variant is what its name says
pub enum Answer {
    Done,
    Entries(Vec<Entry>),
    Data(Vec<u8>),
    Space(Space),
    Hash(String),
}
