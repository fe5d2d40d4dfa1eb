"""A parser of XML that calls handlers, with the names and the habits of `pyexpat`.

Text may come in pieces. A piece is parsed as far as its last whole tag; the rest waits for more. Documents are checked to be well
formed, but not to be valid: of a document type, the entities it declares are used and the rest is read over.
"""

import re

XML_PARAM_ENTITY_PARSING_NEVER, XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE, XML_PARAM_ENTITY_PARSING_ALWAYS = 0, 1, 2
EXPAT_VERSION, version_info, native_encoding = "expat_2.5.0", (2, 5, 0), "UTF-8"
_NAME = re.compile(r"[A-Za-z_:\x80-\U0010ffff][A-Za-z0-9_:.\-\x80-\U0010ffff]*")
_SPACE = re.compile(r"[ \t\r\n]*")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "apos": "'", "quot": '"'}
_LIMIT = 10000000


class ExpatError(Exception):
    code = lineno = offset = 0


error = ExpatError


class errors:
    """Messages and their codes."""

    messages = {
        1: "out of memory", 2: "syntax error", 3: "no element found", 4: "not well-formed (invalid token)", 5: "unclosed token",
        6: "partial character", 7: "mismatched tag", 8: "duplicate attribute", 9: "junk after document element", 11: "undefined entity",
        12: "recursive entity reference", 14: "reference to invalid character number", 18: "unknown encoding",
        20: "unclosed CDATA section", 27: "unbound prefix", 36: "parsing finished",
    }
    codes = {text: code for code, text in messages.items()}
    XML_ERROR_SYNTAX, XML_ERROR_NO_ELEMENTS, XML_ERROR_INVALID_TOKEN, XML_ERROR_UNDEFINED_ENTITY = messages[2], messages[3], messages[4], messages[11]
    XML_ERROR_TAG_MISMATCH, XML_ERROR_FINISHED, XML_ERROR_UNBOUND_PREFIX = messages[7], messages[36], messages[27]


def ErrorString(code):
    return errors.messages.get(code)


class _Wait(Exception):
    """More is needed."""


_HANDLERS = (
    "XmlDeclHandler StartDoctypeDeclHandler EndDoctypeDeclHandler ElementDeclHandler AttlistDeclHandler StartElementHandler EndElementHandler "
    "ProcessingInstructionHandler CharacterDataHandler UnparsedEntityDeclHandler EntityDeclHandler NotationDeclHandler StartNamespaceDeclHandler "
    "EndNamespaceDeclHandler CommentHandler StartCdataSectionHandler EndCdataSectionHandler DefaultHandler DefaultHandlerExpand "
    "NotStandaloneHandler ExternalEntityRefHandler SkippedEntityHandler"
).split()


class XMLParserType:
    # What a tree's parser makes of the plain parts itself.
    _grow = None

    def __init__(self, encoding=None, namespace_separator=None, intern=None):
        self._encoding, self._separator = encoding, namespace_separator
        self._text, self._at, self._bytes, self._decoder = "", 0, b"", None
        self._line, self._column, self._index = 1, 0, 0
        self._open, self._scopes, self._begun, self._ended, self._finished = [], [{"xml": "http://www.w3.org/XML/1998/namespace"}], False, False, False
        self._entities, self._doctype, self._expanding, self._expanded = {}, False, [], 0
        self._held = []
        self.buffer_text, self.buffer_size, self.ordered_attributes, self.specified_attributes, self.namespace_prefixes = False, 8192, False, False, False
        self.intern = {} if intern is None else intern
        for name in _HANDLERS:
            setattr(self, name, None)

    # Where it is.

    def _locate(self, at):
        """The line and column of a place in the text that is held."""
        line, column, start = self._line, self._column, 0
        breaks = self._text.count("\n", 0, at)
        if breaks:
            line += breaks
            start = self._text.rfind("\n", 0, at) + 1
            column = 0
        return line, column + at - start

    CurrentLineNumber = ErrorLineNumber = property(lambda self: self._locate(self._at)[0])
    CurrentColumnNumber = ErrorColumnNumber = property(lambda self: self._locate(self._at)[1])
    CurrentByteIndex = ErrorByteIndex = property(lambda self: self._index + self._at)
    ErrorCode = 0

    def _fail(self, code, at=None):
        line, column = self._locate(self._at if at is None else at)
        error = ExpatError("%s: line %d, column %d" % (errors.messages[code], line, column))
        error.code, error.lineno, error.offset = code, line, column
        self.ErrorCode = code
        raise error

    def GetBase(self):
        return getattr(self, "_base", None)

    def SetBase(self, base):
        self._base = base

    def GetInputContext(self):
        return None

    def SetParamEntityParsing(self, flag):
        return 1

    def UseForeignDTD(self, flag=True):
        pass

    # What comes.

    def ParseFile(self, file):
        while True:
            data = file.read(65536)
            if not data:
                return self.Parse(b"", True)
            self.Parse(data, False)

    def Parse(self, data, isfinal=False):
        if self._finished:
            self._fail(36)
        if not isinstance(data, str):
            data = self._decoded(bytes(data), isfinal)
        if self._at:
            self._line, self._column = self._locate(self._at)
            self._index += self._at
            self._text, self._at = self._text[self._at :], 0
        self._text += data
        try:
            self._document(isfinal)
        except _Wait:
            if isfinal:
                self._fail(5 if self._begun or self._at < len(self._text) else 3)
        if isfinal:
            self._flush()
            if self._open or not self._ended:
                self._at = len(self._text)
                self._fail(3)
            self._finished = True
        elif not self.buffer_text:
            self._flush()
        return 1

    def _decoded(self, data, isfinal):
        if self._decoder is None:
            self._bytes += data
            if len(self._bytes) < 4 and not isfinal:
                return ""
            data, self._bytes = self._bytes, b""
            encoding = self._encoding
            if encoding is None:
                encoding = _guessed(data)
                if encoding is None:
                    match = re.match(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._\-]+)", data)
                    if match is None and data.startswith(b"<?xml") and b"?>" not in data and not isfinal:
                        self._bytes = data
                        return ""
                    encoding = match.group(1).decode("ascii") if match else "utf-8"
            import codecs

            try:
                self._decoder = codecs.getincrementaldecoder("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)()
            except LookupError:
                self._fail(18)
        try:
            return self._decoder.decode(data, isfinal)
        except UnicodeDecodeError:
            self._fail(4)

    # What it says.

    def _flush(self):
        if self._held:
            text, self._held = "".join(self._held), []
            handler = self.CharacterDataHandler
            if handler is not None:
                handler(text)
            elif self.DefaultHandlerExpand or self.DefaultHandler:
                (self.DefaultHandlerExpand or self.DefaultHandler)(text)

    def _data(self, text):
        if not text:
            return
        self._held.append(text)
        if not self.buffer_text:
            self._flush()

    def _tell(self, name, *args):
        self._flush()
        handler = getattr(self, name)
        if handler is not None:
            handler(*args)
            return True
        return False

    def _default(self, text):
        handler = self.DefaultHandlerExpand or self.DefaultHandler
        if handler is not None:
            self._flush()
            handler(text)

    # The grammar.

    def _find(self, what, start):
        at = self._text.find(what, start)
        if at < 0:
            raise _Wait
        return at

    def _document(self, isfinal):
        text, length = self._text, len(self._text)
        while self._at < length:
            if self._open:
                if self._grow is not None and not self._held and self._grow(text):
                    continue
                # Most of a document: characters without references, and a tag behind them.
                match = _PLAIN.match(text, self._at)
                if match is not None and self._plain(*match.groups(), match.end(1), match.end()):
                    continue
            if text[self._at] == "<":
                self._markup(text, isfinal)
            else:
                self._characters(text, isfinal)

    def _plain(self, characters, closes, name, said, empty, at, end):
        if characters:
            self._held.append(characters)
            if not self.buffer_text:
                self._flush()
            self._at = at
        if closes:
            if said or empty or self._open[-1][0] != name:
                return False
            self._at = end
            self._finish()
            return True
        if said:
            attributes = [(key, value[1:-1]) for key, value in _ATTRIBUTE.findall(said)]
            if len(attributes) > 1 and len({key for key, _ in attributes}) < len(attributes):
                return False
        else:
            attributes = []
        self._begin(name, attributes)
        self._at = end
        if empty:
            self._finish()
        return True

    def _characters(self, text, isfinal):
        end = text.find("<", self._at)
        whole = end >= 0
        if not whole:
            end = len(text)
            # What may go on: a reference, or a line end in two characters.
            cut = text.rfind("&", self._at, end)
            if cut >= 0 and text.find(";", cut, end) < 0 and not isfinal:
                end = cut
            elif text.endswith("\r") and not isfinal:
                end -= 1
            elif text.endswith(("]", "]]")) and not isfinal:
                end -= 2 if text.endswith("]]") else 1
        if end <= self._at:
            raise _Wait
        piece = text[self._at : end]
        if not self._open:
            blank = piece.lstrip(" \t\r\n\ufeff" if not self._begun and not self._index and not self._at else " \t\r\n")
            if blank:
                self._at = end - len(blank)
                self._fail(9 if self._ended else 2 if not self._begun or not blank.startswith("&") else 4)
            self._default(piece)
            self._at = end
            self._begun = True
            return
        bad = piece.find("]]>")
        if bad >= 0:
            self._at += bad + 2
            self._fail(4)
        self._check(piece, self._at)
        start = self._at
        parts = piece.split("&")
        self._data(_lines(parts[0]))
        place = start + len(parts[0])
        for part in parts[1:]:
            name, sign, rest = part.partition(";")
            self._at = place
            if not sign:
                self._fail(4, place + 1 + len(_NAME.match(name).group()) if _NAME.match(name) else place + 1)
            self._reference(name)
            self._data(_lines(rest))
            place += len(part) + 1
        self._at = end
        if not whole and not isfinal and end < len(text):
            raise _Wait

    def _check(self, piece, start):
        match = _BAD.search(piece)
        if match:
            self._fail(4, start + match.start())

    def _reference(self, name):
        value = self._character(name)
        if value is not None:
            self._data(value)
            return
        if name not in self._entities:
            if self._doctype and self._outer and (self.SkippedEntityHandler or self.DefaultHandlerExpand or self.DefaultHandler):
                if not self._tell("SkippedEntityHandler", name, False):
                    self._default("&%s;" % name)
                return
            if self._doctype and self._outer:
                self._default("&%s;" % name)
                return
            self._fail(11)
        value = self._entities[name]
        if value is None:
            self._flush()
            if self.ExternalEntityRefHandler is not None:
                system, public = self._external[name]
                self.ExternalEntityRefHandler(name, self.GetBase(), system, public)
            return
        if name in self._expanding:
            self._fail(12)
        self._expanded += len(value)
        if self._expanded > _LIMIT:
            self._fail(1)
        if "<" not in value and "&" not in value:
            self._data(value)
            return
        # Markup in an entity is parsed as if it stood here.
        kept = self._text, self._at, len(self._open)
        self._expanding.append(name)
        self._text, self._at = value, 0
        try:
            self._document(True)
        except _Wait:
            self._fail(5)
        finally:
            self._expanding.pop()
            depth = len(self._open)
            self._text, self._at = kept[:2]
        if depth != kept[2]:
            self._fail(4)

    def _character(self, name):
        if name.startswith("#"):
            try:
                code = int(name[2:], 16) if name.startswith("#x") else int(name[1:])
                if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF and code not in (0xFFFE, 0xFFFF):
                    return chr(code)
            except ValueError:
                self._fail(4, self._at + 2)
            self._fail(14)
        return _ENTITIES.get(name)

    def _markup(self, text, isfinal):
        at = self._at
        if text.startswith("<!--", at):
            end = self._find("--", at + 4)
            if len(text) < end + 3:
                raise _Wait
            if text[end + 2] != ">":
                self._fail(4, end + 2)
            self._check(text[at + 4 : end], at + 4)
            if not self._tell("CommentHandler", _lines(text[at + 4 : end])):
                self._default(text[at : end + 3])
            self._at = end + 3
        elif text.startswith("<![CDATA[", at):
            if not self._open:
                self._fail(9 if self._ended else 4)
            end = text.find("]]>", at + 9)
            if end < 0:
                if isfinal:
                    self._fail(20, len(text))
                raise _Wait
            self._check(text[at + 9 : end], at + 9)
            self._tell("StartCdataSectionHandler")
            self._data(_lines(text[at + 9 : end]))
            self._tell("EndCdataSectionHandler")
            self._at = end + 3
        elif text.startswith("<?", at):
            self._instruction(text, at)
        elif text.startswith("</", at):
            self._end_tag(text, at)
        elif text.startswith("<!DOCTYPE", at):
            self._doctype_of(text, at)
        elif text.startswith("<!", at):
            if len(text) - at < 9 and any([whole.startswith(text[at:]) for whole in ("<!--", "<![CDATA[", "<!DOCTYPE")]):
                raise _Wait
            self._fail(4, at + 2)
        else:
            self._start_tag(text, at)
        self._begun = True

    def _instruction(self, text, at):
        end = self._find("?>", at + 2)
        match = _NAME.match(text, at + 2)
        if not match:
            self._fail(4, at + 2)
        target, rest = match.group(), text[match.end() : end]
        if rest and rest[0] not in " \t\r\n":
            self._fail(4, match.end())
        if target == "xml":
            if self._begun or self._index + at > 1:
                self._fail(4, at + 2)
            said = dict(re.findall(r"([a-z]+)\s*=\s*[\"']([^\"']*)[\"']", rest))
            if "version" not in said:
                self._fail(4, at + 5)
            standalone = {"yes": 1, "no": 0}.get(said.get("standalone"), -1)
            if not self._tell("XmlDeclHandler", said["version"], said.get("encoding"), standalone):
                self._default(text[at : end + 2])
        elif target.lower() == "xml":
            self._fail(4, at + 2)
        elif not self._tell("ProcessingInstructionHandler", target, _lines(rest.lstrip(" \t\r\n"))):
            self._default(text[at : end + 2])
        self._at = end + 2

    def _tag_end(self, text, at):
        """The place of the `>` that ends a tag: one that stands in no value."""
        quote = None
        while True:
            if quote:
                at = self._find(quote, at) + 1
                quote = None
            match = _STOP.search(text, at)
            if not match:
                raise _Wait
            if match.group() == ">":
                return match.start()
            if match.group() == "<":
                self._fail(4, match.start())
            quote, at = match.group(), match.end()

    def _start_tag(self, text, at):
        if len(text) == at + 1:
            raise _Wait
        name = _NAME.match(text, at + 1)
        if not name:
            self._fail(4, at + 1)
        if not self._open and self._ended:
            self._fail(9, at)
        end = self._tag_end(text, name.end())
        empty = text[end - 1] == "/"
        stop = end - 1 if empty else end
        place, attributes = name.end(), []
        while True:
            after = _SPACE.match(text, place).end()
            if after >= stop:
                break
            key = _NAME.match(text, after)
            if not key or after == place:
                self._fail(4, after)
            sign = _SPACE.match(text, key.end()).end()
            if text[sign] != "=":
                self._fail(4, sign)
            value = _SPACE.match(text, sign + 1).end()
            quote = text[value]
            if quote not in "\"'":
                self._fail(4, value)
            close = text.index(quote, value + 1)
            if "<" in text[value + 1 : close]:
                self._fail(4, text.index("<", value + 1))
            if any([key.group() == one for one, _ in attributes]):
                self._fail(8, after)
            self._check(text[value + 1 : close], value + 1)
            attributes.append((key.group(), self._value(text[value + 1 : close])))
            place = close + 1
        self._begin(name.group(), attributes)
        self._at = end + 1
        if empty:
            self._finish()

    def _value(self, raw, depth=0):
        """A value of an attribute: white space becomes blanks, references what they mean."""
        raw = re.sub("\r\n|[\r\n\t]", " ", raw)
        if "&" not in raw:
            return raw
        parts = raw.split("&")
        out = [parts[0]]
        for part in parts[1:]:
            name, sign, rest = part.partition(";")
            if not sign:
                self._fail(4)
            value = self._character(name)
            if value is None:
                value = self._entities.get(name)
                if value is None or depth > 20:
                    self._fail(12 if depth > 20 else 11)
                self._expanded += len(value)
                if self._expanded > _LIMIT:
                    self._fail(1)
                value = self._value(value, depth + 1)
            out += [value, rest]
        return "".join(out)

    def _begin(self, name, attributes):
        scope, own = self._scopes[-1], None
        if self._separator is None:
            shown = name
        else:
            kept = []
            for key, value in attributes:
                if key == "xmlns" or key.startswith("xmlns:"):
                    if own is None:
                        own = []
                        scope = dict(scope)
                    prefix = key[6:] or None
                    scope[prefix or ""] = value
                    own.append(prefix)
                    self._tell("StartNamespaceDeclHandler", prefix, value or None)
                else:
                    kept.append((key, value))
            attributes = [(self._qualified(key, scope, False) if ":" in key else key, value) for key, value in kept]
            shown = self._qualified(name, scope, True) if ":" in name or "" in scope else name
        defaults = self._defaults.get(name) if self._doctype else None
        for key, value in defaults or ():
            if not any([one == key for one, _ in attributes]):
                attributes.append((key, value))
        self._scopes.append(scope)
        self._open.append((name, shown, own))
        if self.ordered_attributes:
            said = [item for pair in attributes for item in pair]
        else:
            said = dict(attributes)
        if self._held:
            self._flush()
        if self.StartElementHandler is None:
            self._default("<%s>" % name)
        else:
            self.StartElementHandler(shown, said)

    def _qualified(self, name, scope, is_element):
        prefix, sign, local = name.partition(":")
        if not sign:
            space = scope.get("") if is_element else None
            return space + self._separator + name if space else name
        if prefix not in scope:
            self._fail(27)
        shown = scope[prefix] + self._separator + local
        return shown + self._separator + prefix if self.namespace_prefixes else shown

    def _finish(self):
        name, shown, own = self._open.pop()
        self._scopes.pop()
        if self._held:
            self._flush()
        if self.EndElementHandler is None:
            self._default("</%s>" % name)
        else:
            self.EndElementHandler(shown)
        if own:
            for prefix in reversed(own):
                self._tell("EndNamespaceDeclHandler", prefix)
        if not self._open:
            self._flush()
            self._ended = True

    def _end_tag(self, text, at):
        end = self._find(">", at)
        name = text[at + 2 : end].rstrip(" \t\r\n")
        if not self._open or self._open[-1][0] != name:
            if not _NAME.fullmatch(name):
                self._fail(4, at + 2)
            self._at = at + 2
            self._fail(7 if self._open else 9 if self._ended else 4)
        self._at = end + 1
        self._finish()

    # The document type.

    _outer, _defaults, _external = False, {}, {}

    def _doctype_of(self, text, at):
        if self._open or self._ended or self._doctype:
            self._fail(4 if not self._ended else 9, at)
        place, end = at + 9, None
        quote = bracket = None
        while True:
            match = _DOCTYPE.search(text, place)
            if not match:
                raise _Wait
            sign, place = match.group(), match.end()
            if sign == "[":
                bracket = match.start()
                place = self._subset_end(text, place)
            elif sign == ">":
                end = match.start()
                break
            else:
                quote = sign
                place = self._find(quote, place) + 1
        head = text[at + 9 : end if bracket is None else bracket].split(None, 1)
        if not head:
            self._fail(2, end)
        name, rest = head[0], head[1] if len(head) > 1 else ""
        ids = re.findall(r"\"([^\"]*)\"|'([^']*)'", rest)
        ids = [one or two for one, two in ids]
        public, system = (ids[0], ids[1] if len(ids) > 1 else None) if rest.startswith("PUBLIC") and ids else (None, ids[0] if ids else None)
        self._doctype, self._outer, self._defaults, self._external = True, system is not None, {}, {}
        if not self._tell("StartDoctypeDeclHandler", name, system, public, int(bracket is not None)):
            self._default(text[at : end + 1])
        if bracket is not None:
            self._subset(text[bracket + 1 : text.rindex("]", bracket, end)])
        self._tell("EndDoctypeDeclHandler")
        self._at = end + 1

    def _subset_end(self, text, at):
        """The place after the `]` of an internal subset."""
        while True:
            match = _SUBSET.search(text, at)
            if not match:
                raise _Wait
            sign, at = match.group(), match.end()
            if sign == "]":
                return at
            if sign == "<!--":
                at = self._find("-->", at) + 3
            elif sign == "<?":
                at = self._find("?>", at) + 2
            else:
                at = self._find(sign, at) + 1

    def _subset(self, text):
        at = 0
        while at < len(text):
            if text.startswith("<!--", at):
                end = text.index("-->", at) + 3
                self._tell("CommentHandler", text[at + 4 : end - 3])
                at = end
            elif text.startswith("<?", at):
                end = text.index("?>", at) + 2
                target, _, rest = text[at + 2 : end - 2].partition(" ")
                self._tell("ProcessingInstructionHandler", target, rest.lstrip())
                at = end
            elif text.startswith("<!", at):
                match = re.compile(r"<!(\w+)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>").match(text, at)
                if not match:
                    self._fail(2)
                self._declaration(match.group(1), match.group(2))
                at = match.end()
            elif text[at] in " \t\r\n":
                at += 1
            elif text[at] == "%":
                self._outer = True
                at = text.index(";", at) + 1
            else:
                self._fail(2)

    def _declaration(self, kind, body):
        if kind == "ENTITY":
            match = re.match(r"\s*(%\s+)?([^\s\"']+)\s+(?:(SYSTEM|PUBLIC)\s+)?(?:\"([^\"]*)\"|'([^']*)')\s*(?:\"([^\"]*)\"|'([^']*)')?\s*(?:NDATA\s+(\S+))?", body)
            if not match:
                self._fail(2)
            parameter, name, outside, a, b, c, d, notation = match.groups()
            first, second = a if a is not None else b, c if c is not None else d
            public, system = (first, second) if outside == "PUBLIC" else (None, first)
            if outside:
                value = None
                if not parameter:
                    self._entities.setdefault(name, None)
                    self._external[name] = system, public
            else:
                value = re.sub(r"&#(x[0-9a-fA-F]+|[0-9]+);", lambda found: chr(int(found.group(1)[1:], 16) if found.group(1)[0] == "x" else int(found.group(1))), _lines(first))
                if not parameter:
                    self._entities.setdefault(name, value)
            if notation and self.UnparsedEntityDeclHandler is not None:
                self._tell("UnparsedEntityDeclHandler", name, self.GetBase(), system, public, notation)
            else:
                self._tell("EntityDeclHandler", name, int(bool(parameter)), value, self.GetBase(), system if outside else None, public, notation)
        elif kind == "ATTLIST":
            words = body.split(None, 1)
            pattern = r"([^\s\"']+)\s+((?:NOTATION\s*)?\([^)]*\)|\w+)\s+(#REQUIRED|#IMPLIED|(?:#FIXED\s+)?(?:\"[^\"]*\"|'[^']*'))"
            for name, sort, default in re.findall(pattern, words[1] if len(words) > 1 else ""):
                required = default == "#REQUIRED" or default.startswith("#FIXED")
                value = None if default in ("#REQUIRED", "#IMPLIED") else default.removeprefix("#FIXED").strip()[1:-1]
                if value is not None:
                    self._defaults.setdefault(words[0], []).append((name, value))
                self._tell("AttlistDeclHandler", words[0], name, sort, value, int(required))
        elif kind == "ELEMENT":
            words = body.split(None, 1)
            self._tell("ElementDeclHandler", words[0], (0, 0, None, ()))
        elif kind == "NOTATION":
            words = body.split(None, 1)
            ids = [one or two for one, two in re.findall(r"\"([^\"]*)\"|'([^']*)'", words[1])]
            public = words[1].startswith("PUBLIC")
            system = ids[1] if public and len(ids) > 1 else None if public else ids[0]
            self._tell("NotationDeclHandler", words[0], self.GetBase(), system, ids[0] if public else None)
        else:
            self._fail(2)


_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Characters that mean themselves, the beginning of a tag, its name, attributes whose values do so, and the end.
_WORD = r"[A-Za-z_:\x80-\U0010ffff][A-Za-z0-9_:.\-\x80-\U0010ffff]*"
_PAIR = _WORD + "[ \t\r\n]*=[ \t\r\n]*(?:\"[^<&\"\x00-\x1f\ufffe\uffff]*\"|'[^<&'\x00-\x1f\ufffe\uffff]*')"
_PLAIN = re.compile("([^<&\\]\x00-\x08\x0b-\x1f\ufffe\uffff]*)<(/?)(" + _WORD + ")((?:[ \t\r\n]+" + _PAIR + ")*)[ \t\r\n]*(/?)>")
_ATTRIBUTE = re.compile("(" + _WORD + ")[ \t\r\n]*=[ \t\r\n]*(\"[^\"]*\"|'[^']*')")
_STOP = re.compile("[<>\"']")
_DOCTYPE = re.compile("[\\[>\"']")
_SUBSET = re.compile("\\]|<!--|<\\?|[\"']")


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _guessed(data):
    """The encoding, if the first bytes tell."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if data.startswith(b"<\0"):
        return "utf-16-le"
    return "utf-16-be" if data.startswith(b"\0<") else None


def ParserCreate(encoding=None, namespace_separator=None, intern=None):
    if namespace_separator is not None and (not isinstance(namespace_separator, str) or len(namespace_separator) > 1):
        raise ValueError("namespace_separator must be at most one character, omitted, or None")
    return XMLParserType(encoding, namespace_separator, intern)
