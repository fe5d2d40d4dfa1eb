//! What this port contributes to programs.

use interpreter::modules::BuiltinModule;
use interpreter::object::name::Pool;

/// Its modules.
pub static MODULES: &[&BuiltinModule] = &[&machine::MACHINE, &machine::PYB];
/// The names in them.
pub static POOLS: &[&Pool] = &[&machine::POOL];
