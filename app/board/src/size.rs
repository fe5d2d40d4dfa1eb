//! A size in bytes, as sentences say it. The window says it in the same way (`ui/src/messages/numerals.ts`).

use std::fmt::{Display, Formatter, Result};

/// So many bytes, written in the unit that suits them.
pub struct Size(pub u64);

impl Display for Size {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        const KILO: f64 = 1024.0;
        let Size(count) = *self;
        let size = count as f64;
        match count {
            1 => write!(f, "1 byte"),
            0..1024 => write!(f, "{count} bytes"),
            1024..FEW => write!(f, "{} kB", tenths(size / KILO)),
            FEW..MANY => write!(f, "{:.0} kB", size / KILO),
            _ => write!(f, "{} MB", tenths(size / (KILO * KILO))),
        }
    }
}

/// Of fewer bytes than these a tenth of a kilobyte counts: it may be what does not fit any more.
const FEW: u64 = 10 << 10;

/// From here on the next whole kilobyte is a megabyte.
const MANY: u64 = (1 << 20) - 512;

fn tenths(size: f64) -> String {
    let text = format!("{size:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_the_unit_that_suits_it() {
        for (count, said) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (1023, "1023 bytes"),
            (1024, "1 kB"),
            (1600, "1.6 kB"),
            (10_239, "10 kB"),
            (10_800, "11 kB"),
            (70_000, "68 kB"),
            ((1 << 20) - 513, "1023 kB"),
            ((1 << 20) - 512, "1 MB"),
            ((1 << 20) - 1, "1 MB"),
            (8 << 20, "8 MB"),
            ((8 << 20) + (1 << 18), "8.2 MB"),
        ] {
            assert_eq!(Size(count).to_string(), said);
        }
    }
}
