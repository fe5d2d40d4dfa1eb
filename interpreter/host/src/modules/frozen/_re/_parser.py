"""What a regular expression is made of: `parse` gives a list of pairs (what, of what), for programs that look at expressions. Matching has a
parser of its own, which has checked the expression before."""

import re

from re._constants import *
from re._constants import (
    SRE_FLAG_ASCII,
    SRE_FLAG_DOTALL,
    SRE_FLAG_IGNORECASE,
    SRE_FLAG_LOCALE,
    SRE_FLAG_MULTILINE,
    SRE_FLAG_UNICODE,
    SRE_FLAG_VERBOSE,
    error,
)

MAXWIDTH = 1 << 64
FLAGS = {
    "i": SRE_FLAG_IGNORECASE,
    "L": SRE_FLAG_LOCALE,
    "m": SRE_FLAG_MULTILINE,
    "s": SRE_FLAG_DOTALL,
    "x": SRE_FLAG_VERBOSE,
    "a": SRE_FLAG_ASCII,
    "u": SRE_FLAG_UNICODE,
}
SPECIAL_CHARS, REPEAT_CHARS = ".\\[{()*+?^$|", "*+?{"
WHITESPACE = frozenset(" \t\n\r\v\f")
_PLACES = {"A": AT_BEGINNING_STRING, "b": AT_BOUNDARY, "B": AT_NON_BOUNDARY, "Z": AT_END_STRING}
_CATEGORIES = {
    "d": CATEGORY_DIGIT,
    "D": CATEGORY_NOT_DIGIT,
    "s": CATEGORY_SPACE,
    "S": CATEGORY_NOT_SPACE,
    "w": CATEGORY_WORD,
    "W": CATEGORY_NOT_WORD,
}
_CONTROLS = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92}
_ONE = (ANY, RANGE, IN, LITERAL, NOT_LITERAL, CATEGORY)
_REPEATS = (MIN_REPEAT, MAX_REPEAT, POSSESSIVE_REPEAT)


class State:
    """What holds for the whole expression."""

    def __init__(self):
        self.flags = 0
        self.groupdict = {}
        self.groupwidths = [None]

    @property
    def groups(self):
        return len(self.groupwidths)


class SubPattern:
    """A part of an expression: a list of pairs."""

    def __init__(self, state, data=None):
        self.state, self.data, self.width = state, [] if data is None else data, None

    def __repr__(self):
        return repr(self.data)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return SubPattern(self.state, self.data[index]) if isinstance(index, slice) else self.data[index]

    def __setitem__(self, index, code):
        self.data[index] = code

    def __delitem__(self, index):
        del self.data[index]

    def insert(self, index, code):
        self.data.insert(index, code)

    def append(self, code):
        self.data.append(code)

    def getwidth(self):
        """The least and the greatest number of characters that it matches."""
        if self.width is None:
            low = high = 0
            for what, of in self.data:
                least, most = self._width(what, of)
                low, high = low + least, high + most
            self.width = min(low, MAXWIDTH), min(high, MAXWIDTH)
        return self.width

    def _width(self, what, of):
        if what in _ONE:
            return 1, 1
        if what is BRANCH:
            widths = [item.getwidth() for item in of[1]]
            return min([low for low, _ in widths]), max([high for _, high in widths])
        if what is ATOMIC_GROUP:
            return of.getwidth()
        if what is SUBPATTERN:
            return of[-1].getwidth()
        if what in _REPEATS:
            low, high = of[2].getwidth()
            return low * of[0], (MAXWIDTH if high and of[1] is MAXREPEAT else high * of[1])
        if what is GROUPREF:
            return self.state.groupwidths[of]
        if what is GROUPREF_EXISTS:
            low, high = of[1].getwidth()
            other = (0, 0) if of[2] is None else of[2].getwidth()
            return min(low, other[0]), max(high, other[1])
        return 0, 0


class _Reader:
    def __init__(self, text, state):
        self.text = text if isinstance(text, str) else str(text, "latin1")
        self.at, self.state = 0, state

    def peek(self, length=1):
        return self.text[self.at : self.at + length]

    def take(self, what):
        if self.text.startswith(what, self.at):
            self.at += len(what)
            return True
        return False

    def next(self):
        self.at += 1
        return self.text[self.at - 1]

    def until(self, end):
        start = self.at
        self.at = self.text.index(end, start) + 1
        return self.text[start : self.at - 1]

    def number(self):
        start = self.at
        while self.peek().isdigit():
            self.at += 1
        return self.text[start : self.at]

    # Alternatives, and what they consist of.

    def alternatives(self, flags):
        items = [self.sequence(flags)]
        while self.take("|"):
            items.append(self.sequence(flags))
        if len(items) == 1:
            return items[0]
        whole = SubPattern(self.state)
        # What all begin with stands before them.
        while all(items) and all([item[0] == items[0][0] for item in items]):
            whole.append(items[0][0])
            for item in items:
                del item[0]
        ranges = []
        for item in items:
            if len(item) != 1:
                break
            what, of = item[0]
            if what is LITERAL:
                ranges.append((what, of))
            elif what is IN and of[0][0] is not NEGATE:
                ranges += of
            else:
                break
        else:
            whole.append((IN, _unique(ranges)))
            return whole
        whole.append((BRANCH, (None, items)))
        return whole

    def sequence(self, flags):
        part = SubPattern(self.state)
        while self.at < len(self.text) and self.peek() not in "|)":
            if flags & SRE_FLAG_VERBOSE:
                if self.peek() in WHITESPACE:
                    self.at += 1
                    continue
                if self.peek() == "#":
                    end = self.text.find("\n", self.at)
                    self.at = len(self.text) if end < 0 else end + 1
                    continue
            flags = self.item(part, flags)
        for index in reversed(range(len(part))):
            what, of = part[index]
            if what is SUBPATTERN and of[0] is None and not of[1] and not of[2]:
                part.data[index : index + 1] = of[3].data
        return part

    def item(self, part, flags):
        start, character = self.at, self.next()
        if character in "*+?" or character == "{" and self.is_count():
            self.repeat(part, character)
        elif character == ".":
            part.append((ANY, None))
        elif character == "^":
            part.append((AT, AT_BEGINNING))
        elif character == "$":
            part.append((AT, AT_END))
        elif character == "[":
            part.append(self.set())
        elif character == "\\":
            part.append(self.escape())
        elif character == "(":
            return self.group(part, flags)
        else:
            part.append((LITERAL, ord(character)))
        return flags

    def is_count(self):
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at : max(end, self.at)].partition(",")
        return end > 0 and (low.isdigit() or comma and not low) and (not high or high.isdigit())

    def repeat(self, part, character):
        if character == "{":
            low, comma, high = self.until("}").partition(",")
            least = int(low or 0)
            most = int(high) if high else MAXREPEAT if comma else least
        else:
            least, most = {"*": (0, MAXREPEAT), "+": (1, MAXREPEAT), "?": (0, 1)}[character]
        item = part[-1:]
        if item[0][0] is SUBPATTERN and item[0][1][0] is None and not item[0][1][1] and not item[0][1][2]:
            item = item[0][1][3]
        how = MIN_REPEAT if self.take("?") else POSSESSIVE_REPEAT if self.take("+") else MAX_REPEAT
        part[-1] = (how, (least, most, item))

    def set(self):
        items = []
        negated = self.take("^")
        first = True
        while first or self.peek() != "]":
            first = False
            item = self.set_item()
            if item[0] is LITERAL and self.peek() == "-" and self.peek(2) != "-]":
                self.at += 1
                item = (RANGE, (item[1], self.set_item()[1]))
            items.append(item)
        self.at += 1
        items = _unique(items)
        if len(items) == 1 and items[0][0] is LITERAL:
            return (NOT_LITERAL if negated else LITERAL), items[0][1]
        return IN, [(NEGATE, None)] * negated + items

    def set_item(self):
        character = self.next()
        if character != "\\":
            return LITERAL, ord(character)
        if self.peek() in _CATEGORIES:
            return CATEGORY, _CATEGORIES[self.next()]
        return self.character_escape(True)

    def escape(self):
        letter = self.peek()
        if letter in _PLACES:
            self.at += 1
            return AT, _PLACES[letter]
        if letter in _CATEGORIES:
            self.at += 1
            return IN, [(CATEGORY, _CATEGORIES[letter])]
        octal = self.peek(3)
        if letter in "123456789" and not (len(octal) == 3 and all([digit in "01234567" for digit in octal])):
            number = self.next()
            if self.peek().isdigit():
                number += self.next()
            return GROUPREF, int(number)
        return self.character_escape(False)

    def character_escape(self, in_set):
        letter = self.next()
        if letter in _CONTROLS and (in_set or letter != "b"):
            return LITERAL, _CONTROLS[letter]
        digits = {"x": 2, "u": 4, "U": 8}.get(letter)
        if digits:
            self.at += digits
            return LITERAL, int(self.text[self.at - digits : self.at], 16)
        if letter == "N":
            import unicodedata

            self.at += 1
            return LITERAL, ord(unicodedata.lookup(self.until("}")))
        if letter in "01234567":
            while len(letter) < 3 and self.peek() in tuple("01234567"):
                letter += self.next()
            return LITERAL, int(letter, 8)
        return LITERAL, ord(letter)

    # Groups.

    def group(self, part, flags):
        number, on, off, atomic = None, 0, 0, False
        if not self.take("?"):
            number = self.open_group(None)
        elif self.take("P<"):
            number = self.open_group(self.until(">"))
        elif self.take("P="):
            part.append((GROUPREF, self.state.groupdict[self.until(")")]))
            return flags
        elif self.take(":"):
            pass
        elif self.take("#"):
            self.until(")")
            return flags
        elif self.take("("):
            name = self.until(")")
            condition = int(name) if name.isdigit() else self.state.groupdict[name]
            yes, no = self.sequence(flags), self.sequence(flags) if self.take("|") else None
            self.at += 1
            part.append((GROUPREF_EXISTS, (condition, yes, no)))
            return flags
        elif self.take(">"):
            atomic = True
        elif self.peek() in ("=", "!") or self.peek(2) in ("<=", "<!"):
            direction = -1 if self.take("<") else 1
            what = ASSERT if self.next() == "=" else ASSERT_NOT
            inner = self.alternatives(flags)
            self.at += 1
            part.append((what, (direction, inner)) if inner or what is ASSERT else (FAILURE, ()))
            return flags
        else:
            while self.peek() in FLAGS:
                on |= FLAGS[self.next()]
            if self.take("-"):
                while self.peek() in FLAGS:
                    off |= FLAGS[self.next()]
            if self.take(")"):
                self.state.flags |= on
                return flags | on
            self.at += 1
        inner = self.alternatives((flags | on) & ~off)
        self.at += 1
        if number is not None:
            self.state.groupwidths[number] = inner.getwidth()
        part.append((ATOMIC_GROUP, inner) if atomic else (SUBPATTERN, (number, on, off, inner)))
        return flags

    def open_group(self, name):
        number = self.state.groups
        self.state.groupwidths.append(None)
        if name is not None:
            self.state.groupdict[name] = number
        return number


def _unique(items):
    return list(dict.fromkeys(items))


def parse(str, flags=0, state=None):
    """The parts of an expression. What is wrong with it raises `re.error`."""
    whole = re.compile(str, flags & ~128).flags
    state = State() if state is None else state
    state.flags, state.str = int(whole), str
    return _Reader(str, state).alternatives(int(whole))


def parse_template(source, pattern):
    """A replacement as (groups, literals): which group stands where, and the text in the other places."""
    text = source if isinstance(source, str) else str(source, "latin1")
    groups, literals, at, plain = [], [], 0, []
    finish = (lambda s: s) if isinstance(source, str) else (lambda s: s.encode("latin1"))

    def end():
        if plain:
            literals.append(finish("".join(plain)))
            plain.clear()

    while at < len(text):
        character = text[at]
        at += 1
        if character != "\\":
            plain.append(character)
            continue
        letter = text[at : at + 1]
        if letter == "g":
            name = text[at + 2 : text.index(">", at)]
            at = text.index(">", at) + 1
            end()
            groups.append((len(literals), int(name) if name.isdigit() else pattern.groupindex[name]))
            literals.append(None)
        elif letter.isdigit() and letter != "0":
            width = 2 if text[at + 1 : at + 2].isdigit() else 1
            end()
            groups.append((len(literals), int(text[at : at + width])))
            literals.append(None)
            at += width
        else:
            code = _CONTROLS.get(letter)
            plain.append(chr(code) if code is not None else "\\" + letter)
            at += 1
    end()
    return groups, literals
