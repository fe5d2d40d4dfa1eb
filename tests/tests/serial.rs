//! The scripts of `tests/run` over the serial line of the emulated pyboard: what a computer prints, a board prints.
//!
//! Each board runs one script after the other by the raw prompt, with a soft reset between them. Which scripts it cannot run, it
//! says itself: what they need (`tests::script`) is asked of it, and what it lacks is printed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tests::console::Console;
use tests::emulated::{PATIENCE, emulated};
use tests::script::{self, Script};

/// The longest that a script may take, on a busy machine.
const LONG: Duration = Duration::from_secs(120);

/// A board at its raw prompt, and what it said about needs.
struct Board {
    line: Console,
    has: BTreeMap<String, bool>,
}

static STARTED: AtomicUsize = AtomicUsize::new(0);

impl Board {
    /// One with room for files.
    fn start() -> Board {
        let name = format!("serial{}.img", STARTED.fetch_add(1, Ordering::Relaxed));
        let image = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        // What an earlier run left is not wanted; on the first run there is nothing.
        let _ = std::fs::remove_file(&image);
        let image = image.to_str().expect("the clone has a name in UTF-8");
        let mut line = emulated("pyboard", &["--steady", "--image", image]);
        line.expect(">>> ", PATIENCE);
        line.send("\x01");
        line.expect("exit\r\n>", PATIENCE);
        Board { line, has: BTreeMap::new() }
    }

    /// What a program printed, and its complaint, if it has ended in time.
    fn run(&mut self, source: &str) -> Result<(String, String), String> {
        self.line.send(&format!("{source}\x04"));
        self.line.wait("OK", PATIENCE)?;
        let printed = self.line.wait("\x04", LONG)?;
        Ok((printed, self.line.wait("\x04>", PATIENCE)?))
    }

    fn reset(&mut self) -> Result<String, String> {
        self.line.send("\x04");
        self.line.wait("exit\r\n>", PATIENCE)
    }

    fn has(&mut self, need: &str) -> Result<bool, String> {
        if let Some(has) = self.has.get(need) {
            return Ok(*has);
        }
        let has = self.run(need)?.1.is_empty();
        if !has {
            println!("the board has not: {need}");
        }
        self.reset()?;
        self.has.insert(need.to_owned(), has);
        Ok(has)
    }

    /// Runs a script that it can run. A board that does not come back from it is left alone.
    fn play(&mut self, script: &Script) -> Result<(), String> {
        for need in script.needs() {
            if !self.has(need)? {
                println!("skipped: {}", script.name());
                return Ok(());
            }
        }
        let (printed, error) = self.run(&script.source)?;
        self.reset()?;
        script.judge(&(printed + &error).replace("\r\n", "\n"))
    }
}

#[test]
fn a_board_prints_what_a_computer_prints() {
    script::check(&script::all(), Board::start, |board, script| board.play(script).inspect_err(|_| *board = Board::start()));
}
