//! The virtual board: a whole board in one process. `line` is its serial line, `flash` its chip, `card` its slot, `hardware` its
//! LEDs and switch and all that its classes ask for, `pins`, `timers`, `analog`, `clocks` and `buses` that of the chip, `serial`, `can`, `sound`
//! and `usb` the lines of programs, `target` what answers on two of the pins, `screens` the displays that programs find, with their controllers
//! `ssd1306` and `st7565`, `news` when something is said; what runs on it is the interpreter's own `repl::session`, as on every board.
//!
//! Standard output says first where the line is (`board: tcp 127.0.0.1:2323` or `board: pty /dev/pts/3`), then, a JSON object
//! a line, what the hardware does (`{"led":1,"on":true,"intensity":255}`, `{"pin":"X1","value":1,"output":true}`, `{"accel":[0,0,21]}`,
//! `{"screen":"I2C(1)","kind":"SSD1306","width":128,"height":64,"on":true,"light":127,"dots":"00ff…"}`, `{"strip":"X8","colours":["ff0000"]}`);
//! standard input takes what a person does to it (`{"switch":true}`, `{"pin":"X1","value":1}`,
//! `{"pin":"X19","millivolts":1650}`, `{"accel":[0,0,21]}`).

mod analog;
mod buses;
mod can;
mod card;
mod clocks;
mod flash;
mod hardware;
mod line;
mod news;
mod pins;
mod screens;
mod serial;
mod serial_screen;
mod sound;
mod ssd1306;
mod st7565;
mod target;
mod timers;
mod usb;

use crate::arguments::{Arguments, Options};
use crate::machine_memory::Arena;
use anyhow::Context;
use interpreter::repl::{self, Prompt, Session};
use interpreter::vfs::{BlockDevice, Errno, driver, mount};
use interpreter::vm::{Outcome, Vm};
use machine::Board;
use std::cell::Cell;
use std::io::BufRead;
use storage::fat::Fat;
use storage::format::{Format, OnDevice};
use storage::littlefs::{self, Littlefs};

/// Bytes of the board's heap, unless `-X heapsize` says otherwise.
const HEAP: usize = 4 << 20;

/// Serves a board until the process is ended.
pub fn serve(arguments: &Arguments, options: Options) -> anyhow::Result<u8> {
    let image = &arguments.image;
    let flash: &'static flash::Image =
        Box::leak(Box::new(flash::Image::open(image).with_context(|| format!("the image {}", image.display()))?));
    let open = |path| card::Slot::open(path).with_context(|| format!("the card {}", path.display()));
    let slot = arguments.card.as_deref().map(open).transpose()?.unwrap_or_default();
    let slot: &'static card::Slot = Box::leak(Box::new(slot));
    let hardware: &'static hardware::Virtual = Box::leak(Box::new(hardware::Virtual::new(arguments.bridge, slot)));
    news::start(|thing| hardware.describe(thing));
    let line: &'static line::Line = Box::leak(Box::new(line::Line::open(arguments.tcp, arguments.bridge, Board::new(hardware))?));
    println!("board: {}", line.address());
    if arguments.bridge {
        // A computer that takes its flash for a disk knows FAT.
        usb::start(flash::Sectors(flash));
        listen(hardware);
        return live(Fat::<512>::new(), &usb::SHARED, flash, hardware, line, &options);
    }
    listen(hardware);
    // Clients compare files by their times, which a pyboard's files have.
    let kept = littlefs::Options { times: true, ..littlefs::Options::FLASH };
    let buffers = Box::leak(vec![Cell::new(0); kept.buffers()].into_boxed_slice());
    live(Littlefs::new(kept, buffers), flash, flash, hardware, line, &options)
}

/// Runs programs whose files lie on a device in this format.
fn live<F: Format>(
    format: F,
    device: &'static dyn BlockDevice,
    flash: &'static flash::Image,
    hardware: &'static hardware::Virtual,
    line: &'static line::Line,
    options: &Options,
) -> anyhow::Result<u8> {
    let files: &'static OnDevice<F> = Box::leak(Box::new(OnDevice::new(format, device)));
    let arena = Arena::new(Some(options.heap.unwrap_or(HEAP)), options.stack)?;
    let mut session = Session::default();
    loop {
        let fresh = !flash.is_formatted();
        let failed = |errno: Errno| anyhow::anyhow!("the image: {}", errno.text());
        files.on(&|| 0, |fs| if fresh { fs.format() } else { fs.load().or_else(|_| fs.format()) }).map_err(failed)?;
        if fresh {
            let written = files.on(&|| 0, |fs| storage::defaults::write(fs, &[]));
            written.map_err(|errno| anyhow::anyhow!("the default files: {}", errno.text()))?;
        }
        arena.with_vm(line, |vm| boot(vm, files, &mut session))?;
        // What the program left open is lost, as on every board; what it closed is in the image.
        files.on(&|| 0, |fs| fs.unmount()).map_err(failed)?;
        if hardware.take_reset() {
            session.prompt = Prompt::Friendly;
        }
    }
}

fn boot<F: Format>(vm: &Vm, files: &'static OnDevice<F>, session: &mut Session) {
    let said = |failure: &str, done: Outcome<()>| {
        if let Err(raised) = done {
            vm.take_raised(raised);
            vm.write_text(failure.as_bytes());
        }
    };
    said("the file system could not be mounted: out of memory\n", vm.enter(|vm| prepare(vm, files)));
    said("the memory card cannot be used\n", vm.enter(machine::mount_card));
    repl::session(vm, session);
}

/// The file system and `sys.path`. Files lie at the root, as on most boards; a pyboard's scripts know them by `/flash`.
fn prepare<F: Format>(vm: &Vm, files: &'static OnDevice<F>) -> Outcome<()> {
    let files = driver::new(vm, files)?;
    mount::mount_object(vm, files, "/")?;
    mount::mount_object(vm, files, "/flash")?;
    machine::set_path(vm)
}

/// Takes what a person does to the hardware, from standard input. When a pipe there ends, so does the board: whoever started
/// it is gone.
fn listen(hardware: &'static hardware::Virtual) {
    use std::os::unix::fs::FileTypeExt;
    let is_pipe = std::fs::metadata("/dev/stdin").is_ok_and(|stdin| stdin.file_type().is_fifo() || stdin.file_type().is_socket());
    std::thread::spawn(move || {
        for text in std::io::stdin().lock().lines().map_while(Result::ok) {
            if let Err(error) = hardware.take(&text) {
                eprintln!("taipan: {error:#}");
            }
        }
        if is_pipe {
            std::process::exit(0);
        }
    });
}
