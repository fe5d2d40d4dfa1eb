//! What programs set on streams: `sys.stdout.write = …`, `file.label = …`. Hosts only.
//!
//! A stream has no room for such: all of them share one dict, by stream. Few programs set anything, and what is set keeps its stream.

use crate::object::dict::Dict;
use crate::object::handle::Handle;
use crate::object::kind::Access;
use crate::object::name::Name;
use crate::object::word::Word;
use crate::vm::{Outcome, Root, Vm};

/// What a stream knows itself, and no program changes.
const FIXED: &[Name] = &[name!(closed), name!(encoding), name!(errors), name!(newlines)];

/// The attributes that were set on a stream; `None` if there are none and `make` is not said.
fn dict(vm: &Vm, stream: Word, make: bool) -> Outcome<Option<Handle<Dict>>> {
    let all = match Handle::<Dict>::from(vm.root(Root::Streams)) {
        Some(all) => all,
        None if !make => return Ok(None),
        None => {
            let all = vm.new_dict()?;
            vm.set_root(Root::Streams, all.word());
            all
        }
    };
    if let Some(own) = all.map.get(vm, stream)? {
        return Ok(Handle::from(own));
    }
    if !make {
        return Ok(None);
    }
    let own = vm.new_dict()?;
    all.map.insert(vm, stream, own.word())?;
    Ok(Some(own))
}

/// An attribute that a program has set, sets or removes; `UNSET` to look further.
///
/// # Errors
/// `MemoryError`.
pub fn attribute(vm: &Vm, stream: Word, name: Name, access: Access) -> Outcome {
    let key = Word::name(name);
    match access {
        Access::Load => match dict(vm, stream, false)? {
            Some(own) => Ok(own.map.get(vm, key)?.unwrap_or(Word::UNSET)),
            None => Ok(Word::UNSET),
        },
        _ if FIXED.contains(&name) => Ok(Word::UNSET),
        Access::Store(value) => {
            let own = dict(vm, stream, true)?.expect("made if it was not there");
            own.map.insert(vm, key, value)?;
            Ok(Word::NONE)
        }
        Access::Delete => match dict(vm, stream, false)? {
            Some(own) => Ok(own.map.remove(vm, key)?.map_or(Word::UNSET, |_| Word::NONE)),
            None => Ok(Word::UNSET),
        },
    }
}

/// Whether a program has set something on a stream: then it is asked by its methods.
///
/// # Errors
/// `MemoryError`.
pub fn is_changed(vm: &Vm, stream: Word) -> Outcome<bool> {
    Ok(dict(vm, stream, false)?.is_some_and(|own| !own.map.is_empty()))
}
