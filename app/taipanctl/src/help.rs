//! What the help says beyond a line for each word: examples, and the exit codes. `--help` and the manual page print the same.

use crate::Arguments;
use clap::{Command, CommandFactory};

/// First steps, for who has just installed it.
const FIRST: &[Example] = &[
    ("taipanctl list", "what is plugged in"),
    ("taipanctl info", "who the board is; without a board try --board virtual"),
    ("taipanctl run blink.py", "runs a program of this computer on the board"),
    ("taipanctl cp blink.py :main.py", "puts it there, to start whenever the board does"),
    ("taipanctl repl", "the board's prompt; Ctrl-] leaves it"),
];

const EXIT_CODES: &str = "Exit codes:
  0  done
  1  the program on the board raised an exception
  2  the words make no sense
  3  no board, or it went away
  4  the board is busy, or does not answer
  5  a file could not be read or written
  6  conflicts were left alone
  7  a package could not be had
130  ended by Ctrl-C";

/// A line that one can type, and what it does.
type Example = (&'static str, &'static str);

/// By verb. Each line is parsed by a test, so none of them can go stale.
const EXAMPLES: &[(&str, &[Example])] = &[
    ("list", &[("taipanctl list", "every serial port, boards first"), ("taipanctl list --json", "the same for a program")]),
    (
        "connect",
        &[
            ("taipanctl connect id:3254335D3037", "later calls take this board, at whatever port it is"),
            ("taipanctl connect", "which one that is"),
            ("taipanctl connect --forget", "later calls take the only one that is plugged in"),
        ],
    ),
    (
        "virtual",
        &[
            ("taipanctl virtual", "a board that needs no hardware, for any program that knows MicroPython boards"),
            ("taipanctl virtual test.img --tcp 127.0.0.1:2323", "reached by --board tcp:127.0.0.1:2323"),
        ],
    ),
    ("info", &[("taipanctl info", "firmware, chip and free room"), ("taipanctl --board virtual info", "of the virtual board")]),
    (
        "exec",
        &[
            ("taipanctl exec 'print(6 * 7)'", "prints 42"),
            ("taipanctl --stop exec 'import main'", "stops what runs first"),
            ("taipanctl exec --stdin 'print(len(input()))'", "with a pipe, whose first line it reads"),
        ],
    ),
    (
        "run",
        &[
            ("taipanctl run blink.py", "from a fresh start; Ctrl-C stops it"),
            ("taipanctl run --keep more.py", "with the names that are there already"),
            ("taipanctl run -", "what comes from a pipe: generate | taipanctl run -"),
            ("taipanctl run --stdin sum.py", "with: < numbers.txt, which its input() reads"),
            ("taipanctl --wait run blink.py", "as soon as no other program has the board"),
        ],
    ),
    (
        "repl",
        &[
            ("taipanctl repl", "what runs goes on; Ctrl-C stops it, Ctrl-] leaves"),
            ("taipanctl --take repl", "from a window that has the board, which gets it back afterwards"),
        ],
    ),
    ("stop", &[("taipanctl stop", "as Ctrl-C would")]),
    (
        "reset",
        &[
            ("taipanctl reset", "as its button would"),
            ("taipanctl reset --soft", "only the interpreter; boot.py and main.py run"),
        ],
    ),
    ("bootloader", &[("taipanctl bootloader", "then: taipanctl firmware write new.dfu")]),
    ("fs", &[("taipanctl fs ls :/", "the same as: taipanctl ls :/")]),
    ("ls", &[("taipanctl ls", "the board's own folder"), ("taipanctl ls -r :/lib", "all that is below a folder")]),
    (
        "cp",
        &[
            ("taipanctl cp main.py :", "to the board; what is the same there is left alone"),
            ("taipanctl cp -r :/lib backup", "a folder from the board"),
            ("taipanctl cp ':log/*.csv' .", "what fits a pattern; the quotes keep it from the shell"),
            ("taipanctl cp - :data.txt", "what comes from a pipe; cp :data.txt - sends it to one"),
            ("taipanctl cp --replace big.bin :", "where two copies do not fit, the old one goes first"),
        ],
    ),
    (
        "mv",
        &[
            ("taipanctl mv :old.py :new.py", "never onto a file that is there"),
            ("taipanctl mv :bme280.py :lib", "into a folder that is there"),
        ],
    ),
    (
        "rm",
        &[
            ("taipanctl rm :old.py", "a file"),
            ("taipanctl rm -r :lib", "a folder with all that is in it"),
            ("taipanctl rm -f ':*.bak'", "if there is any"),
        ],
    ),
    (
        "mkdir",
        &[
            ("taipanctl mkdir :lib", "a folder on the board"),
            ("taipanctl mkdir -p :a/b", "with the folders above it, as far as needed"),
        ],
    ),
    ("cat", &[("taipanctl cat :boot.py", "prints it")]),
    ("df", &[("taipanctl df", "free room of the board's file system")]),
    (
        "sync",
        &[
            ("taipanctl sync -n project", "what would be done; nothing is changed"),
            ("taipanctl sync project --delete", "also removes what came from here and is gone here"),
            ("taipanctl sync project --watch", "again after each change"),
            ("taipanctl sync project --replace", "where two copies do not fit, the old one goes first"),
        ],
    ),
    ("watch", &[("taipanctl watch project", "the same as: taipanctl sync project --watch")]),
    ("deploy", &[("taipanctl deploy project :/app", "all of it, or what was there stays as it was")]),
    ("backup", &[("taipanctl backup today.zip", "all files, each with its hash")]),
    ("restore", &[("taipanctl restore today.zip", "what differs is put back")]),
    (
        "mip",
        &[
            ("taipanctl mip search temperature", "by name or purpose"),
            ("taipanctl mip install aioble", "with all that it needs; the board needs no network"),
            ("taipanctl mip list", "what was installed"),
            ("taipanctl mip remove aioble", "with what only it needed"),
        ],
    ),
    (
        "firmware",
        &[
            ("taipanctl firmware check pyboard.dfu", "what is in a file"),
            ("taipanctl firmware update pyboard.dfu", "saves the files, writes, reads back, puts the files back"),
            ("taipanctl firmware write pyboard.dfu", "onto a board that waits in its loader; its files are not looked at"),
            ("taipanctl firmware list", "boards that wait in their loaders"),
        ],
    ),
    ("log", &[("taipanctl log", "what the board prints, each line with its time")]),
    ("udev", &[("taipanctl udev", "on Linux, with: | sudo tee /etc/udev/rules.d/70-taipan.rules")]),
    ("completions", &[("taipanctl completions bash", "with: > ~/.local/share/bash-completion/completions/taipanctl")]),
    ("man", &[("taipanctl man", "the manual page, with: | man -l -"), ("taipanctl man cp", "that of a verb")]),
];

/// The words that are known, with their help.
pub fn command() -> Command {
    let whole = Arguments::command().after_help(format!("First steps:\n{}\n\n{EXIT_CODES}", shown(FIRST)));
    EXAMPLES.iter().fold(whole, |command, (verb, examples)| {
        command.mut_subcommand(verb, |it| inner(verb, examples, it).after_help(format!("Examples:\n{}", shown(examples))))
    })
}

/// The verbs of a group, each with the examples that are its own: those of the group, or, in `fs`, those of the same verb outside.
fn inner(group: &str, examples: &[Example], command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    names.iter().fold(command, |command, name| {
        let begin = format!("taipanctl {group} {name}");
        let outside = EXAMPLES.iter().find(|(verb, _)| group == "fs" && verb == name).map_or(&[][..], |(_, outside)| outside);
        let of_group = examples.iter().filter(|(line, _)| line.starts_with(&begin));
        let own: Vec<Example> = of_group.chain(outside).copied().collect();
        let help = (!own.is_empty()).then(|| format!("Examples:\n{}", shown(&own)));
        command.mut_subcommand(name, |it| if let Some(help) = help { it.after_help(help) } else { it })
    })
}

fn shown(examples: &[Example]) -> String {
    let width = examples.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
    let lines: Vec<_> = examples.iter().map(|(line, what)| format!("  {line:width$}   {what}")).collect();
    lines.join("\n")
}

/// The manual page of all, or of one verb; nothing if there is no such verb.
pub fn manual(verb: Option<&str>) -> Option<Vec<u8>> {
    let mut command = command();
    command.build();
    let page = match verb {
        Some(verb) => command.find_subcommand(verb)?.clone(),
        None => command,
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text).expect("memory takes everything");
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a line, as a shell would make them.
    fn words(line: &str) -> Vec<String> {
        let mut quoted = false;
        line.split(|character| {
            quoted ^= character == '\'';
            character == ' ' && !quoted
        })
        .map(|word| word.replace('\'', ""))
        .collect()
    }

    #[test]
    fn every_verb_has_examples_and_every_example_can_be_typed() {
        let command = command();
        for verb in command.get_subcommands() {
            let known = EXAMPLES.iter().any(|(name, examples)| *name == verb.get_name() && !examples.is_empty());
            assert!(known, "{} has no example", verb.get_name());
            for inner in verb.get_subcommands() {
                assert!(inner.get_after_help().is_some(), "{} {} has no example", verb.get_name(), inner.get_name());
            }
        }
        for (line, _) in EXAMPLES.iter().flat_map(|(_, examples)| *examples).chain(FIRST) {
            command.clone().try_get_matches_from(words(line)).unwrap_or_else(|error| panic!("{line}: {error}"));
        }
    }

    #[test]
    fn a_manual_page_has_what_the_help_has() {
        let all = String::from_utf8(manual(None).expect("there is one")).expect("it is text");
        assert!(all.starts_with(".ie") && all.contains("no board, or it went away"), "{all}");
        let one = String::from_utf8(manual(Some("cp")).expect("there is one")).expect("it is text");
        assert!(one.contains("taipanctl cp main.py :") && one.contains("recursive"), "{one}");
        assert!(manual(Some("fly")).is_none());
    }
}
