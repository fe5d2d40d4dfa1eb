//! `machine`: the board and its pins.

use crate::adc::ADC;
use crate::card::SD_CARD;
use crate::hardware::{Cause, Hardware, LONGEST_WAKE, Mode, Pull, Wake, clockwork, hardware};
use crate::i2c::{I2C, SOFT_I2C};
use crate::i2c_target::I2C_TARGET;
use crate::i2s::I2S;
use crate::machine_can::CAN;
use crate::memory::{MEM8, MEM16, MEM32};
use crate::pin::PIN;
use crate::pwm::PWM;
use crate::rtc::RTC;
use crate::signal::{PIN_BASE, SIGNAL};
use crate::spi::{SOFT_SPI, SPI};
use crate::timer::TIMER;
use crate::uart::UART;
use crate::usb_device::USB_DEVICE;
use crate::watchdog::WDT;
use interpreter::object::exception;
use interpreter::object::handle::{Args, type_word};
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vfs::Errno;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// Pin(id, mode, pull, *, value, alt): a pin, by name or number.
    const Pin = type_word(&PIN);
    /// PinBase: what classes written in Python derive from to be used as a pin.
    const PinBase = type_word(&PIN_BASE);
    /// Signal(pin, *, invert=False): a pin whose active level may be low.
    const Signal = type_word(&SIGNAL);
    /// Timer(-1, *, mode, freq, period, callback, hard): a timer that needs no hardware.
    const Timer = type_word(&TIMER);
    /// ADC(pin or channel): a voltage as a number.
    const ADC = type_word(&ADC);
    /// CAN(id, bitrate, mode=CAN.MODE_NORMAL, sample_point=75, sjw=1, tseg1=None, tseg2=None): messages on a bus of many.
    const CAN = type_word(&CAN);
    /// I2C(id, *, freq=400000): a bus of two wires.
    const I2C = type_word(&I2C);
    /// I2CTarget(id, addr, *, addrsize=7, mem=None, mem_addrsize=8): a bus of two wires that somebody else addresses, with a memory.
    const I2CTarget = type_word(&I2C_TARGET);
    /// I2S(id, *, sck, ws, sd, mode, bits, format, rate, ibuf): sound.
    const I2S = type_word(&I2S);
    /// SoftI2C(scl, sda, *, freq=400000, timeout=50000): a bus of two wires on any two pins.
    const SoftI2C = type_word(&SOFT_I2C);
    /// SoftSPI(baudrate=500000, *, polarity=0, phase=0, bits=8, firstbit=SPI.MSB, sck, mosi, miso): a bus of three wires on any pins.
    const SoftSPI = type_word(&SOFT_SPI);
    /// PWM(pin, *, freq, duty_u16, duty_ns, invert=False): pulses on a pin.
    const PWM = type_word(&PWM);
    /// SDCard(): the memory card in the slot, as a block device.
    const SDCard = type_word(&SD_CARD);
    /// SPI(id, baudrate=1000000, *, polarity=0, phase=0, bits=8, firstbit=SPI.MSB): a bus of three wires.
    const SPI = type_word(&SPI);
    /// UART(id, baudrate=9600, bits=8, parity=None, stop=1, *, timeout, timeout_char, rxbuf, flow): a serial line.
    const UART = type_word(&UART);
    /// USBDevice(): the board on USB, as the program describes it.
    const USBDevice = type_word(&USB_DEVICE);
    /// RTC(): the clock on the wall.
    const RTC = type_word(&RTC);
    /// WDT(0, timeout=5000): the watchdog, from now on.
    const WDT = type_word(&WDT);
    /// mem8[address]: a byte of memory.
    const mem8 = Word::of_static(&MEM8);
    /// mem16[address]: two bytes of memory.
    const mem16 = Word::of_static(&MEM16);
    /// mem32[address]: four bytes of memory, as registers have them.
    const mem32 = Word::of_static(&MEM32);
    /// mem_backup(region=0): memory that resets leave as it is, as a memoryview; for -1 a tuple of all regions.
    def mem_backup(0..=1) = crate::backup::mem_backup;
    /// reset(): starts the board anew, as its reset button does.
    def reset(0) = |vm, _| { hardware(vm)?.reset(); soft_reset(vm) };
    /// soft_reset(): starts the interpreter anew.
    def soft_reset(0) = |vm, _| soft_reset(vm);
    /// reset_cause(): why the board started: PWRON_RESET, HARD_RESET, WDT_RESET, DEEPSLEEP_RESET or SOFT_RESET.
    def reset_cause(0) = |vm, _| Ok(Word::int(cause_number(hardware(vm)?.cause())));
    /// bootloader(): starts what takes new firmware.
    def bootloader(0..=1) = |vm, _| { hardware(vm)?.boot_loader(); Err(crate::hardware::absent(vm)) };
    /// unique_id(): 12 bytes that no other board has.
    def unique_id(0) = |vm, _| { let id = hardware(vm)?.unique_id(); vm.new_bytes(&id) };
    /// freq([system[, bus[, slow bus[, fast bus]]]]): the clocks of the processor, its bus, and the two peripheral buses in Hz; or sets
    /// them, to the fastest ones that are not faster.
    def freq(0..=4) = frequencies;
    /// info(): prints the board's identity and clocks, and what its memory holds.
    def info(0..=1) = crate::pyb::info;
    /// rng(): a random number of 30 bits.
    def rng(0) = |vm, _| vm.new_int((vm.port.entropy() & 0x3fff_ffff) as i64);
    /// sleep([ms]): lightsleep, by an old name.
    def sleep(0..=1) = light_sleep;
    /// dht_readinto(pin, buffer): the five bytes that a sensor of humidity and temperature (DHT11, DHT22) sends.
    def dht_readinto(2) = read_sensor;
    /// idle(): sleeps until something happens.
    def idle(0) = idle;
    /// lightsleep([ms]): stops the clocks until something wakes the board, at the latest after that time.
    def lightsleep(0..=1) = light_sleep;
    /// deepsleep([ms]): switches the board off until something wakes it, at the latest after that time; then it starts anew.
    def deepsleep(0..=1) = deep_sleep;
    /// disable_irq(): holds interrupts back; answers what enable_irq takes.
    def disable_irq(0) = disable_irq;
    /// enable_irq(state=True): lets interrupts come again, if they came before.
    def enable_irq(0..=1) = enable_irq;
    /// time_pulse_us(pin, level, timeout_us=1000000): how long a pulse of that level takes; -2 where none begins in time, -1 where it
    /// does not end.
    def time_pulse_us(2..=3) = time_pulse;
    /// bitstream(pin, encoding, timing, data): bits by how long a pin is high; encoding 0, timing (high of 0, low of 0, high of 1, low of
    /// 1) in ns.
    def bitstream(4) = bitstream;
    /// The supply came.
    const PWRON_RESET = Word::int(1);
    /// The reset button, or machine.reset().
    const HARD_RESET = Word::int(2);
    /// A watchdog.
    const WDT_RESET = Word::int(3);
    /// It woke from the deepest sleep.
    const DEEPSLEEP_RESET = Word::int(4);
    /// The interpreter alone started anew.
    const SOFT_RESET = Word::int(0);
}

fn cause_number(cause: Cause) -> isize {
    match cause {
        Cause::Soft => 0,
        Cause::Power => 1,
        Cause::Reset => 2,
        Cause::Watchdog => 3,
        Cause::Standby => 4,
    }
}

fn soft_reset(vm: &Vm) -> Outcome {
    Err(vm.raise(&exception::SYSTEM_EXIT, &[]))
}

/// Sleeps in one of the deep ways. Without a clock that could wake it, the board waits awake before it does.
///
/// # Errors
/// `ValueError` for a time that the clock cannot count, `OSError(ENODEV)`, `KeyboardInterrupt`.
fn sleep(vm: &Vm, args: Args, how: fn(&dyn Hardware) -> Result<(), Errno>) -> Outcome {
    let hardware = hardware(vm)?;
    let raise = |errno: Errno| vm.os_error(errno.0);
    let given = args.get(0).filter(|word| *word != Word::NONE);
    let milliseconds = given.map(|word| vm.index(word)).transpose()?.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    if milliseconds.is_some_and(|milliseconds| milliseconds > LONGEST_WAKE) {
        return Err(vm.value_error("the clock wakes after 0 to 131072000 milliseconds"));
    }
    match (milliseconds, hardware.wall_clock()) {
        (None, _) => how(hardware).map_err(raise)?,
        (Some(milliseconds), None) => {
            vm.wait(i64::from(milliseconds) * 1000)?;
            how(hardware).map_err(raise)?;
        }
        (Some(_), Some(clock)) => {
            clock.wake_every(milliseconds.map(Wake::Milliseconds)).map_err(raise)?;
            let slept = how(hardware);
            clock.wake_every(None).and(slept).map_err(raise)?;
        }
    }
    Ok(Word::NONE)
}

/// `lightsleep`, `stop`.
///
/// # Errors
/// As `sleep`.
pub fn light_sleep(vm: &Vm, args: Args) -> Outcome {
    sleep(vm, args, |hardware| hardware.stop())
}

/// `deepsleep`, `standby`: what woke starts anew, as after a reset; a chip never comes back here.
///
/// # Errors
/// As `sleep`, and then `SystemExit`.
pub fn deep_sleep(vm: &Vm, args: Args) -> Outcome {
    sleep(vm, args, |hardware| hardware.standby())?;
    soft_reset(vm)
}

/// `freq()` and `freq(system, …)`.
///
/// # Errors
/// `ValueError` for clocks that there are not, `OSError`, `MemoryError`.
pub fn frequencies(vm: &Vm, args: Args) -> Outcome {
    let hardware = hardware(vm)?;
    if args.is_empty() {
        let mut words = [Word::NONE; 4];
        for (word, hertz) in words.iter_mut().zip(hardware.frequencies()) {
            *word = vm.new_int(hertz.into())?;
        }
        return vm.new_tuple(&words);
    }
    let given = |at: usize, other: u32| match args.get(at) {
        Some(word) => vm.index(word).map(|hertz| u32::try_from(hertz).unwrap_or(0)),
        None => Ok(other),
    };
    let undivided = given(0, 0)?;
    let system = given(1, undivided)?;
    let wanted = [undivided, system, given(2, system / 4)?, given(3, system / 2)?];
    match hardware.set_frequencies(wanted) {
        Ok(()) => Ok(Word::NONE),
        Err(Errno::EINVAL) => Err(vm.value_error("the board cannot run at these frequencies")),
        Err(errno) => Err(vm.os_error(errno.0)),
    }
}

/// `disable_irq()`.
///
/// # Errors
/// `OSError(ENODEV)` where nothing interrupts.
pub fn disable_irq(vm: &Vm, _: Args) -> Outcome {
    Ok(Word::bool(clockwork(vm)?.hold_interrupts()))
}

/// `enable_irq(state)`.
///
/// # Errors
/// As `disable_irq`; what the state's truth raises.
pub fn enable_irq(vm: &Vm, args: Args) -> Outcome {
    let come = args.get(0).map_or(Ok(true), |word| vm.truth(word))?;
    clockwork(vm)?.let_interrupts(come);
    Ok(Word::NONE)
}

/// `idle()`: the desktop's programs may call it, too.
///
/// # Errors
/// `KeyboardInterrupt`, and what callbacks raise.
pub fn idle(vm: &Vm, _: Args) -> Outcome {
    vm.port.idle(Some(vm.port.now() + 1000));
    vm.poll()?;
    Ok(Word::NONE)
}

fn bitstream(vm: &Vm, args: Args) -> Outcome {
    let pin = crate::pin::find(vm, args.at(0))?;
    if vm.index(args.at(1))? != 0 {
        return Err(vm.value_error("there is the encoding 0"));
    }
    if vm.length(args.at(2))? != 4 {
        return Err(vm.value_error("a timing has four times"));
    }
    let mut times = [0; 4];
    for (index, time) in times.iter_mut().enumerate() {
        // A second at the most, so that nothing overflows.
        *time = vm.index(vm.item(args.at(2), Word::int(index as isize))?)?.clamp(0, 1_000_000_000) as u32;
    }
    hardware(vm)?.bitstream(pin, times, vm.buffer(args.at(3), false)?.bytes);
    Ok(Word::NONE)
}

/// Asks a sensor by a long low level: it answers by a pulse of 80 µs, and one for each bit, of 26 or 70 µs.
fn read_sensor(vm: &Vm, args: Args) -> Outcome {
    let (hardware, pin) = (hardware(vm)?, crate::pin::find(vm, args.at(0))?);
    if vm.buffer(args.at(1), true)?.bytes.len() < 5 {
        return Err(vm.value_error("a sensor sends five bytes"));
    }
    hardware.write(pin, true);
    hardware.configure(pin, Mode::OpenDrain, Pull::None);
    vm.wait(250_000)?;
    hardware.write(pin, false);
    vm.wait(18_000)?;
    // How long the pin is at a level, 200 µs at the most.
    let lasts = |level: bool| {
        let start = vm.port.now();
        while hardware.read(pin) == level {
            if vm.port.now() - start > 200 {
                return None;
            }
        }
        Some(vm.port.now() - start)
    };
    let mut bytes = [0; 5];
    let mut receive = || {
        hardware.write(pin, true);
        // The line rises slowly; the sensor answers later than that.
        let start = vm.port.now();
        while vm.port.now() - start < 10 {}
        lasts(true)?;
        lasts(false)?;
        lasts(true)?;
        for at in 0..40 {
            lasts(false)?;
            bytes[at / 8] = bytes[at / 8] << 1 | u8::from(lasts(true)? > 48);
        }
        Some(())
    };
    // Interrupts may come between: what they spoil, the sensor's checksum tells.
    receive().ok_or_else(|| vm.os_error(Errno::ETIMEDOUT.0))?;
    vm.buffer(args.at(1), true)?.bytes.iter().zip(bytes).for_each(|(cell, byte)| cell.set(byte));
    Ok(Word::NONE)
}

/// `time_pulse_us(pin, level, timeout_us)`.
///
/// # Errors
/// What the pin raises.
pub fn time_pulse(vm: &Vm, args: Args) -> Outcome {
    let (pin, wanted) = (args.at(0), vm.truth(args.at(1))?);
    let patience = vm.index_or(args.get(2), 1_000_000)?.max(0) as u64;
    let wait = |level: bool| -> Outcome<Option<u64>> {
        let start = vm.port.now();
        loop {
            let now = vm.port.now();
            if crate::signal::level(vm, pin)? == level {
                return Ok(Some(now - start));
            }
            if now - start >= patience {
                return Ok(None);
            }
            vm.poll()?;
        }
    };
    if wait(wanted)?.is_none() {
        return Ok(Word::int(-2));
    }
    match wait(!wanted)? {
        Some(microseconds) => vm.new_int(microseconds as i64),
        None => Ok(Word::int(-1)),
    }
}
