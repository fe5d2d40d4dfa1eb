//! MicroPython itself at the other end of the line: its Unix port, which comes as a module of CPython. What it cannot show is
//! Ctrl-C: this port hears it as a signal of its terminal alone.
//!
//! Behind the feature `stock`: `cargo xtask test stock` installs it and says by `PYTHON` where it is.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use board::{Board, Connection, Outcome, Start, Target};
use nix::pty::openpty;
use nix::sys::termios::{self, SetArg};
use sha2::{Digest, Sha256};

/// Its prompt on a pseudo-terminal, and that behind a socket.
struct Stock {
    child: Child,
    folder: PathBuf,
    address: String,
}

impl Stock {
    fn start() -> Stock {
        let python = std::env::var_os("PYTHON").expect("run this test by `cargo xtask test stock`");
        let folder = std::env::temp_dir().join(format!("taipan-stock-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("it can be made");
        let pty = openpty(None, None).expect("a pseudo-terminal can be had");
        let mut settings = termios::tcgetattr(&pty.slave).expect("it is a terminal");
        termios::cfmakeraw(&mut settings);
        termios::tcsetattr(&pty.slave, SetArg::TCSANOW, &settings).expect("it is a terminal");
        let end = || Stdio::from(pty.slave.try_clone().expect("a file can be doubled"));
        const MAIN: &str = "import micropython_unix as m; m.run_main(['micropython', '-i', '-X', 'heapsize=2M'])";
        let mut command = Command::new(python);
        command.args(["-c", MAIN]).current_dir(&folder);
        let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().expect("it starts");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port can be had");
        let address = listener.local_addr().expect("it has an address").to_string();
        std::thread::spawn(move || {
            let (socket, _) = listener.accept().expect("somebody calls");
            let master = File::from(pty.master);
            carry(master.try_clone().expect("a file can be doubled"), socket.try_clone().expect("a socket can be doubled"));
            carry(socket, master);
        });
        Stock { child, folder, address }
    }
}

impl Drop for Stock {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn carry(mut from: impl Read + Send + 'static, mut to: impl Write + Send + 'static) {
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            if to.write_all(&buffer[..count]).is_err() {
                return;
            }
        }
    });
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
async fn micropython_itself_takes_files_and_programs() {
    let stock = Stock::start();
    let board = attached(&stock).await;
    let noise: Vec<u8> = (0..60_000u32).map(|n| (n.wrapping_mul(n ^ 0x9E37) >> 7) as u8).collect();
    let source = "def f(x):\n    return x + 1\n".repeat(4000).into_bytes();
    for data in [noise, source, Vec::new()] {
        let written = board.write("a file", data.clone()).await;
        assert_eq!(written, Ok(()), "{}", board.traffic().text());
        assert!(std::fs::read(stock.folder.join("a file")).expect("it is there") == data);
        assert!(board.read("a file").await.expect("it is there") == data);
        assert_eq!(board.hash("a file").await, Ok(board::files::hex(&Sha256::digest(&data))));
    }
    board.make_folder("lib").await.expect("the name is free");
    board.write("lib/день.py", b"x = 1\n".to_vec()).await.expect("it fits");
    let names: Vec<_> = board.tree("", true).await.expect("it lists").into_iter().map(|node| node.path).collect();
    assert_eq!(names, ["a file", "lib", "lib/день.py"]);
    let run = board.run("bad.py", "print(1)\n1/0", Start::Keep).await.expect("it starts");
    let Outcome::Raised { traceback } = run.outcome().await else { panic!("it raises") };
    assert_eq!(traceback.exception, "ZeroDivisionError");
    board.list("").await.expect("the board is free");
}
