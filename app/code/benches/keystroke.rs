//! What a keystroke costs the program behind the window, in a text of five thousand lines: `cargo xtask bench keystroke`.
//!
//! Each letter is told (`edit`), then everything is asked that the editor asks while one types. The window draws the letter before any of
//! it, so these are the times after which its offers are there; the figures of the real window are in `cargo xtask measure`.

use code::{Change, Port, Workspace};
use std::time::{Duration, Instant};

const LINES: usize = 5000;
const LETTERS: usize = 60;
/// A frame of a screen: what is done within it nobody notices.
const FRAME: Duration = Duration::from_millis(16);

/// A function of ten lines, so that names, calls, loops and attributes are as frequent as in programs.
fn function(number: usize) -> String {
    format!(
        "def step_{number}(machine, speed, limit=100):\n    \"\"\"Moves until the limit.\"\"\"\n    total_{number} = 0\n    for index in range(limit):\n        value = machine.read(index) + speed * {number}\n        if value > limit and index % 2:\n            total_{number} += value\n        else:\n            machine.write(index, [item for item in (value, total_{number})])\n    return total_{number}\n"
    )
}

fn main() {
    let mut source = "import math\nimport time\nfrom machine import Pin\n\n".to_owned();
    (0..LINES / 10).for_each(|number| source.push_str(&function(number)));
    let lines = source.lines().count();
    let middle = source[..source.len() / 2].rfind("    return").expect("there are functions");
    let mut workspace = Workspace::new(Port { modules: &[], classes: &[] }, Box::new(|_| None));
    workspace.open(1, None, source);
    let mut questions: Vec<(&str, Vec<Duration>)> =
        ["edit", "edit and complete", "edit and signature", "outline", "findings"].map(|name| (name, Vec::new())).into();
    let mut timed = |row: usize, work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        questions[row].1.push(start.elapsed());
    };
    let mut at = u32::try_from(middle).expect("a text is no longer");
    for letter in "    total = machine.read(step_1(math.sqrt(speed), limit))  # a line".chars().cycle().take(LETTERS) {
        let mut typed = |workspace: &mut Workspace| {
            assert!(workspace.edit(1, &[Change { from: at, to: at, insert: letter.into() }]), "the place is in the text");
            at += 1;
            at
        };
        timed(0, &mut || {
            typed(&mut workspace);
        });
        timed(1, &mut || {
            let at = typed(&mut workspace);
            workspace.complete(1, at);
        });
        timed(2, &mut || {
            let at = typed(&mut workspace);
            workspace.signature(1, at);
        });
        timed(3, &mut || drop(workspace.outline(1)));
        timed(4, &mut || drop(workspace.diagnose(1)));
    }
    println!("{lines} lines, {LETTERS} letters; milliseconds, of which a frame has {}", FRAME.as_millis());
    println!("{:20}{:>9}{:>9}{:>9}", "", "least", "median", "most");
    for (name, mut times) in questions {
        times.sort();
        let shown = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1000.0);
        println!("{name:20}{:>9}{:>9}{:>9}", shown(times[0]), shown(times[times.len() / 2]), shown(times[times.len() - 1]));
    }
}
