//! `cargo xtask bench`: Taipan, MicroPython and CPython on the programs of `tests/bench`, by processor time.
//!
//! The three alternate, round by round, so that a busy moment of the machine meets all of them. A program's time is the least of
//! its rounds, less the least that the same engine needs for an empty program: MicroPython comes as an extension module of
//! CPython, whose own start is no part of the comparison. All three must print the same.

use crate::house::House;
use crate::setup::{self, Part};
use crate::{run, shell};
use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROUNDS: usize = 5;

const MICROPYTHON: &str = "import sys, micropython_unix as m; m.run_main(['micropython', '-X', 'heapsize=64M', sys.argv[1]])";

struct Engine {
    name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
}

/// Measures all programs and prints two tables in seconds, each with the geometric mean of the ratios to Taipan below: the
/// programs of `tests/bench`, and against CPython alone those of `tests/bench/weak`, each of which leans on one thing that is
/// slow in MicroPython (it would take minutes for some).
pub fn bench(house: &House) -> Result<()> {
    setup::ensure(house, &[Part::Build, Part::Peers])?;
    shell::run(house.cargo().args(["build", "--release", "--package", "host"]))?;
    let taipan = Engine { name: "Taipan", program: house.target.join("release/taipan"), arguments: &[] };
    let c = Engine { name: "CPython", program: "python3".into(), arguments: &[] };
    let micro = Engine { name: "MicroPython", program: setup::peers_python(house), arguments: &["-c", MICROPYTHON] };
    table(house, "tests/bench", &[&taipan, &c, &micro])?;
    println!();
    table(house, "tests/bench/weak", &[&taipan, &c])
}

/// Measures how fast files go to a board: against models of lines, and beside mpremote.
pub fn link(house: &House) -> Result<()> {
    setup::ensure(house, &[Part::Build, Part::Clients])?;
    run::build_host(house)?;
    let mut cargo = house.cargo();
    cargo.args(["test", "--quiet", "--package", "board", "--bench", "link"]);
    shell::run(cargo.env("TAIPAN", run::taipan_path(house)).env("PYTHON", setup::clients_python(house)))
}

/// Measures what a letter costs in a text of five thousand lines.
pub fn keystroke(house: &House) -> Result<()> {
    setup::ensure(house, &[Part::Build])?;
    shell::run(house.cargo().args(["bench", "--quiet", "--package", "code", "--bench", "keystroke"]))
}

/// Measures the programs of one folder.
fn table(house: &House, folder: &str, engines: &[&Engine]) -> Result<()> {
    let empty = house.target.join("empty.py");
    std::fs::write(&empty, "").context("the empty program cannot be written")?;
    let start_up = least(engines, &empty)?;
    let cells = |cell: &dyn Fn(usize) -> String| (0..engines.len()).map(|it| format!("{:>14}", cell(it))).collect::<String>();
    println!("{:16}{}   times as fast as {}", folder, cells(&|it| engines[it].name.into()), engines[1].name);
    let mut logarithms = vec![0.0; engines.len()];
    let programs = programs(&house.root.join(folder))?;
    for program in &programs {
        let total = least(engines, program)?;
        // A tick of the clock is the least that can be told from nothing.
        let seconds: Vec<f64> = total.iter().zip(&start_up).map(|(total, start)| (total - start).max(0.001)).collect();
        let name = program.file_stem().expect("a program has a name").to_string_lossy();
        println!("{name:16}{}{:>8.2}", cells(&|it| format!("{:.3}", seconds[it])), seconds[1] / seconds[0]);
        for (sum, time) in logarithms.iter_mut().zip(&seconds) {
            *sum += (time / seconds[0]).ln();
        }
    }
    println!("{:16}{}", "mean ratio", cells(&|it| format!("{:.2}", (logarithms[it] / programs.len() as f64).exp())));
    Ok(())
}

fn programs(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut programs = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    programs.retain(|path| path.extension().is_some_and(|it| it == "py"));
    programs.sort();
    ensure!(!programs.is_empty(), "{} has no programs", folder.display());
    Ok(programs)
}

/// The least processor time of each engine for one program.
fn least(engines: &[&Engine], program: &Path) -> Result<Vec<f64>> {
    let mut least = vec![f64::INFINITY; engines.len()];
    let mut first_text: Option<String> = None;
    for _ in 0..ROUNDS {
        for (engine, best) in engines.iter().zip(&mut least) {
            let before = children_seconds()?;
            let text = shell::capture(Command::new(&engine.program).args(engine.arguments).arg(program))?;
            *best = best.min(children_seconds()? - before);
            let expected = first_text.get_or_insert_with(|| text.clone());
            ensure!(*expected == text, "{} printed {text:?} for {}, not {expected:?}", engine.name, program.display());
        }
    }
    Ok(least)
}

/// Processor time of all ended children.
fn children_seconds() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(microseconds as f64 / 1e6)
}
