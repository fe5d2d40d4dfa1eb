//! Whatever the line does: nothing waits for ever, no wrong file is called right, and the next operation works.
//!
//! A seed makes a scenario: what lies on the board, what goes wrong (on the wire, in the flash, with the power, at boot) and
//! what is asked of it. What may be in a file afterwards is known: after a success exactly what was written, after a failure
//! the old content or the new, whole. `TAIPAN_FAULTS=10000` runs so many seeds instead of the few of every test run,
//! `TAIPAN_FAULT=seed` one of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::rig::wire::{self, Fault, Kind, Speed, Way};
use crate::rig::{Files, Make, Rig};
use board::sync::{Conflicts, Options, Removal, Sync};
use board::transport::Flow;
use board::{Board, Connection, EntryKind, Error, Start};
use sha2::{Digest, Sha256};

/// Seeds of an ordinary test run.
const FEW: u64 = 250;
/// Longer than the sum of the deadlines of any operation on files of this size.
const HARD: Duration = Duration::from_secs(200);
/// The files that are played with.
const PATHS: [&str; 3] = ["/one.py", "/two.bin", "/lib/three.py"];

#[test]
fn no_hang_no_wrong_file_and_the_next_operation_works() {
    if let Ok(seed) = std::env::var("TAIPAN_FAULT") {
        return play(seed.parse().expect("TAIPAN_FAULT is a number"));
    }
    let count = std::env::var("TAIPAN_FAULTS").map_or(FEW, |count| count.parse().expect("TAIPAN_FAULTS is a number"));
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let seed @ 0.. = next.fetch_add(1, Ordering::Relaxed)
                    && seed < count
                {
                    play(seed);
                }
            });
        }
    });
}

/// Plays one seed, and says which it was if it fails.
fn play(seed: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().expect("it starts");
    let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| runtime.block_on(scenario(seed))));
    if let Err(cause) = played {
        eprintln!("seed {seed} failed: TAIPAN_FAULT={seed} cargo test -p board --test rigged no_hang");
        std::panic::resume_unwind(cause);
    }
}

/// Numbers from a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    /// A content: text or noise, short or long.
    fn content(&mut self) -> Vec<u8> {
        let length = self.one_of(&[0, 10, 300, 3000, 12_000]) as u64;
        let length = length + self.below(length + 1);
        match self.below(2) {
            0 => (0..length).map(|_| self.next() as u8).collect(),
            _ => (0..length).flat_map(|n| format!("x{n} = {}\n", self.below(100)).into_bytes()).take(length as usize).collect(),
        }
    }

    fn fault(&mut self) -> Fault {
        let way = self.one_of(&[Way::ToBoard, Way::FromBoard]);
        let reach = self.one_of(&[100, 3000, 30_000]);
        let kind = match self.below(8) {
            0 | 1 => Kind::Drop,
            2 => Kind::Duplicate,
            3 => Kind::Flip,
            4 => Kind::Pause(self.below(20_000)),
            5 => Kind::Hang,
            _ => Kind::Unplug,
        };
        Fault { way, at: self.below(reach), kind }
    }
}

/// What a file may be: `None` for not there.
type Possible = Vec<Option<Vec<u8>>>;

async fn scenario(seed: u64) {
    let mut dice = Dice(seed);
    let format = dice.one_of(&[Files::Littlefs, Files::Fat]);
    let rig = Rig::start(Make { format, ..Make::default() });
    let mut files = prepare(&rig, &mut dice).await;
    let faults: Vec<Fault> = (0..dice.below(3)).map(|_| dice.fault()).collect();
    let (flow, speed) = dice.one_of(&[(Flow::Controlled, Speed::USB), (Flow::Bare, Speed::UART)]);
    let piece = dice.one_of(&[1, 7, 64, 4096]);
    match dice.below(10) {
        0 => rig.flash().full.store(true, Ordering::Relaxed),
        1 => rig.flash().read_only.store(true, Ordering::Relaxed),
        // FAT promises nothing to a write that is cut in the middle.
        2 if format == Files::Littlefs => rig.flash().dies_after.store(2 + dice.below(60), Ordering::Relaxed),
        _ => {}
    }
    let board = Board::new();
    let line = wire::lay(rig.plug(), flow, speed, &faults, piece);
    let cut = dice.below(10) == 0;
    if std::env::var_os("TAIPAN_FAULT").is_some() {
        println!("{format:?}, {flow:?}, pieces of {piece}, power cut: {cut}, {faults:?}");
    }
    let power = async {
        tokio::time::sleep(Duration::from_millis(if cut { dice.below(3000) } else { 1 << 30 })).await;
        rig.power_cycle();
        std::future::pending::<()>().await;
    };
    let mut dice = Dice(seed ^ 0x5EED);
    let operations = async {
        let _ = in_time(board.attach_opened(line), "attaching").await;
        for _ in 0..1 + dice.below(4) {
            operate(&board, &mut dice, &mut files).await;
        }
        in_time(board.detach(), "letting go").await;
    };
    tokio::select! {
        _ = operations => {}
        _ = power => {}
    }
    rig.flash().full.store(false, Ordering::Relaxed);
    rig.flash().read_only.store(false, Ordering::Relaxed);
    if rig.flash().dies_after.load(Ordering::Relaxed) > 0 {
        rig.power_cycle();
    }
    afterwards(&rig, &files).await;
}

/// Every operation ends.
async fn in_time<T>(operation: impl Future<Output = T>, doing: &str) -> T {
    tokio::time::timeout(HARD, operation).await.unwrap_or_else(|_| panic!("{doing} never ended"))
}

/// What lies on the board at first, put there over a good line; and what it does when it boots.
async fn prepare(rig: &Rig, dice: &mut Dice) -> BTreeMap<&'static str, Possible> {
    let board = Board::new();
    board.attach_opened(rig.plug()).await.expect("a good line");
    board.make_folder("/lib").await.expect("a good line");
    let mut files = BTreeMap::new();
    for path in PATHS {
        let content = (dice.below(4) > 0).then(|| dice.content());
        if let Some(content) = &content {
            board.write(path, content.clone()).await.expect("a good line");
        }
        files.insert(path, vec![content]);
    }
    if dice.below(6) == 0 {
        let chatter = "import time\nfor n in range(30):\n print('>>> starting', n)\n time.sleep_ms(20)\n";
        board.write("/main.py", chatter.as_bytes().to_vec()).await.expect("a good line");
        rig.power_cycle();
    }
    board.detach().await;
    files
}

/// One thing that a user does, and what is known of the files afterwards.
async fn operate(board: &Board, dice: &mut Dice, files: &mut BTreeMap<&'static str, Possible>) {
    if dice.below(9) == 0 {
        return sync_all(board, dice, files).await;
    }
    let path = dice.one_of(&PATHS);
    let possible = files.get_mut(path).expect("all paths are there");
    match dice.below(8) {
        0..=2 => {
            let new = dice.content();
            match in_time(board.write(path, new.clone()), "a write").await {
                Ok(()) => *possible = vec![Some(new)],
                Err(_) => possible.push(Some(new)),
            }
        }
        3 => {
            if let Ok(found) = in_time(board.read(path), "a read").await {
                assert!(possible.contains(&Some(found)), "{path} was read, and is not what it can be");
            }
        }
        4 => match in_time(board.remove(path), "a removal").await {
            Ok(()) => *possible = vec![None],
            Err(Error::NotFound { .. }) => assert!(possible.contains(&None), "{path} was said not to be there"),
            Err(_) => possible.push(None),
        },
        5 => {
            let Ok(tree) = in_time(board.tree("/", true), "a comparison").await else { return };
            for (path, possible) in files {
                let found = tree.iter().find(|node| node.path == path[1..] && node.kind == EntryKind::File);
                let hash = found.map(|node| node.sha256.clone().expect("the board can hash"));
                let hashes =
                    possible.iter().map(|content| content.as_ref().map(|content| board::files::hex(&Sha256::digest(content))));
                assert!(hashes.into_iter().any(|possible| possible == hash), "{path} has a hash that it cannot have");
            }
        }
        6 => {
            if in_time(board.list("/"), "a listing").await.is_err() {
                let _ = in_time(board.stop(), "a stop").await;
            }
        }
        _ => {
            let Ok(run) = in_time(board.run("p.py", "for n in range(300):\n print(n)\n", Start::Keep), "a start").await else {
                return;
            };
            if tokio::time::timeout(Duration::from_secs(30), run.outcome()).await.is_err() {
                let _ = in_time(board.stop(), "a stop").await;
            }
        }
    }
}

/// All files at once, from a folder of this computer.
async fn sync_all(board: &Board, dice: &mut Dice, files: &mut BTreeMap<&'static str, Possible>) {
    let folder = std::env::temp_dir().join(format!("taipan-faults-{}-{:x}", std::process::id(), dice.next()));
    std::fs::create_dir_all(folder.join("lib")).expect("it can be made");
    let new: Vec<_> = PATHS.iter().map(|path| (*path, dice.content())).collect();
    for (path, content) in &new {
        std::fs::write(folder.join(&path[1..]), content).expect("it can be written");
    }
    let synced = in_time(sync(board, &folder), "a sync").await;
    std::fs::remove_dir_all(&folder).expect("it can be removed");
    for (path, content) in new {
        let possible = files.get_mut(path).expect("all paths are there");
        match synced {
            Ok(()) => *possible = vec![Some(content)],
            Err(_) => possible.push(Some(content)),
        }
    }
}

async fn sync(board: &Board, folder: &Path) -> board::Result<()> {
    let mut sync = Sync::open(board, folder, "/").await?;
    let plan = sync.plan(board, Options { removal: Removal::Ours, conflicts: Conflicts::Overwrite }).await?;
    sync.apply(board, &plan, false, |_| {}).await
}

/// Over a good line, all is as it may be, and the board is as good as new.
async fn afterwards(rig: &Rig, files: &BTreeMap<&'static str, Possible>) {
    let board = Board::new();
    in_time(board.attach_opened(rig.plug()), "attaching again").await.expect("a good line");
    if board.state() != Connection::Ready {
        let stopped = in_time(board.stop(), "stopping what hangs").await;
        assert_eq!(stopped, Ok(()), "the board cannot be stopped: {}\n{}", rig.describe(), board.traffic().text());
    }
    for (path, possible) in files {
        let found = match in_time(board.read(path), "reading again").await {
            Ok(found) => Some(found),
            Err(Error::NotFound { .. }) => None,
            Err(other) => panic!("{path} cannot be read: {other}; {}\n{}", rig.describe(), board.traffic().text()),
        };
        let lengths = |content: &Option<Vec<u8>>| content.as_ref().map(Vec::len);
        let known: Vec<_> = possible.iter().map(lengths).collect();
        assert!(possible.contains(&found), "{path} is {:?}, and may be {known:?}", lengths(&found));
    }
    in_time(board.write("/after", b"all is well".to_vec()), "writing again").await.expect("a good line");
    assert_eq!(in_time(board.read("/after"), "reading again").await.as_deref(), Ok(&b"all is well"[..]));
}
