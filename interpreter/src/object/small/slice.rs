//! Slices of the smallest interpreter say what is selected between brackets, and that is all.

use super::*;

/// What a slice can do.
pub const SLOTS: Slots = Slots::NONE;
