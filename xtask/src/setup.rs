//! What must be there before a verb can work, and how it is had.
//!
//! Each verb names the parts it needs. A part looks first whether it is there already, says what it is going to install
//! before it does, and fails with one sentence that says what to do. Nothing is done twice.

mod debian;
mod guest;
mod npm;
mod thumb;
mod venv;

use crate::house::House;
use anyhow::Result;
use std::path::PathBuf;

pub use guest::{Guest, guest};
pub use thumb::toolchain as thumb_toolchain;

/// Something a verb needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// A C compiler, and the libraries that serial ports and USB link with.
    Build,
    /// What the window links with.
    Window,
    /// What drives the window in a test without a screen.
    Screen,
    /// What judges the files of a package.
    Bundle,
    /// The emulator.
    Qemu,
    /// What others read and check FAT volumes with.
    Volumes,
    /// The packages of the front end.
    Npm,
    /// A Python environment with the real clients.
    Clients,
    /// A Python environment with the peers that `bench` measures.
    Peers,
    /// A compiler for the bare-metal targets.
    Thumb,
    /// A Linux with USB, and the emulator that it runs in.
    Guest,
}

impl Part {
    /// All parts, in the order in which they are set up.
    pub const ALL: &[Part] = &[
        Part::Build,
        Part::Window,
        Part::Screen,
        Part::Bundle,
        Part::Qemu,
        Part::Volumes,
        Part::Npm,
        Part::Clients,
        Part::Peers,
        Part::Thumb,
        Part::Guest,
    ];

    /// What building every crate needs, the window's among them.
    pub const ALL_CRATES: &[Part] = &[Part::Build, Part::Window, Part::Npm];

    /// The Debian packages of a part.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Part::Build => &["build-essential", "pkg-config", "libudev-dev", "libusb-1.0-0-dev"],
            Part::Window => {
                &["libwebkit2gtk-4.1-dev", "libssl-dev", "libxdo-dev", "libayatana-appindicator3-dev", "librsvg2-dev"]
            }
            Part::Screen => &["xvfb", "xauth", "webkit2gtk-driver", "dbus", "xdotool", "imagemagick", "fonts-dejavu"],
            Part::Bundle => &["desktop-file-utils", "appstream"],
            Part::Qemu => &["qemu-system-arm"],
            Part::Guest => &["qemu-system-x86"],
            Part::Volumes => &["mtools", "dosfstools"],
            Part::Clients | Part::Peers => &["python3-venv"],
            Part::Npm | Part::Thumb => &[],
        }
    }
}

/// Sets up the given parts as far as they are missing.
pub fn ensure(house: &House, parts: &[Part]) -> Result<()> {
    let packages: Vec<_> = parts.iter().flat_map(|part| part.packages()).copied().collect();
    debian::install(&packages)?;
    for part in parts {
        match part {
            Part::Npm => npm::install(house)?,
            Part::Clients => venv::CLIENTS.create(house)?,
            Part::Peers => venv::PEERS.create(house)?,
            Part::Thumb => drop(thumb::toolchain(house)?),
            Part::Guest => drop(guest::guest(house)?),
            Part::Build | Part::Window | Part::Screen | Part::Bundle | Part::Qemu | Part::Volumes => {}
        }
    }
    Ok(())
}

/// The Python that has the peers.
pub fn peers_python(house: &House) -> PathBuf {
    venv::PEERS.python(house)
}

/// The Python that has the clients.
pub fn clients_python(house: &House) -> PathBuf {
    venv::CLIENTS.python(house)
}
