//! `taipanctl firmware`: what a firmware file holds, which boards wait for one, and putting it on one.

use crate::{Ended, Failed};
use board::flash::{End, Error, Image, Loader, Progress, Step, loader, update};
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Subcommand)]
pub enum Verb {
    /// The boards that wait in their loaders
    List,
    /// Checks a firmware file and says what is in it
    Check {
        /// A .dfu, .hex, .uf2 or .bin file
        file: PathBuf,
        /// Where the first byte of a .bin file belongs
        #[arg(long, value_parser = address)]
        address: Option<u32>,
    },
    /// Puts a firmware file on a board that waits in its loader; one that was interrupted is simply repeated
    Write {
        /// A .dfu, .hex, .uf2 or .bin file
        file: PathBuf,
        /// Where the first byte of a .bin file belongs
        #[arg(long, value_parser = address)]
        address: Option<u32>,
        /// Which board, if several wait
        #[arg(long)]
        serial: Option<String>,
    },
}

/// Does what was asked; no board need be attached.
pub async fn perform(verb: &Verb, json: bool) -> Ended {
    match verb {
        Verb::List => list(json),
        Verb::Check { file, address } => check(&read(file, *address)?, json),
        Verb::Write { file, address, serial } => write(read(file, *address)?, serial.as_deref()).await,
    }
}

/// A number of 32 bits, `0x` before hexadecimal digits.
fn address(text: &str) -> Result<u32, String> {
    let parsed = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => text.parse(),
    };
    parsed.map_err(|error| format!("{error}; write it as 0x08000000"))
}

fn read(file: &Path, address: Option<u32>) -> Result<Image, Failed> {
    let bytes = std::fs::read(file).map_err(|error| {
        Failed::Board(board::Error::Here { doing: "read".into(), path: file.display().to_string(), reason: error.to_string() })
    })?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(Image::read(&name, &bytes, address)?)
}

fn list(json: bool) -> Ended {
    let loaders = loader::loaders()?;
    if json {
        let shown: Vec<_> =
            loaders.iter().map(|it| json!({ "name": it.name(), "serial": it.serial, "layout": it.layout })).collect();
        println!("{}", serde_json::to_string_pretty(&shown).expect("loaders are plain data"));
        return Ok(ExitCode::SUCCESS);
    }
    for loader in &loaders {
        println!("{:32} {}", loader.name(), loader.layout.as_deref().unwrap_or("may not be opened: install the udev rule"));
    }
    if loaders.is_empty() {
        eprintln!("taipanctl: no board waits in its loader; `taipanctl bootloader` takes one there");
    }
    Ok(ExitCode::SUCCESS)
}

fn check(image: &Image, json: bool) -> Ended {
    if json {
        let parts: Vec<_> = image.parts.iter().map(|part| json!({ "address": part.address, "size": part.data.len() })).collect();
        let device = image.device.map(|(vendor, product)| format!("{vendor:04x}:{product:04x}"));
        let value = json!({ "name": image.name, "size": image.size(), "device": device, "parts": parts });
        println!("{}", serde_json::to_string_pretty(&value).expect("parts are plain data"));
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}: {} bytes", image.name, image.size());
    for part in &image.parts {
        println!("  {:#010x}  {:>8} bytes", part.address, part.data.len());
    }
    Ok(ExitCode::SUCCESS)
}

async fn write(image: Image, serial: Option<&str>) -> Ended {
    let loader = loader::choose(loader::loaders()?, serial)?;
    if !image.fits_device(loader.vendor, loader.product) {
        let (vendor, product) = image.device.unwrap_or_default();
        let wanted = format!("{vendor:04x}:{product:04x}");
        return Err(Error::OtherDevice { name: image.name, wanted, found: loader.name() }.into());
    }
    let given_up = Arc::new(AtomicBool::new(false));
    let noticed = given_up.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            noticed.store(true, Ordering::Relaxed);
        }
    });
    let working = tokio::task::spawn_blocking(move || bring(&loader, &image, &given_up));
    match working.await.expect("the update does not panic")? {
        End::Started => println!("The new firmware starts."),
        End::Vanished => println!("All is written and checked, and the board has left its loader."),
    }
    Ok(ExitCode::SUCCESS)
}

fn bring(loader: &Loader, image: &Image, given_up: &AtomicBool) -> board::flash::Result<End> {
    let layout = loader.layout.as_deref().ok_or_else(|| Error::Permission { device: loader.name() })?;
    let bar = ProgressBar::new(0);
    let style = ProgressStyle::with_template("{msg:9} {bar:40} {bytes:>10} of {total_bytes}").expect("the template is sound");
    bar.set_style(style);
    let mut watch = |progress: Progress| {
        bar.set_message(match progress.step {
            Step::Compare => "comparing",
            Step::Erase => "erasing",
            Step::Write => "writing",
            Step::Verify => "verifying",
            Step::Start => "starting",
        });
        bar.set_length(progress.total);
        bar.set_position(progress.done);
        if given_up.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let result = update(loader::Usb::open(loader)?, layout, loader.transfer_size, image, &mut watch);
    bar.finish_and_clear();
    result
}

/// What a script is told.
pub fn code(error: &Error) -> u8 {
    match error {
        Error::NoLoader | Error::SeveralLoaders { .. } | Error::Permission { .. } | Error::Lost { .. } => 3,
        Error::Refused { .. } | Error::Confused { .. } | Error::Layout { .. } => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(address("0x08000000"), Ok(0x0800_0000));
        assert_eq!(address("16"), Ok(16));
        assert!(address("0x108000000").is_err() && address("here").is_err() && address("").is_err());
    }
}
