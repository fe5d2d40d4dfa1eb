//! `taipanctl firmware`: what a firmware file holds, which boards wait for one, and putting it on one.

use crate::show::{Show, result};
use crate::{Ended, interrupt, out};
use board::Board;
use board::flash::renew::{self, Stage, Wish};
use board::flash::{Bay, End, Error, Image, Loader, Progress, RealBay, Step, VirtualBay, loader, update};
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio_util::sync::CancellationToken;

#[derive(Subcommand)]
pub enum Verb {
    /// The boards that wait in their loaders
    List,
    /// Checks a firmware file, says what is in it, and compares it with the board that is plugged in, if one is
    Check {
        /// A .dfu, .hex, .uf2 or .bin file
        file: PathBuf,
        /// Where the first byte of a .bin file belongs
        #[arg(long, value_parser = address)]
        address: Option<u32>,
    },
    /// Does all of an update: saves the board's files, takes it into its loader, writes, reads back, waits for it, puts the files back.
    /// One that was interrupted is simply repeated
    Update {
        /// A .dfu, .hex, .uf2 or .bin file
        file: PathBuf,
        /// Where the first byte of a .bin file belongs
        #[arg(long, value_parser = address)]
        address: Option<u32>,
        /// The archive that the board's files are saved in first; without it one named by the time, in this folder
        #[arg(long, value_name = "FILE", conflicts_with = "no_backup")]
        archive: Option<PathBuf>,
        /// Saves no files, and puts none back
        #[arg(long)]
        no_backup: bool,
        /// Which loader, if several wait
        #[arg(long)]
        serial: Option<String>,
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
        Verb::Check { .. } => unreachable!("it is done with a board"),
        Verb::Write { file, address, serial } => write(Image::open(file, *address)?, serial.as_deref(), json).await,
        Verb::Update { .. } => unreachable!("it is done with a board"),
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

fn list(json: bool) -> Ended {
    let loaders = loader::loaders()?;
    let shown: Vec<_> = loaders.iter().map(|it| json!({ "name": it.name(), "serial": it.serial, "layout": it.layout })).collect();
    let line =
        |it: &Loader| format!("{:32} {}", it.name(), it.layout.as_deref().unwrap_or("may not be opened: install the udev rule"));
    result(json, &shown, || loaders.iter().map(line).collect());
    if loaders.is_empty() && !json {
        out::aside("no board waits in its loader; `taipanctl bootloader` takes one there");
    }
    Ok(ExitCode::SUCCESS)
}

/// `firmware check`: what a file says, beside what the board says, if one was found.
pub fn check(board: &Board, show: &Show, found: board::Result<()>, image: &Image) -> Ended {
    if let Err(error) = found {
        show.say(&error.to_string());
    }
    let (about, there) = (image.about(), board.identity().unwrap_or_default());
    let parts: Vec<_> = image.parts.iter().map(|part| json!({ "address": part.address, "size": part.data.len() })).collect();
    let device = image.device.map(|(vendor, product)| format!("{vendor:04x}:{product:04x}"));
    let runs = renew::is_version(&about.version, &there.firmware);
    let fits = (!there.machine.is_empty() && !about.machine.is_empty()).then(|| renew::is_for(&about.machine, &there.machine));
    let value = json!({
        "name": image.name, "size": image.size(), "device": device, "machine": about.machine, "version": about.version, "parts": parts,
        "board": (!there.machine.is_empty()).then(|| json!({
            "machine": there.machine, "version": there.firmware, "fits": fits, "isVersion": runs,
        })),
    });
    show.result(&value, || {
        let says = |text: String| if text.is_empty() { "it does not say".into() } else { text };
        let mut lines = vec![
            format!("{}: {} bytes", image.name, image.size()),
            format!("  board:   {}", says(about.machine)),
            format!("  version: {}", says(about.version)),
        ];
        lines.extend(image.parts.iter().map(|part| format!("  {:#010x}  {:>8} bytes", part.address, part.data.len())));
        if !there.machine.is_empty() {
            let (fits, runs) = (if fits == Some(false) { ": the file is not for it" } else { "" }, compared(runs));
            lines.push(format!("on the board: {}{fits}", there.machine));
            lines.push(format!("  version: {}{runs}", there.firmware));
        }
        lines
    });
    Ok(ExitCode::SUCCESS)
}

/// A version on the board beside that of a file, in words.
fn compared(is_version: Option<bool>) -> &'static str {
    match is_version {
        Some(true) => ", as in the file",
        Some(false) => ", another one than in the file",
        None => "",
    }
}

/// `firmware update`: with the board attached, or with one that waits in its loader already. Where no board was to be found, or one that could
/// not be attached, a loader must wait.
pub async fn renew(board: &Board, show: &Show, found: board::Result<()>, is_virtual: bool, wish: &Wish) -> Ended {
    if let Err(error) = found {
        show.say(&format!("{error} Looking for a loader that waits."));
    }
    let bay: Arc<dyn Bay> = if is_virtual { Arc::new(VirtualBay::new()) } else { Arc::new(RealBay) };
    let mut last = None;
    let renewed = renew::renew(board, bay, wish, interrupt::noticed(), |moved| {
        if last.replace(moved.stage) != Some(moved.stage) {
            show.say(stage(moved.stage));
        }
        show.moved(&moved.about, moved.done, moved.total);
    });
    let renewed = renewed.await.inspect_err(|_| {
        if let Some(archive) = wish.archive.as_ref().filter(|path| Path::new(path).is_file()) {
            if show.is_json() {
                show.event(&json!({ "archive": archive }));
            } else {
                out::aside(&format!(
                    "the board's files are saved in {archive}: say `--archive {archive}` when you repeat the update"
                ));
            }
        }
    })?;
    show.result(&renewed, || {
        let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text.to_owned() };
        let saved = renewed.archive.as_ref().map(|archive| format!("the files are saved in {archive}"));
        let lines = [
            Some(format!("before: {}", or(&renewed.before, "it waited in its loader"))),
            Some(format!("file:   {}", or(&renewed.wanted, "it does not say its version"))),
            Some(format!(
                "now:    {}{}",
                or(&renewed.after, "the new firmware was started, and does not say its version"),
                compared(renewed.is_wanted)
            )),
            saved,
        ];
        lines.into_iter().flatten().collect()
    });
    Ok(if renewed.is_wanted == Some(false) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is wanted, from the words.
pub fn wish(file: &Path, address: Option<u32>, archive: Option<&Path>, no_backup: bool, serial: Option<&str>) -> Wish {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let archive = archive.map_or_else(|| format!("before-update-{now}.zip"), |path| path.display().to_string());
    Wish {
        file: file.display().to_string(),
        address,
        // An update that goes on puts back what its first try has saved.
        saved: (!no_backup && Path::new(&archive).is_file()).then(|| archive.clone()),
        archive: (!no_backup).then_some(archive),
        restore: !no_backup,
        serial: serial.map(str::to_owned),
    }
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Check => "checking the file",
        Stage::Backup => "saving the board's files",
        Stage::Enter => "entering the loader",
        Stage::Compare => "comparing",
        Stage::Erase => "erasing",
        Stage::Write => "writing",
        Stage::Verify => "reading back",
        Stage::Start => "starting the new firmware",
        Stage::Return => "waiting for the board",
        Stage::Restore => "putting the files back",
    }
}

async fn write(image: Image, serial: Option<&str>, json: bool) -> Ended {
    let loader = loader::choose(loader::loaders()?, serial)?;
    if !image.fits_device(loader.vendor, loader.product) {
        let (vendor, product) = image.device.unwrap_or_default();
        let wanted = format!("{vendor:04x}:{product:04x}");
        return Err(Error::OtherDevice { name: image.name, wanted, found: loader.name() }.into());
    }
    let given_up = interrupt::noticed();
    let working = tokio::task::spawn_blocking(move || bring(&loader, &image, &given_up));
    let (value, words) = match working.await.expect("the update does not panic")? {
        End::Started => ("started", "The new firmware starts."),
        End::Vanished => ("vanished", "All is written and checked, and the board has left its loader."),
    };
    result(json, &json!({ "end": value }), || vec![words.into()]);
    Ok(ExitCode::SUCCESS)
}

fn bring(loader: &Loader, image: &Image, given_up: &CancellationToken) -> board::flash::Result<End> {
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
        if given_up.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let result = update(loader::Usb::open(loader)?, layout, loader.transfer_size, image, &mut watch);
    bar.finish_and_clear();
    result
}

/// What a script is told.
pub fn code(error: &Error) -> u8 {
    match error {
        Error::NoBoard | Error::NoLoader | Error::SeveralLoaders { .. } | Error::Permission { .. } | Error::Lost { .. } => 3,
        Error::Board(error) => crate::code(error),
        Error::Refused { .. } | Error::Stuck { .. } | Error::Confused { .. } | Error::Layout { .. } => 4,
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
