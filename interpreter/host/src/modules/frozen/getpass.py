"""Passwords typed without being seen, and who is typing."""

import os
import sys

__all__ = ["GetPassWarning", "getpass", "getuser"]


class GetPassWarning(UserWarning):
    pass


def getpass(prompt="Password: ", stream=None):
    out = sys.stderr if stream is None else stream
    try:
        import termios

        old = termios.tcgetattr(sys.stdin)
    except (ImportError, OSError, AttributeError):
        import warnings

        warnings.warn("Can not control echo on the terminal.", GetPassWarning, stacklevel=2)
        return _line(prompt, out)
    hidden = old[:]
    hidden[3] &= ~termios.ECHO
    try:
        termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, hidden)
        return _line(prompt, out)
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, old)
        out.write("\n")


unix_getpass = getpass


def _line(prompt, out):
    out.write(prompt)
    out.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")


fallback_getpass = lambda prompt="Password: ", stream=None: _line(prompt, sys.stderr if stream is None else stream)


def getuser():
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        user = os.environ.get(name)
        if user:
            return user
    import pwd

    return pwd.getpwuid(os.getuid())[0]
