//! All functions stay bytecode.

use super::generator::{Generator, Unit};
use super::scope::Scopes;
use crate::code::prototype::PrototypeHandle;
use crate::source::tree::{Children, Item, Node};
use crate::vm::{Outcome, Vm};

/// What a function is compiled to.
pub(super) struct Target;

/// What the functions of a unit are compiled to.
#[derive(Clone, Copy)]
pub(super) struct Emitter;

impl Emitter {
    pub(super) const BYTECODE: Emitter = Emitter;

    /// What a decorator of the module `micropython` asks for.
    pub(super) fn named(name: &str) -> Option<Target> {
        if name == "bytecode" { Some(Target) } else { None }
    }

    #[inline(always)]
    pub(super) fn pass_on(&mut self, _: &mut Emitter) {}

    /// Whether the body is no Python.
    #[inline(always)]
    pub(super) fn is_assembly(&self) -> bool {
        false
    }

    #[inline(always)]
    pub(super) fn head_flag(&self) -> u8 {
        0
    }
}

impl Generator<'_> {
    #[inline(always)]
    pub(super) fn viper_constant(&mut self, _: Item, _: Children) -> Outcome<bool> {
        Ok(false)
    }

    #[inline(always)]
    pub(super) fn set_target(&mut self, _: Target) {}

    #[inline(always)]
    pub(super) fn takes_target(&mut self) -> bool {
        false
    }

    #[inline(always)]
    pub(super) fn inherited(&self) -> Emitter {
        Emitter
    }

    #[inline(always)]
    pub(super) fn emitter(&mut self, _: Node) -> Outcome<Emitter> {
        Ok(Emitter)
    }

    #[inline(always)]
    pub(super) fn begin_machine_code(&mut self) -> Outcome<()> {
        Ok(())
    }
}

/// There is no machine code.
#[inline(always)]
pub(super) fn translate(_: &Vm, _: &Scopes, _: &Unit, _: PrototypeHandle) -> Outcome<()> {
    Ok(())
}
