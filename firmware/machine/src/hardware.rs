//! What the classes ask of a board.
//!
//! One trait for what every board has, and one for each peripheral that a board may lack: then it answers `None`, and the class
//! raises `OSError(ENODEV)` instead of pretending. What needs no board but only time is a trait of its own, for computers.

use crate::boards::PinRow;
use core::cell::Cell;
use interpreter::vfs::{BlockDevice, Errno};
use interpreter::vm::{Outcome, Vm};

/// What a pin does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Mode {
    /// Reads.
    #[default]
    Input,
    /// Drives both ways.
    Output,
    /// Drives low, lets go for high.
    OpenDrain,
    /// Belongs to a peripheral, by the number of its function.
    Alternate(u8),
    /// The same, driving low alone.
    AlternateOpenDrain(u8),
    /// Belongs to the analogue parts.
    Analog,
}

/// What holds a pin that nobody drives.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Pull {
    /// Nothing.
    #[default]
    None,
    /// A resistor to the supply.
    Up,
    /// A resistor to ground.
    Down,
}

/// Which changes of a pin's level count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Edges {
    /// From low to high.
    pub rising: bool,
    /// From high to low.
    pub falling: bool,
    /// They wake the processor where it waits for an event, and call nobody.
    pub wakes: bool,
}

/// Why a board started.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Its supply came.
    Power,
    /// Its reset button, or the program's `machine.reset()`.
    Reset,
    /// A watchdog.
    Watchdog,
    /// It woke from the deepest sleep.
    Standby,
    /// The interpreter alone started anew.
    Soft,
}

/// A number of a timer that the program reads and writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TimerValue {
    /// One less than the cycles of a step.
    Prescaler,
    /// One less than the steps of a period.
    Period,
    /// The step it is at.
    Counter,
    /// What a channel, from 0, compares with or caught.
    Compare(u8),
}

/// What a timer's channel does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChannelMode {
    /// High until the counter reaches the compare value, then low.
    Pwm,
    /// Low until then, then high.
    PwmInverted,
    /// Nothing that is seen.
    Timing,
    /// Goes high at the compare value.
    Active,
    /// Goes low then.
    Inactive,
    /// Changes then.
    Toggle,
    /// Catches the counter when its pin rises.
    CaptureRising,
    /// Catches the counter when its pin falls.
    CaptureFalling,
    /// Catches the counter when its pin changes.
    CaptureBoth,
    /// Is high.
    ForcedActive,
    /// Is low.
    ForcedInactive,
}

/// Which way a timer counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Direction {
    /// From 0 to the period.
    #[default]
    Up,
    /// From the period to 0.
    Down,
    /// Up and down, in turn.
    Centre,
}

/// How a timer counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counting {
    /// One less than the cycles of a step.
    pub prescaler: u32,
    /// The counter's highest value.
    pub period: u32,
    /// Which way.
    pub direction: Direction,
    /// Divides the clock of dead time and filters: by 1, 2 or 4, as 0, 1 or 2.
    pub division: u8,
}

/// What ends a timer's outputs from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Break {
    /// Nothing.
    #[default]
    Off,
    /// Its break pin being low.
    Low,
    /// Its break pin being high.
    High,
}

/// Timers, by number from 1. The end of a period raises `event::Source::timer`, what happens on a channel `event::Source::channel`.
pub trait Timers {
    /// What a timer counts before its prescaler, in Hz; `None` if there is no such timer.
    fn frequency(&self, timer: u8) -> Option<u32>;
    /// The largest period.
    fn longest(&self, timer: u8) -> u32;
    /// Number of channels.
    fn channels(&self, timer: u8) -> u8;
    /// Counts, again and again.
    fn start(&self, timer: u8, counting: Counting);
    /// How it counts.
    fn counting(&self, timer: u8) -> Counting;
    /// Sets the ticks in which neither of two complementary outputs is on, and what ends all outputs; `false` for a timer without.
    fn set_dead_time(&self, timer: u8, ticks: u32, brk: Break) -> bool;
    /// What was set so, for a timer that has it.
    fn dead_time(&self, timer: u8) -> Option<(u32, Break)>;
    /// Stops it.
    fn stop(&self, timer: u8);
    /// Whether it was started.
    fn is_started(&self, timer: u8) -> bool;
    /// Whether the end of a period raises an event.
    fn interrupt(&self, timer: u8, on: bool);
    /// Reads a number.
    fn get(&self, timer: u8, value: TimerValue) -> u32;
    /// Writes a number.
    fn set(&self, timer: u8, value: TimerValue, number: u32);
    /// Sets a channel up, from 0; `low` says that it is active when its pin is low.
    fn channel(&self, timer: u8, channel: u8, mode: ChannelMode, low: bool);
    /// Switches a channel off.
    fn channel_off(&self, timer: u8, channel: u8);
    /// Whether what happens on a channel raises an event.
    fn interrupt_channel(&self, timer: u8, channel: u8, on: bool);
    /// Converters hear of the end of each period.
    fn signal_updates(&self, timer: u8);
    /// Whether a period ended since the last call, of a timer that raises no event.
    fn take_end(&self, timer: u8) -> bool;
    /// Counts an encoder's turns, by edges of channel 1, of channel 2 or of both: 1, 2 or 3.
    fn encoder(&self, timer: u8, mode: u8);
}

/// Buses of two wires that follow somebody else's clock, by number from 1.
pub trait I2cTargets {
    /// Whether there is such a bus.
    fn exists(&self, bus: u8) -> bool;
    /// Switches a bus off.
    fn stop(&self, bus: u8);
    /// Lets a bus that exists answer at an address, at 0 as well where it is `general`, to whoever gives the clock, as soon as it listens.
    fn follow(&self, bus: u8, address: u8, general: bool);
    /// Whether such a bus acknowledges its address.
    fn listen(&self, bus: u8, on: bool);
    /// What has happened to it, once each.
    fn happened(&self, bus: u8) -> I2cEvent;
    /// Puts a byte where the other side's clock fetches it, once there is room.
    fn offer(&self, bus: u8, byte: u8);
    /// Raises `event::Source::i2c` when something has happened, once: whoever has asked until it is quiet again calls this again.
    fn tell(&self, bus: u8);
}

/// Buses of two wires that give the clock as well.
pub trait I2cBuses: I2cTargets {
    /// Sets a bus and its pins up; `false` if there is no such bus.
    fn start(&self, bus: u8, hertz: u32) -> bool;
    /// Sends pieces, one behind the other, to a device; none at all only asks whether it is there.
    ///
    /// # Errors
    /// `ENODEV` if nobody answers, `ETIMEDOUT`, `EIO`.
    fn write(&self, bus: u8, address: u8, pieces: &[&[Cell<u8>]], stop: bool) -> Result<(), Errno>;
    /// Receives bytes from a device; without `stop` the bus is kept.
    ///
    /// # Errors
    /// As `write`.
    fn read(&self, bus: u8, address: u8, buffer: &[Cell<u8>], stop: bool) -> Result<(), Errno>;
}

/// What has happened to a bus that follows somebody else's clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum I2cEvent {
    /// Nothing yet.
    Quiet,
    /// Its address was called, to be read, or to be written to.
    Addressed {
        /// The other side reads.
        reads: bool,
    },
    /// The next byte may be offered.
    Room,
    /// The other side's clock waits for it.
    Wanted,
    /// A byte has come.
    Arrived(u8),
    /// The other side has read enough.
    Refused,
    /// The other side has written all.
    Stopped,
    /// The bus did not keep to its rules.
    Lost,
}

/// How a bus of three wires talks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SpiSettings {
    /// At most so many Hz.
    pub hertz: u32,
    /// The clock's level between transfers.
    pub polarity: bool,
    /// Data counts at the clock's second edge.
    pub phase: bool,
    /// The lowest bit goes first.
    pub low_first: bool,
    /// Words of 16 bits instead of 8.
    pub wide: bool,
    /// Somebody else gives the clock.
    pub answers: bool,
    /// The protocol of Texas Instruments instead of Motorola's.
    pub ti: bool,
    /// The polynomial of a checksum behind each transfer; none where it is 0.
    pub polynomial: u16,
}

/// Buses of three wires, by number from 1.
pub trait SpiBuses {
    /// Sets a bus and its pins up; answers the true frequency, `None` if there is no such bus.
    fn start(&self, bus: u8, settings: SpiSettings) -> Option<u32>;
    /// The clock that a bus's frequency is divided from; `None` if there is no such bus.
    fn frequency(&self, bus: u8) -> Option<u32>;
    /// Switches a bus off.
    fn stop(&self, bus: u8);
    /// Sends a word, answers the one that came.
    ///
    /// # Errors
    /// `ETIMEDOUT`.
    fn exchange(&self, bus: u8, word: u16) -> Result<u16, Errno>;
    /// Puts a word where the clock fetches it, this side's or somebody else's, if there is room; the checksum behind it, if it is the `last`.
    fn offer(&self, bus: u8, word: u16, last: bool) -> bool;
    /// The word that came with the clock.
    fn came(&self, bus: u8) -> Option<u16>;
    /// Begins the checksums anew.
    fn begin_checked(&self, bus: u8);
    /// Whether the one that came last was right.
    fn take_sound(&self, bus: u8) -> bool;
}

/// What a bus of sound does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct I2sSettings {
    /// It listens instead of playing.
    pub receives: bool,
    /// Samples of 32 bits instead of 16.
    pub wide: bool,
    /// Pairs of samples a second.
    pub rate: u32,
}

/// Buses of sound, by number from 1. Whenever a half of the memory is done, `i2s::turn` is called, in an interrupt or by `event::Source::i2s`.
pub trait I2sBuses {
    /// What the chip calls the pins that may be clock, word clock and data; `None` if there is no such bus.
    fn pins(&self, bus: u8) -> Option<[&'static [&'static str]; 3]>;
    /// Starts a bus and its pins: it goes round in memory, which the caller keeps where it is. `false` where it cannot.
    fn start(&self, bus: u8, settings: I2sSettings, pins: [usize; 3], memory: &[Cell<u8>]) -> bool;
    /// Switches it off.
    fn stop(&self, bus: u8);
    /// A half of the memory that is done: the first (false) or the second one, once each. Samples are half words in it, the upper half of one of
    /// 32 bits first, a left and a right one in turn.
    fn take_half(&self, bus: u8, memory: &[Cell<u8>]) -> Option<bool>;
}

/// What a converter of numbers into voltages makes by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wave {
    /// Numbers that look random.
    Noise,
    /// All numbers up, and down.
    Triangle,
}

/// Converters of numbers into voltages, by number from 1.
pub trait Dacs {
    /// What the chip calls the pin of a converter; `None` if there is no such converter.
    fn pin(&self, dac: u8) -> Option<&'static str>;
    /// Switches it on, with its pin; `buffered` is an amplifier for what draws current.
    fn start(&self, dac: u8, buffered: bool);
    /// Switches it off.
    fn stop(&self, dac: u8);
    /// Converts a number, of 12 bits if it is `wide`, else of 8; ends what it did by itself.
    fn write(&self, dac: u8, value: u16, wide: bool);
    /// Makes a wave, a step at each signal of a timer; `false` for a timer that it does not hear.
    fn wave(&self, dac: u8, wave: Wave, timer: u8) -> bool;
    /// Converts `count` numbers, one at each signal of a timer, while the program goes on, once or again and again: bytes, or half words
    /// if they are `wide`. The caller keeps them where they are. `false` for a timer that it does not hear.
    fn stream(&self, dac: u8, bytes: &[Cell<u8>], count: u16, wide: bool, circular: bool, timer: u8) -> bool;
}

/// How a bus of CAN talks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CanSettings {
    /// Hears what it sends.
    pub loops: bool,
    /// Drives nothing.
    pub silent: bool,
    /// Goes on by itself after too many errors.
    pub auto_restart: bool,
    /// Cycles of its clock in a quantum of time.
    pub prescaler: u16,
    /// Quanta by which a bit is moved to follow the others.
    pub jump: u8,
    /// Quanta before a bit is looked at, and behind that.
    pub segments: [u8; 2],
    /// How many banks of filters are the first bus's.
    pub banks: u8,
}

/// A message.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CanMessage {
    /// Its identifier, of 11 bits.
    pub id: u32,
    /// Of 29 bits instead.
    pub extended: bool,
    /// Asks for a message and has no data.
    pub remote: bool,
    /// The filter that let it in.
    pub filter: u8,
    /// How many bytes.
    pub length: u8,
    /// The bytes.
    pub data: [u8; 8],
}

/// What a bank of filters lets in, in the layout of the controller (RM0090 §32.7.4).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CanFilter {
    /// Identifiers instead of identifiers and masks.
    pub list: bool,
    /// Of 32 bits instead of twice 16.
    pub wide: bool,
    /// Into the second queue instead of the first.
    pub second: bool,
    /// What is compared.
    pub words: [u32; 2],
}

/// What has become of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sent {
    /// It waits, or is sent just now.
    Pending,
    /// Somebody acknowledged it.
    Done,
    /// It was given up.
    Failed,
}

/// Buses of CAN, by number from 1, each with two queues from 0. What happens on one raises `event::Source::can_queue`.
pub trait Cans {
    /// Whether there is such a bus.
    fn exists(&self, bus: u8) -> bool;
    /// The clock that quanta are made of.
    fn clock(&self) -> u32;
    /// Starts a bus and its pins; `false` where it does not answer.
    fn start(&self, bus: u8, settings: CanSettings) -> bool;
    /// Switches it off.
    fn stop(&self, bus: u8);
    /// Leaves the state of too many errors; what was counted begins anew if it `forgets`.
    fn restart(&self, bus: u8, forgets: bool);
    /// 1 for all is well, 2 for a warning, 3 for passive, 4 for off.
    fn state(&self, bus: u8) -> u8;
    /// Errors of sending and receiving, how often it warned, was passive and off, messages to be sent, and in each queue.
    fn counters(&self, bus: u8) -> [u16; 8];
    /// Sets a bank of filters, or closes it: 0 to 27 of both buses.
    fn set_filter(&self, bank: u8, filter: Option<CanFilter>);
    /// How many banks are the first bus's.
    fn share_banks(&self, banks: u8);
    /// How many messages wait in a queue.
    fn waiting(&self, bus: u8, queue: u8) -> u8;
    /// Takes the first of them.
    fn receive(&self, bus: u8, queue: u8) -> Option<CanMessage>;
    /// Sends a message by one of the mailboxes whose bits are set; answers which, `None` while all of them are in use.
    fn send(&self, bus: u8, message: &CanMessage, mailboxes: u8) -> Option<u8>;
    /// What has become of the message in a mailbox.
    fn sent(&self, bus: u8, mailbox: u8) -> Sent;
    /// Gives it up.
    fn give_up(&self, bus: u8, mailbox: u8);
    /// Whether a queue raises events: for its first message; when it is full, and when one was lost.
    fn listen(&self, bus: u8, queue: u8, first: bool, full: bool);
    /// What the last event of a queue was about: 0, 1 or 2 as above.
    fn reason(&self, bus: u8, queue: u8) -> u8;
    /// Whether a bus raises `event::Source::can_told`: when a message has gone or was given up, once until this is called again; when its state is worse.
    fn tell(&self, bus: u8, sent: bool, state: bool);
    /// A mailbox whose message has gone (true) or was given up, once.
    fn take_sent(&self, bus: u8) -> Option<(u8, bool)>;
    /// Whether its state was worse than before, once.
    fn take_worse(&self, bus: u8) -> bool;
    /// What has happened to its queues since this was asked last: 1, one was full; 2, a message was lost.
    fn take_faults(&self, bus: u8) -> u8;
    /// How many messages were lost.
    fn lost(&self, bus: u8) -> u16;
}

/// How a serial line talks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SerialSettings {
    /// Bits a second.
    pub baud: u32,
    /// Bits of a character without parity, 7 to 9.
    pub bits: u8,
    /// Whether ones are made an odd number; `None` is no parity.
    pub odd: Option<bool>,
    /// Two stop bits instead of one.
    pub two_stops: bool,
    /// Says when it can take no more.
    pub rts: bool,
    /// Sends only while the other side can take more.
    pub cts: bool,
}

/// What happens on a serial line, as bits.
pub mod serial {
    /// It is quiet after at least one character.
    pub const IDLE: u8 = 1 << 4;
    /// A character came.
    pub const ARRIVED: u8 = 1 << 5;
    /// All has been sent, to the last stop bit.
    pub const SENT: u8 = 1 << 6;
}

/// Serial lines, by number from 1. What happens on one raises `event::Source::serial`.
pub trait SerialLines {
    /// Whether there is such a line.
    fn exists(&self, line: u8) -> bool;
    /// Sets a line and its pins up; answers the true baud rate, `None` for one that it cannot have.
    fn start(&self, line: u8, settings: SerialSettings) -> Option<u32>;
    /// Switches a line off.
    fn stop(&self, line: u8);
    /// Whether a character can be sent now.
    fn has_room(&self, line: u8) -> bool;
    /// Sends a character, for which there is room.
    fn send(&self, line: u8, character: u16);
    /// Whether all has been sent, to the last stop bit.
    fn is_done(&self, line: u8) -> bool;
    /// Holds the line low for longer than any character.
    fn send_break(&self, line: u8);
    /// How many characters wait that nobody has put into the class's ring.
    fn waiting(&self, line: u8) -> usize;
    /// The first of them.
    fn receive(&self, line: u8) -> Option<u16>;
    /// Puts what comes into the ring by `uart::take` (`ring`), and raises an event for these of `serial`'s bits.
    fn listen(&self, line: u8, ring: bool, events: u8);
    /// There is room in the ring again.
    fn make_room(&self, line: u8);
    /// Which of `serial`'s bits the last event was about.
    fn happened(&self, line: u8) -> u8;
    /// The line that the prompt is on as well, if it is on any.
    fn prompt(&self) -> Option<u8>;
    /// Moves the prompt to another line, or takes it off.
    fn set_prompt(&self, line: Option<u8>);
}

/// What a board shows a computer on USB, besides the way to its loader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UsbMode {
    /// A serial line.
    Serial,
    /// A disk: its flash.
    Disk,
    /// A serial line and a disk.
    SerialDisk,
    /// A serial line and a mouse, a keyboard, or the like.
    SerialInput,
}

/// How it shows that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UsbSettings<'a> {
    /// What.
    pub mode: UsbMode,
    /// USB's number of the vendor.
    pub vendor: u16,
    /// USB's number of the product.
    pub product: u16,
    /// Of the mouse or keyboard: subclass, protocol, the most bytes of a report, how often it is asked for in ms.
    pub input: [u8; 4],
    /// What stands where in such a report, up to `LONGEST` bytes.
    pub report: &'a [u8],
}

impl UsbSettings<'_> {
    /// The most bytes of a report's description.
    pub const LONGEST: usize = 128;
}

/// An endpoint of a device that the program describes, as its descriptor has it (USB 2.0 §9.6.6).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct UsbEndpoint {
    /// Its number, and 0x80 where it is one from the board.
    pub address: u8,
    /// 2 for bulk, else interrupt.
    pub kind: u8,
    /// The most bytes of a packet.
    pub longest: u8,
    /// How often the computer asks, in milliseconds.
    pub interval: u8,
}

/// What happens to such a device.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UsbEvent {
    /// The computer began anew: all transfers are over.
    Reset,
    /// It has taken the device in use.
    Configured,
    /// A request of the computer's waits for an answer.
    Asked([u8; 8]),
    /// The packet has left that was put to this endpoint.
    Left(u8),
}

/// The board on USB. What comes on the serial line raises `event::Source::USB`. Parts that it does not show now are closed and take nothing.
pub trait Usb {
    /// What it shows; `None` while it is off.
    fn mode(&self) -> Option<UsbMode>;
    /// Shows this from now on: vanishes and appears anew, unless it is shown already.
    fn start(&self, settings: &UsbSettings);
    /// Vanishes.
    fn stop(&self);
    /// Whether a program of the computer has opened the serial line.
    fn is_open(&self) -> bool;
    /// How many bytes wait to be read.
    fn waiting(&self) -> usize;
    /// The first of them.
    fn read(&self) -> Option<u8>;
    /// Whether somebody has the line open, and there is room for more.
    fn has_room(&self) -> bool;
    /// Takes bytes to be sent, from the front, as many as there is room for; 0 where nobody has the line open.
    fn write(&self, bytes: &[u8]) -> usize;
    /// Whether what comes raises an event.
    fn listen(&self, on: bool);
    /// Whether a report can be sent.
    fn takes_report(&self) -> bool;
    /// Sends a report; false while the one before has not left.
    fn report(&self, bytes: &[u8]) -> bool;
    /// Whether the computer has sent a report.
    fn has_report(&self) -> bool;
    /// Takes it; how many bytes it has.
    fn take_report(&self, into: &mut [u8; 64]) -> usize;
    /// Vanishes, and appears as a device that the program describes, with the serial line before it or without. Whatever happens to it raises
    /// `event::Source::DEVICE`, as does a packet that waits.
    fn appear(&self, serial: bool, endpoints: &[UsbEndpoint]);
    /// What has happened to it that was not told yet.
    fn event(&self) -> Option<UsbEvent>;
    /// Sends a packet to one of its endpoints; false while the one before has not left, or nobody wants one.
    fn put(&self, endpoint: u8, bytes: &[u8]) -> bool;
    /// Takes a packet that has come to one of its endpoints; how many bytes it has.
    fn take(&self, endpoint: u8, into: &mut [u8; 64]) -> Option<usize>;
    /// Sets whether an endpoint refuses, and answers whether it did; endpoint 0 refuses the request that waits.
    fn stall(&self, endpoint: u8, stalled: Option<bool>) -> bool;
    /// Has the request that waits answered as every device does, or refused.
    fn by_default(&self);
    /// Wakes a computer that sleeps; whether it may be woken.
    fn wake(&self) -> bool;
}

/// How long until a clock wakes its board.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wake {
    /// Up to [`LONGEST_WAKE`].
    Milliseconds(u32),
    /// Steps of the clock of this number, 0 to 7, as the chip numbers them (RM0090 §26.6.3), and one less than how many.
    Steps(u8, u16),
}

/// A clock on the wall of the board's own, which outlasts its resets. `Clockwork::set_clock` sets it.
pub trait WallClock {
    /// Raises `event::Source::WAKE` again and again, or never.
    ///
    /// # Errors
    /// `EIO` from a clock that does not answer.
    fn wake_every(&self, wake: Option<Wake>) -> Result<(), Errno>;
    /// How much faster than its crystal it runs, in parts of 2^20.
    fn calibration(&self) -> i32;
    /// Sets that, −511 to 512.
    ///
    /// # Errors
    /// As `wake_every`.
    fn calibrate(&self, parts: i32) -> Result<(), Errno>;
}

/// The longest time to the next wake-up, in milliseconds.
pub const LONGEST_WAKE: u32 = (1 << 17) * 1000;

/// A slot for a memory card, and as a block device the card in it: 512 bytes to a block, none while it has no power.
///
/// Starting brings a card to work, and leaves one that answers as it is; stopping takes its supply away. Errors are `ENODEV` where none
/// is, `ETIMEDOUT` from one that does not answer, `EIO` from one that cannot.
pub trait CardSlot: BlockDevice {
    /// Whether a card is in it.
    fn is_present(&self) -> bool;
    /// The blocks of the card that works, and whether they are numbered on its bus.
    fn card(&self) -> Option<(u32, bool)>;
    /// Reads blocks of it, as many as fill the buffer.
    ///
    /// # Errors
    /// See above.
    fn read_blocks(&self, block: u32, to: &[Cell<u8>]) -> Result<(), Errno>;
    /// Writes blocks of it.
    ///
    /// # Errors
    /// See above.
    fn write_blocks(&self, block: u32, from: &[Cell<u8>]) -> Result<(), Errno>;
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voltage {
    /// A pin.
    Pin(usize),
    /// A channel of the converter.
    Channel(u8),
}

/// A board's hardware. Pins and LEDs are numbered from 0; the classes check numbers before they come here.
pub trait Hardware {
    /// The pins, by number.
    fn pins(&self) -> &'static [PinRow];
    /// Sets a pin up.
    fn configure(&self, pin: usize, mode: Mode, pull: Pull);
    /// How a pin is set up.
    fn configuration(&self, pin: usize) -> (Mode, Pull);
    /// The level at a pin.
    fn read(&self, pin: usize) -> bool;
    /// The level that a pin drives.
    fn write(&self, pin: usize, level: bool);
    /// Raises `event::Source::line` at these changes of a pin; none stops that. Pins of one number share a line.
    fn watch(&self, pin: usize, edges: Edges);
    /// Raises it as if the pin had changed, if changes of it count.
    fn trigger(&self, pin: usize);
    /// The same as `watch` of a line of one of the chip's parts, 16 to 22.
    fn watch_line(&self, line: u8, edges: Edges);
    /// The same as `trigger`.
    fn trigger_line(&self, line: u8);
    /// What the registers of the lines hold, by name.
    fn line_registers(&self) -> [(&'static str, u32); 6];
    /// Sends bits on a pin, the highest of each byte first: high and low for so many ns, of a 0 and of a 1.
    fn bitstream(&self, pin: usize, times: [u32; 4], bytes: &[Cell<u8>]);
    /// Number of LEDs.
    fn leds(&self) -> usize;
    /// How bright an LED is, 0 to 255.
    fn led(&self, led: usize) -> u8;
    /// Sets how bright an LED is.
    fn set_led(&self, led: usize, intensity: u8);
    /// The pin of the user switch, which pulls it low.
    fn switch(&self) -> usize;
    /// A number that no other board has, 12 bytes.
    fn unique_id(&self) -> [u8; 12];
    /// The clocks of the processor, of its bus, and of the two peripheral buses in Hz.
    fn frequencies(&self) -> [u32; 4];
    /// Runs it at other ones, in the same order, none of them faster than wanted.
    ///
    /// # Errors
    /// `EINVAL` for what it cannot have, `ENODEV` for a board with one speed, `EIO` where it runs at another one now.
    fn set_frequencies(&self, _wanted: [u32; 4]) -> Result<(), Errno> {
        Err(Errno::ENODEV)
    }
    /// Why the board started.
    fn cause(&self) -> Cause;
    /// Starts the board anew, as its reset button does. Returns only where that takes a moment.
    fn reset(&self);
    /// Stops the board's clocks until something from outside wakes it; then it goes on.
    ///
    /// # Errors
    /// `ENODEV` for a board that cannot.
    fn stop(&self) -> Result<(), Errno> {
        Err(Errno::ENODEV)
    }
    /// Switches the board off, but for its clock on the wall, until something wakes it; then it starts anew.
    ///
    /// # Errors
    /// As `stop`.
    fn standby(&self) -> Result<(), Errno> {
        Err(Errno::ENODEV)
    }
    /// Starts what takes new firmware. Returns only where there is nothing that does.
    fn boot_loader(&self);
    /// The blocks in which its files lie.
    fn flash(&self) -> Option<&'static dyn BlockDevice> {
        None
    }
    /// Its slot for a memory card.
    fn card_slot(&self) -> Option<&'static dyn CardSlot> {
        None
    }
    /// Its timers.
    fn timers(&self) -> Option<&dyn Timers> {
        None
    }
    /// Its buses of two wires.
    fn i2c(&self) -> Option<&dyn I2cBuses> {
        None
    }
    /// Its buses of two wires, as those that are addressed.
    fn i2c_targets(&self) -> Option<&dyn I2cTargets> {
        None
    }
    /// Its buses of three wires.
    fn spi(&self) -> Option<&dyn SpiBuses> {
        None
    }
    /// Its buses of sound.
    fn i2s(&self) -> Option<&dyn I2sBuses> {
        None
    }
    /// Its converters of numbers into voltages.
    fn dacs(&self) -> Option<&dyn Dacs> {
        None
    }
    /// What its maker measured the reference to read at 3.3 V, if that is known.
    fn reference(&self) -> Option<u16> {
        None
    }
    /// Its buses of CAN.
    fn cans(&self) -> Option<&dyn Cans> {
        None
    }
    /// Its serial lines.
    fn serial(&self) -> Option<&dyn SerialLines> {
        None
    }
    /// USB.
    fn usb(&self) -> Option<&dyn Usb> {
        None
    }
    /// The clock on the wall of its own.
    fn wall_clock(&self) -> Option<&dyn WallClock> {
        None
    }
    /// Measures a voltage: 0 to 4095 for 0 to that of the supply. A pin is the converter's from then on.
    ///
    /// # Errors
    /// `EINVAL` for what cannot be measured, `ENODEV` for a board that cannot measure, `ETIMEDOUT`.
    fn measure(&self, _voltage: Voltage) -> Result<u16, Errno> {
        Err(Errno::ENODEV)
    }
    /// Restarts the board unless it is fed again within so many milliseconds; a board without a watchdog answers `ENODEV`.
    ///
    /// # Errors
    /// `EINVAL` for a time that the watchdog cannot count.
    fn watchdog(&self, _milliseconds: u32) -> Result<(), Errno> {
        Err(Errno::ENODEV)
    }
    /// Feeds the watchdog.
    fn feed(&self) {}
}

/// When things happen, and when they must not: what timers, the clock on the wall and critical sections ask of a board or a computer.
pub trait Clockwork {
    /// Holds interrupts back; tells whether they came before.
    fn hold_interrupts(&self) -> bool;
    /// Lets interrupts come (or not).
    fn let_interrupts(&self, come: bool);
    /// Sets the interpreter's pending flag at this time of `Port::now`, once; `None` forgets that.
    fn alarm(&self, at: Option<u64>);
    /// Sets the clock on the wall, in nanoseconds since 1970; `Port::clock` reads it.
    ///
    /// # Errors
    /// What the clock answers.
    fn set_clock(&self, nanoseconds: u64) -> Result<(), Errno>;
    /// Regions of memory that a reset of the interpreter leaves as they are.
    fn backup(&self) -> &'static [Backup] {
        &[]
    }
}

/// Memory that a reset of the interpreter leaves as it is.
pub struct Backup {
    /// Where it begins.
    pub address: fn() -> usize,
    /// Its size in bytes.
    pub size: usize,
    /// `B` for bytes, `I` for registers of 32 bits.
    pub items: &'static str,
}

/// What a port with this crate's modules answers as its context.
pub struct Board {
    hardware: Option<&'static dyn Hardware>,
    clockwork: &'static dyn Clockwork,
}

impl Board {
    /// A board.
    pub fn new<T: Hardware + Clockwork>(board: &'static T) -> Board {
        Board { hardware: Some(board), clockwork: board }
    }

    /// A computer, which has time but no pins.
    pub fn computer(clockwork: &'static dyn Clockwork) -> Board {
        Board { hardware: None, clockwork }
    }
}

fn board(vm: &Vm) -> Option<&Board> {
    vm.port.context()?.downcast_ref()
}

/// The hardware of the board that runs this.
///
/// # Errors
/// `OSError(ENODEV)` on a port without hardware.
pub(crate) fn hardware(vm: &Vm) -> Outcome<&'static dyn Hardware> {
    board(vm).and_then(|board| board.hardware).ok_or_else(|| absent(vm))
}

/// The clockwork of what runs this.
///
/// # Errors
/// `OSError(ENODEV)` on a port without one.
pub(crate) fn clockwork(vm: &Vm) -> Outcome<&'static dyn Clockwork> {
    board(vm).map(|board| board.clockwork).ok_or_else(|| absent(vm))
}

/// `OSError(ENODEV)`: this board does not have it.
pub(crate) fn absent(vm: &Vm) -> interpreter::vm::Raised {
    vm.os_error(Errno::ENODEV.0)
}
