//! `taipan`: the desktop port of the interpreter. Runs scripts, a prompt, or (`--board`) a whole virtual board.
//!
//! A port owns `main`, implements `Port` and contributes modules; this one is simply the first. `arguments` says what was
//! asked, `run` does it, `absent` knows what others look for in vain, `port` is the console and the clock, `output` what goes out, `held` what is written to files, `time` what happens later, `posix` the files, `threads` those of
//! programs, `board` the virtual board.

// Tables of the system's numbers are long.
#![recursion_limit = "1024"]

mod absent;
mod arguments;
mod board;
mod code_memory;
mod diagnosis;
mod errors;
mod held;
mod keeper;
mod machine_memory;
mod modules;
mod output;
mod port;
mod posix;
mod run;
mod threads;
mod time;
mod wait;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse_from(arguments::apart(std::env::args_os()));
    output::OUTPUT.flush_before_panics();
    let result = run::run(arguments);
    output::OUTPUT.flush();
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("taipan: {error:#}");
            ExitCode::from(2)
        }
    }
}
