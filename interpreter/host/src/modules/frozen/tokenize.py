"""Python's source as tokens, and tokens as source."""

import builtins
import re
import sys
from _tokens import plain
from collections import namedtuple
from itertools import chain
from token import *
from token import EXACT_TOKEN_TYPES, tok_name
from token import __all__ as _token_names

__all__ = _token_names + ["TokenInfo", "detect_encoding", "generate_tokens", "open", "tokenize", "untokenize"]

cookie_re = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
blank_re = re.compile(rb"^[ \t\f]*(?:[#\r\n]|$)")
_NAME = re.compile(r"[^\W\d]\w*")
_NUMBER = re.compile(
    r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|"
    r"(?:[0-9](?:_?[0-9])*\.(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*|[0-9](?:_?[0-9])*)(?:[eE][-+]?[0-9](?:_?[0-9])*)?[jJ]?"
)
_PREFIX = re.compile(r"(?:[bB][rR]?|[rR][bBfF]?|[fF][rR]?|[uU])?(\"\"\"|'''|\"|')")
_SIGNS = frozenset(list(EXACT_TOKEN_TYPES) + ["<>"])
_SIGN_STARTS = frozenset([sign[0] for sign in _SIGNS])
_STRING_STARTS = frozenset("bBrRfFuU'\"")
# What `plain` makes.
_PLAIN = NAME, NUMBER, OP, COMMENT, NEWLINE, NL


tabsize = 8


# Patterns of single tokens, for programs that cut source themselves.
def group(*choices):
    return "(" + "|".join(choices) + ")"


def any(*choices):
    return group(*choices) + "*"


def maybe(*choices):
    return group(*choices) + "?"


Whitespace, Comment, Name = r"[ \f\t]*", r"#[^\r\n]*", r"\w+"
Ignore = Whitespace + any(r"\\\r?\n" + Whitespace) + maybe(Comment)

_digits = r"[0-9](?:_?[0-9])*"
Hexnumber, Binnumber, Octnumber = [r"0[%s](?:_?[%s])+" % pair for pair in (("xX", "0-9a-fA-F"), ("bB", "01"), ("oO", "0-7"))]
Decnumber = r"(?:0(?:_?0)*|[1-9](?:_?[0-9])*)"
Exponent = r"[eE][-+]?" + _digits
Pointfloat = group(_digits + r"\.(?:%s)?" % _digits, r"\." + _digits) + maybe(Exponent)
Expfloat = _digits + Exponent
Intnumber, Floatnumber = group(Hexnumber, Binnumber, Octnumber, Decnumber), group(Pointfloat, Expfloat)
Imagnumber = group(_digits + "[jJ]", Floatnumber + "[jJ]")
Number = group(Imagnumber, Floatnumber, Intnumber)

_prefixes = ["", *[a + b for kind in ("b", "r", "u", "f", "br", "rb", "fr", "rf") for a in kind[0] + kind[0].upper() for b in (kind[1:] + kind[1:].upper() if kind[1:] else ("",))]]
StringPrefix = group(*sorted(_prefixes, key=len))
# From behind the opening quotes to the closing ones.
Single, Double = [r"[^%s\\]*(?:\\.[^%s\\]*)*%s" % ((quote,) * 3) for quote in "'\""]
Single3, Double3 = [r"[^%s\\]*(?:(?:\\.|%s(?!%s%s))[^%s\\]*)*%s%s%s" % ((quote,) * 8) for quote in "'\""]
Triple = group(StringPrefix + "'''", StringPrefix + '"""')
String = group(*[r"%s%s[^\n%s\\]*(?:\\.[^\n%s\\]*)*%s" % (StringPrefix, quote, quote, quote, quote) for quote in "'\""])
Special = group(*[re.escape(sign) for sign in sorted(EXACT_TOKEN_TYPES, reverse=True)])
Funny = group(r"\r?\n", Special)
PlainToken = group(Number, Funny, String, Name)
Token = Ignore + PlainToken
# A string of one line may go on behind a backslash at its end.
ContStr = group(*[r"%s%s[^\n%s\\]*(?:\\.[^\n%s\\]*)*" % (StringPrefix, quote, quote, quote) + group(quote, r"\\\r?\n") for quote in "'\""])
PseudoExtras = group(r"\\\r?\n|\Z", Comment, Triple)
PseudoToken = Whitespace + group(PseudoExtras, Number, Funny, ContStr, Name)
endpats = {prefix + quote: end for prefix in _prefixes for quote, end in (("'", Single), ('"', Double), ("'''", Single3), ('"""', Double3))}
single_quoted = {prefix + quote for prefix in _prefixes for quote in "'\""}
triple_quoted = {prefix + quote * 3 for prefix in _prefixes for quote in "'\""}


class TokenError(Exception):
    pass


class StopTokenizing(Exception):
    pass


class TokenInfo(namedtuple("TokenInfo", "type string start end line")):
    def __repr__(self):
        kind = "%d (%s)" % (self.type, tok_name[self.type])
        return "TokenInfo(type=%s, string=%r, start=%r, end=%r, line=%r)" % (kind, self.string, self.start, self.end, self.line)

    @property
    def exact_type(self):
        return EXACT_TOKEN_TYPES.get(self.string, self.type) if self.type == OP else self.type


def detect_encoding(readline):
    """The encoding of a source, and the lines that were read to find it."""
    def line():
        try:
            return readline()
        except StopIteration:
            return b""

    marked, default = False, "utf-8"

    def found(text):
        try:
            said = text.decode("utf-8")
        except UnicodeDecodeError:
            raise SyntaxError("invalid or missing encoding declaration") from None
        match = cookie_re.match(said)
        if not match:
            return None
        name = match.group(1)
        plain = name[:12].lower().replace("_", "-")
        if plain == "utf-8" or plain.startswith("utf-8-"):
            name = "utf-8"
        elif plain in ("latin-1", "iso-8859-1", "iso-latin-1") or plain.startswith(("latin-1-", "iso-8859-1-", "iso-latin-1-")):
            name = "iso-8859-1"
        import codecs

        try:
            codecs.lookup(name)
        except LookupError:
            raise SyntaxError("unknown encoding: " + name) from None
        if marked:
            if name != "utf-8":
                raise SyntaxError("encoding problem: utf-8")
            name += "-sig"
        return name

    first = line()
    if first.startswith(b"\xef\xbb\xbf"):
        marked, first, default = True, first[3:], "utf-8-sig"
    if not first:
        return default, []
    encoding = found(first)
    if encoding:
        return encoding, [first]
    if not blank_re.match(first):
        return default, [first]
    second = line()
    if not second:
        return default, [first]
    return found(second) or default, [first, second]


def open(filename):
    import builtins
    import io

    buffer = builtins.open(filename, "rb")
    try:
        encoding, _ = detect_encoding(buffer.readline)
        buffer.seek(0)
        text = io.TextIOWrapper(buffer, encoding, line_buffering=True)
        text.mode = "r"
        return text
    except BaseException:
        buffer.close()
        raise


def tokenize(readline):
    encoding, first = detect_encoding(readline)
    yield TokenInfo(ENCODING, encoding, (0, 0), (0, 0), "")
    yield from _tokens([line.decode(encoding) for line in chain(first, _lines(readline))])


def generate_tokens(readline):
    return _tokens(_lines(readline))


def _lines(readline):
    """The lines that it gives until an empty one, or until it gives up."""
    while True:
        try:
            line = readline()
        except StopIteration:
            return
        if not line:
            return
        yield line


def _string_end(line, at, quote):
    """The place behind the closing quote; -1 if it is not in this line."""
    while at < len(line):
        if line[at] == "\\":
            at += 2
        elif line.startswith(quote, at):
            return at + len(quote)
        else:
            at += 1
    return -1


def _tokens(lines):
    for token in cut(lines):
        yield TokenInfo(*token)


def cut(lines):
    """The tokens of lines, as plain tuples."""
    number, depth, goes_on, indents = 0, 0, False, [0]
    held = quote = start = held_lines = None
    last = ""
    for line in lines:
        number += 1
        at, end = 0, len(line)
        last = line
        if held is not None:
            close = _string_end(line, 0, quote)
            held_lines += line
            if close < 0:
                if len(quote) == 1 and not line.endswith(("\\\n", "\\\r\n")):
                    yield (ERRORTOKEN, held + line, start, (number, len(line)), held_lines)
                    held = None
                else:
                    held += line
                continue
            yield (STRING, held + line[:close], start, (number, close), held_lines)
            at, held = close, None
        elif not depth and not goes_on:
            column = 0
            while at < end and line[at] in " \t\f":
                column = 0 if line[at] == "\f" else column // 8 * 8 + 8 if line[at] == "\t" else column + 1
                at += 1
            if at == end:
                break
            if line[at] in "#\r\n":
                if line[at] == "#":
                    comment = line[at:].rstrip("\r\n")
                    yield (COMMENT, comment, (number, at), (number, at + len(comment)), line)
                    at += len(comment)
                yield (NL, line[at:], (number, at), (number, len(line)), line)
                continue
            if column > indents[-1]:
                indents.append(column)
                yield (INDENT, line[:at], (number, 0), (number, at), line)
            while column < indents[-1]:
                if column not in indents:
                    raise IndentationError("unindent does not match any outer indentation level", ("<tokenize>", number, at, line))
                indents.pop()
                yield (DEDENT, "", (number, at), (number, at), line)
        else:
            goes_on = False
        ascii = line.isascii()
        while at < end:
            if ascii:
                found = []
                at, depth = plain(line, number, at, depth, found, _PLAIN)
                yield from found
                if at >= end:
                    break
            if line[at] in " \f\t":
                at += 1
                continue
            c = line[at]
            here = number, at
            if c in "\r\n":
                yield (NL if depth else NEWLINE, line[at:], here, (number, end), line)
                at = end
                continue
            if c == "#":
                comment = line[at:].rstrip("\r\n")
                yield (COMMENT, comment, here, (number, at + len(comment)), line)
                at += len(comment)
                continue
            if c == "\\" and line[at + 1 :] in ("\n", "\r\n"):
                goes_on = True
                at = end
                continue
            match = c in _STRING_STARTS and _PREFIX.match(line, at)
            if match:
                quote = match.group(1)
                close = _string_end(line, match.end(), quote)
                if close < 0:
                    if len(quote) == 3 or line.endswith(("\\\n", "\\\r\n")):
                        held, start, held_lines = line[at:], here, line
                        at = end
                        continue
                    yield (ERRORTOKEN, c, here, (number, at + 1), line)
                    at += 1
                    continue
                yield (STRING, line[at:close], here, (number, close), line)
                at = close
                continue
            match, kind = None, NAME
            if c.isdigit() or c == "." and line[at + 1 : at + 2].isdigit():
                match, kind = _NUMBER.match(line, at), NUMBER
            if not match and c not in _SIGN_STARTS:
                match, kind = _NAME.match(line, at), NAME
            if match:
                yield (kind, match.group(), here, (number, match.end()), line)
                at = match.end()
                continue
            sign = line[at : at + 3]
            while sign and sign not in _SIGNS:
                sign = sign[:-1]
            if not sign:
                yield (ERRORTOKEN, c, here, (number, at + 1), line)
                at += 1
                continue
            depth += (sign in "([{") - (sign in ")]}")
            yield (OP, sign, here, (number, at + len(sign)), line)
            at += len(sign)
    if held is not None:
        raise TokenError("EOF in multi-line string", start)
    if depth > 0 or goes_on:
        raise TokenError("EOF in multi-line statement", (number + 1, 0))
    if last and last[-1] not in "\r\n" and not last.strip().startswith("#") and last.strip():
        yield (NEWLINE, "", (number, len(last)), (number, len(last) + 1), "")
    for _ in indents[1:]:
        yield (DEDENT, "", (number + 1, 0), (number + 1, 0), "")
    yield (ENDMARKER, "", (number + 1, 0), (number + 1, 0), "")


def untokenize(iterable):
    """Source that gives these tokens again: as it stood if they say where, else with blanks between."""
    out, row, column, encoding, spaced, indents, fresh = [], 1, 0, None, None, [], False
    last_string = False
    for token in iterable:
        kind, text = token[:2]
        if kind == ENCODING:
            encoding = text
            continue
        if spaced is None:
            spaced = len(token) == 2
        if spaced or len(token) == 2:
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind == ENDMARKER:
                break
            if fresh and indents and kind not in (NEWLINE, NL):
                out.append(indents[-1])
            fresh = kind in (NEWLINE, NL)
            if kind in (NAME, NUMBER):
                text += " "
            if kind == STRING:
                if last_string:
                    text = " " + text
                last_string = True
            else:
                last_string = False
            out.append(text)
            continue
        start, end = token[2:4]
        if kind == ENDMARKER:
            break
        if start < (row, column):
            raise ValueError("start (%d,%d) precedes previous end (%d,%d)" % (*start, row, column))
        if start[0] > row:
            out.append("\\\n" * (start[0] - row))
            column = 0
        if kind not in (INDENT, DEDENT):
            out.append(" " * (start[1] - column))
        if kind == INDENT:
            indents.append(text)
            continue
        if kind == DEDENT:
            indents.pop()
            row, column = end
            continue
        out.append(text)
        row, column = end
        if kind in (NEWLINE, NL):
            row, column = row + 1, 0
    text = "".join(out)
    return text if encoding is None else text.encode(encoding)


def main():
    """`python -m tokenize`: the tokens of a file or of what is typed, one a line."""
    import argparse

    parser = argparse.ArgumentParser(prog="python -m tokenize")
    parser.add_argument("filename", nargs="?", metavar="filename.py", help="the file to tokenize; defaults to stdin")
    parser.add_argument("-e", "--exact", action="store_true", help="display token names using the exact type")
    given = parser.parse_args()
    name = given.filename or "<stdin>"

    def fail(text, place=None):
        sys.stderr.write(("%s:%d:%d: error: %s\n" % (name, *place, text) if place else "error: %s\n" % text))
        sys.exit(1)

    try:
        if given.filename:
            with builtins.open(given.filename, "rb") as file:
                tokens = list(tokenize(file.readline))
        else:
            tokens = generate_tokens(sys.stdin.readline)
        for one in tokens:
            kind = one.exact_type if given.exact else one.type
            print("%-20s%-15s%-15r" % ("%d,%d-%d,%d:" % (one.start + one.end), tok_name[kind], one.string))
    except IndentationError as error:
        fail(error.args[0], tuple(error.args[1][1:3]))
    except TokenError as error:
        fail(error.args[0], error.args[1])
    except OSError as error:
        fail(error)
    except KeyboardInterrupt:
        print("interrupted")


if __name__ == "__main__":
    main()
