//! How wide the numbers in code are on boards: two bytes. Without the feature `full`, in place of `code/width.rs`.

/// The number of a name, a place in code, a size.
pub type Number = u16;
/// How far a jump leads.
pub type Distance = i16;

/// A number in 32 bits.
#[inline(always)]
pub const fn wide(number: Number) -> u32 {
    number as u32
}
