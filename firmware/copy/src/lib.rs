//! The routines that the compiler calls to copy, fill and compare memory, by the names of Arm's calling convention (RTABI §4.3.4).
//!
//! The compiler brings its own, unrolled for speed: up to 4 kB, too much of a small chip's flash or of a loader's sector, for programs that copy a few
//! words at a time. These go by words where both ends lie on one, else by bytes. Reads and writes are volatile, and no
//! routine calls another by its public name, or the compiler would recognise what they do and make them calls of themselves.
#![no_std]
#![expect(unsafe_code, reason = "these are what safe code's copies are made of")]

/// Bytes of a word.
const WORD: usize = 4;

/// Copies from the lowest address up.
///
/// # Safety
/// Both ranges are valid, and `to` does not begin behind `from` within its range.
#[inline(never)]
unsafe fn copy_up(to: *mut u8, from: *const u8, count: usize) {
    let mut at = 0;
    if (to.addr() | from.addr()).is_multiple_of(WORD) {
        while at + WORD <= count {
            // SAFETY: within the ranges, and aligned: both begin at a word's address.
            unsafe { to.add(at).cast::<u32>().write_volatile(from.add(at).cast::<u32>().read_volatile()) };
            at += WORD;
        }
    }
    while at < count {
        // SAFETY: within the ranges.
        unsafe { to.add(at).write_volatile(from.add(at).read_volatile()) };
        at += 1;
    }
}

/// Copies from the highest address down.
///
/// # Safety
/// Both ranges are valid, and `from` does not begin behind `to` within its range.
#[inline(never)]
unsafe fn copy_down(to: *mut u8, from: *const u8, count: usize) {
    let mut at = count;
    if (to.addr() | from.addr() | count).is_multiple_of(WORD) {
        while at > 0 {
            at -= WORD;
            // SAFETY: within the ranges, and aligned: both begin and end at a word's address.
            unsafe { to.add(at).cast::<u32>().write_volatile(from.add(at).cast::<u32>().read_volatile()) };
        }
    }
    while at > 0 {
        at -= 1;
        // SAFETY: within the ranges.
        unsafe { to.add(at).write_volatile(from.add(at).read_volatile()) };
    }
}

/// Sets every byte.
///
/// # Safety
/// The range is valid.
#[inline(never)]
unsafe fn fill(to: *mut u8, count: usize, byte: u8) {
    let mut at = 0;
    if to.addr().is_multiple_of(WORD) {
        let word = u32::from(byte) * 0x0101_0101;
        while at + WORD <= count {
            // SAFETY: within the range, and aligned: it begins at a word's address.
            unsafe { to.add(at).cast::<u32>().write_volatile(word) };
            at += WORD;
        }
    }
    while at < count {
        // SAFETY: within the range.
        unsafe { to.add(at).write_volatile(byte) };
        at += 1;
    }
}

/// Negative, zero, positive: how the first bytes that differ compare.
///
/// # Safety
/// Both ranges are valid.
#[inline(never)]
unsafe fn compare(a: *const u8, b: *const u8, count: usize) -> i32 {
    for at in 0..count {
        // SAFETY: within the ranges.
        let (a, b) = unsafe { (a.add(at).read_volatile(), b.add(at).read_volatile()) };
        if a != b {
            return i32::from(a) - i32::from(b);
        }
    }
    0
}

/// One routine for any address, and one for each alignment.
macro_rules! routines {
    ($($($name:ident)+ ($($parameter:ident: $type:ty),*) $(-> $result:ty)? = $call:expr;)*) => {
        $(routines!(@ [$($name)+] ($($parameter: $type),*) ($($result)?) $call);)*
    };
    (@ [$($name:ident)+] $parameters:tt $result:tt $call:expr) => { $(routines!(@ $name $parameters $result $call);)+ };
    (@ $name:ident ($($parameter:ident: $type:ty),*) ($($result:ty)?) $call:expr) => {
        /// Arm's.
        ///
        /// # Safety
        /// The ranges are valid, and only those of `memmove` overlap.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $name($($parameter: $type),*) $(-> $result)? {
            // SAFETY: the caller's ranges.
            unsafe { $call }
        }
    };
}

routines! {
    __aeabi_memcpy __aeabi_memcpy4 __aeabi_memcpy8 (to: *mut u8, from: *const u8, count: usize) = copy_up(to, from, count);
    __aeabi_memmove __aeabi_memmove4 __aeabi_memmove8 (to: *mut u8, from: *const u8, count: usize) =
        if to.addr() > from.addr() { copy_down(to, from, count) } else { copy_up(to, from, count) };
    __aeabi_memset __aeabi_memset4 __aeabi_memset8 (to: *mut u8, count: usize, byte: i32) = fill(to, count, byte as u8);
    __aeabi_memclr __aeabi_memclr4 __aeabi_memclr8 (to: *mut u8, count: usize) = fill(to, count, 0);
    memcmp bcmp (a: *const u8, b: *const u8, count: usize) -> i32 = compare(a, b, count);
}
