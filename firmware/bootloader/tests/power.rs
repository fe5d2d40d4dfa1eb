//! The loader over a chip in memory: whatever is sent to it, and wherever the power fails, what starts is one whole image for this chip.

use bootloader::keeper::Keeper;
use bootloader::loading::ROOM;
use bootloader::map::{IMAGES, PLAIN};
use bootloader::signed::Signed;
use dfu::device::Device;
use dfu::file::Element;
use dfu::host::{End, Failure, Host, Phase, Plan, Progress};
use dfu::label::{self, Label, PAGE, SIGNATURE, Seal, Unsigned};
use dfu::layout::Layout;
use dfu::protocol::{Command, State, Status};
use dfu::simulated::{Chip, Powered};
use ed25519_compact::{KeyPair, Seed};
use std::ops::ControlFlow;

const BLOCK: usize = 256;
/// Where a file lies, and what it is.
const FILE: (u32, &[u8]) = (0x0800_8000, b"print('still here')");

fn new_chip() -> Chip {
    let chip = Chip::new(PLAIN.text, BLOCK, PAGE, |_| true);
    chip.set(FILE.0, FILE.1);
    chip
}

/// An image that is not sealed yet: vectors, a label, noise.
fn program(seed: u32, chip: &str, size: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..size as u32).map(|at| ((at ^ seed << 20).wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    bytes[..8].copy_from_slice(&[0, 0x28, 0, 0x20, 0x01, 0x03, 0x02, 0x08]);
    let label = Label::new(chip, "a board with it", "v1");
    // As a linker puts it there: a structure of bytes.
    bytes[392..392 + Label::SIZE].copy_from_slice(&label.to_bytes());
    bytes
}

/// Completes an image.
fn sealed(mut bytes: Vec<u8>, key: Option<&KeyPair>) -> Vec<u8> {
    let checksum = label::seal(&mut bytes, key.map_or(0, |_| SIGNATURE)).expect("it has a label");
    bytes.extend_from_slice(&checksum);
    if let Some(key) = key {
        let signature = key.sk.sign(&bytes, None);
        bytes.extend_from_slice(&*signature);
    }
    bytes
}

fn image(seed: u32) -> Vec<u8> {
    sealed(program(seed, ROOM.chip, 9_000), None)
}

fn maker() -> KeyPair {
    KeyPair::from_seed(Seed::new([5; 32]))
}

/// Switches the loader on and sends an image to it.
fn send<S: Seal>(chip: &Chip, seal: S, elements: &[Element]) -> Result<End, Failure<String>> {
    let mut buffer = [0; BLOCK];
    let plan = Plan::new(Layout::parse(PLAIN.text).expect("a layout"), elements, IMAGES.start).expect("it fits");
    let mut watch = |_: Progress| ControlFlow::Continue(());
    let keeper = Keeper::new(chip.powered(), ROOM, seal);
    chip.power_as(keeper, IMAGES.start, |cable| Host::new(cable, &mut buffer, &mut watch).update(&plan))
}

fn update(chip: &Chip, image: &[u8]) -> Result<End, Failure<String>> {
    send(chip, Unsigned, &[Element { address: IMAGES.start, data: image }])
}

/// Whether a reset would start what is there.
fn starts(chip: &Chip) -> bool {
    Keeper::new(chip.powered(), ROOM, Unsigned).may_start()
}

fn holds(chip: &Chip, image: &[u8]) -> bool {
    chip.at(IMAGES.start, image.len()) == image
}

fn refused(status: Status) -> Result<End, Failure<String>> {
    Err(Failure::Device { phase: Phase::Leave, status })
}

#[test]
fn a_chip_without_an_image_stays_in_the_loader_and_one_with_it_starts() {
    let chip = new_chip();
    assert!(!starts(&chip));
    assert_eq!(update(&chip, &image(1)), Ok(End::Started));
    assert!(starts(&chip) && holds(&chip, &image(1)));
    assert_eq!(chip.at(FILE.0, FILE.1.len()), FILE.1);
    assert_eq!(chip.programmed.borrow().last(), Some(&IMAGES.start), "the first word of the vectors is last");
}

#[test]
fn without_power_in_any_operation_one_whole_image_starts_or_none_and_the_update_can_be_repeated() {
    let (mut cuts, mut seen_none) = (0, false);
    for operation in 0.. {
        let chip = new_chip();
        update(&chip, &image(1)).expect("the old image");
        chip.fuse.set(Some(operation));
        let result = update(&chip, &image(2));
        if result.is_ok() && chip.fuse.get() != Some(0) {
            break;
        }
        chip.fuse.set(None);
        cuts += 1;
        seen_none |= !starts(&chip);
        assert!(!starts(&chip) || holds(&chip, &image(1)) || holds(&chip, &image(2)), "cut in operation {operation}");
        assert_eq!(update(&chip, &image(2)), Ok(End::Started), "cut in operation {operation}");
        assert!(starts(&chip) && holds(&chip, &image(2)));
        assert_eq!(chip.at(FILE.0, FILE.1.len()), FILE.1);
    }
    assert!(cuts > 30 && seen_none, "{cuts}");
}

#[test]
fn a_bit_that_tips_over_keeps_the_image_from_starting() {
    for at in [0, 4, 100, 400, 408, 430, 511, 512, 5000, 8999, 9003] {
        let chip = new_chip();
        update(&chip, &image(1)).expect("an image");
        let byte = chip.at(IMAGES.start + at, 1)[0];
        chip.set(IMAGES.start + at, &[byte ^ 0x10]);
        assert!(!starts(&chip), "byte {at}");
    }
}

#[test]
fn what_is_no_image_for_this_chip_is_refused_and_does_not_start() {
    let with = |change: fn(&mut Vec<u8>)| {
        let mut bytes = program(1, ROOM.chip, 9_000);
        change(&mut bytes);
        sealed(bytes, None)
    };
    let damaged = |at: usize| {
        let mut bytes = image(1);
        bytes[at] ^= 1;
        bytes
    };
    let cases = [
        ("another chip", sealed(program(1, "STM32F103", 9_000), None), Status::Target),
        ("no label", vec![0x20; 9_000], Status::Target),
        ("never sealed", program(1, ROOM.chip, 9_000), Status::Address),
        ("a stack that is not in RAM", with(|bytes| bytes[3] = 0x30), Status::Target),
        ("a start outside", with(|bytes| bytes[6] = 0x0A), Status::Target),
        ("no Thumb", with(|bytes| bytes[4] = 0), Status::Target),
        ("a damaged label", damaged(410), Status::Target),
        ("damaged code", damaged(7_000), Status::File),
        ("its end is missing", image(1)[..8_000].to_vec(), Status::File),
        ("a word too much", [image(1), vec![0; 4]].concat(), Status::File),
    ];
    for (what, bytes, status) in cases {
        let chip = new_chip();
        assert_eq!(update(&chip, &bytes), refused(status), "{what}");
        assert!(!starts(&chip), "{what}");
        assert_eq!(update(&chip, &image(2)), Ok(End::Started), "after {what}");
    }
}

#[test]
fn nothing_is_left_behind_an_image() {
    const FAR: u32 = 0x080A_0000;
    let (chip, new) = (new_chip(), image(1));
    chip.set(FAR, b"of an older image");
    assert_eq!(update(&chip, &new), Ok(End::Started));
    assert_eq!(chip.at(FAR, 17), [0xFF; 17], "what an older one left is erased");
    let chip = new_chip();
    let both = [Element { address: IMAGES.start, data: &new }, Element { address: FAR, data: b"comes with it" }];
    assert_eq!(send(&chip, Unsigned, &both), refused(Status::File));
    assert!(!starts(&chip), "what came with it is refused");
}

#[test]
fn only_what_its_maker_has_signed_is_taken() {
    let (maker, stranger) = (maker(), KeyPair::from_seed(Seed::new([6; 32])));
    let ours = || Signed(*maker.pk);
    fn at(data: &[u8]) -> Element<'_> {
        Element { address: IMAGES.start, data }
    }
    let good = sealed(program(1, ROOM.chip, 9_000), Some(&maker));
    let chip = new_chip();
    assert_eq!(send(&chip, ours(), &[at(&good)]), Ok(End::Started));
    assert!(starts(&chip));
    let mut changed = good.clone();
    // The checksum is nobody's secret: it is right again.
    changed[7_000] ^= 1;
    changed.truncate(9_000);
    let mut changed = sealed(changed, Some(&stranger));
    changed.truncate(9_004);
    changed.extend_from_slice(&good[9_004..]);
    let cases = [
        ("unsigned", image(1)),
        ("signed by a stranger", sealed(program(1, ROOM.chip, 9_000), Some(&stranger))),
        ("changed, with the signature of what it was", changed),
        ("longer than what was signed", [good.clone(), vec![1; 4]].concat()),
        ("without its signature", good[..9_004].to_vec()),
    ];
    for (what, bytes) in cases {
        let chip = new_chip();
        assert_eq!(send(&chip, ours(), &[at(&bytes)]), refused(Status::File), "{what}");
        assert!(!starts(&chip), "{what}");
    }
}

#[test]
fn a_host_that_writes_in_the_order_of_the_file_is_safe_as_well() {
    let chip = new_chip();
    let mut image = image(1);
    image.resize(image.len().next_multiple_of(4), 0xFF);
    chip.power_as(Keeper::new(chip.powered(), ROOM, Unsigned), IMAGES.start, |cable| {
        let device = &mut cable.device;
        let send = |device: &mut Device<'_, Keeper<Powered<'_>, Unsigned>>, block: u16, data: &[u8]| {
            device.download(block, data).expect("the device takes it");
            device.report();
            device.work();
            assert_eq!(device.report().state, State::DownloadIdle);
        };
        send(device, 0, Command::Erase(IMAGES.start).to_bytes(&mut [0; Command::SIZE]));
        send(device, 0, Command::SetAddress(IMAGES.start).to_bytes(&mut [0; Command::SIZE]));
        for (number, part) in (2..).zip(image.chunks(BLOCK)) {
            send(device, number, part);
            assert!(!starts(&chip), "it starts before it was finished");
        }
        // The files and the loader are not a host's.
        for address in [0x0800_0000, 0x0800_4000, 0x080C_0000, 0x080E_0000] {
            device.download(0, Command::Erase(address).to_bytes(&mut [0; Command::SIZE])).expect("it is judged later");
            device.report();
            device.work();
            assert_eq!(device.report().status, Status::Address, "{address:#x}");
            device.clear().expect("an error can be cleared");
        }
        device.download(0, &[]).expect("the end");
        device.report();
        device.work();
    });
    assert!(starts(&chip) && holds(&chip, &image));
}
