//! Attaching, whatever the board is doing; and a board that comes back.

use std::time::Duration;

use crate::rig::{Make, Rig};
use board::{Board, Connection, Error, Start, Target};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;

/// Attaches a board to which this was typed before by somebody else.
async fn attached_after(typed: &[u8]) -> (Rig, Board) {
    let rig = Rig::start(Make::default());
    let mut line = rig.plug().stream;
    line.write_all(typed).await.expect("the board listens");
    // It has said all that it had to say.
    let mut said = [0; 4096];
    while tokio::time::timeout(Duration::from_secs(1), line.read(&mut said)).await.is_ok() {}
    let board = Board::new();
    board.attach_opened(rig.plug()).await.expect("the line is open");
    (rig, board)
}

#[tokio::test(start_paused = true)]
async fn the_names_of_the_session_are_told_and_no_other() {
    let rig = Rig::start(Make::default());
    let board = Board::new();
    board.attach_opened(rig.plug()).await.expect("the board answers");
    let source = "a = 5\nb = 'x\\ty' * 40\nc = list(range(1000))\nclass D:\n def __repr__(self): return 'd\\n'\nd = D()\n";
    board.run("a.py", source, Start::Keep).await.expect("it starts").outcome().await;
    let told = names(&board, false).await;
    let line = |name: &str, kind: &str, value: String| (name.into(), kind.into(), Some(value));
    assert!(told.contains(&line("a", "int", "5".into())), "{told:?}");
    assert!(told.contains(&line("b", "str", format!("'{}'...", "x\\ty".repeat(26) + "x\\t"))), "{told:?}");
    assert!(told.contains(&line("c", "list", "... 1000 items".into())), "{told:?}");
    assert!(told.contains(&line("d", "D", "d ".into())), "{told:?}");
    assert!(told.iter().all(|(name, ..)| !name.starts_with("__") && name != "_tp"), "{told:?}");
}

/// Name, type and value of all that the session has.
async fn names(board: &Board, again: bool) -> Vec<(String, String, Option<String>)> {
    let told = board.variables(again).await.expect("it tells");
    told.into_iter().map(|it| (it.name, it.kind, it.value)).collect()
}

#[tokio::test(start_paused = true)]
async fn what_never_ends_to_write_itself_is_waited_for_once() {
    let rig = Rig::start(Make::default());
    let board = Board::new();
    board.attach_opened(rig.plug()).await.expect("the board answers");
    let source = "class D:\n stuck = True\n def __repr__(self):\n  while D.stuck: pass\n  return 'free'\n\
        class L(D):\n def __len__(self): return len(repr(self))\n\
        class S(D):\n def __repr__(self):\n  while D.stuck:\n   try:\n    while D.stuck: pass\n   except BaseException: pass\n  return 'free'\n\
        a = 1\nb = D()\nc = L()\nz = 2\n";
    let names_in = async |again| {
        let before = Instant::now();
        let told = names(&board, again).await;
        let value = |name: &str| told.iter().find(|it| it.0 == name)?.2.clone();
        (["a", "b", "c", "s", "z"].map(value), before.elapsed())
    };
    let one = || Some("1".to_owned());
    let two = || Some("2".to_owned());
    let free = || Some("free".to_owned());
    board.run("a.py", source, Start::Keep).await.expect("it starts").outcome().await;
    let (told, took) = names_in(false).await;
    assert_eq!(told, [one(), None, None, None, two()]);
    assert!(took > Duration::from_secs(2) && took < Duration::from_secs(4), "{took:?}");
    let (told, took) = names_in(false).await;
    assert_eq!(told, [one(), None, None, None, two()]);
    assert!(took < Duration::from_secs(1), "nobody waits twice: {took:?}");
    board.run("b.py", "D.stuck = False\n", Start::Keep).await.expect("it starts").outcome().await;
    assert_eq!(names_in(false).await.0, [one(), free(), free(), None, two()], "a program may have changed it");
    // One that no interrupt ends has the board, and that is said.
    board.run("c.py", "D.stuck = True\nb = c = None\ns = S()\n", Start::Keep).await.expect("it starts").outcome().await;
    board.variables(false).await.expect_err("it has the board");
    assert!(matches!(board.state(), Connection::Running { .. }), "{:?}", board.state());
    assert!(matches!(board.stop().await, Err(Error::Stubborn)), "only a reset does");
}

#[tokio::test(start_paused = true)]
async fn the_modules_of_firmware_and_files_are_told() {
    let rig = Rig::start(Make::default());
    let board = Board::new();
    board.attach_opened(rig.plug()).await.expect("the board answers");
    board.make_folder("/drivers").await.expect("the name is free");
    board.write("/bme280.mpy", b"M".to_vec()).await.expect("it fits");
    let told = board.modules().await.expect("it tells");
    let has = |name: &str| told.iter().any(|known| known == name);
    assert!(["asyncio", "bme280", "drivers", "math", "sys"].iter().all(|name| has(name)), "{told:?}");
    assert!(!["lie", "files", "print", "bme280.mpy"].iter().any(|name| has(name)), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn any_state_of_the_prompt_becomes_the_prompt() {
    let states: [&[u8]; 5] = [b"", b"1+1\r", b"print(1", b"\x01", b"\x01print(1"];
    for state in states {
        let (_rig, board) = attached_after(state).await;
        assert_eq!(board.state(), Connection::Ready, "{:?}", String::from_utf8_lossy(state));
        board.list("/").await.expect("the prompt is free");
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_be_a_program_is_left_alone_until_it_is_stopped() {
    let states: [&[u8]; 5] =
        [b"while True: pass\r\r", b"if 1:\r", b"\x05print(1)\r", b"\x05A\x01print(1", b"\x01while True: pass\x04"];
    for state in states {
        let (_rig, board) = attached_after(state).await;
        let shown = String::from_utf8_lossy(state).into_owned();
        assert!(matches!(board.list("/").await, Err(Error::Busy { .. } | Error::Typing)), "{shown:?}");
        board.stop().await.unwrap_or_else(|error| panic!("{shown:?}: {error}"));
        board.list("/").await.expect("the prompt is free");
    }
}

#[tokio::test(start_paused = true)]
async fn several_boards_are_used_at_once() {
    let rigs = [(); 3].map(|()| Rig::start(Make::default()));
    let mut jobs = tokio::task::JoinSet::new();
    for (number, rig) in rigs.iter().enumerate() {
        let line = rig.plug();
        jobs.spawn(async move {
            let board = Board::new();
            board.attach_opened(line).await.expect("the board answers");
            board.write("/who", number.to_string()).await.expect("it fits");
            board.read("/who").await.expect("it is there") == number.to_string().as_bytes()
        });
    }
    assert_eq!(jobs.join_all().await, [true; 3]);
}

/// In real time, since a socket is not on the test's clock.
#[tokio::test]
async fn a_board_that_comes_back_is_attached_again() {
    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port can be had");
    let address = server.local_addr().expect("it has an address").to_string();
    let board = Board::new();
    let keeper = board.clone();
    let keep = tokio::spawn(async move { keeper.keep().await });
    let serve = async {
        for _ in 0..2 {
            let (mut line, _) = server.accept().await.expect("somebody calls");
            let mut asked = [0];
            line.read_exact(&mut asked).await.expect("it asks");
            line.write_all(b"\r\n>>> ").await.expect("it listens");
            let mut state = board.clone().wait_for(|state| *state == Connection::Ready).await;
            assert_eq!(state, Connection::Ready);
            drop(line); // unplugged
            state = board.wait_for(|state| matches!(state, Connection::Lost { .. })).await;
            assert!(matches!(state, Connection::Lost { .. }));
        }
    };
    let attach = async { board.attach(Target::Tcp { address }).await.expect("it answers") };
    tokio::time::timeout(Duration::from_secs(30), async { tokio::join!(attach, serve) }).await.expect("it is attached twice");
    keep.abort();
}
