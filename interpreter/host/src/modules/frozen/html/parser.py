"""A reader of HTML that calls a method for each piece, however wrong the text is."""

import re
from html import unescape

_CDATA = ("script", "style")


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

    def _advance(self, count):
        passed, self.rawdata = self.rawdata[:count], self.rawdata[count:]
        lines = passed.count("\n")
        if lines:
            self.lineno += lines
            self.offset = len(passed) - passed.rfind("\n") - 1
        else:
            self.offset += count

    def _text(self, text, raw=False):
        if text:
            self.handle_data(unescape(text) if self.convert_charrefs and not raw else text)

    def goahead(self, end):
        while self.rawdata:
            text = self.rawdata
            if self.cdata_elem is not None:
                at = text.lower().find("</" + self.cdata_elem)
                if at < 0:
                    if not end:
                        return
                    at = len(text)
                self._text(text[:at], True)
                self._advance(at)
                self.clear_cdata_mode()
                continue
            at = text.find("<")
            signs = "<" if self.convert_charrefs else "<&"
            if not self.convert_charrefs:
                ampersand = text.find("&")
                at = min([place for place in (at, ampersand) if place >= 0], default=-1)
            if at < 0:
                # A reference may be cut by the end of what was fed.
                cut = text.rfind("&", max(0, len(text) - 34)) if self.convert_charrefs and not end else -1
                at = cut if cut >= 0 and ";" not in text[cut:] and " " not in text[cut:] else len(text)
                if at == 0 and not end:
                    return
                at = at or len(text)
            if at:
                self._text(text[:at])
                self._advance(at)
                continue
            size = self._reference(text, end) if text[0] == "&" else self._markup(text, end)
            if size < 0:
                if not end:
                    return
                self._text(text if text[0] == "<" else text[:1])
                size = len(text) if text[0] == "<" else 1
            self._advance(size)

    def _reference(self, text, end):
        match = re.match(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+)", text)
        if match:
            stop = match.end()
            if stop == len(text) and not end:
                return -1
            self.handle_charref(text[2:stop])
            return stop + (text[stop : stop + 1] == ";")
        match = re.match(r"&[a-zA-Z][-.a-zA-Z0-9]*", text)
        if match:
            stop = match.end()
            if stop == len(text) and not end:
                return -1
            self.handle_entityref(text[1:stop])
            return stop + (text[stop : stop + 1] == ";")
        if len(text) == 1 and not end:
            return -1
        self.handle_data("&")
        return 1

    def _markup(self, text, end):
        if text.startswith("<!--"):
            stop = text.find("-->", 4)
            if stop < 0:
                return -1
            self.handle_comment(text[4:stop])
            return stop + 3
        if text.startswith("<!["):
            stop = text.find("]>", 3)
            if stop < 0:
                return -1
            self.unknown_decl(text[3:stop].rstrip("]") if text[3:].startswith("CDATA[") else text[3:stop])
            return stop + 2
        if text.startswith("<!"):
            stop = text.find(">")
            if stop < 0:
                return -1
            if text[2:9].lower() == "doctype":
                self.handle_decl(text[2:stop])
            else:
                self.handle_comment(text[2:stop])
            return stop + 1
        if text.startswith("<?"):
            stop = text.find(">")
            if stop < 0:
                return -1
            self.handle_pi(text[2:stop])
            return stop + 1
        if text.startswith("</"):
            return self._end_tag(text)
        if re.match(r"<[a-zA-Z]", text):
            return self._start_tag(text, end)
        if len(text) < 3 and not end and text in ("<", "<!", "</"):
            return -1
        self._text("<")
        return 1

    def _end_tag(self, text):
        stop = text.find(">")
        if stop < 0:
            return -1
        if not re.match(r"</[a-zA-Z]", text):
            if text[2:3] != ">":
                self.handle_comment(text[2:stop])
            return stop + 1
        name = re.match(r"[^\t\n\r\f />\x00]+", text[2:]).group(0).lower()
        self.handle_endtag(name)
        return stop + 1

    def _start_tag(self, text, end):
        name = re.match(r"[^\t\n\r\f />\x00]+", text[1:]).group(0)
        at = 1 + len(name)
        attributes = []
        while True:
            while at < len(text) and text[at] in " \t\n\r\f/":
                at += 1
            if at >= len(text):
                return -1
            if text[at] == ">":
                break
            start = at
            at += 1
            while at < len(text) and text[at] not in " \t\n\r\f/>=":
                at += 1
            key = text[start:at].lower()
            after = at
            while after < len(text) and text[after] in " \t\n\r\f":
                after += 1
            value = None
            if text[after : after + 1] == "=":
                at = after + 1
                while at < len(text) and text[at] in " \t\n\r\f":
                    at += 1
                if at >= len(text):
                    return -1
                if text[at] in "'\"":
                    stop = text.find(text[at], at + 1)
                    if stop < 0:
                        return -1
                    value, at = text[at + 1 : stop], stop + 1
                else:
                    start = at
                    while at < len(text) and text[at] not in " \t\n\r\f>":
                        at += 1
                    value = text[start:at]
                value = unescape(value)
            attributes.append((key, value))
        at += 1
        self._start_text = text[:at]
        tag = self.lasttag = name.lower()
        if text[:at].endswith("/>"):
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
