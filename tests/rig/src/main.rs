//! The rig: a virtual pyboard on a real Linux USB stack, and everything that a person does to it.
//!
//! `cargo xtask usb` starts this program in a guest, whose kernel has USB. The board's USB side is `firmware/usb`, the code that runs on the chip
//! (`pyboard.rs`); the kernel reaches it by USB/IP (`usbip.rs`). The other side is what people use: the app's own link, `taipanctl`,
//! `mpremote`, Debian's `dfu-util` (`scenes.rs`). All scenes run, in order, with one board; the exit code says whether they passed.

mod computer;
mod habits;
mod image;
mod pyboard;
mod scenes;
mod stranger;
mod usbip;

use anyhow::{Context, Result};
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    match perform() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("the rig cannot work: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Plays the scenes; whether all passed.
fn perform() -> Result<bool> {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    computer::start().context("the guest's USB")?;
    let mut stage = scenes::Stage::open()?;
    let scenes = scenes::SCENES.iter().filter(|scene| chosen.is_empty() || chosen.iter().any(|name| name == scene.name));
    let mut failed = Vec::new();
    for scene in scenes {
        let start = Instant::now();
        let result = (scene.play)(&mut stage);
        let seconds = start.elapsed().as_secs_f32();
        match result {
            Ok(said) => println!("{:10} {seconds:5.1} s  {}{said}", scene.name, scene.about),
            Err(error) => {
                println!("{:10} {seconds:5.1} s  FAILED: {error:#}", scene.name);
                failed.push(format!("{}: {error:#}", scene.name));
                stage.complain();
                stage.renew();
            }
        }
    }
    // Once more where a log that is cut to its end still shows it.
    failed.iter().for_each(|failure| println!("FAILED: {failure}"));
    Ok(failed.is_empty())
}
