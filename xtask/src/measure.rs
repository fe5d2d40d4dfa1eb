//! `cargo xtask measure`: how long the window takes until one can type, and its memory, written into `app/MEASURED.md`.
//!
//! Measured on what is shipped, in turns with WebKitGTK's own bare browser window, so that the page says what is ours and what the
//! engine costs anybody.

use crate::house::House;
use crate::setup::{self, Part};
use crate::{bundle, shell};
use anyhow::{Context, Result};
use serde::Deserialize;

#[derive(Deserialize)]
struct Measured {
    rounds: u32,
    /// As the engine draws by itself.
    bare: Figures,
    /// Drawn as ours is.
    plain: Figures,
    ours: Figures,
    /// The shortest start, in milliseconds.
    best: f64,
    keystroke: Keystroke,
}

/// Milliseconds from a key to the end of the frame that shows its letter.
#[derive(Deserialize)]
struct Keystroke {
    least: f64,
    median: f64,
    most: f64,
}

#[derive(Deserialize)]
struct Figures {
    /// Milliseconds until one can type.
    start: f64,
    /// KiB of the window's processes.
    window: f64,
    /// KiB of the virtual board's.
    board: f64,
}

const AIM_SECONDS: f64 = 1.0;
const AIM_MIB: f64 = 30.0;

/// Measures and writes the page.
pub fn measure(house: &House) -> Result<()> {
    setup::ensure(house, &[Part::Build, Part::Window, Part::Screen, Part::Npm])?;
    let programs = bundle::programs(house)?;
    let result = house.target.join("measured.json");
    let mut scenes = house.command("npm");
    scenes.args(["run", "--silent", "e2e"]).current_dir(house.root.join("ui")).env("TAIPAN_SCENES", "e2e/measure/*.e2e.ts");
    shell::run(scenes.env("TAIPAN_APP", programs.join("app")).env("TAIPAN_MEASURED", &result).env_remove("TAIPAN"))?;
    let measured = std::fs::read(&result).context("the window's scene wrote no figures")?;
    let page = page(&serde_json::from_slice(&measured)?);
    print!("{page}");
    std::fs::write(house.root.join("app/MEASURED.md"), page).context("app/MEASURED.md cannot be written")
}

fn page(it: &Measured) -> String {
    let second = |milliseconds: f64| format!("{:.2} s", milliseconds / 1000.0);
    let mib = |kib: f64| format!("{:.1} MiB", kib / 1024.0);
    format!(
        "# What the window costs\n\n\
         Written by `cargo xtask measure`: medians of {} starts each of the shipped program and of a bare window with a text field\n\
         (WebKitGTK's MiniBrowser), in turns, under Xvfb on a computer without a GPU. Memory is proportional (PSS), of all processes.\n\
         Start times grow with what else the computer does; memory hardly.\n\n\
         Without a GPU the engine lets the processor play OpenGL; Taipan does not let it (`app/src/desktop`). So there are two bare windows:\n\
         as the engine draws by itself, and drawn as Taipan is.\n\n\
         | | Taipan | bare window | above it | bare, drawn alike | above it | aim |\n|---|--:|--:|--:|--:|--:|---|\n\
         | start to typing | {} (best {}) | {} | {} | {} | {} | at most {AIM_SECONDS:.1} s |\n\
         | memory of the window, its virtual board connected | {} | {} | {} | {} | {} | at most {AIM_MIB:.0} MiB above |\n\
         | memory of the virtual board | {} | | | | | |\n\n\
         A letter in a text of 5,000 lines, from the key to the end of the work on the frame that shows it, in milliseconds: least {:.1},\n\
         median {:.1}, most {:.1} (aim: 16). What the program behind the window does meanwhile is in `cargo xtask bench keystroke`.\n",
        it.rounds,
        second(it.ours.start),
        second(it.best),
        second(it.bare.start),
        second(it.ours.start - it.bare.start),
        second(it.plain.start),
        second(it.ours.start - it.plain.start),
        mib(it.ours.window),
        mib(it.bare.window),
        mib(it.ours.window - it.bare.window),
        mib(it.plain.window),
        mib(it.ours.window - it.plain.window),
        mib(it.ours.board),
        it.keystroke.least,
        it.keystroke.median,
        it.keystroke.most,
    )
}
