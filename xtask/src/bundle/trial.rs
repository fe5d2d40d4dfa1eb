//! `cargo xtask bundle --test`: installs what was packed into an empty root, and starts it as a person would.

use super::stage::PROGRAMS;
use super::{Bundle, VERSION};
use crate::house::House;
use crate::shell;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Installs, looks at everything, starts; `again` packs once more.
pub fn trial(house: &House, bundle: &Bundle, again: impl Fn() -> Result<Bundle>) -> Result<()> {
    let root = house.target.join("bundle/root");
    check("packed twice, it is the same bytes", || same_again(bundle, &again))?;
    check("dpkg installs it into an empty root", || install(&root, &bundle.package))?;
    check("the archive holds the same files", || same_files(house, &root.join("usr"), &bundle.archive))?;
    check("it declares what its programs link with, and no more", || declared(&root, &bundle.package))?;
    check("this system has what it declares", || satisfied(&bundle.package))?;
    check("the desktop's files are sound", || desktop(&root))?;
    check("the rules for boards are sound", || rules(&root))?;
    check("the programs know nothing of this clone", || nameless(house, &root))?;
    check("the window starts, with the board's prompt in it", || start(house, &root))
}

/// Does a check and says that it held.
fn check(what: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    work().with_context(|| format!("it is not so that {what}"))?;
    println!("  {what}");
    Ok(())
}

fn same_again(bundle: &Bundle, again: &impl Fn() -> Result<Bundle>) -> Result<()> {
    let read = |bundle: &Bundle| Ok::<_, anyhow::Error>([fs::read(&bundle.package)?, fs::read(&bundle.archive)?]);
    let first = read(bundle)?;
    ensure!(first == read(&again()?)?, "the package or the archive differs");
    Ok(())
}

/// Unpacks by dpkg itself, whose notes then stand in that root, too.
fn install(root: &Path, package: &Path) -> Result<()> {
    if root.exists() {
        fs::remove_dir_all(root)?;
    }
    for folder in ["var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/dpkg/triggers"] {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::write(root.join("var/lib/dpkg/status"), "")?;
    // Installing whole would run the script in that root, which has no shell.
    shell::capture(dpkg(root).arg("--unpack").arg(package))?;
    let status = shell::capture(dpkg(root).args(["--status", "taipan"]))?;
    ensure!(status.contains(&format!("\nVersion: {VERSION}\n")), "{status}");
    let changed = shell::capture(dpkg(root).args(["--verify", "taipan"]))?;
    ensure!(changed.is_empty(), "{changed}");
    shell::capture(Command::new("sh").arg("-n").arg(root.join("var/lib/dpkg/info/taipan.postinst"))).map(drop)
}

fn dpkg(root: &Path) -> Command {
    let mut dpkg = Command::new("dpkg");
    dpkg.arg(format!("--root={}", root.display())).arg("--force-not-root").arg("--force-script-chrootless");
    dpkg
}

fn same_files(house: &House, installed: &Path, archive: &Path) -> Result<()> {
    let unpacked = house.target.join("bundle/unpacked");
    if unpacked.exists() {
        fs::remove_dir_all(&unpacked)?;
    }
    fs::create_dir_all(&unpacked)?;
    shell::capture(Command::new("tar").arg("--extract").arg("--file").arg(archive).arg("--directory").arg(&unpacked))?;
    let top = unpacked.join(format!("taipan-{VERSION}"));
    shell::capture(Command::new("diff").arg("--recursive").args([&top, installed]))?;
    fs::remove_dir_all(&unpacked)?;
    Ok(())
}

/// The packages of the libraries that the programs name, found without the tool that made the declaration.
fn declared(root: &Path, package: &Path) -> Result<()> {
    let field = shell::capture(Command::new("dpkg-deb").arg("--field").arg(package).arg("Depends"))?;
    let declared: BTreeSet<_> = field.split(", ").filter_map(|it| it.split([' ', '(']).next()).map(str::to_owned).collect();
    let mut needed = BTreeSet::new();
    for (_, name) in PROGRAMS {
        needed.extend(libraries(&root.join("usr/bin").join(name))?.iter().map(|it| owner(it)).collect::<Result<Vec<_>>>()?);
    }
    ensure!(needed == declared, "needed are {needed:?}, declared {declared:?}");
    Ok(())
}

/// Where the system finds the libraries that a program names itself.
fn libraries(program: &Path) -> Result<Vec<PathBuf>> {
    let named = shell::capture(Command::new("readelf").args(["--dynamic", "--wide"]).arg(program))?;
    let named = named
        .lines()
        .filter(|line| line.contains("(NEEDED)"))
        .filter_map(|line| Some(line.split_once('[')?.1.trim_end_matches(']')));
    let places = shell::capture(Command::new("ldd").arg(program))?;
    let place = |name: &str| {
        let line = places.lines().find(|line| line.trim_start().starts_with(name) || line.contains(&format!("/{name} ")));
        let path = line.and_then(|line| line.split_whitespace().find(|word| word.starts_with('/')));
        path.map(PathBuf::from).with_context(|| format!("{} needs {name}, which is nowhere", program.display()))
    };
    named.map(place).collect()
}

/// The Debian package of a library. dpkg may know the file under `/usr/lib` or, from before those were one, `/lib`.
fn owner(library: &Path) -> Result<String> {
    let real = fs::canonicalize(library)?;
    let short = Path::new("/").join(real.strip_prefix("/usr").unwrap_or(&real));
    for path in [library, &real, &short] {
        if let Ok(found) = shell::capture(Command::new("dpkg").arg("--search").arg(path)) {
            return Ok(found.split(':').next().unwrap_or_default().to_owned());
        }
    }
    bail!("no package has {}", library.display())
}

fn satisfied(package: &Path) -> Result<()> {
    let install = ["--simulate", "--no-download", "install"];
    let plan = shell::capture(Command::new("apt-get").args(install).arg(fs::canonicalize(package)?))?;
    let more: Vec<_> = plan.lines().filter(|line| line.starts_with("Inst ") && !line.starts_with("Inst taipan ")).collect();
    ensure!(more.is_empty(), "it would also install {more:?}");
    Ok(())
}

fn desktop(root: &Path) -> Result<()> {
    let entry = root.join("usr/share/applications/org.taipan.ide.desktop");
    shell::capture(Command::new("desktop-file-validate").arg(&entry))?;
    // Without a network, and with no page of the project to name.
    let about = root.join("usr/share/metainfo/org.taipan.ide.metainfo.xml");
    shell::capture(Command::new("appstreamcli").args(["validate", "--no-net"]).arg(about))?;
    for line in fs::read_to_string(entry)?.lines() {
        if let Some(program) = line.strip_prefix("Exec=") {
            ensure!(root.join("usr/bin").join(program).is_file(), "{line} names no program");
        }
    }
    Ok(())
}

/// By udev's own judge, which systems have since version 254; the tests of `board` look at the form in any case.
fn rules(root: &Path) -> Result<()> {
    let rules = root.join("usr/lib/udev/rules.d/70-taipan.rules");
    ensure!(fs::read_to_string(&rules)?.contains("TAG+=\"uaccess\""), "no rule gives access");
    if shell::succeeds(Command::new("udevadm").args(["verify", "--help"])) {
        shell::capture(Command::new("udevadm").arg("verify").arg(rules))?;
    }
    Ok(())
}

fn nameless(house: &House, root: &Path) -> Result<()> {
    let clone = house.root.to_string_lossy().into_owned();
    for (_, name) in PROGRAMS {
        let program = fs::read(root.join("usr/bin").join(name))?;
        let found = program.windows(clone.len()).any(|bytes| bytes == clone.as_bytes());
        ensure!(!found, "{name} names {clone}");
    }
    Ok(())
}

/// In a home without a file, with nothing in the environment that leads back here.
fn start(house: &House, root: &Path) -> Result<()> {
    let home = house.target.join("bundle/home");
    if home.exists() {
        fs::remove_dir_all(&home)?;
    }
    fs::create_dir_all(&home)?;
    let mut scenes = house.command("npm");
    scenes.args(["run", "--silent", "e2e"]).current_dir(house.root.join("ui")).env("TAIPAN_SCENES", "e2e/installed/*.e2e.ts");
    scenes.env("TAIPAN_APP", root.join("usr/bin/taipan-ide")).env("TAIPAN_HOME", home).env_remove("TAIPAN");
    shell::run(&mut scenes)
}
