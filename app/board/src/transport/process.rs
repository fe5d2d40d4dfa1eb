//! The virtual board: a process of ours, its REPL on a loopback TCP port (or, for other programs, on a pseudo-terminal), its hardware as JSON lines on stdin and stdout.
//!
//! ```text
//! taipan --board --image FILE --tcp 127.0.0.1:0
//!   stdout:  board: tcp 127.0.0.1:40123      once, when it listens
//!            {"led":1,"on":true}             whenever something is to be seen
//!   stdin:   {"switch":true}                 whenever something is touched; its end ends the board
//! ```

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;

use super::{Opened, tcp};
use crate::error::{Error, Result};
use crate::model::{Hardware, Touch};
use crate::phrase::Reason;

const START: Duration = Duration::from_secs(10);
const LAST_WORDS: usize = 5;

/// The running program. Dropping it ends the board.
pub struct Process {
    child: Child,
    stdin: ChildStdin,
    stdout: Option<Lines<BufReader<ChildStdout>>>,
    complaints: Arc<Mutex<VecDeque<String>>>,
    /// Ends when all that the program complained about is among them.
    listening: JoinHandle<()>,
}

/// What the board's prompt is reached by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// A TCP address of this computer; port 0 takes a free one.
    Tcp(String),
    /// A pseudo-terminal, which other programs take for a serial port.
    Pty,
}

/// Starts the program and connects to it. An empty `program` means the `taipan` beside this program, or in PATH.
pub async fn open(program: &str, image: &str) -> Result<Opened> {
    let (process, address) = serve(program, image, &Reach::Tcp("127.0.0.1:0".into())).await?;
    let opened = tcp::open(&address).await?;
    Ok(Opened { process: Some(process), ..opened })
}

/// Starts the program, and tells where its prompt is: an address, or the path of a pseudo-terminal.
pub async fn serve(program: &str, image: &str, reach: &Reach) -> Result<(Process, String)> {
    let program = if program.is_empty() { find() } else { PathBuf::from(program) };
    let mut process = start(&program, image, reach)?;
    match tokio::time::timeout(START, process.address()).await {
        Ok(Some(address)) => Ok((process, address)),
        Ok(None) => Err(failed(&program, Reason::said(&process.obituary().await))),
        Err(_) => Err(failed(&program, Reason::NotReady { seconds: START.as_secs() as u32 })),
    }
}

fn start(program: &Path, image: &str, reach: &Reach) -> Result<Process> {
    let reach: &[&str] = match reach {
        Reach::Tcp(address) => &["--tcp", address],
        Reach::Pty => &["--pty"],
    };
    let mut child = Command::new(program)
        .args(["--board", "--image", image])
        .args(reach)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| failed(program, Reason::from(&error)))?;
    let stdin = child.stdin.take().expect("stdin is a pipe");
    let stdout = Some(BufReader::new(child.stdout.take().expect("stdout is a pipe")).lines());
    let stderr = child.stderr.take().expect("stderr is a pipe");
    let complaints = Arc::new(Mutex::new(VecDeque::new()));
    let listening = tokio::spawn(keep_last_lines(BufReader::new(stderr), complaints.clone()));
    Ok(Process { child, stdin, stdout, complaints, listening })
}

/// The program `taipan`: beside this one (as installed, and as cargo builds it), else in PATH.
pub fn find() -> PathBuf {
    let name = format!("taipan{}", std::env::consts::EXE_SUFFIX);
    let here = std::env::current_exe().unwrap_or_default();
    let beside = here.ancestors().skip(1).take(2).map(|folder| folder.join(&name)).find(|path| path.is_file());
    beside.unwrap_or_else(|| PathBuf::from(name))
}

fn failed(program: &Path, reason: Reason) -> Error {
    Error::Virtual { program: program.display().to_string(), reason }
}

/// stderr must be drained, or a chatty board would block on it; its last lines tell why a board died.
async fn keep_last_lines(stderr: impl tokio::io::AsyncBufRead + Unpin, kept: Arc<Mutex<VecDeque<String>>>) {
    let mut lines = stderr.lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut kept = kept.lock().expect("nobody panics with it");
        if kept.len() == LAST_WORDS {
            kept.pop_front();
        }
        kept.push_back(line);
    }
}

impl Process {
    /// Waits for the line that tells where the board listens; `None` if the program ended instead.
    async fn address(&mut self) -> Option<String> {
        let stdout = self.stdout.as_mut()?;
        while let Ok(Some(line)) = stdout.next_line().await {
            if let Some((_, address)) = line.strip_prefix("board: ").and_then(|rest| rest.split_once(' ')) {
                return Some(address.trim().to_string());
            }
        }
        None
    }

    /// Tells everything that is to be seen on the board, until the program ends; then the task does. Lines that are no JSON object are
    /// skipped: the output must be read to its end whatever it is, or the board would block on it.
    pub fn watch(&mut self, tell: impl Fn(Hardware) + Send + 'static) -> JoinHandle<()> {
        let stdout = self.stdout.take();
        tokio::spawn(async move {
            let Some(mut stdout) = stdout else { return };
            while let Ok(Some(line)) = stdout.next_line().await {
                if let Ok(seen) = serde_json::from_str(&line) {
                    tell(seen);
                }
            }
        })
    }

    /// Ends the board: its input closes, and if that does not end it soon, it is killed.
    pub async fn end(mut self) {
        const PATIENCE: Duration = Duration::from_secs(1);
        drop(self.stdin);
        if tokio::time::timeout(PATIENCE, self.child.wait()).await.is_err() {
            let _ = self.child.kill().await; // it may have ended by itself just now
        }
    }

    /// Does something to the board.
    pub async fn touch(&mut self, touch: &Touch) -> Result<()> {
        let mut line = serde_json::to_vec(touch).expect("a touch is plain data");
        line.push(b'\n');
        let written = self.stdin.write_all(&line).await;
        written.map_err(|error| Error::Lost { reason: Reason::LineBroke { words: error.to_string() } })
    }

    /// How the program ended, with the last thing that it said.
    pub async fn obituary(&mut self) -> String {
        const PATIENCE: Duration = Duration::from_millis(500);
        let status = match tokio::time::timeout(PATIENCE, self.child.wait()).await {
            Ok(Ok(status)) => format!("it ended with {status}"),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it closed its output".to_string(),
        };
        let _ = tokio::time::timeout(PATIENCE, &mut self.listening).await; // who still has its pipe says nothing of its end
        let said: Vec<String> = self.complaints.lock().expect("nobody panics with it").drain(..).collect();
        if said.is_empty() { status } else { format!("{status}: {}", said.join(" ")) }
    }
}
