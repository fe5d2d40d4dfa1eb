//! A folder of this computer and a board: kept the same, deployed as a whole, saved and restored.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::rig::wire::{self, Fault, Kind, Speed, Way};
use crate::rig::{Make, Rig};
use board::archive::{self, Archive};
use board::sync::{Conflicts, Options, Removal, Step, Sync};
use board::transport::{Flow, Opened};
use board::{Board, Connection, Error, deploy};
use tokio::time::Instant;

/// A folder that is removed at the end.
pub struct Project(pub PathBuf);

impl Project {
    pub fn new(files: &[(&str, &str)]) -> Project {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("taipan-project-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let project = Project(std::env::temp_dir().join(name));
        std::fs::create_dir_all(&project.0).expect("it can be made");
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    pub fn write(&self, path: &str, text: &str) {
        let file = self.0.join(path);
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("it can be made");
        std::fs::write(file, text).expect("it can be written");
    }

    fn remove(&self, path: &str) {
        std::fs::remove_file(self.0.join(path)).expect("it is there");
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const OURS: Options = Options { removal: Removal::Ours, conflicts: Conflicts::Tell };

pub async fn attached(line: Opened) -> Board {
    let board = Board::new();
    board.attach_opened(line).await.expect("the board answers");
    assert_eq!(board.state(), Connection::Ready);
    board
}

/// Plans and applies; the steps that were taken.
async fn sync(board: &Board, folder: &Path, options: Options) -> Result<Vec<Step>, Error> {
    let mut sync = Sync::open(board, folder, "/app").await?;
    let plan = sync.plan(board, options).await?;
    sync.apply(board, &plan, false, |_| {}).await?;
    Ok(plan.steps)
}

pub async fn texts(board: &Board, root: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for node in board.tree(root, false).await.expect("it is there") {
        if node.kind == board::EntryKind::File {
            let data = board.read(&format!("{root}/{}", node.path)).await.expect("it is there");
            found.push((node.path, String::from_utf8(data).expect("it is text")));
        }
    }
    found
}

pub fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

#[tokio::test(start_paused = true)]
async fn changes_go_there_and_removals_follow() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[("main.py", "1"), ("lib/a.py", "2"), ("notes.txt", "no"), (".taipanignore", "*.txt")]);
    assert_eq!(sync(&board, &project.0, OURS).await.expect("it works").len(), 3);
    assert_eq!(texts(&board, "/app").await, pairs(&[("lib/a.py", "2"), ("main.py", "1")]));
    assert_eq!(sync(&board, &project.0, OURS).await.expect("it works"), []);
    project.write("main.py", "changed");
    project.remove("lib/a.py");
    std::fs::remove_dir(project.0.join("lib")).expect("it is empty");
    board.write("/app/data.csv", b"9".to_vec()).await.expect("it fits");
    sync(&board, &project.0, OURS).await.expect("it works");
    assert_eq!(texts(&board, "/app").await, pairs(&[("data.csv", "9"), ("main.py", "changed")]));
    assert!(board.list("/app/lib").await.is_err());
}

#[tokio::test(start_paused = true)]
async fn where_two_copies_do_not_fit_what_is_old_may_go_first() {
    let rig = Rig::start(Make { blocks: 32, ..Make::default() });
    let board = attached(rig.plug()).await;
    let noise = |seed: u64| (0..50_000).map(|at: u64| char::from(33 + ((at * 7919 + seed) * 31 % 89) as u8)).collect::<String>();
    let project = Project::new(&[("main.py", &noise(1)), ("old.py", &noise(2)[..20_000])]);
    sync(&board, &project.0, OURS).await.expect("it fits");
    project.write("main.py", &noise(3));
    project.write("new.py", &noise(4)[..20_000]);
    project.remove("old.py");
    let mut both = Sync::open(&board, &project.0, "/app").await.expect("it is read");
    let plan = both.plan(&board, OURS).await.expect("it can be made");
    let beside = both.apply(&board, &plan, false, |_| {}).await;
    assert!(matches!(beside, Err(Error::NoSpace { in_place: true, .. })), "{beside:?}");
    both.apply(&board, &plan, true, |_| {}).await.expect("it fits in place");
    assert_eq!(texts(&board, "/app").await, pairs(&[("main.py", &noise(3)), ("new.py", &noise(4)[..20_000])]));
}

#[tokio::test(start_paused = true)]
async fn what_the_board_changed_is_not_overwritten_unasked() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[("main.py", "1")]);
    sync(&board, &project.0, OURS).await.expect("it works");
    board.write("/app/main.py", b"by hand".to_vec()).await.expect("it fits");
    project.write("main.py", "2");
    let steps = sync(&board, &project.0, OURS).await.expect("it works");
    assert!(matches!(&steps[..], [Step::Conflict { .. }]), "{steps:?}");
    assert_eq!(texts(&board, "/app").await, pairs(&[("main.py", "by hand")]));
    sync(&board, &project.0, Options { conflicts: Conflicts::Overwrite, ..OURS }).await.expect("it works");
    assert_eq!(texts(&board, "/app").await, pairs(&[("main.py", "2")]));
}

#[tokio::test(start_paused = true)]
async fn a_hundred_files_without_a_change_take_less_than_a_second() {
    let rig = Rig::start(Make { blocks: 256, ..Make::default() });
    let board = attached(wire::lay(rig.plug(), Flow::Controlled, Speed::USB, &[], 4096)).await;
    let files: Vec<(String, String)> =
        (0..100).map(|n| (format!("m{}/f{n}.py", n % 7), format!("x = {n}\n").repeat(50))).collect();
    let project = Project::new(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    sync(&board, &project.0, OURS).await.expect("it works");
    let start = Instant::now();
    assert_eq!(sync(&board, &project.0, OURS).await.expect("it works"), []);
    assert!(start.elapsed() < Duration::from_secs(1), "it took {:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn after_an_unplug_the_rest_is_sent() {
    let rig = Rig::start(Make::default());
    let files: Vec<(String, String)> = (0..10).map(|n| (format!("f{n}.py"), format!("x{n}\n").repeat(300))).collect();
    let project = Project::new(&files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>());
    let unplug = Fault { way: Way::ToBoard, at: 30_000, kind: Kind::Unplug };
    let board = attached(wire::lay(rig.plug(), Flow::Controlled, Speed::USB, &[unplug], 4096)).await;
    assert!(matches!(sync(&board, &project.0, OURS).await, Err(Error::Lost { .. })));
    let board = attached_again(&rig).await;
    let steps = sync(&board, &project.0, OURS).await.expect("it works");
    assert!((1..10).contains(&steps.len()), "some were there: {steps:?}");
    assert_eq!(texts(&board, "/app").await, files);
}

/// A board that was left in the middle of something.
async fn attached_again(rig: &Rig) -> Board {
    let board = Board::new();
    board.attach_opened(rig.plug()).await.expect("a good line");
    board.stop().await.expect("it stops");
    board
}

/// Deploys the second version of a project on a line that is cut after so many bytes. Was it cut?
async fn deploy_until(rig: &Rig, project: &Project, bytes: u64) -> bool {
    let fault = Fault { way: Way::ToBoard, at: bytes, kind: Kind::Unplug };
    let board = attached(wire::lay(rig.plug(), Flow::Controlled, Speed::USB, &[fault], 4096)).await;
    deployed(&board, project).await.is_err()
}

async fn deployed(board: &Board, project: &Project) -> Result<(), Error> {
    let mut sync = Sync::open(board, &project.0, "/app").await?;
    let plan = sync.plan(board, OURS).await?;
    deploy::deploy(board, &mut sync, &plan, |_| {}).await
}

#[tokio::test(start_paused = true)]
async fn a_deployment_is_all_or_nothing_wherever_it_is_cut() {
    let old = [("a.py", "old a"), ("b.py", "old b"), ("gone.py", "old")];
    let new = [("a.py", "new a"), ("b.py", "old b"), ("lib/c.py", "new c")];
    let (mut whole_old, mut whole_new) = (0, 0);
    for cut in (500..40_000).step_by(487) {
        let rig = Rig::start(Make::default());
        let project = Project::new(&old);
        let board = attached(rig.plug()).await;
        sync(&board, &project.0, OURS).await.expect("it works");
        board.detach().await;
        project.remove("gone.py");
        new.iter().for_each(|(path, text)| project.write(path, text));
        let was_cut = deploy_until(&rig, &project, cut).await;
        rig.power_cycle();
        let board = attached(rig.plug()).await;
        let found = texts(&board, "/app").await;
        match (found == pairs(&old), found == pairs(&new)) {
            (true, false) => whole_old += 1,
            (false, true) => whole_new += 1,
            _ => panic!("cut at {cut}: {found:?}"),
        }
        deployed(&board, &project).await.expect("a good line");
        assert_eq!(texts(&board, "/app").await, pairs(&new), "cut at {cut}");
        if !was_cut {
            break;
        }
    }
    assert!(whole_old > 5 && whole_new > 1, "{whole_old} old, {whole_new} new");
}

#[tokio::test(start_paused = true)]
async fn a_folder_of_the_board_that_is_not_there_is_made_with_those_above() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[("lib/a.py", "a")]);
    for (root, whole) in [("/first", true), ("/deep/er/still", true), ("/other/one/", false), ("/deep", false)] {
        let mut sync = Sync::open(&board, &project.0, root).await.expect("it is read");
        let plan = sync.plan(&board, OURS).await.expect("it can be made");
        let done = if whole {
            deploy::deploy(&board, &mut sync, &plan, |_| {}).await
        } else {
            sync.apply(&board, &plan, false, |_| {}).await
        };
        done.unwrap_or_else(|error| panic!("{root}: {error}"));
        assert_eq!(board.read(&format!("{root}/lib/a.py")).await.expect("it is there"), b"a");
    }
}

#[tokio::test(start_paused = true)]
async fn a_backup_holds_everything_and_brings_it_back() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[("main.py", "1"), ("lib/день.py", "2")]);
    sync(&board, &project.0, OURS).await.expect("it works");
    let file = project.0.join("backup.zip");
    let manifest = archive::backup(&board, "/", &file, |_| {}).await.expect("it works");
    assert_eq!(
        manifest.files.iter().map(|node| &node.path[..]).collect::<Vec<_>>(),
        ["app", "app/lib", "app/lib/день.py", "app/main.py"]
    );
    board.remove_all("/app").await.expect("it can go");
    board.write("/other", b"3".to_vec()).await.expect("it fits");
    let mut archive = Archive::open(&file).expect("it is whole");
    assert_eq!(archive.restore(&board, "/", |_| {}).await.expect("it works"), 2);
    assert_eq!(archive.restore(&board, "/", |_| {}).await.expect("it works"), 0);
    assert_eq!(texts(&board, "").await, pairs(&[("app/lib/день.py", "2"), ("app/main.py", "1"), ("other", "3")]));
    std::fs::write(&file, b"PK no").expect("it can be written");
    assert!(matches!(Archive::open(&file), Err(Error::Here { .. })));
}
