//! `binascii`: bytes as text of hexadecimal or base64 digits, and CRC-32.

use crate::object::handle::Args;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// hexlify(data[, sep]): two hexadecimal digits for each byte, with a separator between them.
    def hexlify(1..=2) = hexlify;
    /// unhexlify(data): the bytes of hexadecimal digits.
    def unhexlify(1) = unhexlify;
    /// b2a_base64(data, newline=True): base64 of the data.
    def b2a_base64(1, keywords) = to_base64;
    /// a2b_base64(data): the bytes of base64; other characters are skipped.
    def a2b_base64(1) = from_base64;
    /// crc32(data[, value]): the CRC-32 of the data, going on from `value`.
    def crc32(1..=2) = crc32;
}

/// Writes a byte as two digits.
pub fn push_hex(vm: &Vm, out: &mut Builder, byte: u8) -> Outcome<()> {
    let digit = |value: u8| b"0123456789abcdef"[usize::from(value)];
    out.push(vm, &[digit(byte >> 4), digit(byte & 15)])
}

fn hexlify(vm: &Vm, args: Args) -> Outcome {
    let separator = match args.get(1).filter(|word| *word != Word::NONE) {
        Some(word) => vm.buffer(word, false)?.bytes,
        None => &[],
    };
    let mut out = Builder::new();
    for (index, byte) in vm.buffer(args.at(0), false)?.bytes.iter().enumerate() {
        if let (Some(first), 1..) = (separator.first(), index) {
            out.push(vm, &[first.get()])?;
        }
        push_hex(vm, &mut out, byte.get())?;
    }
    out.finish_bytes(vm)
}

fn unhexlify(vm: &Vm, args: Args) -> Outcome {
    let digits = vm.buffer(args.at(0), false)?.bytes;
    let mut out = Builder::with_capacity(vm, digits.len() / 2)?;
    for pair in digits.chunks(2) {
        let [high, low] = pair else { return Err(vm.value_error("non-hex digit")) };
        let value = |digit: u8| char::from(digit).to_digit(16);
        match (value(high.get()), value(low.get())) {
            (Some(high), Some(low)) => out.push(vm, &[(high << 4 | low) as u8])?,
            _ => return Err(vm.value_error("non-hex digit")),
        }
    }
    out.finish_bytes(vm)
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn to_base64(vm: &Vm, args: Args) -> Outcome {
    let mut out = Builder::new();
    for group in vm.buffer(args.at(0), false)?.bytes.chunks(3) {
        let byte = |index: usize| group.get(index).map_or(0, |cell| u32::from(cell.get()));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digit = |index: usize| if index <= group.len() { BASE64[(bits >> (18 - 6 * index) & 63) as usize] } else { b'=' };
        out.push(vm, &core::array::from_fn::<u8, 4, _>(digit))?;
    }
    if vm.truth(args.keyword(name!(newline)).unwrap_or(Word::TRUE))? {
        out.push(vm, b"\n")?;
    }
    out.finish_bytes(vm)
}

fn from_base64(vm: &Vm, args: Args) -> Outcome {
    let mut out = Builder::new();
    let (mut bits, mut count, mut padding) = (0u32, 0u32, 0u32);
    for cell in vm.buffer(args.at(0), false)?.bytes {
        if cell.get() == b'=' {
            padding += 1;
            // The padding that completes a group ends the data.
            if count % 4 >= 2 && count % 4 + padding >= 4 {
                return out.finish_bytes(vm);
            }
        }
        let Some(value) = BASE64.iter().position(|&digit| digit == cell.get()) else { continue };
        (bits, count, padding) = (bits << 6 | value as u32, count + 1, 0);
        if count % 4 != 1 {
            out.push(vm, &[(bits >> (2 * (3 - (count - 1) % 4))) as u8])?;
        }
    }
    if count.is_multiple_of(4) { out.finish_bytes(vm) } else { Err(vm.value_error("incorrect padding")) }
}

fn crc32(vm: &Vm, args: Args) -> Outcome {
    let start = match args.get(1) {
        Some(value) => super::struct_::encode(vm, b'I', value)? as u32,
        None => 0,
    };
    // Bit by bit: a table would cost more flash than anyone saves time.
    let step = |crc: u32, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
    let bytes = vm.buffer(args.at(0), false)?.bytes;
    let crc = bytes.iter().fold(!start, |crc, byte| (0..8).fold(crc ^ u32::from(byte.get()), step));
    vm.new_uint(u64::from(!crc))
}

#[cfg(test)]
mod tests {
    use crate::testing::run;

    #[test]
    fn hexadecimal_goes_both_ways() {
        let source = "import binascii as b\nprint(b.hexlify(b'\\x00\\xff\\x1a'), b.hexlify(b'\\x00\\xff', ':'))\n\
            print(b.unhexlify('00Ff1a'), b.unhexlify(b''))\nfor bad in ('0', '0g'):\n  try: b.unhexlify(bad)\n  \
            except ValueError as e: print(e)\n";
        assert_eq!(run(source), "b'00ff1a' b'00:ff'\nb'\\x00\\xff\\x1a' b''\nnon-hex digit\nnon-hex digit\n");
    }

    #[test]
    fn base64_goes_both_ways() {
        let source = "import binascii as b\nfor text in (b'', b'f', b'fo', b'foo', b'foob'):\n  \
            coded = b.b2a_base64(text)\n  print(coded, b.a2b_base64(coded) == text)\n\
            print(b.b2a_base64(b'x', newline=False), b.a2b_base64('Zm 9v\\n'))\n\
            try: b.a2b_base64('Zg')\nexcept ValueError as e: print(e)\n";
        let expected = "b'\\n' True\nb'Zg==\\n' True\nb'Zm8=\\n' True\nb'Zm9v\\n' True\nb'Zm9vYg==\\n' True\n\
            b'eA==' b'foo'\nincorrect padding\n";
        assert_eq!(run(source), expected);
    }

    #[test]
    fn crc32_is_the_usual_one_and_can_go_on() {
        let source = "import binascii as b\nprint(hex(b.crc32(b'123456789')), b.crc32(b'6789', b.crc32(b'12345')) == \
            b.crc32(b'123456789'))\n";
        assert_eq!(run(source), "0xcbf43926 True\n");
    }
}
