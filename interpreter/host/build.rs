//! Tells compiled code of this interpreter from that of any other: by a number that every change of the interpreter's text changes. So nobody has
//! to remember that what he changed in the compiler makes kept code (`src/keeper.rs`) another one.

use std::path::{Path, PathBuf};

/// What files are written in.
const TEXT: &str = "../src";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={TEXT}");
    let mut files = Vec::new();
    collect(Path::new(TEXT), &mut files);
    files.sort();
    // FNV-1a, in 32 bits.
    let mut number = 0x811c_9dc5_u32;
    for file in files {
        for byte in std::fs::read(&file).expect("the interpreter's text can be read") {
            number = (number ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    println!("cargo:rustc-env=INTERPRETER={number}");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the interpreter's text lies beside this").flatten() {
        match entry.path() {
            path if path.is_dir() => collect(&path, files),
            path => files.push(path),
        }
    }
}
