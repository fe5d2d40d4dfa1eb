"""A reader of HTML that calls a method for each piece, however wrong the text is."""

import re
from html import unescape

_CDATA = ("script", "style")
_NUMBERED, _NAMED = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+)"), re.compile(r"&[a-zA-Z][-.a-zA-Z0-9]*")
_LETTER, _NAME = re.compile(r"[a-zA-Z]"), re.compile(r"[^\t\n\r\f />\x00]+")
_BLANKS, _BEFORE_KEY = re.compile(r"[ \t\n\r\f]*"), re.compile(r"[ \t\n\r\f/]*")
# The first character of a key may be anything.
_KEY, _VALUE = re.compile(r"(?s:.)[^ \t\n\r\f/>=]*"), re.compile(r"[^ \t\n\r\f>]*")


class HTMLParser:
    CDATA_CONTENT_ELEMENTS = _CDATA

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata = ""
        self.lasttag = "???"
        self.cdata_elem = None
        self.lineno, self.offset = 1, 0
        self._start_text = None

    def feed(self, data):
        self.rawdata += data
        self.goahead(False)

    def close(self):
        self.goahead(True)

    def get_starttag_text(self):
        return self._start_text

    def getpos(self):
        return self.lineno, self.offset

    def set_cdata_mode(self, elem):
        self.cdata_elem = elem.lower()

    def clear_cdata_mode(self):
        self.cdata_elem = None

    def _advance(self, text, start, stop):
        """Counts the lines between two places."""
        lines = text.count("\n", start, stop)
        if lines:
            self.lineno += lines
            self.offset = stop - text.rfind("\n", start, stop) - 1
        else:
            self.offset += stop - start

    def _text(self, text, raw=False):
        if text:
            self.handle_data(unescape(text) if self.convert_charrefs and not raw else text)

    def goahead(self, end):
        # What is read stays where it is until the end: a copy of the rest for each piece would take time with its square.
        text, done = self.rawdata, 0
        try:
            while done < len(text):
                stop = self._piece(text, done, end)
                if stop < 0:
                    break
                self._advance(text, done, stop)
                done = stop
        finally:
            self.rawdata = text[done:] + self.rawdata[len(text):]

    def _piece(self, text, begin, end):
        """Reads what begins there; where it ends, -1 if that has not come yet."""
        if self.cdata_elem is not None:
            found = re.compile("</" + re.escape(self.cdata_elem), re.I).search(text, begin)
            if not found and not end:
                return -1
            at = found.start() if found else len(text)
            self._text(text[begin:at], True)
            self.clear_cdata_mode()
            return at
        at = text.find("<", begin)
        if not self.convert_charrefs:
            ampersand = text.find("&", begin)
            at = min([place for place in (at, ampersand) if place >= 0], default=-1)
        if at < 0:
            # A reference may be cut by the end of what was fed.
            cut = text.rfind("&", max(begin, len(text) - 34)) if self.convert_charrefs and not end else -1
            at = cut if cut >= 0 and ";" not in text[cut:] and " " not in text[cut:] else len(text)
            if at == begin and not end:
                return -1
            at = at if at > begin else len(text)
        if at > begin:
            self._text(text[begin:at])
            return at
        stop = self._reference(text, begin, end) if text[begin] == "&" else self._markup(text, begin, end)
        if stop < 0 and end:
            stop = len(text) if text[begin] == "<" else begin + 1
            self._text(text[begin:stop])
        return stop

    def _reference(self, text, begin, end):
        for pattern, handle, size in ((_NUMBERED, self.handle_charref, 2), (_NAMED, self.handle_entityref, 1)):
            match = pattern.match(text, begin)
            if match:
                stop = match.end()
                if stop == len(text) and not end:
                    return -1
                handle(text[begin + size : stop])
                return stop + (text[stop : stop + 1] == ";")
        if len(text) == begin + 1 and not end:
            return -1
        self.handle_data("&")
        return begin + 1

    def _markup(self, text, begin, end):
        if text.startswith("<!--", begin):
            stop = text.find("-->", begin + 4)
            if stop < 0:
                return -1
            self.handle_comment(text[begin + 4 : stop])
            return stop + 3
        if text.startswith("<![", begin):
            stop = text.find("]>", begin + 3)
            if stop < 0:
                return -1
            declared = text[begin + 3 : stop]
            self.unknown_decl(declared.rstrip("]") if declared.startswith("CDATA[") else declared)
            return stop + 2
        if text.startswith(("<!", "<?"), begin):
            stop = text.find(">", begin)
            if stop < 0:
                return -1
            said = text[begin + 2 : stop]
            if text[begin + 1] == "?":
                self.handle_pi(said)
            elif said[:7].lower() == "doctype":
                self.handle_decl(said)
            else:
                self.handle_comment(said)
            return stop + 1
        if text.startswith("</", begin):
            return self._end_tag(text, begin)
        if _LETTER.match(text, begin + 1):
            return self._start_tag(text, begin, end)
        if len(text) < begin + 3 and not end and text[begin:] in ("<", "<!", "</"):
            return -1
        self._text("<")
        return begin + 1

    def _end_tag(self, text, begin):
        stop = text.find(">", begin)
        if stop < 0:
            return -1
        if not _LETTER.match(text, begin + 2):
            if text[begin + 2] != ">":
                self.handle_comment(text[begin + 2 : stop])
            return stop + 1
        self.handle_endtag(_NAME.match(text, begin + 2).group().lower())
        return stop + 1

    def _start_tag(self, text, begin, end):
        name = _NAME.match(text, begin + 1).group()
        at = begin + 1 + len(name)
        attributes = []
        while True:
            at = _BEFORE_KEY.match(text, at).end()
            if at >= len(text):
                return -1
            if text[at] == ">":
                break
            start = at
            at = _KEY.match(text, at).end()
            key = text[start:at].lower()
            after = _BLANKS.match(text, at).end()
            value = None
            if text[after : after + 1] == "=":
                at = _BLANKS.match(text, after + 1).end()
                if at >= len(text):
                    return -1
                if text[at] in "'\"":
                    stop = text.find(text[at], at + 1)
                    if stop < 0:
                        return -1
                    value, at = text[at + 1 : stop], stop + 1
                else:
                    start = at
                    at = _VALUE.match(text, at).end()
                    value = text[start:at]
                value = unescape(value)
            attributes.append((key, value))
        at += 1
        self._start_text = text[begin:at]
        tag = self.lasttag = name.lower()
        if text.endswith("/>", begin, at):
            self.handle_startendtag(tag, attributes)
        else:
            self.handle_starttag(tag, attributes)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return at

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        pass

    def handle_charref(self, name):
        pass

    def handle_entityref(self, name):
        pass

    def handle_data(self, data):
        pass

    def handle_comment(self, data):
        pass

    def handle_decl(self, decl):
        pass

    def handle_pi(self, data):
        pass

    def unknown_decl(self, data):
        pass
