//! Running a script on this computer: the interpreter as a child, one at a time.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;

use board::phrase::Reason;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::{Channel, InvokeResponseBody};
use tauri::{AppHandle, Manager, State};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, oneshot};

use crate::error::{Error, Result};
use crate::events::{HereEvent, Outlet};

/// What the page listens with, and the child if there is one.
#[derive(Default)]
pub struct Here {
    listener: Mutex<Option<(Channel<HereEvent>, Outlet)>>,
    child: Mutex<Option<Running>>,
}

struct Running {
    typed: mpsc::UnboundedSender<Vec<u8>>,
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
    *here.child.lock().expect("nobody panics with it") = Some(Running { typed, stop, end });
    Ok(())
}

fn keep_script(app: &AppHandle, name: &str, source: &str) -> Result<PathBuf> {
    let folder = app
        .path()
        .app_data_dir()
        .map_err(|error| Error::file("find", "the data folder".as_ref(), Reason::said(&error)))?
        .join("run");
    std::fs::create_dir_all(&folder).map_err(|error| Error::file("make", &folder, &error))?;
    let path = folder.join(name);
    board::local::replace(&path, source).map_err(|error| Error::file("save", &path, &error))?;
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
    let output = async { tokio::join!(stdout, stderr) };
    let code = tokio::select! {
        (_, status) = async { (output.await, child.wait().await) } => status.ok().and_then(|status| status.code()),
        _ = stopped => None,
    };
    drop(child.kill().await); // it may have ended already
    typist.abort();
    outlet.write(board::prompt::PLAIN.to_vec());
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
    if let Some(running) = &*here.child.lock().expect("nobody panics with it") {
        drop(running.typed.send(bytes)); // it may have just ended
    }
}

/// Stops the child, whatever it is doing.
#[tauri::command]
pub fn here_stop(here: State<'_, Here>) {
    here.child.lock().expect("nobody panics with it").take();
}
