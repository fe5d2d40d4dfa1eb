//! The loader on a bus in memory with a host that asks without a pause, whatever time it is told to wait.

use bootloader::keeper::Keeper;
use bootloader::loading::{Buffers, Loading, ROOM};
use bootloader::map::{IMAGES, PLAIN};
use dfu::device::PATIENCE;
use dfu::label::{PAGE, Unsigned};
use dfu::protocol::{Command, Report, Request, State};
use dfu::simulated::Chip;
use std::sync::mpsc::{Receiver, channel};
use usb::loader::BLOCK;
use usb::simulated::{Finished, Transfer, Wire};
use usb::usb_device::bus::UsbBusAllocator;

/// A computer that does one control transfer after the other, each in a millisecond.
struct Computer {
    wire: Wire,
    finished: Receiver<Finished>,
    now: u32,
}

impl Computer {
    /// A request to the loader's interface; what came back.
    fn transfer(&mut self, setup: [u8; 8], data: &[u8], turn: &mut dyn FnMut(u32)) -> Vec<u8> {
        self.now += 1;
        let wanted = (setup[0] & 0x80 != 0).then(|| usize::from(u16::from_le_bytes([setup[6], setup[7]])));
        self.wire.submit(Transfer { id: self.now, endpoint: 0, wanted, data: data.into(), setup, ends_short: false });
        for _ in 0..1000 {
            if let Ok(Finished { done, .. }) = self.finished.try_recv() {
                return done.expect("it is taken").0;
            }
            turn(self.now);
        }
        panic!("the loader does not answer");
    }

    fn tell(&mut self, request: Request, data: &[u8], turn: &mut dyn FnMut(u32)) {
        self.transfer([0x21, request as u8, 0, 0, 0, 0, data.len() as u8, 0], data, turn);
    }

    fn state(&mut self, turn: &mut dyn FnMut(u32)) -> State {
        let answer = self.transfer([0xA1, Request::GetStatus as u8, 0, 0, 0, 0, 6, 0], &[], turn);
        Report::from_bytes(&answer).expect("a report").state
    }
}

#[test]
fn a_host_that_never_waits_sees_its_work_done() {
    let (tell, finished) = channel();
    let mut computer = Computer { wire: Wire::new(move |ended| drop(tell.send(ended))), finished, now: 0 };
    let bus = UsbBusAllocator::new(computer.wire.clone());
    let chip = Chip::new(PLAIN.text, BLOCK, PAGE, |_| true);
    chip.set(IMAGES.start, b"old");
    let mut buffers = Buffers::EMPTY;
    let mut loading = Loading::new(&bus, "1", Keeper::new(chip.powered(), ROOM, Unsigned), &mut buffers);
    let mut turn = |now| assert!(!loading.turn(now), "nothing starts");
    for setup in [[0, 5, 5, 0, 0, 0, 0, 0], [0, 9, 1, 0, 0, 0, 0, 0]] {
        computer.transfer(setup, &[], &mut turn);
    }
    // Erased, and told the end without an image: both are done while the host asks on and on.
    let erase = Command::Erase(IMAGES.start);
    for (data, done) in [(erase.to_bytes(&mut [0; Command::SIZE]), State::DownloadIdle), (&[], State::Error)] {
        computer.tell(Request::Download, data, &mut turn);
        let since = computer.now;
        while computer.state(&mut turn) != done {
            assert!(computer.now - since < 2 * PATIENCE, "it waits for a pause that does not come");
        }
    }
    assert_eq!(chip.at(IMAGES.start, 3), [0xFF; 3]);
}
