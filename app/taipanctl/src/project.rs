//! The verbs about whole folders: `sync`, `watch`, `deploy`, `backup`, `restore`.

use crate::place::Place;
use crate::show::Show;
use crate::{Ended, Failed, Project, interrupt};
use board::archive::{self, Archive};
use board::sync::{Plan, Step, Sync, Watch};
use board::{Board, Connection, EntryKind, Error, Node};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// Some files were left alone.
const CONFLICTS: u8 = 6;

/// `sync`.
pub async fn sync(board: &Board, show: &Show, project: &Project) -> Ended {
    let mut sync = Sync::open(board, &project.folder, project.root.there()?).await?;
    once(board, show, project, &mut sync).await
}

async fn once(board: &Board, show: &Show, project: &Project, sync: &mut Sync) -> Ended {
    let plan = sync.plan(board, project.options()).await?;
    if !project.dry_run {
        sync.apply(board, &plan, project.replace, |step| show.say(&line(step))).await?;
    }
    Ok(report(show, project, &plan))
}

/// Says what was done, or would be.
fn report(show: &Show, project: &Project, plan: &Plan) -> ExitCode {
    show.result(plan, || {
        let mut lines: Vec<String> = if project.dry_run { plan.steps.iter().map(line).collect() } else { Vec::new() };
        lines.push(match (plan.is_empty(), project.dry_run) {
            (true, _) if plan.same == 1 => "1 file is the same".into(),
            (true, _) => format!("{} files are the same", plan.same),
            (false, true) => "nothing was done".into(),
            (false, false) if plan.same == 1 => "done; 1 file was the same before".into(),
            (false, false) => format!("done; {} files were the same before", plan.same),
        });
        lines
    });
    if plan.conflicts() > 0 { ExitCode::from(CONFLICTS) } else { ExitCode::SUCCESS }
}

fn line(step: &Step) -> String {
    match step {
        Step::MakeFolder { path } => format!("+ {path}/"),
        Step::Upload { path, size, replaces: false, .. } => format!("+ {path} ({size} bytes)"),
        Step::Upload { path, size, replaces: true, .. } => format!("> {path} ({size} bytes, replaces the old one)"),
        Step::Remove { path, kind: EntryKind::Folder } => format!("- {path}/"),
        Step::Remove { path, .. } => format!("- {path}"),
        Step::Conflict { path, why } => format!("! {path}: {why}; left alone (--overwrite replaces it)"),
    }
}

/// `watch`.
pub async fn watch(board: &Board, show: &Show, project: &Project) -> Ended {
    let mut watch = Watch::open(&project.folder)?;
    let mut sync = Sync::open(board, &project.folder, project.root.there()?).await?;
    let keep = board.keep();
    tokio::pin!(keep);
    let ended = interrupt::noticed();
    loop {
        let done = tokio::select! {
            done = once(board, show, project, &mut sync) => done,
            () = ended.cancelled() => return Ok(ExitCode::SUCCESS),
        };
        match done {
            Ok(_) => {}
            // A program may run, and the cable may be out: the next change tries again.
            Err(Failed::Board(error @ (Error::Busy { .. } | Error::Lost { .. } | Error::Typing | Error::Here { .. }))) => {
                show.say(&error.to_string());
            }
            Err(failed) => return Err(failed),
        }
        tokio::select! {
            _ = watch.next() => {}
            _ = again(board) => {}
            _ = &mut keep => {}
            () = ended.cancelled() => return Ok(ExitCode::SUCCESS),
            _ = crate::out::broken() => return Ok(ExitCode::SUCCESS),
        }
    }
}

/// A board that was gone is there again.
async fn again(board: &Board) {
    if board.state() == Connection::Ready {
        std::future::pending::<()>().await;
    }
    board.wait_for(|state| *state == Connection::Ready).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
}

/// `deploy`.
pub async fn deploy(board: &Board, show: &Show, project: &Project) -> Ended {
    if project.replace || project.watch {
        let other = if project.replace { "--replace" } else { "--watch" };
        return Err(Failed::Words(format!("deploy keeps both versions until the new one is whole, once: use `sync {other}`")));
    }
    let mut sync = Sync::open(board, &project.folder, project.root.there()?).await?;
    let plan = sync.plan(board, project.options()).await?;
    if !project.dry_run {
        board::deploy::deploy(board, &mut sync, &plan, |step| show.say(&line(step))).await?;
    }
    Ok(report(show, project, &plan))
}

/// `backup`.
pub async fn backup(board: &Board, show: &Show, archive: &Path, root: &str) -> Ended {
    let manifest = archive::backup(board, root, archive, |node| show.say(&node.path)).await?;
    let count = manifest.files.iter().filter(|node| node.kind == EntryKind::File).count();
    show.result(&manifest, || {
        vec![format!("{count} {} in {}", if count == 1 { "file is" } else { "files are" }, archive.display())]
    });
    Ok(ExitCode::SUCCESS)
}

/// `restore`.
pub async fn restore(board: &Board, show: &Show, archive: &Path, root: Option<&Place>) -> Ended {
    let mut archive = Archive::open(archive)?;
    let root = match root {
        Some(root) => root.there()?.to_string(),
        None => archive.manifest.root.clone(),
    };
    let sent = archive.restore(board, &root, |node: &Node| show.say(&node.path)).await?;
    show.result(&serde_json::json!({ "sent": sent }), || {
        vec![format!("{sent} {} put back", if sent == 1 { "file was" } else { "files were" })]
    });
    Ok(ExitCode::SUCCESS)
}
