//! A running board: its description, its serial line, the way to its loader.

use super::computer::{Computer, Waits, interfaces};
use usb::board::{Board, Identity, Wear};
use usb::serial::{PACKET, Serial};
use usb::simulated::Wire;
use usb::usb_device::bus::UsbBusAllocator;

pub const PYBOARD: Identity<'static> =
    Identity { vendor: 0xF055, product: 0x9800, maker: "Taipan", name: "Pyboard", serial: "0123456789" };

const CLASS: u8 = 0x21;
/// The endpoints of the line: from the board, to it.
const LINE: (usize, usize) = (2, 1);

/// A board that a computer has taken in use, and whose line a program has opened.
fn with_board(test: impl FnOnce(&Computer, &mut Board<'_, Wire>)) {
    let computer = Computer::new();
    let bus = UsbBusAllocator::new(computer.wire.clone());
    let mut board = Board::new(&bus, PYBOARD, Wear::SERIAL);
    computer.enumerate(&mut || {
        board.poll();
    });
    assert!(board.is_connected() && !board.is_open());
    open(&computer, &mut board, true);
    test(&computer, &mut board);
}

/// What the computer reads from the line when it asks for much.
fn received(computer: &Computer, board: &mut Board<Wire>) -> Vec<u8> {
    let id = computer.begin(LINE.0, Some(512), &[], [0; 8]);
    let (answer, _) = computer
        .end(id, &mut || {
            board.poll();
        })
        .expect("its end is told")
        .expect("it is not refused");
    answer
}

/// The board's serial line.
fn line<'s, 'a>(board: &'s mut Board<'a, Wire>) -> &'s mut Serial<'a, Wire> {
    board.serial.as_mut().expect("it wears one")
}

fn open(computer: &Computer, board: &mut Board<'_, Wire>, is: bool) {
    computer
        .tell(CLASS, 0x22, u16::from(is), 0, &[], &mut || {
            board.poll();
        })
        .expect("a line has a state");
    assert_eq!(board.is_open(), is);
}

#[test]
fn it_shows_a_serial_line_and_a_way_to_its_loader() {
    let computer = Computer::new();
    let bus = UsbBusAllocator::new(computer.wire.clone());
    let mut board = Board::new(&bus, PYBOARD, Wear::SERIAL);
    let configuration = computer.enumerate(&mut || {
        board.poll();
    });
    assert_eq!(interfaces(&configuration), [[0, 2, 2, 0], [1, 10, 0, 0], [2, 0xFE, 1, 1]]);
    let texts = [1, 2, 3].map(|index| {
        computer.text(index, &mut || {
            board.poll();
        })
    });
    assert_eq!(texts, ["Taipan", "Pyboard", "0123456789"]);
}

#[test]
fn windows_learns_which_driver_takes_the_update_interface() {
    with_board(|computer, board| {
        let store = computer
            .ask(0, 6, 0x0F00, 0, 255, &mut || {
                board.poll();
            })
            .expect("it has capabilities");
        let capability = store.windows(4).position(|bytes| bytes == [0xDF, 0x60, 0xDD, 0xD8]).expect("one is for Windows");
        let (size, code) = (store[capability + 20], store[capability + 22]);
        let answer = computer
            .ask(0x40, code, 0, 7, size.into(), &mut || {
                board.poll();
            })
            .expect("it names the driver");
        assert_eq!(answer.len(), usize::from(size));
        assert_eq!(answer[18..24], [8, 0, 2, 0, 2, 0], "it is for interface 2");
        assert!(answer.windows(6).any(|bytes| bytes == b"WINUSB"));
        assert!(
            computer
                .ask(0x40, code, 0, 4, 16, &mut || {
                    board.poll();
                })
                .is_err(),
            "it answers nothing else"
        );
    });
}

#[test]
fn bytes_cross_in_both_directions() {
    with_board(|computer, board| {
        let id = computer.begin(LINE.1, None, b"1 + 1\r", [0; 8]);
        computer
            .end(id, &mut || {
                board.poll();
            })
            .expect("it is taken")
            .expect("it is not refused");
        let mut packet = [0; PACKET];
        assert_eq!((line(board).receive(&mut packet), &packet[..6]), (6, &b"1 + 1\r"[..]));
        assert_eq!(line(board).receive(&mut packet), 0, "there is no more");
        assert_eq!(line(board).send(b"2\r\n"), 3);
        let answer = received(computer, board);
        assert_eq!(answer, b"2\r\n");
        assert!(line(board).is_sent());
    });
}

#[test]
fn nothing_is_lost_while_the_board_does_not_read() {
    with_board(|computer, board| {
        let text: Vec<u8> = (0..1000_u32).map(|number| number as u8).collect();
        let id = computer.begin(LINE.1, None, &text, [0; 8]);
        assert_eq!(
            computer.end(id, &mut || {
                board.poll();
            }),
            Err(Waits(id)),
            "the computer waits"
        );
        let (mut got, mut packet) = (Vec::new(), [0; PACKET]);
        while got.len() < text.len() {
            board.poll();
            let count = line(board).receive(&mut packet);
            got.extend_from_slice(&packet[..count]);
        }
        assert_eq!(got, text);
        computer
            .end(id, &mut || {
                board.poll();
            })
            .expect("it has ended")
            .expect("it is not refused");
    });
}

#[test]
fn nothing_is_lost_while_the_computer_does_not_read() {
    with_board(|computer, board| {
        let text: Vec<u8> = (0..5000_u32).map(|number| (number * 7) as u8).collect();
        let mut sent = 0;
        while let taken @ 1.. = line(board).send(&text[sent..]) {
            board.poll();
            sent += taken;
        }
        assert!(sent < 1000, "there is an end to what waits: {sent}");
        let mut got = Vec::new();
        while got.len() < text.len() {
            let id = computer.begin(LINE.0, Some(512), &[], [0; 8]);
            let mut feed = || {
                sent += line(board).send(&text[sent..]);
                board.poll();
            };
            got.extend(computer.end(id, &mut feed).expect("it comes").expect("it is not refused").0);
        }
        assert_eq!(got, text);
    });
}

#[test]
fn a_text_of_whole_packets_arrives_at_once() {
    with_board(|computer, board| {
        line(board).send(&[b'x'; 2 * PACKET]);
        let answer = received(computer, board);
        assert_eq!(answer.len(), 2 * PACKET);
    });
}

#[test]
fn what_nobody_read_is_not_the_next_programs() {
    with_board(|computer, board| {
        line(board).send(&[b'x'; 200]);
        open(computer, board, false);
        open(computer, board, true);
        line(board).send(b"new");
        let answer = received(computer, board);
        assert!(answer.ends_with(b"new") && answer.len() <= PACKET + 3, "only the packet that was under way came: {answer:?}");
    });
}

#[test]
fn the_computer_may_ask_for_the_loader() {
    with_board(|computer, board| {
        let state = computer.ask(CLASS, 5, 0, 2, 1, &mut || {
            board.poll();
        });
        assert_eq!(state, Ok(vec![0]), "it runs");
        assert!(!board.take_detach());
        computer
            .tell(CLASS, 0, 1000, 2, &[], &mut || {
                board.poll();
            })
            .expect("it agrees");
        assert!(board.take_detach() && !board.take_detach());
        assert!(
            computer
                .tell(CLASS, 1, 0, 2, &[1], &mut || {
                    board.poll();
                })
                .is_err(),
            "it takes no firmware itself"
        );
    });
}

#[test]
fn a_reset_of_the_bus_begins_anew() {
    with_board(|computer, board| {
        line(board).send(b"old");
        computer.wire.reset_bus();
        board.poll();
        assert!(!board.is_connected() && !board.is_open());
        computer.enumerate(&mut || {
            board.poll();
        });
        open(computer, board, true);
        line(board).send(b"new");
        let id = computer.begin(LINE.0, Some(64), &[], [0; 8]);
        assert_eq!(
            computer.end(id, &mut || {
                board.poll();
            }),
            Ok(Ok((b"new".to_vec(), 0)))
        );
    });
}
