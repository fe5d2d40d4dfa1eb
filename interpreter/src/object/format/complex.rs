//! Complex numbers by a format specification: both parts are laid out as floats, and what comes of it as one text. Hosts only; on
//! boards a complex number is formatted as its text.

use super::{Spec, put_float, put_text};
use crate::object::complex::Parts;
use crate::object::print::Builder;
use crate::vm::{Outcome, Vm};

/// The letter of a part whose specification has none: its shortest digits, as in `repr`.
pub(super) const AS_REPR: u8 = b'r';

/// Lays a complex number out.
///
/// # Errors
/// `ValueError` for padding between sign and digits, of which there would be two.
pub(super) fn put_complex(vm: &Vm, out: &mut Builder, value: Parts, spec: &Spec) -> Outcome<()> {
    match spec.align {
        _ if spec.fill == "0" => return Err(vm.value_error("Zero padding is not allowed in complex format specifier")),
        b'=' => return Err(vm.value_error("'=' alignment flag is not allowed in complex format specifier")),
        _ => {}
    }
    let kind = match (spec.kind, spec.precision) {
        (0, None) => AS_REPR,
        (0, Some(_)) => b'g',
        (kind, _) => kind,
    };
    let part = Spec { fill: " ", align: 0, width: 0, kind, ..*spec };
    let enclosed = spec.kind == 0 && (value.real != 0.0 || value.real.is_sign_negative());
    let has_real = enclosed || spec.kind != 0;
    let mut text = Builder::new();
    text.push(vm, if enclosed { b"(" } else { b"" })?;
    if has_real {
        put_float(vm, &mut text, value.real, &part)?;
    }
    put_float(vm, &mut text, value.imag, &Spec { sign: if has_real { b'+' } else { spec.sign }, ..part })?;
    text.push(vm, if enclosed { b"j)" } else { b"j" })?;
    let text = text.finish_str(vm)?;
    let align = if spec.align == 0 { b'>' } else { spec.align };
    put_text(vm, out, vm.text_of(text), &Spec { precision: None, align, ..*spec })
}
