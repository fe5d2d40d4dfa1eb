//! The two halves against each other: every update in this file crosses a wire that can be cut after any transfer, to a memory that can lose power
//! in the middle of any erase or program.

use dfu::device::{Device, Memory, Outcome};
use dfu::file::Element;
use dfu::host::{End, Failure, Host, Phase, Plan, Progress, Unfit, Wire};
use dfu::layout::{Layout, Sector};
use dfu::protocol::{Command, Report, Request, State, Status};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::rc::Rc;

const LAYOUT: &str = "@Flash /0x08000000/04*002Kg,01*004Kg,02*008Kg";
const START: u32 = 0x0800_0000;
const FILES: u32 = 0x0800_0800;
const CODE: u32 = 0x0800_2000;
const SIZE: usize = 28 * 1024;
const BLOCK: usize = 256;
const PAGE: usize = 512;

/// What outlives a power cut.
struct Chip {
    flash: RefCell<Vec<u8>>,
    /// Flash operations until the power fails.
    fuse: Cell<Option<usize>>,
    erased: RefCell<Vec<u32>>,
    programmed: RefCell<Vec<u32>>,
}

impl Chip {
    fn new() -> Rc<Chip> {
        let chip = Chip { flash: vec![0xFF; SIZE].into(), fuse: None.into(), erased: vec![].into(), programmed: vec![].into() };
        Rc::new(chip)
    }

    /// Whether the power fails in this operation.
    fn blows(&self) -> bool {
        let fuse = self.fuse.get();
        self.fuse.set(fuse.map(|left| left.saturating_sub(1)));
        fuse == Some(0)
    }

    fn at(&self, address: u32, length: usize) -> Vec<u8> {
        self.flash.borrow()[(address - START) as usize..][..length].to_vec()
    }
}

/// A chip while it has power.
struct Powered(Rc<Chip>);

impl Memory for Powered {
    const WORD: usize = 4;

    fn layout(&self) -> Layout<'_> {
        Layout::parse(LAYOUT).expect("a layout")
    }

    fn read(&self, address: u32, into: &mut [u8]) {
        into.copy_from_slice(&self.0.at(address, into.len()));
    }

    fn erase(&mut self, sector: Sector) -> Result<(), Status> {
        self.0.erased.borrow_mut().push(sector.address);
        let torn = self.0.blows();
        let bytes = &mut self.0.flash.borrow_mut()[(sector.address - START) as usize..][..sector.size as usize];
        let end = if torn { bytes.len() / 2 } else { bytes.len() };
        bytes[..end].fill(0xFF);
        if torn { Err(Status::PowerOnReset) } else { Ok(()) }
    }

    fn program(&mut self, address: u32, bytes: &[u8]) -> Result<(), Status> {
        self.0.programmed.borrow_mut().push(address);
        let torn = self.0.blows();
        // A word is programmed wholly or not.
        let end = if torn { bytes.len() / 2 / Self::WORD * Self::WORD } else { bytes.len() };
        let mut flash = self.0.flash.borrow_mut();
        for (cell, byte) in flash[(address - START) as usize..].iter_mut().zip(&bytes[..end]) {
            // Flash clears bits and never sets one.
            *cell &= byte;
        }
        if torn { Err(Status::PowerOnReset) } else { Ok(()) }
    }

    fn judge(&self, vectors: &[u8]) -> Result<(), Status> {
        if vectors.starts_with(b"F405") { Ok(()) } else { Err(Status::Target) }
    }

    fn erase_time(&self, sector: Sector) -> u32 {
        sector.size / 64
    }

    fn program_time(&self, bytes: usize) -> u32 {
        bytes as u32 / 16
    }
}

/// The cable: transfers until it is pulled, and a device that may vanish.
struct Cable<'d, 'b> {
    device: &'d mut Device<'b, Powered>,
    left: Option<usize>,
    started: bool,
    waited: u32,
}

#[derive(Debug, PartialEq, Eq)]
enum Lost {
    Unplugged,
    Stalled,
    NoPower,
}

impl Cable<'_, '_> {
    fn transfer(&mut self) -> Result<(), Lost> {
        match &mut self.left {
            Some(0) => return Err(Lost::Unplugged),
            Some(left) => *left -= 1,
            None => {}
        }
        if self.started { Err(Lost::Unplugged) } else { Ok(()) }
    }
}

impl Wire for &mut Cable<'_, '_> {
    type Error = Lost;

    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> Result<(), Lost> {
        self.transfer()?;
        let result = match request {
            Request::Download => self.device.download(value, data),
            Request::ClearStatus => self.device.clear(),
            Request::Abort => self.device.abort(),
            other => panic!("{other:?} has no data for the device"),
        };
        result.map_err(|_| Lost::Stalled)
    }

    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> Result<usize, Lost> {
        self.transfer()?;
        match request {
            Request::Upload => self.device.upload(value, into).map_err(|_| Lost::Stalled),
            Request::GetStatus => {
                let report = self.device.report();
                into.copy_from_slice(&report.to_bytes());
                self.started = self.device.work() == Outcome::Start;
                // A chip without power answers nothing more.
                let dead = self.device.memory().0.fuse.get() == Some(0) && self.device.state() == State::Error;
                if dead { Err(Lost::NoPower) } else { Ok(Report::SIZE) }
            }
            other => panic!("{other:?} answers nothing"),
        }
    }

    fn wait(&mut self, milliseconds: u32) {
        self.waited += milliseconds;
    }
}

/// Runs one update of a chip that was just switched on; the cable is pulled after `transfers`.
fn update(chip: &Rc<Chip>, image: &[Element<'_>], transfers: Option<usize>) -> (Result<End, Failure<Lost>>, usize, bool) {
    let (mut block, mut held, mut buffer) = ([0; BLOCK], [0; PAGE], [0; BLOCK]);
    let mut device = Device::new(Powered(chip.clone()), START, &mut block, &mut held);
    let before = transfers.unwrap_or(usize::MAX);
    let mut cable = Cable { device: &mut device, left: Some(before), started: false, waited: 0 };
    let plan = Plan::new(Layout::parse(LAYOUT).expect("a layout"), image, START).expect("the image fits");
    let mut watch = |_: Progress| ControlFlow::Continue(());
    let result = Host::new(&mut cable, &mut buffer, &mut watch).update(&plan);
    (result, before - cable.left.expect("it was set"), cable.started)
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
fn boot(chip: &Rc<Chip>, seeds: &[u8]) -> Boot {
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
    let chip = Chip::new();
    chip.flash.borrow_mut()[(FILES - START) as usize..][..4].copy_from_slice(b"file");
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
    let chip = Chip::new();
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
    let whole = Chip::new();
    update(&whole, &elements(&old.0, &old.1), None).0.expect("the old image");
    let (_, transfers, _) = update(&whole, &elements(&new.0, &new.1), None);
    assert!(transfers > 200, "{transfers}");
    let mut seen_loader = false;
    for cut in 0..transfers {
        let chip = Chip::new();
        update(&chip, &elements(&old.0, &old.1), None).0.expect("the old image");
        let (result, ..) = update(&chip, &elements(&new.0, &new.1), Some(cut));
        match result {
            Err(Failure::Wire(Lost::Unplugged)) => seen_loader |= boot(&chip, &[1, 2]) == Boot::Loader,
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
fn without_power_in_any_erase_or_program_it_boots_one_whole_image_or_the_loader_and_can_be_resumed() {
    let (old, new) = (image(1), image(2));
    let mut cuts = 0;
    for operation in 0.. {
        let chip = Chip::new();
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
    let chip = Chip::new();
    let (mut vectors, code) = image(1);
    vectors[..4].copy_from_slice(b"F103");
    let (result, _, started) = update(&chip, &elements(&vectors, &code), None);
    assert_eq!((result, started), (Err(Failure::Device { phase: Phase::Leave, status: Status::Target }), false));
    assert_eq!(boot(&chip, &[1]), Boot::Loader);
}

#[test]
fn a_host_that_writes_the_vectors_first_is_safe_as_well() {
    // As dfu-util does: erase and write in the order of the file, then leave.
    let chip = Chip::new();
    let (mut block, mut held) = ([0; BLOCK], [0; PAGE]);
    let mut device = Device::new(Powered(chip.clone()), START, &mut block, &mut held);
    let command = |device: &mut Device<'_, Powered>, block: u16, data: &[u8]| {
        device.download(block, data).expect("the device takes it");
        assert_eq!(device.report().state, State::DownloadBusy);
        assert_eq!(device.work(), Outcome::Stay);
        assert_eq!(device.report().state, State::DownloadIdle);
    };
    let (vectors, _) = image(1);
    command(&mut device, 0, Command::Erase(START).to_bytes(&mut [0; Command::SIZE]));
    command(&mut device, 0, Command::SetAddress(START).to_bytes(&mut [0; Command::SIZE]));
    for (number, part) in (2..).zip(vectors.chunks(BLOCK)) {
        command(&mut device, number, part);
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
}

#[test]
fn requests_that_do_not_fit_are_refused_and_nothing_changes() {
    let chip = Chip::new();
    let (mut block, mut held) = ([0; BLOCK], [0; PAGE]);
    let mut device = Device::new(Powered(chip.clone()), START, &mut block, &mut held);
    let refused: [(&[u8], Status); 6] = [
        (&[0x41], Status::Vendor),
        (&[0x92], Status::Vendor),
        (&[0x77, 1], Status::StalledPacket),
        (&[0x21, 0, 0, 0, 0x20], Status::Address),
        (&[0x41, 0, 0, 0, 0x09], Status::Address),
        (&[], Status::Ok),
    ];
    for (data, status) in refused.into_iter().filter(|(data, _)| !data.is_empty()) {
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
    assert_eq!(fit(&[at(0xFFFF_FFFF)]), Some(Unfit::Outside { address: 0xFFFF_FFFF }));
    assert_eq!(fit(&[at(START + 0x600)]), Some(Unfit::Protected { address: START + 0x800 }));
    assert_eq!(fit(&[at(START), at(START + 0x200)]), Some(Unfit::Twice { address: START + 0x200 }));
}

#[test]
fn a_watcher_sees_every_phase_and_can_give_up() {
    let chip = Chip::new();
    let (vectors, code) = image(1);
    let image = elements(&vectors, &code);
    let plan = Plan::new(Layout::parse(LAYOUT).expect("a layout"), &image, START).expect("the image fits");
    let run = |limit: usize| {
        let (mut block, mut held, mut buffer) = ([0; BLOCK], [0; PAGE], [0; BLOCK]);
        let mut device = Device::new(Powered(chip.clone()), START, &mut block, &mut held);
        let mut cable = Cable { device: &mut device, left: None, started: false, waited: 0 };
        let mut seen = Vec::new();
        let mut watch = |progress: Progress| {
            assert!(progress.done <= progress.total, "{progress:?}");
            seen.push(progress);
            if seen.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let result = Host::new(&mut cable, &mut buffer, &mut watch).update(&plan);
        assert!(cable.waited > 0 || limit < 10, "the device asked for time");
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

#[test]
fn a_backup_reads_what_is_there() {
    let chip = Chip::new();
    let (vectors, code) = image(3);
    update(&chip, &elements(&vectors, &code), None).0.expect("an image");
    let (mut block, mut held, mut buffer) = ([0; BLOCK], [0; PAGE], [0; BLOCK]);
    let mut device = Device::new(Powered(chip.clone()), START, &mut block, &mut held);
    let mut cable = Cable { device: &mut device, left: None, started: false, waited: 0 };
    let mut watch = |_: Progress| ControlFlow::Continue(());
    let mut read = vec![0; 9000];
    Host::new(&mut cable, &mut buffer, &mut watch).read(CODE, &mut read).expect("it can be read");
    assert_eq!(read, code);
}
