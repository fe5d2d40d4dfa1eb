//! `SSLContext`: how connections are made. What a program loaded lies in the object; a connection's configuration is made of it
//! when a socket is wrapped.

use super::session::Session;
use super::trust::{self, Trust};
use interpreter::object::handle::{Args, Handle};
use interpreter::object::kind::{Access, Slots, Type};
use interpreter::object::name::Name;
use interpreter::object::resource::{Resource, resource_type};
use interpreter::object::tuple::Tuple;
use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::WebPkiClientVerifier;
use rustls::{ClientConfig, ClientConnection, ServerConfig, ServerConnection, SupportedCipherSuite};
use std::sync::Arc;

/// Protocols, as `PROTOCOL_…` name them.
pub const CLIENT: isize = 0;
/// The other side.
pub const SERVER: isize = 1;
/// The peer's certificate is not looked at.
pub const NONE: isize = 0;
/// It is looked at if there is one.
pub const OPTIONAL: isize = 1;
/// It must be there, and valid.
pub const REQUIRED: isize = 2;

static SLOTS: Slots = Slots { make: Some(make), attribute: Some(attribute), ..Slots::NONE };

/// Added to the state: any host's certificate will do.
const ANY_NAME: isize = 8;

/// State: [0] protocol + 2 × verify mode (+ `ANY_NAME`); [1] a tuple of certificates and key, as bytes; [2] authorities, as bytes; [3] what was
/// chosen: a tuple of names of ciphers, and one of names of protocols (ALPN), each of them `None` until it is.
pub static CONTEXT: Type = resource_type(name!(SSLContext), &SLOTS, context_rows::ROWS);

/// What contexts have.
pub mod context_rows {
    interpreter::table! { pub ROWS, NAMES, DOCS:
        /// load_cert_chain(certificate, key): what this side is known by; bytes in DER or PEM.
        def load_cert_chain(3) = super::load_cert_chain;
        /// load_verify_locations(authorities): who vouches for the peer; bytes in DER or PEM.
        def load_verify_locations(2) = super::load_verify_locations;
        /// get_ciphers(): names of the ciphers that may be used.
        def get_ciphers(1) = super::get_ciphers;
        /// set_ciphers(names): the only ciphers that may be used.
        def set_ciphers(2) = super::set_ciphers;
        /// set_alpn_protocols(names): which protocols may be spoken over the connection, the best first.
        def set_alpn_protocols(2) = super::set_protocols;
        /// wrap_socket(socket, *, server_side=False, do_handshake_on_connect=True, server_hostname=None): the encrypted socket.
        def wrap_socket(2..=2, keywords) = crate::modules::tls::socket::wrap;
    }
}

/// Keywords and attributes.
pub const MORE: &[&str] =
    &["verify_mode", "check_hostname", "server_side", "do_handshake_on_connect", "server_hostname", "client_id", "SSLContext"];

fn make(vm: &Vm, ty: &'static Type, args: Args) -> Outcome {
    vm.expect_count(args, 1, 1)?;
    match vm.index(args.at(0))? {
        CLIENT => vm.new_resource(ty, &[Word::int(CLIENT + 2 * REQUIRED)]),
        SERVER => vm.new_resource(ty, &[Word::int(SERVER + 2 * NONE)]),
        _ => Err(vm.value_error("the protocol is PROTOCOL_TLS_CLIENT or PROTOCOL_TLS_SERVER")),
    }
}

/// The context that a method was called on.
pub fn of(vm: &Vm, word: Word) -> Outcome<Handle<Resource>> {
    vm.resource(word, &CONTEXT).ok_or_else(|| vm.type_error("an SSLContext is wanted"))
}

fn verify_mode(context: &Resource) -> isize {
    context.state[0].get().int_value() >> 1 & 3
}

/// Whether the peer's certificate may be for another host than the one that is asked for.
fn takes_any_name(context: &Resource) -> bool {
    context.state[0].get().int_value() & ANY_NAME != 0
}

fn protocol(context: &Resource) -> isize {
    context.state[0].get().int_value() & 1
}

fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let context = of(vm, word)?;
    let state = context.state[0].get().int_value();
    let changed = match (access, name) {
        (Access::Load, n) if n == name!(verify_mode) => return Ok(Word::int(verify_mode(&context))),
        (Access::Load, n) if n == name!(check_hostname) => return Ok(Word::bool(!takes_any_name(&context))),
        (Access::Store(mode), n) if n == name!(verify_mode) => match vm.index(mode)? {
            mode @ NONE..=REQUIRED => state & !(3 << 1) | mode << 1,
            _ => return Err(vm.value_error("verify_mode is CERT_NONE, CERT_OPTIONAL or CERT_REQUIRED")),
        },
        (Access::Store(checks), n) if n == name!(check_hostname) => {
            if vm.truth(checks)? {
                state & !ANY_NAME
            } else {
                state | ANY_NAME
            }
        }
        _ => return Ok(Word::UNSET),
    };
    context.state[0].set(Word::int(changed));
    Ok(Word::NONE)
}

/// Bytes of a program's argument.
fn data(vm: &Vm, word: Word) -> Outcome<Vec<u8>> {
    vm.bytes_of(word).map(<[u8]>::to_vec)
}

fn load_cert_chain(vm: &Vm, args: Args) -> Outcome {
    let context = of(vm, args.at(0))?;
    let key = data(vm, args.at(2))?;
    if trust::key(&key).is_none() {
        return Err(vm.value_error("invalid key"));
    }
    let certificates = data(vm, args.at(1))?;
    if trust::certificates(&certificates).is_none() {
        return Err(vm.value_error("invalid cert"));
    }
    let pair = [vm.new_bytes(&certificates)?, vm.new_bytes(&key)?];
    context.state[1].set(vm.new_tuple(&pair)?);
    Ok(Word::NONE)
}

fn load_verify_locations(vm: &Vm, args: Args) -> Outcome {
    let context = of(vm, args.at(0))?;
    let authorities = data(vm, args.at(1))?;
    if trust::certificates(&authorities).is_none() {
        return Err(vm.value_error("invalid cert"));
    }
    context.state[2].set(vm.new_bytes(&authorities)?);
    Ok(Word::NONE)
}

/// A cipher's name as IANA writes it, with `-`: `TLS-ECDHE-RSA-WITH-AES-128-GCM-SHA256`.
pub fn cipher_name(suite: SupportedCipherSuite) -> String {
    let name = format!("{:?}", suite.suite());
    name.replace("TLS13_", "TLS1-3-").replace('_', "-")
}

fn get_ciphers(vm: &Vm, args: Args) -> Outcome {
    let chosen = chosen(vm, of(vm, args.at(0))?.get(), CIPHERS);
    let list = vm.new_list(&[])?;
    for suite in ring::default_provider().cipher_suites {
        let name = cipher_name(suite);
        if chosen.as_ref().is_none_or(|chosen| chosen.contains(&name)) {
            vm.call_method(list, name!(append), &[vm.new_str(&name)?])?;
        }
    }
    Ok(list)
}

fn set_ciphers(vm: &Vm, args: Args) -> Outcome {
    let context = of(vm, args.at(0))?;
    if vm.as_text(args.at(1)).is_some() {
        return Err(vm.type_error("a list of names of ciphers is wanted"));
    }
    let names = vm.tuple_of(args.at(1))?;
    let known: Vec<String> = ring::default_provider().cipher_suites.into_iter().map(cipher_name).collect();
    for name in names.get().tail() {
        if !known.iter().any(|known| known == vm.text_of(name.get())) {
            return Err(super::error(vm, "no such cipher"));
        }
    }
    choose(vm, &context, CIPHERS, names.word())
}

/// Places in what was chosen.
const CIPHERS: usize = 0;
const PROTOCOLS: usize = 1;

fn choose(vm: &Vm, context: &Resource, place: usize, names: Word) -> Outcome {
    let mut both = [CIPHERS, PROTOCOLS].map(|place| chosen_word(context, place));
    both[place] = names;
    context.state[3].set(vm.new_tuple(&both)?);
    Ok(Word::NONE)
}

fn chosen_word(context: &Resource, place: usize) -> Word {
    Handle::<Tuple>::from(context.state[3].get()).and_then(|both| both.at(place)).unwrap_or(Word::NONE)
}

/// The names that a program chose.
fn chosen(vm: &Vm, context: &Resource, place: usize) -> Option<Vec<String>> {
    let names = Handle::<Tuple>::from(chosen_word(context, place))?;
    Some(names.get().tail().iter().map(|name| vm.text_of(name.get()).to_owned()).collect())
}

fn set_protocols(vm: &Vm, args: Args) -> Outcome {
    let context = of(vm, args.at(0))?;
    let names = vm.tuple_of(args.at(1))?;
    for name in names.get().tail() {
        if !(1..256).contains(&vm.expect_text(name.get())?.len()) {
            return Err(super::error(vm, "a protocol's name has 1 to 255 letters"));
        }
    }
    choose(vm, &context, PROTOCOLS, names.word())
}

/// The same as rustls takes them.
fn protocols(vm: &Vm, context: &Resource) -> Vec<Vec<u8>> {
    chosen(vm, context, PROTOCOLS).unwrap_or_default().into_iter().map(String::into_bytes).collect()
}

fn provider(vm: &Vm, context: &Resource) -> Arc<CryptoProvider> {
    let mut provider = ring::default_provider();
    if let Some(chosen) = chosen(vm, context, CIPHERS) {
        provider.cipher_suites.retain(|suite| chosen.contains(&cipher_name(*suite)));
    }
    Arc::new(provider)
}

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn identity(vm: &Vm, context: &Resource) -> Outcome<Option<Identity>> {
    let Some(pair) = Handle::<Tuple>::from(context.state[1].get()) else { return Ok(None) };
    let part = |index: usize| vm.bytes_of(pair.at(index).unwrap_or(Word::NONE));
    Ok(trust::certificates(part(0)?).zip(trust::key(part(1)?)))
}

fn authorities(vm: &Vm, context: &Resource) -> Outcome<Vec<CertificateDer<'static>>> {
    match context.state[2].get() {
        bytes if bytes == Word::NONE => Ok(Vec::new()),
        bytes => Ok(trust::certificates(vm.bytes_of(bytes)?).unwrap_or_default()),
    }
}

/// A new connection.
///
/// # Errors
/// `ValueError` for a name that is none, `OSError` for keys that the library does not take.
pub fn connection(vm: &Vm, context: &Resource, server_side: bool, hostname: Option<&str>) -> Outcome<Session> {
    let connection = if server_side { server(vm, context)? } else { client(vm, context, hostname)? };
    Ok(Session::new(connection, verify_mode(context) != NONE))
}

fn client(vm: &Vm, context: &Resource, hostname: Option<&str>) -> Outcome<rustls::Connection> {
    let required = verify_mode(context) != NONE;
    let any_name = takes_any_name(context);
    if required && hostname.is_none() && !any_name {
        return Err(vm.value_error("CERT_REQUIRED needs server_hostname"));
    }
    // Without a name nothing is asked of the peer's; an address is sent to nobody.
    let name = ServerName::try_from(hostname.unwrap_or("0.0.0.0").to_owned());
    let name = name.map_err(|_| vm.value_error("server_hostname is no name of a host"))?;
    let provider = provider(vm, context);
    let trust = Trust::new(provider.clone(), required, any_name, authorities(vm, context)?);
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| super::error(vm, &error.to_string()))?;
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(trust));
    let mut config = match identity(vm, context)? {
        Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(|error| super::error(vm, &error.to_string()))?,
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = protocols(vm, context);
    let connection = ClientConnection::new(Arc::new(config), name);
    connection.map(Into::into).map_err(|error| super::error(vm, &error.to_string()))
}

fn server(vm: &Vm, context: &Resource) -> Outcome<rustls::Connection> {
    let provider = provider(vm, context);
    let builder = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| super::error(vm, &error.to_string()))?;
    let builder = match verify_mode(context) {
        NONE => builder.with_no_client_auth(),
        mode => {
            let roots = Arc::new(trust::roots(&authorities(vm, context)?));
            let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
            let verifier = if mode == OPTIONAL { verifier.allow_unauthenticated() } else { verifier };
            builder.with_client_cert_verifier(verifier.build().map_err(|error| super::error(vm, &error.to_string()))?)
        }
    };
    let mut config = match identity(vm, context)? {
        Some((chain, key)) => builder.with_single_cert(chain, key).map_err(|error| super::error(vm, &error.to_string()))?,
        None => builder.with_cert_resolver(Arc::new(rustls::server::ResolvesServerCertUsingSni::new())),
    };
    config.alpn_protocols = protocols(vm, context);
    let connection = ServerConnection::new(Arc::new(config));
    connection.map(Into::into).map_err(|error| super::error(vm, &error.to_string()))
}

/// The side that a context is for.
pub fn is_server(context: &Resource) -> bool {
    protocol(context) == SERVER
}
