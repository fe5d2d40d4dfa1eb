//! What is wrong with the arguments of a call of a Python function, with operands or a local, in CPython's words: hosts only.

use super::raise::Part::{Int, Name as NamePart, Str, Text, TypeOf};
use super::{Outcome, Raised, Vm};
use crate::object::bytearray::BYTEARRAY;
use crate::object::bytes::BYTES;
use crate::object::exception::detail::UNBOUND;
use crate::object::exception::{NAME_ERROR, TYPE_ERROR};
use crate::object::function::Function;
use crate::object::handle::Handle;
use crate::object::kind::Binary;
use crate::object::list::LIST;
use crate::object::name::Name;
use crate::object::print::{Builder, Printer};
use crate::object::str::STR;
use crate::object::tuple::TUPLE;
use crate::object::word::Word;

/// The function that was called.
type Called = Handle<Function>;

/// How many positional arguments were given, and whether others came by keyword.
type Given = (usize, bool);

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl Vm {
    /// An operator that neither operand knows.
    #[cold]
    #[inline(never)]
    pub(super) fn unsupported_binary(&self, operator: Binary, a: Word, b: Word) -> Raised {
        let (symbol, compares) = operator.plain().symbol();
        if compares {
            let between = Text("' not supported between instances of '");
            let parts = [Text("'"), Text(symbol), between, TypeOf(a), Text("' and '"), TypeOf(b), Text("'")];
            return self.raise(&TYPE_ERROR, &parts);
        }
        let is_sequence = |word| [&STR, &LIST, &TUPLE, &BYTES, &BYTEARRAY].into_iter().any(|ty| self.is_instance(word, ty));
        match operator.plain() {
            Binary::Add if is_sequence(a) => {
                let of_bytes = self.is_instance(a, &BYTES) || self.is_instance(a, &BYTEARRAY);
                let bytes = [Text("can't concat "), TypeOf(b), Text(" to "), TypeOf(a)];
                let others = [Text("can only concatenate "), TypeOf(a), Text(" (not \""), TypeOf(b), Text("\") to "), TypeOf(a)];
                return self.raise(&TYPE_ERROR, if of_bytes { &bytes } else { &others });
            }
            Binary::Mul if is_sequence(a) || is_sequence(b) => {
                let by = if is_sequence(a) { b } else { a };
                return self.raise(&TYPE_ERROR, &[Text("can't multiply sequence by non-int of type '"), TypeOf(by), Text("'")]);
            }
            _ => {}
        }
        let in_place = operator.plain() != operator;
        let symbol = if in_place && operator.plain() == Binary::Pow { "**" } else { symbol };
        let equals = Text(if in_place { "=" } else { "" });
        let parts = [
            Text("unsupported operand type(s) for "),
            Text(symbol),
            equals,
            Text(": '"),
            TypeOf(a),
            Text("' and '"),
            TypeOf(b),
            Text("'"),
        ];
        self.raise(&TYPE_ERROR, &parts)
    }

    /// Arguments for a new instance of a class that wants none.
    #[cold]
    pub(crate) fn takes_no_arguments(&self, instance: Word, _: usize) -> Raised {
        self.raise(&TYPE_ERROR, &[TypeOf(instance), Text("() takes no arguments")])
    }

    /// A local that has no value is wanted.
    #[cold]
    #[inline(never)]
    pub(super) fn unbound_local(&self, function: Handle<Function>, index: usize) -> Outcome<()> {
        let prototype = function.get().prototype.get();
        if index >= prototype.named_locals() {
            // Saved code knows no names.
            if prototype.is_free(index) {
                return Err(self.raise_text(&NAME_ERROR, "free variable referenced before assignment in enclosing scope"));
            }
            return Err(self.raise_text(UNBOUND, "local variable referenced before assignment"));
        }
        let name = NamePart(prototype.parameter(index));
        if prototype.is_free(index) {
            let parts = [
                Text("cannot access free variable '"),
                name,
                Text("' where it is not associated with a value in enclosing scope"),
            ];
            return Err(self.raise(&NAME_ERROR, &parts));
        }
        let parts = [Text("cannot access local variable '"), name, Text("' where it is not associated with a value")];
        Err(self.raise(UNBOUND, &parts))
    }

    /// More positional arguments than parameters. `out` has the parameters' values so far.
    #[cold]
    pub(super) fn too_many_arguments(&self, called: Called, given: usize, out: &[Word]) -> Raised {
        let head = &called.prototype.get().head;
        let wanted = head.positional as usize;
        if called.name() == name!("<lambda>") {
            // MicroPython's words: its test-suite tells by them what kind of interpreter this is.
            let (wanted, given) = (Int(wanted as isize), Int(given as isize));
            let parts = [Text("function takes "), wanted, Text(" positional arguments but "), given, Text(" were given")];
            return self.raise(&TYPE_ERROR, &parts);
        }
        let required = wanted - called.get().defaults().map_or(0, |defaults| defaults.len()).min(wanted);
        let named = out[wanted..wanted + head.keyword_only as usize].iter().filter(|value| **value != Word::UNSET).count();
        let parts = [
            Str(self.qualified_name(called)),
            Text(if required < wanted { "() takes from " } else { "() takes " }),
            Int(required as isize),
            Text(if required < wanted { " to " } else { "" }),
            if required < wanted { Int(wanted as isize) } else { Text("") },
            Text(" positional argument"),
            Text(plural(wanted)),
            Text(" but "),
            Int(given as isize),
            Text(if named > 0 { " positional argument" } else { "" }),
            Text(if named > 0 { plural(given) } else { "" }),
            Text(if named > 0 { " (and " } else { "" }),
            if named > 0 { Int(named as isize) } else { Text("") },
            Text(if named > 0 { " keyword-only argument" } else { "" }),
            Text(if named > 0 { plural(named) } else { "" }),
            Text(if named > 0 { ")" } else { "" }),
            Text(if given == 1 && named == 0 { " was given" } else { " were given" }),
        ];
        self.raise(&TYPE_ERROR, &parts)
    }

    /// Positional parameters without a value, the first of them at `first`; those from `required` on have defaults.
    #[cold]
    pub(super) fn missing_positional(&self, called: Called, out: &[Word], (first, required): (usize, usize), _: Given) -> Raised {
        let missing = |index: &usize| out[*index] == Word::UNSET;
        self.missing(called, " required positional argument", &|| (first..required).filter(missing))
    }

    /// Keyword-only parameters without a value, the first of them at `first`.
    #[cold]
    pub(super) fn missing_keywords(&self, called: Called, out: &[Word], first: usize) -> Raised {
        let head = &called.prototype.get().head;
        let end = (head.positional + head.keyword_only) as usize;
        let has_default = |index: usize| {
            let name = called.prototype.get().parameter(index);
            called.get().keyword_defaults().is_some_and(|defaults| self.name_in(defaults, name).is_some())
        };
        let missing = |index: &usize| out[*index] == Word::UNSET && !has_default(*index);
        self.missing(called, " required keyword-only argument", &|| (first..end).filter(missing))
    }

    fn missing<I: Iterator<Item = usize>>(&self, called: Called, what: &str, missing: &dyn Fn() -> I) -> Raised {
        let count = missing().count();
        let names = match self.listed(called, count, missing()) {
            Ok(names) => names,
            Err(raised) => return raised,
        };
        let parts = [
            Str(self.qualified_name(called)),
            Text("() missing "),
            Int(count as isize),
            Text(what),
            Text(plural(count)),
            Text(": "),
            Str(names),
        ];
        self.raise(&TYPE_ERROR, &parts)
    }

    /// `'a', 'b', and 'c'`.
    fn listed(&self, called: Called, count: usize, parameters: impl Iterator<Item = usize>) -> Outcome {
        let mut names = Builder::new();
        let mut out = Printer::new(&mut names);
        for (told, index) in parameters.enumerate() {
            let before = match told {
                0 => "'",
                _ if told + 1 < count => ", '",
                1 => " and '",
                _ => ", and '",
            };
            for text in [before, self.name_text(called.prototype.get().parameter(index)), "'"] {
                out.text(self, text)?;
            }
        }
        names.finish_str(self)
    }

    /// A parameter has a value already.
    #[cold]
    pub(super) fn argument_twice(&self, called: Called, name: Name) -> Raised {
        self.argument_error(called, "() got multiple values for argument '", name)
    }

    /// No parameter takes this keyword argument, one of `keywords` (pairs).
    #[cold]
    pub(super) fn unexpected_argument(&self, called: Called, name: Name, keywords: &[Word]) -> Raised {
        let prototype = called.prototype.get();
        let misused = || {
            let only = (0..prototype.head.positional_only as usize).map(|index| prototype.parameter(index));
            only.filter(|only| keywords.iter().step_by(2).any(|given| *given == Word::name(*only)))
        };
        if misused().next().is_none() {
            return self.argument_error(called, "() got an unexpected keyword argument '", name);
        }
        let mut names = Builder::new();
        let mut out = Printer::new(&mut names);
        let written = misused().enumerate().try_for_each(|(index, name)| {
            out.text(self, if index > 0 { ", " } else { "" })?;
            out.text(self, self.name_text(name))
        });
        match written.and_then(|()| names.finish_str(self)) {
            Ok(names) => {
                let what = Text("() got some positional-only arguments passed as keyword arguments: '");
                self.raise(&TYPE_ERROR, &[Str(self.qualified_name(called)), what, Str(names), Text("'")])
            }
            Err(raised) => raised,
        }
    }

    fn argument_error(&self, called: Called, what: &str, name: Name) -> Raised {
        self.raise(&TYPE_ERROR, &[Str(self.qualified_name(called)), Text(what), NamePart(name), Text("'")])
    }

    /// What a function calls itself; its plain name if that cannot be asked.
    fn qualified_name(&self, called: Called) -> Word {
        self.find_attribute(called.word(), name!(__qualname__)).unwrap_or_else(|raised| {
            self.take_raised(raised);
            Word::name(called.name())
        })
    }
}
