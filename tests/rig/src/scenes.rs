//! What people do to a board, one scene after the other.

use crate::computer::{self, Shown, attempt, own, run};
use crate::image::{self, CODE, FILES, Numbers, noise};
use crate::pyboard::{Pyboard, SERIAL};
use crate::stranger;
use anyhow::{Context, Result, bail, ensure};
use board::flash::{End, Error, Image, Loader, loader, update};
use board::{Board, Target, transport};
use bootloader::loading::ROOM;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::timeout;

/// Something that is done, and what must come of it.
pub struct Scene {
    /// For the command line.
    pub name: &'static str,
    /// What it shows.
    pub about: &'static str,
    /// Plays it; answers what was measured.
    pub play: fn(&mut Stage) -> Result<String>,
}

/// All of them, in order.
pub const SCENES: &[Scene] = &[
    Scene { name: "appears", about: "the app finds the board", play: appears },
    Scene { name: "echo", about: "megabytes come back as they went", play: echo },
    Scene { name: "files", about: "taipanctl brings a project to the board", play: files },
    Scene { name: "mpremote", about: "the client of others works", play: mpremote },
    Scene { name: "update", about: "taipanctl updates the board", play: update_by_ours },
    Scene { name: "renewed", about: "all of an update by one command, unplugged in its middle and repeated", play: renewed },
    Scene { name: "dfu-util", about: "Debian's dfu-util updates the board", play: update_by_others },
    Scene {
        name: "refused",
        about: "the loader takes no image but a whole one for its chip, of whom it trusts",
        play: refused_images,
    },
    Scene { name: "habits", about: "whatever dfu-util is told to do, it ends with an answer", play: habits },
    Scene { name: "stranger", about: "taipanctl updates a board with another maker's loader", play: update_a_stranger },
    Scene { name: "disk", about: "computer and program write the board's files in turn", play: shared_disk },
    Scene { name: "keys", about: "a program moves a mouse, types, and sees a light", play: mouse_and_keyboard },
    Scene { name: "own", about: "a program is a keyboard beside the line, by its own description", play: own_keyboard },
    Scene { name: "line", about: "a program reads and writes the line, as another product", play: line_of_a_program },
    Scene { name: "unplugged", about: "no unplugging in an update loses the board", play: unplugged_updates },
    Scene { name: "pulled", about: "no unplugging in a transfer loses a file", play: unplugged_transfers },
    Scene { name: "kept", about: "the board's files are as they were", play: kept },
];

/// The board, and what is known of it.
pub struct Stage {
    board: Pyboard,
    folder: PathBuf,
    runtime: tokio::runtime::Runtime,
    /// The project that was brought to the board.
    project: Vec<(String, Vec<u8>)>,
    /// What lies in the sectors of its files.
    sectors: Vec<u8>,
    /// The number of the newest firmware.
    version: u64,
    /// How often the cable is pulled.
    unplugs: u64,
}

/// Bytes of code of a firmware that is updated many times over.
const SMALL: usize = 3_000;
const PATIENCE: Duration = Duration::from_secs(120);

impl Stage {
    /// A new board, plugged in.
    pub fn open() -> Result<Stage> {
        let folder = std::env::temp_dir().join("rig");
        std::fs::create_dir_all(&folder)?;
        let board = Pyboard::start(image::parts(0, SMALL), folder.join("board.img"));
        let sectors = noise(0xF11E, FILES.1);
        board.set_flash(FILES.0, sectors.clone());
        let unplugs = std::env::var("UNPLUGS").context("the guest was not told how often to unplug")?.parse()?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Stage { board, folder, runtime, project: Vec::new(), sectors, version: 0, unplugs })
    }

    /// Says what the kernel knows of a failure.
    pub fn complain(&self) {
        let log = run("dmesg", &[]).unwrap_or_else(|error| error.to_string());
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(12)..].iter().for_each(|line| println!("    {line}"));
    }

    /// Gives the board a whole program again and starts it: what one scene left behind is not the next one's.
    pub fn renew(&self) {
        image::parts(self.version, SMALL).iter().for_each(|(address, data)| self.board.set_flash(*address, data.clone()));
        self.board.trust(None);
        self.board.replug(false);
    }

    /// The next firmware, its parts and its file.
    fn next_firmware(&mut self, code: usize) -> Result<(Vec<(u32, Vec<u8>)>, PathBuf)> {
        self.version += 1;
        let parts = image::parts(self.version, code);
        let path = self.folder.join(format!("version-{}.dfu", self.version));
        std::fs::write(&path, image::file(&parts)?)?;
        Ok((parts, path))
    }

    /// Whether this firmware is on the board, all of it.
    fn holds(&self, parts: &[(u32, Vec<u8>)]) -> bool {
        parts.iter().all(|(address, data)| self.board.flash(*address, data.len()) == *data)
    }
}

fn appears(_: &mut Stage) -> Result<String> {
    let start = Instant::now();
    let port = computer::port()?;
    let usb = port.usb.context("the port is one of USB")?;
    ensure!((usb.vendor, usb.product) == (0xF055, 0x9800), "it is {:04x}:{:04x}", usb.vendor, usb.product);
    ensure!(usb.serial.as_deref() == Some(SERIAL), "its serial number is {:?}", usb.serial);
    Ok(format!(" ({}, {:.1} s)", port.name, start.elapsed().as_secs_f32()))
}

/// Gives back every byte that it is given.
const ECHO: &str = "import sys, micropython
micropython.kbd_intr(-1)
print('ready')
left = COUNT
while left:
    piece = sys.stdin.buffer.read(min(left, 2048))
    sys.stdout.buffer.write(piece)
    left -= len(piece)
";

fn echo(stage: &mut Stage) -> Result<String> {
    const COUNT: usize = 1 << 20;
    let port = computer::port()?.name;
    let sent = noise(1, COUNT);
    let start = Instant::now();
    let got =
        stage.runtime.block_on(async { timeout(PATIENCE, echoed(port, &sent, ECHO)).await }).context("it came to a halt")??;
    ensure!(got == sent, "what came back differs");
    Ok(format!(" ({:.0} KiB/s)", COUNT as f32 / 1024.0 / start.elapsed().as_secs_f32()))
}

/// A line that takes nothing for so long is full.
const STANDS_STILL: Duration = Duration::from_millis(400);

/// A line from which nothing comes for so long is broken.
const SILENT: Duration = Duration::from_secs(10);

/// Sends bytes through a program on the board that gives them back. At first nobody reads, until the line takes no more.
async fn echoed(port: String, bytes: &[u8], program: &str) -> Result<Vec<u8>> {
    let opened = transport::open(&Target::Serial { port, baud: 115_200 }).await?;
    ensure!(opened.flow == transport::Flow::Controlled, "the line is said to lose bytes");
    let mut line = opened.stream;
    line.write_all(b"\r\x03\x03\x01").await?;
    until(&mut line, b"raw REPL; CTRL-B to exit\r\n>").await?;
    line.write_all(program.replace("COUNT", &bytes.len().to_string()).as_bytes()).await?;
    line.write_all(b"\x04").await?;
    // Until then a byte 3 stops the program.
    until(&mut line, b"ready\r\n").await?;
    let (mut reader, mut writer) = tokio::io::split(line);
    let mut sent = 0;
    while sent < bytes.len()
        && let Ok(taken) = timeout(STANDS_STILL, writer.write(&bytes[sent..])).await
    {
        sent += taken?;
    }
    ensure!(sent < bytes.len(), "the board took everything while nobody read what it printed");
    let mut got = Vec::new();
    let receive = async {
        while got.len() < bytes.len() {
            let before = got.len();
            match timeout(SILENT, reader.read_buf(&mut got)).await {
                Ok(read) => ensure!(read? > 0, "the port closed after {before} bytes"),
                Err(_) => bail!("nothing came any more after {before} of {} bytes", bytes.len()),
            }
        }
        Ok(())
    };
    let (rest, read) = tokio::join!(writer.write_all(&bytes[sent..]), receive);
    read?;
    rest?;
    let mut line = reader.unsplit(writer);
    until(&mut line, b"\x04\x04>").await?;
    line.write_all(b"\x02").await?;
    until(&mut line, b">>> ").await?;
    Ok(got)
}

/// Reads until the line has said this.
async fn until(line: &mut (impl AsyncReadExt + Unpin), end: &[u8]) -> Result<()> {
    let mut got = Vec::new();
    while !got.ends_with(end) {
        got.push(timeout(SILENT, line.read_u8()).await.with_context(|| format!("after {:?}", String::from_utf8_lossy(&got)))??);
    }
    Ok(())
}

fn files(stage: &mut Stage) -> Result<String> {
    let (project, back) = (stage.folder.join("project"), stage.folder.join("back.bin"));
    std::fs::create_dir_all(project.join("lib"))?;
    stage.project = (0..12).map(|number| (format!("lib/m{number}.py"), noise(number, 1500 * number as usize))).collect();
    stage.project.push(("app.py".into(), b"print('hello')\n".to_vec()));
    stage.project.push(("data.bin".into(), noise(99, 200_000)));
    for (name, data) in &stage.project {
        std::fs::write(project.join(name), data)?;
    }
    computer::port()?;
    let start = Instant::now();
    let (project, back) = (project.display().to_string(), back.display().to_string());
    run(own("taipanctl")?, &["sync", &project, ":/flash"])?;
    let took = start.elapsed().as_secs_f32();
    run(own("taipanctl")?, &["cp", ":/flash/data.bin", &back])?;
    ensure!(std::fs::read(&back)? == noise(99, 200_000), "the file that came back differs");
    Ok(format!(" ({took:.1} s)"))
}

fn mpremote(stage: &mut Stage) -> Result<String> {
    let python = std::env::var("PYTHON").context("the guest was not told where mpremote is")?;
    let port = computer::port()?.name;
    let local = stage.folder.join("sent.bin");
    std::fs::write(&local, noise(7, 30_000))?;
    let (local, back) = (local.display().to_string(), stage.folder.join("got.bin").display().to_string());
    let said = run(
        python,
        &[
            "-m",
            "mpremote",
            "connect",
            &port,
            "exec",
            "print(6 * 7)",
            "+",
            "cp",
            &local,
            ":/flash/sent.bin",
            "+",
            "cp",
            ":/flash/sent.bin",
            &back,
            "+",
            "rm",
            ":/flash/sent.bin",
        ],
    )?;
    ensure!(said.contains("42"), "it printed {said:?}");
    ensure!(std::fs::read(&back)? == noise(7, 30_000), "the file that came back differs");
    Ok(String::new())
}

fn update_by_ours(stage: &mut Stage) -> Result<String> {
    let (parts, path) = stage.next_firmware(100_000)?;
    computer::port()?;
    run(own("taipanctl")?, &["bootloader"])?;
    let loader = computer::waiting_loader()?;
    ensure!(loader.serial.as_deref() == Some(SERIAL), "the loader's serial number is {:?}", loader.serial);
    let start = Instant::now();
    let path = path.display().to_string();
    run(own("taipanctl")?, &["firmware", "write", &path])?;
    let took = start.elapsed().as_secs_f32();
    computer::port().context("the updated board")?;
    ensure!(stage.holds(&parts), "flash differs from the image");
    Ok(format!(" (100 kB in {took:.1} s)"))
}

/// Transfers of the loader, its enumeration included, after which about half of the update is done.
const MIDDLE: usize = 300;

fn renewed(stage: &mut Stage) -> Result<String> {
    let (parts, path) = stage.next_firmware(60_000)?;
    let (path, archive) = (path.display().to_string(), stage.folder.join("before.zip").display().to_string());
    let words = ["firmware", "update", &path, "--archive", &archive];
    computer::port()?;
    // What is to be there afterwards, too.
    const NOTE: &str = "of no use, but somebody's";
    let note = stage.folder.join("note.txt");
    std::fs::write(&note, NOTE)?;
    run(own("taipanctl")?, &["cp", &note.display().to_string(), ":/flash/note.txt"])?;
    // The board is plugged in for the next time as its loader.
    stage.board.cut_after(Some(MIDDLE));
    let (done, said) = attempt(own("taipanctl")?, &words)?;
    ensure!(!done && said.contains("repeat the update"), "it said:\n{said}");
    computer::wait_for("the end of the cable", || (!stage.board.is_plugged()).then_some(()))?;
    ensure!(!stage.holds(&parts), "it was unplugged too late");
    stage.board.replug(true);
    computer::waiting_loader()?;
    let start = Instant::now();
    let said = run(own("taipanctl")?, &words)?;
    let took = start.elapsed().as_secs_f32();
    ensure!(said.contains("now:    MicroPython") && said.contains(", as in the file"), "it said:\n{said}");
    ensure!(stage.holds(&parts), "flash differs from the image");
    computer::port()?;
    let kept = run(own("taipanctl")?, &["cat", ":/flash/note.txt"])?;
    ensure!(kept.trim() == NOTE, "the file on the board is {kept:?}");
    Ok(format!(" (repeated in {took:.1} s)"))
}

fn update_by_others(stage: &mut Stage) -> Result<String> {
    let (parts, path) = stage.next_firmware(20_000)?;
    computer::port()?;
    // It asks the running program for its loader by itself.
    let devices = ["-d", "f055:9800,0483:df11", "-a", "0"];
    let path = path.display().to_string();
    let start = Instant::now();
    let (_, said) = attempt("dfu-util", &[&devices[..], &["-s", ":leave", "-D", &path]].concat())?;
    ensure!(said.contains("Done parsing DfuSe file"), "it said:\n{said}");
    let took = start.elapsed().as_secs_f32();
    computer::port().context("the updated board")?;
    ensure!(stage.holds(&parts), "flash differs from the image");
    stage.board.load();
    computer::waiting_loader()?;
    let back = stage.folder.join("back.dfu.bin").display().to_string();
    let (address, image) = &parts[0];
    run("dfu-util", &[&devices[..], &["-s", &format!("{address:#x}:{}", image.len()), "-U", &back]].concat())?;
    ensure!(std::fs::read(&back)? == *image, "what it read back differs");
    stage.board.replug(false);
    computer::port()?;
    Ok(format!(" (20 kB in {took:.1} s)"))
}

/// Offers an image to the board's loader, by our program or by `dfu-util`; what was said of it.
fn offer(stage: &mut Stage, image: &[u8], by_others: bool) -> Result<String> {
    let path = stage.folder.join("offered.dfu");
    std::fs::write(&path, image::file(&[(CODE, image.to_vec())])?)?;
    let path = path.display().to_string();
    computer::waiting_loader()?;
    let (done, said) = match by_others {
        true => attempt("dfu-util", &["-d", "0483:df11", "-a", "0", "-s", ":leave", "-D", &path])?,
        false => attempt(own("taipanctl")?, &["firmware", "write", &path])?,
    };
    ensure!(
        by_others || done == stage.holds(&[(CODE, image.to_vec())]),
        "it says that it is {}:\n{said}",
        if done { "done" } else { "not" }
    );
    Ok(said)
}

fn refused_images(stage: &mut Stage) -> Result<String> {
    const SIZE: usize = 6_000;
    let [ours, stranger] = [1, 2].map(image::maker);
    let (mut seed, mut refused) = (500, 0);
    let mut next = |chip: &str, maker: Option<&_>| {
        seed += 1;
        image::image(seed, SIZE, chip, maker)
    };
    let chip = ROOM.chip;
    let longer = [next(chip, Some(&ours)), vec![0x55; 4]].concat();
    let cases = [
        (None, next("STM32F103", None), "not for it"),
        (None, next(chip, None)[..SIZE].to_vec(), "damaged"),
        (Some(&ours), next(chip, None), "not signed by whom it trusts"),
        (Some(&ours), next(chip, Some(&stranger)), "not signed by whom it trusts"),
        (Some(&ours), longer, "longer than it says"),
    ];
    for (maker, image, words) in cases {
        stage.board.trust(maker.map(|maker| *maker.pk));
        stage.board.load();
        for by_others in [false, true] {
            let said = offer(stage, &image, by_others)?;
            ensure!(by_others || said.contains(words), "it was to say {words:?}, and said:\n{said}");
            // It stays there, and a power cut does not change that.
            stage.board.replug(false);
            computer::waiting_loader()?;
            ensure!(!stage.board.is_running(), "an image runs that was refused: {words}");
            refused += 1;
        }
    }
    offer(stage, &next(chip, Some(&ours)), false)?;
    computer::port().context("the signed image does not start")?;
    stage.board.trust(None);
    Ok(format!(" ({refused} times)"))
}

fn habits(stage: &mut Stage) -> Result<String> {
    crate::habits::play(&stage.board, &stage.folder, &stage.sectors)
}

fn update_a_stranger(stage: &mut Stage) -> Result<String> {
    let code = image::image(700, 20_000, ROOM.chip, None);
    // As a linker lays it out for a loader in ROM: the vectors at the start of flash, the code behind the files.
    let parts = [(stranger::FLASH, code[..8].to_vec()), (CODE, code)];
    let path = stage.folder.join("stranger.dfu");
    std::fs::write(&path, image::file(&parts)?)?;
    computer::port()?;
    let there = stranger::plug();
    let loader = computer::waiting_loader()?;
    ensure!(loader.serial.as_deref() == Some(stranger::SERIAL), "the loader's serial number is {:?}", loader.serial);
    run(own("taipanctl")?, &["firmware", "write", &path.display().to_string()])?;
    let flash = there.join().expect("it does not panic")?;
    for (address, data) in parts {
        let at = (address - stranger::FLASH) as usize;
        ensure!(flash[at..at + data.len()] == data, "its flash differs at {address:#x}");
    }
    Ok(String::new())
}

/// Runs a line on the board, and answers what it printed.
fn exec(code: &str) -> Result<String> {
    computer::port()?;
    Ok(run(own("taipanctl")?, &["exec", code])?.trim_end().to_owned())
}

/// The board shows something else from now on: it vanishes in the midst of the call.
fn become_with(arguments: &str) -> Result<()> {
    computer::port()?;
    attempt(own("taipanctl")?, &["exec", &format!("import pyb; pyb.usb_mode({arguments})")]).map(drop)
}

fn shared_disk(stage: &mut Stage) -> Result<String> {
    let place = stage.folder.join("mounted");
    std::fs::create_dir_all(&place)?;
    let mounted = place.display().to_string();
    // Out and in again take less time than a look at all ports: the old device has left when its number has.
    let old = computer::plugged_in();
    stage.board.replug(false);
    let left = || !computer::plugged_in().iter().any(|number| old.contains(number));
    computer::wait_for("the end of the old connection", || left().then_some(()))?;
    let start = Instant::now();
    let device = computer::disk()?;
    let appeared = start.elapsed().as_secs_f32();
    let on_it = |action: &mut dyn FnMut() -> Result<()>| -> Result<()> {
        run("mount", &["-t", "vfat", &device, &mounted])?;
        let done = action();
        run("umount", &[&mounted])?;
        done
    };
    // The computer writes, the program reads.
    on_it(&mut || {
        ensure!(place.join("boot.py").exists() && place.join("main.py").exists(), "these are not the board's files");
        Ok(std::fs::write(place.join("from computer.txt"), "the computer was here")?)
    })?;
    run("fsck.vfat", &["-n", &device])?;
    let said = exec("print(open('/flash/from computer.txt').read())")?;
    ensure!(said == "the computer was here", "the program read {said:?}");
    // The program writes, the computer reads.
    exec("with open('/flash/from board.txt', 'w') as f: f.write('the board was here')")?;
    let read_back = || {
        let mut text = None;
        let looked = on_it(&mut || {
            text = Some(std::fs::read_to_string(place.join("from board.txt"))?);
            Ok(())
        });
        looked.ok().and(text)
    };
    // The kernel learns that the medium was changed when it asks for the next time.
    let text = computer::wait_for("what the program has written", read_back)?;
    ensure!(text == "the board was here", "the computer read {text:?}");
    // While a file may be written on the board, the computer may not.
    exec("f = open('/flash/log.txt', 'w'); f.write('a'); f.flush()")?;
    let writes = || on_it(&mut || Ok(std::fs::write(place.join("in between.txt"), "no")?)).is_ok();
    let refused = computer::wait_for("a disk that cannot be written", || (!writes()).then_some(()));
    exec("f.write('b'); f.close()")?;
    refused?;
    computer::wait_for("a disk that can be written", || writes().then_some(()))?;
    run("fsck.vfat", &["-n", &device])?;
    let said = exec("print(open('/flash/log.txt').read(), open('/flash/in between.txt').read())")?;
    ensure!(said == "ab no", "the program read {said:?}");
    Ok(format!(" (there after {appeared:.1} s)"))
}

/// Kinds and codes of what a mouse and a keyboard do (Linux, `input-event-codes.h`).
const KEY: u16 = 1;
const MOTION: u16 = 2;
const LIGHT: u16 = 0x11;
const LEFT_BUTTON: u16 = 0x110;
const LETTER_A: u16 = 30;
const CAPITALS: u16 = 1;

fn mouse_and_keyboard(stage: &mut Stage) -> Result<String> {
    become_with("'VCP+HID'")?;
    let mouse = computer::Input::find()?;
    exec("import pyb; h = pyb.USB_HID(); print(h.send((1, 5, 251, 0)))")?;
    mouse.expect(&[(KEY, LEFT_BUTTON, 1), (MOTION, 0, 5), (MOTION, 1, -5)])?;
    exec("print(h.send(b'\\0\\0\\0\\0'))")?;
    mouse.expect(&[(KEY, LEFT_BUTTON, 0)])?;
    let said = exec("print(pyb.usb_mode())")?;
    ensure!(said == "VCP+HID", "the mode is {said:?}");
    become_with("'VCP+HID', hid=pyb.hid_keyboard")?;
    mouse.is_gone()?;
    let keyboard = computer::Input::find()?;
    exec("import pyb; pyb.hid((0, 0, 4, 0, 0, 0, 0, 0)), pyb.delay(50), pyb.hid(bytes(8))")?;
    keyboard.expect(&[(KEY, LETTER_A, 1), (KEY, LETTER_A, 0)])?;
    keyboard.set(LIGHT, CAPITALS, 1)?;
    let said = exec("b = bytearray(1); print(pyb.USB_HID().recv(b), b[0])")?;
    ensure!(said == "1 2", "the board was told {said:?}");
    // A mode outlives a soft reset; none does a power cut.
    run(own("taipanctl")?, &["reset", "--soft"])?;
    let said = exec("import pyb; print(pyb.usb_mode())")?;
    ensure!(said == "VCP+HID", "after a soft reset the mode is {said:?}");
    stage.board.replug(false);
    keyboard.is_gone()?;
    let said = exec("import pyb; print(pyb.usb_mode())")?;
    ensure!(said == "VCP+MSC", "after a power cut the mode is {said:?}");
    Ok(String::new())
}

/// A keyboard at the interface and the endpoint behind those of the line.
const OWN_KEYBOARD: &str = "import machine, pyb
usb = machine.USBDevice()
usb.builtin_driver = line = usb.BUILTIN_CDC
report = bytes(pyb.hid_keyboard[4])
keys = bytes((9, 4, line.itf_max, 0, 1, 3, 1, 1, 0, 9, 0x21, 0x11, 1, 0, 1, 0x22, len(report), 0))
keys += bytes((7, 5, 0x80 | line.ep_max, 3, 8, 0, 8))
whole = bytearray(line.desc_cfg + keys)
whole[2], whole[4] = len(whole), line.itf_max + 1
lights = bytearray(1)
heard = []
def asked(stage, request):
    if stage == 1 and request[1] == 6: return report if request[3] == 0x22 else False
    if stage == 1 and request[1] == 9: return lights
    if stage == 3 and request[1] == 9: heard.append(lights[0])
    return True
usb.config(line.desc_dev, whole, None, lambda part: heard.append(len(part)), None, asked, lambda *how: heard.append(how))
usb.active(True)
";

fn own_keyboard(stage: &mut Stage) -> Result<String> {
    computer::port()?;
    let old = computer::plugged_in();
    // It vanishes in the midst of the call.
    drop(attempt(own("taipanctl")?, &["exec", OWN_KEYBOARD])?);
    let left = || !computer::plugged_in().iter().any(|number| old.contains(number));
    computer::wait_for("the end of the old connection", || left().then_some(()))?;
    let keyboard = computer::Input::find()?;
    exec("usb.submit_xfer(0x83, b'\\0\\0\\4\\0\\0\\0\\0\\0'), pyb.delay(50), usb.submit_xfer(0x83, bytes(8))")?;
    keyboard.expect(&[(KEY, LETTER_A, 1), (KEY, LETTER_A, 0)])?;
    keyboard.set(LIGHT, CAPITALS, 1)?;
    let heard = |said: &str| exec(&format!("print({said} in heard)")).ok().filter(|answer| answer == "True").map(drop);
    computer::wait_for("the light", || heard("2"))?;
    computer::wait_for("the ends of transfers", || heard("(0x83, 0, 8)"))?;
    // It is gone with the program.
    run(own("taipanctl")?, &["reset", "--soft"])?;
    keyboard.is_gone()?;
    let said = exec("import pyb; print(pyb.usb_mode())")?;
    ensure!(said == "VCP+MSC", "after a soft reset the mode is {said:?}");
    stage.board.replug(false);
    computer::port()?;
    Ok(String::new())
}

/// Gives back what it is given, by the class of the line.
const ECHO_BY_CLASS: &str = "import pyb
v = pyb.USB_VCP()
v.setinterrupt(-1)
print('ready')
left = COUNT
while left:
    piece = v.recv(min(left, 2048))
    assert v.send(piece) == len(piece)
    left -= len(piece)
";

fn line_of_a_program(stage: &mut Stage) -> Result<String> {
    const COUNT: usize = 256 << 10;
    become_with("'VCP', vid=0xf055, pid=0x1234")?;
    let numbers = || computer::find_port().and_then(|port| port.usb).map(|usb| (usb.vendor, usb.product));
    computer::wait_for("another product", || (numbers() == Some((0xF055, 0x1234))).then_some(()))?;
    let said = exec("import pyb; v = pyb.USB_VCP(); print(pyb.usb_mode(), pyb.have_cdc(), v.isconnected(), v.any(), v.read())")?;
    ensure!(said == "VCP True True False None", "it printed {said:?}");
    let port = computer::port()?.name;
    let sent = noise(2, COUNT);
    let start = Instant::now();
    let echo = async { timeout(PATIENCE, echoed(port, &sent, ECHO_BY_CLASS)).await };
    let got = stage.runtime.block_on(echo).context("it came to a halt")??;
    ensure!(got == sent, "what came back differs");
    let took = start.elapsed().as_secs_f32();
    stage.board.replug(false);
    computer::port()?;
    Ok(format!(" ({:.0} KiB/s)", COUNT as f32 / 1024.0 / took))
}

/// Brings a file to the board in its loader, as the app does.
fn bring(loader: &Loader, image: &Image) -> Result<End, Error> {
    let layout = loader.layout.as_deref().expect("it was looked for with one");
    update(loader::Usb::open(loader)?, layout, loader.transfer_size, image, &mut |_| ControlFlow::Continue(()))
}

fn unplugged_updates(stage: &mut Stage) -> Result<String> {
    let times = stage.unplugs * 3 / 5;
    /// Transfers of an update, its enumeration included, and some more.
    const MOST: usize = 240;
    let mut numbers = Numbers(2026);
    let mut early = 0;
    for time in 0..times {
        let (parts, path) = stage.next_firmware(SMALL)?;
        let image = Image::read("next.dfu", &std::fs::read(path)?, None)?;
        let (cut, keeps_power) = (numbers.below(MOST), time % 2 == 0);
        early += u32::from(interrupted_update(stage, &parts, &image, cut, keeps_power).with_context(|| {
            format!("unplugged after {cut} transfers, {} power", if keeps_power { "with" } else { "without" })
        })?);
    }
    Ok(format!(" ({times} times, {early} before its end)"))
}

/// An update whose cable is pulled, and what a person does then; whether it was pulled before the end.
fn interrupted_update(stage: &mut Stage, parts: &[(u32, Vec<u8>)], image: &Image, cut: usize, keeps_power: bool) -> Result<bool> {
    stage.board.cut_after(Some(cut));
    stage.board.load();
    let found = computer::wait_for("the loader, or its absence", || match loader::loaders() {
        Ok(found) if !found.is_empty() => Some(found.into_iter().find(|loader| loader.layout.is_some())),
        _ => (!stage.board.is_plugged()).then_some(None),
    })?;
    let ended = found.map(|loader| bring(&loader, image));
    let early = !matches!(ended, Some(Ok(_)));
    if early && stage.board.is_plugged() {
        bail!("it ended by itself: {ended:?}");
    }
    if early {
        computer::gone()?;
    }
    stage.board.replug(keeps_power);
    // Whatever is there now is the old program whole, the new one whole, or the loader.
    if let Shown::Program = computer::shown()?
        && !stage.holds(parts)
    {
        stage.board.load();
    } else if stage.board.is_running() {
        return Ok(early);
    }
    bring(&computer::waiting_loader()?, image).context("the second attempt")?;
    computer::wait_for("the program", || stage.board.is_running().then_some(()))?;
    ensure!(stage.holds(parts), "flash differs from the image");
    Ok(early)
}

fn unplugged_transfers(stage: &mut Stage) -> Result<String> {
    let times = stage.unplugs * 2 / 5;
    let mut numbers = Numbers(17);
    let mut early = 0;
    let mut old = noise(0, 3000);
    computer::port()?;
    let runtime = tokio::runtime::Handle::clone(stage.runtime.handle());
    runtime.block_on(upload(old.clone())).context("the first file")?;
    for time in 0..times {
        let new = noise(1000 + time, 3000 + 100 * time as usize);
        let (cut, keeps_power) = (numbers.below(250), time % 2 == 0);
        stage.board.cut_after(Some(cut));
        stage.board.replug(true);
        let is_plugged = || stage.board.is_plugged();
        let port = computer::wait_for("the port, or its absence", || match computer::find_port() {
            Some(port) => Some(Some(port)),
            None => (!is_plugged()).then_some(None),
        })?;
        let ended = port.map(|_| runtime.block_on(upload(new.clone())));
        early += u32::from(!matches!(ended, Some(Ok(()))));
        stage.board.replug(keeps_power);
        // The port that was there until now may be seen for a moment longer.
        let mut now = Err(anyhow::anyhow!("not tried"));
        for _ in 0..3 {
            computer::port()?;
            now = runtime.block_on(download());
            if now.is_ok() {
                break;
            }
        }
        let now = now.with_context(|| format!("unplugged after {cut} transfers"))?;
        ensure!(now == old || now == new, "the file is neither the old nor the new one, after {cut} transfers");
        old = now;
    }
    Ok(format!(" ({times} times, {early} before its end)"))
}

/// The file that is replaced over and over.
const VICTIM: &str = "/flash/victim.bin";

/// A board that the app has attached to.
async fn attached() -> Result<Board> {
    let port = computer::find_port().context("the port is gone")?;
    let board = Board::new();
    timeout(PATIENCE, board.attach(Target::Serial { port: port.name, baud: 115_200 })).await.context("it does not answer")??;
    Ok(board)
}

async fn upload(data: Vec<u8>) -> Result<()> {
    let board = attached().await?;
    let done = timeout(PATIENCE, board.write(VICTIM, data)).await;
    board.detach().await;
    done.context("it did not end")?.map_err(Into::into)
}

async fn download() -> Result<Vec<u8>> {
    let board = attached().await?;
    let mut data = timeout(PATIENCE, board.read(VICTIM)).await;
    if matches!(data, Ok(Err(board::Error::Busy { .. }))) {
        // A board that kept its power may wait for the rest of an upload. What the app says then helps: to stop it.
        timeout(PATIENCE, board.stop()).await.context("it does not stop")??;
        data = timeout(PATIENCE, board.read(VICTIM)).await;
    }
    board.detach().await;
    data.context("it did not end")?.map_err(Into::into)
}

fn kept(stage: &mut Stage) -> Result<String> {
    computer::port()?;
    let project = &stage.project;
    let compare = async {
        let board = attached().await?;
        for (name, data) in project {
            ensure!(timeout(PATIENCE, board.read(&format!("/flash/{name}"))).await?? == *data, "{name} differs");
        }
        board.detach().await;
        Ok(project.len())
    };
    let count = stage.runtime.block_on(compare)?;
    ensure!(stage.board.flash(FILES.0, FILES.1) == stage.sectors, "the sectors of its files were written");
    Ok(format!(" ({count} files)"))
}
