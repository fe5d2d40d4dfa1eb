"""What continues the builtin module `re`: its error, its flags as an enum, a scanner over several patterns."""

import re
from enum import KEEP, IntFlag, global_flag_repr

__all__ = [
    "A", "ASCII", "DOTALL", "I", "IGNORECASE", "L", "LOCALE", "M", "MULTILINE", "Match", "NOFLAG", "Pattern", "PatternError", "RegexFlag", "S", "U",
    "UNICODE", "VERBOSE", "X", "compile", "error", "escape", "findall", "finditer", "fullmatch", "match", "purge", "search", "split", "sub", "subn",
]


def _shown(flags):
    """Flags by name, bits without one in hexadecimal."""
    return "|".join([hex(int(part)) if part.isdigit() else part for part in global_flag_repr(flags).split("|")])


class RegexFlag(IntFlag, boundary=KEEP):
    __module__ = "re"
    NOFLAG = 0
    ASCII = A = re._native_A
    IGNORECASE = I = re._native_I
    LOCALE = L = re._native_L
    UNICODE = U = re._native_U
    MULTILINE = M = re._native_M
    DOTALL = S = re._native_S
    VERBOSE = X = re._native_X

    __repr__ = __str__ = _shown


globals().update(RegexFlag.__members__)


def _compile(pattern, flags):
    # What pickles of patterns call.
    return re.compile(pattern, flags)


_compile.__module__ = "re"


class error(ValueError):
    """What a wrong pattern raises: what is wrong, with which pattern, and where. (MicroPython raises `ValueError`.)"""

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            msg = "%s at position %d" % (msg, pos)
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = "%s (line %d, column %d)" % (msg, self.lineno, self.colno)
        super().__init__(msg)


PatternError = error


class Scanner:
    """Cuts text into tokens: what each pattern of a list matches goes through the action beside it."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._rules = [(re.compile(phrase, flags), action) for phrase, action in lexicon]

    def scan(self, string):
        result, at = [], 0
        while at < len(string):
            for pattern, action in self._rules:
                match = pattern.match(string, at)
                if match and match.end() > at:
                    break
            else:
                break
            at = match.end()
            if callable(action):
                self.match = match
                action = action(self, match.group())
            if action is not None:
                result.append(action)
        return result, string[at:]
