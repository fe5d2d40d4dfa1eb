//! A board that is a mouse as well.

use super::computer::{Computer, interfaces};
use super::running::PYBOARD;
use usb::board::{Board, Wear};
use usb::keys::{Keys, Kind, LONGEST};
use usb::simulated::Wire;
use usb::usb_device::bus::UsbBusAllocator;

/// Stands for what describes a mouse: nobody reads it here.
const REPORT: [u8; 5] = [5, 1, 9, 2, 0xC0];
/// The endpoints: from the board, to it.
const MOUSE: (usize, usize) = (3, 2);
const INTERFACE: u16 = 3;

fn keys<'s, 'a>(board: &'s mut Board<'a, Wire>) -> &'s mut Keys<'a, Wire> {
    board.keys.as_mut().expect("it wears some")
}

#[test]
fn a_mouse_describes_itself_and_its_reports_arrive_in_order() {
    let computer = Computer::new();
    let bus = UsbBusAllocator::new(computer.wire.clone());
    let kind = Kind { subclass: 1, protocol: 2, longest: 4, interval: 8, report: &REPORT };
    let mut board = Board::new(&bus, PYBOARD, Wear { keys: Some(kind), ..Wear::SERIAL });
    let configuration = computer.enumerate(&mut || {
        board.poll();
    });
    assert_eq!(interfaces(&configuration)[3], [3, 3, 1, 2]);
    let head = [9, 0x21, 0x11, 1, 0, 1, 0x22, REPORT.len() as u8, 0];
    assert!(configuration.windows(9).any(|bytes| bytes == head), "the report's length stands in the configuration");
    let mut turn = || {
        board.poll();
    };
    assert_eq!(computer.ask(1, 6, 0x2200, INTERFACE, 64, &mut turn), Ok(REPORT.to_vec()));
    assert_eq!(computer.ask(1, 6, 0x2100, INTERFACE, 64, &mut turn), Ok(head.to_vec()));
    computer.tell(0x21, 0x0A, 0, INTERFACE, &[], &mut turn).expect("every system sets how long it may be idle");
    assert!(keys(&mut board).send(&[0, 5, 251, 0]));
    assert!(!keys(&mut board).send(&[1, 0, 0, 0]), "one waits at a time");
    let id = computer.begin(MOUSE.0, Some(4), &[], [0; 8]);
    let moved = computer
        .end(id, &mut || {
            board.poll();
        })
        .expect("it comes")
        .expect("it is not refused");
    assert_eq!(moved.0, [0, 5, 251, 0]);
    board.poll();
    assert!(keys(&mut board).is_free() && keys(&mut board).send(&[1, 0, 0, 0]), "and then the next");
}

#[test]
fn the_last_that_the_computer_sends_waits_for_the_board() {
    let computer = Computer::new();
    let bus = UsbBusAllocator::new(computer.wire.clone());
    let kind = Kind { subclass: 1, protocol: 1, longest: 8, interval: 8, report: &REPORT };
    let mut board = Board::new(&bus, PYBOARD, Wear { keys: Some(kind), ..Wear::SERIAL });
    computer.enumerate(&mut || {
        board.poll();
    });
    let mut report = [0; LONGEST];
    assert_eq!(keys(&mut board).receive(&mut report), 0);
    for lights in [1, 2] {
        let id = computer.begin(MOUSE.1, None, &[lights], [0; 8]);
        computer
            .end(id, &mut || {
                board.poll();
            })
            .expect("it is taken")
            .expect("it is not refused");
        board.poll();
    }
    assert!(keys(&mut board).has_report());
    assert_eq!((keys(&mut board).receive(&mut report), report[0]), (1, 2));
}
