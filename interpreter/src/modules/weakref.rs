//! `weakref`: references that do not keep their object alive, and finalizers. How the collector knows them is in `vm::weak`.

use crate::object::class::as_class;
use crate::object::class::detail::has_weak_slot;
use crate::object::exception::TYPE_ERROR;
use crate::object::handle::{Args, Handle, type_word};
use crate::object::kind::{Access, Binary, Kind, Rows, Slots, Type, Unary};
use crate::object::name::Name;
use crate::object::print::{Printer, Style};
use crate::object::resource::Resource;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::vm::raise::Part;
use crate::vm::weak::{AT_EXIT, CALLBACK, LINK, REFERENT, weak_type};
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

table! { pub ROWS, NAMES, DOCS:
    /// ref(object[, callback]): a weak reference; called, it answers the object, or None when that is gone.
    const r#ref = type_word(&REFERENCE);
    /// finalize(object, function, *args, **kwargs): calls function when the object is gone.
    const finalize = type_word(&FINALIZE);
    /// getweakrefs(object): the references to it, in a list.
    #[cfg(feature = "full")]
    def getweakrefs(1) = |vm, args| vm.references_to(args.at(0));
}

/// What finalizers have.
pub mod finalizer {
    use super::{FINALIZE, REFERENT, parts, reference};
    use crate::object::word::Word;
    use crate::vm::weak::CALLBACK;

    table! { pub ROWS, NAMES, DOCS:
        /// peek(): (object, function, args, kwargs) while it is alive.
        def peek(1) = |vm, args| {
            let this = reference(vm, args.at(0), &FINALIZE)?;
            let Some(parts) = parts(this) else { return Ok(Word::NONE) };
            let part = |index: usize| parts.at(index).unwrap_or(Word::NONE);
            vm.new_tuple(&[this.state[REFERENT].get().set().unwrap_or(Word::NONE), part(0), part(1), part(2)])
        };
        /// detach(): the same, and it is not alive any more.
        def detach(1) = |vm, args| {
            let answer = vm.call_method(args.at(0), name!(peek), &[])?;
            reference(vm, args.at(0), &FINALIZE)?.state[CALLBACK].set(Word::NONE);
            Ok(answer)
        };
    }
}

/// Further names.
pub const MORE: &[&str] = &["alive", "atexit", "__callback__"];

static REF_SLOTS: Slots = Slots {
    make: Some(make_ref),
    call: Some(call_ref),
    print: Some(|vm, _, out, _| out.text(vm, "<ref>")),
    unary: Some(unary),
    binary: Some(binary),
    attribute: Some(ref_attribute),
    ..Slots::NONE
};
static FINALIZE_SLOTS: Slots = Slots {
    make: Some(make_finalize),
    call: Some(call_finalize),
    print: Some(print_finalize),
    attribute: Some(finalize_attribute),
    ..Slots::NONE
};

/// `ref`.
pub static REFERENCE: Type = weak_type(name!(r#ref), &REF_SLOTS, Rows::NONE);
static FINALIZE: Type = weak_type(name!(finalize), &FINALIZE_SLOTS, finalizer::ROWS);

fn reference(vm: &Vm, word: Word, ty: &'static Type) -> Outcome<Handle<Resource>> {
    vm.resource(word, ty).ok_or_else(|| vm.type_error("argument has wrong type"))
}

/// Numbers, text and tuples are values: there is no telling when one of them is gone.
fn check(vm: &Vm, word: Word) -> Outcome<()> {
    let values = [Kind::Int, Kind::Float, Kind::Complex, Kind::Str, Kind::Bytes, Kind::Tuple];
    let ty = vm.type_of(word);
    let has_no_place = match as_class(ty).filter(|class| ty.kind == Kind::Instance && class.is_closed()) {
        Some(_) => !has_weak_slot(vm, ty)?,
        None => false,
    };
    if word.is_object() && !values.contains(&ty.kind) && !has_no_place {
        return Ok(());
    }
    let parts = [Part::Text("cannot create weak reference to '"), Part::TypeOf(word), Part::Text("' object")];
    Err(vm.raise(&TYPE_ERROR, &parts))
}

fn make_ref(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 1, 2)?;
    check(vm, args.at(0))?;
    vm.new_weak(&REFERENCE, args.at(0), args.get(1).unwrap_or(Word::NONE), false)
}

fn referent(word: Handle<Resource>) -> Option<Word> {
    word.state[REFERENT].get().set().filter(|word| word.as_int().is_none())
}

fn call_ref(vm: &Vm, word: Word, args: Args) -> Outcome {
    vm.expect_count(args, 0, 0)?;
    Ok(referent(reference(vm, word, &REFERENCE)?).unwrap_or(Word::NONE))
}

fn unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let this = reference(vm, word, &REFERENCE)?;
    match (operator, referent(this)) {
        (Unary::Hash, Some(object)) => {
            let hash = Word::int(vm.hash(object)? as isize & Word::INT_MAX);
            this.state[LINK].set(hash);
            Ok(hash)
        }
        (Unary::Hash, None) => match this.state[REFERENT].get() {
            hash if hash.as_int().is_some() => Ok(hash),
            _ => Err(vm.type_error("weak object has gone away")),
        },
        (Unary::Bool, _) => Ok(Word::TRUE),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn binary(vm: &Vm, operator: Binary, lhs: Word, rhs: Word) -> Outcome {
    let (this, Some(other)) = (reference(vm, lhs, &REFERENCE)?, vm.resource(rhs, &REFERENCE)) else { return Ok(Word::NOT_IMPLEMENTED) };
    let same = match (operator, referent(this), referent(other)) {
        (Binary::Equal | Binary::NotEqual, Some(a), Some(b)) => vm.equal(a, b)?,
        (Binary::Equal | Binary::NotEqual, ..) => lhs == rhs,
        _ => return Ok(Word::NOT_IMPLEMENTED),
    };
    Ok(Word::bool(same == (operator == Binary::Equal)))
}

fn ref_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    match access {
        Access::Load if name == name!(__callback__) => {
            let this = reference(vm, word, &REFERENCE)?;
            Ok(if referent(this).is_some() { this.state[CALLBACK].get() } else { Word::NONE })
        }
        _ => Ok(Word::UNSET),
    }
}

fn make_finalize(vm: &Vm, _: &'static Type, args: Args) -> Outcome {
    if args.len() < 2 {
        return Err(vm.type_error("function missing required positional arguments"));
    }
    check(vm, args.at(0))?;
    let keywords = vm.new_dict()?;
    for (name, value) in args.keywords() {
        keywords.map.insert(vm, name, value)?;
    }
    let rest: &[Cell<Word>] = &args.positional()[2..];
    let parts = vm.new_tuple(&[args.at(1), vm.new_tuple_from_cells(rest)?, keywords.word(), Word::TRUE])?;
    vm.new_weak(&FINALIZE, args.at(0), parts, true)
}

/// The function and its arguments, while the finalizer is alive.
fn parts(this: Handle<Resource>) -> Option<Handle<Tuple>> {
    Handle::from(this.state[CALLBACK].get())
}

fn call_finalize(vm: &Vm, word: Word, args: Args) -> Outcome {
    vm.expect_count(args, 0, 0)?;
    let this = reference(vm, word, &FINALIZE)?;
    let Some(parts) = parts(this) else { return Ok(Word::NONE) };
    this.state[CALLBACK].set(Word::NONE);
    vm.call_parts(parts)
}

fn print_finalize(vm: &Vm, word: Word, out: &mut Printer, _: Style) -> Outcome<()> {
    let alive = parts(reference(vm, word, &FINALIZE)?).is_some();
    out.text(vm, if alive { "<finalize>" } else { "<finalize dead>" })
}

fn finalize_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let parts = parts(reference(vm, word, &FINALIZE)?);
    match access {
        Access::Load if name == name!(alive) => Ok(Word::bool(parts.is_some())),
        Access::Load if name == name!(atexit) => Ok(parts.and_then(|parts| parts.at(AT_EXIT)).unwrap_or(Word::FALSE)),
        Access::Store(value) if name == name!(atexit) => {
            let runs = Word::bool(vm.truth(value)?);
            if let Some(parts) = parts {
                parts.get().tail()[AT_EXIT].set(runs);
            }
            Ok(Word::NONE)
        }
        _ => Ok(Word::UNSET),
    }
}
