//! A deployment: all files of a plan, or none of them.
//!
//! ```text
//!   stage    every file goes to .tp-stage/HASH on the board, hashed back; the project runs on as it was
//!   commit   the journal .tp-deploy is put in place by one renaming: from now on the new project counts
//!   switch   the board renames each file into its place, removes what is to go, then the journal
//! ```
//! A cable or power that is cut before the commit changes nothing, and what was staged is used by the next try. One that is
//! cut later is made good at the next connection: the switch goes on where it stopped.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::board::Board;
use crate::error::{Error, Result};
use crate::files::hex;
use crate::local::here;
use crate::model::EntryKind;
use crate::phrase::Reason;
use crate::sync::{Plan, Step, Sync, below};

/// Where files wait.
const STAGE: &str = ".tp-stage";
/// What is to be done with them.
pub const JOURNAL: &str = ".tp-deploy";
/// Bytes of flash that each file may take besides its content.
const BLOCK: u64 = 4096;

/// Carries a plan out as a whole. `tell` hears each file before it is sent.
pub async fn deploy(board: &Board, sync: &mut Sync, plan: &Plan, mut tell: impl FnMut(&Step)) -> Result<()> {
    if let Some(Step::Conflict { path, why }) = plan.steps.iter().find(|step| matches!(step, Step::Conflict { .. })) {
        return Err(Error::Conflict { path: path.clone(), why: why.clone() });
    }
    if plan.is_empty() {
        return sync.apply(board, plan, false, |_| {}).await;
    }
    sync.make_root(board).await?;
    let (folder, root, memory) = sync.parts();
    let stage = below(root, STAGE);
    let staged = staged(board, &stage).await?;
    check_room(board, root, plan, &staged).await?;
    for step in &plan.steps {
        let Step::Upload { path, sha256, .. } = step else { continue };
        tell(step);
        if staged.contains(sha256) {
            continue;
        }
        let data = folder.read(path)?;
        if hex(&Sha256::digest(&data)) != *sha256 {
            return Err(here("send", path.as_ref(), Reason::Outdated));
        }
        board.write(&below(&stage, sha256), data).await?;
    }
    board.write(&below(root, JOURNAL), journal(root, plan)?).await?;
    board.switch(&below(root, JOURNAL)).await?;
    memory.known.extend(plan.known.clone());
    for step in &plan.steps {
        match step {
            Step::Upload { path, sha256, .. } => drop(memory.known.insert(path.clone(), sha256.clone())),
            Step::Remove { path, .. } => drop(memory.known.remove(path)),
            Step::MakeFolder { .. } | Step::Conflict { .. } => {}
        }
    }
    memory.save()
}

/// The hashes of what an earlier try staged; makes the place if there is none.
async fn staged(board: &Board, stage: &str) -> Result<Vec<String>> {
    match board.make_folder(stage).await {
        Ok(()) => return Ok(Vec::new()),
        Err(Error::Exists { .. }) => {}
        Err(error) => return Err(error),
    }
    let nodes = board.tree(stage, true).await?;
    let whole = |node: crate::Node| (Some(&node.path) == node.sha256.as_ref()).then_some(node.path);
    Ok(nodes.into_iter().filter_map(whole).collect())
}

async fn check_room(board: &Board, root: &str, plan: &Plan, staged: &[String]) -> Result<()> {
    let needed: u64 = plan.steps.iter().map(|step| size(step, staged)).sum();
    match board.space(if root.is_empty() { "." } else { root }).await {
        Ok(space) if space.free < needed => {
            Err(Error::NoSpace { path: "the new version".into(), needed, free: space.free, in_place: false })
        }
        // Some boards cannot tell.
        Ok(_) | Err(Error::Raised { .. } | Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

fn size(step: &Step, staged: &[String]) -> u64 {
    match step {
        Step::Upload { size, sha256, .. } if !staged.contains(sha256) => size.next_multiple_of(BLOCK),
        _ => 0,
    }
}

/// One line for each thing to do, as [`crate::snippets::SWITCH`] reads it.
fn journal(root: &str, plan: &Plan) -> Result<Vec<u8>> {
    let mut text = String::new();
    for step in &plan.steps {
        let (word, from, path) = match step {
            Step::MakeFolder { path } => ("m", String::new(), path),
            Step::Upload { path, sha256, .. } => ("u", below(&below(root, STAGE), sha256), path),
            Step::Remove { path, kind: EntryKind::File } => ("d", String::new(), path),
            Step::Remove { path, kind: EntryKind::Folder } => ("r", String::new(), path),
            Step::Conflict { .. } => continue,
        };
        if path.contains(['\t', '\n', '\r']) {
            return Err(here("send", path.as_ref(), Reason::NameCutsLines));
        }
        writeln!(text, "{word}\t{from}\t{}", below(root, path)).expect("a string takes all");
    }
    Ok(text.into_bytes())
}
