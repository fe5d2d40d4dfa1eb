//! `unicodedata`: what the Unicode standard says of characters, by the tables of well-kept libraries.
//!
//! The tables are of a newer version of the standard than CPython 3.11's; no property of a character that it knew is different.

use interpreter::object::handle::Args;
use interpreter::object::str::surrogate;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};
use unicode_bidi::BidiClass;
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_canonical, decompose_compatible};

table! { pub ROWS, NAMES, DOCS:
    /// name(character[, default]): its name in the standard.
    def name(1..=2) = name;
    /// lookup(name): the character of this name.
    def lookup(1) = lookup;
    /// category(character): its general category, two letters.
    def category(1) = |vm, args| vm.new_str(category(character(vm, args.at(0))?));
    /// combining(character): its canonical combining class, 0 if it does not combine.
    def combining(1) = |vm, args| vm.new_int(i64::from(canonical_combining_class(character(vm, args.at(0))?)));
    /// bidirectional(character): its class for writing from right to left.
    def bidirectional(1) = bidirectional;
    /// east_asian_width(character): how wide it is among East Asian characters: "W", "F", "H", "Na", "A" or "N".
    def east_asian_width(1) = |vm, args| vm.new_str(width(character(vm, args.at(0))?));
    /// decimal(character[, default]): its value as a decimal digit.
    def decimal(1..=2) = |vm, args| digit(vm, args, "not a decimal");
    /// digit(character[, default]): its value as a digit.
    def digit(1..=2) = |vm, args| digit(vm, args, "not a digit");
    /// numeric(character[, default]): its value as a number.
    def numeric(1..=2) = |vm, args| {
        if let Some(value) = fraction(character(vm, args.at(0))?) {
            return vm.new_float(value);
        }
        let value = digit(vm, args, "not a numeric character")?;
        match value.as_int() {
            Some(value) => vm.new_float(value as f64),
            None => Ok(value),
        }
    };
    /// decomposition(character): what it is composed of, as code points.
    def decomposition(1) = decomposition;
    /// normalize(form, text): the text in the form "NFC", "NFD", "NFKC" or "NFKD".
    def normalize(2) = |vm, args| vm.new_str(&normal(vm, args)?);
    /// is_normalized(form, text): whether the text is in that form already.
    def is_normalized(2) = |vm, args| Ok(Word::bool(normal(vm, args)? == vm.expect_text(args.at(1))?));
    /// The version of the standard that names and categories are of.
    const unidata_version = Word::name(name!("16.0.0"));
}

/// Names that stand in the table as values.
pub const MORE: &[&str] = &["16.0.0"];

fn character(vm: &Vm, word: Word) -> Outcome<char> {
    let mut characters = vm.expect_text(word)?.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(character),
        _ => Err(vm.type_error("need a single Unicode character as parameter")),
    }
}

fn name(vm: &Vm, args: Args) -> Outcome {
    match (unicode_names2::name(character(vm, args.at(0))?), args.get(1)) {
        (Some(name), _) => vm.new_str(&name.to_string()),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(vm.value_error("no such name")),
    }
}

/// Names that characters have besides their own, of Unicode's list: those that the library of names does not know.
const ALIASES: &[(&str, char)] = &[
    ("NULL", '\u{0}'),
    ("START OF HEADING", '\u{1}'),
    ("START OF TEXT", '\u{2}'),
    ("END OF TEXT", '\u{3}'),
    ("END OF TRANSMISSION", '\u{4}'),
    ("ENQUIRY", '\u{5}'),
    ("ACKNOWLEDGE", '\u{6}'),
    ("ALERT", '\u{7}'),
    ("BACKSPACE", '\u{8}'),
    ("CHARACTER TABULATION", '\u{9}'),
    ("HORIZONTAL TABULATION", '\u{9}'),
    ("LINE FEED", '\u{a}'),
    ("NEW LINE", '\u{a}'),
    ("END OF LINE", '\u{a}'),
    ("LINE TABULATION", '\u{b}'),
    ("VERTICAL TABULATION", '\u{b}'),
    ("FORM FEED", '\u{c}'),
    ("CARRIAGE RETURN", '\u{d}'),
    ("SHIFT OUT", '\u{e}'),
    ("SHIFT IN", '\u{f}'),
    ("DATA LINK ESCAPE", '\u{10}'),
    ("DEVICE CONTROL ONE", '\u{11}'),
    ("DEVICE CONTROL TWO", '\u{12}'),
    ("DEVICE CONTROL THREE", '\u{13}'),
    ("DEVICE CONTROL FOUR", '\u{14}'),
    ("NEGATIVE ACKNOWLEDGE", '\u{15}'),
    ("SYNCHRONOUS IDLE", '\u{16}'),
    ("END OF TRANSMISSION BLOCK", '\u{17}'),
    ("CANCEL", '\u{18}'),
    ("END OF MEDIUM", '\u{19}'),
    ("SUBSTITUTE", '\u{1a}'),
    ("ESCAPE", '\u{1b}'),
    ("INFORMATION SEPARATOR FOUR", '\u{1c}'),
    ("FILE SEPARATOR", '\u{1c}'),
    ("INFORMATION SEPARATOR THREE", '\u{1d}'),
    ("GROUP SEPARATOR", '\u{1d}'),
    ("INFORMATION SEPARATOR TWO", '\u{1e}'),
    ("RECORD SEPARATOR", '\u{1e}'),
    ("INFORMATION SEPARATOR ONE", '\u{1f}'),
    ("UNIT SEPARATOR", '\u{1f}'),
    ("DELETE", '\u{7f}'),
    ("NEXT LINE", '\u{85}'),
    ("REVERSE LINE FEED", '\u{8d}'),
    ("BREAK PERMITTED HERE", '\u{82}'),
    ("NO BREAK HERE", '\u{83}'),
    ("NBSP", '\u{a0}'),
    ("SHY", '\u{ad}'),
    ("ZWSP", '\u{200b}'),
    ("ZWNJ", '\u{200c}'),
    ("ZWJ", '\u{200d}'),
    ("LRM", '\u{200e}'),
    ("RLM", '\u{200f}'),
    ("BYTE ORDER MARK", '\u{feff}'),
    ("BOM", '\u{feff}'),
    ("ZWNBSP", '\u{feff}'),
    ("WJ", '\u{2060}'),
    ("NUL", '\u{0}'),
    ("TAB", '\u{9}'),
    ("LF", '\u{a}'),
    ("CR", '\u{d}'),
    ("ESC", '\u{1b}'),
    ("DEL", '\u{7f}'),
    ("NEL", '\u{85}'),
    ("CGJ", '\u{34f}'),
];

/// The character of a name, or of another one that it has.
pub fn named(name: &str) -> Option<char> {
    let alias = || ALIASES.iter().find(|(alias, _)| alias.eq_ignore_ascii_case(name)).map(|(_, character)| *character);
    unicode_names2::character(name).or_else(alias)
}

fn lookup(vm: &Vm, args: Args) -> Outcome {
    match named(vm.expect_text(args.at(0))?) {
        Some(character) => vm.new_str(character.encode_utf8(&mut [0; 4])),
        None => Err(vm.raise_text(&interpreter::object::exception::KEY_ERROR, "undefined character name")),
    }
}

fn normal(vm: &Vm, args: Args) -> Outcome<String> {
    let text = vm.expect_text(args.at(1))?;
    match vm.expect_text(args.at(0))? {
        "NFC" => Ok(text.nfc().collect()),
        "NFD" => Ok(text.nfd().collect()),
        "NFKC" => Ok(text.nfkc().collect()),
        "NFKD" => Ok(text.nfkd().collect()),
        _ => Err(vm.value_error("invalid normalization form")),
    }
}

/// The value of a digit: those of a script follow each other, from its zero on.
/// The value of a fraction in one character, such as ½, or of a Roman numeral.
fn fraction(given: char) -> Option<f64> {
    let roman = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 50, 100, 500, 1000];
    if let 'Ⅰ'..='ⅿ' = given {
        return Some(f64::from(roman[(given as usize - 'Ⅰ' as usize) % roman.len()]));
    }
    let text: String = UnicodeNormalization::nfkd(std::iter::once(given)).collect();
    let (above, below) = text.split_once('⁄')?;
    let below: f64 = below.parse().ok()?;
    above.parse::<f64>().ok().map(|above| above / below)
}

fn category(character: char) -> &'static str {
    // Halves of pairs have stand-ins among the characters for private use.
    match surrogate::code(character) {
        0xD800..=0xDFFF => "Cs",
        _ => get_general_category(character).abbreviation(),
    }
}

fn digit(vm: &Vm, args: Args, text: &str) -> Outcome {
    let given = character(vm, args.at(0))?;
    let is_digit = |character| get_general_category(character) == GeneralCategory::DecimalNumber;
    if is_digit(given) {
        let before = (0..).take_while(|back| char::from_u32(given as u32 - back).is_some_and(is_digit)).count();
        // Mathematical digits are five alphabets without a gap, from U+1D7CE.
        return vm.new_int((before as i64 - 1) % 10);
    }
    let superscript = match given {
        '²' => Some(2),
        '³' => Some(3),
        '¹' => Some(1),
        '⁰' | '⁴'..='⁹' => Some(given as i64 - '⁰' as i64),
        '₀'..='₉' => Some(given as i64 - '₀' as i64),
        '①'..='⑨' => Some(given as i64 - '①' as i64 + 1),
        _ => None,
    };
    match (superscript.filter(|_| text != "not a decimal"), args.get(1)) {
        (Some(value), _) => vm.new_int(value),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(vm.value_error(text)),
    }
}

fn decomposition(vm: &Vm, args: Args) -> Outcome {
    let given = character(vm, args.at(0))?;
    let mut parts: Vec<char> = Vec::new();
    decompose_canonical(given, |part| parts.push(part));
    let is_canonical = parts != [given];
    if !is_canonical {
        parts.clear();
        decompose_compatible(given, |part| parts.push(part));
    }
    if parts == [given] {
        return vm.new_str("");
    }
    // A canonical decomposition has two parts: what all but the last compose to, and the last.
    if is_canonical && let [first @ .., last] = &parts[..] {
        let first: Vec<char> = first.iter().copied().nfc().collect();
        if first.len() == 1 {
            parts = vec![first[0], *last];
        }
    }
    let codes: Vec<String> = parts.iter().map(|part| format!("{:04X}", *part as u32)).collect();
    vm.new_str(&format!("{}{}", if is_canonical { "" } else { "<compat> " }, codes.join(" ")))
}

fn bidirectional(vm: &Vm, args: Args) -> Outcome {
    vm.new_str(match unicode_bidi::bidi_class(character(vm, args.at(0))?) {
        BidiClass::AL => "AL",
        BidiClass::AN => "AN",
        BidiClass::B => "B",
        BidiClass::BN => "BN",
        BidiClass::CS => "CS",
        BidiClass::EN => "EN",
        BidiClass::ES => "ES",
        BidiClass::ET => "ET",
        BidiClass::FSI => "FSI",
        BidiClass::L => "L",
        BidiClass::LRE => "LRE",
        BidiClass::LRI => "LRI",
        BidiClass::LRO => "LRO",
        BidiClass::NSM => "NSM",
        BidiClass::ON => "ON",
        BidiClass::PDF => "PDF",
        BidiClass::PDI => "PDI",
        BidiClass::R => "R",
        BidiClass::RLE => "RLE",
        BidiClass::RLI => "RLI",
        BidiClass::RLO => "RLO",
        BidiClass::S => "S",
        BidiClass::WS => "WS",
    })
}

/// East Asian width: the library tells wide from narrow; which of the wide are full and which of the narrow half is by block.
fn width(character: char) -> &'static str {
    use unicode_width::UnicodeWidthChar;
    match character {
        '\u{3000}' | '\u{ff01}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' => "F",
        '\u{20a9}' | '\u{ff61}'..='\u{ffdc}' | '\u{ffe8}'..='\u{ffee}' => "H",
        ' '..='~' | '¢' | '£' | '¥' | '¦' | '¬' | '¯' | '⟦'..='⟭' | '⦅' | '⦆' => "Na",
        _ => match (character.width(), character.width_cjk()) {
            (Some(2), _) => "W",
            (Some(1), Some(2)) => "A",
            _ => "N",
        },
    }
}
