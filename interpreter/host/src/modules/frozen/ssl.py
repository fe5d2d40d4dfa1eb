# TLS in CPython's form: `tls` with files, names of files, and defaults.
import errno
import io
import tls
from collections import namedtuple
from enum import IntEnum, IntFlag
from tls import CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER

OPENSSL_VERSION, OPENSSL_VERSION_INFO, OPENSSL_VERSION_NUMBER = "rustls", (3, 0, 0, 0, 0), 0x30000000
SSLSocket = tls.SSLSocket
socket_error = OSError
HAS_SNI = HAS_TLSv1_2 = HAS_TLSv1_3 = HAS_ECDH = True
HAS_ALPN = True
HAS_NPN = HAS_SSLv2 = HAS_SSLv3 = HAS_TLSv1 = HAS_TLSv1_1 = HAS_NEVER_CHECK_COMMON_NAME = False
PROTOCOL_TLS = PROTOCOL_SSLv23 = PROTOCOL_TLSv1_2 = PROTOCOL_TLS_CLIENT
CHANNEL_BINDING_TYPES = []
PEM_HEADER, PEM_FOOTER = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
SSL_ERROR_WANT_X509_LOOKUP, SSL_ERROR_WANT_CONNECT, SSL_ERROR_INVALID_ERROR_CODE = 4, 7, 10
SSL_ERROR_ZERO_RETURN, SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE, SSL_ERROR_SYSCALL, SSL_ERROR_SSL, SSL_ERROR_EOF = 6, 2, 3, 5, 1, 8
AF_INET, SOCK_STREAM, SO_TYPE, SOL_SOCKET = 2, 1, 3, 1


class SSLError(OSError):
    """What is wrong with a connection's encryption."""

    library, reason = "SSL", None


class SSLZeroReturnError(SSLError):
    pass


class SSLWantReadError(SSLError):
    pass


class SSLWantWriteError(SSLError):
    pass


class SSLSyscallError(SSLError):
    pass


class SSLEOFError(SSLError):
    pass


class SSLCertVerificationError(SSLError, ValueError):
    """Whose certificate it is, is not believed."""

    reason, verify_code = "CERTIFICATE_VERIFY_FAILED", 1

    @property
    def verify_message(self):
        return self.args[-1]


CertificateError = SSLCertVerificationError


class VerifyMode(IntEnum):
    CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED = CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED


class TLSVersion(IntEnum):
    MINIMUM_SUPPORTED, SSLv3, TLSv1, TLSv1_1, TLSv1_2, TLSv1_3, MAXIMUM_SUPPORTED = -2, 768, 769, 770, 771, 772, -1


class Options(IntFlag):
    OP_ALL, OP_NO_SSLv2, OP_NO_SSLv3, OP_NO_TLSv1, OP_NO_TLSv1_1, OP_NO_TLSv1_2 = 0x80000050, 0, 0x2000000, 0x4000000, 0x10000000, 0x8000000
    OP_NO_TLSv1_3, OP_NO_COMPRESSION, OP_NO_TICKET, OP_NO_RENEGOTIATION = 0x20000000, 0x20000, 0x4000, 0x40000000
    OP_CIPHER_SERVER_PREFERENCE, OP_SINGLE_DH_USE, OP_SINGLE_ECDH_USE, OP_IGNORE_UNEXPECTED_EOF = 0x400000, 0, 0, 0x80
    OP_ENABLE_MIDDLEBOX_COMPAT = 0x100000


class VerifyFlags(IntFlag):
    VERIFY_DEFAULT, VERIFY_CRL_CHECK_LEAF, VERIFY_CRL_CHECK_CHAIN, VERIFY_X509_STRICT = 0, 4, 12, 32
    VERIFY_ALLOW_PROXY_CERTS, VERIFY_X509_TRUSTED_FIRST, VERIFY_X509_PARTIAL_CHAIN = 64, 32768, 0x80000


for _kind in (Options, VerifyFlags):
    globals().update(_kind.__members__)
del _kind


class Purpose(namedtuple("_Purpose", "nid shortname longname oid")):
    pass


Purpose.SERVER_AUTH = Purpose(129, "serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1")
Purpose.CLIENT_AUTH = Purpose(130, "clientAuth", "TLS Web Client Authentication", "1.3.6.1.5.5.7.3.2")

DefaultVerifyPaths = namedtuple("DefaultVerifyPaths", "cafile capath openssl_cafile_env openssl_cafile openssl_capath_env openssl_capath")
# Where systems keep the authorities that all programs trust.
_PLACES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem")


def get_default_verify_paths():
    import os

    cafile = os.environ.get("SSL_CERT_FILE") or next(filter(os.path.isfile, _PLACES), None)
    return DefaultVerifyPaths(cafile, None, "SSL_CERT_FILE", _PLACES[0], "SSL_CERT_DIR", "/etc/ssl/certs")


def _read(data):
    if isinstance(data, str) and "-----BEGIN" not in data:
        with open(data, "rb") as file:
            return file.read()
    return data


class SSLContext:
    sslsocket_class = SSLSocket
    verify_flags, options, keylog_filename, post_handshake_auth = VerifyFlags.VERIFY_X509_TRUSTED_FIRST, Options.OP_ALL, None, False
    sni_callback = None

    def __init__(self, *protocol):
        self.protocol = protocol[0] if protocol else PROTOCOL_TLS_CLIENT
        self._context = tls.SSLContext(*protocol)
        self._context.verify_mode = CERT_NONE
        self._authorities = b""
        # What a program chose; None: nothing yet.
        self._checks = self._mode = None
        self.minimum_version, self.maximum_version = TLSVersion.TLSv1_2, TLSVersion.MAXIMUM_SUPPORTED

    @property
    def verify_mode(self):
        return self._context.verify_mode

    @verify_mode.setter
    def verify_mode(self, mode):
        if mode == CERT_NONE and self._checks:
            raise ValueError("Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
        self._context.verify_mode = self._mode = mode

    @property
    def check_hostname(self):
        return bool(self._checks)

    @check_hostname.setter
    def check_hostname(self, checks):
        self._context.check_hostname = self._checks = bool(checks)
        if checks and self._context.verify_mode == CERT_NONE:
            self.verify_mode = CERT_REQUIRED

    def get_ciphers(self):
        return self._context.get_ciphers()

    def set_ciphers(self, names):
        names = names.split(":") if isinstance(names, str) else names
        try:
            self._context.set_ciphers(names)
        except OSError:
            # A choice in OpenSSL's language (`HIGH:!aNULL`), of which nothing is left out: there are good ciphers only.
            if not any([name.isupper() and len(name) < 9 or name[:1] in "!+-@" for name in names]):
                raise

    def set_alpn_protocols(self, alpn_protocols):
        self._context.set_alpn_protocols(alpn_protocols)

    # Names of files, or what is in them as bytes.
    def load_cert_chain(self, certfile, keyfile=None, password=None):
        if password is not None:
            raise NotImplementedError("keys with a password are not read")
        self._context.load_cert_chain(_read(certfile), _read(keyfile or certfile))

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        if cafile is None and capath is None and cadata is None:
            raise TypeError("cafile or cadata is wanted")
        if capath is not None:
            import os

            for name in sorted(os.listdir(capath)):
                self._trust(_read(os.path.join(capath, name)))
        if cafile is not None:
            self._trust(_read(cafile))
        if cadata is not None:
            self._trust(cadata)

    def _trust(self, data):
        # What was loaded before is trusted, too: text can be put together, a certificate in DER stands alone.
        data = data.encode() if isinstance(data, str) else bytes(data)
        if self._authorities and b"-----BEGIN" in data:
            data = self._authorities + b"\n" + data
        self._context.load_verify_locations(data)
        if self._mode is None and self.protocol == PROTOCOL_TLS_CLIENT:
            # Who says whom to trust wants to know.
            self._context.verify_mode = CERT_REQUIRED
        if b"-----BEGIN" in data:
            self._authorities = data

    def load_default_certs(self, purpose=Purpose.SERVER_AUTH):
        cafile = get_default_verify_paths().cafile
        if cafile is not None:
            self.load_verify_locations(cafile)

    set_default_verify_paths = load_default_certs

    def wrap_socket(
        self, sock, server_side=False, do_handshake_on_connect=True, suppress_ragged_eofs=True, server_hostname=None, session=None, client_id=None
    ):
        if self._mode is None and self._checks is None:
            # Nobody asked for a name.
            self._context.check_hostname = server_hostname is not None
        return self._context.wrap_socket(
            sock,
            server_side=server_side,
            do_handshake_on_connect=do_handshake_on_connect,
            server_hostname=server_hostname,
        )

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        return SSLObject._between(self, incoming, outgoing, server_side, server_hostname)


class MemoryBIO:
    """Bytes that one side writes and the other reads."""

    def __init__(self):
        self._bytes, self._is_ended = bytearray(), False

    @property
    def pending(self):
        return len(self._bytes)

    @property
    def eof(self):
        return self._is_ended and not self._bytes

    def read(self, n=-1):
        count = len(self._bytes) if n is None or n < 0 else n
        taken = bytes(self._bytes[:count])
        del self._bytes[:count]
        return taken

    def write(self, data):
        if self._is_ended:
            raise SSLError("cannot write() after write_eof()")
        data = memoryview(data).cast("B")
        self._bytes += data
        return len(data)

    def write_eof(self):
        self._is_ended = True


class _Wire(io.IOBase):
    """Two buffers as the stream that a session lies on: one to read from, one to write to."""

    def __init__(self, incoming, outgoing):
        self._incoming, self._outgoing = incoming, outgoing

    def readinto(self, buffer):
        taken = self._incoming.read(len(buffer))
        buffer[: len(taken)] = taken
        # None: later.
        return len(taken) if taken or self._incoming.eof else None

    def write(self, data):
        return self._outgoing.write(data)

    def ioctl(self, request, argument):
        return 0


class SSLObject:
    """A session between two buffers: whoever has it carries the bytes."""

    def __init__(self, *args, **kwargs):
        raise TypeError("SSLObject does not have a public constructor. Instances are returned by SSLContext.wrap_bio().")

    @classmethod
    def _between(cls, context, incoming, outgoing, server_side, server_hostname):
        self = object.__new__(cls)
        self.context, self.server_side, self.server_hostname = context, server_side, server_hostname
        self.session = self.session_reused = None
        self._incoming, self._left, self._other_left = incoming, False, False
        self._outgoing, self._session = outgoing, None
        return self

    @property
    def _socket(self):
        # What cannot be said is an error of the handshake.
        if self._session is None:
            self._session = self.context.wrap_socket(
                _Wire(self._incoming, self._outgoing),
                server_side=self.server_side,
                do_handshake_on_connect=False,
                server_hostname=self.server_hostname,
            )
        return self._session

    def _go_on(self, action, *arguments):
        try:
            return action(*arguments)
        except OSError as error:
            if error.errno == errno.EAGAIN:
                raise SSLWantReadError(SSL_ERROR_WANT_READ, "The operation did not complete (read)") from None
            raise

    def do_handshake(self):
        self._go_on(self._socket.do_handshake)

    def read(self, len=1024, buffer=None):
        if buffer is None:
            found = self._go_on(self._socket.recv, len)
        else:
            found = self._go_on(self._socket.recv_into, buffer, len)
        self._other_left |= not found and len != 0
        return found

    def write(self, data):
        return self._go_on(self._socket.write, data)

    def unwrap(self):
        """Says farewell; done when the other side has said it, too."""
        if not self._left:
            self._left = True
            self._socket.close()
        if not (self._other_left or self._incoming.pending or self._incoming.eof):
            raise SSLWantReadError(SSL_ERROR_WANT_READ, "The operation did not complete (read)")
        self._incoming.read()

    def pending(self):
        return self._socket.pending()

    def getpeercert(self, binary_form=False):
        return self._socket.getpeercert(binary_form)

    def selected_alpn_protocol(self):
        return self._socket.selected_alpn_protocol()

    def selected_npn_protocol(self):
        return None

    def cipher(self):
        found = self._socket.cipher()
        return found and found + (None,) * (3 - len(found))

    def shared_ciphers(self):
        return None

    def compression(self):
        return None

    def version(self):
        return self._socket.version()

    def get_channel_binding(self, cb_type="tls-unique"):
        return None


def create_default_context(purpose=Purpose.SERVER_AUTH, *, cafile=None, capath=None, cadata=None):
    if not isinstance(purpose, Purpose):
        # The file of authorities in the first place, as on boards.
        purpose, cafile = Purpose.SERVER_AUTH, purpose
    context = SSLContext(PROTOCOL_TLS_CLIENT if purpose == Purpose.SERVER_AUTH else PROTOCOL_TLS_SERVER)
    if purpose == Purpose.SERVER_AUTH:
        context.verify_mode, context.check_hostname = CERT_REQUIRED, True
    if cafile is not None or capath is not None or cadata is not None:
        context.load_verify_locations(cafile, capath, cadata)
    elif context.verify_mode != CERT_NONE:
        context.load_default_certs(purpose)
    return context


_create_default_https_context = create_default_context


def _create_unverified_context(*args, **kwargs):
    return SSLContext(PROTOCOL_TLS_CLIENT)


_create_stdlib_context = _create_unverified_context


def PEM_cert_to_DER_cert(pem_cert_string):
    from base64 import b64decode

    lines = pem_cert_string.strip().splitlines()
    if lines[0] != "-----BEGIN CERTIFICATE-----" or lines[-1] != "-----END CERTIFICATE-----":
        raise ValueError("Invalid PEM encoding; must start with -----BEGIN CERTIFICATE-----")
    return b64decode("".join(lines[1:-1]))


def DER_cert_to_PEM_cert(der_cert_bytes):
    from base64 import b64encode

    text = b64encode(der_cert_bytes).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join([PEM_HEADER] + lines + [PEM_FOOTER]) + "\n"


def RAND_bytes(n):
    from os import urandom

    return urandom(n)


def RAND_status():
    return True


def RAND_add(string, entropy):
    # The system's generator needs none of a program's.
    pass


def get_protocol_name(protocol_code):
    names = [name for name, value in globals().items() if name.startswith("PROTOCOL_") and value == protocol_code]
    return names[0] if names else "<unknown>"


def get_server_certificate(addr, ssl_version=None, ca_certs=None, timeout=None):
    """The certificate of a server, in PEM; it is checked if authorities are given."""
    import socket

    context = SSLContext(PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = CERT_NONE if ca_certs is None else CERT_REQUIRED
    if ca_certs is not None:
        context.load_verify_locations(ca_certs)
    with socket.create_connection(addr, *[] if timeout is None else [timeout]) as connection:
        with context.wrap_socket(connection, server_hostname=addr[0]) as wrapped:
            return DER_cert_to_PEM_cert(wrapped.getpeercert(True))


def match_hostname(cert, hostname):
    """Refuses a certificate, as `getpeercert` has it, that is not for this host (RFC 6125). A context does so itself."""
    import ipaddress
    import warnings

    warnings.warn("ssl.match_hostname() is deprecated", DeprecationWarning, 2)
    if not cert:
        raise ValueError(
            "empty or no certificate, match_hostname needs a SSL socket or SSL context with either CERT_OPTIONAL or CERT_REQUIRED"
        )
    try:
        address = ipaddress.ip_address(hostname)
    except ValueError:
        address = None
    names = []
    for kind, value in cert.get("subjectAltName", ()):
        if kind == "DNS":
            names.append(value)
            if address is None and _is_name_for(value, hostname):
                return
        elif kind == "IP Address":
            names.append(value)
            if address is not None and ipaddress.ip_address(value.rstrip()) == address:
                return
    if not names:
        # Certificates of old say it in their subject.
        for part in cert.get("subject", ()):
            for key, value in part:
                if key == "commonName":
                    names.append(value)
                    if _is_name_for(value, hostname):
                        return
    if len(names) > 1:
        raise SSLCertVerificationError("hostname %r doesn't match either of %s" % (hostname, ", ".join(map(repr, names))))
    if names:
        raise SSLCertVerificationError("hostname %r doesn't match %r" % (hostname, names[0]))
    raise SSLCertVerificationError("no appropriate commonName or subjectAltName fields were found")


def _is_name_for(pattern, hostname):
    if "*" not in pattern:
        return pattern.lower() == hostname.lower()
    first, _, rest = pattern.partition(".")
    if "*" in rest or pattern.count("*") > 1:
        raise SSLCertVerificationError("too many wildcards in certificate DNS name: %r." % pattern)
    if not rest:
        raise SSLCertVerificationError("sole wildcard without additional labels are not support: %r." % pattern)
    if first != "*":
        raise SSLCertVerificationError("partial wildcards in leftmost label are not supported: %r." % pattern)
    host, _, domain = hostname.partition(".")
    return bool(host) and domain.lower() == rest.lower()


def cert_time_to_seconds(cert_time):
    from calendar import timegm
    from time import strptime

    return timegm(strptime(cert_time, "%b %d %H:%M:%S %Y GMT"))


def wrap_socket(
    sock,
    server_side=False,
    key=None,
    cert=None,
    cert_reqs=CERT_NONE,
    cadata=None,
    server_hostname=None,
    do_handshake=True,
):
    context = SSLContext(PROTOCOL_TLS_SERVER if server_side else PROTOCOL_TLS_CLIENT)
    context.verify_mode = cert_reqs
    if cert is not None or key is not None:
        context.load_cert_chain(cert, key)
    if cadata is not None:
        context.load_verify_locations(cadata=cadata)
    return context.wrap_socket(
        sock, server_side=server_side, do_handshake_on_connect=do_handshake, server_hostname=server_hostname
    )
