//! What `irq` of a class answers whose events have reasons: `flags`, `trigger`, and a call of the handler.
//!
//! Handlers ask for it while no memory can be had, so each object keeps the one that it has made.

use crate::i2c_target::{EVENTS as OF_TARGET, I2C_TARGET};
use crate::machine_can::{CAN, EVENTS as OF_CAN};
use crate::uart::{EVENTS as OF_UART, UART};
use interpreter::object::handle::{Args, object_type};
use interpreter::object::kind::{Slots, Type};
use interpreter::object::resource::resource_type;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

static SLOTS: Slots =
    Slots { call: Some(|vm, word, _| of(vm, word).and_then(|(events, owner)| (events.call)(vm, owner))), ..Slots::NONE };
/// State: [0] the object whose events these are.
static IRQ: Type = resource_type(name!(irq), &SLOTS, ROWS);

table! { pub ROWS, NAMES, DOCS:
    /// flags(): what the last event was about, as trigger's bits.
    def flags(1) = |vm, args| { let (events, owner) = of(vm, args.at(0))?; (events.flags)(vm, owner) };
    /// trigger([bits]): what calls the handler; sets it, and answers what it was.
    def trigger(1..=2) = |vm, args| { let (events, owner) = of(vm, args.at(0))?; (events.trigger)(vm, owner, args.get(1)) };
}

/// The events of a class.
pub struct Events {
    /// What the last one was about.
    pub flags: fn(&Vm, Word) -> Outcome,
    /// Which call the handler: sets that, if it is given, and answers what it was.
    pub trigger: fn(&Vm, Word, Option<Word>) -> Outcome,
    /// Calls the handler.
    pub call: fn(&Vm, Word) -> Outcome,
}

/// A new one.
///
/// # Errors
/// `MemoryError`.
pub fn new(vm: &Vm, owner: Word) -> Outcome {
    vm.new_resource(&IRQ, &[owner])
}

fn of(vm: &Vm, word: Word) -> Outcome<(&'static Events, Word)> {
    let classes: [(&Type, &'static Events); 3] = [(&UART, &OF_UART), (&I2C_TARGET, &OF_TARGET), (&CAN, &OF_CAN)];
    let owner = vm.resource(word, &IRQ).map(|irq| irq.state[0].get());
    let found = owner.and_then(|owner| {
        let ty = object_type(owner)?;
        classes.iter().find(|(class, _)| core::ptr::eq(*class, ty)).map(|(_, events)| (*events, owner))
    });
    found.ok_or_else(|| vm.type_error("an irq object is needed"))
}

/// The arguments of `irq(handler=None, trigger, hard=False)`: the handler, the bits, and whether it is a hard one; `None` where nothing is given.
///
/// # Errors
/// `TypeError` for others, `ValueError` for bits that are not among the `allowed`.
pub fn arguments(vm: &Vm, args: Args, default: isize, allowed: isize) -> Outcome<Option<(Word, isize, bool)>> {
    vm.only_keywords(args, &[name!(handler), name!(trigger), name!(hard)])?;
    if args.len() == 1 && args.keyword_count() == 0 {
        return Ok(None);
    }
    let handler = args.either(1, name!(handler)).unwrap_or(Word::NONE);
    let trigger = args.either(2, name!(trigger)).map_or(Ok(default), |word| bits(vm, word, allowed))?;
    let hard = args.either(3, name!(hard)).map_or(Ok(false), |word| vm.truth(word))?;
    Ok(Some((handler, trigger, hard)))
}

/// The bits of a trigger.
///
/// # Errors
/// `ValueError` for others than the `allowed`.
pub fn bits(vm: &Vm, word: Word, allowed: isize) -> Outcome<isize> {
    let bits = vm.index(word)?;
    if bits & !allowed == 0 { Ok(bits) } else { Err(vm.value_error("there are no such events in trigger")) }
}
