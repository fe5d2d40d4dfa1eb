//! `_bisection`: the place of an item in a sorted list. `bisect` is Python over it, for what is no list and for keys.

use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::Binary;
use interpreter::object::list::List;
use interpreter::object::name::Name;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// bisect_right(a, x, lo=0, hi=None, *, key=None): the place behind all that are not greater.
    def bisect_right(0.., keywords) = |vm, args| search(vm, args, name!(_slow_right), true);
    /// bisect_left(a, x, lo=0, hi=None, *, key=None): the place before all that are not less.
    def bisect_left(0.., keywords) = |vm, args| search(vm, args, name!(_slow_left), false);
}

/// Names beside those of the table.
pub const MORE: &[&str] = &["_bisection", "_slow_left", "_slow_right", "bisect"];

fn search(vm: &Vm, args: Args, slow: Name, right: bool) -> Outcome {
    let plain = (args.len() == 2 && args.keyword_count() == 0).then(|| Handle::<List>::from(args.at(0))).flatten();
    let Some(list) = plain else {
        return vm.call_args(vm.attribute(vm.import_frozen(name!(bisect))?, slow)?, args);
    };
    let sought = args.at(1);
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low.midpoint(high);
        // Comparing may run Python, which may make the list shorter.
        let Some(item) = list.at(middle) else { break };
        let (a, b) = if right { (sought, item) } else { (item, sought) };
        let is_less = match (a.as_int(), b.as_int()) {
            (Some(a), Some(b)) => a < b,
            _ => vm.truth(vm.binary(Binary::Less, a, b)?)?,
        };
        if is_less == right {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Word::int(low as isize))
}
