//! The files that a new file system begins with.

use interpreter::vfs::{Errno, FileSystem, OpenMode};

const FILES: &[(&str, &str)] = &[
    ("boot.py", "# boot.py: runs first, at every start, also when a tool has connected.\n"),
    ("main.py", "# main.py: runs after boot.py. Put your program here.\n"),
    ("README.txt", "The files of this board. boot.py runs first, then main.py; modules go into lib/.\n"),
];

/// Writes them.
///
/// # Errors
/// What the file system answers.
pub fn write(files: &dyn FileSystem) -> Result<(), Errno> {
    for (path, text) in FILES {
        let file = files.open(path, OpenMode::WRITE)?;
        let written = files.write(file, text.as_bytes());
        files.close(file)?;
        written?;
    }
    files.make_dir("lib")
}
