//! How wide the numbers in code are, on hosts: four bytes. A program may have more names than sixteen bits count, and a function
//! that another program wrote may be longer than they reach. A board's are two (`small/width.rs`), and so are those of saved code,
//! which is laid out anew as it is written and read (`saved::layout`).

/// The number of a name, a place in code, a size.
pub type Number = u32;
/// How far a jump leads.
pub type Distance = i32;

/// A number in 32 bits.
#[inline(always)]
pub const fn wide(number: Number) -> u32 {
    number
}
