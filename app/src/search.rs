//! Looking through all text files of a folder, and replacing what was found.
//!
//! Files that git or `.taipanignore` leave out are left out here, too. Results are handed over file by file as they are found; the
//! same walk serves the preview of a replacement, so what is shown is what will be done. A file is replaced whole or not at all, and only
//! if it still has as many matches as were shown.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};
use regex::{Captures, Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::encoding::{self, TextFile};
use crate::error::{Error, Result};

/// No person reads more.
const MOST: usize = 5000;
/// Larger files are no scripts.
const LARGEST: u64 = 4 << 20;
/// A line is shown so far before its match, and as a whole.
const BEFORE: usize = 60;
const SHOWN: usize = 240;

/// What is looked for, and in which way.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Query {
    /// The folder.
    pub folder: PathBuf,
    /// The text or pattern.
    pub text: String,
    /// It is a regular expression, and `$1` in the replacement is its first group.
    pub regex: bool,
    /// Capitals and small letters differ.
    pub case: bool,
    /// It does not stand inside a longer word.
    pub word: bool,
    /// What shall come instead, for a preview.
    pub replacement: Option<String>,
}

/// A match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Match {
    /// Its line, from 1.
    pub line: usize,
    /// The line's text before it, itself, and behind it; cut to what is worth showing.
    pub before: String,
    /// Itself.
    pub found: String,
    /// Behind it.
    pub after: String,
    /// What would stand in its place.
    pub replaced: Option<String>,
}

/// What comes from a search while it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum SearchEvent {
    /// A file with matches.
    File {
        /// Where it lies.
        path: String,
        /// The same, from the folder on.
        name: String,
        /// In order.
        matches: Vec<Match>,
        /// How many it has: of the last file that is shown there may be more than those.
        count: usize,
    },
    /// It is over.
    Ended {
        /// How many files were looked at.
        files: usize,
        /// There are more matches than are shown.
        more: bool,
    },
}

impl Query {
    /// What finds the matches; an error says in the pattern's own terms what is wrong with it.
    fn pattern(&self) -> Result<Regex> {
        let text = if self.regex { self.text.clone() } else { regex::escape(&self.text) };
        let text = if self.word { format!(r"\b(?:{text})\b") } else { text };
        let built = RegexBuilder::new(&text).case_insensitive(!self.case).multi_line(true).build();
        built.map_err(|error| Error::Pattern { reason: error.to_string() })
    }

    /// What stands in a match's place.
    fn instead(&self, found: &Captures, replacement: &str) -> String {
        if !self.regex {
            return replacement.to_owned();
        }
        let mut text = String::new();
        found.expand(replacement, &mut text);
        text
    }
}

/// Looks through the folder; `tell` hears of every file, of most that they have no match, and answers whether to go on.
pub fn search(query: &Query, mut tell: impl FnMut(SearchEvent) -> bool) -> Result<()> {
    let pattern = query.pattern()?;
    if let Err(error) = fs::read_dir(&query.folder) {
        return Err(Error::file("search", &query.folder, &error));
    }
    let (mut files, mut left) = (0, MOST);
    for entry in walk(&query.folder) {
        let Some(TextFile { text, .. }) = text_of(entry.path()) else { continue };
        files += 1;
        let matches: Vec<_> = matches(query, &pattern, &text).take(left).collect();
        left -= matches.len();
        let count = if left == 0 { pattern.find_iter(&text).count() } else { matches.len() };
        let name = entry.path().strip_prefix(&query.folder).unwrap_or(entry.path()).display().to_string();
        let event = SearchEvent::File { path: entry.path().display().to_string(), name, matches, count };
        if !tell(event) || left == 0 {
            break;
        }
    }
    tell(SearchEvent::Ended { files, more: left == 0 });
    Ok(())
}

/// The files of a folder and of those below, in order, without those that are left out.
fn walk(folder: &Path) -> impl Iterator<Item = DirEntry> {
    let walk = WalkBuilder::new(folder)
        .require_git(false)
        .add_custom_ignore_filename(".taipanignore")
        .sort_by_file_name(Ord::cmp)
        .build();
    // What cannot be read is as if it were not there: a search is no inspection.
    walk.flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
}

/// The names of the files in a folder and below, each from the folder on; at most `most` of them.
pub fn names(folder: &Path, most: usize) -> Vec<String> {
    let name = |entry: DirEntry| entry.path().strip_prefix(folder).ok()?.to_str().map(str::to_owned);
    walk(folder).filter_map(name).take(most).collect()
}

/// The text of a file that is text and not too large.
fn text_of(path: &Path) -> Option<TextFile> {
    if fs::metadata(path).ok()?.len() > LARGEST {
        return None;
    }
    encoding::decode(fs::read(path).ok()?)
}

fn matches<'q>(query: &'q Query, pattern: &'q Regex, text: &'q str) -> impl Iterator<Item = Match> + 'q {
    let mut line = 1;
    let mut counted = 0;
    pattern.captures_iter(text).map(move |captures| {
        let found = captures.get(0).expect("a match has a whole");
        line += text[counted..found.start()].matches('\n').count();
        counted = found.start();
        // A file may be one line of megabytes, with a match at every word: no more of it is looked at than is shown.
        let within = |letter: &char| *letter != '\n';
        let before: String = text[..found.start()].chars().rev().take_while(within).take(BEFORE).collect();
        let replaced = query.replacement.as_deref().map(|replacement| query.instead(&captures, replacement));
        Match {
            line,
            before: before.chars().rev().collect::<String>().trim_start().to_owned(),
            found: cut(found.as_str()),
            after: text[found.end()..].chars().take_while(within).take(SHOWN).collect(),
            replaced: replaced.as_deref().map(cut),
        }
    })
}

/// As much of a text as is shown.
fn cut(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

/// Replaces every match of a file; `expected` is how many were shown. Answers whether it was done: not if it has others by now.
pub fn replace(query: &Query, path: &Path, expected: usize) -> Result<bool> {
    let pattern = query.pattern()?;
    let replacement = query.replacement.as_deref().unwrap_or_default();
    let Some(TextFile { text, encoding }) = text_of(path) else { return Ok(false) };
    if pattern.find_iter(&text).count() != expected {
        return Ok(false);
    }
    let changed = pattern.replace_all(&text, |found: &Captures| query.instead(found, replacement));
    let lacks = |lack| Error::Lacks { path: path.display().to_string(), lack };
    let (bytes, _) = encoding::encode(&changed, &encoding).map_err(lacks)?;
    board::local::replace(path, bytes).map_err(|error| Error::file("save", path, &error))?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files; removed when it is dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn with(name: &str, files: &[(&str, &[u8])]) -> Folder {
            let folder = std::env::temp_dir().join(format!("taipan-search-{name}-{}", std::process::id()));
            for (path, bytes) in files {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a temporary folder");
                fs::write(path, bytes).expect("a temporary file");
            }
            Folder(folder)
        }

        fn query(&self, text: &str) -> Query {
            Query { folder: self.0.clone(), text: text.into(), regex: false, case: false, word: false, replacement: None }
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    /// `name:line before[found]after`, one a match.
    fn found(query: &Query) -> Vec<String> {
        let mut lines = Vec::new();
        let tell = |event| {
            if let SearchEvent::File { name, matches, .. } = event {
                let shown = |one: Match| format!("{name}:{} {}[{}]{}", one.line, one.before, one.found, one.after);
                lines.extend(matches.into_iter().map(shown));
            }
            true
        };
        search(query, tell).expect("the pattern is one");
        lines
    }

    #[test]
    fn finds_in_text_files_but_not_in_those_that_are_left_out() {
        let folder = Folder::with(
            "find",
            &[
                ("main.py", b"import led\n\nled.on()  # LED\n"),
                ("lib/led.py", "größe = 1 # led\r\n".as_bytes()),
                ("lib/old.py", b"# gr\xfcn led\n"),
                ("build/led.py", b"led"),
                ("picture.bin", b"led\0"),
                (".taipanignore", b"build/\n"),
            ],
        );
        assert_eq!(
            found(&folder.query("led")),
            [
                "lib/led.py:1 größe = 1 # [led]\r",
                "lib/old.py:1 # grün [led]",
                "main.py:1 import [led]",
                "main.py:3 [led].on()  # LED",
                "main.py:3 led.on()  # [LED]"
            ]
        );
        let old = folder.0.join("lib/old.py");
        assert!(replace(&Query { replacement: Some("LÄMP".into()), ..folder.query("led") }, &old, 1).expect("it can be written"));
        assert_eq!(fs::read(&old).expect("it is there"), b"# gr\xfcn L\xc4MP\n");
        assert_eq!(found(&Query { case: true, ..folder.query("LED") }), ["main.py:3 led.on()  # [LED]"]);
        assert_eq!(found(&Query { word: true, ..folder.query("le") }), [""; 0]);
        assert_eq!(found(&Query { regex: true, ..folder.query(r"^led\.\w+") }), ["main.py:3 [led.on]()  # LED"]);
    }

    #[test]
    fn of_a_line_that_is_long_as_much_is_shown_as_fits() {
        let text = format!("head\n{}", "0123456789abc, ".repeat(60_000));
        let folder = Folder::with("long", &[("data.json", text.as_bytes())]);
        let query = Query { replacement: Some("y".repeat(1000)), regex: true, ..folder.query("(?s)abc.*") };
        let mut shown = Vec::new();
        let tell = |event| {
            if let SearchEvent::File { matches, .. } = event {
                shown.extend(matches);
            }
            true
        };
        search(&query, tell).expect("the pattern is one");
        let [one] = &shown[..] else { panic!("it is one match") };
        assert_eq!((one.line, &one.before[..], one.found.len()), (2, "0123456789", SHOWN));
        assert_eq!(one.replaced.as_deref().map(str::len), Some(SHOWN));
        let many = found(&folder.query("9abc"));
        assert_eq!(many.len(), MOST);
        assert!(many[MOST - 1].len() < 400 && many[MOST - 1].contains("678[9abc], 0"), "{}", many[MOST - 1]);
    }

    #[test]
    fn names_of_files_are_those_that_a_search_looks_at() {
        let folder = Folder::with(
            "names",
            &[
                ("main.py", b""),
                ("lib/a b.py", b""),
                ("lib/data.bin", b"\0"),
                ("build/x.py", b""),
                (".taipanignore", b"build/\n"),
            ],
        );
        assert_eq!(names(&folder.0, 9), ["lib/a b.py", "lib/data.bin", "main.py"]);
        assert_eq!(names(&folder.0, 1), ["lib/a b.py"]);
        assert_eq!(names(&folder.0.join("nowhere"), 9), [""; 0]);
    }

    #[test]
    fn a_replacement_is_shown_then_done_whole_or_not_at_all() {
        let folder = Folder::with("replace", &[("a.py", b"pin1 = 1\npin2 = pin1\n")]);
        let query = Query { regex: true, replacement: Some("port$1".into()), ..folder.query(r"pin(\d)") };
        let path = folder.0.join("a.py");
        let mut shown = Vec::new();
        let tell = |event| {
            if let SearchEvent::File { matches, .. } = event {
                shown.extend(matches.into_iter().filter_map(|one| one.replaced));
            }
            true
        };
        search(&query, tell).expect("the pattern is one");
        assert_eq!(shown, ["port1", "port2", "port1"]);
        assert!(!replace(&query, &path, 2).expect("it can be read"), "it has three by now");
        assert!(replace(&query, &path, 3).expect("it can be written"));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "port1 = 1\nport2 = port1\n");
        let plain = Query { replacement: Some("$1".into()), ..folder.query("port1") };
        assert!(replace(&plain, &path, 2).expect("it can be written"));
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "$1 = 1\nport2 = $1\n");
    }

    #[test]
    fn a_file_with_more_matches_than_are_shown_is_replaced_as_a_whole() {
        let folder = Folder::with("more", &[("a.py", "x\n".repeat(MOST + 7).as_bytes()), ("b.py", b"x")]);
        let query = Query { replacement: Some("y".into()), ..folder.query("x") };
        let (mut counts, mut is_more) = (Vec::new(), false);
        let tell = |event| {
            match event {
                SearchEvent::File { matches, count, .. } => counts.push((matches.len(), count)),
                SearchEvent::Ended { more, .. } => is_more = more,
            }
            true
        };
        search(&query, tell).expect("the pattern is one");
        assert_eq!((counts, is_more), (vec![(MOST, MOST + 7)], true));
        assert!(replace(&query, &folder.0.join("a.py"), MOST + 7).expect("it can be written"));
        assert_eq!(fs::read_to_string(folder.0.join("a.py")).expect("it is there"), "y\n".repeat(MOST + 7));
    }

    #[test]
    fn it_ends_when_nobody_listens_and_says_what_is_wrong_with_a_pattern() {
        let folder = Folder::with("end", &[("a.py", b"x"), ("b.py", b"x"), ("c.py", b"x")]);
        let mut told = 0;
        search(&folder.query("x"), |_| {
            told += 1;
            false
        })
        .expect("the pattern is one");
        assert_eq!(told, 2, "one file, and the end");
        let broken = Query { regex: true, ..folder.query("(") };
        assert!(matches!(search(&broken, |_| true), Err(Error::Pattern { reason }) if reason.contains("unclosed")));
    }
}
