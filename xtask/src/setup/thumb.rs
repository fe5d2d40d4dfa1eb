//! A compiler for the bare-metal targets.
//!
//! The ordinary way is rustup, which reads `rust-toolchain.toml` and fetches the targets by itself. Where it cannot, the
//! second way is Debian alone: its `rustc-web` with the matching library source, unpacked (never installed) into a prefix
//! of our own, and `core` built once for each target into that prefix's sysroot. After that plain `cargo build --target`
//! works with nothing unstable. The compiler and the library source must be of one version, so both come from Debian.

use super::debian::{self, entries, file_name};
use crate::house::House;
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The targets that firmware is built for.
const TARGETS: &[&str] = &["thumbv7m-none-eabi", "thumbv7em-none-eabihf"];

/// Change it with what is done below, and prefixes made by older recipes are made anew.
const RECIPE: &str = "3";

/// Which `rustc` builds for bare metal.
pub struct Toolchain {
    /// The program; cargo takes it from the variable `RUSTC`.
    pub rustc: PathBuf,
}

/// Finds a compiler that has all targets, or makes one.
pub fn toolchain(house: &House) -> Result<Toolchain> {
    let sysroot = PathBuf::from(shell::capture(house.command("rustc").args(["--print", "sysroot"]))?);
    if TARGETS.iter().all(|target| sysroot.join("lib/rustlib").join(target).is_dir()) {
        return Ok(Toolchain { rustc: "rustc".into() });
    }
    let prefix = house.cache().join("thumb");
    let stamp = prefix.join("made-by");
    let wanted = format!("{RECIPE} {}", TARGETS.join(" "));
    if !fs::read_to_string(&stamp).is_ok_and(|made| made == wanted) {
        eprintln!("This Rust has no bare-metal targets (`rustup target add {}` would add them).", TARGETS.join(" "));
        eprintln!("Making a compiler that has them from Debian's packages, in {} (about 140 MB to fetch)", prefix.display());
        make(house, &sysroot, &prefix, &wanted).context(
            "no compiler for bare metal: run `rustup target add` as above, or use a system whose apt offers rustc-web (Debian 12)",
        )?;
    }
    Ok(Toolchain { rustc: prefix.join("bin/rustc") })
}

/// Makes the prefix in a folder beside it and renames that at the end: a half-made one is never used.
fn make(house: &House, sysroot: &Path, prefix: &Path, stamp: &str) -> Result<()> {
    let work = prefix.with_extension(format!("{}.tmp", std::process::id()));
    let made = work.join("prefix");
    fs::create_dir_all(made.join("bin")).with_context(|| format!("{} cannot be written", work.display()))?;
    let result = (|| {
        // The compiler moves with Debian's security updates: lists that came with a machine name one that is too old.
        debian::refresh()?;
        shell::during("Fetching Debian's Rust", || download(&work.join("debs")))?;
        shell::during("Unpacking it", || unpack(&work.join("debs"), &work.join("root")))?;
        install(&work.join("root/usr"), sysroot, &made)?;
        for target in TARGETS {
            shell::during(&format!("Building the core library for {target}"), || build_core(house, &work, &made, target))?;
        }
        fs::write(made.join("made-by"), stamp)?;
        if prefix.exists() {
            fs::remove_dir_all(prefix)?;
        }
        Ok(fs::rename(&made, prefix)?)
    })();
    fs::remove_dir_all(&work).with_context(|| format!("{} cannot be removed", work.display()))?;
    result
}

/// Fetches the packages. Two of their names carry versions that move with Debian's security updates, so apt is asked.
fn download(folder: &Path) -> Result<()> {
    let library = debian::dependency("libstd-rust-web-dev", "libstd-rust-web-")?;
    let llvm = debian::dependency(&library, "libllvm")?;
    debian::download(folder, &["rustc-web", "libstd-rust-web-dev", &library, &llvm, "rust-web-src"])
}

/// Unpacks the packages without installing them; of the source only the library.
fn unpack(debs: &Path, root: &Path) -> Result<()> {
    fs::create_dir_all(root)?;
    for deb in entries(debs)? {
        if !file_name(&deb).starts_with("rust-web-src_") {
            shell::capture(Command::new("dpkg").arg("-x").arg(&deb).arg(root))?;
            continue;
        }
        let mut files = Command::new("dpkg-deb").arg("--fsys-tarfile").arg(&deb).stdout(Stdio::piped()).spawn()?;
        let archive = files.stdout.take().expect("the output was asked for");
        let mut tar = Command::new("tar");
        // The folder must come before the pattern, or tar unpacks where it stands.
        tar.arg("-x").arg("-C").arg(root).args(["--wildcards", "./usr/src/*/library"]);
        let tar = tar.stdin(archive).status()?;
        ensure!(files.wait()?.success() && tar.success(), "{} cannot be unpacked", deb.display());
    }
    Ok(())
}

/// Lays the unpacked files out as a toolchain.
fn install(usr: &Path, sysroot: &Path, prefix: &Path) -> Result<()> {
    let rustlib = prefix.join("lib/rustlib");
    fs::create_dir_all(prefix.join("lib"))?;
    let shared = entries(&usr.join("lib"))?.into_iter().find(|it| file_name(it).ends_with("-linux-gnu"));
    for library in entries(&shared.context("Debian's rustc has no shared libraries")?)? {
        if ["libLLVM", "librustc_driver"].iter().any(|name| file_name(&library).starts_with(name)) {
            shell::capture(Command::new("cp").arg("-a").arg(&library).arg(prefix.join("lib")))?;
        }
    }
    shell::capture(Command::new("cp").arg("-a").arg(usr.join("lib/rustlib")).arg(&rustlib))?;
    shell::capture(Command::new("cp").arg(usr.join("bin/rustc")).arg(prefix.join("bin/rustc.bin")))?;
    // Debian's program expects its libraries in /usr/lib. The script finds them wherever the prefix lies.
    let script = "#!/bin/sh\nhere=$(dirname \"$(readlink -f \"$0\")\")\n\
        LD_LIBRARY_PATH=\"$here/../lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\" exec \"$here/rustc.bin\" \"$@\"\n";
    let wrapper = prefix.join("bin/rustc");
    fs::write(&wrapper, script)?;
    shell::capture(Command::new("chmod").args(["+x"]).arg(&wrapper))?;
    link_linker(sysroot, prefix)
}

/// Debian's rustc comes without a linker for bare metal: lends it the one of the toolchain in use, or the system's.
fn link_linker(sysroot: &Path, prefix: &Path) -> Result<()> {
    let host = shell::capture(Command::new(prefix.join("bin/rustc")).args(["--print", "host-tuple"]))?;
    let below = Path::new("lib/rustlib").join(host).join("bin");
    let own = sysroot.join(&below).join("rust-lld");
    let linker = if own.exists() {
        own
    } else {
        debian::install(&["lld"])?;
        PathBuf::from(shell::capture(Command::new("sh").args(["-c", "command -v ld.lld"]))?)
    };
    let folder = prefix.join(&below);
    fs::create_dir_all(&folder)?;
    let link = folder.join("rust-lld");
    if link.symlink_metadata().is_ok() {
        fs::remove_file(&link)?;
    }
    std::os::unix::fs::symlink(linker, link).context("the linker cannot be linked")
}

/// Builds `core`, `alloc` and `compiler_builtins` for one target into the prefix's sysroot.
fn build_core(house: &House, work: &Path, prefix: &Path, target: &str) -> Result<()> {
    let package = work.join("core");
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("src/lib.rs"), "#![no_std]\n")?;
    let profile = "[profile.release]\npanic = \"abort\"\nopt-level = 3\ncodegen-units = 1\nlto = \"off\"\n";
    let manifest =
        format!("[package]\nname = \"core-for-thumb\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n{profile}");
    fs::write(package.join("Cargo.toml"), manifest)?;
    let source = entries(&work.join("root/usr/src"))?.into_iter().next().context("Debian's library source is missing")?;
    // Building the standard library is what these unstable switches are for; they touch this one build only.
    let mut cargo = house.cargo();
    cargo.current_dir(&package).env("RUSTC", prefix.join("bin/rustc")).env("RUSTC_BOOTSTRAP", "1");
    cargo.env("__CARGO_TESTS_ONLY_SRC_ROOT", source.join("library")).env("CARGO_TARGET_DIR", package.join("target"));
    cargo.env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked");
    cargo.args(["build", "-q", "--release", "-Zbuild-std=core,alloc,compiler_builtins", "--target", target]);
    shell::capture(&mut cargo)?;
    let library = prefix.join("lib/rustlib").join(target).join("lib");
    fs::create_dir_all(&library)?;
    for built in entries(&package.join("target").join(target).join("release/deps"))? {
        let name = file_name(&built);
        if name.ends_with(".rlib")
            && ["libcore-", "liballoc-", "libcompiler_builtins-", "librustc_std_workspace_core-"]
                .iter()
                .any(|it| name.starts_with(it))
        {
            fs::copy(&built, library.join(name))?;
        }
    }
    Ok(())
}
