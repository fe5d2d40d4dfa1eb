//! What the interpreter asks of the outside, answered by serial lines and a tick of one millisecond.

use crate::hardware::Pyboard;
use crate::{clocks, disk, interrupts, modules, serial, usb, wall};
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use interpreter::modules::BuiltinModule;
use interpreter::modules::frozen::Frozen;
use interpreter::object::name::Pool;
use interpreter::object::word::Word;
use interpreter::port::{Port, YEAR_2000};
use interpreter::vm::{Outcome, Vm};
use machine::{Board, Start};
use stm32f4::usart::Usart;
use stm32f4::{Chip, random, reset};

/// What the board calls itself.
pub const MACHINE: &str = "PYBv1.1 with STM32F405RG";
/// Microseconds in which the tick wakes a sleeper at the latest.
const TICK: u64 = 1000;

/// How often an emulator's program asked for chance.
static ASKED: AtomicU32 = AtomicU32::new(0);

/// The lines to the user, and the clock.
pub struct Console {
    hardware: &'static Pyboard,
    board: Board,
}

impl Console {
    /// Starts the chip's clocks, the line and the tick. `hardware` is where the board's is kept.
    pub fn start(hardware: &'static mut Option<Pyboard>) -> Console {
        clocks::start();
        serial::start();
        interrupts::start(clocks::system());
        wall::start();
        usb::start(&clocks::now());
        let hardware: &'static Pyboard = hardware.insert(Pyboard::start());
        Console { hardware, board: Board::new(hardware) }
    }

    /// Asks the user switch how to start.
    pub fn choose(&self) -> Start {
        let wait = |milliseconds: u64| {
            let until = self.now() + milliseconds * 1000;
            while self.now() < until {
                stm32f4::wait_for_interrupt();
            }
        };
        machine::choose(|| self.hardware.is_switch_held(), |bits| self.hardware.show(bits), wait)
    }

    /// Undoes what the program before set up.
    pub fn soft_reset(&self) {
        self.hardware.soft_reset();
        serial::soft_reset();
        usb::soft_reset();
        machine::event::reset();
    }
}

impl Port for Console {
    fn write(&self, bytes: &[u8]) {
        // The prompt is where the person is: a line that somebody has opened, else the one that is always there.
        match usb::is_open() {
            true => usb::send(bytes),
            false => serial::write(bytes),
        }
    }

    fn read(&self) -> Option<u8> {
        interrupts::read()
    }

    fn now(&self) -> u64 {
        let (milliseconds, cycles) = interrupts::time();
        milliseconds * 1000 + u64::from(cycles * 1000 / (clocks::system() / 1000))
    }

    fn clock(&self) -> u64 {
        wall::now(self.now())
    }

    fn epoch(&self) -> u64 {
        YEAR_2000
    }

    fn attend(&self, vm: &Vm) -> Outcome<()> {
        usb::serve();
        machine::event::run_due(vm)
    }

    fn idle(&self, deadline: Option<u64>) {
        // What is due before the next tick would sleep too long.
        if deadline.is_none_or(|deadline| self.now() + TICK <= deadline) {
            // The tick wakes it, if nothing else does: a byte that came just before is seen a millisecond later at worst.
            stm32f4::wait_for_interrupt();
        }
    }

    fn pending(&self) -> &'static AtomicBool {
        &interrupts::PENDING
    }

    fn interrupted(&self) -> bool {
        interrupts::stopped()
    }

    /// What `disable_irq` left held back: without interrupts the prompt hears nothing.
    fn program_ended(&self) {
        stm32f4::let_interrupts(true);
    }

    fn entropy(&self) -> u64 {
        let numbers = [random::number(&Chip), random::number(&Chip)];
        if let [Some(high), Some(low)] = numbers {
            return u64::from(high) << 32 | u64::from(low);
        }
        // An emulator: the moment of asking, and how often it was asked, spread over all bits.
        let asked = ASKED.fetch_add(1, Relaxed);
        (self.now() << 20 ^ u64::from(asked)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    }

    fn has_input(&self) -> bool {
        interrupts::waiting() > 0
    }

    fn set_interrupt(&self, byte: Option<u8>) {
        interrupts::stop_at(byte);
    }

    fn modules(&self) -> &'static [&'static BuiltinModule] {
        modules::MODULES
    }

    fn frozen(&self) -> &'static [Frozen] {
        modules::FROZEN
    }

    fn pools(&self) -> &'static [&'static Pool] {
        modules::POOLS
    }

    fn file_system_on(&self, vm: &Vm, device: Word) -> Outcome {
        storage::object::find(vm, device, disk::FORMATS)
    }

    fn context(&self) -> Option<&dyn core::any::Any> {
        Some(&self.board)
    }

    fn is_terminal_line(&self) -> bool {
        true
    }

    fn machine(&self) -> &'static str {
        MACHINE
    }

    fn platform(&self) -> &'static str {
        "pyboard"
    }

    fn build(&self) -> &'static str {
        "PYBV11"
    }
}

/// Says why the program cannot go on, on the line as it stands, and starts the chip over.
pub fn restart(say: impl FnOnce(&dyn Fn(&str))) -> ! {
    let usart = Usart::running(Chip, serial::FIRST);
    say(&|text| usart.send(text.as_bytes()));
    reset::reset(&Chip)
}
