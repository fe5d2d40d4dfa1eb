//! `cargo xtask test`: every test there is, as a table of steps.
//!
//! A step is a row: its name, what must be set up for it, and what is run. All steps run even when one fails, because
//! whoever reads the log wants the whole answer.

use crate::house::House;
use crate::setup::{self, Part};
use crate::{firmware, run, shell, usb};
use anyhow::{Context, Result, bail};
use std::process::Command;
use std::time::Instant;

struct Step {
    name: &'static str,
    about: &'static str,
    needs: &'static [Part],
    run: fn(&House) -> Result<()>,
}

const STEPS: &[Step] = &[
    Step { name: "format", about: "rustfmt agrees with every file", needs: &[], run: format },
    Step { name: "lint", about: "clippy has nothing to say", needs: Part::ALL_CRATES, run: lint },
    Step { name: "crates", about: "the tests of all crates, and the house rules", needs: Part::ALL_CRATES, run: crates },
    Step {
        name: "limits",
        about: "no failed allocation, small heap or deep recursion makes the interpreter crash",
        needs: &[Part::Build],
        run: limits,
    },
    Step {
        name: "firmware",
        about: "the firmwares build and work in QEMU",
        needs: &[Part::Qemu, Part::Thumb, Part::Clients, Part::Volumes],
        run: boot,
    },
    Step {
        name: "serial",
        about: "the same scripts print the same over the serial line of the emulated pyboard",
        needs: &[Part::Qemu, Part::Thumb],
        run: serial,
    },
    Step { name: "pages", about: "the window's pages: types, and tests in a browser's stead", needs: &[Part::Npm], run: pages },
    Step {
        name: "scripts",
        about: "Python scripts print what they must, here and in CPython",
        needs: &[Part::Build],
        run: scripts,
    },
    Step {
        name: "board",
        about: "the board link and the command line talk to the virtual board",
        needs: &[Part::Build],
        run: board,
    },
    Step { name: "stock", about: "the board link talks to MicroPython itself", needs: &[Part::Build, Part::Peers], run: stock },
    Step {
        name: "mpremote",
        about: "the real client talks to the virtual board",
        needs: &[Part::Build, Part::Clients],
        run: mpremote,
    },
    Step {
        name: "volumes",
        about: "other programs read the volumes that are written here, and the other way round",
        needs: &[Part::Build, Part::Volumes, Part::Clients],
        run: volumes,
    },
    Step {
        name: "usb",
        about: "a board on a real USB stack: its line, its updates, unplugged wherever one can",
        needs: &[Part::Build, Part::Guest, Part::Clients, Part::Volumes],
        run: usb,
    },
    Step {
        name: "window",
        about: "the real window with the virtual board, used as a person would",
        needs: &[Part::Build, Part::Window, Part::Screen, Part::Npm, Part::Peers],
        run: window,
    },
];

/// The tests that want something built first (`test = false` in their crate's `Cargo.toml`, so that `cargo test` leaves them out).
const PREPARED: &[&str] = &["boot", "live", "mpremote", "pyboard", "scripts", "serial", "stock", "volumes"];

/// Prints the steps.
pub fn list() -> Result<()> {
    STEPS.iter().for_each(|step| println!("{:10} {}", step.name, step.about));
    Ok(())
}

/// Runs the steps of these names, or all; fails if one of them failed.
pub fn test(house: &House, names: &[String]) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        bail!("there is no step `{unknown}`: see `cargo xtask test --list`");
    }
    let chosen = STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name));
    let results: Vec<_> = chosen.map(|step| (step.name, perform(house, step))).collect();
    let failed: Vec<_> = results.iter().filter(|(_, passed)| !passed).map(|(name, _)| *name).collect();
    println!("{} passed, {} failed", results.len() - failed.len(), failed.len());
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

/// Runs one step and says how it went.
fn perform(house: &House, step: &Step) -> bool {
    println!("── {}: {}", step.name, step.about);
    let start = Instant::now();
    let result = setup::ensure(house, step.needs).and_then(|()| (step.run)(house));
    let seconds = start.elapsed().as_secs_f32();
    match &result {
        Ok(()) => println!("── {}: passed in {seconds:.1} s\n", step.name),
        Err(error) => println!("── {}: FAILED in {seconds:.1} s: {error:#}\n", step.name),
    }
    result.is_ok()
}

fn format(house: &House) -> Result<()> {
    shell::run(house.cargo().args(["fmt", "--all", "--check"]))
}

fn lint(house: &House) -> Result<()> {
    run::build_pages(house)?;
    let deny = ["--", "--deny", "warnings"];
    shell::run(house.cargo_with_all("clippy").arg("--all-targets").args(deny))?;
    let tests = PREPARED.iter().flat_map(|name| ["--test", name]);
    shell::run(house.cargo_with_all("clippy").args(tests).args(deny))?;
    // Names that the smallest interpreter lacks are found when code is made, not when it is checked.
    shell::run(house.cargo().args(["build", "--quiet", "--package", "interpreter", "--no-default-features"]))
}

fn crates(house: &House) -> Result<()> {
    run::build_pages(house)?;
    shell::run(house.cargo_with_all("test").arg("--no-fail-fast"))
}

fn limits(house: &House) -> Result<()> {
    // The features of a desktop that have scripts; its caches hide what a chip would do.
    let features = ["--features", "faults,hashes,ciphers"];
    shell::run(house.cargo().args(["test", "--quiet", "--package", "interpreter"]).args(features).args(["--test", "limits"]))
}

fn boot(house: &House) -> Result<()> {
    // The loader twice: the one that looks at signatures has a limit of its own.
    firmware::build_with(house, firmware::named("bootloader")?, Some(&firmware::Key::of_tests()))?;
    for firmware in firmware::FIRMWARES {
        firmware::build(house, firmware)?;
    }
    shell::run(&mut integration(house, "boot")?)?;
    shell::run(&mut integration(house, "pyboard")?)
}

fn serial(house: &House) -> Result<()> {
    firmware::build(house, firmware::named("pyboard")?)?;
    // What a board lacks, and so skips, is said.
    shell::run(integration(house, "serial")?.args(["--", "--nocapture"]))
}

fn pages(house: &House) -> Result<()> {
    shell::run(house.command("npm").args(["test"]).current_dir(house.root.join("ui")))
}

fn scripts(house: &House) -> Result<()> {
    run::build_host(house)?;
    shell::run(&mut integration(house, "scripts")?)
}

fn board(house: &House) -> Result<()> {
    run::build_host(house)?;
    shell::run(&mut integration(house, "live")?)
}

fn stock(house: &House) -> Result<()> {
    run::build_pages(house)?;
    shell::run(integration(house, "stock")?.env("PYTHON", setup::peers_python(house)))
}

fn mpremote(house: &House) -> Result<()> {
    run::build_host(house)?;
    shell::run(&mut integration(house, "mpremote")?)
}

fn volumes(house: &House) -> Result<()> {
    run::build_host(house)?;
    shell::run(&mut integration(house, "volumes")?)
}

fn usb(house: &House) -> Result<()> {
    usb::play(house, 30, &[])
}

fn window(house: &House) -> Result<()> {
    run::build(house)?;
    let mut scenes = house.command("npm");
    scenes.args(["run", "e2e"]).current_dir(house.root.join("ui"));
    scenes.env("TAIPAN_APP", run::window_path(house)).env("TAIPAN", run::taipan_path(house));
    shell::run(scenes.env("PYTHON", setup::peers_python(house)))
}

/// A test that wants something built first, told where all of that lies.
pub fn integration(house: &House, name: &str) -> Result<Command> {
    debug_assert!(PREPARED.contains(&name), "{name} is linted with the others");
    // They start QEMU by this very program, so that its command line is written down once.
    let xtask = std::env::current_exe().context("this program has no path")?;
    let mut cargo = house.cargo_with_all("test");
    cargo.args(["--test", name]);
    cargo.env("XTASK", xtask).env("TAIPAN", run::taipan_path(house)).env("PYTHON", setup::clients_python(house));
    cargo.env("FIRMWARE", house.target.join("firmware"));
    Ok(cargo)
}
