//! What is said when the program is broken: registers and a short trace, then the chip starts over.
//!
//! The processor comes here with the interrupted state on the stack. If the stack itself is what broke (it grew below RAM), it is
//! set anew first, and there is no state to show. A semihosting call that nobody serves is no break: it is answered. A panic is
//! a fault on purpose, so that one handler tells of both.
#![expect(unsafe_code, reason = "reads the machine stack of the program that broke")]

use crate::port::restart;
use stm32f4::register::{Bus, SCB};
use stm32f4::{Chip, register::Register};

core::arch::global_asm!(
    ".section .text.HardFault, \"ax\", %progbits",
    ".global HardFault",
    ".type HardFault, %function",
    ".thumb_func",
    "HardFault:",
    "   mrs r0, msp",
    "   ldr r1, =_stack_end",
    "   cmp r0, r1",
    "   blo 2f",
    // An instruction of the program (not a wild address) that is `bkpt 0xAB`: the answer is −1, and the program goes on behind it.
    "   ldr r1, [r0, #24]",
    "   lsrs r2, r1, #20",
    "   cmp r2, #0x80",
    "   bne 1f",
    "   ldrh r2, [r1]",
    "   movw r3, #0xBEAB",
    "   cmp r2, r3",
    "   bne 1f",
    "   adds r1, #2",
    "   str r1, [r0, #24]",
    "   mvn r1, #0",
    "   str r1, [r0]",
    "   bx lr",
    "2: ldr r1, =_stack_start",
    "   mov sp, r1",
    "   movs r0, #0",
    "1: b {hard_fault}",
    hard_fault = sym hard_fault,
);

/// What the processor puts on the stack (PM0214 §2.3.7): r0 to r3, r12, lr, pc, psr.
type Frame = [u32; 8];
const NAMES: [&str; 8] = ["r0", "r1", "r2", "r3", "r12", "lr", "pc", "psr"];

/// Calls that the trace shows at the most.
const TRACE: usize = 12;

unsafe extern "C" {
    /// The linker's: where the machine stack begins (it grows down), and the program lies.
    static _stack_start: u32;
    static __stext: u8;
    static __etext: u8;
}

extern "C" fn hard_fault(frame: Option<&Frame>) -> ! {
    restart(|say| {
        say("\r\nhard fault: ");
        let registers: [(&str, Register); 3] = [("cfsr ", SCB.cfsr()), ("  hfsr ", SCB.hfsr()), ("  bfar ", SCB.bfar())];
        for (name, register) in registers {
            say(name);
            hexadecimal(say, Chip.read(register));
        }
        match frame {
            None => say("\r\nthe machine stack overflowed"),
            Some(frame) => {
                say(if is_broken(frame) { "\r\npanic: a promise that the program makes itself was not kept" } else { "" });
                for (name, value) in NAMES.iter().zip(frame) {
                    say(if ["r0", "r12"].contains(name) { "\r\n  " } else { "  " });
                    say(name);
                    say(" ");
                    hexadecimal(say, *value);
                }
                trace(say, frame);
            }
        }
        say("\r\nrestarting\r\n");
    })
}

/// The calls that the stack remembers, the last one first: words that are addresses behind a call instruction.
fn trace(say: &dyn Fn(&str), frame: &Frame) {
    say("\r\ncalled from");
    let start = frame.as_ptr();
    let count = (&raw const _stack_start).addr().saturating_sub(start.addr()) / size_of::<u32>();
    // SAFETY: the frame lies in the machine stack, whose words up to its start can be read.
    let stack = unsafe { core::slice::from_raw_parts(start, count) };
    for address in stack.iter().skip(frame.len()).copied().filter(|word| is_return(*word)).take(TRACE) {
        say(" ");
        hexadecimal(say, address & !1);
    }
}

/// Whether a word is the address of an instruction of this program that follows a call.
fn is_return(word: u32) -> bool {
    let text = (&raw const __stext).addr() + 4..(&raw const __etext).addr();
    let at = (word & !1) as usize;
    if word & 1 == 0 || !text.contains(&at) {
        return false;
    }
    // SAFETY: the four bytes before lie in the program.
    let before = |back: usize| unsafe { core::ptr::with_exposed_provenance::<u16>(at - back).read() };
    // `bl` is two halves, `blx register` one (ARMv7-M, A7.7.18 and A7.7.19).
    (before(4) >> 11 == 0b11110 && before(2) >> 14 == 0b11) || before(2) >> 7 == 0b0_1000_1111
}

fn hexadecimal(say: &dyn Fn(&str), value: u32) {
    let digits: [u8; 8] = core::array::from_fn(|at| b"0123456789abcdef"[(value >> (28 - 4 * at)) as usize & 15]);
    say(core::str::from_utf8(&digits).expect("digits are ASCII"));
}

/// The flash memory cannot be used at all: said again and again, since the next start may find it well.
pub fn unusable(errno: interpreter::vfs::Errno) -> ! {
    restart(|say| {
        say("\r\nthe flash memory cannot be used: ");
        say(errno.text());
        say("\r\nrestarting\r\n");
    })
}

/// An invariant of the program does not hold: a fault like any other, whose trace says where (`addr2line -e pyboard.elf` tells
/// lines of it). The message and the place as text would bring 47 kB of formatting code, tables and paths into the image.
pub fn broken() -> ! {
    // SAFETY: an undefined instruction is a fault, and its handler never returns.
    unsafe { core::arch::asm!("udf #0", options(noreturn, nomem, nostack)) }
}

/// Whether the processor was stopped by an instruction that is for ever undefined (ARMv7-M, A7.7.194), which is what a panic is.
fn is_broken(frame: &Frame) -> bool {
    const BROKEN: u16 = 0xDE;
    let at = frame[6] as usize;
    let text = (&raw const __stext).addr()..(&raw const __etext).addr();
    // SAFETY: the address is of an instruction of the program.
    text.contains(&at) && at.is_multiple_of(2) && unsafe { core::ptr::with_exposed_provenance::<u16>(at).read() } >> 8 == BROKEN
}
