//! `cargo xtask masked NAME`: the longest stretches of instructions with interrupts held back, on the emulated board.
//!
//! QEMU translates one instruction at a time and names each before it runs; what is between `cpsid i` and `cpsie i` is counted, from
//! reset on and through a program that prints, keeps files, has timers and serial lines. What that program does not reach (USB has no
//! model in QEMU) is not counted.

use crate::firmware::{self, Firmware, elf_path};
use crate::house::House;
use crate::setup::{self, Part};
use crate::{elf, qemu};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tests::console::Console;

/// What the project wants: the longest stretch.
const AIM: usize = 1500;
/// One instruction at a time, through a pipe, takes its time.
const PATIENCE: Duration = Duration::from_secs(300);
/// `cpsid i` and `cpsie i` (ARMv7-M, B5.2.1).
const HOLD: u16 = 0xB672;
const LET: u16 = 0xB662;

/// What the board does while it is watched.
const PROGRAM: &str = "import os, machine, time, pyb, micropython, gc\n\
    with open('a.txt', 'w') as f:\n    f.write('x' * 700)\nos.rename('a.txt', 'b.txt')\nprint(open('b.txt').read()[:8])\nos.remove('b.txt')\n\
    seen = []\nt = machine.Timer(-1, period=1, callback=lambda t: seen.append(1))\nwhile len(seen) < 3:\n    time.sleep_ms(1)\nt.deinit()\n\
    pyb.ExtInt('X1', pyb.ExtInt.IRQ_RISING, 0, None).swint()\nmicropython.schedule(print, 'soon')\n\
    u = machine.UART(2, 115200, rxbuf=32)\nu.write('hello')\nu.read()\nmachine.RTC().datetime()\ngc.collect()\n";

/// Counts, says what was found, and fails if the aim is missed.
pub fn masked(house: &House, firmware: &Firmware) -> Result<()> {
    setup::ensure(house, &[Part::Qemu, Part::Thumb])?;
    firmware::build(house, firmware)?;
    let segments = elf::segments(&std::fs::read(elf_path(house, firmware))?)?;
    let (log, image) = (elf_path(house, firmware).with_extension("pipe"), elf_path(house, firmware).with_extension("img"));
    // What an earlier run left is not wanted; on the first run there is nothing.
    let _ = std::fs::remove_file(&log);
    crate::shell::run(Command::new("mkfifo").arg(&log))?;
    let board = qemu::Board { image: firmware.files.then_some(image), ..qemu::Board::default() };
    let mut emulator = qemu::command(house, firmware, &board);
    emulator.args(["-icount", "shift=3,sleep=off", "-singlestep", "-d", "exec,nochain", "-D"]).arg(&log);
    let stretches = std::thread::scope(|scope| {
        let counted = scope.spawn(|| count(&log, &segments));
        let played = play(&mut emulator);
        // The emulator has ended, and with it the pipe; if it never opened it, this does, and who waits for that reads its end.
        drop(std::fs::File::options().read(true).write(true).open(&log));
        let counted = counted.join().map_err(|_| anyhow::anyhow!("the log cannot be read"))?;
        played.and(counted)
    })?;
    std::fs::remove_file(&log)?;
    for (place, longest) in &stretches {
        println!("{longest:6} instructions with interrupts held back, from {place}");
    }
    let longest = stretches.values().max().copied().unwrap_or(0);
    println!("{longest} at the most; {AIM} are wanted");
    anyhow::ensure!(longest <= AIM, "interrupts are held back for too long");
    Ok(())
}

/// Starts the board and lets it do its work.
fn play(emulator: &mut Command) -> Result<()> {
    let mut board = Console::start(emulator);
    let wait =
        |board: &mut Console, text: &str| board.wait(text, PATIENCE).map_err(|reason| anyhow::anyhow!("the board sent {reason}"));
    wait(&mut board, ">>> ")?;
    board.send(&format!("\x01{PROGRAM}\x04"));
    wait(&mut board, "OK")?;
    wait(&mut board, "\x04")?;
    let error = wait(&mut board, "\x04>")?;
    anyhow::ensure!(error.is_empty(), "the board says {error}");
    Ok(())
}

/// The longest stretch that began at each place.
fn count(log: &Path, segments: &[elf::Segment]) -> Result<BTreeMap<String, usize>> {
    let lines = std::io::BufReader::new(std::fs::File::open(log)?).split(b'\n');
    let (mut longest, mut stretch) = (BTreeMap::new(), None::<(String, usize)>);
    for line in lines.map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        // Trace 0: 0x7f... [00000000/0802c0de/00000110/ff000200] function
        let Some(at) = line.strip_prefix("Trace").and_then(|rest| rest.split('/').nth(1)) else { continue };
        let at = u32::from_str_radix(at, 16).context("an address is hexadecimal")?;
        let instruction = instruction(segments, at);
        if let Some((_, count)) = &mut stretch {
            *count += 1;
        } else if instruction == Some(HOLD) {
            stretch = Some((line.rsplit(' ').next().unwrap_or_default().to_owned(), 0));
        }
        if instruction == Some(LET)
            && let Some((place, count)) = stretch.take()
        {
            let most = longest.entry(place).or_insert(0);
            *most = count.max(*most);
        }
    }
    Ok(longest)
}

/// The first half of the instruction at an address.
fn instruction(segments: &[elf::Segment], at: u32) -> Option<u16> {
    segments.iter().find_map(|segment| {
        let offset = usize::try_from(at.checked_sub(segment.address)?).ok()?;
        Some(u16::from_le_bytes([*segment.bytes.get(offset)?, *segment.bytes.get(offset + 1)?]))
    })
}
