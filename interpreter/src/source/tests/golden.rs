//! Golden trees: `*.txt` beside this file hold sources and what they parse to. `TAIPAN_BLESS=1` writes the answers anew.
//!
//! ```text
//! ## title
//! source
//! --
//! tree, or error
//! ```

use super::{Mode, dump};
use crate::testing;
use std::string::String;

/// The file with every answer computed anew.
fn answer(text: &str, mode: Mode) -> String {
    let mut out = String::new();
    for case in text.split_inclusive("\n\n## ") {
        let (case, end) = match case.strip_suffix("\n\n## ") {
            Some(case) => (std::format!("{case}\n"), "\n## "),
            None => (String::from(case), ""),
        };
        let (head, _) = case.split_once("\n--\n").expect("a case has a source and an answer");
        let (_, source) = head.split_once('\n').expect("a case has a title and a source");
        // Answers do not depend on how the source arrives.
        let trees: [String; 2] = [1, 64].map(|step| testing::with(|vm| dump(vm, source.as_bytes(), step, mode)));
        assert_eq!(trees[0], trees[1], "{head}");
        out.push_str(&std::format!("{head}\n--\n{}{end}", trees[0]));
    }
    out
}

fn check(name: &str, mode: Mode) {
    let path = std::format!("{}/src/source/tests/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the golden file is there");
    let answered = answer(&text, mode);
    if std::env::var_os("TAIPAN_BLESS").is_some() {
        std::fs::write(&path, answered).expect("the golden file can be written");
    } else {
        assert_eq!(text, answered, "{name}; TAIPAN_BLESS=1 accepts the new answers");
    }
}

#[test]
fn expressions() {
    check("expressions.txt", Mode::Eval);
}

#[test]
fn strings() {
    check("strings.txt", Mode::Eval);
}

#[test]
fn statements() {
    check("statements.txt", Mode::File);
}

#[test]
fn patterns() {
    check("patterns.txt", Mode::File);
}

#[test]
fn errors() {
    check("errors.txt", Mode::File);
}

#[test]
fn interactive() {
    check("interactive.txt", Mode::Single);
}
