"""Text split as a shell does."""

from collections import deque

__all__ = ["join", "quote", "shlex", "split"]


class shlex:
    """A reader of words and signs, with rules that a program may change."""

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        import io
        import sys

        self.instream = io.StringIO(instream) if isinstance(instream, str) else sys.stdin if instream is None else instream
        self.infile = infile
        self.posix = posix
        self.eof = None if posix else ""
        self.commenters = "#"
        self.wordchars = "abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
        if posix:
            self.wordchars += "".join([chr(code) for code in range(0xC0, 0x100) if code not in (0xD7, 0xF7)])
        self.whitespace = " \t\r\n"
        self.whitespace_split = False
        self.quotes = "'\""
        self.escape = "\\"
        self.escapedquotes = '"'
        self.state = " "
        self.pushback = deque()
        self.lineno = 1
        self.debug = 0
        self.token = ""
        self.filestack = deque()
        self.source = None
        if not punctuation_chars:
            punctuation_chars = ""
        elif punctuation_chars is True:
            punctuation_chars = "();<>|&"
        self._punctuation_chars = punctuation_chars
        self._ahead = deque()
        if punctuation_chars:
            self.wordchars += "~-./*?="
            self.wordchars = "".join([c for c in self.wordchars if c not in punctuation_chars])

    @property
    def punctuation_chars(self):
        return self._punctuation_chars

    def push_token(self, tok):
        self.pushback.appendleft(tok)

    def push_source(self, newstream, newfile=None):
        import io

        if isinstance(newstream, str):
            newstream = io.StringIO(newstream)
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.infile, self.instream, self.lineno = newfile, newstream, 1

    def pop_source(self):
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        self.state = " "

    def sourcehook(self, newfile):
        newfile = newfile.strip('"')
        return newfile, open(newfile)

    def get_token(self):
        if self.pushback:
            return self.pushback.popleft()
        token = self.read_token()
        if self.source is not None:
            while token == self.source:
                opened = self.sourcehook(self.read_token())
                if opened:
                    self.push_source(opened[1], opened[0])
                token = self.get_token()
        while token == self.eof:
            if not self.filestack:
                return self.eof
            self.pop_source()
            token = self.get_token()
        return token

    def _next(self):
        c = self._ahead.pop() if self._ahead else self.instream.read(1)
        if c == "\n":
            self.lineno += 1
        return c

    def read_token(self):
        quoted, escaped_in = False, " "
        self.token = ""
        while True:
            c = self._next()
            state = self.state
            if state is None:
                break
            if state == " ":
                if not c:
                    self.state = None
                    break
                if c in self.whitespace:
                    if self.token or self.posix and quoted:
                        break
                elif c in self.commenters:
                    self.instream.readline()
                    self.lineno += 1
                elif self.posix and c in self.escape:
                    escaped_in, self.state = "a", c
                elif c in self.wordchars:
                    self.token, self.state = c, "a"
                elif c in self._punctuation_chars:
                    self.token, self.state = c, "c"
                elif c in self.quotes:
                    if not self.posix:
                        self.token = c
                    self.state = c
                elif self.whitespace_split:
                    self.token, self.state = c, "a"
                else:
                    self.token = c
                    break
            elif state in self.quotes:
                quoted = True
                if not c:
                    raise ValueError("No closing quotation")
                if c == state:
                    if not self.posix:
                        self.token += c
                        self.state = " "
                        break
                    self.state = "a"
                elif self.posix and c in self.escape and state in self.escapedquotes:
                    escaped_in, self.state = state, c
                else:
                    self.token += c
            elif state in self.escape:
                if not c:
                    raise ValueError("No escaped character")
                # Within quotes a backslash escapes itself and the quote alone.
                if escaped_in in self.quotes and c != state and c != escaped_in:
                    self.token += state
                self.token += c
                self.state = escaped_in
            else:
                if not c:
                    self.state = None
                    break
                if c in self.whitespace:
                    self.state = " "
                    if self.token or self.posix and quoted:
                        break
                elif c in self.commenters:
                    self.instream.readline()
                    self.lineno += 1
                    if self.posix:
                        self.state = " "
                        if self.token or quoted:
                            break
                elif state == "c":
                    if c in self._punctuation_chars:
                        self.token += c
                    else:
                        if c not in self.whitespace:
                            self._ahead.append(c)
                        self.state = " "
                        break
                elif self.posix and c in self.quotes:
                    self.state = c
                elif self.posix and c in self.escape:
                    escaped_in, self.state = "a", c
                elif (c in self.wordchars or c in self.quotes
                      or self.whitespace_split and c not in self._punctuation_chars):
                    self.token += c
                else:
                    if self._punctuation_chars:
                        self._ahead.append(c)
                    else:
                        self.pushback.appendleft(c)
                    self.state = " "
                    if self.token or self.posix and quoted:
                        break
        result, self.token = self.token, ""
        if self.posix and not quoted and result == "":
            result = None
        return result

    def error_leader(self, infile=None, lineno=None):
        return '"%s", line %d: ' % (infile or self.infile, lineno or self.lineno)

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token


def _words(s, comments):
    """What a reader with the rules of POSIX, whose words end at blanks, reads of a text."""
    import re

    global _part
    if _part is None:
        _part = re.compile(r"""([^ \t\r\n'"\\#]+)|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)""", re.DOTALL)
    words, word, at = [], None, 0
    while at < len(s):
        c = s[at]
        if c in " \t\r\n" or c == "#" and comments:
            if word is not None:
                words.append(word)
                word = None
            at = at + 1 if c != "#" else s.find("\n", at) + 1 or len(s)
            continue
        match = _part.match(s, at)
        if match is not None:
            at = match.end()
            plain, single, double, escaped = match.groups()
            if double and "\\" in double:
                double = re.sub(r'\\(["\\])', r"\1", double)
            word = (word or "") + (plain or single or double or escaped or "")
        elif c == "#":
            word, at = (word or "") + c, at + 1
        else:
            # A quotation that ends with half an escape lacks that first.
            is_cut = c == "\\" or c == '"' and (len(s) - len(s.rstrip("\\"))) % 2
            raise ValueError("No escaped character" if is_cut else "No closing quotation")
    return words if word is None else words + [word]


_part = None


def split(s, comments=False, posix=True):
    if s is None:
        raise ValueError("s argument must not be None")
    if posix and type(s) is str:
        return _words(s, comments)
    reader = shlex(s, posix=posix)
    reader.whitespace_split = True
    if not comments:
        reader.commenters = ""
    return list(reader)


def join(split_command):
    return " ".join([quote(arg) for arg in split_command])


def quote(s):
    if not s:
        return "''"
    if all([c.isalnum() and c.isascii() or c in "@%+=:,./-_" for c in s]):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"
