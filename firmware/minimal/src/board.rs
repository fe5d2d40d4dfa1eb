//! The module `board`: what this port adds to Python. A port's own modules are tables like the interpreter's.

use crate::interrupts;
use interpreter::modules::BuiltinModule;
use interpreter::object::handle::Args;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Root, Vm};

/// The number of a name that this port's tables or the core's declare.
macro_rules! name {
    ($name:ident) => {
        const { interpreter::object::name::declared(&[&interpreter::object::CORE, &POOL], stringify!($name)) }
    };
}

table! { pub ROWS, NAMES, DOCS:
    /// tick(callback): calls callback(milliseconds) at every tick, as a hard interrupt: it may not allocate. None ends that.
    def tick(1) = tick;
}

/// `board`.
static BOARD: BuiltinModule = BuiltinModule::new(name!(board), ROWS);

interpreter::pool! {
    /// Names that this port declares.
    static POOL = 0x2000, &[&[&["board"], NAMES]];
}

/// What the port contributes.
pub static MODULES: &[&BuiltinModule] = &[&BOARD];
/// The names in it.
pub static POOLS: &[&interpreter::object::name::Pool] = &[&POOL];

fn tick(vm: &Vm, args: Args) -> Outcome {
    let callback = args.at(0);
    interrupts::call_on_tick(false);
    // The root keeps it alive; the interrupt reads it there.
    vm.set_root(Root::Port, callback);
    interrupts::call_on_tick(callback != Word::NONE);
    Ok(Word::NONE)
}
