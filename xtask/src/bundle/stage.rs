//! The tree of files that is installed: a table of what comes from where, and what is made on the way.

use super::{VERSION, notices};
use crate::firmware;
use crate::house::House;
use crate::shell;
use anyhow::{Context, Result};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs: what cargo calls them, and what a person does. The window looks for the interpreter beside itself.
pub const PROGRAMS: &[(&str, &str)] = &[("app", "taipan-ide"), ("taipan", "taipan"), ("taipanctl", "taipanctl")];

/// Files of the clone, and their places.
const FILES: &[(&str, &str)] = &[
    ("app/linux/org.taipan.ide.desktop", "usr/share/applications/org.taipan.ide.desktop"),
    ("app/linux/README", "usr/share/doc/taipan/README"),
    ("icons/32x32.png", "usr/share/icons/hicolor/32x32/apps/org.taipan.ide.png"),
    ("icons/128x128.png", "usr/share/icons/hicolor/128x128/apps/org.taipan.ide.png"),
    ("icons/128x128@2x.png", "usr/share/icons/hicolor/256x256/apps/org.taipan.ide.png"),
    ("icons/icon.png", "usr/share/icons/hicolor/512x512/apps/org.taipan.ide.png"),
    ("icons/taipan.svg", "usr/share/icons/hicolor/scalable/apps/org.taipan.ide.svg"),
];

/// What `taipanctl` prints, and the places of it.
const PRINTED: &[(&[&str], &str)] = &[
    (&["udev"], "usr/lib/udev/rules.d/70-taipan.rules"),
    (&["man"], "usr/share/man/man1/taipanctl.1"),
    (&["completions", "bash"], "usr/share/bash-completion/completions/taipanctl"),
    (&["completions", "zsh"], "usr/share/zsh/vendor-completions/_taipanctl"),
    (&["completions", "fish"], "usr/share/fish/vendor_completions.d/taipanctl.fish"),
];

/// The forms of a firmware that are of use to others, ours first.
const IMAGES: &[&str] = &["dfu", "hex"];

/// Makes the tree anew and returns its top.
pub fn stage(house: &House, programs: &Path, stamp: &str) -> Result<PathBuf> {
    let tree = house.target.join("bundle/tree");
    if tree.exists() {
        fs::remove_dir_all(&tree)?;
    }
    for (built, name) in PROGRAMS {
        let place = put(&tree, &format!("usr/bin/{name}"), &read(&programs.join(built))?, 0o755)?;
        shell::run(Command::new("strip").arg("--strip-all").arg(place))?;
    }
    for (from, to) in FILES {
        put(&tree, to, &read(&house.root.join(from))?, 0o644)?;
    }
    for (words, to) in PRINTED {
        let printed = shell::capture(Command::new(tree.join("usr/bin/taipanctl")).args(*words))?;
        put(&tree, to, (printed + "\n").as_bytes(), 0o644)?;
    }
    let firmware = firmware::elf_path(house, firmware::named("pyboard")?);
    for form in IMAGES {
        put(&tree, &format!("usr/share/taipan/firmware/pyboard.{form}"), &read(&firmware.with_extension(form))?, 0o644)?;
    }
    put(&tree, "usr/share/metainfo/org.taipan.ide.metainfo.xml", metainfo(house, stamp)?.as_bytes(), 0o644)?;
    put(&tree, "usr/share/doc/taipan/copyright", notices::notices(house)?.as_bytes(), 0o644)?;
    Ok(tree)
}

fn metainfo(house: &House, stamp: &str) -> Result<String> {
    let date = shell::capture(Command::new("date").args(["--utc", "--date", &format!("@{stamp}"), "+%Y-%m-%d"]))?;
    let text = fs::read_to_string(house.root.join("app/linux/org.taipan.ide.metainfo.xml"))?;
    Ok(text.replace("@VERSION@", VERSION).replace("@DATE@", &date))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Writes a file of the tree, whatever this account's habits of permissions are.
pub fn put(tree: &Path, name: &str, bytes: &[u8], mode: u32) -> Result<PathBuf> {
    let place = tree.join(name);
    let folder = place.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder)?;
    for made in folder.ancestors().take_while(|made| made.starts_with(tree)) {
        fs::set_permissions(made, fs::Permissions::from_mode(0o755))?;
    }
    fs::write(&place, bytes).with_context(|| format!("{} cannot be written", place.display()))?;
    fs::set_permissions(&place, fs::Permissions::from_mode(mode))?;
    Ok(place)
}
