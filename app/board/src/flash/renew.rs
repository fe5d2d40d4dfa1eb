//! The whole of an update, as one click does it: from the board at its prompt to the board at its prompt with new firmware.
//!
//! ```text
//!   check ─▶ backup ─▶ enter ─▶ compare ─▶ erase ─▶ write ─▶ verify ─▶ start ─▶ return ─▶ restore
//!            └─ skipped if the board ─┘                                          └─ version ─┘└ if wanted
//!               waits in its loader already
//! ```
//! Nothing remembers where it failed: whatever happened, doing it again begins with what the board is now. A board that waits in its loader is
//! written to, and only with what it lacks (`update`); its files were saved by the try before, and that archive is what is put back, unless it
//! is another board's. Who gives up before anything is erased has the board back as it was.

use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use ts_rs::TS;

use super::bay::Bay;
use super::error::{Error, Result};
use super::image::Image;
use super::loader::{self, Loader};
use super::update::{End, Progress, Step};
use crate::archive::{self, Archive};
use crate::board::Board;
use crate::discover;
use crate::model::{Connection, Target};

/// So long a board may take until its loader is there.
const ENTERING: Duration = Duration::from_secs(10);
/// So long the system may take until this account may open a loader that is there.
const PERMITTED: Duration = Duration::from_secs(2);
/// So long new firmware may take until its board is there.
const RETURNING: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(250);

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Wish {
    /// The firmware file.
    pub file: String,
    /// Where the first byte of a bare file belongs.
    pub address: Option<u32>,
    /// Where the board's files are saved before anything else; nothing to leave them alone.
    pub archive: Option<String>,
    /// Where an earlier try saved them: what is put back if this one finds the board in its loader already.
    pub saved: Option<String>,
    /// Whether they are put back afterwards.
    pub restore: bool,
    /// Which loader, if several wait.
    pub serial: Option<String>,
}

/// The steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "UpdateStage")] // the window knows other stages, too
pub enum Stage {
    /// The file is read and checked.
    Check,
    /// The board's files are saved.
    Backup,
    /// The board goes into its loader.
    Enter,
    /// Its flash is compared with the file.
    Compare,
    /// What will change is erased.
    Erase,
    /// What is new is written.
    Write,
    /// All of it is read back.
    Verify,
    /// The new firmware is started.
    Start,
    /// The board is there again and says its version.
    Return,
    /// Its files are put back.
    Restore,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Moved {
    /// The step.
    pub stage: Stage,
    /// Done of it; bytes, or files.
    #[ts(type = "number")]
    pub done: u64,
    /// To do in it; 0 if nobody knows.
    #[ts(type = "number")]
    pub total: u64,
    /// A file, a loader, a version: what it is about.
    pub about: String,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct Renewed {
    /// The firmware that the board ran before; empty if it was not asked.
    pub before: String,
    /// What it says it runs now; empty if it is not back at a prompt, as a program of one's own may never be.
    pub after: String,
    /// The version that the file says it has; empty if it does not say.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[ts(as = "Option<String>", optional)]
    pub wanted: String,
    /// Whether that is what runs now; nothing if the board or the file does not say.
    #[serde(rename = "isWanted", skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub is_wanted: Option<bool>,
    /// Where its files are saved.
    pub archive: Option<String>,
    /// How many files were put back.
    #[ts(type = "number")]
    pub restored: u64,
}

/// Does all of it. `tell` hears every move; `give_up` ends it between two files or blocks. A board of which something is erased stays in its loader.
pub async fn renew(
    board: &Board,
    bay: Arc<dyn Bay>,
    wish: &Wish,
    give_up: CancellationToken,
    mut tell: impl FnMut(Moved),
) -> Result<Renewed> {
    let mut say = |stage, done, total, about: &str| tell(Moved { stage, done, total, about: about.into() });
    say(Stage::Check, 0, 0, &wish.file);
    let image = Arc::new(Image::open(wish.file.as_ref(), wish.address)?);
    let about = image.about();
    let mut renewed = Renewed { archive: wish.saved.clone(), wanted: about.version, ..Renewed::default() };
    let target = board.target();
    let waiting = look(&bay).await?;
    let loader = if waiting.is_empty() {
        if board.state() != Connection::Ready {
            return Err(Error::NoBoard);
        }
        let identity = board.identity().unwrap_or_default();
        suits(&image, &identity.machine)?;
        renewed.before = identity.firmware;
        let still_wanted = || if give_up.is_cancelled() { Err(Error::CancelledEarly) } else { Ok(()) };
        still_wanted()?;
        unless_given_up(board, &give_up, save(board, wish, &mut say)).await?;
        still_wanted()?;
        renewed.archive = wish.archive.clone();
        say(Stage::Enter, 0, 0, "");
        enter(board, &bay).await?;
        wait_for_loader(&bay, wish.serial.as_deref(), &give_up, ENTERING).await?
    } else {
        wait_for_loader(&bay, wish.serial.as_deref(), &give_up, PERMITTED).await?
    };
    let serial = loader.serial.clone();
    let find = || match &target {
        Some((target @ Target::Virtual { .. }, _)) => Some(target.clone()),
        Some((target, usb)) => discover::find_again(target, usb.as_ref()),
        // Nobody knows where it was: a board keeps its serial number in its loader.
        None => discover::numbered(serial.as_deref()?),
    };
    // Only its loader knows what fits.
    let brought = match fits(&image, &loader) {
        Ok(()) => bring(bay.clone(), loader.clone(), image, give_up.clone(), &mut say).await,
        Err(unfit) => Err(unfit),
    };
    let end = match brought {
        Ok(end) => end,
        Err(error @ (Error::OtherChip { .. } | Error::OtherDevice { .. } | Error::Layout { .. } | Error::CancelledEarly)) => {
            // Nothing was changed. A board that was taken there for this comes back as it was; one that waited there goes on waiting.
            let was_taken = waiting.is_empty();
            let leave = move || bay.leave(&loader);
            if was_taken && tokio::task::spawn_blocking(leave).await.expect("leaving does not panic").is_ok() {
                let back = come_back(board, &CancellationToken::new(), find).await;
                go_on(board, back).await;
                return Err(error);
            }
            return Err(if error == Error::CancelledEarly { Error::Cancelled } else { error });
        }
        Err(error) => return Err(error),
    };
    say(Stage::Return, 0, 0, if end == End::Vanished { "" } else { "started" });
    let back = come_back(board, &give_up, find).await;
    if back == Back::Not {
        return Ok(renewed);
    }
    renewed.after = board.identity().unwrap_or_default().firmware;
    renewed.is_wanted = is_version(&renewed.wanted, &renewed.after);
    let restored = unless_given_up(board, &give_up, put_back(board, wish, &mut renewed, &mut say)).await;
    go_on(board, back).await;
    restored.map(|()| renewed).map_err(Error::Board)
}

/// Does it, unless the person gives up: then the board ends what it is at.
async fn unless_given_up<T>(
    board: &Board,
    give_up: &CancellationToken,
    work: impl Future<Output = crate::Result<T>>,
) -> crate::Result<T> {
    let mut work = pin!(work);
    tokio::select! {
        done = &mut work => done,
        () = give_up.cancelled() => {
            board.cancel();
            work.await
        }
    }
}

/// Puts the board's files back, if that is wanted, and they are this board's: since an earlier try, another may have taken its place.
async fn put_back(
    board: &Board,
    wish: &Wish,
    renewed: &mut Renewed,
    say: &mut impl FnMut(Stage, u64, u64, &str),
) -> crate::Result<()> {
    let (true, Some(path)) = (wish.restore, &renewed.archive) else { return Ok(()) };
    let mut archive = Archive::open(path.as_ref())?;
    if is_of_another(&archive.manifest.id, &board.id().await?) {
        renewed.archive = None;
        return Ok(());
    }
    let (total, mut done) = (archive.manifest.files.len() as u64, 0);
    let root = archive.manifest.root.clone();
    let mut told = |node: &crate::Node| {
        done += 1;
        say(Stage::Restore, done, total, &node.path);
    };
    renewed.restored = archive.restore(board, &root, &mut told).await? as u64;
    Ok(())
}

/// Whether both numbers are known, and are those of two boards.
fn is_of_another(saved: &str, found: &str) -> bool {
    !saved.is_empty() && !found.is_empty() && saved != found
}

/// Whether an image may go onto the device of this loader at all.
pub fn fits(image: &Image, loader: &Loader) -> Result<()> {
    if !image.fits_device(loader.vendor, loader.product) {
        let (vendor, product) = image.device.unwrap_or_default();
        let wanted = format!("{vendor:04x}:{product:04x}");
        return Err(Error::OtherDevice { name: image.name.clone(), wanted, found: loader.name() });
    }
    match &loader.layout {
        Some(layout) => super::update::check(image, layout),
        None => Err(Error::Permission { device: loader.name() }),
    }
}

/// Whether an image may go onto a board that says it is this machine.
pub fn suits(image: &Image, machine: &str) -> Result<()> {
    let wanted = image.about().machine;
    if is_for(&wanted, machine) {
        return Ok(());
    }
    Err(Error::OtherBoard { name: image.name.clone(), wanted, found: machine.into() })
}

/// Whether the version that an image says it has is the one that a board says it runs; nothing if one of them does not say.
pub fn is_version(image: &str, board: &str) -> Option<bool> {
    let both_say = !image.is_empty() && !board.is_empty();
    both_say.then(|| board.contains(image))
}

/// Whether an image for one board may go onto another, by what both say of themselves: they must have one chip. Its package, which one of them
/// may name, does not count. Who does not say is not held back: the loader knows more.
pub fn is_for(image: &str, board: &str) -> bool {
    let chip = |machine: &str| machine.split_once(" with ").map(|(_, chip)| chip.trim().to_owned());
    match (chip(image), chip(board)) {
        (Some(wanted), Some(found)) => wanted.starts_with(&found) || found.starts_with(&wanted),
        _ => true,
    }
}

async fn save(board: &Board, wish: &Wish, say: &mut impl FnMut(Stage, u64, u64, &str)) -> crate::Result<()> {
    let Some(archive) = &wish.archive else { return Ok(()) };
    let mut done = 0;
    archive::backup(board, "/", archive.as_ref(), |node| {
        done += 1;
        say(Stage::Backup, done, 0, &node.path);
    })
    .await?;
    Ok(())
}

async fn enter(board: &Board, bay: &Arc<dyn Bay>) -> Result<()> {
    if bay.take() {
        // A virtual board is this program's own: it ends as a real one leaves the line.
        board.detach().await;
        return Ok(());
    }
    board.bootloader().await.map_err(Error::Board)
}

async fn look(bay: &Arc<dyn Bay>) -> Result<Vec<Loader>> {
    let bay = bay.clone();
    tokio::task::spawn_blocking(move || bay.loaders()).await.expect("looking does not panic")
}

/// Waits for a loader that may be opened: for the first moments the system has not given it to this account yet.
async fn wait_for_loader(
    bay: &Arc<dyn Bay>,
    serial: Option<&str>,
    give_up: &CancellationToken,
    patience: Duration,
) -> Result<Loader> {
    let deadline = Instant::now() + patience;
    loop {
        let found = loader::choose(look(bay).await?, serial);
        match found {
            Ok(loader) if loader.layout.is_some() => return Ok(loader),
            _ if give_up.is_cancelled() => return Err(Error::Cancelled),
            Err(error @ Error::SeveralLoaders { .. }) => return Err(error),
            Ok(loader) if Instant::now() > deadline => return Err(Error::Permission { device: loader.name() }),
            Err(error) if Instant::now() > deadline => return Err(error),
            _ => tokio::time::sleep(LOOK).await,
        }
    }
}

/// The update itself, on a thread of its own, since USB's library blocks.
async fn bring(
    bay: Arc<dyn Bay>,
    loader: Loader,
    image: Arc<Image>,
    give_up: CancellationToken,
    say: &mut impl FnMut(Stage, u64, u64, &str),
) -> Result<End> {
    let (moves, mut moved) = mpsc::unbounded_channel();
    let name = loader.name();
    let working = tokio::task::spawn_blocking(move || {
        let mut watch = |progress: Progress| {
            let _ = moves.send(progress); // whoever listened may be gone; the update goes on
            if give_up.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        bay.bring(&loader, &image, &mut watch)
    });
    let mut is_untouched = true;
    while let Some(progress) = moved.recv().await {
        is_untouched &= progress.step == Step::Compare;
        say(stage(progress.step), progress.done, progress.total, &name);
    }
    match working.await.expect("the update does not panic") {
        Err(Error::Cancelled) if is_untouched => Err(Error::CancelledEarly),
        brought => brought,
    }
}

fn stage(step: Step) -> Stage {
    match step {
        Step::Compare => Stage::Compare,
        Step::Erase => Stage::Erase,
        Step::Write => Stage::Write,
        Step::Verify => Stage::Verify,
        Step::Start => Stage::Start,
    }
}

/// How a board came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Back {
    Not,
    AtItsPrompt,
    /// It ran its own program, which was stopped: who the board is and what its files are, it says only at its prompt.
    AtWork,
}

/// Attaches the board again as soon as it is there.
async fn come_back(board: &Board, give_up: &CancellationToken, find: impl Fn() -> Option<Target>) -> Back {
    /// Until then what it does is called starting.
    const STARTING: Duration = Duration::from_secs(3);
    let deadline = Instant::now() + RETURNING;
    while Instant::now() < deadline && !give_up.is_cancelled() {
        if let Some(place) = find()
            && board.attach(place).await.is_ok()
        {
            let _ = tokio::time::timeout(STARTING, board.wait_for(|state| !matches!(state, Connection::Running { .. }))).await;
            match board.state() {
                Connection::Ready => return Back::AtItsPrompt,
                Connection::Running { .. } if board.stop().await.is_ok() && board.id().await.is_ok() => return Back::AtWork,
                _ => {}
            }
        }
        tokio::time::sleep(LOOK).await;
    }
    Back::Not
}

/// A program that was stopped for the update starts anew. If it cannot, a person sees the prompt, and nothing is lost.
async fn go_on(board: &Board, back: Back) {
    if back == Back::AtWork {
        let _ = board.soft_reset().await;
    }
}

#[cfg(test)]
mod tests {
    use super::{is_for, is_of_another};

    #[test]
    fn files_of_another_board_are_not_put_back() {
        assert!(is_of_another("00ff", "00fe"));
        assert!(!is_of_another("00ff", "00ff") && !is_of_another("", "00ff") && !is_of_another("00ff", ""));
    }

    #[test]
    fn a_board_takes_images_for_its_chip() {
        let pyboard = "PYBv1.1 with STM32F405RG";
        assert!(is_for(pyboard, pyboard));
        assert!(is_for(pyboard, "virtual board with STM32F405") && is_for("a board with STM32F405", pyboard));
        assert!(!is_for(pyboard, "Raspberry Pi Pico with RP2040") && !is_for("a board with STM32F100", pyboard));
        assert!(is_for("", pyboard) && is_for(pyboard, ""), "who does not say is not held back");
    }
}
