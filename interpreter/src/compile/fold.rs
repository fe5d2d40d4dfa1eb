//! Constants computed while compiling: small ints, signs of numbers, tuples of constants; inside `const()`, any numbers.
//!
//! Elsewhere floats and big ints are left to run time, but for a sign: folding must never give another result than running would.

use super::Shared;
use super::expression::{binary_operator, unary_operator};
use super::generator::{Generator, as_node};
use super::statement::token_constant;
use crate::object::exception::MEMORY_ERROR;
use crate::object::kind::{Binary, Kind as ObjectKind, Unary};
use crate::object::name::Name;
use crate::object::word::Word;
use crate::source::tree::{Children, Item, Kind, Node};
use crate::vm::{Outcome, Vm};

impl Shared {
    /// The value that `name = const(…)` gave.
    pub(super) fn constant(&self, name: Name) -> Option<Word> {
        let name = Word::name(name);
        (0..self.constant_count.get()).find(|&i| self.constants.get(2 * i) == name).map(|i| self.constants.get(2 * i + 1))
    }

    fn set_constant(&self, vm: &Vm, name: Name, value: Word) -> Outcome<()> {
        let count = self.constant_count.get();
        let place = (0..count).find(|&i| self.constants.get(2 * i) == Word::name(name)).unwrap_or(count);
        if 2 * place >= self.constants.capacity() {
            vm.resize_words(&self.constants, 2 * (count + (count / 2).max(2)))?;
        }
        self.constants.set(2 * place, Word::name(name));
        self.constants.set(2 * place + 1, value);
        self.constant_count.set(count.max(place + 1));
        Ok(())
    }
}

impl<'c> Generator<'c> {
    /// The value of an expression that is constant.
    pub(super) fn fold(&mut self, item: Item) -> Outcome<Option<Word>> {
        let node = match item {
            Item::Constant(value) => return Ok(Some(value)),
            Item::Name(name) => {
                let is_global = self.scopes.place(self.unit.scope, name.get()) == super::scope::Place::Global;
                return Ok(if is_global { self.shared.constant(name.get()) } else { None });
            }
            Item::Token(_) => return Ok(token_constant(item)),
            Item::Node(node) => node,
            Item::Attribute(_) => return Ok(None),
        };
        self.vm.check_stack()?;
        match node.kind() {
            Kind::Unary => {
                let [Some(operator), Some(operand)] = self.parts(node) else { return Ok(None) };
                match (unary_operator(operator), self.fold(operand)?) {
                    (Some(operator), Some(value)) => self.fold_unary(operator, value),
                    _ => Ok(None),
                }
            }
            Kind::Binary => {
                let (value, mut rest) = self.fold_prefix(node)?;
                Ok(if rest.next().is_none() { value } else { None })
            }
            Kind::Tuple => self.fold_tuple(node),
            _ => Ok(None),
        }
    }

    /// `X = const(…)`: the value stands wherever X is read from now on; `_X` is not stored at all.
    #[inline(never)]
    pub(super) fn const_assignment(&mut self, node: Node, value: Item) -> Outcome<bool> {
        let (Some(Item::Name(target)), Some(primary)) = (self.tree.child(node, 0), as_node(value, Kind::Primary)) else {
            return Ok(false);
        };
        let [Some(Item::Name(callee)), Some(arguments), None] = self.parts(primary) else { return Ok(false) };
        let Some(arguments) = as_node(arguments, Kind::Arguments) else { return Ok(false) };
        if callee != name!("const") || self.tree.children(arguments).count() != 1 {
            return Ok(false);
        }
        let argument = self.child(arguments, 0)?;
        if self.shared.constant(target.get()).is_some() {
            return self.error(primary, "id already defined");
        }
        let Some(value) = self.fold_constant(argument)? else { return self.error(primary, "not a constant") };
        self.shared.set_constant(self.vm, target.get(), value)?;
        if !self.vm.name_text(target.get()).starts_with('_') {
            self.constant(value)?;
            self.store_name(target.get())?;
        }
        Ok(true)
    }

    /// The value of what `const` is given: of any numbers, and tuples of any depth; None for what is no constant or fails.
    fn fold_constant(&mut self, item: Item) -> Outcome<Option<Word>> {
        self.vm.check_stack()?;
        let node = match item {
            Item::Name(name) => return Ok(self.shared.constant(name.get())),
            Item::Node(node) => node,
            _ => return self.fold(item),
        };
        let mut children = self.tree.children(node);
        match node.kind() {
            Kind::Tuple => {
                let items = self.vm.new_list(&[])?;
                for child in children {
                    let Some(value) = self.fold_constant(child)? else { return Ok(None) };
                    self.vm.call_method(items, name!("append"), &[value])?;
                }
                self.vm.call(crate::object::handle::type_word(&crate::object::tuple::TUPLE), &[items]).map(Some)
            }
            Kind::Unary => {
                let (Some(operator), Some(operand)) = (children.next().and_then(unary_operator), children.next()) else {
                    return Ok(None);
                };
                let Some(value) = self.fold_constant(operand)? else { return Ok(None) };
                self.attempt(value, value, |vm| vm.unary(operator, value))
            }
            Kind::Binary => {
                let Some(first) = children.next() else { return Ok(None) };
                let mut value = self.fold_constant(first)?;
                while let (Some(left), Some(operator)) = (value, children.next().and_then(binary_operator)) {
                    let Some(operand) = children.next() else { return Ok(None) };
                    let Some(right) = self.fold_constant(operand)? else { return Ok(None) };
                    value = self.attempt(left, right, |vm| vm.binary(operator, left, right))?;
                }
                Ok(value)
            }
            Kind::Primary => Ok(self.module_constant(node)),
            _ => Ok(None),
        }
    }

    /// What an operation on numbers gives, if it gives anything. That memory ran out is no property of the operation.
    fn attempt(&self, a: Word, b: Word, operation: impl FnOnce(&Vm) -> Outcome) -> Outcome<Option<Word>> {
        let is_number = |word| matches!(self.vm.type_of(word).kind, ObjectKind::Int | ObjectKind::Float);
        if !is_number(a) || !is_number(b) {
            return Ok(None);
        }
        match operation(self.vm) {
            Err(raised) if !self.vm.is_instance(self.vm.peek_raised(raised), &MEMORY_ERROR) => {
                self.vm.take_raised(raised);
                Ok(None)
            }
            outcome => outcome.map(Some),
        }
    }

    /// A tuple all of whose items are constant.
    #[inline(never)]
    pub(super) fn fold_tuple(&mut self, node: Node) -> Outcome<Option<Word>> {
        if node.kind() == Kind::Tuple { self.fold_items(node) } else { Ok(None) }
    }

    /// What stands in a display, if all of that is constant, as a tuple.
    pub(super) fn fold_items(&mut self, node: Node) -> Outcome<Option<Word>> {
        let is_leaf = |item: &Item| !matches!(item, Item::Name(name) if self.shared.constant(name.get()).is_none());
        if !self.tree.children(node).all(|item| is_leaf(&item)) {
            return Ok(None);
        }
        let count = self.tree.children(node).count();
        if count == 0 {
            return Ok(Some(Word::of_static(&crate::object::tuple::EMPTY)));
        }
        let items = crate::object::handle::Words::EMPTY;
        self.vm.resize_words(&items, count)?;
        for (index, child) in self.tree.children(node).enumerate() {
            let Some(value) = self.fold(child)? else {
                return Ok(None);
            };
            items.set(index, value);
        }
        let head = crate::object::tuple::TupleHead;
        let tuple = self.vm.new_celled(&crate::object::tuple::TUPLE, count, head, |index| items.get(index))?;
        self.vm.resize_words(&items, 0)?;
        Ok(Some(tuple.word()))
    }

    /// Folds a binary chain from its start as far as it is constant: the value, and what is left. No value if not even the
    /// first operation folds.
    #[inline(never)]
    pub(super) fn fold_prefix(&mut self, node: Node) -> Outcome<(Option<Word>, Children<'c>)> {
        let all = self.tree.children(node);
        let mut rest = all;
        let Some(mut value) = (match rest.next() {
            Some(first) => self.fold(first)?,
            None => None,
        }) else {
            return Ok((None, all));
        };
        let mut folded = false;
        loop {
            let before = rest;
            let (Some(operator), Some(operand)) = (rest.next().and_then(binary_operator), rest.next()) else {
                return Ok((if folded { Some(value) } else { None }, before));
            };
            let result = match self.fold(operand)? {
                Some(operand) => fold_binary(operator, value, operand),
                None => None,
            };
            match result {
                Some(result) => (value, folded) = (result, true),
                None => return Ok((if folded { Some(value) } else { None }, if folded { before } else { all })),
            }
        }
    }

    #[inline(never)]
    fn fold_unary(&mut self, operator: Unary, value: Word) -> Outcome<Option<Word>> {
        if let Some(n) = value.as_int() {
            let result = match operator {
                Unary::Pos => n,
                Unary::Neg => -n,
                _ => !n,
            };
            return Ok(if Word::fits(result) { Some(Word::int(result)) } else { None });
        }
        match (operator, self.vm.type_of(value).kind) {
            (Unary::Neg, ObjectKind::Float | ObjectKind::Int) => Ok(Some(self.vm.unary(operator, value)?)),
            _ => Ok(None),
        }
    }
}

/// `a operator b` of small ints, if the result is one.
#[inline(never)]
fn fold_binary(operator: Binary, a: Word, b: Word) -> Option<Word> {
    let (a, b) = (a.as_int()?, b.as_int()?);
    let shift = || u32::try_from(b).ok();
    let result = match operator {
        Binary::Add => a.checked_add(b)?,
        Binary::Sub => a.checked_sub(b)?,
        Binary::Mul => a.checked_mul(b)?,
        Binary::FloorDiv if b != 0 => a.div_euclid(b) - if b < 0 && a.rem_euclid(b) != 0 { 1 } else { 0 },
        Binary::Mod if b != 0 => {
            let rest = a.rem_euclid(b);
            if b < 0 && rest != 0 { rest + b } else { rest }
        }
        Binary::Pow => a.checked_pow(shift()?)?,
        Binary::ShiftLeft => {
            let result = a.checked_shl(shift()?)?;
            if result >> b != a {
                return None;
            }
            result
        }
        Binary::ShiftRight => a >> shift()?.min(isize::BITS - 1),
        Binary::And => a & b,
        Binary::Or => a | b,
        Binary::Xor => a ^ b,
        _ => return None,
    };
    if Word::fits(result) { Some(Word::int(result)) } else { None }
}
