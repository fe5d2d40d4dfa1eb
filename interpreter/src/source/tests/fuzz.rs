//! No input panics or hangs the lexer and parser: mutations of the golden sources, with much memory and with little.

use super::{Mode, dump};
use crate::testing;
use std::string::String;
use std::vec::Vec;

const SOURCES: &[&str] = &[
    include_str!("expressions.txt"),
    include_str!("strings.txt"),
    include_str!("statements.txt"),
    include_str!("patterns.txt"),
    include_str!("errors.txt"),
];

/// Pieces that a mutation inserts.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "=",
    "'",
    "\"",
    "'''",
    "f'",
    "f\"",
    "rb'",
    "{{",
    "!r",
    "\\",
    "\n",
    "\n    ",
    "\n\t",
    "#",
    ";",
    "*",
    "**",
    "if ",
    "for x in ",
    "lambda ",
    "match x:\n",
    "case ",
    "async ",
    "not ",
    "1_",
    "0x",
    "1e",
    ".",
    "@",
    ":=",
    "\u{e9}",
    "\u{0}",
    "\u{feff}",
    "\r",
    "\x0c",
    "99999999999999999999",
    "with (",
    "type X",
    "yield ",
];

/// Numbers that look random and are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 as usize % limit.max(1)
    }
}

/// The sources of all golden cases.
fn sources() -> Vec<&'static str> {
    let cases = SOURCES.iter().flat_map(|file| file.split("## ").skip(1));
    cases.filter_map(|case| case.split_once('\n')?.1.split("\n--").next()).collect()
}

/// A source or two, changed in a few places.
fn mutate(random: &mut Random, sources: &[&str]) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..1 + random.below(2) {
        text.extend_from_slice(sources[random.below(sources.len())].as_bytes());
        text.push(b'\n');
    }
    for _ in 0..random.below(5) {
        let at = random.below(text.len());
        match random.below(4) {
            0 => {
                let piece = PIECES[random.below(PIECES.len())];
                text.splice(at..at, piece.bytes());
            }
            1 if !text.is_empty() => {
                text.remove(at);
            }
            2 if !text.is_empty() => text[at] = random.below(256) as u8,
            _ => {
                let part: Vec<u8> = text[at..].iter().take(random.below(40)).copied().collect();
                let to = random.below(text.len());
                text.splice(to..to, part);
            }
        }
    }
    text
}

/// Parses `cases` mutations in heaps of `heap` bytes. Returns how many were good, and how many ran out of memory.
fn run(seed: u64, cases: usize, heap: usize) -> (usize, usize) {
    let (mut random, sources) = (Random(seed), sources());
    let (mut good, mut exhausted) = (0, 0);
    for round in 0..cases / 100 {
        // Names are never freed: a new interpreter now and then.
        testing::vm(heap).enter(|vm| {
            for case in 0..100 {
                let text = mutate(&mut random, &sources);
                let mode = [Mode::File, Mode::Single, Mode::Eval][(round + case) % 3];
                let answer = dump(vm, &text, 1 + random.below(64), mode);
                good += !answer.contains("Error: ") as usize;
                exhausted += answer.contains("MemoryError") as usize;
                super::super::needs_more(&String::from_utf8_lossy(&text));
            }
        });
    }
    (good, exhausted)
}

#[test]
fn survives_mutations() {
    let (good, _) = run(0x9e37_79b9_7f4a_7c15, 20_000, 1 << 18);
    assert!(good > 2000, "some mutations are programs: {good}");
}

#[test]
fn survives_small_heaps() {
    let (_, exhausted) = run(0x2545_f491_4f6c_dd1d, 2000, 6 << 10);
    assert!(exhausted > 10, "some do not fit: {exhausted}");
}

#[test]
fn nests_as_deep_as_memory_allows() {
    for piece in ["(", "[", "{", "-", "not ", "lambda: ", "f(", "a[", "a if ", "a ** ", "yield (", "f'{"] {
        let text = piece.repeat(20_000);
        let answer = testing::vm(1 << 18).enter(|vm| dump(vm, text.as_bytes(), 64, Mode::Eval));
        assert!(answer.contains("Error"), "{piece}: {answer}");
    }
    let blocks: String = (0..300).map(|depth| std::format!("{}if a:\n", " ".repeat(depth))).collect();
    let answer = testing::with(|vm| dump(vm, std::format!("{blocks}{}b\n", " ".repeat(300)).as_bytes(), 64, Mode::File));
    assert_eq!(answer.matches("(If").count(), 300);
}

#[test]
fn fields_nest_up_to_a_limit() {
    let nested = |depth: usize| std::format!("{}1{}", "f'{".repeat(depth), "}'".repeat(depth));
    let parse = |depth| testing::with(|vm| dump(vm, nested(depth).as_bytes(), 64, Mode::Eval));
    assert_eq!(parse(160).matches("(FString").count(), 160);
    assert_eq!(parse(161), "SyntaxError: too deeply nested at 1:484\n");
}
