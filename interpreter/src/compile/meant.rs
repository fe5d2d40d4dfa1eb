//! Expressions that are Python and most likely not what was meant: the compiler warns of them (`source/warning.rs`).

use super::generator::{Generator, as_node};
use crate::object::bytes::BYTES;
use crate::object::str::STR;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;
use crate::vm::raise::Part;

/// Operators of comparisons, as in `Compare`.
const IS: u8 = 8;
const IS_NOT: u8 = 9;

impl Generator<'_> {
    fn warn(&self, node: Node, parts: &[Part]) -> Outcome<()> {
        self.shared.warnings.note(self.vm, self.tree.line(node), parts)
    }

    /// The type of a literal or display, and whether it is a constant.
    fn literal_type(&self, item: Item) -> Option<(Part<'static>, bool)> {
        let (name, is_constant) = match item {
            Item::Constant(value) => return Some((Part::TypeOf(value), true)),
            Item::Token(Token::None) => ("NoneType", false),
            Item::Token(Token::True | Token::False) => ("bool", false),
            Item::Token(Token::Ellipsis) => ("ellipsis", false),
            Item::Node(node) => match node.kind() {
                Kind::Unary => match self.tree.child(node, 1) {
                    Some(Item::Constant(value)) => return Some((Part::TypeOf(value), true)),
                    _ => return None,
                },
                Kind::Tuple => {
                    let is_constant = |item| self.literal_type(item).is_some_and(|(_, constant)| constant);
                    ("tuple", self.tree.children(node).all(is_constant))
                }
                Kind::List | Kind::ListComprehension => ("list", false),
                Kind::Dict | Kind::DictComprehension => ("dict", false),
                Kind::Set | Kind::SetComprehension => ("set", false),
                Kind::Generator | Kind::LoneGenerator => ("generator", false),
                Kind::Lambda => ("function", false),
                _ => return None,
            },
            _ => return None,
        };
        Some((Part::Text(name), is_constant))
    }

    /// `x is 1`: whether two equal numbers or texts are the same one, nobody can tell.
    #[inline(always)]
    pub(super) fn check_identity(&self, node: Node, left: Item, operator: u8, right: Item) -> Outcome<()> {
        if operator < IS { Ok(()) } else { self.warn_of_identity(node, left, operator, right) }
    }

    #[inline(never)]
    fn warn_of_identity(&self, node: Node, left: Item, operator: u8, right: Item) -> Outcome<()> {
        let literal = |item| self.literal_type(item).filter(|(_, is_constant)| *is_constant);
        let Some((kind, _)) = literal(left).or_else(|| literal(right)) else { return Ok(()) };
        let (word, instead) = if operator == IS_NOT { ("\"is not\" with '", "!=") } else { ("\"is\" with '", "==") };
        let parts = [Part::Text(word), kind, Part::Text("' literal. Did you mean \""), Part::Text(instead), Part::Text("\"?")];
        self.warn(node, &parts)
    }

    /// `"a" (b)`, `[a] [b, c]`: a comma is missing, most likely.
    #[inline(always)]
    pub(super) fn check_trailer(&self, node: Node, atom: Item, trailer: Option<Item>) -> Outcome<()> {
        match atom {
            Item::Name(_) => Ok(()),
            _ => self.warn_of_trailer(node, atom, trailer),
        }
    }

    #[inline(never)]
    fn warn_of_trailer(&self, node: Node, atom: Item, trailer: Option<Item>) -> Outcome<()> {
        let (Some((kind, _)), Some(Item::Node(trailer))) = (self.literal_type(atom), trailer) else { return Ok(()) };
        let is_lambda = as_node(atom, Kind::Lambda).is_some();
        let comma = Part::Text("; perhaps you missed a comma?");
        if trailer.kind() == Kind::Arguments {
            return match is_lambda {
                true => Ok(()),
                false => self.warn(node, &[Part::Text("'"), kind, Part::Text("' object is not callable"), comma]),
            };
        }
        let is_sequence = match atom {
            Item::Constant(value) => [&STR, &BYTES].iter().any(|ty| self.vm.is_instance(value, ty)),
            Item::Node(node) if matches!(node.kind(), Kind::Dict | Kind::DictComprehension) => return Ok(()),
            Item::Node(node) => matches!(node.kind(), Kind::Tuple | Kind::List | Kind::ListComprehension),
            _ => false,
        };
        if !is_sequence {
            return self.warn(node, &[Part::Text("'"), kind, Part::Text("' object is not subscriptable"), comma]);
        }
        let index = self.tree.child(trailer, 0).filter(|_| self.tree.child(trailer, 1).is_none());
        let is_index = |value| crate::object::word::Word::is_int(value);
        let wrong = match index {
            Some(Item::Constant(value)) if is_index(value) => None,
            Some(Item::Token(Token::True | Token::False)) => None,
            Some(Item::Node(node)) if node.kind() == Kind::Unary => None,
            Some(item) => self.literal_type(item),
            None => None,
        };
        let Some((index, _)) = wrong else { return Ok(()) };
        self.warn(node, &[kind, Part::Text(" indices must be integers or slices, not "), index, comma])
    }

    /// `assert (x, "why")`: a tuple with something in it is true.
    pub(super) fn check_assertion(&self, node: Node, test: Item) -> Outcome<()> {
        match as_node(test, Kind::Tuple).and_then(|tuple| self.tree.child(tuple, 0)) {
            Some(_) => self.warn(node, &[Part::Text("assertion is always true, perhaps remove parentheses?")]),
            None => Ok(()),
        }
    }
}
