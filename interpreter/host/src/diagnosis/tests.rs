//! Texts and what is said of them: each message once, with its place, as CPython 3.11 gives them (3.12 for f-strings).

use super::*;

/// What is said of a text: the message, and from where to where.
fn said(text: &str, mode: Mode) -> String {
    let mut rest = text.as_bytes();
    let mut read = |buffer: &mut [u8]| {
        let count = rest.len().min(buffer.len());
        let (now, later) = rest.split_at(count);
        buffer[..count].copy_from_slice(now);
        rest = later;
        count
    };
    let mut found = String::from("nothing");
    explain(&mut read, mode, &mut |said: &Diagnosis| {
        let ((line, column), (last, end)) = (said.start, said.end);
        found = format!("{} {line}:{column}-{last}:{end}", said.message);
        if said.mistake != Mistake::Syntax {
            found = format!("{:?}: {found}", said.mistake);
        }
    });
    found
}

/// `cases.txt`: a text, whose line ends and quotes are escaped as Rust does it, and under it what is said.
#[test]
fn every_message() {
    let mut lines = include_str!("cases.txt").lines();
    let mut wrong = Vec::new();
    while let (Some(text), Some(wanted)) = (lines.next(), lines.next()) {
        let (mode, text) = match text.split_once(' ') {
            Some(("eval:", text)) => (Mode::Eval, text),
            Some(("single:", text)) => (Mode::Single, text),
            _ => (Mode::File, text),
        };
        let text = text.replace("\\n", "\n").replace("\\t", "\t");
        let said = said(&text, mode);
        if said != wanted.trim() {
            wrong.push(format!("{text:?}\n  wanted {wanted}\n  said   {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_too_deep_is_not_explained() {
    assert_eq!(said(&format!("x = {}", "-".repeat(100_000)), Mode::File), "nothing");
}
