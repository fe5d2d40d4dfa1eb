//! Updates of a chip in memory, as a person would start them: with whatever file they have.

use board::flash::{End, Error, Image, Progress, Step, update};
use dfu::file::{Element, Suffix, write};
use dfu::host::Wire;
use dfu::label::Label;
use dfu::protocol::{Report, Request, State, Status};
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
    // As one that has no DfuSe, and so no text.
    let result = chip.power(|cable| update(cable, "", BLOCK, &image, &mut |_| ControlFlow::Continue(())));
    assert_eq!(result, Err(Error::Layout { text: String::new() }));
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

#[test]
fn blocks_are_as_long_as_the_loader_wants_them_and_no_longer_than_a_computer_carries() {
    let image = Image::read("a.dfu", &program(30_000, 3), None).expect("a file");
    for (size, said) in
        [(64, 64), (100, 100), (256, 256), (1024, 1024), (2048, 2048), (4096, 4096), (8192, 8192), (65_535, 65_535), (64, 0)]
    {
        let chip = Chip::new(LAYOUT, size, 512, |vectors| vectors.len() == 512);
        let mut longest = 0;
        let end = chip.power(|cable| {
            let wire = Measured { wire: cable, longest: &mut longest };
            update(wire, chip.layout(), said, &image, &mut |_| ControlFlow::Continue(()))
        });
        assert_eq!(end, Ok(End::Started), "blocks of {said}");
        assert!(holds(&chip, &image), "blocks of {said}");
        assert_eq!(longest, size.min(4096), "blocks of {said}");
    }
}

/// Notes the longest transfer.
struct Measured<'m, W> {
    wire: W,
    longest: &'m mut usize,
}

impl<W: Wire<Error = String>> Wire for Measured<'_, W> {
    type Error = String;

    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> Result<(), String> {
        *self.longest = data.len().max(*self.longest);
        self.wire.send(request, value, data)
    }

    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> Result<usize, String> {
        *self.longest = into.len().max(*self.longest);
        self.wire.receive(request, value, into)
    }

    fn wait(&mut self, milliseconds: u32) {
        self.wire.wait(milliseconds);
    }
}

/// What stands in a loader's way when it is found: an error that is cleared, one that comes back, a stall, a state that no request leaves.
#[test]
fn a_loader_in_the_midst_of_something_is_brought_to_rest_or_said_to_refuse() {
    let image = Image::read("a.dfu", &program(9_000, 3), None).expect("a file");
    let chip = chip();
    let end = chip.power(|cable| {
        assert!(cable.device.download(1, &[0]).is_err(), "as somebody's client left it");
        assert_eq!(cable.device.state(), State::Error);
        update(cable, chip.layout(), BLOCK, &image, &mut |_| ControlFlow::Continue(()))
    });
    assert_eq!(end, Ok(End::Started), "one that was in error");
    let mut patient = |_| ControlFlow::Continue(());
    for (status, words) in [(Status::Vendor, "protected"), (Status::Firmware, "did not take"), (Status::Unknown, "did not take")]
    {
        let (ended, _) = odd(report(State::Error, status, 0), 0, &mut patient);
        assert!(
            matches!(&ended, Err(error @ Error::Refused { .. }) if error.to_string().contains(words)),
            "{status:?}: {ended:?}"
        );
    }
    for state in [State::AppIdle, State::AppDetach, State::ManifestWaitReset, State::UploadIdle] {
        let (ended, _) = odd(report(state, Status::Ok, 0), 0, &mut patient);
        assert!(matches!(ended, Err(Error::Confused { .. })), "{state:?}: {ended:?}");
    }
}

/// A loader that does what it should until it is asked for its state so often; from then on it answers this, and takes nothing if that is an error.
struct Odd<W> {
    wire: W,
    asked: usize,
    answer: Vec<u8>,
    /// Milliseconds that it was waited for.
    waited: u64,
}

impl<W> Odd<W> {
    fn stalls(&self) -> bool {
        self.asked == 0 && self.answer.get(4) == Some(&(State::Error as u8))
    }
}

impl<W: Wire<Error = String>> Wire for &mut Odd<W> {
    type Error = String;

    fn send(&mut self, request: Request, value: u16, data: &[u8]) -> Result<(), String> {
        if self.stalls() { Err("stalled".into()) } else { self.wire.send(request, value, data) }
    }

    fn receive(&mut self, request: Request, value: u16, into: &mut [u8]) -> Result<usize, String> {
        match request {
            Request::GetStatus if self.asked > 0 => {
                self.asked -= 1;
                self.wire.receive(request, value, into)
            }
            Request::GetStatus => {
                into[..self.answer.len()].copy_from_slice(&self.answer);
                Ok(self.answer.len())
            }
            _ if self.stalls() => Err("stalled".into()),
            _ => self.wire.receive(request, value, into),
        }
    }

    fn wait(&mut self, milliseconds: u32) {
        self.waited += u64::from(milliseconds);
    }
}

/// How an update ends whose loader turns odd, and how long it was waited for.
fn odd(answer: Vec<u8>, asked: usize, watch: &mut dyn FnMut(Progress) -> ControlFlow<()>) -> (Result<End, Error>, u64) {
    let chip = chip();
    let image = Image::read("a.dfu", &program(9_000, 3), None).expect("a file");
    chip.power(|cable| {
        let mut odd = Odd { wire: cable, asked, answer, waited: 0 };
        let ended = update(&mut odd, chip.layout(), BLOCK, &image, watch);
        (ended, odd.waited)
    })
}

fn report(state: State, status: Status, poll_timeout: u32) -> Vec<u8> {
    Report { status, poll_timeout, state }.to_bytes().to_vec()
}

#[test]
fn a_loader_that_stays_busy_is_given_up_whatever_it_says_of_its_time() {
    let mut patient = |_| ControlFlow::Continue(());
    for poll_timeout in [0, 1, 40_000, 0xFF_FFFF] {
        for asked in [0, 5, 30] {
            let (ended, waited) = odd(report(State::DownloadBusy, Status::Ok, poll_timeout), asked, &mut patient);
            assert!(matches!(ended, Err(Error::Stuck { .. })), "{poll_timeout} ms after {asked}: {ended:?}");
            assert!((59_000..130_000).contains(&waited), "{poll_timeout} ms after {asked}: {waited} ms");
        }
    }
    // A person need not wait for that.
    let mut looks = 0;
    let mut impatient = |_| {
        looks += 1;
        if looks > 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let (ended, waited) = odd(report(State::DownloadBusy, Status::Ok, 0xFF_FFFF), 5, &mut impatient);
    assert_eq!(ended, Err(Error::Cancelled));
    assert!(waited < 5_000, "{waited}");
}

#[test]
fn a_loader_that_refuses_says_why_and_nonsense_is_told_as_such() {
    let mut patient = |_| ControlFlow::Continue(());
    for (status, words) in [
        (Status::Vendor, "protected"),
        (Status::Target, "not for it"),
        (Status::File, "not signed"),
        (Status::Address, "may not have"),
        (Status::Write, "worn out"),
        (Status::StalledPacket, "did not take a request"),
    ] {
        let (ended, _) = odd(report(State::Error, status, 0), 30, &mut patient);
        assert!(
            matches!(&ended, Err(error @ Error::Refused { .. }) if error.to_string().contains(words)),
            "{status:?}: {ended:?}"
        );
    }
    for answer in [vec![], vec![0, 0, 0], vec![0, 0, 0, 0, 77, 0], vec![99, 0, 0, 0, 2, 0], report(State::AppIdle, Status::Ok, 0)]
    {
        for asked in [0, 5, 30] {
            let (ended, _) = odd(answer.clone(), asked, &mut patient);
            let is_told = matches!(ended, Err(Error::Confused { .. } | Error::Lost { .. } | Error::Refused { .. }));
            assert!(is_told, "{answer:?} after {asked}: {ended:?}");
        }
    }
}

#[test]
fn what_is_no_file_to_be_read_says_so() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let said = |path: &std::path::Path| Image::open(path, None).expect_err("it is none").to_string();
    assert!(said(&folder.join("nowhere.dfu")).contains("nowhere.dfu"));
    assert!(said(folder).ends_with(": it is no file."), "{}", said(folder));
    let (empty, huge) = (folder.join("empty.dfu"), folder.join("huge.bin"));
    std::fs::write(&empty, []).expect("written");
    assert_eq!(said(&empty), "empty.dfu is no firmware file. Choose a .dfu, .hex, .uf2 or .bin file.");
    // It has holes alone: what is asked is its length.
    std::fs::File::create(&huge).and_then(|file| file.set_len(1 << 40)).expect("made");
    assert_eq!(Image::open(&huge, Some(0)), Err(Error::NotFirmware { name: "huge.bin".into() }));
    std::fs::remove_file(huge).expect("it was there");
}

/// Intel HEX of some parts, as linkers write it.
fn hex(parts: &[(u32, &[u8])]) -> Vec<u8> {
    use ihex::Record;
    let mut records = Vec::new();
    for (address, bytes) in parts {
        for (at, line) in bytes.chunks(16).enumerate() {
            let address = address + 16 * at as u32;
            records.push(Record::ExtendedLinearAddress((address >> 16) as u16));
            records.push(Record::Data { offset: address as u16, value: line.to_vec() });
        }
    }
    records.push(Record::EndOfFile);
    ihex::create_object_file_representation(&records).expect("records").into_bytes()
}

/// UF2 of a part.
fn uf2(address: u32, bytes: &[u8]) -> Vec<u8> {
    let pieces: Vec<_> = bytes.chunks(256).collect();
    let block = |(number, piece): (usize, &&[u8])| {
        let mut block = vec![0; 512];
        let head = [
            0x0A32_4655,
            0x9E5D_5157,
            0x2000,
            address + 256 * number as u32,
            256,
            number as u32,
            pieces.len() as u32,
            0x5775_5A57,
        ];
        block.chunks_exact_mut(4).zip(head).for_each(|(word, value)| word.copy_from_slice(&value.to_le_bytes()));
        block[32..32 + piece.len()].copy_from_slice(piece);
        block[508..].copy_from_slice(&0x0AB1_6F30_u32.to_le_bytes());
        block
    };
    pieces.iter().enumerate().flat_map(block).collect()
}

/// Wherever a file ends too early, and whichever of its bits is another, a person is told so, or it holds what it held before. Bare bytes and
/// UF2 have no sums: they are judged by the image's own, so as long as its label is there.
#[test]
fn no_damage_of_a_file_makes_another_program_of_it() {
    let code = labelled(764);
    let whole = |name: &str, bytes: &[u8]| Image::read(name, bytes, Some(CODE));
    let dfu = {
        let (mut bytes, elements) = (Vec::new(), [Element { address: CODE, data: &code }]);
        let suffix = Suffix { device: 0xFFFF, product: 0xDF11, vendor: 0x0483 };
        assert!(write(suffix, "", &elements, &mut |part| bytes.extend_from_slice(part)));
        bytes
    };
    for (name, bytes) in [("a.dfu", dfu), ("a.hex", hex(&[(CODE, &code)])), ("a.uf2", uf2(CODE, &code)), ("a.bin", code.clone())]
    {
        let good = whole(name, &bytes).expect("it is whole");
        assert!(good.parts[0].address == CODE && good.parts[0].data.starts_with(&code), "{name}");
        let judge = |bytes: &[u8], what: String| match whole(name, bytes) {
            Ok(image) if matches!(name, "a.bin" | "a.uf2") && Label::find(&image.parts[0].data).is_none() => {}
            Ok(image) => assert!(
                image.parts.len() == 1 && image.parts[0].address == CODE && image.parts[0].data.starts_with(&code),
                "{name}, {what}: it is another program"
            ),
            Err(error @ (Error::Damaged { .. } | Error::NotFirmware { .. })) => assert!(error.to_string().contains(name)),
            Err(error) => panic!("{name}, {what}: {error:?}"),
        };
        for length in 0..bytes.len() {
            judge(&bytes[..length], format!("cut after {length}"));
        }
        // A bit of each byte, another one each time.
        for at in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[at] ^= 1 << (at * 5 % 8);
            // UF2 has no sum of its addresses: that is the plan's to find.
            let is_place = name == "a.uf2" && (12..16).contains(&(at % 512));
            match whole(name, &bad) {
                Ok(image) if is_place => drop(image),
                _ => judge(&bad, format!("bit {} of byte {at}", at * 5 % 8)),
            }
        }
    }
}

/// Noise is no firmware; what is taken for it all the same goes nowhere.
#[test]
fn garbage_is_refused_or_fits_no_chip() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let starts: [&[u8]; 6] = [b"", b"DfuSe\x01", b":10", &[0x55, 0x46, 0x32, 0x0A], b"\x7fELF", b"TAIPANFW"];
    for round in 0..600 {
        let length = (random() % 3000) as usize;
        let mut bytes = starts[round % starts.len()].to_vec();
        bytes.extend(std::iter::repeat_with(|| random() as u8).take(length));
        let chip = chip();
        match Image::read("garbage", &bytes, Some(FLASH)) {
            Ok(image) => assert!(matches!(bring(&chip, &image), Err(Error::OtherChip { .. })), "round {round}"),
            Err(error) => assert!(matches!(error, Error::Damaged { .. } | Error::NotFirmware { .. }), "round {round}: {error:?}"),
        }
        assert!(chip.erased.borrow().is_empty() && chip.programmed.borrow().is_empty(), "round {round}");
    }
}

/// What is whole and does not belong here: nothing is written, and the words say where it wants to be.
#[test]
fn elements_that_do_not_fit_are_named() {
    let dfu = |elements: &[(u32, &[u8])]| {
        let elements: Vec<_> = elements.iter().map(|(address, data)| Element { address: *address, data }).collect();
        let mut bytes = Vec::new();
        assert!(write(Suffix { device: 0xFFFF, product: 0xDF11, vendor: 0x0483 }, "", &elements, &mut |part| bytes
            .extend_from_slice(part)));
        bytes
    };
    let code = [0x5A; 600];
    for (elements, words) in [
        (&[][..], "there is nothing in it"),
        (&[(CODE, &[][..])][..], "there is nothing in it"),
        (&[(CODE, &code[..]), (CODE + 599, &code[..])][..], "two contents for address 0x08020257"),
        (&[(0x0807_FE00, &code[..])][..], "no flash at 0x08080000"),
        (&[(0x0900_0000, &code[..])][..], "no flash at 0x09000000"),
        (&[(u32::MAX - 100, &code[..])][..], "no flash at 0xffffff9b"),
        (&[(FLASH - 100, &code[..])][..], "without beginning there"),
        (&[(FLASH + 8, &code[..])][..], "nothing to start with itself"),
    ] {
        let chip = chip();
        let ended = Image::read("a.dfu", &dfu(elements), None).and_then(|image| bring(&chip, &image).map(drop));
        let said = ended.expect_err("it does not fit").to_string();
        assert!(said.contains(words), "{said}");
        assert!(chip.erased.borrow().is_empty() && chip.programmed.borrow().is_empty(), "{words}");
    }
    // Of a file for another USB device not even the loader is asked.
    let (mut bytes, elements) = (Vec::new(), [Element { address: CODE, data: &code[..] }]);
    assert!(write(Suffix { device: 0xFFFF, product: 0x0003, vendor: 0x2E8A }, "", &elements, &mut |part| bytes
        .extend_from_slice(part)));
    assert!(!Image::read("a.dfu", &bytes, None).expect("a file").fits_device(0x0483, 0xDF11));
}
