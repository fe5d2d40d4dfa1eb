//! `cargo xtask firmware NAME`: builds a port for its chip, as an ELF file and as the bytes that go into flash.
//!
//! An image that has a label (`dfu::label`) is sealed: how long it is and its checksum are known only when it is linked. With a key, which is Ed25519's as
//! `openssl genpkey -algorithm ed25519` writes it, it is signed, too, and the loader takes no others.

use crate::house::House;
use crate::setup::{self, Part};
use crate::{elf, image, shell};
use anyhow::{Context, Result};
use dfu::label::Label;
use ed25519_compact::{KeyPair, SecretKey, Seed};
use std::fs;
use std::path::{Path, PathBuf};

/// A port that runs on a chip: one row for each.
pub struct Firmware {
    /// The crate's name.
    pub name: &'static str,
    /// What rustc calls the processor.
    pub target: &'static str,
    /// What QEMU calls a board that can run it.
    pub machine: &'static str,
    /// Which of that board's serial lines the prompt is on, from 0.
    pub serial: usize,
    /// How many times faster that board's clock runs than the chip's.
    pub hurry: u32,
    /// Bytes of flash.
    pub flash: usize,
    /// Bytes of RAM.
    pub ram: usize,
    /// Where RAM begins.
    pub ram_start: u32,
    /// Whether it keeps files: in an image, if it is given one.
    pub files: bool,
    /// What its crate is built with.
    pub features: &'static [&'static str],
    /// Whether there is a prompt; a loader has none.
    pub prompt: bool,
    /// What the project wants of it.
    pub aim: &'static str,
}

/// Every firmware.
pub const FIRMWARES: &[Firmware] = &[
    Firmware {
        name: "minimal",
        target: "thumbv7m-taipan-eabi",
        machine: "stm32vldiscovery",
        serial: 1,
        hurry: 1,
        flash: 128 * 1024,
        ram: 8 * 1024,
        ram_start: 0x2000_0000,
        files: false,
        features: &[],
        prompt: true,
        aim: "131072 bytes of flash in the same 8192 bytes of RAM",
    },
    Firmware {
        name: "pyboard",
        target: "thumbv7em-taipan-eabihf",
        machine: "netduinoplus2",
        serial: 0,
        hurry: 1,
        // Sectors 5 to 9, and the one with the vectors.
        flash: 656 * 1024,
        ram: 128 * 1024,
        ram_start: 0x2000_0000,
        files: true,
        features: &[],
        prompt: true,
        aim: "320 kB of flash, 106 kB of heap, 60,000 instructions from reset to prompt, 450,000 for a collection of the full heap",
    },
    Firmware {
        name: "bootloader",
        target: "thumbv7em-taipan-eabihf",
        machine: "netduinoplus2",
        serial: 0,
        hurry: 1,
        flash: 16 * 1024,
        ram: 128 * 1024,
        ram_start: 0x2000_0000,
        files: false,
        features: &["chip"],
        prompt: false,
        aim: "sector 0, 16384 bytes; 32768 with signatures",
    },
];

/// Signs images.
pub struct Key(KeyPair);

/// Bytes of a loader that looks at signatures.
const SIGNED_LOADER: usize = 32 * 1024;

impl Key {
    /// The key in a PEM file.
    pub fn read(path: &Path) -> Result<Key> {
        let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let key = SecretKey::from_pem(&text).ok().with_context(|| {
            format!("{} is no key of Ed25519: `openssl genpkey -algorithm ed25519 -out FILE` makes one", path.display())
        })?;
        Ok(Key(KeyPair { pk: key.public_key(), sk: key }))
    }

    /// One that everybody knows, for tests.
    pub fn of_tests() -> Key {
        Key(KeyPair::from_seed(Seed::new([7; 32])))
    }

    /// What the loader is built with.
    fn public(&self) -> String {
        self.0.pk.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The signature of an image.
    pub fn sign(&self, image: &[u8]) -> [u8; dfu::label::SIGNATURE] {
        *self.0.sk.sign(image, None)
    }
}

/// What makes an image smaller: SHA-2 with its rounds in a loop (30 kB), and one copy of functions that are alike to the byte (1 kB).
const SMALL: &str = "--cfg sha2_backend_soft=\"compact\" -Clink-arg=--icf=all";

/// The firmware of that name.
pub fn named(name: &str) -> Result<&'static Firmware> {
    let names = || FIRMWARES.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
    FIRMWARES.iter().find(|it| it.name == name).with_context(|| format!("there is no firmware `{name}`, but {}", names()))
}

/// Where the built program lies.
pub fn elf_path(house: &House, firmware: &Firmware) -> PathBuf {
    house.target.join("firmware").join(firmware.name).with_extension("elf")
}

/// Builds `target/firmware/NAME.{elf,bin,hex,dfu}`, says their sizes and returns the loadable segments. An image that a loader of our own takes is also in
/// `NAME-image.{bin,dfu}`, without what leads a reset to it.
pub fn build(house: &House, firmware: &Firmware) -> Result<Vec<elf::Segment>> {
    build_with(house, firmware, None)
}

/// The same, with a key to sign with: the loader that is built then takes what that key has signed.
pub fn build_with(house: &House, firmware: &Firmware, key: Option<&Key>) -> Result<Vec<elf::Segment>> {
    setup::ensure(house, &[Part::Build])?;
    let toolchain = setup::thumb_toolchain(house)?;
    // A folder of its own: this compiler may be another than the one that builds for the desktop.
    let folder = house.target.join("firmware/build");
    let mut cargo = house.cargo();
    cargo.args(["build", "--profile", "firmware", "--target", firmware.target, "--package", firmware.name, "--target-dir"]);
    cargo.arg(&folder).env("RUSTC", &toolchain.rustc).env("RUSTFLAGS", SMALL);
    let features = [firmware.features, if key.is_some() { &["signed"] } else { &[] }].concat();
    cargo.arg("--features").arg(features.join(",")).env("TAIPAN_KEY", key.map(Key::public).unwrap_or_default());
    shell::run(&mut cargo)?;
    let path = elf_path(house, firmware);
    fs::copy(folder.join(firmware.target).join("firmware").join(firmware.name), &path)?;
    let segments = elf::segments(&fs::read(&path)?)?;
    let mut pieces = image::pieces(&segments);
    if let Some(piece) = pieces.iter_mut().find(|piece| Label::find(&piece.bytes).is_some()) {
        image::seal(piece, key)?;
        let image = path.with_file_name(format!("{}-image", firmware.name));
        fs::write(image.with_extension("bin"), &piece.bytes)?;
        fs::write(image.with_extension("dfu"), image::dfu(std::slice::from_ref(piece))?)?;
    }
    fs::write(path.with_extension("bin"), image::plain(&pieces))?;
    fs::write(path.with_extension("hex"), image::hexadecimal(&pieces))?;
    fs::write(path.with_extension("dfu"), image::dfu(&pieces)?)?;
    let (flash, ram) = (flash(&segments), static_ram(firmware, &segments));
    println!(
        "{}: {flash} of {} bytes of flash, {ram} of {} bytes of RAM before the stack",
        path.display(),
        if key.is_some() { firmware.flash.max(SIGNED_LOADER) } else { firmware.flash },
        firmware.ram
    );
    Ok(segments)
}

/// The bytes of flash that the program takes, without the room between its pieces.
pub fn flash(segments: &[elf::Segment]) -> usize {
    image::pieces(segments).iter().map(|piece| piece.bytes.len()).sum()
}

/// The bytes of RAM that the program holds from its start, without the stack.
pub fn static_ram(firmware: &Firmware, segments: &[elf::Segment]) -> u32 {
    segments.iter().filter(|segment| segment.address >= firmware.ram_start).map(|segment| segment.memory).sum()
}
