//! `cargo xtask VERB`: every task of the house, so that a person and a build server type the same words.
//!
//! One file a verb. A verb first names the parts of the set-up that it needs (`setup.rs`), then does its work with the
//! tools a developer would type by hand; nothing here is needed to understand or build a crate on its own.

mod house;
mod image;
mod shell;

mod setup;

mod bench;
mod bless;
mod bundle;
mod check;
mod elf;
mod firmware;
mod flash;
mod fuzz;
mod masked;
mod measure;
mod qemu;
mod run;
mod size;
mod test;
mod usb;

use anyhow::Result;
use clap::{Parser, Subcommand};
use house::House;
use std::path::PathBuf;

/// Builds, runs and tests Taipan.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Sets everything up: system packages, front-end packages, Python's test tools, bare-metal targets
    Setup,
    /// Builds the window and the interpreter, and opens the window
    Run {
        /// Handed on to the window
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Runs every test, or the named steps
    Test {
        /// Names of steps; `--list` prints them
        steps: Vec<String>,
        /// Prints the steps instead of running them
        #[arg(long)]
        list: bool,
    },
    /// Formatting and lints: what a change must pass before it lands
    Check,
    /// Builds a firmware into target/firmware
    Firmware {
        /// Which one: `minimal`, `pyboard`, `bootloader`
        name: String,
        /// Signs it with this Ed25519 key (PEM); the boot loader built with it takes nothing else
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    /// Builds a firmware and runs it in QEMU, its serial line on this terminal (Ctrl-] then x ends it)
    Qemu {
        /// Which one: `minimal`, `pyboard`, `bootloader`
        name: String,
        /// Runs what was built last instead of building
        #[arg(long)]
        no_build: bool,
        #[command(flatten)]
        board: qemu::Board,
    },
    /// Compares the speed of Taipan, MicroPython and CPython
    Bench {
        /// `link`: how fast files go to a board instead, beside mpremote; `keystroke`: what a letter costs the editor
        what: Option<String>,
    },
    /// Makes what people install, in target/bundle: a Debian package and an archive
    Bundle {
        /// Installs it into an empty root and starts it, too
        #[arg(long)]
        test: bool,
    },
    /// Measures the window: its start and its memory beside a bare one
    Measure,
    /// Tells what the firmwares take: flash by crate and module, and with `--write` RAM and instructions
    Size(size::Wanted),
    /// Counts the longest stretches with interrupts held back, on the emulated board
    Masked {
        /// Which firmware
        #[arg(default_value = "pyboard")]
        name: String,
    },
    /// Invents inputs for a target of tests/fuzz: the folders of tests/fuzz/corpus are their names
    Fuzz {
        /// Which one
        target: String,
        /// How many inputs; 0 for no end
        #[arg(long, default_value_t = 10_000_000)]
        runs: u64,
        /// Distils what was found into the corpus of the clone instead
        #[arg(long)]
        keep: bool,
    },
    /// Plays a virtual pyboard on a real USB stack, in a guest: serial line, updates, unplugging
    Usb {
        /// How often the cable is pulled in all
        #[arg(long, default_value_t = 100)]
        unplugs: u32,
        /// Names of scenes (tests/rig/src/scenes.rs); all without one
        scenes: Vec<String>,
    },
    /// Takes what the tests print now as the expected text: read the difference before you commit it
    Bless,
    /// Writes generated files anew: the window's types
    Generate,
}

fn main() {
    if let Err(error) = perform(Arguments::parse().verb) {
        eprintln!("xtask: {error:#}");
        std::process::exit(1);
    }
}

fn perform(verb: Verb) -> Result<()> {
    let house = House::locate();
    match verb {
        Verb::Setup => setup::ensure(&house, setup::Part::ALL),
        Verb::Run { arguments } => run::run(&house, &arguments),
        Verb::Test { list: true, .. } => test::list(),
        Verb::Test { steps, list: false } => test::test(&house, &steps),
        Verb::Check => check::check(&house),
        Verb::Firmware { name, key } => {
            let key = key.as_deref().map(firmware::Key::read).transpose()?;
            firmware::build_with(&house, firmware::named(&name)?, key.as_ref()).map(drop)
        }
        Verb::Qemu { name, no_build, board } => qemu::qemu(&house, firmware::named(&name)?, no_build, &board),
        Verb::Bench { what: None } => bench::bench(&house),
        Verb::Bench { what: Some(what) } if what == "link" => bench::link(&house),
        Verb::Bench { what: Some(what) } if what == "keystroke" => bench::keystroke(&house),
        Verb::Bench { what: Some(what) } => {
            anyhow::bail!("there is no benchmark `{what}`: `link`, `keystroke`, or none for all programs")
        }
        Verb::Bundle { test } => bundle::bundle(&house, test),
        Verb::Measure => measure::measure(&house),
        Verb::Size(wanted) => size::size(&house, &wanted),
        Verb::Masked { name } => masked::masked(&house, firmware::named(&name)?),
        Verb::Fuzz { target, runs, keep } => fuzz::fuzz(&house, &target, runs, keep),
        Verb::Usb { unplugs, scenes } => usb::usb(&house, unplugs, &scenes),
        Verb::Bless => bless::bless(&house),
        Verb::Generate => bless::generate(&house),
    }
}
