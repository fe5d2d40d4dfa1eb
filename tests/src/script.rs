//! The Python scripts of `tests/run`: which there are, what they need, and how what was printed is judged.
//!
//! A script that not every target can run says so itself: `# needs: STATEMENT` is Python that raises where the script cannot run
//! (`assert "É".lower() == "é"`); so are the imports that it begins with. A runner asks its target and knows no script by name.

use crate::house;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A script with what belongs to it.
pub struct Script {
    /// Where it lies.
    pub path: PathBuf,
    /// Its text.
    pub source: String,
}

impl Script {
    /// The statements that must not raise where it runs: what it says, and what it imports first.
    pub fn needs(&self) -> impl Iterator<Item = &str> {
        let is_import = |line: &&str| line.starts_with("import ") || line.starts_with("from ") && !line.contains('(');
        let code = self.source.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        self.declared().chain(code.take_while(is_import))
    }

    /// What it says that it needs.
    pub fn declared(&self) -> impl Iterator<Item = &str> {
        self.remarks("# needs: ")
    }

    /// Whether CPython must print the same.
    pub fn is_for_cpython(&self) -> bool {
        self.remarks("# not CPython: ").next().is_none()
    }

    /// What its lines say that begin so.
    fn remarks(&self, beginning: &'static str) -> impl Iterator<Item = &str> {
        self.source.lines().filter_map(move |line| line.strip_prefix(beginning))
    }

    /// The file with what it must print.
    pub fn expected(&self) -> PathBuf {
        self.path.with_extension("out")
    }

    /// How people call it.
    pub fn name(&self) -> String {
        self.path.strip_prefix(house::root()).expect("a script of the clone").display().to_string()
    }

    /// Whether this is what it must print; else the first line that differs.
    ///
    /// # Errors
    /// That line, as it should be and as it is.
    pub fn judge(&self, printed: &str) -> Result<(), String> {
        compare(printed, &std::fs::read_to_string(self.expected()).unwrap_or_default())
    }
}

/// Every script whose path contains the text of the environment's `TAIPAN_SCRIPT`.
pub fn all() -> Vec<Script> {
    let chosen = std::env::var("TAIPAN_SCRIPT").unwrap_or_default();
    let paths = house::files("tests/run", "py").into_iter().filter(|path| path.to_string_lossy().contains(&chosen));
    let read = |path: PathBuf| Script { source: std::fs::read_to_string(&path).expect("a script can be read"), path };
    let scripts: Vec<_> = paths.map(read).collect();
    assert!(!scripts.is_empty(), "tests/run has no such scripts");
    scripts
}

/// Runs a check on every script, by as many workers as there are processors, each with a tool of its own, and reports all that fail.
#[track_caller]
pub fn check<T>(scripts: &[Script], tool: impl Fn() -> T + Sync, verdict: impl Fn(&mut T, &Script) -> Result<(), String> + Sync) {
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from).min(scripts.len()) {
            scope.spawn(|| {
                let mut tool = tool();
                while let Some(script) = scripts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(reason) = verdict(&mut tool, script) {
                        failures.lock().expect("no check panics").push(format!("{}: {reason}", script.name()));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no check panics");
    failures.sort();
    assert!(failures.is_empty(), "{} of {} scripts failed:\n{}", failures.len(), scripts.len(), failures.join("\n"));
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
