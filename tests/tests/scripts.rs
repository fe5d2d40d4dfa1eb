//! Python scripts in `tests/run`, each with the output it must give in the `.out` file beside it.
//!
//! A script runs in the program `taipan` with a machine stack of 64 kB, so that recursion which Rust does not bound shows
//! itself. CPython is the oracle: it must print the same, unless the script has a comment line `# not CPython: …` with the reason.
//! `cargo xtask bless` takes what `taipan` printed as the expected text.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tests::{house, program};

/// The longest that a script may take.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn taipan_prints_what_each_script_expects() {
    let taipan = std::env::var_os("TAIPAN").expect("run this test by `cargo xtask test scripts`");
    let bless = std::env::var_os("TAIPAN_BLESS").is_some();
    check(scripts(), |script| {
        let printed = run(Command::new(&taipan).args(["-X", "stack=64K"]).arg(script));
        let expected = script.with_extension("out");
        if bless {
            std::fs::write(&expected, &printed).expect("the expected text can be written");
        }
        compare(&printed, &std::fs::read_to_string(&expected).unwrap_or_default())
    });
}

#[test]
fn cpython_agrees_with_the_expected_text() {
    let claimed = |script: &PathBuf| {
        let text = std::fs::read_to_string(script).expect("a script can be read");
        !text.lines().any(|line| line.starts_with("# not CPython: "))
    };
    check(scripts().into_iter().filter(claimed).collect(), |script| {
        let printed = run(Command::new("python3").arg(script));
        compare(&printed, &std::fs::read_to_string(script.with_extension("out")).unwrap_or_default())
    });
}

fn scripts() -> Vec<PathBuf> {
    let scripts = house::files("tests/run", "py");
    assert!(!scripts.is_empty(), "tests/run has no scripts");
    scripts
}

/// Runs a check on every script, as many at a time as there are processors, and reports all that fail.
fn check(scripts: Vec<PathBuf>, verdict: impl Fn(&Path) -> Result<(), String> + Sync) {
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(script) = scripts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(reason) = verdict(script) {
                        let name = script.strip_prefix(house::root()).expect("a script of the clone").display();
                        failures.lock().expect("no check panics").push(format!("{name}: {reason}"));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no check panics");
    failures.sort();
    assert!(failures.is_empty(), "{} of {} scripts failed:\n{}", failures.len(), scripts.len(), failures.join("\n"));
}

/// What the program printed, errors included at the end, or that it had to be ended.
fn run(command: &mut Command) -> String {
    let Some(ended) = program::run(command, PATIENCE) else {
        return format!("(did not end within {} s)\n", PATIENCE.as_secs());
    };
    let mut printed = String::from_utf8_lossy(&ended.stdout).into_owned();
    printed.push_str(&String::from_utf8_lossy(&ended.stderr));
    if ended.status.code().is_none() {
        printed.push_str(&format!("(ended by {})\n", ended.status));
    }
    printed
}

/// The first line that differs.
fn compare(printed: &str, expected: &str) -> Result<(), String> {
    if printed == expected {
        return Ok(());
    }
    let (mut ours, mut theirs) = (printed.lines(), expected.lines());
    for number in 1.. {
        match (ours.next(), theirs.next()) {
            (Some(ours), Some(theirs)) if ours == theirs => {}
            (None, None) => break,
            (ours, theirs) => {
                return Err(format!("line {number}\n  expected {}\n  printed  {}", shown(theirs), shown(ours)));
            }
        }
    }
    Err("the last line break differs".into())
}

fn shown(line: Option<&str>) -> &str {
    line.unwrap_or("(nothing)")
}
