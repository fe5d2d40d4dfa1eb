//! `cargo xtask bench`: Taipan, MicroPython and CPython on the programs of `tests/bench`, by processor time.
//!
//! The three alternate, round by round, so that a busy moment of the machine meets all of them. A program's time is the least of
//! its rounds, less the least that the same engine needs for an empty program: MicroPython comes as an extension module of
//! CPython, whose own start is no part of the comparison. All three must print the same.

use crate::house::House;
use crate::setup::{self, Part};
use crate::shell;
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

/// Measures all programs and prints a table in seconds, with the geometric mean of the ratios to Taipan below.
pub fn bench(house: &House) -> Result<()> {
    setup::ensure(house, &[Part::Build, Part::Peers])?;
    shell::run(house.cargo().args(["build", "--release", "--package", "host"]))?;
    let engines = [
        Engine { name: "Taipan", program: house.target.join("release/taipan"), arguments: &[] },
        Engine { name: "MicroPython", program: setup::peers_python(house), arguments: &["-c", MICROPYTHON] },
        Engine { name: "CPython", program: "python3".into(), arguments: &[] },
    ];
    let empty = house.target.join("empty.py");
    std::fs::write(&empty, "").context("the empty program cannot be written")?;
    let start_up = least(&engines, &empty)?;
    println!("{:12}{:>12}{:>14}{:>12}", "seconds", engines[0].name, engines[1].name, engines[2].name);
    let mut logarithms = [0.0; 3];
    let programs = programs(house)?;
    for program in &programs {
        let total = least(&engines, program)?;
        // A tick of the clock is the least that can be told from nothing.
        let [ours, micro, c] = std::array::from_fn(|engine| (total[engine] - start_up[engine]).max(0.001));
        let name = program.file_stem().expect("a program has a name").to_string_lossy();
        println!("{name:12}{ours:>12.3}{micro:>14.3}{c:>12.3}");
        for (sum, seconds) in logarithms.iter_mut().zip([ours, micro, c]) {
            *sum += (seconds / ours).ln();
        }
    }
    let [ours, micro, c] = logarithms.map(|sum: f64| (sum / programs.len() as f64).exp());
    println!("{:12}{ours:>12.2}{micro:>14.2}{c:>12.2}", "mean ratio");
    Ok(())
}

fn programs(house: &House) -> Result<Vec<PathBuf>> {
    let folder = house.root.join("tests/bench");
    let mut programs = std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    programs.retain(|path| path.extension().is_some_and(|it| it == "py"));
    programs.sort();
    ensure!(!programs.is_empty(), "{} has no programs", folder.display());
    Ok(programs)
}

/// The least processor time of each engine for one program.
fn least(engines: &[Engine; 3], program: &Path) -> Result<[f64; 3]> {
    let mut least = [f64::INFINITY; 3];
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
