//! The virtual board: a whole board in one process. `line` is its serial line, `flash` its chip, `hardware` its LEDs, switch
//! and pins, `serial` and `can` the lines of programs; what runs on it is the interpreter's own `repl::session`, as on every board.
//!
//! Standard output says first where the line is (`board: tcp 127.0.0.1:2323` or `board: pty /dev/pts/3`), then, a JSON object
//! a line, what the hardware does; standard input takes what a person does to it (`{"switch":true}`, `{"pin":"X1","value":1}`).

mod can;
mod flash;
mod hardware;
mod line;
mod serial;

use crate::arguments::{Arguments, Options};
use crate::machine_memory::Arena;
use anyhow::Context;
use interpreter::repl::{self, Prompt, Session};
use interpreter::vfs::{FileSystem, mount};
use interpreter::vm::{Outcome, Root, Vm};
use machine::Board;
use std::cell::Cell;
use std::io::BufRead;
use storage::format::OnDevice;
use storage::littlefs::{self, Littlefs};

/// The board's files.
type Files = OnDevice<Littlefs>;

/// Bytes of the board's heap, unless `-X heapsize` says otherwise.
const HEAP: usize = 4 << 20;

/// Serves a board until the process is ended.
pub fn serve(arguments: &Arguments, options: Options) -> anyhow::Result<u8> {
    let heap = options.heap.unwrap_or(HEAP);
    let image = &arguments.image;
    let flash: &'static flash::Image =
        Box::leak(Box::new(flash::Image::open(image).with_context(|| format!("the image {}", image.display()))?));
    let buffers = Box::leak(vec![Cell::new(0); littlefs::Options::FLASH.buffers()].into_boxed_slice());
    let files: &'static Files = Box::leak(Box::new(OnDevice::new(Littlefs::new(littlefs::Options::FLASH, buffers), flash)));
    let hardware: &'static hardware::Virtual = Box::leak(Box::new(hardware::Virtual::new(arguments.bridge)));
    let line: &'static line::Line = Box::leak(Box::new(line::Line::open(arguments.tcp, arguments.bridge, Board::new(hardware))?));
    println!("board: {}", line.address());
    listen(hardware);

    let arena = Arena::new(Some(heap), options.stack)?;
    let mut session = Session::default();
    loop {
        let (fresh, fs) = (!flash.is_formatted(), files.at(0));
        if fresh { fs.format() } else { fs.load().or_else(|_| fs.format()) }
            .map_err(|errno| anyhow::anyhow!("the image {}: {}", image.display(), errno.text()))?;
        if fresh {
            storage::defaults::write(&fs, &[]).map_err(|errno| anyhow::anyhow!("the default files: {}", errno.text()))?;
        }
        arena.with_vm(line, |vm| boot(vm, files, &mut session))?;
        // What the program left open is lost, as on every board; what it closed is in the image.
        files.at(0).unmount().map_err(|errno| anyhow::anyhow!("the image {}: {}", image.display(), errno.text()))?;
        if hardware.take_reset() {
            session.prompt = Prompt::Friendly;
        }
    }
}

fn boot(vm: &Vm, files: &'static Files, session: &mut Session) {
    let prepared = vm.enter(|vm| prepare(vm, files));
    if let Err(raised) = prepared {
        vm.take_raised(raised);
        vm.write_text(b"the file system could not be mounted: out of memory\n");
    }
    repl::session(vm, session);
}

/// The file system and `sys.path`. Files lie at the root, as on most boards; a pyboard's scripts know them by `/flash`.
fn prepare(vm: &Vm, files: &'static Files) -> Outcome<()> {
    mount::mount_driver(vm, files, "/")?;
    mount::mount_driver(vm, files, "/flash")?;
    let path = ["", ".frozen", "/flash", "/flash/lib"].map(|entry| vm.new_str(entry));
    let [first, frozen, flash, lib] = path;
    vm.set_root(Root::Path, vm.new_list(&[first?, frozen?, flash?, lib?])?);
    Ok(())
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
