//! Where a symbol is, by its scope and name: hosts only, where a program may have written a function with thousands of variables.
//!
//! ```text
//!   heads:    [symbol]                    by hash: the last symbol that came there; nothing as long as there are few symbols
//!   links:    [scope][symbol before]      of each symbol
//! ```

use super::buffer::Buffer;
use super::scope::Scope;
use crate::code::WIDTH;
use crate::code::width::Number;
use crate::object::name::Name;
use crate::vm::{Outcome, Vm};

/// Symbols that are looked through one by one.
const FEW: usize = 64;
/// A power of two.
const HEADS: usize = 1024;
const LINK: usize = 2 * WIDTH;
const NONE: Number = Number::MAX;

/// The index.
pub(super) struct Index {
    heads: Buffer,
    links: Buffer,
}

fn place(scope: Scope, name: Name) -> usize {
    (name.0 as usize).wrapping_add((scope.0 as usize).wrapping_mul(89)) % HEADS * WIDTH
}

impl Index {
    pub(super) fn new() -> Index {
        Index { heads: Buffer::new(), links: Buffer::new() }
    }

    /// Whether it knows where symbols are.
    pub(super) fn is_used(&self) -> bool {
        self.heads.len() > 0
    }

    pub(super) fn clear(&mut self) {
        self.heads.truncate(0);
        self.links.truncate(0);
    }

    /// Notes the next symbol; `name_of` tells the names of all.
    pub(super) fn add(&mut self, vm: &Vm, scope: Scope, name: Name, name_of: &dyn Fn(Number) -> Name) -> Outcome<()> {
        let symbol = self.links.len() / LINK;
        self.links.push_number(vm, scope.0)?;
        self.links.push_number(vm, NONE)?;
        if self.is_used() {
            self.link(symbol as Number, name);
        } else if symbol == FEW {
            (0..HEADS).try_for_each(|_| self.heads.push_number(vm, NONE))?;
            (0..=symbol as Number).for_each(|symbol| self.link(symbol, name_of(symbol)));
        }
        Ok(())
    }

    fn link(&mut self, symbol: Number, name: Name) {
        let at = symbol as usize * LINK;
        let head = place(Scope(self.links.number(at)), name);
        self.links.set_number(at + WIDTH, self.heads.number(head));
        self.heads.set_number(head, symbol);
    }

    /// The symbol of a name in a scope.
    pub(super) fn find(&self, scope: Scope, name: Name, name_of: &dyn Fn(Number) -> Name) -> Option<Number> {
        let mut symbol = self.heads.number(place(scope, name));
        while symbol != NONE {
            let at = symbol as usize * LINK;
            if self.links.number(at) == scope.0 && name_of(symbol) == name {
                return Some(symbol);
            }
            symbol = self.links.number(at + WIDTH);
        }
        None
    }
}
