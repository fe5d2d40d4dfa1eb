//! The raw REPL, byte for byte: windows, old firmware, garbage, silence.

use std::time::Duration;

use crate::scripted::{BANNER, Player};
use board::error::Error;
use board::line::Line;
use board::phrase::Doing;
use board::raw_repl::{Exec, Piece, RawMode};
use board::traffic::Traffic;
use board::transport::memory;
use tokio::task::JoinHandle;

const LONG: Duration = Duration::from_secs(60);

/// A line, and a board that has entered the raw REPL and then plays on.
fn raw_board<F: Future<Output = ()> + Send + 'static>(play: impl FnOnce(Player) -> F + Send + 'static) -> (Line, JoinHandle<()>) {
    let (opened, far) = memory::pair(1 << 16);
    let player = Player::start(far, |mut board| async move {
        board.enter().await;
        play(board).await;
    });
    (Line::new(opened.stream, opened.flow, Traffic::new()), player)
}

async fn printed(raw: &mut RawMode<'_>, source: &str) -> String {
    match raw.exec(source, LONG, &Doing::Sending).await.expect("it runs") {
        Exec::Printed(output) => String::from_utf8(output.to_vec()).expect("it is text"),
        Exec::Raised(traceback) => panic!("it raised {traceback:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn source_goes_window_by_window() {
    let (mut line, player) = raw_board(|mut board| async move {
        board.expect(b"\x05A\x01").await;
        board.say(b"R\x01\x04\x00").await; // four bytes at a time
        board.expect(b"prin").await;
        board.silence(Duration::from_millis(500)).await;
        board.say(b"\x01").await;
        board.expect(b"t(12").await;
        board.say(b"\x01\x01").await; // two windows at once
        board.expect(b"345)\x04").await;
        board.say(b"\x01\x04").await; // a late window, then the end
        board.say(b"12345\r\n\x04\x04>").await;
    });
    let mut raw = RawMode::enter(&mut line).await.expect("it enters");
    assert_eq!(printed(&mut raw, "print(12345)").await, "12345\r\n");
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_board_may_end_the_source_early() {
    let (mut line, player) = raw_board(|mut board| async move {
        board.expect(b"\x05A\x01").await;
        board.say(b"R\x01\x04\x00").await;
        board.expect(b"((((").await;
        board.say(b"\x04").await;
        board.expect(b"\x04").await;
        board.say(b"\x04Traceback (most recent call last):\r\n  File \"<stdin>\", line 1\r\nMemoryError: \r\n\x04>").await;
    });
    let mut raw = RawMode::enter(&mut line).await.expect("it enters");
    let ended = raw.exec("((((((((", LONG, &Doing::Sending).await.expect("the protocol held");
    assert!(matches!(ended, Exec::Raised(traceback) if traceback.exception == "MemoryError"));
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn firmware_that_refuses_raw_paste_gets_the_old_way() {
    let (mut line, player) = raw_board(|mut board| async move {
        board.expect(b"\x05A\x01").await;
        board.say(b"R\x00").await;
        for answer in [&b"1\r\n"[..], b"2\r\n"] {
            board.expect(b"print()\x04").await; // the second time it is not asked again
            board.say(b"OK").await;
            board.say(answer).await;
            board.say(b"\x04\x04>").await;
        }
    });
    let mut raw = RawMode::enter(&mut line).await.expect("it enters");
    assert_eq!(printed(&mut raw, "print()").await, "1\r\n");
    assert_eq!(printed(&mut raw, "print()").await, "2\r\n");
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn firmware_that_never_heard_of_raw_paste_gets_the_old_way() {
    let (mut line, player) = raw_board(|mut board| async move {
        board.expect(b"\x05A\x01").await;
        board.say(&BANNER[2..]).await; // it saw Ctrl-A
        board.expect(b"pass\x04").await;
        board.say(b"OK\x04\x04>").await;
    });
    let mut raw = RawMode::enter(&mut line).await.expect("it enters");
    assert_eq!(printed(&mut raw, "pass").await, "");
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn garbage_is_told_and_not_waited_for() {
    let (mut line, player) = raw_board(|mut board| async move {
        board.expect(b"\x05A\x01").await;
        board.say(b"??").await;
    });
    let mut raw = RawMode::enter(&mut line).await.expect("it enters");
    let garbled = Error::Garbled { doing: Doing::Sending, got: "\"??\"".into() };
    assert_eq!(raw.exec("pass", LONG, &Doing::Sending).await.err(), Some(garbled));
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn chatter_before_the_banner_and_late_answers_do_no_harm() {
    let (opened, far) = memory::pair(1 << 16);
    let player = Player::start(far, |mut board| async move {
        board.expect(b"\x01").await;
        board.say(b"a timer printed this\r\n>>> ").await;
        tokio::time::advance(Duration::from_millis(900)).await;
        for &byte in BANNER {
            board.say(&[byte]).await;
        }
        board.program("pass", "", "").await;
    });
    let mut line = Line::new(opened.stream, opened.flow, Traffic::new());
    let mut raw = RawMode::enter(&mut line).await.expect("it enters");
    assert_eq!(printed(&mut raw, "pass").await, "");
    player.await.expect("the board heard what it expected");
}

#[tokio::test(start_paused = true)]
async fn a_silent_board_ends_every_wait() {
    let (mut line, player) = raw_board(|mut board| async move {
        board.expect(b"\x05A\x01").await;
        board.silence(LONG * 10).await;
    });
    let mut raw = RawMode::enter(&mut line).await.expect("it enters");
    let error = raw.exec("pass", LONG, &Doing::Sending).await.expect_err("nobody answers");
    assert_eq!(error, Error::Silent { doing: Doing::Sending, seconds: 3 });
    player.abort();
}

/// What a program prints is its output, whatever it is.
#[track_caller]
fn check_pieces(said: &'static [u8], output: &'static str, exception: Option<&'static str>) -> impl Future<Output = ()> {
    let caller = std::panic::Location::caller();
    async move {
        let (mut line, player) = raw_board(move |mut board| async move {
            board.take_program().await;
            board.say(said).await;
        });
        let mut raw = RawMode::enter(&mut line).await.expect("it enters");
        let mut program = raw.start(b"pass").await.expect("it starts");
        let mut found = Vec::new();
        let traceback = loop {
            match program.next().await.expect("it runs") {
                Piece::Output(bytes) | Piece::Error(bytes) => found.extend(bytes),
                Piece::End(traceback) => break traceback,
            }
        };
        assert_eq!(String::from_utf8_lossy(&found), output, "{caller}");
        assert_eq!(traceback.map(|traceback| traceback.exception).as_deref(), exception, "{caller}");
        player.await.expect("the board heard what it expected");
    }
}

#[tokio::test(start_paused = true)]
async fn prompts_and_marks_in_output_are_output() {
    check_pieces(b">>> \r\n>\x04\x04>", ">>> \r\n>", None).await;
    check_pieces(b"a\x04b\x04\x04>", "ab", None).await; // the program printed one 04
    check_pieces(b"a\x04b\x04Boom: x\r\n\x04>", "abBoom: x\r\n", Some("Boom")).await;
    check_pieces(b"\x04Boom: x\r\n\x04>", "Boom: x\r\n", Some("Boom")).await;
}

#[tokio::test(start_paused = true)]
async fn a_program_that_exits_resets_the_board_and_ends() {
    let said = b"bye\r\n\x04\x04\r\nMPY: soft reboot\r\nraw REPL; CTRL-B to exit\r\n>";
    check_pieces(said, "bye\r\n\r\nMPY: soft reboot\r\nraw REPL; CTRL-B to exit\r\n>", None).await;
}

#[tokio::test(start_paused = true)]
async fn a_soft_reset_waits_for_boot() {
    let (mut line, player) = raw_board(|mut board| async move {
        board.expect(b"\x04").await;
        board.say(b"OK\r\nMPY: soft reboot\r\nboot.py was here\r\n").await;
        board.silence(Duration::from_secs(10)).await;
        board.say(&BANNER[2..]).await;
        board.program("pass", "", "").await;
    });
    let mut raw = RawMode::enter(&mut line).await.expect("it enters");
    raw.soft_reset().await.expect("it comes back");
    assert_eq!(printed(&mut raw, "pass").await, "");
    player.await.expect("the board heard what it expected");
}
