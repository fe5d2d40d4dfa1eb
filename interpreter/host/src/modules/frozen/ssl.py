# TLS in CPython's form: `tls` with files, names of files, and defaults.
import tls
from tls import (
    CERT_NONE,
    CERT_OPTIONAL,
    CERT_REQUIRED,
    PROTOCOL_TLS_CLIENT,
    PROTOCOL_TLS_SERVER,
)

OPENSSL_VERSION = "rustls"
SSLError = OSError


def _read(data):
    if isinstance(data, str) and "-----BEGIN" not in data:
        with open(data, "rb") as file:
            return file.read()
    return data


class SSLContext:
    def __init__(self, *protocol):
        self._context = tls.SSLContext(*protocol)
        self._context.verify_mode = CERT_NONE

    @property
    def verify_mode(self):
        return self._context.verify_mode

    @verify_mode.setter
    def verify_mode(self, mode):
        self._context.verify_mode = mode

    def get_ciphers(self):
        return self._context.get_ciphers()

    def set_ciphers(self, names):
        self._context.set_ciphers(names.split(":") if isinstance(names, str) else names)

    # Names of files, or what is in them as bytes.
    def load_cert_chain(self, certfile, keyfile=None):
        self._context.load_cert_chain(_read(certfile), _read(keyfile or certfile))

    def load_verify_locations(self, cafile=None, cadata=None):
        if cafile is None and cadata is None:
            raise TypeError("cafile or cadata is wanted")
        self._context.load_verify_locations(_read(cafile) if cafile is not None else cadata)

    def wrap_socket(
        self, sock, server_side=False, do_handshake_on_connect=True, server_hostname=None, client_id=None
    ):
        return self._context.wrap_socket(
            sock,
            server_side=server_side,
            do_handshake_on_connect=do_handshake_on_connect,
            server_hostname=server_hostname,
        )


def create_default_context(cafile=None, cadata=None):
    context = SSLContext(PROTOCOL_TLS_CLIENT)
    context.verify_mode = CERT_REQUIRED
    if cafile is not None or cadata is not None:
        context.load_verify_locations(cafile, cadata)
    return context


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
