//! What `Pattern.scanner` answers: it finds a match where the one before it ended, or behind that. Programs that cut text into pieces know it.

use super::machine::Anchor;
use super::pattern;
use crate::object::handle::Args;
use crate::object::kind::{Access, Slots, Type};
use crate::object::resource::resource_type;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// match(): the match that begins here, or None.
    def r#match(1) = |vm, args| following(vm, args, Anchor::Start);
    /// search(): the next match, or None.
    def search(1) = |vm, args| following(vm, args, Anchor::None);
}

/// The name of its type.
pub const MORE: &[&str] = &["re.Scanner"];

static SLOTS: Slots = Slots {
    attribute: Some(|vm, word, name, access| match (vm.resource(word, &SCANNER), access) {
        (Some(scanner), Access::Load) if name == name!(pattern) => Ok(scanner.state[0].get()),
        _ => Ok(Word::UNSET),
    }),
    ..Slots::NONE
};

/// A scanner. Its state is that of an iterator over matches.
pub(super) static SCANNER: Type = resource_type(name!("re.Scanner"), &SLOTS, ROWS);

fn following(vm: &Vm, args: Args, anchor: Anchor) -> Outcome {
    let scanner = vm.resource(args.at(0), &SCANNER).ok_or_else(|| vm.type_error("a scanner is needed"))?;
    Ok(pattern::following(vm, scanner, anchor)?.set().unwrap_or(Word::NONE))
}
