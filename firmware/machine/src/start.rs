//! What a person who holds the user switch down while the board starts wants: the usual start, safe mode, or a factory reset.
//!
//! As on every pyboard: the second LED for the usual start, the third for safe mode, both for a factory reset, in turn for as long
//! as the switch is held; what it was let go at flickers six times.

/// How a board starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Start {
    /// With `boot.py` and `main.py`.
    Usual,
    /// Without them.
    Safe,
    /// With an empty file system.
    Anew,
}

const CHOICES: [Start; 3] = [Start::Usual, Start::Safe, Start::Anew];
/// Milliseconds between two looks at the switch.
const LOOK: u64 = 20;
/// Looks for which a choice is shown, and those after which a switch that is still held is taken to be stuck.
const LOOKS: usize = 30;
const MOST: usize = 3000;

/// Asks the switch. `show` lights the LEDs of a number's bits, from the second LED on; `wait` waits for milliseconds.
pub fn choose(mut pressed: impl FnMut() -> bool, mut show: impl FnMut(u8), mut wait: impl FnMut(u64)) -> Start {
    if !pressed() {
        return Start::Usual;
    }
    let mut choice = 0;
    let lights = |choice: usize| choice as u8 + 1;
    show(lights(choice));
    for look in 1..=MOST {
        wait(LOOK);
        if !pressed() {
            break;
        }
        if look % LOOKS == 0 {
            choice = (choice + 1) % CHOICES.len();
            show(lights(choice));
        }
    }
    for _ in 0..6 {
        show(0);
        wait(50);
        show(lights(choice));
        wait(50);
    }
    wait(400);
    show(0);
    CHOICES[choice]
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::cell::{Cell, RefCell};
    use std::vec::Vec;

    /// What is chosen by a switch that is held for so many milliseconds, what was shown, and how long it took.
    fn held(milliseconds: u64) -> (Start, Vec<u8>, u64) {
        let (now, shown) = (Cell::new(0), RefCell::new(Vec::new()));
        let chosen = choose(|| now.get() < milliseconds, |bits| shown.borrow_mut().push(bits), |time| now.set(now.get() + time));
        (chosen, shown.into_inner(), now.get())
    }

    #[test]
    fn nobody_waits_for_a_switch_that_is_not_held() {
        assert_eq!(held(0), (Start::Usual, [].into(), 0));
    }

    #[test]
    fn the_lights_tell_what_is_chosen() {
        let flicker = |bits: u8| [[0, bits]; 6].concat();
        for (milliseconds, before, start) in [
            (100, &[1][..], Start::Usual),
            (700, &[1, 2], Start::Safe),
            (1300, &[1, 2, 3], Start::Anew),
            (1900, &[1, 2, 3, 1], Start::Usual),
        ] {
            let last = *before.last().expect("something is shown");
            let shown = [before, &flicker(last), &[0]].concat();
            assert_eq!(held(milliseconds), (start, shown, milliseconds + 1000), "{milliseconds} ms");
        }
    }

    #[test]
    fn a_stuck_switch_lets_the_board_start() {
        assert_eq!(held(u64::MAX).2, 61_000);
    }
}
