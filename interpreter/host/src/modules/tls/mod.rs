//! `tls`: encrypted connections, by rustls. `ssl`, which is written in Python, is this with files and CPython's form.
//!
//! `context` is what a program sets up, `session` a connection without a wire, `socket` the stream between the two, `trust` whom
//! to believe, `certificate` what a peer says of itself. TLS 1.2 and 1.3; no pre-shared keys, no DTLS, no RSA keys of fewer than 2,048 bits.

mod certificate;
pub mod context;
mod session;
pub mod socket;
mod trust;

use interpreter::object::exception::{self, OS_ERROR};
use interpreter::object::handle::type_word;
use interpreter::object::word::Word;
use interpreter::vfs::Errno;
use interpreter::vm::{Raised, Vm};

interpreter::table! { pub ROWS, NAMES, DOCS:
    /// SSLContext(protocol): how connections are made.
    const SSLContext = type_word(&context::CONTEXT);
    /// The type of encrypted sockets, which only a context makes.
    const SSLSocket = type_word(&socket::SOCKET);
    /// This side begins.
    const PROTOCOL_TLS_CLIENT = Word::int(context::CLIENT);
    /// This side answers.
    const PROTOCOL_TLS_SERVER = Word::int(context::SERVER);
    /// The peer's certificate is not looked at.
    const CERT_NONE = Word::int(context::NONE);
    /// It is looked at if there is one.
    const CERT_OPTIONAL = Word::int(context::OPTIONAL);
    /// It must be there, and valid.
    const CERT_REQUIRED = Word::int(context::REQUIRED);
}

/// mbedTLS's number for a certificate that is not valid: programs of the reference look at it.
const VERIFY_FAILED: isize = -0x2700;

/// The error that a program knows as `ssl.SSLError`, `OSError(EIO, why)` of one that has not imported that.
fn error(vm: &Vm, why: &str) -> Raised {
    raise(vm, "SSLError", Errno::EIO.0 as isize, why)
}

/// The error of `ssl` that is called so, or the `OSError` that it is for the reference.
fn raise(vm: &Vm, name: &str, number: isize, why: &str) -> Raised {
    let made = vm.new_str(why).and_then(|text| {
        let arguments = [Word::int(number), text];
        match vm.loaded_modules()?.map.get(vm, Word::name(name!(ssl)))? {
            Some(module) => vm.call(vm.attribute(module, vm.intern(name)?)?, &arguments),
            None => exception::new(vm, &OS_ERROR, &arguments),
        }
    });
    made.map_or_else(|raised| raised, |exception| vm.raise_word(exception))
}

/// Names that the tables do not have.
pub const MORE: &[&str] = &["ssl"];

/// The error of what the library says.
fn failure(vm: &Vm, why: &rustls::Error) -> Raised {
    match why {
        rustls::Error::InvalidCertificate(_) => raise(vm, "SSLCertVerificationError", VERIFY_FAILED, &why.to_string()),
        _ => error(vm, &why.to_string()),
    }
}
