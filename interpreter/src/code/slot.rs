//! What is known of a value on the stack before any code runs: the verifier's types.
//!
//! The instructions trust what the compiler wrote: that a `ForNext` finds the three slots of a loop, that a keyword's name is a
//! name, that no hole is taken for a value. So the verifier follows more than depths. Most values are just `Value`; the
//! others are what some instruction relies on.

/// What a slot of the stack holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    /// Any Python value.
    Value,
    /// None.
    None,
    /// This small int.
    Int(u8),
    /// An exception.
    Exception,
    /// Why a `finally` was entered: None, an exception, or an int of at most this (`u8::MAX`: no int).
    Reason(u8),
    /// What was handled before: an exception, or nothing. It may be what no program may see.
    Previous,
    /// What lies below a `Reason`: a value if that is an int, otherwise perhaps a `Previous`.
    Pending,
    /// A value or a hole: the second result of `LoadMethod`.
    Hole,
    /// The first, second or third slot of a loop's state.
    Loop(u8),
    /// A list of its own.
    List,
    /// A set of its own.
    Set,
    /// A dict of its own.
    Dict,
    /// An interned name.
    Name,
    /// A cell.
    Cell,
    /// A tuple of so many cells.
    Cells(u8),
    /// Nothing that anything may be done with, but to drop it.
    Dead,
}

/// `Reason`'s bound when it is no int.
const NO_INT: u8 = u8::MAX;

impl Slot {
    /// Whether a Python program may have it.
    pub fn is_value(self) -> bool {
        !matches!(self, Slot::Previous | Slot::Pending | Slot::Hole | Slot::Loop(_) | Slot::Dead)
    }

    /// Whether it can tell why a `finally` was entered; the largest int that it can be.
    pub fn reason(self) -> Option<Option<u8>> {
        match self {
            Slot::None | Slot::Exception | Slot::Reason(NO_INT) => Some(None),
            Slot::Int(k) | Slot::Reason(k) => Some(Some(k)),
            _ => None,
        }
    }

    /// Whether `self`, directly below `reason`, can be put back as what is handled, and is a value if `reason` is an int.
    pub fn suits(self, reason: Slot) -> bool {
        match reason.reason() {
            Some(most) => self.is_value() || self == Slot::Pending || self == Slot::Previous && most.is_none(),
            None => false,
        }
    }

    /// What it is when it is moved away from its neighbours.
    pub fn alone(self) -> Slot {
        match self {
            Slot::Loop(_) | Slot::Pending => Slot::Dead,
            slot => slot,
        }
    }

    /// What is known of a slot that two ways lead to, each with its slot and the one above that.
    pub fn joined((a, above_a): (Slot, Slot), (b, above_b): (Slot, Slot)) -> Slot {
        if a == b {
            return a;
        }
        match (a, b) {
            (Slot::Dead, _) | (_, Slot::Dead) | (Slot::Loop(_), _) | (_, Slot::Loop(_)) => Slot::Dead,
            (Slot::Hole, other) | (other, Slot::Hole) => {
                if other.is_value() {
                    Slot::Hole
                } else {
                    Slot::Dead
                }
            }
            _ if !a.is_value() || !b.is_value() => {
                if a.suits(above_a) && b.suits(above_b) {
                    Slot::Pending
                } else {
                    Slot::Dead
                }
            }
            _ => match (a.reason(), b.reason()) {
                (Some(a), Some(b)) => Slot::Reason(a.max(b).unwrap_or(NO_INT)),
                _ => Slot::Value,
            },
        }
    }

    /// As two bytes.
    pub fn to_bytes(self) -> [u8; 2] {
        match self {
            Slot::Value => [0, 0],
            Slot::None => [1, 0],
            Slot::Int(k) => [2, k],
            Slot::Exception => [3, 0],
            Slot::Reason(k) => [4, k],
            Slot::Previous => [5, 0],
            Slot::Pending => [6, 0],
            Slot::Hole => [7, 0],
            Slot::Loop(part) => [8, part],
            Slot::List => [9, 0],
            Slot::Set => [10, 0],
            Slot::Dict => [11, 0],
            Slot::Name => [12, 0],
            Slot::Cell => [13, 0],
            Slot::Cells(count) => [14, count],
            Slot::Dead => [15, 0],
        }
    }

    /// What `to_bytes` made.
    pub fn from_bytes([kind, n]: [u8; 2]) -> Slot {
        match kind {
            0 => Slot::Value,
            1 => Slot::None,
            2 => Slot::Int(n),
            3 => Slot::Exception,
            4 => Slot::Reason(n),
            5 => Slot::Previous,
            6 => Slot::Pending,
            7 => Slot::Hole,
            8 => Slot::Loop(n),
            9 => Slot::List,
            10 => Slot::Set,
            11 => Slot::Dict,
            12 => Slot::Name,
            13 => Slot::Cell,
            14 => Slot::Cells(n),
            _ => Slot::Dead,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Slot;

    #[test]
    fn slots_fit_two_bytes() {
        let all = [
            Slot::Value,
            Slot::None,
            Slot::Int(7),
            Slot::Exception,
            Slot::Reason(3),
            Slot::Previous,
            Slot::Pending,
            Slot::Hole,
            Slot::Loop(2),
            Slot::List,
            Slot::Set,
            Slot::Dict,
            Slot::Name,
            Slot::Cell,
            Slot::Cells(9),
            Slot::Dead,
        ];
        assert!(all.into_iter().all(|slot| Slot::from_bytes(slot.to_bytes()) == slot));
    }

    #[test]
    fn the_ways_into_a_finally_meet() {
        let normal = (Slot::None, Slot::None);
        let raised = (Slot::Previous, Slot::Exception);
        let left = (Slot::Value, Slot::Int(1));
        let reason = |a: (Slot, Slot), b: (Slot, Slot)| Slot::joined((a.1, Slot::Dead), (b.1, Slot::Dead));
        let both = |a, b| (Slot::joined(a, b), reason(a, b));
        let all = both(both(normal, raised), left);
        assert_eq!(all, (Slot::Pending, Slot::Reason(1)));
        assert!(all.0.suits(all.1));
        // A hole may not be taken for the value that an int stands above.
        assert!(!Slot::Previous.suits(Slot::Int(0)));
        assert_eq!(Slot::joined((Slot::Previous, Slot::Int(0)), left), Slot::Dead);
    }
}
