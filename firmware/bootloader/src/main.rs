//! The loader in the first sectors of an STM32F405: starts the image behind the files, or takes a new one over USB.
//!
//! ```text
//! reset ──▶ asked for (machine.bootloader()), or the user switch is held, or no whole image? ──no──▶ the image, on a chip as it woke
//!           └─yes─▶ DfuSe over USB ──a whole image of this chip, programmed page and all──▶ reset
//! ```
//! Nothing is decided here: `bootloader::keeper` says what may start, `dfu` in which order flash is written, `bootloader::loading` when. Where there is
//! no bus, as in an emulator, the serial line says so.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "knows in which sectors no part of this program lies, and starts another")]

mod flash;
mod whose;

use bootloader::keeper::Keeper;
use bootloader::loading::{Buffers, Loading, ROOM};
use bootloader::map::IMAGES;
use copy as _;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use cortex_m_rt::{entry, exception};
use flash::ChipFlash;
use stm32f4::clock::{self, Clocks};
use stm32f4::gpio::{Mode, Pin, Pull};
use stm32f4::otg::{self, MEMORY};
use stm32f4::usart::{Format, Line, Usart};
use stm32f4::{Chip, reset, signature, systick};

/// Where the core of USB keeps packets.
type Packets = [u32; MEMORY];

/// The user switch of a pyboard, which pulls its pin low.
const SWITCH: Pin = Pin::named("B3");
/// Readings in which a pull-up has long charged a pin.
const SETTLES: u32 = 1000;
/// The serial line of a pyboard's prompt.
const LINE: Line = Line::One;
const LINE_PINS: [Pin; 2] = [Pin::named("B6"), Pin::named("B7")];
const LINE_FUNCTION: Mode = Mode::Alternate(7);
const FORMAT: Format = Format::plain(115_200);

/// Milliseconds since the start.
static TICKS: AtomicU32 = AtomicU32::new(0);

#[exception]
fn SysTick() {
    TICKS.store(TICKS.load(Relaxed).wrapping_add(1), Relaxed);
}

/// No interrupt is switched on: the table has the processor's own.
#[unsafe(link_section = ".vector_table.interrupts")]
#[unsafe(no_mangle)]
static __INTERRUPTS: [u32; 1] = [0];

#[entry]
fn main() -> ! {
    static mut PACKETS: Packets = [0; MEMORY];
    let keeper = Keeper::new(ChipFlash, ROOM, whose::SEAL);
    let wanted = stm32f4::take_loader_request() || is_held();
    if !wanted && keeper.may_start() {
        // SAFETY: a whole image lies there, which begins with its vectors; nothing was set up but the switch's pin.
        unsafe { stm32f4::start(IMAGES.start) }
    }
    load(keeper, wanted, PACKETS)
}

/// Whether somebody holds the switch. An emulator without pins does not keep how one is set up.
fn is_held() -> bool {
    const PULLED: (Mode, Pull) = (Mode::Input, Pull::Up);
    SWITCH.configure(&Chip, PULLED.0, PULLED.1);
    SWITCH.configuration(&Chip) == PULLED && (0..SETTLES).all(|_| !SWITCH.read(&Chip))
}

/// Takes an image, and starts over with it.
fn load(keeper: Keeper<ChipFlash, whose::Whose>, wanted: bool, packets: &'static mut Packets) -> ! {
    let clocks = clock::start(&Chip);
    systick::start(&Chip, clocks.system / 1000);
    say(&clocks, if wanted { "loader: asked for\r\n" } else { "loader: no image\r\n" });
    // USB wants 0.25 %, which only a crystal has.
    if !clocks.crystal || !otg::start(&Chip) {
        say(&clocks, "loader: no USB\r\n");
        loop {
            stm32f4::wait_for_interrupt();
        }
    }
    let id = signature::serial(&signature::identity(&Chip));
    // SAFETY: digits are ASCII. To look at each would take 600 bytes.
    let serial = unsafe { core::str::from_utf8_unchecked(&id) };
    let bus = otg::bus(clocks.system, packets);
    let mut buffers = Buffers::EMPTY;
    let mut loading = Loading::new(&bus, serial, keeper, &mut buffers);
    while !loading.turn(TICKS.load(Relaxed)) {}
    reset::reset(&Chip)
}

/// Tells a person with a serial line.
fn say(clocks: &Clocks, text: &str) {
    LINE_PINS.iter().for_each(|pin| pin.configure(&Chip, LINE_FUNCTION, Pull::Up));
    let line = Usart::start(Chip, LINE, clocks, FORMAT);
    line.send(text.as_bytes());
}

/// What cannot be is an undefined instruction (`xtask/src/setup/thumb.rs`). It goes back to the beginning: an image that is whole starts, else
/// the loader is there again.
#[exception(trampoline = false)]
unsafe fn HardFault() -> ! {
    reset::reset(&Chip)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    reset::reset(&Chip)
}
