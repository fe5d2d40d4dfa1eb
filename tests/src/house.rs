//! Where the clone lies, for tests that read its files.

use std::path::{Path, PathBuf};

/// The clone.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests lies in the clone")
}

/// All files below a folder of the clone whose names end in `extension`, sorted; build results are left out.
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(&root().join(folder), extension, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the clone can be read").flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let ours = !["target", "node_modules", "dist", ".git"].iter().any(|other| name == *other);
        if path.is_dir() && ours {
            collect(&path, extension, found);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
}
