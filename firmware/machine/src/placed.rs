//! Arguments that have a place and a name: MicroPython's drivers take most of theirs either way.

use core::cell::Cell;
use interpreter::object::handle::Args;
use interpreter::object::name::Name;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};

/// Names of arguments that have places and are no keywords elsewhere.
pub const MORE: &[&str] = &["send", "recv", "data", "addr", "memaddr", "freq", "mode", "bank", "fifo", "params", "list", "id"];

/// Words of a call: its object, arguments in their places, and pairs of a name and a value.
const MOST: usize = 16;

/// Calls a method with its arguments in their places, of which a program may give those of these names by name; `least` of them it must give.
///
/// # Errors
/// `TypeError` where one is missing, or there are too many; what the method raises.
pub fn placed(vm: &Vm, args: Args, names: &[Name], least: usize, method: fn(&Vm, Args) -> Outcome) -> Outcome {
    if args.len().max(names.len() + 1) + 2 * args.keyword_count() > MOST {
        return Err(vm.type_error("extra keyword arguments given"));
    }
    let words = [const { Cell::new(Word::NONE) }; MOST];
    let mut count = 0;
    while let Some(word) = args.get(count).or_else(|| args.keyword(*names.get(count.wrapping_sub(1))?)) {
        words[count].set(word);
        count += 1;
    }
    if count <= least {
        return Err(vm.type_error("an argument is missing"));
    }
    let mut end = count;
    for (name, value) in args.keywords().filter(|(name, _)| names.iter().all(|own| Word::name(*own) != *name)) {
        words[end].set(name);
        words[end + 1].set(value);
        end += 2;
    }
    method(vm, Args::with_keywords(&words[..end], count))
}
