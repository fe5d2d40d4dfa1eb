//! Files and folders copied between this computer and the board, and what is asked of a board about them.

use crate::rig::{Make, Rig};
use crate::sync::{Project, attached, pairs, texts};
use board::copy::{Old, To, copy, plan_to_board, plan_to_computer};
use board::{Board, EntryKind, Error, Event, Reply, Request};

fn paths(project: &Project, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| project.0.join(name).display().to_string()).collect()
}

/// Where files would lie, with a mark for those that replace another (`!`) and those that are there already (`=`).
fn targets(plan: &board::copy::Plan) -> Vec<String> {
    let mark = |old: &Option<Old>| match old {
        None => "",
        Some(Old { same: true, .. }) => "=",
        Some(_) => "!",
    };
    plan.files.iter().map(|file| format!("{}{}", file.to, mark(&file.old))).collect()
}

#[tokio::test(start_paused = true)]
async fn a_folder_goes_there_and_only_what_differs_is_sent() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[("main.py", "1"), ("lib/a.py", "2"), ("lib/deep/b.py", "3"), ("lib/__pycache__/a.pyc", "x")]);
    board.write("/main.py", b"old".to_vec()).await.expect("it fits");
    let from = paths(&project, &["main.py", "lib"]);
    let plan = plan_to_board(&board, &from, To::Into("/")).await.expect("it can be planned");
    assert_eq!(plan.folders, ["/lib", "/lib/deep"]);
    assert_eq!(targets(&plan), ["/main.py!", "/lib/a.py", "/lib/deep/b.py"]);
    assert!(plan.needed > 0 && plan.free.is_some_and(|free| free > plan.needed));
    assert_eq!(board.read("/main.py").await.expect("it is there"), b"old", "a plan changes nothing");

    let mut told = Vec::new();
    copy(&board, &plan, false, |stage| told.push((stage.done, stage.total))).await.expect("it fits");
    assert_eq!(told, [(0, 3), (1, 3), (2, 3)]);
    assert_eq!(texts(&board, "").await, pairs(&[("lib/a.py", "2"), ("lib/deep/b.py", "3"), ("main.py", "1")]));
    project.write("lib/a.py", "9");
    let plan = plan_to_board(&board, &from, To::Into("/")).await.expect("it can be planned");
    assert_eq!(targets(&plan), ["/main.py=", "/lib/a.py!", "/lib/deep/b.py="]);
}

#[tokio::test(start_paused = true)]
async fn files_come_back_into_another_folder() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[("log/day.csv", "old")]);
    board.make_folder("/log").await.expect("there is room");
    for (path, text) in [("/log/day.csv", "1,2"), ("/log/it's.csv", "3"), ("/main.py", "4")] {
        board.write(path, text.as_bytes().to_vec()).await.expect("it fits");
    }
    let from = ["/log".to_string(), "/main.py".to_string()];
    let plan = plan_to_computer(&board, &from, To::Into(&project.0)).await.expect("it can be planned");
    let mut expected = paths(&project, &["log/day.csv", "log/it's.csv", "main.py"]);
    expected[0] += "!";
    assert_eq!(targets(&plan), expected);
    copy(&board, &plan, false, |_| {}).await.expect("there is room");
    for (path, text) in [("log/day.csv", "1,2"), ("log/it's.csv", "3"), ("main.py", "4")] {
        assert_eq!(std::fs::read_to_string(project.0.join(path)).expect("it is there"), text);
    }
    let gone = plan_to_computer(&board, &["/gone".to_string()], To::Into(&project.0)).await;
    assert_eq!(gone, Err(Error::NotFound { path: "/gone".into() }));
}

#[tokio::test(start_paused = true)]
async fn a_folder_never_takes_the_place_of_a_file() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[("lib/a.py", "1")]);
    board.write("/lib", b"a file".to_vec()).await.expect("it fits");
    let plan = plan_to_board(&board, &paths(&project, &["lib"]), To::Into("/")).await;
    assert_eq!(plan, Err(Error::WrongKind { path: "/lib".into() }));
}

#[tokio::test(start_paused = true)]
async fn giving_up_leaves_whole_files_alone() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[("a.py", "1"), ("b.py", "2"), ("c.py", "3")]);
    let plan =
        plan_to_board(&board, &paths(&project, &["a.py", "b.py", "c.py"]), To::Into("/")).await.expect("it can be planned");
    let other = board.clone();
    let stopped = copy(&board, &plan, false, |stage| {
        if stage.done == 1 {
            other.cancel();
        }
    });
    assert!(matches!(stopped.await, Err(Error::Cancelled { .. })));
    let there = texts(&board, "").await;
    assert!(there == pairs(&[("a.py", "1")]) || there == pairs(&[("a.py", "1"), ("b.py", "2")]), "{there:?}");
}

async fn ask(board: &Board, request: Request) -> Reply {
    board.handle(request).await.expect("it answers")
}

#[tokio::test(start_paused = true)]
async fn a_board_tells_where_its_files_are_and_what_they_are() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    board.make_folder("/lib").await.expect("there is room");
    board.write("/lib/a.py", b"123".to_vec()).await.expect("it fits");
    assert_eq!(board.home().await, Ok("/".into()));
    let properties = board.properties("/lib/a.py").await.expect("it is there");
    assert_eq!((properties.kind, properties.size), (EntryKind::File, 3));
    assert_eq!(board.properties("/lib").await.expect("it is there").kind, EntryKind::Folder);
    assert_eq!(board.properties("/gone").await, Err(Error::NotFound { path: "/gone".into() }));
}

#[tokio::test(start_paused = true)]
async fn a_backup_is_looked_into_and_part_of_it_put_back() {
    let rig = Rig::start(Make::default());
    let board = attached(rig.plug()).await;
    let project = Project::new(&[]);
    let archive = project.0.join("board.zip").display().to_string();
    board.make_folder("/lib").await.expect("there is room");
    for path in ["/lib/a.py", "/lib/b.py", "/main.py"] {
        board.write(path, path.as_bytes().to_vec()).await.expect("it fits");
    }
    let mut events = board.subscribe();
    let Reply::Manifest { manifest } = ask(&board, Request::Backup { root: "/".into(), archive: archive.clone() }).await else {
        panic!("a backup answers what is in it");
    };
    assert_eq!(manifest.files.len(), 4);
    assert_eq!(ask(&board, Request::LookInto { archive: archive.clone() }).await, Reply::Manifest { manifest });
    let mut last = None;
    while let Ok(Some(event)) = tokio::time::timeout(std::time::Duration::from_millis(1), events.next()).await {
        if let Event::Stage(stage) = event {
            last = Some((stage.done, stage.total));
        }
    }
    assert_eq!(last, Some((3, 4)));

    let read = |path: &str| Request::ReadArchived { archive: archive.clone(), path: path.into() };
    assert_eq!(ask(&board, read("lib/a.py")).await, Reply::Data { bytes: b"/lib/a.py".to_vec() });
    assert!(matches!(board.handle(read("lib")).await, Err(Error::Here { .. })));
    board.remove_all("/lib").await.expect("it is there");
    board.remove("/main.py").await.expect("it is there");
    let only = Some(vec!["lib/b.py".to_string()]);
    ask(&board, Request::Restore { archive: archive.clone(), root: "/".into(), only }).await;
    assert_eq!(texts(&board, "").await, pairs(&[("lib/b.py", "/lib/b.py")]));
    ask(&board, Request::Restore { archive, root: "/".into(), only: None }).await;
    assert_eq!(texts(&board, "").await.len(), 3);
}
