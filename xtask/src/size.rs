//! `cargo xtask size`: what a firmware costs: its flash by crate and module on the terminal, and with `--write` its `MEASURED.md`.
//!
//! For that page, flash and RAM come from the ELF file; the free heap and the instruction counts come from programs that run on the emulated
//! board. QEMU is told that an instruction takes one nanosecond (`-icount shift=0`), so a difference of the board's own clock
//! in microseconds is thousands of executed instructions, and repeats whatever else this machine does.

use crate::firmware::{self, Firmware, elf_path};
use crate::house::House;
use crate::setup::{self, Part};
use crate::{elf, flash, qemu, shell};
use anyhow::{Context, Result};
use std::fmt::Write;
use std::io::BufRead;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use tests::console::Console;

/// Each defines `f`, whose run is counted.
const PROGRAMS: &[(&str, &str)] = &[
    ("`while` loop, 20,000 rounds", "def f():\n    i = 0\n    while i < 20000:\n        i += 1\n"),
    ("`for` over a range with a sum, 20,000", "def f():\n    s = 0\n    for i in range(20000):\n        s += i\n"),
    ("`fib(16)`, recursive", "def b(n):\n    return n if n < 2 else b(n - 1) + b(n - 2)\ndef f():\n    b(16)\n"),
    (
        "5,000 method calls that add to an attribute",
        "class C:\n    def __init__(self):\n        self.n = 0\n    def m(self, k):\n        self.n += k\n\
         def f():\n    c = C()\n    for i in range(5000):\n        c.m(i)\n",
    ),
    (
        "5,000 multiplications, additions and remainders of ints",
        "def f():\n    x = 5\n    for i in range(5000):\n        x = (x * 31 + i) % 65521\n",
    ),
    (
        "1,000 exceptions raised and caught",
        "def f():\n    for i in range(1000):\n        try:\n            raise ValueError\n        except ValueError:\n            pass\n",
    ),
    (
        "5,000 steps of a generator",
        "def g():\n    for i in range(5000):\n        yield i\ndef f():\n    for i in g():\n        pass\n",
    ),
];

macro_rules! fill {
    ($before:literal, $again:literal) => {
        concat!(
            "import gc\nf = gc.collect\nr = bytearray(8192)\n",
            $before,
            "try:\n    while True:\n        ",
            $again,
            "\nexcept MemoryError:\n    pass\nr = None\n"
        )
    };
}

/// Each fills the heap, all but 8 kB, with objects of one kind that all live; `f` collects.
const COLLECTIONS: &[(&str, &str)] = &[
    ("a collection of a heap full of lists of one item", fill!("a = []\n", "a.append([1])")),
    ("… full of byte arrays of 32", fill!("a = []\n", "a.append(bytearray(32))")),
    ("… full of lists in lists", fill!("a = []\n", "a = [a]")),
    ("… full of texts in a dict", fill!("a = {}\n", "a['key %d' % len(a)] = 'value %d' % len(a)")),
    (
        "… full of instances of two attributes",
        fill!("class C:\n    def __init__(self, n):\n        self.n = n\n        self.m = n\na = []\n", "a.append(C(1))"),
    ),
];

const PATIENCE: Duration = Duration::from_secs(60);

/// What is told and compared.
#[derive(clap::Args)]
pub struct Wanted {
    /// Which one: `minimal`, `pyboard`, `bootloader`; all without a name
    name: Option<String>,
    /// Prints so many of the largest functions and constants, too
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    largest: usize,
    /// Saves the listing, to compare with it later
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Prints what changed since this listing was saved
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Measures on the emulated board as well, and writes MEASURED.md
    #[arg(long)]
    write: bool,
}

/// Tells what the firmwares cost.
pub fn size(house: &House, wanted: &Wanted) -> Result<()> {
    let firmwares = match &wanted.name {
        Some(name) => std::slice::from_ref(firmware::named(name)?),
        None => firmware::FIRMWARES,
    };
    anyhow::ensure!(firmwares.len() == 1 || wanted.save.is_none() && wanted.against.is_none(), "a listing is of one firmware");
    for firmware in firmwares {
        let segments = firmware::build(house, firmware)?;
        let symbols = elf::symbols(&std::fs::read(elf_path(house, firmware))?)?;
        let listing = flash::listing(&symbols);
        let earlier = wanted.against.as_deref().map(flash::read).transpose()?;
        println!("{}\n{}", flash::table(&listing, earlier.as_ref()), flash::largest(&symbols, wanted.largest));
        if let Some(path) = &wanted.save {
            flash::save(&listing, path)?;
        }
        // A loader has no prompt to measure at.
        if wanted.write && firmware.prompt {
            write(house, firmware, &segments)?;
        }
    }
    Ok(())
}

/// Measures a firmware and writes its page.
fn write(house: &House, firmware: &Firmware, segments: &[elf::Segment]) -> Result<()> {
    setup::ensure(house, &[Part::Qemu])?;
    let page = page(house, firmware, segments)?;
    print!("{page}");
    let path = house.root.join("firmware").join(firmware.name).join("MEASURED.md");
    std::fs::write(&path, page).with_context(|| format!("{} cannot be written", path.display()))
}

/// The page about one firmware.
fn page(house: &House, firmware: &Firmware, segments: &[elf::Segment]) -> Result<String> {
    let compiler = shell::capture(Command::new(setup::thumb_toolchain(house)?.rustc).arg("--version"))?;
    let flash = firmware::flash(segments);
    let ram = firmware::static_ram(firmware, segments);
    let mut page = format!("# What `{}` costs\n\nWritten by `cargo xtask size --write` with {compiler}.\n\n", firmware.name);
    writeln!(page, "| | bytes | of |\n|---|--:|--:|")?;
    writeln!(page, "| flash | {flash} | {} |", firmware.flash)?;
    writeln!(page, "| RAM, static (the heap is part of it) | {ram} | {} |", firmware.ram)?;
    writeln!(page, "| machine stack | {} | |", firmware.ram - ram as usize)?;
    writeln!(page, "\nThe aim is {}.\n", firmware.aim)?;
    let files =
        qemu::Board { image: firmware.files.then(|| elf_path(house, firmware).with_extension("img")), ..qemu::Board::default() };
    writeln!(page, "From reset to the prompt: {} instructions.\n", boot(house, firmware, &files)?)?;
    let mut emulator = qemu::command(house, firmware, &files);
    let mut board = Console::start(emulator.args(["-icount", "shift=0,sleep=off"]));
    wait(&mut board, ">>> ")?;
    board.send("\x01");
    wait(&mut board, "exit\r\n>")?;
    let free = run(&mut board, "import gc\ngc.collect()\nprint(gc.mem_free(), gc.mem_free() + gc.mem_alloc())\n")?;
    let (free, all) = free.split_once(' ').context("the board printed no two numbers")?;
    writeln!(page, "Of the Python heap, {free} bytes of {all} are free at the prompt.\n")?;
    writeln!(page, "| program | thousands of instructions |\n|---|--:|")?;
    let collections = if firmware.files { COLLECTIONS } else { &[] };
    for (name, source) in PROGRAMS.iter().chain(collections) {
        let timed = "import time, gc\ngc.collect()\nt = time.ticks_us()\nf()\nprint(time.ticks_diff(time.ticks_us(), t))\n";
        // In two pieces, on a heap that is fresh after a soft reset: the smallest hold no more.
        board.send("\x04");
        wait(&mut board, "exit\r\n>")?;
        run(&mut board, source)?;
        let ticks: u32 = run(&mut board, timed)?.parse().context("the board printed no number")?;
        writeln!(page, "| {name} | {} |", ticks / firmware.hurry)?;
    }
    Ok(page)
}

/// Instructions from reset until the prompt waits for the first time, counted one by one in QEMU's own log. Where there are files, those
/// that a start before has made.
fn boot(house: &House, firmware: &Firmware, board: &qemu::Board) -> Result<usize> {
    let log = elf_path(house, firmware).with_extension("log");
    for traced in [false, true] {
        let mut emulator = qemu::command(house, firmware, board);
        if traced {
            // Translated one instruction at a time, each said before it runs.
            emulator.args(["-icount", "shift=0,sleep=off", "-singlestep", "-d", "exec,nochain", "-D"]).arg(&log);
        }
        wait(&mut Console::start(&mut emulator), ">>> ")?;
    }
    // It waits in the port's `idle`. A line begins with the word Trace and ends with the function.
    let lines = std::io::BufReader::new(std::fs::File::open(&log)?).lines();
    let mut lines = lines.map_while(Result::ok).filter(|line| line.starts_with("Trace"));
    let count = lines.by_ref().take_while(|line| !line.contains("Port$GT$4idle")).count();
    std::fs::remove_file(&log)?;
    Ok(count)
}

/// What a program prints on the board, by the raw REPL.
fn run(board: &mut Console, source: &str) -> Result<String> {
    board.send(&format!("{source}\x04"));
    wait(board, "OK")?;
    let printed = wait(board, "\x04")?;
    let error = wait(board, "\x04>")?;
    anyhow::ensure!(error.is_empty(), "the board says {error}\nto {source}");
    Ok(printed.trim().to_owned())
}

fn wait(board: &mut Console, text: &str) -> Result<String> {
    board.wait(text, PATIENCE).map_err(|reason| anyhow::anyhow!("the board sent {reason}"))
}
