//! How texts lie in bytes. Most are UTF-8; an old file is read by what its first lines say (PEP 263) or, if they say nothing, as Windows-1252,
//! and written back in the same bytes. A file that begins with the mark of UTF-16, as some programs of Windows write it, is that.
//!
//! A text is taken for what it is not only if that loses nothing: whatever is read here becomes the same bytes again.

use encoding_rs::WINDOWS_1252;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How the bytes of a text were read. The page keeps it with the text, and hands it back when that is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Encoding {
    /// As one calls it: "UTF-8".
    name: String,
    /// What the first lines said of it when the text was read or written. If they say something else by now, that is obeyed.
    declared: Option<String>,
}

/// A text, and how it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TextFile {
    /// The text.
    pub text: String,
    /// How.
    pub encoding: Encoding,
}

/// A text cannot be written as it is kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Lack {
    /// The encoding.
    pub encoding: String,
    /// What it does not have.
    pub letter: char,
    /// In which line of the text, from 1.
    pub line: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Codec {
    Utf8,
    /// Each byte is the character of its number, as Python has it; on the web that name means Windows-1252.
    Latin1,
    /// With the mark that tells it, which is no part of the text.
    Utf16(Order),
    Other(&'static encoding_rs::Encoding),
}

/// Which byte of a number comes first.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    Little,
    Big,
}

impl Order {
    /// What a text begins with, in this order.
    const fn mark(self) -> &'static [u8] {
        match self {
            Order::Little => b"\xff\xfe",
            Order::Big => b"\xfe\xff",
        }
    }

    fn unit(self, bytes: [u8; 2]) -> u16 {
        match self {
            Order::Little => u16::from_le_bytes(bytes),
            Order::Big => u16::from_be_bytes(bytes),
        }
    }

    fn bytes(self, unit: u16) -> [u8; 2] {
        match self {
            Order::Little => unit.to_le_bytes(),
            Order::Big => unit.to_be_bytes(),
        }
    }
}

impl Codec {
    /// By a name as it stands in sources.
    fn named(said: &str) -> Option<Codec> {
        let plain = said.to_ascii_lowercase().replace('_', "-");
        match plain.as_str() {
            "utf-8" | "utf8" | "utf-8-sig" => Some(Codec::Utf8),
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "iso-latin-1" | "l1" => Some(Codec::Latin1),
            "ascii" | "us-ascii" => None, // it is within UTF-8; on the web it means Windows-1252
            other => {
                let label = |name: &str| encoding_rs::Encoding::for_label_no_replacement(name.as_bytes());
                let found = label(other).or_else(|| label(&other.replace('-', "")));
                found.filter(|found| found.is_ascii_compatible() && *found != encoding_rs::X_USER_DEFINED).map(Codec::Other)
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Codec::Utf8 => "UTF-8",
            Codec::Latin1 => "ISO-8859-1",
            Codec::Utf16(Order::Little) => "UTF-16LE",
            Codec::Utf16(Order::Big) => "UTF-16BE",
            Codec::Other(encoding) => encoding.name(),
        }
    }

    /// By the name that this program gave it.
    fn kept(name: &str) -> Option<Codec> {
        let marked = [Order::Little, Order::Big].map(Codec::Utf16).into_iter().find(|codec| codec.name() == name);
        marked.or_else(|| Codec::named(name))
    }

    /// None for bytes that are not in it, and for those that would become others.
    fn decode(self, bytes: &[u8]) -> Option<String> {
        let text = match self {
            Codec::Utf8 => std::str::from_utf8(bytes).ok()?.to_owned(),
            Codec::Latin1 => bytes.iter().copied().map(char::from).collect(),
            Codec::Utf16(order) => {
                let (pairs, []) = bytes.strip_prefix(order.mark())?.as_chunks() else { return None };
                let units: Vec<u16> = pairs.iter().map(|pair| order.unit(*pair)).collect();
                String::from_utf16(&units).ok()?
            }
            Codec::Other(encoding) => encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned(),
        };
        (self.encode(&text).as_deref() == Some(bytes)).then_some(text)
    }

    /// None if it lacks a letter.
    fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Codec::Utf8 => Some(text.as_bytes().to_vec()),
            Codec::Latin1 => text.chars().map(|letter| u8::try_from(letter).ok()).collect(),
            Codec::Utf16(order) => {
                let units = text.encode_utf16().flat_map(|unit| order.bytes(unit));
                Some(order.mark().iter().copied().chain(units).collect())
            }
            Codec::Other(encoding) => {
                let (bytes, _, lacks) = encoding.encode(text);
                (!lacks).then(|| bytes.into_owned())
            }
        }
    }
}

/// What the first lines of a source say.
fn declared(source: &[u8]) -> Option<String> {
    let source = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
    code::declared_encoding(source).map(|said| String::from_utf8_lossy(said).into_owned())
}

/// Pictures and programs have bytes that no text has.
fn is_binary(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | b'\x08' | b'\x0c' | b'\x1b')
}

/// A text that says by its first two bytes that it is UTF-16. A picture may begin so, too: but it has bytes that no text has.
fn marked(bytes: &[u8]) -> Option<TextFile> {
    let order = [Order::Little, Order::Big].into_iter().find(|order| bytes.starts_with(order.mark()))?;
    let codec = Codec::Utf16(order);
    let text = codec.decode(bytes)?;
    let is_text = !text.bytes().any(is_binary);
    is_text.then(|| TextFile { encoding: Encoding { name: codec.name().into(), declared: declared(text.as_bytes()) }, text })
}

/// The text in these bytes; None if they are no text.
pub fn decode(bytes: Vec<u8>) -> Option<TextFile> {
    if let Some(file) = marked(&bytes) {
        return Some(file);
    }
    let declared = declared(&bytes);
    let said = declared.as_deref().and_then(Codec::named);
    let (codec, text) = match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => return None,
        // What is UTF-8 by its bytes is that, whatever it says; of ASCII alone one cannot tell.
        Ok(text) if text.is_ascii() => (said.unwrap_or(Codec::Utf8), text),
        Ok(text) => (Codec::Utf8, text),
        Err(error) => {
            let bytes = error.into_bytes();
            if bytes.iter().copied().any(is_binary) {
                return None;
            }
            let read = |codec: Codec| Some((codec, codec.decode(&bytes)?));
            said.and_then(read).or_else(|| read(Codec::Other(WINDOWS_1252)))?
        }
    };
    Some(TextFile { text, encoding: Encoding { name: codec.name().into(), declared } })
}

/// The bytes of a text that was read so, and how it is kept from now on.
pub fn encode(text: &str, kept: &Encoding) -> Result<(Vec<u8>, Encoding), Lack> {
    let declared = declared(text.as_bytes());
    let before = Codec::kept(&kept.name).unwrap_or(Codec::Utf8);
    let codec = match &declared {
        same if *same == kept.declared => before,
        Some(said) => Codec::named(said).unwrap_or(before),
        None => Codec::Utf8, // what says nothing any more is what Python takes it for
    };
    let bytes = codec.encode(text).ok_or_else(|| lack(text, codec))?;
    Ok((bytes, Encoding { name: codec.name().into(), declared }))
}

impl Encoding {
    /// That of a text which is new.
    pub fn of_new() -> Encoding {
        Encoding { name: Codec::Utf8.name().into(), declared: None }
    }
}

fn lack(text: &str, codec: Codec) -> Lack {
    let lacks = |letter: &char| codec.encode(letter.encode_utf8(&mut [0; 4])).is_none();
    let (line, letter) = text
        .lines()
        .enumerate()
        .find_map(|(index, line)| Some((index + 1, line.chars().find(lacks)?)))
        .expect("the whole has what none of its letters has");
    Lack { encoding: codec.name().into(), letter, line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> TextFile {
        decode(bytes.to_vec()).expect("it is a text")
    }

    #[test]
    fn every_byte_of_an_old_text_comes_back() {
        let letters: Vec<u8> = (b' '..=255).collect();
        for (head, name) in [
            ("", "windows-1252"),
            ("# coding: latin-1\n", "ISO-8859-1"),
            ("#!/usr/bin/python\r\n# -*- coding: iso-8859-15 -*-\r\n", "ISO-8859-15"),
            ("# vim: set fileencoding=cp1251 :\n", "windows-1251"),
            ("# coding: there_is_none\n", "windows-1252"),
            ("# coding: utf-8\n", "windows-1252"),
            ("# coding: shift_jis\n", "windows-1252"), // not all of these bytes are in it
        ] {
            let bytes = [head.as_bytes(), &letters].concat();
            let file = read(&bytes);
            assert_eq!(file.encoding.name, name, "{head}");
            assert_eq!(encode(&file.text, &file.encoding), Ok((bytes, file.encoding)), "{head}");
        }
        assert!(read(b"# coding: latin-1\nx = '\xe9\x80'").text.ends_with("'é\u{80}'"));
        assert!(read(b"x = '\xe9\x80'").text.ends_with("'é€'"));
        assert!(read(b"# coding: shift_jis\nx = '\x83e'").text.ends_with("'テ'"));
    }

    #[test]
    fn utf_8_is_known_by_its_bytes() {
        for text in ["größe = 1\r\n", "\u{feff}x = 1\n", "# coding: latin-1\n# größe\n", ""] {
            let file = read(text.as_bytes());
            assert_eq!((file.text.as_str(), file.encoding.name.as_str()), (text, "UTF-8"));
            assert_eq!(encode(text, &file.encoding).expect("it has all letters").0, text.as_bytes());
        }
    }

    #[test]
    fn utf_16_is_known_by_its_mark() {
        let little = b"\xff\xfex\0\r\0\n\0\x34\xd8\x1e\xdd";
        let big = b"\xfe\xff\0x\0\r\0\n\xd8\x34\xdd\x1e";
        for (bytes, name) in [(&little[..], "UTF-16LE"), (big, "UTF-16BE"), (b"\xff\xfe", "UTF-16LE")] {
            let file = read(bytes);
            assert_eq!((file.text.as_str(), file.encoding.name.as_str()), (if bytes.len() > 2 { "x\r\n𝄞" } else { "" }, name));
            assert_eq!(encode(&file.text, &file.encoding), Ok((bytes.to_vec(), file.encoding)));
        }
        // As a shell of Windows writes what a program of UTF-8 prints: what the first line says was said before, and is not obeyed.
        let text = "# coding: utf-8\nprint(1)\n";
        let file = read(&Codec::Utf16(Order::Little).encode(text).expect("it has all letters"));
        assert_eq!(encode(text, &file.encoding).map(|it| it.1.name), Ok("UTF-16LE".into()));
        assert_eq!(encode(&text.replace("utf-8", "utf8"), &file.encoding).map(|it| it.1.name), Ok("UTF-8".into()));
        for broken in [&b"\xff\xfe\0\xd8"[..], b"\xff\xfex\0\0\0", b"\xff\xfb\x90\x64\0"] {
            assert_eq!(decode(broken.to_vec()), None);
        }
    }

    #[test]
    fn what_is_typed_into_a_text_is_kept_as_that_says() {
        let file = read(b"# coding: latin-1\nx = 1\n");
        let typed = |text: &str| encode(text, &file.encoding).map(|(bytes, kept)| (bytes, kept.name));
        assert_eq!(typed("# coding: latin-1\nx = 'é'"), Ok((b"# coding: latin-1\nx = '\xe9'".to_vec(), "ISO-8859-1".into())));
        assert_eq!(typed("# coding: utf-8\n€").map(|it| it.1), Ok("UTF-8".into()));
        assert_eq!(typed("€").map(|it| it.1), Ok("UTF-8".into()));
        let lack = Lack { encoding: "ISO-8859-1".into(), letter: '→', line: 3 };
        assert_eq!(typed("# coding: latin-1\né\na → b → c"), Err(lack));
        assert_eq!(encode("# coding: cp1252\n€", &Encoding::of_new()).map(|it| it.0), Ok(b"# coding: cp1252\n\x80".to_vec()));
    }

    #[test]
    fn pictures_and_programs_are_no_texts() {
        for bytes in [&b"\x89PNG\r\n\x1a\n"[..], b"M\x06\x00\x1f", b"a\0b", b"a\0b\0"] {
            assert_eq!(decode(bytes.to_vec()), None);
        }
    }
}
