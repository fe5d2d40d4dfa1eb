//! `cexample`: the worked example of a module that a port adds, with the contents of MicroPython's module of this name.
//!
//! A function, a class, and a class with an attribute that is computed and can be set. To make a module of your own, copy this file,
//! and list its module in `DESKTOP` and its names in the pool.

use interpreter::object::handle::{Args, type_word};
use interpreter::object::kind::{Access, Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::print::{Printer, Style};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// add_ints(a, b): their sum.
    def add_ints(2) = |vm, args| vm.new_int(vm.index(args.at(0))? as i64 + vm.index(args.at(1))? as i64);
    /// Timer(): measures time from its creation on.
    const Timer = type_word(&TIMER);
    /// AdvancedTimer(): a timer that can be set.
    const AdvancedTimer = type_word(&ADVANCED_TIMER);
}

/// What both classes have.
pub mod timer_rows {
    use super::elapsed;
    use interpreter::table;

    table! { pub ROWS, NAMES, DOCS:
        /// time(): milliseconds since its beginning.
        def time(1) = |vm, args| vm.new_int(elapsed(vm, args.at(0))?);
    }
}

/// Names of attributes.
pub const MORE: &[&str] = &["seconds"];

// State of a timer: [0] its beginning, in milliseconds of the port's clock.
static TIMER_SLOTS: Slots = Slots {
    make: Some(|vm, _, args| make(vm, &TIMER, args)),
    print: Some(|vm, _, out, _| out.text(vm, "<Timer>")),
    ..Slots::NONE
};
static TIMER: Type = resource_type(name!(Timer), &TIMER_SLOTS, timer_rows::ROWS);

static ADVANCED_SLOTS: Slots = Slots {
    make: Some(|vm, _, args| make(vm, &ADVANCED_TIMER, args)),
    print: Some(print),
    attribute: Some(attribute),
    ..Slots::NONE
};
static ADVANCED_TIMER: Type = resource_type(name!(AdvancedTimer), &ADVANCED_SLOTS, timer_rows::ROWS);

fn now(vm: &Vm) -> i64 {
    (vm.port.now() / 1000) as i64
}

fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 0, 0)?;
    vm.new_resource(ty, &[vm.new_int(now(vm))?])
}

fn elapsed(vm: &Vm, word: Word) -> Outcome<i64> {
    let timer = vm.resource(word, &TIMER).or_else(|| vm.resource(word, &ADVANCED_TIMER));
    let timer = timer.ok_or_else(|| vm.type_error("a timer is needed"))?;
    Ok(now(vm) - vm.index(timer.state[0].get())? as i64)
}

fn print(vm: &Vm, word: Word, out: &mut Printer, style: Style) -> Outcome<()> {
    out.text(vm, "AdvancedTimer()")?;
    if style == Style::Str {
        out.text(vm, "  # created ")?;
        out.int(vm, (elapsed(vm, word)? / 1000) as isize)?;
        out.text(vm, " seconds ago")?;
    }
    Ok(())
}

/// `seconds`, which can be set.
fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    match access {
        Access::Load if name == name!(seconds) => vm.new_int(elapsed(vm, word)? / 1000),
        Access::Store(seconds) if name == name!(seconds) => {
            let beginning = now(vm) - 1000 * vm.index(seconds)? as i64;
            let timer = vm.resource(word, &ADVANCED_TIMER).expect("by its type");
            timer.state[0].set(vm.new_int(beginning)?);
            Ok(Word::NONE)
        }
        _ => Ok(Word::UNSET),
    }
}
