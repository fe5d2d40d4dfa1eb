//! Functions written in assembly: numbers go in by r0 to r3, a number comes back in r0.
//!
//! ```text
//!   bytecode  Native LoadNone Return        the code leaves to `Return`, with the result on the stack
//!   code      prologue | arguments become numbers, in their slots, then registers | BL body | result becomes a word | leaves | body
//! ```
//! The body may use r4 to r7, which are saved around it, lr, and all registers of a floating-point unit.

use super::arch::Machine;
use super::assembler::{Assembler, Code, Condition, Register};
use super::helpers;
use super::inline_thumb::{Branch, FLOATS, put};
use super::kind::Kind;
use crate::code::prototype::PrototypeHandle;
use crate::vm::{Outcome, Vm};

/// Where `Return` stands in the bytecode.
const RETURN: u32 = 2;

/// Makes the code of a function whose body `body` writes, several times and always the same.
///
/// # Errors
/// `MemoryError`; what `body` raises.
pub fn translate(
    vm: &Vm,
    prototype: PrototypeHandle,
    returns: Kind,
    body: &mut dyn FnMut(&mut Code) -> Outcome<()>,
) -> Outcome<()> {
    let prototype = prototype.get();
    let head = super::head(prototype);
    let (mut machine, mut own) = (Machine::new(), Code::default());
    own.restart(None);
    body(&mut own)?;
    let mut start = 0;
    for _ in 0..2 {
        machine.code().restart(None);
        start = write(vm, &mut machine, prototype.parameter_count(), prototype.head.locals as usize, returns, start).1;
    }
    let all = vm.new_raw_bytes(head + start + own.len() + 2)?;
    machine.code().restart(Some((all, head)));
    let (entry, _) = write(vm, &mut machine, prototype.parameter_count(), prototype.head.locals as usize, returns, start);
    own.restart(Some((all, head + start)));
    body(&mut own)?;
    // POP {r4, r5, r6, r7, pc}
    put(&mut own, 0xbdf0);
    super::hang(prototype, all, all.get().tail()[head..].as_ptr().expose_provenance());
    // Of all bytecode it is entered at the start alone.
    all.put(super::entries(prototype), &((entry / Machine::UNIT) as u16).to_le_bytes());
    Ok(())
}

/// Everything but the body, which begins at `body`. Answers where the loop enters, and where the body begins indeed.
fn write(vm: &Vm, machine: &mut Machine, parameters: usize, locals: usize, returns: Kind, body: usize) -> (usize, usize) {
    machine.prologue(core::ptr::from_ref(vm.pending).expose_provenance());
    let entry = machine.code().len();
    let check = |machine: &mut Machine, depth: u32| {
        machine.compare_with(Register::A, 0);
        let on = machine.branch(Condition::Equal);
        machine.leave(depth << 16);
        let here = machine.code().len();
        machine.direct(on, here);
    };
    for index in 0..parameters {
        let operand = helpers::operand(Kind::Unknown as u8, index, locals);
        machine.call(helpers::address(helpers::to_number), operand);
        check(machine, 0);
    }
    for index in (0..parameters).rev() {
        machine.load_argument(index as u32, index);
    }
    if FLOATS {
        // VPUSH {s16, …, s31}: the caller's (AAPCS §6.1.2.1).
        put(machine.code(), 0xed2d_8a10);
    }
    // The body's own PUSH and NOP come before what was written.
    let distance = body as i32 - 4 - machine.code().len() as i32;
    put(machine.code(), Branch::Link.encode(distance).expect("the body is next to it"));
    if FLOATS {
        // VPOP {s16, …, s31}
        put(machine.code(), 0xecbd_8a10);
    }
    machine.store(locals, Register::A);
    if !returns.is_object() {
        machine.call(helpers::address(helpers::to_object), helpers::operand(returns as u8, locals, locals));
        check(machine, 0);
    }
    machine.leave(RETURN | 1 << 16);
    while !machine.code().len().is_multiple_of(4) {
        machine.code().put(&[0]);
    }
    let begin = machine.code().len();
    // PUSH {r4, r5, r6, r7, lr}; NOP, so that the body's own alignment is the memory's.
    put(machine.code(), 0xb5f0);
    put(machine.code(), 0xbf00);
    debug_assert!(body == 0 || body == begin + 4 || body == begin);
    (entry, machine.code().len())
}
