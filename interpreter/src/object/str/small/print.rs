//! Literals of the smallest interpreter: `repr` of text and of bytes, by one routine.

use crate::object::handle::as_cells;
use crate::object::print::Printer;
use crate::vm::{Outcome, Vm};
use core::cell::Cell;

/// Writes text as a literal. What is not ASCII stands for itself.
///
/// # Errors
/// What the sink raises.
pub fn print_literal(vm: &Vm, text: &str, out: &mut Printer) -> Outcome<()> {
    print(vm, as_cells(text.as_bytes()), 0xff, out)
}

/// Writes bytes as a literal, `b'…'`.
///
/// # Errors
/// What the sink raises.
pub fn print_bytes_literal(vm: &Vm, bytes: &[Cell<u8>], out: &mut Printer) -> Outcome<()> {
    out.text(vm, "b")?;
    print(vm, bytes, b'~', out)
}

/// Quotes, and between them bytes up to `last` as they are.
fn print(vm: &Vm, bytes: &[Cell<u8>], last: u8, out: &mut Printer) -> Outcome<()> {
    let has = |wanted: u8| bytes.iter().any(|byte| byte.get() == wanted);
    let quote = if has(b'\'') && !has(b'"') { b'"' } else { b'\'' };
    out.bytes(vm, &[quote])?;
    for byte in bytes {
        let byte = byte.get();
        let short = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            b'\\' => byte,
            _ if byte == quote => byte,
            _ if byte < b' ' || byte == 0x7f || byte > last => {
                out.text(vm, "\\x")?;
                out.digits(vm, byte as usize, 16, 2)?;
                continue;
            }
            _ => {
                out.bytes(vm, &[byte])?;
                continue;
            }
        };
        out.bytes(vm, &[b'\\', short])?;
    }
    out.bytes(vm, &[quote])
}
