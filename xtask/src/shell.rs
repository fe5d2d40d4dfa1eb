//! Running other programs: loudly where their own output is the progress, quietly under a spinner where it is noise.

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs a program whose output the user sees.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` ended with {status}", spoken(command));
    }
    Ok(())
}

/// Runs a program and returns what it printed, without the final line break.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::piped()).output().with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!("`{}` ended with {}\n{}", spoken(command), output.status, String::from_utf8_lossy(&output.stderr).trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// Whether a program runs and ends well; its output is not shown.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Does a piece of long work under a spinner, which leaves one line with the time it took. Without a terminal, lines.
pub fn during<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let spinner = ProgressBar::new_spinner().with_message(what.to_owned());
    if std::io::stderr().is_terminal() {
        spinner.set_style(ProgressStyle::with_template("{spinner} {msg} ({elapsed})").expect("the template is well formed"));
        spinner.enable_steady_tick(Duration::from_millis(120));
    } else {
        eprintln!("  {what} …");
    }
    let result = work();
    spinner.finish_and_clear();
    if result.is_ok() {
        eprintln!("  {what}: done in {:.0} s", start.elapsed().as_secs_f32());
    }
    result
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` could not be started", command.get_program().to_string_lossy())
}

fn spoken(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
