//! The machine stack and the registers, as roots.
//!
//! The only file above `native/` that names a register: a value may live in a callee-saved register alone while the
//! collector runs, so these are spilled into memory that is then scanned with the rest of the stack.

use super::mark::Marker;

#[cfg(target_arch = "x86_64")]
const SAVED: usize = 6;
#[cfg(target_arch = "aarch64")]
const SAVED: usize = 12;
#[cfg(target_arch = "arm")]
const SAVED: usize = 8;

#[inline(always)]
fn spill(registers: &mut [usize; SAVED]) {
    let at = registers.as_mut_ptr();
    #[cfg(target_arch = "x86_64")]
    // SAFETY: writes six words into an array of six.
    unsafe {
        core::arch::asm!(
            "mov [{0}], rbx", "mov [{0} + 8], rbp", "mov [{0} + 16], r12",
            "mov [{0} + 24], r13", "mov [{0} + 32], r14", "mov [{0} + 40], r15",
            in(reg) at, options(nostack, preserves_flags)
        );
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: writes twelve words into an array of twelve.
    unsafe {
        core::arch::asm!(
            "stp x19, x20, [{0}]", "stp x21, x22, [{0}, #16]", "stp x23, x24, [{0}, #32]",
            "stp x25, x26, [{0}, #48]", "stp x27, x28, [{0}, #64]", "stp x29, x30, [{0}, #80]",
            in(reg) at, options(nostack, preserves_flags)
        );
    }
    #[cfg(target_arch = "arm")]
    // SAFETY: writes eight words into an array of eight, through low registers, which Thumb-1 can store.
    unsafe {
        core::arch::asm!(
            "str r4, [r0]", "str r5, [r0, #4]", "str r6, [r0, #8]", "str r7, [r0, #12]",
            "mov r1, r8", "str r1, [r0, #16]", "mov r1, r9", "str r1, [r0, #20]",
            "mov r1, r10", "str r1, [r0, #24]", "mov r1, r11", "str r1, [r0, #28]",
            in("r0") at, out("r1") _, options(nostack, preserves_flags)
        );
    }
}

/// Marks from every word between here and `base`, the highest address of the stack that may hold a Python value.
///
/// # Safety
/// `base` is an address in this thread's stack, above this frame.
#[inline(never)]
pub unsafe fn scan_machine_stack(marker: &mut Marker, base: usize) {
    let mut registers = [0; SAVED];
    spill(&mut registers);
    let here = (&raw mut registers).expose_provenance();
    // SAFETY: stacks grow down on every machine above: [here, base) is this thread's own stack, and `here` is aligned.
    unsafe { marker.range(here, base & !(size_of::<usize>() - 1)) };
}

/// Runs `body` with every register that may hold a Python value in memory, at the address that `body` is given or above it, while
/// `body` lets others use the registers.
#[inline(never)]
pub fn with_registers<R>(body: impl FnOnce(usize) -> R) -> R {
    let mut registers = [0; SAVED];
    spill(&mut registers);
    let result = body((&raw mut registers).expose_provenance());
    core::hint::black_box(&mut registers);
    result
}

/// The address of the caller's frame, near enough: for stack limits and as a `base`.
#[inline(always)]
pub fn stack_pointer() -> usize {
    let probe = 0u8;
    (&raw const probe).expose_provenance()
}
