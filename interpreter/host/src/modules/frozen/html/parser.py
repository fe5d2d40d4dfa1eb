"""A reader of HTML that calls a method for each piece, however wrong the text is."""

import re
from _markupbase import ParserBase
from html import unescape

__all__ = ["HTMLParser"]

# Programs that read HTML in a manner of their own set some of these.
interesting_normal = re.compile("[&<]")
incomplete = re.compile("&[#a-zA-Z]")
entityref = re.compile(r"&([a-zA-Z][-.a-zA-Z0-9]*)(?![-.a-zA-Z0-9])")
charref = re.compile(r"&#([0-9]+|[xX][0-9a-fA-F]+)(?![0-9a-fA-F])")
starttagopen = re.compile("<[a-zA-Z]")
piclose = re.compile(">")
commentclose = re.compile(r"--!?>")
tagfind_tolerant = re.compile(r"([a-zA-Z][^\t\n\r\f />\x00]*)(?:/(?!>)|\s)*")
_VALUE = r"""'[^']*'|"[^"]*"|(?!["'])[^>\s]*"""
attrfind_tolerant = re.compile(r"((?<=[\"'\s/])[^\s/>][^\s/>=]*)(\s*=+\s*(%s))?(?:/(?!>)|\s)*" % _VALUE)
locatestarttagend_tolerant = re.compile(r"<[a-zA-Z][^\t\n\r\f />\x00]*(?:[\s/]*(?:(?<=[\"'\s/])[^\s/>][^\s/>=]*(?:\s*=+\s*(?:%s)\s*)?(?:/(?!>)|\s)*)*)?\s*" % _VALUE)
# What may be the beginning of a reference, at the end of what was fed.
_CUT = re.compile(r"&(?:#[xX]?[0-9a-fA-F]*|[a-zA-Z][-.a-zA-Z0-9]*)?$")


class HTMLParser(ParserBase):
    CDATA_CONTENT_ELEMENTS = ("script", "style")

    def __init__(self, *, convert_charrefs=True):
        super().__init__()
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        self.rawdata = ""
        self.lasttag = "???"
        self.interesting = interesting_normal
        self.cdata_elem = None
        self._start_text = None
        super().reset()

    def feed(self, data):
        self.rawdata += data
        self.goahead(0)

    def close(self):
        self.goahead(1)

    def get_starttag_text(self):
        return self._start_text

    def set_cdata_mode(self, elem):
        self.cdata_elem = elem.lower()
        self.interesting = re.compile(r"</%s(?=[\t\n\r\f />]|$)" % re.escape(self.cdata_elem), re.IGNORECASE)

    def clear_cdata_mode(self):
        self.interesting, self.cdata_elem = interesting_normal, None

    def goahead(self, end):
        """Reads as far as the text is whole; to its end if no more of it will come."""
        at = 0
        while at < len(self.rawdata):
            stop = self._text_end(at, end)
            if stop is None:
                break
            if stop > at:
                self._data(self.rawdata[at:stop])
                at = self.updatepos(at, stop)
            if at == len(self.rawdata):
                break
            sign = self.rawdata[at]
            if sign == "<":
                stop = self._markup(at, end)
            elif sign == "&" and not self.convert_charrefs and self.cdata_elem is None:
                stop = self._reference(at, end)
            else:
                stop = -1
            if stop < 0:
                if not end:
                    break
                # What never becomes whole is text, up to the next sign that may end or begin something.
                stop = self.rawdata.find(">", at + 1) + 1 or max(self.rawdata.find("<", at + 1), at + 1)
                self._data(self.rawdata[at:stop])
            at = self.updatepos(at, stop)
        self.rawdata = self.rawdata[at:]

    def _data(self, text):
        self.handle_data(unescape(text) if self.convert_charrefs and self.cdata_elem is None else text)

    def _text_end(self, at, end):
        """Where the text that begins at a place ends: at a tag or a reference, or before what may become one. `None` while nobody knows."""
        text = self.rawdata
        if self.cdata_elem is not None:
            found = self.interesting.search(text, at)
            if found is not None and (end or found.end() < len(text)):
                return found.start()
            # A script comes as a whole.
            return len(text) if end else None
        if not self.convert_charrefs:
            found = self.interesting.search(text, at)
            return len(text) if found is None else found.start()
        tag = text.find("<", at)
        if tag >= 0:
            return tag
        cut = None if end else _CUT.search(text, max(at, len(text) - 40))
        return len(text) if cut is None else cut.start()

    def _reference(self, at, end):
        text = self.rawdata
        for pattern, handler in ((charref, self.handle_charref), (entityref, self.handle_entityref)):
            found = pattern.match(text, at)
            if found is not None:
                if found.end() == len(text) and not end:
                    return -1
                handler(found.group(1))
                return found.end() + (text[found.end() : found.end() + 1] == ";")
        if not end and (at + 1 == len(text) or _CUT.match(text, at) and incomplete.match(text, at)):
            return -1
        self.handle_data("&")
        return at + 1

    def _markup(self, at, end):
        text = self.rawdata
        if self.cdata_elem is not None and self.interesting.match(text, at) is None:
            return -1
        if text.startswith("</", at):
            return self.parse_endtag(at)
        if starttagopen.match(text, at):
            return self.parse_starttag(at)
        if text.startswith("<!--", at):
            return self.parse_comment(at)
        if text.startswith("<?", at):
            return self.parse_pi(at)
        if text.startswith("<!", at):
            return self.parse_html_declaration(at)
        if at + 1 == len(text):
            return -1
        self._data("<")
        return at + 1

    def parse_comment(self, i, report=1):
        text = self.rawdata
        # `<!-->` and `<!--->` are comments of nothing.
        for short in ("<!-->", "<!--->"):
            if text.startswith(short, i):
                if report:
                    self.handle_comment("")
                return i + len(short)
        found = commentclose.search(text, i + 4)
        if found is None:
            return -1
        if report:
            self.handle_comment(text[i + 4 : found.start()])
        return found.end()

    def parse_html_declaration(self, i):
        text = self.rawdata
        if text.startswith("<!--", i):
            return self.parse_comment(i)
        if text.startswith("<![", i):
            stop = text.find("]]>" if text.startswith("<![CDATA[", i) else "]>", i + 3)
            if stop < 0:
                return -1
            self.unknown_decl(text[i + 3 : stop])
            return text.index(">", stop) + 1
        if text[i : i + 9].lower() == "<!doctype":
            stop = text.find(">", i + 9)
            if stop < 0:
                return -1
            self.handle_decl(text[i + 2 : stop])
            return stop + 1
        return self.parse_bogus_comment(i)

    def parse_bogus_comment(self, i, report=1):
        text = self.rawdata
        if text[i : i + 2] not in ("<!", "</"):
            raise AssertionError("unexpected call to parse_bogus_comment()")
        stop = text.find(">", i + 2)
        if stop < 0:
            return -1
        if report:
            self.handle_comment(text[i + 2 : stop])
        return stop + 1

    def parse_pi(self, i):
        found = piclose.search(self.rawdata, i + 2)
        if found is None:
            return -1
        self.handle_pi(self.rawdata[i + 2 : found.start()])
        return found.end()

    def check_for_whole_start_tag(self, i):
        """The place behind the start tag at `i`, or -1 if it is not all there."""
        text = self.rawdata
        stop = locatestarttagend_tolerant.match(text, i).end()
        if text.startswith(">", stop):
            return stop + 1
        if text.startswith("/>", stop):
            return stop + 2
        # The end of the text, or a quote that nobody closed yet.
        if stop == len(text) or text[stop] in "=/" or text[stop].isalpha():
            return -1
        return stop

    def parse_starttag(self, i):
        self._start_text = None
        end = self.check_for_whole_start_tag(i)
        if end < 0:
            return end
        text = self.rawdata
        whole = self._start_text = text[i:end]
        found = tagfind_tolerant.match(text, i + 1)
        tag = self.lasttag = found.group(1).lower()
        attributes, at = [], found.end()
        while at < end:
            found = attrfind_tolerant.match(text, at, end)
            if found is None:
                break
            name, given, value = found.groups()
            if not given:
                value = None
            elif value and value[0] == value[-1] and value[0] in "\"'" and len(value) > 1:
                value = value[1:-1]
            attributes.append((name.lower(), unescape(value) if value else value))
            at = found.end()
        rest = text[at:end].strip()
        if rest not in (">", "/>"):
            self.handle_data(whole)
        elif rest == "/>":
            self.handle_startendtag(tag, attributes)
        else:
            self.handle_starttag(tag, attributes)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return end

    def parse_endtag(self, i):
        text = self.rawdata
        found = tagfind_tolerant.match(text, i + 2)
        if found is None:
            return i + 3 if text.startswith("</>", i) else self.parse_bogus_comment(i)
        stop = text.find(">", found.end())
        if stop < 0:
            return -1
        self.clear_cdata_mode()
        self.handle_endtag(found.group(1).lower())
        return stop + 1

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
