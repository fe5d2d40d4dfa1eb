//! The two halves against each other: every update in this file crosses a wire that can be cut after any transfer, to a memory that can lose power
//! in the middle of any erase or program.

use dfu::device::{Device, Outcome};
use dfu::file::Element;
use dfu::host::{End, Failure, Host, Phase, Plan, Progress, Unfit, Wire};
use dfu::layout::Layout;
use dfu::protocol::{Command, Report, Request, State, Status};
use dfu::simulated::{Cable, Chip, Powered};
use std::ops::ControlFlow;

const LAYOUT: &str = "@Flash /0x08000000/04*002Kg,01*004Kg,02*008Kg";
const START: u32 = 0x0800_0000;
const FILES: u32 = 0x0800_0800;
const CODE: u32 = 0x0800_2000;
const BLOCK: usize = 256;
const PAGE: usize = 512;

fn new_chip() -> Chip {
    Chip::new(LAYOUT, BLOCK, PAGE, |vectors| vectors.starts_with(b"F405"))
}

/// Runs one update of a chip that was just switched on; the cable is pulled after `transfers`. Answers also how many there were, and
/// whether the image was started.
fn update(chip: &Chip, image: &[Element<'_>], transfers: Option<usize>) -> (Result<End, Failure<String>>, usize, bool) {
    chip.pulled_after.set(transfers);
    chip.transfers.set(0);
    chip.power(|cable| {
        let result = send(cable, image);
        (result, chip.transfers.get(), cable.started)
    })
}

/// Sends an image to the loader at the end of a cable.
fn send(cable: &mut Cable<'_, '_, Powered<'_>>, image: &[Element<'_>]) -> Result<End, Failure<String>> {
    let mut buffer = [0; BLOCK];
    let plan = Plan::new(Layout::parse(LAYOUT).expect("a layout"), image, START).expect("the image fits");
    let mut watch = |_: Progress| ControlFlow::Continue(());
    Host::new(cable, &mut buffer, &mut watch).update(&plan)
}

/// An image as a pyboard's: a page of vectors, then code behind the files.
fn image(seed: u8) -> (Vec<u8>, Vec<u8>) {
    let bytes =
        |length: u32| (0..length).map(|at| (at as u8).wrapping_mul(31).wrapping_add(seed) ^ (at >> 8) as u8).collect::<Vec<_>>();
    let mut vectors = bytes(1500);
    vectors[..4].copy_from_slice(b"F405");
    (vectors, bytes(9000))
}

fn elements<'a>(vectors: &'a [u8], code: &'a [u8]) -> [Element<'a>; 2] {
    [Element { address: START, data: vectors }, Element { address: CODE, data: code }]
}

/// What a reset would start.
#[derive(Debug, PartialEq, Eq)]
enum Boot {
    Loader,
    Image(u8),
}

/// Fails if the vector page starts anything but one whole image.
fn boot(chip: &Chip, seeds: &[u8]) -> Boot {
    if chip.at(START, 4) != *b"F405" {
        return Boot::Loader;
    }
    let whole = seeds.iter().find(|seed| {
        let (vectors, code) = image(**seed);
        chip.at(START, vectors.len()) == vectors && chip.at(CODE, code.len()) == code
    });
    Boot::Image(*whole.expect("what starts is a whole image"))
}

#[test]
fn an_image_arrives_and_the_files_stay() {
    let chip = new_chip();
    chip.set(FILES, b"file");
    let (vectors, code) = image(1);
    let (result, _, started) = update(&chip, &elements(&vectors, &code), None);
    assert_eq!((result, started), (Ok(End::Started), true));
    assert_eq!(boot(&chip, &[1]), Boot::Image(1));
    assert_eq!(chip.at(FILES, 4), b"file");
    assert_eq!(*chip.erased.borrow(), [START, CODE, CODE + 0x1000], "each touched sector once, the vectors' first");
    assert_eq!(chip.programmed.borrow().last(), Some(&START), "the first word of the vector page is last");
}

#[test]
fn the_same_image_again_writes_nothing() {
    let chip = new_chip();
    let (vectors, code) = image(1);
    let image = elements(&vectors, &code);
    update(&chip, &image, None).0.expect("the first update");
    chip.erased.borrow_mut().clear();
    chip.programmed.borrow_mut().clear();
    assert_eq!(update(&chip, &image, None).0, Ok(End::Started));
    assert!(chip.erased.borrow().is_empty() && chip.programmed.borrow().is_empty());
}

#[test]
fn pulled_after_any_transfer_it_boots_one_whole_image_or_the_loader_and_can_be_resumed() {
    let (old, new) = (image(1), image(2));
    let whole = new_chip();
    update(&whole, &elements(&old.0, &old.1), None).0.expect("the old image");
    let (_, transfers, _) = update(&whole, &elements(&new.0, &new.1), None);
    assert!(transfers > 200, "{transfers}");
    let mut seen_loader = false;
    for cut in 0..transfers {
        let chip = new_chip();
        update(&chip, &elements(&old.0, &old.1), None).0.expect("the old image");
        let (result, ..) = update(&chip, &elements(&new.0, &new.1), Some(cut));
        match result {
            Err(Failure::Wire(_)) => seen_loader |= boot(&chip, &[1, 2]) == Boot::Loader,
            // Pulled in the moment of leaving: nothing is promised but what `boot` checks.
            Ok(End::Vanished) => assert_ne!(boot(&chip, &[1, 2]), Boot::Image(1), "cut after {cut}"),
            other => assert_eq!((other, boot(&chip, &[1, 2])), (Ok(End::Started), Boot::Image(2)), "cut after {cut}"),
        }
        update(&chip, &elements(&new.0, &new.1), None).0.unwrap_or_else(|failure| panic!("resumed after {cut}: {failure:?}"));
        assert_eq!(boot(&chip, &[1, 2]), Boot::Image(2), "resumed after {cut}");
    }
    assert!(seen_loader, "some cuts leave no image");
}

#[test]
fn pulled_after_any_transfer_and_plugged_in_again_with_power_it_can_be_resumed() {
    let (old, new) = (image(1), image(2));
    let whole = new_chip();
    update(&whole, &elements(&old.0, &old.1), None).0.expect("the old image");
    let (_, transfers, _) = update(&whole, &elements(&new.0, &new.1), None);
    let mut resumed = 0;
    for cut in 0..transfers {
        let chip = new_chip();
        update(&chip, &elements(&old.0, &old.1), None).0.expect("the old image");
        chip.pulled_after.set(Some(cut));
        chip.power(|cable| {
            let _ = send(cable, &elements(&new.0, &new.1));
            if !cable.started {
                cable.replug();
                let again = send(cable, &elements(&new.0, &new.1));
                assert_eq!((again, cable.started), (Ok(End::Started), true), "resumed after {cut}");
                resumed += 1;
            }
        });
        assert_eq!(boot(&chip, &[1, 2]), Boot::Image(2), "cut after {cut}");
    }
    assert!(resumed > 200, "{resumed}");
}

#[test]
fn without_power_in_any_erase_or_program_it_boots_one_whole_image_or_the_loader_and_can_be_resumed() {
    let (old, new) = (image(1), image(2));
    let mut cuts = 0;
    for operation in 0.. {
        let chip = new_chip();
        update(&chip, &elements(&old.0, &old.1), None).0.expect("the old image");
        chip.fuse.set(Some(operation));
        let (result, ..) = update(&chip, &elements(&new.0, &new.1), None);
        if result.is_ok() && chip.fuse.get() != Some(0) {
            break;
        }
        chip.fuse.set(None);
        cuts += 1;
        boot(&chip, &[1, 2]);
        update(&chip, &elements(&new.0, &new.1), None)
            .0
            .unwrap_or_else(|failure| panic!("resumed after {operation}: {failure:?}"));
        assert_eq!(boot(&chip, &[1, 2]), Boot::Image(2), "resumed after {operation}");
    }
    assert!(cuts > 30, "{cuts}");
}

#[test]
fn an_image_for_another_chip_is_refused_by_the_device_at_the_end() {
    let chip = new_chip();
    let (mut vectors, code) = image(1);
    vectors[..4].copy_from_slice(b"F103");
    let (result, _, started) = update(&chip, &elements(&vectors, &code), None);
    assert_eq!((result, started), (Err(Failure::Device { phase: Phase::Leave, status: Status::Target }), false));
    assert_eq!(boot(&chip, &[1]), Boot::Loader);
}

#[test]
fn a_host_that_writes_the_vectors_first_is_safe_as_well() {
    // As dfu-util does: erase and write in the order of the file, then leave.
    let chip = new_chip();
    chip.power(|cable| {
        let device = &mut cable.device;
        let command = |device: &mut Device<'_, Powered<'_>>, block: u16, data: &[u8]| {
            device.download(block, data).expect("the device takes it");
            assert_eq!(device.report().state, State::DownloadBusy);
            assert_eq!(device.work(), Outcome::Stay);
            assert_eq!(device.report().state, State::DownloadIdle);
        };
        let (vectors, _) = image(1);
        command(device, 0, Command::Erase(START).to_bytes(&mut [0; Command::SIZE]));
        command(device, 0, Command::SetAddress(START).to_bytes(&mut [0; Command::SIZE]));
        for (number, part) in (2..).zip(vectors.chunks(BLOCK)) {
            command(device, number, part);
        }
        assert_eq!(chip.at(START, 4), [0xFF; 4], "the vector page waits");
        assert_eq!(chip.at(START + PAGE as u32, 4), vectors[PAGE..PAGE + 4]);
        device.abort().expect("back to idle");
        let mut read = [0; BLOCK];
        assert_eq!(device.upload(2, &mut read), Ok(BLOCK));
        assert_eq!(read, vectors[..BLOCK], "and reads as if it were there");
        device.abort().expect("back to idle");
        device.download(0, &[]).expect("the end");
        assert_eq!(device.report().state, State::Manifest);
        assert_eq!(device.work(), Outcome::Start);
        assert_eq!(chip.at(START, PAGE), vectors[..PAGE]);
    });
}

#[test]
fn requests_that_do_not_fit_are_refused_and_nothing_changes() {
    let chip = new_chip();
    chip.power(|cable| {
        let device = &mut cable.device;
        let refused: [(&[u8], Status); 5] = [
            (&[0x41], Status::Vendor),
            (&[0x92], Status::Vendor),
            (&[0x77, 1], Status::StalledPacket),
            (&[0x21, 0, 0, 0, 0x20], Status::Address),
            (&[0x41, 0, 0, 0, 0x09], Status::Address),
        ];
        for (data, status) in refused {
            device.download(0, data).expect("a block is taken before it is judged");
            device.report();
            device.work();
            assert_eq!((device.report().status, device.state()), (status, State::Error), "{data:?}");
            assert!(device.download(2, &[0]).is_err(), "in the error state nothing is taken");
            device.clear().expect("the error can be cleared");
        }
        assert!(device.download(2, &[0; BLOCK + 1]).is_err(), "longer than a block");
        device.clear().expect("the error can be cleared");
        assert!(device.download(1, &[0]).is_err(), "block 1 has no meaning");
        device.clear().expect("the error can be cleared");
        device.download(200, &[0; BLOCK]).expect("a block is taken before it is judged");
        device.report();
        device.work();
        assert_eq!(device.report().status, Status::Address, "past the end of memory");
    });
    assert!(chip.erased.borrow().is_empty() && chip.programmed.borrow().is_empty());
}

#[test]
fn an_image_must_fit_the_device() {
    let layout = Layout::parse("@Flash /0x08000000/02*001Kg,01*001Ka").expect("a layout");
    let data = [0; 1024];
    let fit = |elements: &[Element<'_>]| Plan::new(layout, elements, START).err();
    let at = |address| Element { address, data: &data };
    assert_eq!(fit(&[at(START), at(START + 0x400)]), None);
    assert_eq!(fit(&[]), Some(Unfit::Empty));
    assert_eq!(fit(&[at(START - 1)]), Some(Unfit::Straddles { address: START }));
    assert_eq!(fit(&[at(START - 0x400)]), Some(Unfit::Outside { address: START - 0x400 }));
    assert_eq!(fit(&[at(START + 8)]), Some(Unfit::Startless { address: START }));
    assert_eq!(fit(&[at(0xFFFF_FFFF)]), Some(Unfit::Outside { address: 0xFFFF_FFFF }));
    assert_eq!(fit(&[at(START + 0x600)]), Some(Unfit::Protected { address: START + 0x800 }));
    assert_eq!(fit(&[at(START), at(START + 0x200)]), Some(Unfit::Twice { address: START + 0x200 }));
}

#[test]
fn a_watcher_sees_every_phase_and_can_give_up() {
    let chip = new_chip();
    let (vectors, code) = image(1);
    let image = elements(&vectors, &code);
    let plan = Plan::new(Layout::parse(LAYOUT).expect("a layout"), &image, START).expect("the image fits");
    let run = |limit: usize| {
        let mut buffer = [0; BLOCK];
        let mut seen = Vec::new();
        let mut watch = |progress: Progress| {
            assert!(progress.done <= progress.total, "{progress:?}");
            seen.push(progress);
            if seen.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let result = chip.power(|cable| Host::new(cable, &mut buffer, &mut watch).update(&plan));
        assert!(chip.waited.get() > 0 || limit < 10, "the device asked for time");
        (result, seen)
    };
    assert_eq!(run(5).0, Err(Failure::Cancelled));
    let (result, seen) = run(usize::MAX);
    assert_eq!(result, Ok(End::Started));
    let mut phases: Vec<_> = seen.iter().map(|progress| progress.phase).collect();
    phases.dedup();
    use Phase::*;
    assert_eq!(phases, [Survey, Erase, Write, Verify, Write, Verify, Leave]);
    assert!(seen.windows(2).all(|pair| pair[0].phase != pair[1].phase || pair[1].done == 0 || pair[0].done <= pair[1].done));
}

/// A wire to a device that is slow to judge: it says several times that it is at it.
struct Slow<'w, W> {
    wire: W,
    judging: Option<[u8; Report::SIZE]>,
    answers: &'w mut u32,
}

impl<W: Wire> Wire for Slow<'_, W> {
    type Error = W::Error;

    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> Result<(), W::Error> {
        self.wire.send(request, value, data)
    }

    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> Result<usize, W::Error> {
        if let (Request::GetStatus, Some(judging), 1..) = (request, self.judging, *self.answers) {
            *self.answers -= 1;
            into.copy_from_slice(&judging);
            return Ok(Report::SIZE);
        }
        let count = self.wire.receive(request, value, into)?;
        let report = Report::from_bytes(into).filter(|report| request == Request::GetStatus && report.state == State::Manifest);
        self.judging = self.judging.or(report.map(|report| report.to_bytes()));
        Ok(count)
    }

    fn wait(&mut self, milliseconds: u32) {
        self.wire.wait(milliseconds);
    }
}

#[test]
fn a_device_that_is_slow_to_judge_is_waited_for() {
    let (_, code) = image(1);
    let (good, bad) = (image(1).0, vec![0x55; 1500]);
    let refused = Failure::Device { phase: Phase::Leave, status: Status::Target };
    for (vectors, answers, wanted) in
        [(&good, 5, Ok(End::Started)), (&bad, 5, Err(refused)), (&good, u32::MAX, Err(Failure::Stuck { phase: Phase::Leave }))]
    {
        let chip = new_chip();
        let image = elements(vectors, &code);
        let plan = Plan::new(Layout::parse(LAYOUT).expect("a layout"), &image, START).expect("the image fits");
        let (mut left, mut watch) = (answers, |_: Progress| ControlFlow::Continue(()));
        let ended = chip.power(|cable| {
            let wire = Slow { wire: &mut *cable, judging: None, answers: &mut left };
            Host::new(wire, &mut [0; BLOCK], &mut watch).update(&plan)
        });
        assert_eq!(ended, wanted);
        assert!(left == 0 || answers == u32::MAX, "{left} answers are left");
    }
}

#[test]
fn a_backup_reads_what_is_there() {
    let chip = new_chip();
    let (vectors, code) = image(3);
    update(&chip, &elements(&vectors, &code), None).0.expect("an image");
    let (mut buffer, mut read) = ([0; BLOCK], vec![0; 9000]);
    let mut watch = |_: Progress| ControlFlow::Continue(());
    chip.power(|cable| Host::new(cable, &mut buffer, &mut watch).read(CODE, &mut read)).expect("it can be read");
    assert_eq!(read, code);
}
