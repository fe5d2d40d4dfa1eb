//! Dates as FAT keeps them: 2 seconds apart, from 1980 on.

/// Days from 1970 to the first day of a year, of the calendar that has always had leap days as now.
fn days_before(year: u64) -> u64 {
    let past = year - 1;
    past * 365 + past / 4 - past / 100 + past / 400 - 719_162
}

/// Days of a year before each month.
const BEFORE: [u64; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

fn days_before_month(year: u64, month: usize) -> u64 {
    let leaps = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    BEFORE[month] + u64::from(leaps && month >= 2)
}

/// (time, date) of a moment in seconds since 1970.
pub fn encode(seconds: u64) -> (u16, u16) {
    let days = seconds / 86_400;
    let Some(year) = (1980..2108).rev().find(|year| days_before(*year) <= days) else { return (0, 1 << 5 | 1) };
    let within = days - days_before(year);
    let month = (0..12).rev().find(|month| days_before_month(year, *month) <= within).unwrap_or(0);
    let day = (within - days_before_month(year, month)).min(30) + 1;
    let second = seconds % 86_400;
    let (hours, minutes, halves) = (second / 3600, second / 60 % 60, second % 60 / 2);
    let time = hours << 11 | minutes << 5 | halves;
    (time as u16, ((year - 1980) << 9 | (month as u64 + 1) << 5 | day) as u16)
}

/// The moment in seconds since 1970.
pub fn decode(time: u16, date: u16) -> u64 {
    let (time, date) = (u64::from(time), u64::from(date));
    let (year, month, day) = (1980 + (date >> 9), (date >> 5 & 15).clamp(1, 12) as usize, (date & 31).max(1));
    let days = days_before(year) + days_before_month(year, month - 1) + day - 1;
    days * 86_400 + (time >> 11) * 3600 + (time >> 5 & 63) * 60 + (time & 31) * 2
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn moments_go_there_and_back() {
        for seconds in [315_532_800, 951_782_400, 951_868_800, 1_709_164_800, 1_709_251_198, 4_102_444_800] {
            let (time, date) = encode(seconds);
            assert_eq!(decode(time, date), seconds);
        }
        assert_eq!(encode(0), (0, 0x21), "what was before 1980 is 1980");
        assert_eq!(decode(0, 0x2821), 946_684_800);
    }
}
