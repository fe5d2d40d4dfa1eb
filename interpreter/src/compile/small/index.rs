//! A board looks through the symbols of a scope. Without the feature `full`, in place of `compile/index.rs`.

use super::scope::Scope;
use crate::code::width::Number;
use crate::object::name::Name;
use crate::vm::{Outcome, Vm};

/// No index.
pub(super) struct Index;

impl Index {
    #[inline(always)]
    pub(super) fn new() -> Index {
        Index
    }

    #[inline(always)]
    pub(super) fn is_used(&self) -> bool {
        false
    }

    #[inline(always)]
    pub(super) fn clear(&mut self) {}

    #[inline(always)]
    pub(super) fn add(&mut self, _: &Vm, _: Scope, _: Name, _: &dyn Fn(Number) -> Name) -> Outcome<()> {
        Ok(())
    }

    #[inline(always)]
    pub(super) fn find(&self, _: Scope, _: Name, _: &dyn Fn(Number) -> Name) -> Option<Number> {
        None
    }
}
