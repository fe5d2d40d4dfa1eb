//! Failures that a test orders: the Nth allocation fails, or every allocation collects first.
//!
//! Part of the design and not of the tests alone: "what if memory runs out here" is asked of every script in `tests/run`.
//! Built with the feature `faults`; without it every question below is a constant.

#[cfg(feature = "faults")]
mod chosen {
    use core::cell::Cell;

    /// What was ordered.
    pub struct Faults {
        countdown: Cell<usize>,
        every: Cell<bool>,
    }

    impl Faults {
        pub(crate) const fn new() -> Faults {
            Faults { countdown: Cell::new(0), every: Cell::new(false) }
        }
        /// Orders the `nth` allocation from now to fail, and the try after its collection too; 0 orders nothing.
        pub fn fail_at(&self, nth: usize) {
            self.countdown.set(nth);
        }
        /// Whether an order is still waiting.
        pub fn is_pending(&self) -> bool {
            self.countdown.get() > 0
        }
        /// How many allocations are left until the ordered one fails: a count that starts high measures a program.
        pub fn left(&self) -> usize {
            self.countdown.get()
        }
        /// Orders a collection before every allocation.
        pub fn collect_always(&self, always: bool) {
            self.every.set(always);
        }
        pub(crate) fn collects(&self) -> bool {
            self.every.get()
        }
        /// Counts an allocation. At 1 it fails once more, for the second try of the same request.
        pub(crate) fn fails(&self) -> bool {
            match self.countdown.get() {
                0 => false,
                usize::MAX => {
                    self.countdown.set(0);
                    true
                }
                1 => {
                    self.countdown.set(usize::MAX);
                    true
                }
                n => {
                    self.countdown.set(n - 1);
                    false
                }
            }
        }
    }
}

#[cfg(not(feature = "faults"))]
mod chosen {
    /// Nothing can be ordered.
    pub struct Faults;

    impl Faults {
        pub(crate) const fn new() -> Faults {
            Faults
        }
        pub(crate) fn collects(&self) -> bool {
            false
        }
        pub(crate) fn fails(&self) -> bool {
            false
        }
    }
}

pub use chosen::Faults;
