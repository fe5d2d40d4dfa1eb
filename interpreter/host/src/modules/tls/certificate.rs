//! What a certificate says (RFC 5280), in the form of CPython's `SSLSocket.getpeercert`.

use interpreter::object::word::Word;
use interpreter::vm::{Outcome, Vm};
use std::net::{IpAddr, Ipv4Addr};
use x509_parser::asn1_rs::{FromDer, Oid, oid};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::{DistributionPointName, GeneralName, ParsedExtension};
use x509_parser::objects::{oid_registry, oid2sn};
use x509_parser::time::ASN1Time;
use x509_parser::x509::X509Name;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// Where one asks whether a certificate still holds, and where its issuer's own lies: accesses to what an authority knows.
const OCSP: Oid<'static> = oid!(1.3.6.1.5.5.7.48.1);
const ISSUERS: Oid<'static> = oid!(1.3.6.1.5.5.7.48.2);

/// A dict of the subject, the issuer, the version, the number, the times, and the other names that there are. Empty if it cannot be read.
///
/// # Errors
/// `MemoryError`.
pub fn described(vm: &Vm, der: &[u8]) -> Outcome {
    let dict = vm.new_dict()?;
    let Ok((_, certificate)) = X509Certificate::from_der(der) else { return Ok(dict.word()) };
    let say = |name: &str, value: Word| dict.map.insert(vm, Word::name(vm.intern(name)?), value).map(|_| ());
    say("subject", name(vm, certificate.subject())?)?;
    say("issuer", name(vm, certificate.issuer())?)?;
    say("version", Word::int(certificate.version().0 as isize + 1))?;
    let number = certificate.raw_serial_as_string().replace(':', "").to_uppercase();
    say("serialNumber", vm.new_str(number.strip_prefix("00").filter(|rest| !rest.is_empty()).unwrap_or(&number))?)?;
    say("notBefore", time(vm, certificate.validity().not_before)?)?;
    say("notAfter", time(vm, certificate.validity().not_after)?)?;
    for extension in certificate.extensions() {
        match extension.parsed_extension() {
            ParsedExtension::SubjectAlternativeName(names) => {
                let names: Outcome<Vec<Word>> =
                    names.general_names.iter().filter_map(|one| general(vm, one).transpose()).collect();
                say("subjectAltName", vm.new_tuple(&names?)?)?;
            }
            ParsedExtension::AuthorityInfoAccess(access) => {
                for (name, method) in [("OCSP", OCSP), ("caIssuers", ISSUERS)] {
                    let places = access.accessdescs.iter().filter(|one| one.access_method == method);
                    places_of(vm, places.map(|one| &one.access_location))?.map_or(Ok(()), |places| say(name, places))?;
                }
            }
            ParsedExtension::CRLDistributionPoints(points) => {
                let names = points.iter().filter_map(|point| match &point.distribution_point {
                    Some(DistributionPointName::FullName(names)) => Some(names),
                    _ => None,
                });
                places_of(vm, names.flatten())?.map_or(Ok(()), |places| say("crlDistributionPoints", places))?;
            }
            _ => {}
        }
    }
    Ok(dict.word())
}

/// A distinguished name: for each of its parts a tuple of pairs.
fn name(vm: &Vm, name: &X509Name<'_>) -> Outcome {
    let part = |attribute: &x509_parser::x509::AttributeTypeAndValue<'_>| {
        let oid = attribute.attr_type();
        let kind = match oid2sn(oid, oid_registry()) {
            // OpenSSL's word.
            Ok("organizationalUnit") => "organizationalUnitName".to_owned(),
            Ok(kind) => kind.to_owned(),
            Err(_) => oid.to_id_string(),
        };
        let value = attribute.as_str().map_or_else(|_| String::from_utf8_lossy(attribute.as_slice()).into_owned(), str::to_owned);
        vm.new_tuple(&[vm.new_str(&kind)?, vm.new_str(&value)?])
    };
    let parts: Outcome<Vec<Word>> = name
        .iter_rdn()
        .map(|rdn| rdn.iter().map(part).collect::<Outcome<Vec<Word>>>().and_then(|pairs| vm.new_tuple(&pairs)))
        .collect();
    vm.new_tuple(&parts?)
}

/// One of the other names, as what it is and its text.
fn general(vm: &Vm, one: &GeneralName<'_>) -> Outcome<Option<Word>> {
    let pair = |kind: &str, value: Word| vm.new_tuple(&[vm.new_str(kind)?, value]).map(Some);
    match one {
        GeneralName::DNSName(text) => pair("DNS", vm.new_str(text)?),
        GeneralName::RFC822Name(text) => pair("email", vm.new_str(text)?),
        GeneralName::URI(text) => pair("URI", vm.new_str(text)?),
        GeneralName::IPAddress(bytes) => pair("IP Address", vm.new_str(&address(bytes))?),
        GeneralName::DirectoryName(other) => pair("DirName", name(vm, other)?),
        GeneralName::RegisteredID(oid) => pair("Registered ID", vm.new_str(&oid.to_id_string())?),
        _ => Ok(None),
    }
}

/// An address as OpenSSL writes it: the groups of IPv6 in full.
fn address(bytes: &[u8]) -> String {
    if let Ok(four) = <[u8; 4]>::try_from(bytes) {
        return IpAddr::V4(Ipv4Addr::from(four)).to_string();
    }
    let groups = bytes.as_chunks::<2>().0.iter().map(|pair| format!("{:X}", u16::from_be_bytes(*pair)));
    groups.collect::<Vec<_>>().join(":")
}

/// The addresses in the net among some names; `None` if there are none.
fn places_of<'a>(vm: &Vm, names: impl Iterator<Item = &'a GeneralName<'a>>) -> Outcome<Option<Word>> {
    let places = names.filter_map(|name| match name {
        GeneralName::URI(text) => Some(vm.new_str(text)),
        _ => None,
    });
    let places = places.collect::<Outcome<Vec<Word>>>()?;
    if places.is_empty() { Ok(None) } else { vm.new_tuple(&places).map(Some) }
}

fn time(vm: &Vm, time: ASN1Time) -> Outcome {
    let at = time.to_datetime();
    let month = MONTHS[at.month() as usize - 1];
    vm.new_str(&format!("{month} {:2} {:02}:{:02}:{:02} {} GMT", at.day(), at.hour(), at.minute(), at.second(), at.year()))
}
