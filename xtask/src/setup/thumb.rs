//! A compiler for the bare-metal targets, and its `core` built for them as an image wants it.
//!
//! The compiler is rustup's, with the library's source that `rust-toolchain.toml` asks for. Where rustup may fetch nothing, it is Debian's
//! `rustc-web` with the matching source, unpacked (never installed) into a prefix of our own. Either way that prefix gets two targets
//! of ours, which are the compiler's own but for frame pointers, and `core` built once for each: for size, and with panics that are an
//! instruction and no call. A script lends that compiler the prefix, so plain `cargo build --target` works. Targets from a file and
//! such panics are switches that the compiler calls unstable; they are named here and nowhere else, and reach crates for a board alone.

use super::debian::{self, entries, file_name};
use crate::house::House;
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The targets that firmware is built for, each with the compiler's own that it is made of.
const TARGETS: &[(&str, &str)] =
    &[("thumbv7m-taipan-eabi", "thumbv7m-none-eabi"), ("thumbv7em-taipan-eabihf", "thumbv7em-none-eabihf")];

/// Change it with what is done below, and prefixes made by older recipes are left alone.
const RECIPE: &str = "4";

/// Where a toolchain of rustup's has the source of the library, if it has.
const SOURCE: &str = "lib/rustlib/src/rust/library";

/// Which `rustc` builds for bare metal.
pub struct Toolchain {
    /// The program; cargo takes it from the variable `RUSTC`.
    pub rustc: PathBuf,
}

/// Makes the compiler, unless it was made before.
pub fn toolchain(house: &House) -> Result<Toolchain> {
    let sysroot = PathBuf::from(shell::capture(house.command("rustc").args(["--print", "sysroot"]))?);
    let own = sysroot.join(SOURCE).is_dir();
    let compiler = if own { shell::capture(house.command("rustc").arg("--version"))? } else { "Debian's rustc-web".to_owned() };
    let prefix = house.cache().join(format!("thumb-{RECIPE}"));
    if !is_made(&prefix, &compiler) {
        if !own {
            eprintln!("This Rust lacks the source of its library (`rustup component add rust-src` would add it).");
            eprintln!("Debian's packages have a compiler with it; it goes to {} (about 140 MB to fetch)", prefix.display());
        }
        make(house, &sysroot, &prefix, own, &compiler).context(
            "no compiler for bare metal: run `rustup component add rust-src`, or use a system whose apt offers rustc-web (Debian 12)",
        )?;
    }
    Ok(Toolchain { rustc: prefix.join("bin/rustc") })
}

/// Whether a prefix is whole, and made of that compiler.
fn is_made(prefix: &Path, compiler: &str) -> bool {
    fs::read_to_string(prefix.join("made-of")).is_ok_and(|made| made == compiler)
}

/// Makes the prefix in a folder beside it and renames that at the end: a half-made one is never used.
fn make(house: &House, sysroot: &Path, prefix: &Path, own: bool, stamp: &str) -> Result<()> {
    let work = prefix.with_extension(format!("{}.tmp", std::process::id()));
    let made = work.join("prefix");
    fs::create_dir_all(made.join("bin")).with_context(|| format!("{} cannot be written", work.display()))?;
    let result = (|| {
        let source = if own {
            borrow(sysroot, &made)?;
            sysroot.join(SOURCE)
        } else {
            // The compiler moves with Debian's security updates: lists that came with a machine name one that is too old.
            debian::refresh()?;
            shell::during("Fetching Debian's Rust", || download(&work.join("debs")))?;
            shell::during("Unpacking it", || unpack(&work.join("debs"), &work.join("root")))?;
            install(&work.join("root/usr"), sysroot, &made)?;
            let versions = entries(&work.join("root/usr/src"))?;
            versions.first().context("Debian's library source is missing")?.join("library")
        };
        for (target, like) in TARGETS {
            describe(&made, target, like)?;
            shell::during(&format!("Building the core library for {target}"), || {
                build_core(house, &work, &made, &source, target)
            })?;
        }
        fs::write(made.join("made-of"), stamp)?;
        // Another clone may have been quicker, and use it.
        if is_made(prefix, stamp) {
            return Ok(());
        }
        if prefix.exists() {
            fs::remove_dir_all(prefix)?;
        }
        Ok(fs::rename(&made, prefix)?)
    })();
    fs::remove_dir_all(&work).with_context(|| format!("{} cannot be removed", work.display()))?;
    result
}

/// Makes the prefix one of rustup's compiler, which stays where it is.
fn borrow(sysroot: &Path, prefix: &Path) -> Result<()> {
    let compiler = sysroot.join("bin/rustc");
    let host = shell::capture(Command::new(&compiler).args(["--print", "host-tuple"]))?;
    fs::create_dir_all(prefix.join("lib/rustlib"))?;
    symlink(sysroot.join("lib/rustlib").join(&host), prefix.join("lib/rustlib").join(host))?;
    wrap(prefix, &format!("exec '{}' --sysroot \"$here/..\" \"$@\"", compiler.display()))
}

/// Writes the prefix's `rustc`: a script that ends in `call`. `$here` is its folder.
fn wrap(prefix: &Path, call: &str) -> Result<()> {
    let script = format!(
        "#!/bin/sh\nhere=$(dirname \"$(readlink -f \"$0\")\")\ncase \" $* \" in *\" --target thumbv7\"*-taipan-*)\n    \
         export RUSTC_BOOTSTRAP=1\n    set -- \"$@\" -Zunstable-options -Cpanic=immediate-abort ;;\nesac\n{call}\n"
    );
    let wrapper = prefix.join("bin/rustc");
    fs::write(&wrapper, script)?;
    shell::capture(Command::new("chmod").arg("+x").arg(wrapper)).map(drop)
}

/// Writes what a target is: the compiler's own, without frame pointers (21 kB of an image), which it forces on every program.
fn describe(prefix: &Path, target: &str, like: &str) -> Result<()> {
    let mut rustc = Command::new(prefix.join("bin/rustc"));
    let own = shell::capture(rustc.env("RUSTC_BOOTSTRAP", "1").args([
        "-Zunstable-options",
        "--print",
        "target-spec-json",
        "--target",
        like,
    ]))?;
    let mut own: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&own)?;
    own.remove("frame-pointer").context("the compiler's target forces no frame pointers: ours is not needed any more")?;
    let folder = prefix.join("lib/rustlib").join(target);
    fs::create_dir_all(folder.join("lib"))?;
    Ok(fs::write(folder.join("target.json"), serde_json::to_string_pretty(&own)?)?)
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
    wrap(prefix, "LD_LIBRARY_PATH=\"$here/../lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\" exec \"$here/rustc.bin\" \"$@\"")?;
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
    symlink(linker, link).context("the linker cannot be linked")
}

/// Builds `core`, `alloc` and `compiler_builtins` for one target into the prefix's sysroot.
fn build_core(house: &House, work: &Path, prefix: &Path, source: &Path, target: &str) -> Result<()> {
    let package = work.join("core");
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("src/lib.rs"), "#![no_std]\n")?;
    let profile = "[profile.release]\npanic = \"abort\"\nopt-level = \"z\"\ncodegen-units = 1\nlto = \"off\"\n";
    let manifest =
        format!("[package]\nname = \"core-for-thumb\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n{profile}");
    fs::write(package.join("Cargo.toml"), manifest)?;
    // Building the standard library is what these unstable switches are for.
    let mut cargo = house.cargo();
    cargo.current_dir(&package).env("RUSTC", prefix.join("bin/rustc")).env("RUSTC_BOOTSTRAP", "1");
    cargo.env("__CARGO_TESTS_ONLY_SRC_ROOT", source).env("CARGO_TARGET_DIR", package.join("target"));
    cargo.env("RUSTFLAGS", "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked");
    cargo.args(["build", "-q", "--release", "--target", target, "-Zbuild-std=core,alloc,compiler_builtins"]);
    // `mem`: littlefs asks for C's `strlen`.
    cargo.arg("-Zbuild-std-features=compiler-builtins-mem,optimize_for_size");
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
