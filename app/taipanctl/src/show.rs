//! What is shown: results for people or as JSON on standard output, progress on standard error if a person looks.

use crate::{Ended, Failed, out};
use board::{Board, Event, Guess, Port, discover};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::process::ExitCode;

/// How results are shown.
pub struct Show {
    json: bool,
    bar: ProgressBar,
}

impl Show {
    /// Begins to listen to the board's transfers.
    pub fn new(json: bool, board: &Board) -> Show {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{msg:30!} {bar:30} {bytes:>10} of {total_bytes} {binary_bytes_per_sec}");
        bar.set_style(style.expect("the template is sound"));
        let (mut events, moving) = (board.subscribe(), bar.clone());
        tokio::spawn(async move {
            while let Some(event) = events.next().await {
                if let Event::Progress(progress) = event {
                    moving.set_length(progress.total);
                    moving.set_position(progress.done);
                    moving.set_message(progress.path);
                }
            }
        });
        Show { json, bar }
    }

    /// Does a program read the results?
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Takes the progress bar away, before something else is printed.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    /// What happened just now, for programs that read along: a JSON object a line.
    pub fn event(&self, value: &impl Serialize) {
        out::line(&serde_json::to_string(value).expect("events are plain data"));
    }

    /// A line that says what happens now; nothing in JSON.
    pub fn say(&self, line: &str) {
        if !self.json {
            self.bar.suspend(|| out::line(line));
        }
    }

    /// How far something is that is no transfer of the board's.
    pub fn moved(&self, about: &str, done: u64, total: u64) {
        self.bar.set_length(total);
        self.bar.set_position(done);
        self.bar.set_message(about.to_owned());
    }

    /// A result: the value in JSON, else the lines.
    pub fn result(&self, value: &impl Serialize, lines: impl FnOnce() -> Vec<String>) {
        self.clear();
        result(self.json, value, lines);
    }

    /// Who the board is.
    pub async fn info(&self, board: &Board) -> Ended {
        let id = board.id().await?;
        let identity = board.identity().unwrap_or_default(); // one that was stopped has said it by now
        let space = board.space("/").await.ok(); // some boards cannot tell
        let value = serde_json::json!({ "firmware": identity.firmware, "machine": identity.machine, "id": id, "space": space });
        self.result(&value, || {
            let room = space.map(|space| format!("free:     {} of {} bytes", space.free, space.total));
            let mut lines = vec![format!("firmware: {}", identity.firmware), format!("machine:  {}", identity.machine)];
            if !id.is_empty() {
                lines.push(format!("number:   {id}"));
            }
            lines.extend(room);
            lines
        });
        Ok(ExitCode::SUCCESS)
    }
}

/// A result of what needs no board: the value in JSON, else the lines.
pub fn result(json: bool, value: &impl Serialize, lines: impl FnOnce() -> Vec<String>) {
    if json {
        out::line(&serde_json::to_string_pretty(value).expect("results are plain data"));
    } else {
        lines().iter().for_each(|line| out::line(line));
    }
}

/// The ports of this computer.
pub fn ports(json: bool) -> Result<ExitCode, Failed> {
    let ports = discover::ports();
    result(json, &ports, || ports.iter().map(line).collect());
    if ports.is_empty() && !json {
        out::aside("no serial port was found; `--board virtual` needs none");
    }
    Ok(ExitCode::SUCCESS)
}

fn line(port: &Port) -> String {
    let guess = match port.guess {
        Guess::Board => "board",
        Guess::Bridge => "bridge, a board may be behind it",
        Guess::Unknown => "something else",
    };
    let serial = port.usb.as_ref().and_then(|usb| usb.serial.clone()).unwrap_or_default();
    format!("{:20} {:32} {guess} {serial}", port.name, port.label)
}
