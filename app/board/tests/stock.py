"""MicroPython itself as a board behind a TCP port: its Unix port, with what it lacks of a board put around it.

    python stock.py KIND FOLDER [--read-only] [--room BYTES]

KIND is `micropython`; `old`: no raw-paste, no deflate, as before 1.14; or `circuitpython`: another banner, titles in the middle of the line,
no `os.ilistdir` and no `micropython.kbd_intr`, and a program that ended is followed by no prompt until a key is pressed. FOLDER is its
flash, which may be read-only, or have room for so many bytes. It says on standard output where it listens, then serves one caller after
the other; it ends with its standard input.

What is put around it: a soft reset (the Unix port ends), Ctrl-C (the Unix port hears a signal), and line ends of two bytes.
"""
import argparse
import os
import pty
import re
import select
import signal
import socket
import sys
import tempfile
import termios

MAIN = """
import signal, micropython_unix
signal.signal(signal.SIGINT, signal.SIG_DFL)  # CPython's own handler is none of a board
micropython_unix.run_main(['micropython', '-i', '-X', 'heapsize=2M', {start!r}])
"""

# What runs before the prompt: takes away what this kind of board has not, and stands between programs and the disk.
START = """
def dress():
    import sys, builtins, os
    def deny(*a, **k):
        raise OSError(30)
    class Less:
        pass
    less = Less()
    for name in dir(os):
        if name not in {hidden!r}:
            setattr(less, name, getattr(os, name))
    if {read_only!r}:
        for name in ('remove', 'unlink', 'rename', 'mkdir', 'rmdir'):
            setattr(less, name, deny)
    def size(path):
        s = os.stat(path)
        return sum(size(path + '/' + n) for n in os.listdir(path)) if s[0] & 0x4000 else s[6] + 511 & ~511
    def statvfs(path):
        free = max({room!r} - size({folder!r}), 0) // 512
        return 512, 512, {room!r} // 512, free, free, 0, 0, 0, 0, 255
    if {room!r} is not None:
        less.statvfs = statvfs
    whole = open
    def part(path, mode='r', *a, **k):
        if {read_only!r} and any(c in mode for c in 'wa+'):
            raise OSError(30)
        return whole(path, mode, *a, **k)
    builtins.open = part
    sys.modules['os'] = less
    class Micropython:
        const = staticmethod(lambda x: x)
        opt_level = staticmethod(lambda *a: 0)
    if {circuit!r}:
        sys.modules['micropython'] = Micropython
dress()
del dress
"""

RAW = b"raw REPL; CTRL-B to exit\r\n>"
TITLE = "\x1b]0;🐍Wi-Fi: off | %s | 9.2.1\x1b\\"
CIRCUIT = "\r\nAdafruit CircuitPython 9.2.1 on 2024-11-20; Raspberry Pi Pico with rp2040\r\n>>> "
DONE = b"\r\nCode done running.\r\n\r\nPress any key to enter the REPL. Use CTRL-D to reload.\r\n"


class Board:
    """The interpreter on a pseudo-terminal."""

    def __init__(self, wish, libraries):
        self.wish = wish
        self.circuit = wish.kind == "circuitpython"
        self.start = os.path.join(libraries, "start.py")
        hidden = {"ilistdir"} if self.circuit else set()
        folder = os.path.abspath(wish.folder)
        text = START.format(hidden=hidden, read_only=wish.read_only, room=wish.room, folder=folder, circuit=self.circuit)
        with open(self.start, "w") as file:
            file.write(text)
        if wish.kind != "micropython":
            with open(os.path.join(libraries, "deflate.py"), "w") as file:
                file.write("raise ImportError('no module named deflate')\n")
        self.environment = dict(os.environ, MICROPYPATH=libraries + ":.frozen")
        self.pid = None
        self.boot()

    def boot(self):
        self.pid, self.line = pty.fork()
        if self.pid == 0:
            os.chdir(self.wish.folder)
            main = ["python", "-c", MAIN.format(start=self.start)]
            os.execve(sys.executable, [sys.executable, *main[1:]], self.environment)
        settings = termios.tcgetattr(self.line)
        settings[0] = 0  # no byte means anything to the line itself
        settings[1] &= ~termios.OPOST
        settings[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
        termios.tcsetattr(self.line, termios.TCSANOW, settings)
        self.binary = False
        self.free = True  # at a prompt
        self.held = b""
        self.last = b""

    def until(self, end):
        """Swallows what it says up to `end`."""
        said = b""
        while not said.endswith(end):
            said += os.read(self.line, 1)

    def read(self):
        """What it says, as far as it comes at once, so that a banner is in one piece; nothing if it has ended."""
        said = b""
        try:
            while len(said) < 65536 and (not said or select.select([self.line], [], [], 0.01)[0]):
                said += os.read(self.line, 65536)
        except OSError:
            pass  # the next read finds the end again
        return said

    def running(self):
        """Whether a program runs that Ctrl-C interrupts: then the signal has a handler."""
        with open(f"/proc/{self.pid}/status") as status:
            caught = next(line for line in status if line.startswith("SigCgt:"))
        return int(caught.split()[1], 16) >> (signal.SIGINT - 1) & 1

    def hear(self, come):
        """Bytes from the caller."""
        for at in range(len(come)):
            byte = come[at : at + 1]
            if byte == b"\x03" and self.running():
                os.kill(self.pid, signal.SIGINT)
                continue
            self.source = (self.source + byte)[-4096:]
            if byte in b"\x01\x02\x05":
                self.binary = False
                self.source = b""
            if byte == b"\x04" and b"stdout.buffer" in self.source:
                self.binary = True  # what it writes are no lines
            if byte == b"\x04":
                self.free = False
            if self.wish.kind == "old" and self.free and (byte == b"\x05" or byte == b"A" and self.before == b"\x05"):
                self.before = byte
                continue  # old firmware drops them, and shows the banner of its raw prompt at Ctrl-A
            self.before = byte
            os.write(self.line, byte)

    before = source = b""

    def say(self, said):
        """What the caller hears of what the interpreter said."""
        self.free |= said.endswith(b">")
        if self.binary:
            return said
        out = b""
        for at in range(len(said)):
            byte = said[at : at + 1]
            out += b"\r\n" if byte == b"\n" and self.last != b"\r" else byte
            self.last = byte
        return self.disguise(out) if self.circuit else out

    def disguise(self, out):
        out, self.held = self.held + out, b""
        banner = (TITLE % "REPL" + CIRCUIT + TITLE % "REPL").encode()
        out = re.sub(rb"MicroPython .*?>>> ", lambda _: banner, out, flags=re.DOTALL)
        if b"MicroPython " in out and not self.running():
            self.held = out  # the rest of a banner is still to come
            return b""
        return out.replace(RAW, (TITLE % "Done").encode() + RAW)

    def again(self, raw):
        """A soft reset; the words for it."""
        os.close(self.line)
        os.waitpid(self.pid, 0)
        self.boot()
        self.until(b">>> ")
        if raw:
            os.write(self.line, b"\x01")
            self.until(RAW)
            return b"soft reboot\r\n" + RAW if self.circuit else b"MPY: soft reboot\r\n" + RAW
        if self.circuit:
            return b"soft reboot\r\n" + DONE
        os.write(self.line, b"\x02")
        return b"MPY: soft reboot\r\n"


def serve(board, caller):
    """Until the caller hangs up. `None`: it shall end."""
    raw = waits = False
    tail = b""
    while True:
        ready, _, _ = select.select([caller, board.line, sys.stdin], [], [])
        if sys.stdin in ready and not sys.stdin.buffer.read1(1):
            return None
        if board.line in ready:
            said = board.read()
            if said:
                tail = (tail + said)[-64:]  # what is said may come in parts
                raw = RAW in tail or raw and not tail.endswith(b">>> ")
                caller.sendall(board.say(said))
            else:
                waits = board.circuit and not raw
                caller.sendall(board.again(raw))
        if caller in ready:
            come = caller.recv(4096)
            if not come:
                return True
            if waits:
                waits, come = False, b"\x02"  # any key enters the prompt
            board.hear(come)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("kind", choices=["micropython", "old", "circuitpython"])
    words.add_argument("folder")
    words.add_argument("--read-only", action="store_true")
    words.add_argument("--room", type=int)
    with tempfile.TemporaryDirectory() as libraries:
        board = Board(words.parse_args(), libraries)
        try:
            with socket.create_server(("127.0.0.1", 0)) as server:
                print("board: tcp 127.0.0.1:%d" % server.getsockname()[1], flush=True)
                while True:
                    ready, _, _ = select.select([server, sys.stdin], [], [])
                    if server not in ready:
                        return
                    caller, _ = server.accept()
                    caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    with caller:
                        try:
                            if serve(board, caller) is None:
                                return
                        except ConnectionError:
                            pass  # pulled out
        finally:
            os.kill(board.pid, signal.SIGKILL)


main()
