//! The operators, one row each: its name here and the special method behind it (the Python reference, 3.3.8).

use super::name::Name;

/// Operators numbered in the order of their rows.
macro_rules! operators {
    ($(#[$about:meta])* $operator:ident: $($(#[$doc:meta])* $name:ident $method:ident,)+) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "Python's own names")]
        pub enum $operator {
            $($(#[$doc])* $name,)+
        }

        impl $operator {
            /// All of them, by number.
            pub const ALL: &[$operator] = &[$($operator::$name),+];

            /// The special method of this operator.
            pub fn method(self) -> Name {
                const METHODS: &[Name] = &[$(name!($method)),+];
                METHODS[self as usize]
            }
        }
    };
}

impl Unary {
    /// What CPython's messages call it, if anything.
    pub fn symbol(self) -> Option<&'static str> {
        Some(match self {
            Unary::Pos => "unary +",
            Unary::Neg => "unary -",
            Unary::Invert => "unary ~",
            Unary::Abs => "abs()",
            _ => return None,
        })
    }
}

impl Binary {
    /// How it is written, and whether it compares.
    pub fn symbol(self) -> (&'static str, bool) {
        const SYMBOLS: [&str; 13] = ["+", "-", "*", "@", "/", "//", "%", "** or pow()", "<<", ">>", "&", "|", "^"];
        match self.plain() {
            Binary::Less => ("<", true),
            Binary::LessEqual => ("<=", true),
            Binary::Greater => (">", true),
            Binary::GreaterEqual => (">=", true),
            Binary::DivMod => ("divmod()", false),
            plain => (SYMBOLS.get(plain as usize).copied().unwrap_or("?"), false),
        }
    }
}

operators! {
    /// Unary operators and the questions asked of one object.
    Unary:
        Pos __pos__,
        Neg __neg__,
        Invert __invert__,
        Not __bool__,
        Bool __bool__,
        Len __len__,
        Hash __hash__,
        Abs __abs__,
        Int __int__,
        Float __float__,
        Index __index__,
        Sizeof __sizeof__,
}

operators! {
    /// Binary operators. The first thirteen are arithmetic: they alone have in-place and reverse forms.
    Binary:
        Add __add__,
        Sub __sub__,
        Mul __mul__,
        MatMul __matmul__,
        TrueDiv __truediv__,
        FloorDiv __floordiv__,
        Mod __mod__,
        Pow __pow__,
        ShiftLeft __lshift__,
        ShiftRight __rshift__,
        And __and__,
        Or __or__,
        Xor __xor__,
        Less __lt__,
        Greater __gt__,
        LessEqual __le__,
        GreaterEqual __ge__,
        Equal __eq__,
        NotEqual __ne__,
        /// `rhs in lhs`: asked of the container, which is `lhs` here.
        Contains __contains__,
        DivMod __divmod__,
        /// In-place forms, in the order of the plain ones; a type that has none answers `NotImplemented` and the plain operator is tried.
        InPlaceAdd __iadd__,
        InPlaceSub __isub__,
        InPlaceMul __imul__,
        InPlaceMatMul __imatmul__,
        InPlaceTrueDiv __itruediv__,
        InPlaceFloorDiv __ifloordiv__,
        InPlaceMod __imod__,
        InPlacePow __ipow__,
        InPlaceShiftLeft __ilshift__,
        InPlaceShiftRight __irshift__,
        InPlaceAnd __iand__,
        InPlaceOr __ior__,
        InPlaceXor __ixor__,
        /// The operator with its operands exchanged was tried first and failed: `rhs.__radd__(lhs)`; asked of `lhs` = self. In the
        /// order of the plain ones.
        ReverseAdd __radd__,
        ReverseSub __rsub__,
        ReverseMul __rmul__,
        ReverseMatMul __rmatmul__,
        ReverseTrueDiv __rtruediv__,
        ReverseFloorDiv __rfloordiv__,
        ReverseMod __rmod__,
        ReversePow __rpow__,
        ReverseShiftLeft __rlshift__,
        ReverseShiftRight __rrshift__,
        ReverseAnd __rand__,
        ReverseOr __ror__,
        ReverseXor __rxor__,
}

/// Operators that have in-place and reverse forms.
const ARITHMETIC: u8 = Binary::Xor as u8 + 1;

impl Binary {
    /// The operator with this number.
    pub fn from_number(number: u8) -> Binary {
        Binary::ALL[number as usize]
    }

    /// The in-place form of an arithmetic operator.
    pub fn in_place(self) -> Binary {
        debug_assert!((self as u8) < ARITHMETIC);
        Binary::from_number(self as u8 + Binary::InPlaceAdd as u8)
    }

    /// The plain form of an in-place operator; itself otherwise.
    pub fn plain(self) -> Binary {
        let number = self as u8;
        let is_in_place = (Binary::InPlaceAdd as u8..=Binary::InPlaceXor as u8).contains(&number);
        if is_in_place { Binary::from_number(number - Binary::InPlaceAdd as u8) } else { self }
    }

    /// What is asked of the right operand when the left one does not answer.
    pub fn reversed(self) -> Option<Binary> {
        match self {
            Binary::Less => Some(Binary::Greater),
            Binary::Greater => Some(Binary::Less),
            Binary::LessEqual => Some(Binary::GreaterEqual),
            Binary::GreaterEqual => Some(Binary::LessEqual),
            Binary::Equal => Some(Binary::Equal),
            Binary::NotEqual => Some(Binary::NotEqual),
            _ if (self as u8) < ARITHMETIC => Some(Binary::from_number(self as u8 + Binary::ReverseAdd as u8)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_an_operator_are_in_the_order_of_the_plain_ones() {
        crate::testing::with(|vm| {
            let name = |operator: Binary| vm.name_text(operator.method());
            for &plain in &Binary::ALL[..usize::from(ARITHMETIC)] {
                let stem = name(plain).trim_matches('_');
                let in_place = plain.in_place();
                assert_eq!(name(in_place).trim_matches('_').strip_prefix('i'), Some(stem));
                assert_eq!(in_place.plain(), plain);
                let reversed = plain.reversed().expect("an arithmetic operator");
                assert_eq!(name(reversed).trim_matches('_').strip_prefix('r'), Some(stem));
            }
            assert_eq!(Binary::Contains.reversed(), None);
        });
    }
}
