//! Updates of a chip in memory, as a person would start them: with whatever file they have.

use board::flash::{End, Error, Image, Progress, Step, update};
use dfu::file::{Element, Suffix, write};
use dfu::label::Label;
use dfu::simulated::Chip;
use std::ops::ControlFlow;

const LAYOUT: &str = "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,03*128Kg";
const FLASH: u32 = 0x0800_0000;
const FILES: u32 = 0x0800_4000;
const CODE: u32 = 0x0802_0000;
const BLOCK: u16 = 2048;

fn chip() -> Chip {
    Chip::new(LAYOUT, BLOCK.into(), 512, |vectors| vectors.len() == 512)
}

/// The `.dfu` file of a program with this much code, whose vectors are those of a Cortex-M.
fn program(length: usize, seed: u8) -> Vec<u8> {
    let mut vectors = vec![seed; 400];
    vectors[..4].copy_from_slice(&0x2002_0000_u32.to_le_bytes());
    vectors[4..8].copy_from_slice(&(CODE | 1).to_le_bytes());
    let code: Vec<u8> = (0..length).map(|at| (at as u8).wrapping_mul(7) ^ seed).collect();
    let elements = [Element { address: FLASH, data: &vectors }, Element { address: CODE, data: &code }];
    let mut bytes = Vec::new();
    assert!(write(Suffix { device: 0xFFFF, product: 0xDF11, vendor: 0x0483 }, "test", &elements, &mut |part| bytes
        .extend_from_slice(part)));
    bytes
}

fn bring(chip: &Chip, image: &Image) -> Result<End, Error> {
    chip.power(|cable| update(cable, chip.layout(), BLOCK, image, &mut |_| ControlFlow::Continue(())))
}

fn holds(chip: &Chip, image: &Image) -> bool {
    image.parts.iter().all(|part| chip.at(part.address, part.data.len()) == part.data)
}

#[test]
fn a_program_arrives_and_files_stay() {
    let chip = chip();
    chip.set(FILES, b"files");
    let image = Image::read("a.dfu", &program(150_000, 3), None).expect("a file");
    assert_eq!(bring(&chip, &image), Ok(End::Started));
    assert!(holds(&chip, &image));
    assert_eq!(chip.at(FILES, 5), b"files");
}

#[test]
fn an_update_that_was_cut_is_repeated_and_writes_only_what_is_missing() {
    let chip = chip();
    let image = Image::read("a.dfu", &program(150_000, 3), None).expect("a file");
    chip.pulled_after.set(Some(250));
    assert!(matches!(bring(&chip, &image), Err(Error::Lost { .. })));
    chip.pulled_after.set(None);
    chip.erased.borrow_mut().clear();
    assert_eq!(bring(&chip, &image), Ok(End::Started));
    assert!(holds(&chip, &image));
    chip.erased.borrow_mut().clear();
    assert_eq!(bring(&chip, &image), Ok(End::Started));
    assert!(chip.erased.borrow().is_empty(), "nothing was left to do");
}

#[test]
fn a_person_who_gives_up_keeps_the_loader() {
    let chip = chip();
    let image = Image::read("a.dfu", &program(9_000, 3), None).expect("a file");
    let mut steps = Vec::new();
    let mut watch = |progress: Progress| {
        steps.push(progress.step);
        if progress.step == Step::Write && progress.done > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let result = chip.power(|cable| update(cable, chip.layout(), BLOCK, &image, &mut watch));
    assert_eq!(result, Err(Error::Cancelled));
    steps.dedup();
    assert_eq!(steps, [Step::Compare, Step::Erase, Step::Write]);
    assert_eq!(chip.at(FLASH, 8), [0xFF; 8], "nothing starts but the loader");
}

#[test]
fn what_does_not_fit_the_chip_is_refused_before_anything_is_written() {
    let chip = chip();
    let refused = |image: Image| matches!(bring(&chip, &image), Err(Error::OtherChip { .. }));
    let bare = |address, bytes: &[u8]| Image::read("a.bin", bytes, Some(address)).expect("a file");
    assert!(refused(Image::read("a.dfu", &program(600_000, 1), None).expect("a file")), "too large");
    assert!(refused(bare(0x1000_0000, &[1; 64])), "no flash there");
    assert!(refused(bare(FLASH, &[0; 64])), "no vectors");
    let vectors = [0x2000_1000_u32.to_le_bytes(), 0x0900_0001_u32.to_le_bytes()].concat();
    assert!(refused(bare(FLASH, &vectors)), "a start outside of itself");
    assert!(chip.erased.borrow().is_empty() && chip.programmed.borrow().is_empty());
    assert_eq!(bring(&chip, &bare(CODE, &[1; 64])), Ok(End::Started), "a program's part at an address of one's own");
}

#[test]
fn a_loader_that_describes_nothing_is_told_of() {
    let chip = chip();
    let image = Image::read("a.dfu", &program(9_000, 3), None).expect("a file");
    let result = chip.power(|cable| update(cable, "nonsense", BLOCK, &image, &mut |_| ControlFlow::Continue(())));
    assert_eq!(result, Err(Error::Layout { text: "nonsense".into() }));
}

/// The image of a program that goes behind a loader of our own: its vectors and its label in one piece with its code.
fn labelled(length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..length).map(|at| (at as u8).wrapping_mul(7)).collect();
    bytes[..4].copy_from_slice(&0x2002_0000_u32.to_le_bytes());
    bytes[4..8].copy_from_slice(&((CODE + 600) | 1).to_le_bytes());
    let label = Label::new("STM32F405", "PYBv1.1 with STM32F405RG", "Taipan v0.1.0");
    bytes[392..392 + Label::SIZE].copy_from_slice(&label.to_bytes());
    let checksum = dfu::label::seal(&mut bytes, 0).expect("it has a label");
    bytes.extend_from_slice(&checksum);
    bytes
}

#[test]
fn one_file_serves_boards_with_a_loader_in_rom_and_with_one_of_our_own() {
    let code = labelled(20_000);
    let start = [&0x2002_0000_u32.to_le_bytes()[..], &((CODE + 600) | 1).to_le_bytes()].concat();
    let elements = [Element { address: FLASH, data: &start }, Element { address: CODE, data: &code }];
    let mut bytes = Vec::new();
    assert!(write(Suffix { device: 0xFFFF, product: 0xDF11, vendor: 0x0483 }, "test", &elements, &mut |part| bytes
        .extend_from_slice(part)));
    let image = Image::read("a.dfu", &bytes, None).expect("a file");
    let rom = chip();
    assert_eq!(bring(&rom, &image), Ok(End::Started));
    assert!(holds(&rom, &image));
    // Its memory as the loader in sector 0 shows it: files to be read, images to be written, of itself nothing.
    let own = Chip::new("@Internal Flash  /0x08004000/03*016Ka,01*064Ka,03*128Kg", BLOCK.into(), 512, |page| page.len() == 512);
    let end =
        own.power_as(own.powered(), CODE, |cable| update(cable, own.layout(), BLOCK, &image, &mut |_| ControlFlow::Continue(())));
    assert_eq!(end, Ok(End::Started));
    assert_eq!(own.at(CODE, code.len()), code);
    let plain = Image::read("b.dfu", &program(9_000, 3), None).expect("a file");
    let end =
        own.power_as(own.powered(), CODE, |cable| update(cable, own.layout(), BLOCK, &plain, &mut |_| ControlFlow::Continue(())));
    assert!(matches!(end, Err(Error::OtherChip { .. })), "one without a label wants the loader's own place: {end:?}");
}
