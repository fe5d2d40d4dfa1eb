//! A whole board at the other end of the line: the virtual one, or with `TAIPAN_TEST_BOARD=host:port` any other.
//!
//! Wants the program `taipan` built: `cargo xtask test board`.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use board::phrase::Doing;
use board::{Board, Connection, Entry, EntryKind, Error, Event, Events, Outcome, Start, Target};
use tokio::time::timeout;

const LONG: Duration = Duration::from_secs(20);

fn target() -> Target {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    if let Ok(address) = std::env::var("TAIPAN_TEST_BOARD") {
        return Target::Tcp { address };
    }
    let name = format!("taipan-live-{}-{}.img", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let image = std::env::temp_dir().join(name).display().to_string();
    Target::Virtual { program: String::new(), image }
}

async fn attached() -> (Board, Events) {
    let board = Board::new();
    let events = board.subscribe();
    board.attach(target()).await.expect("the board is there");
    assert_eq!(board.state(), Connection::Ready);
    (board, events)
}

/// Reads the terminal until it ends so; line ends are told as `\n`, whatever the board sends.
async fn terminal_until(events: &mut Events, end: &str) -> String {
    let mut bytes = Vec::new();
    let read = async {
        loop {
            if let Some(Event::Terminal { bytes: more }) = events.next().await {
                bytes.extend(more);
                if text(&bytes).ends_with(end) {
                    return;
                }
            }
        }
    };
    let done = timeout(LONG, read).await;
    let text = text(&bytes);
    done.unwrap_or_else(|_| panic!("the terminal never ended in {end:?} but in {text:?}"));
    text
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n")
}

/// Bytes without a pattern, the same each time.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..count).map(|_| next()).collect()
}

#[tokio::test]
async fn a_megabyte_arrives_whole_and_comes_back() {
    let (board, _events) = attached().await;
    let data = noise(1 << 20);
    let start = Instant::now();
    board.write("big.bin", data.clone()).await.expect("it fits");
    let up = start.elapsed();
    let start = Instant::now();
    let back = board.read("big.bin").await.expect("it is there");
    println!("up {:.0} KiB/s, down {:.0} KiB/s", 1024.0 / up.as_secs_f64(), 1024.0 / start.elapsed().as_secs_f64());
    assert!(back == data, "what came back differs");
    board.remove("big.bin").await.expect("it can go");
}

#[tokio::test]
async fn any_name_may_be_given_to_a_file() {
    let (board, _events) = attached().await;
    board.make_folder("new folder").await.expect("the name is free");
    let names = ["it's.py", "\"two\" words", "день.txt", "🎈.py", "empty"];
    for name in names {
        let data = if name == "empty" { Vec::new() } else { name.as_bytes().to_vec() };
        board.write(&format!("new folder/{name}"), data).await.expect("any name");
    }
    let mut found: Vec<Entry> = board.list("new folder").await.expect("it is there");
    let mut expected: Vec<Entry> = names
        .iter()
        .map(|name| Entry {
            name: name.to_string(),
            kind: EntryKind::File,
            size: if *name == "empty" { 0 } else { name.len() as u64 },
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    expected.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(found, expected);
    board.rename("new folder/день.txt", "new folder/ночь.txt").await.expect("the name is free");
    assert_eq!(board.read("new folder/ночь.txt").await.expect("it is there"), "день.txt".as_bytes());
    let taken = Error::Exists { path: "new folder/empty".into() };
    assert_eq!(board.rename("new folder/it's.py", "new folder/empty").await, Err(taken));
    assert_eq!(board.remove("new folder").await, Err(Error::NotEmpty { path: "new folder".into() }));
    assert_eq!(board.read("nothing").await, Err(Error::NotFound { path: "nothing".into() }));
    assert_eq!(board.write("new folder", b"x".to_vec()).await, Err(Error::WrongKind { path: "new folder".into() }));
    assert_eq!(board.write("nowhere/a", b"x".to_vec()).await, Err(Error::NotFound { path: "nowhere/a".into() }));
}

#[tokio::test]
async fn a_program_runs_from_prompt_to_prompt() {
    let (board, mut events) = attached().await;
    terminal_until(&mut events, ">>> ").await;
    let run = board.run("hello.py", "print('>>> ')\nprint('día')", Start::Fresh).await.expect("it starts");
    assert_eq!(run.outcome().await, Outcome::Finished);
    assert_eq!(terminal_until(&mut events, "a\n>>> ").await, "\n>>> \ndía\n>>> ");
    assert_eq!(board.state(), Connection::Ready);
}

#[tokio::test]
async fn a_traceback_names_the_script() {
    let (board, mut events) = attached().await;
    terminal_until(&mut events, ">>> ").await;
    let run = board.run("bad.py", "def f():\n  return 1/0\nprint(1, end='')\nf()", Start::Keep).await.expect("it starts");
    let Outcome::Raised { traceback } = run.outcome().await else { panic!("it raises") };
    let places: Vec<_> = traceback.frames.iter().map(|f| (f.file.as_str(), f.line, f.function.as_str())).collect();
    assert_eq!(places, [("bad.py", 4, "<module>"), ("bad.py", 2, "f")]);
    assert_eq!(traceback.exception, "ZeroDivisionError");
    assert!(terminal_until(&mut events, "\n>>> ").await.starts_with("\n1Traceback"));
}

#[tokio::test]
async fn an_endless_loop_stops_at_once() {
    let (board, mut events) = attached().await;
    terminal_until(&mut events, ">>> ").await;
    for source in ["while True: pass", "while True: print('.', end='')"] {
        let run = board.run("loop.py", source, Start::Keep).await.expect("it starts");
        let busy = Error::Busy { program: Some("loop.py".into()) };
        assert_eq!(board.list("").await, Err(busy.clone()));
        assert_eq!(board.run("other.py", "", Start::Keep).await.err(), Some(busy));
        let start = Instant::now();
        run.interrupt().await.expect("it stops");
        assert!(start.elapsed() < Duration::from_millis(200), "it took {:?}", start.elapsed());
        assert_eq!(run.outcome().await, Outcome::Interrupted);
        board.list("").await.expect("the board is free");
    }
}

#[tokio::test]
async fn a_program_typed_at_the_prompt_is_not_interrupted() {
    let (board, mut events) = attached().await;
    terminal_until(&mut events, ">>> ").await;
    board.type_bytes("while True: pass\r\r").expect("attached");
    terminal_until(&mut events, "... \n").await;
    assert_eq!(board.list("").await, Err(Error::Busy { program: None }));
    board.stop().await.expect("it stops");
    board.list("").await.expect("the board is free");
}

#[tokio::test]
async fn what_was_typed_survives_a_file_job() {
    let (board, mut events) = attached().await;
    terminal_until(&mut events, ">>> ").await;
    board.type_bytes("print('do'").expect("attached");
    terminal_until(&mut events, "'do'").await;
    board.list("").await.expect("the prompt is free");
    board.type_bytes("+'me')\r").expect("attached");
    assert_eq!(terminal_until(&mut events, ">>> ").await, "+'me')\ndome\n>>> ");
}

#[tokio::test]
async fn typing_reaches_the_program() {
    let (board, mut events) = attached().await;
    terminal_until(&mut events, ">>> ").await;
    let run = board.run("ask.py", "print(input('name? '))", Start::Keep).await.expect("it starts");
    terminal_until(&mut events, "name? ").await;
    board.type_bytes("Ada\r").expect("attached");
    assert_eq!(run.outcome().await, Outcome::Finished);
    assert!(terminal_until(&mut events, ">>> ").await.ends_with("Ada\n>>> "));
}

#[tokio::test]
async fn a_cancelled_upload_leaves_nothing() {
    let (board, mut events) = attached().await;
    board.write("kept.txt", b"old".to_vec()).await.expect("it fits");
    let writer = board.clone();
    let write = tokio::spawn(async move { writer.write("kept.txt", noise(1 << 20)).await });
    while !matches!(events.next().await, Some(Event::Progress(progress)) if progress.done > 20_000) {}
    board.cancel();
    assert_eq!(write.await.expect("no panic"), Err(Error::Cancelled { doing: Doing::Saving { path: "kept.txt".into() } }));
    assert_eq!(board.read("kept.txt").await.expect("the old one"), b"old");
    let names = board.list("").await.expect("the board is free");
    assert!(names.iter().all(|entry| !entry.name.starts_with(".tp-")), "{names:?}");
}

/// A file of firmware with this much code, which a Cortex-M would start.
fn firmware(path: &std::path::Path, length: usize) {
    use dfu::file::{Element, Suffix};
    let (flash, code) = (0x0800_0000_u32, 0x0802_0000_u32);
    let mut vectors = vec![7; 400];
    vectors[..8].copy_from_slice(&[0x2002_0000_u32.to_le_bytes(), (code | 1).to_le_bytes()].concat());
    let body = noise(length);
    let elements = [Element { address: flash, data: &vectors }, Element { address: code, data: &body }];
    let mut bytes = Vec::new();
    let suffix = Suffix { device: 0xFFFF, product: 0xDF11, vendor: 0x0483 };
    assert!(dfu::file::write(suffix, "test", &elements, &mut |part| bytes.extend_from_slice(part)));
    std::fs::write(path, bytes).expect("it can be written");
}

#[tokio::test]
async fn who_gives_up_before_anything_is_erased_has_the_board_back_as_it_was() {
    use board::flash::renew::{Stage, Wish, renew};
    use board::flash::{self, Bay, VirtualBay};
    let (board, _events) = attached().await;
    board.write("/kept.py", b"x = 1\n".to_vec()).await.expect("it fits");
    let folder = std::env::temp_dir().join(format!("taipan-given-up-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("it can be made");
    firmware(&folder.join("new.dfu"), 40_000);
    let (file, archive) = (folder.join("new.dfu").display().to_string(), folder.join("saved.zip").display().to_string());
    let wish = Wish { file, address: None, archive: Some(archive), saved: None, restore: true, serial: None };
    let bay = std::sync::Arc::new(VirtualBay::new());
    for at in [Stage::Check, Stage::Backup, Stage::Compare] {
        let give_up = tokio_util::sync::CancellationToken::new();
        let mut stages = Vec::new();
        let given_up = renew(&board, bay.clone(), &wish, give_up.clone(), |moved| {
            stages.push(moved.stage);
            if moved.stage == at {
                give_up.cancel();
            }
        });
        let failure = given_up.await.expect_err("it was given up");
        let is_early = matches!(&failure, flash::Error::CancelledEarly | flash::Error::Board(Error::Cancelled { .. }));
        assert!(is_early, "at {at:?}: {failure}");
        assert_eq!((stages.last(), board.state()), (Some(&at), Connection::Ready), "at {at:?}");
        assert_eq!(bay.loaders(), Ok(vec![]), "at {at:?}");
        assert_eq!(bay.at(0x0800_0000, 8), [0xFF; 8], "nothing was written");
        assert_eq!(board.read("/kept.py").await.expect("it is there"), b"x = 1\n");
    }
    std::fs::remove_dir_all(&folder).expect("it is ours");
}

#[tokio::test]
async fn an_update_saves_files_is_pulled_out_goes_on_and_puts_them_back() {
    use board::flash::renew::{Stage, Wish, renew};
    use board::flash::{self, VirtualBay};
    let (board, _events) = attached().await;
    board.write("/kept.py", b"x = 1\n".to_vec()).await.expect("it fits");
    let folder = std::env::temp_dir().join(format!("taipan-renew-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("it can be made");
    firmware(&folder.join("new.dfu"), 40_000);
    let (file, archive) = (folder.join("new.dfu").display().to_string(), folder.join("saved.zip").display().to_string());
    let wish = Wish { file, address: None, archive: Some(archive.clone()), saved: None, restore: true, serial: None };
    let bay = std::sync::Arc::new(VirtualBay::new());

    let mut stages = Vec::new();
    let pulled = renew(&board, bay.clone(), &wish, Default::default(), |moved| {
        stages.push(moved.stage);
        if moved.stage == Stage::Write && moved.done > 8_000 {
            bay.pull();
        }
    });
    let failure = pulled.await.expect_err("the cable was pulled");
    assert!(matches!(failure, flash::Error::Lost { .. }), "{failure}");
    stages.dedup();
    assert_eq!(stages, [Stage::Check, Stage::Backup, Stage::Enter, Stage::Compare, Stage::Erase, Stage::Write]);
    assert_eq!(bay.at(0x0800_0000, 8), [0xFF; 8], "what is half written does not start");

    let mut stages = Vec::new();
    let wish = Wish { archive: None, saved: wish.archive, ..wish };
    let renewed = renew(&board, bay.clone(), &wish, Default::default(), |moved| stages.push(moved.stage)).await;
    let renewed = renewed.expect("the loader was still there");
    stages.dedup();
    assert_eq!(stages[..2], [Stage::Check, Stage::Compare], "it goes on where it ended");
    assert!(renewed.after.contains("Taipan") && board.state() == Connection::Ready, "{renewed:?}");
    assert_eq!(bay.at(0x0802_0000, 40_000), noise(40_000));
    assert_eq!(board.read("/kept.py").await.expect("it is there"), b"x = 1\n");

    assert_eq!(renewed.archive, Some(archive), "what the first try saved");
    std::fs::write(folder.join("new.dfu"), b"print('no firmware')").expect("it can be written");
    let refused = renew(&board, bay.clone(), &wish, Default::default(), |_| {}).await.expect_err("it is no firmware");
    assert!(matches!(refused, flash::Error::NotFirmware { .. }) && board.state() == Connection::Ready, "{refused}");

    // Only the loader knows that the chip has no such place: the board comes back as it was.
    std::fs::write(folder.join("other.bin"), noise(600)).expect("it can be written");
    let wish = Wish { file: folder.join("other.bin").display().to_string(), address: Some(0x1000_0000), saved: None, ..wish };
    let mut stages = Vec::new();
    let refused = renew(&board, bay.clone(), &wish, Default::default(), |moved| stages.push(moved.stage)).await;
    let refused = refused.expect_err("it is for another chip");
    assert!(matches!(refused, flash::Error::OtherChip { .. }), "{refused}");
    assert_eq!((stages.last(), board.state()), (Some(&Stage::Enter), Connection::Ready));
    assert_eq!(bay.at(0x0802_0000, 40_000), noise(40_000));
    assert_eq!(board.read("/kept.py").await.expect("it is there"), b"x = 1\n");
    std::fs::remove_dir_all(&folder).expect("it is ours");
}
