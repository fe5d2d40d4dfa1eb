//! What is wrong with the arguments of a call of a Python function, with operands or a local, without the names of functions.

use super::raise::Part::{Int, Name as NamePart, Text, TypeOf};
use super::{Outcome, Raised, Vm};
use crate::object::exception::TYPE_ERROR;
use crate::object::exception::detail::UNBOUND;
use crate::object::function::Function;
use crate::object::handle::Handle;
use crate::object::kind::Binary;
use crate::object::name::Name;
use crate::object::word::Word;

/// The function that was called.
type Called = Handle<Function>;

/// How many positional arguments were given, and whether others came by keyword.
type Given = (usize, bool);

impl Vm {
    /// An operator that neither operand knows.
    #[cold]
    #[inline(never)]
    pub(super) fn unsupported_binary(&self, operator: Binary, a: Word, b: Word) -> Raised {
        let (a, b) = (TypeOf(a), TypeOf(b));
        let parts = [Text("unsupported types for "), NamePart(operator.method()), Text(": '"), a, Text("', '"), b, Text("'")];
        self.raise(&TYPE_ERROR, &parts)
    }

    /// Arguments for a new instance of a class that wants none.
    #[cold]
    pub(crate) fn takes_no_arguments(&self, _: Word, given: usize) -> Raised {
        let parts = [Text("function takes 0 positional arguments but "), Int(given as isize), Text(" were given")];
        self.raise(&TYPE_ERROR, &parts)
    }

    /// A local that has no value is wanted.
    #[inline(always)]
    pub(super) fn unbound_local(&self, _: Handle<Function>, _: usize) -> Outcome<()> {
        self.unbound()
    }

    #[cold]
    #[inline(never)]
    fn unbound(&self) -> Outcome<()> {
        Err(self.raise_text(UNBOUND, "local variable referenced before assignment"))
    }

    /// More positional arguments than parameters.
    #[inline]
    pub(super) fn too_many_arguments(&self, called: Called, given: usize, _: &[Word]) -> Raised {
        self.wrong_count(called.prototype.get().head.positional as usize, given)
    }

    /// The positional parameter at `first` has no value.
    #[inline]
    pub(super) fn missing_positional(&self, _: Called, _: &[Word], (first, required): (usize, usize), given: Given) -> Raised {
        match given {
            (_, true) => {
                let parts = [Text("function missing required positional argument #"), Int(first as isize + 1)];
                self.raise(&TYPE_ERROR, &parts)
            }
            (given, false) => self.wrong_count(required, given),
        }
    }

    /// The keyword-only parameter at `first` has no value.
    #[inline]
    pub(super) fn missing_keywords(&self, called: Called, _: &[Word], first: usize) -> Raised {
        self.argument_error("function missing required keyword argument '", called.prototype.get().parameter(first))
    }

    /// A parameter has a value already.
    #[inline]
    pub(super) fn argument_twice(&self, _: Called, name: Name) -> Raised {
        self.argument_error("function got multiple values for argument '", name)
    }

    /// No parameter takes this keyword argument.
    #[inline]
    pub(super) fn unexpected_argument(&self, _: Called, name: Name, _: &[Word]) -> Raised {
        self.argument_error("unexpected keyword argument '", name)
    }

    #[cold]
    fn wrong_count(&self, wanted: usize, given: usize) -> Raised {
        let (wanted, given) = (Int(wanted as isize), Int(given as isize));
        let parts = [Text("function takes "), wanted, Text(" positional arguments but "), given, Text(" were given")];
        self.raise(&TYPE_ERROR, &parts)
    }

    #[cold]
    fn argument_error(&self, what: &str, name: Name) -> Raised {
        self.raise(&TYPE_ERROR, &[Text(what), NamePart(name), Text("'")])
    }
}
