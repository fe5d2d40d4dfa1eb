//! The board's buses of two and of three wires. On the first of two wires is the accelerometer, as on a pyboard, lying as somebody outside
//! holds it, and on each a display. Buses of three wires have a wire from their output to their input, as serial lines have, and a display listens.

use super::pins::{Pins, numbered};
use super::screens::{self, Place, Screens};
use super::target::Target;
use interpreter::vfs::Errno;
use machine::{I2cBuses, I2cEvent, I2cTargets, Mode, Pull, SpiBuses, SpiSettings};
use serde_json::json;
use std::cell::Cell;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where the accelerometer is (MMA7660FC: 1.3 Hz to 120 Hz, 6 bits a reading), and the pin that feeds it.
const ACCELEROMETER: (u8, u8) = (1, 0x4C);
const SUPPLY: &str = "B5";
/// The function by which pins are a bus's of two wires.
const FUNCTION: u8 = 4;
/// Its registers (data sheet, table 9): how it lies is the fourth, whether it is awake the eighth.
const REGISTERS: usize = 11;
const TILT: usize = 3;
/// A board that lies flat: the earth pulls along its z axis.
const FLAT: [i8; 3] = [0, 0, 21];

struct Accelerometer {
    axes: [i8; 3],
    registers: [u8; REGISTERS],
    /// The register that is read next.
    at: usize,
}

impl Accelerometer {
    /// A register, as a reading makes it.
    fn register(&self, at: usize) -> u8 {
        match at {
            0..TILT => self.axes[at].cast_unsigned() & 0x3F,
            TILT => self.tilt(),
            _ => self.registers.get(at).copied().unwrap_or(0),
        }
    }

    /// Which side is down, and whether it lies on its back (data sheet, table 12).
    fn tilt(&self) -> u8 {
        const CLEARLY: i8 = 11;
        let [x, y, z] = self.axes;
        let side = match () {
            () if x <= -CLEARLY => 0b001,
            () if x >= CLEARLY => 0b010,
            () if y <= -CLEARLY => 0b101,
            () if y >= CLEARLY => 0b110,
            () => 0,
        };
        let face = match z {
            CLEARLY.. => 0b01,
            _ if z <= -CLEARLY => 0b10,
            _ => 0,
        };
        side << 2 | face
    }
}

struct State {
    accelerometer: Accelerometer,
    loops: [VecDeque<u16>; 2],
    /// Somebody else would give the clock of these.
    answer: [bool; 2],
}

/// All of them.
pub struct Buses {
    state: Mutex<State>,
    pins: &'static Pins,
    screens: &'static Screens,
}

impl Buses {
    /// All off, the board lying flat.
    pub fn new(pins: &'static Pins, screens: &'static Screens) -> Buses {
        let accelerometer = Accelerometer { axes: FLAT, registers: [0; REGISTERS], at: 0 };
        Buses { state: Mutex::new(State { accelerometer, loops: Default::default(), answer: [false; 2] }), pins, screens }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Switches them off; how the board is held stays.
    pub fn reset(&self) {
        let mut state = self.state();
        state.loops = Default::default();
        state.accelerometer.registers = [0; REGISTERS];
    }

    /// Somebody holds the board so: along three axes −32 to 31, of which the earth's pull is 21.
    pub fn hold(&self, axes: [i8; 3]) {
        self.state().accelerometer.axes = axes.map(|axis| axis.clamp(-32, 31));
        self.say();
    }

    fn say(&self) {
        println!("{}", json!({"accel": self.state().accelerometer.axes}));
    }

    /// The accelerometer, if it is what answers.
    fn answers(&self, bus: u8, address: u8) -> Result<(), Errno> {
        let fed = self.pins.get(numbered(SUPPLY)).level();
        if (bus, address) == ACCELEROMETER && fed { Ok(()) } else { Err(Errno::ENODEV) }
    }
}

impl I2cTargets for Buses {
    fn exists(&self, bus: u8) -> bool {
        matches!(bus, 1 | 2)
    }

    fn stop(&self, bus: u8) {
        self.pins.change_target(bus, |target, pins| {
            *target = Target::default();
            pins.into_iter().for_each(|pin| pin.held = false);
        });
    }

    /// The pins are pulled up; one that the program drives already it may go on driving.
    fn follow(&self, bus: u8, address: u8, general: bool) {
        self.pins.change_target(bus, |target, pins| {
            let levels = pins.map(|pin| {
                (pin.pull, pin.held) = (Pull::Up, false);
                if pin.mode != Mode::OpenDrain {
                    pin.mode = Mode::AlternateOpenDrain(FUNCTION);
                }
                pin.level()
            });
            target.follow(address, general, levels);
        });
    }

    fn listen(&self, bus: u8, on: bool) {
        self.pins.change_target(bus, |target, _| target.listen(on));
    }

    fn happened(&self, bus: u8) -> I2cEvent {
        self.pins.change_target(bus, |target, _| target.happened())
    }

    fn offer(&self, bus: u8, byte: u8) {
        self.pins.change_target(bus, |target, _| target.offer(byte));
    }

    fn tell(&self, bus: u8) {
        self.pins.change_target(bus, |target, _| target.tell());
    }
}

impl I2cBuses for Buses {
    fn start(&self, bus: u8, _hertz: u32) -> bool {
        I2cTargets::exists(self, bus)
    }

    fn write(&self, bus: u8, address: u8, pieces: &[&[Cell<u8>]], _stop: bool) -> Result<(), Errno> {
        let mut bytes = pieces.iter().flat_map(|piece| piece.iter().map(Cell::get));
        if address == screens::ADDRESS {
            self.screens.write(bus, bytes);
            return Ok(());
        }
        self.answers(bus, address)?;
        let mut state = self.state();
        let device = &mut state.accelerometer;
        let Some(register) = bytes.next() else { return Ok(()) };
        device.at = register.into();
        for byte in bytes {
            if let Some(place) = device.registers.get_mut(device.at) {
                *place = byte;
            }
            device.at += 1;
        }
        let wakes = device.registers[7] & 1 != 0 && device.at == 8;
        drop(state);
        if wakes {
            self.say();
        }
        Ok(())
    }

    fn read(&self, bus: u8, address: u8, buffer: &[Cell<u8>], _stop: bool) -> Result<(), Errno> {
        if address == screens::ADDRESS {
            let status = self.screens.status(Place::I2c(bus));
            buffer.iter().for_each(|cell| cell.set(status));
            return Ok(());
        }
        self.answers(bus, address)?;
        let device = &mut self.state().accelerometer;
        for cell in buffer {
            cell.set(device.register(device.at));
            device.at += 1;
        }
        Ok(())
    }
}

/// The clocks of the two buses of three wires, in Hz (RM0090 §28.5.1 divides them by 2 to 256).
const CLOCKS: [u32; 2] = [84_000_000, 42_000_000];

impl SpiBuses for Buses {
    fn start(&self, bus: u8, settings: SpiSettings) -> Option<u32> {
        let clock = SpiBuses::frequency(self, bus)?;
        let (mut state, at) = (self.state(), usize::from(bus) - 1);
        state.loops[at].clear();
        state.answer[at] = settings.answers;
        Some((1..=8).map(|power| clock >> power).find(|hertz| *hertz <= settings.hertz).unwrap_or(clock >> 8))
    }

    fn frequency(&self, bus: u8) -> Option<u32> {
        CLOCKS.get(usize::from(bus).wrapping_sub(1)).copied()
    }

    fn stop(&self, bus: u8) {
        self.state().loops[usize::from(bus) - 1].clear();
    }

    fn exchange(&self, bus: u8, word: u16) -> Result<u16, Errno> {
        self.pins.hear(bus, word as u8);
        Ok(word)
    }

    fn offer(&self, bus: u8, word: u16, last: bool) -> bool {
        let (mut state, at) = (self.state(), usize::from(bus) - 1);
        let has_clock = !state.answer[at];
        if has_clock {
            // Behind the last word comes its checksum, which nobody reads.
            state.loops[at].extend(if last { vec![word, 0] } else { vec![word] });
        }
        has_clock
    }

    fn came(&self, bus: u8) -> Option<u16> {
        self.state().loops[usize::from(bus) - 1].pop_front()
    }

    fn begin_checked(&self, _: u8) {}

    /// What comes back is what was sent, checksum and all.
    fn take_sound(&self, _: u8) -> bool {
        true
    }
}
