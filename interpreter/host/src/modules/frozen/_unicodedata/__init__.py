"""What continues the builtin module `unicodedata`: mirrored characters, and the standard as it was when names of hosts were defined (RFC 3454)."""

import unicodedata
from bisect import bisect_right
from itertools import accumulate


def _ends(steps):
    """Where stretches of characters begin and end, in turn, each as far from the one before as a hexadecimal number says."""
    return list(accumulate([int(step, 16) for step in steps.split()]))


# Those of version 3.2.
_THEN = _ends(
    "0 221 1 12 1c 5e 2 3f 11 50 10 10 4 2 4 1 3 1 5 7 1 1 1 14 1 2c 1 27 9 87 1 47 1 26 2 2 6 10 21 26 2 7 1 27 1 2 6 11 1 17 1 a b 1b 5 5 "
    "17 1 e 1 3 1 1 1a 5 16 a 8e 2 f 1 e 1 1e 3 1b 35 32 14f 3 1 35 2 12 2 5 3 19 10 3 1 8 2 2 2 16 1 7 1 1 3 4 2 1 1 7 2 2 2 3 9 1 4 2 1 5 2 "
    "15 7 1 2 6 4 2 2 16 1 7 1 2 1 2 1 2 2 1 1 5 4 2 2 3 b 4 1 1 7 f c 3 1 7 1 1 1 3 1 16 1 7 1 2 1 5 2 a 1 3 1 3 2 1 f 1 5 a 11 3 1 8 2 2 2 "
    "16 1 7 1 2 2 4 2 8 3 2 2 3 8 2 4 2 1 3 4 b 11 2 1 6 3 3 1 4 3 2 1 1 1 2 3 2 3 3 3 8 1 3 4 5 3 3 1 4 9 1 f c e 3 1 8 1 3 1 17 1 a 1 5 4 7 "
    "1 3 1 4 7 2 9 2 4 a 12 2 1 8 1 3 1 17 1 a 1 5 4 7 1 3 1 4 7 2 7 1 1 2 4 a 12 2 1 8 1 3 1 17 1 10 4 6 2 3 1 4 9 1 8 2 4 a 12 2 1 12 3 18 "
    "1 9 1 1 2 7 3 1 4 6 1 1 1 8 12 3 c 3a 4 1d 25 2 1 1 2 2 1 1 2 1 6 4 1 7 1 3 1 1 1 1 2 2 1 d 1 3 2 5 1 1 1 6 2 a 2 2 22 48 1 22 6 1b 4 8 "
    "1 24 1 f 2 1 30 22 1 5 1 2 1 7 3 4 6 1a 46 26 a 29 2 1 4 5a 5 44 5 52 6 7 1 3f 1 1 1 4 2 7 1 1 1 4 2 27 1 1 1 4 2 1f 1 1 1 4 2 7 1 1 1 4 "
    "2 7 1 7 1 17 1 1f 1 1 1 4 2 7 1 27 1 13 6 1c 23 55 c 276 9 1d 3 51 f d 1 7 b 17 9 14 c d 1 3 1 2 c 5d 3 a 16 f 1 a 6 58 8 2a 556 9c 4 5a "
    "6 16 2 6 2 26 2 6 2 8 1 1 1 1 1 1 1 1f 2 35 1 f 1 e 2 6 1 13 2 3 1 9 1 53 4 1 7 5 6 8 2 1b 11 12 1e 1b 15 3b 2 f 7 31 c 23f 31 27 19 b "
    "15 9f 1 114 2 2 1 65 2 a 77 4 1 4 2 1c 1 23 1 1 1 4 3 1 1 7 2 34 3 18 1 e 11 1c 4 310 380 1a 1 59 c d6 1a c 4 40 1 56 2 67 5 28 4 5e 1 "
    "28 38 2d 3 24 d 2b 3 4d 4 2f 1 77 4 63 2 1f 1 19b6 4a 51a6 5a 48d 3 37 739 2ba4 5c 222e 2 3b 95 7 c 5 5 1a 1 5 1 1 1 2 1 2 1 6c 21 16d "
    "10 40 2 36 28 d 3 10 10 4 c 17 2 a 1 13 1 4 4 5 1 87 2 1 1 be 3 6 2 6 2 6 2 3 3 7 1 7 a 5 302 1f 1 4 c 1b b5 26 2 26 cbb2 f6 a 27 3 b4 "
    "222 55 1 47 1 2 2 1 2 2 2 4 1 c 1 1 1 4 1 2 1 41 1 4 2 8 1 7 1 1c 1 4 1 5 1 1 3 7 1 152 4 122 4 32 2800 a6d7 5129 21e b05e3 1 1e 60 ff80 "
    "fffe 2 fffe"
)
# Those that text from right to left shows the other way round.
_MIRRORED = _ends(
    "28 2 12 1 1 1 1c 1 1 1 1d 1 1 1 2d 1 f 1 e7e 4 75d 2 99c 2 a 2 36 2 e 2 b1 1 c0 4 3 6 3 1 3 2 3 4 1 4 1 1 1 1 4 9 5 1 1 12 5 4 9 2 1 1 1 "
    "8 2 1f 2 4 5 1 9 2 2 13 5 2 9 5 2 2 4 18 2 10 8 4 14 2 7 2 43d e 4a 1 2 4 1 2 1 3 5 4 5 3 3 e 193 16 2 6 1 e 8 1 7 6 3 1 4 5 1 2 2 5 4 1 "
    "1 3 2 2 a 6 2 2 c 13 1 4 2 1 1 1 2 1 1 4 5 2 6 3 18 2 b 2 4 4 1 2 2 2 4 2b 2 8 1 28 5 1 1 1 3 5 5 3 4 1 3 5 1 1 100 1 203 4 3 2 1 2 e 2 "
    "2 a 2b 8 1ab a 2 8 ce3d 6 5 2 a2 2 12 1 1 1 1c 1 1 1 1d 1 1 1 1 2 1 2 d777 1 39 1 39 1 39 1 39 1"
)


def _was_there(chr):
    return bisect_right(_THEN, ord(chr)) % 2


def mirrored(chr):
    return bisect_right(_MIRRORED, ord(chr)) % 2


class UCD:
    """The functions of this module, for which characters that are newer do not exist."""

    __module__ = "unicodedata"
    unidata_version = "3.2.0"

    def category(self, chr):
        return unicodedata.category(chr) if _was_there(chr) else "Cn"

    def combining(self, chr):
        return unicodedata.combining(chr) if _was_there(chr) else 0

    def bidirectional(self, chr):
        return unicodedata.bidirectional(chr) if _was_there(chr) else ""

    def mirrored(self, chr):
        return mirrored(chr) if _was_there(chr) else 0

    def decomposition(self, chr):
        return unicodedata.decomposition(chr) if _was_there(chr) else ""

    def east_asian_width(self, chr):
        return unicodedata.east_asian_width(chr) if _was_there(chr) else "N"

    def name(self, chr, *default):
        return unicodedata.name(chr if _was_there(chr) else "\ufffe", *default)

    def lookup(self, name):
        found = unicodedata.lookup(name)
        if not _was_there(found):
            raise KeyError("undefined character name %r" % name)
        return found

    def decimal(self, chr, *default):
        return unicodedata.decimal(chr if _was_there(chr) else "\ufffe", *default)

    def digit(self, chr, *default):
        return unicodedata.digit(chr if _was_there(chr) else "\ufffe", *default)

    def numeric(self, chr, *default):
        return unicodedata.numeric(chr if _was_there(chr) else "\ufffe", *default)

    def normalize(self, form, unistr):
        # Newer characters neither come apart nor go together with others.
        parts, start = [], 0
        for at, character in enumerate(unistr):
            if not _was_there(character):
                parts += unicodedata.normalize(form, unistr[start:at]), character
                start = at + 1
        return "".join(parts) + unicodedata.normalize(form, unistr[start:])

    def is_normalized(self, form, unistr):
        return self.normalize(form, unistr) == unistr


ucd_3_2_0 = UCD()
