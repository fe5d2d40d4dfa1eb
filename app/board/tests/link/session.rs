//! The whole board link, against a board that follows a script.

use std::time::Duration;

use crate::scripted::{FRIENDLY, Player};
use board::phrase::Doing;
use board::transport::memory;
use board::{Board, Connection, Error, Event, Events, Outcome, Start};
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;

/// A board that was greeted and plays on.
async fn attached<F: Future<Output = ()> + Send + 'static>(
    play: impl FnOnce(Player) -> F + Send + 'static,
) -> (Board, Events, JoinHandle<()>) {
    let (opened, far) = memory::pair(1 << 16);
    let player = Player::start(far, |mut board| async move {
        board.greeting().await;
        play(board).await;
    });
    let board = Board::new();
    let events = board.subscribe();
    board.attach_opened(opened).await.expect("the board answers");
    assert_eq!(board.state(), Connection::Ready);
    (board, events, player)
}

/// What the terminal shows until it ends so.
async fn terminal_until(events: &mut Events, end: &str) -> String {
    let mut shown = Vec::new();
    while !shown.ends_with(end.as_bytes()) {
        match tokio::time::timeout(Duration::from_secs(100), events.next()).await {
            Ok(Some(Event::Terminal { bytes })) => shown.extend(bytes),
            Ok(Some(_)) => {}
            other => panic!("{other:?} after {:?}", String::from_utf8_lossy(&shown)),
        }
    }
    String::from_utf8(shown).expect("it is text")
}

async fn answer_abilities(board: &mut Player) {
    let cannot = "Traceback (most recent call last):\r\nNameError: name 'exec' isn't defined\r\n";
    board.program("kbd_intr", "", cannot).await; // this one cannot compare checksums
    board.program("kbd_intr", "stdin\r\nstdout\r\nsha256\r\ncrc32\r\n", "").await;
    board.program(".tp-bak", "", "").await; // what a power cut left is repaired
}

#[tokio::test(start_paused = true)]
async fn attaching_shows_the_prompt_and_who_the_board_is() {
    let (board, mut events, player) = attached(|board| async { board.stay() }).await;
    assert_eq!(terminal_until(&mut events, ">>> ").await.as_bytes(), FRIENDLY);
    assert_eq!(board.identity().map(|identity| identity.machine).as_deref(), Some("Scripted with paper"));
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn attaching_does_not_interrupt_a_program() {
    let (opened, far) = memory::pair(1 << 16);
    let player = Player::start(far, |mut board| async move {
        board.say(b"tick\r\n").await;
        board.expect(b"\x02").await;
        board.silence(Duration::from_secs(30)).await;
    });
    let board = Board::new();
    board.attach_opened(opened).await.expect("the line is open");
    assert_eq!(board.state(), Connection::Running { program: None });
    assert_eq!(board.list("/").await, Err(Error::Busy { program: None }));
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_prompt_that_a_program_printed_is_found_out_without_harm() {
    let (board, mut events, player) = attached(|mut board| async move {
        board.expect(b"\x01").await; // nothing but this
        board.say(b"still here").await;
        board.silence(Duration::from_secs(30)).await;
    })
    .await;
    assert_eq!(board.list("/").await, Err(Error::Busy { program: None }));
    assert_eq!(board.state(), Connection::Running { program: None });
    terminal_until(&mut events, "still here").await;
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn file_jobs_are_not_seen_in_the_terminal() {
    let (board, mut events, player) = attached(|mut board| async move {
        board.enter().await;
        answer_abilities(&mut board).await;
        board.program("_tp('/')", "f 5 main.py\0d 0 lib\0", "").await;
        board.leave().await;
        board.expect(b"1\r").await;
        board.say(b"1\r\n1\r\n>>> ").await;
    })
    .await;
    terminal_until(&mut events, ">>> ").await;
    let names: Vec<_> = board.list("/").await.expect("it answers").into_iter().map(|entry| entry.name).collect();
    assert_eq!(names, ["lib", "main.py"]);
    board.type_bytes("1\r").expect("attached");
    assert_eq!(terminal_until(&mut events, ">>> ").await, "1\r\n1\r\n>>> ");
    player.await.expect("the board heard what it expected");
}

/// Plays a write up to the point where the chunks come: three bytes for `/a`.
async fn begin_write(board: &mut Player, room: &str) {
    board.enter().await;
    answer_abilities(board).await;
    board.program("_tp('/','/a','/.tp-", room, "").await;
}

async fn take_chunks(board: &mut Player) {
    let source = board.take_program().await;
    assert!(source.contains("kbd_intr(-1)") && source.contains("'/.tp-"), "{source}");
    board.say(b"+2\r\n").await; // chunks of two bytes
    board.expect(b"\x02\x00\x00\x00\xa7xy\x01\x00\x00\x00\xa4z").await; // two under way
    board.say(b"++").await;
    board.expect(b"\x00\x00\x00\x00\xa5").await;
    board.say(b"\x04\x04>").await;
}

#[tokio::test(start_paused = true)]
async fn a_file_is_written_aside_hashed_and_put_in_place() {
    let hash: String = Sha256::digest(b"xyz").iter().map(|byte| format!("{byte:02x}")).collect();
    let (board, _events, player) = attached(|mut board| async move {
        begin_write(&mut board, "- 0 0 512 9000\r\n").await;
        take_chunks(&mut board).await;
        board.program("sha256", &format!("{hash}\r\n"), "").await;
        board.program(".tp-bak", "", "").await;
        board.leave().await;
    })
    .await;
    board.write("/a", b"xyz".to_vec()).await.expect("it arrives");
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_damaged_file_is_removed_and_the_old_one_kept() {
    let (board, _events, player) = attached(|mut board| async move {
        begin_write(&mut board, "f 9 0 512 9000\r\n").await;
        take_chunks(&mut board).await;
        board.program("sha256", "0000\r\n", "").await;
        board.program("os.remove", "", "").await;
        board.leave().await;
    })
    .await;
    assert_eq!(board.write("/a", b"xyz".to_vec()).await, Err(Error::Damaged { path: "/a".into() }));
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_full_flash_is_told_before_anything_is_sent() {
    let (board, _events, player) = attached(|mut board| async move {
        begin_write(&mut board, "f 9 0 512 511\r\n").await;
        board.leave().await;
    })
    .await;
    assert_eq!(
        board.write("/a", b"xyz".to_vec()).await,
        Err(Error::NoSpace { path: "/a".into(), needed: 512, free: 511, in_place: true })
    );
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_flash_that_fills_up_in_the_middle_leaves_nothing() {
    let (board, _events, player) = attached(|mut board| async move {
        begin_write(&mut board, "f 9 0 1 -1\r\n").await;
        board.take_program().await;
        board.say(b"+2\r\n").await;
        board.expect(b"\x02\x00\x00\x00\xa7xy\x01\x00\x00\x00\xa4z").await;
        board.say(b"-").await;
        board.expect(b"\x00\x00\x00\x00\xa5").await; // the board drops the second chunk until this
        board.say(b"\x04Traceback (most recent call last):\r\nOSError: [Errno 28] ENOSPC\r\n\x04>").await;
        board.program("os.remove", "", "").await;
        board.leave().await;
    })
    .await;
    assert_eq!(
        board.write("/a", b"xyz".to_vec()).await,
        Err(Error::NoSpace { path: "/a".into(), needed: 3, free: 0, in_place: false })
    );
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_lost_byte_does_not_leave_the_board_waiting() {
    let (board, _events, player) = attached(|mut board| async move {
        begin_write(&mut board, "f 9 0 1 -1\r\n").await;
        board.take_program().await;
        board.say(b"+2\r\n").await;
        board.expect(b"\x02\x00\x00\x00\xa7xy\x01\x00\x00\x00\xa4z").await;
        board.silence(Duration::from_secs(14)).await; // a byte was lost: the board waits for it
        board.swallow(4160).await; // zeros bring it to its prompt
        board.say(b"\x04\x04>").await;
        board.expect(b"\x03\x03").await;
        board.say(b"\r\n>").await;
        board.leave().await;
        board.stay();
    })
    .await;
    let silent = Error::Silent { doing: Doing::Saving { path: "/a".into() }, seconds: 15 };
    assert_eq!(board.write("/a", b"xyz".to_vec()).await, Err(silent));
    assert_eq!(board.state(), Connection::Ready);
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_board_unplugged_in_a_file_job_is_lost() {
    let (board, _events, player) = attached(|mut board| async move {
        begin_write(&mut board, "- 0 0 512 9000\r\n").await;
    })
    .await;
    assert!(matches!(board.write("/a", b"xyz".to_vec()).await, Err(Error::Lost { .. })));
    assert!(matches!(
        board.wait_for(|state| *state != Connection::Ready && !matches!(state, Connection::Busy { .. })).await,
        Connection::Lost { .. }
    ));
    assert!(matches!(board.list("/").await, Err(Error::Lost { .. })));
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_board_unplugged_under_a_program_tells_its_end() {
    let (board, _events, player) = attached(|mut board| async move {
        board.enter().await;
        board.take_program().await;
        board.say(b"working").await;
    })
    .await;
    let run = board.run("a.py", "work()", Start::Keep).await.expect("it starts");
    assert!(matches!(run.outcome().await, Outcome::Lost { .. }));
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_program_that_catches_ctrl_c_gets_it_again_and_is_called_stubborn() {
    let (board, _events, player) = attached(|mut board| async move {
        board.enter().await;
        board.take_program().await;
        for _ in 0..5 {
            board.expect(b"\x03").await;
            board.say(b"no\r\n").await;
        }
        board.silence(Duration::from_secs(30)).await;
    })
    .await;
    let run = board.run("a.py", "work()", Start::Keep).await.expect("it starts");
    assert_eq!(run.interrupt().await, Err(Error::Stubborn));
    assert_eq!(board.state(), Connection::Running { program: Some("a.py".into()) });
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn the_prompt_after_a_program_begins_a_line() {
    let (board, mut events, player) = attached(|mut board| async move {
        board.enter().await;
        board.program("print", ">>> no newline", "").await;
        board.leave().await;
    })
    .await;
    terminal_until(&mut events, ">>> ").await;
    let run = board.run("a.py", "print", Start::Keep).await.expect("it starts");
    assert_eq!(run.outcome().await, Outcome::Finished);
    assert_eq!(terminal_until(&mut events, "newline\r\n>>> ").await, "\r\n>>> no newline\r\n>>> ");
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn letting_go_is_quick_even_when_the_board_hangs() {
    let (board, _events, player) = attached(|mut board| async move {
        board.enter().await;
        board.expect(b"\x05A\x01").await;
        std::future::pending().await
    })
    .await;
    let lister = board.clone();
    let listing = tokio::spawn(async move { lister.list("/").await });
    board.wait_for(|state| matches!(state, Connection::Busy { .. })).await;
    let start = tokio::time::Instant::now();
    board.detach().await;
    assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
    assert_eq!(board.state(), Connection::Disconnected);
    assert!(listing.await.expect("no panic").is_err());
    player.abort();
}

#[tokio::test(start_paused = true)]
async fn a_program_that_resets_its_board_has_ended() {
    // With the end of a program before it, and without.
    for last in ["bye\r\n", "bye\r\n\x04\x04\r\nMPY: soft reboot\r\n"] {
        let (board, _events, player) = attached(move |mut board| async move {
            board.enter().await;
            board.take_program().await;
            board.say(last.as_bytes()).await;
            board.say(FRIENDLY).await;
            board.expect(b"1\r").await;
            board.stay();
        })
        .await;
        let run = board.run("main.py", "import machine; machine.reset()", Start::Keep).await.expect("it starts");
        assert_eq!(run.outcome().await, Outcome::Restarted);
        assert_eq!(board.state(), Connection::Ready);
        board.type_bytes("1\r").expect("attached");
        player.await.expect("the board heard what it expected");
    }
}

#[tokio::test(start_paused = true)]
async fn a_program_that_prints_a_banner_and_goes_on_goes_on() {
    let (board, _events, player) = attached(|mut board| async move {
        board.enter().await;
        board.take_program().await;
        board.say(FRIENDLY).await;
        board.silence(Duration::from_millis(400)).await;
        board.say(b"no prompt\r\n").await;
        board.silence(Duration::from_secs(30)).await;
        board.say(b"\x04\x04>").await;
        board.leave().await;
    })
    .await;
    let run = board.run("main.py", "print(banner)", Start::Keep).await.expect("it starts");
    assert_eq!(run.outcome().await, Outcome::Finished);
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn several_pasted_lines_go_through_paste_mode_at_an_empty_prompt_alone() {
    let (board, mut events, player) = attached(|mut board| async move {
        board.expect(b"\x05for i in x:\r\tprint(i)\r\x04").await;
        board.say(b"\r\npaste mode\r\n=== \r\n>>> ").await;
        board.expect(b"6 * 7\r").await;
        board.say(b"6 * 7\r\n42\r\n>>> a").await;
        board.expect(b"b\rc").await;
        board.stay();
    })
    .await;
    terminal_until(&mut events, ">>> ").await;
    board.paste("for i in x:\n\tprint(i)\x03\r\n").expect("attached");
    terminal_until(&mut events, "=== \r\n>>> ").await;
    board.paste("6 * 7\n").expect("attached");
    terminal_until(&mut events, "42\r\n>>> a").await;
    board.paste("b\nc").expect("attached");
    player.await.expect("the board heard what it expected");
}
