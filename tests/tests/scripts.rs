//! Python scripts in `tests/run`, each with the output it must give in the `.out` file beside it.
//!
//! A script runs in the program `taipan` with a machine stack of 64 kB, so that recursion which Rust does not bound shows
//! itself. CPython is the oracle: it must print the same, unless the script has a comment line `# not CPython: …` with the reason.
//! `cargo xtask bless` takes what `taipan` printed as the expected text. The same scripts run on boards: `serial.rs`.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;
use tests::program;
use tests::script::{self, Script};

/// The longest that a script may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, which keeps compiled modules among what was built, and not beside the scripts.
fn taipan() -> Command {
    let mut command = Command::new(std::env::var_os("TAIPAN").expect("run this test by `cargo xtask test scripts`"));
    command.env("PYTHONPYCACHEPREFIX", concat!(env!("CARGO_TARGET_TMPDIR"), "/pycache")).env_remove("PYTHONDONTWRITEBYTECODE");
    command
}

#[test]
fn taipan_prints_what_each_script_expects() {
    let bless = std::env::var_os("TAIPAN_BLESS").is_some();
    script::check(
        &script::all(),
        || (),
        |(), script| {
            let printed = run(taipan().args(["-X", "stack=64K"]).arg(&script.path));
            if bless {
                std::fs::write(script.expected(), &printed).expect("the expected text can be written");
            }
            script.judge(&printed)
        },
    );
}

#[test]
fn cpython_agrees_with_the_expected_text() {
    let claimed: Vec<_> = script::all().into_iter().filter(Script::is_for_cpython).collect();
    // Its compiler warns of what scripts do on purpose.
    let cpython = |script: &Script| run(Command::new("python3").args(["-W", "ignore"]).arg(&script.path));
    script::check(&claimed, || (), |(), script| script.judge(&cpython(script)));
}

/// A computer has all that a script may need, so what is never met is misspelt.
#[test]
fn taipan_has_what_scripts_need() {
    let scripts = script::all();
    let needs: BTreeSet<&str> = scripts.iter().flat_map(Script::declared).collect();
    for need in needs {
        assert_eq!(run(taipan().args(["-c", need])), "", "{need}");
    }
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
