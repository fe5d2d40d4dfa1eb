"""A line of text to another computer, as Telnet (RFC 854) has it: what is negotiated is refused unless the program says otherwise."""

import re
import selectors
import socket
import sys
from time import monotonic as _time

__all__ = ["Telnet"]

TELNET_PORT, DEBUGLEVEL = 23, 0
theNULL = bytes([0])
IAC, DONT, DO, WONT, WILL, SB, GA, EL, EC, AYT, AO, IP, BRK, DM, NOP, SE = [bytes([code]) for code in range(255, 239, -1)]
BINARY, ECHO, RCP, SGA, NAMS, STATUS, TM = [bytes([code]) for code in range(7)]
TTYPE, EOR, NAWS, TSPEED, LFLOW, LINEMODE, XDISPLOC = [bytes([code]) for code in (24, 25, 31, 32, 33, 34, 35)]
OLD_ENVIRON, AUTHENTICATION, ENCRYPT, NEW_ENVIRON, EXOPL, NOOPT = [bytes([code]) for code in (36, 37, 38, 39, 255, 0)]


class Telnet:
    sock = None

    def __init__(self, host=None, port=0, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.debuglevel, self.host, self.port, self.timeout = DEBUGLEVEL, host, port, timeout
        # Bytes as they came, bytes of text, a command that is not whole, what was negotiated within one.
        self.rawq, self.cookedq, self.iacseq, self.sbdataq = b"", b"", b"", b""
        self.eof, self.sb, self.option_callback = False, False, None
        if host is not None:
            self.open(host, port, timeout)

    def open(self, host, port=0, timeout=socket._GLOBAL_DEFAULT_TIMEOUT):
        self.eof, self.host, self.port, self.timeout = False, host, port or TELNET_PORT, timeout
        self.sock = socket.create_connection((self.host, self.port), timeout)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def __del__(self):
        self.close()

    def msg(self, msg, *args):
        if self.debuglevel > 0:
            print("Telnet(%s,%s):" % (self.host, self.port), msg % args if args else msg)

    def set_debuglevel(self, debuglevel):
        self.debuglevel = debuglevel

    def close(self):
        sock, self.sock, self.eof, self.iacseq, self.sb = self.sock, None, True, b"", False
        if sock:
            sock.close()

    def get_socket(self):
        return self.sock

    def fileno(self):
        return self.sock.fileno()

    def write(self, buffer):
        self.msg("send %r", buffer)
        self.sock.sendall(buffer.replace(IAC, IAC + IAC))

    def _wait(self, deadline):
        """Whether there is something to read before the deadline."""
        if self.rawq:
            return True
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            return bool(selector.select(None if deadline is None else max(deadline - _time(), 0)))

    def read_until(self, match, timeout=None):
        """The text up to `match`, with it; what there is if the time is over or the other side ended."""
        deadline = None if timeout is None else _time() + timeout
        self.process_rawq()
        searched = 0
        while True:
            at = self.cookedq.find(match, searched)
            if at >= 0:
                return self._taken(at + len(match))
            searched = max(0, len(self.cookedq) - len(match) + 1)
            if self.eof or not self._wait(deadline):
                return self.read_very_lazy()
            self.fill_rawq()
            self.process_rawq()

    def _taken(self, count):
        taken, self.cookedq = self.cookedq[:count], self.cookedq[count:]
        return taken

    def read_all(self):
        self.process_rawq()
        while not self.eof:
            self.fill_rawq()
            self.process_rawq()
        return self._taken(len(self.cookedq))

    def read_some(self):
        self.process_rawq()
        while not self.cookedq and not self.eof:
            self.fill_rawq()
            self.process_rawq()
        return self._taken(len(self.cookedq))

    def read_very_eager(self):
        self.process_rawq()
        while not self.eof and self.sock_avail():
            self.fill_rawq()
            self.process_rawq()
        return self.read_very_lazy()

    def read_eager(self):
        self.process_rawq()
        while not self.cookedq and not self.eof and self.sock_avail():
            self.fill_rawq()
            self.process_rawq()
        return self.read_very_lazy()

    def read_lazy(self):
        self.process_rawq()
        return self.read_very_lazy()

    def read_very_lazy(self):
        taken = self._taken(len(self.cookedq))
        if not taken and self.eof and not self.rawq:
            raise EOFError("telnet connection closed")
        return taken

    def read_sb_data(self):
        data, self.sbdataq = self.sbdataq, b""
        return data

    def set_option_negotiation_callback(self, callback):
        self.option_callback = callback

    def _negotiated(self, command, option):
        if self.option_callback:
            self.option_callback(self.sock, command, option)
        elif command in (DO, DONT):
            self.sock.sendall(IAC + WONT + option)
        else:
            self.sock.sendall(IAC + DONT + option)

    def process_rawq(self):
        """Sorts what came into text and commands."""
        text, negotiated = bytearray(), bytearray()
        try:
            while self.rawq:
                c = self.rawq_getchar()
                if not self.iacseq:
                    if c == IAC:
                        self.iacseq = c
                    elif c not in (theNULL, b"\021"):
                        (negotiated if self.sb else text).extend(c)
                elif len(self.iacseq) == 1:
                    if c in (DO, DONT, WILL, WONT):
                        self.iacseq += c
                        continue
                    self.iacseq = b""
                    if c == IAC:
                        (negotiated if self.sb else text).extend(c)
                        continue
                    if c == SB:
                        self.sb = True
                        negotiated.clear()
                        self.sbdataq = b""
                    elif c == SE:
                        self.sb = False
                        self.sbdataq += bytes(negotiated)
                        negotiated.clear()
                    if self.option_callback:
                        self.option_callback(self.sock, c, NOOPT)
                else:
                    command, self.iacseq = self.iacseq[1:2], b""
                    self._negotiated(command, c)
        except EOFError:
            self.iacseq, self.sb = b"", False
        self.cookedq += bytes(text)
        self.sbdataq += bytes(negotiated)

    def rawq_getchar(self):
        if not self.rawq:
            self.fill_rawq()
            if self.eof:
                raise EOFError
        c, self.rawq = self.rawq[:1], self.rawq[1:]
        return c

    def fill_rawq(self):
        data = self.sock.recv(4096)
        self.msg("recv %r", data)
        self.eof = not data
        self.rawq += data

    def sock_avail(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            return bool(selector.select(0))

    def interact(self):
        """What is typed goes there, what comes is printed, until either ends."""
        with selectors.DefaultSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.register(sys.stdin, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fileobj is self:
                        try:
                            text = self.read_eager()
                        except EOFError:
                            print("*** Connection closed by remote host ***")
                            return
                        sys.stdout.write(text.decode("ascii", "replace"))
                        sys.stdout.flush()
                    else:
                        line = sys.stdin.readline().encode("ascii")
                        if not line:
                            return
                        self.write(line)

    mt_interact = interact

    def expect(self, list, timeout=None):
        """Reads until one of the expressions is found: which, the match, and the text up to its end."""
        patterns = [re.compile(one) if not hasattr(one, "search") else one for one in list]
        deadline = None if timeout is None else _time() + timeout
        while True:
            self.process_rawq()
            for index, pattern in enumerate(patterns):
                found = pattern.search(self.cookedq)
                if found:
                    return index, found, self._taken(found.end())
            if self.eof or not self._wait(deadline):
                break
            self.fill_rawq()
        text = self.read_very_lazy()
        if not text and self.eof:
            raise EOFError
        return -1, None, text
