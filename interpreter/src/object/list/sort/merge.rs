//! Merging: a stable sort in n log n steps. Half of the entries need room beside them meanwhile.

use super::*;

/// Ranges of up to this many entries are sorted by insertion.
const SHORT: usize = 8;

impl Entries<'_> {
    /// Sorts `len` entries.
    pub(super) fn order(self, vm: &Vm, len: usize) -> Outcome<()> {
        let spare = Words::EMPTY;
        vm.resize_words(&spare, if len > SHORT { len.div_ceil(2) * self.width } else { 0 })?;
        let result = self.sort_range(vm, &spare, 0, len);
        vm.resize_words(&spare, 0)?;
        result
    }

    fn move_from(self, to: usize, source: &Words, from: usize) {
        for part in 0..self.width {
            self.words.set(to * self.width + part, source.get(from * self.width + part));
        }
    }

    fn sort_range(self, vm: &Vm, spare: &Words, low: usize, high: usize) -> Outcome<()> {
        if high - low <= SHORT {
            return self.insertion(vm, low, high);
        }
        let middle = low + (high - low) / 2;
        self.sort_range(vm, spare, low, middle)?;
        self.sort_range(vm, spare, middle, high)?;
        if !less(vm, self.key(middle), self.key(middle - 1))? {
            return Ok(());
        }
        // The right half comes before the left one as a whole: a descending list stays linear.
        if less(vm, self.key(high - 1), self.key(low))? {
            self.exchange(spare, low, middle, high);
            return Ok(());
        }
        self.merge(vm, spare, low, middle, high)
    }

    fn exchange(self, spare: &Words, low: usize, middle: usize, high: usize) {
        let (left, right) = (middle - low, high - middle);
        let save = Entries { words: spare, width: self.width };
        (0..left).for_each(|index| save.move_from(index, self.words, low + index));
        self.words.shift(middle * self.width, low * self.width, right * self.width);
        (0..left).for_each(|index| self.move_from(low + right + index, spare, index));
    }

    /// Merges two sorted halves. The left one waits in `spare`; when a comparison raises, what is left of it fills the gap.
    fn merge(self, vm: &Vm, spare: &Words, low: usize, middle: usize, high: usize) -> Outcome<()> {
        let save = Entries { words: spare, width: self.width };
        let left = middle - low;
        (0..left).for_each(|index| save.move_from(index, self.words, low + index));
        let (mut i, mut j, mut to) = (0, middle, low);
        let mut result = Ok(());
        while i < left && j < high {
            match less(vm, self.key(j), save.key(i)) {
                Ok(true) => {
                    self.move_from(to, self.words, j);
                    j += 1;
                }
                Ok(false) => {
                    self.move_from(to, spare, i);
                    i += 1;
                }
                Err(raised) => {
                    result = Err(raised);
                    break;
                }
            }
            to += 1;
        }
        (i..left).for_each(|index| self.move_from(to + index - i, spare, index));
        result
    }
}
