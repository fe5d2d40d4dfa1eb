"""Messages in the user's language: as they are in the program, unless a file of translations says otherwise."""

import os
import re
import struct

__all__ = [
    "NullTranslations", "GNUTranslations", "Catalog", "bindtextdomain", "find", "translation", "install", "textdomain", "dgettext", "dngettext", "gettext",
    "ngettext", "pgettext", "dpgettext", "npgettext", "dnpgettext",
]


def c2py(plural):
    """The function that a rule for plurals describes, in the signs of C."""
    tokens = re.findall(r"\d+|n|[-+*/%()?:]|[<>=!]=|[<>!]|&&|\|\||\S", plural)
    if any([not re.fullmatch(r"\d+|n|[-+*/%()?:]|[<>=!]=|[<>!]|&&|\|\|", token) for token in tokens]):
        raise ValueError("invalid token in plural form: %s" % [token for token in tokens if not re.fullmatch(r"\d+|n|[-+*/%()?:<>!]|[<>=!]=|&&|\|\|", token)][0])
    words = {"&&": "and", "||": "or", "!": "not", "/": "//"}

    def choice(at):
        # A condition with its two values; what binds more tightly is Python's as it is.
        out = []
        while at < len(tokens) and tokens[at] not in "?:)":
            if tokens[at] == "(":
                inner, at = choice(at + 1)
                if tokens[at : at + 1] != [")"]:
                    raise ValueError("unbalanced parenthesis in plural form")
                out.append("(%s)" % inner)
            else:
                out.append(words.get(tokens[at], tokens[at]))
            at += 1
        text = " ".join(out)
        if tokens[at : at + 1] == ["?"]:
            yes, at = choice(at + 1)
            if tokens[at : at + 1] != [":"]:
                raise ValueError("unexpected end of plural form")
            no, at = choice(at + 1)
            text = "((%s) if (%s) else (%s))" % (yes, text, no)
        return text, at

    text, at = choice(0)
    if at < len(tokens):
        raise ValueError("unbalanced parenthesis in plural form")
    try:
        code = compile(text, "<plural>", "eval")
    except SyntaxError:
        raise ValueError("unexpected token in plural form: %s" % plural) from None
    return lambda n: int(eval(code, {"n": int(n)}))


class NullTranslations:
    def __init__(self, fp=None):
        self._info, self._charset, self._fallback = {}, None, None
        if fp is not None:
            self._parse(fp)

    def _parse(self, fp):
        pass

    def add_fallback(self, fallback):
        if self._fallback:
            self._fallback.add_fallback(fallback)
        else:
            self._fallback = fallback

    def gettext(self, message):
        return self._fallback.gettext(message) if self._fallback else message

    def ngettext(self, msgid1, msgid2, n):
        if self._fallback:
            return self._fallback.ngettext(msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def pgettext(self, context, message):
        return self._fallback.pgettext(context, message) if self._fallback else message

    def npgettext(self, context, msgid1, msgid2, n):
        if self._fallback:
            return self._fallback.npgettext(context, msgid1, msgid2, n)
        return msgid1 if n == 1 else msgid2

    def info(self):
        return self._info

    def charset(self):
        return self._charset

    def install(self, names=None):
        import builtins

        builtins.__dict__["_"] = self.gettext
        builtins._ = self.gettext
        for name in {"gettext", "ngettext", "npgettext", "pgettext"} & set(names or ()):
            setattr(builtins, name, getattr(self, name))


class GNUTranslations(NullTranslations):
    """A file of GNU gettext (`.mo`)."""

    LE_MAGIC, BE_MAGIC = 0x950412DE, 0xDE120495
    CONTEXT, VERSIONS = "%s\x04%s", (0, 1)

    def _parse(self, fp):
        name, data = getattr(fp, "name", ""), fp.read()
        self._catalog, self.plural = {}, lambda n: int(n != 1)
        magic = struct.unpack("<I", data[:4])[0]
        order = {self.LE_MAGIC: "<", self.BE_MAGIC: ">"}.get(magic)
        if order is None:
            raise OSError(0, "Bad magic number", name)
        version, count, originals, translations = struct.unpack(order + "4I", data[4:20])
        if version >> 16 not in self.VERSIONS:
            raise OSError(0, "Bad version number " + str(version >> 16), name)
        for index in range(count):
            length, at = struct.unpack_from(order + "II", data, originals + index * 8)
            length2, at2 = struct.unpack_from(order + "II", data, translations + index * 8)
            if at + length >= len(data) or at2 + length2 >= len(data):
                raise OSError(0, "File is corrupt", name)
            message, said = data[at : at + length], data[at2 : at2 + length2]
            if not length:
                self._read_info(said)
            charset = self._charset or "ascii"
            if b"\0" in message:
                first = str(message.split(b"\0")[0], charset)
                for number, form in enumerate(said.split(b"\0")):
                    self._catalog[first, number] = str(form, charset)
            else:
                self._catalog[str(message, charset)] = str(said, charset)

    def _read_info(self, said):
        last = None
        for line in said.decode("ascii", "replace").splitlines() if self._charset is None else str(said, self._charset).splitlines():
            line = line.strip()
            if not line or line.startswith("#-#-#-#-#") and line.endswith("#-#-#-#-#"):
                continue
            if ":" in line:
                key, value = line.split(":", 1)
                last, value = key.strip().lower(), value.strip()
                self._info[last] = value
                if last == "content-type":
                    self._charset = value.split("charset=")[-1]
                elif last == "plural-forms":
                    self.plural = c2py(value.split(";")[1].split("plural=")[1])
            elif last:
                self._info[last] += "\n" + line

    def _plural(self, key, n):
        found = self._catalog.get((key, self.plural(n)))
        return found

    def gettext(self, message):
        found = self._catalog.get(message)
        if found is None:
            found = self._catalog.get((message, self.plural(1)))
        return super().gettext(message) if found is None else found

    def ngettext(self, msgid1, msgid2, n):
        found = self._plural(msgid1, n)
        return super().ngettext(msgid1, msgid2, n) if found is None else found

    def pgettext(self, context, message):
        key = self.CONTEXT % (context, message)
        found = self._catalog.get(key)
        if found is None:
            found = self._catalog.get((key, self.plural(1)))
        return super().pgettext(context, message) if found is None else found

    def npgettext(self, context, msgid1, msgid2, n):
        found = self._plural(self.CONTEXT % (context, msgid1), n)
        return super().npgettext(context, msgid1, msgid2, n) if found is None else found


Catalog = None
_default_localedir = "/usr/share/locale"
_current_domain, _localedirs, _translations = "messages", {}, {}


def _variants(name):
    """The names of a language, the most exact one first."""
    name, _, modifier = name.partition("@")
    name, _, codeset = name.partition(".")
    language, _, territory = name.partition("_")
    found = []
    for with_modifier in (True, False) if modifier else (False,):
        for with_codeset in (True, False) if codeset else (False,):
            for with_territory in (True, False) if territory else (False,):
                one = language + ("_" + territory if with_territory else "") + ("." + codeset if with_codeset else "") + ("@" + modifier if with_modifier else "")
                if one not in found:
                    found.append(one)
    return sorted(found, key=lambda one: (one.count("_") + one.count(".") + one.count("@")), reverse=True)


def find(domain, localedir=None, languages=None, all=False):
    """The file, or all files, of translations into one of the languages; those of the environment unless some are named."""
    localedir = _default_localedir if localedir is None else localedir
    if languages is None:
        languages = []
        for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
            if os.environ.get(name):
                languages = os.environ[name].split(":")
                break
        if "C" not in languages:
            languages.append("C")
    wanted = []
    for language in languages:
        if language == "C":
            break
        wanted += [one for one in _variants(language) if one not in wanted]
    found = [path for path in [os.path.join(localedir, one, "LC_MESSAGES", domain + ".mo") for one in wanted] if os.path.exists(path)]
    return found if all else found[0] if found else None


def translation(domain, localedir=None, languages=None, class_=None, fallback=False):
    class_ = GNUTranslations if class_ is None else class_
    files = find(domain, localedir, languages, all=True)
    if not files:
        if fallback:
            return NullTranslations()
        raise FileNotFoundError(2, "No translation file found for domain", domain)
    result = None
    for path in files:
        key = class_, os.path.abspath(path)
        if key not in _translations:
            with open(path, "rb") as file:
                _translations[key] = class_(file)
        import copy

        one = copy.copy(_translations[key])
        if result is None:
            result = one
        else:
            result.add_fallback(one)
    return result


def install(domain, localedir=None, *, names=None):
    translation(domain, localedir, fallback=True).install(names)


def textdomain(domain=None):
    global _current_domain
    if domain is not None:
        _current_domain = domain
    return _current_domain


def bindtextdomain(domain, localedir=None):
    if localedir is not None:
        _localedirs[domain] = localedir
    return _localedirs.get(domain, _default_localedir)


def _of(domain):
    return translation(domain, _localedirs.get(domain), fallback=True)


def dgettext(domain, message):
    return _of(domain).gettext(message)


def dngettext(domain, msgid1, msgid2, n):
    return _of(domain).ngettext(msgid1, msgid2, n)


def dpgettext(domain, context, message):
    return _of(domain).pgettext(context, message)


def dnpgettext(domain, context, msgid1, msgid2, n):
    return _of(domain).npgettext(context, msgid1, msgid2, n)


def gettext(message):
    return dgettext(_current_domain, message)


def ngettext(msgid1, msgid2, n):
    return dngettext(_current_domain, msgid1, msgid2, n)


def pgettext(context, message):
    return dpgettext(_current_domain, context, message)


def npgettext(context, msgid1, msgid2, n):
    return dnpgettext(_current_domain, context, msgid1, msgid2, n)


catalog = translation
