//! How fast files go: ours against a model of two lines, in virtual time, so that neither this computer nor the board counts
//! but the protocol; and `mpremote` beside ours over the same model in real time, where both count.
//!
//! `cargo xtask bench link` runs it with what the second part needs: `TAIPAN`, the host program, and `PYTHON`, one that has
//! mpremote. Figures are those of whole operations, from the first byte to the renamed file.

#[expect(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/rig/mod.rs"]
mod rig;

mod peer;

use board::Board;
use board::sync::{Options, Sync};
use board::transport::Flow;
use rig::wire::{self, Speed};
use rig::{Make, Rig};
use std::path::Path;
use std::time::Duration;
use tokio::time::Instant;

/// A line and what is sent over it: name, speed, flow, KiB.
const LINES: [(&str, Speed, Flow, usize); 2] =
    [("USB, 600 kB/s, 1 ms each way", Speed::USB, Flow::Controlled, 512), ("UART, 115,200 baud", Speed::UART, Flow::Bare, 192)];

/// What a line carries at once: a packet of USB.
const PACKET: usize = 64;

fn main() {
    println!("Virtual time: the protocol alone, KiB/s");
    println!("{:32}{:>12}{:>12}{:>12}{:>12}", "", "up, noise", "up, source", "down", "aim");
    let aims = ["450, 1000", "10.5, 30"];
    for ((name, speed, flow, size), aim) in LINES.into_iter().zip(aims) {
        let figures = virtually(transfers(speed, flow, size));
        let [noise, source, down] = figures.map(|time| size as f64 / time.as_secs_f64());
        println!("{name:32}{noise:>12.1}{source:>12.1}{down:>12.1}{aim:>12}");
    }
    let least = virtually(transfers(Speed::USB, Flow::Controlled, 0)).map(|time| time.as_millis());
    println!("An empty file, USB: {} ms up, {} ms down", least[0], least[2]);
    let same = virtually(no_change());
    println!("A sync of 100 files of which none changed, USB: {:.0} ms (aim: 1000)", same.as_secs_f64() * 1000.0);
    peer::compare();
}

/// Runs on a paused clock.
fn virtually<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("it starts").block_on(work)
}

async fn attached(rig: &Rig, speed: Speed, flow: Flow) -> Board {
    let board = Board::new();
    board.attach_opened(wire::lay(rig.plug(), flow, speed, &[], PACKET)).await.expect("the board answers");
    board.space("/").await.expect("it answers"); // what is asked once for all
    board
}

async fn transfers(speed: Speed, flow: Flow, size: usize) -> [Duration; 3] {
    let rig = Rig::start(Make { blocks: 512, ..Make::default() });
    let board = attached(&rig, speed, flow).await;
    let start = Instant::now();
    board.write("/noise", noise(size << 10)).await.expect("it fits");
    let up = start.elapsed();
    let start = Instant::now();
    board.write("/source", source(size << 10)).await.expect("it fits");
    let up_source = start.elapsed();
    let start = Instant::now();
    board.read("/noise").await.expect("it is there");
    [up, up_source, start.elapsed()]
}

async fn no_change() -> Duration {
    let folder = std::env::temp_dir().join(format!("taipan-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("it can be made");
    for n in 0..100 {
        std::fs::write(folder.join(format!("f{n}.py")), source(2000 + n)).expect("it can be written");
    }
    let rig = Rig::start(Make { blocks: 512, ..Make::default() });
    let board = attached(&rig, Speed::USB, Flow::Controlled).await;
    let mut took = Duration::ZERO;
    for _ in 0..2 {
        let start = Instant::now();
        let mut sync = Sync::open(&board, &folder, "/app").await.expect("it answers");
        let plan = sync.plan(&board, Options::default()).await.expect("it answers");
        sync.apply(&board, &plan, false, |_| {}).await.expect("it fits");
        took = start.elapsed();
    }
    std::fs::remove_dir_all(&folder).expect("it can be removed");
    took
}

/// Bytes without a pattern.
pub fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..count).map(|_| next()).collect()
}

/// Python as people write it: the modules and the test scripts of this house, over and over; far more than the window that
/// deflating looks back.
pub fn source(count: usize) -> Vec<u8> {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut text = Vec::new();
    for folder in ["interpreter/src/modules/frozen", "tests/run"] {
        gather(&house.join(folder), &mut text);
    }
    assert!(text.len() > 100_000, "the scripts were not found");
    text.iter().copied().cycle().take(count).collect()
}

fn gather(folder: &Path, text: &mut Vec<u8>) {
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("it is there").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            gather(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            text.extend(std::fs::read(&path).expect("it can be read"));
        }
    }
}
