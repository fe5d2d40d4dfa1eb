//! Certificates and keys: read from PEM or DER, and whom to trust.
//!
//! A certificate that a program trusts may be the peer's own, self-signed one, as small devices have it: rustls's verifier takes
//! that for an authority and refuses it as a peer's, so it is looked at here: its dates, its name, and that it is the very same.

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use std::sync::Arc;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// The certificates in text or bytes: several in PEM, or one in DER.
pub fn certificates(data: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let found: Vec<_> = match is_pem(data) {
        true => CertificateDer::pem_slice_iter(data).collect::<Result<_, _>>().ok()?,
        false => vec![CertificateDer::from(data.to_vec())],
    };
    let valid = !found.is_empty() && found.iter().all(|one| X509Certificate::from_der(one).is_ok());
    valid.then_some(found)
}

/// The private key in text or bytes.
pub fn key(data: &[u8]) -> Option<PrivateKeyDer<'static>> {
    match is_pem(data) {
        true => PrivateKeyDer::from_pem_slice(data).ok(),
        false => PrivateKeyDer::try_from(data.to_vec()).ok(),
    }
}

fn is_pem(data: &[u8]) -> bool {
    data.trim_ascii_start().starts_with(b"-----")
}

/// Those certificates as authorities.
pub fn roots(certificates: &[CertificateDer<'static>]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(certificates.iter().cloned());
    roots
}

/// Decides about a server's certificate.
#[derive(Debug)]
pub struct Trust {
    provider: Arc<CryptoProvider>,
    /// Whether it is looked at at all.
    required: bool,
    /// Whether it may be for any host.
    any_name: bool,
    trusted: Vec<CertificateDer<'static>>,
    by_authority: Option<Arc<WebPkiServerVerifier>>,
}

impl Trust {
    /// Trusts what those certificates vouch for, or anybody.
    pub fn new(provider: Arc<CryptoProvider>, required: bool, any_name: bool, trusted: Vec<CertificateDer<'static>>) -> Trust {
        let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(roots(&trusted)), provider.clone());
        let by_authority = if required { builder.build().ok() } else { None };
        Trust { provider, required, any_name, trusted, by_authority }
    }
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        peer: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if !self.required {
            return Ok(ServerCertVerified::assertion());
        }
        let verified = match &self.by_authority {
            _ if self.trusted.iter().any(|trusted| trusted == peer) => {
                itself(peer, name, now).map(|()| ServerCertVerified::assertion())
            }
            Some(verifier) => verifier.verify_server_cert(peer, others, name, ocsp, now),
            None => Err(CertificateError::UnknownIssuer.into()),
        };
        match verified {
            // The name is looked at last.
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if self.any_name => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Whether a certificate that is trusted as it stands is valid now, and for that name.
fn itself(peer: &CertificateDer<'_>, name: &ServerName<'_>, now: UnixTime) -> Result<(), Error> {
    let Ok((_, certificate)) = X509Certificate::from_der(peer) else { return Err(CertificateError::BadEncoding.into()) };
    let (now, validity) = (now.as_secs() as i64, certificate.validity());
    if now < validity.not_before.timestamp() {
        return Err(CertificateError::NotValidYet.into());
    }
    if now > validity.not_after.timestamp() {
        return Err(CertificateError::Expired.into());
    }
    if is_named(&certificate, name) { Ok(()) } else { Err(CertificateError::NotValidForName.into()) }
}

/// Whether one of its alternative names, or without those its common name, is `name`.
fn is_named(certificate: &X509Certificate<'_>, name: &ServerName<'_>) -> bool {
    let alternatives = certificate.subject_alternative_name().ok().flatten();
    match (name, alternatives) {
        (ServerName::DnsName(wanted), Some(names)) => names
            .value
            .general_names
            .iter()
            .any(|one| matches!(one, GeneralName::DNSName(text) if matches(text, wanted.as_ref()))),
        (ServerName::DnsName(wanted), None) => certificate
            .subject()
            .iter_common_name()
            .any(|common| common.as_str().is_ok_and(|text| matches(text, wanted.as_ref()))),
        (ServerName::IpAddress(address), Some(names)) => {
            let bytes = match std::net::IpAddr::from(*address) {
                std::net::IpAddr::V4(four) => four.octets().to_vec(),
                std::net::IpAddr::V6(six) => six.octets().to_vec(),
            };
            names.value.general_names.iter().any(|one| matches!(one, GeneralName::IPAddress(found) if *found == bytes))
        }
        _ => false,
    }
}

/// Whether a certificate's name covers a host: the same, or a `*` for its first part.
fn matches(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        Some(rest) => host.split_once('.').is_some_and(|(_, domain)| domain.eq_ignore_ascii_case(rest)),
        None => pattern.eq_ignore_ascii_case(host),
    }
}

#[cfg(test)]
mod tests {
    use super::{certificates, key, matches};

    #[test]
    fn a_star_stands_for_one_part() {
        assert!(matches("example.org", "Example.org") && matches("*.example.org", "www.example.org"));
        assert!(!matches("*.example.org", "example.org") && !matches("*.example.org", "a.b.example.org"));
    }

    #[test]
    fn what_is_neither_is_refused() {
        assert!(certificates(b"!").is_none() && certificates(b"").is_none() && key(b"!").is_none());
        assert!(certificates(b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n").is_none());
    }
}
