"""What readers of HTML and SGML have in common: where they are in the text, and declarations, comments and marked sections."""

import re

_NAME = re.compile(r"[A-Za-z][-_.A-Za-z0-9]*")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_COMMENT_END = re.compile(r"--\s*>")
# How marked sections of SGML end, and those that Microsoft's programs write.
_STANDARD = {"temp", "cdata", "ignore", "include", "rcdata"}
_MICROSOFT = {"if", "else", "endif"}
_STANDARD_END = re.compile(r"\]\s*\]\s*>")
_MICROSOFT_END = re.compile(r"\]\s*>")


class ParserBase:
    """A reader of markup: `rawdata` is the text, and each method is given the place where its piece begins.

    What `parse_…` answers is the place behind the piece, or -1 where the text ends too early."""

    _decl_otherchars = ""

    def __init__(self):
        if type(self) is ParserBase:
            raise RuntimeError("_markupbase.ParserBase must be subclassed")

    def reset(self):
        self.lineno, self.offset = 1, 0

    def getpos(self):
        return self.lineno, self.offset

    def updatepos(self, i, j):
        """Counts the lines between two places; answers the second."""
        if i < j:
            lines = self.rawdata.count("\n", i, j)
            if lines:
                self.lineno += lines
                self.offset = j - self.rawdata.rindex("\n", i, j) - 1
            else:
                self.offset += j - i
        return j

    def parse_declaration(self, i):
        """`<!…>`: a marked section, or a declaration of a document's type. For comments there is `parse_comment`."""
        text = self.rawdata
        if text.startswith("<!>", i):
            return i + 3
        if text.startswith("<![", i):
            return self.parse_marked_section(i)
        if i + 2 >= len(text) or text[i + 2] == "-":
            return -1
        name = _NAME.match(text, i + 2)
        if name is None:
            if text[i + 2] in self._decl_otherchars or not text[i + 2].isspace():
                raise AssertionError("unexpected character in declaration: %r" % text[i + 2])
            return -1
        if name.end() == len(text):
            return -1
        kind = name.group().lower()
        end = self._declaration_end(name.end(), kind == "doctype")
        if end < 0:
            return -1
        content = text[i + 2 : end]
        if kind == "doctype":
            self.handle_decl(content)
        else:
            self.unknown_decl(content)
        return end + 1

    def _declaration_end(self, at, nests):
        """The place of the `>` of a declaration: behind its quoted texts, and behind what a document's type has in brackets."""
        text = self.rawdata
        while at < len(text):
            sign = text[at]
            if sign == ">":
                return at
            if sign in "\"'":
                quoted = _QUOTED.match(text, at)
                if quoted is None:
                    return -1
                at = quoted.end()
            elif sign == "[":
                if not nests:
                    raise AssertionError("unsupported '[' char in declaration")
                at = self._subset_end(at + 1)
                if at < 0:
                    return -1
            else:
                at += 1
        return -1

    def _subset_end(self, at):
        """The place behind the `]` of an internal subset."""
        text = self.rawdata
        while at < len(text):
            sign = text[at]
            if sign == "]":
                return at + 1
            if text.startswith("<!--", at):
                end = self.parse_comment(at, report=0)
            elif text.startswith("<!", at):
                end = self._declaration_end(at + 2, False) + 1 or -1
            elif sign == "<":
                raise AssertionError("unexpected char in internal subset (in %r)" % text[at : at + 3])
            else:
                end = at + 1
            if end < 0:
                return -1
            at = end
        return -1

    def parse_marked_section(self, i, report=1):
        """`<![CDATA[…]]>` and its like, and `<![if …]>`."""
        text = self.rawdata
        name = _NAME.match(text, i + 3)
        if name is None or name.end() == len(text):
            if name is None and i + 3 < len(text):
                raise AssertionError("expected name token at %r" % text[i : i + 20])
            return -1
        kind = name.group().lower()
        if kind in _STANDARD:
            end = _STANDARD_END.search(text, i + 3)
        elif kind in _MICROSOFT:
            end = _MICROSOFT_END.search(text, i + 3)
        else:
            raise AssertionError("unknown status keyword %r in marked section" % text[i + 3 : name.end()])
        if end is None:
            return -1
        if report:
            self.unknown_decl(text[i + 3 : end.start()])
        return end.end()

    def parse_comment(self, i, report=1):
        text = self.rawdata
        if not text.startswith("<!--", i):
            raise AssertionError("unexpected call to parse_comment()")
        end = _COMMENT_END.search(text, i + 4)
        if end is None:
            return -1
        if report:
            self.handle_comment(text[i + 4 : end.start()])
        return end.end()

    def unknown_decl(self, data):
        pass
