//! The declaring macros: names, pools of names, tables of builtins.
//!
//! They come first in the crate so that every module has them in scope. A port defines a `name!` of its own, over its pool
//! and the core's, before it uses `table!`.

/// Declares a static pool from lists of texts: `pool! { pub static CORE = 0, GROUPS; }`.
#[macro_export]
macro_rules! pool {
    ($(#[$doc:meta])* $vis:vis static $pool:ident = $base:expr, $groups:expr;) => {
        $(#[$doc])*
        $vis static $pool: $crate::object::name::Pool = {
            const POOL_GROUPS: $crate::object::name::Groups = $groups;
            const SORTED: [(u32, &str); $crate::object::name::total(POOL_GROUPS)] = $crate::object::name::sorted(POOL_GROUPS);
            const COUNT: usize = $crate::object::name::distinct(&SORTED);
            static HASHES: [u16; if $crate::object::name::HASHED { COUNT } else { 0 }] = $crate::object::name::hashes(&SORTED, 16);
            static LOWER_HASHES: [u16; if $crate::WHOLE { COUNT } else { 0 }] = $crate::object::name::hashes(&SORTED, 0);
            const LENGTHS: [u8; COUNT] = $crate::object::name::lengths(&SORTED);
            static STATIC_LENGTHS: [u8; COUNT] = LENGTHS;
            static STARTS: [u16; COUNT.div_ceil($crate::object::name::STRIDE)] = $crate::object::name::starts(&LENGTHS);
            static TEXT: [u8; $crate::object::name::sum(&LENGTHS)] = $crate::object::name::joined(&SORTED);
            let Ok(text) = core::str::from_utf8(&TEXT) else { panic!("texts are UTF-8") };
            $crate::object::name::Pool {
                base: $base,
                text,
                lengths: &STATIC_LENGTHS,
                starts: &STARTS,
                hashes: &HASHES,
                lower_hashes: &LOWER_HASHES,
            }
        };
    };
}

/// The `Name` of a text that a table or `EXTRA` declares: `name!(append)`, `name!("<module>")`.
#[macro_export]
macro_rules! name {
    ($name:ident) => {
        const { $crate::object::name::declared(&[&$crate::object::CORE], stringify!($name)) }
    };
    ($name:literal) => {
        const { $crate::object::name::declared(&[&$crate::object::CORE], $name) }
    };
}

/// A table of builtins, one row each, with the names and the documentation that belong to it:
///
/// ```ignore
/// table! { pub ROWS, NAMES, DOCS:
///     /// append(x): adds x at the end.
///     def append(2) = append;            // exactly 2 positional arguments, self included
///     def pop(1..=2) = pop;
///     def sort(1..=1, keywords) = sort;  // keyword arguments are passed on
///     def pow(2..=3, named) = pow;       // on hosts all of them by name, which the function checks; on boards 2 have their places
///     static def maketrans(1..=3) = f;   // no self
///     class def fromkeys(2..=3) = f;     // the type comes first
///     method def plus(2) = f;            // a module's, for classes written in Python: there it is a method (hosts only)
///     const MAXSIZE = Word::int(5);      // any constant word
///     #[cfg(feature = "standard")]      // left out of the smallest interpreter; comes after the documentation
///     def lower(1) = lower;
/// }
/// ```
#[macro_export]
macro_rules! table {
    ($vis:vis $rows:ident, $names:ident, $docs:ident: $($body:tt)*) => {
        $crate::table!(@ ($vis $rows $names $docs) [] [] [] [] $($body)*);
    };
    (@ ($vis:vis $rows:ident $names:ident $docs:ident) [$($function:tt)*] [$($constant:tt)*] [$($name:tt)*] [$($doc:tt)*]) => {
        /// Names that the table below declares.
        $vis const $names: &[&str] = &[$($name)*];
        /// Name and documentation of each row, for completion and help on the desktop.
        $vis const $docs: &[(&str, &str)] = &[$($doc)*];
        /// The table.
        $vis static $rows: &$crate::object::kind::Rows = {
            // A static of its own is there once, whoever reads this one; and so is each function, which programs compare by place.
            static TABLE: $crate::object::kind::Rows =
                $crate::object::kind::Rows { functions: &[$($function)*], constants: &[$($constant)*] };
            &TABLE
        };
    };
    (@ $head:tt [$($function:tt)*] [$($constant:tt)*] [$($name:tt)*] [$($doc:tt)*] $(#[doc = $text:literal])* $(#[cfg($($cfg:tt)*)])? def $n:ident($($arity:tt)*) = $f:expr; $($rest:tt)*) => {
        $crate::table!(@ $head [$($function)* $(#[cfg($($cfg)*)])? $crate::row!($n Method ($($arity)*) $f).documented(concat!($($text, "\n"),*)),] [$($constant)*] [$($name)* $(#[cfg($($cfg)*)])? stringify!($n),] [$($doc)* $(#[cfg($($cfg)*)])? (stringify!($n), concat!($($text, "\n"),*)),] $($rest)*);
    };
    (@ $head:tt [$($function:tt)*] [$($constant:tt)*] [$($name:tt)*] [$($doc:tt)*] $(#[doc = $text:literal])* $(#[cfg($($cfg:tt)*)])? static def $n:ident($($arity:tt)*) = $f:expr; $($rest:tt)*) => {
        $crate::table!(@ $head [$($function)* $(#[cfg($($cfg)*)])? $crate::row!($n Static ($($arity)*) $f).documented(concat!($($text, "\n"),*)),] [$($constant)*] [$($name)* $(#[cfg($($cfg)*)])? stringify!($n),] [$($doc)* $(#[cfg($($cfg)*)])? (stringify!($n), concat!($($text, "\n"),*)),] $($rest)*);
    };
    (@ $head:tt [$($function:tt)*] [$($constant:tt)*] [$($name:tt)*] [$($doc:tt)*] $(#[doc = $text:literal])* $(#[cfg($($cfg:tt)*)])? method def $n:ident($($arity:tt)*) = $f:expr; $($rest:tt)*) => {
        $crate::table!(@ $head [$($function)* $(#[cfg($($cfg)*)])? $crate::row!($n Attribute ($($arity)*) $f).documented(concat!($($text, "\n"),*)),] [$($constant)*] [$($name)* $(#[cfg($($cfg)*)])? stringify!($n),] [$($doc)* $(#[cfg($($cfg)*)])? (stringify!($n), concat!($($text, "\n"),*)),] $($rest)*);
    };
    (@ $head:tt [$($function:tt)*] [$($constant:tt)*] [$($name:tt)*] [$($doc:tt)*] $(#[doc = $text:literal])* $(#[cfg($($cfg:tt)*)])? class def $n:ident($($arity:tt)*) = $f:expr; $($rest:tt)*) => {
        $crate::table!(@ $head [$($function)* $(#[cfg($($cfg)*)])? $crate::row!($n Class ($($arity)*) $f).documented(concat!($($text, "\n"),*)),] [$($constant)*] [$($name)* $(#[cfg($($cfg)*)])? stringify!($n),] [$($doc)* $(#[cfg($($cfg)*)])? (stringify!($n), concat!($($text, "\n"),*)),] $($rest)*);
    };
    (@ $head:tt [$($function:tt)*] [$($constant:tt)*] [$($name:tt)*] [$($doc:tt)*] $(#[doc = $text:literal])* $(#[cfg($($cfg:tt)*)])? const $n:ident = $value:expr; $($rest:tt)*) => {
        $crate::table!(@ $head [$($function)*] [$($constant)* $(#[cfg($($cfg)*)])? $crate::object::kind::Row { name: $crate::object::word::Word::name(name!($n)), value: $value },] [$($name)* $(#[cfg($($cfg)*)])? stringify!($n),] [$($doc)* $(#[cfg($($cfg)*)])? (stringify!($n), concat!($($text, "\n"),*)),] $($rest)*);
    };
}

/// One function row of a `table!`. `name!` is the calling crate's own: a port's knows the port's pool as well.
#[macro_export]
macro_rules! row {
    ($n:ident $binding:ident ($min:literal ..= $max:literal, named) $f:expr) => {
        $crate::row!(@ $n $binding new(if $crate::WHOLE { 0 } else { $min }, $max), [keywords], $f)
    };
    ($n:ident $binding:ident ($min:literal $(, $keywords:ident)?) $f:expr) => {
        $crate::row!(@ $n $binding new($min, $min), [$($keywords)?], $f)
    };
    ($n:ident $binding:ident ($min:literal ..= $max:literal $(, $keywords:ident)?) $f:expr) => {
        $crate::row!(@ $n $binding new($min, $max), [$($keywords)?], $f)
    };
    ($n:ident $binding:ident ($min:literal .. $(, $keywords:ident)?) $f:expr) => {
        $crate::row!(@ $n $binding from($min), [$($keywords)?], $f)
    };
    (@ $n:ident $binding:ident $arity:ident($($count:expr),*), [$($keywords:ident)?], $f:expr) => {
        $crate::object::kind::NativeFunction::new(
            name!($n),
            $crate::object::kind::Arity::$arity($($count),*),
            // Nothing, or the word `keywords`.
            !stringify!($($keywords)?).is_empty(),
            $crate::object::kind::Binding::$binding,
            $f,
        )
    };
}
