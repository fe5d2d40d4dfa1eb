# webrepl: the prompt over the network, for a browser. `start_foreground` waits for a client, who then has a second terminal.
import binascii
import hashlib
import os
import socket

import _webrepl
import websocket

_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

_listener = None
_client = None


# Answers the head of a request for a websocket. False if it is none.
def _shake_hands(connection):
    key = None
    while True:
        line = connection.readline()
        if not line:
            return False
        if line == b"\r\n":
            break
        name, _, value = line.partition(b":")
        if name.lower() == b"sec-websocket-key":
            key = value.strip()
    if key is None:
        connection.write(b"HTTP/1.0 400 Bad Request\r\n\r\nA client of WebREPL is wanted.\r\n")
        return False
    answer = binascii.b2a_base64(hashlib.sha1(key + _MAGIC).digest()).strip()
    connection.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
        + answer
        + b"\r\n\r\n"
    )
    return True


def setup_conn(port=8266):
    global _listener
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(socket.getaddrinfo("0.0.0.0", port)[0][-1])
    listener.listen(1)
    _listener = listener
    return listener


# Takes one client. Whether there is one now.
def accept_conn(listener):
    global _client
    connection, address = listener.accept()
    print("\nWebREPL connection from:", address)
    before = os.dupterm(None)
    os.dupterm(before)
    if before is not None:
        print("Concurrent WebREPL connection from", address, "rejected")
        connection.close()
        return False
    if not _shake_hands(connection):
        connection.close()
        return False
    connection.setblocking(False)
    _client = connection
    os.dupterm(_webrepl._webrepl(websocket.websocket(connection, True)))
    return True


def stop():
    global _listener, _client
    os.dupterm(None)
    for one in (_client, _listener):
        if one:
            one.close()
    _client = _listener = None


def start_foreground(port=8266, password=None):
    stop()
    if password is None:
        import webrepl_cfg

        password = webrepl_cfg.PASS
    _webrepl.password(password)
    listener = setup_conn(port)
    print("WebREPL server waits on port", listener.getsockname()[1])
    while not accept_conn(listener):
        pass
