//! What a keystroke costs in a file of 5,000 lines: `cargo run --release -p code --example keystroke`.
//!
//! Prints the median of each question's time over a hundred keystrokes at seeded places. The aim is 16 ms end to end for what every
//! keystroke does (edit, completion, signature); outline and findings wait for a pause.

use code::{Change, Port, Workspace};
use std::time::{Duration, Instant};

const LINES: usize = 5000;
const KEYSTROKES: usize = 100;

fn main() {
    let function = |number: usize| {
        format!(
            "def function_{number}(a, b={number}):\n    total = a + b\n    for item in range(total):\n        print(item, total)\n    return total\n\n"
        )
    };
    let source: String = (0..LINES / 6).map(function).collect();
    println!("{} lines, {} bytes", source.lines().count(), source.len());
    let mut workspace = Workspace::new(Port::default(), Box::new(|_| None));
    workspace.open(1, None, source.clone());
    let mut times: [Vec<Duration>; 5] = Default::default();
    let mut place = 1_u32;
    for _ in 0..KEYSTROKES {
        place = place.wrapping_mul(1_103_515_245).wrapping_add(12_345) % source.len() as u32;
        let insert = Change { from: place, to: place, insert: "x".into() };
        let mut time = |kind: usize, work: &mut dyn FnMut(&mut Workspace)| {
            let start = Instant::now();
            work(&mut workspace);
            times[kind].push(start.elapsed());
        };
        time(0, &mut |workspace| assert!(workspace.edit(1, std::slice::from_ref(&insert))));
        time(1, &mut |workspace| drop(workspace.complete(1, place + 1)));
        time(2, &mut |workspace| drop(workspace.signature(1, place + 1)));
        time(3, &mut |workspace| drop(workspace.outline(1)));
        time(4, &mut |workspace| drop(workspace.diagnose(1)));
    }
    for (name, mut times) in ["edit", "complete", "signature", "outline", "diagnose"].into_iter().zip(times) {
        times.sort();
        println!("{name:10} {:7.2} ms", times[KEYSTROKES / 2].as_secs_f64() * 1000.0);
    }
}
