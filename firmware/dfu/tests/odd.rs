//! Hosts that follow no manual: requests in any order with any numbers. Each is answered, nothing starts but what was judged, and a host that knows
//! the protocol finds a loader that works.

use dfu::device::{Device, Memory, Outcome};
use dfu::file::Element;
use dfu::host::{End, Host, Plan, Progress};
use dfu::layout::Layout;
use dfu::protocol::{Command, State, Status};
use dfu::simulated::{Chip, Powered};
use std::ops::ControlFlow;

const LAYOUT: &str = "@Flash /0x08000000/04*002Kg,01*004Kg,02*008Kg";
const START: u32 = 0x0800_0000;
const BLOCK: usize = 256;
const PAGE: usize = 512;

fn new_chip() -> Chip {
    Chip::new(LAYOUT, BLOCK, PAGE, |vectors| vectors.starts_with(b"F405"))
}

/// Numbers without a pattern (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as u32 % end
    }
}

/// A block for the device: mostly a command, or data that might be one.
fn block(numbers: &mut Numbers) -> Vec<u8> {
    let address = START.wrapping_add(numbers.below(30_000)).wrapping_sub(2_000);
    let mut bytes = [0; Command::SIZE];
    match numbers.below(8) {
        0 => Command::SetAddress(address).to_bytes(&mut bytes).to_vec(),
        1 => Command::Erase(address).to_bytes(&mut bytes).to_vec(),
        2 => Command::MassErase.to_bytes(&mut bytes).to_vec(),
        3 => Command::ReadUnprotect.to_bytes(&mut bytes).to_vec(),
        4 => Vec::new(),
        _ => (0..numbers.below(2 * BLOCK as u32)).map(|_| numbers.below(256) as u8).collect(),
    }
}

/// One request, and what the protocol says of the state after it.
fn request<M: Memory>(device: &mut Device<'_, M>, numbers: &mut Numbers) -> Outcome {
    use State::*;
    let before = device.state();
    let number = if numbers.below(2) == 0 { 0 } else { numbers.below(300) as u16 };
    match numbers.below(8) {
        0 | 1 => {
            let taken = device.download(number, &block(numbers)).is_ok();
            assert!(!taken || matches!(before, Idle | DownloadIdle), "a block was taken in {before:?}");
            assert_eq!(device.state() == Error, !taken);
        }
        2 => {
            let mut into = vec![0; numbers.below(BLOCK as u32 + 2) as usize];
            let read = device.upload(number, &mut into);
            assert!(read.is_err() || matches!(before, Idle | UploadIdle), "a block was read in {before:?}");
            assert!(read.is_err() || read.is_ok_and(|count| count <= into.len()));
        }
        3 => drop(device.clear()),
        4 => drop(device.abort()),
        5 => device.reset(),
        _ => {
            let report = device.report();
            assert_eq!(report.state, device.state());
            assert_eq!(report.status == Status::Ok, report.state != Error, "{report:?}");
            // Whoever is told to wait is told for how long, however often it asks.
            let waits = matches!(report.state, DownloadBusy | Manifest);
            assert!(waits == (report.poll_timeout > 0) && device.report().poll_timeout >= report.poll_timeout, "{report:?}");
            return device.work();
        }
    }
    Outcome::Stay
}

#[test]
fn whatever_a_host_asks_it_is_answered_and_the_next_one_finds_a_loader() {
    let (mut vectors, mut updated) = (vec![7; 1500], 0);
    vectors[..4].copy_from_slice(b"F405");
    for seed in 1..400 {
        let chip = new_chip();
        let mut numbers = Numbers(u64::wrapping_mul(seed, 0x9E37_79B9_7F4A_7C15));
        chip.power(|cable| {
            for _ in 0..300 {
                let before = chip.at(START, 4);
                let outcome = request(&mut cable.device, &mut numbers);
                let now = chip.at(START, 4);
                let is_judged = now.starts_with(b"F405");
                assert!(
                    now == before || now == [0xFF; 4] || is_judged,
                    "{seed}: a vector page was programmed that nobody judged"
                );
                assert!(outcome == Outcome::Stay || is_judged, "{seed}: something started that is no image");
                if outcome == Outcome::Start {
                    return;
                }
            }
            let image = [Element { address: START, data: &vectors }];
            let plan = Plan::new(Layout::parse(LAYOUT).expect("a layout"), &image, START).expect("the image fits");
            let mut watch = |_: Progress| ControlFlow::Continue(());
            let ended = Host::new(&mut *cable, &mut [0; BLOCK], &mut watch).update(&plan);
            assert_eq!((ended, cable.started), (Ok(End::Started), true), "{seed}");
            assert_eq!(chip.at(START, vectors.len()), vectors);
            updated += 1;
        });
    }
    assert!(updated > 390, "{updated}");
}

/// As `dfu-util` with an upload between two downloads: each begins where its address says, and none disturbs the other.
#[test]
fn downloads_and_uploads_take_turns() {
    let chip = new_chip();
    chip.power(|cable| {
        let device = &mut cable.device;
        let work = |device: &mut Device<'_, Powered<'_>>| {
            assert_eq!(device.report().state, State::DownloadBusy);
            assert_eq!(device.work(), Outcome::Stay);
            assert_eq!(device.report().state, State::DownloadIdle);
        };
        for (round, address) in (0_u8..).zip([0x0800_1000_u32, 0x0800_1800, 0x0800_2000]) {
            for command in [Command::Erase(address), Command::SetAddress(address)] {
                device.download(0, command.to_bytes(&mut [0; Command::SIZE])).expect("a command");
                work(device);
            }
            device.download(2, &[round; BLOCK]).expect("a block");
            work(device);
            let mut read = [0; BLOCK];
            assert!(device.upload(2, &mut read).is_err(), "reading begins from idle (DFU §A.1)");
            device.clear().expect("out of the error");
            device.download(0, Command::SetAddress(address).to_bytes(&mut [0; Command::SIZE])).expect("a command");
            work(device);
            device.abort().expect("to idle");
            assert_eq!(device.upload(2, &mut read), Ok(BLOCK));
            assert_eq!(read, [round; BLOCK]);
            assert!(device.download(3, &[9; BLOCK]).is_err(), "writing begins from idle as well");
            device.clear().expect("out of the error");
            assert_eq!(chip.at(address + BLOCK as u32, BLOCK), [0xFF; BLOCK]);
        }
    });
}

/// A host that changes its mind between the end that it sent and the work that would follow.
#[test]
fn the_end_can_be_taken_back_until_it_is_announced() {
    let chip = new_chip();
    chip.power(|cable| {
        cable.device.download(0, &[]).expect("the end");
        cable.device.abort().expect("it was not announced yet");
        assert_eq!((cable.device.state(), cable.device.work()), (State::Idle, Outcome::Stay));
    });
}
