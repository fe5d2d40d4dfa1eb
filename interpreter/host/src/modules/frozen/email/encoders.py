"""Payloads made fit for the wire."""

from base64 import encodebytes
from quopri import encodestring

__all__ = ["encode_7or8bit", "encode_base64", "encode_noop", "encode_quopri"]


def encode_base64(msg):
    payload = msg.get_payload(decode=True)
    msg.set_payload(encodebytes(payload).decode("ascii"))
    msg["Content-Transfer-Encoding"] = "base64"


def encode_quopri(msg):
    payload = msg.get_payload(decode=True)
    msg.set_payload(encodestring(payload, quotetabs=True).replace(b" ", b"=20").decode("ascii"))
    msg["Content-Transfer-Encoding"] = "quoted-printable"


def encode_7or8bit(msg):
    payload = msg.get_payload(decode=True)
    msg["Content-Transfer-Encoding"] = "7bit" if payload is None or payload.isascii() else "8bit"


def encode_noop(msg):
    pass
