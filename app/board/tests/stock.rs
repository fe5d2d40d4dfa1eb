//! MicroPython itself at the other end of the line, and what firmware is like that is older, or CircuitPython: `stock.py` says how.
//!
//! `cargo xtask test stock` installs it and says by `PYTHON` where it is.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use board::{Board, Connection, Error, Event, Outcome, Start, Target};
use sha2::{Digest, Sha256};

const KINDS: [&str; 3] = ["micropython", "old", "circuitpython"];

/// A board behind a TCP port.
struct Stock {
    child: Child,
    /// Its end ends the board.
    stdin: Option<ChildStdin>,
    folder: PathBuf,
    address: String,
}

impl Stock {
    fn start(words: &[&str]) -> Stock {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let python = std::env::var_os("PYTHON").expect("run this test by `cargo xtask test stock`");
        let name = format!("taipan-stock-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("it can be made");
        let mut command = Command::new(python);
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stock.py")).args(&words[..1]).arg(&folder).args(&words[1..]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut said = String::new();
        let stdout = child.stdout.take().expect("it was piped");
        BufReader::new(stdout).read_line(&mut said).expect("it says where it is");
        let address = said.trim().rsplit(' ').next().expect("a line has a last word").to_owned();
        Stock { stdin: child.stdin.take(), child, folder, address }
    }
}

impl Drop for Stock {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Attaches as soon as its prompt is there.
async fn attached(stock: &Stock) -> Board {
    let board = Board::new();
    board.attach(Target::Tcp { address: stock.address.clone() }).await.expect("it listens");
    let ready = board.wait_for(|state| *state == Connection::Ready);
    tokio::time::timeout(Duration::from_secs(30), ready).await.expect("it shows its prompt");
    board
}

#[tokio::test]
async fn it_takes_files_and_programs() {
    for kind in KINDS {
        let stock = Stock::start(&[kind]);
        let board = attached(&stock).await;
        let noise: Vec<u8> = (0..20_000u32).map(|n| (n.wrapping_mul(n ^ 0x9E37) >> 7) as u8).collect();
        let source = "def f(x):\n    return x + 1\n".repeat(1000).into_bytes();
        for data in [noise, source, Vec::new()] {
            let written = board.write("a file", data.clone()).await;
            assert_eq!(written, Ok(()), "{kind}: {}", board.traffic().text());
            assert!(std::fs::read(stock.folder.join("a file")).expect("it is there") == data, "{kind}");
            assert!(board.read("a file").await.expect("it is there") == data, "{kind}");
            assert_eq!(board.hash("a file").await, Ok(board::files::hex(&Sha256::digest(&data))), "{kind}");
        }
        board.make_folder("lib").await.expect("the name is free");
        board.write("lib/день.py", b"x = 1\n".to_vec()).await.expect("it fits");
        let names: Vec<_> = board.tree("", true).await.expect("it lists").into_iter().map(|node| node.path).collect();
        assert_eq!(names, ["a file", "lib", "lib/день.py"], "{kind}");
        let run = board.run("bad.py", "print(1)\n1/0", Start::Keep).await.expect("it starts");
        let Outcome::Raised { traceback } = run.outcome().await else { panic!("it raises") };
        assert_eq!(traceback.exception, "ZeroDivisionError", "{kind}");
        board.list("").await.expect("the board is free");
    }
}

#[tokio::test]
async fn an_endless_loop_is_started_afresh_and_stopped() {
    for kind in KINDS {
        let stock = Stock::start(&[kind]);
        let board = attached(&stock).await;
        let run = board.run("loop.py", "while True: pass", Start::Fresh).await.expect("it starts");
        assert_eq!(board.list("").await, Err(Error::Busy { program: Some("loop.py".into()) }), "{kind}");
        run.interrupt().await.expect("it stops");
        assert_eq!(run.outcome().await, Outcome::Interrupted, "{kind}");
        board.list("").await.expect("the board is free");
    }
}

#[tokio::test]
async fn circuitpython_says_who_it_is_and_waits_for_a_key_after_its_program() {
    let stock = Stock::start(&["circuitpython"]);
    let board = attached(&stock).await;
    let identity = board.identity().expect("it says so");
    assert_eq!(identity.firmware, "Adafruit CircuitPython 9.2.1 on 2024-11-20");
    assert_eq!(identity.machine, "Raspberry Pi Pico with rp2040");
    let mut events = board.subscribe();
    board.soft_reset().await.expect("it is at its prompt");
    let mut said = Vec::new();
    while !String::from_utf8_lossy(&said).contains("Press any key") {
        if let Some(Event::Terminal { bytes }) = events.next().await {
            said.extend(bytes);
        }
    }
    assert_eq!(board.state(), Connection::Running { program: None });
    board.stop().await.expect("a key brings the prompt");
    assert_eq!(board.state(), Connection::Ready);
    board.list("").await.expect("the board is free");
}

#[tokio::test]
async fn a_disk_that_is_read_only_or_full_is_told_and_nothing_changes() {
    let stock = Stock::start(&["circuitpython", "--read-only"]);
    let board = attached(&stock).await;
    assert_eq!(board.write("a.py", b"x = 1".to_vec()).await, Err(Error::ReadOnly { path: "a.py".into() }));
    assert_eq!(board.make_folder("lib").await, Err(Error::ReadOnly { path: "lib".into() }));
    board.list("").await.expect("the board is free");

    let stock = Stock::start(&["micropython", "--room", "4096"]);
    let board = attached(&stock).await;
    board.write("a.py", vec![b'x'; 2048]).await.expect("it fits");
    let written = board.write("b.py", vec![b'y'; 2500]).await;
    assert_eq!(written, Err(Error::NoSpace { path: "b.py".into(), needed: 2560, free: 2048, in_place: false }));
    let written = board.write("a.py", vec![b'y'; 2500]).await;
    assert_eq!(written, Err(Error::NoSpace { path: "a.py".into(), needed: 2560, free: 2048, in_place: true }));
    board.replace("a.py", vec![b'y'; 2500]).await.expect("the old one has gone");
    let names: Vec<_> = board.list("").await.expect("it lists").into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, ["a.py"]);
}
