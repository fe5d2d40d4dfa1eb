//! The Python classes of `machine` and `pyb`, written once over a small hardware trait.
//!
//! A chip and the virtual board implement `Hardware`; the port puts it into a `Board` and hands that out as its context.
//! Nothing here knows a register or a window.
#![no_std]

/// The number of a name that this crate's tables or the core's declare.
macro_rules! name {
    ($name:ident) => {
        const { interpreter::object::name::declared(&[&interpreter::object::CORE, &crate::POOL], stringify!($name)) }
    };
    ($name:literal) => {
        const { interpreter::object::name::declared(&[&interpreter::object::CORE, &crate::POOL], $name) }
    };
}

pub mod hardware;
mod led;
mod machine;
mod pin;
mod pyb;
mod switch;

pub use hardware::{Board, Hardware, Mode, Pull};

use interpreter::modules::BuiltinModule;

/// `machine`.
pub static MACHINE: BuiltinModule = BuiltinModule::new(name!(machine), machine::ROWS);
/// `pyb`.
pub static PYB: BuiltinModule = BuiltinModule::new(name!(pyb), pyb::ROWS);

/// Number of this crate's first name; each crate with tables has a range of its own below the names in RAM.
const BASE: u16 = 0x2000;

interpreter::pool! {
    /// Names that the tables of this crate declare.
    pub static POOL = BASE, &[&[&["machine", "pyb"], machine::NAMES, pyb::NAMES, pin::NAMES, led::NAMES, switch::NAMES]];
}
