//! What people do to a loader with `dfu-util`, wrong things among them: each ends by itself with an answer, and the loader is there afterwards.

use crate::computer::{self, attempt, wait_for};
use crate::image::{CODE, FILES, image, noise};
use crate::pyboard::Pyboard;
use anyhow::{Context, Result, ensure};
use bootloader::loading::ROOM;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// One call: its words behind those that choose the device, and what it has to say. An image that the loader refuses at the end `dfu-util` calls
/// downloaded: it does not ask again. The next call sees the error.
struct Habit {
    words: &'static [&'static str],
    says: &'static str,
}

/// `OUT` is a file to be made, `NOISE` a program that is none.
const HABITS: &[Habit] = &[
    Habit { words: &["-l"], says: "Internal Flash  /0x08004000/" },
    Habit { words: &["-a", "0", "-s", "0x08020000:mass-erase:force", "-D", "NOISE"], says: "MASS_ERASE not correctly executed" },
    Habit { words: &["-a", "0", "-s", "0x08020000:unprotect:force", "-D", "NOISE"], says: "erases flash and resets now" },
    Habit { words: &["-a", "0", "-s", "0x08000000", "-D", "NOISE"], says: "is not writeable" },
    Habit { words: &["-a", "0", "-s", "0x08000000:force", "-D", "NOISE"], says: "SET_ADDRESS not correctly executed" },
    Habit { words: &["-a", "0", "-s", "0x08004000:force", "-D", "NOISE"], says: "address that is out of range" },
    Habit { words: &["-a", "0", "-D", "NOISE"], says: "Only DfuSe file version 1.1a is supported" },
    Habit { words: &["-a", "0", "-s", "0x08003000:64", "-U", "OUT"], says: "not readable" },
    Habit { words: &["-a", "0", "-s", "0x08003000:64:force", "-U", "OUT"], says: "SET_ADDRESS not correctly executed" },
    Habit { words: &["-a", "0", "-U", "OUT"], says: "Limiting default upload" },
    Habit { words: &["-a", "1", "-s", "0x08020000:64", "-U", "OUT"], says: "No DFU capable USB device available" },
    Habit { words: &["-e"], says: "dfuIDLE" },
    Habit { words: &["-a", "0", "-R", "-s", "0x08004000:64", "-U", "OUT"], says: "Upload done" },
    Habit { words: &["-a", "0", "-t", "64", "-s", "0x08004000:1000", "-U", "OUT"], says: "Upload done" },
    Habit { words: &["-a", "0", "-s", "0x08020000:will-reset", "-D", "NOISE"], says: "SET_ADDRESS" },
    Habit { words: &["-a", "0", "-s", "0x08020000:leave", "-D", "NOISE"], says: "File downloaded successfully" },
    Habit { words: &["-a", "0", "-s", ":leave"], says: "not targeted for use by this device" },
];

/// The device, by any of its numbers.
const DEVICE: [&str; 2] = ["-d", "f055:9800,0483:df11"];
/// How long a call may take; an emulated processor is slow.
const LONGEST: &str = "60";

/// Plays them; how many there were.
pub fn play(board: &Pyboard, folder: &Path, files: &[u8]) -> Result<String> {
    let (out, bad) = (folder.join("out.bin"), folder.join("noise.bin"));
    std::fs::write(&bad, noise(5, 700))?;
    let name = |path: &Path| path.display().to_string();
    let (out_name, bad_name) = (name(&out), name(&bad));
    let mut wrong = Vec::new();
    board.load();
    for habit in HABITS {
        computer::waiting_loader()?;
        let _ = std::fs::remove_file(&out); // it would be kept as it is
        let words = habit.words.iter().map(|word| match *word {
            "OUT" => out_name.as_str(),
            "NOISE" => bad_name.as_str(),
            word => word,
        });
        let said = call(&words.collect::<Vec<_>>())?;
        if !said.contains(habit.says) {
            wrong.push(format!("{:?} was to say {:?}, and said:\n{said}", habit.words, habit.says));
        }
        ensure!(!board.is_running(), "{:?} started something", habit.words);
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    ensure!(board.flash(FILES.0, FILES.1) == files, "the board's files were written");
    two_at_once(&out)?;
    given_up(board, folder)?;
    Ok(format!(" ({} habits)", HABITS.len() + 2))
}

/// `dfu-util` to its end, which must come by itself; what it said.
fn call(words: &[&str]) -> Result<String> {
    let words = [&["-k", "1", LONGEST, "dfu-util"], &DEVICE[..], words].concat();
    let (_, said) = attempt("timeout", &words)?;
    ensure!(!said.is_empty(), "{words:?} said nothing for {LONGEST} s");
    Ok(said)
}

/// A call that goes on.
fn begin(words: &[&str]) -> Result<Child> {
    let mut command = Command::new("dfu-util");
    let child = command.args(DEVICE).args(words).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    child.context("dfu-util does not start")
}

/// While one reads, another is told that the loader is taken; the first one reads on to its end.
fn two_at_once(out: &Path) -> Result<()> {
    const COUNT: u64 = 100_000;
    computer::waiting_loader()?;
    let _ = std::fs::remove_file(out);
    let path = out.display().to_string();
    let mut first = begin(&["-a", "0", "-s", &format!("0x08004000:{COUNT}"), "-U", &path])?;
    let size = || std::fs::metadata(out).map_or(0, |data| data.len());
    wait_for("what the first one reads", || (size() > 0).then_some(()))?;
    let other = out.with_extension("other").display().to_string();
    let said = call(&["-a", "0", "-s", "0x08004000:64", "-U", &other])?;
    ensure!(size() == COUNT || said.contains("claim"), "the second one said:\n{said}");
    ensure!(first.wait()?.success() && size() == COUNT, "the first one read {} of {COUNT} bytes", size());
    Ok(())
}

/// A program that ends in the midst of its writing leaves a loader to the next one.
fn given_up(board: &Pyboard, folder: &Path) -> Result<()> {
    let (path, program) = (folder.join("long.bin"), image(77, 60_000, ROOM.chip, None));
    std::fs::write(&path, &program)?;
    let path = path.display().to_string();
    let words = ["-a", "0", "-s", "0x08020000:leave", "-D", &path];
    computer::waiting_loader()?;
    let mut first = begin(&words)?;
    wait_for("the first blocks", || (board.flash(CODE + 4096, 4) == program[4096..4100]).then_some(()))?;
    first.kill()?;
    first.wait()?;
    let loader = computer::waiting_loader()?;
    ensure!(!board.is_running() && loader.layout.is_some(), "half a program runs");
    let said = call(&words)?;
    ensure!(said.contains("File downloaded successfully"), "the next one said:\n{said}");
    wait_for("the program", || board.is_running().then_some(()))?;
    ensure!(board.flash(CODE, program.len()) == program, "flash differs from the image");
    Ok(())
}
