//! The phrases within sentences: what was being done, and why it could not be.
//!
//! A phrase crosses to the window as its name and what it is about, so that each language has words of its own for it. English is the
//! table below: it is what `Display` writes, and what the window reads as generated text, so it is written down once.

use std::io::ErrorKind;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An enum whose variants are phrases: a row is its name, what it is about, and its English.
macro_rules! phrases {
    ($(#[$about:meta])* $name:ident { $($variant:ident $({ $($field:ident: $kind:ty),+ })? => $english:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(tag = "phrase", rename_all = "camelCase")]
        #[allow(missing_docs)] // the English says it
        pub enum $name { $($variant $({ $($field: $kind),+ })?,)+ }

        impl $name {
            /// Each phrase's name and English, with what it is about in braces.
            pub const ENGLISH: &[(&str, &str)] = &[$((stringify!($variant), $english)),+];
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { $($name::$variant $({ $($field),+ })? => write!(f, $english),)+ }
            }
        }
    };
}

phrases! {
    /// What is being done to a board.
    Doing {
        Prompt => "talking to its prompt",
        Sending => "sending a program",
        Resetting => "resetting it",
        Abilities => "asking what it can do",
        Listing { path: String } => "listing {path}",
        Comparing { path: String } => "comparing {path}",
        Reading { path: String } => "reading {path}",
        Saving { path: String } => "saving {path}",
        MakingFolder { path: String } => "making the folder {path}",
        Removing { path: String } => "removing {path}",
        Renaming { path: String } => "renaming {path}",
        Hashing { path: String } => "hashing {path}",
        Looking { path: String } => "looking at {path}",
        Room { path: String } => "measuring the room on {path}",
        Variables => "reading the variables",
        Modules => "asking which modules it has",
        Identity => "asking who it is",
        Libraries => "asking where its libraries are",
        Home => "asking where its files are",
        Switching => "switching to the new version",
        BackingUp => "making the backup",
        Restoring => "restoring the backup",
        Updating => "bringing the board up to date",
        Copying => "copying",
        Installing { name: String } => "installing {name}",
    }
}

phrases! {
    /// Why something could not be done.
    Reason {
        // The system's
        System { words: String } => "{words}",
        NotThere => "it is not there",
        NotAllowed => "this account may not do that",
        Exists { path: String } => "{path} is there already",
        NameTaken => "something of that name is there already",
        NameTooLong => "its name is too long, or no name",
        DiskReadOnly => "that disk can only be read",
        DiskFull => "the disk of this computer is full",
        // The line
        NoPort => "there is no such port",
        InUse => "another program uses it",
        TakenBy { program: String, pid: u32 } => "{program} (process {pid}) took it over",
        Waiting { program: String } => "{program} has it; it comes here as soon as that lets it go",
        NoAddress => "it is no address of the form HOST:PORT",
        NobodyListens => "nobody listens there",
        NoAnswer { seconds: u32 } => "nobody answered within {seconds} s",
        LineClosed => "it closed the line",
        LineBroke { words: String } => "the line broke ({words})",
        LetGo => "it was let go",
        NotReady { seconds: u32 } => "it was not ready within {seconds} s",
        Stopped { words: String } => "the virtual board stopped ({words})",
        // Files that are kept the same
        FolderHere => "it is a folder here and a file there",
        FolderThere => "it is a file here and a folder there",
        ChangedThere => "it was changed on the board",
        ChangedBoth => "it was changed here and on the board",
        OtherThere => "another file of this name is on the board",
        RemovedHere => "it was removed here and changed on the board",
        // Files of this computer
        BadName => "a file of this computer cannot be called so",
        NameNoText => "its name is no text",
        NameCutsLines => "its name has a tab or a line end: rename it",
        NoFolder => "it is no folder",
        NoFile => "it is no file",
        Outdated => "it changed after the plan was made: make the plan anew",
        NoBackup => "it is no backup of a board",
        NotInArchive { path: String } => "it holds no file {path}",
        InArchive { path: String, words: String } => "{path} in it: {words}",
        // Packages
        NoHost { host: String } => "{host} is not found",
        Answered { code: u16 } => "its server answered with {code}",
        NoIndex => "there is no index",
        ManyNeeds { count: usize } => "it needs more than {count} other packages",
        NoHash { path: String, hash: String } => "{path} has the hash {hash}, which is none",
        OtherHash { path: String, hash: String } => "{path} is not what its hash {hash} says",
        NothingAt { address: String } => "there is nothing at {address}",
        Outside { path: String } => "it wants to write to {path}, outside of the libraries",
        NoRepository => "its address lacks the repository",
        NoDescription { words: String } => "what is there is no description of packages ({words})",
        // Firmware files
        TwoContents { address: String } => "it has two contents for address {address}",
        Empty => "there is nothing in it",
        WrongChecksum => "its checksum is wrong, or it is not as long as it says",
        EndMissing => "its end is missing",
        Malformed { at: usize } => "its sizes do not add up at byte {at}",
        NotAsNamed { form: String } => "it is named as a {form} file and does not look like one",
        NoText { at: usize } => "byte {at} is no text",
        BadRecord { number: usize } => "record {number} is damaged",
        BehindEnd { number: usize } => "record {number} stands behind the end record",
        BadBlock { number: usize } => "block {number} is damaged or of another file",
        BlocksMissing { found: usize, total: usize } => "{found} of its {total} blocks are there",
        // Firmware and chips
        OtherChips { chips: String } => "it is for {chips}, and this chip is an STM32F4",
        OtherMemories { memories: String } => "it is for other memories of the board as well, which its loader numbers {memories}, and the flash alone is written",
        NoProgram => "it does not begin as a program of a Cortex-M does",
        NoFlash { address: String } => "the loader shows no flash at {address}: the chip has none there, or it is the loader's own",
        Protected { address: String } => "the chip's flash at {address} may not be written",
        Straddles { address: String } => "it goes over the start at {address} without beginning there",
        Startless { address: String } => "it replaces what is at {address}, where the chip starts, and has nothing to start with itself",
        TooManySectors => "the chip's flash has too many sectors",
        // What a loader says to it (DFU 1.1, 6.1.2), with what to do
        NotForIt => "this firmware is not for it. Choose a file for this board; it stays in its loader until a whole one is there.",
        NotTrusted => "the firmware is damaged, not signed by whom it trusts, or longer than it says. Fetch it again; the board stays in its loader.",
        NotItsPlaces => "the firmware wants places that it may not have. Choose a file for this board.",
        ReadProtected => "it is protected against reading or writing. Remove that by the chip maker's own tool, which erases the chip; then repeat the update.",
        FlashWornOut => "its flash does not take what is written. Repeat the update; if this happens again, the chip is worn out or write protected.",
        WasReset => "it was reset. Start its loader, then repeat the update.",
        NotTaken => "it did not take a request. Start its loader anew, then repeat the update.",
    }
}

impl Doing {
    /// As the beginning of a sentence: "Saving /main.py".
    pub fn capital(&self) -> String {
        let clause = self.to_string();
        let mut letters = clause.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}

impl From<&std::io::Error> for Reason {
    fn from(error: &std::io::Error) -> Reason {
        match error.kind() {
            ErrorKind::NotFound => Reason::NotThere,
            ErrorKind::PermissionDenied => Reason::NotAllowed,
            ErrorKind::AlreadyExists => Reason::NameTaken,
            ErrorKind::InvalidFilename => Reason::NameTooLong,
            ErrorKind::ReadOnlyFilesystem => Reason::DiskReadOnly,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Reason::DiskFull,
            ErrorKind::ConnectionRefused => Reason::NobodyListens,
            ErrorKind::IsADirectory => Reason::NoFile,
            ErrorKind::NotADirectory => Reason::NoFolder,
            _ => Reason::said(error),
        }
    }
}

impl Reason {
    /// Somebody else's words, which no language of ours has.
    pub fn said(words: &(impl ToString + ?Sized)) -> Reason {
        Reason::System { words: words.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_says_what_it_is_about_and_crosses_by_its_name() {
        let doing = Doing::Saving { path: "/a.py".into() };
        assert_eq!((doing.to_string(), doing.capital()), ("saving /a.py".into(), "Saving /a.py".into()));
        let crossed = serde_json::to_value(&doing).expect("it is plain data");
        assert_eq!(crossed, serde_json::json!({ "phrase": "saving", "path": "/a.py" }));
    }

    #[test]
    fn what_the_system_says_often_is_a_phrase() {
        let refused = std::io::Error::from(ErrorKind::ConnectionRefused);
        assert_eq!(Reason::from(&refused), Reason::NobodyListens);
        assert_eq!(Reason::from(&std::io::Error::other("odd")).to_string(), "odd");
    }
}
