//! Ours beside `mpremote`, in real time: both copy a file to the virtual board through a pseudo-terminal that is as slow as
//! the line. What this computer and the board need themselves counts here.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::rig::wire::Speed;
use board::Board;
use board::transport::{Flow, Opened, serial};
use nix::pty::openpty;
use nix::sys::termios::{self, SetArg};

/// A line and the KiB that are sent over it.
const LINES: [(&str, Speed, Flow, usize); 2] =
    [("USB", Speed::USB, Flow::Controlled, 128), ("UART", Speed::UART, Flow::Bare, 32)];
/// Bytes that are moved at once.
const PIECE: usize = 64;

/// Prints the comparison, if there is something to compare with.
pub fn compare() {
    let (Some(taipan), Some(python)) = (std::env::var_os("TAIPAN"), std::env::var_os("PYTHON")) else {
        println!("mpremote is measured by `cargo xtask bench link`");
        return;
    };
    println!("\nReal time through the same model, KiB/s");
    println!("{:8}{:>22}{:>22}{:>24}{:>24}", "", "ours, noise", "ours, source", "mpremote, noise", "mpremote, source");
    for (name, speed, flow, size) in LINES {
        let line = Line::lay(taipan.as_ref(), speed, flow);
        let figures = [crate::noise(size << 10), crate::source(size << 10)];
        let [noise, source] = figures.each_ref().map(|data| size as f64 / line.ours(data).as_secs_f64());
        let [their_noise, their_source] = figures.map(|data| size as f64 / line.theirs(python.as_ref(), &data).as_secs_f64());
        println!("{name:8}{noise:>22.1}{source:>22.1}{their_noise:>24.1}{their_source:>24.1}");
    }
}

/// A virtual board behind a slow pseudo-terminal.
struct Line {
    board: Child,
    folder: std::path::PathBuf,
    port: String,
    flow: Flow,
    _slave: std::os::fd::OwnedFd,
}

impl Line {
    fn lay(taipan: &Path, speed: Speed, flow: Flow) -> Line {
        let folder = std::env::temp_dir().join(format!("taipan-peer-{}-{}", std::process::id(), speed.bytes));
        std::fs::create_dir_all(&folder).expect("it can be made");
        let mut command = Command::new(taipan);
        command.args(["--board", "--image"]).arg(folder.join("flash.img")).args(["--tcp", "127.0.0.1:0"]);
        let mut board = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the virtual board starts");
        let mut said = BufReader::new(board.stdout.take().expect("it is a pipe"));
        let mut first = String::new();
        said.read_line(&mut first).expect("it says where it is");
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let address = first.trim().strip_prefix("board: tcp ").expect("it says where it is");
        let socket = TcpStream::connect(address).expect("it listens");
        socket.set_nodelay(true).expect("a socket can do that");
        let pty = openpty(None, None).expect("a pseudo-terminal can be had");
        let mut settings = termios::tcgetattr(&pty.slave).expect("it is a terminal");
        termios::cfmakeraw(&mut settings);
        termios::tcsetattr(&pty.slave, SetArg::TCSANOW, &settings).expect("it is a terminal");
        let port = nix::unistd::ttyname(pty.slave.as_fd()).expect("it has a name").display().to_string();
        let master = File::from(pty.master);
        carry(master.try_clone().expect("a file can be doubled"), socket.try_clone().expect("a socket can be doubled"), speed);
        carry(socket, master, speed);
        Line { board, folder, port, flow, _slave: pty.slave }
    }

    /// How long our library takes to copy a file, less what it takes for an empty one.
    fn ours(&self, data: &[u8]) -> Duration {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("it starts");
        runtime.block_on(async {
            let board = Board::new();
            let line = serial::open(&self.port, 115_200).expect("it is there");
            // A pseudo-terminal looks like no USB board, whose flow would be known to be controlled.
            board.attach_opened(Opened { flow: self.flow, ..line }).await.expect("the board answers");
            board.space("/").await.expect("it answers"); // what is asked once for all
            let mut took = [Duration::ZERO; 2];
            for (time, data) in took.iter_mut().zip([&[][..], data]) {
                let start = Instant::now();
                board.write("/ours", data.to_vec()).await.expect("it fits");
                *time = start.elapsed();
            }
            board.detach().await;
            took[1].saturating_sub(took[0])
        })
    }

    /// How long mpremote takes to copy a file, less what it takes for an empty one.
    fn theirs(&self, python: &Path, data: &[u8]) -> Duration {
        let [empty, full] = [&[][..], data].map(|data| {
            let file = self.folder.join("theirs");
            std::fs::write(&file, data).expect("it can be written");
            let start = Instant::now();
            let mut command = Command::new(python);
            command.args(["-m", "mpremote", "connect", &self.port, "fs", "cp"]).arg(&file).arg(":theirs");
            let ended = command.stdin(Stdio::null()).output().expect("mpremote starts");
            assert!(ended.status.success(), "{ended:?}");
            start.elapsed()
        });
        full.saturating_sub(empty)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let _ = self.board.kill();
        let _ = self.board.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Moves bytes one way at the speed of the line, for ever.
fn carry(mut from: impl Read + Send + 'static, mut to: impl Write + Send + 'static, speed: Speed) {
    let (wire, arrivals) = mpsc::sync_channel::<(Instant, Vec<u8>)>(4096);
    std::thread::spawn(move || {
        while let Ok((when, bytes)) = arrivals.recv() {
            std::thread::sleep(when.saturating_duration_since(Instant::now()));
            if to.write_all(&bytes).is_err() {
                return;
            }
        }
    });
    std::thread::spawn(move || {
        let mut free = Instant::now();
        let mut buffer = [0; PIECE];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            free = free.max(Instant::now()) + Duration::from_nanos(count as u64 * 1_000_000_000 / speed.bytes);
            if wire.send((free + speed.latency, buffer[..count].to_vec())).is_err() {
                return;
            }
            std::thread::sleep(free.saturating_duration_since(Instant::now()));
        }
    });
}
