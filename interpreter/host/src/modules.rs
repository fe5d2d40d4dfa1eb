//! What this port contributes to programs.

use interpreter::modules::BuiltinModule;
use interpreter::object::name::Pool;

/// Modules of a virtual board.
pub static BOARD: &[&BuiltinModule] = &[&machine::MACHINE, &machine::PYB];
/// Names that those modules declare.
pub static POOLS: &[&Pool] = &[&machine::POOL];
