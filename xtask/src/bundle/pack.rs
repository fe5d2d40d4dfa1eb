//! Packing the tree: as a Debian package by Debian's own tools, and as an archive.

use super::VERSION;
use super::stage::{PROGRAMS, put};
use crate::house::House;
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packs `taipan_VERSION_ARCHITECTURE.deb` into `folder`.
pub fn package(house: &House, tree: &Path, stamp: &str, folder: &Path) -> Result<PathBuf> {
    let architecture =
        shell::capture(Command::new("dpkg").arg("--print-architecture")).context("a package needs Debian's dpkg")?;
    // The control files stand beside the tree only while it is packed, so that the archive has none.
    let staged = folder.join("package");
    if staged.exists() {
        fs::remove_dir_all(&staged)?;
    }
    shell::run(Command::new("cp").args(["--archive", "--no-target-directory"]).args([tree, &staged]))?;
    let control = fs::read_to_string(house.root.join("app/linux/control"))?
        .replace("@VERSION@", VERSION)
        .replace("@ARCHITECTURE@", &architecture)
        .replace("@SIZE@", &kibibytes(tree)?.to_string())
        .replace("@DEPENDS@", &dependencies(tree, folder)?);
    put(&staged, "DEBIAN/control", control.as_bytes(), 0o644)?;
    put(&staged, "DEBIAN/md5sums", sums(tree)?.as_bytes(), 0o644)?;
    put(&staged, "DEBIAN/postinst", &fs::read(house.root.join("app/linux/postinst"))?, 0o755)?;
    date(&staged, stamp)?;
    let package = folder.join(format!("taipan_{VERSION}_{architecture}.deb"));
    let mut build = Command::new("dpkg-deb");
    build.args(["--root-owner-group", "-Zxz", "--build"]).arg(&staged).arg(&package);
    shell::capture(build.env("SOURCE_DATE_EPOCH", stamp))?;
    fs::remove_dir_all(&staged)?;
    Ok(package)
}

/// Packs `taipan-VERSION-linux-PROCESSOR.tar.gz` into `folder`: the tree below `/usr`, to be unpacked anywhere.
pub fn archive(tree: &Path, stamp: &str, folder: &Path) -> Result<PathBuf> {
    let archive = folder.join(format!("taipan-{VERSION}-linux-{}.tar.gz", std::env::consts::ARCH));
    let mut pack = Command::new("tar");
    pack.args(["--create", "--format=gnu", "--sort=name", "--owner=root:0", "--group=root:0", "--numeric-owner"]);
    pack.arg(format!("--mtime=@{stamp}")).arg(format!("--transform=s,^\\.,taipan-{VERSION},"));
    // gzip would note the time of packing.
    pack.args(["--use-compress-program=gzip --no-name --best", "--file"]).arg(&archive);
    shell::capture(pack.arg("--directory").arg(tree.join("usr")).arg("."))?;
    Ok(archive)
}

/// Which packages the programs link with, and of which version at least, by Debian's own reckoning.
fn dependencies(tree: &Path, folder: &Path) -> Result<String> {
    // It insists on being in the source of a package.
    let source = folder.join("source");
    fs::create_dir_all(source.join("debian"))?;
    fs::write(source.join("debian/control"), "Source: taipan\n\nPackage: taipan\nArchitecture: any\n")?;
    let mut ask = Command::new("dpkg-shlibdeps");
    ask.arg("-O").args(PROGRAMS.iter().map(|(_, name)| tree.join("usr/bin").join(name))).current_dir(&source);
    let answer = shell::capture(&mut ask).context("dependencies are found by dpkg-shlibdeps (Debian's dpkg-dev)")?;
    fs::remove_dir_all(&source)?;
    let found = answer.lines().find_map(|line| line.strip_prefix("shlibs:Depends=")).unwrap_or_default();
    ensure!(!found.is_empty(), "dpkg-shlibdeps found nothing that the programs need: {answer}");
    Ok(found.to_owned())
}

fn kibibytes(tree: &Path) -> Result<u64> {
    let total = shell::capture(Command::new("du").args(["--summarize", "--apparent-size", "--block-size=1024"]).arg(tree))?;
    total.split_whitespace().next().unwrap_or_default().parse().context("du printed no number")
}

/// The sums by which `dpkg --verify` sees whether a file was changed.
fn sums(tree: &Path) -> Result<String> {
    let names = shell::capture(Command::new("find").args(["usr", "-type", "f"]).current_dir(tree))?;
    let mut names: Vec<_> = names.lines().collect();
    names.sort_unstable();
    Ok(shell::capture(Command::new("md5sum").args(names).current_dir(tree))? + "\n")
}

/// Gives every file and folder the same time.
fn date(tree: &Path, stamp: &str) -> Result<()> {
    let touch = ["-exec", "touch", "--no-dereference", "--date"];
    shell::capture(Command::new("find").arg(tree).args(touch).arg(format!("@{stamp}")).args(["{}", "+"])).map(drop)
}
