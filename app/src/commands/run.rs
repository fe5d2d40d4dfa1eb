//! Running a script on this computer: the interpreter as a child, one at a time.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::Duration;

use board::phrase::Reason;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::{Channel, InvokeResponseBody};
use tauri::{AppHandle, Manager, State};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, oneshot};

use crate::desktop;
use crate::encoding::{self, Encoding};
use crate::error::{Error, Result};
use crate::events::{HereEvent, Outlet};

/// What the page listens with, and the child if there is one.
#[derive(Default)]
pub struct Here {
    listener: Mutex<Option<(Channel<HereEvent>, Outlet)>>,
    child: Mutex<Option<Running>>,
}

/// So long a program may take to end by itself once it was interrupted.
const PATIENCE: Duration = Duration::from_secs(2);

/// So long the interpreter may take to say what it has.
const ANSWER_SECONDS: u32 = 5;

struct Running {
    /// None when the child was told the end of its input.
    typed: Option<mpsc::UnboundedSender<Vec<u8>>>,
    /// Dropping it stops the child.
    stop: oneshot::Sender<()>,
    /// Done when the page has been told of the end.
    end: JoinHandle<()>,
}

/// Begins to deliver.
#[tauri::command]
pub async fn here_listen(here: State<'_, Here>, events: Channel<HereEvent>, output: Channel<InvokeResponseBody>) -> Result<()> {
    *here.listener.lock().expect("nobody panics with it") = Some((events, Outlet::open(output)));
    Ok(())
}

/// The page has drawn `count` bytes.
#[tauri::command]
pub fn here_drawn(here: State<'_, Here>, count: usize) {
    if let Some((_, outlet)) = &*here.listener.lock().expect("nobody panics with it") {
        outlet.drawn(count);
    }
}

/// Runs the file at `path`, or a script that was never saved, which is put among this program's own files. Stops what ran before.
#[tauri::command]
pub async fn here_run(app: AppHandle, here: State<'_, Here>, name: String, source: String, path: Option<String>) -> Result<()> {
    let (folder, script) = match path {
        Some(path) => (Path::new(&path).parent().unwrap_or(Path::new("")).to_path_buf(), path),
        None => (keep_script(&app, &name, &source)?, name),
    };
    let before = here.child.lock().expect("nobody panics with it").take();
    if let Some(Running { stop, end, .. }) = before {
        drop(stop);
        drop(end.await); // its end is told before the next beginning
    }
    let program = super::interpreter();
    let child = Command::new(&program)
        .arg("-u") // what it prints is seen at once, however long it computes afterwards
        .arg(script)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| Error::Program { program: program.display().to_string(), reason: Reason::from(&error) })?;
    let listener = here.listener.lock().expect("nobody panics with it").clone();
    let (events, outlet) = listener.expect("the page listens before it asks");
    let (typed, typing) = mpsc::unbounded_channel();
    let (stop, stopped) = oneshot::channel();
    let end = tauri::async_runtime::spawn(attend(child, typing, stopped, events, outlet));
    *here.child.lock().expect("nobody panics with it") = Some(Running { typed: Some(typed), stop, end });
    Ok(())
}

/// The names of the modules that every program on this computer can import.
#[tauri::command]
pub async fn here_modules() -> Result<Vec<String>> {
    let program = super::interpreter();
    let failed = |reason| Error::Program { program: program.display().to_string(), reason };
    let asked = Command::new(&program).args(["-c", "help('modules')"]).stdin(Stdio::null()).kill_on_drop(true).output();
    let answer = tokio::time::timeout(Duration::from_secs(ANSWER_SECONDS.into()), asked).await;
    let answer = answer.map_err(|_| failed(Reason::NoAnswer { seconds: ANSWER_SECONDS }))?;
    let output = answer.map_err(|error| failed(Reason::from(&error)))?;
    Ok(board::files::modules(&String::from_utf8_lossy(&output.stdout)))
}

fn keep_script(app: &AppHandle, name: &str, source: &str) -> Result<PathBuf> {
    let folder = app
        .path()
        .app_data_dir()
        .map_err(|error| Error::file("find", "the data folder".as_ref(), Reason::said(&error)))?
        .join("run");
    std::fs::create_dir_all(&folder).map_err(|error| Error::file("make", &folder, &error))?;
    let path = folder.join(name);
    let (bytes, _) = encoding::encode(source, &Encoding::of_new()).map_err(|lack| Error::Lacks { path: name.into(), lack })?;
    board::local::replace(&path, bytes).map_err(|error| Error::file("save", &path, &error))?;
    Ok(folder)
}

/// Sees a child through: what it prints, what is typed, its end.
async fn attend(
    mut child: Child,
    mut typing: mpsc::UnboundedReceiver<Vec<u8>>,
    stopped: oneshot::Receiver<()>,
    events: Channel<HereEvent>,
    outlet: Outlet,
) {
    drop(events.send(HereEvent::Started));
    let mut stdin = child.stdin.take().expect("it was piped");
    let stdout = copy(child.stdout.take().expect("it was piped"), outlet.clone());
    let stderr = copy(child.stderr.take().expect("it was piped"), outlet.clone());
    let typist = tauri::async_runtime::spawn(async move {
        while let Some(bytes) = typing.recv().await {
            if stdin.write_all(&bytes).await.is_err() {
                return; // it reads no more
            }
        }
    });
    let pid = child.id();
    let code = {
        let output = async { tokio::join!(stdout, stderr) };
        let mut all = pin!(async { (output.await, child.wait().await) });
        tokio::select! {
            (_, status) = &mut all => status.ok().and_then(|status| status.code()),
            _ = stopped => {
                if desktop::interrupt(pid) {
                    drop(tokio::time::timeout(PATIENCE, all).await); // what it still has to say is shown
                }
                None
            }
        }
    };
    drop(child.kill().await); // it may have ended already
    typist.abort();
    outlet.write(board::prompt::PLAIN.to_vec());
    outlet.settled().await;
    drop(events.send(HereEvent::Ended { code }));
}

async fn copy(mut from: impl AsyncRead + Unpin, to: Outlet) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(count) = from.read(&mut buffer).await {
        if count == 0 {
            return;
        }
        to.write(buffer[..count].to_vec());
    }
}

/// Gives the child a line.
#[tauri::command]
pub fn here_type(here: State<'_, Here>, bytes: Vec<u8>) {
    let child = here.child.lock().expect("nobody panics with it");
    if let Some(typed) = child.as_ref().and_then(|running| running.typed.as_ref()) {
        drop(typed.send(bytes)); // it may have just ended
    }
}

/// Tells the child that no more comes: the end of its input.
#[tauri::command]
pub fn here_end_input(here: State<'_, Here>) {
    if let Some(running) = &mut *here.child.lock().expect("nobody panics with it") {
        running.typed = None;
    }
}

/// Stops the child: it is interrupted, as by Ctrl-C, and ended if it goes on all the same.
#[tauri::command]
pub fn here_stop(here: State<'_, Here>) {
    here.child.lock().expect("nobody panics with it").take();
}
