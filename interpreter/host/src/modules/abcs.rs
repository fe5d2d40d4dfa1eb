//! `_abcs`: what abstract classes have answered already. `abc` is Python over it.
//!
//! An abstract class keeps the answers that it gave about classes by the version of each, a number that is another one after every change
//! of the class; so nothing is kept alive, and no answer is older than its class. A "no" holds until something is registered anywhere.

use interpreter::object::class::{Class, as_class, is_class, lookup_special};
use interpreter::object::dict::Dict;
use interpreter::object::handle::{Args, Handle, as_type, type_word};
use interpreter::object::int;
use interpreter::object::kind::Type;
use interpreter::object::list::List;
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::table;
use interpreter::vm::{Outcome, Vm};

table! { pub ROWS, NAMES, DOCS:
    /// has_instance(cls, object): `ABCMeta.__instancecheck__`.
    method def has_instance(2) = has_instance;
    /// has_subclass(cls, subclass): `ABCMeta.__subclasscheck__`.
    method def has_subclass(2) = has_subclass;
}

/// Names beside those of the table.
pub const MORE: &[&str] = &["_abcs", "_abc_answers", "_slow_subclasscheck", "__subclasscheck__"];

/// More answers than this are forgotten, all at once.
const MOST: usize = 1000;

/// The answers of an abstract class, by the classes that they are about: `True`, or the count of registrations for a no.
struct Answers {
    known: Handle<Dict>,
    registered: Word,
}

impl Answers {
    /// What `_abc_answers` of the class itself is: `(answers, [how often something was registered])`.
    fn of(vm: &Vm, class: Word) -> Option<Answers> {
        let class = Handle::<Class>::from(class)?;
        let name = name!(_abc_answers);
        let position = class.map.position_of_name(Word::name(name), || vm.name_hash(name))?;
        let pair: Handle<Tuple> = Handle::from(class.map.entry(position)?.1)?;
        Some(Answers { known: Handle::from(pair.at(0)?)?, registered: Handle::<List>::from(pair.at(1)?)?.at(0)? })
    }

    /// By what the answers about a class are kept; `None` if they must not be.
    fn key(ty: &'static Type) -> Option<isize> {
        match as_class(ty) {
            // A builtin type is there forever.
            None => Some(-(type_word(ty).address() as isize)),
            Some(class) => Some(class.version() as isize).filter(|version| *version != 0),
        }
    }

    fn about(&self, ty: &'static Type) -> Option<bool> {
        let key = Answers::key(ty)?;
        let position = self.known.map.position_of_name(Word::int(key), || int::fold(key as i64))?;
        let (_, answer) = self.known.map.entry(position)?;
        if answer == Word::TRUE { Some(true) } else { (answer == self.registered).then_some(false) }
    }

    fn keep(&self, vm: &Vm, ty: &'static Type, answer: bool) -> Outcome<()> {
        let Some(key) = Answers::key(ty) else { return Ok(()) };
        if self.known.map.len() >= MOST {
            self.known.map.clear(vm);
        }
        self.known.map.insert(vm, Word::int(key), if answer { Word::TRUE } else { self.registered }).map(|_| ())
    }
}

fn has_instance(vm: &Vm, args: Args) -> Outcome {
    let (class, object) = (args.at(0), args.at(1));
    let ty = vm.type_of(object);
    let ask = |ty: &'static Type| {
        if let Some(answer) = Answers::of(vm, class).and_then(|answers| answers.about(ty)) {
            return Ok(answer);
        }
        vm.truth(vm.call_method(class, name!(__subclasscheck__), &[type_word(ty)])?)
    };
    if ask(ty)? {
        return Ok(Word::TRUE);
    }
    // An object may say that it is of another class.
    if is_class(ty)
        && lookup_special(vm, ty, name!(__class__)).is_some()
        && let Some(said) = as_type(vm.attribute(object, name!(__class__))?).filter(|said| !core::ptr::eq(*said, ty))
    {
        return ask(said).map(Word::bool);
    }
    Ok(Word::FALSE)
}

fn has_subclass(vm: &Vm, args: Args) -> Outcome {
    let answers = Answers::of(vm, args.at(0));
    let ty = as_type(args.at(1));
    if let (Some(answers), Some(ty)) = (&answers, ty)
        && let Some(answer) = answers.about(ty)
    {
        return Ok(Word::bool(answer));
    }
    let answer = vm.truth(vm.call_method(args.at(0), name!(_slow_subclasscheck), &[args.at(1)])?)?;
    if let (Some(answers), Some(ty)) = (answers, ty) {
        answers.keep(vm, ty, answer)?;
    }
    Ok(Word::bool(answer))
}
